from __future__ import annotations

import json
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.check import check_document
from juesuan.document.model import Cell, Document, Paragraph, Table
from juesuan.document.read import open_document, read_text
from juesuan.facts import Completion, State, Sum
from juesuan.rules.base import View
from juesuan.taxonomy.forms import FORMS, FormDeclaration
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


def test_a_wrong_source_of_the_budget_forms_breaks_its_sum_and_exceeds_the_whole_project() -> None:
    view = View(understand(open_document(BUDGET)))
    assert [f.project_class for f in view.understanding.forms] == ["T", "T", "T", "T", "Y"]
    broken = [j for j in view.judged if j.relation.source == "form_funds" and j.verdict.state is State.BROKEN]
    assert [(str(j.relation.subject.quantity), j.verdict.computed) for j in broken] == [
        ("10,903,043.00", Decimal(11419043)),
        ("10,903,043.00", Decimal(11419043)),
    ]
    (cause,) = (c for c in view.causes if c.first.relation.source == "form_funds")
    assert [(str(f.quantity), cause.value) for f in cause.facts] == [("11,419,043.00", "10903043.00元")]


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


def document_of(*tables: Table | Paragraph) -> Document:
    return Document(path="-", format="docx", blocks=tuple(replace(b, id=n) for n, b in enumerate(tables)))


def test_a_form_cut_by_a_page_end_is_one_form() -> None:
    above = table(MINISTRY[:13], 8)
    below = table([[one(""), *MINISTRY[13]], [("总分", 1, 6), one("100"), one("99.97")]], 8)
    document = document_of(above, Paragraph(id=0, text="— 12 —"), below)
    (form,) = forms_in(document)
    assert (form.block, form.more) == (0, (2,))
    assert [i.name.text for i in form.indicators] == ["养护里程", "完成时间", "通行条件"]
    assert form.total_score is not None
    assert form.holds(form.total_score.place)
    assert document.text_of(form.total_score.place) == "99.97"


def test_text_between_two_tables_parts_them() -> None:
    below = table([[one(""), *MINISTRY[13]]], 8)
    prose = Paragraph(id=0, text="以下是另一个项目的绩效指标完成情况，供参考。")
    (form,) = forms_in(document_of(table(MINISTRY[:13], 8), prose, below))
    assert form.more == ()


def test_the_project_may_stand_in_a_table_of_its_own() -> None:
    document = document_of(table(MINISTRY[:10], 8), table(MINISTRY[10:], 8))
    (form,) = forms_in(document)
    assert (form.project_name, len(form.funds), len(form.indicators)) == ("农村公路养护", 3, 3)
    assert form.money is not None
    assert form.money.symbol == "万元"


def laid_out(declared: FormDeclaration, *, grid: bool) -> Table:
    """A form as its declaration orders it, each value naming what it is; without `grid`, merged cells vanish."""
    rows: list[list[str]] = [[declared.titles[0]]]
    rows += [[item.written, f"甲{item.id}"] for item in declared.fields]
    goals = [[declared.goals_group, *(g.written for g in declared.goals)], ["", *(f"乙{g.id}" for g in declared.goals)]]
    rows += goals
    rows += [[item.written, f"丙{item.id}"] for item in declared.notes]
    funds = declared.funds
    if funds.columns:
        rows.append([funds.group, funds.unit_label, *(c.written for c in funds.columns)])
        rows += [["", s.written, *("5" for _ in funds.columns)] for s in funds.sources]
    else:
        rows.append([funds.group, *(word for lane in funds.lanes for word in (lane.written, "5"))])
        rows += [["", *(w for _ in funds.lanes for w in (s.written, "5"))] for s in funds.sources[1:]]
    rows.append([declared.indicator_group, *(c.written for c in declared.indicators)])
    filled = {
        "level1": "产出指标",
        "level2": "数量指标",
        "nature": "≥",
        "target": "5",
        "measure": "个",
        "weight": "5",
        "score": "5",
    }
    rows.append(["", *(filled.get(c.id, f"丁{c.id}") for c in declared.indicators)])
    if declared.total:
        rows.append([declared.total.written, "100", "99"])
    rows += [[item.written, f"戊{item.id}"] for item in declared.closing]
    width = max(len(row) for row in rows)
    cells = [
        Cell(row=r, column=c, text=words, colspan=width - c if grid and c == len(row) - 1 else 1)
        for r, row in enumerate(rows)
        for c, words in enumerate(row)
    ]
    return Table(id=0, cells=tuple(cells), rows=len(rows), columns=width, regular=grid)


