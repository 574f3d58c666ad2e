"""Names of the XML vocabulary of docx, and the small conversions its attribute values need.

Only transitional names appear here: `package.parse_xml` renames the namespaces of strict files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OOXML: Final = "http://schemas.openxmlformats.org/"
W: Final = "{" + _OOXML + "wordprocessingml/2006/main}"
R: Final = "{" + _OOXML + "officeDocument/2006/relationships}"
A: Final = "{" + _OOXML + "drawingml/2006/main}"
C: Final = "{" + _OOXML + "drawingml/2006/chart}"
DGM: Final = "{" + _OOXML + "drawingml/2006/diagram}"
M: Final = "{" + _OOXML + "officeDocument/2006/math}"
MC: Final = "{" + _OOXML + "markup-compatibility/2006}"
REL: Final = "{" + _OOXML + "package/2006/relationships}"
CT: Final = "{" + _OOXML + "package/2006/content-types}"
APP: Final = "{" + _OOXML + "officeDocument/2006/extended-properties}"
V: Final = "{urn:schemas-microsoft-com:vml}"
O: Final = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix every writer uses
CX: Final = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"

UNDERSTOOD: Final = ("http://schemas.microsoft.com/office/", "urn:schemas-microsoft-com:", _OOXML)
"""How the namespaces begin whose mc:Choice is preferred to its fallback."""

VAL: Final = W + "val"
P: Final = W + "p"
PPR: Final = W + "pPr"
RUN: Final = W + "r"
RPR: Final = W + "rPr"
T: Final = W + "t"
TBL: Final = W + "tbl"
TR: Final = W + "tr"
TC: Final = W + "tc"
SECTPR: Final = W + "sectPr"
INS: Final = W + "ins"
DEL: Final = W + "del"
MOVE_FROM: Final = W + "moveFrom"
MOVE_TO: Final = W + "moveTo"
FLD_CHAR: Final = W + "fldChar"
TXBX_CONTENT: Final = W + "txbxContent"
ALTERNATE: Final = MC + "AlternateContent"

_LARGEST: Final = 2**31 - 1
_LONGEST: Final = 11


def integer(text: str | None, default: int) -> int:
    """A whole number of an attribute; `default` where it is absent, no number, or beyond 32 bits."""
    if text is None or len(text) > _LONGEST:
        return default
    try:
        number = int(text)
    except ValueError:
        return default
    return number if abs(number) <= _LARGEST else default


def number_of(parent: Element | None, tag: str, default: int) -> int:
    """The w:val of a child element as a whole number."""
    child = None if parent is None else parent.find(tag)
    return default if child is None else integer(child.get(VAL), default)


def value_of(parent: Element | None, tag: str) -> str | None:
    """The w:val of a child element; None where the child or its value is absent."""
    child = None if parent is None else parent.find(tag)
    return None if child is None else child.get(VAL)


def switch(parent: Element | None, tag: str) -> bool | None:
    """An on/off property: None where the child is absent, on where it stands without a value."""
    child = None if parent is None else parent.find(tag)
    if child is None:
        return None
    return child.get(VAL, "1").lower() not in {"0", "false", "off"}
