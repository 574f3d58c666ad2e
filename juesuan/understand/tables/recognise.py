"""Which statement a grid is: by its title, its header and the keys of its rows. Near ties stay undecided.

A column is known by its words, never by its position.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from juesuan.facts import Stage
from juesuan.taxonomy.statements import STATEMENTS, Col, Keys, Side, Statement
from juesuan.taxonomy.statements.wide import economic_code, wide_col
from juesuan.understand.tables.grid import Grid, code_of
from juesuan.understand.tables.header import UNIT_NAMES, Column, Header
from juesuan.understand.tables.words import label, stage_of

_CONFLICT = re.compile(
    r"财政拨款|一般公共|基金|国有资本|项目支出|基本支出|三公|明细|社会保险|债务|专项|分单位|运行经费|采购|购买服务|会议费|培训费|附属单位"
)
_AFTER = re.compile(
    r"(?:按?(?:支出)?(?:功能|经济)(?:分类)?(?:科目)?)?(?:公开|财决|附?表|续|gk)?[\d一二三四五六七八九十]*(?:表|页)?(?:续|续表)?|万元|元"
)
_STATEMENT_LIKE = re.compile(r"(?:决算|预算|情况|信息)(?:总|明细)?表")
_SUBTOTALS = frozenset({"小计", "合计", "金额"})
_GENERIC = frozenset({"决算数", "预算数", "金额"})
LEAST_HEADER = 0.5
LEAST_CODES = 2


@dataclass(frozen=True, slots=True)
class Bound:
    """A grid's column as a statement's column. `key` tells columns of one meaning and several stages apart."""

    column: Column
    col: Col
    stage: Stage | None
    year: int | None = None
    """The table's own year: a column that names it is like one that names none."""

    @property
    def key(self) -> str:
        stage = "" if self.stage is None or self.col.stage else self.stage.value
        year = "" if self.column.year is None or self.column.year == self.year else str(self.column.year)
        return f"{self.col.id}@{stage}{year}" if stage or year else self.col.id


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that belong together: the keys of the rows, then their figures. `unbound`: figure columns nobody knows."""

    side: Side
    codes: tuple[int, ...]
    names: tuple[int, ...]
    bound: tuple[Bound, ...]
    unbound: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The statement of a grid, how its columns bind, and how sure that is (0 to 1)."""

    statement: Statement
    groups: tuple[Group, ...]
    score: float
    title: str


@cache
def _titles() -> tuple[tuple[str, str, Statement], ...]:
    found = [(label(t), t, s) for s in STATEMENTS for t in s.titles]
    return tuple(sorted(found, key=lambda entry: -len(entry[0])))


def titled(text: str) -> Statement | None:
    """The statement whose title a line holds: the longest that fits, with nothing before it that makes it another table."""
    found = _titled(text)
    return found[0] if found else None


def called(text: str) -> str | None:
    """The title a line holds, without the unit, the year and the number that stand around it."""
    found = _titled(text)
    return found[1] if found else None


def _titled(text: str) -> tuple[Statement, str] | None:
    folded = label(text)
    for alias, title, statement in _titles():
        at = folded.rfind(alias)
        if at < 0 or _CONFLICT.search(folded[:at].rpartition("决算表")[2]):
            continue
        if _AFTER.fullmatch(folded[at + len(alias) :]):
            return statement, title
    return None


def is_statement_title(text: str) -> bool:
    """Whether a line reads like the title of a statutory table, known or not."""
    folded = label(text)
    found = _STATEMENT_LIKE.search(folded)
    return found is not None and _AFTER.fullmatch(folded[found.end() :]) is not None


def recognise(grid: Grid, header: Header, kind: str, year: int | None = None) -> Recognised | str | None:
    """The statement, or why it could not be told, or None for a table that is no statement at all."""
    for title in header.titles:
        statement = titled(title)
        if statement is not None:
            found = _layout(statement, grid, header, title, year)
            if found is not None:
                return found
            twin = _twin(statement, grid, header, title, year)
            return twin or f"表名是“{statement.title}”，列头与已知版式对不上"
    likely = [(s, g) for s in STATEMENTS if kind in {s.kind.value, "unknown"} if (g := _fits(s, grid, header, year))]
    if len(likely) == 1 and not any(is_statement_title(t) for t in header.titles):
        statement, groups = likely[0]
        return Recognised(statement, groups, 0.4, "")
    if likely:
        names = "、".join(s.title for s, _ in likely[:3])
        return f"没有认得的表名，列头与{names}等相近，无法断定是哪一张"
    unknown = next((t for t in header.titles[:3] if is_statement_title(t)), None)
    if unknown is not None and any(c.role == "figure" for c in header.columns):
        return f"没有“{unknown}”的版式"
    return None


