"""Relations that no single sentence states: one fact printed twice, statutory sums across the text, classes and their items.

Two facts are the same only when every dimension is known and equal. A figure that names no fund is held
against all figures it could be, and only when those agree with each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from juesuan.catalog import Level
from juesuan.catalog import load as load_catalog
from juesuan.evaluate import evaluate
from juesuan.facts import Aspect, Binding, Equal, Fact, Relation, Stage, State, Sum, Together
from juesuan.taxonomy.concepts import (
    BY_FUND,
    COUNTED_WITH,
    FUND_PARTS,
    LIMITS,
    PARTITIONS,
    PROJECT_CONCEPTS,
    USUAL_LIMITS,
)
from juesuan.understand.balances import balances
from juesuan.understand.context import UNNAMED, Context, Segment

_DIGITS = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_LEADING_YEAR = re.compile(r"^20\d{2}年度?(?:末|底)?，?")
_OF_ONE_FUND = frozenset(
    {*BY_FUND, "balance_total", "carried_in", "carried_out", "basic", "project", "personnel", "office"}
)
"""Another fund makes them another figure: without a fund they are held against those of several funds that agree."""
_SHORTEST_SEGMENT = 10
_ANAPHORIC = re.compile(r"[该本此]?项目(?:资金)?(?!支出)|其中|自评|绩效|全年|年初|执行|预算|决算|完成|实际|共计|合计")
"""Words that begin a sentence about what was named before it."""

Key = tuple[object, ...]


def document_relations(context: Context, parts: Sequence[str]) -> list[Relation]:
    """All relations over the whole document; `parts` names the part of each passage (body, attachment 1, …)."""
    facts = [f for f in context.facts if _comparable(f) and f.id not in context.disputed]
    found: list[Relation] = []
    found += _equal(facts, context)
    found += _partitions(facts, context.relations)
    found += _receptions(facts)
    found += balances(facts, context.relations)
    found += _limits(facts, LIMITS, sure=True)
    found += _limits(facts, USUAL_LIMITS, sure=False)
    found += _funds(facts)
    found += _together(context)
    found += _classes(
        [f for f in context.facts if _judgeable(f) and f.id not in context.disputed],
        context.year,
        unfinished=context.unfinished,
    )
    found += _repeated(context.segments, parts)
    return found


def _comparable(fact: Fact) -> bool:
    return _judgeable(fact) and not _nameless_path(fact.scope.account)


def _judgeable(fact: Fact) -> bool:
    return (
        not fact.concept.startswith("named:")
        and fact.concept != UNNAMED
        and (fact.scope.nature is None or fact.aspect is not Aspect.LEVEL)
        and not fact.concept.startswith("count:")
        and (fact.scope.project is None or fact.concept in PROJECT_CONCEPTS)
        and not fact.quantity.approximate
        and fact.aspect in {Aspect.LEVEL, Aspect.CHANGE, Aspect.COMPLETION}
        and (fact.aspect is Aspect.LEVEL or fact.scope.nature not in {"reason", "purpose"})
    )


def _nameless_path(path: str | None) -> bool:
    """Whether the 款 of an item is not named and several have an item of that name (行政运行): which one is not known."""
    category, slashes, item = (path or "").partition("//")
    if not slashes:
        return False
    holders = load_catalog().functional_by_name(category, Level.CATEGORY) if category else ()
    named = load_catalog().functional_by_name(item, Level.ITEM)
    return sum(not holders or any(a.code.startswith(h.code) for h in holders) for a in named) > 1


def _key(fact: Fact) -> Key:
    s = fact.scope
    return (
        fact.concept, fact.aspect, s.year, s.stage, account_key(s.account, s.year), s.economic, s.entity, s.project, s.nature,
        fact.quantity.measure.dimension,
    )  # fmt: skip


def account_key(path: str | None, year: int | None) -> str | None:
    """An account path by its latest class name, so that an old name and the new one are one account."""
    if path is None:
        return None
    category, _, rest = path.partition("/")
    return f"{class_name(category, year)}/{rest}"


def class_name(name: str, year: int | None) -> str:
    """The current name of a 类, or the name itself when the catalog does not know it."""
    found = load_catalog().resolve(name, None, None, year).category
    return found.accounts[0].code if found.accounts else name


def _equal(facts: Sequence[Fact], context: Context) -> list[Relation]:
    """One fact, two places: the later one is held against the first."""
    groups: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.scope.year is not None or context.year is None:
            groups[_key(fact)].append(fact)
    found: list[Relation] = []
    for group in groups.values():
        by_fund: dict[str | None, list[Fact]] = defaultdict(list)
        for fact in group:
            by_fund[fact.scope.fund].append(fact)
        for fund, same in by_fund.items():
            first = same[0]
            explicit = fund is not None or len(by_fund) == 1
            if explicit:
                found += [
                    Equal(f, first, place=f.place, source="restated", sure=_sure(f, first, context)) for f in same[1:]
                ]
        if group[0].concept not in _OF_ONE_FUND or len(by_fund.keys() - {None}) > 1:
            found += _unspecified(by_fund, context)
    return found


def _sure(a: Fact, b: Fact, context: Context) -> bool:
    """A self-evaluation is written before the accounts are approved: its figures may lawfully differ from the body's."""
    attached = {context.parts.get(f.id, "").startswith("attachment") for f in (a, b)}
    return Binding.SECTION not in {a.binding, b.binding} and len(attached) == 1


