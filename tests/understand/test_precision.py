"""Correct sentences of many provinces raise nothing; the same with one wrong figure does."""

from __future__ import annotations

import pytest

from juesuan.check import Selection, check_document
from juesuan.document.read import read_text
from juesuan.findings import Severity

CORRECT = {
    "shares fall short as the rounded amounts do": (
        "2023年度“三公”经费支出决算0.50万元，其中：因公出国（境）费0.17万元，占34.00%；"
        "公务用车购置及运行维护费0.17万元，占34.00%；公务接待费0.17万元，占34.00%。"
    ),
    "其他收入 does not close a list of changes": (
        "2023年度收入合计100.00万元。与上年相比，收入合计减少10.00万元，下降9.09%。"
        "其中：财政拨款收入减少12.00万元；其他收入增加1.00万元。"
    ),
    "the parts of an item are the item's": (
        "1.行政运行（项）20.00万元，其中：基本支出15.00万元，项目支出5.00万元。\n"
        "2.一般行政管理事务（项）8.00万元，其中：基本支出0万元，项目支出8.00万元。"
    ),
    "items and their parts in one paragraph": (
        "一般公共服务支出类支出28.00万元，占28.00%。1.档案馆（项）20.00万元，其中：基本支出15.00万元，"
        "项目支出5.00万元。2.其他档案事务支出（项）8.00万元，其中：基本支出0万元，项目支出8.00万元。"
    ),
    "one 项 under two 类": (
        "（一）教育支出类支出20.00万元，年初预算为10.00万元，完成年初预算的200.00%。1.机关服务（项）20.00万元。\n"
        "（二）卫生健康支出类支出30.00万元，年初预算为30.00万元，完成年初预算的100.00%。1.机关服务（项）30.00万元。"
    ),
    "money carried in, of all money and of the appropriation": (
        "一、收入支出决算总体情况说明\n2023年度收入总计12.00万元，其中：本年收入合计9.00万元，年初结转和结余3.00万元。\n"
        "四、财政拨款收入支出决算总体情况说明\n"
        "2023年度财政拨款收入总计6.00万元，其中：年初财政拨款结转和结余1.00万元，本年财政拨款收入5.00万元。"
    ),
    "“三公”经费 with its fund after it": (
        "2023年度一般公共预算财政拨款支出预算为762.78万元。\n"
        "2023年度“三公”经费一般公共预算财政拨款支出预算为1.40万元，支出决算为0.70万元，完成预算的50.00%。"
    ),
    "a kind of projects is not all of them": (
        "项目支出167.00万元。\n完成特定工作任务的专项业务支出167.00万元。其中：基本建设类项目支出0.00万元。"
    ),
    "training has a budget of its own in the section of 三公": (
        "七、财政拨款“三公”经费及会议费、培训费支出决算情况说明\n"
        "2023年度财政拨款“三公”经费支出预算8.00万元，支出决算6.00万元，完成预算的75.00%。\n"
        "2023年度培训费预算3.00万元，支出决算3.00万元，完成预算的100.00%，决算数与预算数持平。"
    ),
    "all money and one fund": (
        "二、支出决算情况说明\n2023年度支出总计99.00万元，其中本年支出合计90.00万元，年末结转和结余9.00万元。\n"
        "本年支出的具体构成为：基本支出60.00万元，占66.67%；项目支出30.00万元，占33.33%。\n"
        "六、一般公共预算财政拨款基本支出决算情况说明\n"
        "2023年度一般公共预算财政拨款基本支出50.00万元，其中：人员经费40.00万元，公用经费10.00万元。"
    ),
    "two lists of counts in one sentence": (
        "人员编制40人，其中行政编制30人、事业编制10人；实有人员39人，其中行政29人、事业10人。"
    ),
    "a change against a budget that is stated": (
        "2023年度一般公共预算财政拨款支出90.00万元。与上年相比，增加10.00万元，增长12.50%。"
        "与年初预算数100.00万元相比，决算数减少10.00万元。"
    ),
    "nothing last year, then the next part": (
        "公务用车运行维护费支出决算为7.59万元，与2022年度相比，增加7.59万元，上年无此项支出；"
        "公务接待费支出决算为1.37万元，与2022年度相比，增加0.27万元，增长24.55%。"
    ),
    "a change of the total after the list of its parts": (
        "2023年度财政拨款支出合计50.00万元，其中：基本支出30.00万元，项目支出20.00万元。"
        "比上年决算数增加10.00万元，增长25.00%。"
    ),
    "an account with quotation marks in its name": (
        "2023年度一般公共预算财政拨款支出30.00万元，主要用于以下方面：公共安全支出（类）30.00万元，占100.00%。\n"
        "1.公共安全支出（类）检察（款）“两房”建设（项）：支出决算为20.00万元。\n"
        "2.公共安全支出（类）法院（款）机关服务（项）：支出决算为10.00万元。"
    ),
    "one zero with decimals among whole amounts": (
        "2023年度支出合计13689437元，其中：基本支出10000001元，项目支出3689437元。财政拨款收入5200017元。"
        "事业收入1200001元（含教育收费0.00元），其他收入1100003元。人均接待费12.34元。"
    ),
}


