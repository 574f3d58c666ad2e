"""The charts of a layout: which figures each shows, and its words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.compose.draft import ChartBlock, ChartSeries
from juesuan.compose.facts import Facts
from juesuan.compose.figure import Figure
from juesuan.quantity import plain
from juesuan.taxonomy.phrases.write import Style
from juesuan.taxonomy.profiles import ChartSpec

__all__ = ["BAR", "PIE", "ROW", "chart_block"]

BAR, PIE, ROW = "bar", "pie", "row"
Item = tuple[str, Figure]


def chart_block(spec: ChartSpec, facts: Facts, year: int, style: Style) -> ChartBlock | None:
    """A chart of the layout; None where it would show nothing, or last year's figure is not known."""
    made = _years(spec, facts, year, style) or _structure(spec, facts, style)
    if made is None or (made.kind == PIE and not any(v for s in made.series for v in s.values)):
        return None
    return made


def _years(spec: ChartSpec, facts: Facts, year: int, style: Style) -> ChartBlock | None:
    """Last year beside this year, for those charts that show it."""
    pairs: Sequence[tuple[str, Figure | None, Figure]]
    if spec.number == 1:
        pairs = [(name, facts.balance_last, facts.balance) for name in ("收入总计", "支出总计")]
    elif spec.number == 4:
        pairs = [
            (f"财政拨款{name}", facts.appropriation_last, facts.appropriation) for name in ("收入总计", "支出总计")
        ]
    elif spec.number == 5:
        pairs = [("一般公共预算财政拨款支出", facts.general_last, facts.general)]
    else:
        return None
    known = [(name, before, now) for name, before, now in pairs if before is not None]
    if len(known) < len(pairs):
        return None
    series = tuple(_series(name, (before, now), style) for name, before, now in known)
    return _chart(spec, BAR, (f"{year - 1}年", f"{year}年"), series, style)


def _structure(spec: ChartSpec, facts: Facts, style: Style) -> ChartBlock | None:
    """The parts of a whole."""
    found: dict[int, tuple[str, Sequence[Item]]] = {
        2: ("收入决算", facts.incomes),
        3: ("支出决算", facts.natures),
        6: ("一般公共预算财政拨款支出", facts.classes),
        7: ("“三公”经费财政拨款支出", [(n.removesuffix("支出决算"), f) for n, f in facts.three_public_parts]),
    }
    if spec.number not in found:
        return None
    name, items = found[spec.number]
    shown = [(n, f) for n, f in items if f]
    series = (_series(name, [f for _, f in shown], style),)
    return _chart(spec, PIE, tuple(n for n, _ in shown), series, style)


def _series(name: str, values: Sequence[Figure], style: Style) -> ChartSeries:
    return ChartSeries(name, tuple(values), tuple(plain(v / style.measure.factor, style.decimals) for v in values))


def _chart(
    spec: ChartSpec, kind: str, categories: tuple[str, ...], series: tuple[ChartSeries, ...], style: Style
) -> ChartBlock:
    measure = style.measure.symbol
    what = "柱状图" if kind == BAR else "饼状图"
    said = "；".join(
        "，".join([s.name, *(f"{c} {t}{measure}" for c, t in zip(categories, s.texts, strict=True))]) for s in series
    )
    return ChartBlock(spec.number, spec.title, kind, categories, series, measure, f"{what}：{spec.title}。{said}。")
