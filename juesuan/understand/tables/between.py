"""Relations between tables: one figure printed in several, and what the law says of their parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from juesuan.facts import Equal, Fact, Relation, Stage, Sum
from juesuan.taxonomy.concepts import FUND_PARTS
from juesuan.understand.tables.bind import ReadStatement

SOURCE = "tables"
CLASSIFIED = "classified"
TWICE = (("2080505", "30108"), ("2080506", "30109"), ("2210201", "30113"))
"""Basic expenditure by function that is nearly always one economic account too: pension, annuity, housing fund."""
_ITEM_CODE = 7
_TELLING = 100
"""A figure of so many units of its last digit is hardly all but equal to another one by chance."""
_SPENT = frozenset({"expenditure", "basic", "project"})
Key = tuple[str, int | None, Stage | None, str | None, str | None, str | None, str | None]


def key_of(fact: Fact, fund: str | None = "") -> Key:
    """Concept and scope; `fund` replaces the fact's own when given."""
    s = fact.scope
    return (fact.concept, s.year, s.stage, s.fund if fund == "" else fund, s.account, s.economic, s.nature)


@dataclass(frozen=True, slots=True)
class Part:
    """An economic item of the basic table that is part of a 三公 figure. `sure` is False where the law knows exceptions."""

    economic: str
    concept: str
    sure: bool = True


PARTS = (
    Part("30212", "abroad", sure=False),  # research staff of universities travel outside 三公
    Part("30217", "reception"),
    Part("30231", "vehicle_operation"),
    Part("31013", "vehicle_purchase"),
)


def between(tables: Sequence[ReadStatement]) -> list[Relation]:
    """All relations between the tables of one document, each set of tables by itself."""
    return [r for part in sorted({t.part for t in tables}) for r in _between([t for t in tables if t.part == part])]


def _between(tables: Sequence[ReadStatement]) -> list[Relation]:
    usable = [t for t in tables if not t.shift and t.measure.symbol]
    index: dict[Key, list[tuple[ReadStatement, Fact]]] = defaultdict(list)
    for table in usable:
        for fact in table.facts:
            if not fact.concept.startswith("named:") and fact.scope.entity is None:
                index[key_of(fact)].append((table, fact))
    found = list(_equal(index))
    first = {key: entries[0][1] for key, entries in index.items()}
    found += _wider_funds(first)
    found += _economic_parts(first)
    found += _totals(first)
    found += _twice_classified(first)
    found += _three_public(first)
    return found


def _equal(index: dict[Key, list[tuple[ReadStatement, Fact]]]) -> Iterator[Relation]:
    for entries in index.values():
        table, first = entries[0]
        for other, fact in entries[1:]:
            if other is not table:
                yield Equal(fact, first, place=fact.place, source=SOURCE)


WIDER = (("general_budget", "all"), ("general_budget", "appropriation"), ("appropriation", "all"))
"""A fund and one it is part of."""


def _wider_funds(first: dict[Key, Fact]) -> Iterator[Relation]:
    """Where a table of its own prints all that was appropriated by items; the overview's columns are sums in their rows."""
    by_items = any(k[0] == "basic" and k[3] == "appropriation" for k in first)
    for fund, wider in WIDER:
        if by_items or (fund, wider) == WIDER[0]:
            yield from _part_of_fund(first, fund, wider)


def _part_of_fund(first: dict[Key, Fact], fund: str, wider: str) -> Iterator[Relation]:
    """03 and 06: all money and that of one fund. When the totals are one, so is every line; else it is a part."""
    pairs = [(f, first.get(key_of(f, wider))) for k, f in first.items() if k[3] == fund and k[0] in _SPENT]
    totals = [
        (f, whole) for f, whole in pairs if whole is not None and f.concept == "expenditure" and f.scope.account is None
    ]
    same = (
        bool(totals) and all(f.value == whole.value for f, whole in totals) and not _other_accounts(first, fund, wider)
    )
    for fact, whole in pairs:
        if whole is None:
            continue
        if same:
            yield Equal(fact, whole, place=fact.place, source=SOURCE)
        else:
            yield Sum(whole, (fact,), closed=False, place=fact.place, source=f"{SOURCE}:{fund}_is_part")


