"""Workbooks: shown and stored values, merged cells, hidden sheets, hostile files."""

from __future__ import annotations

import io
import json
import time
import tracemalloc
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan import errors
from juesuan.check import check_document
from juesuan.document.child import Ended
from juesuan.document.limits import Limits
from juesuan.document.model import Document, Paragraph, Table, whole
from juesuan.document.read import open_document
from juesuan.document.xlsx import read_workbook
from juesuan.document.xlsx_format import is_date, parse_format, stored_text

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"
XLSX = SAMPLES / "shanghai-dept-2025-budget-template.xlsx"
XLS = SAMPLES / "shanghai-xx-budget-template.xls"
HERE = Path("工作簿.xlsx")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def packed(entries: dict[str, bytes | str]) -> bytes:
    """A zip container of these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in entries.items():
            container.writestr(name, data)
    return buffer.getvalue()


def workbook(
    *sheets: str,
    formats: tuple[str, ...] = (),
    states: tuple[str, ...] = (),
    extra: dict[str, bytes | str] | None = None,
) -> bytes:
    """An xlsx workbook: each sheet is the inside of its <worksheet>; style n+1 has the n-th format."""
    names = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="表{n}" sheetId="{n}" r:id="r{n}" state="{(*states, *("visible",) * n)[n - 1]}"/>' for n in names
    )
    related = "".join(f'<Relationship Id="r{n}" Type="t/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in names)
    codes = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{code.replace("&", "&amp;").replace(chr(34), "&quot;")}"/>'
        for n, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    entries: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>收入</t></si>'
        "<si><r><t>支</t></r><r><t>出</t></r><rPh><t>zhichu</t></rPh></si></sst>",
    }
    for n, sheet in enumerate(sheets, 1):
        entries[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    return packed(entries | (extra or {}))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.row_cells()]


def one(sheet: str, formats: tuple[str, ...] = ()) -> Table:
    (table,) = tables(read_workbook(HERE, workbook(sheet, formats=formats)))
    return table


@pytest.mark.parametrize(
    ("file", "count", "name", "unit"), [(XLSX, 9, "部门收入总表", "部门"), (XLS, 9, "单位收入总表", "单位")]
)
def test_the_real_workbooks(file: Path, count: int, name: str, unit: str) -> None:
    document = open_document(file)
    assert document.problems == ()
    found = tables(document)
    assert len(found) == count
    assert all(table.regular and not table.hidden for table in found)
    (table,) = [item for item in found if item.sheet == name]
    heading = document.blocks[table.id - 1]
    assert isinstance(heading, Paragraph)
    assert (heading.text, heading.heading) == (name, 1)
    assert document.info[f"origin:{table.id}"] == "A2"
    assert (table.rows, table.columns) == (19, 9)
    title, kind = table.at(0, 0), table.at(5, 0)
    assert title is not None
    assert (title.colspan, title.text.startswith("2026年")) == (9, True)
    assert kind is not None
    assert (kind.text, kind.colspan) == ("功能分类科目编码", 3)
    assert rows(table)[2][0] == f"编制{unit}："
    code, group = table.at(8, 0), table.at(8, 1)
    assert code is not None
    assert (code.text, code.stored) == ("205", "205")
    assert group is not None
    assert (group.text, group.stored) == ("02", None)


def test_a_workbook_of_seventeen_sheets_is_read_at_once() -> None:
    open_document(XLSX)
    started = time.perf_counter()
    open_document(XLSX)
    assert time.perf_counter() - started < 6


def test_kinds_of_cells() -> None:
    table = one(
        '<sheetData><row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c>'
        '<c r="D3" t="inlineStr"><is><t> 内 </t></is></c><c r="E3" t="str"><f>A1</f><v>甲_x000A_乙</v></c>'
        '<c r="F3" t="b"><v>1</v></c><c r="G3"><v>1234567890123</v></c><c r="H3"><v>0.30000000000000004</v></c>'
        '<c r="I3"><v>-1.5E-3</v></c><c r="J3" s="5"/></row></sheetData>'
    )
    assert rows(table) == [["收入", "支出", " 内 ", "甲\n乙", "TRUE", "1234567890123", "0.3", "-0.0015"]]
    assert [cell.stored for cell in table.cells][5:] == ["1234567890123", "0.3", "-0.0015"]


def test_shown_by_number_format() -> None:
    values = [("1", "1234.5"), ("2", "0.005"), ("3", "0"), ("3", "-12.345"), ("4", "45657"), ("5", "0.1234")]
    cells = "".join(f'<c s="{style}"><v>{value}</v></c>' for style, value in values)
    table = one(
        f'<sheetData><row r="1">{cells}</row></sheetData>',
        formats=("#,##0.00_ ", "0.00", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 'yyyy"年"m"月"', "0.0%"),
    )
    assert rows(table) == [["1,234.50", "0.01", "-", "-12.35", "2024-12-31", "12.3%"]]
    assert [cell.stored for cell in table.cells] == ["1234.5", "0.005", "0", "-12.345", None, "0.1234"]


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0", "2.5", "3"),
        ("000", "7", "007"),
        ("#,##0.00;[Red]-#,##0.00", "-1234.5", "-1,234.50"),
        ("0.00_);(0.00)", "-3", "(3.00)"),
        ("#,##0.00;-#,##0.00;;@", "0", ""),
        ('0.00"万元"', "12", "12.00万元"),
        ("¥#,##0.00", "1234", "¥1,234.00"),
        ("[$￥-804]#,##0.00", "1", "￥1.00"),
        ("0.00", "-0.001", "0.00"),
        ("#,##0", "1E20", "100,000,000,000,000,000,000"),
    ],
)
def test_formats(code: str, value: str, shown: str) -> None:
    understood = parse_format(code)
    assert understood is not None
    number = stored_text(value)
    assert understood.show(Decimal(number)) == shown


@pytest.mark.parametrize("code", ["General", "@", "# ?/?", "0.00E+00", "#,##0,", "0!.0,", "yyyy/m/d", "#.##", ""])
def test_formats_not_known_show_the_stored_value(code: str) -> None:
    assert parse_format(code) is None


def test_dates_are_told_from_numbers() -> None:
    assert [is_date(code) for code in ("yyyy-mm-dd", "[h]:mm", '0.00"day"', "[Red]0.00", "General", "0_d")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
@settings(max_examples=200)
def test_money_comes_through_a_float_exactly(value: object) -> None:
    assert stored_text(repr(float(str(value)))) == stored_text(str(value))


def test_merged_cells_are_cut_to_the_used_area_and_never_overlap() -> None:
    table = one(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1"/><mergeCell ref="B1:B2"/><mergeCell ref="A2:B1048576"/></mergeCells>'
    )
    assert [(cell.row, cell.column, cell.rowspan, cell.colspan) for cell in table.cells] == [(0, 0, 1, 2), (1, 0, 1, 2)]


def test_hidden_sheets_rows_and_zeros() -> None:
    cell = '<sheetData><row r="1" hidden="1"><c r="A1"><v>0</v></c><c r="B1"><v>3</v></c></row></sheetData>'
    data = workbook(
        cell, '<sheetViews><sheetView showZeros="0"/></sheetViews>' + cell, "", states=("visible", "hidden")
    )
    document = read_workbook(HERE, data)
    first, second = tables(document)
    assert (first.hidden, second.hidden) == (False, True)
    assert (rows(first), rows(second)) == ([["0", "3"]], [["", "3"]])
    assert second.cells[0].stored == "0"
    told = [problem.message for problem in document.problems]
    assert any("“表2”是隐藏的" in text for text in told)
    assert sum("隐藏的行或列" in text for text in told) == 2


def test_what_is_not_read_is_told() -> None:
    data = workbook(
        '<sheetData><row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><f>A1</f></c></row></sheetData>',
        extra={"xl/charts/chart1.xml": "", "xl/media/image1.png": "", "xl/comments1.xml": ""},
    )
    document = read_workbook(HERE, data)
    assert document.blocks[-1] == Paragraph(id=0, text="#DIV/0!", sheet="表1")
    told = [(problem.message, problem.lost) for problem in document.problems]
    assert [lost for text, lost in told if "1 个公式没有结果" in text] == [True]
    assert [lost for text, lost in told if "#DIV/0!" in text] == [False]
    assert [lost for text, lost in told if "1 个图表" in text] == [True]
    assert len(told) == 5


def test_a_sparse_sheet_is_refused_and_costs_nothing() -> None:
    sheet = (
        '<sheetData><row r="1"><c><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    started = time.perf_counter()
    with pytest.raises(errors.LimitError, match="过大"):
        read_workbook(HERE, workbook(sheet))
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    "data",
    [
        packed({"xl/workbook.xml": "<workbook/>"}),
        workbook("<sheetData><row><c t='s'><v>99</v></c></row></sheetData>"),
        workbook("<sheetData><row><c t='s'><v>x</v></c></row></sheetData>"),
        workbook("<sheetData><row><c><v>x</v></c></row></sheetData>"),
        workbook("<sheetData><row>"),
        workbook("", extra={"xl/sharedStrings.xml": "<sst><si>"}),
        workbook("", extra={"xl/styles.xml": '<?xml version="1.0" encoding="UTF-9"?><styleSheet/>'}),
        XLS.read_bytes()[:6000],
        packed({"xl/workbook.bin": b"\x83\x01"}),
        packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x"}),
    ],
)
def test_damaged_workbooks_are_refused(data: bytes) -> None:
    with pytest.raises(errors.DamagedDocumentError, match="工作簿"):
        read_workbook(HERE, data)


def test_cells_and_rows_without_numbers_follow_those_before() -> None:
    table = one(
        '<sheetData><row r="2"><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>'
        '<row r="7"><c r="B7"><v>4</v></c><c><v>5</v></c></row></sheetData>'
    )
    shown = [(cell.row, cell.column, cell.text) for cell in table.cells if cell.text]
    assert shown == [(0, 0, "1"), (0, 2, "2"), (2, 0, "3"), (5, 1, "4"), (5, 2, "5")]


def test_a_cell_shows_its_own_text_and_nothing_printed_above_or_after_it() -> None:
    table = one(
        '<sheetData><row>\n<c t="inlineStr"><is><r><t>支</t></r><r><t>出</t></r><rPh><t>zhi</t></rPh></is></c>\n'
        '<c t="str"><v>甲</v>\n</c><c><f>A1</f></c><c t="str"><v/></c></row></sheetData><extLst><v>x</v></extLst>'
    )
    assert rows(table) == [["支出", "甲"]]


@pytest.mark.parametrize("unit", ["<c/>", "<row/>", "<c><f/></c>"])
def test_elements_that_say_nothing_cost_no_memory(unit: str) -> None:
    sheet = f"<sheetData><row>{unit if 'row' not in unit else ''}"
    sheet += ("" if "row" not in unit else "</row>") + unit * 100_000
    sheet += "</row></sheetData>" if "row" not in unit else "</sheetData>"
    data = workbook(sheet)
    tracemalloc.start()
    try:
        read_workbook(HERE, data)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("sheet", "extra", "what"),
    [
        ("<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 100_001 + "</mergeCells>", {}, "合并单元格"),
        (
            "",
            {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 100_001}</cellXfs></styleSheet>'},
            "样式",
        ),
        ("", {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"<si><t/></si>" * 101}</sst>'}, "文字"),
    ],
    ids=["merged", "styles", "strings"],
)
def test_too_much_of_anything_is_refused(sheet: str, extra: dict[str, bytes | str], what: str) -> None:
    with pytest.raises(errors.LimitError, match=what):
        read_workbook(HERE, workbook(sheet, extra=extra), Limits(text_characters=1000))


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE sst [<!ENTITY a "哈哈"><!ENTITY b SYSTEM "file:///etc/passwd">]><sst xmlns='
        '"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&a;&b;x</t></si></sst>'
    )
    sheet = "<sheetData><row><c t='s'><v>0</v></c><c><v>1</v></c></row></sheetData>"
    try:
        document = read_workbook(HERE, workbook(sheet, extra={"xl/sharedStrings.xml": bomb}))
    except errors.DamagedDocumentError:
        return
    assert not any("哈" in cell.text or "root" in cell.text for cell in tables(document)[0].cells)


def test_a_library_that_dies_on_a_damaged_file_takes_nobody_along(tmp_path: Path) -> None:
    data = bytearray(XLS.read_bytes())
    extent = data.index(b"\x00\x02\x0e\x00")
    data[extent + 4 : extent + 16] = b"\0\0\0\0\xff\xff\xff\xff\0\0\xff\xff"
    file = tmp_path / "坏.xls"
    file.write_bytes(data)
    with pytest.raises(errors.DamagedDocumentError, match="坏"):
        open_document(file)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_a_number_that_is_none_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    sheet = {"name": "表", "readable": True, "hidden": False, "cells": [[0, 0, "n", number]], "merged": []}
    answer = json.dumps({"sheets": [sheet]}).encode()
    monkeypatch.setattr("juesuan.document.xlsx.run_child", lambda *_, **__: Ended(0, answer))
    with pytest.raises(errors.DamagedDocumentError, match="已损坏"):
        read_workbook(Path("数.xls"), XLS.read_bytes())


def test_limits() -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row></sheetData>'
    with pytest.raises(errors.LimitError, match="单元格"):
        read_workbook(HERE, workbook(sheet), Limits(table_cells=1))
    with pytest.raises(errors.LimitError, match="2 个工作表"):
        read_workbook(HERE, workbook(sheet, sheet), Limits(sheets=1))
    with pytest.raises(errors.LimitError):
        read_workbook(HERE, XLS.read_bytes(), Limits(table_cells=10))


TEXT = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row><row r="3">{}</row></sheetData>'
SENTENCE = '<c r="B3" t="inlineStr"><is><t>2024年财政拨款收入预算20.00万元，比2023年预算增加5.00万元。</t></is></c>'


def test_a_sheet_of_text_is_paragraphs_with_their_sheet_and_cell() -> None:
    document = read_workbook(HERE, workbook(TEXT.format("2024年部门预算编制说明", SENTENCE)))
    title, sentence = document.blocks
    assert isinstance(title, Paragraph)
    assert isinstance(sentence, Paragraph)
    assert (title.text, title.sheet) == ("2024年部门预算编制说明", "表1")
    assert (sentence.text[:9], sentence.sheet) == ("2024年财政拨款", "表1")
    assert document.info[f"origin:{sentence.id}"] == "B3"
    assert document.where(whole(sentence)).sheet == "表1"


def test_a_sheet_of_text_without_a_title_keeps_its_name_for_one() -> None:
    document = read_workbook(HERE, workbook(TEXT.format("（一）基本支出：保障运转的支出。", SENTENCE)))
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)][:2] == [
        "表1",
        "（一）基本支出：保障运转的支出。",
    ]


@pytest.mark.parametrize(
    "cell", ['<c r="B3"><v>3</v></c>', SENTENCE + '<c r="C3" t="inlineStr"><is><t>注</t></is></c>']
)
def test_numbers_and_rows_of_several_cells_are_a_table(cell: str) -> None:
    assert len(tables(read_workbook(HERE, workbook(TEXT.format("收入", cell))))) == 1


def test_the_sentences_of_a_workbook_are_checked() -> None:
    wrong = SENTENCE.replace("20.00万元", "0.00万元")
    report = check_document(read_workbook(HERE, workbook(TEXT.format("2024年部门预算编制说明", wrong))))
    (found,) = (f for f in report.findings if f.rule == "JS103")
    assert found.evidence[0].where is not None
    assert (found.evidence[0].quote, found.evidence[0].where.sheet) == ("5.00万元", "表1")