def _layout(statement: Statement, grid: Grid, header: Header, title: str, year: int | None) -> Recognised | None:
    """The layout of a statement that knows most of the grid's columns; its own before another that knows as many."""
    best: Recognised | None = None
    for layout in (statement, *(s for s in STATEMENTS if s.layout_of == statement.id)):
        groups = _bind(layout, grid, header, year)
        share = _header_score(groups, header)
        better = share >= LEAST_HEADER and (best is None or 0.6 + 0.4 * share > best.score)
        if better and _has_required(layout, groups) and _rows_fit(layout, grid, groups):
            best = Recognised(layout, groups, 0.6 + 0.4 * share, title)
    return best


def _twin(statement: Statement, grid: Grid, header: Header, title: str, year: int | None) -> Recognised | None:
    """Another statement of the same fund and kind whose layout is printed under this title (11 and 12, or 08 laid out as 07)."""
    for other in STATEMENTS:
        if (
            other is statement
            or other.kind is not statement.kind
            or other.fund != statement.fund
            or other.fund in {None, "all"}
        ):
            continue
        groups = _bind(other, grid, header, year)
        if _header_score(groups, header) >= LEAST_HEADER and _has_required(other, groups) and other.required:
            return Recognised(other, groups, 0.6, title)
    return None


def _fits(statement: Statement, grid: Grid, header: Header, year: int | None) -> tuple[Group, ...] | None:
    """The groups, when every figure column is known and the rows have the right keys."""
    if statement.layout_of or (not statement.required and not _distinct(statement)):
        return None
    groups = _bind(statement, grid, header, year)
    if not groups or any(g.unbound for g in groups) or not _has_required(statement, groups):
        return None
    return groups if _keys_fit(grid, groups) else None


def _rows_fit(layout: Statement, grid: Grid, groups: Sequence[Group]) -> bool:
    """Whether the rows of another layout are those it has; a statement's own layout needs no such proof.

    Columns of its own prove a layout by accounts, as long as no row speaks against it.
    """
    if not layout.layout_of:
        return True
    by_accounts = all(side.keys in {Keys.FUNCTION, Keys.ECONOMIC} for side in layout.sides)
    return _keys_fit(grid, groups, least=0 if by_accounts and layout.required else LEAST_CODES)


def _distinct(statement: Statement) -> bool:
    return any(side.keys is Keys.LABELS for side in statement.sides)


def _keys_fit(grid: Grid, groups: Sequence[Group], least: int = LEAST_CODES) -> bool:
    """Whether rows carry the keys the statement has: codes, at least so many, or labels of its rows."""
    for group in groups:
        if group.side.keys is Keys.LABELS:
            known = {label(t) for row in group.side.rows for t in row.labels}
            hits = sum(label(line.text(c)) in known for line in grid.lines for c in group.names)
            if hits < min(3, len(group.side.rows)):
                return False
        elif group.side.keys is Keys.STAGES:
            if not any(_is_stage(line.text(c)) for line in grid.lines for c in group.names):
                return False
        elif group.side.keys in {Keys.FUNCTION, Keys.ECONOMIC}:
            codes = [code_of(line.text(c) for c in group.codes) for line in grid.lines]
            if sum(c is not None for c in codes) < least:
                return False
            first = next((c for c in codes if c), None)
            if first is not None and (first[0] == "2") is not (group.side.keys is Keys.FUNCTION):
                return False
    return True


def _is_stage(text: str) -> bool:
    rest, stage = stage_of(label(text))
    return stage is not None and not rest


def _has_required(statement: Statement, groups: Sequence[Group]) -> bool:
    present = {b.col.id for g in groups for b in g.bound}
    return set(statement.required) <= present


