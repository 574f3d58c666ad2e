"""Single changes to a composed report, of the kinds that people make: every place where one can be made, and the change.

A change that leaves what is said as it was (0.00 × another measure, a row without a word) is none.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from juesuan.catalog import ECONOMIC, FUNCTIONAL, Account, load
from juesuan.document.model import Block, Chart, Document, Paragraph, Table
from juesuan.place import Place
from juesuan.quantity import MEASURES, parse

DATES = {"年", "月", "日", "天"}
_MEASURE = "|".join(re.escape(s) for s in sorted(MEASURES, key=len, reverse=True) if s and s not in DATES)
_FIGURE = re.compile(rf"(?<![\d.,-])(\d[\d,]*(?:\.\d+)?)({_MEASURE})")
_CELL = re.compile(r"\d[\d,]*\.\d+")
_UNIT = re.compile("(?<=单位：)万元$")
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
_WORD = re.compile(r"增加|减少|增长|下降|大于|小于|与([^，。；、]{2,8})持平")
_OPPOSITE = {"增加": "减少", "增长": "下降", "大于": "小于"}
_OPPOSITE |= {b: a for a, b in _OPPOSITE.items()}
# 辆 and 台 say the same of cars.
_OTHER_MEASURES = {
    "万元": ("元", "亿元"),
    "%": ("", "个百分点"),
    "批次": ("人次",),
    "人次": ("批次",),
    "人": ("批次",),
    "台（套）": ("辆",),
}


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: characters `start` to `end` of a paragraph, of a table's cell, or of a chart's label or value.

    `row` and `column`: the cell; series and point in a chart, series -1 for a category and point -1 for a series' name.
    `end` -1: the whole row is taken out, -2: every figure of the table, -3: the value and the next change places.
    """

    kind: str
    where: str
    block: int
    start: int
    end: int
    old: str
    new: str
    row: int = -1
    column: int = -1

    @property
    def shown(self) -> str:
        return f"{self.old} → {self.new}" if self.end >= 0 else self.old


ROW, EMPTIED, SWAPPED = -1, -2, -3
HEAD_LINES = 4
"""Title, number, unit and measure stand above a table."""
Draw = Callable[[Document, random.Random], Iterator[Edit]]


# --- the places ------------------------------------------------------------------------------------------------


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """All paragraphs."""
    return (b for b in document.blocks if isinstance(b, Paragraph))


def _texts(
    document: Document, kind: str, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]
) -> Iterator[Edit]:
    for block in paragraphs(document):
        for match in pattern.finditer(block.text):
            yield Edit(kind, "text", block.id, *match.span(), match[0], new(match))


