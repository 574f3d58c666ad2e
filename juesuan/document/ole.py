"""OLE compound files (doc, xls, wps, et): the names in the root, and the bytes of one stream."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from juesuan.errors import DamagedDocumentError

__all__ = ["OLE_MAGIC", "ole_stream", "ole_streams"]

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_MINI_SECTOR = 64
_MINI_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


def ole_streams(path: Path, data: bytes) -> tuple[str, ...]:
    """The names of the streams directly in the root of an OLE compound file.

    Only the root counts: a Word file may hold a workbook deeper down. Raises DamagedDocumentError.
    """
    return tuple(entry.name for entry in _open(path, data)[1])


def ole_stream(path: Path, data: bytes, names: tuple[str, ...]) -> bytes:
    """The bytes of the first root stream with one of these names (in lower case); empty if there is none."""
    container, entries = _open(path, data)
    for name in names:
        for entry in entries:
            if entry.name.lower() == name:
                try:
                    return container.stream(entry)
                except (struct.error, IndexError) as error:
                    raise _damaged(path) from error
    return b""


def _open(path: Path, data: bytes) -> tuple[_Container, tuple[_Entry, ...]]:
    try:
        container = _Container(data)
        return container, container.root_children()
    except (struct.error, IndexError, ValueError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> DamagedDocumentError:
    return DamagedDocumentError(f"文件“{path}”已损坏（文档容器不完整），请重新下载，或用原软件打开后另存一份。")


class _Container:
    """The sectors of a compound file; every chain is followed at most as far as the file is long."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = 1 << struct.unpack_from("<H", data, 30)[0]
        if self.size not in (512, 4096):
            message = "sector size"
            raise ValueError(message)
        self.table = self._table(struct.unpack_from("<I", data, 44)[0])
        directory = self._chain(struct.unpack_from("<I", data, 48)[0])
        self.entries = [self._entry(directory, at) for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]

    def _sector(self, number: int) -> bytes:
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def _table(self, count: int) -> list[int]:
        """The sectors of the allocation table: 109 in the header, the rest chained behind it."""
        sectors = list(struct.unpack_from("<109I", self.data, 76))
        following = struct.unpack_from("<I", self.data, 68)[0]
        entries = self.size // 4
        while following < _LAST_SECTOR and len(sectors) < min(count, len(self.data) // self.size + 1):
            part = struct.unpack(f"<{entries}I", self._sector(following))
            sectors.extend(part[:-1])
            following = part[-1]
        return sectors

    def _following(self, sector: int) -> int:
        holder = self.table[sector * 4 // self.size]
        number: int = struct.unpack_from("<I", self.data, (holder + 1) * self.size + (sector * 4) % self.size)[0]
        return number

    def _chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        while sector < _LAST_SECTOR and len(parts) <= len(self.data) // self.size:
            parts.append(self._sector(sector))
            sector = self._following(sector)
        return b"".join(parts)

    @staticmethod
    def _entry(directory: bytes, at: int) -> _Entry:
        length, left, right, child = struct.unpack_from("<H2xIII", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
        return _Entry(name, left, right, child, start, size)

    def root_children(self) -> tuple[_Entry, ...]:
        """The entries of the tree directly under the root."""
        pending, seen = [self.entries[0].child], set[int]()
        found: list[_Entry] = []
        while pending:
            number = pending.pop()
            if number >= len(self.entries) or number in seen:
                continue
            seen.add(number)
            entry = self.entries[number]
            found.append(entry)
            pending += [entry.left, entry.right]
        return tuple(found)

    def stream(self, entry: _Entry) -> bytes:
        """The bytes of a stream; small ones stand in the root's own stream."""
        if entry.size >= _MINI_LIMIT:
            return self._chain(entry.start)[: entry.size]
        small = self._chain(self.entries[0].start)
        links = self._chain(struct.unpack_from("<I", self.data, 60)[0])
        parts: list[bytes] = []
        sector = entry.start
        while sector < _LAST_SECTOR and len(parts) <= _MINI_LIMIT // _MINI_SECTOR:
            parts.append(small[sector * _MINI_SECTOR : (sector + 1) * _MINI_SECTOR])
            sector = struct.unpack_from("<I", links, sector * 4)[0]
        return b"".join(parts)[: entry.size]
