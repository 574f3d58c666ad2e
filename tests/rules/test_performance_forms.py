from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from juesuan.check import Selection, check_document, check_file
from juesuan.document.read import read_text
from juesuan.findings import Finding
from juesuan.rules import RULES
from juesuan.rules._forms import example

SAMPLES = Path(__file__).resolve().parents[2] / "bench" / "samples"
PERFORMANCE = Selection(select=("JS6",))
ORDINARY = (("产出指标", "数量指标", "培训人数", "≥", "50", "人", "50", "90", "90"),)


def findings(text: str) -> tuple[Finding, ...]:
    return check_document(read_text(text), PERFORMANCE).findings


def said(found: Sequence[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity.key, f.subject.quote if f.subject else "") for f in found]


def with_weight(*indicators: Sequence[str], score: str = "100") -> str:
    return example(indicators, sums=("100", score))


@pytest.mark.parametrize("code", [code for code in RULES if code.startswith("JS6")])
def test_each_rule_speaks_of_its_wrong_text_only(code: str) -> None:
    rule = RULES[code]
    assert code in {f.rule for f in findings(rule.wrong)}
    assert code not in {f.rule for f in findings(rule.right)}


def test_the_sample_with_five_forms() -> None:
    report = check_file(SAMPLES / "anju-gsl-2023-final.txt", PERFORMANCE).report
    assert said(report.findings) == [
        ("JS610", "hint", "26.91万元"),
        ("JS611", "warning", "临聘人员经费2个专项预算项目"),
        ("JS602", "error", "0.00"),
        ("JS608", "hint", "100"),
        ("JS607", "warning", "98%"),
        ("JS605", "error", "半年"),
        ("JS606", "warning", "≥"),
        ("JS606", "warning", "≥"),
        ("JS609", "warning", "4.5"),
    ]


def test_the_budget_with_five_target_forms() -> None:
    report = check_file(SAMPLES / "putuo-wanli-dept-2023-budget.pdf", PERFORMANCE).report
    assert said(report.findings) == [
        ("JS617", "warning", "3328.13万元"),
        ("JS612", "hint", "及时率"),
        ("JS613", "error", "11,419,043.00"),
    ]


@pytest.mark.parametrize("name", ["putuo-sthjj-2025-final.docx", "putuo-shiquan-2025-final.docx"])
def test_reports_with_a_summary_and_no_forms_are_clean(name: str) -> None:
    report = check_file(SAMPLES / name, PERFORMANCE).report
    assert report.findings == ()
    assert "JS613" in {s.rule for s in report.checks.not_applicable}


def test_an_adjusted_budget_of_zero_in_all_forms_is_one_warning() -> None:
    forms = [
        example(
            ORDINARY, total=("9.00", "0.00", "9.00", "100.00%", "10", "10"), project=f"51000023T00000000000{n}-{name}"
        )
        for n, name in enumerate(("培训经费", "会议经费"))
    ]
    found = findings("\n".join([forms[0], "下一项目的自评表如下，供参考。", forms[1]]))
    assert said(found) == [("JS602", "warning", "0.00")]
    assert "2 张" in found[0].message


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (("10.00", "10.00", "9.00", "90.00%", "10", "9"), []),
        (("10.00", "10.00", "9.00", "0.9", "10", "9"), []),
        (("10.00", "10.00", "9.00", "90", "10", "9"), []),
        (("10.00", "10.00", "9.00", "100.00%", "10", "10"), [("JS602", "error", "100.00%")]),
        (("10.00", "12.00", "9.00", "90.00%", "10", "9"), [("JS602", "warning", "90.00%")]),
        (("10.00", "8.00", "9.00", "100.00%", "10", "10"), [("JS602", "warning", "100.00%")]),
        (("10.00", "10.00", "0.00", "0.00%", "10", "0"), []),
        (("10.00", "", "9.00", "90.00%", "10", "9"), []),
        (("10.00", "10.00", "9.00", "90.00%", "10", "10"), [("JS604", "warning", "10")]),
    ],
)
def test_execution_rates(total: tuple[str, ...], expected: list[tuple[str, str, str]]) -> None:
    score = str(int(total[-1]) + 90)
    assert said(findings(example(ORDINARY, total=total, sums=("100", score)))) == expected


def test_one_form_with_many_wrong_rates_is_one_finding() -> None:
    found = findings(
        example(
            ORDINARY,
            total=("10.00", "10.00", "8.00", "90.00%", "10", "9"),
            sources=(
                ("其中：财政资金", "10.00", "10.00", "8.00", "90.00%"),
                ("其他资金", "0.00", "0.00", "0.00", "0.00%"),
            ),
            sums=("100", "99"),
        )
    )
    assert [f.rule for f in found if f.rule == "JS602"] == ["JS602"]


