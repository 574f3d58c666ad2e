"""A project's performance: its money, its indicators, what became of them. Texts as written, points and money Decimal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from juesuan.performance.values import Kind, Value, read_value, squeezed
from juesuan.quantity import Dimension
from juesuan.taxonomy.forms import by_id, words

__all__ = ["CODE", "QUALITATIVE", "Evaluator", "Funds", "Indicator", "Project", "Spot", "class_of_code"]

CODE = re.compile(r"\d{8}(?P<class>[RYT])\d{12}")
"""区划 6 digits, year 2, class, number 12."""

QUALITATIVE = "定性"


class Evaluator(Enum):
    """Who evaluates; the three are different things."""

    UNIT = "单位自评"
    DEPARTMENT = "部门评价"
    FINANCE = "财政评价"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands: the header above it, row and column of its table (from 0)."""

    column_name: str
    row: int
    column: int
    sheet: str = ""

    @property
    def cell(self) -> str:
        """As a workbook names it: E9."""
        letters, rest = "", self.column + 1
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return f"{letters}{self.row + 1}"

    def __str__(self) -> str:
        name = f"“{self.column_name}”" if self.column_name else ""
        if self.sheet:
            return f"（工作表“{self.sheet}”{self.cell}，第 {self.row + 1} 行{name}）"
        return f"第 {self.row + 1} 行第 {self.column + 1} 列{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """The money of one source, in the project's measure; None is a blank, no zero.

    `source`: total, appropriation, special_account, own, carried, other. `rate` is the given rate in percent.
    """

    source: str
    initial: Decimal | None = None
    adjusted: Decimal | None = None
    executed: Decimal | None = None
    rate: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator. `nature` ≥ ≤ ＝ 定性, `target`, `completion` as written; `measure` holds for both.

    `evidence`: the name of what supports the completion (商会.新建数), or words.
    `spots`: where its values stand, by field; for messages only.
    """

    name: str
    level1: str = ""
    level2: str = ""
    nature: str = ""
    target: str = ""
    measure: str = ""
    completion: str = ""
    weight: Decimal | None = None
    score: Decimal | None = None
    reason: str = ""
    evidence: str = ""
    spots: tuple[tuple[str, Spot], ...] = field(default=(), compare=False, repr=False)

    @property
    def target_value(self) -> Value:
        return read_value(self.target, self.measure)

    @property
    def completion_value(self) -> Value:
        """The completion. 1 for a target of 100 % keeps no measure: it may be all of it, or one percent."""
        value, goal = read_value(self.completion, self.measure), self.target_value
        if value.dimension is Dimension.RATIO is goal.dimension and "%" not in squeezed(self.completion):
            big, small = goal.quantity, value.quantity
            if big is not None and small is not None and big.value > 1 >= small.value > 0:
                return read_value(self.completion)
        return value

    @property
    def sign(self) -> str:
        """≥ ≤ = > <, from the nature or in front of the target; 定性; "" where nothing says it."""
        nature = squeezed(self.nature)
        if nature in words.QUALITATIVE:
            return QUALITATIVE
        found = read_value(self.nature).sign or words.COMPARATORS.get(nature, "")
        return found or self.target_value.sign

    @property
    def is_cost(self) -> bool:
        """An amount of money among the costs, not a saving, a subsidy or a standard of benefit."""
        level = self.level1 + self.level2
        if not any(w in level for w in words.COST) or any(w in self.name for w in words.COST_GAINS):
            return False
        return self.target_value.dimension is Dimension.MONEY

    @property
    def is_deadline(self) -> bool:
        """Whether the target is a date, or the name makes a month of it (12月以前拨付: 12 月)."""
        goal = self.target_value
        if goal.kind is Kind.DATE:
            return True
        return goal.kind is Kind.DURATION and any(w in self.name for w in words.DEADLINE)

    def spot(self, field_name: str) -> Spot | None:
        """Where one of its values stands; the name's place where that is not known."""
        found = dict(self.spots)
        return found.get(field_name) or found.get("name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One project, or (`is_whole`) the whole expenditure of a department. `form`: the id of its form's declaration.

    `money` is the measure of all amounts. `weight` and `score` with `reason` are those of the execution rate;
    `total_weight` and `total_score` as stated. `class_`: R 人员类, Y 运转类, T 特定目标类, "".
    """

    name: str
    code: str = ""
    class_: str = ""
    form: str = "sichuan_self_evaluation"
    title: str = ""
    year: int | None = None
    evaluator: Evaluator = Evaluator.UNIT
    is_whole: bool = False
    department: str = ""
    entity: str = ""
    goal: str = ""
    done: str = ""
    content: str = ""
    money: str = "万元"
    funds: tuple[Funds, ...] = ()
    weight: Decimal | None = None
    score: Decimal | None = None
    indicators: tuple[Indicator, ...] = ()
    total_weight: Decimal | None = None
    total_score: Decimal | None = None
    conclusion: str = ""
    problems: str = ""
    measures: str = ""
    project_head: str = ""
    finance_head: str = ""
    spots: tuple[tuple[str, Spot], ...] = field(default=(), compare=False, repr=False)

    def source(self, name: str) -> Funds | None:
        """The money of one source."""
        return next((row for row in self.funds if row.source == name), None)

    @property
    def total(self) -> Funds | None:
        return self.source("total")

    @property
    def is_target(self) -> bool:
        """Whether its form only sets targets, so that nothing is said of what was reached."""
        declared = by_id(self.form)
        return declared is not None and declared.is_target

    @property
    def label(self) -> str:
        """The project as messages call it."""
        return f"“{self.name}”" if self.name else (self.title or "部门整体支出")

    @property
    def is_locked(self) -> bool:
        """Whether its indicators are the common ones that the system gives (R, Y): alike everywhere, not copied."""
        return self.class_ in {"R", "Y"}

    def spot(self, field_name: str) -> Spot | None:
        """Where one of its values stands."""
        return dict(self.spots).get(field_name)


def class_of_code(code: str) -> str:
    """R, Y or T of a well-formed project code, else ""."""
    match = CODE.fullmatch(code)
    return match["class"] if match else ""
