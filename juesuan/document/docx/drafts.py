"""Blocks before they are numbered: text still in pieces, each with the XML element it comes from.

Blocks and anchors are both made from drafts, so text and mapping cannot drift apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from juesuan.document.model import Origin, Series

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["CellDraft", "ChartDraft", "Draft", "ParagraphDraft", "Piece", "TableDraft", "text_of"]

Piece = tuple[str, "Element | None"]
"""Some characters, and the element (w:t, w:tab, …) that holds them; None for what no element holds alone."""


@dataclass(slots=True, kw_only=True)
class ParagraphDraft:
    """A paragraph; `holder` is its element."""

    part: str
    holder: Element
    pieces: list[Piece]
    label: str = ""
    heading: int | None = None
    origin: Origin = Origin.BODY


@dataclass(slots=True, kw_only=True)
class CellDraft:
    """A cell; `holder` is its element."""

    row: int
    column: int
    holder: Element
    colspan: int = 1
    rowspan: int = 1
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class TableDraft:
    """A table; `holder` is its element."""

    part: str
    holder: Element
    cells: list[CellDraft]
    rows: int
    columns: int


@dataclass(slots=True, kw_only=True)
class ChartDraft:
    """A chart; `holder` is the drawing that shows it in part `part`."""

    part: str
    holder: Element
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    kind: str | None
    cached: bool


Draft = ParagraphDraft | TableDraft | ChartDraft


def text_of(pieces: list[Piece]) -> str:
    """The text the pieces make together."""
    if len(pieces) == 1:
        return pieces[0][0]
    return "".join([text for text, _ in pieces])
