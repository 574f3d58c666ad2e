"""Reads marked Word copies back, by the XML alone: comments with the words they hang on, text with changes decided."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "-"}


@dataclass
class Marked:
    """A copy; `w` is its namespace."""

    data: bytes
    w: str = W

    def part(self, name: str) -> etree._Element:
        return etree.fromstring(zipfile.ZipFile(io.BytesIO(self.data)).read(name))

    @property
    def names(self) -> set[str]:
        return set(zipfile.ZipFile(io.BytesIO(self.data)).namelist())

    def comments(self) -> dict[str, str]:
        """The lines of each comment by id, in the order of the part."""
        root = self.part("word/comments.xml")
        return {
            str(one.get(self.w + "id")): "\n".join(
                "".join(t.text or "" for t in p.iter(self.w + "t")) for p in one.iter(self.w + "p")
            )
            for one in root.iter(self.w + "comment")
        }

    def anchored(self) -> dict[str, str]:
        """The visible words between the marks of each comment, which must have all three, in the order of the part."""
        found: dict[str, str] = {}
        running: dict[str, str] = {}
        for element in self.part("word/document.xml").iter():
            key = str(element.get(self.w + "id"))
            if element.tag == self.w + "commentRangeStart":
                running[key] = ""
            elif element.tag == self.w + "commentRangeEnd":
                found[key] = running.pop(key)
            elif element.tag == self.w + "commentReference":
                assert key in found, key
            else:
                for one in running:
                    running[one] += self._seen(element, deleted=False, inserted=True)
        assert running == {}
        assert set(found) == set(self.comments())
        return {key: found[key] for key in self.comments()}

    def text(self, *, accept: bool, part: str = "word/document.xml") -> str:
        """All text of a part with every tracked change accepted, or rejected."""
        return "".join(self._seen(e, deleted=not accept, inserted=accept) for e in self.part(part).iter())

    def _seen(self, element: etree._Element, *, deleted: bool, inserted: bool) -> str:
        tag = str(element.tag)
        if not tag.startswith(self.w) or any(True for _ in element.iterancestors(FALLBACK)):
            return ""
        if not inserted and any(True for _ in element.iterancestors(self.w + "ins")):
            return ""
        if not deleted and any(True for _ in element.iterancestors(self.w + "del")):
            return ""
        name = tag.removeprefix(self.w)
        if name == "t" or (name == "delText" and deleted):
            return element.text or ""
        parent = element.getparent()
        return SIGNS.get(name, "") if parent is not None and parent.tag == self.w + "r" else ""
