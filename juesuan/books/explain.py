"""Why a figure changed: each change against the year before split by item and economic line; a draft of the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from juesuan.books.derive import ECONOMIC_LENGTH, ITEM_LENGTH
from juesuan.books.figures import Key, Money, key_of
from juesuan.books.model import Books
from juesuan.books.named import in_wan
from juesuan.facts import Stage
from juesuan.taxonomy.concepts import FUND_PARTS

_NOTHING = Decimal(0)
_MOST = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a change: what it is called, and by how much it changed in 元."""

    label: str
    change: Decimal


@dataclass(frozen=True, slots=True)
class Split:
    """A change split one way. `rest` is what no part explains, in 元."""

    by: str
    steps: tuple[Step, ...]
    rest: Decimal


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure's change: now, before, its splits, the reason so far. `name` is the heading of its reason."""

    name: str
    now: Money
    before: Money
    splits: tuple[Split, ...]
    reason: str | None

    @property
    def change(self) -> Decimal:
        return self.now.yuan - self.before.yuan

    @property
    def rate(self) -> str | None:
        """The growth in percent with two decimals; None from nothing."""
        if not self.before.yuan:
            return None
        return str((abs(self.change) * 100 / abs(self.before.yuan)).quantize(Decimal("0.01"), ROUND_HALF_UP))

    @property
    def draft(self) -> str | None:
        """A sentence that names the greatest parts of the change; None where no split explains it."""
        split = next((s for s in self.splits if s.steps and abs(s.rest) <= abs(self.change) / 5), None)
        if split is None or not self.change:
            return None
        words = [
            f"{s.label}{_direction(s.change)}{in_wan(abs(s.change))}万元"
            for s in split.steps[:_MOST]
            if in_wan(abs(s.change)) != "0.00"
        ]
        return "、".join(words) + "。" if words else None


def _direction(change: Decimal) -> str:
    return "增加" if change > 0 else "减少"


def explanations(books: Books) -> tuple[Explanation, ...]:
    """The changes that a report has to explain, in its order; those without figures of both years are left out."""
    names: tuple[tuple[str, Key, list[Parts]], ...] = (
        ("收入支出总计", key_of("income_total", "all"), _spent(books, "all")),
        ("财政拨款收入支出总计", key_of("income_total", "appropriation"), _spent(books, "appropriation")),
        ("一般公共预算财政拨款支出", key_of("expenditure", "general_budget"), _spent(books, "general_budget")),
        ("“三公”经费", key_of("three_public"), [_named(books, "分项", _THREE_PUBLIC)]),
        ("因公出国（境）费", key_of("abroad"), []),
        ("公务用车购置及运行维护费", key_of("vehicle"), [_named(books, "分项", _VEHICLE)]),
        ("公务接待费", key_of("reception"), []),
        ("机关运行经费", key_of("agency_running_cost"), [_office(books)]),
    )
    found: list[Explanation] = []
    for name, key, splits in names:
        now, before = books.get(key), books.get(_before(key))
        if now is not None and before is not None:
            done = tuple(
                Split(by, steps, now.yuan - before.yuan - sum((s.change for s in steps), _NOTHING))
                for by, steps in splits
            )
            found.append(
                Explanation(name, now, before, done, books.narrative.reason(name, name.strip("“”").replace("”", "")))
            )
    return tuple(found)


_THREE_PUBLIC = (("因公出国（境）费", "abroad"), ("公务用车购置及运行维护费", "vehicle"), ("公务接待费", "reception"))
_VEHICLE = (("公务用车购置费", "vehicle_purchase"), ("公务用车运行维护费", "vehicle_operation"))
Parts = tuple[str, tuple[Step, ...]]


def _before(key: Key) -> Key:
    return Key(key.concept, key.fund, key.account, key.economic, key.nature, Stage.FINAL, 1)


def _spent(books: Books, fund: str) -> list[Parts]:
    """A total by functional items and by economic items; all money falls back on what the three funds say."""
    funds = (fund,) if fund in FUND_PARTS else FUND_PARTS
    economics: list[tuple[str, list[Key]]] = []
    codes = {
        a
        for f in funds
        for k in (key_of("expenditure", f), _before(key_of("expenditure", f)))
        for a in books.resolver.accounts(k)
    }
    items = sorted(c for c in codes if len(c) == ITEM_LENGTH)
    accounts = [(books.name_of(c), [key_of("expenditure", f, account=c) for f in funds]) for c in items]
    lines = {e for f in funds for k in (_economic(f), _before(_economic(f))) for e in books.resolver.economics(k)}
    for code in sorted(c for c in lines if len(c) == ECONOMIC_LENGTH):
        keys = [key_of("economic", f, economic=code, nature="all_expenditure") for f in funds]
        economics.append((books.name_of(code), keys))
    found = [("按功能分类", _steps(books, accounts))]
    if any(books.get(_before(k)) for _, keys in economics for k in keys):
        found.append(("按经济分类", _steps(books, economics)))
    return found


def _economic(fund: str) -> Key:
    return key_of("economic", fund, nature="all_expenditure")


def _office(books: Books) -> Parts:
    keys = [key_of("economic", "general_budget")]
    codes = {
        e
        for k in (keys[0], _before(keys[0]))
        for e in books.resolver.economics(k)
        if e.startswith(("302", "310", "399", "307", "309"))
    }
    lines = [(books.name_of(c), [key_of("economic", "general_budget", economic=c)]) for c in sorted(codes)]
    if not any(books.get(_before(k)) for _, own in lines for k in own):
        return "按经济分类", ()
    return "按经济分类", _steps(books, lines)


def _named(books: Books, by: str, parts: Iterable[tuple[str, str]]) -> Parts:
    return by, _steps(books, [(label, [key_of(concept)]) for label, concept in parts])


def _steps(books: Books, lines: Iterable[tuple[str, list[Key]]]) -> tuple[Step, ...]:
    """What changed, the greatest first."""
    found = [Step(label, _sum(books, keys) - _sum(books, [_before(k) for k in keys])) for label, keys in lines]
    return tuple(sorted((s for s in found if s.change), key=lambda s: -abs(s.change)))


def _sum(books: Books, keys: Iterable[Key]) -> Decimal:
    return sum((m.yuan for k in keys if (m := books.get(k)) is not None), _NOTHING)
