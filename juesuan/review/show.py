"""A review as text for a terminal, and as JSON (`juesuan.review/1`)."""

from __future__ import annotations

from collections.abc import Iterable

from juesuan.render.json import Json
from juesuan.render.width import visible, wrap
from juesuan.review.judge import gravest_first, unmatched
from juesuan.review.memory import Entry, Memory, State, Verdict

__all__ = ["review_json", "review_text"]

_ORDER = (State.NEW, State.AGAIN, State.CHANGED, State.STILL, State.UNKNOWN, State.MENDED)
_GRADES = {"error": "错误", "warning": "疑点", "hint": "提示"}


def review_text(memory: Memory, width: int) -> str:
    """What became of each finding in the last version, gravest first, ending with a line break."""
    version = memory.versions[-1]
    entity = memory.entity or "单位未识别"
    lines = [f"{entity}  {memory.year or '年度未识别'}  第 {version.number} 版（{version.file}，{version.checked}）"]
    for state in _ORDER:
        found = [e for e in memory.entries if e.state(version.number) is state]
        if state is State.MENDED:
            # What was mended long ago is no news.
            found = [e for e in found if e.state(version.number - 1) is not State.MENDED]
        if not found:
            continue
        lines += ["", f"{state.word} {len(found)} 处"]
        for entry in gravest_first(found):
            lines += _entry(entry, width)
    lost = unmatched(memory)
    if lost:
        lines += ["", f"驳回过、这一版没有对上的 {len(lost)} 处（多半已经改掉）"]
        for entry in lost:
            lines += _entry(entry, width)
    return "\n".join([*lines, "", _summary(memory)]) + "\n"


def _entry(entry: Entry, width: int) -> list[str]:
    place = f"  {entry.section}" if entry.section else ""
    grade = _GRADES.get(entry.severity, entry.severity)
    lines = [f"  {entry.id}  {grade} {entry.rule}{visible(place)}"]
    lines += ["      " + line for line in wrap(visible(entry.message), width - 6)]
    judgement = entry.judgement
    if judgement is not None:
        told = "，".join(filter(None, (judgement.reason, judgement.by, judgement.on)))
        again = "；数字已经不同，请重新判断" if entry.doubtful else ""
        lines += ["      " + line for line in wrap(f"→ {judgement.verdict.word}：{visible(told)}{again}", width - 6)]
    return lines


def _summary(memory: Memory) -> str:
    counts = [(state, _number(memory, state)) for state in _ORDER]
    said = "，".join(f"{state.word} {number}" for state, number in counts if number) or "没有发现"
    present = memory.present()
    open_ones = sum(e.judgement is None or e.doubtful for e in present)
    dismissed = sum(
        e.judgement is not None and e.judgement.verdict is Verdict.DISMISSED and not e.doubtful for e in present
    )
    return f"小结  {said}；其中驳回 {dismissed}，还没有判断 {open_ones}"


def _number(memory: Memory, state: State) -> int:
    return sum(e.state(memory.latest) is state for e in memory.entries)


def review_json(memory: Memory) -> Json:
    """The last version's states, decisions and what matches nothing any more."""
    version = memory.versions[-1]
    return {
        "schema": "juesuan.review-result/1",
        "entity": memory.entity,
        "year": memory.year,
        "version": version.number,
        "file": version.file,
        "sha256": version.sha256,
        "findings": list(_entries(memory.entries, version.number)),
        "unmatched": [entry.id for entry in unmatched(memory)],
    }


def _entries(entries: Iterable[Entry], number: int) -> Iterable[Json]:
    for entry in entries:
        state, judgement = entry.state(number), entry.judgement
        yield {
            "id": entry.id,
            "rule": entry.rule,
            "severity": entry.severity,
            "state": state.value if state else None,
            "states": {str(n): s.value for n, s in sorted(entry.states.items())},
            "message": entry.message,
            "quote": entry.quote,
            "section": entry.section or None,
            "judgement": None
            if judgement is None
            else {
                "verdict": judgement.verdict.value,
                "reason": judgement.reason,
                "by": judgement.by or None,
                "on": judgement.on,
                "holds": not entry.doubtful,
            },
        }
