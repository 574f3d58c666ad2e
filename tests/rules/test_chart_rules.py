"""JS8xx: the data, order, names and completeness of charts."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.check import Selection, check_document
from juesuan.document.model import Chart, Document, Paragraph, Series
from juesuan.document.read import open_document
from juesuan.findings import Finding, Severity
from juesuan.rules._example import REPORT

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"
SENTENCE = (
    "2023年“三公”经费财政拨款支出决算中，因公出国（境）费支出决算2.00万元，占20%；"
    "公务用车购置及运行维护费支出决算5.00万元，占50%；公务接待费支出决算3.00万元，占30%。"
)
LABELS = ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")
TITLES = (
    "收、支决算总计变动情况图",
    "收入决算结构图",
    "支出决算结构图",
    "财政拨款收、支决算总计变动情况图",
    "一般公共预算财政拨款支出决算变动情况图",
    "一般公共预算财政拨款支出决算结构图",
    "“三公”经费财政拨款支出结构图",
)


def document(*charts: Chart, text: str = SENTENCE) -> Document:
    lines = ["某县档案馆2023年度部门决算", *text.split("\n")]
    blocks = (*(Paragraph(id=n, text=t) for n, t in enumerate(lines)), *charts)
    return Document(path="决算.docx", format="docx", blocks=blocks)


def chart(*values: str, name: str = "", title: str = "“三公”经费支出结构图", number: int = 2) -> Chart:
    return Chart(id=number, title=title, categories=LABELS, series=(Series(name=name, values=values),))


def found(made: Document, code: str) -> list[Finding]:
    return list(check_document(made, Selection(select=(code,))).findings)


def test_the_sample() -> None:
    anju = open_document(SAMPLES / "anju-gsl-2023-final.txt")
    (data,) = found(anju, "JS801")
    assert (data.severity, data.evidence[0].quote, data.expected) == (Severity.ERROR, "103.93", "125.29万元")
    assert "2022年" in data.message
    (swapped,) = found(anju, "JS802")
    assert (swapped.severity, swapped.expected) == (Severity.ERROR, "0.8万元")
    assert [f.evidence[0].quote for f in found(anju, "JS803")] == ["销售额", "销售额", "2022年公共财政预算支出统计"]
    (missing,) = found(anju, "JS804")
    assert "图5" in missing.message


def test_rates_and_points_are_no_money() -> None:
    bars = chart("100.00", "99.00", "98.00", name="预算执行率（%）", title="项目预算执行率")
    both = (
        Series(name="预算执行率（%）", values=("100.00",) * 3),
        Series(name="自评得分（分）", values=("99.00",) * 3),
    )
    for made in (bars, Chart(id=2, title="执行率和得分", categories=LABELS, series=both)):
        assert found(document(made), "JS801") == []
    assert found(document(chart("100.00", "99.00", "98.00")), "JS801") == []
    assert found(document(chart("2.00", "5.00", "4.00", name="支出")), "JS801") != []


def test_one_finding_a_chart() -> None:
    (finding,) = found(document(chart("1", "4", "9")), "JS801")
    assert [e.quote for e in finding.evidence][:3] == ["1", "4", "9"]


def test_right_values_are_silent() -> None:
    made = document(chart("2", "5", "3"))
    assert not [f for code in ("JS801", "JS802", "JS803") for f in found(made, code)]


@pytest.mark.parametrize("values", [("5", "2", "3"), ("3", "2", "5"), ("5", "3", "2")])
def test_values_under_each_others_labels(values: tuple[str, str, str]) -> None:
    made = document(chart(*values))
    assert len(found(made, "JS802")) == 1
    assert not found(made, "JS801")


def test_other_values_are_no_swap() -> None:
    made = document(chart("5", "2", "4"))
    assert not found(made, "JS802")
    assert len(found(made, "JS801")) == 1


@pytest.mark.parametrize("name", ["系列1", "系列 1", "销售额", "Series 1", "图表标题"])
def test_default_names(name: str) -> None:
    (finding,) = found(document(chart("2", "5", "3", name=name)), "JS803")
    assert (finding.severity, finding.evidence[0].quote) == (Severity.WARNING, name)


@pytest.mark.parametrize("name", ["2023年决算数", "决算数", "年销售额增长", "2022年与2023年对比"])
def test_names_that_are_none(name: str) -> None:
    assert not found(document(chart("2", "5", "3", name=name)), "JS803")


def test_a_year_before_the_report() -> None:
    (finding,) = found(document(chart("2", "5", "3", name="2021年“三公”经费")), "JS803")
    assert finding.expected == "2023年"


def test_a_chart_of_last_year_beside_last_years_sentence() -> None:
    last = SENTENCE.replace("2023", "2022").replace("2.00", "1.00").replace("5.00", "4.00").replace("3.00", "9.00")
    made = document(chart("1", "4", "9", name="2022年", number=3), text=f"{SENTENCE}\n{last}")
    assert not found(made, "JS801")


def _charts(titles: tuple[str, ...]) -> Document:
    lines = REPORT.split("\n")
    blocks = tuple(Paragraph(id=n, text=t) for n, t in enumerate(lines))
    charts = tuple(chart("0", "0", "0.8", title=t, number=len(lines) + n) for n, t in enumerate(titles))
    return Document(path="决算.docx", format="docx", blocks=(*blocks, *charts))


def test_all_charts_of_the_layout() -> None:
    assert not found(_charts(TITLES), "JS804")


def test_one_missing_is_a_warning_and_many_are_a_hint() -> None:
    (one,) = found(_charts(TITLES[1:]), "JS804")
    (many,) = found(_charts(TITLES[4:]), "JS804")
    assert (one.severity, many.severity) == (Severity.WARNING, Severity.HINT)
    assert "图1" in one.message


def test_a_report_without_charts_is_not_applicable() -> None:
    report = check_document(_charts(()), Selection(select=("JS8",)))
    assert {s.rule for s in report.checks.not_applicable} == {"JS801", "JS802", "JS803", "JS804", "JS805"}
