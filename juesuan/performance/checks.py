"""What is wrong with a project's form: told with the form, the row and the column, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from juesuan.performance.compare import Way, pair_of
from juesuan.performance.model import CODE, QUALITATIVE, Funds, Indicator, Project, Spot
from juesuan.performance.profiles import Profile, profile_for
from juesuan.performance.templates import template_difference
from juesuan.performance.values import Kind, squeezed
from juesuan.quantity import EXACT, MEASURES, Dimension, plain
from juesuan.taxonomy.forms import by_id, words

__all__ = ["Issue", "check_project"]

_WHOLE = Decimal(100)
_WEIGHTED = {"sichuan_self_evaluation", "ministry_self_evaluation"}
_SOURCES = {"total": "总额"}
_COLUMNS = (("initial", "年初预算"), ("adjusted", "调整后预算数"), ("executed", "预算执行数"))
_CODE_START = re.compile(r"\d{6,}[A-Za-z]\d+")


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong. `kind` is a stable English name."""

    kind: str
    message: str
    spot: Spot | None = None


def check_project(project: Project, *, targets_only: bool, profile: Profile | None = None) -> tuple[Issue, ...]:
    """All that is wrong with a form; with `targets_only` as targets are set, before anything was reached."""
    checker = _Checker(project, profile or profile_for(project))
    return tuple(checker.all(targets_only=targets_only))