def _unspecified(by_fund: dict[str | None, list[Fact]], context: Context) -> list[Relation]:
    """Figures without a fund, against those with one, when these all say the same and are more than one."""
    open_ones = by_fund.get(None, [])
    known = [f for fund, same in by_fund.items() if fund is not None for f in same]
    if not open_ones or not known or len({f.value for f in known}) > 1:
        return []
    several = len(known) > 1
    return [
        Equal(f, known[0], place=f.place, source="restated", sure=several and _sure(f, known[0], context))
        for f in open_ones
    ]


def _partitions(facts: Sequence[Fact], already: Iterable[Relation]) -> list[Relation]:
    """Statutory sums whose total and parts stand in different sentences."""
    done = {(r.subject.id, frozenset(p.id for p in r.parts)) for r in already if isinstance(r, Sum)}
    totals_done = {r.subject.id for r in already if isinstance(r, Sum) and r.closed}
    index: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        if (
            fact.aspect is Aspect.LEVEL
            and fact.scope.account is None
            and fact.scope.economic is None
            and fact.scope.entity is None
        ):
            index[(fact.concept, fact.scope.year, fact.scope.stage, fact.scope.fund)].append(fact)
    found: list[Relation] = []
    for partition in PARTITIONS:
        for key, totals in list(index.items()):
            if key[0] != partition.total:
                continue
            parts = [_one(index.get((p, *key[1:]), [])) for p in partition.parts]
            total = _one(totals)
            if total is None or any(p is None for p in parts) or total.id in totals_done:
                continue
            known = tuple(p for p in parts if p is not None)
            if (total.id, frozenset(p.id for p in known)) not in done:
                found.append(Sum(total, known, place=total.place, source=partition.basis))
    return found


def _one(facts: Sequence[Fact]) -> Fact | None:
    """The figure, when all places agree on it."""
    return facts[0] if facts and len({f.value for f in facts}) == 1 else None


def _limits(facts: Sequence[Fact], limits: Iterable[tuple[str, str, str]], *, sure: bool) -> list[Relation]:
    """A part is never greater than its whole."""
    index: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.aspect is Aspect.LEVEL and fact.scope.entity is None:
            s = fact.scope
            index[(fact.concept, s.year, s.stage, s.fund, s.project, s.account, s.economic)].append(fact)
    found: list[Relation] = []
    for part, whole, basis in limits:
        for key, parts in list(index.items()):
            if key[0] != part:
                continue
            total, portion = _one(index.get((whole, *key[1:]), [])), _one(parts)
            if total is not None and portion is not None:
                found.append(Sum(total, (portion,), closed=False, place=portion.place, source=basis, sure=sure))
    return found


def _receptions(facts: Sequence[Fact]) -> list[Relation]:
    """公务接待费 is the domestic and the foreign receptions, or, where foreign guests are among the domestic ones, these alone."""
    index: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.aspect is Aspect.LEVEL and fact.scope.entity is None:
            index[fact.concept, fact.scope.year, fact.scope.stage].append(fact)
    found: list[Relation] = []
    for (concept, *rest), totals in list(index.items()):
        parts = [_one(index.get((c, *rest), [])) for c in ("reception_domestic", "reception_foreign")]
        total, (home, abroad) = _one(totals), parts
        if concept != "reception" or total is None or home is None or abroad is None:
            continue
        both = Sum(total, (home, abroad), place=total.place, source="公务接待费＝国内公务接待＋外事接待")
        if holds(both) or not holds(Equal(home, total)):
            found.append(both)
    return found


def _funds(facts: Sequence[Fact]) -> list[Relation]:
    """Money from the three funds: together the appropriation, and no more than all money."""
    index: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        plain = (
            fact.scope.account is None
            and fact.scope.economic is None
            and fact.scope.entity is None
            and fact.scope.project is None
        )
        if fact.concept in BY_FUND and fact.aspect is Aspect.LEVEL and plain:
            index[(fact.concept, fact.scope.year, fact.scope.stage, fact.scope.fund)].append(fact)
    found: list[Relation] = []
    for concept, year, stage in dict.fromkeys(k[:3] for k in index):
        parts = [p for p in (_one(index.get((concept, year, stage, f), [])) for f in FUND_PARTS) if p is not None]
        for fund in ("appropriation", "all"):
            total = _one(index.get((concept, year, stage, fund), []))
            if total is not None and len(parts) > 1:
                closed = fund == "appropriation" and len(parts) == len(FUND_PARTS)
                found.append(Sum(total, tuple(parts), closed=closed, place=total.place, source="三种预算之和"))
    return found


