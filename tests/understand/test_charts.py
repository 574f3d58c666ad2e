from __future__ import annotations

from juesuan.document.model import Chart, Document, Paragraph, Series
from juesuan.document.read import read_text
from juesuan.evaluate import evaluate
from juesuan.facts import State
from juesuan.understand.charts import ChartReading, chart_relations
from juesuan.understand.understanding import understand
from tests.document.docx.build import Docx, drawing_chart, p, r
from tests.document.docx.test_charts import numbers, rich, ser, strings, title

STRUCTURE = "2023年本年支出合计152.20万元，其中：基本支出125.29万元，占82.32%；项目支出26.91万元，占17.68%。"
TOTALS = "2022年度收、支总计122.15万元；2023年度收、支总计152.20万元。"


def read(
    text: str, categories: tuple[str, ...], *series: tuple[str, tuple[str | None, ...]], title: str = "支出决算结构图"
) -> ChartReading:
    chart = Chart(
        id=2, title=title, categories=categories, series=tuple(Series(name=name, values=v) for name, v in series)
    )
    blocks = (Paragraph(id=0, text="某市档案馆2023年度部门决算"), Paragraph(id=1, text=text), chart)
    return understand(Document(path="决算.docx", format="docx", blocks=blocks)).charts[0]


def holds(reading: ChartReading) -> list[bool | None]:
    return [v.holds for v in reading.values]


PARTS = ("基本支出", "项目支出")


def test_values_equal_to_the_text() -> None:
    reading = read(STRUCTURE, PARTS, ("", ("125.29", "26.91")))
    assert holds(reading) == [True, True]
    assert reading.measure is not None
    assert reading.measure.symbol == "万元"


def test_values_of_another_year_are_broken() -> None:
    assert holds(read(STRUCTURE, PARTS, ("", ("103.93", "18.22")))) == [False, False]


def test_the_unit_is_the_one_in_which_the_values_agree() -> None:
    reading = read(STRUCTURE, PARTS, ("", ("1252900", "269100")))
    assert holds(reading) == [True, True]
    assert reading.measure is not None
    assert reading.measure.symbol == "元"


def test_a_pie_of_percentages_is_compared_with_the_shares() -> None:
    assert holds(read(STRUCTURE, PARTS, ("", ("82.32", "17.68")))) == [True, True]
    assert holds(read(STRUCTURE, PARTS, ("", ("0.8232", "0.1768")))) == [True, True]


def test_values_of_another_size_are_not_judged() -> None:
    assert holds(read(STRUCTURE, PARTS, ("", ("4", "1")))) == [None, None]


def test_a_chart_rounded_to_whole_numbers_is_no_contradiction() -> None:
    assert holds(read(STRUCTURE, PARTS, ("", ("125", "27")))) == [True, True]


def test_binary_fractions_of_a_spreadsheet() -> None:
    assert holds(read(STRUCTURE, PARTS, ("", ("125.29000000000001", "26.909999999999997")))) == [True, True]


def test_labels_nobody_knows_are_not_judged() -> None:
    assert holds(read(STRUCTURE, ("蓝色部分", "绿色部分"), ("", ("103.93", "18.22")), title="图")) == [None, None]


def test_years_as_series_names() -> None:
    reading = read(
        TOTALS,
        ("收入总计", "支出总计"),
        ("2022年", ("122.15", "122.15")),
        ("2023年", ("152.2", "150.2")),
        title="收、支决算总计变动情况图",
    )
    assert holds(reading) == [True, True, True, False]


def test_years_as_categories_take_the_concept_of_the_title() -> None:
    reading = read(TOTALS, ("2022年", "2023年"), ("", ("122.15", "152.2")), title="收、支决算总计变动情况图")
    assert holds(reading) == [True, True]


def test_the_name_of_a_single_series_says_no_year() -> None:
    assert holds(read(STRUCTURE, PARTS, ("2022年支出", ("125.29", "26.91")))) == [True, True]


def test_the_appropriation_is_not_held_against_the_whole() -> None:
    text = "2023年财政拨款收、支总计100.00万元。"
    reading = read(text, ("2023年收入总计",), ("", ("152.2",)), title="收、支决算总计变动情况图")
    assert holds(reading) == [None]


def test_a_missing_point_is_no_zero() -> None:
    reading = read(STRUCTURE, PARTS, ("", ("125.29", None)))
    assert holds(reading) == [True, None]


def test_relations_are_judged_by_the_evaluator() -> None:
    document = read_text(f"2023年度部门决算\n{STRUCTURE}\n\n支出决算结构图\n基本支出\t项目支出\t103.93\t26.91\t\n")
    facts = understand(document).facts
    bound, relations = chart_relations(document, facts, len(facts), 2023)
    assert [f.id for f in bound] == [len(facts), len(facts) + 1]
    assert [evaluate(x).state for x in relations] == [State.BROKEN, State.HOLDS]
    assert document.text_of(bound[0].place) == "103.93"


def test_a_chart_embedded_in_a_word_file() -> None:
    made = Docx(
        p(r("某市档案馆2023年度部门决算")) + p(r(STRUCTURE)) + p(drawing_chart("ch")) + p(r("图3：支出决算结构图"))
    )
    plot = f"<c:pieChart>{ser(strings('销售额'), strings(*PARTS), numbers('103.93', '18.22'))}</c:pieChart>"
    content = f"<c:chart><c:plotArea><c:layout/>{plot}</c:plotArea></c:chart>"
    document = made.part("chart", "charts/chart1.xml", "c:chartSpace", content, key="ch").read()
    reading = understand(document).charts[0]
    assert reading.title == "支出决算结构图"
    assert holds(reading) == [False, False]


def test_the_charts_own_title_comes_before_the_caption() -> None:
    made = Docx(p(drawing_chart("ch")) + p(r("图3：收入决算结构图")))
    plot = f"<c:pieChart>{ser(strings('x'), strings(*PARTS), numbers('1', '2'))}</c:pieChart>"
    content = f"<c:chart>{title(rich('支出决算结构图'))}<c:plotArea><c:layout/>{plot}</c:plotArea></c:chart>"
    document = made.part("chart", "charts/chart1.xml", "c:chartSpace", content, key="ch").read()
    assert understand(document).charts[0].title == "支出决算结构图"
