"""Where in the XML a note or a change goes: runs cut at exact characters, the nearest place that may hold a note."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from lxml import etree

from juesuan.document.docx.anchors import Anchor, Anchors, element_at
from juesuan.document.docx.names import FLD_CHAR, W
from juesuan.place import Place
from juesuan.render.docx.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

__all__ = ["Character", "Cutter", "Host", "Stretch", "characters", "host_of", "results_of_fields", "stretch_of"]

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_CARRIERS: Final = frozenset({"hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple"})
"""What stands between a paragraph and its runs, and may hold the marks of a comment and changes."""
_PLAIN: Final = ("t", "tab", "ptab", "br", "cr", "noBreakHyphen", "sym")
"""What of a run is characters and nothing else."""
_SEALED: Final = ("text", "dropDownList", "comboBox", "date", "dataBinding")
"""Kinds of content controls whose content is one plain value: nothing may be put inside."""


@dataclass(frozen=True, slots=True)
class Host:
    """The element beside which marks may stand. `exact`: it is the run that holds the text itself."""

    node: Element
    exact: bool


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a place: number `at` of the text of `element`."""

    element: Element
    at: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a note embraces: from the beginning of `first` to the end of `last`.

    `start` and `end` count in the text of these elements; None where the whole element is meant (a run, a
    paragraph, a drawing). `note` says, in Chinese, where the words really are when the note could not hang on them.
    """

    first: Element
    start: int | None
    last: Element
    end: int | None
    note: str = ""


def host_of(element: Element, w: str, *, leave_boxes: bool) -> Host | None:
    """The node beside which marks for `element` may stand; None outside any paragraph.

    With `leave_boxes`, a text box counts as part of the run that shows it.
    """
    inner = element
    if leave_boxes:
        inner = next(reversed(list(element.iterancestors(w + "txbxContent"))), element)
    chain = [inner]
    for ancestor in inner.iterancestors():
        if ancestor.tag == w + "p":
            break
        chain.append(ancestor)
    else:
        return None
    for node in reversed(chain):
        if not _passes(node, w):
            in_run = node.tag == w + "r" and element.getparent() is node
            return Host(node, exact=in_run and element.tag in {w + name for name in _PLAIN})
    return Host(chain[-1], exact=False)


def _passes(node: Element, w: str) -> bool:
    if node.tag not in {w + name for name in _CARRIERS}:
        return False
    properties = node.find(w + "sdtPr") if node.tag == w + "sdt" else None
    return properties is None or not any(properties.find(w + name) is not None for name in _SEALED)


def stretch_of(anchors: Anchors, place: Place, parts: Parts) -> Stretch | None:
    """What the note of a place embraces in the main part; None where the place is in no way shown there."""
    found = anchors.of(place)
    first, last = found[0], found[-1]
    if first.part != parts.main:
        return _elsewhere(first, parts)
    root = parts.tree(parts.main)
    begin, ends = element_at(root, first.path), element_at(root, last.path)
    return _joined(_edge(begin, first, parts.w), _edge(ends, last, parts.w))


def _edge(element: Element, anchor: Anchor, w: str) -> Stretch | None:
    """The stretch of one anchor."""
    if anchor.start == anchor.end:
        return _whole(element, w)
    host = host_of(element, w, leave_boxes=True)
    if host is None:
        return None
    if host.exact:
        return Stretch(element, anchor.start, element, anchor.end)
    in_box = next(element.iterancestors(w + "txbxContent"), None) is not None
    return Stretch(host.node, None, host.node, None, "在文本框里" if in_box else "在这一处")


def _joined(first: Stretch | None, last: Stretch | None) -> Stretch | None:
    if first is None or last is None:
        return first or last
    return Stretch(first.first, first.start, last.last, last.end, first.note or last.note)


def _whole(element: Element, w: str) -> Stretch | None:
    """A paragraph, a cell or table (its paragraphs), or a drawing."""
    if element.tag == w + "p":
        box = next(element.iterancestors(w + "txbxContent"), None)
        if box is None:
            return Stretch(element, None, element, None)
    elif element.tag in {w + "tc", w + "tbl"}:
        cell = element if element.tag == w + "tc" else next(element.iter(w + "tc"), element)
        paragraphs = list(cell.iterchildren(w + "p")) or list(cell.iter(w + "p"))
        if next(cell.iterancestors(w + "txbxContent"), None) is None and paragraphs:
            return Stretch(paragraphs[0], None, paragraphs[-1], None)
    host = host_of(element, w, leave_boxes=True)
    if host is None:
        return None
    return Stretch(host.node, None, host.node, None, "在这一处的图或文本框里")


def _elsewhere(anchor: Anchor, parts: Parts) -> Stretch | None:
    """The mark of a footnote in the text: Word allows no comments in notes, headers and footers."""
    element = element_at(parts.tree(anchor.part), anchor.path)
    for kind, word in (("footnote", "脚注"), ("endnote", "尾注")):
        note = next(element.iterancestors(parts.w + kind), element)
        key = note.get(parts.w + "id")
        for reference in parts.tree(parts.main).iter(parts.w + kind + "Reference"):
            if note.tag == parts.w + kind and reference.get(parts.w + "id") == key:
                host = host_of(reference, parts.w, leave_boxes=True)
                return None if host is None else Stretch(host.node, None, host.node, None, f"在这一处的{word}里")
    return None


def characters(anchors: Anchors, place: Place, parts: Parts) -> list[Character]:
    """The characters of a place, one by one, in the part they stand in."""
    found: list[Character] = []
    for anchor in anchors.of(place):
        element = element_at(parts.tree(anchor.part), anchor.path)
        found += [Character(element, at) for at in range(anchor.start, anchor.end)]
    return found


def results_of_fields(root: Element, w: str) -> set[Element]:
    """The elements of runs that show the result of a field: the next update writes them anew."""
    found: set[Element] = set()
    depth = 0
    mark = FLD_CHAR.replace(W, w)
    for run in root.iter(w + "r"):
        for child in run:
            if child.tag == mark:
                kind = child.get(w + "fldCharType")
                depth = max(depth + {"begin": 1, "end": -1}.get(kind or "", 0), 0)
            elif depth or next(run.iterancestors(w + "fldSimple"), None) is not None:
                found.add(child)
    return found


class Cutter:
    """Cuts text elements and their runs apart; afterwards each piece asked for stands in runs of its own."""

    def __init__(self, w: str) -> None:
        self._w = w
        self._asked: dict[Element, set[int]] = {}
        self._pieces: dict[Element, list[tuple[int, int, Element]]] = {}

    def ask(self, element: Element, offset: int) -> None:
        """A cut before character `offset` of the element's text."""
        self._asked.setdefault(element, set()).add(offset)

    def cut(self) -> None:
        """Make all cuts asked for."""
        for element, offsets in self._asked.items():
            self._pieces[element] = self._cut(element, offsets)

    def run_from(self, element: Element, offset: int) -> Element:
        """The run that begins with this character; a cut was made there."""
        return _run(next(piece for start, _, piece in self._pieces[element] if start == offset))

    def run_to(self, element: Element, offset: int) -> Element:
        """The run that ends before character `offset`; a cut was made there."""
        return _run(next(piece for _, end, piece in self._pieces[element] if end == offset))

    def runs(self, element: Element, start: int, end: int) -> Iterable[Element]:
        """The runs of the characters `start` to `end`; cuts were made at both."""
        return (_run(piece) for first, last, piece in self._pieces[element] if start <= first and last <= end)

    def _cut(self, element: Element, offsets: set[int]) -> list[tuple[int, int, Element]]:
        text = element.text or ""
        is_text = element.tag == self._w + "t"
        size = len(text) if is_text else 1
        inner = sorted(at for at in offsets if 0 < at < size)
        pieces = [element]
        for start, end in pairwise([*inner, size]):
            piece = deepcopy(element)
            piece.text, piece.tail = text[start:end], None
            pieces[-1].addnext(piece)
            pieces.append(piece)
        if inner:
            element.text = text[: inner[0]]
            for piece in pieces:
                piece.set(_SPACE, "preserve")
        for piece in pieces if 0 in offsets else pieces[1:]:
            self._break_before(piece)
        after = pieces[-1].getnext()
        if size in offsets and after is not None:
            self._break_before(after)
        edges = [0, *inner, size]
        return [(edges[i], edges[i + 1], piece) for i, piece in enumerate(pieces)]

    def _break_before(self, child: Element) -> None:
        """Move `child` and what follows it into a run of its own with the same properties."""
        run = _run(child)
        properties = run.find(self._w + "rPr")
        if child.getprevious() is None or child.getprevious() is properties:
            return
        rest = etree.Element(run.tag)
        rest.attrib.update(run.attrib)
        if properties is not None:
            rest.append(deepcopy(properties))
        for item in [child, *child.itersiblings()]:
            rest.append(item)
        run.addnext(rest)


def _run(child: Element) -> Element:
    run = child.getparent()
    if run is None:
        raise LookupError("text without a run")
    return run
