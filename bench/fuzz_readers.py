"""Damaged files for every reader that needs no converter: a document that holds together, or a refusal by name.

Files are damaged as bytes, and inside: the parts of a container, the streams of a PDF are unpacked, damaged and packed
again, since damage outside is mostly told by a check sum.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache, partial
from html import escape
from pathlib import Path

from bench.common import SAMPLES, TXT
from juesuan.check import check_document
from juesuan.document.limits import Limits
from juesuan.document.model import Block, Cell, Document, Paragraph, Table
from juesuan.document.read import open_document, read_data
from juesuan.errors import UnreadableError

LIMITS = Limits(seconds=20, unpacked_bytes=50_000_000, entry_bytes=20_000_000)
PAGE = "page.html"
CHECKED = 6
"""Of so many documents that could be read one is checked too."""
_NUMBERS = (b"0", b"-1", b"1", b"65535", b"2147483648", b"4294967296", b"1e30", b"-0.0001", b"99999999999999999999")
_DIGITS = re.compile(rb"-?\d+(?:\.\d+)?")
_PIECES = re.compile(rb"<[^>]*>|[^<]+")
_STREAM = re.compile(rb"stream\r?\n")


def damaged(rng: random.Random, data: bytes) -> bytes:
    """Bytes with some changed, taken out, doubled, put elsewhere, or the end cut off."""
    held = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        a = rng.randrange(len(held) + 1)
        b = min(len(held), a + rng.choice([1, 1, 4, 30, 400, 5000]))
        match rng.randint(0, 6):
            case 0:
                held[a:b] = rng.randbytes(b - a)
            case 1:
                del held[a:b]
            case 2:
                held[b:b] = held[a:b] * rng.randint(1, 4)
            case 3:
                piece = held[a:b]
                del held[a:b]
                at = rng.randrange(len(held) + 1)
                held[at:at] = piece
            case 4 if rng.random() < 0.2:
                del held[a:]
            case _:
                number = _DIGITS.search(held, a)
                if number:
                    held[number.start() : number.end()] = rng.choice(_NUMBERS)
    return bytes(held)


def shuffled(rng: random.Random, data: bytes) -> bytes:
    """Markup with pieces (tags and the text between them) taken out, doubled and moved."""
    pieces = _PIECES.findall(data)
    for _ in range(rng.randint(1, 12)):
        if not pieces:
            break
        a = rng.randrange(len(pieces))
        b = min(len(pieces), a + rng.choice([1, 1, 2, 10]))
        match rng.randint(0, 2):
            case 0:
                del pieces[a:b]
            case 1:
                pieces[a:a] = pieces[a:b] * rng.randint(1, 30)
            case _:
                moved = pieces[a:b]
                del pieces[a:b]
                at = rng.randrange(len(pieces) + 1)
                pieces[at:at] = moved
    return b"".join(pieces)


@cache
def _bytes(name: str) -> bytes:
    """A sample; the web page is the text sample laid out with its tables."""
    if name != PAGE:
        return (SAMPLES / name).read_bytes()
    blocks = open_document(TXT).blocks
    return "\n".join(["<html><meta charset=utf-8><body>", *map(_markup, blocks)]).encode()


def _markup(block: Block) -> str:
    if isinstance(block, Table):
        rows = ("".join(f"<td colspan={c.colspan}>{escape(c.text)}</td>" for c in row) for row in block.row_cells())
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    return f"<p>{escape(block.text)}</p>" if isinstance(block, Paragraph) else ""


def _container(rng: random.Random, data: bytes) -> bytes:
    """A container with one or two of its parts damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {entry: source.read(entry) for entry in source.namelist()}
    # The large parts are those with the text; the small ones say what they are.
    names = sorted(parts, key=lambda name: -len(parts[name]))
    for _ in range(rng.randint(1, 2)):
        name = rng.choice(names[:4]) if rng.random() < 0.6 else rng.choice(names)
        parts[name] = (shuffled if rng.random() < 0.6 else damaged)(rng, parts[name])
    if rng.random() < 0.1:
        del parts[rng.choice(names)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return packed.getvalue()


def _streams(rng: random.Random, data: bytes) -> bytes:
    """A PDF with the inside of one or two of its streams damaged."""
    for _ in range(rng.randint(1, 2)):
        starts = [match.end() for match in _STREAM.finditer(data)]
        start = rng.choice(starts) if starts else 0
        end = data.find(b"endstream", start)
        try:
            inside = zlib.decompress(data[start:end])
        except zlib.error:
            continue
        data = data[:start] + zlib.compress(damaged(rng, inside)) + b"\n" + data[end:]
    return data


def _holds_together(document: Document) -> None:
    """Raise ValueError where places lie outside the document."""
    for number, block in enumerate(document.blocks):
        if block.id != number:
            message = f"block {block.id} is number {number}"
            raise ValueError(message)
        for piece in _pieces(block if isinstance(block, (Paragraph, Table)) else None):
            if piece.lines and sum(len(line) for line in piece.lines) != len(piece.text):
                message = f"lines of {piece.text!r} place another number of characters"
                raise ValueError(message)
            if isinstance(piece, Cell) and isinstance(block, Table):
                right, bottom = piece.column + piece.colspan, piece.row + piece.rowspan
                inside = 0 <= piece.row < bottom <= block.rows and 0 <= piece.column < right
                if not inside or (block.regular and right > block.columns):
                    message = f"{piece} lies outside {block.rows}×{block.columns}"
                    raise ValueError(message)


def _pieces(block: Paragraph | Table | None) -> Iterator[Paragraph | Cell]:
    if isinstance(block, Paragraph):
        yield block
    elif isinstance(block, Table):
        yield from block.cells


def read(rng: random.Random, *, name: str, inside: Callable[[random.Random, bytes], bytes] | None) -> None:
    """Read a damaged sample: a document that holds together and can be checked, or a refusal that says something."""
    data = _bytes(name)
    data = inside(rng, data) if inside is not None and rng.random() < 0.75 else damaged(rng, data)
    try:
        document = read_data(Path(name), data, LIMITS)
    except UnreadableError as refused:
        if not str(refused):
            message = "refused without a word"
            raise ValueError(message) from refused
        return
    _holds_together(document)
    if rng.randrange(CHECKED) == 0:
        check_document(document)


READERS: dict[str, Callable[[random.Random], None]] = {
    "docx": partial(read, name="putuo-sthjj-2025-final.docx", inside=_container),
    "pdf": partial(read, name="putuo-shgzb-2024-final.pdf", inside=_streams),
    "xlsx": partial(read, name="shanghai-dept-2025-budget-template.xlsx", inside=_container),
    "xls": partial(read, name="shanghai-xx-budget-template.xls", inside=None),
    "html": partial(read, name=PAGE, inside=shuffled),
}
