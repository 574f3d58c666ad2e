"""JS112: more or less than last year, and nothing says by how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from juesuan.findings import Finding, Severity
from juesuan.rules._text import in_glossary, is_heading
from juesuan.rules.base import Rule, View
from juesuan.taxonomy.tokens import BaseValue, Token

_STATED = re.compile(r"(?:[LI]B,?|B,?[LI])E?D(?=[.;])")
"""A label, what it is compared with, a word of direction, and the end: 公务接待费支出比上年增加。"""
_FIGURES = frozenset("APN")


def check(view: View) -> Iterator[Finding]:
    """Sentences that name a direction against last year and no figure at all."""
    for passage, tokens in zip(view.understanding.passages, view.understanding.tokens, strict=True):
        index = passage.index
        if view.understanding.outline.part_of(index) != "body" or in_glossary(view, index) or is_heading(view, index):
            continue
        for sentence in _sentences(tokens):
            kinds = "".join(t.kind for t in sentence)
            match = _STATED.search(kinds)
            if match is None or _FIGURES & set(kinds[match.start() :]) or "R" in kinds[: match.end()]:
                continue
            stated = sentence[match.start() : match.end()]
            base = next(t.value for t in stated if t.kind == "B")
            if not isinstance(base, BaseValue) or base.year is None:
                continue
            start, end = stated[0].start, stated[-1].end
            words = passage.text[start:end]
            yield RULE.finding(
                f"“{words}”没有写{'增减额和增减率' if base.stage is None else '差额'}。",
                (view.evidence(view.text_place(index, start, end)),),
                actual=words,
                key=words,
            )


def _sentences(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    for token in tokens:
        sentence.append(token)
        if token.kind == ".":
            yield sentence
            sentence = []
    if sentence:
        yield sentence


_HEAD = "第一部分2025年度部门决算情况说明\n一、“三公”经费支出决算情况说明\n公务接待费支出0.80万元。"

RULE = Rule(
    code="JS112",
    name="change-without-amount",
    title="写了增减而没有写数额",
    severity=Severity.WARNING,
    checks="“比上年增加”“较上年减少”之后，有没有增减额或增减率。",
    why="持平改成增减、或套用别的单位的句子时，容易只留下一个词；读者不知道增减了多少。",
    basis="部门决算公开文字说明样式：与上年决算数相比，增加（减少）多少万元，增长（下降）多少",
    how="一句里有科目或款项的名称、与上年相比的词和增减用词，而到句末没有任何金额或百分比的，报疑点；说明原因的句子不看。",
    wrong=_HEAD + "公务接待费支出决算比2024年增加。",
    right=_HEAD + "公务接待费支出决算比2024年增加0.20万元，增长33.33%。",
    mend="补上增减额、增减率；没有变化的写“持平”。",
    misses="写“有所增加”“略有下降”的不报。",
    check=check,
)
