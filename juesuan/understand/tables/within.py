"""How the figures of one table add up: across columns, down rows, along the tree of accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from juesuan.evaluate import evaluate
from juesuan.facts import Equal, Fact, Relation, State, Sum
from juesuan.taxonomy.statements import CLASSES, Keys, Side
from juesuan.taxonomy.statements.shared import OFFICE_CODES, PERSONNEL_CODES
from juesuan.understand.tables.bind import ReadRow, ReadStatement

SOURCE = "table"
CLASS_LENGTH = 3


BLANKS = ":blanks"
"""Ends the source of a sum that only its blank cells keep open."""
LEAST_WITNESSES = 3
"""So many sums of a table must hold with blanks as nothing before another is expected to."""


def within(table: ReadStatement) -> list[Relation]:
    """All relations inside one table."""
    return _by_habit(_within(table))


def _by_habit(relations: Sequence[Relation]) -> list[Relation]:
    """Sums with blank cells close, as a doubt, where nearly all such sums of the table hold with blanks as nothing."""
    blank = [r for r in relations if isinstance(r, Sum) and r.source.endswith(BLANKS) and r.subject.value]
    closed = {id(r): replace(r, closed=True, sure=False) for r in blank}
    broken = sum(evaluate(r).state is State.BROKEN for r in closed.values())
    if len(closed) - broken < max(LEAST_WITNESSES, broken):
        return list(relations)
    return [closed.get(id(r), r) for r in relations]


def _within(table: ReadStatement) -> list[Relation]:
    found: list[Relation] = []
    for side in table.statement.sides:
        rows = [r for r in table.rows if r.side == side.id]
        found += _across(table, side, rows)
        if side.tree:
            found += _tree(table, side, rows)
        found += _down(table, side, rows)
    found += _balance(table)
    return found


_UNREAD = -1
"""Among the parts is a cell whose digits make no figure: nothing can be said of the sum but what is too much."""


def _sum(table: ReadStatement, total: Fact, parts: Sequence[Fact], blanks: int, basis: str) -> Iterator[Relation]:
    """Σ parts = total; where a blank may hold the rest, or something was not read, only Σ parts ≤ total."""
    read = table.complete and blanks != _UNREAD
    closed = read and (not blanks or table.blank_is_zero)
    source = f"{SOURCE}:{basis}{BLANKS if read and not closed else ''}"
    if parts:
        yield Sum(total, tuple(parts), closed=closed, place=total.place, source=source)


def _gather(rows: Sequence[ReadRow], column: str) -> tuple[list[Fact], int]:
    facts = [r.facts[column] for r in rows if column in r.facts]
    if any(column in r.unread for r in rows):
        return facts, _UNREAD
    return facts, sum(column in r.blank for r in rows)


def _across(table: ReadStatement, side: Side, rows: Sequence[ReadRow]) -> Iterator[Relation]:
    stages = sorted({k.partition("@")[2] for k in table.columns})
    used = set(table.columns)
    for rule in side.across:
        for stage in stages:
            end = f"@{stage}" if stage else ""
            for row in rows:
                total = row.facts.get(rule.total + end)
                parts = [row.facts[p + end] for p in rule.parts if p + end in row.facts]
                blanks = sum(p + end in row.blank and p + end in used for p in rule.parts)
                if any(p + end in row.unread for p in rule.parts):
                    blanks = _UNREAD
                if total is None:
                    continue
                if rule.within:
                    if parts:
                        yield Sum(total, tuple(parts), closed=False, place=total.place, source=f"{SOURCE}:{side.id}")
                else:
                    yield from _sum(table, total, parts, blanks, "across")


def _tree(table: ReadStatement, side: Side, rows: Sequence[ReadRow]) -> Iterator[Relation]:
    counts = Counter(r.code for r in rows if r.code)
    if any(n > 1 for n in counts.values()):
        return
    by_code = {r.code: r for r in rows if r.code}
    children: dict[str, list[ReadRow]] = {}
    for code, row in by_code.items():
        parent = next((code[:n] for n in (5, 3) if n < len(code) and code[:n] in by_code), "")
        children.setdefault(parent, []).append(row)
    tops = children.pop("", [])
    for column in table.columns:
        for parent, below in children.items():
            total = by_code[parent].facts.get(column)
            if total is not None:
                parts, blanks = _gather(below, column)
                yield from _sum(table, total, parts, blanks, "tree")
        yield from _totals(table, side, rows, tops, column)


def _totals(
    table: ReadStatement, side: Side, rows: Sequence[ReadRow], tops: Sequence[ReadRow], column: str
) -> Iterator[Relation]:
    """The total row = Σ of the highest accounts; in the basic table 人员经费, 公用经费 and both."""
    groups: dict[str, Sequence[ReadRow]] = {"total": tops}
    # A table that lists the items alone has no 类 to add up.
    flat = sum(r.code is not None for r in rows) == len(tops) and side.keys is Keys.FUNCTION
    if side.keys is Keys.ECONOMIC:
        groups["personnel"] = [r for r in tops if r.code in PERSONNEL_CODES]
        groups["office"] = [r for r in tops if r.code in OFFICE_CODES]
    for row_id, below in groups.items():
        row = next((r for r in rows if r.row_id == row_id and r.facts), None)
        total = row.facts.get(column) if row else None
        lengths = {len(r.code or "") for r in below}
        if total is not None and (lengths == {CLASS_LENGTH} or (flat and len(lengths) == 1)):
            parts, blanks = _gather(below, column)
            yield from _sum(table, total, parts, blanks, "total")


def _down(table: ReadStatement, side: Side, rows: Sequence[ReadRow]) -> Iterator[Relation]:
    by_id = {r.row_id: r for r in rows if r.row_id}
    for rule in side.down:
        row = by_id.get(rule.total)
        if row is None:
            continue
        instead = dict(rule.instead)
        wanted = [q for p in rule.parts for q in ((p,) if p in by_id else instead.get(p, ()))]
        below = [by_id[p] for p in wanted if p in by_id]
        below += [r for r in rows if r.code and CLASSES in rule.parts]
        for column, total in row.facts.items():
            parts, blanks = _gather(below, column)
            yield from _sum(table, total, parts, blanks, "down")


def _balance(table: ReadStatement) -> Iterator[Relation]:
    """Both sides have one total; each fund by itself; what came in and was not spent is carried out."""
    totals: dict[tuple[str, str | None], Fact] = {}
    for fact in table.facts:
        if fact.scope.account is None and fact.scope.economic is None:
            totals.setdefault((fact.concept, fact.scope.fund), fact)
    for (concept, fund), left in totals.items():
        right = totals.get(("expenditure_total", fund))
        if concept == "income_total" and right is not None:
            yield Equal(right, left, place=right.place, source=f"{SOURCE}:balance")
    yield from _by_fund(table, totals)
    for row in table.rows:
        yield from _flow(table, row)


def _by_fund(table: ReadStatement, totals: dict[tuple[str, str | None], Fact]) -> Iterator[Relation]:
    if table.statement.id != "appropriation" or not table.complete:
        return
    funds = ("general_budget", "government_fund", "state_capital")
    carried = totals.get(("carried_in", "appropriation"))
    unsplit = carried is not None and bool(carried.value) and not any(("carried_in", f) in totals for f in funds)
    for fund in funds:
        total = totals.get(("expenditure_total", fund))
        parts = [f for c in ("income", "carried_in") if (f := totals.get((c, fund))) is not None]
        # 年初财政拨款结转和结余 may be printed in one sum, without its three funds.
        if total is not None and parts and (len(parts) == 2 or (table.blank_is_zero and not unsplit)):
            yield Sum(total, tuple(parts), place=total.place, source=f"{SOURCE}:fund_balance")


def _flow(table: ReadStatement, row: ReadRow) -> Iterator[Relation]:
    """年初结转和结余 + 本年收入 − 本年支出 = 年末结转和结余, where all four are printed."""
    facts = [row.facts.get(c) for c in ("carried_in", "income", "total")]
    after = row.facts.get("carried_out")
    known = [f for f in facts if f is not None]
    if after is not None and len(known) == len(facts) and table.statement.column("carried_out"):
        parts = (*known[:2], replace(known[2], sign=-1))
        yield Sum(after, parts, place=after.place, source=f"{SOURCE}:flow")
