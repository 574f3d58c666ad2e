from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.errors import UsageError
from juesuan.performance.model import Project
from juesuan.performance.profiles import Step, load_profile, profile_for, profile_ids, profile_of
from juesuan.performance.scoring import State, indicator_mark, score_project
from tests.performance.helpers import indicator, project, projects

SICHUAN = load_profile("sichuan-2023")


@pytest.mark.parametrize(
    ("nature", "target", "measure", "done", "score", "state"),
    [
        ("≥", "50", "人", "50", "90.00", State.REACHED),
        ("≥", "50", "人", "40", "72.00", State.PARTLY),
        ("≥", "50", "人", "70", "90.00", State.OVER),
        ("≥", "50", "人", "65", "90.00", State.REACHED),
        ("≥", "95", "%", "47.5", "45.00", State.PARTLY),
        ("≤", "10", "次", "8", "90.00", State.REACHED),
        ("≤", "10", "次", "12", "75.00", State.PARTLY),
        ("＝", "100", "%", "100", "90.00", State.REACHED),
        ("＝", "100", "%", "90", "81.00", State.PARTLY),
        ("＝", "100", "%", "110", "81.00", State.PARTLY),
        ("＝", "4.5", "万元", "45000元", "90.00", State.REACHED),
        ("≤", "2023年12月", "", "2023年11月底完成", "90.00", State.REACHED),
        ("≤", "12月以前", "", "11月", "90.00", State.REACHED),
        ("≤", "2023年10月", "", "2023年11月", "0.00", State.PARTLY),
        ("≤", "6", "个月", "半年", "90.00", State.REACHED),
        ("≤", "1", "年", "6个月", "90.00", State.REACHED),
        ("≥", "6", "个", "半年", "", State.UNKNOWN),
        ("≥", "100", "%", "1", "", State.UNKNOWN),
        ("≥", "50", "人", "", "", State.UNKNOWN),
        ("定性", "提升营商环境", "", "提升了营商环境", "", State.PERSON),
    ],
)
def test_points(nature: str, target: str, measure: str, done: str, score: str, state: State) -> None:
    mark = indicator_mark(indicator(nature, target, measure, done), SICHUAN, 2023)
    assert ("" if mark.score is None else str(mark.score), mark.state) == (score, state)
    assert mark.basis == SICHUAN.basis
    assert mark.formula


def test_the_name_of_a_deadline_makes_a_month_of_its_figure() -> None:
    item = indicator("≥", "12", "月", "11月完成", name="12月以前拨付")
    mark = indicator_mark(item, SICHUAN, 2023)
    assert (mark.score, mark.state) == (Decimal("90.00"), State.REACHED)
    assert "应为“≤”" in mark.note


def test_over_fulfilment_deducts_only_by_configured_steps() -> None:
    item = indicator("≥", "10", "个", "25")
    assert indicator_mark(item, SICHUAN).score == Decimal("90.00")
    strict = replace(SICHUAN, over=(Step(Decimal(130), Decimal(10)), Step(Decimal(200), Decimal(20))))
    mark = indicator_mark(item, strict)
    assert (mark.score, mark.state) == (Decimal("72.00"), State.OVER)
    assert "请说明原因" in mark.note
    explained = indicator_mark(replace(item, reason="年中追加任务"), strict)
    assert "请说明原因" not in explained.note


def test_grades_of_words_are_given_by_a_person_within_a_band() -> None:
    within = indicator_mark(indicator("定性", "优良中低差", "", "优", "10", "9"), SICHUAN)
    assert (within.low, within.high, within.counted, within.differs) == (Decimal(8), Decimal(10), Decimal(9), False)
    above = indicator_mark(indicator("定性", "优良中低差", "", "基本完成", "10", "10"), SICHUAN)
    assert (above.low, above.high, above.differs) == (Decimal(6), Decimal(8), True)


