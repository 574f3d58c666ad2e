"""A comparison of two versions as text for a terminal, and as JSON (`juesuan.diff/1`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from juesuan.findings import Finding
from juesuan.render.json import Json
from juesuan.render.width import visible, wrap
from juesuan.review.diff import Difference
from juesuan.review.diff_tables import CellChange

__all__ = ["diff_json", "diff_text"]

Item = TypeVar("Item")
_KINDS = {"gone": "新版没有这张表", "added": "新增的表", "changed": ""}
_GRADES = {"error": "错误", "warning": "疑点", "hint": "提示"}


def diff_text(old: str, new: str, found: Difference, width: int) -> str:
    """The comparison as plain Chinese, ending with a line break."""
    lines = [f"旧版 {visible(old)}", f"新版 {visible(new)}"]
    lines += _section("发现：已消失", found.gone, lambda e: f"{_grade(e.severity)} {e.rule}  {e.message}", width)
    lines += _section("发现：新出现", found.came, _finding, width)
    lines += _section("发现：仍在，内容改动过", [finding for _, finding in found.changed], _finding, width)
    lines += _section(
        "数字", found.facts, lambda f: f"{f.name}（{f.scope}）：{_from_to(f.old, f.new)}  {f.where}", width
    )
    lines += _section("句子", found.sentences, lambda s: f"{s.where}  {_sentence(s.old, s.new)}", width)
    tables: list[str] = []
    for table in found.tables:
        tables += [f"{table.title}：{_KINDS[table.kind] or f'{len(table.cells)} 处'}"]
        tables += [f"　{_cell(cell)}" for cell in table.cells]
    lines += _section("表格", tables, str, width)
    counts = (
        ("发现消失", found.gone), ("新出现", found.came), ("改动", found.changed), ("数字", found.facts),
        ("句子", found.sentences), ("表", found.tables),
    )  # fmt: skip
    said = "，".join(f"{name} {len(items)}" for name, items in counts)
    return "\n".join([*lines, "", f"小结  {said}；仍在的发现 {found.stay}"]) + "\n"


def diff_json(old: str, new: str, found: Difference) -> Json:
    """The comparison as one JSON value."""
    return {
        "schema": "juesuan.diff/1",
        "old": old,
        "new": new,
        "facts": [
            {"name": f.name, "scope": f.scope, "old": list(f.old), "new": list(f.new), "where": f.where}
            for f in found.facts
        ],
        "sentences": [{"old": s.old or None, "new": s.new or None, "where": s.where or None} for s in found.sentences],
        "tables": [
            {
                "title": t.title,
                "kind": t.kind,
                "cells": [{"row": c.row, "column": c.column or None, "old": c.old, "new": c.new} for c in t.cells],
            }
            for t in found.tables
        ],
        "findings": {
            "gone": [_brief(e.id, e.rule, e.severity, e.message, e.quote) for e in found.gone],
            "came": [_of(f) for f in found.came],
            "changed": [_of(f) for _, f in found.changed],
            "still": found.stay,
        },
    }


def _section(title: str, items: Sequence[Item], tell: Callable[[Item], str], width: int) -> list[str]:
    if not items:
        return []
    lines = ["", title if title == "表格" else f"{title} {len(items)} 处"]
    for item in items:
        broken = wrap(visible(tell(item)), width - 4)
        lines += [("    " if number else "  ") + line for number, line in enumerate(broken)]
    return lines


def _from_to(old: Iterable[str], new: Iterable[str]) -> str:
    return f"{'、'.join(old) or '（没有）'} → {'、'.join(new) or '（没有）'}"


def _sentence(old: str, new: str) -> str:
    if not old:
        return f"新增：{new}"
    return f"删去：{old}" if not new else f"{old} → {new}"


def _cell(cell: CellChange) -> str:
    if cell.old is None:
        return f"新增一行：{cell.new}"
    if cell.new is None:
        return f"删去一行：{cell.old}"
    return f"{cell.row} · {cell.column}：{cell.old or '（空）'} → {cell.new or '（空）'}"


def _finding(finding: Finding) -> str:
    return f"{finding.severity.word} {finding.rule}  {finding.message}"


def _grade(severity: str) -> str:
    return _GRADES.get(severity, severity)


def _of(finding: Finding) -> Json:
    quote = finding.subject.quote if finding.subject else ""
    return _brief(finding.id, finding.rule, finding.severity.key, finding.message, quote)


def _brief(id_: str, rule: str, severity: str, message: str, quote: str) -> Json:
    return {"id": id_, "rule": rule, "severity": severity, "message": message, "quote": quote}
