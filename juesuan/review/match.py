"""Which finding of the new version is which of the old one.

The fingerprint says rule, concept and scope, and an ordinal: when the first of two findings of one fingerprint is
mended, the second takes its ordinal. So among findings of one rule, concept and scope the pairs are made by what
surrounds them: the figures, the line with its figures masked, the section; the order decides only what is left.
Findings whose concept is now called otherwise are matched when line and figures are the same to the letter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from juesuan.document.model import Document
from juesuan.findings import Finding, Outcome, Report, Role
from juesuan.render.excerpt import excerpt
from juesuan.review.memory import Entry, Memory, State, Version
from juesuan.rules import RULES

__all__ = ["Matched", "draft", "match", "remember"]

_FIGURE = re.compile(r"\d[\d,.]*")
_BLANK = re.compile(r"\s+")
_REACH = 60
_TELLING = 30
_LOWEST = 40
"""Below this likeness of their lines, findings of one concept are two findings, unless nothing else is left."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A finding of the new version, with the entry it continues (None for a new one)."""

    finding: Finding
    now: Entry
    before: Entry | None

    @property
    def state(self) -> State:
        """What the finding is in this version, compared with the last one before it."""
        if self.before is None:
            return State.NEW
        if not _open(self.before):
            return State.AGAIN
        return State.STILL if self.before.figures == self.now.figures else State.CHANGED


def draft(finding: Finding, document: Document | None) -> Entry:
    """What is remembered of a finding, before it has a state."""
    subject = finding.subject or next(iter(finding.evidence), None)
    line, section = "", ""
    if subject is not None:
        found = excerpt(subject, document)
        line = _BLANK.sub("", found.text[max(found.start - _REACH, 0) : found.end + _REACH])
        section = subject.where.section if subject.where else ""
    operands = sorted({_bare(e.quote) for e in finding.evidence if e.role is Role.OPERAND})
    return Entry(
        id=finding.id,
        rule=finding.rule,
        key=finding.key,
        severity=finding.severity.key,
        message=finding.message,
        quote=subject.quote if subject else "",
        section=section,
        line=line,
        figures=((_bare(subject.quote) if subject else ""), *operands),
        states={},
    )


def match(memory: Memory, report: Report, document: Document | None) -> tuple[list[Matched], list[Entry]]:
    """The findings of `report`, each with what it continues; and the remembered findings it does not have."""
    drafts = [draft(finding, document) for finding in report.findings]
    old = list(memory.entries)
    pairs: dict[int, int] = {}
    groups: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for number, entry in enumerate(drafts):
        groups[entry.rule, entry.key][0].append(number)
    for number, entry in enumerate(old):
        groups[entry.rule, entry.key][1].append(number)
    for new_ones, old_ones in groups.values():
        pairs |= _pair(drafts, old, new_ones, old_ones)
    pairs |= _same_words(drafts, old, pairs)
    matched = [
        Matched(finding, drafts[number], old[pairs[number]] if number in pairs else None)
        for number, finding in enumerate(report.findings)
    ]
    used = set(pairs.values())
    return matched, [entry for number, entry in enumerate(old) if number not in used]


