"""What a statutory table is, as data: titles, sides, columns by meaning, rows, and how its figures add up.

One declaration serves both ways: reading recognises a grid by it, writing lays one out. Nothing here knows of
a province in code; a variant of a table is another title, label or statement.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from juesuan.facts import Stage


class Keys(Enum):
    """What the rows of a side are known by."""

    FUNCTION = "function"
    """Functional accounts: codes with their hierarchy, or their names in order."""
    ECONOMIC = "economic"
    """Economic accounts."""
    LABELS = "labels"
    """Fixed labels, each with its concept; labels of functional classes may stand among them."""
    SINGLE = "single"
    """One row of figures without a key."""
    STAGES = "stages"
    """A row for each stage: 预算数, 决算数."""


class Kind(Enum):
    """Which report a statement belongs to."""

    FINAL = "final_accounts"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Col:
    """A column by its meaning. `labels`: its own words, the first is written; `under`: words above it, where needed.

    `stage` is set where the column alone says it (a table of budget and outturn); `economic`: the economic account
    whose amounts stand below it.
    """

    id: str
    labels: tuple[str, ...]
    concept: str
    fund: str | None = None
    stage: Stage | None = None
    under: tuple[str, ...] = ()
    nature: str | None = None
    economic: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A fixed row. `after`: the id of a row above it that gives an otherwise ambiguous label its meaning.

    `measure`: what its figures are counted in, where that is not the table's money (公务用车保有量（辆）).
    """

    id: str
    labels: tuple[str, ...]
    concept: str
    fund: str | None = None
    after: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Across:
    """In every row: column `total` = Σ columns `parts`. `within`: only Σ parts ≤ total."""

    total: str
    parts: tuple[str, ...]
    within: bool = False


CLASSES = "classes"
"""Among the parts of a `Down`: all rows of functional classes."""


@dataclass(frozen=True, slots=True)
class Down:
    """In every column: row `total` = Σ rows `parts`. `instead`: rows that take the place of one that is not printed."""

    total: str
    parts: tuple[str, ...]
    instead: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One half of a table with two, or the whole. `words`: what its header says; `fund` where rows need one.

    `concept` is what the amounts of functional classes among labels are. `wide`: behind its own columns stand those of
    economic accounts, each made of this one (see `juesuan.taxonomy.statements.wide`).
    """

    id: str
    keys: Keys
    columns: tuple[Col, ...]
    rows: tuple[Row, ...] = ()
    words: tuple[str, ...] = ()
    across: tuple[Across, ...] = ()
    down: tuple[Down, ...] = ()
    tree: bool = False
    wide: Col | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A table as it is published. The first title is written, all are read.

    `number`: its number in the printed set (公开01); `measure`: what it is usually printed in;
    `verified` is False where the layout rests on knowledge and not on a document seen.
    """

    id: str
    titles: tuple[str, ...]
    kind: Kind
    sides: tuple[Side, ...]
    number: str = ""
    fund: str | None = None
    measure: str = "万元"
    verified: bool = True
    note: str = ""
    required: tuple[str, ...] = field(default=())
    """Ids of columns without which the table is another one."""
    layout_of: str = ""
    """The statement of which this is another layout: it has that one's titles."""

    @property
    def title(self) -> str:
        """The title as written; empty for another layout of a statement."""
        return self.titles[0] if self.titles else ""

    @property
    def stage(self) -> Stage:
        return Stage.FINAL if self.kind is Kind.FINAL else Stage.BUDGET

    @property
    def base(self) -> str:
        """The id of the statement this is, in whichever layout."""
        return self.layout_of or self.id

    def column(self, column_id: str) -> Col | None:
        """The column of that id on any side."""
        return next((c for s in self.sides for c in s.columns if c.id == column_id), None)
