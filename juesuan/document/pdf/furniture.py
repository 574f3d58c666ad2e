"""What repeats on every page and belongs to none: headers, footers and page numbers.

Only the outermost lines of a page within its margins are judged. A page number is a number that grows with the
pages, or one set between dashes or as 第…页; a header or footer stands at one height with the same words (digits
aside that count the pages) on at least three pages and on a good part of all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from juesuan.document.pdf.page import TextLine

__all__ = ["PageLines", "strip_furniture"]

MARGIN: Final = 0.12
"""The share of the page's height, above and below, in which furniture is looked for."""
LEAST_PAGES: Final = 3
LEAST_SHARE: Final = 0.4
DEEP: Final = 3
"""So many outermost lines on each side are looked at."""

_DASHES: Final = r"[-‐-―－﹣─━_~～·•.*|\s]*"
_NUMBER: Final = re.compile(
    rf"^{_DASHES}(?P<n>\d{{1,4}}|[ivxIVX]{{1,5}}){_DASHES}$"
    rf"|^{_DASHES}第?\s*(?P<m>\d{{1,4}})\s*页?\s*(?:[/／,，共]\s*共?\s*\d{{1,4}}\s*页?)?{_DASHES}$"
)
_DIGITS: Final = re.compile(r"\d+")
_BLANKS: Final = re.compile(r"\s+")
_DRESSED: Final = re.compile(r"[-‐-―－﹣─━]\s*\d+\s*[-‐-―－﹣─━]|第\s*\d+\s*页|\d\s*[/／]\s*\d")


@dataclass(slots=True)
class PageLines:
    """A page's lines outside tables, from top to bottom, and where its tables begin and end (y)."""

    number: int
    width: float
    height: float
    lines: list[TextLine]
    first_table: float | None = None
    last_table: float | None = None


def _outer(page: PageLines, *, top: bool) -> list[TextLine]:
    """The outermost lines on one side within the margin, the outermost first, up to the first table."""
    found: list[TextLine] = []
    for line in page.lines if top else reversed(page.lines):
        inside = line.bottom < MARGIN * page.height if top else line.top > (1 - MARGIN) * page.height
        beyond = (
            (page.first_table is not None and line.bottom > page.first_table)
            if top
            else (page.last_table is not None and line.top < page.last_table)
        )
        if not inside or beyond or len(found) == DEEP:
            break
        found.append(line)
    return found


def _page_numbers(pages: Sequence[PageLines]) -> set[int]:
    """Ids of the lines that are page numbers."""
    found: set[int] = set()
    by_offset: dict[tuple[bool, int], list[TextLine]] = defaultdict(list)
    for page in pages:
        for top in (False, True):
            for line in _outer(page, top=top)[:2]:
                match = _NUMBER.match(line.text)
                if not match:
                    continue
                if _DRESSED.search(line.text):
                    found.add(id(line))
                written = match["n"] or match["m"]
                if written.isdigit():
                    by_offset[top, int(written) - page.number].append(line)
                elif len(written) > 1 or written in "ivxIVX":
                    by_offset[top, -10_000].append(line)
    for lines in by_offset.values():
        if len({line.page for line in lines}) > 1:
            found.update(map(id, lines))
    return found


def _repeated(pages: Sequence[PageLines], gone: set[int]) -> dict[int, bool]:
    """Ids of the lines that are headers (True) or footers (False)."""
    seen: dict[tuple[bool, str, int], list[TextLine]] = defaultdict(list)
    for page in pages:
        for top in (True, False):
            for line in _outer(page, top=top):
                if id(line) not in gone:
                    height = line.base if top else page.height - line.base
                    words = _DIGITS.sub("#", _BLANKS.sub("", line.text))
                    seen[top, words, round(height / 6)].append(line)
    found: dict[int, bool] = {}
    for (top, _, _), alike in seen.items():
        for lines in _same(alike):
            numbers = {line.page for line in lines}
            if len(numbers) >= LEAST_PAGES and len(numbers) >= LEAST_SHARE * len(pages):
                found.update((id(line), top) for line in lines)
    for page in pages:
        for top in (True, False):
            _keep_inner(_outer(page, top=top), found, gone)
    return found


def _same(lines: Sequence[TextLine]) -> Iterable[Sequence[TextLine]]:
    """Lines of the same words apart from digits, in groups in which each number is one or counts the pages.

    Sentences that differ in their amounts alone are no header, though each begins its page.
    """
    columns = zip(*([int(n[:9]) for n in _DIGITS.findall(line.text)] for line in lines), strict=True)
    pages = [line.page for line in lines]
    if all(len(set(c)) == 1 or len({n - p for n, p in zip(c, pages, strict=True)}) == 1 for c in columns):
        return [lines]
    groups: dict[str, list[TextLine]] = defaultdict(list)
    for line in lines:
        groups[_BLANKS.sub("", line.text)].append(line)
    return groups.values()


def _keep_inner(outer: Sequence[TextLine], found: dict[int, bool], gone: set[int]) -> None:
    """Give back repeated lines that stand behind one that does not repeat: they are text at its usual place."""
    repeats = True
    for line in outer:
        if id(line) in gone:
            continue
        repeats = repeats and id(line) in found
        if not repeats:
            found.pop(id(line), None)


def strip_furniture(pages: Sequence[PageLines]) -> tuple[list[TextLine], list[TextLine]]:
    """Take headers, footers and page numbers out of `pages`.

    The headers and the footers come back, each wording once; page numbers do not.
    """
    numbers = _page_numbers(pages)
    repeated = _repeated(pages, numbers)
    headers: dict[str, TextLine] = {}
    footers: dict[str, TextLine] = {}
    for page in pages:
        for line in page.lines:
            if id(line) in repeated:
                (headers if repeated[id(line)] else footers).setdefault(line.text, line)
        page.lines = [line for line in page.lines if id(line) not in repeated and id(line) not in numbers]
    return list(headers.values()), list(footers.values())
