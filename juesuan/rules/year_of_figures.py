"""JS512: this year's figures under another year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.facts import Aspect, Fact, Stage
from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place
from juesuan.rules._text import in_glossary, is_heading
from juesuan.rules.base import NotApplicableError, Rule, View, replace_fix
from juesuan.rules.wrong_year import titled
from juesuan.taxonomy.tokens import Token, YearValue
from juesuan.understand.context import UNNAMED


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure of a sentence that begins with a year: the year's token, and where both stand."""

    passage: int
    year: Token
    fact: Fact

    @property
    def of(self) -> int | None:
        return self.year.value.year if isinstance(self.year.value, YearValue) else None


def check(view: View) -> Iterator[Finding]:
    """Sentences that begin with another year and state what belongs to the report's."""
    identity = view.understanding.identity
    if identity.kind == "budget" or identity.year is None or not titled(view, identity.year):
        reason = "不是写明年度的决算报告"
        raise NotApplicableError(reason)
    stated = list(_stated(view))
    told: set[tuple[int, int]] = set()
    for one in stated:
        if one.of is None or one.of == identity.year or (one.passage, one.year.start) in told:
            continue
        same = _same(view, one.fact, identity.year)
        if one.of > identity.year or _alone(view, one, stated, same, identity.year):
            told.add((one.passage, one.year.start))
            yield _finding(view, one, same, identity.year)


def _stated(view: View) -> Iterator[_Stated]:
    """Final amounts of known concepts, each with the year its sentence begins with."""
    facts = {f.place: f for f in view.understanding.facts if f.place.row is None}
    for passage, tokens in zip(view.understanding.passages, view.understanding.tokens, strict=True):
        index = passage.index
        if view.understanding.outline.part_of(index) != "body" or in_glossary(view, index) or is_heading(view, index):
            continue
        year: Token | None = None
        first = True
        for token in tokens:
            if token.kind == "Y" and first and isinstance(token.value, YearValue) and not token.value.relative:
                year = token
            first = token.kind == "."
            if token.kind in ".BY" and token is not year:
                year = None
            fact = facts.get(view.text_place(index, token.start, token.end)) if year and token.kind == "A" else None
            if fact is not None and year is not None and _is_outturn(fact):
                yield _Stated(index, year, fact)


def _is_outturn(fact: Fact) -> bool:
    known = not fact.concept.startswith(("named:", "count:")) and fact.concept != UNNAMED
    s = fact.scope
    return known and (fact.aspect, s.stage, s.nature, s.project) == (Aspect.LEVEL, Stage.FINAL, None, None)


def _same(view: View, fact: Fact, year: int) -> Fact | None:
    """The report's own figure of the same matter with the same value, wherever it stands."""
    s = fact.scope
    return next(
        (
            f
            for f in view.understanding.facts
            if (f.concept, f.value, f.scope.year, f.scope.stage) == (fact.concept, fact.value, year, Stage.FINAL)
            and (f.scope.account, f.scope.economic, f.scope.nature) == (s.account, s.economic, None)
            and (s.fund is None or f.scope.fund == s.fund)
            and f.aspect is Aspect.LEVEL
            and f.value
        ),
        None,
    )


def _alone(view: View, one: _Stated, stated: list[_Stated], same: Fact | None, year: int) -> bool:
    """Whether nothing beside an earlier year's figure is of this year: then it is no comparison.

    It must be this year's own figure, or its whole section must not name this year.
    """
    own = _section(view, one.passage)
    text = view.understanding.passages[one.passage].text
    if not one.fact.value and re.search(rf"(?:本|我)\w{{0,4}}{year}年度?(?:没有|无|未)", text):
        return True  # nothing was spent in the report's year, the same sentence says
    for other in stated:
        if _section(view, other.passage) == own and other.fact.concept == one.fact.concept and other.of == year:
            return False
    return same is not None or (own >= 0 and not _names_year(view, own, year))


def _names_year(view: View, section: int, year: int) -> bool:
    """Whether this year is named anywhere under a heading, as 2023年 or as 本年."""
    for passage, tokens in zip(view.understanding.passages, view.understanding.tokens, strict=True):
        if _section(view, passage.index) != section or passage.index == section:
            continue
        for token in tokens:
            value = token.value
            if isinstance(value, YearValue) and (year + value.year if value.relative else value.year) == year:
                return True
    return False


def _section(view: View, passage: int) -> int:
    """The passage of the heading a passage stands under, which is no item of a list."""
    chain = view.understanding.outline.chain(passage)
    return next((s.passage for s in reversed(chain) if not s.is_item), -1)


def _finding(view: View, one: _Stated, same: Fact | None, year: int) -> Finding:
    text = view.understanding.passages[one.passage].text
    at = text.find(str(one.of), one.year.start, one.year.end)
    place: Place = view.text_place(one.passage, max(at, one.year.start), max(at, one.year.start) + 4)
    words = f"{one.fact.label.strip('“”')}{one.fact.quantity}"
    if same is not None:
        why = f"而{year}年的这个数正是 {same.quantity}"
    elif one.of is not None and one.of > year:
        why = f"而本报告是{year}年度的决算"
    else:
        why = f"而这一节没有{year}年的数"
    quote = view.quote(place)
    return RULE.finding(
        f"“{words}”写成了{one.of}年的，{why}。",
        (
            view.evidence(place),
            *view.fact_evidence(
                [one.fact, *([same] if same is not None and same.id != one.fact.id else [])], Role.OPERAND
            ),
        ),
        expected=str(year),
        actual=quote,
        fix=replace_fix(quote, str(year)),
        key=f"{one.fact.concept}|{one.fact.scope.fund or ''}",
    )


_HEAD = "某局2023年度部门决算\n第二部分2023年度部门决算情况说明\n二、收入决算情况说明\n"

RULE = Rule(
    code="JS512",
    name="year-of-figures",
    title="本年的数写成了别的年度",
    severity=Severity.WARNING,
    checks="句首写明年度的决算数，是不是本报告年度的；写成以后年度的，写成上年而数是本年的，或整节只有上年的数。",
    why="句子从上年的报告改来，数字改了而年度没有改；或反过来，整节还是上年的内容。",
    basis="部门决算公开样式：各节说明本年度决算情况，与上年比较时另写明上年",
    how="只看以年度开头的句子里概念明确的决算数。以后年度的决算数不可能已经知道；上年的数，同一节里另有本年的同一事项的，是对照，不报。",
    wrong=_HEAD + "2022年本年收入合计152.20万元，其中：财政拨款收入152.20万元，占100.00%。",
    right=_HEAD + "2023年本年收入合计152.20万元，其中：财政拨款收入152.20万元，占100.00%。",
    mend="核对数是哪一年的：数对，改正年度；数是上年的，换成本年的。",
    misses="不在句首的年度、概念不明的数不看。",
    check=check,
)