@pytest.mark.parametrize("grid", [True, False])
@pytest.mark.parametrize("declared", FORMS, ids=lambda form: form.id)
def test_what_is_laid_out_from_a_declaration_reads_as_that_form(declared: FormDeclaration, *, grid: bool) -> None:
    written = laid_out(declared, grid=grid)
    (form,) = forms_in(document_of(written))
    assert form.kind == declared.id
    assert form.title == declared.titles[0]
    texts = {
        item.id: form.text(item.id) for item in (*declared.fields, *declared.goals, *declared.notes, *declared.closing)
    }
    assert texts == {
        **{item.id: f"甲{item.id}" for item in declared.fields},
        **{item.id: f"乙{item.id}" for item in declared.goals},
        **{item.id: f"丙{item.id}" for item in declared.notes},
        **{item.id: f"戊{item.id}" for item in declared.closing},
    }
    columns = [c.id for c in (declared.funds.columns or declared.funds.lanes)]
    assert {r.source: [text(r.get(c)) for c in columns] for r in form.funds} == {
        s.id: ["5"] * len(columns) for s in declared.funds.sources
    }
    (indicator,) = form.indicators
    assert (indicator.level1, indicator.level2, indicator.name.text) == ("产出指标", "数量指标", "丁name")
    assert [text(form.total_weight), text(form.total_score)] == (["100", "99"] if declared.total else [None, None])
    assert form.unread == ()


CELLS = st.sampled_from(
    [
        "", "项目名称", "三级指标", "指标值", "一级指标", "完成值", "合计", "总额", "年初预算", "调整后预算数",
        "预算执行数",
        "预算执行率", "产出指标", "数量指标", "5", "100%", "/", "≥", "个", "预算数:", "其它资金", "年度目标完成情况",
        "项目年度目标", "存在问题", "得分", "权重", "半年", "甲" * 90,
    ]
)  # fmt: skip
HEADS = st.sampled_from(
    [
        ["绩效指标", *(c.written for c in FORMS[0].indicators)],
        ["", "年度预算数（元）", *(c.written for c in FORMS[0].funds.columns)],
        ["项目名称", "甲"],
    ]
)


@given(rows=st.lists(st.one_of(st.lists(CELLS, max_size=12), HEADS), max_size=14), regular=st.booleans())
def test_any_table_ends_in_forms_whose_cells_are_its_own(rows: list[list[str]], *, regular: bool) -> None:
    cells = tuple(Cell(row=r, column=c, text=words) for r, row in enumerate(rows) for c, words in enumerate(row))
    width = max((len(row) for row in rows), default=0)
    document = document_of(Table(id=0, cells=cells, rows=len(rows), columns=width, regular=regular))
    for form in forms_in(document):
        for entry in (*(e for _, e in form.fields), *(e for r in form.funds for _, e in r.cells), *form.unread):
            assert document.text_of(entry.place) == entry.text
    check_document(document)


def test_a_hostile_cell_takes_no_time() -> None:
    rows = [
        *MINISTRY[:11],
        list(map(one, ("产出指标", "数量指标", "：" * 200_000, "1" * 200_000, "（" * 200_000, "5", "5", "x"))),
    ]
    rows.append([("项目负责人：" + " " * 200_000 + "甲", 1, 8)])
    grid = table(rows, 8)
    started = time.perf_counter()
    assert len(forms_in(document_of(grid))) == 1
    assert len(forms_in(document_of(replace(grid, regular=False)))) == 1
    assert time.perf_counter() - started < 4
