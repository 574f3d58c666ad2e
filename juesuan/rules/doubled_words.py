"""JS504: a word or a mark written twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.findings import Finding, Safety, Severity
from juesuan.rules._text import Hit, evidence_of, find
from juesuan.rules.base import Rule, View, replace_fix
from juesuan.taxonomy import words
from juesuan.taxonomy.concepts import CONCEPTS

_LABEL_LENGTH = 4
_MONEY_WORDS = sorted(
    {
        *(w for w in (*words.UP, *words.DOWN, *words.FLAT, *words.GREATER, *words.LESS) if len(w) > 1),
        *(w for w, _ in words.STAGES),
        *(label for c in CONCEPTS for label in c.labels if label.isalnum() and len(label) >= _LABEL_LENGTH),
        *("万元", "亿元", "主要原因", "主要用于", "主要包括", "其中", "完成", "财政拨款", "一般公共预算"),
    },
    key=len,
    reverse=True,
)
"""Short nouns (支出, 项目) are left out: one may end a word and begin the next, as in 项目支出支出进度."""
_WORD = re.compile(rf"(?P<word>{'|'.join(_MONEY_WORDS)})(?P=word)")
_FUNCTION = re.compile(
    r"的的(?!确|士|哥)|了(?<![终完末不未没罢]了)了(?![解然当事])|和(?<![平温柔谐缓饱祥随附共调总暖]和)和(?![气美平谐睦])"
    r"|及(?<![以涉普顾波触]及)及(?!时)|为(?<!某为)为(?![了主人民何])"
)
"""Each begins with its character and looks back from there: so the next candidate is found fast."""
_MARK = re.compile(r"(?P<mark>[。，；、：])(?P=mark)+")
_PERCENT = re.compile(r"%%|％％|元元(?!素)")


def check(view: View) -> Iterator[Finding]:
    """Doubled words of money sentences, doubled function words, doubled marks."""
    for pattern in (_WORD, _FUNCTION, _PERCENT):
        for hit in find(view, pattern):
            if not _is_two_words(view, hit):
                yield _finding(view, hit)
    marks = [h for h in find(view, _MARK) if not _is_ellipsis(h)]
    if marks:
        more = f"，全文共 {len(marks)} 处" if len(marks) > 1 else ""
        first = marks[0]
        yield RULE.finding(
            f"标点“{first.text}”重复{more}。",
            (view.evidence(first.place), *evidence_of(view, [h.place for h in marks[1:]])),
            severity=Severity.HINT,
            expected=first.match["mark"],
            actual=first.text,
            fix=replace_fix(view.quote(first.place), first.match["mark"], Safety.SAFE),
            key="mark",
        )


def _is_two_words(view: View, hit: Hit) -> bool:
    """Whether a line or page ends between the two: then the reader may have joined what does not belong together."""
    return hit.place.start.block != hit.place.end.block or "\n" in view.quote(hit.place)


def _is_ellipsis(hit: Hit) -> bool:
    """。。。 stands for an ellipsis; a doubled mark at a page or line break is the reader's."""
    return len(hit.text) > 2 or hit.place.start.block != hit.place.end.block


def _finding(view: View, hit: Hit) -> Finding:
    half = hit.text[: len(hit.text) // 2]
    return RULE.finding(
        f"“{half}”重复写了两次（“{hit.text}”）。",
        (view.evidence(hit.place),),
        expected=half,
        actual=hit.text,
        fix=replace_fix(view.quote(hit.place), half, Safety.SAFE),
        key=hit.text,
    )


RULE = Rule(
    code="JS504",
    name="doubled-words",
    title="字词或标点重复",
    severity=Severity.WARNING,
    checks="金额句的用词（增加、万元、支出决算等）、虚词（的、了、和、及）和标点有没有连写两次。",
    why="改写上年稿时容易留下重复的字词，影响公开质量。",
    basis="公开内容应当准确、规范（《地方预决算公开操作规程》）",
    how="只查金额句的固定用词、计量单位、虚词和标点；人人、常常、方方面面等叠词不在其内。字词重复报疑点，标点重复全文只提示一次。",
    wrong="2023年机关运行经费支出13.28万元，比2022年增加增加1.61万元。",
    right="2023年机关运行经费支出13.28万元，比2022年增加1.61万元。",
    mend="删去重复的一个。",
    misses="一般叙述里的重复词不检查。",
    check=check,
)
