"""What runs hold besides text: text boxes, charts, SmartArt, pictures, embedded objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from juesuan.document.docx.charts import drawing_text, read_chart
from juesuan.document.docx.drafts import ChartDraft, Draft, ParagraphDraft
from juesuan.document.docx.inline import chosen
from juesuan.document.docx.names import ALTERNATE, CX, DGM, TXBX_CONTENT, A, C, O, R, V, W
from juesuan.document.model import Origin
from juesuan.errors import DamagedDocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

    from juesuan.document.docx.shared import Shared

__all__ = ["ObjectReader"]

_CHART: Final = C + "chart"
_DIAGRAM: Final = DGM + "relIds"
_TEXT_PATH: Final = V + "textpath"
_UNREAD: Final = {
    A + "blip": "picture",
    V + "imagedata": "picture",
    O + "OLEObject": "object",
    CX + "chart": "chartex",
}
_OBJECT: Final = W + "object"
_TEXT_BODY: Final = A + "txBody"


class ObjectReader:
    """Reads the objects of one part; `box` reads the content of a text box."""

    def __init__(self, shared: Shared, part: str, box: Callable[[Element, int], list[Draft]]) -> None:
        self._shared = shared
        self._part = part
        self._box = box

    def read(self, element: Element, depth: int) -> list[Draft]:
        """The drafts an object of a run stands for, in order."""
        drafts: list[Draft] = []
        self._element(element, element, drafts, depth)
        return drafts

    def _element(self, element: Element, top: Element, drafts: list[Draft], depth: int) -> None:
        """One element inside the object `top`."""
        self._shared.budget.depth(depth)
        tag = element.tag
        if tag == TXBX_CONTENT:
            drafts.extend(self._box(element, depth))
        elif tag == _CHART:
            self._chart(element, top, drafts)
        elif tag == _DIAGRAM:
            self._diagram(element, top, drafts)
        elif tag == _TEXT_PATH:
            self._text(element.get("string", ""), element, drafts)
        elif tag == _TEXT_BODY:
            self._text(drawing_text(element), top, drafts)
        elif tag == ALTERNATE:
            branch = chosen(element, self._shared.notices)
            if branch is not None:
                self._children(branch, top, drafts, depth)
        else:
            self._unread(tag, top)
            self._children(element, top, drafts, depth)

    def _unread(self, tag: str, top: Element) -> None:
        """Count what shows something and is not read. The picture of an embedded object is not counted twice."""
        kind = _UNREAD.get(tag)
        if kind is not None and not (kind == "picture" and top.tag == _OBJECT):
            self._shared.notices.count(kind)

    def _children(self, element: Element, top: Element, drafts: list[Draft], depth: int) -> None:
        for child in element:
            self._element(child, top, drafts, depth + 1)

    def _text(self, text: str, holder: Element, drafts: list[Draft]) -> None:
        if text.strip():
            self._shared.budget.block()
            pieces = [(text, None)]
            drafts.append(ParagraphDraft(part=self._part, holder=holder, pieces=[*pieces], origin=Origin.TEXT_BOX))

    def _related(self, key: str | None, part: str) -> tuple[Element, str] | None:
        """The root of the part a relationship of `part` names, and its name; None where missing or damaged."""
        link = self._shared.package.relationships(part).get(key or "")
        if link is None or link.external or not self._shared.package.has(link.target):
            return None
        try:
            return self._shared.package.xml(link.target), link.target
        except DamagedDocumentError:
            return None

    def _chart(self, element: Element, top: Element, drafts: list[Draft]) -> None:
        notices, budget = self._shared.notices, self._shared.budget
        found = self._related(element.get(R + "id"), self._part)
        if found is None or found[0].tag != C + "chartSpace":
            notices.count("chart_missing")
            return
        content = read_chart(found[0], budget)
        if not content.cached:
            notices.count("chart_uncached")
        for group in content.groups:
            budget.block()
            drafts.append(
                ChartDraft(
                    part=self._part,
                    holder=top,
                    title=content.title,
                    categories=group.categories,
                    series=tuple(group.series),
                    kind=group.kind,
                    cached=content.cached,
                )
            )
        for note in content.notes:
            self._text(note, top, drafts)
        for key in content.user_shapes:
            shapes = self._related(key, found[1])
            if shapes is not None:
                self._text(drawing_text(shapes[0]), top, drafts)

    def _diagram(self, element: Element, top: Element, drafts: list[Draft]) -> None:
        found = self._related(element.get(R + "dm"), self._part)
        if found is None:
            self._shared.notices.count("diagram_missing")
            return
        for body in found[0].iter(DGM + "t"):
            self._text(drawing_text(body), top, drafts)
