"""The parts of the page that need no script: the head, the choice of document, coverage and what was not checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from juesuan.findings import Coverage, Outcome, Report, Skipped
from juesuan.render import words
from juesuan.render.html.escape import escape

_BAR = 320


def choices(reports: Sequence[Report]) -> str:
    """The selector of documents; a single document needs none."""
    hidden = " hidden" if len(reports) == 1 else ""
    options = "".join(
        f'<option value="{number}">{escape(_choice(report))}</option>' for number, report in enumerate(reports)
    )
    return (
        f'<label class="choose"{hidden}><span class="quiet">文件</span> <select id="choose">{options}</select></label>'
    )


def _choice(report: Report) -> str:
    year = f" {report.year}" if report.year is not None else ""
    counts = "未能读取" if report.outcome is Outcome.UNREADABLE else f"{len(report.findings)} 处"
    return f"{report.entity or report.path}{year}（{counts}）"


def about(report: Report, number: int) -> str:
    """Entity, year, kind, layout and outcome of one document."""
    hidden = "" if number == 0 else " hidden"
    year = f"{report.year} 年" if report.year is not None else "年度未识别"
    facts = [year, words.kind(report), words.profile(report)]
    facts += [f"{report.pages} 页"] if report.pages is not None else []
    said = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    return (
        f'<div class="about" data-doc="{number}"{hidden}><h1>{escape(report.entity or "单位未识别")}</h1>'
        f'<ul class="facts">{said}</ul>'
        f'<span class="outcome {report.outcome.value}">{escape(words.OUTCOMES[report.outcome])}</span>'
        f'<span class="path" title="{escape(report.path)}">{escape(report.path)}</span></div>'
    )


def summary(report: Report, number: int) -> str:
    """How the check went: problems of reading, checks, coverage, and what was not checked, with reasons."""
    hidden = "" if number == 0 else " hidden"
    checks = report.checks
    cells = (
        ("相符", checks.passed),
        ("舍入内不等", checks.off_by_rounding),
        ("不符", checks.failed),
        ("未能检查", len(checks.could_not_check)),
        ("不适用", len(checks.not_applicable)),
    )
    counted = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in cells)
    return (
        f'<div class="summary" data-doc="{number}"{hidden}>{_problems(report)}'
        f'<section><h2>核对</h2><dl class="counts">{counted}</dl></section>{_coverage(report.coverage)}'
        f"{_skipped('未能检查', checks.could_not_check)}{_skipped('不适用', checks.not_applicable)}</div>"
    )


def _problems(report: Report) -> str:
    if not report.problems:
        return ""
    items = ""
    for trouble in report.problems:
        lost = ' <b class="lost">内容有缺失</b>' if trouble.lost else ""
        items += (
            f"<li>{escape(trouble.message)}{lost} <span class=quiet>{escape(words.place(trouble.where))}</span></li>"
        )
    return f'<section class="problems"><h2>另须说明</h2><ul>{items}</ul></section>'


def _coverage(coverage: Coverage) -> str:
    unread = len(coverage.unread)
    parts = (("bound", coverage.bound), ("inert", coverage.inert), ("unread", unread))
    total = max(sum(value for _, value in parts), coverage.numbers, 1)
    bars, at = "", 0
    for name, value in parts:
        # Two units at least: a few unread numbers among thousands must still be seen.
        width = max(value * _BAR // total, 2) if value else 0
        bars += f'<rect class="{name}" x="{at}" width="{max(width - 1, 0)}" height="10"/>'
        at += width
    names = (
        ("bound", "已理解", coverage.bound, f"其中参与核算 {coverage.related}"),
        ("inert", "与核算无关", coverage.inert, "序号、代码、日期等"),
        ("unread", "未读懂", unread, "没有参与核对，见“未读懂”"),
    )
    rows = "".join(
        f'<div><dt><i class="{key}"></i>{name}</dt><dd>{value}</dd><dd class="quiet">{note}</dd></div>'
        for key, name, value, note in names
    )
    return (
        f'<section><h2>覆盖 <span class="quiet">数字 {coverage.numbers} 个</span></h2>'
        f'<svg class="coverage" viewBox="0 0 {_BAR} 10" preserveAspectRatio="none" role="img" '
        f'aria-label="已理解 {coverage.bound}，与核算无关 {coverage.inert}，未读懂 {unread}">{bars}</svg>'
        f'<dl class="legend">{rows}</dl></section>'
    )


def _skipped(name: str, skipped: Iterable[Skipped]) -> str:
    by_reason: dict[str, list[str]] = {}
    for item in skipped:
        by_reason.setdefault(item.reason, []).append(item.rule)
    if not by_reason:
        return ""
    items = "".join(
        f'<li>{escape(reason)} <span class="codes">{escape("、".join(rules))}</span></li>'
        for reason, rules in by_reason.items()
    )
    return f"<section><h2>{name}</h2><ul>{items}</ul></section>"
