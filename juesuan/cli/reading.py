"""From the paths of a command line to documents, within limits; each file ends in a document or a named refusal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from juesuan.cli import output
from juesuan.cli.watch import within
from juesuan.document.bundle import open_together
from juesuan.document.limits import DEFAULT_LIMITS, Limits
from juesuan.document.model import Document
from juesuan.document.read import open_document
from juesuan.document.txt import read_txt
from juesuan.errors import LimitError, UsageError

STANDARD_INPUT = "标准输入"
Result = TypeVar("Result")

_OPTIONS = {
    "max_bytes": "file_bytes",
    "max_unpacked": "unpacked_bytes",
    "max_characters": "text_characters",
    "max_pages": "pages",
    "max_cells": "table_cells",
    "max_seconds": "seconds",
}


def only_folders(paths: Sequence[str]) -> bool:
    """Whether every path is a folder; one among files is refused by name, and the files are checked."""
    return all(path != "-" and Path(path).is_dir() for path in paths)


def grouped(paths: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The files of one disclosure under the one name it has in results. Raises UsageError for standard input."""
    files = tuple(dict.fromkeys(paths))
    if "-" in files:
        raise UsageError("“-”（标准输入）不能与 --together 或 --years 同时使用，请把文字存成文件。")
    return {" + ".join(files): files}


def names_of(paths: Sequence[str]) -> list[str]:
    """The inputs in order, each once; "-" under the name it has in results."""
    return list(dict.fromkeys(STANDARD_INPUT if path == "-" else path for path in paths))


def files_of(names: Sequence[str]) -> list[Path]:
    """Those of the inputs that are files."""
    return [Path(name) for name in names if name != STANDARD_INPUT]


def limits_of(arguments: argparse.Namespace) -> Limits:
    """The limits asked for, the usual ones where nothing was asked."""
    asked = {field: getattr(arguments, option) for option, field in _OPTIONS.items()}
    return replace(DEFAULT_LIMITS, **{field: value for field, value in asked.items() if value is not None})


def read(name: str, limits: Limits, files: Sequence[str] = ()) -> Document:
    """Read one input, or the `files` it is made of as one document. Raises UnreadableError."""
    if files:
        return open_together(files, name, limits)
    return _read_input(limits) if name == STANDARD_INPUT else open_document(name, limits)


def attempt(name: str, limits: Limits, work: Callable[[], Result]) -> Result:
    """The result of `work` on one file; LimitError when it needs more time, memory or depth than there is."""
    try:
        return within(limits.seconds, name, work)
    except (MemoryError, RecursionError) as error:
        message = f"文件“{name}”太大或嵌套太深，本机内存不够，没有查完；请拆分后再查。"
        raise LimitError(message) from error


def _read_input(limits: Limits) -> Document:
    if sys.stdin is None:
        data = b""
    else:
        if sys.stdin.isatty():
            output.tell("请粘贴要审核的文字，另起一行后按 Ctrl-D 结束（Windows 按 Ctrl-Z 再回车）。")
        data = sys.stdin.buffer.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        message = f"{STANDARD_INPUT}的文字超过上限 {limits.file_bytes} 字节，请存成文件、拆分后再查。"
        raise LimitError(message)
    return read_txt(Path(STANDARD_INPUT), data, limits)
