"""The sheets: a check table as it is filed, all findings to be filtered, an overview of many units."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from juesuan import __version__
from juesuan.render.findings_csv import COLUMNS
from juesuan.render.width import columns
from juesuan.render.xlsx.picture import Picture, Pictures
from juesuan.render.xlsx.table import CheckRow, CheckTable, Problem

__all__ = ["Styles", "check_sheet", "findings_sheet", "overview_sheet", "sheet_name"]

_A4 = 9
_LINE = 15.5
"""Height of a line of 11 point text, in points."""
_HIGHEST = 400
"""Excel has no higher rows than 409 points."""
_PAD = 8
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CELL = 32_000
_NOTE = (
    "说明：“符合要求”一栏空白的，是程序没有检查或不能判断的，原因写在“问题”一栏，请人工核对后填写；"
    f"“待核”是疑点，请核实后改填“是”或“否”。问题由 juesuan {__version__} 核对生成。"
)
_LAST = 4
_WIDTHS_PICTURES = (8, 29, 9, 50, 52)
_WIDTHS_PLAIN = (8, 29, 9, 82, 20)
_MOST_LINES = 12
_SMALL_LINE = 13.5
_OVERVIEW_WIDTHS = (26, 7, 10, 7, 7, 7, 8, 12, 36, 36, 30)
_FINDING_WIDTHS = (24, 22, 7, 7, 8, 18, 60, 26, 26, 6, 16, 16, 18, 40, 36, 36, 36, 18)


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of one workbook."""

    title: Format
    head: Format
    middle: Format
    text: Format
    plain: Format
    note: Format
    filed: Format
    number: Format
    bad: Format

    @classmethod
    def of(cls, book: Workbook) -> Styles:
        """Make them."""
        box = {"border": 1, "valign": "vcenter", "text_wrap": True}
        fangsong, song = {"font_name": "仿宋", "font_size": 11}, {"font_name": "宋体", "font_size": 11}
        add = book.add_format
        return cls(
            title=add({"font_name": "宋体", "font_size": 18, "bold": True, "align": "center", "valign": "vcenter"}),
            head=add({**song, **box, "bold": True, "align": "center", "bg_color": "#F2F2F2"}),
            middle=add({**fangsong, **box, "align": "center"}),
            text=add({**fangsong, **box, "align": "left"}),
            plain=add({**fangsong, "align": "left", "valign": "vcenter"}),
            note=add({**fangsong, "font_size": 9, "align": "left", "valign": "top", "text_wrap": True}),
            filed=add({**song, **box, "font_size": 10, "align": "left", "valign": "top"}),
            number=add({**song, **box, "font_size": 10, "align": "right", "valign": "top"}),
            bad=add({**fangsong, **box, "align": "center", "bold": True, "font_color": "#C00000"}),
        )


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes and no sheet has yet; it is added to `taken`."""
    base = _FORBIDDEN.sub("", _CONTROL.sub("", wanted)).strip()[:26] or "检查表"
    name, number = base, 2
    while name.lower() in taken:
        name, number = f"{base}({number})", number + 1
    taken.add(name.lower())
    return name


def clean(text: str) -> str:
    """Text that a cell can hold."""
    return _CONTROL.sub("\ufffd", text)[:_CELL]


# --- the check table -----------------------------------------------------------------------------------------


def check_sheet(sheet: Worksheet, styles: Styles, table: CheckTable, pictures: Pictures) -> None:
    """A check table on A4, across, as many pages as it takes; the head is repeated on each."""
    drawn = {id(p): pictures.strip(p.page, p.boxes) for row in table.rows for p in row.problems}
    widths = _WIDTHS_PICTURES if any(drawn.values()) else _WIDTHS_PLAIN
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    sheet.merge_range(0, 0, 0, _LAST, clean(table.title), styles.title)
    sheet.set_row(0, 36)
    sheet.merge_range(1, 0, 1, 2, clean(f"单位名称：{table.entity}"), styles.plain)
    sheet.merge_range(1, 3, 1, _LAST, "公开网址：", styles.plain)
    sheet.set_row(1, 24)
    sheet.merge_range(2, 0, 2, 1, "检查内容", styles.head)
    for number, name in enumerate(("符合要求\n（是/否）", "问题", "截图"), start=2):
        sheet.write_string(2, number, name, styles.head)
    sheet.set_row(2, 32)
    at = _body(sheet, styles, table.rows, drawn, widths)
    at = _foot(sheet, styles, at)
    _page(sheet, at)


def _body(
    sheet: Worksheet,
    styles: Styles,
    rows: Sequence[CheckRow],
    drawn: dict[int, Picture | None],
    widths: Sequence[int],
) -> int:
    """The rows, one line of the sheet a problem; returns the first free line."""
    at = 3
    groups: list[tuple[str, int, int]] = []
    for row in rows:
        first = at
        for problem in row.problems or (Problem(row.reason),):
            picture = drawn.get(id(problem))
            sheet.write_string(at, 3, clean(problem.text), styles.text)
            sheet.write_string(at, 4, "", styles.middle)
            height = _height(problem.text, widths[3])
            if len(row.problems) <= 1:
                height = max(height, _height(row.item, widths[1]))
            if picture is not None:
                height = max(height, _insert(sheet, at, picture, widths[4]))
            sheet.set_row(at, min(max(height, 24), _HIGHEST))
            at += 1
        _across(sheet, first, at - 1, 1, row.item, styles.middle)
        _across(sheet, first, at - 1, 2, row.verdict, styles.bad if row.verdict == "否" else styles.middle)
        if groups and groups[-1][0] == row.group:
            groups[-1] = (row.group, groups[-1][1], at - 1)
        else:
            groups.append((row.group, first, at - 1))
    for name, first, last in groups:
        _across(sheet, first, last, 0, name, styles.middle)
    return at


def _across(sheet: Worksheet, first: int, last: int, column: int, text: str, style: Format) -> None:
    if first == last:
        sheet.write_string(first, column, clean(text), style)
    else:
        sheet.merge_range(first, column, last, column, clean(text), style)


def _height(text: str, width: int) -> float:
    """The height of wrapped text. Chinese characters take two columns; a line is rarely filled to its end."""
    return _lines(text, width - 2) * _LINE + _PAD


def _lines(text: str, width: int) -> int:
    return sum(max(-(-columns(line) // max(width - 1, 4)), 1) for line in text.split("\n"))


def _insert(sheet: Worksheet, row: int, picture: Picture, width: int) -> float:
    """Put the picture into the last column; returns the height it takes, in points."""
    room = width * 7 + 5 - 12
    scale = min(room / (picture.width * 96 / 72), 1.0)
    # The PNG has more pixels than points: Excel takes 96 pixels for an inch.
    factor = scale * picture.width * 96 / 72 / _pixels(picture)
    options = {
        "image_data": io.BytesIO(picture.png),
        "x_offset": 6,
        "y_offset": 5,
        "x_scale": factor,
        "y_scale": factor,
        "object_position": 1,
        "description": "问题所在处",
    }
    sheet.insert_image(row, _LAST, f"{row}.png", options)
    return picture.height * scale + _PAD


def _pixels(picture: Picture) -> int:
    return int.from_bytes(picture.png[16:20], "big")


def _foot(sheet: Worksheet, styles: Styles, at: int) -> int:
    sheet.merge_range(at, 0, at, _LAST, _NOTE, styles.note)
    sheet.set_row(at, 30)
    signed = "检查人：　　　　　　　　　　复核人：　　　　　　　　　　检查日期：　　　　年　　月　　日"
    sheet.merge_range(at + 1, 0, at + 1, _LAST, signed, styles.plain)
    sheet.set_row(at + 1, 28)
    return at + 2


def _page(sheet: Worksheet, rows: int) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(2)
    sheet.print_area(0, 0, rows - 1, _LAST)
    sheet.set_footer('&C&"宋体,常规"&9第 &P 页，共 &N 页')
    sheet.freeze_panes(3, 0)
    sheet.hide_gridlines(2)


# --- all findings, all units ---------------------------------------------------------------------------------


def findings_sheet(sheet: Worksheet, styles: Styles, rows: Iterable[Sequence[str]]) -> None:
    """All findings: one a line, with a filter, the head always in sight. Printed are unit to page."""
    printed = COLUMNS.index("页")
    last = _list(sheet, styles, COLUMNS, _FINDING_WIDTHS, rows, printed)
    sheet.print_area(0, 1, last, printed)


def overview_sheet(sheet: Worksheet, styles: Styles, head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
    """One line a unit and file."""
    _list(sheet, styles, head, _OVERVIEW_WIDTHS, rows, len(head))


def _list(
    sheet: Worksheet,
    styles: Styles,
    head: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[str | int]],
    whole: int,
) -> int:
    """A list to be filtered, and printed across; lines are high enough for the first `whole` columns.

    Returns the last line.
    """
    for number, (name, width) in enumerate(zip(head, widths, strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, name, styles.head)
    at = 0
    for at, row in enumerate(rows, start=1):
        lines = 1
        for number, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, number, value, styles.number)
                continue
            # As text whatever it says: a report's words never become a formula.
            sheet.write_string(at, number, clean(value), styles.filed)
            if number <= whole:
                lines = max(lines, _lines(value, widths[number]))
        sheet.set_row(at, min(lines, _MOST_LINES) * _SMALL_LINE + 4)
    sheet.autofilter(0, 0, max(at, 1), len(head) - 1)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 22)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer('&C&"宋体,常规"&9第 &P 页，共 &N 页')
    return max(at, 1)
