"""Relations between sentences and tables: one figure in both, and rates of the text over budgets of a table.

Two figures are one only when concept, year, stage, account and fund agree. A figure of the text that names no
fund is held against the tables only when all that it could mean say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from juesuan.facts import Aspect, Binding, Completion, Equal, Fact, Relation, Stage, Sum
from juesuan.quantity import Dimension
from juesuan.understand.accounts import AccountNames, economic_code, function_code, path_of_label
from juesuan.understand.identities import holds
from juesuan.understand.tables.bind import ReadStatement

SOURCE = "text_table"
_BUDGETS = (Stage.BUDGET, Stage.INITIAL, Stage.ADJUSTED)
_THREE_PUBLIC = frozenset({"three_public", "abroad", "vehicle", "vehicle_purchase", "vehicle_operation", "reception"})
_TOTALS = {"balance_total": ("income_total", "expenditure_total"), "expenditure_total": ("expenditure_total",)}
_WITH_CARRIED = {"income": ("income", "income_total"), "expenditure": ("expenditure", "expenditure_total")}
"""收入预算 is the year's own income, or all there is to spend with what was carried over: each place has its way."""
Subject = tuple[str, int | None, str | None, str | None]
"""Concept, year, account code, economic code."""


@dataclass(slots=True)
class Index:
    """The tables' figures by subject, then stage and fund; the first place of each."""

    names: AccountNames
    facts: dict[Subject, dict[tuple[Stage | None, str | None], Fact]] = field(default_factory=lambda: defaultdict(dict))

    def subject(self, fact: Fact, year: int | None) -> tuple[Subject, ...]:
        """What a figure of the text is of, in the tables' terms; none where that is not certain."""
        s = fact.scope
        concept, account, economic = fact.concept, None, None
        if s.account is not None or concept.startswith("named:"):
            path = s.account if s.account is not None else path_of_label(fact.label)
            account = function_code(path, year, self.names) if path else None
            if account is None:
                return ()
            concept = "expenditure" if concept.startswith("named:") else concept
        if concept == "economic":
            own = {"人员经费": "personnel", "公用经费": "office", "日常公用经费": "office"}.get(s.economic or "")
            economic = None if own else economic_code(s.economic or "", year, self.names)
            concept = own or concept
            if economic is None and not own:
                return ()
        meant = _TOTALS.get(concept, (concept,))
        if s.stage is Stage.BUDGET and account is None and s.fund in {None, "all"}:
            meant = _WITH_CARRIED.get(concept, meant)
        return tuple((c, s.year, account, economic) for c in meant)


def usable_tables(tables: Sequence[ReadStatement]) -> list[ReadStatement]:
    """The tables that the text can be held against; none where they are those of several units."""
    usable = [t for t in tables if not t.shift and t.meant is None and t.measure.symbol]
    return usable if len({t.part for t in usable}) == 1 else []


def index_of(tables: Sequence[ReadStatement]) -> Index:
    """The figures of some tables by their subjects."""
    index = Index(AccountNames.of((r.code, r.name) for t in tables for r in t.rows if r.code))
    for table in tables:
        for fact in table.facts:
            s = fact.scope
            if s.nature is None and s.entity is None and not fact.concept.startswith("named:"):
                index.facts[(fact.concept, s.year, s.account, s.economic)].setdefault((s.stage, s.fund), fact)
    return index


def text_links(
    facts: Sequence[Fact], relations: Sequence[Relation], tables: Sequence[ReadStatement], disputed: Collection[int]
) -> list[Relation]:
    """What sentences and tables say of the same figure."""
    usable = usable_tables(tables)
    if not usable:
        return []
    index = index_of(usable)
    found: list[Relation] = []
    levels = [f for f in facts if is_plain(f, disputed)]
    other_money = _other_money([*levels, *(f for t in usable for f in t.facts)])
    for fact in levels:
        links: list[Relation] = []
        for subject in index.subject(fact, fact.scope.year):
            printed = index.facts.get(subject, {})
            link = None if other_money and _of_some_fund(fact, printed) else _equal(fact, printed)
            if link is not None and not _speaks_of_a_part(fact, subject, index):
                links.append(link)
        found += [next((r for r in links if holds(r)), links[0])] if len(links) > 1 else links
    found += _completions(facts, relations, index)
    found += _running_cost(levels, index)
    return found


