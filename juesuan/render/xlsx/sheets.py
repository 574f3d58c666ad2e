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
_PAGE = 505
"""Height of A4 across between its margins, in points: what a page holds when nothing is made smaller."""
_SHORT = 150
_HEAD_LINES, _TITLE_HEIGHT, _HEAD_HEIGHT, _FOOT_HEIGHT = 3, 60, 32, 58
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
    sheet.set_row(0, _TITLE_HEIGHT - 24)
    sheet.merge_range(1, 0, 1, 2, clean(f"单位名称：{table.entity}"), styles.plain)
    sheet.merge_range(1, 3, 1, _LAST, "公开网址：", styles.plain)
    sheet.set_row(1, 24)
    sheet.merge_range(2, 0, 2, 1, "检查内容", styles.head)
    for number, name in enumerate(("符合要求\n（是/否）", "问题", "截图"), start=2):
        sheet.write_string(2, number, name, styles.head)
    sheet.set_row(2, _HEAD_HEIGHT)
    body = _Body(sheet, styles, drawn, widths)
    for row in table.rows:
        body.add(row)
    at = body.finish()
    sheet.set_h_pagebreaks(body.breaks)
    _page(sheet, _foot(sheet, styles, at))


class _Body:
    """The rows, one line of the sheet a problem, and the pages they come on.

    Lines have heights of their own, so the pages are known: a short row stays whole, and what
    goes on over the page is named again there, since a merged cell that is cut shows half of its words.
    """

    def __init__(
        self, sheet: Worksheet, styles: Styles, drawn: dict[int, Picture | None], widths: Sequence[int]
    ) -> None:
        self.sheet = sheet
        self.styles = styles
        self.drawn = drawn
        self.widths = widths
        self.at = _HEAD_LINES
        self.breaks: list[int] = []
        self.left = float(_PAGE - _TITLE_HEIGHT - _HEAD_HEIGHT)
        self.group: tuple[str, int] | None = None

    def add(self, row: CheckRow) -> None:
        """One row of the table: a line for each problem."""
        lines = [(problem, self._height_of(row, problem)) for problem in row.problems or (Problem(row.reason),)]
        whole = sum(height for _, height in lines)
        # A short row stays whole; a long one begins here, if its first line still fits.
        if self.left < (whole if whole <= _SHORT else lines[0][1]):
            self._break()
        self._grouped(row.group)
        first = self.at
        for problem, height in lines:
            if height > self.left and self.at > first:
                self._named(row, first)
                self._break()
                self._grouped(row.group)
                first = self.at
            self._line(problem, height)
        self._named(row, first)

    def finish(self) -> int:
        """End the last group; the foot comes on the same page where it fits. Returns the first free line."""
        self._close()
        if self.left < _FOOT_HEIGHT:
            self.breaks.append(self.at)
        return self.at

    def _line(self, problem: Problem, height: float) -> None:
        self.sheet.write_string(self.at, 3, clean(problem.text), self.styles.text)
        self.sheet.write_string(self.at, _LAST, "", self.styles.middle)
        picture = self.drawn.get(id(problem))
        if picture is not None:
            _insert(self.sheet, self.at, picture, self.widths[_LAST])
        self.sheet.set_row(self.at, height)
        self.left -= height
        self.at += 1

    def _height_of(self, row: CheckRow, problem: Problem) -> float:
        height = _height(problem.text, self.widths[3])
        if len(row.problems) <= 1:
            height = max(height, _height(row.item, self.widths[1]))
        picture = self.drawn.get(id(problem))
        if picture is not None:
            height = max(height, picture.height * _scale(picture, self.widths[_LAST]) + _PAD)
        return min(max(height, 24), _HIGHEST)

    def _named(self, row: CheckRow, first: int) -> None:
        bad = self.styles.bad if row.verdict == "否" else self.styles.middle
        _across(self.sheet, first, self.at - 1, 1, row.item, self.styles.middle)
        _across(self.sheet, first, self.at - 1, 2, row.verdict, bad)

    def _grouped(self, name: str) -> None:
        if self.group is None or self.group[0] != name:
            self._close()
            self.group = (name, self.at)

    def _close(self) -> None:
        if self.group is not None and self.group[1] < self.at:
            _across(self.sheet, self.group[1], self.at - 1, 0, self.group[0], self.styles.middle)
        self.group = None

    def _break(self) -> None:
        self._close()
        self.breaks.append(self.at)
        self.left = float(_PAGE - _HEAD_HEIGHT)


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


def _scale(picture: Picture, width: int) -> float:
    """How much smaller than on its page a picture stands in a column of that width."""
    return min((width * 7 - 7) / (picture.width * 96 / 72), 1.0)


def _insert(sheet: Worksheet, row: int, picture: Picture, width: int) -> None:
    """Put the picture into the last column."""
    # The PNG has more pixels than points: Excel takes 96 pixels for an inch.
    factor = _scale(picture, width) * picture.width * 96 / 72 / _pixels(picture)
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
