from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from juesuan.document.model import Cell, Document, Table
from juesuan.document.read import open_document, read_text
from juesuan.facts import Completion, State, Sum
from juesuan.rules.base import View
from juesuan.understand.forms import Entry, Form, read_forms
from juesuan.understand.forms_values import Kind, read_value
from juesuan.understand.understanding import understand

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "bench" / "samples" / "anju-gsl-2023-final.txt"
BUDGET = ROOT / "bench" / "samples" / "putuo-wanli-dept-2023-budget.pdf"
BY_HAND = ROOT / "tests" / "data" / "anju-gsl-forms.json"

COLUMNS = ("nature", "target", "measure", "completion", "weight", "score", "reason")


def forms_in(document: Document) -> tuple[Form, ...]:
    return read_forms(document, [b for b in document.blocks if isinstance(b, Table)])


def text(entry: Entry | None) -> str | None:
    return None if entry is None else entry.text


def as_data(form: Form) -> dict[str, object]:
    """The form as the file made by hand writes it."""
    columns = [name for name, _ in form.funds[0].cells]
    return {
        "kind": form.kind,
        "title": form.title,
        "code": form.project_code,
        "class": form.project_class,
        "project": form.project_name,
        "money": form.money.symbol if form.money else None,
        "fields": {name: entry.text for name, entry in form.fields},
        "columns": columns,
        "funds": {row.source: [text(row.get(c)) for c in columns] for row in form.funds},
        "indicators": [
            [i.level1, i.level2, i.name.text, *(text(getattr(i, name)) for name in COLUMNS)] for i in form.indicators
        ],
        "sum": [text(form.total_weight), text(form.total_score)],
    }


def test_all_forms_of_the_sample_read_as_by_hand() -> None:
    forms = forms_in(open_document(SAMPLE))
    assert [as_data(f) for f in forms] == json.loads(BY_HAND.read_text(encoding="utf-8"))
    assert [f.unread for f in forms] == [()] * len(forms)


def test_every_entry_stands_where_it_says() -> None:
    document = open_document(SAMPLE)
    for form in forms_in(document):
        entries = [e for _, e in form.fields] + [e for row in form.funds for _, e in row.cells]
        entries += [e for i in form.indicators for e in (i.name, i.target, i.completion) if e is not None]
        for entry in entries:
            assert document.text_of(entry.place) == entry.text


def test_relations_of_the_sample_hold() -> None:
    view = View(understand(open_document(SAMPLE)))
    judged = [j for j in view.judged if j.relation.source.startswith("form_")]
    assert {j.relation.source for j in judged} == {"form_funds", "form_rate", "form_weights", "form_scores"}
    assert {j.verdict.state for j in judged} == {State.HOLDS}
    # 125.29 of an adjusted budget of 0.00 has no rate: only the other two forms state one that can be judged.
    assert sum(isinstance(j.relation, Completion) for j in judged) == 4


def test_a_wrong_source_of_the_budget_forms_breaks_one_sum() -> None:
    view = View(understand(open_document(BUDGET)))
    assert [f.project_class for f in view.understanding.forms] == ["T", "T", "T", "T", "Y"]
    broken = [j for j in view.judged if j.relation.source == "form_funds" and j.verdict.state is State.BROKEN]
    assert [(str(j.relation.subject.quantity), j.verdict.computed) for j in broken] == [
        ("10,903,043.00", Decimal(11419043))
    ]