def _header_score(groups: Sequence[Group], header: Header) -> float:
    figures = sum(c.role == "figure" for c in header.columns)
    return sum(len(g.bound) for g in groups) / figures if figures else 0.0


# --- columns ------------------------------------------------------------------------------------------------


def _clusters(header: Header) -> list[list[Column]]:
    """Columns in groups: a key column after a figure column begins the next group."""
    found: list[list[Column]] = []
    before = ""
    for column in header.columns:
        if not found or (column.role in {"code", "name"} and before == "figure"):
            found.append([])
        found[-1].append(column)
        if column.role != "skip":
            before = column.role
    return found


def _bind(statement: Statement, grid: Grid, header: Header, year: int | None) -> tuple[Group, ...]:
    clusters = _clusters(header)
    groups: list[Group] = []
    if len(statement.sides) > 1:
        for cluster in clusters:
            side = _side_of(statement, grid, cluster)
            if side is not None:
                groups.append(_group(side, cluster, statement, year))
        return tuple(groups)
    return tuple(
        _group(statement.sides[0], cluster, statement, year)
        for cluster in clusters
        if any(c.role == "figure" for c in cluster)
    )


def _side_of(statement: Statement, grid: Grid, cluster: Sequence[Column]) -> Side | None:
    """Which side columns belong to: by the words above them, else by the labels of their rows."""
    for side in statement.sides:
        words = {label(w) for w in side.words}
        if any(c.path and c.path[0] in words for c in cluster):
            return side
    best, most = None, 1
    for side in statement.sides:
        known = {label(t) for row in side.rows for t in row.labels if row.labels[0] not in {"总计", "合计"}}
        hits = sum(label(line.text(c.index)) in known for line in grid.lines for c in cluster if c.role == "name")
        if hits > most:
            best, most = side, hits
    return best


def _group(side: Side, cluster: Sequence[Column], statement: Statement, year: int | None) -> Group:
    bound: list[Bound] = []
    unbound: list[int] = []
    taken: set[str] = set()
    for column in cluster:
        if column.role != "figure":
            continue
        col = _col_of(side, column) or _economic_col(side, column, year)
        if col is None:
            unbound.append(column.index)
            continue
        item = Bound(column, col, column.stage if column.stage is not statement.stage or col.stage else None, year)
        if item.key in taken:
            unbound.append(column.index)
        else:
            taken.add(item.key)
            bound.append(item)
    codes = tuple(c.index for c in cluster if c.role == "code")
    named = [c for c in cluster if c.role == "name"]
    names = tuple(c.index for c in [c for c in named if c.deepest not in UNIT_NAMES] or named)
    return Group(side, codes, names, tuple(bound), tuple(unbound))


@cache
def _words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(label(w) for w in words)


def _col_of(side: Side, column: Column) -> Col | None:
    """The column of a side that fits best: one that needs words above it before one that does not."""
    best: Col | None = None
    rank = 0
    holder = column.path[-2] if len(column.path) > 1 and column.deepest in _SUBTOTALS else ""
    for col in side.columns:
        if col.stage is not None and not _stage_fits(col.stage, column.stage):
            continue
        labels = _words(col.labels)
        generic = column.staged and bool(labels & _GENERIC)
        under = not col.under or any(word in _words(col.under) for word in column.path)
        # A page end may cut a merged cell of the header in two: 年初结转和 | 结余.
        fits = under and (column.deepest in labels or "".join(column.path[-2:]) in labels)
        held = holder in labels and under
        points = (
            5 if held and col.under else 4 if fits and col.under else 3 if held else 2 if fits else 1 if generic else 0
        )
        if points > rank:
            best, rank = col, points
    return best


def _economic_col(side: Side, column: Column, year: int | None) -> Col | None:
    """The column of an economic account, on a side that has one for each."""
    code = economic_code(column.path, year) if side.wide is not None else None
    return wide_col(side, code, year) if code else None


def _stage_fits(wanted: Stage, found: Stage | None) -> bool:
    if wanted is Stage.BUDGET:
        return found in {Stage.BUDGET, Stage.INITIAL, Stage.ADJUSTED}
    return found is wanted
