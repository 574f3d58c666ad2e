"""The zip container of a docx: parts, relationships, and XML parsed so that a stranger's file can do no harm."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from lxml import etree

from juesuan.document.docx.names import CT, REL, W
from juesuan.errors import DamagedDocumentError, EmptyDocumentError, EncryptedDocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from juesuan.document.docx.budget import Budget

__all__ = ["Package", "Relationship", "parse_xml"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CENTRAL_ENTRY: Final = b"PK\x01\x02"
_MAIN_TYPE: Final = re.compile(
    r"application/vnd\.(openxmlformats-officedocument\.wordprocessingml|ms-word)\.(document|template)[.a-zA-Z]*main\+xml"
)
_FOREIGN: Final = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"<!DOCTYPE html", "网页"),
    (b"<html", "网页"),
    (b"<?xml", "XML"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"Rar!", "压缩包"),
)
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMESPACE: Final = re.compile(rb"(xmlns(?::[\w.-]+)?\s*=\s*[\"'])http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_RENAMED: Final = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_DECLARATION: Final = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
_TAGS_PER_BLOCK: Final = 10
_RESOURCE_LIMIT: Final = 114
"""libxml2: the document is too deep, or one text or attribute too long, without the huge_tree option."""
_ENCRYPTED_FLAG: Final = 0x1
_BROKEN_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""All that the zip module lets out on damaged input (its errors are not of one family)."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another: `kind` is the last step of its type, `target` a part name or an address."""

    kind: str
    target: str
    external: bool


