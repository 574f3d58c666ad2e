"""Findings as one table for Excel: a finding a line, and a line for each file or part of one that was not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from juesuan.document.model import Document
from juesuan.findings import Evidence, Finding, Report, Role
from juesuan.render import words
from juesuan.render.cells import csv_text

__all__ = ["COLUMNS", "finding_row", "render_csv", "report_rows"]

COLUMNS = (
    "文件",
    "单位",
    "年度",
    "等级",
    "规则",
    "名称",
    "问题",
    "原文",
    "位置",
    "页",
    "应为",
    "文中",
    "范围",
    "算式",
    "依据",
    "建议",
    "所用数",
    "编号",
)
UNREAD = "未读"


def render_csv(reports: Sequence[Report], documents: Mapping[str, Document]) -> str:
    """All findings as one CSV table that Excel opens; no cell runs as a formula."""
    return csv_text(COLUMNS, (row for report in reports for row in report_rows(report, documents)))


def report_rows(report: Report, documents: Mapping[str, Document]) -> Iterator[tuple[str, ...]]:
    """The lines of one document: what was not read, then the findings in reading order."""
    year = "" if report.year is None else str(report.year)
    head = (report.path, report.entity or "", year)
    for trouble in report.problems:
        if trouble.lost:
            page = trouble.where.page if trouble.where else None
            told = ("", "", trouble.message, "", words.place(trouble.where), "" if page is None else str(page))
            yield (*head, UNREAD, *told, *[""] * (len(COLUMNS) - len(head) - 1 - len(told)))
    for finding in report.findings:
        yield (*head, *finding_row(finding, documents.get(report.path)))


def finding_row(finding: Finding, document: Document | None) -> tuple[str, ...]:
    """The cells of one finding from 等级 on."""
    subject = finding.subject or next(iter(finding.evidence), None)
    where = words.where_of(subject, document) if subject else None
    used = [_quoted(e, document) for e in finding.evidence if e is not subject and e.role is not Role.FOLLOWER]
    return (
        finding.severity.word,
        finding.rule,
        words.title(finding),
        finding.message,
        subject.quote if subject else "",
        words.place(where),
        "" if where is None or where.page is None else str(where.page),
        finding.expected or "",
        finding.actual or "",
        words.interval(finding),
        finding.formula or "",
        finding.basis or "",
        words.mend(finding),
        "；".join(used),
        finding.id,
    )


def _quoted(evidence: Evidence, document: Document | None) -> str:
    place = words.place(words.where_of(evidence, document))
    return f"{evidence.quote}（{place}）" if place else evidence.quote
