"""JS616: a sentence that sums up the evaluations contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import plain
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.taxonomy.forms.sentences import GRADE_FLOORS
from juesuan.understand.forms_text import Summary

_HIGHEST = Decimal(100)


def check(view: View) -> Iterator[Finding]:
    """Grades that miss the number of projects, problems fewer than their mends, averages outside the grade."""
    found = view.understanding.summaries
    if not found:
        raise NotApplicableError("没有汇总绩效情况的句子")
    for summary in found:
        yield from _grades(view, summary)
        yield from _problems(view, summary)
        yield from _average(view, summary)


def _grades(view: View, summary: Summary) -> Iterator[Finding]:
    total, count = sum((g.quantity.value for g in summary.grades), Decimal(0)), summary.count
    over = total > count.quantity.value
    # Fewer than all may have been graded; a full list of grades says that they all were.
    if not summary.grades or not (over or (len(summary.grades) > 2 and total < count.quantity.value)):
        return
    words = "＋".join(plain(g.quantity.value) for g in summary.grades)
    yield RULE.finding(
        f"{summary.what}的项目写为 {count.quantity.value} 个，各评级的项目相加为 {plain(total)} 个。"
        f"{words}＝{plain(total)}。",
        (view.evidence(count.place), *(view.evidence(g.place, Role.OPERAND) for g in summary.grades)),
        severity=Severity.ERROR if over else Severity.WARNING,
        actual=plain(count.quantity.value),
        expected=plain(total),
        formula=f"{words}＝{plain(total)}",
        key="grades",
    )


def _problems(view: View, summary: Summary) -> Iterator[Finding]:
    if not summary.problems:
        return
    found, done, doing = summary.problems
    total = done.quantity.value + doing.quantity.value
    if total <= found.quantity.value:
        return
    yield RULE.finding(
        f"绩效自评发现问题写为 {found.quantity.value} 个，已整改和正在整改的相加为 {plain(total)} 个，多于发现的问题。",
        tuple(
            view.evidence(c.place, r) for c, r in ((found, Role.SUBJECT), (done, Role.OPERAND), (doing, Role.OPERAND))
        ),
        actual=plain(found.quantity.value),
        formula=f"{done.quantity.value}＋{doing.quantity.value}＝{plain(total)}",
        key="problems",
    )


def _average(view: View, summary: Summary) -> Iterator[Finding]:
    """All projects in one grade: their average lies in that grade."""
    average, given = summary.average, [g for g in summary.grades if not g.quantity.is_zero]
    if average is None:
        return
    score = average.quantity.value
    floor = (
        GRADE_FLOORS.get(given[0].name)
        if len(given) == 1 and given[0].quantity.value == summary.count.quantity.value
        else None
    )
    if score <= _HIGHEST and (floor is None or score >= floor):
        return
    text = (
        f"平均得分写为 {score} 分，超过满分 100 分。"
        if score > _HIGHEST
        else f"平均得分写为 {score} 分，而项目评级全部为“{given[0].name}”（{floor} 分以上）。"
    )
    yield RULE.finding(
        text,
        (view.evidence(average.place), *(view.evidence(g.place, Role.OPERAND) for g in given)),
        severity=Severity.ERROR if score > _HIGHEST else Severity.WARNING,
        actual=str(score),
        key="average",
    )


_TEXT = (
    "绩效自评的2024年度项目{}个，涉及预算金额175.52万元，平均得分98.00分（其中，绩效评级为“优”的项目2个；"
    "绩效评级为“良”的项目1个；绩效评级为“合格”的项目0个；绩效评级为“不合格”的项目0个。"
    "绩效自评中共发现问题1个，已经完成整改的1个，正在整改的0个）。"
)

RULE = Rule(
    code="JS616",
    name="evaluation-summary",
    title="绩效汇总句自相矛盾",
    severity=Severity.ERROR,
    checks=(
        "绩效自评的项目个数是否等于各评级个数之和；已整改与正在整改的问题是否多于发现的问题；平均得分与评级是否相容。"
    ),
    why="汇总句由表格汇总而来，改了一处忘改另一处，一句话里就自相矛盾。",
    basis="部门决算公开样式“预算绩效管理工作开展情况”",
    how=(
        "同一句话里的计数相加比较；评级之和多于项目数是错误，少于的作疑点（可能有未评级的）；"
        "涉及金额与项目支出口径不同，不作比较。"
    ),
    wrong=_TEXT.format("2"),
    right=_TEXT.format("3"),
    mend="按自评结果汇总表改正个数。",
    misses="句式不同的汇总句不作判断。",
    check=check,
)
