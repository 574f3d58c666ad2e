"""Points by a profile, each with its formula, its numbers and its basis. All Decimal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from juesuan.performance.compare import Pair, Way, pair_of, shown
from juesuan.performance.model import Indicator, Project
from juesuan.performance.profiles import Band, Profile, profile_for
from juesuan.performance.values import squeezed
from juesuan.quantity import EXACT, plain, rounded

__all__ = ["Mark", "Scored", "State", "execution_mark", "indicator_mark", "rate_of", "score_project"]

_FULL = Decimal(100)
_REASONED = Decimal(90)
"""Below this execution rate the reason must be given."""
_FAR_BELOW = Decimal(70)
"""Below this percentage of the target (30 % off) reason and measures must be given."""


class State(Enum):
    """What became of a target."""

    REACHED = "达到"
    OVER = "超额较多"
    PARTLY = "未达到"
    PERSON = "由人评定"
    UNKNOWN = "不能计分"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The points of one indicator, or of the execution rate.

    `score` is None where only a person can give points (then within `low` to `high`) or nothing can be computed.
    `degree`: percent of the target that was reached, where there is one. `given`: the points the form states.
    """

    what: str
    state: State
    weight: Decimal | None
    given: Decimal | None = None
    score: Decimal | None = None
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    degree: Decimal | None = None
    formula: str = ""
    note: str = ""
    basis: str = ""

    @property
    def differs(self) -> bool:
        """Whether the given points are others than the computed ones, beyond the digits they are given in."""
        if self.given is None or self.weight is None:
            return False
        if self.score is not None:
            decimals = max(-int(self.given.as_tuple().exponent), 0)
            return abs(self.given - self.score) > Decimal(1).scaleb(-decimals) / 2
        return not self.low <= self.given <= self.high

    @property
    def is_unsupported(self) -> bool:
        """Whether the form gives points for what cannot be judged."""
        return self.state is State.UNKNOWN and self.given is not None and self.given > 0

    @property
    def counted(self) -> Decimal | None:
        """What is added up: the computed points, else given ones that a person may give."""
        if self.score is not None or self.given is None or self.state is not State.PERSON:
            return self.score
        return min(max(self.given, self.low), self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A project's points. `low` to `high`: what the total can be while some points are not decided."""

    project: Project
    profile: Profile
    execution: Mark
    indicators: tuple[Mark, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        return (self.execution, *self.indicators)

    @property
    def has_points(self) -> bool:
        """Whether the form gives weights at all."""
        return any(m.weight is not None for m in self.indicators)

    @property
    def undecided(self) -> tuple[Mark, ...]:
        """Those with a weight whose points cannot be added up."""
        return tuple(m for m in self.marks if m.weight is not None and m.counted is None)

    @property
    def low(self) -> Decimal:
        return _sum(m.low if m.counted is None else m.counted for m in self.marks)

    @property
    def high(self) -> Decimal:
        return _sum(m.high if m.counted is None else m.counted for m in self.marks)

    @property
    def total(self) -> Decimal | None:
        """The total score; None while points are undecided or the form has no weights."""
        return self.low if self.has_points and not self.undecided else None

    @property
    def grade(self) -> str:
        """The grade, also while points are undecided if every possible total has the same."""
        if not self.has_points:
            return ""
        low, high = self.profile.grade(self.low), self.profile.grade(self.high)
        return low if low == high else ""

    @property
    def given(self) -> Decimal | None:
        return self.project.total_score

    @property
    def differences(self) -> tuple[Mark, ...]:
        """Where given points are not the computed ones."""
        return tuple(m for m in self.marks if m.differs)

    @property
    def unsupported(self) -> tuple[Mark, ...]:
        """Points given for what cannot be judged."""
        return tuple(m for m in self.marks if m.is_unsupported)

    @property
    def total_differs(self) -> bool:
        """Whether the stated total is none the points can add up to, beyond the digits points are given in."""
        if self.given is None or not self.has_points:
            return False
        stated = [m.given for m in self.marks if m.given is not None]
        slack = _sum(Decimal(1).scaleb(-max(-int(g.as_tuple().exponent), 0)) / 2 for g in stated)
        return not self.low - slack <= self.given <= self.high + slack


def _sum(values: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
    return total


def rate_of(project: Project) -> tuple[Decimal | None, str]:
    """The execution rate in percent (never above what was spent ÷ adjusted budget) and its formula; or why there is none."""
    row = project.total
    if row is None:
        return None, "没有资金总额"
    if row.executed is None:
        return None, "没有填执行数"
    budget, name = (row.adjusted, "调整后预算数") if row.adjusted is not None else (row.initial, "年初预算数")
    if budget is None:
        return None, "没有填预算数"
    if not budget:
        return None, f"{name}为 0，不计算执行率" + ("；执行数不是 0，请核实调整后预算数" if row.executed else "")
    rate = EXACT.divide(EXACT.multiply(row.executed, _FULL), budget)
    return rate, f"{plain(row.executed)} ÷ {plain(budget)} = {plain(rounded(rate, 2))}%（执行数÷{name}）"


def execution_mark(project: Project, profile: Profile) -> Mark:
    """The points of the execution rate: min(1, 执行数 ÷ 调整后预算数) × weight."""
    weight = _execution_weight(project, profile)
    rate, formula = rate_of(project)
    if rate is None:
        return Mark(
            what="预算执行率", state=State.UNKNOWN, weight=weight, given=project.score,
            high=weight or Decimal(0), formula=formula, basis=profile.basis,
        )  # fmt: skip
    part = min(max(rate, Decimal(0)), _FULL)
    note = "执行数大于预算数，执行率按 100% 计分，请核实。" if rate > _FULL else ""
    row = project.total
    if rate < _REASONED and not (row and row.reason):
        note = "执行率不到 90%，请填写原因。"
    score, tail = None, ""
    if weight is not None:
        score = _points(weight, part, profile)
        tail = f"；{plain(weight)} × {plain(rounded(part, 2))}% = {plain(score)}"
    return Mark(
        what="预算执行率", state=State.REACHED if rate >= _FULL else State.PARTLY, weight=weight,
        given=project.score, score=score, low=score or Decimal(0), high=score or Decimal(0), degree=rate,
        formula=formula + tail, note=note, basis=profile.basis,
    )  # fmt: skip


def _execution_weight(project: Project, profile: Profile) -> Decimal | None:
    """A form that gives points at all has those of the execution, written or not."""
    has_points = project.weight is not None or any(i.weight is not None for i in project.indicators)
    if not has_points:
        return None
    return project.weight if project.weight is not None else profile.execution


def _points(weight: Decimal, percent: Decimal, profile: Profile) -> Decimal:
    return rounded(EXACT.divide(EXACT.multiply(weight, percent), _FULL), profile.decimals)


def indicator_mark(item: Indicator, profile: Profile, year: int | None = None) -> Mark:
    """The points of one indicator."""
    pair = pair_of(item, year)
    if pair.way in {Way.BLANK, Way.UNLIKE}:
        return Mark(
            what=item.name, state=State.UNKNOWN, weight=item.weight, given=item.score, high=item.weight or Decimal(0),
            formula="不能计算", note=pair.note, basis=profile.basis,
        )  # fmt: skip
    if pair.way is Way.WORDS:
        return _by_person(item, pair, profile)
    if pair.way is Way.DATES:
        degree = max(_FULL - profile.late_per_month * pair.months_late, Decimal(0))
        how = "按期" if not pair.months_late else f"逾期（按 {pair.months_late} 个月计）"
        sentence = f"期限 {shown(item.target, item.measure)}，完成 {item.completion}：{how}"
        return _marked(item, degree, degree, sentence, pair.note, profile)
    reached, share, sentence = _degree(item, pair, profile)
    note = pair.note
    if reached is not None and reached > profile.over_threshold and pair.sign in {"≥", ">"}:
        lost = next((s.deduct for s in reversed(profile.over) if reached > s.above), Decimal(0))
        share = max(share - lost, Decimal(0))
        note += (
            "" if item.reason else f"完成值是指标值的 {plain(rounded(reached, 0))}%，请说明原因（指标值是否定得偏低）。"
        )
        sentence += f"，超过 {plain(profile.over_threshold)}%" + (f"，扣分值的 {plain(lost)}%" if lost else "，不扣分")
    return _marked(item, share, reached, sentence, note, profile)


def _degree(item: Indicator, pair: Pair, profile: Profile) -> tuple[Decimal | None, Decimal, str]:
    """Percent of the target reached (None without a base), percent of the weight earned, and how."""
    target, done = pair.target, pair.done
    words = f"{pair.sign}{shown(item.target, item.measure)}，完成 {shown(item.completion, item.measure)}"
    met = {"≥": done >= target, ">": done > target, "≤": done <= target, "<": done < target, "=": done == target}[
        pair.sign
    ]
    degree = EXACT.divide(EXACT.multiply(done, _FULL), target) if target > 0 else None
    if met:
        return degree, _FULL, f"{words}：达到"
    if pair.sign in {"≥", ">"}:
        share = _inside(degree) if degree is not None else Decimal(0)
        if pair.sign == ">" and done == target:
            share = Decimal(0) if target <= 0 else _FULL
        return degree, share, f"{words}：实际÷目标 = {_percent(degree)}"
    if pair.sign in {"≤", "<"}:
        return degree, *_exceeded(target, done, words, profile)
    if profile.equal == "none" or target <= 0:
        return degree, Decimal(0), f"{words}：不等，不得分"
    share = _inside(_FULL - EXACT.divide(EXACT.multiply(abs(done - target), _FULL), target))
    return degree, share, f"{words}：1－偏差÷目标 = {_percent(share)}"


def _exceeded(target: Decimal, done: Decimal, words: str, profile: Profile) -> tuple[Decimal, str]:
    """What an exceeded ≤ still earns."""
    if profile.at_most == "none" or target <= 0 or done <= 0:
        return Decimal(0), f"{words}：超出，不得分"
    if profile.at_most == "deviation":
        share = _inside(_FULL - EXACT.divide(EXACT.multiply(done - target, _FULL), target))
        return share, f"{words}：1－超出÷目标 = {_percent(share)}"
    share = _inside(EXACT.divide(EXACT.multiply(target, _FULL), done))
    return share, f"{words}：目标÷实际 = {_percent(share)}"


def _inside(share: Decimal) -> Decimal:
    return min(max(share, Decimal(0)), _FULL)


def _percent(value: Decimal | None) -> str:
    return "—" if value is None else f"{plain(rounded(value, 2))}%"


def _marked(
    item: Indicator, share: Decimal, degree: Decimal | None, sentence: str, note: str, profile: Profile
) -> Mark:
    if share >= _FULL:
        over = degree is not None and degree > profile.over_threshold and item.sign in {"≥", ">", ""}
        state = State.OVER if over else State.REACHED
    else:
        state = (
            State.OVER
            if degree is not None and degree > profile.over_threshold and item.sign in {"≥", ">"}
            else State.PARTLY
        )
    if state is State.PARTLY and not item.reason:
        note += "偏离指标值 30% 以上，请填写原因和改进措施。" if share < _FAR_BELOW else "未达到指标值，请填写原因。"
    if item.weight is None:
        return Mark(
            what=item.name, state=state, weight=None, degree=degree, formula=sentence, note=note, basis=profile.basis
        )
    score = _points(item.weight, share, profile)
    formula = f"{sentence}；{plain(item.weight)} × {_percent(share)} = {plain(score)}"
    return Mark(
        what=item.name, state=state, weight=item.weight, given=item.score, score=score, low=score, high=score,
        degree=degree, formula=formula, note=note, basis=profile.basis,
    )  # fmt: skip


def _by_person(item: Indicator, pair: Pair, profile: Profile) -> Mark:
    """A result in words: the band its words belong to says which points may be given."""
    band = _band(item, profile)
    low, high = (band.low, band.high) if band else (Decimal(0), _FULL)
    weight = item.weight if item.weight is not None else Decimal(0)
    name = f"“{band.name}”" if band else "完成情况由人评定"
    formula = f"{name}：{plain(low)}%～{plain(high)}%"
    if item.weight is not None:
        formula += f"，即 {plain(_points(weight, low, profile))}～{plain(_points(weight, high, profile))} 分"
    return Mark(
        what=item.name, state=State.PERSON, weight=item.weight, given=item.score,
        low=_points(weight, low, profile), high=_points(weight, high, profile),
        formula=formula, note=pair.note, basis=profile.basis,
    )  # fmt: skip


def _band(item: Indicator, profile: Profile) -> Band | None:
    done, target = squeezed(item.completion), squeezed(item.target)
    if done == target and len(done) > 1 and item.target_value.kind.value == "text":
        return profile.bands[0] if profile.bands else None
    return next((b for b in profile.bands if done in b.words), None)


def score_project(project: Project, profile: Profile | None = None) -> Scored:
    """All points of a project; `profile` is the one meant for its form when None."""
    chosen = profile or profile_for(project)
    return Scored(
        project=project,
        profile=chosen,
        execution=execution_mark(project, chosen),
        indicators=tuple(indicator_mark(i, chosen, project.year) for i in project.indicators),
    )
