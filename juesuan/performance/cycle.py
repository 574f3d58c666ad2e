"""A project through its year: ex-ante assessment, targets, monitoring, self-evaluation, evaluation, use of results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from juesuan.performance.checks import Issue, check_project
from juesuan.performance.model import Evaluator, Indicator, Project
from juesuan.performance.monitor import STRAIGHT, Monitored, monitor

__all__ = [
    "Assessment",
    "Cycle",
    "Evaluation",
    "Followup",
    "Observation",
    "at",
    "cycle_issues",
    "last_day_of",
    "next_year",
    "stages",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One line of the ex-ante assessment (事前评估): what was assessed, the opinion, the result."""

    item: str
    opinion: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What was reached by a date. `indicator` "" is the execution: then `value` is the amount spent.

    `measure`: what was done about it; `taken_back`: money taken back, in the project's measure.
    """

    day: date
    indicator: str = ""
    value: str = ""
    measure: str = ""
    taken_back: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A score by someone else than the unit."""

    evaluator: Evaluator
    score: Decimal | None = None
    grade: str = ""
    day: date | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followup:
    """Use of results: a problem, the measure, who, until when, and when it was done (None = not yet)."""

    problem: str
    measure: str = ""
    who: str = ""
    due: date | None = None
    done: date | None = None
    carried: bool = False

    def is_late(self, day: date) -> bool:
        return self.done is None and self.due is not None and self.due < day


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """All of one project. `file` is where it is kept; `curve` its planned execution (month, percent).

    `texts`: what was written for its report, by topic (决策依据, 资金管理 …).
    """

    project: Project
    file: str = ""
    curve: tuple[tuple[int, Decimal], ...] = STRAIGHT
    assessment: tuple[Assessment, ...] = ()
    observations: tuple[Observation, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    followups: tuple[Followup, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    issues: tuple[Issue, ...] = ()
    """What could not be read of its workbook."""


def last_day_of(cycles: Iterable[Cycle]) -> date | None:
    """The latest date anything was observed at."""
    return max((o.day for c in cycles for o in c.observations), default=None)


def at(cycle: Cycle, day: date, amount: Callable[[str], Decimal | None]) -> Monitored:
    """The project as observed by a date. `amount` reads a typed amount of money.

    Without observations the form's own figures are taken.
    """
    seen: dict[str, str] = {}
    for item in sorted((o for o in cycle.observations if o.day <= day), key=lambda o: o.day):
        if item.value:
            seen[item.indicator] = item.value
    project = cycle.project
    if cycle.observations:
        indicators = tuple(replace(i, completion=seen.get(i.name, "")) for i in project.indicators)
        project = replace(project, indicators=indicators)
        executed = amount(seen[""]) if "" in seen else None
        funds = tuple(replace(f, executed=executed) if f.source == "total" else f for f in project.funds)
        project = replace(project, funds=funds)
    return monitor(project, day, cycle.curve)


def stages(cycle: Cycle) -> dict[str, str]:
    """How far each step of the cycle is, in a few words."""
    project = cycle.project
    filled = [i for i in project.indicators if i.completion.strip()]
    scored = [i for i in project.indicators if i.score is not None]
    done = sum(1 for f in cycle.followups if f.done is not None)
    problems = check_project(project, targets_only=True)
    evaluation = "、".join(
        f"{e.evaluator.value} {e.score if e.score is not None else e.grade}" for e in cycle.evaluations
    )
    last = last_day_of([cycle])
    return {
        "事前评估": f"{sum(1 for a in cycle.assessment if a.result)} 项" if cycle.assessment else "—",
        "目标": f"{len(project.indicators)} 项指标" + (f"，{len(problems)} 处要改" if problems else ""),
        "监控": f"到 {last.isoformat()}" if last else "—",
        "自评": f"完成值 {len(filled)}/{len(project.indicators)}，得分 {len(scored)}/{len(project.indicators)}",
        "评价": evaluation or "—",
        "结果应用": f"{done}/{len(cycle.followups)} 条已完成" if cycle.followups else "—",
    }


def cycle_issues(cycle: Cycle, day: date | None = None) -> Iterator[Issue]:
    """What is to be done: unreadable cells, wrong targets, completions, measures overdue."""
    yield from cycle.issues
    has_results = any(i.completion.strip() for i in cycle.project.indicators)
    yield from check_project(cycle.project, targets_only=not has_results)
    for name in sorted({o.indicator for o in cycle.observations} - {""} - {i.name for i in cycle.project.indicators}):
        yield Issue(
            "unknown_indicator", f"{cycle.project.label}的监控表写了指标“{name}”，绩效表里没有这个指标，请核对名称。"
        )
    for item in cycle.followups:
        if not item.measure:
            yield Issue("no_followup_measure", f"{cycle.project.label}的问题“{item.problem}”没有整改措施，请补填。")
        if day is not None and item.is_late(day):
            yield Issue(
                "followup_late",
                f"{cycle.project.label}的整改“{item.measure}”应在 {item.due} 前完成，还没有完成，请落实。",
            )


def next_year(cycle: Cycle) -> Cycle:
    """The project's book for the next year: targets kept, results emptied, what was not done carried on."""
    project = cycle.project
    year = project.year + 1 if project.year is not None else None
    title = project.title.replace(str(project.year), str(year)) if year is not None else project.title
    fresh = replace(
        project, year=year, title=title, done="", content="", score=None, total_score=None, conclusion="", problems="", measures="",
        funds=tuple(replace(f, initial=None, adjusted=None, executed=None, rate=None, reason="") for f in project.funds),
        indicators=tuple(_emptied(i) for i in project.indicators),
    )  # fmt: skip
    open_ones = tuple(replace(f, carried=True) for f in cycle.followups if f.done is None)
    return Cycle(project=fresh, followups=open_ones, evidence=cycle.evidence, curve=cycle.curve)


def _emptied(item: Indicator) -> Indicator:
    return replace(item, completion="", score=None, reason="")
