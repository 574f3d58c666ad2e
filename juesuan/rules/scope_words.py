"""JS409: a section speaks of the appropriation where the whole income and expenditure is meant, or repeats another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.facts import Aspect
from juesuan.findings import Finding, Role, Severity
from juesuan.rules import _example
from juesuan.rules._layout import heading_of, named
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.taxonomy.profiles import Profile, profile_of
from juesuan.understand.outline import Section
from juesuan.understand.passages import Passage

_LONG = 40
_BLANK = re.compile(r"XX|××|＊＊|\*\*")
"""Places to be filled in: a form repeats itself."""
_TOTALS = frozenset({"balance_total", "income_total", "expenditure_total", "balance"})
_FUNDS = frozenset({"appropriation", "general_budget"})


def check(view: View) -> Iterator[Finding]:
    """The totals of section 一, then paragraphs that stand in two sections word for word."""
    profile = profile_of(view.understanding.identity.profile)
    overall = _heading(view, profile, "overall")
    appropriation = _heading(view, profile, "appropriation")
    if profile is None or overall is None or appropriation is None:
        raise NotApplicableError("文中没有收入支出总体情况和财政拨款总体情况两节")
    yield from _scope(view, profile, overall, appropriation)
    yield from _repeated(view, (overall, appropriation))


def _heading(view: View, profile: Profile | None, name: str) -> Section | None:
    spec = profile.section(name) if profile else None
    return heading_of(view, spec) if spec else None


def _scope(view: View, profile: Profile, overall: Section, appropriation: Section) -> Iterator[Finding]:
    inside = range(overall.first, overall.last)
    totals = [
        f
        for f in view.understanding.facts
        if f.concept in _TOTALS and f.aspect is Aspect.LEVEL and view.understanding.passage_of(f.place) in inside
    ]
    if not totals or any(f.scope.fund not in _FUNDS for f in totals):
        return
    index = view.understanding.passage_of(totals[0].place)
    text = view.understanding.passages[index].text if index is not None else ""
    at = text.find(totals[0].label)
    if index is None or at < 0:
        return
    same = any(
        _same(text, view.understanding.passages[n].text) for n in range(appropriation.first + 1, appropriation.last)
    )
    said = "，整段与“财政拨款收入支出决算总体情况说明”相同" if same else ""
    yield RULE.finding(
        f"{named(overall.title)}应写全部收入和支出，文中写的是{named(totals[0].label)}{said}。",
        (view.evidence(view.text_place(index, at, at + len(totals[0].label))),),
        expected="收、支总计",
        actual=totals[0].label,
        basis=f"收入支出决算总表（全部收支）与财政拨款收入支出决算总表的口径不同；{profile.basis}",
        key="scope",
    )


def _same(a: str, b: str) -> bool:
    return len(a) >= _LONG and a == b


def _repeated(view: View, excepted: tuple[Section, Section]) -> Iterator[Finding]:
    """Long paragraphs that stand twice in the body, in two sections."""
    plan = view.understanding.outline
    seen: dict[str, Passage] = {}
    known = {n for s in excepted for n in range(s.first, s.last)}
    for passage in view.understanding.passages:
        if len(passage.text) < _LONG or plan.part_of(passage.index) != "body" or _BLANK.search(passage.text):
            continue
        if any("绩效" in section.title for section in plan.chain(passage.index)):
            continue
        before = seen.setdefault(passage.text, passage)
        if before is passage or (passage.index in known and before.index in known):
            continue
        here, there = plan.section_of(passage.index), plan.section_of(before.index)
        if here is None or there is None or here is there:
            continue
        yield RULE.finding(
            f"{named(here.title[:30])}中的一段与{named(there.title[:30])}中的一段完全相同，请核对是否粘贴有误。",
            (view.evidence(passage.place(0, _LONG)), view.evidence(before.place(0, _LONG), Role.OTHER)),
            severity=Severity.HINT,
            key=f"repeated|{here.path}",
        )


_OVERALL = "2023年度收、支总计均为152.20万元。与2022年相比，收、支总计各增加30.05万元，增长24.60%。"

RULE = Rule(
    code="JS409",
    name="scope-words",
    title="全部收支写成财政拨款，或整段重复",
    severity=Severity.WARNING,
    checks="“收入支出决算总体情况”一节写的是不是全部收入和支出；正文两节有没有整段相同的文字。",
    why="总体情况一节的口径含其他收入和非财政拨款结转，写成财政拨款，就与收入支出决算总表对不上。",
    basis="收入支出决算总表反映全部收支，财政拨款收入支出决算总表只反映财政拨款",
    how="该节的总计全部带“财政拨款”字样才报；整段重复只作提示。",
    wrong=_example.changed(_OVERALL, _OVERALL.replace("收、支总计", "财政拨款收、支总计")),
    right=_example.REPORT,
    mend="改按收入支出决算总表写明全部收入和支出；单位只有财政拨款的，口径词也应改正。",
    misses="口径词正确而数取错的，由表文核对的规则检查。",
    check=check,
)
