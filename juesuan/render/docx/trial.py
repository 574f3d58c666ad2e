"""Whether mends really mend: the fixed copy is checked again.

A change that leaves its finding, or makes a new one, is not written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from juesuan.check import check_document
from juesuan.document.docx import read_docx
from juesuan.document.limits import Limits
from juesuan.document.model import Document
from juesuan.findings import Evidence, Finding, Report, Role

__all__ = ["Trial"]

_MOST_TRIES = 12


class Trial:
    """Tries changes on one document. `write` makes the copy in which the mends of these findings are written."""

    def __init__(
        self, path: Path, limits: Limits, report: Report, document: Document, write: Callable[[frozenset[int]], bytes]
    ) -> None:
        self._path = path
        self._limits = limits
        self._findings = report.findings
        self._profile = report.profile if report.profile_given else None
        self._document = document
        self._write = write
        self._whole: tuple[Finding, ...] | None = None
        self._tries = 0
        self.against: dict[int, str] = {}
        """What a check says against a mend, by the number of its finding."""
        self._known: dict[frozenset[int], list[Finding]] = {}

    def holding(self, wanted: Sequence[int]) -> frozenset[int]:
        """Those of the findings `wanted` (by number) whose mends, written together, mend and break nothing."""
        return self._grown(frozenset(), list(wanted))

    def _grown(self, kept: frozenset[int], more: list[int]) -> frozenset[int]:
        if not more or self._tries >= _MOST_TRIES:
            return kept
        trouble = self._trouble(kept | set(more))
        if not trouble:
            return kept | set(more)
        if len(more) == 1:
            self.against[more[0]] = f"{trouble[0].rule} {trouble[0].message}"
            return kept
        # What speaks of the place of a mend is most likely due to it: far fewer tries than halving.
        spots = {_cell(evidence) for finding in trouble for evidence in finding.evidence}
        suspects = [number for number in more if self._cells(number) & spots]
        half = more[: len(more) // 2]
        first = [number for number in more if number not in suspects] if suspects else half
        first = first or half
        return self._grown(self._grown(kept, first), [number for number in more if number not in first])

    def _cells(self, number: int) -> set[tuple[int, int | None, int | None]]:
        return {_cell(evidence) for evidence in self._findings[number].evidence if evidence.role is Role.SUBJECT}

    def _trouble(self, fixed: frozenset[int]) -> list[Finding]:
        """What a check says against these mends written together; nothing when they hold."""
        if fixed not in self._known:
            self._known[fixed] = self._tried(fixed)
        return self._known[fixed]

    def _tried(self, fixed: frozenset[int]) -> list[Finding]:
        self._tries += 1
        copy = read_docx(self._path, self._write(fixed), self._limits)
        after = check_document(copy, profile=self._profile).findings
        if not _unexplained(self._findings, fixed, after):
            return []
        # The report may have been narrowed to some rules: then others must not count as new.
        if self._whole is None:
            self._whole = check_document(self._document, profile=self._profile).findings
        marks = {self._findings[number].id for number in fixed}
        numbers = frozenset(number for number, finding in enumerate(self._whole) if finding.id in marks)
        return _unexplained(self._whole, numbers, after)


def _cell(evidence: Evidence) -> tuple[int, int | None, int | None]:
    place = evidence.place
    return place.block, place.row, place.column


def _unexplained(before: Sequence[Finding], fixed: frozenset[int], after: Sequence[Finding]) -> list[Finding]:
    """The findings after the change that are none of those left from before: not mended, or new.

    A finding is known by its rule and key, or, as a mended name may be part of the key, by its rule and place.
    """
    left = [finding for number, finding in enumerate(before) if number not in fixed]
    rest: list[Finding] = []
    for finding in after:
        same = next((known for known in left if (known.rule, known.key) == (finding.rule, finding.key)), None)
        if same is None:
            rest.append(finding)
        else:
            left.remove(same)
    unknown: list[Finding] = []
    for finding in rest:
        same = next((known for known in left if _spot(known) == _spot(finding)), None)
        if same is None:
            unknown.append(finding)
        else:
            left.remove(same)
    return unknown


def _spot(finding: Finding) -> tuple[object, ...]:
    subject = finding.subject
    if subject is None:
        return (finding.rule, finding.message)
    place = subject.place
    return (finding.rule, place.block, place.row, place.column, place.series, place.point, subject.quote)
