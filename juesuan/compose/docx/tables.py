"""The statutory tables in Word: titles, header rows that repeat, cells that are merged as laid out."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from juesuan.compose.docx.look import NOTE, TABLE_HEAD, TABLE_TEXT, TABLE_TITLE
from juesuan.compose.draft import Cell, TableBlock

__all__ = ["add_table"]

_TWIP = 635
"""EMU in a twentieth of a point."""
_ROW_PORTRAIT, _ROW_LANDSCAPE = 290, 290
_MOST = 10
_SMALL = "15"


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


def _table(block: TableBlock, document: WordDocument) -> Element:
    width = _width(document)
    whole = sum(block.widths)
    widths = [int(width * part / whole) for part in block.widths]
    style = next((s.style_id for s in document.styles if s.name == TABLE_TEXT), "")
    table = OxmlElement("w:tbl")
    table.append(_properties(width))
    grid = OxmlElement("w:tblGrid")
    for value in widths:
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(value))
        grid.append(column)
    table.append(grid)
    by_row: dict[int, list[Cell]] = {}
    covered: dict[int, list[tuple[int, int]]] = {}
    for cell in block.cells:
        by_row.setdefault(cell.row, []).append(cell)
        for below in range(cell.row + 1, cell.row + cell.rowspan):
            covered.setdefault(below, []).append((cell.column, cell.colspan))
    for number in range(block.rows):
        table.append(_row(block, number, by_row.get(number, []), covered.get(number, []), widths, style))
    return table


def _properties(width: int) -> Element:
    properties = OxmlElement("w:tblPr")
    size = OxmlElement("w:tblW")
    size.set(qn("w:w"), str(width))
    size.set(qn("w:type"), "dxa")
    justify = OxmlElement("w:jc")
    justify.set(qn("w:val"), "center")
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:space"), "0")
        line.set(qn("w:color"), "000000")
        borders.append(line)
    layout = OxmlElement("w:tblLayout")
    layout.set(qn("w:type"), "fixed")
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "60")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    for element in (size, justify, borders, layout, margins):
        properties.append(element)
    return properties


def _row(
    block: TableBlock, number: int, cells: list[Cell], covered: list[tuple[int, int]], widths: list[int], style: str
) -> Element:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    whole = OxmlElement("w:cantSplit")
    properties.append(whole)
    height = OxmlElement("w:trHeight")
    height.set(qn("w:val"), str(_ROW_LANDSCAPE if block.landscape else _ROW_PORTRAIT))
    height.set(qn("w:hRule"), "atLeast")
    properties.append(height)
    if number < block.head:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    merged = [Cell(number, column, colspan=span) for column, span in covered]
    for cell in sorted([*cells, *merged], key=lambda c: c.column):
        row.append(_cell(block, cell, widths, style, continued=cell in merged))
    return row


def _cell(block: TableBlock, cell: Cell, widths: list[int], style: str, *, continued: bool) -> Element:
    element = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    width = OxmlElement("w:tcW")
    width.set(qn("w:w"), str(sum(widths[cell.column : cell.column + cell.colspan])))
    width.set(qn("w:type"), "dxa")
    properties.append(width)
    if cell.colspan > 1:
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), str(cell.colspan))
        properties.append(span)
    if continued or cell.rowspan > 1:
        merge = OxmlElement("w:vMerge")
        if not continued:
            merge.set(qn("w:val"), "restart")
        properties.append(merge)
    middle = OxmlElement("w:vAlign")
    middle.set(qn("w:val"), "center")
    properties.append(middle)
    element.append(properties)
    element.append(_text(block, cell, style))
    return element


def _text(block: TableBlock, cell: Cell, style: str) -> Element:
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    if style:
        look = OxmlElement("w:pStyle")
        look.set(qn("w:val"), style)
        properties.append(look)
    justify = OxmlElement("w:jc")
    justify.set(qn("w:val"), _side(block, cell))
    properties.append(justify)
    paragraph.append(properties)
    if cell.text:
        run = OxmlElement("w:r")
        look = OxmlElement("w:rPr")
        if block.columns > _MOST:
            size = OxmlElement("w:sz")
            size.set(qn("w:val"), _SMALL)
            look.append(size)
        if cell.todo:
            yellow = OxmlElement("w:highlight")
            yellow.set(qn("w:val"), "yellow")
            look.append(yellow)
        if len(look):
            run.append(look)
        text = OxmlElement("w:t")
        text.text = cell.text
        run.append(text)
        paragraph.append(run)
    return paragraph


def _side(block: TableBlock, cell: Cell) -> str:
    if cell.row < block.head or cell.text in {"合计", "总计"}:
        return "center"
    if cell.column in block.numeric:
        return "right"
    return "center" if cell.text.isdecimal() and len(cell.text) < 3 else "left"
