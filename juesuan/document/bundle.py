"""A disclosure in several files: an archive or a folder of one unit, or files named together, as one document."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from juesuan.document.combine import combine
from juesuan.document.limits import DEFAULT_LIMITS, Limits
from juesuan.document.model import Document, Problem
from juesuan.document.read import ARCHIVE, bytes_of, read_data
from juesuan.document.sniff import ZIP_ERRORS, check_zip, sniff
from juesuan.errors import EmptyDocumentError, LimitError, NotADocumentError, UnreadableError

__all__ = ["open_together", "read_archive"]

_JUNK_FOLDERS: Final = frozenset({"__MACOSX", "$RECYCLE.BIN", "System Volume Information"})
_JUNK_FILES: Final = frozenset({"thumbs.db", "desktop.ini", "juesuan.toml"})
_JUNK_STARTS: Final = (".", "~$")
_WORKBOOKS: Final = frozenset({"xlsx", "xlsb", "xls", "ods", "spreadsheetml", "fodf"})
_NAMED: Final = 5
_UTF8_NAME: Final = 0x800
_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file: its name as shown, its name within the folder or archive ("" when named by the user), its bytes.

    `load` raises UnreadableError.
    """

    shown: str
    inner: str
    load: Callable[[], bytes]


def read_archive(path: Path, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The documents in a zip archive as one document; nothing is unpacked to disk.

    What is no document in it is named in `Document.problems`. An archive in the archive is refused. Raises
    NotADocumentError when there is no document, LimitError, DamagedDocumentError, EncryptedDocumentError.
    """
    check_zip(path, data, limits)
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        named = [(_name(info), info) for info in container.infolist()]
        entries = [
            _Entry(f"{path}/{name}", name, _unpacker(container, info, f"{path}/{name}"))
            for name, info in named
            if name and not name.endswith("/")
        ]
        whole = _together(_sorted(entries), str(path), limits)
    return replace(whole, format=ARCHIVE, sha256=hashlib.sha256(data).hexdigest())


def open_together(paths: Sequence[str | Path], name: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The files at `paths` as one document called `name`; a folder stands for the files in it and below.

    Text comes before workbooks, else as given; the files of a folder by name. Raises UnreadableError when none
    of the files can be read.
    """
    entries: list[_Entry] = []
    for given in map(Path, paths):
        entries += _sorted(_folder(given, limits)) if given.is_dir() else [_file(given, "", limits)]
    return _together(entries, name, limits)


def _file(path: Path, inner: str, limits: Limits) -> _Entry:
    return _Entry(str(path), inner, lambda: bytes_of(path, limits))


def _folder(folder: Path, limits: Limits) -> Iterator[_Entry]:
    try:
        found = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    except OSError as error:
        raise UnreadableError(f"文件夹“{folder}”打不开（{error.strerror}），请检查权限后重试。") from error
    return (_file(path, path.relative_to(folder).as_posix(), limits) for path in found)


def _sorted(entries: Iterable[_Entry]) -> list[_Entry]:
    """By name, 2 before 10."""

    def order(entry: _Entry) -> list[tuple[int, str]]:
        return [(int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(entry.inner)]

    return sorted(entries, key=order)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of an entry. Archives made on a Chinese system often do not say that theirs are UTF-8 or GB 18030."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.partition("\0")[0].replace("\\", "/").lstrip("/")


def _unpacker(container: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> Callable[[], bytes]:
    def load() -> bytes:
        try:
            return container.read(info)
        except (*ZIP_ERRORS, RuntimeError) as error:
            raise UnreadableError(f"压缩包里的文件“{shown}”已损坏，请重新打包后再查。") from error

    return load


def _is_junk(entry: _Entry) -> bool:
    parts = PurePosixPath(entry.inner).parts
    return bool(parts) and (
        bool(_JUNK_FOLDERS.intersection(parts))
        or parts[-1].lower() in _JUNK_FILES
        or any(part.startswith(_JUNK_STARTS) for part in parts)
    )


def _together(entries: Sequence[_Entry], name: str, limits: Limits) -> Document:
    """One document of all entries, each once."""
    junk = [entry.inner for entry in entries if _is_junk(entry)]
    wanted = [entry for entry in entries if not _is_junk(entry)]
    if len(wanted) > limits.bundle_files:
        message = f"“{name}”里有 {len(wanted)} 个文件，超过一次合并审核的上限 {limits.bundle_files} 个，请分成几批。"
        raise LimitError(message)
    documents, refusals = _read_all(wanted, limits)
    if not documents:
        raise _nothing(name, refusals)
    problems = [Problem(str(error), lost=True) for error in refusals]
    if junk:
        named = "、".join(junk[:_NAMED]) + ("等" if len(junk) > _NAMED else "")
        problems.append(Problem(f"没有读“{name}”里的 {len(junk)} 个附带文件，它们不是公开材料：{named}。"))
    kept, copies = _without_copies(documents)
    problems += [Problem(f"“{copy.path}”与“{first.path}”内容完全相同，只读了一份。") for copy, first in copies]
    whole = combine(sorted(kept, key=lambda document: document.format in _WORKBOOKS), name)
    return replace(whole, problems=(*problems, *whole.problems))


def _read_all(entries: Sequence[_Entry], limits: Limits) -> tuple[list[Document], list[UnreadableError]]:
    """The documents, and why the others are none. Raises LimitError when they are too much together."""
    documents: list[Document] = []
    refusals: list[UnreadableError] = []
    blocks = 0
    for entry in entries:
        try:
            documents.append(_read(entry, limits))
        except UnreadableError as error:
            refusals.append(error)
            continue
        blocks += len(documents[-1].blocks)
        if blocks > limits.blocks:
            raise LimitError(f"读到“{entry.shown}”为止，这些文件合起来超过 {limits.blocks} 段，请分成几批再查。")
    return documents, refusals


def _read(entry: _Entry, limits: Limits) -> Document:
    path, data = Path(entry.shown), entry.load()
    if not data:
        raise EmptyDocumentError(f"文件“{path}”是空的（0 字节），没有可以检查的文字，请确认是否放错了文件。")
    kind = sniff(path, data, limits)
    if kind == ARCHIVE:
        raise NotADocumentError(f"文件“{path}”也是压缩包，压缩包里的压缩包不读，请解压后一起检查。")
    return replace(read_data(path, data, limits, kind), path=entry.shown)


def _nothing(name: str, refusals: Sequence[UnreadableError]) -> UnreadableError:
    if len(refusals) == 1:
        return refusals[0]
    if refusals:
        return UnreadableError(f"“{name}”里的 {len(refusals)} 个文件都没有读成，第一个的原因：{refusals[0]}")
    return NotADocumentError(f"“{name}”里没有可以检查的文档，请确认是否选错了。")


def _without_copies(documents: Sequence[Document]) -> tuple[list[Document], list[tuple[Document, Document]]]:
    """The documents each once, and the copies with what they are copies of."""
    kept: dict[str, Document] = {}
    copies: list[tuple[Document, Document]] = []
    for document in documents:
        first = kept.setdefault(document.sha256, document)
        if first is not document:
            copies.append((document, first))
    return list(kept.values()), copies
