"""Monitoring in the year: money and indicators at a date against a planned curve, with lights and a forecast."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import pairwise

from juesuan.performance.compare import Pair, Way, day_text, pair_of
from juesuan.performance.model import Indicator, Project
from juesuan.performance.scoring import rate_of
from juesuan.quantity import EXACT, Dimension, plain, rounded

__all__ = ["GREEN", "STRAIGHT", "YELLOW", "Light", "Monitored", "Watch", "light_of", "monitor", "planned"]

_FULL = Decimal(100)
GREEN, YELLOW = Decimal(80), Decimal(60)
"""Percent of what was planned by the date: at or above GREEN green, at or above YELLOW yellow, below red."""
STRAIGHT: tuple[tuple[int, Decimal], ...] = ()
"""No own curve: a twelfth each month."""
_SOON = 30


class Light(Enum):
    """The light of a comparison; GREY where nothing can be compared."""

    GREEN = "绿"
    YELLOW = "黄"
    RED = "红"
    GREY = "—"


@dataclass(frozen=True, slots=True)
class Watch:
    """One line of monitoring: what, its light, percent done and percent planned, in words how it came about."""

    what: str
    light: Light
    done: Decimal | None
    planned: Decimal | None
    text: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Monitored:
    """A project at a date. `forecast` is the execution at the end of the year, in the project's measure."""

    project: Project
    day: date
    execution: Watch
    indicators: tuple[Watch, ...]
    forecast: Decimal | None
    unused: Decimal | None
    """What by the forecast will not be spent: it could be taken back."""

    @property
    def light(self) -> Light:
        """The worst of execution and indicators."""
        order = (Light.RED, Light.YELLOW, Light.GREEN)
        seen = {self.execution.light, *(w.light for w in self.indicators)}
        return next((light for light in order if light in seen), Light.GREY)


def planned(day: date, curve: Sequence[tuple[int, Decimal]] = STRAIGHT) -> Decimal:
    """Percent planned by the end of a day. `curve`: (month, percent by its end), straight between; none = twelfths.

    >>> planned(date(2024, 8, 31)).quantize(Decimal("0.01"))
    Decimal('66.67')
    """
    points = [(Decimal(0), Decimal(0)), *((Decimal(m), p) for m, p in sorted(curve)), (Decimal(12), _FULL)]
    length = Decimal(calendar.monthrange(day.year, day.month)[1])
    at = Decimal(day.month - 1) + EXACT.divide(Decimal(day.day), length)
    for (left, low), (right, high) in pairwise(points):
        if left < at <= right:
            return EXACT.add(low, EXACT.divide(EXACT.multiply(high - low, at - left), right - left))
    return _FULL


def light_of(done: Decimal, plan: Decimal) -> Light:
    """The light of percent done against percent planned."""
    if plan <= 0:
        return Light.GREEN
    share = EXACT.divide(EXACT.multiply(done, _FULL), plan)
    return Light.GREEN if share >= GREEN else Light.YELLOW if share >= YELLOW else Light.RED


def monitor(project: Project, day: date, curve: Sequence[tuple[int, Decimal]] = STRAIGHT) -> Monitored:
    """The project at a date. Its executed amounts and completions are those reached by then."""
    plan = planned(day, curve)
    rate, formula = rate_of(project)
    if rate is None:
        execution = Watch("预算执行", Light.GREY, None, plan, formula)
        return Monitored(project, day, execution, _watched(project, day, plan), None, None)
    light = light_of(rate, plan)
    text = f"{formula}；计划 {_percent(plan)}，为计划的 {_percent(EXACT.divide(EXACT.multiply(rate, _FULL), plan))}"
    advice = {Light.RED: "请查明原因，加快执行或调减、收回资金", Light.YELLOW: "请督促加快执行"}.get(light, "")
    forecast, unused = _forecast(project, plan)
    return Monitored(
        project, day, Watch("预算执行", light, rate, plan, text, advice), _watched(project, day, plan), forecast, unused
    )


def _forecast(project: Project, plan: Decimal) -> tuple[Decimal | None, Decimal | None]:
    row = project.total
    if row is None or row.executed is None or not plan:
        return None, None
    budget = row.adjusted if row.adjusted is not None else row.initial
    end = rounded(EXACT.divide(EXACT.multiply(row.executed, _FULL), plan), 2)
    if budget is None:
        return end, None
    end = min(end, max(budget, row.executed))
    return end, max(budget - end, Decimal(0))


def _percent(value: Decimal) -> str:
    return f"{plain(rounded(value, 2))}%"


def _watched(project: Project, day: date, plan: Decimal) -> tuple[Watch, ...]:
    return tuple(_watch(item, project, day, plan) for item in project.indicators)


def _watch(item: Indicator, project: Project, day: date, plan: Decimal) -> Watch:
    pair = pair_of(item, project.year)
    if pair.way is Way.BLANK and item.is_deadline:
        return _deadline(item, project, day)
    if pair.way is Way.DATES:
        late = bool(pair.months_late)
        return Watch(item.name, Light.RED if late else Light.GREEN, None, None, "已逾期完成" if late else "已按期完成")
    if pair.way is Way.BLANK and item.target.strip():
        return Watch(item.name, Light.GREY, None, None, "到此日没有填完成情况")
    if pair.way is not Way.FIGURES:
        return Watch(item.name, Light.GREY, None, None, pair.note or "由人判断")
    return _figures(item, pair, plan)


def _figures(item: Indicator, pair: Pair, plan: Decimal) -> Watch:
    goal = item.target_value.quantity
    if pair.sign in {"≤", "<"}:
        over = pair.done > pair.target or (pair.sign == "<" and pair.done == pair.target)
        text = f"{item.completion} 超过控制数 {item.target}{item.measure}" if over else "在控制数以内"
        return Watch(
            item.name, Light.RED if over else Light.GREEN, None, None, text, "请说明原因并控制" if over else ""
        )
    if pair.target <= 0 or goal is None:
        return Watch(item.name, Light.GREY, None, None, "指标值不是正数，不能算进度")
    done = EXACT.divide(EXACT.multiply(pair.done, _FULL), pair.target)
    # A rate (合格率, 满意度) does not grow with the year: it is held against its whole target.
    expected = _FULL if goal.measure.dimension is Dimension.RATIO else plan
    light = light_of(done, expected)
    text = f"完成指标值的 {_percent(done)}，计划 {_percent(expected)}"
    return Watch(item.name, light, done, expected, text, "请查明原因，采取措施" if light is Light.RED else "")


def _deadline(item: Indicator, project: Project, day: date) -> Watch:
    """Not done yet: due, soon due, or far off."""
    pair = pair_of(_as_done(item), project.year or day.year)
    if pair.way is not Way.DATES:
        return Watch(item.name, Light.GREY, None, None, "期限没有日期")
    left = int(pair.target) - day.toordinal()
    if left < 0:
        return Watch(
            item.name, Light.RED, None, None, f"期限 {day_text(pair.target)} 已过，还没有完成值", "请说明原因，尽快完成"
        )
    light = Light.YELLOW if left <= _SOON else Light.GREEN
    return Watch(item.name, light, None, None, f"期限 {day_text(pair.target)}，还有 {left} 天")


def _as_done(item: Indicator) -> Indicator:
    """The same indicator as if done in January, so that its deadline can be read."""
    return replace(item, completion="1月1日")
