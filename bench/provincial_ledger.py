"""What the statutory tables of a unit print, account by account, worked out from its books (`bench.provincial_books`)."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from bench.provincial_books import SOURCES, ZERO, Books, accounts, split
from juesuan.catalog import load
from juesuan.catalog.model import Level

FUNDS = ("general", "fund", "capital")


@dataclass(slots=True)
class Entry:
    """One functional item: what it received by source, what it spent by fund and nature, what it carried in and out."""

    code: str
    names: tuple[str, str, str]
    income: dict[str, Decimal] = field(default_factory=dict)
    spent: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    carried_in: dict[str, Decimal] = field(default_factory=dict)
    carried_out: dict[str, Decimal] = field(default_factory=dict)
    use_of_surplus: Decimal = ZERO

    def out(self, funds: Iterable[str], nature: str | None = None) -> Decimal:
        """What was spent of some funds, of one nature or of all."""
        wanted = set(funds)
        return sum((x for (f, n), x in self.spent.items() if f in wanted and nature in {None, n}), ZERO)


@dataclass(slots=True)
class Ledger:
    """All items of a unit, by code, and its basic expenditure by economic account."""

    books: Books
    entries: list[Entry]
    economic: list[tuple[str, str, Decimal]]

    def of(self, fund: str) -> list[Entry]:
        """The items that have to do with one fund."""
        return [
            e
            for e in self.entries
            if e.out([fund]) or e.income.get(fund) or e.carried_in.get(fund) or e.carried_out.get(fund)
        ]

    def classes(self, funds: Iterable[str]) -> dict[str, Decimal]:
        """What was spent by 类, by its code."""
        found: dict[str, Decimal] = {}
        for e in self.entries:
            found[e.code[:3]] = found.get(e.code[:3], ZERO) + e.out(funds)
        return found


def draw_ledger(b: Books, rng: random.Random) -> Ledger:
    """The books item by item. What they do not say (which item another source's money is for) is drawn."""
    entries = {i.code: Entry(i.code, i.names) for i in (*b.items, *b.fund_items)}
    for fund, items in (("general", b.items), ("fund", b.fund_items)):
        for i in items:
            entries[i.code].spent[fund, "basic"] = i.basic
            entries[i.code].spent[fund, "project"] = i.project
    if b.capital:
        code, names = rng.choice([a for a in accounts(b.year, "state_capital") if a[0].startswith("223")])
        entries[code] = Entry(code, names)
        entries[code].spent["capital", "project"] = b.capital
    made = [entries[c] for c in sorted(entries)]
    for fund in FUNDS:
        _carry(b, fund, [e for e in made if e.out([fund])], rng)
    _own(b, [entries[i.code] for i in b.items], rng)
    return Ledger(b, made, _economic(b))


def _carry(b: Books, fund: str, entries: Sequence[Entry], rng: random.Random) -> None:
    """What a fund carried in and out, and so received, given to its items."""
    into, out = b.carried_in.get(fund, ZERO), b.carried_out.get(fund, ZERO)
    left = into
    for e in sorted(entries, key=lambda e: -e.out([fund])):
        e.carried_in[fund] = min(left, e.out([fund]))
        left -= e.carried_in[fund]
    if entries:
        rng.choice(entries).carried_out[fund] = out
    for e in entries:
        e.income[fund] = e.out([fund]) + e.carried_out.get(fund, ZERO) - e.carried_in[fund]


def _own(b: Books, entries: Sequence[Entry], rng: random.Random) -> None:
    """Money of the unit's own, given to one to three items."""
    chosen = sorted(rng.sample(list(entries), min(len(entries), rng.randint(1, 3))), key=lambda e: e.code)
    if chosen:
        chosen[0].carried_in["own"] = b.carried_in.get("own", ZERO)
        chosen[0].use_of_surplus = b.use_of_surplus
    for source in SOURCES:
        for e, x in zip(chosen, split(rng, b.own.get(source, ZERO), len(chosen)), strict=True):
            e.income[source] = x
    for nature, total in (("basic", b.own_basic), ("project", b.own_project), ("operating", b.operating)):
        for e, x in zip(chosen, split(rng, total, len(chosen)), strict=True):
            e.spent["own", nature] = x


def _economic(b: Books) -> list[tuple[str, str, Decimal]]:
    codes = {a.name: a.code for a in load() if a.kind == "economic" and a.level is Level.GROUP}
    return sorted((codes[n], n, x) for d in (b.personnel, b.office) for n, x in d.items())


Figures = Callable[[Entry], list[Decimal]]


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row: its code (empty for the total), its name and its exact figures."""

    code: str
    name: str
    figures: tuple[Decimal, ...]


def tree(entries: Sequence[Entry], figures: Figures, levels: Sequence[int] = (3, 5, 7)) -> tuple[list[Row], Row]:
    """类, 款 and 项 with their sums, and the total."""
    rows: list[Row] = []
    seen: set[str] = set()
    for e in entries:
        for size, name in zip((3, 5, 7), e.names, strict=True):
            code = e.code[:size]
            if size in levels and code not in seen:
                seen.add(code)
                rows.append(Row(code, name, _sum(x for x in entries if x.code.startswith(code))(figures)))
    return rows, Row("", "合计", _sum(entries)(figures))


def _sum(entries: Iterable[Entry]) -> Callable[[Figures], tuple[Decimal, ...]]:
    kept = list(entries)

    def add(figures: Figures) -> tuple[Decimal, ...]:
        return tuple(sum(column, ZERO) for column in zip(*(figures(e) for e in kept), strict=True))

    return add


@cache
def class_names(year: int) -> tuple[tuple[str, str], ...]:
    """Codes and names of the functional classes as 收入支出决算总表 lists them."""
    left_out = {"227", "230", "233"}
    found = {
        a.code: a.name
        for a in load()
        if a.kind == "functional" and a.level is Level.CATEGORY and a.valid_in(year) and a.code not in left_out
    }
    return tuple(sorted(found.items()))


@cache
def economic_names(year: int) -> tuple[tuple[str, str], ...]:
    """Codes and names of the economic accounts that the table of basic expenditure lists."""
    wanted = ("301", "302", "303", "307", "309", "310", "311", "312", "399")
    return tuple(
        sorted((a.code, a.name) for a in load() if a.kind == "economic" and a.code[:3] in wanted and a.valid_in(year))
    )
