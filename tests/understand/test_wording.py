"""Real wordings of money sentences (all provinces): which relations are read, and how they are judged."""

import pytest

from juesuan.document.read import read_text
from juesuan.evaluate import evaluate
from juesuan.understand.understanding import understand

# (sentence, relations as "kind:state", sorted). Broken ones are broken in the real source too.
WORDINGS = [
    ("2023年度收、支总计均为1523.26万元。", ""),
    (
        "2023年度收、支总计各是4125.49,4143.91万元。与2022年相比，收、支总计各减少1267.86,2570.97万元，各下降23.51%、38.28%。",
        "growth:broken growth:holds",
    ),
    (
        "1.总体情况。2023年度收入总计10328.56万元，支出总计10328.56万元。收支较上年决算数增加418.97万元、增长4.23%。",
        "growth:holds",
    ),
    (
        "2023年度收入总计3,084.82万元，支出总计3,084.82万元。收支较上年决算数增加-701.01万元，下降18.5%。",
        "growth:holds",
    ),
    ("收、支总计7548.19万元。与2022年度相比，减少719.66万元，下降8.7%主要原因是项目减少", "growth:holds"),
    ("2023年度收入总计519.07万元，支出总计519.07万元，与2022年度相比，增加32.19万元，增长6.76%。", "growth:broken"),
    (
        "2023年度收入总计434.72万元，其中：本年收入合计434.16万元，使用非财政拨款结余0.00，年初结转和结余0.55万元；收入支出总体与上年相比，增加58.21万元，增长15.46%。",
        "growth:holds sum:rounding",
    ),
    (
        "本单位2023年度总收入581.45万元，其中本年收入390.55万元，较2022年度决算数减少175.26万元，下降31%。",
        "growth:holds",
    ),
    (
        "2024年财政拨款收入总计1614.63万元，与上年相比增加540.23万元，增长50.28%；财政拨款支出总计1870.91万元，与上年相比增加633.43万元，增长51.19%。",
        "growth:holds growth:holds",
    ),
    (
        "本年收入合计3765.66万元，其中：财政拨款收入1008.64万元，占26.79%；事业收入605.99万元，占16.09%；经营收入2148.69万元，占57.06%；其他收入2.34万元，占0.06%。",
        "share:holds share:holds share:holds share:holds shares:holds sum:holds",
    ),
    (
        "本年收入合计519.07万元，包括财政拨款收入500.12万元（其中，一般公共预算500.12万元，政府性基金预算0万元，国有资本经营预算0万元），占收入合计96.35%；其他收入18.95万元，占收入合计3.65%。",
        "share:holds share:holds shares:holds sum:holds sum:holds sum:holds sum:holds",
    ),
    ("2023年一般公共预算财政拨款支出1264.92万元，占本年支出合计的31.45%。本年支出合计4021.94万元。", "share:holds"),
    ("公务接待费本年40万元，较上年43万元减少3万元，下降7%。", "difference:holds growth:holds"),
    (
        "本年支出合计1134万元，较上年1174万元减少40万元，下降3%；较预算数1237万元减少103万元，下降8%。",
        "difference:holds difference:holds growth:holds growth:holds",
    ),
    ("公务接待费支出2.05万元，比上年累计支出2.08万元减少0.03万元。", "difference:holds"),
    ("2023年一般公共预算支出20558万元，比上年18033万元增长14%。", "growth:holds"),
    (
        "2023年度“三公”经费财政拨款支出62.07万元，完成全年预算84.82万元的73.2%，比上年增加38.97万元，增长168.7%。",
        "completion:holds growth:holds",
    ),
    ("年初预算为27780.16万元，支出决算为24535.67万元，完成年初预算的88.32%。", "completion:holds"),
    ("公务接待费支出年初预算为27,080元，支出决算为26,085.58元，完成年初预算的96.33%。", "completion:holds"),
    ("“三公”经费支出决算为17.06万元，完成预算27万元的63.2%。", "completion:holds"),
    (
        "“三公”经费支出年初预算数20万元，决算数为9.07万元，较年初预算数减少10.93万元，下降54.65%。",
        "difference:holds growth:holds",
    ),
    ("2023年预算数3786.71万元，调整数4610.19万元，决算数4610.19万元，增加823.48万元。", ""),
    ("公务用车购置及运行维护费预算为494,400.00元，支出决算为115,749.56元，完成预算的23.41%。", "completion:holds"),
    ("2023年国内公务接待520批次4200人次。", ""),
    (
        "共有车辆1763辆，其中：副部（省）级及以上领导用车3辆、主要领导干部用车0辆、机要通信用车10辆、应急保障用车417辆、执法执勤用车15辆、特种专业技术用车0辆、其他用车1318辆。",
        "sum:holds",
    ),
    (
        "2023年政府采购支出总额100.5万元，其中：货物50.5万元、工程40万元、服务10万元；授予中小企业合同金额20.5万元，占政府采购支出总额的20.4%，其中：授予小微企业合同金额6.7万元，占政府采购支出总额的6.67%。",
        "share:holds share:holds sum:holds sum:holds sum:holds",
    ),
    ("机关运行经费184.65万元，比2022年增加2.55万元，增长1.40%。", "growth:holds"),
    ("2023年一般公共预算财政拨款支出较上年增长15.35%，增收25457万元。", ""),
    ("公务用车运行维护费支出决算16.95万元，比2022年度下降-81.75%。", ""),
    ("比上年下降1.8%。", ""),
    ("“三公”经费决算数比2022年减少1.2万元，减幅71%。", ""),
    ("2023年住房公积金支出850088.3元，占支出总预算78.33%，同比增加-54357.12元，增长6.00%。", "growth:broken"),
    ("国有资本经营预算财政拨款支出0万元。", ""),
    ("国内公务接待5678批次，较上年增加744批次。", ""),
    ("剔除政策因素，同口径下降16.64%。", ""),
    (
        "一般公共预算拨款支出16497.86万元，比2022年（上一年度，下同）增加1421.25万元；政府性基金拨款支出0万元，比2022年增加1421.25万元。",
        "within:broken within:holds",
    ),
    (
        "2022年度财政拨款支出合计6979.12万元，其中：基本支出3673.09万元，项目支出3306.02万元。比上年决算数增加6979.12万元。",
        "sum:holds sum:holds sum:rounding",
    ),
    (
        "财政拨款支出合计6979.12万元，其中：基本支出3673.10万元，项目支出3306.02万元，比上年增加3500万元。",
        "sum:holds sum:holds sum:holds",
    ),
    ("年末结转和结余2.00万元，比上年增加5.00万元。", ""),
    ("收入较上年增加10.2万元，主要原因是：一是工资增加8.27万元；二是项目增加1.88万元。", ""),
]


@pytest.mark.parametrize(("sentence", "relations"), WORDINGS, ids=[s[:24] for s, _ in WORDINGS])
def test_wording(sentence: str, relations: str) -> None:
    understanding = understand(read_text("2023年度部门决算情况说明\n" + sentence))
    found = sorted(f"{r.kind}:{evaluate(r).state.value}" for r in understanding.relations)
    assert " ".join(found) == relations


def test_a_figure_is_never_bound_across_words_nobody_understood() -> None:
    understanding = understand(read_text("2023年甲项目120.00万元。乙项目比2022年增加20.00万元，增长50%。"))
    assert not understanding.relations
