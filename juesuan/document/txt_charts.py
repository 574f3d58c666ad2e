"""The cached data of charts in plain text, told by form alone.

First a line with the title; then, where the chart has them, a line of the series' name, a tab and
the first data label, and a line for each further label; then possibly empty lines; last the line
that makes it a chart: categories separated by tabs, followed by as many numbers for each series.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from juesuan.document.model import Chart, Series

__all__ = ["ChartLines", "find_charts"]

_NUMBER = re.compile(r"[-−－+]?\d[\d,，]*(?:\.\d+)?(?:[eE][-+]?\d+)?\s*[%％]?")
_BLANKS_BEFORE_DATA = 5
_TITLE_LENGTH = 80
_MIN_CATEGORIES = 2


@dataclass(frozen=True, slots=True)
class ChartLines:
    """A chart and the lines it stands on, first (its title) to last (its data)."""

    first: int
    last: int
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]

    def chart(self, number: int) -> Chart:
        """The chart as block `number`."""
        return Chart(id=number, title=self.title, categories=self.categories, series=self.series)


@dataclass(frozen=True, slots=True)
class _Head:
    first: int
    title: str = ""
    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def find_charts(lines: list[str]) -> list[ChartLines]:
    """All charts of a text, in order."""
    found: list[ChartLines] = []
    floor = 0
    for at, line in enumerate(lines):
        if line.count("\t") < 2 * _MIN_CATEGORIES - 1 or line.startswith("\t"):
            continue
        chart = _chart(lines, at, floor)
        if chart is not None:
            found.append(chart)
            floor = at + 1
    return found


def _chart(lines: list[str], at: int, floor: int) -> ChartLines | None:
    cells = lines[at].split("\t")
    count = 0
    while count < len(cells) and cells[count].strip() and not _is_number(cells[count]):
        count += 1
    values = cells[count:]
    if count and values and not values[-1].strip() and len(values) % count:
        values.pop()
    if not _is_data(values, count) or (at + 1 < len(lines) and lines[at + 1].count("\t") >= _MIN_CATEGORIES):
        return None
    number = len(values) // count
    head = _head(lines, at, floor, count)
    several = len(head.names) > 1 or number > 1
    # Several words above may be the header of a table: they are series only if each has its values.
    if several and (len(head.names) != number or not all(name.strip() for name in head.names)):
        return None
    names = head.names or ("",) * number
    series = tuple(
        _series(name, values[index * count : (index + 1) * count], head.labels if index == 0 else ())
        for index, name in enumerate(names[:number])
    )
    return ChartLines(head.first, at, head.title, tuple(cells[:count]), series)


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is not None


def _is_data(values: list[str], count: int) -> bool:
    if count < _MIN_CATEGORIES or not values or len(values) % count:
        return False
    return all(_is_number(text) or not text.strip() for text in values) and any(text.strip() for text in values)


def _series(name: str, values: list[str], labels: tuple[str, ...]) -> Series:
    padded: tuple[str | None, ...] = ()
    if labels:
        padded = (*labels, *(None,) * (len(values) - len(labels)))[: len(values)]
    return Series(name=name, values=tuple(text.strip() or None for text in values), labels=padded)


def _head(lines: list[str], at: int, floor: int, count: int) -> _Head:
    """Title, series names and labels above the data line."""
    end = at
    while end > floor and at - end < _BLANKS_BEFORE_DATA and not lines[end - 1].strip():
        end -= 1
    start = end
    while start > floor and end - start <= count + 1 and lines[start - 1].strip():
        start -= 1
    run = lines[start:end]
    named = next((n for n in range(len(run) - 1, -1, -1) if "\t" in run[n].strip() or run[n].endswith("\t")), None)
    if named is None or run[named].startswith("\t"):
        title = run[-1] if run and _is_title(run[-1]) else ""
        return _Head(first=end - 1 if title else at, title=title)
    names, labels = _names(run[named])
    title = run[named - 1] if named and _is_title(run[named - 1]) else ""
    first = start + named - (1 if title else 0)
    return _Head(first=first, title=title, names=names, labels=(*labels, *run[named + 1 :]) if labels else ())


def _names(line: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A series line: names each closed by a tab, then possibly the first label."""
    *names, rest = line.split("\t")
    return tuple(names), ((rest,) if rest.strip() else ())


def _is_title(line: str) -> bool:
    return len(line) <= _TITLE_LENGTH and "\t" not in line and not line.rstrip().endswith(("。", "；", "：", ":"))
