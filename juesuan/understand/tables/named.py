"""Names of the text that no table has, beside the line of a table that holds the same amount and is not named at all.

Where all other accounts of the text are found in the tables by name, and one is not, an equal amount in a line that
the text leaves out tells which account is meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from juesuan.catalog import fold, stem
from juesuan.document.model import Document, Paragraph
from juesuan.facts import Fact, Relation, Stage, Sum
from juesuan.taxonomy.concepts import FUND_PARTS
from juesuan.understand.accounts import LEVEL_LENGTHS
from juesuan.understand.context import LISTED_BY_ECONOMIC
from juesuan.understand.tables.bind import ReadRow, ReadStatement
from juesuan.understand.tables.text import Index, Subject, index_of, is_plain, usable_tables
from juesuan.understand.tables.words import label

__all__ = ["Misnamed", "misnamed"]

_ECONOMIC = 5
_SHORTENED = 2
"""A name that lacks so many characters at one end is an abbreviation, and no slip."""
_GENERAL = "general_budget"
_MARKS = re.compile("[、，,：；;。（）]")
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Misnamed:
    """A figure of the text whose name no table has, and the tables' figure with the same amount: `row` is its line.

    `written`: the name as it stands before the figure.
    """

    told: Fact
    shown: Fact
    row: ReadRow
    written: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the line must be that a name of the text may mean."""

    concept: str
    length: int
    fund: str


def misnamed(
    document: Document,
    facts: Sequence[Fact],
    relations: Sequence[Relation],
    tables: Sequence[ReadStatement],
    disputed: Collection[int],
) -> tuple[Misnamed, ...]:
    """All names that no table has, each with the one line that holds its amount."""
    usable = usable_tables(tables)
    if not usable:
        return ()
    index = index_of(usable)
    kinds = dict(_kinds(facts, relations, disputed))
    claimed: set[Subject] = set()
    loose: list[Fact] = []
    for fact in facts:
        if fact.id in kinds:
            printed = [s for s in index.subject(fact, fact.scope.year) if s in index.facts]
            claimed.update(printed)
            if not printed and not _has_line(fact, kinds[fact.id], index):
                loose.append(fact)
    lines = {f.id: row for t in usable for row in t.rows for f in row.facts.values()}
    found = (_match(fact, kinds[fact.id], index, claimed, lines) for fact in loose)
    named = (replace(m, written=_written(document, m.told)) for m in found if m is not None)
    return tuple(m for m in named if not _is_short_for(m.written, m.row.name))


def _written(document: Document, fact: Fact) -> str:
    """The words before a figure, back to the mark before them: of a long name a reader may keep the end only."""
    block, name = document.blocks[fact.place.block], _name(fact)
    before = block.text[: fact.place.start.offset] if isinstance(block, Paragraph) else ""
    words = _MARKS.split(before)[-1].strip()
    return words if words.endswith(name) and len(words) <= _LONGEST else name


def _kinds(
    facts: Sequence[Fact], relations: Sequence[Relation], disputed: Collection[int]
) -> Iterator[tuple[int, _Kind]]:
    """The amounts of accounts that the text gives; a name nobody knows is of the kind of the list it stands in."""
    own = {f.id: kind for f in facts if is_plain(f, disputed) and f.value and (kind := _kind(f)) is not None}
    yield from own.items()
    for relation in relations:
        if isinstance(relation, Sum) and relation.closed:
            around = {own[p.id] for p in relation.parts if p.id in own} or _parts_of(relation.subject)
            for part in relation.parts:
                if part.concept.startswith("named:") and len(around) == 1 and is_plain(part, disputed) and part.value:
                    yield part.id, next(iter(around))


def _parts_of(total: Fact) -> set[_Kind]:
    """What a list must be of whose names are all unknown: the classes of a fund's expenditure, or economic items."""
    if total.concept in LISTED_BY_ECONOMIC:
        return {_Kind("economic", _ECONOMIC, _GENERAL)}
    if total.concept == "expenditure" and total.scope.account is None and total.scope.fund in FUND_PARTS:
        return {_Kind("expenditure", LEVEL_LENGTHS[0], total.scope.fund)}
    return set()


def _kind(fact: Fact) -> _Kind | None:
    s = fact.scope
    if s.stage is not Stage.FINAL:
        return None
    if fact.concept == "economic":
        return _Kind("economic", _ECONOMIC, _GENERAL)
    if fact.concept == "expenditure" and s.account is not None:
        depth = max(n for n, name in enumerate(s.account.split("/"), 1) if name)
        return _Kind("expenditure", LEVEL_LENGTHS[depth - 1], s.fund or _GENERAL)
    return None


def _match(
    fact: Fact, kind: _Kind, index: Index, claimed: Collection[Subject], lines: dict[int, ReadRow]
) -> Misnamed | None:
    fits: list[Fact] = []
    for subject, printed in index.facts.items():
        concept, year, account, economic = subject
        code = economic if kind.concept == "economic" else account
        if concept != kind.concept or year != fact.scope.year or len(code or "") != kind.length or subject in claimed:
            continue
        shown = printed.get((Stage.FINAL, kind.fund))
        if shown is not None and shown.value == fact.value:
            fits.append(shown)
    if len(fits) != 1 or fits[0].id not in lines:
        return None
    return Misnamed(fact, fits[0], lines[fits[0].id], "")


def _has_line(fact: Fact, kind: _Kind, index: Index) -> bool:
    """Whether lines bear the name after all, though which of them is meant is not certain."""
    codes = index.names.by_name.get(stem(fold(_name(fact))), ())
    return fact.scope.account is None and any(len(c) == kind.length for c in codes)


def _name(fact: Fact) -> str:
    """The last name of the account."""
    s = fact.scope
    return s.economic or (s.account or "").rpartition("/")[2] or fact.label


def _is_short_for(name: str, full: str) -> bool:
    one, other = stem(label(name)), stem(label(full))
    return (one in other or other in one) and abs(len(one) - len(other)) >= _SHORTENED
