"""A project laid out as its form: rows of cells with spans, from the declaration that also reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from juesuan.performance.model import Funds, Indicator, Project
from juesuan.quantity import EXACT, plain, rounded
from juesuan.taxonomy.forms import FormDeclaration, Label, by_id

__all__ = ["Grid", "GridCell", "completed", "form_grid", "form_title"]

_CLASSES = {"R": "人员类", "Y": "运转类", "T": "特定目标类"}
_NARROW = {"nature", "measure", "weight", "score", "rate"}
_FIELDS = ("department", "entity")
_NONE = {"sichuan_self_evaluation": "/", "ministry_self_evaluation": "—"}
_WIDTHS = {"level1": 1.1, "level2": 1.3, "name": 2.2, "target": 1.4, "completion": 1.4, "reason": 1.8}


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell at its upper left corner. `is_label`: words of the form itself; `is_number`: to be set to the right.

    `key`: of an amount of money, its source and column (total.executed), as `Project.spots` names them.
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    is_label: bool = False
    is_number: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A form: its title (which stands above), and cells by row, then column. `widths` are relative."""

    title: str
    cells: tuple[GridCell, ...]
    rows: int
    columns: int
    widths: tuple[float, ...]

    def texts(self) -> list[list[str]]:
        """The texts row by row, a merged cell's text only at its corner."""
        rows = [[""] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            rows[cell.row][cell.column] = cell.text
        return rows


def form_title(project: Project) -> str:
    """The title: as it was, else the declaration's with the year."""
    if project.title:
        return project.title
    declared = by_id(project.form)
    name = declared.titles[0] if declared else "项目支出绩效自评表"
    if project.is_whole:
        name = "部门整体支出绩效自评表"
    return f"{name}（{project.year}年度）" if project.year else name


def completed(project: Project) -> Project:
    """The project as its form shows it: a row for each source the form has, with the rates that can be computed."""
    declared = by_id(project.form)
    if declared is None:
        return project
    known = {row.source: row for row in project.funds}
    with_rate = any(c.id == "rate" for c in declared.funds.columns)
    rows = tuple(_with_rate(known.get(s.id, Funds(source=s.id)), with_rate=with_rate) for s in declared.funds.sources)
    return replace(project, title=form_title(project), funds=rows)


def _with_rate(row: Funds, *, with_rate: bool) -> Funds:
    if not with_rate or row.rate is not None or not row.adjusted or row.executed is None:
        return row
    return replace(row, rate=rounded(EXACT.divide(EXACT.multiply(row.executed, Decimal(100)), row.adjusted), 2))


def form_grid(project: Project) -> Grid:
    """The project in the layout of its form. Raises KeyError when no such form is declared."""
    declared = by_id(project.form)
    if declared is None:
        raise KeyError(project.form)
    return _Layout(completed(project), declared).grid()


@dataclass(slots=True)
class _Layout:
    """Lays out one form from top to bottom; `width` columns: the group's own, and one for each of the indicators."""

    project: Project
    declared: FormDeclaration
    cells: list[GridCell] = field(default_factory=list)
    row: int = 0

    @property
    def width(self) -> int:
        return 1 + len(self.declared.indicators)

    def grid(self) -> Grid:
        self._fields()
        if self.declared.basic_group:
            self._basics()
            self._funds()
        else:
            self._funds()
            self._goals(0)
        self._indicators()
        self._closing()
        cells = tuple(sorted(self.cells, key=lambda c: (c.row, c.column)))
        widths = (0.9, *(_WIDTHS.get(item.id, 0.8 if item.id in _NARROW else 1.0) for item in self.declared.indicators))
        return Grid(form_title(self.project), cells, self.row, self.width, widths)

    def _put(
        self,
        column: int,
        text: str,
        colspan: int = 1,
        rowspan: int = 1,
        *,
        label: bool = False,
        number: bool = False,
        key: str = "",
    ) -> None:
        self.cells.append(GridCell(self.row, column, text, rowspan, colspan, label, number, key))

    # --- head ---

    def _fields(self) -> None:
        labels = list(self.declared.fields)
        if self.project.is_whole:
            labels = [item for item in labels if item.id != "project"]
        elif labels:
            self._put(0, labels[0].written, label=True)
            self._put(1, self._field(labels.pop(0)), self.width - 1)
            self.row += 1
        while labels:
            pair, labels = labels[:2], labels[2:]
            half = self.width // 2
            ends = (half, self.width) if len(pair) > 1 else (self.width,)
            start = 0
            for item, end in zip(pair, ends, strict=True):
                self._put(start, item.written, label=True)
                self._put(start + 1, self._field(item), end - start - 1)
                start = end
            self.row += 1

    def _field(self, item: Label) -> str:
        project = self.project
        if item.id == "project":
            return f"{project.code}-{project.name}" if project.code else project.name
        if item.id == "class":
            return _CLASSES.get(project.class_, "")
        return {"department": project.department, "unit": project.entity}.get(item.id, "")

    def _basics(self) -> None:
        """项目基本情况: goals and notes under one group."""
        self._put(0, self.declared.basic_group, rowspan=2 + len(self.declared.notes), label=True)
        self._goals(1)
        for item in self.declared.notes:
            self._put(1, item.written, 2, label=True)
            self._put(3, self._text(item.id), self.width - 3)
            self.row += 1

    def _goals(self, start: int) -> None:
        span = 2 if start else 1
        self._put(start, self.declared.goals_group, span, 2, label=True)
        first = start + span
        middle = first + (self.width - first) // 2
        places = ((first, middle - first), (middle, self.width - middle))
        for item, (column, wide) in zip(self.declared.goals, places, strict=True):
            self._put(column, item.written, wide, label=True)
        self.row += 1
        for item, (column, wide) in zip(self.declared.goals, places, strict=True):
            self._put(column, self._text(item.id), wide)
        self.row += 1

    def _text(self, name: str) -> str:
        project = self.project
        texts = {
            "goal": project.goal, "done": project.done, "content": project.content, "conclusion": project.conclusion,
            "problems": project.problems, "measures": project.measures,
        }  # fmt: skip
        return texts.get(name, "")

    # --- money ---

    def _measured(self, text: str) -> str:
        return text.replace("（万元）", f"（{self.project.money}）").replace("（元）", f"（{self.project.money}）")

    def _funds(self) -> None:
        funds = self.declared.funds
        if funds.lanes:
            self._lanes()
            return
        spare = self.width - 2 - len(funds.columns)
        label_span = 1 + min(spare, 1)
        last_span = 1 + spare - min(spare, 1)
        self._put(0, self._measured(funds.group), rowspan=1 + len(funds.sources), label=True)
        self._put(1, self._measured(funds.unit_label), label_span, label=True)
        for number, item in enumerate(funds.columns):
            self._put(1 + label_span + number, item.written, last_span if item is funds.columns[-1] else 1, label=True)
        self.row += 1
        for source in funds.sources:
            row = self.project.source(source.id) or Funds(source=source.id)
            self._put(1, source.written, label_span, label=True)
            for number, item in enumerate(funds.columns):
                wide = last_span if item is funds.columns[-1] else 1
                key = f"{source.id}.{item.id}" if _amount(row, item.id) is not None else ""
                self._put(1 + label_span + number, self._fund(row, item.id), wide, number=item.id != "reason", key=key)
            self.row += 1

    def _fund(self, row: Funds, column: str) -> str:
        if column in {"weight", "score"}:
            if row.source != "total":
                return _NONE.get(self.declared.id, "")
            return _decimal(self.project.weight if column == "weight" else self.project.score)
        if column == "reason":
            return row.reason
        if column == "rate":
            return "" if row.rate is None else f"{plain(row.rate)}%"
        return _decimal(_amount(row, column))

    def _lanes(self) -> None:
        funds = self.declared.funds
        self._put(0, self._measured(funds.group), rowspan=len(funds.sources), label=True)
        half = 1 + (self.width - 1) // 2
        starts = ((1, half), (half, self.width))
        for source in funds.sources:
            row = self.project.source(source.id) or Funds(source=source.id)
            for lane, (start, end) in zip(funds.lanes, starts, strict=True):
                self._put(start, lane.written if source is funds.total else source.written, label=True)
                value = _amount(row, lane.id)
                key = f"{source.id}.{lane.id}" if value is not None else ""
                self._put(start + 1, _decimal(value), end - start - 1, number=True, key=key)
            self.row += 1

    # --- indicators ---

    def _indicators(self) -> None:
        labels, items = self.declared.indicators, self.project.indicators
        self._put(0, self.declared.indicator_group, rowspan=1 + len(items), label=True)
        for number, item in enumerate(labels):
            self._put(1 + number, item.written, label=True)
        self.row += 1
        first = self.row
        for column, rows in ((1, _runs(items, 1)), (2, _runs(items, 2))):
            for start, length, text in rows:
                self.cells.append(GridCell(first + start, column, text, length, 1, is_label=True))
        for indicator in items:
            for number, item in enumerate(labels):
                if item.id not in {"level1", "level2"}:
                    self._put(1 + number, _value(indicator, item.id), number=item.id in {"weight", "score"})
            self.row += 1

    def _closing(self) -> None:
        names = [item.id for item in self.declared.indicators]
        if self.declared.total is not None and "weight" in names:
            weight = 1 + names.index("weight")
            self._put(0, self.declared.total.written, weight, label=True)
            self._put(weight, _decimal(self.project.total_weight), number=True)
            self._put(weight + 1, _decimal(self.project.total_score), number=True)
            if weight + 2 < self.width:
                self._put(weight + 2, "", self.width - weight - 2)
            self.row += 1
        for item in self.declared.closing:
            self._put(0, item.written, label=True)
            self._put(1, self._text(item.id), self.width - 1)
            self.row += 1
        if self.declared.signatures:
            names_of = {"project_head": self.project.project_head, "finance_head": self.project.finance_head}
            texts = (f"{item.written}：{names_of.get(item.id, '')}" for item in self.declared.signatures)
            self._put(0, "\u3000\u3000".join(texts), self.width)
            self.row += 1


def _amount(row: Funds, column: str) -> Decimal | None:
    return {
        "initial": row.initial, "whole": row.initial, "adjusted": row.adjusted, "budget": row.adjusted,
        "annual": row.adjusted, "executed": row.executed,
    }.get(column)  # fmt: skip


def _decimal(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _value(item: Indicator, column: str) -> str:
    texts = {
        "name": item.name, "nature": item.nature, "target": item.target, "measure": item.measure,
        "completion": item.completion, "weight": _decimal(item.weight), "score": _decimal(item.score), "reason": item.reason,
    }  # fmt: skip
    return texts.get(column, "")


def _runs(items: Sequence[Indicator], depth: int) -> Iterator[tuple[int, int, str]]:
    """Stretches of indicators of one level: start, length, name. A new first level begins a new second one."""
    start = 0
    for number in range(1, len(items) + 1):
        if number == len(items) or _levels(items[number], depth) != _levels(items[start], depth):
            yield start, number - start, items[start].level1 if depth == 1 else items[start].level2
            start = number


def _levels(item: Indicator, depth: int) -> tuple[str, ...]:
    return (item.level1, item.level2)[:depth]
