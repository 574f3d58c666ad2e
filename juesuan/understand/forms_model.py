"""What is read of a performance form: fields, money, indicators, totals, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from juesuan.place import Place
from juesuan.quantity import Dimension, Measure, Quantity
from juesuan.taxonomy.forms import FormDeclaration
from juesuan.understand.forms_values import Kind, Value, squeezed

__all__ = ["Entry", "Form", "FundRow", "Indicator", "is_money", "project_key"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: its text without the blanks around it, where it stands, and what it is."""

    text: str
    place: Place
    value: Value

    @property
    def quantity(self) -> Quantity | None:
        return self.value.quantity

    @property
    def is_filled(self) -> bool:
        return self.value.kind not in {Kind.BLANK, Kind.NOTHING}


@dataclass(frozen=True, slots=True)
class FundRow:
    """One row of the money part: `source` is total, appropriation, …; `cells` by column (initial, adjusted, …)."""

    source: str
    label: Entry
    cells: tuple[tuple[str, Entry], ...]

    def get(self, column: str) -> Entry | None:
        """The cell of that column."""
        return next((entry for name, entry in self.cells if name == column), None)

    def amount(self, column: str) -> Quantity | None:
        """The figure of that column; None where it is blank, "/" or words."""
        entry = self.get(column)
        return entry.quantity if entry is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator. `level1`, `level2` are carried down from merged cells; "" where the form has none."""

    level1: str
    level2: str
    name: Entry
    nature: Entry | None = None
    target: Entry | None = None
    measure: Entry | None = None
    completion: Entry | None = None
    weight: Entry | None = None
    score: Entry | None = None
    reason: Entry | None = None

    @property
    def sign(self) -> str:
        """The direction: ≥ ≤ = > <, from the nature's cell or in front of the target; "" where none is written."""
        for entry in (self.nature, self.target):
            if entry is not None and entry.value.sign:
                return entry.value.sign
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form. `kind` is the id of its declaration; `block` the table; `first` to `last` (exclusive) its rows.

    `more`: the tables that go on with it where a page end cut it.
    `project_class` is R (人员类), Y (运转类), T (特定目标类) or "". `money` is the measure of its amounts.
    `fields` holds what stands beside the declared labels. `unread` lists the cells nobody understood.
    `funds_complete` is False where a row of the money part is one nobody knows.
    """

    kind: str
    declared: FormDeclaration
    block: int
    first: int
    last: int
    more: tuple[int, ...] = ()
    title: str = ""
    project_code: str = ""
    project_class: str = ""
    project_name: str = ""
    project: Entry | None = None
    fields: tuple[tuple[str, Entry], ...] = ()
    money: Measure | None = None
    funds: tuple[FundRow, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    total_weight: Entry | None = None
    total_score: Entry | None = None
    funds_complete: bool = True
    unread: tuple[Entry, ...] = ()

    def field(self, name: str) -> Entry | None:
        """What stands beside a label: department, unit, goal, done, content, conclusion, problems, measures."""
        return next((entry for id_, entry in self.fields if id_ == name), None)

    def text(self, name: str) -> str:
        """As `field`, the text alone ("" where there is none)."""
        entry = self.field(name)
        return entry.text if entry else ""

    def row(self, source: str) -> FundRow | None:
        """The row of one source of money."""
        return next((row for row in self.funds if row.source == source), None)

    def holds(self, place: Place) -> bool:
        """Whether a cell is one of the form's."""
        if place.block in self.more:
            return True
        return place.block == self.block and self.first <= (place.row or 0) < self.last

    @property
    def identity(self) -> tuple[str, str]:
        """What tells projects apart: the name (without its year) and the unit."""
        unit = squeezed(self.text("unit"))
        return (project_key(self.project_name), unit)

    @property
    def is_project(self) -> bool:
        """Whether it is one project's form, and not the whole department's."""
        return bool(self.project_name)


def project_key(name: str) -> str:
    """A project's name without its year and the word 项目: 2023年参政议政经费项目 and 参政议政经费 are one."""
    return re.sub(r"项目$", "", re.sub(r"^20\d{2}年度?", "", squeezed(name)))


def is_money(entry: Entry | None) -> bool:
    """Whether a cell holds an amount of money."""
    return entry is not None and entry.value.kind is Kind.FIGURE and entry.value.dimension is Dimension.MONEY
