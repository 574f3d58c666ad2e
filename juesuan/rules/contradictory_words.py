"""JS506: words of change that contradict each other, or the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.facts import Aspect, Fact
from juesuan.findings import Finding, Role, Severity
from juesuan.rules._accounts import accounts
from juesuan.rules._item_names import key, names_of, reason_of
from juesuan.rules._text import find
from juesuan.rules.base import Rule, View
from juesuan.taxonomy import words

_UP, _DOWN = ("|".join(w for w in group if len(w) > 1) for group in (words.UP, words.DOWN))
_AMOUNT = r"-?[\d,]+(?:\.\d+)?(?:万元|亿元|元|万)"
_FLAT = "持平|无变化|没有变化|无增减"
_BOTH = re.compile(
    rf"(?:减(?:增加|增长)|增(?:减少|下降)|(?:{_UP})(?:{_DOWN})|(?:{_DOWN})(?:{_UP}))(?=为?[\d，。；])"
    rf"|(?:{_UP}|{_DOWN})(?:持平|无变化|无增减)"
)
_CHANGED_AND_FLAT = re.compile(
    rf"(?P<clause>[^，。；：]*?)(?:(?:{_UP}|{_DOWN})[为至到]{_AMOUNT}|(?:{_UP}|{_DOWN})(?P<by>{_AMOUNT}))，"
    rf"(?:[与较比同和]|较之)(?P<base>[^，。；]{{0,12}}?)(?:相比)?(?<!基本)(?:{_FLAT})"
)
_REASON = re.compile(rf"(?P<clause>[^，。；：]*?)(?P<word>{_UP}|{_DOWN})的?(?:主要)?(?:变动)?原因")
_BUDGET = re.compile("预算")


def check(view: View) -> Iterator[Finding]:
    """Two directions in one word, a change beside 持平, a reason for a rise where the figures fall."""
    for hit in find(view, _BOTH):
        yield RULE.finding(
            f"“{hit.text}”自相矛盾，两个用词只能有一个。",
            (view.evidence(hit.place),),
            severity=Severity.WARNING,
            actual=hit.text,
            key="both",
        )
    for hit in find(view, _CHANGED_AND_FLAT):
        other_base = bool(_BUDGET.search(hit.match["clause"])) != bool(_BUDGET.search(hit.match["base"]))
        if other_base or _is_zero(hit.match["by"]):
            continue
        start = hit.match.end("clause")
        words_ = hit.text[start - hit.match.start() :]
        yield RULE.finding(
            f"“{words_}”自相矛盾：有增减就不是持平。",
            (view.evidence(view.text_place(hit.passage, start, hit.match.end())),),
            severity=Severity.WARNING,
            actual=words_,
            key="flat",
        )
    for slip in view.understanding.slips:
        if slip.kind == "opposite_words":
            yield RULE.finding(
                f"增减额写的方向与增减率的“{slip.text}”相反，两个用词只能有一个方向。",
                (view.evidence(slip.place),),
                actual=slip.text,
                key="opposite",
            )
    yield from _reasons(view)
    yield from _own_reasons(view)


def _is_zero(amount: str | None) -> bool:
    return amount is not None and not re.search("[1-9]", amount)


def _sentence_of(text: str, start: int) -> int:
    """Where the sentence of a reason begins; a reason that opens a sentence speaks of the sentence before."""
    begin = text.rfind("。", 0, start) + 1
    return text.rfind("。", 0, begin - 1) + 1 if begin and begin == start else begin


def _reasons(view: View) -> Iterator[Finding]:
    """A reason for a rise (增加的主要原因) after figures that all fall, or the reverse."""
    changes: dict[int, list[Fact]] = {}
    for fact in view.understanding.facts:
        if fact.aspect in {Aspect.CHANGE, Aspect.GROWTH} and fact.sign and not fact.quantity.is_zero:
            index = view.understanding.passage_of(fact.place)
            if index is not None:
                changes.setdefault(index, []).append(fact)
    for hit in find(view, _REASON):
        start = hit.match.start("word")
        place = view.text_place(hit.passage, start, hit.match.end())
        passage = view.understanding.passages[hit.passage]
        first = passage.point(_sentence_of(passage.text, start))
        before = [f for f in changes.get(hit.passage, []) if first <= f.place.start < place.start]
        sign = 1 if hit.match["word"] in words.UP else -1
        if not before or _BUDGET.search(hit.match["clause"]) or any(f.sign == sign for f in before):
            continue
        yield RULE.finding(
            f"前面的金额都是{'减少' if sign > 0 else '增加'}的，却写“{hit.text[start - hit.match.start() :]}”。",
            (view.evidence(place), *view.fact_evidence(before[-2:], Role.OPERAND)),
            severity=Severity.WARNING,
            actual=hit.match["word"],
            key="reason",
        )


def _own_reasons(view: View) -> Iterator[Finding]:
    """An item that falls because it rises: the reason names the item itself, in the other direction."""
    for named in accounts(view).named:
        names, reason = names_of(named.path), reason_of(view, named)
        if names is None or reason is None or key(reason.what) not in names.own:
            continue
        place = named.place_of(view, named.resolution.item)
        changes = [
            f
            for f in view.understanding.facts
            if f.aspect in {Aspect.CHANGE, Aspect.GROWTH}
            and f.sign
            and not f.quantity.is_zero
            and place.start < f.place.start < reason.place.start
        ]
        if not changes or any(f.sign == reason.sign for f in changes):
            continue
        said, word = ("增加", "减少") if reason.sign < 0 else ("减少", "增加")
        holder = f"{named.path.group}的" if names.generic and named.path.group else ""
        yield RULE.finding(
            f"“{holder}{named.path.item}（项）”{said} {changes[-1].quantity}，原因却写成“{reason.what}{reason.word}”。",
            (view.evidence(reason.said_at), *view.fact_evidence(changes, Role.OPERAND)),
            severity=Severity.ERROR,
            expected=said,
            actual=reason.word,
            fix=f"把“{word}”改为“{said}”，并写明真正的原因。",
            key=f"own reason|{'/'.join(p or '' for p in named.path)}",
        )


RULE = Rule(
    code="JS506",
    name="contradictory-words",
    title="增减用词自相矛盾",
    severity=Severity.ERROR,
    checks="增加、减少、持平等用词有没有同时写上，增减原因的方向与前面的金额是否相反。",
    why="样式里“增加（减少）”“持平”是多选一，删改不净就会同时留下两个。",
    basis="部门预决算公开文字说明样式：有增减写增减，没有增减写持平",
    how="“减增加”“增加持平”“减少为0.00万元，与上年持平”一类报疑点；一段里的增减额都朝一个方向，而原因句写相反方向的，报疑点；项级科目的增减与“原因：（本项）经费增加”方向相反的，报错误。与预算比和与上年比是两回事，不放在一起判断。",
    wrong="2023年公务接待费支出决算减少为0.00万元，与2022年持平。",
    right="2023年公务接待费支出决算为0.00万元，与2022年持平。",
    mend="按金额只留一个用词。",
    misses="一段里有增有减时，原因句的方向不判断。",
    check=check,
)
