"""pdfium's text page → runs of characters, upright and inside the page.

The order of the file is not kept and not needed: lines are rebuilt from baselines. pdfium's own spaces and line ends
(generated, not in the file) are dropped; real ones stay. Characters that follow each other without a gap are handled
together from here on: a page has far fewer runs than characters.
"""

from __future__ import annotations

import ctypes
import math
import re
import sys
from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import compress, count, islice, pairwise
from operator import ne, sub
from typing import Final

from juesuan.document.model import Problem
from juesuan.document.pdf import native
from juesuan.document.pdf.lines import is_wide
from juesuan.document.pdf.page import Frame, Run

__all__ = ["Clips", "read_runs", "turn_of"]

CLOSE: Final = 0.1
"""Characters of a run are nearer to each other than this share of their height."""
OVERLAP: Final = 0.01
"""Or they overlap by less than this share: more may be the same character drawn twice."""

ASCENT: Final = 0.86
"""The share of a font's height above the baseline, as in most Chinese fonts."""
BEARING: Final = 0.15
"""The white beside a digit or letter, as a share of its height, at most."""

_BLANK = frozenset(" \xa0\t")
_HYPHENS = frozenset("\x02\xad\ufffe")
_TO_HYPHEN = str.maketrans(dict.fromkeys(_HYPHENS, "-"))
_UNMAPPED_SHARE = 0.02
_SAMPLE = 4
_SURROGATES = range(0xD800, 0xE000)
_SLANT = 0.05
_SPECIAL = re.compile("[\x00-\x20\xa0\xad\ue000-\uf8ff\ufffd-\uffff]")


def _text(textpage: int, size: int) -> str:
    """The page's `size` characters (a character beyond the basic plane is one)."""
    buffer = (ctypes.c_ushort * (size + 1))()
    written = native.get_text(textpage, 0, size, native.address(buffer))
    text = bytes(buffer)[: 2 * size].decode("utf-16-le", "replace")
    # Characters without a code are left out of pdfium's buffer and would shift all that follow.
    if written == size + 1 and len(text) == size and "\0" not in text:
        return text
    codes = native.unicodes(textpage, size)
    return "".join(chr(code) if code <= sys.maxunicode and code not in _SURROGATES else "\ufffd" for code in codes)


def turn_of(textpage: int, size: int) -> tuple[int, list[int] | None]:
    """How far (in quarters, clockwise) the page must be turned for most of its text to stand upright.

    With it the quarter of each character, -1 for a slanting one; None when all stand upright as they are.
    """
    # Slanting or turned text comes in runs: every fourth character tells whether there is any.
    if not any(native.angles(textpage, size, _SAMPLE)):
        return 0, None
    quarters = []
    for angle in native.angles(textpage, size):
        quarter = angle / (math.pi / 2)
        nearest = round(quarter)
        # pdfium counts against the clock.
        quarters.append(-nearest % 4 if abs(quarter - nearest) < _SLANT else -1)
    # Blanks and line ends of pdfium's own making always stand upright, and in turned text they are many.
    solid = (char > " " for char in _text(textpage, size))
    upright = Counter(q for q, is_solid in zip(quarters, solid, strict=True) if q >= 0 and is_solid)
    return (upright.most_common(1)[0][0] if upright else 0), quarters


