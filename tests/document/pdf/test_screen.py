"""What is told of a PDF from its bytes before pdfium sees it."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.document.pdf import read_pdf, screen
from juesuan.document.pdf.screen import is_ordinary
from juesuan.errors import LimitError
from tests.document.pdf.paper import objects, pdf, stream, table, text

SAMPLES = sorted((Path(__file__).parents[3] / "bench" / "samples").glob("*.pdf"))
WORDS = text(80, 700, "words")
MUCH = b"0 0 m 1 1 l S\n" * 400_000


def with_stream(body: bytes) -> bytes:
    """A file whose page's content is this object."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    tree = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    return objects([b"<</Type/Catalog/Pages 2 0 R>>", tree, page, body])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_samples_are_ordinary(path: Path) -> None:
    assert is_ordinary(path.read_bytes())


def test_what_documents_do_is_ordinary() -> None:
    assert is_ordinary(pdf([WORDS + table((50, 150, 250), 600, [["a", "b"]] * 20)] * 40))
    # A letterhead drawn by every page, that draws a logo.
    logo = stream(b"0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 9 9]")
    head = stream(b"/Logo Do", b"/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</Logo 5 0 R>>>>")
    assert is_ordinary(pdf([b"/Head Do " + WORDS.encode()] * 40) + logo + head)
    # A large photograph, and one that is packed as photographs are.
    noise = b"".join(hashlib.sha256(b"%d" % k).digest() for k in range(200_000))
    photo = stream(noise, b"/Subtype/Image/Width 2000/Height 1000")
    assert is_ordinary(with_stream(photo))
    assert is_ordinary(with_stream(b"<</Subtype/Image/Filter/DCTDecode>>stream\n" + noise + b"\nendstream"))


@pytest.mark.parametrize(
    "body",
    [
        stream(MUCH),
        stream(MUCH, b"/Subtype/Image"),
        stream(MUCH).replace(b"/FlateDecode", b"/Fl#61teDecode"),
        stream(MUCH).replace(b"/Filter/FlateDecode", b"/Filter [ /FlateDecode /FlateDecode ]"),
        stream(MUCH).replace(b"/Filter/FlateDecode", b"/Filter 9 0 R"),
        stream(MUCH).replace(b"/Filter/FlateDecode", b"/Filter/LZWDecode"),
        b"<</Length 5600000>>stream\n" + MUCH + b"\nendstream",
        b"<</Filter/FlateDecode>>stream\n"
        + zlib.compress(MUCH)[:3000]
        + b"endstream"
        + zlib.compress(MUCH)
        + b"\nendstream",
    ],
    ids=["much", "as-image", "escaped", "twice", "elsewhere", "other-code", "plain", "false-end"],
)
def test_what_may_grow_is_not(body: bytes) -> None:
    assert not is_ordinary(with_stream(body))


def test_a_stream_named_very_often_is_not() -> None:
    data = pdf([WORDS])
    assert is_ordinary(data.replace(b"/Contents 6 0 R", b"/Contents[" + b"6 0 R " * 20 + b"]"))
    assert not is_ordinary(data.replace(b"/Contents 6 0 R", b"/Contents[" + b"6 0 R " * 200 + b"]"))
    hidden = stream(b"9 0 [" + b"6 0 R " * 200 + b"]", b"/Type/ObjStm/N 1/First 4")
    assert not is_ordinary(data.replace(b"xref\n", b"8 0 obj\n" + hidden + b"\nendobj\nxref\n", 1))


def test_only_what_is_not_ordinary_is_tried_elsewhere_first(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr("juesuan.document.pdf.reader.probe", lambda name, *_: tried.append(name))
    read_pdf(Path("平.pdf"), pdf([WORDS]), DEFAULT_LIMITS)
    assert tried == []
    read_pdf(Path("密.pdf"), pdf([WORDS], root=b"/Encrypt 99 0 R"), DEFAULT_LIMITS)
    assert tried == ["密.pdf"]


def test_what_cannot_be_read_elsewhere_is_refused_by_name() -> None:
    letters = b"BT /F0 1 Tf 10 800 Td " + (b"(" + b"a" * 48 + b") Tj ") * 60_000 + b"ET"
    with pytest.raises(LimitError, match=r"^大\.pdf 展开后要用 200 MB"):
        screen.probe("大.pdf", pdf([letters]), replace(DEFAULT_LIMITS, probe_bytes=200 * 1024 * 1024))
    with pytest.raises(LimitError, match=r"^慢\.pdf 读了 0\.05 秒"):
        screen.probe("慢.pdf", pdf([WORDS]), replace(DEFAULT_LIMITS, seconds=0.05))
    screen.probe("好.pdf", pdf([WORDS]), DEFAULT_LIMITS)
    screen.probe("坏.pdf", b"%PDF-1.7 nothing", DEFAULT_LIMITS)  # refused by the reader itself, with its own words
