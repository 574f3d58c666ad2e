"""A composed report as the document a reader would deliver of it, so that it can be checked before it is written."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.compose import draft as d
from juesuan.document.model import Block, Cell, Chart, Document, Paragraph, Series, Table

__all__ = ["as_document", "contents_lines", "contents_needles", "is_listed"]


_KINDS = {"row": "bar"}
"""What readers call them: Word knows bars that stand and that lie as one kind."""


def as_document(report: d.Draft, path: str = "") -> Document:
    """The report's blocks as document blocks, in the order in which the writers put them down."""
    blocks: list[Block] = []
    for block in report.blocks:
        blocks.extend(_blocks(block, report, len(blocks)))
    return Document(path=path or f"{report.title}.docx", format="draft", blocks=tuple(blocks))


def contents_lines(report: d.Draft) -> Iterator[tuple[str, int]]:
    """What the contents list: parts, sections and tables, with their depth."""
    for block in report.blocks:
        if isinstance(block, d.Heading) and block.level <= 2:
            yield block.text, block.level
        elif isinstance(block, d.TableBlock) and is_listed(block):
            yield f"{block.sheet}表 {block.title}" if block.sheet else block.title, 2


def is_listed(block: d.TableBlock) -> bool:
    """Whether the contents list a table: neither the further pages of one, nor the forms of attachments."""
    return not block.is_form and "续" not in block.sheet


def contents_needles(report: d.Draft) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each line of the contents with the words that stand on the page it means."""
    for block in report.blocks:
        if isinstance(block, d.Heading) and block.level <= 2:
            yield block.text, (block.text,)
        elif isinstance(block, d.TableBlock) and is_listed(block):
            number = f"{block.sheet}表" if block.sheet else ""
            yield f"{number} {block.title}".strip(), (block.title, number, block.unit_line)


def _blocks(block: d.Block, report: d.Draft, at: int) -> Iterator[Block]:
    if isinstance(block, d.Heading):
        yield Paragraph(id=at, text=block.text, heading=block.level)
    elif isinstance(block, d.Paragraph):
        yield Paragraph(id=at, text=block.text)
    elif isinstance(block, d.Contents):
        lines = [block.title, *([block.note] if block.note else []), *(text for text, _ in contents_lines(report))]
        yield from (Paragraph(id=at + n, text=text) for n, text in enumerate(lines))
    elif isinstance(block, d.ChartBlock):
        series = tuple(Series(name=s.name, values=s.texts) for s in block.series)
        yield Chart(
            id=at, title="", categories=block.categories, series=series, kind=_KINDS.get(block.kind, block.kind)
        )
        yield Paragraph(id=at + 1, text=block.caption)
    elif isinstance(block, d.TableBlock):
        yield from _table(block, at)


def _table(block: d.TableBlock, at: int) -> Iterator[Block]:
    above = [block.title, *([f"{block.sheet}表"] if block.sheet else []), block.entity_line, block.unit_line]
    if block.is_form:
        above = [block.title]
    yield from (Paragraph(id=at + n, text=text) for n, text in enumerate(above))
    cells = tuple(
        Cell(row=c.row, column=c.column, text=c.text, rowspan=c.rowspan, colspan=c.colspan) for c in block.cells
    )
    yield Table(id=at + len(above), cells=cells, rows=block.rows, columns=block.columns)
    if block.note:
        yield Paragraph(id=at + len(above) + 1, text=block.note)
