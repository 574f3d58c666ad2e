"""What differs between two versions of a report: figures, sentences, tables, and findings that came and went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from juesuan.check import locate
from juesuan.facts import Fact
from juesuan.findings import Finding, Report
from juesuan.render import words
from juesuan.review.diff_tables import TableChange, changed_tables
from juesuan.review.match import match, remember
from juesuan.review.memory import Entry, Memory, State, Version
from juesuan.understand.understanding import Understanding

__all__ = ["Difference", "FactChange", "SentenceChange", "Side", "compare"]

_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?[”）]*")
_ALIKE = 60
_MOST_PAIRS = 250_000
"""Beyond so many candidates, sentences are said to be gone and added rather than changed."""
_ASPECTS = {"change": "增减额", "growth": "增减率", "share": "占比", "completion": "预算完成率"}
_STAGES = {"initial": "年初预算", "adjusted": "调整预算", "budget": "预算", "final": "决算", "execution": "执行"}
_FUNDS = {
    "general_budget": "一般公共预算",
    "government_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算",
    "appropriation": "财政拨款",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One version: its report and what was understood of it."""

    report: Report
    known: Understanding


@dataclass(frozen=True, slots=True)
class FactChange:
    """A figure told otherwise. `old`, `new`: the values as written, empty where that version does not tell it."""

    name: str
    scope: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence that changed, is gone (`new` empty) or was added (`old` empty)."""

    old: str
    new: str
    where: str


@dataclass(frozen=True, slots=True)
class Difference:
    """All differences, in the order of the new version. `changed`: findings that stay in other words."""

    facts: tuple[FactChange, ...]
    sentences: tuple[SentenceChange, ...]
    tables: tuple[TableChange, ...]
    gone: tuple[Entry, ...]
    came: tuple[Finding, ...]
    changed: tuple[tuple[Entry, Finding], ...]
    stay: int


def compare(old: Side, new: Side) -> Difference:
    """Compare two versions of one report."""
    memory = remember(Memory(), old.report, old.known.document, Version(1, "", "", "", ""))
    matched, left = match(memory, new.report, new.known.document)
    changed = tuple((m.before, m.finding) for m in matched if m.before is not None and m.state is State.CHANGED)
    return Difference(
        facts=tuple(_facts(old.known, new.known)),
        sentences=tuple(_sentences(old.known, new.known)),
        tables=tuple(changed_tables(old.known, new.known)),
        gone=tuple(left),
        came=tuple(m.finding for m in matched if m.before is None),
        changed=changed,
        stay=sum(m.state is State.STILL for m in matched),
    )


# --- facts ---------------------------------------------------------------------------------------------------

_Key = tuple[object, ...]
_Value = tuple[Decimal, str]


def _facts(old: Understanding, new: Understanding) -> Iterator[FactChange]:
    """Figures of the text; those of tables are compared cell by cell."""
    before, now = _by_key(old), _by_key(new)
    for key in [*now, *(k for k in before if k not in now)]:
        was, stands = before.get(key, {}), now.get(key, {})
        if was.keys() == stands.keys():
            continue
        first, known = next(((f, new) for f in stands.values()), None) or (next(iter(was.values())), old)
        yield FactChange(
            name=first.label.strip("“”") or first.concept,
            scope=_scope(first),
            old=tuple(_written(f, old) for v, f in was.items() if v not in stands),
            new=tuple(_written(f, new) for v, f in stands.items() if v not in was),
            where=words.place(locate(first.place, known)),
        )


def _by_key(known: Understanding) -> dict[_Key, dict[_Value, Fact]]:
    found: dict[_Key, dict[_Value, Fact]] = {}
    for fact in known.facts:
        if fact.id < 0 or fact.place.row is not None or fact.place.series is not None:
            continue
        name = fact.label if fact.concept.startswith("named:") else fact.concept
        scope = fact.scope
        if scope.year is not None and known.identity.year is not None:
            # Counted from the report's own year, so that two years' reports compare as well.
            scope = replace(scope, year=scope.year - known.identity.year)
        key = (name, scope, fact.aspect)
        found.setdefault(key, {}).setdefault((fact.value, fact.quantity.measure.symbol), fact)
    return found


def _scope(fact: Fact) -> str:
    scope = fact.scope
    said = (
        f"{scope.year}年" if scope.year else None,
        _STAGES.get(scope.stage.value) if scope.stage else None,
        _FUNDS.get(scope.fund) if scope.fund else None,
        scope.account,
        _ASPECTS.get(fact.aspect.value),
    )
    return " ".join(filter(None, said))


def _written(fact: Fact, known: Understanding) -> str:
    text = "".join(known.document.text_of(fact.place).split())
    return f"-{text}" if fact.sign < 0 else text


# --- sentences -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    passage: int


def _sentences(old: Understanding, new: Understanding) -> Iterator[SentenceChange]:
    was, stands = list(_split(old)), list(_split(new))
    opcodes = Indel.opcodes([s.text for s in was], [s.text for s in stands])
    gone: list[_Sentence] = []
    added: list[_Sentence] = []
    for step in opcodes:
        if step.tag == "equal":
            yield from _paired(gone, added, old, new)
            gone, added = [], []
        else:
            gone += was[step.src_start : step.src_end]
            added += stands[step.dest_start : step.dest_end]
    yield from _paired(gone, added, old, new)


def _split(known: Understanding) -> Iterator[_Sentence]:
    for passage in known.passages:
        for found in _SENTENCE.finditer(passage.text):
            if found.group().strip():
                yield _Sentence(found.group().strip(), passage.index)


def _paired(
    gone: Sequence[_Sentence], added: Sequence[_Sentence], old: Understanding, new: Understanding
) -> Iterator[SentenceChange]:
    """What stands between two unchanged sentences: pairs that are alike, then what has no pair."""
    pairs = _pairs(gone, added)
    used = set(pairs.values())
    for number, sentence in enumerate(added):
        before = gone[pairs[number]].text if number in pairs else ""
        yield SentenceChange(before, sentence.text, _section(new, sentence.passage))
    for number, sentence in enumerate(gone):
        if number not in used:
            yield SentenceChange(sentence.text, "", _section(old, sentence.passage))


def _pairs(gone: Sequence[_Sentence], added: Sequence[_Sentence]) -> Mapping[int, int]:
    if len(gone) * len(added) > _MOST_PAIRS:
        return {}
    scored = sorted(
        (-fuzz.ratio(one.text, other.text, score_cutoff=_ALIKE), g, a)
        for g, one in enumerate(gone)
        for a, other in enumerate(added)
    )
    pairs: dict[int, int] = {}
    for score, g, a in scored:
        if score == 0:
            break
        if a not in pairs and g not in pairs.values():
            pairs[a] = g
    return pairs


def _section(known: Understanding, passage: int) -> str:
    section = known.outline.section_of(passage)
    return section.path if section else ""