def _economic_parts(first: dict[Key, Fact]) -> Iterator[Relation]:
    """08 and 07: an economic account of the basic expenditure is part of that of all expenditure, and project is the rest."""
    for key, whole in first.items():
        if key[0] != "economic" or key[6] != "all_expenditure" or key[4] is not None:
            continue
        known = [f for nature in (None, "project") if (f := first.get((*key[:6], nature))) is not None]
        if known:
            closed = len(known) == 2
            yield Sum(whole, tuple(known), closed=closed, place=known[0].place, source=f"{SOURCE}:economic_is_part")


def _twice_classified(first: dict[Key, Fact]) -> Iterator[Relation]:
    """One sum by function and by economic account. It may lawfully differ, so only what is all but equal is held equal."""
    for function, economic in TWICE:
        for key, fact in list(first.items()):
            concept, year, stage, fund, account, other, nature = key
            if concept != "basic" or account != function or other or nature or fund != "general_budget":
                continue
            twin = first.get(("economic", year, stage, fund, None, economic, None))
            if twin is None:
                continue
            last_digit = max(twin.quantity.ulp, fact.quantity.ulp)
            # Small figures are a unit of the last digit apart by chance.
            if abs(twin.value - fact.value) <= last_digit and abs(fact.value) >= last_digit * _TELLING:
                yield Equal(twin, fact, place=twin.place, source=CLASSIFIED, sure=False)


def _other_accounts(first: dict[Key, Fact], fund: str, wider: str) -> bool:
    """Whether money was spent that is not the fund's, be it less than a table shows: items have lines for it."""
    facts = [f for f in first.values() if f.concept in _SPENT]
    spent = [(f.scope.fund, f.scope.account) for f in facts if len(f.scope.account or "") == _ITEM_CODE]
    own = {account for name, account in spent if name == fund}
    others = set(FUND_PARTS) - {fund} if fund in FUND_PARTS else set()
    return any(name in others or (name == wider and account not in own) for name, account in spent)


def _totals(first: dict[Key, Fact]) -> Iterator[Relation]:
    """Sums whose total and parts stand in different tables."""
    for key, total in list(first.items()):
        concept, year, stage, fund, account, economic, nature = key
        if account is not None or economic is not None:
            continue
        parts: list[Fact | None] = []
        if concept == "basic" and fund == "general_budget":
            parts = [first.get((c, year, stage, fund, None, None, nature)) for c in ("personnel", "office")]
        elif concept == "income" and fund == "appropriation":
            parts = [
                first.get((concept, year, stage, f, None, None, nature))
                for f in ("general_budget", "government_fund", "state_capital")
            ]
            parts = parts if parts[0] is not None else []
            parts = [p for p in parts if p is not None]
        known = [p for p in parts if p is not None]
        apart = known and len(known) == len(parts) and any(p.place.block != total.place.block for p in known)
        if apart:
            yield Sum(total, tuple(known), place=total.place, source=f"{SOURCE}:sum")


def _three_public(first: dict[Key, Fact]) -> Iterator[Relation]:
    """What the basic table spends on cars, travel and guests is part of the 三公 figure."""
    wholes: dict[tuple[str, int | None, Stage | None], Fact] = {}
    for fact in first.values():
        if fact.scope.account is None and fact.scope.economic is None:
            wholes.setdefault((fact.concept, fact.scope.year, fact.scope.stage), fact)
    items = {
        (f.scope.economic, f.scope.year, f.scope.stage): f
        for f in first.values()
        if f.concept == "economic" and f.scope.nature is None and f.scope.account is None
    }
    for part in PARTS:
        for (code, year, stage), item in items.items():
            whole = wholes.get((part.concept, year, stage))
            if code == part.economic and whole is not None:
                yield Sum(
                    whole, (item,), closed=False, place=item.place, source=f"{SOURCE}:three_public", sure=part.sure
                )
