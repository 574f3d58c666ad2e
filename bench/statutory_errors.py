"""Single errors put into correct statutory tables and their text: found there, said once, and the right cell blamed.

python bench/statutory_errors.py [--manner NAME] [--kind KIND] [--reports N] [--seed S] [--show]
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.common import percent, table
from bench.provincial_grids import Grid, Piece, to_document
from bench.provincial_layouts import MANNERS
from bench.statutory import Made, graver, make
from juesuan.findings import Finding

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)(亿元|万元|元)")
Spot = tuple[int, int, int]
"""Piece, row, column of what was changed; row and column -1 in text."""


@dataclass(frozen=True, slots=True)
class Change:
    """The pieces with one error, and where it is. `rows`: all rows it shows in."""

    pieces: list[Piece]
    spot: Spot
    rows: frozenset[int]
    note: str


Maker = Callable[[random.Random, Made], Change | None]


def _grids(made: Made, *ids: str) -> list[tuple[int, Grid]]:
    wanted = [t.grid for t in made.tables if not ids or t.table.id in ids]
    return [(n, p) for n, p in enumerate(made.pieces) if isinstance(p, Grid) and any(p is g for g in wanted)]


def _grid(made: Made, number: int) -> Grid:
    piece = made.pieces[number]
    if isinstance(piece, str):
        msg = f"piece {number} is no table"
        raise TypeError(msg)
    return piece


def _figures(grid: Grid, rows: Sequence[int] | None = None) -> list[tuple[int, int]]:
    """Cells with money that is not nothing; counts and 行次 have no decimals, codes no point."""
    return [
        (r, c)
        for r, row in enumerate(grid.rows)
        if r >= grid.header and (rows is None or r in rows)
        for c, text in enumerate(row)
        if _FIGURE.fullmatch(text) and ("." in text or "," in text) and text.strip("0.,")
    ]


def _with(made: Made, number: int, rows: list[list[str]]) -> list[Piece]:
    old = made.pieces[number]
    header = old.header if isinstance(old, Grid) else 0
    return [*made.pieces[:number], Grid(rows, header=header), *made.pieces[number + 1 :]]


def _set(made: Made, number: int, row: int, column: int, text: str) -> Change:
    grid = _grid(made, number)
    rows = [list(r) for r in grid.rows]
    note = f"{rows[row][column]} → {text} in {grid.sheet} {rows[row][:4]}"
    rows[row][column] = text
    return Change(_with(made, number, rows), (number, row, column), frozenset({row}), note)


def _digit(rng: random.Random, text: str) -> str:
    """One of the first digits becomes another."""
    places = [i for i, c in enumerate(text) if c.isdecimal()]
    at = rng.choice(places[:2])
    return text[:at] + rng.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]


def _one_cell(*ids: str, rows: Callable[[list[str]], bool] = lambda _: True) -> Maker:
    def change(rng: random.Random, made: Made) -> Change | None:
        found = [(n, r, c) for n, g in _grids(made, *ids) for r, c in _figures(g) if rows(g.rows[r])]
        if not found:
            return None
        n, r, c = rng.choice(found)
        grid = _grid(made, n)
        return _set(made, n, r, c, _digit(rng, grid.rows[r][c]))

    return change


def _total(row: list[str]) -> bool:
    return any("合计" in t or "总计" in t for t in row)


_BY_ITEMS = ("income", "expenditure", "general_budget", "government_fund", "state_capital", "project_expenditure")


def deleted(rng: random.Random, made: Made) -> Change | None:
    """A row of an item is gone."""
    found = [
        (n, r)
        for n, g in _grids(made, *_BY_ITEMS)
        for r, row in enumerate(g.rows)
        if r > g.header and not _total(row) and _figures(g, [r])
    ]
    if not found:
        return None
    n, r = rng.choice(found)
    grid = _grid(made, n)
    rows = [list(x) for k, x in enumerate(grid.rows) if k != r]
    note = f"gone from {grid.sheet}: {grid.rows[r][:6]}"
    return Change(_with(made, n, rows), (n, -2, -2), frozenset(range(len(rows))), note)


def shifted(rng: random.Random, made: Made) -> Change | None:
    """All amounts of a table stand one row too low; the total keeps its place."""
    found = [(n, g) for n, g in _grids(made, "expenditure", "general_budget") if len(g.rows) - g.header > 10]
    if not found:
        return None
    n, grid = rng.choice(found)
    rows = [list(x) for x in grid.rows]
    body = [r for r in range(grid.header, len(rows)) if not _total(rows[r]) and _figures(grid, [r])]
    if len(body) < 6:
        return None
    columns = [c for c in range(len(rows[0])) if any(c == k for _, k in _figures(grid))]
    blank = made.manner.zero
    for c in columns:
        for before, after in zip(reversed(body[:-1]), reversed(body[1:]), strict=True):
            rows[after][c] = grid.rows[before][c]
        rows[body[0]][c] = blank
    return Change(_with(made, n, rows), (n, -2, -2), frozenset(range(len(rows))), f"shifted {grid.sheet}")


def swapped(rng: random.Random, made: Made) -> Change | None:
    """基本支出 and 项目支出 of one row in each other's place."""
    found = []
    for n, g in _grids(made, "expenditure", "general_budget"):
        words = g.rows[: g.header]
        basic = next((c for c in range(len(g.rows[0])) if any(r[c] == "基本支出" for r in words)), None)
        project = next((c for c in range(len(g.rows[0])) if any(r[c] == "项目支出" for r in words)), None)
        if basic is None or project is None:
            continue
        found += [
            (n, r, basic, project) for r, c in _figures(g) if c == basic and g.rows[r][project] != g.rows[r][basic]
        ]
    if not found:
        return None
    n, r, a, b = rng.choice(found)
    grid = _grid(made, n)
    rows = [list(x) for x in grid.rows]
    rows[r][a], rows[r][b] = rows[r][b], rows[r][a]
    return Change(_with(made, n, rows), (n, r, a), frozenset({r}), f"swapped in {grid.sheet}: {rows[r]}")


