"""A project in the layout of another form: figures carry their measures where the form has no column for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from juesuan.performance.model import QUALITATIVE, Funds, Indicator, Project
from juesuan.performance.values import squeezed
from juesuan.quantity import plain
from juesuan.taxonomy.forms import FormDeclaration, by_id

__all__ = ["as_form", "as_targets_reached"]

_OLDER = "sichuan_targets_reached"
_OTHER = "other"


def as_targets_reached(project: Project) -> Project:
    """The same project for the older form of targets reached."""
    return as_form(project, _OLDER)


def as_form(project: Project, form: str) -> Project:
    """The same project for the form of that id; what the form has no place for is left out.

    Raises KeyError when no such form is declared.
    """
    declared = by_id(form)
    if declared is None:
        raise KeyError(form)
    if project.form == form:
        return project
    columns = {c.id for c in declared.indicators}
    shown = {
        item.id for part in (declared.fields, declared.notes, declared.closing, declared.signatures) for item in part
    }
    weighted = "weight" in columns

    def kept(name: str, text: str) -> str:
        return text if name in shown else ""

    return replace(
        project,
        form=form,
        title=_title(project, declared),
        code=project.code if declared.coded else "",
        class_=project.class_ if declared.coded or "class" in shown else "",
        weight=project.weight if weighted else None,
        score=project.score if weighted else None,
        total_weight=project.total_weight if weighted and declared.total else None,
        total_score=project.total_score if weighted and declared.total else None,
        funds=tuple(_funds(project, declared)),
        indicators=tuple(_indicator(item, project, columns) for item in project.indicators),
        department=kept("department", project.department),
        content=kept("content", project.content),
        conclusion=kept("conclusion", project.conclusion),
        problems=kept("problems", project.problems),
        measures=kept("measures", project.measures),
        project_head=kept("project_head", project.project_head),
        finance_head=kept("finance_head", project.finance_head),
    )


def _title(project: Project, declared: FormDeclaration) -> str:
    """The form's second title, where it has one that says more."""
    if project.is_whole:
        return ""
    name = next((t for t in declared.titles if "支出" in t), declared.titles[0])
    return f"{name}（{project.year}年度）" if project.year else name


# --- money ---


def _funds(project: Project, declared: FormDeclaration) -> Iterator[Funds]:
    """A row for each source of the form; sources it does not name are its other money."""
    known = [s.id for s in declared.funds.sources]
    rest = [row for row in project.funds if row.source not in known or row.source == _OTHER]
    for source in known:
        row = project.source(source)
        if source == _OTHER:
            row = _together(rest)
        if row is not None:
            yield _in_columns(row, declared)


def _together(rows: Iterable[Funds]) -> Funds:
    listed = list(rows)
    return Funds(
        source=_OTHER,
        initial=_added(r.initial for r in listed),
        adjusted=_added(map(_budget, listed)),
        executed=_added(r.executed for r in listed),
    )


def _in_columns(row: Funds, declared: FormDeclaration) -> Funds:
    if declared.funds.lanes:
        return Funds(source=row.source, adjusted=_budget(row), executed=row.executed)
    columns = {c.id for c in declared.funds.columns}
    return replace(row, rate=row.rate if "rate" in columns else None, reason=row.reason if "reason" in columns else "")


def _budget(row: Funds) -> Decimal | None:
    return row.adjusted if row.adjusted is not None else row.initial


def _added(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is filled in; None when nothing is."""
    known = [v for v in values if v is not None]
    return sum(known, Decimal(0)) if known else None


# --- indicators ---


def _indicator(item: Indicator, project: Project, columns: set[str]) -> Indicator:
    own = by_id(project.form)
    had = own is not None and any(c.id == "nature" for c in own.indicators)
    made = item
    if "nature" not in columns:
        made = _plainly(item)
    elif not had:
        made = _parted(item)
    return replace(
        made,
        weight=item.weight if "weight" in columns else None,
        score=item.score if "score" in columns else None,
        reason=item.reason if "reason" in columns else "",
        evidence=item.evidence,
    )


def _plainly(item: Indicator) -> Indicator:
    """≥ | 50 | 人 as one cell: ≥50人."""
    sign = squeezed(item.nature)
    target, done = (_with_measure(t, item.measure) for t in (item.target, item.completion))
    prefix = "" if item.sign in {"", QUALITATIVE} or target.startswith(sign) else sign
    return Indicator(name=item.name, level1=item.level1, level2=item.level2, target=prefix + target, completion=done)


def _with_measure(text: str, measure: str) -> str:
    value = text.strip()
    return value + measure if value and measure and value[-1].isdigit() else value


def _parted(item: Indicator) -> Indicator:
    """≥50人 as nature, target and measure; what is no figure is qualitative."""
    goal, done = item.target_value.quantity, item.completion_value.quantity
    if goal is None:
        return replace(item, nature=QUALITATIVE)
    alike = done is not None and done.measure == goal.measure
    return replace(
        item,
        nature={"=": "＝"}.get(item.sign, item.sign) or "＝",
        target=plain(goal.value, goal.decimals),
        measure=goal.measure.symbol or item.target_value.measure_text,
        completion=plain(done.value, done.decimals) if alike and done is not None else item.completion,
    )