def parse_xml(data: bytes, budget: Budget, part: str, *, as_written: bool = False) -> Element:
    """Parse one part: no DTD, no entity, no network; strict namespaces appear as transitional ones.

    `as_written` leaves strict namespaces as they are, for a part that is written again.
    Comments and processing instructions are left out, so child positions count elements alone.
    Raises DamagedDocumentError on bad XML or a DTD, LimitError on depth or size.
    """
    data = _as_utf8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise DamagedDocumentError(
            f"{budget.name} 中的 {part} 含有 DTD 或实体声明，没有读取。请用 Word 或 WPS 另存为 docx 后再试。"
        )
    if data.count(b"<") > _TAGS_PER_BLOCK * budget.limits.blocks:
        raise budget.refuse("文件内容过多")
    if _STRICT in data and not as_written:
        data = _STRICT_NAMESPACE.sub(_transitional, data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == _RESOURCE_LIMIT:
            raise budget.refuse("内容嵌套过深或单个元素过大") from error
        raise _damaged(budget.name, f"其中的 {part} 不是完整的 XML") from error
    except (ValueError, LookupError) as error:
        raise _damaged(budget.name, f"其中的 {part} 不是完整的 XML") from error
    return root


def _transitional(match: re.Match[bytes]) -> bytes:
    lead, family, name = match.groups()
    return lead + b"http://schemas.openxmlformats.org/" + family + b"/2006/" + _RENAMED.get(name, name)


def _as_utf8(data: bytes) -> bytes:
    if data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return data
    text = data.decode("utf-16", errors="replace")
    return _DECLARATION.sub("", text).encode("utf-8", errors="replace")


def _damaged(name: str, why: str) -> DamagedDocumentError:
    return DamagedDocumentError(
        f"{name} 已损坏，无法作为 Word 文件读取：{why}。请用 Word 或 WPS 打开并另存为 docx 后再试。"
    )


class Package:
    """The parts of one docx. Part names are matched without regard to case, as Word does."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        """Open the container; raises a refusal by name when it is none, is locked, or is beyond a limit."""
        self.budget = budget
        self.name = budget.name
        _check_front(data, budget)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN_ZIP as error:
            raise _damaged(self.name, "压缩包不完整") from error
        self._entries = self._checked_entries()
        self._rels: dict[str, dict[str, Relationship]] = {}
        self._types = self._content_types()
        self.main = self._find_main()

    def _checked_entries(self) -> dict[str, zipfile.ZipInfo]:
        limits = self.budget.limits
        infos = self._zip.infolist()
        if len(infos) > limits.zip_entries:
            raise self.budget.refuse(f"压缩包内文件超过 {limits.zip_entries} 个")
        total = 0
        for info in infos:
            total += info.file_size
            if info.file_size > limits.entry_bytes or total > limits.unpacked_bytes:
                raise self.budget.refuse("解压后过大")
            if info.file_size > limits.ratio_floor_bytes and info.file_size > limits.compression_ratio * max(
                info.compress_size, 1
            ):
                raise self.budget.refuse(f"压缩比超过 {limits.compression_ratio}")
        return {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}

    def has(self, part: str) -> bool:
        return part.lower() in self._entries

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises DamagedDocumentError when it is absent or does not unpack."""
        info = self._entries.get(part.lower())
        if info is None:
            raise _damaged(self.name, f"缺少 {part}")
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise EncryptedDocumentError(f"{self.name} 设有密码，无法读取。请取消密码后再试。")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(self.budget.limits.entry_bytes + 1)
        except _BROKEN_ZIP as error:
            raise _damaged(self.name, f"其中的 {part} 解压出错") from error
        if len(data) > self.budget.limits.entry_bytes:
            raise self.budget.refuse("解压后过大")
        self.budget.unpacked(len(data))
        self.budget.clock()
        return data

    def xml(self, part: str) -> Element:
        """The parsed root of a part; raises DamagedDocumentError or LimitError."""
        return parse_xml(self.read(part), self.budget, part)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The relationships of a part ("" for the package itself) by id; empty where it has none."""
        key = part.lower()
        if key not in self._rels:
            folder, file = posixpath.split(part)
            self._rels[key] = self._read_relationships(posixpath.join(folder, "_rels", file + ".rels"), folder)
        return self._rels[key]

    def _read_relationships(self, rels: str, folder: str) -> dict[str, Relationship]:
        found: dict[str, Relationship] = {}
        if not self.has(rels):
            return found
        for item in self.xml(rels).iter(REL + "Relationship"):
            external = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            if not external:
                path = posixpath.join(folder, unquote(target.replace("\\", "/")).split("#")[0])
                target = posixpath.normpath(path).lstrip("/") if path else ""
            kind = item.get("Type", "").rstrip("/").rpartition("/")[2]
            found.setdefault(item.get("Id", ""), Relationship(kind, target, external))
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The existing parts that `part` names with relationships of one kind."""
        found = self.relationships(part).values()
        return [r.target for r in found if r.kind == kind and not r.external and self.has(r.target)]

    def _content_types(self) -> dict[str, str]:
        if not self.has("[Content_Types].xml"):
            return {}
        overrides = self.xml("[Content_Types].xml").iter(CT + "Override")
        return {item.get("PartName", "").lstrip("/").lower(): item.get("ContentType", "") for item in overrides}

    def _find_main(self) -> str:
        by_type = [part for part, kind in self._types.items() if _MAIN_TYPE.fullmatch(kind)]
        for part in (*self.related("", "officeDocument"), *by_type, "word/document.xml"):
            kind = self._types.get(part.lower(), "")
            if "spreadsheetml" in kind or "presentationml" in kind or part.lower().startswith(("xl/", "ppt/")):
                what = "Excel 工作簿" if "spreadsheetml" in kind or part.lower().startswith("xl/") else "演示文稿"
                raise DamagedDocumentError(f"{self.name} 其实是{what}，扩展名不对。请改回正确的扩展名后再试。")
            if self.has(part):
                return part
        if self.has("mimetype") or self.has("content.xml"):
            raise DamagedDocumentError(
                f"{self.name} 其实是 OpenDocument 文件，不是 docx。请用 Word 或 WPS 另存为 docx 后再试。"
            )
        raise DamagedDocumentError(
            f"{self.name} 里没有 Word 正文，可能只是改了扩展名的压缩包。请用 Word 或 WPS 另存为 docx 后再试。"
        )

    def body_root(self) -> Element:
        """The root of the main part; raises DamagedDocumentError when it is no Word document."""
        root = self.xml(self.main)
        if root.tag != W + "document":
            raise _damaged(self.name, f"{self.main} 不是 Word 正文")
        return root


def _check_front(data: bytes, budget: Budget) -> None:
    """Refuse by the first bytes and by size what need not be opened as a zip."""
    name, limits = budget.name, budget.limits
    if not data:
        raise EmptyDocumentError(f"{name} 是空文件（0 字节）。请检查文件是否完整传输。")
    if len(data) > limits.file_bytes:
        raise budget.refuse(f"文件超过 {limits.file_bytes} 字节")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedDocumentError(f"{name} 设有打开密码，无法读取。请在 Word 或 WPS 中取消密码、另存后再试。")
        raise DamagedDocumentError(
            f"{name} 其实是旧版 Office 文件（如 .doc），不是 docx。请改回正确的扩展名或另存为 docx 后再试。"
        )
    head = data[:64].lstrip()
    for mark, what in _FOREIGN:
        if head.lower().startswith(mark.lower()):
            raise DamagedDocumentError(f"{name} 其实是{what}，不是 docx。请改回正确的扩展名后再试。")
    if data.count(_CENTRAL_ENTRY) > 4 * limits.zip_entries:
        raise budget.refuse(f"压缩包内文件超过 {limits.zip_entries} 个")
