"""A performance form that was read, as a project: texts, money in one measure, indicators, each with its spot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from juesuan.document.model import Document, Table
from juesuan.performance.checks import Issue
from juesuan.performance.model import Evaluator, Funds, Indicator, Project, Spot
from juesuan.performance.values import squeezed
from juesuan.quantity import EXACT, MEASURES, Dimension, Measure, Quantity
from juesuan.taxonomy.forms.words import WHOLE_DEPARTMENT
from juesuan.understand import forms_model as forms
from juesuan.understand.forms import read_forms

__all__ = ["project_of", "projects_in", "read_projects"]

_YEAR = re.compile(r"(20\d{2})年")
_EXECUTED = ("executed",)
_ADJUSTED = ("adjusted", "budget", "annual")
_INITIAL = ("initial", "whole")
_CELL = re.compile(r"([A-Z]+)(\d+)")
_START = Spot("", 0, 0)
_CELLS = ("name", "nature", "target", "measure", "completion", "weight", "score", "reason")
_TEXTS = ("department", "goal", "done", "content", "conclusion", "problems", "measures", "project_head", "finance_head")


def projects_in(document: Document) -> tuple[Project, ...]:
    """The projects of all forms in a document. A form without a year takes that of the others when they agree."""
    found = [project for project, _ in read_projects(document)]
    years = {project.year for project in found if project.year is not None}
    year = years.pop() if len(years) == 1 else None
    return tuple(replace(project, year=project.year or year) for project in found)


def read_projects(
    document: Document, tables: Sequence[Table] | None = None
) -> tuple[tuple[Project, tuple[Issue, ...]], ...]:
    """Each form's project, and the cells of it that could not be read as what they must be.

    `tables`: where forms may stand, where that is known.
    """
    found = read_forms(document, [b for b in document.blocks if isinstance(b, Table)] if tables is None else tables)
    origins = [_origin(document, form) for form in found]
    return tuple(
        (project_of(form, origin=origin), tuple(_unreadable(form, origin)))
        for form, origin in zip(found, origins, strict=True)
    )


def _origin(document: Document, form: forms.Form) -> Spot:
    """Where the form's table begins: its sheet, and the first used row and column of it."""
    block = document.blocks[form.block]
    sheet = (block.sheet or "") if isinstance(block, Table) else ""
    match = _CELL.fullmatch(document.info.get(f"origin:{form.block}", "A1"))
    if match is None:
        return Spot("", 0, 0, sheet)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return Spot("", int(match[2]) - 1, column - 1, sheet)


def _unreadable(form: forms.Form, origin: Spot) -> Iterator[Issue]:
    """Cells for figures that hold none, and cells nobody understood."""
    name = f"“{form.project_name}”" if form.project_name else form.title or "绩效表"
    columns = {item.id: item.written for item in (*form.declared.funds.columns, *form.declared.funds.lanes)}
    for row in form.funds:
        head = row.label.text.rstrip("：:")
        for column, entry in row.cells:
            if column != "reason" and entry.is_filled and entry.quantity is None:
                spot = _spot(entry, f"{head}的{columns.get(column, column)}", origin)
                yield Issue("not_a_figure", f"{name}的绩效表{spot}：“{entry.text}”不是数，请改成数。", spot)
    heads = {item.id: item.written for item in form.declared.indicators}
    for indicator in form.indicators:
        for column, points in (("weight", indicator.weight), ("score", indicator.score)):
            if points is not None and points.is_filled and points.quantity is None:
                spot = _spot(points, heads.get(column, ""), origin)
                text = f"指标“{indicator.name.text}”的{heads.get(column, column)}“{points.text}”不是数，请改成数。"
                yield Issue("not_a_figure", f"{name}的绩效表{spot}：{text}", spot)
    for entry in form.unread:
        spot = _spot(entry, "", origin)
        yield Issue(
            "unread", f"{name}的绩效表{spot}：“{entry.text[:30]}”不在表式规定的位置，没有读，请移回原处。", spot
        )


