"""The statutory tables in Word: titles, header rows that repeat, cells that are merged as laid out."""

from __future__ import annotations

from juesuan.compose.docx.look import FORM_TITLE, NOTE, TABLE_HEAD, TABLE_TEXT, TABLE_TITLE
from juesuan.compose.docx.markup import Styles, paragraph, run
from juesuan.compose.docx.widths import MARGIN, fitted
from juesuan.compose.draft import Cell, TableBlock

__all__ = ["form_xml", "statement_xml"]

_ROW = 290
_USUAL = 18
"""Half-points of the style of tables."""
_KEPT = 24
"""A form with no more rows is not parted by the end of a page."""


def statement_xml(block: TableBlock, styles: Styles, width: int, title: str, *, begins: bool) -> str:
    """A statutory table with all that stands above and below it. `title`: its run, bookmarked; `width` of the page."""
    return (
        paragraph(styles, TABLE_TITLE, title, breaks=begins)
        + _line(styles, "", f"{block.sheet}表" if block.sheet else "", width)
        + _line(styles, block.entity_line, block.unit_line, width)
        + _table(block, styles, width)
        + paragraph(styles, NOTE, run(block.note) if block.note else "")
    )


def form_xml(block: TableBlock, styles: Styles, width: int, *, begins: bool) -> str:
    """A table of an attachment with its title."""
    title = paragraph(styles, FORM_TITLE, run(block.title), breaks=begins)
    return title + _table(block, styles, width) + paragraph(styles, NOTE, "")


def _line(styles: Styles, left: str, right: str, width: int) -> str:
    """Words at the left and at the right margin of one line."""
    if not (left or right):
        return ""
    if not left:
        return paragraph(styles, TABLE_HEAD, run(right), properties='<w:jc w:val="right"/>')
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    return paragraph(styles, TABLE_HEAD, run(f"{left}\t{right}"), properties=tabs)


def _table(block: TableBlock, styles: Styles, width: int) -> str:
    widths, size = fitted(block, width)
    return _Markup(block, widths, size, styles.get(TABLE_TEXT.lower(), "")).table()


class _Markup:
    """The XML of one table."""

    def __init__(self, block: TableBlock, widths: list[int], size: int, style: str) -> None:
        self.block, self.widths = block, widths
        kept = "<w:keepNext/>" if block.is_form and block.rows <= _KEPT else ""
        self.style = (f'<w:pStyle w:val="{style}"/>' if style else "") + kept
        self.size = size if size != _USUAL else None

    def table(self) -> str:
        """The table's element."""
        rows: list[list[tuple[int, str]]] = [[] for _ in range(self.block.rows)]
        for cell in self.block.cells:
            rows[cell.row].append((cell.column, self._cell(cell)))
            for below in range(cell.row + 1, cell.row + cell.rowspan):
                rows[below].append((cell.column, self._continued(cell)))
        body = "".join(
            f"<w:tr>{self._row(n)}{''.join(text for _, text in sorted(cells))}</w:tr>" for n, cells in enumerate(rows)
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
        return f"<w:tbl>{_properties(sum(self.widths))}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"

    def _row(self, number: int) -> str:
        """A form's long texts may go on on the next page; a line of figures may not."""
        whole = "" if self.block.is_form and number >= self.block.head else "<w:cantSplit/>"
        repeated = "<w:tblHeader/>" if number < self.block.head else ""
        return f'<w:trPr>{whole}<w:trHeight w:val="{_ROW}" w:hRule="atLeast"/>{repeated}</w:trPr>'

    def _frame(self, cell: Cell, merge: str) -> str:
        width = sum(self.widths[cell.column : cell.column + cell.colspan])
        span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'

    def _continued(self, cell: Cell) -> str:
        return f"<w:tc>{self._frame(cell, '<w:vMerge/>')}<w:p><w:pPr>{self.style}</w:pPr></w:p></w:tc>"

    def _cell(self, cell: Cell) -> str:
        merge = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
        paragraph = f'<w:pPr>{self.style}<w:jc w:val="{_side(self.block, cell)}"/></w:pPr>'
        return f"<w:tc>{self._frame(cell, merge)}<w:p>{paragraph}{run(cell.text, marked=cell.todo, size=self.size) if cell.text else ''}</w:p></w:tc>"


def _properties(width: int) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(f'<w:{side} w:w="{MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )


def _side(block: TableBlock, cell: Cell) -> str:
    if cell.align:
        return cell.align
    if cell.row < block.head or cell.text in {"合计", "总计"}:
        return "center"
    if cell.column in block.numeric:
        return "right"
    return "center" if cell.text.isdecimal() and len(cell.text) < 3 else "left"
