"""JS607: one indicator of one project has two values in two forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from juesuan.findings import Evidence, Finding, Role, Severity
from juesuan.rules._forms import MAX_NAMED, example, forms_of, key_of, name_of, shown
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.understand.forms import Entry, Form, Indicator
from juesuan.understand.forms_labels import plain_label

Pair = tuple[Form, Indicator]


def check(view: View) -> Iterator[Finding]:
    """One finding for each project whose forms disagree."""
    groups: dict[tuple[str, str], list[Form]] = defaultdict(list)
    for form in forms_of(view):
        if form.is_project:
            groups[form.identity].append(form)
    if not any(len(forms) > 1 for forms in groups.values()):
        raise NotApplicableError("没有一个项目有两张绩效表")
    for forms in groups.values():
        found = list(_disagreements(forms))
        if found:
            yield _finding(view, found)


def _disagreements(forms: list[Form]) -> Iterator[tuple[Pair, Pair]]:
    seen: dict[tuple[str, str], Pair] = {}
    for form in forms:
        for indicator in form.indicators:
            key = (indicator.level1, plain_label(indicator.name.text).rstrip("，。"))
            other = seen.setdefault(key, (form, indicator))
            if (
                other[0] is not form
                and _one_project(other[0], form)
                and (_differ(other[1].target, indicator.target) or _both_done(other[1], indicator))
            ):
                yield other, (form, indicator)


def _one_project(a: Form, b: Form) -> bool:
    return not a.project_code or not b.project_code or a.project_code == b.project_code


def _both_done(a: Indicator, b: Indicator) -> bool:
    return _differ(a.completion, b.completion)


def _differ(a: Entry | None, b: Entry | None) -> bool:
    """Two figures of one measure with different values."""
    if a is None or b is None or a.quantity is None or b.quantity is None:
        return False
    same = a.quantity.measure.dimension is b.quantity.measure.dimension and a.value.measure_text == b.value.measure_text
    return same and not a.quantity.written_interval.meets(b.quantity.written_interval)


def _finding(view: View, found: list[tuple[Pair, Pair]]) -> Finding:
    (first, one), (second, other) = found[0]
    details = "；".join(_details(a[1], b[1]) for a, b in found[:MAX_NAMED])
    text = f"同一项目的两张绩效表对同一指标写了不同的数：{name_of(first)}与{name_of(second)}，{details}。请统一。"
    entries = [e for a, b in found for x, y in _cells(a[1], b[1]) for e in (x, y)]
    evidence: list[Evidence] = [shown(view, e, Role.SUBJECT if n == 0 else Role.OTHER) for n, e in enumerate(entries)]
    return RULE.finding(
        text, tuple(evidence), actual=entries[0].text, key=key_of(first, one.name.text, other.name.text)
    )


def _cells(a: Indicator, b: Indicator) -> Iterator[tuple[Entry, Entry]]:
    for x, y in ((a.target, b.target), (a.completion, b.completion)):
        if x is not None and y is not None and _differ(x, y):
            yield x, y


def _details(a: Indicator, b: Indicator) -> str:
    words = []
    for name, x, y in (("指标值", a.target, b.target), ("完成值", a.completion, b.completion)):
        if x is not None and y is not None and _differ(x, y):
            words.append(f"{name}一为 {x.quantity}、一为 {_with_measure(y)}")
    return f"“{a.name.text}”的{'，'.join(words)}"


def _with_measure(entry: Entry) -> str:
    quantity = entry.quantity
    if quantity is None:
        return entry.text
    text = str(quantity)
    return text if text.endswith(quantity.measure.symbol) else f"{text}{quantity.measure.symbol}"


_OTHER = (
    "\t项目名称\n\t培训经费\n\n\t一级指标\n\t二级指标\n\t三级指标\n\t预期指标值\n\t实际完成指标值\n"
    "\n\t产出指标\n\t质量指标\n\t考试合格率\n\t98%\n\t100%\n\n项目绩效自评表如下：\n"
)

RULE = Rule(
    code="JS607",
    name="indicator-two-targets",
    title="同一项目同一指标在两张表里的数不同",
    severity=Severity.WARNING,
    checks="同一项目的绩效目标完成情况表与自评表里，名称相同的指标，指标值、完成值是否一致。",
    why="指标值以批复的绩效目标为准，完成值只有一个事实；两张表不一致，至少一张是错的。",
    basis="《项目支出绩效评价管理办法》（财预〔2020〕10号）：自评依据批复的绩效目标",
    how="项目名称去掉年度和编码后相同、一级指标和三级指标名称相同、计量单位可比的，比较数值。",
    wrong=_OTHER + example((("产出指标", "质量指标", "考试合格率", "≥", "95", "%", "95", "90", "90"),)),
    right=_OTHER + example((("产出指标", "质量指标", "考试合格率", "≥", "98", "%", "100", "90", "90"),)),
    mend="以批复的绩效目标和实际完成情况为准，统一两张表。",
    misses="名称写法不同的同一指标不作比较。",
    check=check,
)
