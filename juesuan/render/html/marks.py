"""Which characters of a document are spoken of, and by whom; overlapping marks are split into pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from juesuan.document.model import Document, Paragraph
from juesuan.findings import Evidence, Report, Role
from juesuan.place import Place
from juesuan.render.html.escape import escape

Holder = tuple[int, int | None, int | None, int | None, int | None]
"""What holds a text: block, then row and column of a cell, or series and point of a chart."""

_RANK = {"s-error": 0, "s-warning": 1, "s-hint": 2, "follower": 3, "unread": 4, "quiet": 5}


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of one text. `key` is "finding.evidence" or "u" and the unread number's index."""

    start: int
    end: int
    key: str
    look: str


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of one document, by the text they stand in."""

    by_holder: Mapping[Holder, list[Mark]] = field(default_factory=dict)

    def on(self, text: str, holder: Holder) -> str:
        """The text as HTML, its marked stretches in elements."""
        found = self.by_holder.get(holder)
        return "".join(_pieces(text, found)) if found else escape(text)


def collect(report: Report, document: Document) -> Marks:
    """The marks of all evidence that stands in this document (evidence of another file is left out)."""
    by_holder: dict[Holder, list[Mark]] = {}
    for number, finding in enumerate(report.findings):
        for index, item in enumerate(finding.evidence):
            look = f"s-{finding.severity.key}" if item.role is Role.SUBJECT else "quiet"
            look = "follower" if item.role is Role.FOLLOWER else look
            _add(by_holder, item, document, f"{number}.{index}", look)
    for index, item in enumerate(report.coverage.unread):
        _add(by_holder, item, document, f"u{index}", "unread")
    return Marks(by_holder)


def placed(item: Evidence, document: Document | None, path: str) -> bool:
    """Whether the evidence can be shown in the document."""
    if document is None:
        return False
    files = {None, path, *(source.path for source in document.sources)}
    if item.where is not None and item.where.file not in files:
        return False
    return 0 <= item.place.start.block <= item.place.end.block < len(document.blocks)


def _add(by_holder: dict[Holder, list[Mark]], item: Evidence, document: Document, key: str, look: str) -> None:
    if not placed(item, document, document.path):
        return
    for holder, start, end in _stretches(item.place, document):
        by_holder.setdefault(holder, []).append(Mark(start, end, key, look))


def _stretches(place: Place, document: Document) -> Iterator[tuple[Holder, int, int]]:
    first, last = place.start, place.end
    if first.block == last.block:
        yield (first.block, place.row, place.column, place.series, place.point), first.offset, last.offset
        return
    for number in range(first.block, last.block + 1):
        block = document.blocks[number]
        if isinstance(block, Paragraph):
            start = first.offset if number == first.block else 0
            end = last.offset if number == last.block else len(block.text)
            yield (number, None, None, None, None), start, end


def _pieces(text: str, marks: Iterable[Mark]) -> Iterator[str]:
    kept = [
        Mark(max(mark.start, 0), min(mark.end, len(text)), mark.key, mark.look)
        for mark in marks
        if mark.start < len(text) and mark.end > max(mark.start, 0)
    ]
    edges = sorted({0, len(text)} | {mark.start for mark in kept} | {mark.end for mark in kept})
    begin = sorted(kept, key=lambda mark: mark.start)
    active: list[Mark] = []
    at = 0
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.end > start]
        while at < len(begin) and begin[at].start <= start:
            active.append(begin[at])
            at += 1
        yield _element(escape(text[start:end]), active)


def _element(inner: str, active: list[Mark]) -> str:
    if not active:
        return inner
    look = min((mark.look for mark in active), key=_RANK.__getitem__)
    keys = " ".join(mark.key for mark in sorted(active, key=lambda mark: (_RANK[mark.look], mark.key)))
    tag = "span" if look == "quiet" else "mark"
    return f'<{tag} class="{look}" data-e="{keys}" tabindex="-1">{inner}</{tag}>'
