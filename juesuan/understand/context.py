"""The stack of scopes while a document is read: document → section → item → sentence → clause.

"其中" opens a frame of parts, "；" keeps it, "。" drops it unless it was opened to run on over the following
paragraphs; a bracket is a frame of its own that returns to its head; a base year lives one clause.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from juesuan.facts import Aspect, Binding, Fact, Relation, Scope, Stage
from juesuan.place import Place
from juesuan.quantity import Habit, Quantity
from juesuan.taxonomy.concepts import PARTITIONS
from juesuan.understand.passages import Passage

PARTS_OF = {p.total: p.parts for p in PARTITIONS}
UNNAMED = "unnamed"
"""The subject of figures whose sentence names none: 年初预算为…，支出决算为…. Known within its paragraph only."""
BUDGET_STAGES = (Stage.INITIAL, Stage.ADJUSTED, Stage.BUDGET)
ADJUSTED_INITIAL = "调整后年初预算"
"""A second 年初预算 beside the first: neither can be chosen."""
TOTALS = frozenset({"balance_total", "income_total", "expenditure_total"})
LISTED_BY_ECONOMIC = ("personnel", "office")
"""Concepts whose parts are economic items: 人员经费 … 主要包括：基本工资…"""


@dataclass(frozen=True, slots=True)
class Subject:
    """Of what a figure speaks, before year and stage are added."""

    concept: str
    fund: str | None = None
    account: str | None = None
    economic: str | None = None
    stage: Stage | None = None
    entity: str | None = None
    label: str = ""
    binding: Binding = Binding.EXPLICIT
    place: Place | None = None

    def same_as(self, fact: Fact) -> bool:
        mine = (self.concept, self.account, self.economic, self.entity)
        return mine == (fact.concept, fact.scope.account, fact.scope.economic, fact.scope.entity) and (
            self.fund is None or fact.scope.fund is None or self.fund == fact.scope.fund
        )


def parts_of(total: Fact) -> tuple[str, ...]:
    """What a figure is made of; no appropriation is spent otherwise than as 基本支出 and 项目支出."""
    appropriated = total.scope.account is not None or total.scope.fund not in {None, "all"}
    if total.concept == "expenditure" and appropriated:
        return ("basic", "project")
    return PARTS_OF.get(total.concept, ())


@dataclass(slots=True)
class Frame:
    """A list of parts being read. `before`: the figures that may be its total, the latest last."""

    word: str
    before: list[Fact]
    sticky: bool = False
    in_bracket: int = 0
    opened_in: int = 0
    economic: bool = False
    """Lists economic items, whatever its total is."""
    of_budget: bool = False
    """Read in a budget, where every item is listed; final accounts leave out those without outturn."""
    cut: bool = False
    """Ended by a heading that is itself an account, or by 等: the list goes on where this frame cannot follow."""
    open_ended: bool = False
    """Words left out, or the end of the text, came before the list's end."""
    children: list[Fact] = field(default_factory=list)
    shares: list[Fact] = field(default_factory=list)
    levels: dict[int, Fact] = field(default_factory=dict)

    @property
    def head(self) -> Fact | None:
        """The figure just before the list opens."""
        return self.before[-1] if self.before else None

    @property
    def missing(self) -> tuple[str, ...]:
        """Parts the taxonomy expects for the head that have not been read yet."""
        head = self.head
        if head is None:
            return ()
        seen = {c.concept for c in self.children}
        expected = parts_of(head)
        if seen and not seen & set(expected):
            return ()
        return tuple(p for p in expected if p not in seen)


