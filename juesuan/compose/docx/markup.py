"""The XML of Word's paragraphs, written as text: a long report has thousands of them, and is parsed once a section."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax import saxutils

__all__ = ["SPACE", "Styles", "bookmarked", "escape", "field_begin", "field_end", "page_reference", "paragraph", "run"]

SPACE = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""

Styles = Mapping[str, str]
"""The ids of a document's paragraph styles, by their names in small letters."""


def escape(text: str) -> str:
    """Words as XML; what it cannot hold is left out."""
    return saxutils.escape(_NOT_XML.sub("", text))


def paragraph(styles: Styles, style: str, inside: str, *, breaks: bool = False, properties: str = "") -> str:
    """A paragraph of runs. `breaks`: it begins a page; `properties`: what follows in the order of the schema."""
    look = styles.get(style.lower(), "")
    named = f'<w:pStyle w:val="{look}"/>' if look else ""
    new = "<w:pageBreakBefore/>" if breaks else ""
    return f"<w:p><w:pPr>{named}{new}{properties}</w:pPr>{inside}</w:p>"


def run(text: str, *, marked: bool = False, size: int | None = None) -> str:
    """Words; `marked` in yellow, `size` in half-points. Line breaks and tabs stay."""
    look = (f'<w:sz w:val="{size}"/>' if size else "") + ('<w:highlight w:val="yellow"/>' if marked else "")
    lines = "<w:br/>".join(map(_tabbed, text.split("\n")))
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{lines}</w:r>"


def _tabbed(line: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))


def bookmarked(number: int, name: str, inside: str) -> str:
    """Runs with a bookmark around them, for the contents to refer to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


def field_begin(instruction: str) -> str:
    """The beginning of a field that spans paragraphs."""
    return _field(_char("begin") + _instruction(instruction) + _char("separate"))


def field_end() -> str:
    """Its end."""
    return _field(_char("end"))


def page_reference(bookmark: str, page: int | None) -> str:
    """The number of the page a bookmark stands on, as far as it is known."""
    shown = f"<w:t>{page}</w:t>" if page else "<w:t/>"
    inside = _char("begin") + _instruction(f" PAGEREF {bookmark} \\h ") + _char("separate") + shown + _char("end")
    return _field(inside)


def _field(inside: str) -> str:
    return f"<w:r>{inside}</w:r>"


def _char(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def _instruction(text: str) -> str:
    return f'<w:instrText xml:space="preserve">{escape(text)}</w:instrText>'
