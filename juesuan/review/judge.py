"""Decisions on findings: made on one, undone, and applied to the next report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from juesuan.document.model import Document
from juesuan.errors import UsageError
from juesuan.findings import Finding, Outcome, Report, Severity, Trouble
from juesuan.review.match import match
from juesuan.review.memory import Entry, Judgement, Memory, Verdict

__all__ = ["decide", "fold", "unmatched"]

_LEAST_LETTERS = 4


def decide(memory: Memory, names: Sequence[str], judgement: Judgement | None) -> Memory:
    """The memory with a decision on the findings named by their ids or the beginnings of ids; None undoes one.

    Raises UsageError for a name that is no finding of the last version, or of more than one.
    """
    chosen = {id(_named(memory, name)) for name in names}
    entries = tuple(
        replace(entry, judgement=None if judgement is None else replace(judgement, figures=entry.figures))
        if id(entry) in chosen
        else entry
        for entry in memory.entries
    )
    return replace(memory, entries=entries)


def _named(memory: Memory, name: str) -> Entry:
    present = memory.present()
    found = [entry for entry in present if entry.id == name]
    if not found and len(name) >= _LEAST_LETTERS:
        found = [entry for entry in present if entry.id.startswith(name)]
    if len(found) > 1:
        raise UsageError(f"“{name}”是 {len(found)} 处发现编号的开头，请把编号写得更全。")
    if not found:
        raise UsageError(f"这一版没有编号是“{name}”的发现，请用 juesuan review 报告 --list 看编号。")
    return found[0]


def unmatched(memory: Memory) -> tuple[Entry, ...]:
    """The dismissed findings that the last version does not have any more."""
    present = {id(entry) for entry in memory.present()}
    return tuple(e for e in memory.entries if _is_dismissed(e) and id(e) not in present)


def fold(memory: Memory, path: Path, report: Report, document: Document | None) -> Report:
    """The report without the findings that were dismissed, each named with its reason.

    A dismissal holds for the words it was made on: where the figures have changed, the finding stays, and the
    report says that it was dismissed in other words. Dismissals that match nothing are named too.
    """
    if report.outcome is Outcome.UNREADABLE:
        return report
    matched, gone = match(memory, report, document)
    kept: list[Finding] = []
    told: list[Trouble] = []
    for one in matched:
        judgement = one.before.judgement if one.before else None
        if judgement is None or judgement.verdict is not Verdict.DISMISSED:
            kept.append(one.finding)
            continue
        name = f"{one.finding.rule}“{one.now.quote}”"
        if judgement.figures == one.now.figures:
            told.append(Trouble(f"已按 {path.name} 折叠驳回的发现 {name}，{_why(judgement)}"))
        else:
            kept.append(one.finding)
            told.append(Trouble(f"{name}从前驳回过（{_why(judgement)}），但数字已经不同，请重新判断。"))
    told += [
        Trouble(
            f"{path.name} 里驳回的 {entry.rule}“{entry.quote}”在这一版没有对上任何发现（{_why(entry.judgement)}）。"
        )
        for entry in gone
        if entry.judgement is not None and _is_dismissed(entry)
    ]
    outcome = report.outcome
    if outcome is Outcome.FINDINGS and not kept:
        outcome = Outcome.CLEAN
    return replace(report, outcome=outcome, findings=tuple(kept), problems=(*report.problems, *told))


def gravest_first(entries: Sequence[Entry]) -> list[Entry]:
    """The entries by severity, otherwise in their order."""
    return sorted(entries, key=lambda entry: -Severity[entry.severity.upper()])


def _is_dismissed(entry: Entry) -> bool:
    return entry.judgement is not None and entry.judgement.verdict is Verdict.DISMISSED


def _why(judgement: Judgement) -> str:
    told = [f"理由：{judgement.reason}" if judgement.reason else "没有写理由", judgement.by, judgement.on]
    return "，".join(filter(None, told))
