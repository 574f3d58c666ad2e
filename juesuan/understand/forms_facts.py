"""A form's figures as facts, and what the form asserts between them, for the one evaluator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from juesuan.evaluate import evaluate
from juesuan.facts import Completion, Fact, Relation, Scope, Stage, State, Sum
from juesuan.place import Place
from juesuan.quantity import Dimension, Quantity
from juesuan.understand.forms import project_key
from juesuan.understand.forms_model import Entry, Form, FundRow
from juesuan.understand.forms_values import is_exact, points

__all__ = ["FUNDS", "RATE", "SCORES", "WEIGHTS", "form_relations"]

FUNDS, RATE, WEIGHTS, SCORES = "form_funds", "form_rate", "form_weights", "form_scores"
"""`Relation.source` of what forms assert; each has its own rule."""

_STAGES = {
    "initial": Stage.INITIAL,
    "adjusted": Stage.ADJUSTED,
    "budget": Stage.BUDGET,
    "annual": Stage.BUDGET,
    "executed": Stage.FINAL,
}
_WHOLE = Decimal(100)
_AMONG = re.compile("^其中[：:]")
_AMOUNTS = ("initial", "adjusted", "budget", "whole", "annual", "executed")


def form_relations(
    forms: Sequence[Form], start_id: int, year: int | None = None
) -> tuple[tuple[Fact, ...], tuple[Relation, ...]]:
    """Facts (numbered from `start_id`) and relations of all forms: totals of money, execution rates, weights, scores.

    A form's money lives in its own scope (`project` "form:…"): it may lawfully differ from the final accounts,
    for a self-evaluation is made before they are approved.
    """
    maker = _Maker(start_id, year)
    for form in forms:
        maker.form(form)
    return tuple(maker.facts), tuple(maker.relations)


@dataclass(slots=True)
class _Maker:
    """Numbers the facts as they come."""

    next_id: int
    year: int | None
    facts: list[Fact] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def form(self, form: Form) -> None:
        project = f"form:{project_key(form.project_name)}:{form.block}:{form.first}"
        self._funds(form, project)
        self._points(form, project, "weight", form.total_weight, WEIGHTS)
        self._points(form, project, "score", form.total_score, SCORES)

    def _fact(self, concept: str, project: str, quantity: Quantity, place: Place, label: str, **scope: object) -> Fact:
        stage, nature = scope.get("stage"), scope.get("nature")
        fact = Fact(
            self.next_id,
            concept,
            Scope(
                year=self.year,
                stage=stage if isinstance(stage, Stage) else None,
                project=project,
                nature=nature if isinstance(nature, str) else None,
            ),
            quantity,
            place,
            label=label,
        )
        self.next_id += 1
        self.facts.append(fact)
        return fact

    def _funds(self, form: Form, project: str) -> None:
        known: dict[tuple[str, str], Fact] = {}
        for row in form.funds:
            for column, entry in row.cells:
                quantity = entry.quantity
                if quantity is None or (column not in _AMOUNTS and column != "rate"):
                    continue
                if (quantity.measure.dimension is Dimension.MONEY) is (column == "rate"):
                    continue
                stage = _STAGES.get(column)
                known[row.source, column] = self._fact(
                    f"performance_{column}",
                    project,
                    quantity,
                    entry.place,
                    _label(form, row, column),
                    stage=stage,
                    nature=row.source,
                )
        for column in _AMOUNTS:
            self._total(form, column, known)
        for row in form.funds:
            self._year(row, known)
            self._rate(row, known)

    def _year(self, row: FundRow, known: dict[tuple[str, str], Fact]) -> None:
        """A year's money is part of the money of the whole project."""
        whole, annual = known.get((row.source, "whole")), known.get((row.source, "annual"))
        if whole is not None and annual is not None:
            self.relations.append(Sum(whole, (annual,), closed=False, place=annual.place, source=FUNDS, sure=False))

    def _total(self, form: Form, column: str, known: dict[tuple[str, str], Fact]) -> None:
        """Total = Σ sources; with a source left blank or out, only Σ ≤ total."""
        total = known.get(("total", column))
        rows = [row for row in form.funds if row.source != "total" and row.get(column) is not None]
        parts = [known[row.source, column] for row in rows if (row.source, column) in known]
        if total is None or not parts or len({row.source for row in rows}) < len(rows):
            return
        closed = form.funds_complete and len(parts) == len(rows) and any(row.source == "other" for row in rows)
        self.relations.append(Sum(total, tuple(parts), closed, place=total.place, source=FUNDS, sure=_is_flat(form)))

    def _rate(self, row: FundRow, known: dict[tuple[str, str], Fact]) -> None:
        rate, executed, adjusted = (known.get((row.source, c)) for c in ("rate", "executed", "adjusted"))
        if rate is None or executed is None or adjusted is None or adjusted.quantity.is_zero:
            return
        # Above 100 % some systems print 100 %, and some divide by the initial budget: not certain.
        initial = known.get((row.source, "initial"))
        capped = executed.value > adjusted.value and rate.value == _WHOLE
        sure = not capped and not (initial is not None and _fits(rate, executed, initial))
        self.relations.append(Completion(rate, executed, adjusted, place=rate.place, source=RATE, sure=sure))

    def _points(self, form: Form, project: str, column: str, total: Entry | None, source: str) -> None:
        """Total = points of the execution + points of the indicators, when each of them is a figure."""
        entries = list(_points_of(form, column))
        quantities = [e.quantity for e in entries if e.quantity is not None]
        if total is None or total.quantity is None or len(quantities) < len(entries) or not quantities:
            return
        exact = is_exact([*quantities, total.quantity])
        name = "权重" if column == "weight" else "得分"

        def fact(entry: Entry, quantity: Quantity, what: str) -> Fact:
            return self._fact(
                f"performance_{column}", project, points(quantity, exact=exact), entry.place, f"{name}{what}"
            )

        subject = fact(total, total.quantity, "合计")
        parts = tuple(fact(e, q, "") for e, q in zip(entries, quantities, strict=True))
        self.relations.append(Sum(subject, parts, place=subject.place, source=source))


def _fits(rate: Fact, executed: Fact, budget: Fact) -> bool:
    return evaluate(Completion(rate, executed, budget)).state in {State.HOLDS, State.ROUNDING}


def _is_flat(form: Form) -> bool:
    """Whether the money carried over is surely no part of the appropriation's own row."""
    row = form.row("appropriation")
    return (
        bool(form.declared.funds.lanes)
        or form.row("carried") is None
        or row is None
        or any(word in row.label.text for word in ("当年", "本年"))
    )


def _points_of(form: Form, column: str) -> Iterable[Entry]:
    """The points of the execution rate (in the row of the total) and of each indicator."""
    row = form.row("total")
    execution = row.get(column) if row else None
    if execution is not None and execution.is_filled:
        yield execution
    for indicator in form.indicators:
        entry = indicator.weight if column == "weight" else indicator.score
        if entry is not None:
            yield entry


def _label(form: Form, row: FundRow, column: str) -> str:
    """总额的年初预算."""
    source = _AMONG.sub("", row.label.text).rstrip("：:")
    lanes = {item.id: item.written for item in form.declared.funds.lanes}
    if column in lanes:
        return lanes[column] if row.source == "total" else f"{lanes[column]}中的{source}"
    name = next((item.written for item in form.declared.funds.columns if item.id == column), "")
    return f"{source}的{name}" if name else source
