"""The statutory tables in Word: titles, header rows that repeat, cells that are merged as laid out."""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from juesuan.compose.docx.look import FORM_TITLE, NOTE, TABLE_HEAD, TABLE_TEXT, TABLE_TITLE
from juesuan.compose.docx.widths import MARGIN, fitted
from juesuan.compose.draft import Cell, TableBlock

__all__ = ["add_form", "add_table", "mark"]

_TWIP = 635
"""EMU in a twentieth of a point."""
_ROW = 290
_USUAL = 18
"""Half-points of the style of tables."""
_KEPT = 24
"""A form with no more rows is not parted by the end of a page."""
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def add_table(document: WordDocument, block: TableBlock, begins_page: bool, bookmark: tuple[int, str]) -> None:  # noqa: FBT001 - said at the one place of call
    """A statutory table with all that stands above and below it. `bookmark`: what the contents refer to."""
    title = document.add_paragraph(style=TABLE_TITLE)
    if begins_page:
        title.paragraph_format.page_break_before = True
    mark(bookmark, title.add_run(block.title)._r)  # noqa: SLF001 - python-docx has no bookmarks
    _line(document, "", f"{block.sheet}表" if block.sheet else "")
    _line(document, block.entity_line, block.unit_line)
    document.element.body.insert_element_before(_table(block, document), "w:sectPr")
    after = document.add_paragraph(style=NOTE)
    if block.note:
        after.add_run(block.note)


def mark(bookmark: tuple[int, str], around: Element) -> None:
    """A bookmark around a run."""
    number, name = bookmark
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    around.addprevious(start)
    around.addnext(end)


def _line(document: WordDocument, left: str, right: str) -> None:
    """Words at the left and at the right margin of one line."""
    if not (left or right):
        return
    paragraph = document.add_paragraph(f"{left}\t{right}" if left else right, style=TABLE_HEAD)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    if not left:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        return
    tabs, tab = OxmlElement("w:tabs"), OxmlElement("w:tab")
    tab.set(qn("w:val"), "right")
    tab.set(qn("w:pos"), str(_width(document)))
    tabs.append(tab)
    properties.append(tabs)


def _width(document: WordDocument) -> int:
    """Twentieths of a point between the margins of the page that is being written."""
    section = document.sections[-1]
    whole, left, right = section.page_width or 0, section.left_margin or 0, section.right_margin or 0
    return int(whole - left - right) // _TWIP


def add_form(document: WordDocument, block: TableBlock, begins_page: bool) -> None:  # noqa: FBT001 - as above
    """A table of an attachment with its title."""
    title = document.add_paragraph(block.title, style=FORM_TITLE)
    if begins_page:
        title.paragraph_format.page_break_before = True
    document.element.body.insert_element_before(_table(block, document), "w:sectPr")
    document.add_paragraph(style=NOTE)


def _table(block: TableBlock, document: WordDocument) -> Element:
    style = next((s.style_id for s in document.styles if s.name == TABLE_TEXT), "")
    widths, size = fitted(block, _width(document))
    return _Markup(block, widths, size, style).table()


class _Markup:
    """The XML of one table, written as text and parsed once: a long report has tens of thousands of cells."""

    def __init__(self, block: TableBlock, widths: list[int], size: int, style: str) -> None:
        self.block, self.widths = block, widths
        kept = "<w:keepNext/>" if block.is_form and block.rows <= _KEPT else ""
        self.style = (f'<w:pStyle w:val="{style}"/>' if style else "") + kept
        self.size = f'<w:sz w:val="{size}"/>' if size != _USUAL else ""

    def table(self) -> Element:
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
        return parse_xml(f"<w:tbl {_SPACE}>{_properties(sum(self.widths))}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>")

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
        return f"<w:tc>{self._frame(cell, merge)}<w:p>{paragraph}{self._run(cell)}</w:p></w:tc>"

    def _run(self, cell: Cell) -> str:
        if not cell.text:
            return ""
        look = self.size + ('<w:highlight w:val="yellow"/>' if cell.todo else "")
        lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in cell.text.split("\n"))
        return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{lines}</w:r>"


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
