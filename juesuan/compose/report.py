"""Books → a whole report: the skeleton filled, its lines made blocks, tables and charts set in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from jinja2 import UndefinedError

from juesuan.books.model import Books
from juesuan.books.problems import Grade, Problem
from juesuan.compose.attachments import Attachments
from juesuan.compose.charts import chart_block
from juesuan.compose.counts import count_of, vehicle_types
from juesuan.compose.doubts import marked
from juesuan.compose.draft import Block, Break, Contents, Draft, Heading, Look, Paragraph, Run
from juesuan.compose.facts import Facts
from juesuan.compose.glossary import glossary_lines
from juesuan.compose.narrative import Narration
from juesuan.compose.performance import Performance, with_year
from juesuan.compose.skeleton import Skeleton, load_skeleton
from juesuan.compose.tables import table_blocks
from juesuan.compose.words import Recorder, Words, runs
from juesuan.errors import BooksError
from juesuan.performance.cycle import Cycle

__all__ = ["ContradictionError", "MissingTextError", "compile_report"]


class MissingTextError(BooksError):
    """Something only a person can write is not there: the report cannot be finished. `missing` says what."""

    def __init__(self, message: str, missing: tuple[str, ...]) -> None:
        super().__init__(message)
        self.missing = missing


class ContradictionError(MissingTextError):
    """The books contradict themselves: a report of them would, too. `contradictions` says where."""

    def __init__(self, message: str, missing: tuple[str, ...], contradictions: tuple[str, ...]) -> None:
        super().__init__(message, missing)
        self.contradictions = contradictions


def compile_report(
    books: Books,
    *,
    cycles: Sequence[Cycle] = (),
    draft: bool = False,
    profile: str | None = None,
    problems: Sequence[Problem] = (),
) -> Draft:
    """The report of a unit's year. `cycles`: its projects' performance, which become attachments.

    `profile`: another layout than the books name; `problems`: what books and projects lack or contradict.

    Raises ContradictionError or MissingTextError, with the list of what to mend and write, unless a `draft` is asked
    for, which is marked in those places; UsageError for an unknown layout.
    """
    if profile is not None and profile != books.profile:
        books = replace(books, profile=profile)
    skeleton = load_skeleton(books.profile)
    style = Recorder()
    facts = Facts(books)
    words = Words(books, style, Narration(books), lambda name: count_of(books, name))
    known = [with_year(c, books.year, books.entity) for c in cycles]
    performance = Performance(known, words.narration, books.entity_kind)
    charts = max((c.number for c in skeleton.profile.charts), default=0)
    attachments = Attachments(performance, facts, words, skeleton.id, charts)
    text = skeleton.template.render(**_names(books, skeleton, facts, words, performance, attachments))
    blocks = tuple(_Blocks(books, skeleton, facts, words, attachments).of(text))
    missing = (*words.missing.values(), *(p.message for p in problems if p.grade is Grade.MISSING))
    disputed = [p for p in problems if p.grade is Grade.CONTRADICTION]
    contradictions = tuple(p.message for p in disputed)
    if not draft:
        _refuse(missing, contradictions)
    title = f"{books.entity}{books.year}年度{books.entity_kind}决算"
    return Draft(
        title,
        books.entity,
        books.year,
        books.entity_kind,
        skeleton.id,
        marked(blocks, disputed),
        missing,
        contradictions,
    )


def _refuse(missing: tuple[str, ...], contradictions: tuple[str, ...]) -> None:
    """Say all that stands against a finished report, at once."""
    if not (missing or contradictions):
        return
    lack = f"报告还缺 {len(missing)} 处只能由人填写的内容"
    clash = f"账册有 {len(contradictions)} 处互相矛盾"
    what = "，".join(([clash] if contradictions else []) + ([lack] if missing else []))
    how = (
        "请逐条改正、补上，或加 --draft 先出标明这些地方的草稿"
        if contradictions
        else "请逐条补上，或加 --draft 先出带【待填】的草稿"
    )
    listed = "\n".join(f"  {n}. {line}" for n, line in enumerate((*contradictions, *missing), 1))
    message = f"{what}，没有生成；{how}：\n{listed}"
    if contradictions:
        raise ContradictionError(message, missing, contradictions)
    raise MissingTextError(message, missing)


def _names(
    books: Books, skeleton: Skeleton, facts: Facts, words: Words, performance: Performance, attachments: Attachments
) -> dict[str, object]:
    """What a skeleton may name."""
    functions: tuple[Callable[..., object], ...] = (
        words.amount,
        words.changed,
        words.completed,
        words.completed_initial,
        words.count,
        words.figure,
        words.listed,
        words.moved,
        words.optional,
        words.parts,
        words.reason,
        words.seen,
        words.share,
        words.text,
        words.rate,
    )
    return {
        **{function.__name__: function for function in functions},
        "f": facts,
        "year": books.year,
        "kind": books.entity_kind,
        "entity": books.entity,
        "short_name": books.settings.name,
        "published": _date(books.settings.published),
        "is_agency": books.settings.has_running_cost,
        "vehicle_kinds": skeleton.vehicles,
        "performance": performance,
        "attachments": attachments.count,
        "vehicle_types": vehicle_types(books),
    }


def _date(text: str) -> str:
    """2024-10-15 as reports write it; anything else as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


