from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.performance.cycle import Cycle, Followup, Observation, at, cycle_issues, next_year
from juesuan.performance.monitor import Light, light_of, monitor, planned
from tests.performance.helpers import indicator, project

PERCENT = st.decimals(0, 200, places=2)


@pytest.mark.parametrize(
    ("day", "percent"),
    [(date(2023, 1, 31), "8.33"), (date(2023, 6, 30), "50.00"), (date(2023, 8, 31), "66.67"), (date(2023, 12, 31), "100.00")],
)  # fmt: skip
def test_the_straight_line_is_a_twelfth_each_month(day: date, percent: str) -> None:
    assert str(planned(day).quantize(Decimal("0.01"))) == percent


def test_an_own_curve() -> None:
    curve = ((6, Decimal(20)), (9, Decimal(80)))
    assert planned(date(2023, 6, 30), curve) == 20
    assert planned(date(2023, 8, 31), curve) == 60
    assert planned(date(2023, 12, 31), curve) == 100


@pytest.mark.parametrize(
    ("executed", "light", "forecast", "unused"),
    [("5.4", Light.GREEN, "8.10", "1.90"), ("4.5", Light.YELLOW, "6.75", "3.25"), ("3", Light.RED, "4.50", "5.50")],
)
def test_execution_at_a_date(executed: str, light: Light, forecast: str, unused: str) -> None:
    watched = monitor(project(indicator("≥", "9", "个", "6"), executed=executed), date(2023, 8, 31))
    assert watched.execution.light is light
    assert (str(watched.forecast), str(watched.unused)) == (forecast, unused)
    assert watched.indicators[0].light is Light.GREEN
    assert watched.light is light


@pytest.mark.parametrize(
    ("nature", "target", "measure", "done", "light"),
    [
        ("≥", "12", "个", "4", Light.RED),
        ("≥", "12", "个", "5", Light.YELLOW),
        ("≥", "12", "个", "7", Light.GREEN),
        ("≥", "90", "%", "60", Light.YELLOW),  # a rate does not grow with the year
        ("≤", "5", "万元", "6", Light.RED),
        ("≤", "5", "万元", "4", Light.GREEN),
        ("≤", "2023年7月", "", "", Light.RED),
        ("≤", "2023年9月", "", "", Light.YELLOW),
        ("≤", "2023年12月", "", "", Light.GREEN),
        ("定性", "提升", "", "提升", Light.GREY),
        ("≥", "12", "个", "", Light.GREY),
    ],
)
def test_indicators_at_a_date(nature: str, target: str, measure: str, done: str, light: Light) -> None:
    watched = monitor(project(indicator(nature, target, measure, done)), date(2023, 8, 31))
    assert watched.indicators[0].light is light


@given(PERCENT, PERCENT, st.decimals(1, 100, places=2))
def test_more_done_is_never_a_worse_light(one: Decimal, other: Decimal, plan: Decimal) -> None:
    order = [Light.RED, Light.YELLOW, Light.GREEN]
    low, high = sorted((one, other))
    assert order.index(light_of(low, plan)) <= order.index(light_of(high, plan))
    assert (light_of(low, plan) is Light.GREEN) == (low >= plan * Decimal("0.8"))
    assert (light_of(low, plan) is Light.RED) == (low < plan * Decimal("0.6"))


@given(st.dates(date(2023, 1, 1), date(2023, 12, 31)), st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_the_plan_grows_from_nothing_to_all(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert 0 < planned(first) <= planned(last) <= 100


def cycle() -> Cycle:
    return Cycle(
        project=project(indicator("≥", "12", "个", "12", score="90"), total_score=Decimal(100), done="完成"),
        observations=(
            Observation(day=date(2023, 6, 30), value="2"),
            Observation(day=date(2023, 8, 31), value="5.4", measure="督促", taken_back=Decimal(1)),
            Observation(day=date(2023, 8, 31), indicator="培训人数", value="7"),
        ),
        followups=(
            Followup(problem="支出慢", measure="加快", due=date(2024, 3, 31)),
            Followup(problem="目标粗", measure="细化", due=date(2024, 3, 31), done=date(2024, 3, 1)),
        ),
    )


def test_what_was_observed_by_a_date_is_taken() -> None:
    june = at(cycle(), date(2023, 7, 1), Decimal)
    assert june.execution.done == 20
    assert june.indicators[0].light is Light.GREY
    august = at(cycle(), date(2023, 8, 31), Decimal)
    assert august.execution.done == 54
    assert august.indicators[0].light is Light.GREEN


def test_a_measure_overdue_is_something_to_do() -> None:
    found = [i.kind for i in cycle_issues(cycle(), date(2024, 4, 1))]
    assert found == ["followup_late"]
    assert not list(cycle_issues(cycle(), date(2024, 3, 1)))


def test_what_is_not_done_goes_into_the_next_year() -> None:
    fresh = next_year(cycle())
    assert fresh.project.year == 2024
    assert [(f.problem, f.carried) for f in fresh.followups] == [("支出慢", True)]
    assert [(i.target, i.weight, i.completion, i.score) for i in fresh.project.indicators] == [
        ("12", Decimal(90), "", None)
    ]
    assert fresh.project.total_score is None
    assert fresh.observations == ()
