from __future__ import annotations

import io

import docx

from juesuan.document.model import Table
from tests.document.docx.build import Docx, messages, p, paragraphs, r, read, tables, tbl, tc, tr


def shape(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in table.cells]


DOWN = "<w:vMerge w:val='restart'/>"
ON = "<w:vMerge/>"


def only(*rows: str) -> Table:
    return tables(Docx(tbl(*rows)).read())[0]


def test_spans_and_vertical_merges() -> None:
    table = only(
        tr(tc("项目", DOWN), tc("金额", "<w:gridSpan w:val='2'/>")),
        tr(tc("", ON), tc("预算"), tc("决算")),
        tr(tc("合计"), tc("1"), tc("2")),
    )
    assert shape(table) == [
        (0, 0, 2, 1, "项目"),
        (0, 1, 1, 2, "金额"),
        (1, 1, 1, 1, "预算"),
        (1, 2, 1, 1, "决算"),
        (2, 0, 1, 1, "合计"),
        (2, 1, 1, 1, "1"),
        (2, 2, 1, 1, "2"),
    ]
    assert (table.rows, table.columns) == (3, 3)


def test_a_merge_restarts_and_a_stray_continuation_is_a_cell() -> None:
    table = only(tr(tc("a", DOWN), tc("x", ON)), tr(tc("b", DOWN), tc("y")), tr(tc("", ON), tc("z")))
    assert shape(table) == [
        (0, 0, 1, 1, "a"),
        (0, 1, 1, 1, "x"),
        (1, 0, 2, 1, "b"),
        (1, 1, 1, 1, "y"),
        (2, 1, 1, 1, "z"),
    ]


def test_a_merge_over_rows_and_columns() -> None:
    wide = "<w:gridSpan w:val='2'/>"
    table = only(tr(tc("a", wide + DOWN), tc("1")), tr(tc("", wide + ON), tc("2")), tr(tc("", wide + ON), tc("3")))
    assert shape(table)[0] == (0, 0, 3, 2, "a")


def test_text_behind_a_merged_cell_is_said() -> None:
    document = Docx(tbl(tr(tc("a", DOWN)), tr(tc("看不见", ON)))).read()
    assert shape(tables(document)[0]) == [(0, 0, 2, 1, "a")]
    assert "看不见" in messages(document)


def test_old_horizontal_merges() -> None:
    table = only(tr(tc("a", "<w:hMerge w:val='restart'/>"), tc("", "<w:hMerge/>"), tc("b")))
    assert shape(table) == [(0, 0, 1, 2, "a"), (0, 2, 1, 1, "b")]


def test_rows_that_begin_later_or_end_earlier() -> None:
    table = only(
        tr(tc("a"), tc("b"), tc("c")), tr(tc("d"), properties="<w:gridBefore w:val='1'/><w:gridAfter w:val='1'/>")
    )
    assert shape(table)[-1] == (1, 1, 1, 1, "d")
    assert table.columns == 3
    assert table.at(1, 0) is None


def test_paragraphs_of_a_cell_are_lines_and_empty_ones_none() -> None:
    assert only(tr(tc(p("甲") + p() + p("乙") + p()))).cells[0].text == "甲\n乙"


def test_nested_tables_follow_the_outer_one_in_order() -> None:
    inner = tbl(tr(tc("内" + "一")))
    deepest = tbl(tr(tc("最内")))
    second = tbl(tr(tc(p("内二") + deepest + p())))
    found = tables(Docx(tbl(tr(tc(p("外") + inner + p()), tc(second + p("右"))))).read())
    assert [[c.text for c in t.cells] for t in found] == [["外", "右"], ["内一"], ["内二"], ["最内"]]
    assert [t.id for t in found] == [0, 1, 2, 3]


def test_deleted_rows_and_cells_are_dropped() -> None:
    document = Docx(
        tbl(
            tr(tc("删"), properties="<w:del w:id='1'/>"),
            tr(tc("增"), tc("删格", "<w:cellDel w:id='2'/>"), tc("留"), properties="<w:ins w:id='3'/>"),
        )
    ).read()
    assert shape(tables(document)[0]) == [(0, 0, 1, 1, "增"), (0, 1, 1, 1, "留")]
    assert "3 处" in messages(document)


def test_a_table_all_deleted_is_none() -> None:
    document = Docx(tbl(tr(tc("删"), properties="<w:del w:id='1'/>")) + p("甲")).read()
    assert tables(document) == []
    assert paragraphs(document) == ["甲"]


def test_automatic_numbers_in_cells_are_said_not_mixed_in() -> None:
    made = Docx(tbl(tr(tc(p(r("人员"), "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>")))))
    made.numbering(
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
        "<w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
    document = made.read()
    assert tables(document)[0].cells[0].text == "人员"
    assert "自动编号 1 处" in messages(document)


def test_a_table_made_by_another_program() -> None:
    made = docx.Document()
    grid = made.add_table(rows=3, cols=3)
    for i, row in enumerate(grid.rows):
        for j, cell in enumerate(row.cells):
            cell.text = f"{i}{j}"
    merged = grid.cell(0, 0).merge(grid.cell(1, 1))
    merged.text = "合并"
    stream = io.BytesIO()
    made.save(stream)
    assert shape(tables(read(stream.getvalue()))[0]) == [
        (0, 0, 2, 2, "合并"),
        (0, 2, 1, 1, "02"),
        (1, 2, 1, 1, "12"),
        (2, 0, 1, 1, "20"),
        (2, 1, 1, 1, "21"),
        (2, 2, 1, 1, "22"),
    ]