def _cells(document: Document) -> Iterator[tuple[Table, int, int, str]]:
    """Figures of the tables; codes and line numbers have no decimals."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from ((block, c.row, c.column, c.text) for c in block.cells if _CELL.fullmatch(c.text))


def _is_zero(text: str) -> bool:
    return not any(c in "123456789" for c in text)


def _digit(number: str, rng: random.Random) -> str:
    """Another digit in one position."""
    at = rng.choice([i for i, c in enumerate(number) if c.isdigit()])
    return number[:at] + rng.choice([d for d in "0123456789" if d != number[at]]) + number[at + 1 :]


def digits(document: Document, rng: random.Random) -> Iterator[Edit]:
    """One digit of a figure in the text or in a table."""
    for block in paragraphs(document):
        for match in _FIGURE.finditer(block.text):
            yield Edit("digit", "text", block.id, *match.span(1), match[1], _digit(match[1], rng))
    for table, row, column, text in _cells(document):
        yield Edit("digit", "table", table.id, 0, len(text), text, _digit(text, rng), row, column)


def measures(document: Document, rng: random.Random) -> Iterator[Edit]:
    """万元 as 元, a rate without its %, 批次 as 人次; the unit above a table."""
    for block in paragraphs(document):
        for match in _FIGURE.finditer(block.text):
            others = _OTHER_MEASURES.get(match[2])
            if others and not _is_zero(match[1]):
                yield Edit("measure", "text", block.id, *match.span(2), match[2], rng.choice(others))
    for edit in _texts(document, "measure", _UNIT, lambda _: rng.choice(("元", "亿元"))):
        table = next((b for b in document.blocks[edit.block + 1 :] if isinstance(b, Table)), None)
        if table is not None and any(not _is_zero(c.text) for c in table.cells if _CELL.fullmatch(c.text)):
            yield replace(edit, where="table")


def signs(document: Document, _rng: random.Random) -> Iterator[Edit]:
    """A minus before a figure that is not zero."""
    for block in paragraphs(document):
        for match in _FIGURE.finditer(block.text):
            if not _is_zero(match[1]):
                yield Edit("sign", "text", block.id, *match.span(1), match[1], f"-{match[1]}")
    for table, row, column, text in _cells(document):
        if not _is_zero(text):
            yield Edit("sign", "table", table.id, 0, len(text), text, f"-{text}", row, column)


def directions(document: Document, _rng: random.Random) -> Iterator[Edit]:
    """A word of direction turned round; 持平 as more."""

    def other(match: re.Match[str]) -> str:
        if match[1] is None:
            return _OPPOSITE[match[0]]
        return f"大于{match[1]}" if "预算" in match[1] else f"比{match[1]}增加"

    yield from _texts(document, "direction", _WORD, other)


def years(document: Document, rng: random.Random) -> Iterator[Edit]:
    """A year as the one before or after it, in the text or under a chart."""

    def other(match: re.Match[str]) -> str:
        return str(int(match[0]) + rng.choice((-1, 1)))

    yield from _texts(document, "year", _YEAR, other)
    for block in document.blocks:
        if isinstance(block, Chart):
            for point, label in enumerate(block.categories):
                for match in _YEAR.finditer(label):
                    yield Edit("year", "chart", block.id, *match.span(), match[0], other(match), -1, point)


def names(document: Document, rng: random.Random) -> Iterator[Edit]:
    """The name of an account as another's of its level, or with a character left out."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            for match in _name_in_text().finditer(block.text):
                yield Edit("account name", "text", block.id, *match.span(1), match[1], _another(match[1], rng))
        elif isinstance(block, Table):
            for cell in block.cells:
                whole = _name_in_cell().fullmatch(cell.text)
                if whole is not None:
                    place = (*whole.span(1), whole[1], _another(whole[1], rng), cell.row, cell.column)
                    yield Edit("account name", "table", block.id, *place)
        elif isinstance(block, Chart):
            for point, label in enumerate(block.categories):
                if label in _accounts():
                    yield Edit("account name", "chart", block.id, 0, len(label), label, _another(label, rng), -1, point)


@cache
def _accounts() -> dict[str, Account]:
    return {a.name: a for a in load() if a.kind in {FUNCTIONAL, ECONOMIC} and a.verified}


@cache
def _names() -> str:
    return "|".join(re.escape(n) for n in sorted(_accounts(), key=len, reverse=True))


@cache
def _name_in_text() -> re.Pattern[str]:
    """A name with its level behind it, or before its amount in a list."""
    return re.compile(rf"(?:(?<=[，。；：、.）])|^)({_names()})(?=（[类款项]）|\d[\d.,]*万元)")


@cache
def _name_in_cell() -> re.Pattern[str]:
    return re.compile(rf"(?:[一二三四五六七八九十]+、)?({_names()})")


def _another(name: str, rng: random.Random) -> str:
    if rng.random() < 1 / 3:
        at = rng.randrange(len(name))
        return name[:at] + name[at + 1 :]
    mine = _accounts()[name]
    alike = [a for a in _accounts().values() if (a.kind, a.level) == (mine.kind, mine.level) and a.name != name]
    near = [a for a in alike if a.parent == mine.parent]
    return rng.choice(near or alike).name if rng.random() < 1 / 2 else rng.choice(alike).name


def rows(document: Document, _rng: random.Random) -> Iterator[Edit]:
    """A row of a table taken out, its head left as it is."""
    for block in document.blocks:
        if isinstance(block, Table):
            body = min((c.row for c in block.cells if any(x.isdigit() for x in c.text)), default=block.rows)
            for row in range(body, block.rows):
                words = " ".join(c.text for c in block.cells if c.row == row and c.text)
                if words:
                    yield Edit("row deleted", "table", block.id, 0, ROW, words, "", row)


def charts(document: Document, rng: random.Random) -> Iterator[Edit]:
    """One digit of a value; two neighbouring values in each other's place."""
    for block in document.blocks:
        if not isinstance(block, Chart):
            continue
        for s, series in enumerate(block.series):
            for p, text in enumerate(series.values):
                if text:
                    yield Edit("chart data", "chart", block.id, 0, len(text), text, _digit(text, rng), s, p)
            for p, (one, two) in enumerate(zip(series.values, series.values[1:], strict=False)):
                if one and two and one != two:
                    yield Edit("chart data", "chart", block.id, 0, SWAPPED, f"{one} ⇄ {two}", "", s, p)


