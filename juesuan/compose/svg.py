"""Charts as inline SVG, for pages."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import escape

from juesuan.compose.draft import ChartBlock

__all__ = ["chart_svg"]

_COLORS = (
    "#4472c4",
    "#ed7d31",
    "#a5a5a5",
    "#ffc000",
    "#5b9bd5",
    "#70ad47",
    "#264478",
    "#9e480e",
    "#636363",
    "#997300",
    "#255e91",
    "#43682b",
)
_W, _H = 640, 300
_TOP, _STEP = 30, 44
"""Above the first of the bars that lie, and from one category to the next."""


def chart_svg(chart: ChartBlock) -> str:
    """A chart as an SVG element; what it shows is said in its label for those who cannot see it."""
    drawn = {"bar": _bars, "row": _rows, "pie": _pie}[chart.kind]
    body = "".join(drawn(chart))
    height = _H if chart.kind != "row" else _TOP + _STEP * len(chart.categories) + 20
    return (
        f'<svg class="chart" viewBox="0 0 {_W} {height}" role="img" aria-label="{escape(chart.alt)}">'
        f"<title>{escape(chart.alt)}</title>{body}</svg>"
    )


def _bars(chart: ChartBlock) -> Iterator[str]:
    values = [v for s in chart.series for v in s.values]
    top = max([*values, Decimal(0)]) or Decimal(1)
    low = min([*values, Decimal(0)])
    base = 240
    scale = Decimal(190) / ((top - low) or Decimal(1))
    zero = base + low * scale
    width = Decimal(520) / len(chart.categories)
    bar = width * Decimal("0.6") / len(chart.series)
    yield f'<line x1="60" y1="{zero:.1f}" x2="600" y2="{zero:.1f}" stroke="#888"/>'
    for c, category in enumerate(chart.categories):
        left = 70 + width * c + width * Decimal("0.2")
        for s, series in enumerate(chart.series):
            x, height = left + bar * s, abs(series.values[c] * scale)
            y = zero - height if series.values[c] >= 0 else zero
            size = f'width="{bar * Decimal("0.9"):.1f}" height="{height:.1f}"'
            yield f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{_COLORS[s]}"/>'
            yield f'<text x="{x + bar / 2:.1f}" y="{y - 5:.1f}" text-anchor="middle">{series.texts[c]}</text>'
        middle = left + width * Decimal("0.3")
        yield f'<text x="{middle:.1f}" y="{base + 20}" text-anchor="middle">{escape(category)}</text>'
    yield from _legend([s.name for s in chart.series])
    yield f'<text x="60" y="16">{chart.measure}</text>'


def _rows(chart: ChartBlock) -> Iterator[str]:
    """Bars that lie, a group for each category, names at the left."""
    values = [v for s in chart.series for v in s.values]
    scale = Decimal(320) / (max([*values, Decimal(0)]) or Decimal(1))
    bar = Decimal(_STEP - 14) / len(chart.series)
    yield from _legend([s.name for s in chart.series], 8)
    for c, category in enumerate(chart.categories):
        top = Decimal(_TOP + _STEP * c)
        yield f'<text x="225" y="{top + Decimal(_STEP) / 2:.1f}" text-anchor="end">{escape(category)}</text>'
        for s, series in enumerate(chart.series):
            y, width = top + 7 + bar * s, max(series.values[c] * scale, Decimal(0))
            size = f'width="{width:.1f}" height="{bar * Decimal("0.85"):.1f}"'
            yield f'<rect x="235" y="{y:.1f}" {size} fill="{_COLORS[s]}"/>'
            yield f'<text x="{240 + width:.1f}" y="{y + bar * Decimal("0.8"):.1f}">{series.texts[c]}</text>'


def _legend(names: list[str], top: int = 278) -> Iterator[str]:
    x = 70
    for number, name in enumerate(names):
        yield f'<rect x="{x}" y="{top}" width="12" height="12" fill="{_COLORS[number % len(_COLORS)]}"/>'
        yield f'<text x="{x + 18}" y="{top + 11}">{escape(name)}</text>'
        x += 40 + 15 * len(name)


def _pie(chart: ChartBlock) -> Iterator[str]:
    series = chart.series[0]
    whole = sum((Decimal(v) for v in series.values), Decimal(0))
    turned = Decimal(0)
    for number, (category, value) in enumerate(zip(chart.categories, series.values, strict=True)):
        share = value / whole
        color = _COLORS[number % len(_COLORS)]
        # A circle drawn with one thick dash of its line is a slice, and needs no sine.
        yield (
            f'<circle cx="160" cy="150" r="60" fill="none" stroke="{color}" stroke-width="120" pathLength="1000" '
            f'stroke-dasharray="{share * 1000:.2f} 1000" stroke-dashoffset="{-turned * 1000:.2f}" '
            'transform="rotate(-90 160 150)"/>'
        )
        y = 40 + 22 * number
        yield f'<rect x="320" y="{y - 11}" width="12" height="12" fill="{color}"/>'
        yield f'<text x="340" y="{y}">{escape(category)}  {series.texts[number]}{chart.measure}</text>'
        turned += share
