"""Findings on a terminal: what is wrong, the line it stands in, the arithmetic, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from juesuan.document.model import Document
from juesuan.findings import Checks, Coverage, Evidence, Finding, Outcome, Report, Role, Severity, Skipped
from juesuan.render import words
from juesuan.render.excerpt import excerpt
from juesuan.render.width import clip, columns, visible, window, wrap

_MOST_UNREAD = 10
_MOST_PLACES = 4
_STYLES = {
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;33",
    Severity.HINT: "1;36",
}
_LEAST_WIDTH = 40


def render_text(
    reports: Sequence[Report],
    documents: Mapping[str, Document],
    *,
    color: bool,
    width: int = 80,
    verbose: bool = False,
) -> str:
    """All reports as plain Chinese text, `width` columns wide (at least 40), with ANSI colours only if `color`.

    `documents` are the documents by path; a report without its document shows quotes without their line.
    Hints are folded to a count for each rule unless `verbose`. The text ends with a line break.
    """
    pen = _Pen(color=color, width=max(width, _LEAST_WIDTH), verbose=verbose)
    pieces = [_report(report, documents, pen) for report in reports]
    if len(reports) > 1:
        pieces.append(_total(reports, pen))
    return "\n\n".join("\n".join(piece) for piece in pieces) + "\n"


@dataclass(frozen=True, slots=True)
class _Pen:
    """How to write: colours, width, and how much."""

    color: bool
    width: int
    verbose: bool

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.color and text else text

    def label(self, name: str, text: str) -> list[str]:
        """A named line, continued under its text."""
        head = f"  {name}："
        lines = wrap(visible(text), self.width - columns(head))
        return [(self.paint(head, "2") if i == 0 else " " * columns(head)) + line for i, line in enumerate(lines)]

    def item(self, text: str, indent: int = 4) -> list[str]:
        """A list item, continued under its text."""
        lines = wrap(visible(text), self.width - indent)
        return [(" " * (indent - 2) + "· " if i == 0 else " " * indent) + line for i, line in enumerate(lines)]


def _report(report: Report, documents: Mapping[str, Document], pen: _Pen) -> list[str]:
    lines = _head(report, pen)
    if report.outcome is Outcome.UNREADABLE:
        return lines + _problems(report, pen)
    for severity in words.SEVERITIES:
        found = [finding for finding in report.findings if finding.severity is severity]
        if not found:
            continue
        if severity is Severity.HINT and not pen.verbose:
            lines += _folded(found, pen)
            continue
        for finding in found:
            lines += ["", *_finding(finding, report, documents, pen)]
    return lines + _summary(report, documents, pen)


def _head(report: Report, pen: _Pen) -> list[str]:
    said = "  ".join((words.heading(report), words.profile(report)))
    if report.pages is not None:
        said += f"  共{report.pages}页"
    lines = [pen.paint(visible(report.path), "1"), *("  " + line for line in wrap(visible(said), pen.width - 2))]
    return lines + (pen.label("材料", "、".join(report.files)) if report.files else [])


def _finding(finding: Finding, report: Report, documents: Mapping[str, Document], pen: _Pen) -> list[str]:
    subject = finding.subject or next(iter(finding.evidence), None)
    lines = _title(finding, subject, report, documents, pen)
    if subject is not None:
        lines += _quoted(subject, finding.severity, _document(subject, report, documents), pen)
    lines += ["  " + line for line in wrap(visible(finding.message), pen.width - 2)]
    if finding.formula:
        lines += pen.label("算式", finding.formula)
    lines += _places("所用数", finding, {Role.OPERAND}, subject, report, documents, pen)
    if finding.basis:
        lines += pen.label("依据", finding.basis)
    lines += pen.label("建议", words.mend(finding))
    lines += _places("另见", finding, {Role.SUBJECT, Role.OTHER}, subject, report, documents, pen)
    lines += _places("连带", finding, {Role.FOLLOWER}, subject, report, documents, pen)
    return lines


def _title(
    finding: Finding, subject: Evidence | None, report: Report, documents: Mapping[str, Document], pen: _Pen
) -> list[str]:
    where = words.where_of(subject, _document(subject, report, documents)) if subject else None
    place = visible(words.place(where))
    start = f"{finding.severity.word} {finding.rule} {words.title(finding)}"
    painted = pen.paint(start, _STYLES[finding.severity])
    if not place:
        return [painted]
    if columns(start) + 2 + columns(place) <= pen.width:
        return [f"{painted}  {place}"]
    return [painted, "  " + clip(place, pen.width - 2)]


def _document(evidence: Evidence | None, report: Report, documents: Mapping[str, Document]) -> Document | None:
    other = evidence.where.file if evidence is not None and evidence.where is not None else None
    return documents.get(other or report.path)


def _quoted(evidence: Evidence, severity: Severity, document: Document | None, pen: _Pen) -> list[str]:
    """The line and, below it, the wrong characters underlined."""
    line = excerpt(evidence, document)
    if not line.text:
        return []
    piece, start, end = window(visible(line.text), line.start, line.end, pen.width - 4)
    style = _STYLES[severity]
    shown = piece[:start] + pen.paint(piece[start:end], style) + piece[end:]
    under = " " * columns(piece[:start]) + pen.paint("^" * max(columns(piece[start:end]), 1), style)
    bar = pen.paint("|", "2")
    return [f"  {bar} {shown}", f"  {bar} {under}"]


def _places(
    name: str,
    finding: Finding,
    roles: set[Role],
    shown: Evidence | None,
    report: Report,
    documents: Mapping[str, Document],
    pen: _Pen,
) -> list[str]:
    """The other evidence of these roles in a line: quote and place each, the rest counted."""
    found = [item for item in finding.evidence if item.role in roles and item is not shown]
    if not found:
        return []
    kept = found if pen.verbose else found[:_MOST_PLACES]
    said: list[str] = []
    last = words.place(words.where_of(shown, _document(shown, report, documents))) if shown else ""
    for item in kept:
        place = words.place(words.where_of(item, _document(item, report, documents)))
        # A place already said, just before, is not said again.
        said.append(f"{clip(item.quote, 40)}（{place}）" if place and place != last else clip(item.quote, 40))
        last = place or last
    more = f"；等{len(found)}处" if len(found) > len(kept) else ""
    return pen.label(name, "；".join(said) + more)


def _folded(hints: Sequence[Finding], pen: _Pen) -> list[str]:
    counts = Counter((finding.rule, words.title(finding)) for finding in hints)
    said = "，".join(f"{rule} {name} {number}处" for (rule, name), number in sorted(counts.items()))
    start = pen.paint(f"提示 {len(hints)} 处", _STYLES[Severity.HINT])
    return ["", start, *pen.item(f"{said}（加 --verbose 逐条列出）")]


def _summary(report: Report, documents: Mapping[str, Document], pen: _Pen) -> list[str]:
    counts = "，".join(f"{severity.word} {report.count(severity)}" for severity in words.SEVERITIES)
    outcome = words.OUTCOMES[report.outcome]
    lines = ["", *(pen.paint(line, "1") for line in wrap(f"小结  {outcome}：{counts}", pen.width))]
    lines += _checks(report.checks, pen)
    lines += _coverage(report.coverage, documents.get(report.path), pen)
    lines += _skipped("未能检查", report.checks.could_not_check, pen, full=True)
    lines += _skipped("不适用", report.checks.not_applicable, pen, full=pen.verbose)
    return lines + _problems(report, pen)


def _checks(checks: Checks, pen: _Pen) -> list[str]:
    return pen.label("核对", f"相符 {checks.passed}，舍入内不等 {checks.off_by_rounding}，不符 {checks.failed}")


def _coverage(coverage: Coverage, document: Document | None, pen: _Pen) -> list[str]:
    unread = coverage.unread
    lines = pen.label(
        "覆盖",
        f"数字 {coverage.numbers} 个：已理解 {coverage.bound}，参与核算 {coverage.related}，"
        f"与核算无关 {coverage.inert}，未读懂 {len(unread)}",
    )
    if not unread:
        return lines
    kept = unread if pen.verbose else unread[:_MOST_UNREAD]
    lines += pen.label("未读懂", f"{len(unread)} 个数字没有参与核对，请人工看一眼")
    for item in kept:
        place = words.place(words.where_of(item, document))
        lines += pen.item(f"{item.quote}  {place}" if place else item.quote, indent=6)
    if len(kept) < len(unread):
        lines += pen.item(f"另有 {len(unread) - len(kept)} 个（加 --verbose 全部列出）", indent=6)
    return lines


def _skipped(name: str, skipped: Iterable[Skipped], pen: _Pen, *, full: bool) -> list[str]:
    by_reason: dict[str, list[str]] = {}
    for item in skipped:
        by_reason.setdefault(item.reason, []).append(item.rule)
    if not by_reason:
        return []
    number = sum(map(len, by_reason.values()))
    lines = pen.label(name, f"{number} 项" + ("" if full else "（加 --verbose 列出原因）"))
    if full:
        for reason, rules in by_reason.items():
            lines += pen.item(f"{'、'.join(rules)}：{reason}", indent=6)
    return lines


def _problems(report: Report, pen: _Pen) -> list[str]:
    if not report.problems:
        return []
    name = "未能读取" if report.outcome is Outcome.UNREADABLE else "另须说明"
    lines = pen.label(name, f"{len(report.problems)} 处")
    for trouble in report.problems:
        place = words.place(trouble.where)
        lost = "（内容有缺失）" if trouble.lost else ""
        lines += pen.item(f"{trouble.message}{lost}" + (f"  {place}" if place else ""), indent=6)
    return lines


def _total(reports: Sequence[Report], pen: _Pen) -> list[str]:
    unreadable = sum(report.outcome is Outcome.UNREADABLE for report in reports)
    counts = "，".join(
        f"{severity.word} {sum(report.count(severity) for report in reports)}" for severity in words.SEVERITIES
    )
    said = f"合计  {len(reports)} 份文件：{counts}" + (f"；{unreadable} 份未能读取" if unreadable else "")
    return [pen.paint(line, "1") for line in wrap(said, pen.width)]
