"""Which files of a folder are reports."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from juesuan.errors import UsageError

__all__ = ["Source", "digest_of", "find_files", "stem_of"]

_WORD = ("docx", "docm", "dotx", "doc", "wps", "rtf", "odt", "fodt", "xml")
_SHEETS = ("xlsx", "xls", "xlsb", "et", "ods")
_PAGES = ("pdf", "html", "htm", "mht", "mhtml", "txt", "zip")
SUFFIXES = frozenset(f".{name}" for name in (*_WORD, *_SHEETS, *_PAGES))
"""Files worth trying; what they are is told by their content."""
_PASSED_OVER = re.compile(r"^[.~]|^~\$|\.审核\.json$")
_CHUNK = 1 << 20
_NOISE = re.compile(
    r"20\d\d|年度?|部门|单位|预算|决算|公开|报告|说明|报表|附件|附表|表格|情况|正式|最终|定稿|终稿|修改|版本?|表"
    r"|[\s\d\W_]"
)


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a batch: where it is, and its name in results (from the folder on, with slashes)."""

    path: Path
    name: str


def find_files(folders: Iterable[Path], apart: Path) -> list[Source]:
    """The documents in the folders and those below, by name; nothing in `apart` (the results), nothing hidden.

    Links to folders are not followed, so that no file is met twice. Raises UsageError for a folder that cannot
    be listed.
    """
    folders = list(folders)
    found: dict[Path, Source] = {}
    for folder in folders:
        for path in _walk(folder, apart.resolve()):
            inner = path.relative_to(folder).as_posix()
            name = inner if len(folders) == 1 else f"{folder.name}/{inner}"
            found.setdefault(path.resolve(), Source(path, name))
    return sorted(found.values(), key=lambda source: source.name)


def _walk(folder: Path, apart: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise UsageError(f"文件夹“{error.filename}”打不开（{error.strerror}），请检查路径和读取权限。") from error

    for here, below, names in os.walk(folder, onerror=refuse):
        below[:] = sorted(d for d in below if not _PASSED_OVER.search(d) and (Path(here) / d).resolve() != apart)
        for name in sorted(names):
            path = Path(here) / name
            if path.suffix.lower() in SUFFIXES and not _PASSED_OVER.search(name) and path.is_file():
                yield path


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes; "" when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def stem_of(name: str) -> str:
    """A file's name without what files of one unit do not share: year, kind of material, numbers, marks."""
    stem = Path(name).stem
    return _NOISE.sub("", stem) or stem
