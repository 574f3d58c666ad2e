"""What the text says about performance: how a project's money is divided, and sentences that sum up evaluations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from juesuan.facts import Relation, Sum
from juesuan.place import Place
from juesuan.quantity import MEASURES, Dimension, Quantity, make, parse
from juesuan.taxonomy.forms import sentences
from juesuan.taxonomy.tokens import Token
from juesuan.understand.outline import Outline
from juesuan.understand.passages import Passage

__all__ = ["GRADES", "Allocation", "Count", "Share", "Summary", "allocations", "own_sums", "summaries"]

GRADES = "form_grades"


@dataclass(frozen=True, slots=True)
class Share:
    """One item of a division: its words, its amount, and where the amount stands."""

    label: str
    quantity: Quantity
    place: Place


@dataclass(frozen=True, slots=True)
class Allocation:
    """A numbered list that divides money, in one part of the document (`part`: "attachment 2")."""

    part: str
    title: str
    items: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A number in a summing-up sentence; `name` is the grade, or what is counted."""

    name: str
    quantity: Quantity
    place: Place


@dataclass(frozen=True, slots=True)
class Summary:
    """A summing-up sentence: `what` was done (绩效自评), for how many projects, how much money, which results."""

    what: str
    count: Count
    amount: Count | None = None
    average: Count | None = None
    grades: tuple[Count, ...] = ()
    problems: tuple[Count, ...] = ()


def allocations(
    passages: Sequence[Passage], tokens: Sequence[Sequence[Token]], plan: Outline
) -> tuple[Allocation, ...]:
    """Lists under a title such as 资金分配情况 whose items each begin with a number and name one amount first."""
    found: list[Allocation] = []
    for section in plan.sections:
        if section.is_item or not sentences.ALLOCATION_TITLE.search(section.title):
            continue
        items: list[Share] = []
        for item in (s for s in plan.sections if s.is_item and s.parent == section.index):
            share = _share(passages[item.passage], tokens[item.passage])
            if share is None:
                break
            items.append(share)
        else:
            if items:
                found.append(Allocation(plan.part_of(section.passage), section.title, tuple(items)))
    return tuple(found)


def _share(passage: Passage, tokens: Sequence[Token]) -> Share | None:
    for token in tokens:
        if token.kind == "A" and isinstance(token.value, Quantity):
            start = next((t.end for t in tokens if t.kind == "i"), 0)
            return Share(passage.text[start : token.start], token.value, passage.place(token.start, token.end))
    return None


def summaries(passages: Sequence[Passage]) -> tuple[Summary, ...]:
    """The summing-up sentences; averages, grades and problems belong to the count they follow."""
    return tuple(s for p in passages if "项目" in p.text and "绩效" in p.text for s in _of(p))


def own_sums(relations: Iterable[Relation], found: Sequence[Summary]) -> list[Relation]:
    """The same relations; those that add grades to a summing-up count are marked as its own (`source` GRADES)."""
    counts = [s.count.place for s in found]
    return [
        replace(r, source=GRADES) if isinstance(r, Sum) and any(r.subject.place.overlaps(p) for p in counts) else r
        for r in relations
    ]


def _of(passage: Passage) -> Iterator[Summary]:
    heads = list(sentences.SUMMARY.finditer(passage.text))
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(passage.text)
        count = _count(passage, head["what"], head["count"], head.start("count"), "个")
        if count is None:
            continue
        amount = None
        quantity = parse(head["amount"]) if head["amount"] else None
        if quantity is not None and quantity.measure.dimension is Dimension.MONEY:
            amount = Count("金额", quantity, passage.place(*head.span("amount")))
        yield Summary(
            head["what"],
            count,
            amount,
            next(_counts(passage, sentences.AVERAGE, ("score",), head.end(), end, "分"), None),
            tuple(_grades(passage, head.end(), end)),
            tuple(_counts(passage, sentences.PROBLEMS, ("found", "done", "doing"), head.end(), end, "个")),
        )


def _grades(passage: Passage, start: int, end: int) -> Iterator[Count]:
    for match in sentences.GRADE.finditer(passage.text, start, end):
        count = _count(passage, match["grade"], match["count"], match.start("count"), "个")
        if count is not None:
            yield count


def _counts(
    passage: Passage, pattern: re.Pattern[str], names: Sequence[str], start: int, end: int, measure: str
) -> Iterator[Count]:
    match = pattern.search(passage.text, start, end)
    if match is None:
        return
    for name in names:
        count = _count(passage, name, match[name], match.start(name), measure)
        if count is not None:
            yield count


def _count(passage: Passage, name: str, digits: str, at: int, measure: str) -> Count | None:
    quantity = make(digits, MEASURES[measure])
    return Count(name, quantity, passage.place(at, at + len(digits))) if quantity is not None else None