def _other_money(levels: Sequence[Fact]) -> bool:
    """Whether more was spent than the general budget: a figure without a fund may then be of all money."""
    spent = [f for f in levels if f.concept == "expenditure" and not f.scope.account and f.scope.stage is Stage.FINAL]
    whole = {f.value for f in spent if f.scope.fund == "all"}
    general = {f.value for f in spent if f.scope.fund == "general_budget"}
    return bool(whole and general) and whole.isdisjoint(general)


def _of_some_fund(fact: Fact, printed: Mapping[tuple[Stage | None, str | None], Fact]) -> bool:
    """Whether the text names no fund and the tables print the figure of some funds only."""
    funds = {fund for _, fund in printed}
    return fact.scope.fund is None and fact.concept not in _THREE_PUBLIC and not funds & {None, "all"}


def _speaks_of_a_part(fact: Fact, subject: Subject, index: Index) -> bool:
    """Whether an item's figure is the account's 基本支出 or 项目支出: the sentence stands in a list of that part only."""
    concept, year, account, economic = subject
    if account is None or concept != "expenditure":
        return False
    whole = index.facts.get(subject, {}).values()
    parts = [f for c in ("basic", "project") for f in index.facts.get((c, year, account, economic), {}).values()]
    return not any(fact.interval.meets(f.interval) for f in whole) and any(
        fact.interval.meets(f.interval) for f in parts
    )


def is_plain(fact: Fact, disputed: Collection[int]) -> bool:
    """Whether a figure of the text is an amount that nothing sets apart."""
    return (
        fact.aspect is Aspect.LEVEL
        and fact.scope.nature is None
        and fact.scope.project is None
        and not fact.quantity.approximate
        and fact.quantity.measure.dimension is Dimension.MONEY
        and fact.id not in disputed
    )


def _equal(fact: Fact, printed: dict[tuple[Stage | None, str | None], Fact]) -> Relation | None:
    stage, fund = fact.scope.stage, fact.scope.fund
    if stage in _BUDGETS and not any(s is stage for s, _ in printed):
        return _budget(fact, printed)
    same_stage = {f: found for (s, f), found in printed.items() if s is stage}
    sure = fact.binding is not Binding.SECTION
    if fund in same_stage and fund is not None:
        other = same_stage[fund]
        return Equal(fact, other, place=fact.place, source=SOURCE, sure=sure)
    if fund is None or None in same_stage:
        candidates = list(same_stage.values())
        if candidates and len({c.value for c in candidates}) == 1:
            return Equal(fact, candidates[0], place=fact.place, source=SOURCE, sure=sure)
    return None


def _budget(fact: Fact, printed: dict[tuple[Stage | None, str | None], Fact]) -> Relation | None:
    """A budget of the text beside the table's 预算数, which may be that of the year's beginning or the whole year's."""
    candidates = [f for (s, _), f in printed.items() if s is Stage.BUDGET]
    if not candidates or len({c.value for c in candidates}) > 1 or fact.concept not in _THREE_PUBLIC:
        return None
    return Equal(fact, candidates[0], place=fact.place, source=f"{SOURCE}:budget", sure=False)


def _completions(facts: Sequence[Fact], relations: Sequence[Relation], index: Index) -> Iterator[Relation]:
    """A completion rate of 三公 whose budget only the table prints."""
    done = {r.subject.id for r in relations if isinstance(r, Completion)}
    for fact in facts:
        if (
            fact.aspect is not Aspect.COMPLETION
            or fact.id in done
            or fact.concept not in _THREE_PUBLIC
            or fact.scope.project
        ):
            continue
        printed = index.facts.get((fact.concept, fact.scope.year, None, None), {})
        final = next((f for (s, _), f in printed.items() if s is Stage.FINAL), None)
        budget = next((f for (s, _), f in printed.items() if s in _BUDGETS), None)
        if final is not None and budget is not None and not budget.quantity.is_zero:
            yield Completion(fact, final, budget, place=fact.place, source=SOURCE, sure=False)


def _running_cost(levels: Sequence[Fact], index: Index) -> Iterator[Relation]:
    """机关运行经费 is 公用经费 of administrative units: a part of what the basic table prints."""
    for fact in levels:
        if fact.concept != "agency_running_cost" or fact.scope.stage not in {Stage.FINAL, Stage.BUDGET}:
            continue
        printed = index.facts.get(("office", fact.scope.year, None, None), {})
        office = printed.get((fact.scope.stage, "general_budget"))
        if office is not None:
            yield Sum(office, (fact,), closed=False, place=fact.place, source=f"{SOURCE}:running_cost", sure=False)
