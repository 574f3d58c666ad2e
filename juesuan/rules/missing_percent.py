"""JS501: a share, a rate of growth or of completion without its % sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from juesuan.findings import Finding, Severity
from juesuan.place import Place
from juesuan.quantity import Dimension, Quantity
from juesuan.rules._extent import at_the_end
from juesuan.rules._text import is_year_number
from juesuan.rules.base import Rule, View, replace_fix
from juesuan.taxonomy.tokens import Token

_RATE_WORDS = ("增长", "下降", "上升", "降低")
_ENDS = ".,;"
_RATE_IN_Q = re.compile("Z[LISdw=]*Q|W[YLSd=w]*Q|A,DQ")
"""占(总额的)… · 完成(预算的)… · 增加(amount)，增长… before a figure with a measure."""
_WHOLE_BARE = re.compile(r"Z[LISw]d=?N(?=[.;,]|$)")


def check(view: View) -> Iterator[Finding]:
    """The reader's slips, and "增加1.61万元，增长13.95。"."""
    places = {s.place: s.text for s in view.understanding.slips if s.kind == "missing_percent"}
    for passage, tokens in zip(view.understanding.passages, view.understanding.tokens, strict=True):
        for token in _bare_rates(passage.text, tokens):
            places.setdefault(passage.place(token.start, token.end), passage.text[token.start : token.end])
    for place, text in places.items():
        if not at_the_end(view, place):
            yield _finding(view, place, text)
    for passage, tokens in zip(view.understanding.passages, view.understanding.tokens, strict=True):
        for token in _in_points(tokens):
            yield _points(view, passage.place(token.start, token.end), passage.text[token.start : token.end])


def _in_points(tokens: Sequence[Token]) -> Iterator[Token]:
    """A share, a completion, or the growth of an amount counted in 百分点, which only rates rise by."""
    live = [t for t in tokens if t.kind != "i"]
    kinds = "".join(t.kind for t in live)
    for match in _RATE_IN_Q.finditer(kinds):
        token = live[match.end() - 1]
        if isinstance(token.value, Quantity) and token.value.measure.dimension is Dimension.POINT:
            yield token


def _points(view: View, place: Place, text: str) -> Finding:
    number = text.strip().removesuffix("百分点").removesuffix("个")
    return RULE.finding(
        f"“{text.strip()}”应写作“{number}%”：百分点是两个百分比之差。",
        (view.evidence(place),),
        severity=Severity.WARNING,
        expected=f"{number}%",
        actual=text.strip(),
        fix=replace_fix(view.quote(place), f"{number}%"),
        key="points",
    )


def _bare_rates(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """A bare number after 占…的, or after a word that only rates follow when the amount of the change stands before it."""
    live = [t for t in tokens if t.kind != "i"]
    for match in _WHOLE_BARE.finditer("".join(t.kind for t in live)):
        bare = live[match.end() - 1]
        if isinstance(bare.value, Quantity) and not is_year_number(bare.value):
            yield bare
    for at in range(len(live) - 3):
        amount, comma, word, bare = live[at : at + 4]
        ends = at + 4 >= len(live) or live[at + 4].kind in _ENDS
        if (amount.kind, comma.kind, word.kind, bare.kind) != ("A", ",", "D", "N") or not ends:
            continue
        is_rate = text[word.start : word.end] in _RATE_WORDS
        if is_rate and isinstance(bare.value, Quantity) and not is_year_number(bare.value):
            yield bare


def _finding(view: View, place: Place, text: str) -> Finding:
    number = text.strip()
    return RULE.finding(
        f"百分比“{number}”后面缺少“%”。",
        (view.evidence(place),),
        severity=Severity.WARNING,
        expected=f"{number}%",
        actual=number,
        fix=replace_fix(view.quote(place), f"{view.quote(place)}%"),
        key="share",
    )


RULE = Rule(
    code="JS501",
    name="missing-percent",
    title="百分比缺少百分号",
    severity=Severity.WARNING,
    checks="占比、增减率、完成率的数字后面有没有百分号，有没有写成百分点。",
    why="漏掉百分号，“占12.5”就成了没有单位的数，读者无法判断是 12.5% 还是 0.125。",
    basis="部门预决算公开文字说明样式：占比、增减率、完成率均以“%”表示",
    how="“占”“占比为”“占…的”“完成预算的”之后是没有单位的数，或“增加…万元，增长”之后是没有单位的数，而该数就此结束的，报疑点。后面还跟着另一个数的（抽取残片）不判断。占比、完成率和金额的增长率写成百分点的也报。",
    wrong="2023年本年支出合计200.00万元，其中：基本支出125.00万元，占62.5。",
    right="2023年本年支出合计200.00万元，其中：基本支出125.00万元，占62.5%。",
    mend="补上“%”；若本来是小数（0.125），先换算成百分数。",
    misses="句式残缺、数字前没有“占”“增长”等字样的不判断。",
    check=check,
)
