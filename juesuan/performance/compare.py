"""Target and completion of an indicator on one scale, or why they cannot be compared."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from juesuan.performance.model import QUALITATIVE, Indicator
from juesuan.performance.values import Kind, Value, squeezed
from juesuan.quantity import EXACT, Dimension, Quantity, plain

__all__ = ["Pair", "Way", "last_day", "pair_of", "shown"]

_MONTHS = {"年": 12, "个月": 1, "月": 1}
_DAYS = {"周": 7, "天": 1, "日": 1}
_SCALED = {Dimension.MONEY, Dimension.RATIO}
_COUNTED = {
    Dimension.PERSON_TIME, Dimension.PERSON, Dimension.BATCH, Dimension.GROUP, Dimension.VEHICLE, Dimension.SET,
    Dimension.PIECE, Dimension.OCCASION, Dimension.HOUSEHOLD, Dimension.SCORE, Dimension.NUMBER,
}  # fmt: skip
_DECEMBER = 12


class Way(Enum):
    """How a target is compared with what was reached."""

    FIGURES = "figures"
    DATES = "dates"
    WORDS = "words"
    """A result in words, which a person judges."""
    BLANK = "blank"
    """Nothing was filled in."""
    UNLIKE = "unlike"
    """Of different measures."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`sign` is ≥ ≤ = > < as used for scoring. `target`, `done`: figures on one scale, or days (ordinals).

    `note`: why it was compared so, or what to write instead.
    """

    way: Way
    sign: str = ""
    target: Decimal = Decimal(0)
    done: Decimal = Decimal(0)
    note: str = ""
    months_late: int = 0


def pair_of(item: Indicator, year: int | None = None) -> Pair:
    """Target and completion of one indicator. `year` holds for dates that name none."""
    goal, done = item.target_value, item.completion_value
    if goal.kind in {Kind.BLANK, Kind.NOTHING}:
        return Pair(Way.BLANK, note="没有指标值，请补填带计量单位的指标值。")
    if done.kind in {Kind.BLANK, Kind.NOTHING}:
        return Pair(Way.BLANK, note="没有完成值，请补填。")
    if item.sign == QUALITATIVE:
        return Pair(Way.WORDS)
    if item.is_deadline and _as_date(goal, year, late=True):
        return _dates(item, goal, done, year)
    if goal.quantity is None or done.quantity is None:
        return _in_words(item, goal, done)
    figures = _scaled(goal, done)
    if figures is None:
        return _unlike(item)
    sign, note = _sign(item)
    return Pair(Way.FIGURES, sign, *figures, note=note)


def _in_words(item: Indicator, goal: Value, done: Value) -> Pair:
    if goal.kind is Kind.GRADE:
        return Pair(Way.WORDS)
    if goal.quantity is None:
        return Pair(Way.WORDS, note="指标值是文字，不能计算；能量化的请写成数和计量单位。")
    if done.kind is Kind.DATE:
        return _unlike(item)
    wanted = shown(item.target, item.measure)
    return Pair(Way.WORDS, note=f"指标值是 {wanted}，完成值“{item.completion}”不是数，请写成数。")


def shown(text: str, measure: str) -> str:
    """A value with its measure, as messages print it: 95%, 6个."""
    value = squeezed(text)
    return (
        value
        if not measure or not value or value.endswith(squeezed(measure)) or not value[-1].isdigit()
        else value + measure
    )


def _unlike(item: Indicator) -> Pair:
    target, done = shown(item.target, item.measure), item.completion
    kind = item.target_value.quantity
    wanted = kind.measure.symbol or item.measure if kind is not None else "日期"
    how = f"请把完成值也写成以“{wanted}”计的数" if wanted else "请写明两者的计量单位"
    return Pair(
        Way.UNLIKE, note=f"指标值 {target} 与完成值 {done} 的计量单位不同，不能比较；{how}，或按完成值改指标值。"
    )


def _sign(item: Indicator) -> tuple[str, str]:
    if item.sign:
        return item.sign, ""
    if item.is_cost or item.is_deadline:
        return "≤", "没有写指标性质，按“≤”计。"
    return "≥", "没有写指标性质，按“≥”计。"


def _scaled(goal: Value, done: Value) -> tuple[Decimal, Decimal] | None:
    """Both figures on one scale; None where nothing converts one measure into the other."""
    a, b = goal.quantity, done.quantity
    if a is None or b is None:
        return None
    if (a.measure, goal.measure_text) == (b.measure, done.measure_text):
        return a.base, b.base
    for mine, yours, text in ((goal, done, done.measure_text), (done, goal, goal.measure_text)):
        # A bare number beside one with a measure is meant in that measure, unless it is a share.
        if _is_bare(mine) and yours.dimension is not Dimension.RATIO:
            return a.value, b.value
        if _is_bare(mine) and text == "" and yours.dimension is Dimension.RATIO and mine.quantity is not None:
            return (a.value, b.value) if mine.quantity.value > 1 else None
    if goal.measure_text or done.measure_text:
        return None
    return _converted(a, b)


def _is_bare(value: Value) -> bool:
    return value.quantity is not None and not value.quantity.measure.symbol and not value.measure_text


def _converted(a: Quantity, b: Quantity) -> tuple[Decimal, Decimal] | None:
    if not a.same_dimension(b):
        return None
    if a.measure.dimension in _SCALED or a.measure.dimension in _COUNTED:
        return a.base, b.base
    for table in (_MONTHS, _DAYS):
        if a.measure.symbol in table and b.measure.symbol in table:
            return (
                EXACT.multiply(a.value, Decimal(table[a.measure.symbol])),
                EXACT.multiply(b.value, Decimal(table[b.measure.symbol])),
            )
    return None


# --- dates ---


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _as_date(value: Value, year: int | None, *, late: bool) -> date | None:
    """The day a value names; without a day or month the last one of it (the first, when not `late`)."""
    month, day, written = value.month, value.day, value.year
    if value.kind is Kind.DURATION and value.quantity is not None and value.quantity.measure.symbol == "月":
        number = value.quantity.value
        if number != number.to_integral_value() or not 1 <= number <= _DECEMBER:
            return None
        month, day, written = int(number), None, None
    elif value.kind is not Kind.DATE:
        return None
    in_year = written or year or 2000
    in_month = month or (_DECEMBER if late else 1)
    last = last_day(in_year, in_month)
    if day is not None:
        return date(in_year, in_month, min(day, last.day))
    return last if late else date(in_year, in_month, 1)


def _dates(item: Indicator, goal: Value, done: Value, year: int | None) -> Pair:
    """A deadline: earlier is better whatever the nature says."""
    own = year or goal.year or done.year
    due, first, last = _as_date(goal, own, late=True), _as_date(done, own, late=False), _as_date(done, own, late=True)
    if due is None:
        return _unlike(item)
    if first is None or last is None:
        text = squeezed(item.completion)
        if done.quantity is not None:
            return _unlike(item)
        return Pair(Way.WORDS, note=f"指标值是期限，完成值“{text}”没有日期，请写明完成的年月日。")
    if due.day != last_day(due.year, due.month).day and first <= due < last:
        return Pair(Way.WORDS, note="指标值写到日，完成值只写到月，请写明完成的日期。")
    reached = last if due >= last else first
    late = max((reached.year - due.year) * 12 + reached.month - due.month, 1) if reached > due else 0
    if (
        late
        and reached.day > due.day
        and (reached.year, reached.month) != (due.year, due.month)
        and due != last_day(due.year, due.month)
    ):
        late += 1
    note = "" if item.sign in {"≤", "<", "=", ""} else f"期限越早越好，指标性质应为“≤”，写为“{item.sign}”；按期限计分。"
    return Pair(Way.DATES, "≤", Decimal(due.toordinal()), Decimal(reached.toordinal()), note, late)


def day_text(ordinal: Decimal) -> str:
    """A day from its ordinal, as 2023-12-31."""
    return date.fromordinal(int(plain(ordinal))).isoformat()
