"""What came in and what went out: 收入总计＝本年收入＋结转和结余, and the flow from one year's carried money to the next.

Held only where every figure is one in the whole text and of one fund. Items the text leaves out (使用非财政拨款结余,
结余分配) are mostly nothing, yet need not be: then no more is said than that the parts are not greater than the total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from juesuan.evaluate import evaluate
from juesuan.facts import Aspect, Fact, Relation, State, Sum

_TOTALS = (
    (
        "income_total",
        ("income", "carried_in"),
        "use_of_surplus",
        "收入总计＝本年收入＋使用非财政拨款结余＋年初结转和结余（公开01表）",
    ),
    (
        "expenditure_total",
        ("expenditure", "carried_out"),
        "surplus_distribution",
        "支出总计＝本年支出＋结余分配＋年末结转和结余（公开01表）",
    ),
)
_FLOW = ("carried_in", "income", "expenditure", "carried_out")
_FLOW_BASIS = "年初结转和结余＋本年收入＋使用非财政拨款结余－本年支出－结余分配＝年末结转和结余"
_Figures = dict[tuple[str, str | None], Fact | None]


def balances(facts: Iterable[Fact], already: Iterable[Relation]) -> Iterator[Relation]:
    """The sums that hold between totals, this year's money and what is carried; those stated as lists are left out."""
    listed = {r.subject.id for r in already if isinstance(r, Sum) and r.closed}
    years: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        s = fact.scope
        plain = s.account is None and s.economic is None and s.entity is None and s.project is None
        if plain and fact.aspect is Aspect.LEVEL and s.nature is None:
            years[s.year, s.stage].append(fact)
    for group in years.values():
        figures = _figures(group)
        for fund in dict.fromkeys(fund for _, fund in figures if fund is not None):
            yield from _of_fund(figures, fund, listed)


def _figures(facts: Sequence[Fact]) -> _Figures:
    """The figure of each concept and fund; None where the text gives several."""
    found: _Figures = {}
    for fact in facts:
        key = fact.concept, fact.scope.fund
        before = found.get(key, fact)
        found[key] = before if before is not None and before.value == fact.value else None
    return found


def _of_fund(figures: _Figures, fund: str, listed: set[int]) -> Iterator[Relation]:
    for concept, parts, optional, basis in _TOTALS:
        total = figures.get((concept, fund))
        known = [f for part in parts if (f := figures.get((part, fund))) is not None]
        more = _optional(figures, fund, optional)
        if total is None or len(known) < len(parts) or total.id in listed:
            continue
        closed = more is not None or fund != "all"
        added = (*known, *([more] if more else []))
        yield Sum(total, added, closed=closed, place=total.place, source=basis, sure="总计" in total.label)
    flow = [f for part in _FLOW if (f := figures.get((part, fund))) is not None]
    if len(flow) < len(_FLOW) or any(figures.get((concept, fund)) for concept, *_ in _TOTALS):
        return
    used, given = (_optional(figures, fund, concept) for concept in ("use_of_surplus", "surplus_distribution"))
    before, came, went, after = flow
    added = (before, came, *([used] if used else []), *(replace(f, sign=-1) for f in (went, given) if f))
    relation = Sum(after, added, place=after.place, source=_FLOW_BASIS)
    if fund != "all" or (used and given) or evaluate(relation).state is not State.BROKEN:
        yield relation


def _optional(figures: _Figures, fund: str, concept: str) -> Fact | None:
    """Own money, which no appropriation has, whether the text names its fund or not."""
    if fund != "all":
        return None
    return figures.get((concept, fund)) or figures.get((concept, None))
