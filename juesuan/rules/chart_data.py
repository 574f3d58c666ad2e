"""JS801: the data of a chart is not the text's."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from juesuan.facts import Aspect
from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import plain
from juesuan.rules._charts import called, charts_of, swapped, value_evidence
from juesuan.rules.base import Rule, View
from juesuan.understand.charts import ChartReading, ChartValue


def check(view: View) -> Iterator[Finding]:
    """One finding a chart."""
    for reading in charts_of(view):
        broken = reading.broken
        if broken and not swapped(reading) and not _named_last_year(view, reading):
            yield _finding(view, reading, broken)


def _finding(view: View, reading: ChartReading, broken: tuple[ChartValue, ...]) -> Finding:
    pairs = "，".join(f"“{v.label}”图中为 {_shown(v)}，文中为 {v.texts[0].quantity}" for v in broken)
    text = f"{called(reading)}的数据与文中不符：{pairs}。{_old(view, reading)}"
    typed = [label for series in reading.chart.series for label in series.labels if label]
    if typed:
        text += f"图上手工填写的标签“{'”“'.join(t.strip() for t in typed)}”不随数据变动，改数据后也要核对。"
    subject, *others = broken
    return RULE.finding(
        text,
        (
            value_evidence(view, reading, subject),
            *(value_evidence(view, reading, v, Role.FOLLOWER) for v in others),
            *view.fact_evidence([v.texts[0] for v in broken], Role.OPERAND),
        ),
        expected=str(subject.texts[0].quantity),
        actual=_shown(subject),
        formula="；".join(f"{_shown(v)} ≠ {v.texts[0].quantity}" for v in broken),
        key=f"{reading.title}|{subject.label}",
    )


def _shown(value: ChartValue) -> str:
    return plain(value.fact.quantity.value) if value.fact else ""


def _old(view: View, reading: ChartReading) -> str:
    """Where the chart's values add up to a figure of the year before, it was not brought up to date."""
    year = view.understanding.identity.year
    total = sum((v.fact.value for v in reading.values if v.fact is not None), Decimal(0))
    if year is None or len(reading.chart.series) > 1 or not total:
        return ""
    for fact in view.understanding.facts:
        if fact.scope.year == year - 1 and fact.aspect is Aspect.LEVEL and fact.value == total:
            return f"图中各数合计恰为文中{year - 1}年的 {fact.quantity}，疑为上年的数据没有更新。"
    if any(str(year - 1) in series.name for series in reading.chart.series):
        return f"数据系列的名称还是{year - 1}年的，疑为上年的数据没有更新。"
    return ""


def _named_last_year(view: View, reading: ChartReading) -> bool:
    """A single series named after the year before, with that year's figures, shows that year on purpose."""
    year = view.understanding.identity.year
    if year is None or len(reading.chart.series) != 1 or str(year - 1) not in reading.chart.series[0].name:
        return False
    known = {
        (f.concept, f.value) for f in view.understanding.facts if f.scope.year == year - 1 and f.aspect is Aspect.LEVEL
    }
    return all(v.fact is not None and (v.fact.concept, v.fact.value) in known for v in reading.values)


RULE = Rule(
    code="JS801",
    name="chart-data",
    title="图表数据与文中不符",
    severity=Severity.ERROR,
    checks="图表中每个数是否等于文中同一事项、同一年度的数。",
    why="图表多由上年的文件改来，文字改了而图中数据没有更新，读者看到的柱和扇形仍是上年的。",
    basis="公开内容应当准确；图表是文字的另一种写法，两处数应当一致",
    how="按类别标签、系列名称和图题认出每个数的事项、年度和资金；计量单位取与文中相合的一种；"
    "显示区间不相交才算不符，一张图只报一条。",
    wrong="2023年度部门决算\n2023年本年支出合计152.20万元，其中：基本支出125.29万元，占82.32%；项目支出26.91万元，占17.68%。\n\n"
    "支出决算结构图\n基本支出\t项目支出\t103.93\t18.22\t\n",
    right="2023年度部门决算\n2023年本年支出合计152.20万元，其中：基本支出125.29万元，占82.32%；项目支出26.91万元，占17.68%。\n\n"
    "支出决算结构图\n基本支出\t项目支出\t125.29\t26.91\t\n",
    mend="在图上点右键“编辑数据”，把数据改成本年的数，再核对手工填写的标签。",
    misses="图片形式的图、PDF 中的图没有数据可读；标签认不出事项的数不作比较。",
    check=check,
)
