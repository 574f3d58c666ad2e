"""Tables of two versions, cell by cell: rows are found again by their labels, not by their number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from juesuan.understand.tables.grid import CODE, Grid, Line, grids, is_amount
from juesuan.understand.understanding import Understanding

__all__ = ["CellChange", "TableChange", "changed_tables"]

_TITLE = 40
_HEAD_LINES = 4
_YEAR = re.compile(r"20\d\d年度?")


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell. `old` or `new` is None where that version has no such row."""

    row: str
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class TableChange:
    """One table: `gone`, `added`, or its cells that changed."""

    title: str
    kind: str
    cells: tuple[CellChange, ...] = ()


def changed_tables(old: Understanding, new: Understanding) -> Iterator[TableChange]:
    """The tables that differ, in the order of the new version; those that are gone at the end."""
    before = _by_title(old)
    now = _by_title(new)
    for key, grid in now.items():
        if key not in before:
            yield TableChange(_shown(key), "added")
            continue
        cells = tuple(_cells(before[key], grid))
        if cells:
            yield TableChange(_shown(key), "changed", cells)
    for key in before:
        if key not in now:
            yield TableChange(_shown(key), "gone")


def _by_title(known: Understanding) -> dict[tuple[str, int], Grid]:
    """The tables by title, and by which of that title it is."""
    seen: dict[str, int] = defaultdict(int)
    found: dict[tuple[str, int], Grid] = {}
    titles = {block: s.title or s.statement.titles[0] for s in known.tables.statements for block in s.blocks}
    for grid in grids(known.document):
        title = titles.get(grid.blocks[0]) or _title(grid)
        seen[title] += 1
        found[title, seen[title]] = grid
    return found


def _title(grid: Grid) -> str:
    if grid.sheet:
        return grid.sheet
    near = [p.text.strip() for p in grid.before if 0 < len(p.text.strip()) <= _TITLE]
    named = [text for text in near if text.endswith("表") or "表（" in text]
    if named or near:
        return (named or near)[-1]
    first = next((t for line in grid.lines[:1] for c in line.cells.values() if (t := c.text.strip())), "")
    return "".join(first.split())[:_TITLE] or "没有名称的表"


def _shown(key: tuple[str, int]) -> str:
    return key[0] if key[1] == 1 else f"{key[0]}（第 {key[1]} 张）"


def _cells(old: Grid, new: Grid) -> Iterator[CellChange]:
    was, stands = list(old.lines), list(new.lines)
    heads = _heads(new)
    for step in Indel.opcodes([_known(line) for line in was], [_known(line) for line in stands]):
        if step.tag == "equal":
            for one, other in zip(
                was[step.src_start : step.src_end], stands[step.dest_start : step.dest_end], strict=True
            ):
                yield from _row(one, other, heads)
        for line in was[step.src_start : step.src_end] if step.tag == "delete" else ():
            yield CellChange(_label(line), "", _joined(line), None)
        for line in stands[step.dest_start : step.dest_end] if step.tag == "insert" else ():
            yield CellChange(_label(line), "", None, _joined(line))


def _row(old: Line, new: Line, heads: dict[int, str]) -> Iterator[CellChange]:
    for column in sorted({*old.cells, *new.cells}):
        was, stands = _bare(old, column), _bare(new, column)
        if was != stands:
            yield CellChange(_label(new), heads.get(column, f"第 {column + 1} 列"), was, stands)


def _label(line: Line) -> str:
    """What names a row: its words and codes, without its amounts."""
    seen: dict[int, str] = {}
    for cell in line.cells.values():
        text = "".join(cell.text.split())
        if text and (not is_amount(text) or CODE.fullmatch(text)):
            seen[id(cell)] = text
    return " ".join(seen.values())


def _known(line: Line) -> str:
    """By what a row is found again: its label, whatever year a heading names."""
    return _YEAR.sub("", _label(line))


def _heads(grid: Grid) -> dict[int, str]:
    """The lowest words above each column."""
    heads: dict[int, str] = {}
    for line in grid.lines[:_HEAD_LINES]:
        texts = {column: "".join(cell.text.split()) for column, cell in line.cells.items()}
        if any(is_amount(text) for text in texts.values()):
            break
        heads |= {column: text for column, text in texts.items() if text}
    return heads


def _joined(line: Line) -> str:
    return " ".join(filter(None, dict.fromkeys("".join(cell.text.split()) for cell in line.cells.values())))


def _bare(line: Line, column: int) -> str:
    return "".join(line.text(column).split())
