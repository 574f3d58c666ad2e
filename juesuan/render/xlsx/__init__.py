"""The 公开情况检查表 as a workbook: a check table a report, all findings, and an overview where there are several."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter.workbook import Workbook

from juesuan.document.model import Document
from juesuan.findings import Report, Severity
from juesuan.render import words
from juesuan.render.findings_csv import report_rows
from juesuan.render.xlsx.picture import Pictures
from juesuan.render.xlsx.sheets import Styles, check_sheet, findings_sheet, overview_sheet, sheet_name
from juesuan.render.xlsx.table import DOUBT, NO, CheckTable, check_table

__all__ = ["Filed", "render_xlsx", "write_tables"]

MOST_TABLES = 400
"""A workbook with more sheets opens slowly; beyond that it holds the overview and the findings."""
_OVERVIEW = ("单位", "年度", "类型", "错误", "疑点", "提示", "未读懂的数", "结果", "不符合要求", "待核", "文件")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Filed = tuple[Report, CheckTable]
"""A report with its check table."""


def render_xlsx(reports: Sequence[Report], documents: Mapping[str, Document]) -> bytes:
    """The workbook: check tables, then all findings; with an overview first where there are several reports.

    A PDF that is still where it was read from gives pictures of the places.
    """
    filed = [(report, check_table(report, documents.get(report.path))) for report in reports]
    stream = io.BytesIO()

    def findings() -> Iterator[Sequence[str]]:
        return (row for report in reports for row in report_rows(report, documents))

    write_tables(stream, lambda: filed, findings, len(filed), pictures=True)
    return stream.getvalue()


def write_tables(
    target: io.BytesIO | Path,
    filed: Callable[[], Iterable[Filed]],
    findings: Callable[[], Iterable[Sequence[str]]],
    number: int,
    *,
    pictures: bool,
) -> None:
    """Write the workbook of `number` reports; `filed` and `findings` give them in order, as often as asked."""
    with Workbook(target if isinstance(target, io.BytesIO) else str(target), _OPTIONS) as book:
        # The same result gives the same bytes, whenever it is written.
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
        styles = Styles.of(book)
        taken: set[str] = {"全部发现", "总览"}
        if number > 1:
            overview_sheet(book.add_worksheet("总览"), styles, _OVERVIEW, (_line(*one) for one in filed()))
        if number <= MOST_TABLES:
            for report, table in filed():
                sheet = book.add_worksheet(sheet_name(_called(report, number), taken))
                path = Path(report.path) if pictures and report.format == "pdf" else None
                with Pictures(path) as drawn:
                    check_sheet(sheet, styles, table, drawn)
        findings_sheet(book.add_worksheet("全部发现"), styles, findings())


def _called(report: Report, number: int) -> str:
    return "公开情况检查表" if number == 1 else report.entity or Path(report.path).stem


def _line(report: Report, table: CheckTable) -> tuple[str | int, ...]:
    return (
        report.entity or "",
        "" if report.year is None else str(report.year),
        words.kind(report),
        report.count(Severity.ERROR),
        report.count(Severity.WARNING),
        report.count(Severity.HINT),
        len(report.coverage.unread),
        words.OUTCOMES[report.outcome],
        "、".join(table.items(NO)),
        "、".join(table.items(DOUBT)),
        report.path,
    )