def unit_slip(rng: random.Random, made: Made) -> Change | None:
    """One cell in the other measure."""
    found = [(n, r, c) for n, g in _grids(made) for r, c in _figures(g)]
    n, r, c = rng.choice(found)
    grid = _grid(made, n)
    bare = grid.rows[r][c].replace(",", "")
    whole, _, part = bare.partition(".")
    digits = whole + part.ljust(4, "0") if made.manner.unit == "万元" else ""
    text = f"{digits.lstrip('0')}.00" if digits else f"{int(whole) / 10000:.2f}"
    return _set(made, n, r, c, text) if text.strip("0.") else None


def whole_unit(rng: random.Random, made: Made) -> Change | None:
    """A table that names the other measure."""
    places = [
        n
        for n, p in enumerate(made.pieces)
        if isinstance(p, str)
        and "单位：" in p
        and isinstance(made.pieces[n + 1], Grid)
        and _figures(made.pieces[n + 1])  # type: ignore[arg-type]
    ]
    if not places:
        return None
    n = rng.choice(places)
    line = str(made.pieces[n])
    new = line.replace("万元", "元") if "万元" in line else line.replace("元", "万元")
    grid = made.pieces[n + 1]
    rows = frozenset(range(len(grid.rows))) if isinstance(grid, Grid) else frozenset[int]()
    pieces = [*made.pieces[:n], new, *made.pieces[n + 1 :]]
    return Change(pieces, (n, -1, -1), rows, f"{line} → {new} of {grid.sheet if isinstance(grid, Grid) else ''}")


def _text(pattern: str) -> Maker:
    """An amount of the text that a table prints, with another digit."""

    def change(rng: random.Random, made: Made) -> Change | None:
        found = [
            (n, m)
            for n, p in enumerate(made.pieces)
            if isinstance(p, str)
            for m in re.finditer(pattern, p)
            if m[1].strip("0.,")
        ]
        if not found:
            return None
        n, m = rng.choice(found)
        line = str(made.pieces[n])
        new = line[: m.start(1)] + _digit(rng, m[1]) + line[m.end(1) :]
        return Change(
            [*made.pieces[:n], new, *made.pieces[n + 1 :]], (n, -1, -1), frozenset(), f"{m[0]} in {line[:60]}"
        )

    return change


