"""Reports that were understood apart, side by side in one understanding: what each says stays what it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from juesuan.document.model import Document
from juesuan.facts import Fact
from juesuan.place import Place, Point
from juesuan.understand.outline import ContentsEntry, Outline, Section
from juesuan.understand.passages import Passage
from juesuan.understand.tables import TablesReading
from juesuan.understand.tables.bind import ReadRow, ReadStatement
from juesuan.understand.understanding import Understanding

__all__ = ["joined"]


class _Shift:
    """By how much the numbers of blocks, passages, sections and facts of one report grow."""

    def __init__(self, blocks: int, passages: int, sections: int, facts: int) -> None:
        self.blocks, self.passages, self.sections, self.facts = blocks, passages, sections, facts

    def place(self, place: Place) -> Place:
        start, end = place.start, place.end
        return place._replace(
            start=Point(start.block + self.blocks, start.offset), end=Point(end.block + self.blocks, end.offset)
        )

    def fact(self, fact: Fact) -> Fact:
        named_at = self.place(fact.named_at) if fact.named_at else None
        return replace(fact, id=fact.id + self.facts, place=self.place(fact.place), named_at=named_at)

    def passage(self, passage: Passage) -> Passage:
        segments = tuple(s._replace(block=s.block + self.blocks) for s in passage.segments)
        return replace(passage, index=passage.index + self.passages, segments=segments)

    def entry(self, entry: ContentsEntry) -> ContentsEntry:
        return replace(entry, passage=entry.passage + self.passages)

    def section(self, section: Section) -> Section:
        return replace(
            section,
            index=section.index + self.sections,
            passage=section.passage + self.passages,
            first=section.first + self.passages,
            last=section.last + self.passages,
            parent=None if section.parent is None else section.parent + self.sections,
        )

    def statement(self, statement: ReadStatement, known: dict[int, Fact]) -> ReadStatement:
        return replace(
            statement,
            blocks=tuple(block + self.blocks for block in statement.blocks),
            rows=tuple(self._row(row, known) for row in statement.rows),
            unit_place=self.place(statement.unit_place) if statement.unit_place else None,
        )

    def _row(self, row: ReadRow, known: dict[int, Fact]) -> ReadRow:
        return replace(
            row,
            block=row.block + self.blocks,
            facts={key: known[fact.id + self.facts] for key, fact in row.facts.items()},
            name_place=self.place(row.name_place) if row.name_place else None,
        )


def joined(document: Document, parts: Sequence[Understanding]) -> tuple[Understanding, tuple[tuple[Fact, ...], ...]]:
    """One understanding of `document`, which was combined of the documents of `parts` in this order.

    It holds passages, outline, tables and facts of all, and no relations. Also the facts of each part as they
    stand in it; ids are unique over all. The identity is that of the last.
    """
    passages: list[Passage] = []
    sections: list[Section] = []
    contents: list[ContentsEntry] = []
    titles: list[int] = []
    names: list[str] = []
    deepest: list[int | None] = []
    statements: list[ReadStatement] = []
    facts: list[tuple[Fact, ...]] = []
    disputed: set[int] = set()
    first_id = 0
    for part, source in zip(parts, document.sources, strict=True):
        plan = part.outline
        shift = _Shift(source.first, len(passages), len(sections), first_id)
        own = tuple(shift.fact(fact) for fact in part.facts)
        known = {fact.id: fact for fact in own}
        statements += [shift.statement(s, known) for s in part.tables.statements]
        deepest += [None if at is None else at + shift.sections for at in plan.deepest]
        names += plan.parts
        titles += [at + shift.passages for at in plan.title_lines]
        contents += map(shift.entry, plan.contents)
        disputed |= {number + first_id for number in part.disputed}
        passages += map(shift.passage, part.passages)
        sections += map(shift.section, plan.sections)
        facts.append(own)
        first_id = max((fact.id for fact in own), default=first_id) + 1
    return (
        Understanding(
            document=document,
            identity=parts[-1].identity,
            passages=tuple(passages),
            outline=Outline(
                sections=tuple(sections),
                contents=tuple(contents),
                table_list=(),
                title_lines=tuple(titles),
                issues=(),
                parts=tuple(names),
                deepest=tuple(deepest),
            ),
            tokens=tuple(line for part in parts for line in part.tokens),
            facts=tuple(fact for own in facts for fact in own),
            relations=(),
            slips=(),
            segments=(),
            disputed=frozenset(disputed),
            tables=TablesReading(tuple(statements)),
        ),
        tuple(facts),
    )
