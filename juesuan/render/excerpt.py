"""The line a piece of evidence stands in, with the wrong characters told apart."""

from __future__ import annotations

from dataclasses import dataclass

from juesuan.document.model import Cell, Chart, Document, Paragraph, Table
from juesuan.findings import Evidence
from juesuan.place import Place

_REACH = 300
_CELLS = 30
_BAR = " │ "


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of text; its characters `start` to `end` are what the evidence quotes."""

    text: str
    start: int
    end: int


def excerpt(evidence: Evidence, document: Document | None) -> Excerpt:
    """The line around the evidence; the quote alone when there is no document, or it holds no such place."""
    alone = Excerpt(evidence.quote, 0, len(evidence.quote))
    place = evidence.place
    if document is None or not 0 <= place.start.block <= place.end.block < len(document.blocks):
        return alone
    block = document.blocks[place.block]
    if isinstance(block, Table):
        return _row(block, place) or alone
    if isinstance(block, Chart):
        return _value(block, place, evidence.quote)
    if isinstance(block, Paragraph):
        return _paragraphs(document, place)
    return alone


def _near(text: str, start: int, end: int) -> Excerpt:
    """The text no further than is ever shown: a cell or a paragraph may hold a whole book."""
    first, last = max(start - _REACH, 0), min(end, start + 2 * _REACH) + _REACH
    left, right = "…" if first else "", "…" if last < len(text) else ""
    at = start - first + len(left)
    return Excerpt(left + text[first:last] + right, at, at + min(end, last) - start)


def _paragraphs(document: Document, place: Place) -> Excerpt:
    first = document.blocks[place.start.block]
    if not isinstance(first, Paragraph):
        return Excerpt("", 0, 0)
    if place.start.block == place.end.block:
        start, end = place.start.offset, place.end.offset
        text = first.text
    else:
        last = document.blocks[place.end.block]
        core = document.text_of(place)
        tail = last.text[place.end.offset :] if isinstance(last, Paragraph) else ""
        text = first.text[: place.start.offset] + core + tail
        start, end = place.start.offset, place.start.offset + len(core)
    label = len(first.label)
    return _near(first.label + text, start + label, end + label)


def _row(table: Table, place: Place) -> Excerpt | None:
    """The row's cells beside each other, as far as they are near the one that is wrong."""
    if place.row is None or place.column is None:
        return None
    wanted = table.at(place.row, place.column)
    if wanted is None:
        return None
    before = _beside(table, place.row, range(max(wanted.column - _CELLS, 0), wanted.column), wanted)
    after = wanted.column + wanted.colspan
    behind = _beside(table, place.row, range(after, min(after + _CELLS, table.columns)), wanted)
    head = "".join(text + _BAR for text in before)
    held = _near(wanted.text, place.start.offset, place.end.offset)
    tail = "".join(_BAR + text for text in behind)
    return Excerpt(head + held.text + tail, len(head) + held.start, len(head) + held.end)


def _beside(table: Table, row: int, columns: range, wanted: Cell) -> list[str]:
    found: list[Cell] = []
    for column in columns:
        item = table.at(row, column)
        if item is not None and item is not wanted and (not found or item is not found[-1]):
            found.append(item)
    return [item.text if len(item.text) <= _REACH else item.text[:_REACH] + "…" for item in found]


def _value(chart: Chart, place: Place, quote: str) -> Excerpt:
    names = [chart.title or "图"]
    if place.series is not None and 0 <= place.series < len(chart.series):
        names.append(chart.series[place.series].name)
    if place.point is not None and place.series is not None and place.series >= 0:
        names.extend(chart.categories[place.point : place.point + 1])
    head = " · ".join(filter(None, names)) + "："
    return Excerpt(head + quote, len(head), len(head) + len(quote))
