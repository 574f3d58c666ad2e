"""From a root cause to a finding: which rule speaks, how grave it is, and its evidence. Shared by the JS1xx and JS2xx rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from juesuan.causes import MYRIAD, Cause, Judged, Mend, cluster_of
from juesuan.facts import Aspect, Difference, Equal, Fact, Growth, Relation, State, Sum
from juesuan.findings import Evidence, Finding, Role, Severity
from juesuan.rules.base import Rule, View, replace_fix
from juesuan.taxonomy.words import STAGES

_CODES = {
    "growth": "JS102",
    "difference": "JS103",
    "within": "JS103",
    "share": "JS104",
    "completion": "JS105",
    "shares": "JS106",
    "order": "JS107",
    "together": "JS111",
}
_SOURCES = {
    "form_funds": "JS613",
    "form_rate": "JS602",
    "form_weights": "JS603",
    "form_scores": "JS604",
    "form_grades": "JS616",
    "years_last": "JS208",
    "years_carried": "JS209",
}
"""What performance forms assert, and reports of several years, has rules of its own."""
_ASPECTS = {
    Aspect.LEVEL: "",
    Aspect.CHANGE: "的增减额",
    Aspect.GROWTH: "的增减率",
    Aspect.SHARE: "的占比",
    Aspect.COMPLETION: "的预算完成率",
}
_ROUNDED = "属四舍五入，不必改动。"
MAX_OTHERS = 6
MAX_HINTS = 3


def code_of(cause: Cause) -> str:
    """The rule a cause belongs to, by what would mend it and by its most telling relation."""
    relation = cause.first.relation
    if relation.source in _SOURCES:
        return _SOURCES[relation.source]
    if cause.mend is Mend.MYRIAD or is_myriad(cause.first):
        return "JS203"
    if cause.mend is Mend.MOVE:
        return "JS110"
    if isinstance(relation, Sum):
        return _code_of_sum(relation)
    if isinstance(relation, Equal):
        return _code_of_equal(relation)
    if isinstance(relation, (Growth, Difference)) and opposite(cause.first):
        return "JS107"
    return _CODES.get(relation.kind, "JS101")


def _code_of_sum(relation: Sum) -> str:
    if not relation.closed:
        return "JS109"
    if relation.source.startswith("tables"):
        return "JS205"
    return "JS110" if relation.source == "class_items" else "JS101"


def _code_of_equal(relation: Equal) -> str:
    if relation.source.startswith("text_table"):
        return "JS204"
    if relation.source.startswith(("table", "classified")):
        return "JS205"
    return "JS202" if relation.source == "repeated" else "JS201"


def is_myriad(judged: Judged) -> bool:
    """Whether shown and computed differ by 10⁴: 元 for 万元."""
    computed, shown = judged.verdict.computed, judged.relation.subject.value
    if not isinstance(judged.relation, (Equal, Sum)) or not computed or not shown:
        return False
    return computed / shown in {MYRIAD, 1 / MYRIAD}


def opposite(judged: Judged) -> bool:
    """Whether only the direction is wrong: the figure computed is the one shown, with the other sign."""
    computed, subject = judged.verdict.computed, judged.relation.subject
    if computed is None or not subject.sign:
        return False
    slack = max(subject.quantity.written_ulp, abs(computed) / 20)
    return computed * subject.value < 0 and abs(computed + subject.value) <= slack


def severity_of(cause: Cause) -> Severity:
    """An error is certain; a rate within one unit of its last digit is a hint; what rests on an open list is a warning."""
    if all(j.verdict.near and j.relation.kind in {"growth", "share", "completion", "shares"} for j in cause.broken):
        return Severity.HINT
    if all(_last_digit(j) for j in cause.broken):
        return Severity.HINT
    if not any(j.relation.sure for j in cause.broken):
        return Severity.WARNING
    return Severity.ERROR


def _last_digit(judged: Judged) -> bool:
    """Two places or a total off by one unit of the last digit beyond rounding."""
    return judged.verdict.near and isinstance(judged.relation, (Equal, Difference, Sum))


def name_of(fact: Fact) -> str:
    """How a message calls a figure: its words as written, and what of it the figure is."""
    return f"{called(fact)}{_ASPECTS[fact.aspect]}"


def called(fact: Fact) -> str:
    """A figure's words in quotation marks, with single ones for those inside: “‘三公’经费”."""
    label = fact.label
    if fact.aspect is Aspect.COMPLETION:
        # A completion rate is that of the matter, not of its budget.
        label = next((label.removesuffix(w) for w, _ in STAGES if label.endswith(w) and label != w), label)
    outer = label.startswith("“") and label.find("”") == len(label) - 1
    if outer or label.count("“") != label.count("”"):
        label = label.strip("“”")
    return f"“{label.replace('“', '‘').replace('”', '’') or '该数'}”"


