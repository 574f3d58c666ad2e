"""JS502: an amount without 万元 or 元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from juesuan.findings import Finding, Severity
from juesuan.place import Place
from juesuan.quantity import Quantity
from juesuan.rules._text import evidence_of, is_year_number
from juesuan.rules.base import Rule, View
from juesuan.taxonomy.tokens import Token

_CONTEXT = 16
_CLAUSE = re.compile("[，。；：、（）”]")
_AMOUNT_AFTER = re.compile(r"(?:[LS]|L[SF]?w?S?)=N[,.;]|DN,D?P")
"""支出决算为150，… and 增加10.00，增长5%: places where only money can stand."""


def check(view: View) -> Iterator[Finding]:
    """Bare numbers where an amount stands, all zeros in one finding; and once in a document, 万 written for 万元."""
    zeros: list[tuple[Place, str]] = []
    for passage, tokens in zip(view.understanding.passages, view.understanding.tokens, strict=True):
        for token in _bare_amounts(tokens):
            place = passage.place(token.start, token.end)
            words = _CLAUSE.split(passage.text[max(token.start - _CONTEXT, 0) : token.start])[-1]
            number = passage.text[token.start : token.end].strip()
            if isinstance(token.value, Quantity) and token.value.is_zero:
                zeros.append((place, words + number))
            else:
                yield _finding(view, [place], words + number)
    if zeros:
        yield _finding(view, [place for place, _ in zeros], zeros[0][1])
    yield from _incomplete(view)


def _finding(view: View, places: list[Place], words: str) -> Finding:
    more = f"同样的写法共 {len(places)} 处。" if len(places) > 1 else ""
    return RULE.finding(
        f"“{words}”没有写计量单位。{more}",
        (view.evidence(places[0]), *evidence_of(view, places[1:])),
        actual=view.quote(places[0]),
        key="amount",
    )


def _bare_amounts(tokens: Sequence[Token]) -> Iterator[Token]:
    live = [t for t in tokens if t.kind != "i"]
    kinds = "".join(t.kind for t in live)
    for match in _AMOUNT_AFTER.finditer(kinds):
        bare = live[match.start() + match[0].index("N")]
        if isinstance(bare.value, Quantity) and not is_year_number(bare.value):
            yield bare


def _incomplete(view: View) -> Iterator[Finding]:
    slips = [s for s in view.understanding.slips if s.kind == "incomplete_measure"]
    if not slips:
        return
    more = f"，共 {len(slips)} 处" if len(slips) > 1 else ""
    yield RULE.finding(
        f"“{slips[0].text.strip()}”少写了“元”{more}。",
        (view.evidence(slips[0].place), *evidence_of(view, [s.place for s in slips[1:]])),
        severity=Severity.HINT,
        expected=f"{slips[0].text.strip()}元",
        actual=slips[0].text,
        key="incomplete",
    )


RULE = Rule(
    code="JS502",
    name="missing-measure",
    title="金额没有计量单位",
    severity=Severity.WARNING,
    checks="金额后面有没有“元”“万元”。",
    why="同一份报告里表用元、文字用万元，没有单位的数会被误读一万倍。",
    basis="部门预决算公开文字说明样式：金额均带计量单位",
    how="“预算为”“支出决算为”等之后、“增加…，增长…%”之间只能是金额；那里的数没有单位就报疑点。“0.00万”少写“元”是一些地方样式自带的写法，全文只提示一次。",
    wrong="1.节能环保支出（类）污染减排（款）减排专项支出（项）：年初预算为0，支出决算为150万元。",
    right="1.节能环保支出（类）污染减排（款）减排专项支出（项）：年初预算为0万元，支出决算为150万元。",
    mend="补上计量单位，全文统一。",
    misses="句式残缺、看不出是金额的数不判断。",
    check=check,
)
