"""A docx being written again: every part as it was, but for the few that are changed or added."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from juesuan.document.docx.budget import Budget
from juesuan.document.docx.names import CT, REL
from juesuan.document.docx.package import Package, parse_xml
from juesuan.document.limits import Limits
from juesuan.errors import DamagedDocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["Parts"]

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT_OFFICE: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""Added entries carry no time: the same input gives the same bytes."""
_UNPACKING: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


class Parts:
    """The parts of one docx, parsed when they are asked for, and written with what was changed in them."""

    def __init__(self, path: Path, data: bytes, limits: Limits) -> None:
        """Open the container; raises what `read_docx` raises."""
        self._budget = Budget(path.name, limits)
        self._package = Package(data, self._budget)
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._trees: dict[str, Element] = {}
        self._added: dict[str, str] = {}
        self.main = self._package.main
        self.w = "{" + (etree.QName(self.tree(self.main)).namespace or "") + "}"
        """The namespace of Word, as this file writes it (strict or transitional)."""

    def tree(self, part: str) -> Element:
        """The root of a part, to be changed in place; child positions are those of the reader."""
        key = part.lower()
        if key not in self._trees:
            self._trees[key] = parse_xml(self._package.read(part), self._budget, part, as_written=True)
        return self._trees[key]

    def related(self, kind: str) -> str | None:
        """The part the main one names with a relationship of this kind; None where there is none."""
        return next(iter(self._package.related(self.main, kind)), None)

    def add(self, stem: str, kind: str, content_type: str, root: Element) -> None:
        """A new part beside the main one, named after `stem`, with its relationship and content type."""
        folder, file = posixpath.split(self.main)
        tries = (posixpath.join(folder, f"{stem}{number or ''}.xml") for number in count())
        name = next(part for part in tries if not self._package.has(part))
        self._register(name, root)
        rels = posixpath.join(folder, "_rels", file + ".rels")
        if self._package.has(rels):
            links = self.tree(rels)
        else:
            links = etree.fromstring(f'<Relationships xmlns="{REL.strip("{}")}"/>'.encode())
            self._register(rels, links)
        taken = {link.get("Id") for link in links}
        key = next(key for key in (f"rIdJuesuan{number}" for number in count(1)) if key not in taken)
        office = _STRICT_OFFICE if self.w.startswith("{http://purl") else _OFFICE
        etree.SubElement(links, REL + "Relationship", Id=key, Type=office + kind, Target=posixpath.basename(name))
        types = self.tree(_CONTENT_TYPES)
        etree.SubElement(types, CT + "Override", PartName="/" + name, ContentType=content_type)

    def _register(self, name: str, root: Element) -> None:
        self._added[name.lower()] = name
        self._trees[name.lower()] = root

    def data(self) -> bytes:
        """The bytes of the copy. Raises DamagedDocumentError when a part to be copied does not unpack."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
            for info in self._zip.infolist():
                entry = zipfile.ZipInfo(info.filename, info.date_time)
                entry.external_attr = info.external_attr
                stored = info.is_dir() or info.compress_type == zipfile.ZIP_STORED
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                copy.writestr(entry, self._content(info))
            for key, name in self._added.items():
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                copy.writestr(entry, _written(self._trees[key]))
        return stream.getvalue()

    def _content(self, info: zipfile.ZipInfo) -> bytes:
        root = self._trees.get(info.filename.replace("\\", "/").lstrip("/").lower())
        if root is not None:
            return _written(root)
        try:
            return self._zip.read(info)
        except _UNPACKING as error:
            raise DamagedDocumentError(
                f"{self._budget.name} 中的 {info.filename} 已损坏，不能写出带批注的副本。"
                "请用 Word 或 WPS 打开并另存为 docx 后再试。"
            ) from error


def _written(root: Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