@pytest.mark.parametrize(
    "weights",
    [
        ("60", "30"),
        ("22.5", "22.5", "22.5", "22.5"),
        ("70", "5", "15"),
        ("33.33", "33.33", "23.34"),
        ("30", "30", "30"),
    ],
)
def test_weights_of_levels_are_free_and_templates_are_no_copies(weights: tuple[str, ...]) -> None:
    rows = [
        ("产出指标", "数量指标", f"指标{n}人数", "≥", "50", "人", "50", w, w)
        for n, w in enumerate("甲乙丙丁"[: len(weights)])
    ]
    rows = [(*row[:7], w, w) for row, w in zip(rows, weights, strict=True)]
    assert findings(example(rows)) == ()


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        (("产出指标", "数量指标", "走访企业", "≥", "6", "个", "6家", "90", "90"), []),
        (("产出指标", "数量指标", "走访企业", "≥", "6", "个", "已完成", "90", "90"), []),
        (("产出指标", "数量指标", "走访企业", "≥", "6", "个", "100%", "90", "90"), [("JS605", "warning", "100%")]),
        (("产出指标", "数量指标", "走访企业", "≥", "6", "个", "3万元", "90", "90"), [("JS605", "error", "3万元")]),
        (("产出指标", "质量指标", "合格率", "≥", "95", "%", "1", "90", "90"), [("JS605", "hint", "1")]),
        (("产出指标", "质量指标", "合格率", "≥", "95", "%", "90", "90", "90"), [("JS604", "warning", "90")]),
        (("产出指标", "质量指标", "合格率", "≥", "95", "%", "98", "90", "95"), [("JS604", "error", "95")]),
        (("产出指标", "时效指标", "设备使用期限", "≥", "10", "年", "10", "90", "90"), []),
        (("产出指标", "时效指标", "12月前完成率", "≥", "90", "%", "95", "90", "90"), []),
        (("成本指标", "经济成本指标", "人均补助标准", "≥", "500", "元", "500", "90", "90"), []),
        (("成本指标", "经济成本指标", "成本节约率", "≥", "5", "%", "6", "90", "90"), []),
        (("成本指标", "经济成本指标", "场地费", "≤", "5", "万元", "5", "90", "90"), []),
    ],
)
def test_indicators(indicator: tuple[str, ...], expected: list[tuple[str, str, str]]) -> None:
    points = str(int(indicator[-1]) + 10)
    assert said(findings(with_weight(indicator, score=points))) == expected


def test_a_blank_source_is_no_zero() -> None:
    sources = (("其中：财政资金", "6.00", "6.00", "6.00", "100.00%"), ("其他资金", "", "", "", ""))
    assert findings(example(ORDINARY, sources=sources)) == ()
    over = (("其中：财政资金", "16.00", "16.00", "16.00", "100.00%"), ("其他资金", "", "", "", ""))
    assert {f.rule for f in findings(example(ORDINARY, sources=over))} == {"JS613"}


def test_a_finer_division_of_the_same_money_is_no_contradiction() -> None:
    right = RULES["JS609"].right
    finer = right.replace("（1）场地费支出4.5万元", "（1）场地费支出4万元。\n（2）印刷费支出0.5万元").replace(
        "（2）讲课费", "（3）讲课费"
    )
    assert finer != right
    assert findings(finer) == ()


def test_one_name_in_two_units_is_two_projects() -> None:
    def form(unit: str, target: str) -> str:
        rows = (("产出指标", "数量指标", "培训人数", "≥", target, "人", target, "90", "90"),)
        return example(rows, project="培训经费").replace("\t培训经费\n", f"\t培训经费\n\t实施单位\n\t{unit}\n", 1)

    assert findings("\n".join([form("甲中心", "50"), "另一单位的自评表如下。", form("乙中心", "80")])) == ()
    found = findings("\n".join([form("甲中心", "50"), "另一张自评表如下。", form("甲中心", "80")]))
    assert [f.rule for f in found] == ["JS607"]


def test_a_score_in_words_may_have_fewer_digits_or_name_last_year() -> None:
    rows = (("产出指标", "数量指标", "培训人数", "≥", "50", "人", "49.99", "90", "89.97"),)
    closing = (("评价结论", "上年自评得分95分，本年自评得分100分。"),)
    assert "JS614" not in {f.rule for f in findings(example(rows, sums=("100", "99.97"), closing=closing))}


def test_grades_that_exceed_the_projects_are_told_once() -> None:
    found = check_document(read_text(RULES["JS616"].wrong)).findings
    assert said(found) == [("JS616", "error", "2")]


def in_lines(rows: Sequence[Sequence[str]]) -> str:
    return "".join("".join(f"\t{words}\n" for words in row) + "\n" for row in rows)


TOWN = (
    ("项目支出绩效自评表",),
    ("（2022年度）",),
    ("项目名称", "乡村振兴衔接资金"),
    ("主管部门", "某镇人民政府", "实施单位", "某镇人民政府"),
    ("项目资金（万元）", "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"),
    ("年度资金总额", "90", "90", "89.974", "10", "99.97%", "10"),
    ("其中：本年财政拨款", "90", "90", "89.974", "-", "99.97%", "-"),
    ("上年结转资金", "0", "0", "0", "-", "", "-"),
    ("其他资金", "0", "0", "0", "-", "", "-"),
    ("年度总体目标", "预期目标", "实际完成情况"),
    ("改善环境", "已改善"),
    (
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ),
    ("产出指标（50分）", "数量指标", "指标1：整治村庄", "≥100百分比", "100百分比", "20", "20", ""),
    ("质量指标", "指标1：验收合格率", "≥95%", "98%", "30", "30", ""),
    ("……", "", "", "", "", ""),
    ("效益指标（30分）", "社会效益指标", "指标1：带动就业", "有效", "达成预期指标", "30", "29.99", ""),
    ("满意度指标（10分）", "服务对象满意度指标", "指标1：群众满意度", "≥90%", "95%", "10", "10", ""),
    ("总分", "100", "99.99"),
)


def test_a_correct_form_of_another_province_is_clean() -> None:
    assert findings(in_lines(TOWN)) == ()


def test_a_total_left_at_zero_is_one_finding() -> None:
    rows = [*TOWN[:5], ("年度资金总额", "0", "0", "0", "10", "", "0"), *TOWN[6:-1], ("总分", "100", "89.99")]
    assert said(findings(in_lines(rows))) == [("JS613", "error", "0")]


def test_a_total_of_scores_that_misses_one_is_an_error() -> None:
    assert said(findings(in_lines([*TOWN[:-1], ("总分", "100", "98.99")]))) == [("JS604", "error", "98.99")]