def value_of(cause: Cause) -> str:
    """What the blamed figure should read, with its thousands parted where it has them parted itself."""
    blamed, value = cause.facts[0], cause.value or ""
    bare = value.removesuffix(blamed.quantity.measure.symbol)
    return _parted(bare, str(blamed.quantity)) + value[len(bare) :]


def measured(expected: str | None, like: Fact) -> str:
    """A figure that would be right, with its measure."""
    symbol = like.quantity.measure.symbol
    return f"{(expected or '').removesuffix(symbol)}{symbol}"


def key_of(fact: Fact) -> str:
    """Concept and scope without numbers, for the fingerprint."""
    s = fact.scope
    subject = fact.concept if not fact.concept.startswith("named:") else f"named:{fact.label}"
    parts = (
        subject,
        s.fund,
        s.account,
        s.economic,
        s.project,
        s.year,
        s.stage.value if s.stage else None,
        fact.aspect.value,
    )
    return "|".join("" if p is None else str(p) for p in parts)


def for_rule(view: View, rule: Rule) -> Iterator[Cause]:
    """The causes a rule speaks of."""
    return (c for c in view.causes if code_of(c) == rule.code)


def evidence_of(view: View, cause: Cause) -> tuple[Evidence, ...]:
    """The subject first, then operands, then what fails only because the subject does."""
    subject = cause.facts[0]
    seen = {cluster_of(f) for f in cause.facts} | {subject.place}
    found = [view.evidence(subject.place)]
    found += view.fact_evidence(cause.facts[1:], Role.OTHER)
    for number, judged in enumerate(cause.broken):
        for fact in judged.relation.facts:
            if fact.id < 0 or cluster_of(fact) in seen or fact.place in seen:
                continue
            seen.add(fact.place)
            is_follower = number > 0 and fact.id == judged.relation.subject.id
            found.append(view.evidence(fact.place, Role.FOLLOWER if is_follower else Role.OPERAND))
    return tuple(found)


def report(view: View, rule: Rule, cause: Cause, message: str) -> Finding:
    """A finding for a cause, with everything but the message worked out."""
    subject = cause.facts[0]
    first = cause.first
    quote = view.quote(subject.place)
    expected = cause.value if cause.mend in {Mend.VALUE, Mend.MYRIAD} else first.verdict.expected
    if cause.mend is Mend.NONE and (first.relation.subject.id != subject.id or isinstance(first.relation, Equal)):
        # Two figures that should be one, and no third that decides: neither is the right one.
        expected = None
    if expected and subject.place.row is not None:
        expected = _as_cell(expected, subject, quote)
    # The interval belongs to the figure that was computed; another one that is blamed has none.
    own = first.relation.subject.id == subject.id
    low, high = (first.verdict.low, first.verdict.high) if own else (None, None)
    blame = cause.mend is not Mend.NONE or first.relation.kind in {"growth", "share", "completion"}
    return rule.finding(
        message,
        evidence_of(view, cause),
        severity=severity_of(cause),
        expected=expected,
        actual=quote,
        range_=(low, high) if low and high else None,
        formula="；".join(_formulas(cause)[:MAX_OTHERS]),
        fix=replace_fix(quote, expected) if blame and not cause.target else None,
        key=key_of(subject),
    )


def _formulas(cause: Cause) -> list[str]:
    """The arithmetic of a cause, each statement once: that two figures differ is said in one direction."""
    said: dict[frozenset[str], str] = {}
    for judged in cause.broken:
        said.setdefault(frozenset(judged.verdict.formula.split(" ≠ ")), judged.verdict.formula)
    return list(said.values())


def _as_cell(expected: str, subject: Fact, quote: str) -> str:
    """A figure as the cells around it are printed: without measure, thousands parted where the quote parts them."""
    return _parted(expected.removesuffix(subject.quantity.measure.symbol), quote)


def _parted(bare: str, like: str) -> str:
    whole, point, rest = bare.partition(".")
    return f"{int(whole):,}{point}{rest}" if "," in like and whole.lstrip("-").isdecimal() else bare


