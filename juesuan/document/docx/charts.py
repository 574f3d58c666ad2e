"""Charts: title, categories, series and values as cached in the chart part."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from juesuan.document.docx.names import A, C, R, integer
from juesuan.document.model import Series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from juesuan.document.docx.budget import Budget

__all__ = ["ChartContent", "ChartGroup", "drawing_text", "read_chart"]

_POINT_CACHES: Final = (f"{C}strRef/{C}strCache", f"{C}numRef/{C}numCache", f"{C}strLit", f"{C}numLit")


@dataclass(slots=True)
class ChartGroup:
    """The series of one chart that share their categories."""

    kind: str | None
    categories: tuple[str, ...]
    series: list[Series] = field(default_factory=list)


@dataclass(slots=True)
class ChartContent:
    """A chart as read: usually one group; `notes` are axis titles; `cached` is False where values are missing."""

    title: str
    groups: list[ChartGroup]
    notes: list[str]
    cached: bool
    user_shapes: list[str]


def drawing_text(body: Element) -> str:
    """The text of a DrawingML text body: runs joined, paragraphs by line breaks."""
    lines = [
        "".join("\n" if item.tag == A + "br" else item.text or "" for item in paragraph.iter(A + "t", A + "br"))
        for paragraph in body.iter(A + "p")
    ]
    return "\n".join(line for line in lines if line)


def _points(cache: Element, budget: Budget) -> tuple[str | None, ...]:
    """The points of a cache by index; None where there is none."""
    values = {integer(p.get("idx"), -1): p.findtext(C + "v") for p in cache.iterchildren(C + "pt")}
    values.pop(-1, None)
    declared = cache.find(C + "ptCount")
    count = max(integer(None if declared is None else declared.get("val"), 0), max(values, default=-1) + 1)
    budget.cells(count)
    return tuple(values.get(i) for i in range(count))


def _data(holder: Element | None, budget: Budget) -> tuple[str | None, ...] | None:
    """The cached points of a category, value or name; None where nothing is cached."""
    if holder is None:
        return None
    for path in _POINT_CACHES:
        cache = holder.find(path)
        if cache is not None:
            return _points(cache, budget)
    cache = holder.find(f"{C}multiLvlStrRef/{C}multiLvlStrCache")
    return None if cache is None else _multi_level(cache, budget)


def _multi_level(cache: Element, budget: Budget) -> tuple[str | None, ...]:
    """Categories of several levels, outer before inner; an outer one holds until the next begins."""
    levels = [_points(level, budget) for level in cache.iterchildren(C + "lvl")]
    declared = cache.find(C + "ptCount")
    count = max(integer(None if declared is None else declared.get("val"), 0), max(map(len, levels), default=0))
    budget.cells(count)
    filled: list[Sequence[str | None]] = []
    for depth, level in enumerate(levels):
        padded = list(level) + [None] * (count - len(level))
        if depth:
            for i in range(1, count):
                if padded[i] is None:
                    padded[i] = padded[i - 1]
        filled.append(padded)
    return tuple(" ".join(v for v in column if v) for column in zip(*reversed(filled), strict=True))


def _text(tx: Element | None, budget: Budget) -> str | None:
    """A c:tx: typed text, or the cached text of its reference; None where it is absent or not cached."""
    if tx is None:
        return None
    rich = tx.find(C + "rich")
    if rich is not None:
        return drawing_text(rich)
    literal = tx.findtext(C + "v")
    if literal is not None:
        return literal
    cached = _data(tx, budget)
    return None if cached is None else " ".join(v for v in cached if v)


def _labels(series: Element, count: int, budget: Budget) -> tuple[str | None, ...]:
    """Labels typed by hand, by point; a label that only shows fields of the data is not typed."""
    found: dict[int, str] = {}
    for label in series.iterfind(f"{C}dLbls/{C}dLbl"):
        rich = label.find(f"{C}tx/{C}rich")
        position = integer(_val(label, "idx"), -1)
        deleted = _val(label, "delete") in {"1", "true"}
        if rich is not None and not deleted and position >= 0 and rich.find(f".//{A}fld") is None:
            text = drawing_text(rich)
            if text:
                found[position] = text
    if not found:
        return ()
    length = max(count, max(found) + 1)
    budget.cells(length)
    return tuple(found.get(i) for i in range(length))


def _val(parent: Element, name: str) -> str | None:
    child = parent.find(C + name)
    return None if child is None else child.get("val", "1")


def _series(item: Element, budget: Budget) -> tuple[Series, tuple[str, ...], bool]:
    """One series, its categories, and whether its values are cached."""
    values_at = item.find(C + "val")
    if values_at is None:
        values_at = item.find(C + "yVal")
    categories_at = item.find(C + "cat")
    if categories_at is None:
        categories_at = item.find(C + "xVal")
    values = _data(values_at, budget)
    categories = _data(categories_at, budget)
    complete = values is not None and (categories is not None or categories_at is None)
    name = _text(item.find(C + "tx"), budget)
    labels = _labels(item, len(values or ()), budget)
    return (
        Series(name=name or "", values=values or (), labels=labels),
        tuple(c or "" for c in categories or ()),
        complete,
    )


def _kind(tag: str) -> str:
    return tag.removeprefix(C).removesuffix("Chart").removesuffix("3D")


def read_chart(root: Element, budget: Budget) -> ChartContent:
    """Read a chart part (the root c:chartSpace)."""
    chart = root.find(C + "chart")
    area = None if chart is None else chart.find(C + "plotArea")
    groups: list[ChartGroup] = []
    cached, notes = True, []
    for plot in () if area is None else area.iterchildren("{*}*"):
        if not plot.tag.endswith("Chart"):
            axis_title = plot.find(C + "title")
            said = None if axis_title is None else _text(axis_title.find(C + "tx"), budget)
            if said:
                notes.append(said)
            continue
        for item in plot.iterchildren(C + "ser"):
            series, categories, complete = _series(item, budget)
            cached = cached and complete
            _group(groups, categories, _kind(plot.tag)).series.append(series)
    return ChartContent(
        title=_title(chart, groups, budget),
        groups=groups or [ChartGroup(None, ())],
        notes=notes,
        cached=cached and bool(groups),
        user_shapes=[item.get(R + "id", "") for item in root.iterchildren(C + "userShapes")],
    )


def _group(groups: list[ChartGroup], categories: tuple[str, ...], kind: str) -> ChartGroup:
    """The group with these categories; a series without any joins the first."""
    for group in groups:
        if not categories or not group.categories or group.categories == categories:
            group.categories = group.categories or categories
            return group
    groups.append(ChartGroup(kind, categories))
    return groups[-1]


def _title(chart: Element | None, groups: list[ChartGroup], budget: Budget) -> str:
    """The title; an automatic one is the name of the only series, as Word shows it."""
    title = None if chart is None else chart.find(C + "title")
    if chart is None or title is None:
        return ""
    text = _text(title.find(C + "tx"), budget)
    if text is not None:
        return text
    names = [series.name for group in groups for series in group.series]
    return names[0] if len(names) == 1 and title.find(C + "tx") is None else ""
