"""The characters of a paragraph, each with its element: the one place where text is taken from runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from juesuan.document.docx.names import (
    ALTERNATE,
    DEL,
    FLD_CHAR,
    INS,
    MC,
    MOVE_FROM,
    MOVE_TO,
    PPR,
    RPR,
    RUN,
    TXBX_CONTENT,
    UNDERSTOOD,
    VAL,
    M,
    T,
    W,
    switch,
)  # fmt: skip
from juesuan.document.docx.numerals import symbol

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

    from juesuan.document.docx.budget import Budget
    from juesuan.document.docx.drafts import Piece
    from juesuan.document.docx.notices import Notices
    from juesuan.document.docx.styles import Styles

__all__ = ["Inline", "chosen"]

_AS_TEXT: Final = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
_BREAK: Final = W + "br"
_SYMBOL: Final = W + "sym"
_NOTES: Final = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_NO_TEXT: Final = frozenset(
    W + name
    for name in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "rt"),
        *("instrText", "delInstrText", "delText", "fldData", "lastRenderedPageBreak", "softHyphen"),
        *("annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "commentReference"),
        *("bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd"),
    )
)
_SPACES: Final = str.maketrans("\n\r\t", "   ")


def chosen(alternate: Element, notices: Notices) -> Element | None:
    """The branch of an mc:AlternateContent to read: the first understood choice, else the fallback."""
    for choice in alternate.iterchildren(MC + "Choice"):
        spaces = [choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split()]
        if spaces and all(space.startswith(UNDERSTOOD) for space in spaces):
            return choice
    fallback = alternate.find(MC + "Fallback")
    if fallback is None:
        notices.count("alternate")
    return fallback


def _matched_fields(root: Element) -> set[Element]:
    """The field beginnings that have their end: an unended one must not swallow the rest of the document."""
    open_fields: dict[Element | None, list[Element]] = {}
    matched: set[Element] = set()
    for mark in root.iter(FLD_CHAR):
        home = next(iter(mark.iterancestors(TXBX_CONTENT, DEL, MOVE_FROM)), None)
        stack = open_fields.setdefault(home, [])
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            stack.append(mark)
        elif kind == "end" and stack:
            matched.add(stack.pop())
    return matched


@dataclass(slots=True)
class _Line:
    """The paragraph being read: what is seen, what is hidden, and whether its style hides it."""

    pieces: list[Piece]
    hidden: list[str]
    vanish: bool


class Inline:
    """Takes text from the paragraphs of one story (body, a header, …), in document order.

    `objects` is called for what a run holds besides text: drawings, pictures, embedded objects.
    `notes` collects (part kind, id) of the footnotes referred to.
    """

    def __init__(
        self, root: Element, styles: Styles, notices: Notices, budget: Budget, objects: Callable[[Element, int], None]
    ) -> None:
        self._styles = styles
        self._notices = notices
        self._budget = budget
        self._objects = objects
        self._matched = _matched_fields(root)
        self._instruction: list[bool] = []
        self.notes: list[tuple[str, str]] = []
        self._containers: dict[str, Callable[[Element, _Line, int], None]] = {
            RUN: self._run,
            DEL: self._deleted,
            MOVE_FROM: self._moved_away,
            INS: self._inserted,
            MOVE_TO: self._inserted,
            ALTERNATE: self._alternate,
            T: self._bare_text,
            M + "t": self._bare_text,
            M + "f": self._fraction,
        }

    def enter_box(self) -> list[bool]:
        """Begin a text box: fields around it do not reach into it. Returns what `leave_box` needs."""
        outer, self._instruction = self._instruction, []
        return outer

    def leave_box(self, outer: list[bool]) -> None:
        self._instruction = outer

    def paragraph(self, paragraph: Element, style: str | None, depth: int) -> list[Piece]:
        """The visible text of one paragraph."""
        line = _Line([], [], self._styles.vanish(style))
        self._walk(paragraph, line, depth)
        if line.hidden:
            self._notices.hidden("".join(line.hidden))
        return line.pieces

    def _walk(self, parent: Element, line: _Line, depth: int) -> None:
        """Any container of runs: unknown ones are gone through, so no text is lost in them."""
        self._budget.depth(depth)
        for child in parent:
            tag = child.tag
            if tag in _NO_TEXT:
                continue
            handler = self._containers.get(tag)
            if handler is not None:
                handler(child, line, depth)
            elif len(child):
                self._walk(child, line, depth + 1)

    def _deleted(self, _element: Element, _line: _Line, _depth: int) -> None:
        self._notices.count("revision")

    def _moved_away(self, _element: Element, _line: _Line, _depth: int) -> None:
        """Nothing: the move is counted where the text arrives."""

    def _inserted(self, element: Element, line: _Line, depth: int) -> None:
        self._notices.count("revision")
        self._walk(element, line, depth + 1)

    def _alternate(self, element: Element, line: _Line, depth: int) -> None:
        branch = chosen(element, self._notices)
        if branch is not None:
            self._walk(branch, line, depth + 1)

    def _bare_text(self, element: Element, line: _Line, _depth: int) -> None:
        """Text outside a run of Word: of a formula, mostly."""
        if element.text:
            self._take(element.text.translate(_SPACES), element, line, hides=line.vanish)

    def _fraction(self, element: Element, line: _Line, depth: int) -> None:
        above, below = element.find(M + "num"), element.find(M + "den")
        if above is not None:
            self._walk(above, line, depth + 1)
        if below is not None:
            line.pieces.append(("/", None))
            self._walk(below, line, depth + 1)

    def _run(self, run: Element, line: _Line, depth: int) -> None:
        self._content(run, line, depth, hides=self._hides(run, vanish=line.vanish))

    def _hides(self, run: Element, *, vanish: bool) -> bool:
        """Whether the run is hidden: its own word, else its character style against the paragraph's."""
        first = run[0] if len(run) else None
        properties = first if first is not None and first.tag == RPR else None
        own = switch(properties, W + "vanish")
        if own is not None:
            return own
        if self._styles.all_hidden:
            return True
        style = None if properties is None else properties.find(W + "rStyle")
        return vanish if style is None else self._styles.vanish(style.get(VAL)) != vanish

    def _content(self, parent: Element, line: _Line, depth: int, *, hides: bool) -> None:
        """What stands in a run, or in a branch inside one."""
        self._budget.depth(depth)
        for child in parent:
            tag = child.tag
            text = _characters(child, tag)
            if text is not None:
                self._take(text, child, line, hides=hides)
            elif tag == FLD_CHAR:
                self._field(child)
            elif tag in _NOTES:
                if not hides:
                    self.notes.append((_NOTES[tag], child.get(W + "id", "")))
            elif tag == ALTERNATE:
                branch = chosen(child, self._notices)
                if branch is not None:
                    self._content(branch, line, depth + 1, hides=hides)
            elif tag not in _NO_TEXT and len(child):
                self._other(child, line, depth, hides=hides)

    def _other(self, element: Element, line: _Line, depth: int, *, hides: bool) -> None:
        """Something in a run that is neither text nor field: runs of its own (ruby, a change), or an object."""
        if element.tag == W + "ruby":
            self._notices.count("ruby")
            self._walk(element, line, depth + 1)
        elif element.tag in self._containers:
            self._containers[element.tag](element, line, depth)
        elif not hides:
            self._objects(element, depth + 1)

    def _take(self, text: str, element: Element, line: _Line, *, hides: bool) -> None:
        if not text:
            return
        if self._instruction and True in self._instruction:
            self._notices.count("instruction", len(text))
        elif hides:
            line.hidden.append(text)
        else:
            line.pieces.append((text, element))

    def _field(self, mark: Element) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            if mark in self._matched:
                self._instruction.append(True)
        elif kind == "separate" and self._instruction:
            self._instruction[-1] = False
        elif kind == "end" and self._instruction:
            self._instruction.pop()


def _characters(element: Element, tag: str) -> str | None:
    """The characters an element of a run stands for; None where it is no text element."""
    if tag == T:
        return (element.text or "").translate(_SPACES)
    if tag == _BREAK:
        return "\n" if element.get(W + "type", "textWrapping") == "textWrapping" else ""
    if tag == _SYMBOL:
        try:
            code = int(element.get(W + "char", "0")[:6], 16)
        except ValueError:
            return ""
        return symbol(element.get(W + "font", ""), code)
    return _AS_TEXT.get(tag)


def is_deleted_mark(ppr: Element | None) -> bool:
    """Whether the paragraph mark itself is deleted or moved away: the paragraph then runs into the next."""
    mark = None if ppr is None else ppr.find(RPR)
    return mark is not None and (mark.find(DEL) is not None or mark.find(MOVE_FROM) is not None)


def properties_of(paragraph: Element) -> Element | None:
    """The w:pPr of a paragraph, None where it has none."""
    first = paragraph[0] if len(paragraph) else None
    return first if first is not None and first.tag == PPR else paragraph.find(PPR)
