"""Excel formulas of the cells that follow from others; None for a leaf that people fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from juesuan.books.derive import ITEM_LENGTH
from juesuan.books.figures import Key
from juesuan.books.place_cells import Layout, PlacedBlock, PlacedSheet, letters
from juesuan.books.plan import Column, PlanRow
from juesuan.taxonomy.concepts import FUND_PARTS
from juesuan.taxonomy.statements import CLASSES, Keys

_WIDE = "general_budget_detail"


class Formulas:
    """The formula of any cell of a layout."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def of(self, sheet: PlacedSheet, block: PlacedBlock, index: int, column: Column) -> str | None:
        """The formula of the block's row number `index` (from 0) and a column, with its =; None for a leaf."""
        row = block.rows[index]
        keys = block.block.keys
        if keys is Keys.FUNCTION:
            found = self._function(sheet, block, index, row, column)
        elif keys is Keys.LABELS:
            found = self._label(sheet, block, index, row, column)
        elif keys is Keys.ECONOMIC:
            found = self._economic(block, index, row, column)
        else:
            found = _across(block, block.top + index, column)
        return f"={found}" if found else None

    # -- functional accounts

    def _function(
        self, sheet: PlacedSheet, block: PlacedBlock, index: int, row: PlanRow | None, column: Column
    ) -> str | None:
        at = block.top + index
        if row is not None and not row.code:
            return _below(block, column, "", "")
        if row is not None and len(row.code or "") < ITEM_LENGTH:
            return _group(block, column, row.code or "")
        inner = _wide(block, at, column) if sheet.plan.id == _WIDE else _across(block, at, column)
        inner = inner or self._from_other(sheet, block, at, column)
        if inner is None or row is not None:
            return inner
        return f'IF(${letters(block.first)}{at + 1}="",0,{inner})'

    def _from_other(self, sheet: PlacedSheet, block: PlacedBlock, at: int, column: Column) -> str | None:
        """The same figure of an earlier sheet, or of the three funds where all money is asked for."""
        key = sheet.plan.key(block.block, "total", column)
        if key is None or column.economic:
            return None
        wanted = [key]
        before = [s for s, _, _ in self._columns(key)]
        if before and before[0] is not sheet:
            wanted = [key]
        elif key.fund == "all" and key.concept in {"basic", "project"}:
            wanted = [key.of(fund=f) for f in FUND_PARTS]
        else:
            return None
        code = f"${letters(block.first)}{at + 1}"
        terms = []
        for one in wanted:
            found = next(((s, b, c) for s, b, c in self._columns(one) if s is not sheet), None)
            if found:
                other, there, its = found
                terms.append(
                    f"SUMIF({_range(other, there, there.first)},{code},{_range(other, there, there.column(its))})"
                )
        return "+".join(terms) or None

    def _columns(self, key: Key) -> Iterator[tuple[PlacedSheet, PlacedBlock, Column]]:
        """Columns of functional tables that hold a key, in the order of the sheets."""
        plain = key.at(None)
        for sheet in self._layout.sheets:
            for block in sheet.blocks:
                if block.block.keys is Keys.FUNCTION and sheet.plan.id != _WIDE:
                    for column in block.block.columns:
                        if sheet.plan.key(block.block, "total", column) == plain:
                            yield sheet, block, column

    # -- labelled rows

    def _label(
        self, sheet: PlacedSheet, block: PlacedBlock, index: int, row: PlanRow | None, column: Column
    ) -> str | None:
        if row is None:
            return None
        at = block.top + index
        across = _across(block, at, column)
        if across:
            return across
        down = next((d for d in block.block.declared.down if d.total == row.id), None)
        if down:
            return _sum(_down(block, down.parts, column))
        key = sheet.plan.key(block.block, row.id, column)
        return self._elsewhere(sheet, key) if key else None

    def _elsewhere(self, sheet: PlacedSheet, key: Key) -> str | None:
        found = next(self._columns(key), None)
        if found:
            other, block, column = found
            return _below(block, column, key.account or "", f"{_quoted(other)}!")
        own = self._label_cell(key)
        if own and own[0] is not sheet:
            return f"{_quoted(own[0])}!{own[1]}"
        if key.fund == "all" and key.concept in {"carried_in", "carried_out"}:
            below = self._label_cell(key.of(fund="appropriation"))
            return f"{_quoted(below[0])}!{below[1]}" if below else None
        if key.concept == "income" and key.fund == "general_budget":
            whole = next(self._columns(key.of(fund="appropriation")), None)
            if whole is None:
                return None
            minus = [next(self._columns(key.of(fund=f)), None) for f in FUND_PARTS[1:]]
            less = "".join(f"-{_below(b, c, '', f'{_quoted(s)}!')}" for s, b, c in (m for m in minus if m))
            return _below(whole[1], whole[2], "", f"{_quoted(whole[0])}!") + less
        return None

    def _label_cell(self, key: Key) -> tuple[PlacedSheet, str] | None:
        """The first labelled cell of a key."""
        for sheet in self._layout.sheets:
            for block in sheet.blocks:
                if block.block.keys is not Keys.LABELS:
                    continue
                for index, row in enumerate(block.rows):
                    for column in block.block.columns:
                        if row is not None and sheet.plan.key(block.block, row.id, column) == key:
                            return sheet, f"{letters(block.column(column))}{block.top + index + 1}"
        return None

    # -- economic items

    def _economic(self, block: PlacedBlock, index: int, row: PlanRow | None, column: Column) -> str | None:
        if row is None:
            return None
        at = block.top + index
        own = letters(block.column(column))
        children = [
            block.top + n
            for n, r in enumerate(block.rows)
            if r and r.code and row.code and r.code != row.code and r.code.startswith(row.code)
        ]
        if children:
            return f"SUM({own}{children[0] + 1}:{own}{children[-1] + 1})"
        if row.code is None:
            classes = [block.top + n for n, r in enumerate(block.rows) if r and r.level == 1 and r.code]
            return _sum(f"{own}{n + 1}" for n in classes)
        across = _across(block, at, column)
        if across:
            return across
        wide = self._layout.by_id.get(_WIDE)
        if column.col.nature and column.col.fund == "general_budget" and wide:
            there = wide.blocks[0]
            place = there.find(f"e{row.code}")
            return f"{_quoted(wide)}!{letters(place)}{there.top + 1}" if place is not None else None
        return None


