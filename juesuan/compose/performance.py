"""What the report says of the performance of projects, from their workbooks: who was assessed, watched, evaluated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from juesuan.compose.figure import Figure, added
from juesuan.compose.narrative import Evaluated, Narration
from juesuan.performance.cycle import Cycle
from juesuan.performance.model import Evaluator, Project, Spot
from juesuan.performance.scoring import Scored, score_project
from juesuan.quantity import EXACT, MEASURES, WAN, rounded

__all__ = ["FOLDER", "Performance", "Summary", "budget_figure", "figure_at", "final_score", "money_figure"]

FOLDER = "绩效"
WHOLE = "整体"
_YEAR = re.compile(r"20\d{2}")
_ORDER = {"T": 0, "Y": 1, "R": 2}


@dataclass(frozen=True, slots=True)
class Summary:
    """All self-evaluated projects in one sentence: how many, of what budget, their average score, their grades."""

    count: Figure
    budget: Figure
    average: Figure
    grades: tuple[tuple[str, Figure], ...]


class Performance:
    """All projects of a unit, ordered: the whole department, then what is written of most."""

    def __init__(self, cycles: Sequence[Cycle], narration: Narration, kind: str) -> None:
        self.narration, self.kind = narration, kind
        self.cycles = tuple(sorted(cycles, key=_rank))
        self._scores: dict[str, Scored] = {}

    def __bool__(self) -> bool:
        return bool(self.cycles)

    def scored(self, cycle: Cycle) -> Scored:
        """The points of one project, computed once."""
        if cycle.file not in self._scores:
            self._scores[cycle.file] = score_project(cycle.project)
        return self._scores[cycle.file]

    @cached_property
    def whole(self) -> Cycle | None:
        """The department's whole expenditure."""
        return next((c for c in self.cycles if c.project.is_whole), None)

    @cached_property
    def projects(self) -> tuple[Cycle, ...]:
        return tuple(c for c in self.cycles if not c.project.is_whole)

    @cached_property
    def reported(self) -> tuple[Cycle, ...]:
        """The projects that have a report of their own: something was written for it."""
        return tuple(c for c in self.projects if c.texts)

    @cached_property
    def plain_forms(self) -> tuple[Cycle, ...]:
        """The projects of which only the form is published."""
        return tuple(c for c in self.projects if not c.texts)

    # --- what the text names -------------------------------------------------------------------------------

    @cached_property
    def assessed(self) -> list[str]:
        found = [c.project.name for c in self.projects if any(a.result.strip() for a in c.assessment)]
        return self.narration.lines("事前绩效评估项目") or found

    @cached_property
    def aimed(self) -> list[str]:
        return self.narration.lines("绩效目标项目") or [c.project.name for c in self.projects if c.project.indicators]

    @cached_property
    def watched(self) -> list[str]:
        return self.narration.lines("绩效监控项目") or [c.project.name for c in self.projects if c.observations]

    @cached_property
    def evaluated(self) -> list[Evaluated]:
        """The self-evaluations the text names: the whole department, and those with a report of their own."""
        written = {e.name.removeprefix(self.kind): e for e in self.narration.evaluations("绩效自评")}
        found: list[Evaluated] = []
        for cycle in (*((self.whole,) if self.whole else ()), *self.reported):
            project = cycle.project
            name = WHOLE if project.is_whole else project.name
            said = written.pop(name, None)
            score = final_score(project, self.scored(cycle))
            summary = (said.summary if said else "") or _one_line(project.conclusion)
            shown = f"{self.kind}{name}" if project.is_whole else name
            found.append(Evaluated(shown, said.score if said and score is None else "", summary, _score(cycle, score)))
        named = {c.project.name for c in self.projects}
        return [*found, *(e for name, e in written.items() if name not in named or not self.cycles)]

    @cached_property
    def reflected(self) -> list[str]:
        """The projects whose targets and results the attachments show."""
        return [c.project.name for c in (self.reported or self.plain_forms)]

    @cached_property
    def by_department(self) -> list[str]:
        """What the department evaluated itself, beside the self-evaluations."""
        found = [c for c in self.cycles if any(e.evaluator is Evaluator.DEPARTMENT for e in c.evaluations)]
        return [f"{self.kind}整体支出" if c.project.is_whole else c.project.name for c in found]

    @cached_property
    def summary(self) -> Summary | None:
        """All projects in one sentence; None where there are fewer than two, or one has no score or no budget."""
        scores = [s for c in self.projects if (s := final_score(c.project, self.scored(c))) is not None]
        budgets = [b for c in self.projects if (b := budget_figure(c)) is not None]
        if not len(scores) == len(budgets) == len(self.projects) > 1:
            return None
        average = rounded(EXACT.divide(sum(scores, Decimal(0)), Decimal(len(scores))), 2)
        profile = self.scored(self.projects[0]).profile
        graded = Counter(self.scored(c).profile.grade(s) for c, s in zip(self.projects, scores, strict=True))
        origin = f"{FOLDER} 里 {len(scores)} 张自评表"
        return Summary(
            Figure(len(scores), name="项目个数", origin=origin),
            added(budgets, "项目预算"),
            Figure(average, name="平均得分", origin=origin),
            tuple((n, Figure(graded[n], name=f"评级为{n}的项目", origin=origin)) for n, _ in profile.grades),
        )


def _rank(cycle: Cycle) -> tuple[bool, int, str]:
    project = cycle.project
    return (not project.is_whole, _ORDER.get(project.class_, 0), cycle.file)


def _one_line(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines()).rstrip("。；")


def final_score(project: Project, scored: Scored) -> Decimal | None:
    """The score the form states, else the computed one."""
    return project.total_score if project.total_score is not None else scored.total


def _score(cycle: Cycle, score: Decimal | None) -> Figure | None:
    if score is None:
        return None
    return figure_at(cycle, "total_score", score.normalize(), "自评得分")


def figure_at(cycle: Cycle, spot: str, value: Decimal, name: str) -> Figure:
    """A figure of a project's form, with the cell it stands in."""
    return Figure(value, name=name, origin=_origin(cycle, cycle.project.spot(spot)))


def _origin(cycle: Cycle, spot: Spot | None) -> str:
    file = f"{FOLDER}/{cycle.file}"
    return f"{file}“{spot.sheet}”{spot.cell}" if spot is not None and spot.sheet else file


def budget_figure(cycle: Cycle) -> Figure | None:
    """The adjusted budget of a project, the initial one where it was not adjusted."""
    total = cycle.project.total
    if total is None or (total.adjusted is None and total.initial is None):
        return None
    key, value = ("adjusted", total.adjusted) if total.adjusted is not None else ("initial", total.initial)
    return money_figure(cycle, f"total.{key}", value or Decimal(0), f"{cycle.project.label}的预算数")


def money_figure(cycle: Cycle, key: str, value: Decimal, name: str) -> Figure:
    """An amount of a project's form in 元, with the cell it stands in."""
    money = cycle.project.money
    factor = MEASURES[money].factor if money in MEASURES else WAN.factor
    return figure_at(cycle, key, EXACT.multiply(value, factor), name)


def with_year(cycle: Cycle, year: int, entity: str) -> Cycle:
    """The cycle with the year and unit of the books where its form names none."""
    project = cycle.project
    title = project.title
    if title and not _YEAR.search(title):
        title = f"{title}（{year}年度）"
    known = replace(project, year=project.year or year, entity=project.entity or entity, title=title)
    return replace(cycle, project=known)