def project_of(form: forms.Form, *, origin: Spot = _START) -> Project:
    """The project a form describes. `origin`: the sheet and the cell its table begins at, for spots."""
    money = form.money or MEASURES["万元"]
    titled = _YEAR.search(squeezed(form.title))
    total = form.row("total")
    is_whole = not form.is_project and any(w in form.title for w in WHOLE_DEPARTMENT)
    return Project(
        name=form.project_name,
        code=form.project_code,
        class_=form.project_class,
        form=form.kind,
        title=form.title,
        year=int(titled[1]) if titled else None,
        evaluator=_evaluator(form.title),
        is_whole=is_whole,
        entity=form.text("unit"),
        money=money.symbol,
        funds=tuple(_funds(row, money) for row in form.funds),
        weight=_points(total.get("weight") if total else None),
        score=_points(total.get("score") if total else None),
        indicators=tuple(_indicator(i, form, origin) for i in form.indicators),
        total_weight=_points(form.total_weight),
        total_score=_points(form.total_score),
        spots=tuple(_spots(form, origin)),
        **{name: form.text(name) for name in _TEXTS},
    )


def _evaluator(title: str) -> Evaluator:
    if "财政评价" in title or "财政重点评价" in title:
        return Evaluator.FINANCE
    return Evaluator.DEPARTMENT if "部门评价" in title else Evaluator.UNIT


def _points(entry: forms.Entry | None) -> Decimal | None:
    return entry.quantity.value if entry is not None and entry.quantity is not None else None


def _funds(row: forms.FundRow, money: Measure) -> Funds:
    rate, reason = row.amount("rate"), row.get("reason")
    return Funds(
        source=row.source,
        initial=_first(row, _INITIAL, money),
        adjusted=_first(row, _ADJUSTED, money),
        executed=_first(row, _EXECUTED, money),
        rate=rate.base if rate is not None and rate.measure.dimension is Dimension.RATIO else None,
        reason=reason.text if reason is not None and reason.is_filled else "",
    )


def _first(row: forms.FundRow, columns: tuple[str, ...], money: Measure) -> Decimal | None:
    for column in columns:
        quantity = row.amount(column)
        if quantity is not None:
            return _in(quantity, money)
    return None


def _in(quantity: Quantity, money: Measure) -> Decimal:
    """An amount in the form's measure, with its own digits where it is written so."""
    if quantity.measure.dimension is not Dimension.MONEY or quantity.measure == money:
        return quantity.value
    return EXACT.divide(quantity.base, money.factor)


def _indicator(item: forms.Indicator, form: forms.Form, origin: Spot) -> Indicator:
    entries = {name: getattr(item, name) for name in _CELLS}
    texts = {name: entry.text if entry is not None else "" for name, entry in entries.items()}
    heads = {label.id: label.written for label in form.declared.indicators}
    spots = tuple(
        (name, _spot(entry, heads.get(name, ""), origin)) for name, entry in entries.items() if entry is not None
    )
    return Indicator(
        name=texts["name"],
        level1=item.level1,
        level2=item.level2,
        nature=texts["nature"],
        target=texts["target"],
        measure=texts["measure"],
        completion=texts["completion"],
        weight=_points(item.weight),
        score=_points(item.score),
        reason=texts["reason"] if item.reason is not None and item.reason.is_filled else "",
        spots=spots,
    )


def _spot(entry: forms.Entry, head: str, origin: Spot) -> Spot:
    row, column = entry.place.row or 0, entry.place.column or 0
    return Spot(head, origin.row + row, origin.column + column, origin.sheet)


def _spots(form: forms.Form, origin: Spot) -> list[tuple[str, Spot]]:
    labels = {item.id: item.written for item in (*form.declared.fields, *form.declared.goals, *form.declared.closing)}
    columns = {item.id: item.written for item in (*form.declared.funds.columns, *form.declared.funds.lanes)}
    found = [(name, _spot(entry, labels.get(name, ""), origin)) for name, entry in form.fields]
    if form.project is not None:
        found.append(("project", _spot(form.project, "项目名称", origin)))
    for row in form.funds:
        head = row.label.text.rstrip("：:")
        for name, entry in row.cells:
            found.append((f"{row.source}.{name}", _spot(entry, f"{head}的{columns.get(name, name)}", origin)))
    for name, total in (("total_weight", form.total_weight), ("total_score", form.total_score)):
        if total is not None:
            found.append((name, _spot(total, "合计", origin)))
    return found
