"""An update of a PDF written behind its own bytes, which stay as they are.

pypdf reads and writes the objects. Its own incremental writer is not used: it forgets the title and author, and
writes a cross-reference stream behind a file that has tables, which not every reader of PDF takes.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
from collections.abc import Iterator
from typing import Final

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from juesuan.render.pdf.objects import array, dictionary, stream

__all__ = ["Increment"]

_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_OBJECT: Final = re.compile(rb"\s*\d+\s+\d+\s+obj\b")
_TAIL: Final = 2048


class Increment:
    """Objects to be added to a PDF or changed in it."""

    def __init__(self, data: bytes) -> None:
        """Raises what pypdf raises on a file it cannot read; `encrypted` must be looked at before anything is added."""
        self.reader = PdfReader(io.BytesIO(data))
        self.encrypted = self.reader.is_encrypted
        self._data = data
        self._previous = _last_table(data)
        if self._previous is None and not self.encrypted:
            # Readers put up with a wrong pointer to the table of objects; an update has to name the right one.
            self._data = _rewritten(self.reader)
            self.reader = PdfReader(io.BytesIO(self._data))
            self._previous = _last_table(self._data)
        known = [0, *self.reader.xref_objStm, *(number for table in self.reader.xref.values() for number in table)]
        self._next = max(max(known) + 1, int(self.reader.trailer.get("/Size", 0)))
        self._objects: dict[tuple[int, int], PdfObject] = {}

    def add(self, value: PdfObject) -> IndirectObject:
        """A new object; what it is called by."""
        reference = IndirectObject(self._next, 0, self.reader)
        self._next += 1
        self._objects[reference.idnum, 0] = value
        return reference

    def changed(self, reference: IndirectObject) -> DictionaryObject:
        """A dictionary of the file, to be changed in place."""
        key = (reference.idnum, reference.generation)
        if key not in self._objects:
            found = reference.get_object()
            if not isinstance(found, DictionaryObject):
                raise TypeError("no dictionary")
            # Entry by entry as they stand: the values of an ordinary copy would be looked up.
            self._objects[key] = DictionaryObject({name: found.raw_get(name) for name in found})
        value = self._objects[key]
        if not isinstance(value, DictionaryObject):
            raise TypeError("no dictionary")
        return value

    def page(self, number: int) -> IndirectObject:
        """The page number `number` (from 1)."""
        found = self.reader.pages[number - 1].indirect_reference
        if found is None:
            raise ValueError("a page that is no object")
        return found

    def put_first(self, pages: list[DictionaryObject]) -> None:
        """Put new pages before all others."""
        root = self.reader.trailer["/Root"].get_object()
        if not isinstance(root, DictionaryObject):
            raise TypeError("no catalog")
        home = root.raw_get("/Pages")
        if not isinstance(home, IndirectObject):
            raise TypeError("no tree of pages")
        tree = self.changed(home)
        kids = tree["/Kids"].get_object()
        if not isinstance(kids, ArrayObject):
            raise TypeError("no pages")
        added = []
        for page in pages:
            page[NameObject("/Parent")] = home
            added.append(self.add(page))
        tree[NameObject("/Kids")] = ArrayObject([*added, *kids])
        tree[NameObject("/Count")] = NumberObject(len(self.reader.pages) + len(pages))

    def data(self) -> bytes:
        """The file with the update behind it."""
        out = io.BytesIO()
        out.write(self._data)
        if not self._data.endswith((b"\n", b"\r")):
            out.write(b"\n")
        places: dict[tuple[int, int], int] = {}
        for key in sorted(self._objects):
            places[key] = out.tell()
            out.write(b"%d %d obj\n" % key)
            self._objects[key].write_to_stream(out)
            out.write(b"\nendobj\n")
        start = out.tell()
        if self._previous is not None and self._data[self._previous :].lstrip().startswith(b"xref"):
            out.write(_table(places))
            out.write(b"trailer\n")
            self._trailer(self._next).write_to_stream(out)
        else:
            places[self._next, 0] = start
            rows = b"".join(struct.pack(">BQH", 1, at, key[1]) for key, at in sorted(places.items()))
            index = [value for first, keys in _runs(places) for value in (first, len(keys))]
            table = stream(rows, {"/Type": "/XRef", "/W": array((1, 8, 2)), "/Index": array(index)})
            table.update(self._trailer(self._next + 1))
            out.write(b"%d 0 obj\n" % self._next)
            table.flate_encode().write_to_stream(out)
            out.write(b"\nendobj")
        out.write(b"\nstartxref\n%d\n%%%%EOF\n" % start)
        return out.getvalue()

    def _trailer(self, size: int) -> DictionaryObject:
        """What the end of the file says: as before, but for the size and where the table before stands."""
        old = self.reader.trailer
        made = dictionary({"/Size": size})
        if self._previous is not None:
            made[NameObject("/Prev")] = NumberObject(self._previous)
        for name in ("/Root", "/Info"):
            if name in old:
                made[NameObject(name)] = old.raw_get(name)
        first = old["/ID"].get_object() if "/ID" in old else None
        if isinstance(first, ArrayObject) and first:
            digest = hashlib.sha256(self._data + repr(sorted(self._objects)).encode()).digest()[:16]
            made[NameObject("/ID")] = ArrayObject([first[0], ByteStringObject(digest)])
        return made


def _last_table(data: bytes) -> int | None:
    """Where the last cross-reference table or stream begins; None where the file's end does not lead to one."""
    found = list(_START.finditer(data, max(len(data) - _TAIL, 0)))
    if not found:
        return None
    at = int(found[-1][1])
    head = data[at : at + 64]
    return at if head.lstrip().startswith(b"xref") or _OBJECT.match(head) else None


def _rewritten(reader: PdfReader) -> bytes:
    out = io.BytesIO()
    PdfWriter(clone_from=reader).write(out)
    return out.getvalue()


def _runs(places: dict[tuple[int, int], int]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """The keys in runs of numbers that follow each other, with the first number."""
    run: list[tuple[int, int]] = []
    for key in sorted(places):
        if run and key[0] != run[-1][0] + 1:
            yield run[0][0], run
            run = []
        run.append(key)
    if run:
        yield run[0][0], run


def _table(places: dict[tuple[int, int], int]) -> bytes:
    lines = [b"xref\n"]
    for first, keys in _runs(places):
        lines.append(b"%d %d\n" % (first, len(keys)))
        lines += [b"%010d %05d n \n" % (places[key], key[1]) for key in keys]
    return b"".join(lines)