def read_runs(
    textpage: int, size: int, frame: Frame, quarters: list[int] | None, number: int
) -> tuple[list[Run], list[Problem]]:
    """The page's upright characters, in the file's order, and what to say about the others."""
    if size <= 0:
        return [], []
    text, dropped, unmapped = _readable(textpage, _text(textpage, size))
    slanting = 0
    if quarters is not None:
        turned = {k for k, quarter in enumerate(quarters) if quarter != frame.turn and text[k] not in _BLANK}
        turned -= dropped
        slanting = len(turned)
        dropped |= turned
    runs = _inside(_runs(text, dropped, _places(textpage, text, frame)), frame)
    return runs, _complaints(number, sum(len(run.text) for run in runs), slanting, unmapped)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the characters of a page stand, as shown.

    `edges` holds left and right of each. Characters of the same value in `levels` have the same top and bottom.
    `level` gives top, bottom and baseline of one.
    """

    edges: array[float]
    levels: array[int]
    level: Callable[[int], tuple[float, float, float]]


def _places(textpage: int, text: str, frame: Frame) -> _Places:
    if frame.turn:
        return _turned(textpage, text, frame)
    boxes = native.loose_boxes(textpage, len(text))
    origin = native.origins(textpage)
    top = frame.top

    def level(k: int) -> tuple[float, float, float]:
        return top - boxes[4 * k + 1], top - boxes[4 * k + 3], top - origin(k)[1]

    edges = boxes[0::2]
    if frame.left:
        edges = array("f", [v - frame.left for v in edges])
    return _Places(edges, _pairs(boxes[1::2]), level)


def _turned(textpage: int, text: str, frame: Frame) -> _Places:
    """As pdfium would give loose boxes, which it does for text that runs to the right only.

    A character reaches from its origin to the next one's, but not far beyond its ink; the line is as high as the font.
    """
    size = len(text)
    origins, ink = native.all_origins(textpage, size), native.tight_boxes(textpage, size)
    heights = native.heights(textpage, size)
    places = [frame.point(origins[k], origins[k + 1]) for k in range(0, 2 * size, 2)]
    edges, levels = array("f"), array("f")
    for k, (char, (x, base), height) in enumerate(zip(text, places, heights, strict=True)):
        left, top, right, bottom = frame.box(*ink[4 * k : 4 * k + 4])
        if height > 0:
            left, top, bottom = x, base - ASCENT * height, base + (1 - ASCENT) * height
            right = x + height if is_wide(char) else max(right, x) + BEARING * height
            following, level = places[k + 1] if k + 1 < size else (x, base)
            if abs(level - base) < 0.5 and x < following:
                right = min(right, following)
        edges.extend((left, right))
        levels.extend((top, bottom))
    return _Places(edges, _pairs(levels), lambda k: (levels[2 * k], levels[2 * k + 1], places[k][1]))


def _pairs(values: array[float]) -> array[int]:
    """Each two values as one number: equal where both are."""
    pairs = array("Q")
    pairs.frombytes(values.tobytes())
    return pairs


def _runs(text: str, dropped: set[int], places: _Places) -> list[Run]:
    """The characters that are not dropped, cut where they leave a gap, overlap, or change their height."""
    edges, levels = places.edges, places.levels
    gaps = list(map(sub, edges[2::2], edges[1:-1:2]))
    cuts = {0, len(text), *compress(count(1), map(ne, levels, islice(levels, 1, None)))}
    cuts.update(dropped, [k + 1 for k in dropped])
    runs: list[Run] = []
    make = tuple.__new__
    for start, end in pairwise(sorted(cuts)):
        if start in dropped:
            continue
        top, bottom, base = places.level(start)
        apart, over = CLOSE * (bottom - top), -OVERLAP * (bottom - top)
        inner = gaps[start : end - 1]
        pieces = [(start, end)]
        if inner and (max(inner) >= apart or min(inner) <= over):
            breaks = [start, *(k for k, gap in enumerate(inner, start + 1) if not over < gap < apart), end]
            pieces = list(pairwise(breaks))
        for first, last in pieces:
            held = edges[2 * first : 2 * last]
            # Made directly: this line runs once for every run of the document.
            runs.append(make(Run, (text[first:last], held, held[0], top, held[-1], bottom, base, first)))
    return runs


def _inside(runs: list[Run], frame: Frame) -> list[Run]:
    """The characters whose middle lies on the page."""
    width, height = frame.size
    if all(run.left >= 0 and run.right <= width and 0 <= run.base <= height for run in runs):
        return runs
    found: list[Run] = []
    for run in runs:
        if 0 <= run.base <= height:
            found += run.parts(0 <= middle <= width for middle in run.middles())
    return found


def _readable(textpage: int, text: str) -> tuple[str, set[int], int]:
    """The text, the numbers of characters to leave out, and how many characters have no meaning.

    Left out are line ends and blanks of pdfium's own making. Marks for hyphens become hyphens.
    """
    dropped: set[int] = set()
    blanks: list[int] = []
    unmapped = 0
    hyphens = False
    for match in _SPECIAL.finditer(text):
        index, char = match.start(), match[0]
        if char in _HYPHENS:
            hyphens = True
        elif char in _BLANK:
            blanks.append(index)
        elif char < " ":
            dropped.add(index)
            unmapped += char not in "\r\n"
        else:
            unmapped += 1
    dropped.update(native.generated(textpage, blanks))
    return (text.translate(_TO_HYPHEN) if hyphens else text), dropped, unmapped


def _complaints(number: int, good: int, slanting: int, unmapped: int) -> list[Problem]:
    said: list[Problem] = []
    if slanting:
        said.append(
            Problem(f"第{number}页有{slanting}个斜排或倒置的字符没有读入（多为水印），请对照原件。", page=number)
        )
    if unmapped > _UNMAPPED_SHARE * (good + unmapped):
        said.append(
            Problem(
                f"第{number}页有{unmapped}个字符在文件里没有文字编码，读出的文字不可靠，请用原始文档重新导出 PDF。",
                page=number,
                lost=True,
            )
        )
    return said


class Clips:
    """The visible region of characters, asked only for those few that stand over the edge of a cell."""

    def __init__(self, textpage: int, frame: Frame) -> None:
        self._textpage = textpage
        self._frame = frame

    def visible(self, run: Run) -> list[bool]:
        """For each character whether its middle lies inside its clip path (or it has none)."""
        regions = map(self._region, count(run.number))
        return [
            region is None or region[0] <= middle <= region[1]
            for region, middle in zip(regions, run.middles(), strict=False)
        ]

    def _region(self, index: int) -> tuple[float, float] | None:
        owner = native.text_object(self._textpage, index)
        clip = native.clip_path(owner) if owner else None
        paths = native.clip_count_paths(clip) if clip else -1
        left, right = -math.inf, math.inf
        point = (ctypes.c_float * 2)()
        for path in range(max(paths, 0)):
            xs: list[float] = []
            for segment in range(native.clip_count_segments(clip, path)):
                handle = native.clip_segment(clip, path, segment)
                if handle and native.segment_point(handle, native.address(point), native.address(point, 1)):
                    xs.append(self._frame.point(point[0], point[1])[0])
            if xs:
                left, right = max(left, min(xs)), min(right, max(xs))
        return None if left == -math.inf else (left, right)
