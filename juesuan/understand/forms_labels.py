"""The labels of all declared forms, for recognising them in whatever table they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from juesuan.taxonomy.forms import FORMS, FormDeclaration, Label, words
from juesuan.understand.forms_values import measure_of, read_value, squeezed

__all__ = ["Vocabulary", "align", "declaration_of", "plain_label"]

_NOTE = re.compile(r"（[^（）]*）$")
_MARK = re.compile(r"[\[【][^\]】]{0,80}[\]】]")
_LONGEST = 80
"""A longer text is no label."""
_POINTS_BEHIND = re.compile(r"（[^（）]*）$|[\d.]+分?$")
_SHORT_MEASURE = 4
_WORDS = "……"
"""Stands for a long text when cells are told apart: it is words, whatever they are."""
_SKIP_COLUMN, _SKIP_CELL = 1.0, 6.0


def plain_label(text: str) -> str:
    """A cell's text as labels are compared: no blanks, no bookmark before, no colon behind."""
    return _plain_label(text) if len(text) <= 2 * _LONGEST else squeezed(text)


@lru_cache(maxsize=8192)
def _plain_label(text: str) -> str:
    name = squeezed(text)
    mark = _MARK.match(name)
    return (name[mark.end() :] if mark else name).rstrip("：:")


def _look_up(table: dict[str, str], text: str) -> str | None:
    if len(text) > 2 * _LONGEST:
        return None
    name = plain_label(text)
    found = table.get(name)
    return table.get(_NOTE.sub("", name)) if found is None and name.endswith("）") else found


def _table(labels: Iterable[Label]) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in labels:
        for word in item.labels:
            found.setdefault(plain_label(word), item.id)
    return found


class Vocabulary:
    """Label → meaning, over all declarations."""

    def __init__(self, forms: Sequence[FormDeclaration] = FORMS) -> None:
        self._fields = _table(x for f in forms for x in f.fields)
        self._goals = _table(x for f in forms for x in f.goals)
        self._beside = _table(x for f in forms for x in (*f.notes, *f.closing))
        self._columns = _table(x for f in forms for x in f.funds.columns)
        self._sources = _table(x for f in forms for x in f.funds.sources)
        self._lanes = _table(x for f in forms for x in f.funds.lanes)
        self._indicators = _table(x for f in forms for x in f.indicators)
        self._totals = _table(f.total for f in forms if f.total)
        groups = (
            g
            for f in forms
            for g in (f.basic_group, f.goals_group, f.funds.group, f.indicator_group, f.funds.unit_label)
        )
        self._groups = {plain_label(g): "group" for g in groups if g}
        self._groups |= {_NOTE.sub("", name): "group" for name in self._groups}
        self.signatures = {x.id: x.labels[0] for f in forms for x in f.signatures}

    def field(self, text: str) -> str | None:
        """The field a label names: project, department, unit."""
        return _look_up(self._fields, text)

    def goal(self, text: str) -> str | None:
        """The goal a label names: goal, done, whole_goal."""
        return _look_up(self._goals, text)

    def beside(self, text: str) -> str | None:
        """Labels with a long text to their right: content, conclusion, problems, measures."""
        return _look_up(self._beside, text)

    def column(self, text: str) -> str | None:
        """A column of the money part."""
        return _look_up(self._columns, text)

    def source(self, text: str) -> str | None:
        """A row of the money part."""
        return _look_up(self._sources, text)

    def lane(self, text: str) -> str | None:
        """The total of a lane of pairs."""
        return _look_up(self._lanes, text)

    def indicator(self, text: str) -> str | None:
        """A column of the indicators."""
        return _look_up(self._indicators, text)

    def total(self, text: str) -> bool:
        """Whether the cell names the row of totals."""
        return _look_up(self._totals, text) is not None

    def group(self, text: str) -> bool:
        """Whether the cell only names a part of the form."""
        return _look_up(self._groups, text) is not None


