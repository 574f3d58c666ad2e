"""Highlights on the words of a finding, with the note a reader of PDF shows beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pypdf.generic import DictionaryObject

from juesuan.document.pdf import Frame
from juesuan.findings import Finding, Severity
from juesuan.place import Box, PageBox
from juesuan.render import words
from juesuan.render.pdf.increment import Increment
from juesuan.render.pdf.objects import array, dictionary, stream, text
from juesuan.render.remarks import AUTHOR

__all__ = ["by_page", "highlight"]

_COLORS: Final[Mapping[Severity, tuple[float, float, float]]] = {
    Severity.ERROR: (1.0, 0.55, 0.55),
    Severity.WARNING: (1.0, 0.85, 0.3),
    Severity.HINT: (0.6, 0.85, 1.0),
}
_PRINTED: Final = 4


def by_page(boxes: Sequence[PageBox]) -> dict[int, list[Box]]:
    """The boxes of a place, page by page."""
    found: dict[int, list[Box]] = {}
    for item in boxes:
        found.setdefault(item.page, []).append(item.box)
    return found


def highlight(update: Increment, finding: Finding, boxes: Sequence[Box], frame: Frame, note: str) -> DictionaryObject:
    """The annotation that marks these boxes of one page (as shown), in the page's own space."""
    areas = [frame.written(*box) for box in boxes]
    rect = (
        min(area[0] for area in areas),
        min(area[1] for area in areas),
        max(area[2] for area in areas),
        max(area[3] for area in areas),
    )
    color = _COLORS[finding.severity]
    quads = [value for x0, y0, x1, y1 in areas for value in (x0, y1, x1, y1, x0, y0, x1, y0)]
    look = stream(
        "\n".join(
            [
                "/G0 gs {:.3f} {:.3f} {:.3f} rg".format(*color),
                *(f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f" for x0, y0, x1, y1 in areas),
            ]
        ).encode("ascii"),
        {
            "/Type": "/XObject",
            "/Subtype": "/Form",
            "/BBox": array(rect),
            "/Resources": dictionary(
                {"/ExtGState": dictionary({"/G0": dictionary({"/Type": "/ExtGState", "/BM": "/Multiply"})})}
            ),
        },
    )
    return dictionary(
        {
            "/Type": "/Annot",
            "/Subtype": "/Highlight",
            "/Rect": array(rect),
            "/QuadPoints": array(quads),
            "/C": array(color),
            "/F": _PRINTED,
            "/T": text(AUTHOR),
            "/Subj": text(f"{finding.severity.word} {finding.rule} {words.title(finding)}"),
            "/NM": text(finding.id),
            "/Contents": text(note),
            "/AP": dictionary({"/N": update.add(look)}),
        }
    )