def _table_words(books: Books) -> Iterator[str]:
    """The words that the tables print for themselves."""
    for data in books.statements.values():
        for block in data.plan.blocks:
            yield from (row.label for row in block.rows)
            yield from (column.header[-1] for column in block.columns)


class _Blocks:
    """Lines of a filled skeleton → blocks."""

    def __init__(self, books: Books, skeleton: Skeleton, facts: Facts, words: Words, attachments: Attachments) -> None:
        self.books, self.skeleton, self.facts, self.words = books, skeleton, facts, words
        self.attachments = attachments
        self.printed = ""
        """The words of the report's text and tables."""

    def of(self, text: str) -> Iterator[Block]:
        """All blocks, in order."""
        self.printed = text + " ".join(_table_words(self.books))
        for raw in text.splitlines():
            line = raw.strip()
            if line.startswith("!"):
                yield from self._command(*line[1:].partition(" ")[::2])
            elif line.startswith("#"):
                marks, _, title = line.partition(" ")
                yield Heading(title, len(marks))
            elif line:
                yield self._paragraph(line)

    def _paragraph(self, line: str, look: Look = Look.BODY) -> Paragraph:
        return Paragraph(runs(line, self.words.style.printed), look)

    def _command(self, name: str, rest: str) -> Iterator[Block]:
        if name == "封面":
            yield Paragraph((Run(rest),), Look.COVER)
        elif name == "说明":
            yield self._paragraph(rest, Look.NOTE)
        elif name == "目录":
            yield Contents(note=rest)
        elif name == "分页":
            yield Break()
        elif name == "图":
            yield from self._chart(int(rest))
        elif name == "名词解释":
            own = self.words.narration.lines("名词解释")
            yield from (self._paragraph(line) for line in glossary_lines(self.facts, own, self.printed))
        elif name == "附件":
            yield from self.attachments.blocks()
        elif name == "表":
            left_out = self.skeleton.settings.get("leave_out", {})
            yield from table_blocks(self.books, self.words.style, left_out if isinstance(left_out, dict) else {})
        else:
            raise UndefinedError(f"骨架“{self.skeleton.id}”里有不认识的行“!{name}”")

    def _chart(self, number: int) -> Iterator[Block]:
        spec = next((c for c in self.skeleton.profile.charts if c.number == number), None)
        block = chart_block(spec, self.facts, self.books.year, self.words.style) if spec else None
        if block is not None:
            yield block