def _graver(text: str) -> list[str]:
    """What the arithmetic and the agreement of places say; a fragment lacks much else."""
    document = read_text(f"2023年度部门决算情况说明\n{text}")
    report = check_document(document, Selection(("JS1", "JS2")))
    return [f"{f.rule} {f.message}" for f in report.findings if f.severity > Severity.HINT]


@pytest.mark.parametrize("text", CORRECT.values(), ids=CORRECT)
def test_a_correct_sentence_raises_nothing(text: str) -> None:
    assert _graver(text) == []


WRONG = {
    "one total for both sides": (
        "2023年度收入总计100.00万元，支出总计100.00万元。与2022年相比，收、支总计各增加25.00万元，增长33.33%。",
        [("增长33.33%", "增长25.00%"), ("，支出总计100.00", "，支出总计700.00")],
    ),
    "a change of 三公 in a sentence of its own": (
        "2023年度“三公”经费支出决算为8.00万元。\n2023年度“三公”经费支出决算数比上年增加2.00万元，增长33.33%。",
        [("33.33%", "25.00%")],
    ),
    "the outturn after its budget": (
        "2023年度“三公”经费支出全年预算10.00万元，支出决算8.00万元，完成预算的80.00%，比上年减少2.00万元，下降20.00%。",
        [("下降20.00%", "下降25.00%")],
    ),
    "the one budget of the sentence": (
        "2023年度“三公”经费支出预算为10.00万元，支出决算为8.00万元，完成年初预算的80.00%。",
        [("80.00%", "90.00%")],
    ),
    "a list before a reason": (
        "单位共有车辆4辆，其中：机要通信用车1辆、应急保障用车1辆、其他用车2辆，其他用车主要是业务用车。",
        [("共有车辆4辆", "共有车辆9辆")],
    ),
    "parts of a total that is named": (
        (
            "2023年度“三公”经费支出决算为10.00万元。\n2023年度“三公”经费支出决算中，因公出国（境）费支出决算0万元，占0%；"
            "公务用车购置及运行维护费支出决算8.00万元，占80.00%；公务接待费支出决算2.00万元，占20.00%。"
        ),
        [("占80.00%", "占60.00%")],
    ),
    "the share of a fund's total": (
        "2023年度一般公共预算财政拨款支出100.00万元。\n交通运输支出（类）支出30.00万元，占一般公共预算财政拨款总支出的30.00%。",
        [("的30.00%", "的20.00%")],
    ),
}


@pytest.mark.parametrize(("text", "changes"), WRONG.values(), ids=WRONG)
def test_one_wrong_figure_is_found(text: str, changes: list[tuple[str, str]]) -> None:
    assert _graver(text) == []
    for old, new in changes:
        assert _graver(text.replace(old, new, 1))
