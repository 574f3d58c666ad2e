"""How wide the columns of a table are, and how large its letters, so that no figure is broken over two lines."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.compose.draft import Cell, TableBlock

__all__ = ["MARGIN", "fitted"]

MARGIN = 60
"""Twentieths of a point between a cell's edge and its words, at either side."""
_SIZES = (18, 17, 16, 15, 14, 13, 12)
"""Half-points, the largest that fits is taken."""
_TWENTIETHS = 10
"""Twentieths of a point in a half-point."""
_ASCII = 64
"""Hundredths of a letter's height that a digit is wide: more than in the fonts that are named, for machines that lack them."""
_WIDE = 100
_HEAD_LETTERS = 6
"""A longer word in a header may be broken."""
_LEAST_LETTERS = 3
"""Words are not broken into shorter pieces."""
_SPARE = 1.02


def fitted(block: TableBlock, width: int) -> tuple[list[int], int]:
    """The widths of the columns in twentieths of a point, and the size of letters in half-points."""
    if not block.is_form:
        for size in _SIZES:
            wanted = [max(pair) for pair in zip(*_needs(block, size), strict=True)]
            if sum(wanted) <= width:
                return _spread(wanted, block.widths, width), size
    least, size = _least(block, width)
    if block.is_form:
        return _shared(least, block.widths, width), size
    _, words = _needs(block, size)
    lacking = [max(w - f, 0) for f, w in zip(least, words, strict=True)]
    return _spread(least, lacking, width), size


def _least(block: TableBlock, width: int) -> tuple[list[int], int]:
    """What the columns must have where words may be broken and figures may not, and the largest letters for that."""
    least: list[int] = []
    size = _SIZES[-1]
    for size in _SIZES:
        short = _width("一" * _LEAST_LETTERS, size)
        least = [max(f, min(w, short)) for f, w in zip(*_needs(block, size), strict=True)]
        if sum(least) <= width:
            break
    return least, size


def _needs(block: TableBlock, size: int) -> tuple[list[int], list[int]]:
    """What each column needs for its figures, and for its words, in letters of a size."""
    figures, words = [2 * MARGIN] * block.columns, [2 * MARGIN] * block.columns
    for cell in block.cells:
        if cell.colspan > 1 or not cell.text:
            continue
        if _is_figure(block, cell):
            figures[cell.column] = max(figures[cell.column], _width(cell.text, size))
        elif cell.row < block.head:
            words[cell.column] = max(words[cell.column], _width(cell.text[:_HEAD_LETTERS], size))
        else:
            words[cell.column] = max(words[cell.column], _width(cell.text, size))
    return figures, words


def _is_figure(block: TableBlock, cell: Cell) -> bool:
    if cell.row < block.head:
        return False
    return cell.column in block.numeric or cell.align == "right" or (cell.text.isascii() and cell.text.isdecimal())


def _width(text: str, size: int) -> int:
    longest = max((_hundredths(line) for line in text.split("\n")), default=0)
    return int(longest * size * _TWENTIETHS / 100 * _SPARE) + 2 * MARGIN


def _hundredths(text: str) -> int:
    return sum(_ASCII if char.isascii() and char != "%" else _WIDE for char in text)


def _spread(wanted: Sequence[int], shares: Sequence[float], width: int) -> list[int]:
    """What is left over, given out as the shares say."""
    whole = sum(shares) or 1.0
    rest = max(width - sum(wanted), 0)
    return [w + int(rest * share / whole) for w, share in zip(wanted, shares, strict=True)]


def _shared(least: Sequence[int], shares: Sequence[float], width: int) -> list[int]:
    """The width by shares, where no column gets less than it must have: the others make room."""
    fixed: set[int] = set()
    while True:
        room = width - sum(least[c] for c in fixed)
        whole = sum(share for c, share in enumerate(shares) if c not in fixed) or 1.0
        found = [least[c] if c in fixed else int(room * share / whole) for c, share in enumerate(shares)]
        short = {c for c, value in enumerate(found) if c not in fixed and value < least[c]}
        if not short:
            return found
        fixed |= short
