"""Open any document: look at the file, tell its format by content, hand it to that format's reader."""

from __future__ import annotations

import importlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from juesuan.document.limits import DEFAULT_LIMITS, Limits
from juesuan.document.model import Document
from juesuan.document.sniff import sniff
from juesuan.document.txt import text_document
from juesuan.errors import (
    EmptyDocumentError,
    LimitError,
    MissingFileError,
    NotADocumentError,
    UnreadableError,
    UnsupportedFormatError,
)

__all__ = ["ARCHIVE", "bytes_of", "open_document", "read_data", "read_text"]

ARCHIVE = "zip"
"""A zip of documents, as `sniff` names it."""

Reader = Callable[[Path, bytes, Limits], Document]


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where a reader lives; it is imported when the first file of its format comes."""

    module: str
    function: str
    called: str


_OFFICE = _Entry("juesuan.document.office", "read_office", "Word 97-2003、WPS、RTF、ODT")
_WORKBOOK = _Entry("juesuan.document.xlsx", "read_workbook", "Excel")
_READERS = {
    "txt": _Entry("juesuan.document.txt", "read_txt", "纯文本"),
    "docx": _Entry("juesuan.document.docx", "read_docx", "Word（docx）"),
    "pdf": _Entry("juesuan.document.pdf", "read_pdf", "PDF"),
    "xlsx": _WORKBOOK,
    "xlsb": _WORKBOOK,
    "xls": _WORKBOOK,
    "ods": _WORKBOOK,
    "html": _Entry("juesuan.document.html", "read_html", "网页"),
    "mhtml": _Entry("juesuan.document.html", "read_mhtml", "网页归档（MHTML）"),
    "doc": _OFFICE,
    "rtf": _OFFICE,
    "odt": _OFFICE,
    "wordml": _OFFICE,
    "flatopc": _OFFICE,
    "fodf": _OFFICE,
    "spreadsheetml": _OFFICE,
    ARCHIVE: _Entry("juesuan.document.bundle", "read_archive", "ZIP 压缩包"),
}


def open_document(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read one file as a document.

    Raises one of the UnreadableError classes of `juesuan.errors`, each with a message that names
    the file and says what to do next. Devices, pipes and directories are refused without reading.
    """
    file = Path(path)
    return read_data(file, bytes_of(file, limits), limits)


def read_data(file: Path, data: bytes, limits: Limits = DEFAULT_LIMITS, kind: str | None = None) -> Document:
    """Read the bytes of a file as a document; `file` is only named. `kind` is what `sniff` said, if it was asked.

    Raises like `open_document`.
    """
    if not data:
        message = f"文件“{file}”是空的（0 字节），没有可以检查的文字，请确认是否选错了文件。"
        raise EmptyDocumentError(message)
    document = _reader(file, kind or sniff(file, data, limits))(file, data, limits)
    if not document.blocks and not any(problem.lost for problem in document.problems):
        message = f"文件“{file}”里没有文字，没有可以检查的内容，请确认是否选错了文件。"
        raise EmptyDocumentError(message)
    return document


def read_text(text: str, name: str = "-", limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a pasted text as a document (from standard input, say); `name` stands for the file."""
    return text_document(text, name, limits)


def _reader(file: Path, kind: str) -> Reader:
    entry = _READERS[kind]
    try:
        module = importlib.import_module(entry.module)
    except ModuleNotFoundError as error:
        message = (
            f"文件“{file}”是{entry.called}格式，本机缺少读取它的组件（{error.name}），"
            "请安装该组件，或另存为 txt 后重试。"
        )
        raise UnsupportedFormatError(message) from error
    reader: Reader = getattr(module, entry.function)
    return reader


def bytes_of(file: Path, limits: Limits) -> bytes:
    """The file's bytes, if it is a plain file within the limits; never waits on a pipe or a device."""
    try:
        _refuse_special(file, file.stat(), limits)
        # Between looking and opening the file may have become a pipe: opening must not wait for a writer.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(file, flags), "rb") as stream:  # noqa: PTH123 - opened by descriptor, flags needed
            _refuse_special(file, os.fstat(stream.fileno()), limits)
            data = stream.read(limits.file_bytes + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"找不到文件“{file}”，请检查路径和文件名是否写对。"
        raise MissingFileError(message) from error
    except PermissionError as error:
        message = f"文件“{file}”没有读取权限，请关闭正在使用它的程序，或修改权限后重试。"
        raise UnreadableError(message) from error
    except (OSError, ValueError) as error:
        message = f"文件“{file}”打不开（{_reason(error)}），请复制到本机磁盘后重试。"
        raise UnreadableError(message) from error
    if len(data) > limits.file_bytes:
        _refuse_size(file, len(data), limits)
    return data


def _refuse_special(file: Path, status: os.stat_result, limits: Limits) -> None:
    if stat.S_ISDIR(status.st_mode):
        message = f"“{file}”是文件夹，不是文件，请指明其中的文件。"
        raise NotADocumentError(message)
    if not stat.S_ISREG(status.st_mode):
        message = f"“{file}”是设备或管道，不是普通文件，请先把内容存成文件再检查。"
        raise NotADocumentError(message)
    if status.st_size > limits.file_bytes:
        _refuse_size(file, status.st_size, limits)


def _refuse_size(file: Path, size: int, limits: Limits) -> None:
    megabyte = 1024 * 1024
    message = (
        f"文件“{file}”有 {size / megabyte:.0f} MB，超过上限 {limits.file_bytes / megabyte:.0f} MB，"
        "请拆分或压缩其中的图片后重试。"
    )
    raise LimitError(message)


def _reason(error: OSError | ValueError) -> str:
    return error.strerror or "未知原因" if isinstance(error, OSError) else "路径含有不允许的字符"
