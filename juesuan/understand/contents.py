"""Lists that name what stands elsewhere: the contents at the front, and a bare list of tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from juesuan.document.model import Chart, Document, Paragraph, Table
from juesuan.understand.numbering import NumberStyle, read_mark
from juesuan.understand.passages import Passage

__all__ = ["ContentsEntry", "file_ranges", "find_contents", "find_table_list"]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of a contents list or list of tables; `page` is the printed page number where there is one."""

    passage: int
    number: str
    style: NumberStyle
    ordinal: int | None
    title: str
    page: int | None = None


_CONTENTS_TITLE: Final = re.compile(r"[（【]?(?:目录|目次|CONTENTS|Contents)[】）]?")
_LEADER: Final = re.compile(r"(?:[.．…·•—-]{2,}|\t| {2,}|\u3000)[\s.．…·•-]*[（(]?(\d{1,3})[)）]?\s*$")
_TRAILING: Final = re.compile(r"(?<=[^\d.年至-])(\d{1,3})$")
_DOTS: Final = re.compile(r"[.…·•-]{2,}.*$")
_SENTENCE: Final = re.compile(r"[。；]")
_RUN: Final = 20
"""So many names of tables may stand in a contents list without a number."""
_FRONT: Final = 80
"""Contents begin within so many passages from the start of a file."""


def file_ranges(document: Document, passages: Sequence[Passage]) -> tuple[range, ...]:
    """The passages of each file of the document, in order; one range for a document of one file."""
    if not document.sources:
        return (range(len(passages)),)
    ends = [bisect_left(passages, source.last, key=lambda p: p.segments[0].block) for source in document.sources]
    return tuple(range(first, last) for first, last in pairwise((0, *ends)))


def _barrier(document: Document, before: Passage, after: Passage) -> bool:
    between = document.blocks[before.segments[-1].block + 1 : after.segments[0].block]
    return any(isinstance(block, Table | Chart) for block in between)


def _raw(document: Document, passage: Passage) -> str:
    """The end of the line as the source has it: dots, tabs and blanks before a page number are still there."""
    block = document.blocks[passage.segments[-1].block]
    return block.text[-80:] if isinstance(block, Paragraph) else passage.text


def _label(document: Document, passage: Passage) -> str:
    block = document.blocks[passage.segments[0].block]
    return block.label if isinstance(block, Paragraph) else ""


def _entry(document: Document, passage: Passage) -> ContentsEntry:
    label = _label(document, passage)
    text = label + passage.text
    mark = read_mark(text)
    page: int | None = None
    leader = _LEADER.search(_raw(document, passage))
    if leader:
        page = int(leader[1])
    rest = text[mark.end :] if mark else text
    if leader or _DOTS.search(rest):
        rest = _DOTS.sub("", rest)
        rest = rest[: -len(leader[1])] if leader and rest.endswith(leader[1]) else rest
    elif mark and mark.style is not NumberStyle.ATTACHMENT:
        trailing = _TRAILING.search(rest)
        if trailing:
            page, rest = int(trailing[1]), rest[: trailing.start()]
    if mark:
        return ContentsEntry(passage.index, mark.number, mark.style, mark.ordinal, rest.strip(), page)
    return ContentsEntry(passage.index, "", NumberStyle.NONE, None, rest.strip(), page)


def _end(document: Document, passages: Sequence[Passage], start: int) -> tuple[int, list[ContentsEntry]]:
    """The entries from `start` on, and the first passage after them."""
    entries: list[ContentsEntry] = []
    last_part = 0
    for at in range(start, len(passages)):
        passage = passages[at]
        if _SENTENCE.search(passage.text) or (at > start and _barrier(document, passages[at - 1], passage)):
            break
        entry = _entry(document, passage)
        if entries and (entry.number, entry.title) == (entries[0].number, entries[0].title):
            break
        if entry.style is NumberStyle.PART and entry.ordinal:
            if entry.ordinal <= last_part:
                break
            last_part = entry.ordinal
        if entry.style is NumberStyle.NONE and entry.page is None and not _goes_on(document, passages, at, last_part):
            break
        entries.append(entry)
    return start + len(entries), entries