def equal_hints(view: View, rule: Rule, source: str, words: str) -> Iterator[Finding]:
    """One hint for all pairs that differ in the last digit only, though both are shown to it."""
    pairs: list[tuple[Fact, Fact]] = []
    for judged in view.judged:
        relation = judged.relation
        if judged.verdict.state is State.ROUNDING and isinstance(relation, Equal) and relation.source == source:
            left, right = relation.subject, relation.other
            if left.quantity.ulp == right.quantity.ulp and left.value != right.value:
                pairs.append((left, right))
    if not pairs:
        return
    # An item says its figure twice in one sentence: that is one difference.
    differences = list(dict.fromkeys(f"{name_of(a)} {a.shown}，{name_of(b)} {b.shown}" for a, b in pairs))
    shown = "；".join(differences[:MAX_HINTS])
    count = f"有 {len(differences)} 处" if len(differences) > 1 else "有一处"
    first = pairs[0][0]
    yield rule.finding(
        f"{words}{count}只差末位一个单位：{shown}{'；等' if len(differences) > MAX_HINTS else ''}。",
        (
            view.evidence(first.place),
            *view.fact_evidence([f for pair in pairs for f in pair if f is not first], Role.OTHER),
        ),
        severity=Severity.HINT,
        actual=view.quote(first.place),
        fix="只差末位：按元核对后，写成同一个数。",
        key=f"last-digit|{source}",
    )


def by_amounts(cause: Cause) -> str:
    """“按金额计算”, with the amount that another finding corrects, where there is one."""
    corrected = "、".join(dict.fromkeys(f.shown for f in cause.assumed))
    return f"按更正后的 {corrected} 计算" if corrected else "按金额计算"


def others_disagree(cause: Cause) -> str:
    """A sentence that counts the followers of a cause; nothing when there are none."""
    more = len(cause.broken) - 1
    return f"另有 {more} 处核算关系因同一个数而不成立。" if more else ""


def list_hints(view: View, rule: Rule) -> Iterator[Finding]:
    """One hint for each list whose parts add up only within rounding; the same list printed twice is one list."""
    seen: set[tuple[object, ...]] = set()
    yield from _table_hints(view, rule)
    for judged in view.judged:
        relation = judged.relation
        if judged.verdict.state is not State.ROUNDING or not isinstance(relation, Sum) or _in_table(view, relation):
            continue
        key = (*cluster_of(relation.subject)[:3], relation.subject.value, judged.verdict.computed)
        if key in seen:
            continue
        seen.add(key)
        gap = (
            abs((judged.verdict.computed or Decimal(0)) - relation.subject.value)
            / relation.subject.quantity.measure.factor
        )
        yield rule.finding(
            f"{name_of(relation.subject)}的分项之和与合计相差 {format(gap.normalize(), 'f')}，在四舍五入范围内。{judged.verdict.formula}。",
            (view.evidence(relation.subject.place), *view.fact_evidence(relation.parts, Role.OPERAND)),
            severity=Severity.HINT,
            expected=judged.verdict.expected,
            actual=view.quote(relation.subject.place),
            formula=judged.verdict.formula,
            fix=_ROUNDED,
            key=key_of(relation.subject),
        )


def _in_table(view: View, relation: Relation) -> bool:
    return view.understanding.tables.at(relation.subject.place) is not None


def _table_hints(view: View, rule: Rule) -> Iterator[Finding]:
    """One hint for each table, with the number of its sums that are off by rounding; one for sums over two tables."""
    by_tables: dict[tuple[str, ...], list[Judged]] = {}
    for judged in view.judged:
        if judged.verdict.state is State.ROUNDING and isinstance(judged.relation, Sum):
            titles = _titles(view, judged.relation)
            if titles:
                by_tables.setdefault(titles, []).append(judged)
    for (title, *others), found in by_tables.items():
        first = found[0].relation.subject
        count = f"有 {len(found)} 处" if len(found) > 1 else "有一处"
        shown = "；".join(dict.fromkeys(j.verdict.formula for j in found[:MAX_HINTS]))
        more = f"；等 {len(found)} 处" if len(found) > MAX_HINTS else ""
        subjects = [j.relation.subject for j in found[1:]]
        parts = f"与《{'》《'.join(others)}》中分项之和" if others else "与分项之和"
        yield rule.finding(
            f"《{title}》{count}合计{parts}的差在四舍五入范围内，不是错误。{shown}{more}。",
            (
                view.evidence(first.place),
                *view.fact_evidence(subjects, Role.OTHER),
                *view.fact_evidence(found[0].relation.operands, Role.OPERAND),
            ),
            severity=Severity.HINT,
            expected=found[0].verdict.expected,
            actual=view.quote(first.place),
            formula=shown,
            fix=_ROUNDED,
            key=f"table|{'|'.join((title, *others))}",
        )


def _titles(view: View, relation: Sum) -> tuple[str, ...]:
    """The table the total stands in, then the others its parts stand in; nothing for a total in the text."""
    tables = view.understanding.tables
    own = tables.at(relation.subject.place)
    if own is None:
        return ()
    others = (t for f in relation.parts if (t := tables.at(f.place)) is not None and t is not own)
    return (own.title, *dict.fromkeys(t.title for t in others))


def places(facts: Sequence[Fact]) -> str:
    """The distinct figures of some facts, as written."""
    return "、".join(dict.fromkeys(str(f.quantity) for f in facts[:MAX_OTHERS]))
