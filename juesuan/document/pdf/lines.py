"""Glyphs → lines of text, by baseline.

Characters are put on a line by their baseline, never by the top of their box (digits and quotation marks of another
font are lower) nor by their order in the file. A space is written where the file has one, or where the gap between
two characters is real: a fifth of their size between Latin letters and digits; near half a character, and much more
than usual in the line, between Chinese ones; more than a whole one between Chinese and Latin, whose gaps mean nothing.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from operator import attrgetter
from typing import Final

from juesuan.document.pdf.page import Glyph, TextLine

__all__ = ["is_wide", "lines_of", "rows_of"]

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


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    row: list[Glyph] = []
    end = -math.inf
    for glyph in sorted(glyphs, key=_BASE):
        if glyph.base <= end:
            row.append(glyph)
        else:
            row = [glyph]
            rows.append(row)
            end = glyph.base + SAME_LINE * (glyph.bottom - glyph.top)
    return rows


def _overprinted(glyph: Glyph, before: Glyph) -> bool:
    """Whether the same character was drawn twice at nearly one place, as false bold."""
    return glyph.char == before.char and glyph.left - before.left < 0.3 * (before.right - before.left)


def _is_page_number(piece: list[Glyph]) -> bool:
    return len(piece) <= _DIGITS and all(g.char.isascii() and g.char.isdigit() for g in piece)


def _pieces(row: list[Glyph], wide: float) -> list[list[Glyph]]:
    """The row from left to right, cut where texts only stand side by side, false bold taken once."""
    row.sort(key=_LEFT)
    last = row[0]
    piece = [last]
    pieces = [piece]
    for glyph in row[1:]:
        gap = glyph.left - last.right
        if gap > wide * (last.bottom - last.top):
            piece = [glyph]
            pieces.append(piece)
        elif gap >= 0 or not _overprinted(glyph, last):
            piece.append(glyph)
        last = glyph
    if wide == COLUMN_GAP and len(pieces) > 1 and _is_page_number(pieces[-1]):
        # An entry of a table of contents and its page.
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    return pieces


def _is_space(before: Glyph, here: Glyph, size: float, row: list[Glyph]) -> bool:
    """Whether the gap between two characters of a line is a space that the file does not hold."""
    if before.char in _BLANK or here.char in _BLANK:
        return False
    gap = here.left - before.right
    wide = is_wide(before.char), is_wide(here.char)
    if not any(wide):
        return True
    if all(wide) and before.char not in _POINTS and here.char not in _POINTS:
        # Chinese text is stretched as a whole: only a gap much wider than the line's others is a space.
        gaps = sorted(max(b.left - a.right, 0.0) for a, b in itertools.pairwise(row))
        return gap > SPACE_GAP * size + 1.5 * gaps[len(gaps) // 2]
    return gap > WIDE_GAP * size


def _spaced(row: list[Glyph], size: float) -> tuple[str, list[float]]:
    """The text of a line with its spaces, and left and right of each character."""
    edges: list[float] = []
    chars: list[str] = []
    right = math.inf
    least = LATIN_GAP * size
    for number, glyph in enumerate(row):
        if glyph.left - right > least and _is_space(row[number - 1], glyph, size, row):
            chars.append(" ")
            edges += (right, right)
        right = glyph.right
        chars.append(glyph.char)
        edges += (glyph.left, right)
    return "".join(chars), edges


def _line(row: list[Glyph], page: int) -> TextLine | None:
    first, last = 0, len(row)
    while last and row[last - 1].char in _BLANK:
        last -= 1
    while first < last and row[first].char in " \xa0":
        first += 1
    spaced = last < len(row)
    row = row[first:last]
    if not row:
        return None
    heights = [g.bottom - g.top for g in row]
    size = max(heights)
    text, edges = _spaced(row, size)
    ink = next((g.left for g in row if g.char not in _BLANK), row[0].left)
    top, bottom = min(map(_TOP, row)), max(map(_BOTTOM, row))
    base = row[heights.index(size)].base
    return TextLine(page, text, edges, top, bottom, base, ink, row[-1].right, size, spaced)


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[TextLine]:
    """The lines from top to bottom, pieces of one line from left to right; blank ones are left out."""
    found = (_line(piece, page) for row in _rows(glyphs) for piece in _pieces(row, COLUMN_GAP))
    return [line for line in found if line is not None]


def rows_of(glyphs: Iterable[Glyph], page: int, wide: float) -> list[list[TextLine]]:
    """The lines from top to bottom, each as its pieces from left to right, cut at gaps of `wide` character heights."""
    rows: list[list[TextLine]] = []
    for row in _rows(glyphs):
        solid = [glyph for glyph in row if glyph.char not in _BLANK]
        pieces = [line for piece in _pieces(solid, wide) if (line := _line(piece, page))] if solid else []
        if pieces:
            rows.append(pieces)
    return rows
