"""Opening files: what is refused, how it is told, and that nothing hangs."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juesuan import errors
from juesuan.document.limits import Limits
from juesuan.document.model import Paragraph
from juesuan.document.read import open_document, read_text
from juesuan.document.sniff import sniff

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in entries.items():
            container.writestr(name, data)
    return buffer.getvalue()


def compound(names: list[str]) -> bytes:
    """A minimal OLE compound file with empty streams of these names in its root."""
    header = bytearray(512)
    header[:8] = OLE
    header[30:32] = (9).to_bytes(2, "little")
    header[44:48] = (1).to_bytes(4, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[68:72] = b"\xfe\xff\xff\xff"
    header[76:512] = b"\xff" * 436
    header[76:80] = (0).to_bytes(4, "little")
    fat = bytearray(b"\xff" * 512)
    fat[0:4] = b"\xfd\xff\xff\xff"
    fat[4:8] = b"\xfe\xff\xff\xff"
    directory = bytearray()
    for number, name in enumerate(["Root Entry", *names]):
        entry = bytearray(128)
        encoded = name.encode("utf-16-le")
        entry[: len(encoded)] = encoded
        entry[64:66] = (len(encoded) + 2).to_bytes(2, "little")
        following = number + 1 if 0 < number < len(names) else 0xFFFFFFFF
        entry[68:72] = b"\xff" * 4
        entry[72:76] = following.to_bytes(4, "little")
        entry[76:80] = (1 if number == 0 and names else 0xFFFFFFFF).to_bytes(4, "little")
        directory += entry
    return bytes(header + fat + directory.ljust(512, b"\0"))


def test_path_with_blanks_and_chinese(tmp_path: Path) -> None:
    file = tmp_path / "某 单位" / "2023年 决算（公开）.txt"
    file.parent.mkdir()
    file.write_text("收入合计1万元", encoding="utf-8")
    document = open_document(str(file))
    assert document.path == str(file)
    assert document.format == "txt"
    assert len(document.sha256) == 64


def test_pasted_text() -> None:
    document = read_text("2023年度收入合计1万元。")
    assert document.path == "-"
    assert isinstance(document.blocks[0], Paragraph)


@pytest.mark.parametrize("text", ["", " \n\t\r\n　", "\ufeff"])
def test_pasted_nothing(text: str) -> None:
    with pytest.raises(errors.EmptyDocumentError):
        read_text(text)


@pytest.mark.parametrize(
    ("name", "data", "kind", "word"),
    [
        ("空.docx", b"", errors.EmptyDocumentError, "空的"),
        ("空白.txt", b"\r\n  \r\n", errors.EmptyDocumentError, "空的"),
        ("图.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)), errors.NotADocumentError, "JPEG 图片"),
        ("图.docx", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", errors.NotADocumentError, "文字识别"),
        ("程序.txt", b"\x7fELF\x02\x01\x01\x00" * 50, errors.NotADocumentError, "可执行程序"),
        ("程序2.txt", bytes(range(32)) * 50, errors.NotADocumentError, "不是文字"),
        ("断.docx", packed({"word/document.xml": b"<w/>" * 99})[:-40], errors.DamagedDocumentError, "已损坏"),
        ("稿.pptx", packed({"ppt/presentation.xml": b""}), errors.UnsupportedFormatError, "演示文稿"),
        ("版.ofd", packed({"OFD.xml": b""}), errors.UnsupportedFormatError, "另存为 PDF"),
        ("密.xlsx", compound(["EncryptionInfo", "EncryptedPackage"]), errors.EncryptedDocumentError, "密码"),
        ("稿.ppt", compound(["PowerPoint Document"]), errors.UnsupportedFormatError, "演示文稿"),
        ("旧.doc", compound(["Other"]), errors.NotADocumentError, "另存为"),
        ("断.doc", OLE + b"\0" * 40, errors.DamagedDocumentError, "已损坏"),
    ],
)
def test_refusals_name_the_file_and_what_to_do(
    tmp_path: Path, name: str, data: bytes, kind: type[errors.UnreadableError], word: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(kind) as caught:
        open_document(file)
    assert type(caught.value) is kind
    assert name in str(caught.value)
    assert word in str(caught.value)
    assert "，请" in str(caught.value) or "；请" in str(caught.value)


def test_missing_directory_and_odd_paths(tmp_path: Path) -> None:
    with pytest.raises(errors.MissingFileError, match="没有"):
        open_document(tmp_path / "没有.txt")
    with pytest.raises(errors.NotADocumentError, match="文件夹"):
        open_document(tmp_path)
    with pytest.raises(errors.UnreadableError):
        open_document("a\0b.txt")
    with pytest.raises(errors.UnreadableError):
        open_document(tmp_path / ("长" * 3000))
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    with pytest.raises(errors.UnreadableError):
        open_document(loop)


def test_pipes_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(errors.NotADocumentError, match="管道"):
            open_document(path)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "大.txt"
    with file.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(errors.LimitError, match="200 MB"):
        open_document(file)


def test_a_reader_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "juesuan.document.html", None)
    file = tmp_path / "a.txt"
    file.write_bytes("<html><body>收入</body></html>".encode())
    with pytest.raises(errors.UnsupportedFormatError, match="网页"):
        open_document(file)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (packed({"word/document.xml": b""}), "docx"),
        (packed({"xl/workbook.xml": b""}), "xlsx"),
        (packed({"xl/workbook.bin": b""}), "xlsb"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}), "odt"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}), "ods"),
        (b"\n\n%PDF-1.4\n", "pdf"),
        (compound(["WordDocument", "ObjectPool"]), "doc"),
        (compound(["Workbook"]), "xls"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "html"),
        ("<html><table>".encode("utf-16"), "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "mhtml"),
        ("<收入>比上年增加".encode(), "txt"),
        ("MZ 开头的文字".encode(), "txt"),
        ("Subject: 决算".encode(), "txt"),
    ],
)
def test_formats_are_told_by_content(data: bytes, kind: str) -> None:
    assert sniff(Path("a.txt"), data) == kind


def test_the_real_workbooks_are_told_apart() -> None:
    for name, kind in (
        ("shanghai-xx-budget-template.xls", "xls"),
        ("shanghai-dept-2025-budget-template.xlsx", "xlsx"),
    ):
        assert sniff(Path(name), (SAMPLES / name).read_bytes()) == kind


def test_zip_bombs_are_refused() -> None:
    bomb = packed({"word/document.xml": b"\0" * 20_000_000})
    with pytest.raises(errors.LimitError, match="解压后过大"):
        sniff(Path("a.docx"), bomb)
    many = packed({f"{number}": b"" for number in range(30)})
    with pytest.raises(errors.LimitError, match="30 个部件"):
        sniff(Path("a.docx"), many, Limits(zip_entries=20))


HEADS = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        b"%PDF-1.7\n",
        b"<html><table><tr><td>",
        b"\xff\xfe",
        b"\xfe\xff",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n",
        packed({"word/document.xml": b"<a/>"}),
    ]
)
"""What begins a file of each format."""
HANDED_ON = st.sampled_from([OLE, b"{\\rtf1", compound(["Workbook"]), packed({"xl/workbook.xml": b"<a/>"})])
"""The same where another process reads the file, which takes its time to start."""


@given(head=HEADS, body=st.binary(max_size=400))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_end_in_a_document_or_a_named_refusal(tmp_path: Path, head: bytes, body: bytes) -> None:
    ends_well(tmp_path, head, body)


@given(head=HANDED_ON, body=st.binary(max_size=400))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_handed_on_end_in_a_document_or_a_named_refusal(tmp_path: Path, head: bytes, body: bytes) -> None:
    ends_well(tmp_path, head, body)


def ends_well(folder: Path, head: bytes, body: bytes) -> None:
    file = folder / "任意.bin"
    file.write_bytes(head + body)
    try:
        document = open_document(file)
    except errors.JuesuanError as error:
        assert file.name in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert document.blocks or document.problems


@given(st.text(alphabet=st.sampled_from("\t\n\r 甲乙1.%,，。（\ufeff\x07\ud800\0"), max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_ends_in_a_document_or_a_named_refusal(text: str) -> None:
    try:
        document = read_text(text)
    except errors.JuesuanError:
        return
    assert [block.id for block in document.blocks] == list(range(len(document.blocks)))
