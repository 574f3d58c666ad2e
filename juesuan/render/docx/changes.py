"""Mends as tracked changes: which may be written, what of the words really changes, and the marks in the XML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from juesuan.document.docx.anchors import Anchors
from juesuan.document.model import Document
from juesuan.findings import Evidence, Finding, Fix, Role, Safety
from juesuan.place import Place
from juesuan.render.docx.parts import Parts
from juesuan.render.docx.spots import Character, Cutter, characters, host_of, results_of_fields
from juesuan.render.remarks import AUTHOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

__all__ = ["Change", "Plan", "Writer", "plan"]

_DIGIT: Final = re.compile(r"\d")
_TOKEN: Final = re.compile(r"[\d.,，]+[%％]?|.", re.DOTALL)
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Change:
    """Characters `start` to `end` of the text at `place` become `new`."""

    place: Place
    old: str
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be written, by the number of the finding, and why the mends of others will not be."""

    changes: Mapping[int, tuple[Change, ...]] = field(default_factory=dict)
    refused: Mapping[int, str] = field(default_factory=dict)


def plan(findings: Sequence[Finding], document: Document, anchors: Anchors, parts: Parts, *, unsafe: bool) -> Plan:
    """The mends of these findings as changes: the safe ones, and those to be checked too if `unsafe`."""
    wanted = {Safety.SAFE, Safety.UNSAFE} if unsafe else {Safety.SAFE}
    changes: dict[int, tuple[Change, ...]] = {}
    refused: dict[int, str] = {}
    taken: list[Place] = []
    fields: dict[Element, set[Element]] = {}
    for number, finding in enumerate(findings):
        if finding.fix is None or finding.fix.safety not in wanted:
            continue
        made = _changes_of(finding, finding.fix)
        why = _why_not(made, document, anchors, parts, fields)
        if not why and any(change.place.overlaps(place) for change in made for place in taken):
            why = "与另一处修订重叠"
        if why:
            refused[number] = why
        else:
            changes[number] = tuple(made)
            taken += [change.place for change in made]
    return Plan(changes, refused)


def _changes_of(finding: Finding, fix: Fix) -> list[Change]:
    """The change of the subject, and of the places that repeat the same words."""
    subject = finding.evidence[fix.evidence] if fix.evidence < len(finding.evidence) else None
    if subject is None:
        return []
    change = _smallest(subject.place, fix.old, fix.new)
    made = [change]
    # A number that is equal elsewhere may be another number; a name is a name.
    if not _DIGIT.search(fix.old):
        repeats = [e for e in finding.evidence if e.role is Role.FOLLOWER and e.where is not None and not e.where.file]
        made += [repeat for item in repeats if (repeat := _repeat(item, change)) is not None]
    return made


