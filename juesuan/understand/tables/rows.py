"""Rows of a recognised table: what each is of, and its cells in three states (number, explicit zero, blank)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from juesuan.catalog import ECONOMIC, Level
from juesuan.catalog import load as load_catalog
from juesuan.document.model import Cell
from juesuan.facts import Stage
from juesuan.taxonomy.statements import Keys, Row, Side
from juesuan.taxonomy.statements.shared import TOTAL_LABELS
from juesuan.understand.tables.grid import Grid, Line, code_of, is_amount
from juesuan.understand.tables.header import is_ordinals
from juesuan.understand.tables.recognise import Group
from juesuan.understand.tables.words import label, stage_of

TOTALS = frozenset(
    label(w) for w in (*TOTAL_LABELS, "本年收入合计", "本年支出合计", "支出合计", "收入合计", "支出总计", "收入总计")
)
MARKS = frozenset({"类", "款", "项", "…", "……", "..."})
_COUNTED = 3
"""So many columns are counted in a row that is no row of amounts: 1 2 3."""
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class Key:
    """What a row is of. `row`: a fixed row; `code`: an account; `name`: as written. All empty: not known.

    `stage`: what its name says of a row that is known by its stage alone (2023年预算数); `inside`: the code stands before
    the name, in one cell.
    """

    row: Row | None = None
    code: str | None = None
    name: str = ""
    total: bool = False
    stage: Stage | None = None
    inside: bool = False

    @property
    def known(self) -> bool:
        return self.row is not None or self.code is not None or self.total


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of one group: its line, its key, and for each bound column the cell (None where there is none)."""

    group: Group
    line: Line
    key: Key
    cells: dict[str, Cell]
    number: int = 0
    """Of its group, from the left."""

    @property
    def filled(self) -> bool:
        return any(is_amount(c.text) for c in self.cells.values())


def read_rows(grid: Grid, body: int, groups: Sequence[Group], year: int | None) -> Iterator[GridRow]:
    """The rows below the header, group by group."""
    for number, group in enumerate(groups):
        names = _Names(year)
        seen: dict[str, bool] = {}
        for line in grid.lines[body:]:
            if len(line.cells) >= _COUNTED and is_ordinals(line, grid.columns):
                continue  # 栏次 below a header that a page end cut
            cells = {b.key: c for b in group.bound if (c := line.own(b.column.index)) is not None}
            if group.side.keys is Keys.SINGLE and any(_WORDS.search(c.text) for c in cells.values()):
                continue  # counts with their own words below the amounts (相关统计数)
            key = _key(group, line, names, seen, year)
            if not key.known and not key.name and number and group.side.keys is Keys.ECONOMIC:
                key = _left_key(groups[number - 1], line, names, year)
            row = GridRow(group, line, key, cells, number)
            if key.row is not None:
                seen[key.row.id] = seen.get(key.row.id, False) or row.filled
            if key.known or row.filled:
                yield row


def _key(group: Group, line: Line, names: _Names, seen: Mapping[str, bool], year: int | None) -> Key:
    side = group.side
    if side.keys is Keys.SINGLE:
        return Key(total=True)
    if side.keys is Keys.STAGES:
        text = next((t for c in group.names if (t := line.text(c))), "")
        rest, stage = stage_of(label(text))
        return Key(name=text, total=stage is not None and not rest, stage=stage)
    texts = list(dict.fromkeys(t for c in (*group.codes, *group.names) if (t := line.text(c)) and t not in MARKS))
    name = next((t for c in group.names if (t := line.text(c)) and t not in MARKS), "")
    if side.keys is Keys.LABELS:
        return _label_key(side, name or (texts[0] if texts else ""), seen, year)
    code = code_of(t for c in group.codes if (t := line.text(c)))
    inside = code is None and bool(texts) and not (group.codes and group.names)
    if inside:
        lead = re.match(r"(\d{3}|\d{5}|\d{7})(?!\d)\s*(.*)", texts[0])
        code, name = (lead[1], lead[2]) if lead else (None, name)
    if code is not None:
        wanted = "2" if side.keys is Keys.FUNCTION else "35"
        return Key(code=code, name=name, inside=inside) if code[0] in wanted else Key(name=name)
    fixed = _fixed_key(side, texts)
    if fixed is not None:
        return fixed
    if not group.codes and name:
        found = names.function(name) if side.keys is Keys.FUNCTION else names.economic(name)
        return Key(code=found, name=name)
    # 合计 may stand in a column that is none of the keys', as 单位编码.
    beside = [line.text(c) for c in range(min((b.column.index for b in group.bound), default=0))]
    first_group = not texts and not any(is_amount(t) for t in beside)
    return (_fixed_key(side, beside) if first_group else None) or Key(name=name or "".join(texts))


def _fixed_key(side: Side, texts: Sequence[str]) -> Key | None:
    """The fixed row or total that one of the words names."""
    for text in texts:
        folded = label(text)
        fixed = next((r for r in side.rows if folded in {label(w) for w in r.labels}), None)
        if fixed is not None or folded in TOTALS:
            return Key(row=fixed, name=text, total=fixed is None)
    return None


def _left_key(beside: Group, line: Line, names: _Names, year: int | None) -> Key:
    """The total whose words stand in the columns to the left and whose figure stands here (公用经费合计 over two groups)."""
    if any(is_amount(line.text(b.column.index)) for b in beside.bound):
        return Key()
    key = _key(beside, line, names, {}, year)
    return key if key.row is not None else Key()


def _label_key(side: Side, text: str, seen: Mapping[str, bool], year: int | None) -> Key:
    """The fixed row of a label, or its functional class. `seen`: the rows above, and whether they hold figures."""
    folded = label(text)
    if not folded:
        return Key()
    for row in side.rows:
        if folded in {label(w) for w in row.labels} and (not row.after or row.after in seen) and not seen.get(row.id):
            return Key(row=row, name=text)
    code = class_code(text, year) if side.id == "expenditure" else None
    return Key(code=code, name=text)


def class_code(text: str, year: int | None) -> str | None:
    """The code of a functional class by its label in a table, 八、社会保障和就业支出 → 208."""
    found = load_catalog().functional_by_name(label(text), Level.CATEGORY, year)
    return found[0].code if found else None


class _Names:
    """Accounts of a table that prints no codes: each name below the one it follows."""

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.category: str | None = None
        self.group: str | None = None

    def function(self, name: str) -> str | None:
        catalog = load_catalog()
        for level, holder in ((Level.ITEM, self.group), (Level.GROUP, self.category), (Level.CATEGORY, "")):
            if holder is None:
                continue
            found = [a.code for a in catalog.functional_by_name(name, level, self.year) if a.code.startswith(holder)]
            if len(found) == 1:
                if level is Level.CATEGORY:
                    self.category, self.group = found[0], None
                elif level is Level.GROUP:
                    self.group = found[0]
                return found[0]
        return None

    def economic(self, name: str) -> str | None:
        found = [a.code for a in load_catalog().economic_by_name(name, self.year) if a.kind == ECONOMIC]
        return found[0] if len(found) == 1 else None
