"""Glyphs → lines of text, by baseline.

Characters are put on a line by their baseline, never by the top of their box (digits and quotation marks of another
font are lower) nor by their order in the file. A space is written where the file has one, or where the gap between
two characters is real: a fifth of their size between Latin letters and digits; near half a character, and much more
than usual in the line, between Chinese ones; more than a whole one between Chinese and Latin, whose gaps mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from juesuan.document.pdf.page import Glyph, TextLine

__all__ = ["is_wide", "lines_of"]

SAME_LINE: Final = 0.35
"""Baselines nearer than this share of the character's height are one line."""
LATIN_GAP: Final = 0.2
WIDE_GAP: Final = 1.1
SPACE_GAP: Final = 0.4
COLUMN_GAP: Final = 4.0
"""A gap of so many character heights separates two texts that only stand side by side."""
_POINTS: Final = "，。、；：？！（）《》〈〉“”‘’【】〔〕…—·"  # noqa: RUF001
_BLANK: Final = " \xa0\u3000\t"


def is_wide(char: str) -> bool:
    """Whether a character is set in a full square: Chinese characters and their punctuation."""
    return char >= "\u2e80" or char in "“”‘’…—·"


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    start = height = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if rows and glyph.base - start <= SAME_LINE * max(height, glyph.bottom - glyph.top):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            start = glyph.base
            height = glyph.bottom - glyph.top
    return rows


def _overprinted(glyph: Glyph, before: Glyph) -> bool:
    """Whether the same character was drawn twice at nearly one place, as false bold."""
    return glyph.char == before.char and glyph.left - before.left < 0.3 * (before.right - before.left)


def _pieces(row: list[Glyph]) -> list[list[Glyph]]:
    """The row from left to right, cut where texts only stand side by side, false bold taken once."""
    row.sort(key=lambda g: g.left)
    pieces: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in row:
        if last is None or glyph.left - last.right > COLUMN_GAP * (last.bottom - last.top):
            pieces.append([glyph])
        elif not _overprinted(glyph, last):
            pieces[-1].append(glyph)
        last = glyph
    if len(pieces) == 2 and len(pieces[1]) < 5 and all(g.char.isascii() and g.char.isdigit() for g in pieces[1]):
        return [pieces[0] + pieces[1]]  # an entry of a table of contents and its page
    return pieces


def _gap(before: Glyph, here: Glyph, size: float, usual: float) -> bool:
    """Whether there is a space between two characters that the file does not hold."""
    gap = here.left - before.right
    if gap <= LATIN_GAP * size or before.char in _BLANK or here.char in _BLANK:
        return False
    wide = is_wide(before.char), is_wide(here.char)
    if not any(wide):
        return True
    if all(wide) and before.char not in _POINTS and here.char not in _POINTS:
        # Chinese text is stretched as a whole: only a gap much wider than the line's others is a space.
        return gap > SPACE_GAP * size + 1.5 * usual
    return gap > WIDE_GAP * size


def _spaced(row: list[Glyph], size: float) -> tuple[list[str], list[float]]:
    """The characters of a line with its spaces, and their left and right ends."""
    gaps = sorted(max(b.left - a.right, 0.0) for a, b in zip(row, row[1:], strict=False))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    chars: list[str] = []
    edges: list[float] = []
    before: Glyph | None = None
    for glyph in row:
        if before is not None and _gap(before, glyph, size, usual):
            chars.append(" ")
            edges += (before.right, before.right)
        chars.append(glyph.char)
        edges += (glyph.left, glyph.right)
        before = glyph
    return chars, edges


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
    size = max(g.bottom - g.top for g in row)
    chars, edges = _spaced(row, size)
    ink = next((g.left for g in row if g.char not in _BLANK), row[0].left)
    top, bottom = min(g.top for g in row), max(g.bottom for g in row)
    base = max(row, key=lambda g: g.bottom - g.top).base
    return TextLine(page, "".join(chars), edges, top, bottom, base, ink, row[-1].right, size, spaced)


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[TextLine]:
    """The lines from top to bottom, pieces of one line from left to right; blank ones are left out."""
    found = (_line(piece, page) for row in _rows(glyphs) for piece in _pieces(row))
    return [line for line in found if line is not None]