@pytest.mark.parametrize(
    ("executed", "adjusted", "score", "state"),
    [("10", "10", "10.00", State.REACHED), ("8", "10", "8.00", State.PARTLY), ("12", "10", "10.00", State.REACHED), ("5", "0", "", State.UNKNOWN)],
)  # fmt: skip
def test_execution(executed: str, adjusted: str, score: str, state: State) -> None:
    mark = score_project(project(indicator("≥", "1", "个", "1"), executed=executed, adjusted=adjusted)).execution
    assert ("" if mark.score is None else str(mark.score), mark.state) == (score, state)


def test_total_and_grade() -> None:
    scored = score_project(
        project(indicator("≥", "50", "人", "40", score="90"), executed="8", total_score=Decimal(100))
    )
    assert (scored.total, scored.grade, scored.total_differs) == (Decimal("80.00"), "良", True)
    assert [m.what for m in scored.differences] == ["培训人数"]


def test_profiles_are_chosen_by_form_and_by_cost_indicators() -> None:
    ministry = project(indicator("", "≥50人", "", "50人"), form="ministry_self_evaluation")
    assert profile_for(ministry).id == "ministry-2020"
    with_cost = replace(
        ministry, indicators=(*ministry.indicators, indicator("", "≤5万元", "", "5万元", level1="成本指标"))
    )
    assert profile_for(with_cost).id == "ministry-2021"
    assert profile_for(project()).id == "sichuan-2023"


def test_shipped_profiles_are_whole() -> None:
    for name in profile_ids():
        profile = load_profile(name)
        assert sum(points for _, points in profile.levels) in {0, profile.indicators}
        assert profile.grade(Decimal(0)) == profile.grades[-1][0]
        assert profile.grade(Decimal(100)) == profile.grades[0][0]


def test_a_wrong_profile_is_refused_by_key() -> None:
    with pytest.raises(UsageError, match="grades"):
        profile_of({"id": "x"}, "x.toml")
    with pytest.raises(UsageError, match="没有计分方案“nope”"):
        load_profile("nope")


# --- properties ---


@given(st.sampled_from(["sichuan_self_evaluation", "ministry_self_evaluation"]).flatmap(projects))
def test_points_are_bounded_and_add_up(item: Project) -> None:
    scored = score_project(item)
    for mark in scored.marks:
        assert mark.weight is not None
        assert 0 <= mark.low <= mark.high <= mark.weight
        if mark.score is not None:
            assert mark.low == mark.score == mark.high
    assert sum(m.weight or Decimal(0) for m in scored.marks) == 100
    assert 0 <= scored.low <= scored.high <= 100
    if scored.total is not None:
        assert scored.total == sum(m.counted or Decimal(0) for m in scored.marks)


@given(st.integers(1, 500), st.integers(0, 900), st.integers(0, 900), st.sampled_from(["≥", "≤"]))
def test_better_never_earns_less(target: int, one: int, other: int, nature: str) -> None:
    low, high = sorted((one, other), reverse=nature == "≤")
    marks = [indicator_mark(indicator(nature, str(target), "个", str(done)), SICHUAN) for done in (low, high)]
    assert marks[0].score is not None
    assert marks[1].score is not None
    assert marks[0].score <= marks[1].score
    reached = high >= target if nature == "≥" else high <= target
    assert (marks[1].score == 90) is reached


@given(st.integers(1, 12), st.integers(1, 12))
def test_a_deadline_is_met_or_missed(due: int, done: int) -> None:
    mark = indicator_mark(indicator("≤", f"2023年{due}月", "", f"2023年{done}月"), SICHUAN)
    assert mark.score == (Decimal("90.00") if done <= due else Decimal("0.00"))


@given(st.sampled_from(["sichuan_self_evaluation"]).flatmap(projects))
def test_everything_reached_is_a_hundred(item: Project) -> None:
    done = tuple(replace(i, completion=i.target, score=i.weight) for i in item.indicators)
    funds = tuple(replace(f, adjusted=Decimal(5), executed=Decimal(5)) for f in item.funds)
    assert score_project(replace(item, indicators=done, funds=funds)).total == 100
