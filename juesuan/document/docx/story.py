"""The blocks of one story of a docx (body, header, footnote, …) as drafts, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from juesuan.document.docx.drafts import Draft, ParagraphDraft, Piece, TableDraft, text_of
from juesuan.document.docx.grid import CellShape, Grid
from juesuan.document.docx.inline import Inline, chosen, is_deleted_mark, properties_of
from juesuan.document.docx.names import (
    ALTERNATE,
    DEL,
    INS,
    MOVE_FROM,
    PPR,
    RPR,
    SECTPR,
    TBL,
    TC,
    TR,
    P,
    W,
    number_of,
    switch,
)  # fmt: skip
from juesuan.document.docx.objects import ObjectReader
from juesuan.document.docx.styles import numbering_of, style_of
from juesuan.document.model import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from juesuan.document.docx.shared import Shared

__all__ = ["Story"]

_FLAT: Final = frozenset({Origin.HEADER, Origin.FOOTER, Origin.FOOTNOTE})
"""Origins whose tables only lay out text: a table block could not say where it belongs."""
_SKIPPED: Final = frozenset({W + "sdtPr", W + "sdtEndPr", W + "tblPr", W + "tblGrid", W + "trPr", W + "tcPr", PPR})
_DROPPED: Final = frozenset({DEL, MOVE_FROM})


@dataclass(slots=True)
class _Flow:
    """Blocks being gathered. In a cell, its own paragraphs go to `lines`, all else to `drafts`."""

    origin: Origin
    in_cell: bool = False
    drafts: list[Draft] = field(default_factory=list)
    lines: list[list[Piece]] = field(default_factory=list)
    carry: list[Piece] = field(default_factory=list)
    carry_holder: Element | None = None


class Story:
    """Reads one part. `sections` collects the sectPr met, `notes` the footnotes referred to."""

    def __init__(self, shared: Shared, part: str, root: Element) -> None:
        self._shared = shared
        self.part = part
        self._objects = ObjectReader(shared, part, self._box)
        self._inline = Inline(root, shared.styles, shared.notices, shared.budget, self._object)
        self._pending: list[Draft] = []
        self._origin = Origin.BODY
        self.sections: list[Element] = []

    @property
    def notes(self) -> list[tuple[str, str]]:
        """Footnotes and endnotes referred to so far: relationship kind and id."""
        return self._inline.notes

    def blocks(self, container: Element, origin: Origin, depth: int = 0) -> list[Draft]:
        """All blocks of a container (w:body, w:hdr, w:footnote, …)."""
        flow = _Flow(origin)
        outer, self._origin = self._origin, origin
        self._walk(container, flow, depth)
        self._settle(flow)
        self._origin = outer
        return flow.drafts

    def _box(self, content: Element, depth: int) -> list[Draft]:
        """The blocks of a text box met in a run."""
        fields = self._inline.enter_box()
        pending, self._pending = self._pending, []
        origin = Origin.TEXT_BOX if self._origin is Origin.BODY else self._origin
        drafts = self.blocks(content, origin, depth + 1)
        self._pending = pending
        self._inline.leave_box(fields)
        return drafts

    def _object(self, element: Element, depth: int) -> None:
        self._pending.extend(self._objects.read(element, depth))

    def _walk(self, container: Element, flow: _Flow, depth: int) -> None:
        self._shared.budget.depth(depth)
        for child in container:
            tag = child.tag
            if tag == P:
                self._paragraph(child, flow, depth)
            elif tag == TBL and flow.origin not in _FLAT:
                self._settle(flow)
                flow.drafts.extend(self._table(child, depth + 1))
            elif tag == SECTPR:
                self.sections.append(child)
            elif tag == ALTERNATE:
                branch = chosen(child, self._shared.notices)
                if branch is not None:
                    self._walk(branch, flow, depth + 1)
            elif tag in (W + "altChunk", W + "subDoc"):
                self._shared.notices.count("altchunk")
            elif tag in _SKIPPED or tag in _DROPPED:
                continue
            elif len(child):
                self._walk(child, flow, depth + 1)

    def _paragraph(self, paragraph: Element, flow: _Flow, depth: int) -> None:
        shared = self._shared
        shared.budget.block()
        ppr = properties_of(paragraph)
        style = style_of(ppr, shared.styles)
        outer, self._pending = self._pending, []
        pieces = self._inline.paragraph(paragraph, style, depth + 1)
        objects, self._pending = self._pending, outer
        if ppr is not None:
            self.sections.extend(ppr.iterchildren(SECTPR))
        if is_deleted_mark(ppr):
            shared.notices.count("revision")
            flow.carry.extend(pieces)
            flow.carry_holder = paragraph
            flow.drafts.extend(objects)
            return
        pieces, flow.carry = flow.carry + pieces, []
        hidden = not pieces and ppr is not None and switch(ppr.find(RPR), W + "vanish") is True
        label = "" if hidden else shared.numbering.label(numbering_of(ppr), style)
        if flow.in_cell:
            if label:
                shared.notices.count("cell_label")
            flow.lines.append(pieces)
        elif pieces or label:
            flow.drafts.append(self._draft(paragraph, pieces, flow.origin, label, shared.styles.heading(style, ppr)))
        flow.drafts.extend(objects)

    def _draft(
        self, holder: Element, pieces: list[Piece], origin: Origin, label: str = "", heading: int | None = None
    ) -> ParagraphDraft:
        return ParagraphDraft(part=self.part, holder=holder, pieces=pieces, label=label, heading=heading, origin=origin)

    def _settle(self, flow: _Flow) -> None:
        """Put down text whose paragraph mark was deleted and that no paragraph followed."""
        if flow.carry and flow.carry_holder is not None:
            if flow.in_cell:
                flow.lines.append(flow.carry)
            else:
                flow.drafts.append(self._draft(flow.carry_holder, flow.carry, flow.origin))
        flow.carry = []

    def _items(self, parent: Element, wanted: str, depth: int) -> Iterator[Element]:
        """The rows of a table or cells of a row, also inside content controls and tracked insertions."""
        self._shared.budget.depth(depth)
        for child in parent:
            tag = child.tag
            if tag == wanted:
                yield child
            elif tag == ALTERNATE:
                branch = chosen(child, self._shared.notices)
                if branch is not None:
                    yield from self._items(branch, wanted, depth + 1)
            elif tag not in _SKIPPED and tag not in _DROPPED and len(child):
                yield from self._items(child, wanted, depth + 1)

    def _table(self, table: Element, depth: int) -> list[Draft]:
        """A table, then what its cells hold besides text."""
        self._shared.budget.block()
        grid = Grid()
        later: list[Draft] = []
        for row in self._items(table, TR, depth):
            self._shared.budget.clock()
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(DEL) is not None:
                self._shared.notices.count("revision")
                continue
            if properties is not None and properties.find(INS) is not None:
                self._shared.notices.count("revision")
            self._row(row, properties, grid, later, depth)
        drafts: list[Draft] = []
        if grid.rows:
            drafts.append(
                TableDraft(part=self.part, holder=table, cells=grid.cells, rows=grid.rows, columns=max(grid.columns, 1))
            )
        return drafts + later

    def _row(self, row: Element, properties: Element | None, grid: Grid, later: list[Draft], depth: int) -> None:
        budget = self._shared.budget
        before = max(number_of(properties, W + "gridBefore", 0), 0)
        after = max(number_of(properties, W + "gridAfter", 0), 0)
        budget.cells(before + after)
        grid.begin_row(before)
        for tc in self._items(row, TC, depth):
            shape = CellShape(tc)
            if shape.dropped:
                self._shared.notices.count("revision")
                continue
            budget.cells(shape.span)
            pieces, objects = self._cell(tc, depth)
            later.extend(objects)
            if not grid.place(tc, shape, pieces) and pieces:
                self._shared.notices.hidden(text_of(pieces))
        grid.end_row(after)

    def _cell(self, tc: Element, depth: int) -> tuple[list[Piece], list[Draft]]:
        """The text of a cell, paragraphs joined by line breaks, and what else it holds."""
        flow = _Flow(self._origin, in_cell=True)
        self._walk(tc, flow, depth + 1)
        self._settle(flow)
        pieces: list[Piece] = []
        for line in flow.lines:
            if line:
                if pieces:
                    pieces.append(("\n", None))
                pieces.extend(line)
        return pieces, flow.drafts
