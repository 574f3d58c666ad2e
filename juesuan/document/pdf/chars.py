"""pdfium's text page → glyphs, upright and inside the page.

The order of the file is not kept and not needed: lines are rebuilt from baselines. pdfium's own spaces and line ends
(generated, not in the file) are dropped; real ones stay.
"""

from __future__ import annotations

import ctypes
import math
import re
import sys
from collections import Counter
from itertools import repeat

from juesuan.document.model import Problem
from juesuan.document.pdf import native
from juesuan.document.pdf.page import Frame, Glyph

__all__ = ["Clips", "read_glyphs", "turn_of"]

_BLANK = frozenset(" \xa0\t")
_HYPHENS = frozenset("\x02\xad\ufffe")
_UNMAPPED_SHARE = 0.02
_SAMPLE = 4
_SURROGATES = range(0xD800, 0xE000)
_SLANT = 0.05
_SPECIAL = re.compile("[\x00-\x20\xa0\xad\ue000-\uf8ff\ufffd-\uffff]")


def _text(textpage: int, count: int) -> list[str]:
    """One string for each of the page's characters (a character beyond the basic plane is one)."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = native.get_text(textpage, 0, count, native.address(buffer))
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    # Characters without a code are left out of pdfium's buffer and would shift all that follow.
    if written == count + 1 and len(text) == count and "\0" not in text:
        return list(text)
    codes = map(native.get_unicode, repeat(textpage), range(count))
    return [chr(code) if code <= sys.maxunicode and code not in _SURROGATES else "\ufffd" for code in codes]


def _origins(textpage: int, count: int) -> list[float]:
    """X and y of each character's origin, one after the other."""
    buffer = (ctypes.c_double * (2 * count))()
    start = native.address(buffer)
    xs, ys = range(start, start + 16 * count, 16), range(start + 8, start + 8 + 16 * count, 16)
    for _ in map(native.char_origin, repeat(textpage), range(count), xs, ys):
        pass
    return buffer[:]


def _loose_boxes(textpage: int, count: int) -> list[float]:
    """Left, top, right, bottom of each character, one after the other, in pdfium's space."""
    buffer = (ctypes.c_float * (4 * count))()
    start = native.address(buffer)
    for _ in map(native.loose_box, repeat(textpage), range(count), range(start, start + 16 * count, 16)):
        pass
    return buffer[:]


def _tight_boxes(textpage: int, count: int) -> list[float]:
    """As `_loose_boxes`, of the ink: for turned text, whose loose boxes pdfium does not know."""
    buffer = (ctypes.c_double * (4 * count))()
    start = native.address(buffer)
    left, right, bottom, top = (range(start + 8 * k, start + 8 * k + 32 * count, 32) for k in (0, 2, 3, 1))
    for _ in map(native.tight_box, repeat(textpage), range(count), left, right, bottom, top):
        pass
    return buffer[:]


def turn_of(textpage: int, count: int) -> tuple[int, list[int] | None]:
    """How far (in quarters, clockwise) the page must be turned for most of its text to stand upright.

    With it the quarter of each character, -1 for a slanting one; None when all stand upright as they are.
    """
    # Slanting or turned text comes in runs: every fourth character tells whether there is any.
    if not any(map(native.char_angle, repeat(textpage), range(0, count, _SAMPLE))):
        return 0, None
    angles = list(map(native.char_angle, repeat(textpage), range(count)))
    quarters = []
    for angle in angles:
        quarter = angle / (math.pi / 2)
        nearest = round(quarter)
        # pdfium counts against the clock.
        quarters.append(-nearest % 4 if abs(quarter - nearest) < _SLANT else -1)
    upright = Counter(q for q in quarters if q >= 0)
    return (upright.most_common(1)[0][0] if upright else 0), quarters


def read_glyphs(
    textpage: int, count: int, frame: Frame, quarters: list[int] | None, number: int
) -> tuple[list[Glyph], list[Problem]]:
    """The page's upright characters, and what to say about the others."""
    if count <= 0:
        return [], []
    text = _text(textpage, count)
    lefts, tops, rights, bottoms, bases = _places(textpage, count, frame)
    dropped, unmapped = _unreadable(textpage, text)
    slanting = 0
    if quarters is not None:
        turned = {k for k, quarter in enumerate(quarters) if quarter != frame.turn and text[k] not in _BLANK}
        turned -= dropped
        slanting = len(turned)
        dropped |= turned
    width, height = frame.size
    if min(lefts) < 0 or max(rights) > width or min(bases) < 0 or max(bases) > height:
        middles = enumerate(zip(lefts, rights, bases, strict=True))
        dropped.update(k for k, (a, b, y) in middles if not (0 <= (a + b) / 2 <= width and 0 <= y <= height))
    # The tuple is made directly: this line runs once for every character of the document.
    make = tuple.__new__
    rows = zip(text, lefts, tops, rights, bottoms, bases, range(count), strict=True)
    glyphs = (
        [make(Glyph, row) for row in rows] if not dropped else [make(Glyph, r) for r in rows if r[6] not in dropped]
    )
    return glyphs, _complaints(number, len(glyphs), slanting, unmapped)


def _places(textpage: int, count: int, frame: Frame) -> tuple[list[float], ...]:
    """Left, top, right, bottom and baseline of all characters on the page as shown."""
    origins = _origins(textpage, count)
    if frame.turn:
        boxes = _tight_boxes(textpage, count)
        shown = [frame.box(*boxes[k : k + 4]) for k in range(0, 4 * count, 4)]
        bases = [frame.point(origins[k], origins[k + 1])[1] for k in range(0, 2 * count, 2)]
        lefts, tops, rights, bottoms = map(list, zip(*shown, strict=True))
        return lefts, tops, rights, bottoms, bases
    boxes = _loose_boxes(textpage, count)
    x, y = frame.left, frame.top
    return (
        [v - x for v in boxes[0::4]],
        [y - v for v in boxes[1::4]],
        [v - x for v in boxes[2::4]],
        [y - v for v in boxes[3::4]],
        [y - v for v in origins[1::2]],
    )


def _unreadable(textpage: int, text: list[str]) -> tuple[set[int], int]:
    """The numbers of characters to leave out, and how many characters have no meaning.

    Left out are line ends and blanks of pdfium's own making. Marks for hyphens become hyphens in `text`.
    """
    dropped: set[int] = set()
    unmapped = 0
    for match in _SPECIAL.finditer("".join(text)):
        index, char = match.start(), match[0]
        if char in _HYPHENS:
            text[index] = "-"
        elif char in _BLANK:
            if native.is_generated(textpage, index):
                dropped.add(index)
        elif char < " ":
            dropped.add(index)
            unmapped += char not in "\r\n"
        else:
            unmapped += 1
    return dropped, unmapped


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

    def visible(self, glyph: Glyph) -> bool:
        """Whether the middle of the character lies inside its clip path (or it has none)."""
        region = self._region(glyph.number)
        if region is None:
            return True
        middle = (glyph.left + glyph.right) / 2
        return region[0] <= middle <= region[1]

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
