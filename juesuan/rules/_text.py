"""What the rules on wording share: where words stand, which parts of a report are prose, how to point at them.

A module whose name begins with an underscore holds no rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from juesuan.document.model import Cell, Table
from juesuan.findings import Evidence, Role
from juesuan.place import Place, cell
from juesuan.quantity import Quantity
from juesuan.rules.base import View
from juesuan.understand.passages import cell_text

GLOSSARY = re.compile("名词解释|专业名词|名词说明")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_ANY_WORDS = re.compile(r"^(?:\(\?P<\w+>\[\^[^\]\\]*\]\*\??\)|\[\^[^\]\\]*\]\{0,\d+\})(?![*+?{|])")
MAX_PLACES = 8
"""So many other places of the same slip are quoted."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of clean text: `match` in passage `passage`, and its place in the source."""

    passage: int
    match: re.Match[str]
    place: Place

    @property
    def text(self) -> str:
        return self.match[0]


@cache
def _needed(pattern: re.Pattern[str]) -> re.Pattern[str] | None:
    """What must stand in a text that `pattern`, which begins with any words, matches: its rest.

    Python tries such a beginning at every character; where the rest stands nowhere, that is for nothing.
    """
    rest = _ANY_WORDS.sub("", pattern.pattern)
    return re.compile(rest, pattern.flags) if rest and rest != pattern.pattern and "(?P=" not in rest else None


_AT_A_BORDER = re.compile(r"(?<!\[)\^|\$|\\[AZbB]|\(\?<?!\[\^")
"""What a pattern may say of the first and the last character of a text."""


@cache
def _stands_anywhere(pattern: re.Pattern[str]) -> re.Pattern[str] | None:
    """What `pattern` needs, when it can be looked for in all texts at once, one behind the other; else None."""
    needed = _needed(pattern) or pattern
    return None if _AT_A_BORDER.search(needed.pattern) else needed


def _all_passages(view: View) -> str:
    return "\n".join(p.text for p in view.understanding.passages)


def find(view: View, pattern: re.Pattern[str], parts: tuple[str, ...] | None = None) -> Iterator[Hit]:
    """Every match of `pattern` in the passages (of these `parts` only, where given), in reading order."""
    anywhere = _stands_anywhere(pattern)
    if anywhere is not None and not anywhere.search(view.shared(_all_passages)):
        return
    needed = _needed(pattern)
    for passage in view.understanding.passages:
        if parts is not None and view.understanding.outline.part_of(passage.index) not in parts:
            continue
        if needed is not None and not needed.search(passage.text):
            continue
        for match in pattern.finditer(passage.text):
            yield Hit(passage.index, match, passage.place(*match.span()))


def in_glossary(view: View, passage: int) -> bool:
    """Whether a passage stands in the chapter that explains terms."""
    return any(GLOSSARY.search(s.title) for s in view.understanding.outline.chain(passage))


def section_title(view: View, passage: int) -> str:
    """The titles of the sections around a passage, from the outermost in."""
    return "/".join(s.title for s in view.understanding.outline.chain(passage))


def is_heading(view: View, passage: int) -> bool:
    """Whether a passage is a title line: of the cover, the contents, or a section without prose after it."""
    outline = view.understanding.outline
    if passage in outline.title_lines or any(e.passage == passage for e in (*outline.contents, *outline.table_list)):
        return True
    section = outline.section_of(passage)
    return section is not None and section.passage == passage and not section.is_item


def evidence_of(view: View, places: Iterable[Place], role: Role = Role.OTHER) -> tuple[Evidence, ...]:
    """The first places as evidence, each once."""
    unique = list(dict.fromkeys(places))
    return tuple(view.evidence(p, role) for p in unique[:MAX_PLACES])


@dataclass(frozen=True, slots=True)
class CellHit:
    """A table cell with text: its table, the cell, and its clean text."""

    table: Table
    cell: Cell
    text: str

    @property
    def place(self) -> Place:
        """The place of the whole text of the cell."""
        return cell(self.table.id, self.cell.row, self.cell.column, 0, len(self.cell.text))


def cells(view: View) -> tuple[CellHit, ...]:
    """Every table cell with text, in reading order."""
    return view.shared(_cells)


def _cells(view: View) -> tuple[CellHit, ...]:
    found: list[CellHit] = []
    for block in view.document.blocks:
        if isinstance(block, Table):
            texts = ((item, cell_text(item)) for item in block.cells)
            found += [CellHit(block, item, text) for item, text in texts if text]
    return tuple(found)


def is_year_number(quantity: Quantity) -> bool:
    """Whether a bare number may be a year."""
    return not quantity.decimals and _FIRST_YEAR <= quantity.value <= _LAST_YEAR