def _smallest(place: Place, old: str, new: str) -> Change:
    """What really changes, numbers and their percent signs whole."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    start = len("".join(before[:head]))
    end = len("".join(before[: len(before) - tail]))
    return Change(place, old, start, end, "".join(after[head : len(after) - tail]))


def _repeat(item: Evidence, change: Change) -> Change | None:
    """The same change where a part of the same words, with all that changes, stands again."""
    at = change.old.find(item.quote)
    if not item.quote or at < 0 or not at <= change.start <= change.end <= at + len(item.quote):
        return None
    if change.start == change.end and change.start in {at, at + len(item.quote)}:
        return None
    return Change(item.place, item.quote, change.start - at, change.end - at, change.new)


def _why_not(
    made: Sequence[Change], document: Document, anchors: Anchors, parts: Parts, fields: dict[Element, set[Element]]
) -> str:
    """Why these changes cannot be written; empty when they can."""
    for change in made:
        if document.text_of(change.place) != change.old:
            return "改正针对的文字与该处不同"
        found = characters(anchors, change.place, parts)
        if len(found) != len(change.old):
            return "文字跨越了单元格内的段落"
        for character in found:
            host = host_of(character.element, parts.w, leave_boxes=False)
            if host is None or not host.exact:
                return "文字在公式、拼音、内容控件或图形里"
            root = character.element.getroottree().getroot()
            if root not in fields:
                fields[root] = results_of_fields(root, parts.w)
            if character.element in fields[root]:
                return "文字是域的结果，更新域时会重新生成"
    return "" if made else "找不到要改的文字"


class Writer:
    """Writes changes into the XML: `prepare` all, let the cutter cut, then `write`."""

    def __init__(self, anchors: Anchors, parts: Parts, cutter: Cutter, ids: Iterator[str]) -> None:
        self._anchors = anchors
        self._parts = parts
        self._w = parts.w
        self._cutter = cutter
        self._ids = ids
        self._ready: list[tuple[Change, list[Character]]] = []

    def prepare(self, change: Change) -> None:
        """Ask for the cuts a change needs."""
        found = characters(self._anchors, change.place, self._parts)
        self._ready.append((change, found))
        if change.start == change.end:
            beside = found[change.start - 1] if change.start else found[0]
            self._cutter.ask(beside.element, beside.at + (1 if change.start else 0))
        for character in found[change.start : change.end]:
            for at in _edges(found[change.start : change.end], character.element):
                self._cutter.ask(character.element, at)

    def write(self) -> None:
        """Put all prepared changes down; the cuts have been made."""
        for change, found in self._ready:
            if change.start < change.end:
                after, look = self._delete(found[change.start : change.end])
            elif change.start:
                beside = found[change.start - 1]
                after = self._cutter.run_to(beside.element, beside.at + 1)
                look = after.find(self._w + "rPr")
            else:
                run = self._cutter.run_from(found[0].element, found[0].at)
                look = run.find(self._w + "rPr")
                after = etree.Element(self._w + "r")
                run.addprevious(after)
            if change.new:
                self._insert(after, look, change.new)
            if after.tag == self._w + "r" and not len(after):
                _remove(after)

    def _delete(self, gone: Sequence[Character]) -> tuple[Element, Element | None]:
        """Mark characters as deleted: the last mark in the paragraph of the first, and the look of its first run."""
        marks: list[Element] = []
        look: Element | None = None
        for element in dict.fromkeys(character.element for character in gone):
            start, end = _edges(gone, element)
            for run in self._cutter.runs(element, start, end):
                if not marks:
                    look = run.find(self._w + "rPr")
                previous = run.getprevious()
                if not marks or previous is not marks[-1]:
                    mark = self._mark("del")
                    run.addprevious(mark)
                    marks.append(mark)
                marks[-1].append(run)
                for text in run.findall(self._w + "t"):
                    text.tag = self._w + "delText"
                    text.set(_SPACE, "preserve")
        home = next(marks[0].iterancestors(self._w + "p"), None)
        here = [mark for mark in marks if next(mark.iterancestors(self._w + "p"), None) is home]
        return here[-1], look

    def _insert(self, after: Element, look: Element | None, text: str) -> None:
        outer = after.getparent()
        mark = self._mark("ins")
        if outer is not None and outer.tag in {self._w + "ins", self._w + "moveTo"}:
            # An insertion cannot stand in another one: that one is parted.
            rest = etree.Element(outer.tag)
            rest.attrib.update(outer.attrib)
            rest.set(self._w + "id", next(self._ids))
            rest.extend(list(after.itersiblings()))
            outer.addnext(mark)
            if len(rest):
                mark.addnext(rest)
        else:
            after.addnext(mark)
        run = etree.SubElement(mark, self._w + "r")
        if look is not None:
            run.append(deepcopy(look))
        etree.SubElement(run, self._w + "t", {_SPACE: "preserve"}).text = text

    def _mark(self, name: str) -> Element:
        return etree.Element(self._w + name, {self._w + "id": next(self._ids), self._w + "author": AUTHOR})


def _edges(found: Sequence[Character], element: Element) -> tuple[int, int]:
    """First and one past the last character of those that stand in `element`."""
    here = [character.at for character in found if character.element is element]
    return min(here), max(here) + 1


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
