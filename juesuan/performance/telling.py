"""Scores told: as text for the screen, as data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from juesuan.performance.checks import Issue, check_project
from juesuan.performance.scoring import Mark, Scored, State
from juesuan.quantity import plain

__all__ = ["SCHEMA", "score_data", "score_text"]

SCHEMA = "juesuan.score/1"


def score_text(path: str, scored: Sequence[Scored]) -> str:
    """The recomputed scores of one file's forms."""
    if not scored:
        return f"{path}：没有找到绩效自评表、绩效目标表一类的表，没有可以计分的内容。\n"
    differing = sum(1 for s in scored if s.differences or s.total_differs)
    unsupported = sum(len(s.unsupported) for s in scored)
    lines = [f"{path}：{len(scored)} 张绩效表，{_summary(differing, unsupported)}。"]
    for number, item in enumerate(scored, 1):
        lines += ["", *_form(number, item)]
    return "\n".join(lines) + "\n"


def _summary(differing: int, unsupported: int) -> str:
    parts = [f"{differing} 张的得分与计算不符" if differing else "得分与计算没有不符"]
    if unsupported:
        parts.append(f"{unsupported} 项给了分却不能计算")
    return "，".join(parts)


def _form(number: int, item: Scored) -> Iterator[str]:
    project = item.project
    kind = "部门整体支出" if project.is_whole else project.label
    yield f"{number}. {kind}{f'（{project.code}）' if project.code else ''}"
    yield f"   方案：{item.profile.name}；依据：{item.profile.basis}"
    issues = check_project(project, targets_only=project.is_target)
    if project.is_target:
        yield "   这是绩效目标表，没有完成值，不计分。"
        yield from _issues(issues)
        return
    yield f"   {_total(item)}"
    for mark in item.marks:
        yield from _mark(mark)
    yield from _issues(issues)


def _issues(issues: Sequence[Issue]) -> Iterator[str]:
    if issues:
        yield "   核对："
        yield from (f"     · {issue.message}" for issue in issues)


def _total(item: Scored) -> str:
    if not item.has_points:
        return "这张表没有权重和得分，只按指标值与完成值判断。"
    given = f"表中 {plain(item.given)}" if item.given is not None else "表中没有总分"
    if item.total is not None:
        verdict = "，不符" if item.total_differs else ""
        return f"总分：{given}，计算 {plain(item.total)}（{item.grade}）{verdict}"
    names = "、".join(f"“{m.what}”" for m in item.undecided)
    grade = f"，等级 {item.grade}" if item.grade else ""
    verdict = "，不符" if item.total_differs else ""
    return f"总分：{given}，计算 {plain(item.low)}～{plain(item.high)}{grade}；{names}不能计算或要由人评定{verdict}"


def _mark(mark: Mark) -> Iterator[str]:
    sign = (
        "✗"
        if mark.differs or mark.is_unsupported
        else {State.PERSON: "？", State.UNKNOWN: "？", State.PARTLY: "△"}.get(mark.state, "✓")
    )
    points = ""
    if mark.weight is not None:
        given = f"表中 {plain(mark.given)}" if mark.given is not None else "表中没有得分"
        computed = f"计算 {plain(mark.score)}" if mark.score is not None else mark.state.value
        points = f"（权重 {plain(mark.weight)}，{given}，{computed}{'，不符' if mark.differs else ''}）"
    yield f"   {sign} {mark.what}{points or f'（{mark.state.value}）'}：{mark.formula}"
    if mark.note:
        yield f"       {mark.note}"


# --- data ---


def score_data(scored: Sequence[Scored]) -> list[dict[str, object]]:
    """The same for programs; decimals as strings, absent values None."""
    return [_form_data(item) for item in scored]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _form_data(item: Scored) -> dict[str, object]:
    project = item.project
    return {
        "project": project.name,
        "code": project.code or None,
        "class": project.class_ or None,
        "entity": project.entity or None,
        "form": project.form,
        "year": project.year,
        "profile": item.profile.id,
        "basis": item.profile.basis,
        "given": _text(item.given),
        "computed": _text(item.total),
        "low": _text(item.low) if item.has_points else None,
        "high": _text(item.high) if item.has_points else None,
        "grade": item.grade or None,
        "differs": item.total_differs or bool(item.differences),
        "marks": [_mark_data(m) for m in item.marks],
        "issues": [_issue_data(i) for i in check_project(project, targets_only=project.is_target)],
    }


def _mark_data(mark: Mark) -> dict[str, object]:
    return {
        "name": mark.what,
        "state": mark.state.name.lower(),
        "weight": _text(mark.weight),
        "given": _text(mark.given),
        "computed": _text(mark.score),
        "low": _text(mark.low) if mark.weight is not None else None,
        "high": _text(mark.high) if mark.weight is not None else None,
        "degree": None if mark.degree is None else plain(mark.degree, 2),
        "differs": mark.differs,
        "unsupported": mark.is_unsupported,
        "formula": mark.formula,
        "note": mark.note or None,
        "basis": mark.basis,
    }


def _issue_data(issue: Issue) -> dict[str, object]:
    spot = issue.spot
    return {
        "kind": issue.kind,
        "message": issue.message,
        "row": None if spot is None else spot.row,
        "column": None if spot is None else spot.column,
    }
