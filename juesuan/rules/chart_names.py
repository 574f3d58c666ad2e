"""JS803: a chart keeps the program's default names, or a year that is not the report's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.findings import Evidence, Finding, Role, Severity
from juesuan.rules._charts import called, charts_of, label_evidence, series_evidence, title_evidence
from juesuan.rules.base import Rule, View
from juesuan.understand.charts import ChartReading

_DEFAULT = re.compile(
    r"销售额|图表标题|坐标轴标题|(?:系列|类别) ?\d+|第[一二三四]季度|(?:Series|Category) ?\d+|Chart Title|Sales",
    re.IGNORECASE,
)
"""Names of the sample data a word processor puts into every new chart."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
_ONLY_YEAR = re.compile(r"(20\d\d)年度?(?:决算数?)?")
_TWO = 2


def check(view: View) -> Iterator[Finding]:
    """Default names, then years of earlier reports; one finding of each kind a chart."""
    for reading in charts_of(view):
        names = _names(view, reading)
        default = [e for e in names if _DEFAULT.fullmatch(e.quote.strip())]
        if default:
            words = "”“".join(dict.fromkeys(e.quote.strip() for e in default))
            yield RULE.finding(
                f"{called(reading)}留有制图软件的默认名称“{words}”，应换成本图的名称。",
                tuple(default[:1]),
                actual=default[0].quote,
                key=f"{reading.title}|default",
            )
        yield from _stale(view, reading, names)
        yield from _not_side_by_side(view, reading)


def _names(view: View, reading: ChartReading) -> list[Evidence]:
    chart = reading.chart
    found = [title_evidence(view, reading)] if chart.title else []
    found += [series_evidence(view, reading, n) for n, series in enumerate(chart.series) if series.name]
    return found + [label_evidence(view, reading, n) for n in range(len(chart.categories))]


def _stale(view: View, reading: ChartReading, names: list[Evidence]) -> Iterator[Finding]:
    """A year before the report's, in a chart that names the report's year nowhere."""
    year = view.understanding.identity.year
    named = {int(y) for e in names for y in _YEAR.findall(e.quote)}
    if year is None or not named or year in named or max(named) > year:
        return
    subject = next(e for e in names if _YEAR.search(e.quote))
    yield RULE.finding(
        f"{called(reading)}中的名称“{subject.quote.strip()}”写着{max(named)}年，而本报告是{year}年度的。",
        (subject,),
        expected=f"{year}年",
        actual=subject.quote,
        key=f"{reading.title}|year",
    )


def _not_side_by_side(view: View, reading: ChartReading) -> Iterator[Finding]:
    """Two labels that are years: the report's and the one before. Two of one year, a later one, or a gap is a slip."""
    year, labels = view.understanding.identity.year, reading.chart.categories
    years = [int(m[1]) for label in labels if (m := _ONLY_YEAR.fullmatch(label.strip()))]
    if year is None or len(years) != len(labels) or len(years) != _TWO or set(years) == {year - 1, year}:
        return
    wrong = next((n for n, y in enumerate(years) if y not in {year - 1, year}), None)
    if wrong is None:  # one year twice: the first is the year before
        wrong = 0 if years[0] == year else 1
    elif year not in years and years[1 - wrong] != year - 1:
        return  # a chart of other years
    right = year - 1 if years[1 - wrong] == year else year
    evidence = label_evidence(view, reading, wrong)
    yield RULE.finding(
        f"{called(reading)}的类别标签是“{labels[0].strip()}”和“{labels[1].strip()}”，应为{year - 1}年和{year}年。",
        (evidence, label_evidence(view, reading, 1 - wrong, Role.OTHER)),
        expected=f"{right}年",
        actual=evidence.quote,
        key=f"{reading.title}|years",
    )


RULE = Rule(
    code="JS803",
    name="chart-names",
    title="图表留有默认名称或旧年份",
    severity=Severity.WARNING,
    checks="图题、系列名称和类别标签是不是制图软件的默认字样（销售额、系列1、类别1），有没有留着以前年度的年份。",
    why="默认字样和旧年份说明图是套用来的，数据也可能没有更新。",
    basis="公开内容应当准确、规范；图表名称属于公开内容",
    how="名称整个等于软件示例数据的字样即报；图中写有早于本报告的年份、而全图没有本年度年份的，报旧年份。两个类别都是年度的，应是上年和本年，其中一个写错的也报。",
    wrong="2023年度部门决算\n支出决算结构图\n销售额\t\n\n基本支出\t项目支出\t125.29\t26.91\t\n",
    right="2023年度部门决算\n支出决算结构图\n2023年支出\t\n\n基本支出\t项目支出\t125.29\t26.91\t\n",
    mend="在图上改写图题、系列名称；不需要系列名称的可删去图例。",
    misses="图片形式的图读不到名称；不在默认字样之列的残留名称不报。",
    check=check,
)
