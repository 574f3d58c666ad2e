"""Page objects → ruling lines, and how much of the page is covered by images.

A rule is a stroked line, the edge of a stroked box, or a filled box too thin to be anything else. White ones rule
nothing. Objects inside form XObjects count, with the form's matrix.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from juesuan.document.pdf import native
from juesuan.document.pdf.page import Frame, Rule

__all__ = ["Drawn", "read_rules"]

THIN: Final = 3.0
"""Points: a filled box not thicker than this is a line."""
SHORT: Final = 3.0
"""Points: shorter strokes rule nothing."""
MOST_PATHS: Final = 60_000
"""Path objects looked at on one page; a ruled page of a report has some hundreds."""
MOST_SEGMENTS: Final = 200_000

_WHITE = 254
_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Final[_Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """What the objects of a page come to. `images` in square points; `cut` when there were too many paths."""

    horizontals: list[Rule] = field(default_factory=list)
    verticals: list[Rule] = field(default_factory=list)
    images: float = 0.0
    cut: bool = False
    paths: int = 0
    segments: int = 0


def _compose(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


class _Reader:
    def __init__(self, frame: Frame, depth: int) -> None:
        self.frame = frame
        self.depth = depth
        self.drawn = Drawn()
        self._box = (ctypes.c_float * 4)()
        self._bounds = tuple(native.address(self._box, k) for k in range(4))
        self._color = (ctypes.c_uint * 4)()
        self._channels = tuple(native.address(self._color, k) for k in range(4))
        self._mode = (ctypes.c_int * 2)()
        self._modes = tuple(native.address(self._mode, k) for k in range(2))
        self._six = (ctypes.c_float * 6)()

    def collect(self, objects: list[int], matrix: _Matrix, level: int) -> None:
        kinds = map(native.object_type, objects)
        for handle, kind in [item for item in zip(objects, kinds, strict=True) if item[1] != native.TEXT]:
            if kind == native.PATH:
                self._path(handle, matrix)
            elif kind == native.FORM:
                if level >= self.depth:
                    self.drawn.cut = True
                    continue
                self.collect(native.form_objects(handle), _compose(self._matrix(handle), matrix), level + 1)
            elif kind == native.IMAGE:
                left, top, right, bottom = self._shown(handle, matrix)
                width, height = self.frame.size
                across, down = min(right, width) - max(left, 0), min(bottom, height) - max(top, 0)
                self.drawn.images += max(across, 0) * max(down, 0)

    def _matrix(self, handle: int) -> _Matrix:
        if not native.object_matrix(handle, native.address(self._six)):
            return _IDENTITY
        a, b, c, d, e, f = self._six
        return a, b, c, d, e, f

    def _shown(self, handle: int, matrix: _Matrix) -> tuple[float, float, float, float]:
        """The object's bounds on the page as shown."""
        if not native.object_bounds(handle, *self._bounds):
            return 0.0, 0.0, 0.0, 0.0
        x0, y0, x1, y1 = self._box
        if matrix is not _IDENTITY:
            a, b, c, d, e, f = matrix
            xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
            ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
            x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        return self.frame.box(x0, y0, x1, y1)

    def _visible(self, ask: Callable[..., Any], handle: int) -> bool:
        if not ask(handle, *self._channels):
            return True
        red, green, blue, alpha = self._color
        return bool(alpha) and min(red, green, blue) < _WHITE

    def _path(self, handle: int, matrix: _Matrix) -> None:
        drawn = self.drawn
        drawn.paths += 1
        if drawn.paths > MOST_PATHS or drawn.segments > MOST_SEGMENTS:
            drawn.cut = True
            return
        native.draw_mode(handle, *self._modes)
        fill, stroke = self._mode
        stroke = stroke and self._visible(native.stroke_color, handle)
        fill = fill and (stroke or self._visible(native.fill_color, handle))
        if not fill and not stroke:
            return
        left, top, right, bottom = self._shown(handle, matrix)
        if self._thin(left, top, right, bottom):
            return
        self._segments(handle, _compose(self._matrix(handle), matrix), stroked=bool(stroke))

    def _thin(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Take a thin shape as one line; True when that settles it."""
        width, height = right - left, bottom - top
        if height <= THIN and width > SHORT:
            self.drawn.horizontals.append(Rule((top + bottom) / 2, left, right))
        elif width <= THIN and height > SHORT:
            self.drawn.verticals.append(Rule((left + right) / 2, top, bottom))
        return width <= THIN or height <= THIN

    def _segments(self, handle: int, matrix: _Matrix, *, stroked: bool) -> None:
        for points in self._outlines(handle, matrix):
            if not stroked:
                xs, ys = [p[0] for p in points], [p[1] for p in points]
                self._thin(min(xs), min(ys), max(xs), max(ys))
                continue
            for (xa, ya), (xb, yb) in pairwise(points):
                if abs(xa - xb) < 1 or abs(ya - yb) < 1:
                    self._thin(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))

    def _outlines(self, handle: int, matrix: _Matrix) -> list[list[tuple[float, float]]]:
        """The path's pieces as points on the page as shown.

        A closed piece ends where it began; a curve breaks a piece.
        """
        a, b, c, d, e, f = matrix
        pieces: list[list[tuple[float, float]]] = []
        point = (ctypes.c_float * 2)()
        px, py = native.address(point), native.address(point, 1)
        count = native.count_segments(handle)
        self.drawn.segments += max(count, 0)
        self.drawn.cut = self.drawn.cut or count > MOST_SEGMENTS
        for number in range(min(count, MOST_SEGMENTS)):
            segment = native.get_segment(handle, number)
            kind = native.segment_type(segment)
            native.segment_point(segment, px, py)
            x, y = point
            here = self.frame.point(a * x + c * y + e, b * x + d * y + f)
            if kind != native.LINE_TO or not pieces:
                pieces.append([here])
            else:
                pieces[-1].append(here)
            if kind == native.LINE_TO and native.segment_close(segment):
                pieces[-1].append(pieces[-1][0])
        return [piece for piece in pieces if len(piece) > 1]


def read_rules(page: int, frame: Frame, depth: int) -> Drawn:
    """All rules and images of a page, in the page as shown. Forms are followed `depth` deep."""
    reader = _Reader(frame, depth)
    reader.collect(native.page_objects(page), _IDENTITY, 0)
    return reader.drawn
