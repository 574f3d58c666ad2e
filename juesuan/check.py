"""read → understand → rules → one report: the whole check of one document."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from juesuan.coverage import measure_coverage
from juesuan.document.limits import DEFAULT_LIMITS, Limits
from juesuan.document.model import Document
from juesuan.document.read import open_document
from juesuan.errors import UnreadableError
from juesuan.facts import State
from juesuan.findings import Checks, Evidence, Finding, Outcome, Report, Role, Skipped, Trouble
from juesuan.place import Place, Where
from juesuan.rules import RULES, CouldNotCheckError, NotApplicableError, Rule, View
from juesuan.taxonomy.profiles import profile_of
from juesuan.understand.understanding import Understanding, understand
from juesuan.years import understand_years

_LONGEST_QUOTE = 60
_ONE_YEAR = "没有上一年度的报告可以对照（--years）"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules run: those whose code begins with one of `select` (all when empty) and with none of `ignore`."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def takes(self, rule: Rule) -> bool:
        wanted = not self.select or any(rule.code.startswith(c.upper()) or rule.name == c for c in self.select)
        return wanted and not any(rule.code.startswith(c.upper()) or rule.name == c for c in self.ignore)


@dataclass(frozen=True, slots=True)
class Checked:
    """A document with its report; `document` is None when it could not be read."""

    report: Report
    document: Document | None = None


def check_file(path: str | Path, selection: Selection | None = None, limits: Limits = DEFAULT_LIMITS) -> Checked:
    """Read and check one file. An unreadable file gives a report that says so; it does not raise."""
    try:
        document = open_document(path, limits)
    except UnreadableError as error:
        return Checked(Report(path=str(path), outcome=Outcome.UNREADABLE, problems=(Trouble(str(error), lost=True),)))
    return Checked(check_document(document, selection), document)


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """No search for unused objects meanwhile: all that a check makes lives until its end, and searching costs a fifth."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def check_document(document: Document, selection: Selection | None = None, profile: str | None = None) -> Report:
    """Check a document that has been read.

    `profile`: the layout to hold it to instead of the detected one; left aside when it is of another kind of report.
    """
    with _nothing_thrown_away():
        return _check(document, selection, profile)


def _check(document: Document, selection: Selection | None, profile: str | None) -> Report:
    understanding = _held_to(profile, understand(document))
    view = View(understanding)
    findings, not_applicable, could_not = _run(view, selection or Selection())
    placed = tuple(_finish(findings, understanding))
    problems = tuple(_trouble(document))
    lost = any(p.lost for p in problems)
    outcome = Outcome.PARTIAL if lost else Outcome.FINDINGS if placed else Outcome.CLEAN
    identity = understanding.identity
    return Report(
        path=document.path,
        sha256=document.sha256,
        format=document.format,
        files=tuple(source.path for source in document.sources),
        kind=identity.kind,
        profile=identity.profile,
        profile_given=profile is not None and identity.profile == profile,
        entity=identity.entity,
        year=identity.year,
        pages=document.pages,
        outcome=outcome,
        problems=problems,
        coverage=measure_coverage(view, lambda place: locate(place, understanding)),
        checks=_count(view, not_applicable, could_not),
        findings=placed,
    )


def check_years(documents: Sequence[Document], path: str, selection: Selection | None = None) -> Checked:
    """Hold the reports of one unit for several years against each other; what each says alone is not looked at.

    The report, named `path`, speaks of the last year; its places count in the file each names. Raises UsageError where these are not reports of one unit for
    different years.
    """
    understanding = understand_years([understand(document) for document in documents], path)
    view = View(understanding)
    findings, not_applicable, could_not = _run(view, selection or Selection())
    document, identity = understanding.document, understanding.identity
    placed = tuple(_in_own_files(finding, document) for finding in _finish(findings, understanding))
    report = Report(
        path=path,
        sha256=document.sha256,
        format=document.format,
        files=tuple(source.path for source in document.sources),
        kind=identity.kind,
        profile=identity.profile,
        entity=identity.entity,
        year=identity.year,
        outcome=Outcome.FINDINGS if placed else Outcome.CLEAN,
        checks=_count(view, not_applicable, could_not),
        findings=placed,
    )
    return Checked(report, document)


