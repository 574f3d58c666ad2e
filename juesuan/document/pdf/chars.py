"""pdfium's text page → glyphs, upright and inside the page.

The order of the file is not kept and not needed: lines are rebuilt from baselines. pdfium's own spaces and line ends
(generated, not in the file) are dropped; real ones stay.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from itertools import repeat

from juesuan.document.model import Problem
from juesuan.document.pdf import native
from juesuan.document.pdf.page import Frame, Glyph

__all__ = ["Clips", "read_glyphs", "turn_of"]

_BLANK = frozenset(" \xa0\t")
_HYPHENS = {"\x02": "-", "\xad": "-", "\ufffe": "-"}
_UNMAPPED_SHARE = 0.02
_PRIVATE = range(0xE000, 0xF900)


def _text(textpage: int, count: int) -> list[str]:
    """One string for each of the page's characters (a character beyond the basic plane is one)."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = native.get_text(textpage, 0, count, native.address(buffer))
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    # Characters without a code are left out of pdfium's buffer and would shift all that follow.
    if written == count + 1 and len(text) == count and "\0" not in text:
        return list(text)
    codes = map(native.get_unicode, repeat(textpage), range(count))
    return [chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes]


def _origins(textpage: int, count: int) -> list[float]:
    """x and y of each character's origin, one after the other."""
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
    """How far (in quarters, clockwise) the page must be turned for most of its text to stand upright, and the
    quarter of each character, -1 for a slanting one; None when all stand upright as they are."""
    angles = list(map(native.char_angle, repeat(textpage), range(count)))
    if not any(angles):
        return 0, None
    quarters = []
    for angle in angles:
        quarter = angle / (math.pi / 2)
        nearest = round(quarter)
        quarters.append(nearest % 4 if abs(quarter - nearest) < 0.05 else -1)
    upright = Counter(q for q in quarters if q >= 0)
    return (upright.most_common(1)[0][0] if upright else 0), quarters


def read_glyphs(
    textpage: int, count: int, frame: Frame, quarters: list[int] | None, number: int
) -> tuple[list[Glyph], list[Problem]]:
    """The page's upright characters, and what to say about the others."""
    if count <= 0:
        return [], []
    text = _text(textpage, count)
    origins = _origins(textpage, count)
    boxes = _tight_boxes(textpage, count) if frame.turn else _loose_boxes(textpage, count)
    generated, width, height = native.is_generated, *frame.size
    left_edge, top_edge, plain = frame.left, frame.top, frame.turn == 0
    glyphs: list[Glyph] = []
    slanting = unmapped = 0
    for index, char in enumerate(text):
        if char < " ":
            if char not in _HYPHENS:
                unmapped += char not in "\r\n\t"
                continue
            char = "-"  # noqa: PLW2901 - pdfium's mark for a hyphen at the end of a line
        elif char in _BLANK and generated(textpage, index):
            continue
        if quarters is not None and quarters[index] != frame.turn and char not in _BLANK:
            slanting += 1
            continue
        a, b, c, d = boxes[4 * index : 4 * index + 4]
        if plain:
            left, top, right, bottom = a - left_edge, top_edge - b, c - left_edge, top_edge - d
            base = top_edge - origins[2 * index + 1]
        else:
            left, top, right, bottom = frame.box(a, b, c, d)
            base = frame.point(origins[2 * index], origins[2 * index + 1])[1]
        if not (-1 < (left + right) / 2 < width + 1 and -1 < base < height + bottom - top):
            continue
        if char >= "\ue000" and (ord(char) in _PRIVATE or char in "\ufffd\uffff\ufffe"):
            if char == "\ufffe":
                char = "-"  # noqa: PLW2901
            else:
                unmapped += 1
        glyphs.append(Glyph(char, left, top, right, bottom, base, index))
    return glyphs, _complaints(number, len(glyphs), slanting, unmapped)


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
        region = self._region(glyph.index)
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
