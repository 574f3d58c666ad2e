"""Which format a file is in, told by its content and never by its name."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path

from juesuan.document.limits import DEFAULT_LIMITS, Limits
from juesuan.document.ole import OLE_MAGIC, ole_streams
from juesuan.errors import (
    DamagedDocumentError,
    EncryptedDocumentError,
    LimitError,
    NotADocumentError,
    UnsupportedFormatError,
)

__all__ = ["ZIP_ERRORS", "check_zip", "sniff"]

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)
"""What the standard library raises on containers that break the rules."""

_HEAD = 4096
_PDF_HEAD = 1024

_FOREIGN: tuple[tuple[bytes, int, str], ...] = (
    (b"\xff\xd8\xff", 0, "JPEG 图片"),
    (b"\x89PNG\r\n\x1a\n", 0, "PNG 图片"),
    (b"GIF8", 0, "GIF 图片"),
    (b"II*\0", 0, "TIFF 图片"),
    (b"MM\0*", 0, "TIFF 图片"),
    (b"WEBP", 8, "WebP 图片"),
    (b"ftyp", 4, "视频或手机照片"),
    (b"Rar!\x1a\x07", 0, "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", 0, "7z 压缩包"),
    (b"\x1f\x8b\x08", 0, "gzip 压缩包"),
    (b"\x7fELF", 0, "可执行程序"),
    (b"MZ", 0, "可执行程序"),
    (b"SQLite format 3\0", 0, "数据库"),
)
_ADVICE = {
    "图片": "请改用文字版原件，或先做文字识别",
    "照片": "请改用文字版原件，或先做文字识别",
    "压缩包": "请先解压，再检查里面的文件",
}
_ONE_DOCUMENT = frozenset(
    {".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xlsb", ".odt", ".ods", ".doc", ".xls", ".wps", ".et", ".pdf"}
)
"""Names that promise one document: a plain archive under one of them is that document lost, not a bundle."""
_ODF = {"text": "odt", "spreadsheet": "ods"}
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6])[\s>]", re.IGNORECASE)
_MIME_HEADER = re.compile(rb"^(?:mime-version|content-type|from|subject|date|x-[\w-]+):", re.IGNORECASE)
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_XML_FORMATS = (
    (b"http://schemas.microsoft.com/office/word/2003/wordml", "wordml"),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", "flatopc"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "spreadsheetml"),
    (b"urn:oasis:names:tc:opendocument:xmlns:office", "fodf"),
)


def sniff(path: Path, data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    """Name the format of a file's bytes: docx, xlsx, pdf, doc, xls, html, txt and so on; "zip" for a plain archive.

    Raises NotADocumentError for what is no document (pictures, archives, programs),
    UnsupportedFormatError for documents of a kind nobody here reads, EncryptedDocumentError,
    DamagedDocumentError for a broken container, LimitError for a container that unpacks to too much.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(path, data, limits)
    if data.startswith(OLE_MAGIC):
        return _sniff_ole(path, data)
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "pdf"
    for magic, offset, kind in _FOREIGN:
        if data[offset : offset + len(magic)] == magic and _is_binary(data):
            advice = next((text for word, text in _ADVICE.items() if word in kind), "请确认是否选错了文件")
            message = f"文件“{path}”其实是{kind}，不是可以检查的文档，{advice}。"
            raise NotADocumentError(message)
    return _sniff_text(data)


def _is_binary(data: bytes) -> bool:
    """Magic letters such as MZ may also begin a text; a binary file has bytes no text has."""
    return any(byte < 9 or 13 < byte < 32 for byte in data[:_HEAD])


def _sniff_text(data: bytes) -> str:
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    head = head.replace(b"\0", b"").lstrip()
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"<"):
        for mark, name in _XML_FORMATS:
            if mark in head:
                return name
        return "html" if _HTML.search(head) else "txt"
    if _MIME_HEADER.match(head) and _MULTIPART.search(head):
        return "mhtml"
    return "txt"


