"""Facts and the relations between them: the heart.

A number in a report is a `Fact`. A sentence, a table line, a chart asserts `Relation`s between facts.
`juesuan.evaluate` judges any relation by intervals: it holds, is off by rounding, is broken, or cannot be judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from juesuan.place import Place
from juesuan.quantity import Interval, Quantity


class Stage(Enum):
    """Which stage of the year's money a figure belongs to."""

    # Members are compared by identity; Enum's own hash is computed in Python, and facts are hashed by the thousand.
    __hash__ = object.__hash__

    INITIAL = "initial"
    ADJUSTED = "adjusted"
    BUDGET = "budget"
    FINAL = "final"
    EXECUTION = "execution"


class Aspect(Enum):
    """What a figure says of its concept."""

    __hash__ = object.__hash__

    LEVEL = "level"
    CHANGE = "change"
    GROWTH = "growth"
    SHARE = "share"
    COMPLETION = "completion"


class Binding(Enum):
    """How a figure came by its concept, the surest first."""

    __hash__ = object.__hash__

    EXPLICIT = "explicit"
    SENTENCE = "sentence"
    ITEM = "item"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what a figure speaks. A dimension that is None is not known, which is not the same as "all".

    `account`: functional path as one string, 类/款/项; `economic`: economic item; `project`: project name;
    `fund`: general_budget, government_fund, state_capital, appropriation (all three), all; `nature`:
    what else sets the figure apart (annual, cumulative, allotted, owned, domestic …); `part`: body, attachment.
    """

    year: int | None = None
    stage: Stage | None = None
    fund: str | None = None
    account: str | None = None
    economic: str | None = None
    project: str | None = None
    entity: str | None = None
    nature: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, bound: what, of what, how much, where.

    `concept` is an id of the taxonomy, or "named:…" for a subject the taxonomy does not know.
    `sign` is +1 or -1 for a change or growth rate with a direction word, else 0. `label` is the concept's
    words as written, for messages; `named_at` where they stand. `terms`: how many rounded figures a sheet added up to it.
    """

    id: int
    concept: str
    scope: Scope
    quantity: Quantity
    place: Place
    aspect: Aspect = Aspect.LEVEL
    sign: int = 0
    binding: Binding = Binding.EXPLICIT
    label: str = ""
    named_at: Place | None = None
    terms: int = 1

    @property
    def shown(self) -> str:
        """The figure as written, with its measure where only the head of its table has it."""
        text, symbol = str(self.quantity), self.quantity.measure.symbol
        return text if text.endswith(symbol) else text + symbol

    @property
    def value(self) -> Decimal:
        """Signed value in base units: a direction word gives the sign; a minus sign already there stays."""
        base = self.quantity.base
        return -abs(base) if self.sign < 0 else base

    @property
    def interval(self) -> Interval:
        found = self.quantity.interval
        return found.negated() if self.sign < 0 and self.quantity.base > 0 else found

    @property
    def written_interval(self) -> Interval:
        found = self.quantity.written_interval
        return found.negated() if self.sign < 0 and self.quantity.base > 0 else found


class State(Enum):
    """How a relation was judged."""

    __hash__ = object.__hash__

    HOLDS = "holds"
    ROUNDING = "rounding"
    BROKEN = "broken"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one relation.

    `expected`: what the shown figure should read, in its own measure and decimals. `low`, `high`: the computed interval, likewise.
    `near`: broken, yet within one unit of the last digit. `formula`: the arithmetic in words, put together when asked
    for (by `tell`): most verdicts are that all is well.
    `reason`: why it could not be judged.
    """

    state: State
    expected: str | None = None
    low: str | None = None
    high: str | None = None
    tell: Callable[[], str] | None = field(default=None, compare=False, repr=False)
    reason: str = ""
    near: bool = False
    computed: Decimal | None = None

    @property
    def formula(self) -> str:
        return self.tell() if self.tell else ""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a sentence, a table line or a chart asserts between facts. `subject` is the figure that is checked.

    `place`: where it is asserted; `source`: which declaration asserts it (phrase, statement, chart, identity).
    `sure` is False where the document does not say outright that the relation holds (a list that may be incomplete).
    """

    subject: Fact
    place: Place | None = field(default=None, kw_only=True)
    source: str = field(default="", kw_only=True)
    sure: bool = field(default=True, kw_only=True)

    @property
    def kind(self) -> str:
        return type(self).__name__.lower()

    @property
    def operands(self) -> tuple[Fact, ...]:
        return ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return (self.subject, *self.operands)


@dataclass(frozen=True, slots=True)
class Sum(Relation):
    """total = Σ parts. With `closed` False only Σ parts ≤ total is asserted."""

    parts: tuple[Fact, ...]
    closed: bool = True

    @property
    def operands(self) -> tuple[Fact, ...]:
        return self.parts


@dataclass(frozen=True, slots=True)
class Difference(Relation):
    """change (the subject, signed) = now - base."""

    now: Fact
    base: Fact

    @property
    def operands(self) -> tuple[Fact, ...]:
        return (self.now, self.base)


@dataclass(frozen=True, slots=True)
class Within(Relation):
    """An increase (the subject) is not above what there is `now`: before it there was not less than nothing."""

    now: Fact

    @property
    def operands(self) -> tuple[Fact, ...]:
        return (self.now,)


@dataclass(frozen=True, slots=True)
class Growth(Relation):
    """growth % (the subject, signed) = change ÷ base; the base may be given or be now - change."""

    change: Fact | None = None
    base: Fact | None = None
    now: Fact | None = None

    @property
    def operands(self) -> tuple[Fact, ...]:
        return tuple(f for f in (self.change, self.base, self.now) if f is not None)


@dataclass(frozen=True, slots=True)
class Share(Relation):
    """share % (the subject) = part ÷ whole."""

    portion: Fact
    whole: Fact

    @property
    def operands(self) -> tuple[Fact, ...]:
        return (self.portion, self.whole)


@dataclass(frozen=True, slots=True)
class Completion(Relation):
    """completion % (the subject) = final ÷ budget; the budget may be given or be final - change."""

    final: Fact
    budget: Fact | None
    change: Fact | None = None

    @property
    def operands(self) -> tuple[Fact, ...]:
        return tuple(f for f in (self.final, self.budget, self.change) if f is not None)


@dataclass(frozen=True, slots=True)
class Shares(Relation):
    """The shares of one whole (the subject is the last of them, `others` the rest) add up to 100 %."""

    others: tuple[Fact, ...]

    @property
    def operands(self) -> tuple[Fact, ...]:
        return self.others


@dataclass(frozen=True, slots=True)
class Equal(Relation):
    """Two figures for one fact."""

    other: Fact

    @property
    def operands(self) -> tuple[Fact, ...]:
        return (self.other,)


@dataclass(frozen=True, slots=True)
class Order(Relation):
    """A word says how two figures compare: `sign` +1 for subject > other, -1 for <, 0 for equal (持平)."""

    other: Fact
    sign: int
    word: str = ""

    @property
    def operands(self) -> tuple[Fact, ...]:
        return (self.other,)


@dataclass(frozen=True, slots=True)
class Together(Relation):
    """A count and an amount of one matter are both nothing or both something."""

    other: Fact

    @property
    def operands(self) -> tuple[Fact, ...]:
        return (self.other,)
