"""What a rule is, and what it sees.

A rule is one file, named after what goes wrong, with one code that is never reused. It is a pure function
from a `View` to findings: no I/O, no clock, no raw pages or rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from juesuan.causes import Cause, Judged, find_causes
from juesuan.document.model import Document
from juesuan.evaluate import evaluate
from juesuan.facts import Fact
from juesuan.findings import Evidence, Finding, Fix, Role, Safety, Severity
from juesuan.place import Place
from juesuan.understand.understanding import Understanding

Shared = TypeVar("Shared")


class CouldNotCheckError(Exception):
    """Raised by a rule that lacks what it needs; the reason is shown, not passed over."""


class NotApplicableError(Exception):
    """Raised by a rule whose matter this document does not have; the reason is shown."""


@dataclass(frozen=True)
class View:
    """What rules see: the understood document, all relations judged, and their root causes."""

    understanding: Understanding
    _shared: dict[Callable[[View], object], object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def document(self) -> Document:
        return self.understanding.document

    def shared(self, make: Callable[[View], Shared]) -> Shared:
        """What several rules need of this document, made once."""
        if make not in self._shared:
            self._shared[make] = make(self)
        return cast("Shared", self._shared[make])

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        return tuple(Judged(r, evaluate(r)) for r in self.understanding.relations)

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        return tuple(find_causes(self.judged))

    def quote(self, place: Place) -> str:
        return self.document.text_of(place)

    def evidence(self, place: Place, role: Role = Role.SUBJECT) -> Evidence:
        return Evidence(place, self.quote(place), role)

    def text_place(self, passage: int, start: int, end: int) -> Place:
        """The source place of characters of a passage."""
        return self.understanding.passages[passage].place(start, end)

    def fact_evidence(self, facts: Iterable[Fact], role: Role) -> tuple[Evidence, ...]:
        """One piece of evidence a place, in reading order."""
        seen: dict[Place, Evidence] = {}
        for fact in facts:
            if fact.id >= 0:
                seen.setdefault(fact.place, self.evidence(fact.place, role))
        return tuple(sorted(seen.values(), key=lambda e: e.place.start))


Check = Callable[[View], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule and its page. All texts are Chinese and stand in docs/rules and `juesuan rule CODE`.

    `wrong` and `right` are texts a user might paste: the tests run both. `severity` is the gravest it reports.
    A rule `across_years` holds reports of several years against each other and sees nothing else; its examples
    hold one report a year, with a form feed between them.
    """

    code: str
    name: str
    title: str
    severity: Severity
    checks: str
    why: str
    basis: str
    how: str
    wrong: str
    right: str
    mend: str
    misses: str
    check: Check = field(compare=False)
    across_years: bool = False

    def finding(
        self,
        message: str,
        evidence: tuple[Evidence, ...],
        *,
        severity: Severity | None = None,
        expected: str | None = None,
        actual: str | None = None,
        range_: tuple[str, str] | None = None,
        formula: str | None = None,
        basis: str | None = None,
        fix: Fix | str | None = None,
        key: str = "",
    ) -> Finding:
        """A finding of this rule; `fix` is what to replace, or a sentence that says what to do."""
        return Finding(
            rule=self.code,
            name=self.name,
            severity=self.severity if severity is None else severity,
            message=message,
            evidence=evidence,
            expected=expected,
            actual=actual,
            range=range_,
            formula=formula,
            basis=basis or self.basis,
            fix=fix if isinstance(fix, Fix) else None,
            mend=fix if isinstance(fix, str) else None,
            key=key,
        )


def replace_fix(old: str, new: str | None, safety: Safety = Safety.UNSAFE) -> Fix | None:
    """A mend by replacing the subject's quote, when there is something to put there."""
    return Fix(old, new, safety) if new and new != old else None
