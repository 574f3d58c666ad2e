"""What a performance form is made of: labels by meaning, declared once, to be recognised and to be laid out.

A label is compared without blanks, line breaks, full-width variants and a colon or a measure in brackets at its end.
The first label of a declaration is the one that is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Label:
    """`id` is the meaning; `labels` are its words, the written one first."""

    id: str
    labels: tuple[str, ...]

    @property
    def written(self) -> str:
        return self.labels[0]


@dataclass(frozen=True, slots=True)
class Funds:
    """The money part of a form.

    With `columns` the part is a grid: a header row of columns, and one row a source. Without, it is made of
    pairs of label and amount, in `lanes` side by side; the first label of a lane names its total.
    `sources`: the rows, the total first; the others add up to it.
    """

    columns: tuple[Label, ...] = ()
    sources: tuple[Label, ...] = ()
    lanes: tuple[Label, ...] = ()
    group: str = ""
    unit_label: str = ""

    @property
    def total(self) -> Label:
        return self.sources[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDeclaration:
    """One kind of form, in the order in which it is laid out.

    `fields`: label and value side by side. `goals`: the pair of labels above target and completion.
    `notes`: label and long text before the money; `closing`: the same after the indicators.
    `signatures`: the last line.
    `execution_weight`: the points of the execution rate (in the row of the total) where they are fixed.
    """

    id: str
    titles: tuple[str, ...]
    fields: tuple[Label, ...]
    goals: tuple[Label, ...]
    funds: Funds
    indicators: tuple[Label, ...]
    basic_group: str = ""
    goals_group: str = ""
    indicator_group: str = ""
    notes: tuple[Label, ...] = ()
    total: Label | None = None
    closing: tuple[Label, ...] = ()
    signatures: tuple[Label, ...] = ()
    execution_weight: int | None = None
    coded: bool = False
    """The project's code stands before its name."""
    is_target: bool = False
    """A form of targets only, made with the budget: it has no completion."""
    rate_rule: str = field(default="", kw_only=True)
    """How the execution rate is defined, as the form's instructions say."""


def label(id_: str, words: str) -> Label:
    """A label from its words, blanks between the variants."""
    return Label(id_, tuple(words.split()))
