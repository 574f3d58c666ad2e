"""Word comments: the part that holds them, and the marks in the text they hang on."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from lxml import etree

from juesuan.render.docx.parts import Parts
from juesuan.render.docx.spots import Cutter, Stretch
from juesuan.render.remarks import AUTHOR, INITIALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

__all__ = ["Comments", "fresh_ids"]

_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SIZE: Final = "18"
"""Half points: a comment must not take the 16 pt of a report's body text."""


def fresh_ids(parts: Parts) -> Iterator[str]:
    """Numbers no annotation of the file has yet, so that those there are keep theirs."""
    taken: set[str | None] = set()
    for root in (parts.tree(parts.main), _existing(parts)):
        if root is not None:
            taken |= {element.get(parts.w + "id") for element in root.iter()}
    return (str(number) for number in count() if str(number) not in taken)


def _existing(parts: Parts) -> Element | None:
    part = parts.related("comments")
    return None if part is None else parts.tree(part)


class Comments:
    """Adds comments to a docx."""

    def __init__(self, parts: Parts, ids: Iterator[str]) -> None:
        self._parts = parts
        self._w = parts.w
        self._ids = ids
        found = _existing(parts)
        if found is None:
            found = etree.Element(self._w + "comments", nsmap={"w": self._w.strip("{}")})
            parts.add("comments", "comments", _TYPE, found)
        self._root = found

    def hang(self, stretch: Stretch, lines: Sequence[str], cutter: Cutter) -> None:
        """A comment on a stretch whose cuts have been made."""
        start, end, reference = self._marks(lines)
        first = stretch.first if stretch.start is None else cutter.run_from(stretch.first, stretch.start)
        last = stretch.last if stretch.end is None else cutter.run_to(stretch.last, stretch.end)
        if first.tag == self._w + "p":
            self._open(first, start)
        else:
            first.addprevious(start)
        if last.tag == self._w + "p":
            last.extend((end, reference))
            return
        # Behind the ends of comments on the same words, so that the order of the comments is that of the findings.
        while (after := last.getnext()) is not None and self._is_end(after):
            last = after
        last.addnext(end)
        end.addnext(reference)

    def at_top(self, lines: Sequence[str]) -> None:
        """A comment at the beginning of the text, on no words."""
        start, end, reference = self._marks(lines)
        body = self._parts.tree(self._parts.main).find(self._w + "body")
        if body is None:
            raise LookupError("a document without a body")
        paragraph = next(body.iter(self._w + "p"), None)
        if paragraph is None:
            paragraph = etree.Element(self._w + "p")
            body.insert(0, paragraph)
        self._open(paragraph, reference)
        reference.addprevious(start)
        reference.addprevious(end)

    def _open(self, paragraph: Element, mark: Element) -> None:
        """Put a mark at the beginning of a paragraph, behind its properties and other comments there."""
        at = 1 if len(paragraph) and paragraph[0].tag == self._w + "pPr" else 0
        opening = {self._w + "commentRangeStart", self._w + "commentRangeEnd"}
        while at < len(paragraph) and (paragraph[at].tag in opening or self._is_end(paragraph[at])):
            at += 1
        paragraph.insert(at, mark)

    def _is_end(self, element: Element) -> bool:
        if element.tag == self._w + "commentRangeEnd":
            return True
        return element.tag == self._w + "r" and element.find(self._w + "commentReference") is not None

    def _marks(self, lines: Sequence[str]) -> tuple[Element, Element, Element]:
        """A new comment, and its three marks: start, end, reference."""
        w, key = self._w, next(self._ids)
        comment = etree.SubElement(
            self._root, w + "comment", {w + "id": key, w + "author": AUTHOR, w + "initials": INITIALS}
        )
        for number, line in enumerate(lines):
            self._line(comment, line, bold=number == 0)
        run = etree.Element(w + "r")
        etree.SubElement(run, w + "commentReference", {w + "id": key})
        start = etree.Element(w + "commentRangeStart", {w + "id": key})
        return start, etree.Element(w + "commentRangeEnd", {w + "id": key}), run

    def _line(self, comment: Element, text: str, *, bold: bool) -> None:
        """One paragraph, with its look spelled out: the report's own styles indent and enlarge."""
        w = self._w
        paragraph = etree.SubElement(comment, w + "p")
        properties = etree.SubElement(paragraph, w + "pPr")
        spacing = {w + "before": "0", w + "after": "0", w + "line": "240", w + "lineRule": "auto"}
        etree.SubElement(properties, w + "spacing", spacing)
        indent = {w + "left": "0", w + "firstLineChars": "0", w + "firstLine": "0"}
        etree.SubElement(properties, w + "ind", indent)
        etree.SubElement(properties, w + "jc", {w + "val": "left"})
        run = etree.SubElement(paragraph, w + "r")
        look = etree.SubElement(run, w + "rPr")
        if bold:
            etree.SubElement(look, w + "b")
        etree.SubElement(look, w + "sz", {w + "val": _SIZE})
        etree.SubElement(look, w + "szCs", {w + "val": _SIZE})
        if bold:
            etree.SubElement(run, w + "annotationRef")
        etree.SubElement(run, w + "t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}).text = text