@dataclass(frozen=True, slots=True)
class Slip:
    """Something wrong that the reader notices while reading: `kind` names it, `text` as written, `passage` where."""

    kind: str
    place: Place
    text: str
    passage: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a sentence between full stops and semicolons, with the facts in it: for sentences printed twice.

    `lead`: what stands before it in its paragraph.
    """

    text: str
    passage: int
    facts: tuple[Fact, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Loose:
    """A share that names no whole, of a figure that stands in no list; `section` counts the sections read so far."""

    section: int
    rate: Fact
    portion: Fact


@dataclass
class Context:
    """What is known at the current position, and everything read so far."""

    year: int | None
    stage: Stage
    habit: Habit
    facts: list[Fact] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    change_is_named: bool = False
    """Whether the last change said itself of what it speaks."""
    flats: list[tuple[Fact, int]] = field(default_factory=list)
    """Figures that are said to be those of another year too (持平)."""
    frames: list[Frame] = field(default_factory=list)
    finished: Frame | None = None
    """The list of parts that ended with the sentence before, in the same passage."""
    section: Subject | None = None
    section_fund: str | None = None
    """The budget the section is about, by its title or that of a section around it."""
    item: Subject | None = None
    category: str | None = None
    """The 类 last named by itself in this section: the one of the 项 that follow without their path."""
    project: str | None = None
    part: str = ""
    parts: dict[int, str] = field(default_factory=dict)
    """The part of the document each fact stands in."""
    entity: str | None = None
    units: frozenset[str] = frozenset()
    """Other units that figures are stated for, where the document's own is not known."""
    passage: Passage | None = None
    passage_facts: list[Fact] = field(default_factory=list)
    sentence_facts: list[Fact] = field(default_factory=list)
    sentence_year: int | None = None
    sentence_year_is_last: bool = False
    """Set by 上年: holds to the next semicolon only."""
    head: Subject | None = None
    bracket: int = 0
    heads: list[Subject | None] = field(default_factory=list)
    bare: tuple[int, int] = (0, 0)
    """Where the label stands that was named last without a figure, in the passage's text."""
    bare_pair: bool = False
    """Another label stands right before it: 货物采购授予中小企业合同金额 is neither of the two."""
    owner: str | None = None
    """The other unit that figures up to the next semicolon belong to: 第一中学基本支出…，项目支出…."""
    loose: list[Loose] = field(default_factory=list)
    sections: int = 0
    waiting: tuple[Fact, Fact] | None = None
    """A rate of completion and its outturn, whose budget is not stated: a change against the budget may follow."""
    pending: list[tuple[Fact, Fact, Subject]] = field(default_factory=list)
    """Shares (rate, part, whole) whose whole is named before its figure is stated."""
    aside: str | None = None
    """Set inside a reason or a purpose: figures there are read, and related to nothing."""
    disputed: set[int] = field(default_factory=set)
    """Facts with a second candidate beside them in a bracket: never judged."""
    unfinished: bool = False
    """Words are left out (……), or the text ends within a list of items: what is not there may still exist."""

    def add(
        self,
        subject: Subject,
        quantity: Quantity,
        place: Place,
        *,
        aspect: Aspect = Aspect.LEVEL,
        sign: int = 0,
        year: int | None = None,
        stage: Stage | None = None,
        nature: str | None = None,
    ) -> Fact:
        """Record one fact of the current scope."""
        scope = Scope(
            year=year if year is not None else self.current_year,
            stage=stage or subject.stage or self.stage,
            fund=subject.fund,
            account=subject.account,
            economic=subject.economic,
            project=self.project,
            entity=subject.entity,
            nature=self.aside or nature,
        )
        fact = Fact(
            len(self.facts),
            subject.concept,
            scope,
            self.habit.apply(quantity),
            place,
            aspect,
            sign,
            subject.binding,
            subject.label,
            subject.place,
        )
        self.facts.append(fact)
        self.parts[fact.id] = self.part
        self.passage_facts.append(fact)
        self.sentence_facts.append(fact)
        return fact

    @property
    def current_year(self) -> int | None:
        return self.sentence_year if self.sentence_year is not None else self.year

    @property
    def frame(self) -> Frame | None:
        return self.frames[-1] if self.frames else None

    def recent(
        self, subject: Subject, *, year: int | None, stages: tuple[Stage, ...], anywhere: bool = False
    ) -> tuple[Fact, ...]:
        """Level facts of a subject, year and stage: those of the passage, or else of the section's passages, the latest first."""
        for pool in (self.sentence_facts, self.passage_facts, self.facts if anywhere else []):
            found = tuple(
                f
                for f in reversed(pool)
                if f.aspect is Aspect.LEVEL
                and f.scope.nature in {None, ADJUSTED_INITIAL}
                and subject.same_as(f)
                and f.scope.stage in stages
                and f.scope.year == year
                and f.scope.project == self.project
            )
            if found:
                return found
        return ()

    def latest(self, concepts: frozenset[str]) -> Fact | None:
        """The latest level of one of these concepts in the passage."""
        return next(
            (f for f in reversed(self.passage_facts) if f.concept in concepts and f.aspect is Aspect.LEVEL), None
        )

    def judgeable(self, *facts: Fact | None) -> bool:
        """Whether a relation over these facts may be asserted."""
        return self.aside is None and all(f is not None and f.id not in self.disputed for f in facts)

    def relate(self, relation: Relation) -> None:
        if self.judgeable(*relation.facts):
            self.relations.append(relation)


def inherit(subject: Subject, frame: Frame | None) -> Subject:
    """A part takes the fund its total has when it names none itself."""
    head = frame.head if frame else None
    if head is None:
        return subject
    if head.scope.account and subject.account is None and subject.concept in PARTS_OF.get(head.concept, ()):
        subject = replace(subject, account=head.scope.account)
    if subject.fund is not None or head.scope.fund is None:
        return subject
    if subject.concept in PARTS_OF.get(head.concept, ()) or subject.economic or subject.account:
        return replace(subject, fund=head.scope.fund)
    return subject
