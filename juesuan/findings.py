"""What a check says: findings with evidence, outcomes, and the report on one document.

Severity and outcome are promises (docs/architecture.md): an error is certain from the document itself; a warning is
very likely wrong, or something required is missing, and a person decides; a hint is rounding, style or
a name that differs only from the catalog.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum

from juesuan.place import Place, Where


class Severity(IntEnum):
    """How sure, and how bad. Ordered: a higher value is graver."""

    HINT = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return {Severity.ERROR: "错误", Severity.WARNING: "疑点", Severity.HINT: "提示"}[self]

    @property
    def key(self) -> str:
        return self.name.lower()


class Role(Enum):
    """What a piece of evidence is to the finding."""

    SUBJECT = "subject"
    """The smallest words that are wrong."""
    OPERAND = "operand"
    """A figure the arithmetic uses."""
    FOLLOWER = "follower"
    """A place that fails only because the subject does."""
    OTHER = "other"


class Safety(Enum):
    """Whether a mend may be made without thinking."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY_ONLY = "display-only"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The source's own characters at a place. `where` is filled in when the report is put together."""

    place: Place
    quote: str
    role: Role = Role.SUBJECT
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """Replace `old`, the quote of evidence number `evidence`, by `new`."""

    old: str
    new: str
    safety: Safety = Safety.UNSAFE
    evidence: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, said once.

    `message` is plain Chinese whose first sentence stands alone: what, where, shown, computed.
    `key` names concept and scope without numbers: with the rule and an ordinal it becomes `id`, the
    fingerprint that survives the next version of the report.
    `formula`: the arithmetic in words; `basis`: the law or the identity it rests on.
    `mend`: what to do where no words can be replaced and the rule's own advice does not fit this finding.
    """

    rule: str
    name: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()
    expected: str | None = None
    actual: str | None = None
    range: tuple[str, str] | None = None
    formula: str | None = None
    basis: str | None = None
    fix: Fix | None = None
    mend: str | None = None
    key: str = ""
    id: str = ""

    @property
    def subject(self) -> Evidence | None:
        return next((e for e in self.evidence if e.role is Role.SUBJECT), None)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A check that was not made: `rule` and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Checks:
    """How the checks ended, all counted: passed, off by rounding, failed; and what was not made, with reasons."""

    passed: int = 0
    off_by_rounding: int = 0
    failed: int = 0
    not_applicable: tuple[Skipped, ...] = ()
    could_not_check: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the document's numbers was understood.

    A number is one maximal token of amount, percent, count, date or code, or a number cell: `bound`
    (concept, year and stage known), `related` (an operand of a judged relation), `inert` (list
    numbers, codes, dates, …), or in `unread`.
    """

    numbers: int = 0
    bound: int = 0
    related: int = 0
    inert: int = 0
    unread: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem of reading, with its place where one is known."""

    message: str
    where: Where | None = None
    lost: bool = False


class Outcome(Enum):
    """How the check of one document ended."""

    CLEAN = "clean"
    FINDINGS = "findings"
    PARTIAL = "partial"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that is said of one document. `kind` is final_accounts, budget, performance or unknown.

    `files`: the files it was put together from, when there are several; `path` is then the name of them together.
    `profile_given`: the user named the profile; otherwise it was detected.
    """

    path: str
    outcome: Outcome
    sha256: str = ""
    format: str = ""
    files: tuple[str, ...] = ()
    kind: str = "unknown"
    profile: str = "unknown"
    profile_given: bool = False
    entity: str | None = None
    year: int | None = None
    pages: int | None = None
    problems: tuple[Trouble, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    checks: Checks = field(default_factory=Checks)
    findings: tuple[Finding, ...] = ()

    def worst(self) -> Severity | None:
        """The gravest severity among the findings."""
        return max((f.severity for f in self.findings), default=None)

    def count(self, severity: Severity) -> int:
        return sum(1 for f in self.findings if f.severity is severity)
