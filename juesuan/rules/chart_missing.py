"""JS804: a chart of the layout is not there, while others are."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.facts import Aspect, Stage
from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place, Point
from juesuan.rules import _example
from juesuan.rules._charts import charts_of
from juesuan.rules._layout import layout_of, named
from juesuan.rules.base import CouldNotCheckError, NotApplicableError, Rule, View
from juesuan.taxonomy.profiles import ChartSpec

_DATA = "基本支出\t项目支出\t125.29\t26.91\t\n"
_TITLES = (
    "收、支决算总计变动情况图",
    "收入决算结构图",
    "支出决算结构图",
    "财政拨款收、支决算总计变动情况图",
    "一般公共预算财政拨款支出决算变动情况图",
    "一般公共预算财政拨款支出决算结构图",
    "“三公”经费财政拨款支出结构图",
)
_MOST = 2
"""With at most so many missing the report has the layout's charts, and the missing ones were forgotten."""


def check(view: View) -> Iterator[Finding]:
    """One finding for all charts that are missing."""
    profile = layout_of(view)
    if not profile.charts:
        raise NotApplicableError(f"“{profile.title}”没有规定图表")
    charts = charts_of(view)
    present = [spec for spec in profile.charts if any(spec.fits(c.title) for c in charts)]
    if not present:
        raise CouldNotCheckError("文中的图没有可识别的标题")
    missing = [s for s in profile.charts if s not in present and not _is_zero(view, s) and not _captioned(view, s)]
    if not missing:
        return
    few = len(missing) <= _MOST
    words = "、".join(f"图{s.number}{named(s.title)}" for s in missing)
    anchor = charts[0].chart
    yield RULE.finding(
        f"按“{profile.title}”应有 {len(profile.charts)} 张图，文中没有找到{words}。",
        (view.evidence(Place(Point(anchor.id, 0), Point(anchor.id, len(anchor.title))), Role.OTHER),),
        severity=Severity.WARNING if few and profile.verified else Severity.HINT,
        basis=profile.basis,
        key="|".join(s.title for s in missing),
    )


def _captioned(view: View, spec: ChartSpec) -> bool:
    """The chart may stand there as a picture: its caption does."""
    return any(len(p.text) < 40 and spec.fits(p.text) and "图" in p.text for p in view.understanding.passages)


def _is_zero(view: View, spec: ChartSpec) -> bool:
    if spec.unless_zero is None:
        return False
    concept, _, fund = spec.unless_zero.partition("/")
    facts = (f for f in view.understanding.facts if f.concept == concept and f.aspect is Aspect.LEVEL)
    # A budget, or last year's figure, draws nothing in this year's chart.
    now = (
        f
        for f in facts
        if f.scope.stage in {None, Stage.FINAL} and f.scope.year in {None, view.understanding.identity.year}
    )
    found = [f for f in now if not fund or f.scope.fund == fund]
    return bool(found) and all(not f.value for f in found)


RULE = Rule(
    code="JS804",
    name="chart-missing",
    title="缺少体例规定的图",
    severity=Severity.WARNING,
    checks="所用体例规定了图表的，各图是否齐全。",
    why="漏掉一张图，对应一节的说明就不完整，多是删改时误删。",
    basis="所用决算公开体例",
    how="按图题逐一对照；文中一张可读的图也没有（图可能是图片）时不作判断；缺一两张报疑点，缺得多的只作提示。",
    wrong=_example.REPORT + "".join(f"\n{t}\n{_DATA}" for t in _TITLES if "拨款支出决算变动" not in t),
    right=_example.REPORT + "".join(f"\n{t}\n{_DATA}" for t in _TITLES),
    mend="补上缺少的图，或核对图题是否写错。",
    misses="图片形式的图只能凭图题认出。",
    check=check,
)