def _across(block: PlacedBlock, at: int, column: Column) -> str | None:
    rule = next((a for a in block.block.declared.across if a.total == column.id and not a.within), None)
    if rule is None:
        return None
    places = [p for part in rule.parts if (p := block.find(part)) is not None]
    return _sum(f"{letters(p)}{at + 1}" for p in places)


def _wide(block: PlacedBlock, at: int, column: Column) -> str | None:
    """合计 and each 小计 of the table with all economic items side by side."""
    if column.economic is None:
        classes = [c for c in block.block.columns if c.economic and len(c.economic) == 3]
    elif len(column.economic) == 3:
        classes = [
            c
            for c in block.block.columns
            if c.economic and c.economic != column.economic and c.economic.startswith(column.economic)
        ]
        if classes:
            first, last = letters(block.column(classes[0])), letters(block.column(classes[-1]))
            return f"SUM({first}{at + 1}:{last}{at + 1})"
    else:
        return None
    return _sum(f"{letters(block.column(c))}{at + 1}" for c in classes)


def _down(block: PlacedBlock, parts: Iterable[str], column: Column) -> Iterator[str]:
    own = letters(block.column(column))
    for part in parts:
        if part == CLASSES:
            lines = [block.top + n + 1 for n, r in enumerate(block.rows) if r and r.code]
            yield f"{own}{lines[0]}:{own}{lines[-1]}"
        else:
            place = block.row(part)
            if place is not None:
                yield f"{own}{place + 1}"


def _sum(terms: Iterable[str]) -> str | None:
    inner = ",".join(terms)
    return f"SUM({inner})" if inner else None


def _below(block: PlacedBlock, column: Column, prefix: str, sheet: str) -> str:
    """The sum of a column over the items (7 digits) whose code begins with a prefix."""
    codes = _span(block, block.first)
    figures = _span(block, block.column(column))
    test = f'--(LEFT({sheet}{codes},{len(prefix)})="{prefix}"),' if prefix else ""
    return f"SUMPRODUCT({test}--(LEN({sheet}{codes})={ITEM_LENGTH}),{sheet}{figures})"


def _group(block: PlacedBlock, column: Column, code: str) -> str:
    """The sum of the items of a 类 or 款: those that stand below it, and those to come in the empty lines.

    It reaches no other 类 or 款 of its column: they would refer to each other in a circle.
    """
    own = letters(block.column(column))
    lines = [
        block.top + n + 1
        for n, r in enumerate(block.rows)
        if r and r.code and len(r.code) == ITEM_LENGTH and r.code.startswith(code)
    ]
    runs: list[list[int]] = []
    for line in lines:
        if runs and runs[-1][1] == line - 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    free = block.top + next(n for n, r in enumerate(block.rows) if r is None) + 1
    codes, figures = (
        f"${letters(c)}${free}:${letters(c)}${block.bottom + 1}" for c in (block.first, block.column(column))
    )
    later = f'SUMPRODUCT(--(LEFT({codes},{len(code)})="{code}"),--(LEN({codes})={ITEM_LENGTH}),{figures})'
    return f"{_sum(f'{own}{a}:{own}{b}' for a, b in runs)}+{later}"


def _span(block: PlacedBlock, column: int) -> str:
    """The body of a column, below the total line."""
    name = letters(column)
    return f"${name}${block.top + 2}:${name}${block.bottom + 1}"


def _range(sheet: PlacedSheet, block: PlacedBlock, column: int) -> str:
    return f"{_quoted(sheet)}!{_span(block, column)}"


def _quoted(sheet: PlacedSheet) -> str:
    return f"'{sheet.name}'"
