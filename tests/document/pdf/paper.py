"""Small PDF files written by hand, for tests: one content stream a page, text in a font every reader has."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

HEAD = b"%PDF-1.7\n"


def text(x: float, y: float, words: str, size: float = 10, *, slant: bool = False) -> str:
    """Words with their baseline at (x, y), points from the lower left corner."""
    matrix = f"0.7071 0.7071 -0.7071 0.7071 {x} {y}" if slant else f"1 0 0 1 {x} {y}"
    return f"BT /F0 {size} Tf {matrix} Tm ({words}) Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return f"0.5 w {x0} {y0} m {x1} {y1} l S\n"


def ruled(xs: Sequence[float], ys: Sequence[float]) -> str:
    """All lines of a table with these column and row edges."""
    across = "".join(line(xs[0], y, xs[-1], y) for y in ys)
    return across + "".join(line(x, ys[0], x, ys[-1]) for x in xs)


def table(xs: Sequence[float], top: float, rows: Sequence[Sequence[str]], height: float = 20) -> str:
    """A ruled table, its upper edge at `top`, one word a cell."""
    ys = [top - k * height for k in range(len(rows) + 1)]
    words = [
        text(xs[c] + 4, ys[r] - height + 6, cell) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell
    ]
    return ruled(xs, ys) + "".join(words)


def objects(bodies: Sequence[bytes]) -> bytes:
    """A file of these objects, numbered from 1, the first one its catalog."""
    done, offsets = HEAD, []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(done))
        done += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table_ = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(bodies) + 1
    return done + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table_,
        size,
        len(done),
    )


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """A packed stream; `extra` goes into its dictionary."""
    packed = zlib.compress(content)
    return b"<<%s/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (extra, len(packed), packed)


def pdf(
    pages: Sequence[str | bytes], *, size: tuple[int, int] = (595, 842), extra: bytes = b"", root: bytes = b""
) -> bytes:
    """A file of these content streams. `extra` goes into every page's dictionary, `root` into the catalog."""
    image = b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        stream(b"\x80", image),
    ]
    for number, content in enumerate(pages):
        bodies += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font<</F0 3 0 R>>/XObject<</I0 4 0 R>>>>"
            b"/Contents %d 0 R%s>>" % (*size, 6 + 2 * number, extra),
            stream(content.encode("latin-1") if isinstance(content, str) else content),
        ]
    return objects(bodies)