KINDS: dict[str, Maker] = {
    "overview": _one_cell("overview", "appropriation"),
    "cell": _one_cell(*_BY_ITEMS, rows=lambda r: not _total(r)),
    "total": _one_cell(*_BY_ITEMS, rows=_total),
    "basic item": _one_cell("basic_items", rows=lambda r: not _total(r)),
    "basic total": _one_cell("basic_items", rows=_total),
    "three public": _one_cell("three_public"),
    "deleted": deleted,
    "shifted": shifted,
    "swapped": swapped,
    "unit slip": unit_slip,
    "wrong unit": whole_unit,
    "text total": _text(r"(?:总计|合计|均为)(?:为)?([\d,]*\d(?:\.\d+)?)(?:万元|元)"),
    "text item": _text(r"（项）[：。]?[^；。]{0,40}决算(?:数)?为?([\d,]*\d(?:\.\d+)?)(?:万元|元)"),
    "text three": _text(r"“三公”经费[^；。]{0,12}决算为?([\d,]*\d(?:\.\d+)?)(?:万元|元)"),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """What is said of one error: findings that are new, whether one is at its place, whether the first blames it."""

    kind: str
    manner: str
    seed: int
    said: int
    there: bool
    blamed: bool
    note: str
    messages: tuple[str, ...]


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.message


def trial(kind: str, manner: str, seed: int) -> Trial | None:
    """One error in one report; None where the report has no place for it."""
    made = make(manner, seed)
    change = KINDS[kind](random.Random(f"{kind}/{manner}/{seed}"), made)
    if change is None:
        return None
    known = {_key(f) for f in graver(to_document(made.pieces))}
    new = [f for f in graver(to_document(change.pieces)) if _key(f) not in known]
    block, row, column = change.spot

    def at(f: Finding, *, subject: bool) -> bool:
        places = [e.place for e in (f.evidence[:1] if subject else f.evidence)]
        if row == -1:
            return any(p.start.block == block and p.row is None for p in places)
        if subject:
            return any(p.start.block == block and (column == -2 or (p.row, p.column) == (row, column)) for p in places)
        return any(p.start.block == block and p.row in change.rows for p in places)

    return Trial(
        kind,
        manner,
        seed,
        len(new),
        any(at(f, subject=False) for f in new),
        any(at(f, subject=True) for f in new),
        change.note,
        tuple(f"{f.rule} {f.severity.key} {f.message}" for f in new),
    )


def main() -> int:
    """Print what is found, by kind and by manner."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--manner", choices=list(MANNERS))
    parser.add_argument("--kind", choices=list(KINDS))
    parser.add_argument("--reports", type=int, default=1, help="of each manner and kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="list the errors not found, or said more than once")
    options = parser.parse_args()
    trials = [
        t
        for kind in ([options.kind] if options.kind else KINDS)
        for manner in ([options.manner] if options.manner else MANNERS)
        for seed in range(options.seed, options.seed + options.reports)
        if (t := trial(kind, manner, seed)) is not None
    ]
    for by in ("kind", "manner"):
        groups: dict[str, list[Trial]] = defaultdict(list)
        for t in trials:
            groups[getattr(t, by)].append(t)
        groups["all"] = trials
        rows = [
            [
                name, len(g), percent(sum(t.there for t in g), len(g)), percent(sum(t.blamed for t in g), len(g)),
                percent(sum(t.said == 1 for t in g), len(g)), max((t.said for t in g), default=0),
            ]
            for name, g in groups.items()
        ]  # fmt: skip
        print(table([by, "errors", "found there", "blamed", "said once", "most findings"], rows), end="\n\n")
    for t in trials if options.show else []:
        if not t.there or t.said != 1:
            print(f"{t.kind} {t.manner} {t.seed} | {t.note}")
            for message in t.messages:
                print(f"    {message}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
