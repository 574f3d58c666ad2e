"""From a printed number back to the cells: what in the books shows as 13.28, and the formula down to its leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from juesuan.books.explain import explanations
from juesuan.books.figures import Cell, Key, Money, Part, key_of, label_of
from juesuan.books.model import Books
from juesuan.books.named import in_wan
from juesuan.errors import BooksError
from juesuan.facts import Stage

_CENT = Decimal("0.01")
_ASKED = re.compile(r"(-?[\d,，]+(?:\.\d+)?)\s*(万元|元|%|％)?")
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure that prints as asked: its words, its printed form, its exact value and the lines of its formula."""

    label: str
    printed: str
    exact: str
    lines: tuple[str, ...]
    cells: tuple[Cell, ...]


def trace(books: Books, asked: str) -> tuple[Traced, ...]:
    """All figures of the books that print as `asked`: 13.28万元, 132800元, 13.80%. Raises BooksError for no number."""
    found = _ASKED.fullmatch(asked.strip())
    if not found:
        raise BooksError(f"“{asked}”不是报告里的数，请写成 13.28、132800元 或 13.80% 的样子。")
    number, measure = Decimal(re.sub("[,，]", "", found[1])), found[2] or "万元"
    if measure in {"%", "％"}:
        return tuple(_rates(books, number))
    return tuple(_amounts(books, number, measure))


def _amounts(books: Books, number: Decimal, measure: str) -> Iterator[Traced]:
    for money in sorted(_every(books), key=lambda m: (bool(m.key.account) + bool(m.key.economic), m.key.nature or "")):
        shown = money.yuan if measure == "元" else Decimal(in_wan(money.yuan))
        if shown == number:
            yield _traced(books, money)
    for one in explanations(books):
        shown = abs(one.change) if measure == "元" else Decimal(in_wan(abs(one.change)))
        if shown == number and one.change:
            change = Money(one.change, one.now.key, parts=(Part(1, one.now), Part(-1, one.before)), note="本年－上年")
            label = f"{one.name}比上年{'增加' if one.change > 0 else '减少'}"
            yield Traced(
                label,
                f"{in_wan(abs(one.change))}万元",
                f"{one.change:,} 元",
                tuple(_tree(books, change)),
                tuple(change.leaves()),
            )


def _rates(books: Books, number: Decimal) -> Iterator[Traced]:
    for one in explanations(books):
        if one.rate is not None and Decimal(one.rate) == abs(number):
            up = "增长" if one.change > 0 else "下降"
            line = f"（{one.now.yuan:,} － {one.before.yuan:,}）÷ {one.before.yuan:,} ＝ {one.rate}%"
            lines = (line, *_tree(books, one.now), *_tree(books, one.before))
            yield Traced(
                f"{one.name}比上年{up}", f"{one.rate}%", line, lines, (*one.now.leaves(), *one.before.leaves())
            )
    for part, whole in _ratios(books):
        percent = (part.yuan * 100 / whole.yuan).quantize(_CENT, ROUND_HALF_UP)
        if percent == number:
            names = dict(books.names)
            line = f"{part.yuan:,} ÷ {whole.yuan:,} ＝ {percent}%"
            kind = "完成" if whole.key.stage is Stage.ADJUSTED else "占"
            label = f"{label_of(part.key, names)} {kind} {label_of(whole.key, names)}"
            yield Traced(
                label,
                f"{percent}%",
                line,
                (line, *_tree(books, part), *_tree(books, whole)),
                (*part.leaves(), *whole.leaves()),
            )


def _ratios(books: Books) -> Iterator[tuple[Money, Money]]:
    """Shares and completions that a report prints."""
    wholes = {
        key_of("expenditure", "all"): [
            key_of(c, "all")
            for c in ("basic", "project", "superior_payment", "operating_expenditure", "affiliated_subsidy")
        ]
        + [key_of("expenditure", "general_budget")],
        key_of("income", "all"): [key_of("income", f) for f in ("general_budget", "government_fund", "state_capital")]
        + [key_of(f"income_{c}") for c in ("superior", "business", "operating", "affiliated", "other")],
        key_of("expenditure", "general_budget"): [
            key_of("expenditure", "general_budget", account=a) for a in books.items(level=3)
        ],
        key_of("three_public"): [key_of(c) for c in ("abroad", "vehicle", "reception")],
        key_of("procurement"): [key_of("procurement_sme"), key_of("procurement_micro")],
    }
    pairs = [(part, whole) for whole, parts in wholes.items() for part in parts]
    items = [None, *books.items()]
    done = [key_of("expenditure", "general_budget", account=a) for a in items] + [
        key_of(c) for c in ("three_public", "abroad", "vehicle", "reception")
    ]
    pairs += [(key, replace(key, stage=Stage.ADJUSTED)) for key in done]
    for part, whole in pairs:
        one, other = books.get(part), books.get(whole)
        if one and other and one.yuan and other.yuan:
            yield one, other


def _every(books: Books) -> Iterator[Money]:
    """All amounts that tables and text print, each once."""
    keys: dict[Key, None] = {}
    for data in books.statements.values():
        for row in data.rows:
            for money in row.amounts.values():
                if money is not None and money.yuan:
                    keys.setdefault(money.key)
    for key in books.typed:
        keys.setdefault(key)
    for one in explanations(books):
        keys.setdefault(one.before.key)
    keys.setdefault(key_of("agency_running_cost"))
    for key in keys:
        found = books.get(key)
        if found is not None:
            yield found if found.key == key else replace(found, key=key)


def _traced(books: Books, money: Money) -> Traced:
    label = label_of(money.key, dict(books.names))
    return Traced(
        label, f"{in_wan(money.yuan)}万元", f"{money.yuan:,} 元", tuple(_tree(books, money)), tuple(money.leaves())
    )


def _tree(books: Books, money: Money, depth: int = 0, sign: int = 1) -> Iterator[str]:
    """The formula, a line each operand, further in the deeper; nothings are left out."""
    indent = "  " * depth
    mark = "－ " if sign < 0 else "＋ " if depth else ""
    where = f"　← {'、'.join(str(c) for c in money.cells)}" if money.cells and not money.parts else ""
    shown = _shown(money)
    note = f"　（{money.note}）" if money.note and money.parts else ""
    yield f"{indent}{mark}{label_of(money.key, dict(books.names))} {money.yuan:,} 元{note}{where}{shown}"
    if depth >= _DEPTH:
        return
    for part in money.parts:
        if part.money.yuan:
            yield from _tree(books, part.money, depth + 1, part.sign)


def _shown(money: Money) -> str:
    """A cell that displays something else than it holds."""
    shown = next((c.shown for c in money.cells if c.shown), None)
    noted = f"（批注：{money.note.strip()}）" if money.note and money.cells and not money.parts else ""
    return f"（格子显示 {shown}，存的是 {money.yuan}）{noted}" if shown and not money.parts else noted


__all__ = ["Traced", "trace"]
