"""What one page holds, in one space: points from the upper left corner of the page as it is shown."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

__all__ = ["Frame", "Margins", "Rule", "Run", "TextLine"]


class Run(NamedTuple):
    """Characters set one after the other without a gap on one baseline, with loose boxes of one height.

    `edges` holds left and right of each. `number` is that of the first character in pdfium's text of the page; the
    others follow it.
    """

    text: str
    edges: array[float]
    left: float
    top: float
    right: float
    bottom: float
    base: float
    number: int

    def part(self, start: int, end: int) -> Run:
        """Its characters `start` to `end` (excluded), at least one."""
        edges = self.edges[2 * start : 2 * end]
        return Run(
            self.text[start:end], edges, edges[0], self.top, edges[-1], self.bottom, self.base, self.number + start
        )

    def parts(self, wanted: Iterable[bool]) -> list[Run]:
        """The stretches of its characters that are wanted."""
        found: list[Run] = []
        start = 0
        for want, group in groupby(wanted):
            end = start + len(list(group))
            if want:
                found.append(self.part(start, end))
            start = end
        return found

    def characters(self) -> list[Run]:
        """Each character as a run of its own."""
        return [self.part(k, k + 1) for k in range(len(self.text))]

    def middles(self) -> list[float]:
        """The middle of each character (x)."""
        return [(a + b) / 2 for a, b in zip(self.edges[0::2], self.edges[1::2], strict=True)]


class Rule(NamedTuple):
    """A drawn line: a horizontal one at y = `at` from x = `start` to `end`, a vertical one with x and y exchanged."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Frame:
    """From pdfium's space (y upwards, before /Rotate) to the page as shown. `turn` is in quarters, clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as shown."""
        match self.turn % 4:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as shown, of the box with these opposite corners."""
        xa, ya = self.point(x0, y0)
        xb, yb = self.point(x1, y1)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def written(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """The box in pdfium's space (left, bottom, right, top) of one on the page as shown: `box` the other way."""
        match self.turn % 4:
            case 1:
                return self.left + top, self.bottom + left, self.left + bottom, self.bottom + right
            case 2:
                return self.right - right, self.bottom + top, self.right - left, self.bottom + bottom
            case 3:
                return self.right - bottom, self.top - right, self.right - top, self.top - left
            case _:
                return self.left + left, self.top - bottom, self.left + right, self.top - top


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a page, or of a column of it, begin and end (x), and the usual distance of their baselines."""

    left: float
    right: float
    pitch: float
    indents: bool
    """Whether paragraphs on these pages begin with an indent."""


@dataclass(slots=True)
class TextLine:
    """One line: text with its spaces, and left and right of each character in `edges`.

    `left` and `right` bound what is not blank; `size` is the height of its tallest character; `spaced` says that the
    file has a blank after it. Of a line in a column of text `order` says where it is read (y), and `margins` bound it.
    """

    page: int
    text: str
    edges: array[float]
    top: float
    bottom: float
    base: float
    left: float
    right: float
    size: float
    spaced: bool = False
    order: float | None = None
    margins: Margins | None = None
