"""Files that break rules or ask for too much: a result within the limits, or a refusal that names the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.document.model import Document
from juesuan.document.pdf import read_pdf
from juesuan.errors import (
    DamagedDocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitError,
    UnreadableError,
)
from tests.document.pdf.paper import pdf, text

PATH = Path("样本.pdf")


def read(data: bytes) -> Document:
    return read_pdf(PATH, data, DEFAULT_LIMITS)


def refused(data: bytes, kind: type[UnreadableError]) -> str:
    with pytest.raises(kind) as caught:
        read(data)
    assert str(caught.value).startswith("样本.pdf")
    return str(caught.value)


def test_password() -> None:
    locked = b"9 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -4/O<%s>/U<%s>>>endobj\n" % (b"11" * 32, b"22" * 32)
    data = pdf([text(80, 700, "words")]).replace(b"xref\n", locked + b"xref\n", 1)
    data = data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 9 0 R/ID[<00><00>]")
    assert "密码" in refused(data[: data.rindex(b"startxref")], EncryptedDocumentError)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing else", b"PK\x03\x04", pdf([text(80, 700, "x")])[:200]])
def test_damaged(data: bytes) -> None:
    refused(data, DamagedDocumentError)


def test_empty() -> None:
    refused(pdf([""]), EmptyDocumentError)


def test_too_many_pages() -> None:
    message = refused(pdf([text(80, 700, "x")] * 2100), LimitError)
    assert "2100 页" in message


def test_limits_of_text_cells_time_and_size() -> None:
    data = pdf([text(80, 700, "twelve chars")] * 3)
    for limits in (
        replace(DEFAULT_LIMITS, text_characters=20),
        replace(DEFAULT_LIMITS, seconds=0.0),
        replace(DEFAULT_LIMITS, file_bytes=100),
        replace(DEFAULT_LIMITS, blocks=2),
    ):
        with pytest.raises(LimitError, match=r"^样本\.pdf"):
            read_pdf(PATH, data, limits)


def test_far_too_many_characters_on_a_page() -> None:
    document = read(pdf([b"BT /F0 10 Tf 50 700 Td " + b"(abcdefgh)Tj " * 30_000 + b"ET", text(80, 700, "words")]))
    assert [p.page for p in document.problems] == [1]
    assert len(document.blocks) == 1


def test_script_and_attachment_are_left_alone_and_said() -> None:
    root = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Names<</EmbeddedFiles<</Names[(a.txt)<<"
    root += b"/Type/Filespec/F(a.txt)/EF<</F 4 0 R>>>>]>>>>"
    document = read(pdf([text(80, 700, "words")], root=root))
    assert len(document.blocks) == 1
    assert "1 个附件" in document.problems[0].message


def test_cyclic_cross_reference() -> None:
    data = pdf([text(80, 700, "words")])
    at = int(data[data.rindex(b"startxref") :].split()[1].removesuffix(b"%%EOF"))
    assert len(read(data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % at)).blocks) == 1


def test_cyclic_page_tree() -> None:
    tree = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 3/Kids[2 0 R 2 0 R]>>"
    document = read(tree + b"endobj\ntrailer<</Root 1 0 R>>\n")
    assert all(problem.lost for problem in document.problems)
    assert document.problems


def test_form_that_draws_itself() -> None:
    content = b"/I0 Do BT /F0 10 Tf 80 700 Td (words) Tj ET"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</I0 4 0 R>>/Font<</F0 3 0 R>>>>"
    form += b"/Length %d>>stream\n%s\nendstream" % (len(content), content)
    data = pdf([b"/I0 Do"])
    start, end = data.index(b"4 0 obj\n") + 8, data.index(b"\nendobj", data.index(b"4 0 obj"))
    data = data[:start] + form + data[end:]
    assert len(read(data[: data.rindex(b"startxref")]).blocks) == 1