def _together(context: Context) -> list[Relation]:
    """Counts beside the amount of the same matter, in one section."""
    found: list[Relation] = []
    for concept, measures, basis in COUNTED_WITH:
        amounts = [
            f
            for f in context.facts
            if f.concept == concept
            and f.aspect is Aspect.LEVEL
            and f.scope.stage is Stage.FINAL
            and f.scope.year == context.year
        ]
        amount = _one(amounts)
        if amount is None:
            continue
        found += [
            Together(f, amount, place=f.place, source=basis, sure=False)
            for f in context.facts
            if f.concept == f"count:{concept}"
            and f.quantity.measure.symbol in measures
            and f.scope.nature is None
            and f.scope.year == context.year
        ]
    return found


def _classes(facts: Sequence[Fact], year: int | None, *, unfinished: bool) -> list[Relation]:
    """A class total of the structure paragraph = Σ its items in the detailed paragraph, when the items are complete.

    `unfinished`: items may stand in what is left out of the text.
    """
    final = [
        f
        for f in facts
        if f.concept == "expenditure"
        and f.scope.account
        and f.scope.stage is Stage.FINAL
        and f.aspect is Aspect.LEVEL
        and f.scope.year == year
        # The other two funds have sections of their own: 城乡社区支出 of the 基金 is no part of the general budget's.
        and f.scope.fund not in FUND_PARTS[1:]
    ]
    totals: dict[str, Fact] = {}
    items: dict[str, list[Fact]] = defaultdict(list)
    latest: dict[tuple[str, int], Fact] = {}
    for fact in final:
        path = fact.scope.account or ""
        if "/" not in path:
            totals.setdefault(class_name(path, year), fact)
        else:
            latest[path, fact.id if _nameless_path(path) else 0] = fact
    for (path, _), fact in latest.items():
        items[class_name(path.partition("/")[0], year)].append(fact)
    if not totals or not items:
        return []
    sums = [
        Sum(total, tuple(items[name]), place=total.place, source="class_items")
        for name, total in totals.items()
        if items.get(name)
    ]
    if len(sums) < len(totals):
        return []
    good = sum(1 for r in sums if holds(r))
    complete = _same_overall(list(totals.values()), [f for fs in items.values() for f in fs])
    if not complete and not unfinished and good * 2 < len(sums):
        return []
    # Items may have been left out: then a class lacks money. Money it has too much is certain.
    return [
        r if complete or evaluate(replace(r, closed=False)).state is State.BROKEN else replace(r, sure=False)
        for r in sums
        if not unfinished or complete or evaluate(replace(r, closed=False)).state is State.BROKEN or holds(r)
    ]


def _same_overall(totals: Sequence[Fact], items: Sequence[Fact]) -> bool:
    """Whether the items listed are all there are: their sum is that of the classes."""
    overall = sum((t.value for t in totals), Decimal(0))
    listed = sum((i.value for i in items), Decimal(0))
    slack = sum((f.quantity.ulp for f in (*totals, *items)), Decimal(0)) / 2
    return abs(overall - listed) <= slack


def _repeated(segments: Sequence[Segment], parts: Sequence[str]) -> list[Relation]:
    """Sentences printed twice, word for word but for their figures: the figures should be the same."""
    seen: dict[tuple[str, str], Segment] = {}
    found: list[Relation] = []
    for segment in segments:
        text = _LEADING_YEAR.sub("", _LEADING_YEAR.sub("", segment.text.strip("“”")))
        masked = _DIGITS.sub("#", text)
        if len(masked) < _SHORTEST_SEGMENT or "#" not in masked:
            continue
        part = parts[segment.passage] if segment.passage < len(parts) else ""
        for other in [s for (m, p), s in seen.items() if m == masked and _same_matter(part, p)]:
            apart = part == parts[other.passage] and _of_each_its_own(other, segment)
            if len(other.facts) == len(segment.facts) and not apart:
                found += [
                    Equal(b, a, place=b.place, source="repeated", sure=False)
                    for a, b in zip(other.facts, segment.facts, strict=True)
                    if _same_subject(a, b)
                    and not _nameless_path(a.scope.account or f"//{a.label}")
                    and a.scope.nature not in {"purpose", "reason"}
                ]
            break
        seen.setdefault((masked, part), segment)
    return found


def _of_each_its_own(a: Segment, b: Segment) -> bool:
    """Whether the words stand in two paragraphs about two matters: 项目全年预算数为… after each project's name."""
    if _ANAPHORIC.match(b.text) or b.facts[0].concept == UNNAMED:
        return True
    named = any(f.concept.startswith("named:") for f in b.facts)
    return named and _DIGITS.sub("#", a.lead) != _DIGITS.sub("#", b.lead)


def _same_subject(a: Fact, b: Fact) -> bool:
    """The words are the same, and so is what they are about: two items may well share a wording."""
    return (a.concept, a.aspect, a.scope, a.quantity.measure.dimension) == (
        b.concept,
        b.aspect,
        b.scope,
        b.quantity.measure.dimension,
    )


def _same_matter(a: str, b: str) -> bool:
    """The same part, or body and attachment; two attachments speak of two projects."""
    return a == b or not (a.startswith("attachment") and b.startswith("attachment"))


def holds(relation: Relation) -> bool:
    """Whether a relation is true as printed, rounding allowed."""
    return evaluate(relation).state in {State.HOLDS, State.ROUNDING}
