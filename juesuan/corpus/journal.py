"""The journal of a batch: one JSON line a file, safe on disk before the next is begun.

A run that was killed leaves at most one torn line at the end, which is cut off when the journal is opened again.
The last record of a file is the one that counts. In memory stand only where each record begins.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from juesuan.errors import UsageError

__all__ = ["Journal", "Record"]

Record = dict[str, object]
SCHEMA = "juesuan.batch/1"


class Journal:
    """An open journal; only one process may have it open.

    `stamps`: of each file recorded, the stamp (its content, the program, the settings) it was checked with.
    """

    def __init__(self, path: Path, *, restart: bool = False) -> None:
        """Open or begin the journal. Raises UsageError when it is in use, is no journal, or cannot be written."""
        self.path = path
        self.stamps: dict[str, str] = {}
        self._offsets: dict[str, int] = {}
        try:
            self._stream: IO[bytes] = path.open("r+b" if path.exists() else "w+b")
        except OSError as error:
            raise _denied(path, error) from error
        try:
            _lock(self._stream, path)
            self._load(restart=restart)
        except (OSError, UsageError) as error:
            self._stream.close()
            raise (error if isinstance(error, UsageError) else _denied(path, error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def append(self, line: bytes) -> None:
        """Add a record, given as JSON without line breaks; returns when it is on disk."""
        record = json.loads(line)
        self._stream.seek(0, os.SEEK_END)
        offset = self._stream.tell()
        self._stream.write(line + b"\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._note(record, offset)

    def records(self, names: Iterator[str]) -> Iterator[Record]:
        """The records of these files, in this order, each read when it is asked for."""
        for name in names:
            offset = self._offsets.get(name)
            if offset is not None:
                self._stream.seek(offset)
                record: Record = json.loads(self._stream.readline())
                yield record

    def _load(self, *, restart: bool) -> None:
        if restart:
            self._stream.truncate(0)
        self._stream.seek(0)
        offset = 0
        for line in self._stream:
            if not line.endswith(b"\n"):
                break  # torn: the run ended while it was written
            try:
                record = json.loads(line)
            except ValueError:
                break
            if offset == 0:
                self._begin(record)
            else:
                self._note(record, offset)
            offset += len(line)
        self._stream.seek(offset)
        self._stream.truncate()
        if offset == 0:
            self._stream.write(json.dumps({"schema": SCHEMA}).encode() + b"\n")
            self._stream.flush()
            os.fsync(self._stream.fileno())

    def _begin(self, record: object) -> None:
        if not isinstance(record, Mapping) or record.get("schema") != SCHEMA:
            raise UsageError(f"“{self.path}”不是这个程序的批量审核记录，没有改动它；请给 --results 换一个文件夹。")

    def _note(self, record: Record, offset: int) -> None:
        name = str(record["name"])
        self.stamps[name] = str(record["stamp"])
        self._offsets[name] = offset


def _denied(path: Path, error: OSError) -> UsageError:
    return UsageError(f"批量审核的记录“{path}”不能读写（{error.strerror}），请检查权限。")


def _lock(stream: IO[bytes], path: Path) -> None:
    """Hold the file for this process; the system lets go when the process ends, however it ends."""
    busy = f"另一个 juesuan 正在写“{path}”，请等它结束，或给 --results 换一个文件夹。"
    if os.name == "nt":
        import msvcrt

        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError as error:
            raise UsageError(busy) from error
        return
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UsageError(busy) from error
