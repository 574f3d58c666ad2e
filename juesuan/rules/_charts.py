"""What the rules on charts share."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

from juesuan.findings import Evidence, Role
from juesuan.place import Place, Point
from juesuan.rules.base import NotApplicableError, View
from juesuan.understand.charts import ChartReading, ChartValue, category_place, series_place

MAX_SWAPPED = 6
"""A chart with more values is not searched for a swap."""


def charts_of(view: View) -> tuple[ChartReading, ...]:
    """The charts of the document; not applicable where it has none."""
    if not view.understanding.charts:
        raise NotApplicableError("文中没有可读取数据的图表")
    return view.understanding.charts


def called(reading: ChartReading) -> str:
    """How a message calls a chart."""
    return f"图《{reading.title}》" if reading.title else "一张没有标题的图"


def value_evidence(view: View, reading: ChartReading, value: ChartValue, role: Role = Role.SUBJECT) -> Evidence:
    """The value in the chart."""
    text = reading.chart.series[value.series].values[value.point] or ""
    place = Place(
        Point(reading.chart.id, 0), Point(reading.chart.id, len(text)), series=value.series, point=value.point
    )
    return view.evidence(place, role)


def label_evidence(view: View, reading: ChartReading, point: int, role: Role = Role.SUBJECT) -> Evidence:
    """A category label of the chart."""
    return view.evidence(category_place(reading.chart, point), role)


def series_evidence(view: View, reading: ChartReading, series: int) -> Evidence:
    """The name of a series."""
    return view.evidence(series_place(reading.chart, series))


def title_evidence(view: View, reading: ChartReading) -> Evidence:
    """The chart's title."""
    return view.evidence(Place(Point(reading.chart.id, 0), Point(reading.chart.id, len(reading.chart.title))))


def swapped(reading: ChartReading) -> tuple[ChartValue, ...]:
    """The values that stand under each other's labels: put in another order, every one equals the text's figure."""
    broken = reading.broken
    if not 1 < len(broken) <= MAX_SWAPPED or any(v.holds is None for v in reading.values):
        return ()
    values = [v.fact.quantity.base for v in broken if v.fact is not None]
    if len(values) < len(broken) or len(Counter(values)) < 2:
        return ()
    wanted = [{t.value for t in v.texts} for v in broken]
    fits = any(all(a in w for a, w in zip(order, wanted, strict=True)) for order in permutations(values))
    return broken if fits else ()