def _in_own_files(finding: Finding, document: Document) -> Finding:
    """The finding with each place counted in its own file, whose report and document stand beside this one."""

    def own(evidence: Evidence) -> Evidence:
        source = document.source_of(evidence.place.block)
        if source is None or evidence.where is None:
            return evidence
        place = evidence.place
        start = place.start._replace(block=place.start.block - source.first)
        place = place._replace(start=start, end=place.end._replace(block=place.end.block - source.first))
        return replace(evidence, place=place, where=replace(evidence.where, place=place))

    return replace(finding, evidence=tuple(map(own, finding.evidence)))


def _held_to(profile: str | None, understanding: Understanding) -> Understanding:
    """The same with another layout, where that is one of the document's kind."""
    identity = understanding.identity
    layout = profile_of(profile) if profile else None
    if layout is None or layout.kind != identity.kind:
        return understanding
    return replace(understanding, identity=replace(identity, profile=layout.id))


def _run(view: View, selection: Selection) -> tuple[list[Finding], list[Skipped], list[Skipped]]:
    findings: list[Finding] = []
    not_applicable: list[Skipped] = []
    could_not: list[Skipped] = []
    for rule in RULES.values():
        if not selection.takes(rule) or (view.understanding.years and not rule.across_years):
            continue
        if rule.across_years and not view.understanding.years:
            not_applicable.append(Skipped(rule.code, _ONE_YEAR))
            continue
        try:
            findings.extend(rule.check(view))
        except NotApplicableError as reason:
            not_applicable.append(Skipped(rule.code, str(reason)))
        except CouldNotCheckError as reason:
            could_not.append(Skipped(rule.code, str(reason)))
    return findings, not_applicable, could_not


def _count(view: View, not_applicable: Sequence[Skipped], could_not: Sequence[Skipped]) -> Checks:
    states = Counter(j.verdict.state for j in view.judged)
    unjudged = Counter((j.relation.kind, j.verdict.reason) for j in view.judged if j.verdict.state is State.UNJUDGED)
    skipped = [
        Skipped(kind, f"{reason}（{n} 处）" if n > 1 else reason) for (kind, reason), n in sorted(unjudged.items())
    ]
    return Checks(
        passed=states[State.HOLDS],
        off_by_rounding=states[State.ROUNDING],
        failed=states[State.BROKEN],
        not_applicable=tuple(not_applicable),
        could_not_check=(
            *could_not,
            *skipped,
            *(Skipped("table", doubt) for doubt in view.understanding.tables.doubts),
        ),
    )


def locate(place: Place, understanding: Understanding) -> Where:
    """The place with page, boxes, part and section."""
    table, row, column = understanding.tables.words_for(place)
    where = replace(understanding.document.where(place), table=table, row=row, column=column)
    index = understanding.passage_of(place)
    if index is None:
        return where
    section = understanding.outline.section_of(index)
    return replace(where, part=understanding.outline.part_of(index), section=section.path if section else "")


def _finish(findings: Iterable[Finding], understanding: Understanding) -> list[Finding]:
    """Order findings as they stand in the document, look their places up, and give each its fingerprint."""
    ordered = sorted(findings, key=_position)
    seen: Counter[str] = Counter()
    done: list[Finding] = []
    for finding in ordered:
        stem = f"{finding.rule}|{finding.key}"
        seen[stem] += 1
        mark = hashlib.sha256(f"{stem}|{seen[stem]}".encode()).hexdigest()[:16]
        evidence = tuple(_shown(e, understanding) for e in finding.evidence)
        done.append(replace(finding, evidence=evidence, id=mark))
    return done


def _shown(evidence: Evidence, understanding: Understanding) -> Evidence:
    quote = evidence.quote
    if evidence.role is Role.SUBJECT and len(quote) > _LONGEST_QUOTE:
        quote = quote[:_LONGEST_QUOTE]
    return replace(evidence, quote=quote, where=locate(evidence.place, understanding))


def _position(finding: Finding) -> tuple[int, int, int, str, str]:
    subject = finding.subject or (finding.evidence[0] if finding.evidence else None)
    if subject is None:
        return (-1, 0, -finding.severity, finding.rule, finding.key)
    return (subject.place.start.block, subject.place.start.offset, -finding.severity, finding.rule, finding.key)


def _trouble(document: Document) -> Iterable[Trouble]:
    for problem in document.problems:
        yield Trouble(problem.message, lost=problem.lost)
