"""Runs of characters → lines of text, by baseline.

Characters are put on a line by their baseline, never by the top of their box (digits and quotation marks of another
font are lower) nor by their order in the file. A space is written where the file has one, or where the gap between
two characters is real: a fifth of their size between Latin letters and digits; near half a character, and much more
than usual in the line, between Chinese ones; more than a whole one between Chinese and Latin, whose gaps mean nothing.
"""

from __future__ import annotations

import itertools
import math
from array import array
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Final

from juesuan.document.pdf.page import Run, TextLine

__all__ = ["is_wide", "line_of", "lines_of", "pieces_of"]

SAME_LINE: Final = 0.35
"""Baselines nearer than this share of the character's height are one line."""
LATIN_GAP: Final = 0.2
WIDE_GAP: Final = 1.1
SPACE_GAP: Final = 0.4
COLUMN_GAP: Final = 4.0
"""A gap of so many character heights separates two texts that only stand side by side."""
_POINTS: Final = "，。、；：？！（）《》〈〉“”‘’【】〔〕…—·"
_DIGITS: Final = 4
_BASE: Final = attrgetter("base")
_LEFT: Final = attrgetter("left")
_TOP: Final = attrgetter("top")
_BOTTOM: Final = attrgetter("bottom")
_BLANK: Final = " \xa0\u3000\t"


def is_wide(char: str) -> bool:
    """Whether a character is set in a full square: Chinese characters and their punctuation."""
    return char >= "\u2e80" or char in "“”‘’…—·"


def _rows(runs: Iterable[Run]) -> list[list[Run]]:
    rows: list[list[Run]] = []
    row: list[Run] = []
    end = -math.inf
    for run in sorted(runs, key=_BASE):
        if run.base <= end:
            row.append(run)
        else:
            row = [run]
            rows.append(row)
            end = run.base + SAME_LINE * (run.bottom - run.top)
    return rows


def _in_order(row: list[Run]) -> list[Run]:
    """The runs of a row from left to right, single characters where runs lie over one another."""
    row.sort(key=_LEFT)
    if any(before.edges[-2] >= run.left for before, run in itertools.pairwise(row)):
        return sorted((char for run in row for char in run.characters()), key=_LEFT)
    return row


def _overprinted(run: Run, before: Run) -> bool:
    """Whether the first character was drawn as the last of `before` at nearly one place, as false bold."""
    left, right = before.edges[-2:]
    return run.text[0] == before.text[-1] and run.left - left < 0.3 * (right - left)


def _is_page_number(piece: list[Run]) -> bool:
    text = "".join(run.text for run in piece)
    return len(text) <= _DIGITS and text.isascii() and text.isdigit()


def _pieces(row: list[Run], wide: float) -> list[list[Run]]:
    """The row from left to right, cut where texts only stand side by side, false bold taken once."""
    row = _in_order(row)
    last = row[0]
    piece = [last]
    pieces = [piece]
    for run in row[1:]:
        gap = run.left - last.right
        if gap > wide * (last.bottom - last.top):
            piece = [run]
            pieces.append(piece)
        elif gap >= 0 or not _overprinted(run, last):
            piece.append(run)
        elif len(run.text) > 1:
            piece.append(run.part(1, len(run.text)))
        last = run
    if wide == COLUMN_GAP and len(pieces) > 1 and _is_page_number(pieces[-1]):
        # An entry of a table of contents and its page.
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    return pieces


def _is_space(before: Run, here: Run, size: float, row: Sequence[Run]) -> bool:
    """Whether the gap between two runs of a line is a space that the file does not hold."""
    a, b = before.text[-1], here.text[0]
    if a in _BLANK or b in _BLANK:
        return False
    gap = here.left - before.right
    wide = is_wide(a), is_wide(b)
    if not any(wide):
        return True
    if all(wide) and a not in _POINTS and b not in _POINTS:
        # Chinese text is stretched as a whole: only a gap much wider than the line's others is a space.
        edges = list(itertools.chain.from_iterable(run.edges for run in row))
        gaps = sorted(max(left - right, 0.0) for right, left in zip(edges[1:-1:2], edges[2::2], strict=True))
        return gap > SPACE_GAP * size + 1.5 * gaps[len(gaps) // 2]
    return gap > WIDE_GAP * size


def _spaced(row: Sequence[Run], size: float) -> tuple[str, array[float]]:
    """The text of a line with its spaces, and left and right of each character."""
    edges = array("f")
    texts: list[str] = []
    right = math.inf
    least = LATIN_GAP * size
    for number, run in enumerate(row):
        if run.left - right > least and _is_space(row[number - 1], run, size, row):
            texts.append(" ")
            edges.extend((right, right))
        right = run.right
        texts.append(run.text)
        edges += run.edges
    return "".join(texts), edges


def _trimmed(row: list[Run]) -> tuple[list[Run], bool]:
    """The row without blanks at its ends, and whether there were any after it."""
    row = list(row)
    spaced = False
    while row and (held := len(row[-1].text.rstrip(_BLANK))) < len(row[-1].text):
        spaced = True
        row[-1:] = [row[-1].part(0, held)] if held else []
    while row and (held := len(row[0].text.lstrip(" \xa0"))) < len(row[0].text):
        whole = len(row[0].text)
        row[:1] = [row[0].part(whole - held, whole)] if held else []
    return row, spaced


def _ink(row: Sequence[Run]) -> float:
    """Where the first character that is not blank begins (x)."""
    for run in row:
        held = len(run.text.lstrip(_BLANK))
        if held:
            return run.edges[-2 * held]
    return row[0].left


def line_of(row: list[Run], page: int) -> TextLine | None:
    """The line of runs from left to right, without blanks at its ends; None when there is nothing but blanks."""
    if len(row) == 1:
        text, edges, left, top, right, bottom, base, _ = row[0]
        if text[0] not in _BLANK and text[-1] not in _BLANK:
            return TextLine(page, text, edges, top, bottom, base, left, right, bottom - top)
    row, spaced = _trimmed(row)
    if not row:
        return None
    heights = [run.bottom - run.top for run in row]
    size = max(heights)
    text, edges = _spaced(row, size)
    top, bottom = min(map(_TOP, row)), max(map(_BOTTOM, row))
    base = row[heights.index(size)].base
    return TextLine(page, text, edges, top, bottom, base, _ink(row), row[-1].right, size, spaced)


def lines_of(runs: Sequence[Run], page: int) -> list[TextLine]:
    """The lines from top to bottom, pieces of one line from left to right; blank ones are left out."""
    pieces = [list(runs)] if len(runs) == 1 else [p for row in _rows(runs) for p in _pieces(row, COLUMN_GAP)]
    found = (line_of(piece, page) for piece in pieces)
    return [line for line in found if line is not None]


def pieces_of(runs: Iterable[Run], wide: float) -> list[list[list[Run]]]:
    """The lines from top to bottom without blanks, each cut at gaps of `wide` character heights."""
    rows: list[list[list[Run]]] = []
    for row in _rows(runs):
        solid = [part for run in row for part in run.parts(char not in _BLANK for char in run.text)]
        if solid:
            rows.append(_pieces(solid, wide))
    return rows