def emptied(document: Document, _rng: random.Random) -> Iterator[Edit]:
    """All figures of a table gone."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table) and any(not _is_zero(c.text) for c in block.cells if _CELL.fullmatch(c.text)):
            title = document.blocks[max(number - HEAD_LINES, 0)]
            words = title.text if isinstance(title, Paragraph) else ""
            yield Edit("table emptied", "table", block.id, 0, EMPTIED, words, "")


KINDS: dict[str, Draw] = {
    "digit": digits,
    "measure": measures,
    "sign": signs,
    "direction": directions,
    "year": years,
    "account name": names,
    "row deleted": rows,
    "chart data": charts,
    "table emptied": emptied,
}


# --- the change ------------------------------------------------------------------------------------------------


def apply(document: Document, edit: Edit) -> Document:
    """The document with the one change."""
    block = document.blocks[edit.block]
    changed: Block = block
    if isinstance(block, Paragraph):
        changed = replace(block, text=_spliced(block.text, edit))
    elif isinstance(block, Table):
        changed = _table(block, edit)
    elif isinstance(block, Chart):
        changed = _chart(block, edit)
    return replace(document, blocks=(*document.blocks[: block.id], changed, *document.blocks[block.id + 1 :]))


def _spliced(text: str, edit: Edit) -> str:
    return text[: edit.start] + edit.new + text[edit.end :]


def _table(block: Table, edit: Edit) -> Table:
    if edit.end == ROW:
        kept = tuple(c._replace(row=c.row - (c.row > edit.row)) for c in block.cells if c.row != edit.row)
        return replace(block, cells=kept, rows=block.rows - 1, _grid={})
    if edit.end == EMPTIED:
        cells = tuple(c._replace(text="") if _CELL.fullmatch(c.text) else c for c in block.cells)
        return replace(block, cells=cells, _grid={})
    cells = tuple(
        c._replace(text=_spliced(c.text, edit)) if (c.row, c.column) == (edit.row, edit.column) else c
        for c in block.cells
    )
    return replace(block, cells=cells, _grid={})


def _chart(block: Chart, edit: Edit) -> Chart:
    if edit.row < 0:
        labels = list(block.categories)
        labels[edit.column] = _spliced(labels[edit.column], edit)
        return replace(block, categories=tuple(labels))
    series = block.series[edit.row]
    values = list(series.values)
    if edit.end == SWAPPED:
        values[edit.column], values[edit.column + 1] = values[edit.column + 1], values[edit.column]
    else:
        values[edit.column] = _spliced(values[edit.column] or "", edit)
    lines = (*block.series[: edit.row], replace(series, values=tuple(values)), *block.series[edit.row + 1 :])
    return replace(block, series=lines)


# --- where it is -----------------------------------------------------------------------------------------------


def is_at(document: Document, edit: Edit, place: Place) -> bool:
    """Whether a place of the changed document is where the change was made: sentence, row of figures, table, chart.

    The measure above a table is that of all its figures; a table as a whole has its title and number above it.
    """
    if edit.kind == "measure" and edit.where == "table":
        table = next(b.id for b in document.blocks[edit.block + 1 :] if isinstance(b, Table))
        return place.start.block <= table and edit.block <= place.end.block
    block = document.blocks[edit.block]
    first_block = edit.block - HEAD_LINES if isinstance(block, Table) and edit.end < 0 else edit.block
    if not (place.start.block <= edit.block and first_block <= place.end.block):
        return False
    if isinstance(block, Table) and edit.end >= 0:
        return place.row is None or place.row == edit.row
    if not isinstance(block, Paragraph) or place.start.block < place.end.block:
        return True
    first, last = _sentence(block.text, edit.start, edit.start + len(edit.new))
    return place.start.offset < last and first < max(place.end.offset, place.start.offset + 1)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence, to its full stops, that holds these characters."""
    last = text.find("。", end)
    return text.rfind("。", 0, start) + 1, last if last >= 0 else len(text)


def is_last_digit(edit: Edit) -> bool:
    """Whether a figure moved by no more than one unit of its last digit, which rounding may hide."""
    old, new = parse(edit.old), parse(edit.new)
    if old is None or new is None or not old.decimals or old.decimals != new.decimals:
        return False
    return abs(old.value - new.value).scaleb(old.decimals) <= 1
