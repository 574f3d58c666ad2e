"""Paragraphs that lost their line breaks, as web pages and excerpts give them: parted again at headings and list numbers.

"一、收入支出决算总体情况说明2021年度收、支总计…。二、收入决算情况说明2021年…。1.…。2.…" is one paragraph there.
Only a paragraph with two marks that go on with each other is parted; a reference such as 第（二）项 is no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from juesuan.document.model import Document, Paragraph
from juesuan.taxonomy.concepts import FUNDS
from juesuan.taxonomy.tokens import LabelValue, Token
from juesuan.taxonomy.words import HAN
from juesuan.understand.numbering import Mark, NumberStyle, read_mark
from juesuan.understand.passages import Passage, Segment

_NUMERAL: Final = "[一二三四五六七八九十]{1,3}"
_TITLE_END: Final = "情况的?说明|情况|说明|概况|职责|职能|设置|构成|解释|原因|附件|附表|决算表|预算表"
_MARK: Final = re.compile(
    rf"(?:第{_NUMERAL}部分|(?<![、第条款项零一二三四五六七八九十]){_NUMERAL}、(?!{_NUMERAL}[、级类])|(?<!第)（{_NUMERAL}）)"
)
_ITEM: Final = re.compile(r"(?<=[。；：])(?:\d{1,2}[.．、](?=20\d\d年|\D)|（\d{1,2}）)")
_BEFORE: Final = re.compile(rf"(?:^|[。；！？：…）”]|{_TITLE_END})$")
_TITLE: Final = re.compile(rf"[^，。；：]{{2,40}}?(?:{_TITLE_END})(?!{HAN}{{0,2}}(?:的|[，。；：）]))")
_GLUED: Final = re.compile(
    rf"(?P<title>[^，。；：\d]{{2,40}}?(?:情况的?说明|情况|说明|概况))(?=20\d\d年|本(?:部门|单位|年)|我(?:部门|单位|局)|{HAN}{{2,20}}20\d\d年)"
)
_SHORTEST: Final = 60
_SHORT_END: Final = 12
_SHORT_BEGINNING: Final = 6
_CUT: Final = re.compile(r"[.．,，]?\d")
"""A text that begins with a figure, or with the decimals of one."""
_FUND_ENDS: Final = frozenset(name[at:] for name, _ in FUNDS for at in range(1, len(name)))


def unfold(document: Document, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages with such paragraphs parted, numbered anew; the same where there are none."""
    found: list[Passage] = []
    for passage in passages:
        found += _parts(document, passage)
    if len(found) == len(passages):
        return tuple(passages)
    return tuple(replace(p, index=n) for n, p in enumerate(found))


def _parts(document: Document, passage: Passage) -> Iterator[Passage]:
    text = passage.text
    block = document.blocks[passage.segments[0].block]
    if len(text) < _SHORTEST or not isinstance(block, Paragraph) or block.label:
        yield passage
        return
    cuts = _cuts(text)
    if not cuts:
        yield passage
        return
    for start, end in pairwise((0, *cuts, len(text))):
        yield _slice(passage, start, end)


def _cuts(text: str) -> list[int]:
    """Where a paragraph is parted: before headings, behind their titles, before the entries of a list."""
    headings = [m.start() for m in _MARK.finditer(text) if _BEFORE.search(text[max(m.start() - 6, 0) : m.start()])]
    headings = [at for at in headings if _is_heading(text, at)]
    items = [m.start() for m in _ITEM.finditer(text)]
    if len(headings) < 2 and not (headings and headings[0]):
        headings = []
    own = read_mark(text)
    marks = [read_mark(text[at:]) for at in items]
    # Entries within an entry stay in its paragraph: they are parted where they are all there is.
    alike = own is None or (marks and marks[0] is not None and marks[0].style is own.style)
    if not _go_on([own, *marks]) or not (headings or alike):
        items = []
    cuts = {*headings, *items}
    for at in headings:
        mark = read_mark(text[at:])
        glued = _GLUED.match(text, at + mark.end) if mark else None
        if glued:
            cuts.add(glued.end("title"))
    return sorted(cuts - {0})


def _is_heading(text: str, at: int) -> bool:
    """Whether a title follows the mark."""
    mark = read_mark(text[at:])
    return mark is not None and (mark.style is NumberStyle.PART or _TITLE.match(text, at + mark.end) is not None)


def _go_on(marks: Sequence[Mark | None]) -> bool:
    """Whether two list numbers in a row are n and n + 1 of one style."""
    known = [m for m in marks if m is not None]
    return any(a.style is b.style and a.ordinal is not None and b.ordinal == a.ordinal + 1 for a, b in pairwise(known))


def _slice(passage: Passage, start: int, end: int) -> Passage:
    """The stretch of a passage, still tied to its places."""
    first = passage.point(start)
    segments = [Segment(0, first.block, first.offset)]
    segments += [Segment(s.start - start, s.block, s.offset) for s in passage.segments if start < s.start < end]
    return Passage(passage.index, passage.text[start:end], tuple(segments))


def without_cut_figures(
    passages: Sequence[Passage], tokens: tuple[tuple[Token, ...], ...]
) -> tuple[tuple[Token, ...], ...]:
    """The tokens without the figures at the very ends of a text: an excerpt may begin or end within a number.

    A figure with its measure is whole at the end ("为1," may have been 1,234万元), and a year is at the beginning.
    """
    if not passages:
        return tokens
    lines = list(tokens)
    while lines[0] and lines[0][0].start <= 1 and lines[0][0].kind in "APCN,w" and _CUT.match(passages[0].text):
        lines[0] = lines[0][1:]
    lines[0] = _without_cut_label(passages[0].text, lines[0])
    last = lines[-1]
    while last and last[-1].kind in "N," and last[-1].end >= len(passages[-1].text) - _SHORT_END:
        last = last[:-1]
    if last and lines[-1][len(last) :] and any(t.kind == "N" for t in lines[-1][len(last) :]):
        lines[-1] = last
    return tuple(lines)


def _without_cut_label(text: str, line: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without a label whose first words are cut off: "预算财政拨款支出" may be of any of three budgets."""
    if len(line) < 2 or line[0].start > 0:
        return line
    if line[0].kind == "w" and line[0].end == 1 and line[1].kind in "APC":
        return line[2:]  # 加2.61万元 was 增加2.61万元
    if line[1].kind == "L" and text[: line[1].start] in _FUND_ENDS:
        return line[2:]
    at = next((n for n, token in enumerate(line) if token.kind != "w"), 0)
    at = at if line[at].start <= _SHORT_BEGINNING else 0
    label = line[at].value
    if (
        isinstance(label, LabelValue)
        and label.fund == "appropriation"
        and not re.search("[总合]计", text[: line[at].end])
    ):
        # 财政拨款支出 may be the end of “三公”经费财政拨款支出, or of that of one budget.
        return (*line[:at], replace(line[at], value=label._replace(fund=None)), *line[at + 1 :])
    return line
