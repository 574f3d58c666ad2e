"""Totals from leaves: how each amount of the books follows from others. Each key has its ways, the surest first.

A way is either structural (a total of its parts: it always holds) or usual (what is so unless the books say
otherwise: all money is the appropriation where a unit has no other).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from juesuan.books.figures import Key, Money, Part
from juesuan.facts import Stage
from juesuan.taxonomy.concepts import FUND_PARTS
from juesuan.taxonomy.statements.shared import OFFICE_CODES, PERSONNEL_CODES

ITEM_LENGTH, ECONOMIC_LENGTH = 7, 5
_INCOME = (
    "income_superior",
    "income_business",
    "income_operating",
    "income_affiliated",
    "income_other",
    "income_special_account",
)
_EXPENDITURE = ("superior_payment", "operating_expenditure", "affiliated_subsidy")
_TREE = frozenset({"income", "expenditure", "basic", "project", "income_education_fees", *_INCOME, *_EXPENDITURE})
_CARRIED = frozenset({"carried_in", "carried_out"})
_BY_FUND = frozenset(
    {"income", "expenditure", "basic", "project", "carried_in", "carried_out", "income_total", "expenditure_total"}
)
_FIXED: Mapping[str, tuple[str, ...]] = {
    "three_public": ("abroad", "vehicle", "reception"),
    "vehicle": ("vehicle_purchase", "vehicle_operation"),
    "reception": ("reception_domestic", "reception_foreign"),
    "procurement": ("procurement_goods", "procurement_works", "procurement_services"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to compute an amount: signed keys, why, and whether it holds without exception."""

    terms: tuple[tuple[int, Key], ...]
    note: str
    usual: bool = False