def _pair(drafts: Sequence[Entry], old: Sequence[Entry], new_ones: list[int], old_ones: list[int]) -> dict[int, int]:
    """Pairs within one rule, concept and scope: the likest first; at last, one left on each side is a pair."""
    scored = sorted(
        ((-_likeness(drafts[n], old[o]), o, n) for n in new_ones for o in old_ones),
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for score, o, n in scored:
        if n in pairs or o in taken or -score < _LOWEST:
            continue
        pairs[n] = o
        taken.add(o)
    left_new = [n for n in new_ones if n not in pairs]
    left_old = [o for o in old_ones if o not in taken and _open(old[o])]
    if len(left_new) == len(left_old) == 1:
        pairs[left_new[0]] = left_old[0]
    return pairs


def _likeness(new: Entry, old: Entry) -> float:
    """How much the surroundings agree: up to 100 for the masked line, 40 for the figures, 20 for the section."""
    line = 100 * Indel.normalized_similarity(_masked(new.line), _masked(old.line))
    same = 40 * (new.figures == old.figures) + 20 * (new.section == old.section) + 5 * (new.id == old.id)
    # One that was mended before is only taken when no open one fits as well.
    return line + same - (0 if _open(old) else 10)


def _same_words(drafts: Sequence[Entry], old: Sequence[Entry], pairs: Mapping[int, int]) -> dict[int, int]:
    """Findings of one rule whose concept or section is told otherwise now: in the same line, figures aside.

    Lines equal to the letter go first; a masked line must be long enough to be told from others.
    """
    found: dict[int, int] = {}
    for tell in (_exact, _lined):
        taken = {*pairs.values(), *found.values()}
        free: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, entry in enumerate(old):
            words = tell(entry)
            if number not in taken and words:
                free[words].append(number)
        for number, entry in enumerate(drafts):
            candidates = free.get(tell(entry), [])
            if number not in pairs and number not in found and candidates:
                found[number] = candidates.pop(0)
    return found


def _exact(entry: Entry) -> tuple[str, ...]:
    return (entry.rule, entry.line, *entry.figures) if entry.line else ()


def _lined(entry: Entry) -> tuple[str, ...]:
    masked = _masked(entry.line)
    return (entry.rule, _masked(entry.quote), masked) if len(masked) >= _TELLING else ()


def _open(entry: Entry) -> bool:
    last = entry.states.get(max(entry.states, default=0))
    return last is not State.MENDED


def _masked(text: str) -> str:
    return _FIGURE.sub("0", text)


def _bare(text: str) -> str:
    return _BLANK.sub("", text)


# --- a new version -------------------------------------------------------------------------------------------


def remember(memory: Memory, report: Report, document: Document | None, version: Version) -> Memory:
    """The memory with this version of the report; the number of `version` is not used.

    The same bytes again are no new version: states stay what they were. A finding that is gone counts as mended
    only if its rule could speak: the whole file was read, and the rule ran.
    """
    again = bool(memory.versions) and memory.versions[-1].sha256 == version.sha256
    number = memory.latest if again else memory.latest + 1
    matched, gone = match(memory, report, document)
    entries = [_continued(one, number, again=again) for one in matched]
    for entry in gone:
        kept = _gone_again(entry, number) if again else _gone(entry, report, number)
        entries += [kept] if kept is not None else []
    before = memory.versions[:-1] if again else memory.versions
    return replace(
        memory,
        entity=report.entity,
        year=report.year,
        kind=report.kind,
        versions=(*before, replace(version, number=number)),
        entries=tuple(entries),
    )


def _continued(one: Matched, number: int, *, again: bool) -> Entry:
    before = one.before
    if before is None:
        return replace(one.now, states={number: State.NEW})
    held = before.states.get(number) if again else None
    state = held if held is not None and held.present else one.state
    return replace(one.now, states={**before.states, number: state}, judgement=before.judgement)


def _gone(entry: Entry, report: Report, number: int) -> Entry:
    could_speak = report.outcome is not Outcome.PARTIAL and entry.rule in RULES and not _silent(entry.rule, report)
    state = State.MENDED if could_speak or not _open(entry) else State.UNKNOWN
    return replace(entry, states={**entry.states, number: state})


def _gone_again(entry: Entry, number: int) -> Entry | None:
    """What another release of the program no longer finds in the same bytes was not mended by anybody."""
    held = entry.states.get(number)
    if held is None or not held.present:
        return entry
    states = {n: state for n, state in entry.states.items() if n != number}
    if not states and entry.judgement is None:
        return None
    return replace(entry, states=states | {number: State.UNKNOWN})


def _silent(rule: str, report: Report) -> bool:
    return any(skipped.rule == rule for skipped in report.checks.could_not_check)
