"""Facts made of figures, for the tests of evaluation and root causes."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

from juesuan.facts import Aspect, Fact, Scope
from juesuan.place import span
from juesuan.quantity import MEASURES, Habit, Quantity, parse, plain

_NUMBERS = count()


def quantity(text: str) -> Quantity:
    """A figure that must be readable."""
    found = parse(text)
    if found is None:
        msg = f"no figure: {text!r}"
        raise ValueError(msg)
    return found


def fact(
    text: str,
    concept: str = "named:x",
    *,
    aspect: Aspect = Aspect.LEVEL,
    sign: int = 0,
    scope: Scope | None = None,
    habit: Habit | None = None,
) -> Fact:
    """A fact with a number and a place of its own."""
    number = next(_NUMBERS)
    shown = quantity(text)
    shown = habit.apply(shown) if habit else shown
    return Fact(
        number, concept, scope or Scope(year=2023), shown, span(number, 0, len(text)), aspect, sign, label=concept
    )


def shown(exact: Decimal, symbol: str, decimals: int, *, drop_zeros: bool = False) -> str:
    """An exact value in base units as a report prints it: rounded half up, trailing zeros dropped or not."""
    text = plain(exact / MEASURES[symbol].factor, decimals)
    if drop_zeros and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + symbol