class Resolver:
    """Amounts by key: typed ones, and all that follow from them. Computes each once and keeps it."""

    def __init__(self, typed: Mapping[Key, Money], *, has_running_cost: bool = False) -> None:
        self._typed = typed
        self._running = has_running_cost
        self._known: dict[Key, Money | None] = {}
        self._busy: set[Key] = set()
        self._met: set[Key] = set()
        self._accounts: dict[tuple[Stage, int], list[str]] = {}
        self._economics: dict[tuple[Stage, int], list[str]] = {}
        for key in typed:
            period = (key.stage, key.back)
            _add(self._accounts.setdefault(period, []), key.account, ITEM_LENGTH)
            _add(self._economics.setdefault(period, []), key.economic, ECONOMIC_LENGTH)

    def get(self, key: Key) -> Money | None:
        """The amount of a key; None where the books do not say."""
        if key in self._known:
            return self._known[key]
        if key in self._busy:
            self._met.add(key)
            return None
        self._busy.add(key)
        before, self._met = self._met, set()
        found = self._find(key)
        self._busy.discard(key)
        self._met.discard(key)
        if not self._met:
            # A search that met a key still being looked for may have stopped short: only whole ones are kept.
            self._known[key] = found
        self._met |= before
        return found

    def _find(self, key: Key) -> Money | None:
        typed = self._typed.get(key)
        closed = key.back == 0 and key.stage is Stage.FINAL
        if typed is not None and not closed:
            return typed
        for way in self.ways(key):
            if way.usual and typed is not None:
                return typed
            found = self.compute(key, way)
            if found is not None:
                return found
        return typed

    def compute(self, key: Key, way: Way) -> Money | None:
        """The amount by one way; None when nothing of it is known."""
        parts = [Part(sign, money) for sign, term in way.terms if (money := self.get(term)) is not None]
        if not parts or (any(s < 0 for s, _ in way.terms) and parts[0].sign < 0):
            return None
        total = sum((p.sign * p.money.yuan for p in parts), Decimal(0))
        if len(parts) == 1 and parts[0].sign > 0 and parts[0].money.key == key:
            return parts[0].money
        return Money(total, key, parts=tuple(parts), note=way.note)

    def accounts(self, key: Key) -> list[str]:
        """Items below a key's account, in the order of their codes, of its stage and year."""
        return sorted(
            a
            for a in self._accounts.get((key.stage, key.back), [])
            if a.startswith(key.account or "") and a != key.account
        )

    def economics(self, key: Key) -> list[str]:
        """Economic items below a key's, likewise."""
        return sorted(
            e
            for e in self._economics.get((key.stage, key.back), [])
            if e.startswith(key.economic or "") and e != key.economic
        )

    def ways(self, key: Key) -> Iterator[Way]:
        """All ways a key may be computed."""
        yield from self._tree(key)
        yield from self._across(key)
        yield from self._funds(key)
        yield from self._usual(key)

    def _tree(self, key: Key) -> Iterator[Way]:
        if key.concept == "economic":
            yield from self._economic(key)
            return
        depends = key.fund in FUND_PARTS if key.concept in _CARRIED else key.concept in _TREE
        if depends and key.economic is None and len(key.account or "") < ITEM_LENGTH:
            yield Way(_plus(key.at(a) for a in self.accounts(key)), "逐项相加")

    def _economic(self, key: Key) -> Iterator[Way]:
        if len(key.economic or "") < ECONOMIC_LENGTH:
            yield Way(_plus(key.on(e) for e in self.economics(key)), "逐款相加")
        elif key.nature and key.fund in FUND_PARTS and len(key.account or "") < ITEM_LENGTH:
            yield Way(_plus(key.at(a) for a in self.accounts(key)), "逐项相加")

    def _across(self, key: Key) -> Iterator[Way]:
        if key.concept in _FIXED:
            yield Way(_plus(key.of(p) for p in _FIXED[key.concept]), "分项相加")
        if key.concept == "income" and key.fund == "all":
            yield Way(_plus([key.of(fund="appropriation"), *(key.of(c) for c in _INCOME)]), "各项收入相加")
        if key.concept == "expenditure" and key.fund == "all":
            yield Way(_plus(key.of(c) for c in ("basic", "project", *_EXPENDITURE)), "各项支出相加")
        if key.concept == "expenditure" and key.fund in FUND_PARTS:
            yield Way(_plus((key.of("basic"), key.of("project"))), "基本支出＋项目支出")
        if key.account is None and key.concept == "income_total":
            extra = [key.of("use_of_surplus")] if key.fund == "all" else []
            yield Way(_plus([key.of("income"), *extra, key.of("carried_in")]), "本年收入＋年初结转和结余")
        if key.account is None and key.concept == "expenditure_total":
            extra = [key.of("surplus_distribution")] if key.fund == "all" else []
            yield Way(_plus([key.of("expenditure"), *extra, key.of("carried_out")]), "本年支出＋年末结转和结余")
        if key.concept in {"personnel", "office"} and key.account is None:
            codes = PERSONNEL_CODES if key.concept == "personnel" else OFFICE_CODES
            yield Way(_plus(key.of("economic").on(c) for c in codes), "经济分类逐类相加")

    def _funds(self, key: Key) -> Iterator[Way]:
        if key.fund == "appropriation" and (key.concept in _BY_FUND or (key.concept == "economic" and key.nature)):
            yield Way(_plus(key.of(fund=f) for f in FUND_PARTS), "三种财政拨款相加")

    def _usual(self, key: Key) -> Iterator[Way]:
        """What is so unless the books say otherwise."""
        if key.concept == "basic" and key.fund == "general_budget" and key.account is None:
            yield Way(_plus((key.of("personnel"), key.of("office"))), "人员经费＋公用经费", usual=True)
        if key.fund == "all" and key.concept in {"basic", "project", "carried_in", "carried_out"}:
            yield Way(((1, key.of(fund="appropriation")),), "没有其他资金，同财政拨款", usual=True)
        if key.concept == "income" and key.fund == "general_budget" and key.account is None:
            whole, others = key.of(fund="appropriation"), [(-1, key.of(fund=f)) for f in FUND_PARTS[1:]]
            yield Way(((1, whole), *others), "财政拨款收入－基金－国资", usual=True)
        if key.concept == "expenditure" and key.fund == "general_budget" and len(key.account or "") == ITEM_LENGTH:
            wide = key.of("economic")
            terms = _plus(
                Key("economic", wide.fund, key.account, e, "all_expenditure", key.stage, key.back)
                for e in self.economics(key)
            )
            yield Way(terms, "经济分类逐款相加", usual=True)
        if key.concept == "agency_running_cost" and self._running and key.back == 0 and key.stage is Stage.FINAL:
            yield Way(((1, key.of("office")),), "同公用经费合计", usual=True)


def _add(codes: list[str], code: str | None, length: int) -> None:
    if code and len(code) >= length and code not in codes:
        codes.append(code)


def _plus(keys: Iterable[Key]) -> tuple[tuple[int, Key], ...]:
    return tuple((1, k) for k in keys)