@dataclass(frozen=True, slots=True)
class _Checker:
    project: Project
    profile: Profile

    def _issue(self, kind: str, text: str, spot: Spot | None) -> Issue:
        where = f"{spot}：" if spot is not None else ""
        return Issue(kind, f"{self.project.label}的绩效表{where}{text}", spot)

    def all(self, *, targets_only: bool) -> Iterator[Issue]:
        yield from self._identity()
        yield from self._money(targets_only=targets_only)
        if not self.project.indicators:
            yield self._issue("no_indicators", "没有读到一个绩效指标，请核对表头“三级指标”“指标值”是否还在原处。", None)
        yield from self._weights()
        for item in self.project.indicators:
            yield from self._target(item)
            if not targets_only:
                yield from self._completion(item)
        yield from self._costs()

    def _identity(self) -> Iterator[Issue]:
        project, spot = self.project, self.project.spot("project")
        if not project.name and not project.is_whole:
            yield self._issue("no_name", "没有项目名称，请补填。", spot)
        declared = by_id(project.form)
        if declared is None or not declared.coded or project.is_whole:
            return
        if not project.code:
            text = "没有项目代码，应写“项目代码-项目名称”（代码 21 位：区划 6 位＋年 2 位＋类别 R/Y/T＋流水 12 位），请补填。"
            yield self._issue("no_code", text, spot)
        elif not CODE.fullmatch(project.code):
            yield self._issue("bad_code", f"项目代码“{project.code}”不是 21 位，请按项目库核对。", spot)
        difference = template_difference(project)
        if difference:
            yield self._issue("template_changed", difference, spot)

    def _money(self, *, targets_only: bool) -> Iterator[Issue]:
        for row in self.project.funds:
            for column, _ in _COLUMNS:
                value: Decimal | None = getattr(row, column)
                if value is not None and value < 0:
                    spot = self.project.spot(f"{row.source}.{column}")
                    yield self._issue("negative", f"金额 {plain(value)} 是负数，请核实。", spot)
        total = self.project.total
        if total is None:
            yield self._issue("no_funds", "没有读到资金总额，请补填预算数。", None)
            return
        if total.initial is None and total.adjusted is None:
            yield self._issue("no_budget", "没有填预算数，请补填。", self.project.spot("total.initial"))
        yield from self._sums(total)
        if targets_only:
            return
        if total.executed is None:
            yield self._issue(
                "no_executed", "没有填预算执行数，请补填（没有支出填 0）。", self.project.spot("total.executed")
            )
        if total.adjusted is not None and not total.adjusted and total.executed:
            spot = self.project.spot("total.adjusted")
            text = (
                f"调整后预算数为 {plain(total.adjusted)}，执行数却是 {plain(total.executed)}；没有调整的填年初预算数。"
            )
            yield self._issue("adjusted_zero", text, spot)

    def _sums(self, total: Funds) -> Iterator[Issue]:
        """Sources that are more than their total; less may be a source the form does not name."""
        parts = [row for row in self.project.funds if row.source != "total"]
        for column, name in _COLUMNS:
            values = [v for row in parts if (v := getattr(row, column)) is not None]
            whole = getattr(total, column)
            if whole is None or not values:
                continue
            added = sum(values, Decimal(0))
            if added > whole and added - whole >= Decimal("0.01"):
                text = f"各项资金相加为 {plain(added)}，大于总额 {plain(whole)}（{name}），请核实。"
                yield self._issue("funds_sum", text, self.project.spot(f"total.{column}"))

    # --- indicators ---

    def _weights(self) -> Iterator[Issue]:
        project = self.project
        weights = [i.weight for i in project.indicators]
        if all(w is None for w in weights):
            if project.form in _WEIGHTED and weights:
                spot = project.indicators[0].spot("weight")
                yield self._issue("no_weights", "各项指标没有权重，请补填（指标合计 90，加执行率 10）。", spot)
            return
        for item in project.indicators:
            if item.weight is None:
                yield self._issue("no_weight", f"指标“{item.name}”没有权重，请补填。", item.spot("weight"))
            elif item.weight < 0:
                yield self._issue("negative_weight", f"指标“{item.name}”的权重是负数，请改正。", item.spot("weight"))
        if any(w is None for w in weights):
            return
        execution = project.weight if project.weight is not None else self.profile.execution
        added = sum((w for w in weights if w is not None), Decimal(0))
        if added + execution != _WHOLE:
            spot = project.spot("total_weight") or project.indicators[-1].spot("weight")
            text = f"指标权重合计 {plain(added)}，加执行率 {plain(execution)} 为 {plain(added + execution)}，应为 100，请调整。"
            yield self._issue("weights", text, spot)
        yield from self._levels()

    def _levels(self) -> Iterator[Issue]:
        """Points of the first level, where the profile fixes them."""
        wanted = dict(self.profile.levels)
        if not wanted:
            return
        sums: dict[str, Decimal] = {}
        for item in self.project.indicators:
            name = next((w for w in wanted if w in item.level1), "")
            if not name:
                return
            sums[name] = sums.get(name, Decimal(0)) + (item.weight or Decimal(0))
        if "满意度" in wanted and "满意度" not in sums and self.profile.without_satisfaction in wanted:
            wanted[self.profile.without_satisfaction] += wanted.pop("满意度")
        for name, points in sums.items():
            if points != wanted.get(name):
                text = f"{name}指标权重合计 {plain(points)}，方案“{self.profile.name}”为 {plain(wanted.get(name, Decimal(0)))}，请核实。"
                spot = next(i.spot("weight") for i in self.project.indicators if name in i.level1)
                yield self._issue("level_weights", text, spot)

    def _target(self, item: Indicator) -> Iterator[Issue]:
        goal = item.target_value
        head = f"指标“{item.name}”"
        if goal.kind in {Kind.BLANK, Kind.NOTHING}:
            yield self._issue("no_target", f"{head}没有指标值，请补填。", item.spot("target"))
            return
        if item.sign == QUALITATIVE:
            return
        if squeezed(item.target) in words.UNMEASURED_TIME:
            yield self._issue(
                "no_date", f"{head}的指标值“{item.target}”没有日期，请写明完成的年月。", item.spot("target")
            )
        elif goal.kind is Kind.TEXT and item.nature:
            text = f"{head}的指标性质是“{item.nature}”，指标值“{item.target}”却不是数，请写成数，或把性质改为“定性”。"
            yield self._issue("not_quantified", text, item.spot("target"))
        elif (
            goal.quantity is not None
            and not goal.quantity.measure.symbol
            and not goal.measure_text
            and item.spot("measure")
        ):
            yield self._issue(
                "no_measure", f"{head}的指标值 {item.target} 没有计量单位，请补填。", item.spot("measure")
            )
        if goal.quantity is not None and goal.quantity.value < 0:
            yield self._issue("negative_target", f"{head}的指标值 {item.target} 是负数，请核实。", item.spot("target"))
        if item.sign in {"≥", ">"} and (item.is_cost or item.is_deadline):
            what = "成本应当控制" if item.is_cost else "期限越早越好"
            yield self._issue(
                "direction", f"{head}：{what}，指标性质“{item.nature or item.sign}”应为“≤”。", item.spot("nature")
            )

    def _completion(self, item: Indicator) -> Iterator[Issue]:
        pair = pair_of(item, self.project.year)
        done = item.completion_value
        if done.kind in {Kind.BLANK, Kind.NOTHING}:
            yield self._issue("no_completion", f"指标“{item.name}”没有完成值，请补填。", item.spot("completion"))
        elif pair.way is Way.UNLIKE:
            yield self._issue("unlike", f"指标“{item.name}”：{pair.note}", item.spot("completion"))
        elif pair.way is Way.WORDS and pair.note and item.target_value.kind in {Kind.FIGURE, Kind.DATE, Kind.DURATION}:
            yield self._issue("completion_text", f"指标“{item.name}”：{pair.note}", item.spot("completion"))
        elif _lacks_measure(item):
            text = f"指标“{item.name}”的完成值 {item.completion} 没有计量单位，指标值是 {item.target}，请补写。"
            yield self._issue("completion_measure", text, item.spot("completion"))
        if item.score is not None and item.weight is not None and not 0 <= item.score <= item.weight:
            text = f"指标“{item.name}”的得分 {plain(item.score)} 不在 0～{plain(item.weight)} 之间，请改正。"
            yield self._issue("score_range", text, item.spot("score"))

    def _costs(self) -> Iterator[Issue]:
        """Costs of the project together within its budget."""
        total = self.project.total
        budget = None if total is None else total.initial if total.adjusted in {None, Decimal(0)} else total.adjusted
        factor = MEASURES[self.project.money].factor if self.project.money in MEASURES else None
        if not budget or factor is None:
            return
        whole = EXACT.multiply(budget, factor)
        costs = [i for i in self.project.indicators if i.is_cost and i.sign != QUALITATIVE]
        for item in costs:
            quantity = item.target_value.quantity
            if quantity is not None and quantity.measure.dimension is Dimension.MONEY and quantity.base > whole:
                text = f"成本指标“{item.name}”的指标值 {item.target}{item.measure}，大于预算 {plain(budget)}{self.project.money}，请核实。"
                yield self._issue("cost_above_budget", text, item.spot("target"))


def _lacks_measure(item: Indicator) -> bool:
    """A bare completion beside a target with a measure, and no cell that names one."""
    goal, done = item.target_value.quantity, item.completion_value
    if goal is None or done.quantity is None or item.measure:
        return False
    return bool(goal.measure.symbol) and not done.quantity.measure.symbol and not done.measure_text
