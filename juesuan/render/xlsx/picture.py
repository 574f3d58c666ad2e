"""A picture of the place: a strip of the PDF's page with the wrong words boxed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pypdfium2

from juesuan.place import Box

__all__ = ["Picture", "Pictures"]

_SCALE = 2.5
_REACH_X, _REACH_Y = 115, 8
_WIDEST, _HIGHEST = 330, 120
_RED = b"\xd0\x10\x10"
_PEN = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its size in points on the page."""

    png: bytes
    width: float
    height: float


class Pictures:
    """The pages of one PDF, opened once. Where it cannot be opened any more there are no pictures."""

    def __init__(self, path: Path | None) -> None:
        self._pdf: pypdfium2.PdfDocument | None = None
        if path is not None:
            try:
                self._pdf = pypdfium2.PdfDocument(path)
            except (pypdfium2.PdfiumError, OSError):
                self._pdf = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pdf is not None:
            self._pdf.close()

    def strip(self, page: int | None, boxes: Sequence[Box]) -> Picture | None:
        """The part of the page (from 1) around the boxes, with a red frame around each."""
        if self._pdf is None or page is None or not boxes or not 0 < page <= len(self._pdf):
            return None
        sheet = self._pdf[page - 1]
        try:
            width, height = sheet.get_size()
            left, top, right, bottom = _around(boxes, width, height)
            crop = (left, height - bottom, width - right, top)
            bitmap = sheet.render(scale=_SCALE, crop=crop, rev_byteorder=True)
            raw, channels = bytearray(bitmap.buffer), bitmap.n_channels
            size = (bitmap.width, bitmap.height, bitmap.stride)
            bitmap.close()
        finally:
            sheet.close()
        image = _Image(raw, *size, channels)
        for box in boxes:
            image.frame(*((edge - start) * _SCALE for edge, start in zip(box, (left, top, left, top), strict=True)))
        return Picture(image.png(), right - left, bottom - top)


def _around(boxes: Sequence[Box], width: float, height: float) -> Box:
    """The boxes with some of their surroundings, no larger than can be read in a cell."""
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    left, top = max(left - _REACH_X, 0), max(top - _REACH_Y, 0)
    right, bottom = min(right + _REACH_X, width), min(bottom + _REACH_Y, height)
    return left, top, min(right, max(left + _WIDEST, boxes[0][2] + 6)), min(bottom, top + _HIGHEST)


@dataclass(slots=True)
class _Image:
    """Pixels as PDFium gives them: rows of `stride` bytes, `channels` a pixel, red first."""

    raw: bytearray
    width: int
    height: int
    stride: int
    channels: int

    def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        """A red frame just outside these edges."""
        x1, x2 = max(int(left) - _PEN - 2, 0), min(int(right) + _PEN + 2, self.width)
        y1, y2 = max(int(top) - _PEN - 1, 0), min(int(bottom) + _PEN + 1, self.height)
        for y in range(y1, y2):
            edge = y < y1 + _PEN or y >= y2 - _PEN
            spans = ((x1, x2),) if edge else ((x1, min(x1 + _PEN, x2)), (max(x2 - _PEN, x1), x2))
            for start, end in spans:
                self._paint(y, start, end)

    def _paint(self, y: int, start: int, end: int) -> None:
        pixel = _RED + b"\xff" * (self.channels - 3)
        at = y * self.stride + start * self.channels
        self.raw[at : at + max(end - start, 0) * self.channels] = pixel * max(end - start, 0)

    def png(self) -> bytes:
        """The pixels as PNG."""
        kind = {1: 0, 3: 2, 4: 6}[self.channels]
        length = self.width * self.channels
        rows = b"".join(b"\0" + self.raw[y * self.stride : y * self.stride + length] for y in range(self.height))
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, kind, 0, 0, 0)
        chunks = (b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
