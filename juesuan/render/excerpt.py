"""The line a piece of evidence stands in, with the wrong characters told apart."""

from __future__ import annotations

from dataclasses import dataclass

from juesuan.document.model import Chart, Document, Paragraph, Table
from juesuan.findings import Evidence
from juesuan.place import Place


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


def _paragraphs(document: Document, place: Place) -> Excerpt:
    first = document.blocks[place.start.block]
    last = document.blocks[place.end.block]
    label = first.label if isinstance(first, Paragraph) else ""
    head = first.text[: place.start.offset] if isinstance(first, Paragraph) else ""
    tail = last.text[place.end.offset :] if isinstance(last, Paragraph) else ""
    core = document.text_of(place)
    start = len(label) + len(head)
    return Excerpt(label + head + core + tail, start, start + len(core))


def _row(table: Table, place: Place) -> Excerpt | None:
    if place.row is None or place.column is None:
        return None
    wanted = table.at(place.row, place.column)
    if wanted is None:
        return None
    pieces: list[str] = []
    start, at = 0, 0
    for column in range(table.columns):
        item = table.at(place.row, column)
        if item is None or (item.column != column and column > 0):
            continue
        if item is wanted:
            start = at + place.start.offset
        pieces.append(item.text)
        at += len(item.text) + 3
    return Excerpt(" │ ".join(pieces), start, start + place.end.offset - place.start.offset)


def _value(chart: Chart, place: Place, quote: str) -> Excerpt:
    names = [chart.title or "图"]
    if place.series is not None and 0 <= place.series < len(chart.series):
        names.append(chart.series[place.series].name)
    if place.point is not None and place.series is not None and place.series >= 0:
        names.extend(chart.categories[place.point : place.point + 1])
    head = " · ".join(filter(None, names)) + "："
    return Excerpt(head + quote, len(head), len(head) + len(quote))