def declaration_of(
    texts: Iterable[str], columns: Iterable[str], forms: Sequence[FormDeclaration] = FORMS
) -> FormDeclaration:
    """The declaration most of whose labels stand in the form."""
    seen = {plain_label(t) for t in texts}
    seen |= {_NOTE.sub("", t) for t in seen}
    head = set(columns)

    def fit(form: FormDeclaration) -> tuple[int, int]:
        wanted = {item.id for item in form.indicators}
        labels = (*form.fields, *form.goals, *form.funds.columns, *form.funds.lanes, *form.indicators, *form.closing)
        matches = sum(1 for item in labels if any(plain_label(w) in seen for w in item.labels))
        return matches - len(wanted ^ head), -forms.index(form)

    return max(forms, key=fit)


def align(cells: Sequence[str], columns: Sequence[str]) -> list[int | None]:
    """Which cell of a row stands under which column, when merged cells have vanished: index into `cells`, or None.

    The cheapest monotonic assignment: each column says what may stand under it (a first-level name, a sign, a
    measure, points), a column left out costs little, a cell left over costs much.
    """
    cells = [c if len(c) <= 2 * _LONGEST else _WORDS for c in cells]
    rows, width = len(cells), len(columns)
    if rows == width and sum(map(_unlike, cells, columns)) <= _SKIP_COLUMN + _SKIP_CELL:
        return list(range(width))  # Any other assignment leaves out a column and a cell.
    best = [[0.0] * (width + 1) for _ in range(rows + 1)]
    step = [[""] * (width + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for k in range(width + 1):
            choices: list[tuple[float, str]] = []
            if i and k:
                choices.append((best[i - 1][k - 1] + _unlike(cells[i - 1], columns[k - 1]), "take"))
            if k:
                choices.append((best[i][k - 1] + _SKIP_COLUMN, "column"))
            if i:
                choices.append((best[i - 1][k] + _SKIP_CELL, "cell"))
            if choices:
                best[i][k], step[i][k] = min(choices, key=lambda c: c[0])
    found: list[int | None] = [None] * width
    i, k = rows, width
    while i or k:
        move = step[i][k]
        if move == "take":
            found[k - 1] = i - 1
        i -= move != "column"
        k -= move != "cell"
    return found


def _bare(name: str) -> str:
    """A level without its points: 产出指标（50分） is 产出指标."""
    return _POINTS_BEHIND.sub("", name) if len(name) <= _LONGEST else name


_EMPTY = {"group": 0.0, "reason": 0.0, "unknown": 0.3, "level1": 0.2, "level2": 0.2, "measure": 0.5, "name": 3.0}
"""What an empty cell costs under a column; the others ask for something."""


@lru_cache(maxsize=8192)
def _unlike(text: str, column: str) -> float:
    """How little a text looks like what stands under a column: 0 = just so."""
    name = squeezed(text)
    if not name:
        return _EMPTY.get(column, 0.8)
    judge = _COSTS.get(column)
    return judge(name) if judge else 0.0


def _measure_cost(name: str) -> float:
    if measure_of(name):
        return 0.0
    return 0.5 if len(name) <= _SHORT_MEASURE and not any(c.isdigit() for c in name) else 4.0


def _points_cost(name: str) -> float:
    if read_value(name).quantity:
        return 0.0
    return 0.5 if name in words.NOTHING else 4.0


def _level2_cost(name: str) -> float:
    return 0.0 if _bare(name) in words.LEVEL2 or _bare(name).endswith("指标") else 5.0


def _name_cost(name: str) -> float:
    return 2.0 if name in words.LEVEL1 or name in words.LEVEL2 or read_value(name).quantity else 0.0


_COSTS: dict[str, Callable[[str], float]] = {
    "group": lambda _: 5.0,
    "unknown": lambda _: 0.3,
    "level1": lambda name: 0.0 if _bare(name) in words.LEVEL1 else 5.0,
    "level2": _level2_cost,
    "name": _name_cost,
    "nature": lambda name: 0.0 if name in words.COMPARATORS or name in words.QUALITATIVE else 4.0,
    "measure": _measure_cost,
    "weight": _points_cost,
    "score": _points_cost,
    "reason": lambda name: 2.0 if read_value(name).quantity else 0.0,
}