def table(rows: list[list[tuple[str, int, int]]], columns: int) -> Table:
    """A regular table from rows of (text, rowspan, colspan)."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        column = 0
        for words, down, across in row:
            while (number, column) in taken:
                column += 1
            cells.append(Cell(row=number, column=column, text=words, rowspan=down, colspan=across))
            taken |= {(r, c) for r in range(number, number + down) for c in range(column, column + across)}
    return Table(id=0, cells=tuple(cells), rows=len(rows), columns=columns)


def one(words: str) -> tuple[str, int, int]:
    return (words, 1, 1)


MINISTRY = [
    [("项目支出绩效自评表", 1, 8)],
    [("（2022年度）", 1, 8)],
    [("项目名称", 1, 2), ("农村公路养护", 1, 6)],
    [("主管部门", 1, 2), ("某县交通局", 1, 2), ("实施单位", 1, 2), ("某镇人民政府", 1, 2)],
    [
        ("项目资金\n（万元）", 4, 1),
        *map(one, ("", "年初预算数", "全年预算数\n(A)", "全年执行数\n(B)", "分值", "执行率\n(B/A)", "得分")),
    ],
    [*map(one, ("年度资金总额", "90", "90", "89.974", "10", "99.97%", "10"))],
    [*map(one, ("其中：当年财政拨款", "90", "90", "89.974", "—", "", "—"))],
    [*map(one, ("上年结转资金", "0", "0", "0", "—", "", "—"))],
    [("年度总体目标", 2, 1), ("预期目标", 1, 4), ("实际完成情况", 1, 3)],
    [("养护公路30公里。", 1, 4), ("养护公路30公里。", 1, 3)],
    [("绩效指标", 4, 1), *map(one, ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"))],
    [("产出指标", 2, 1), *map(one, ("数量指标", "养护里程", "≥30公里", "30公里", "50", "50"))],
    [*map(one, ("时效指标", "完成时间", "12月底前", "11月", "0", "0"))],
    [*map(one, ("效益指标", "社会效益指标", "通行条件", "改善", "改善", "40", "39.97"))],
    [("总分", 1, 6), one("100"), one("99.97")],
]


def test_the_ministry_form_is_read_from_a_grid_with_merged_cells() -> None:
    grid = table(MINISTRY, 8)
    (form,) = read_forms(Document(path="-", format="docx", blocks=(grid,)), [grid])
    assert (form.kind, form.project_name, form.text("unit")) == (
        "ministry_self_evaluation",
        "农村公路养护",
        "某镇人民政府",
    )
    assert form.text("done") == "养护公路30公里。"
    total = form.row("total")
    assert total is not None
    assert [text(total.get(c)) for c in ("initial", "adjusted", "executed", "weight", "rate", "score")] == [
        "90", "90", "89.974", "10", "99.97%", "10",
    ]  # fmt: skip
    assert form.row("carried") is not None
    assert [(i.level1, i.level2, i.name.text, text(i.target), text(i.score)) for i in form.indicators] == [
        ("产出指标", "数量指标", "养护里程", "≥30公里", "50"),
        ("产出指标", "时效指标", "完成时间", "12月底前", "0"),
        ("效益指标", "社会效益指标", "通行条件", "改善", "39.97"),
    ]
    assert (text(form.total_weight), text(form.total_score)) == ("100", "99.97")
    assert form.unread == ()


def test_two_forms_in_one_table_are_two() -> None:
    grid = table(MINISTRY + MINISTRY, 8)
    forms = read_forms(Document(path="-", format="xlsx", blocks=(grid,)), [grid])
    assert [(f.first, f.last, len(f.indicators)) for f in forms] == [(0, 15, 3), (15, 30, 3)]


def test_an_unknown_row_of_money_leaves_the_total_open() -> None:
    rows = [*MINISTRY[:7], list(map(one, ("其中：省级补助", "5", "5", "5", "—", "", "—"))), *MINISTRY[8:]]
    grid = table(rows, 8)
    (form,) = read_forms(Document(path="-", format="docx", blocks=(grid,)), [grid])
    assert not form.funds_complete
    assert "其中：省级补助" in [e.text for e in form.unread]
    judged = View(understand(Document(path="-", format="docx", blocks=(grid,)))).judged
    assert not any(
        j.relation.closed for j in judged if isinstance(j.relation, Sum) and j.relation.source == "form_funds"
    )


def test_a_table_without_indicators_is_no_form() -> None:
    document = read_text("\t项目名称\n\t培训经费\n\n\t主管部门\n\t某局\n\n")
    assert forms_in(document) == ()


@pytest.mark.parametrize(
    ("written", "measure", "kind", "sign", "shown"),
    [
        ("半年", "个", Kind.DURATION, "", "0.5年"),
        ("6", "个", Kind.FIGURE, "", "6个"),
        ("≥13459.00(平方米)", "", Kind.FIGURE, "≥", "13459.00平方米"),
        ("不低于80%", "", Kind.FIGURE, "≥", "80%"),
        ("≤5", "百分比", Kind.FIGURE, "≤", "5%"),
        ("100百分比", "", Kind.FIGURE, "", "100%"),
        ("2023年11月底完成", "", Kind.DATE, "", ""),
        ("12月以前", "", Kind.DATE, "", ""),
        ("11月完成", "月", Kind.DATE, "", ""),
        ("2023年", "", Kind.DATE, "", ""),
        ("优", "", Kind.GRADE, "", ""),
        ("/", "", Kind.NOTHING, "", ""),
        ("", "%", Kind.BLANK, "", ""),
        ("西藏、北京", "", Kind.TEXT, "", ""),
        ("3个商会", "", Kind.TEXT, "", ""),
    ],
)
def test_values_of_cells(written: str, measure: str, kind: Kind, sign: str, shown: str) -> None:
    value = read_value(written, measure)
    quantity = value.quantity
    figure = "" if quantity is None else f"{quantity.value}{quantity.measure.symbol}"
    assert (value.kind, value.sign, figure) == (kind, sign, shown)


def test_a_measure_nobody_listed_keeps_its_words() -> None:
    value = read_value("50元/人")
    assert value.quantity is not None
    assert (value.quantity.value, value.measure_text) == (Decimal(50), "元/人")
    assert read_value("50", "元/人·天").measure_text == "元/人·天"