def _goes_on(document: Document, passages: Sequence[Passage], at: int, last_part: int) -> bool:
    """Whether an unnumbered line, or a run of such (the names of tables), is followed by an entry that goes on with the list."""
    for after in range(at + 1, min(at + _RUN, len(passages))):
        if _SENTENCE.search(passages[after].text) or _barrier(document, passages[after - 1], passages[after]):
            return False
        following = _entry(document, passages[after])
        if following.style is NumberStyle.PART:
            return (following.ordinal or 0) > last_part
        if following.page is not None or following.style is not NumberStyle.NONE:
            return following.page is not None or (following.ordinal or 0) > 1
    return False


def find_contents(
    document: Document, passages: Sequence[Passage]
) -> tuple[tuple[range, ...], tuple[ContentsEntry, ...]]:
    """The passages of each file's contents list (with its title), and all entries; an empty range for a file without."""
    ranges: list[range] = []
    found: list[ContentsEntry] = []
    for own in file_ranges(document, passages):
        listed, entries = _in_file(document, passages[own.start : own.stop])
        ranges.append(
            range(listed.start + own.start, listed.stop + own.start) if listed else range(own.start, own.start)
        )
        found += entries
    return tuple(ranges), tuple(found)


def _in_file(document: Document, passages: Sequence[Passage]) -> tuple[range, tuple[ContentsEntry, ...]]:
    front = passages[:_FRONT]
    for at, passage in enumerate(front):
        if _CONTENTS_TITLE.fullmatch(passage.text):
            end, entries = _end(document, passages, at + 1)
            return range(at, end), tuple(entries)
        if _LEADER.search(_raw(document, passage)) and read_mark(passage.text) and not _SENTENCE.search(passage.text):
            end, entries = _end(document, passages, at)
            if sum(entry.page is not None for entry in entries) >= 3:
                return range(at, end), tuple(entries)
    return _repeated(document, passages)


def _repeated(document: Document, passages: Sequence[Passage]) -> tuple[range, tuple[ContentsEntry, ...]]:
    """A contents list without a title: headings only, and the first of them stands again later."""
    for at, passage in enumerate(passages[:_FRONT]):
        mark = read_mark(passage.text)
        if mark and mark.style in {NumberStyle.PART, NumberStyle.CHINESE}:
            end, entries = _end(document, passages, at)
            again = end < len(passages) and passages[end].text == passage.text
            if again and len(entries) >= 3:
                return range(at, end), tuple(entries)
            break
    return range(0), ()


def find_table_list(
    document: Document, passages: Sequence[Passage], listed: Collection[int]
) -> tuple[range, tuple[ContentsEntry, ...]]:
    """Three or more neighbouring lines 一、…表 二、…表 with no table between: a list of tables, no sections.

    `listed` are the passages of contents lists, which are looked over.
    """
    run: list[ContentsEntry] = []
    best: list[ContentsEntry] = []
    for passage in passages:
        mark = read_mark(passage.text)
        fits = bool(
            passage.index not in listed
            and mark
            and mark.style is NumberStyle.CHINESE
            and passage.text.endswith(("表", "图"))
        )
        if fits and run and _barrier(document, passages[run[-1].passage], passage):
            fits = False
        if fits and mark and (mark.ordinal == 1 or (run and mark.ordinal == (run[-1].ordinal or 0) + 1)):
            run = [] if mark.ordinal == 1 else run
            run.append(_entry(document, passage))
            if len(run) > len(best):
                best = list(run)
        else:
            run = []
    if len(best) < 3:
        return range(0), ()
    return range(best[0].passage, best[-1].passage + 1), tuple(best)
