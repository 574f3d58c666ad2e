"""The unit's own docx, unchanged but for a Word comment on each finding's words and, if wanted, tracked mends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from juesuan.document.docx.anchors import Anchors, anchors
from juesuan.document.limits import DEFAULT_LIMITS, Limits
from juesuan.document.model import Document
from juesuan.findings import Finding, Report, Safety
from juesuan.render import words
from juesuan.render.docx.changes import Plan, Writer, plan
from juesuan.render.docx.comments import Comments, fresh_ids
from juesuan.render.docx.parts import Parts
from juesuan.render.docx.spots import Cutter, Stretch, stretch_of
from juesuan.render.docx.trial import Trial
from juesuan.render.remarks import mark_of, remark
from juesuan.render.source import source_of
from juesuan.render.width import clip

__all__ = ["render_docx"]

_UNMENDED = "试改后重新审核，问题没有消失或又有新问题"
_LONGEST = 120
"""Columns of what speaks against a mend."""


def render_docx(
    reports: Sequence[Report],
    documents: Mapping[str, Document],
    *,
    fix: Safety | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    """The bytes of the marked copy of the one docx reported on.

    `fix` writes mends as tracked changes: Safety.SAFE the safe ones, Safety.UNSAFE also those to be checked. A mend
    that does not make its finding go, or makes a new one, is not written; the comment says so.
    Raises UsageError when there is not exactly one report, on a docx that is still the file checked, and
    UnreadableError when a part of it cannot be copied.
    """
    report, document, path, data = source_of(reports, documents, "docx")
    copy = _Copy(path, data, limits, report, document)
    if fix is None:
        return copy.write(frozenset())
    copy.plan = plan(report.findings, document, copy.anchors, copy.parts(), unsafe=fix is Safety.UNSAFE)
    trial = Trial(path, limits, report, document, copy.write)
    holding = trial.holding(sorted(copy.plan.changes))
    copy.against = trial.against
    return copy.write(holding)


@dataclass(slots=True)
class _Hung:
    """A finding whose note hangs on `stretch`; None: at the top."""

    finding: Finding
    stretch: Stretch | None
    extra: str


class _Copy:
    """Makes copies of one file, with one or another set of mends."""

    def __init__(self, path: Path, data: bytes, limits: Limits, report: Report, document: Document) -> None:
        self._path = path
        self._data = data
        self._limits = limits
        self._report = report
        self._document = document
        self.anchors: Anchors = anchors(path, data, limits)
        self.plan = Plan()
        self.against: Mapping[int, str] = {}

    def parts(self) -> Parts:
        """The parts afresh, unchanged."""
        return Parts(self._path, self._data, self._limits)

    def write(self, fixed: frozenset[int]) -> bytes:
        """The marked copy, with the mends of these findings (by number) written."""
        parts = self.parts()
        # Everything is found before anything is changed: paths count elements.
        ids, cutter = fresh_ids(parts), Cutter(parts.w)
        writer = Writer(self.anchors, parts, cutter, ids)
        hung = [self._hung(number, parts, fixed) for number in range(len(self._report.findings))]
        for item in hung:
            _ask(item.stretch, cutter)
        for number in sorted(fixed):
            for change in self.plan.changes[number]:
                writer.prepare(change)
        cutter.cut()
        if hung:
            self._comment(Comments(parts, ids), hung, cutter)
        writer.write()
        return parts.data()

    def _hung(self, number: int, parts: Parts, fixed: frozenset[int]) -> _Hung:
        finding = self._report.findings[number]
        return _Hung(finding, self._stretch(finding, parts), self._said(number, fixed))

    def _stretch(self, finding: Finding, parts: Parts) -> Stretch | None:
        mark = mark_of(finding)
        if mark is None or (mark.where is not None and mark.where.file not in {None, self._report.path}):
            return None
        return stretch_of(self.anchors, mark.place, parts)

    def _said(self, number: int, fixed: frozenset[int]) -> str:
        """What the note says of the mend in this copy."""
        if number in fixed:
            places = len(self.plan.changes[number])
            return "已改：文中已用修订改正" + (f" {places} 处" if places > 1 else "") + "，请接受或拒绝"
        why = self.plan.refused.get(number, _UNMENDED if number in self.plan.changes else "")
        against = f"：{clip(self.against[number], _LONGEST)}" if number in self.against else ""
        return f"未改：没有写成修订（{why}{against}），请人工改正" if why else ""

    def _comment(self, comments: Comments, hung: Sequence[_Hung], cutter: Cutter) -> None:
        """One comment a finding; those without any place share one at the top."""
        loose = [item for item in hung if mark_of(item.finding) is None]
        if loose:
            lines = [line for item in loose for line in remark(item.finding, self._document, item.extra)]
            comments.at_top(lines)
        for item in hung:
            mark = mark_of(item.finding)
            if mark is None:
                continue
            lines = remark(item.finding, self._document, item.extra)
            if item.stretch is not None:
                if item.stretch.note:
                    lines.insert(1, f"所指文字：“{mark.quote}”，{item.stretch.note}")
                comments.hang(item.stretch, lines, cutter)
            else:
                place = words.place(words.where_of(mark, self._document)) or "页眉、页脚或正文以外"
                lines.insert(1, f"所指文字：“{mark.quote}”，{place}")
                comments.at_top(lines)


def _ask(stretch: Stretch | None, cutter: Cutter) -> None:
    if stretch is not None and stretch.start is not None:
        cutter.ask(stretch.first, stretch.start)
    if stretch is not None and stretch.end is not None:
        cutter.ask(stretch.last, stretch.end)
