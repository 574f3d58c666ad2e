"""JS407: a section leaves out what its layout has it say, or a change stands without its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.facts import Aspect, Fact
from juesuan.findings import Finding, Severity
from juesuan.quantity import Dimension
from juesuan.rules import _example
from juesuan.rules._extent import is_last
from juesuan.rules._layout import heading_evidence, heading_of, named
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.taxonomy.profiles import Profile, StatementSpec, profile_of
from juesuan.understand.outline import Section

_REASON = re.compile(r"原因|由于|因为|系因|主要是|主要为|导致|所致|受.{1,12}影响|因")
_MANY = 3
_MOST = 0.6
_LOWEST = 1000
"""元: a change below that is hardly worth a reason."""


def check(view: View) -> Iterator[Finding]:
    """Statements of the layout, then changes."""
    profile = profile_of(view.understanding.identity.profile)
    facts = _by_passage(view)
    if profile is None and len(facts) < _MANY:
        raise NotApplicableError("材料只有个别段落，体例也没有认出")
    if profile is not None:
        for spec in profile.statements:
            yield from _statement(view, profile, spec, facts)
    yield from _reasons(view, facts)


def _by_passage(view: View) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = {}
    for fact in view.understanding.facts:
        index = view.understanding.passage_of(fact.place)
        if index is not None:
            found.setdefault(index, []).append(fact)
    return found


def _statement(view: View, profile: Profile, spec: StatementSpec, facts: dict[int, list[Fact]]) -> Iterator[Finding]:
    section = _section(view, profile, spec)
    if section is None or section.last - section.first < 2 or _nothing(view, section):
        return
    if spec.unless_zero and _is_zero(view, spec.unless_zero):
        return
    inside = range(section.first + 1, section.last)
    if spec.concept and any(
        f.concept == spec.concept and f.aspect is Aspect.LEVEL for n in inside for f in facts.get(n, ())
    ):
        return
    if spec.words and any(w in view.understanding.passages[n].text for n in inside for w in spec.words):
        return
    yield RULE.finding(
        f"{named(section.title)}没有写{spec.name}，应{spec.say}。",
        (heading_evidence(view, section),),
        severity=spec.severity if profile.verified else Severity.HINT,
        expected=spec.say,
        basis=profile.basis,
        key=f"{spec.section}|{spec.name}",
    )


def _section(view: View, profile: Profile, spec: StatementSpec) -> Section | None:
    for name in (spec.section, spec.fallback):
        wanted = profile.section(name) if name else None
        found = heading_of(view, wanted) if wanted else None
        if found is not None:
            return found
    return None


def _nothing(view: View, section: Section) -> bool:
    """The section says that there is nothing: then nothing more is to be said."""
    text = "".join(p.text for p in view.understanding.passages[section.first + 1 : section.last])
    return bool(
        re.fullmatch(r"无。?|不涉及。?", text)
        or re.search(r"(?:未发生|没有|无|未安排)[^。；]{0,12}(?:支出|采购|经费|“三公”)", text)
    )


def _is_zero(view: View, concept: str) -> bool:
    levels = [
        f for f in view.understanding.facts if f.concept == concept and f.aspect is Aspect.LEVEL and not f.scope.project
    ]
    return not levels or all(not f.value for f in levels)


def _reasons(view: View, facts: dict[int, list[Fact]]) -> Iterator[Finding]:
    """Changes without a reason, in a document that gives one for most."""
    plan = view.understanding.outline
    changes = {
        n: [f for f in known if f.aspect is Aspect.CHANGE and f.sign and _counts(f)]
        for n, known in facts.items()
        if plan.part_of(n) == "body"
    }
    changes = {n: found for n, found in changes.items() if found}
    silent = [n for n in changes if not _gives_reason(view, n)]
    given = len(changes) - len(silent)
    if given < _MANY or given < _MOST * len(changes):
        return
    for n in sorted(n for n in silent if not is_last(view, n)):
        fact = changes[n][0]
        yield RULE.finding(
            f"{named(fact.label)}{'增加' if fact.sign > 0 else '减少'} {fact.quantity}，没有说明原因，"
            "而文中其他增减都写了原因。",
            (view.evidence(fact.place),),
            actual=view.quote(fact.place),
            expected="主要原因是……",
            key=f"reason|{fact.concept}|{fact.scope.account}|{fact.scope.fund}",
        )


def _counts(fact: Fact) -> bool:
    """An amount of the report's own comparison, not one inside a reason, and not next to nothing."""
    compared = fact.scope.nature is None or fact.scope.nature.startswith("vs ")
    return compared and fact.quantity.measure.dimension is Dimension.MONEY and abs(fact.value) >= _LOWEST


def _gives_reason(view: View, index: int) -> bool:
    """In the same paragraph, or in what follows in its section: the reason of a total may stand with its parts."""
    passages, plan = view.understanding.passages, view.understanding.outline
    section = next((s for s in reversed(plan.chain(index)) if not s.is_item), None)
    end = section.last if section else min(index + 3, len(passages))
    return any(_REASON.search(passages[n].text) for n in range(index, end))


RULE = Rule(
    code="JS407",
    name="missing-statement",
    title="应当说明的内容没有写",
    severity=Severity.WARNING,
    checks="体例规定各节必须写明的数和事项有没有写，与上年相比的增减有没有说明原因。",
    why="“三公”经费合计、授予中小企业合同金额、增减原因是规定必须说明的，只列数不说明不算公开到位。",
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）：决算公开应当说明增减变化原因；所用决算公开体例",
    how="体例规定的数按事项查找，规定的用语按词查找；政府采购为0等情形不要求。"
    "增减原因只在文中多数增减都写了原因时，报没有写的几处；不足1000元的增减不要求。",
    wrong=_example.changed("授予中小企业合同金额0.60万元，占政府采购支出总额的100%。", ""),
    right=_example.REPORT,
    mend="补写这项内容；没有的，写明没有。",
    misses="写了原因而原因空洞的（“据实支出”）不在此检查。",
    check=check,
)
