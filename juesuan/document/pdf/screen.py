"""Whether a PDF may make pdfium work far beyond what a document needs.

pdfium reads a page in one call that nobody can end, and ends the process when memory runs out. A few thousand bytes can
ask for that: a stream that unpacks a thousandfold, a stream named a thousand times as a page's content, forms that
draw forms that draw forms. An ordinary file does none of it, which is told from its bytes in a millisecond or two;
any other is first read in a process of its own, with limits on time and memory (`probe`).
"""

from __future__ import annotations

import os
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from juesuan.document.child import run_child
from juesuan.document.limits import Limits
from juesuan.errors import LimitError

__all__ = ["is_ordinary", "probe"]

MOST_UNPACKED: Final = 4_000_000
"""Bytes of one stream, and of all forms a page draws; the content of a full page has some ten thousand."""
MOST_NAMED: Final = 50
"""How often one stream is named; a content stream or a font is named once."""
_SMALL: Final = MOST_UNPACKED // 1040
"""Packed bytes that cannot unpack to more than that."""
_PIECE: Final = 1 << 14
_OPERATORS: Final = 50
"""So many drawing operators at its beginning show that what calls itself an image is content."""

_STREAM: Final = re.compile(rb"\bstream\r?\n?")
_NAMED: Final = re.compile(rb"\b(\d{1,9})\s+\d{1,5}\s+R\b")
_NUMBER: Final = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+obj\b")
_FILTER: Final = re.compile(rb"/(?:Filter|F)\s*(?:\[\s*((?:/\w+\s*)*)\]|(/\w+)|\d)")
_IMAGE_CODES: Final = frozenset({b"/DCTDecode", b"/JPXDecode", b"/CCITTFaxDecode", b"/JBIG2Decode"})
_DRAW: Final = re.compile(rb"\bDo\b")
_OPERATOR: Final = re.compile(rb"\b(?:Tj|TJ|Tf|BT|Do|re|cm|[mlcf])\s")
_CHILD: Final = Path(__file__).with_name("probe_child.py")


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream with the dictionary before it (`head`) and what lies between it and the stream before it (`gap`).

    The last one has a gap only: the end of the file.
    """

    gap: bytes
    head: bytes = b""
    packed: bytes | memoryview = b""


def _streams(data: bytes) -> Iterator[_Stream]:
    view = memoryview(data)
    at = 0
    while match := _STREAM.search(data, at):
        start = match.end()
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        gap = data[at : match.start()]
        head = gap[max(gap.rfind(b" obj") - 20, 0) :]
        yield _Stream(gap, head, view[start:end])
        at = end + len(b"endstream")
    yield _Stream(data[at:])


def _filters(head: bytes) -> list[bytes] | None:
    """The codes a stream is packed with; None where they cannot be told."""
    if b"#" in head:
        return None  # names written in hexadecimal
    found = _FILTER.search(head)
    if found is None:
        return []
    if found[1] is None and found[2] is None:
        return None
    return (found[1] or found[2] or b"").split()


def _unpacked(packed: bytes | memoryview) -> bytes | None:
    """What a packed stream holds; None when it is too much, or no whole stream."""
    unpacker = zlib.decompressobj()
    pieces: list[bytes] = []
    size = 0
    try:
        for at in range(0, len(packed), _PIECE):
            rest = bytes(packed[at : at + _PIECE])
            while rest:
                piece = unpacker.decompress(rest, MOST_UNPACKED)
                pieces.append(piece)
                size += len(piece)
                if size > MOST_UNPACKED:
                    return None
                if unpacker.eof:
                    return b"".join(pieces)
                rest = unpacker.unconsumed_tail
    except zlib.error:
        return None
    return None


def _content(stream: _Stream, *, small: bool) -> bytes | None:
    """A stream's content, empty where it is of no consequence; None where it is too much or cannot be told.

    `small` ones are left packed unless they are wanted.
    """
    filters = _filters(stream.head)
    if filters is None or b"/Crypt" in filters:
        return None
    if filters and filters[-1] in _IMAGE_CODES and len(filters) == 1:
        return b""  # never unpacked as content
    if not filters:
        return bytes(stream.packed) if len(stream.packed) <= MOST_UNPACKED else None
    if filters != [b"/FlateDecode"]:
        return None
    if len(stream.packed) < _SMALL and not small and b"/ObjStm" not in stream.head:
        return b""
    if b"/Image" in stream.head:
        return _as_image(stream.packed)
    return _unpacked(stream.packed)


def _as_image(packed: bytes | memoryview) -> bytes | None:
    """Nothing for what begins like an image; else as any stream."""
    try:
        begin = zlib.decompressobj().decompress(bytes(packed[:_PIECE]), _PIECE)
    except zlib.error:
        return b""
    operators = sum(1 for _ in _OPERATOR.finditer(begin))
    return b"" if operators < _OPERATORS else _unpacked(packed)


def is_ordinary(data: bytes) -> bool:
    """Whether nothing in the file lets a page grow far beyond the file's own size."""
    if b"/Encrypt" in data:
        return False
    has_forms = b"/Form" in data
    named: Counter[bytes] = Counter()
    streams: set[bytes] = set()
    largest = drawn = 0
    grown = 1
    for stream in _streams(data):
        content = _content(stream, small=has_forms)
        # A second end where no stream began: the first one stood within the data.
        if content is None or b"endstream" in stream.gap:
            return False
        named.update(_NAMED.findall(stream.gap))
        number = _NUMBER.search(stream.head)
        if b"/ObjStm" in stream.head:
            named.update(_NAMED.findall(content))
        elif b"/Form" in stream.head:
            largest = max(largest, len(content))
            # Each form is drawn at most once within itself: what it draws multiplies at most so often.
            grown *= max(len(_DRAW.findall(content)), 1)
        else:
            drawn += len(_DRAW.findall(content)) if has_forms else 0
            if number is not None and b"/Image" not in stream.head:
                streams.add(number[1])
        if drawn * grown * largest > MOST_UNPACKED:
            return False
    return all(named[number] <= MOST_NAMED for number in streams)


def probe(name: str, data: bytes, limits: Limits) -> None:
    """Read the file in a process of its own and forget the result. Raises LimitError when that did not end well."""
    ended = run_child(
        [sys.executable, "-P", str(_CHILD), str(limits.probe_bytes), f"{limits.seconds:g}"],
        seconds=limits.seconds,
        data=data,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
    )
    if ended.status is None:
        raise LimitError(f"{name} 读了 {limits.seconds:g} 秒还没有读完，已停止。请拆分或重新导出后再审核。")
    if ended.status != 0:
        megabytes = limits.probe_bytes // (1024 * 1024)
        raise LimitError(f"{name} 展开后要用 {megabytes} MB 以上的内存（或使程序崩溃），没有读取。请重新导出后再审核。")