def _sniff_zip(path: Path, data: bytes, limits: Limits) -> str:
    names, mimetype = check_zip(path, data, limits)
    lower = {name.replace("\\", "/").lower() for name in names}
    for part, found in (
        ("word/document.xml", "docx"),
        ("xl/workbook.xml", "xlsx"),
        ("xl/workbook.bin", "xlsb"),
    ):
        if part in lower:
            return found
    if "content.xml" in lower:
        kind = mimetype.rpartition(".")[2].removesuffix("-template")
        if kind in _ODF:
            return _ODF[kind]
        message = f"文件“{path}”是 OpenDocument 文档，但不是文字或表格，请另存为 docx 或 xlsx 后重试。"
        raise UnsupportedFormatError(message)
    if any(name.startswith("ppt/") for name in lower):
        message = f"文件“{path}”是演示文稿，不能作为决算公开文本检查，请提供 Word、PDF 或 Excel 原件。"
        raise UnsupportedFormatError(message)
    if "ofd.xml" in lower:
        message = f"文件“{path}”是 OFD 版式文件，暂不能直接读取，请用 OFD 阅读器另存为 PDF 后重试。"
        raise UnsupportedFormatError(message)
    if "[content_types].xml" in lower:
        # Some writers name the main part otherwise; the reader finds it by the relationships.
        return "xlsx" if any(name.startswith("xl/") for name in lower) else "docx"
    if path.suffix.lower() in _ONE_DOCUMENT:
        message = f"文件“{path}”名为 {path.suffix}，里面却没有正文，只是一个普通压缩包；请先解压，检查其中的文件。"
        raise NotADocumentError(message)
    return "zip"


def check_zip(path: Path, data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[tuple[str, ...], str]:
    """The entries' names of a zip container and the text of its `mimetype` entry, after its sizes were checked.

    The sizes are those the directory declares; a reader that unpacks must not read beyond them.
    Raises DamagedDocumentError, EncryptedDocumentError, LimitError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            entries = container.infolist()
            _check_entries(path, entries, limits)
            mimetype = ""
            if "mimetype" in container.NameToInfo and container.getinfo("mimetype").file_size <= _HEAD:
                mimetype = container.read("mimetype").decode("latin-1").strip()
    except ZIP_ERRORS as error:
        message = f"文件“{path}”已损坏（压缩容器不完整），请重新下载，或用原软件打开后另存一份。"
        raise DamagedDocumentError(message) from error
    return tuple(entry.filename for entry in entries), mimetype


def _check_entries(path: Path, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.zip_entries:
        message = f"文件“{path}”内含 {len(entries)} 个部件，超过上限 {limits.zip_entries}，请用原软件另存一份。"
        raise LimitError(message)
    if any(entry.flag_bits & 0x1 for entry in entries):
        message = f"文件“{path}”设有密码，无法读取，请取消密码后另存一份再检查。"
        raise EncryptedDocumentError(message)
    total = 0
    for entry in entries:
        total += entry.file_size
        bomb = entry.file_size > limits.ratio_floor_bytes and (
            entry.file_size > limits.compression_ratio * max(entry.compress_size, 1)
        )
        if bomb or entry.file_size > limits.entry_bytes or total > limits.unpacked_bytes:
            message = f"文件“{path}”解压后过大，可能是恶意构造的文件，已停止读取；请用原软件另存一份后重试。"
            raise LimitError(message)


def _sniff_ole(path: Path, data: bytes) -> str:
    streams = {name.lower() for name in ole_streams(path, data)}
    if "encryptedpackage" in streams:
        message = f"文件“{path}”设有打开密码，无法读取，请取消密码后另存一份再检查。"
        raise EncryptedDocumentError(message)
    if "worddocument" in streams:
        return "doc"
    if streams & {"workbook", "book"}:
        return "xls"
    if "powerpoint document" in streams:
        message = f"文件“{path}”是演示文稿，不能作为决算公开文本检查，请提供 Word、PDF 或 Excel 原件。"
        raise UnsupportedFormatError(message)
    message = f"文件“{path}”是旧式 Office 容器，但里面没有文字文档或表格，请用原软件另存为 docx 或 xlsx 后重试。"
    raise NotADocumentError(message)
