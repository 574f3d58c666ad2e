"""From a place in a document back to the XML it was read from, to write comments on exact characters.

The offsets come from the same pieces the text was made of (`drafts`), so they cannot disagree with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from juesuan.document.docx.drafts import CellDraft, ChartDraft, Draft, ParagraphDraft, Piece, TableDraft
from juesuan.document.docx.reader import draft

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from lxml.etree import _Element as Element

    from juesuan.document.limits import Limits
    from juesuan.place import Place

__all__ = ["Anchor", "Anchors", "anchors", "element_at", "path_to"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Characters `start` to `end` of one element (a w:t, or a w:tab, w:br … with one character).

    `part` is the part of the package; `path` leads from its root, each step the position among child
    elements, comments and processing instructions not counted. `start` equals `end` where the anchor is
    a whole paragraph, cell or drawing, because the place has no characters of its own there.
    """

    part: str
    path: tuple[int, ...]
    start: int
    end: int


def path_to(element: Element) -> tuple[int, ...]:
    """The steps from the root to an element."""
    steps: list[int] = []
    parent = element.getparent()
    while parent is not None:
        steps.append(parent.index(element))
        element, parent = parent, parent.getparent()
    return tuple(reversed(steps))


def element_at(root: Element, path: tuple[int, ...]) -> Element:
    """The element a path of `path_to` leads to, in a tree parsed without comments. Raises IndexError."""
    for step in path:
        root = root[step]
    return root


class Anchors:
    """Finds the elements behind a place; block numbers are those of `read_docx` on the same bytes."""

    def __init__(self, drafts: list[Draft]) -> None:
        self._drafts = drafts

    def of(self, place: Place) -> tuple[Anchor, ...]:
        """The anchors of a place, in order. Never empty. Raises IndexError for a block there is not."""
        found: list[Anchor] = []
        for number in range(place.start.block, place.end.block + 1):
            item = self._drafts[number]
            first = place.start.offset if number == place.start.block else 0
            last = place.end.offset if number == place.end.block else 1 << 62
            holder, pieces = _source(item, place)
            here = list(_slices(item.part, pieces, first, last))
            found += here or [Anchor(item.part, path_to(holder), 0, 0)]
        return tuple(found)


def anchors(path: FilePath, data: bytes, limits: Limits) -> Anchors:
    """The anchors of a docx; raises what `read_docx` raises."""
    return Anchors(draft(path, data, limits).drafts)


def _source(item: Draft, place: Place) -> tuple[Element, list[Piece]]:
    """The element that holds the place, and the pieces its offsets count in."""
    if isinstance(item, ParagraphDraft):
        return item.holder, item.pieces
    if isinstance(item, ChartDraft):
        return item.holder, []
    cell = _cell(item, place)
    return (item.holder, []) if cell is None else (cell.holder, cell.pieces)


def _cell(item: TableDraft, place: Place) -> CellDraft | None:
    if place.row is None or place.column is None:
        return None
    for held in item.cells:
        if 0 <= place.row - held.row < held.rowspan and 0 <= place.column - held.column < held.colspan:
            return held
    return None


def _slices(part: str, pieces: list[Piece], first: int, last: int) -> list[Anchor]:
    found: list[Anchor] = []
    offset = 0
    for text, element in pieces:
        start, end = max(first - offset, 0), min(last - offset, len(text))
        if start < end and element is not None:
            found.append(Anchor(part, path_to(element), start, end))
        offset += len(text)
    return found
