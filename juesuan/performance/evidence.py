"""Completion values held against what supports them: a register's aggregate or a fact, by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from juesuan.performance.compare import shown
from juesuan.performance.model import Project, Spot
from juesuan.quantity import Quantity, parse

__all__ = ["Lookup", "Unsupported", "names_of", "unsupported"]

Lookup = Callable[[str], Quantity | None]
"""The figure behind a name (商会.新建数, 项目支出.执行率); None when there is none of that name."""

_PART = r"[^\s.。，,；;、：:（）()]+"
_NAME = re.compile(rf"{_PART}(?:\.{_PART})+")


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A completion that its evidence does not bear out. `found` is the evidence's figure, None when there is none."""

    indicator: str
    name: str
    stated: str
    found: Quantity | None
    message: str
    spot: Spot | None = None


def names_of(text: str) -> tuple[str, ...]:
    """The names in the words of an evidence: 商会.新建数；合同复印件 → 商会.新建数."""
    return tuple(_NAME.findall(text))


def unsupported(project: Project, lookup: Lookup) -> Iterator[Unsupported]:
    """The indicators whose completion is not what the named evidence says. Evidence in words is not judged."""
    for item in project.indicators:
        for name in names_of(item.evidence):
            found = lookup(name)
            stated = shown(item.completion, item.measure)
            where = f"{project.label}的指标“{item.name}”"
            spot = item.spot("completion")
            if found is None:
                text = f"{where}以“{name}”为佐证，台账和决算数里没有这个名字，请核对。"
                yield Unsupported(item.name, name, stated, None, text, spot)
                continue
            value = item.completion_value.quantity or parse(item.completion)
            if value is None:
                text = f"{where}的完成值“{item.completion or '（空）'}”不是数，佐证“{name}”是 {found}，请核对。"
                yield Unsupported(item.name, name, stated, found, text, spot)
            elif not _agrees(value, found):
                text = f"{where}的完成值是 {stated}，佐证“{name}”是 {found}，两者不符，请核对。"
                yield Unsupported(item.name, name, stated, found, text, spot)


def _agrees(stated: Quantity, found: Quantity) -> bool:
    """Within the digits displayed; a bare number is meant in the other's measure."""
    if not stated.measure.symbol or not found.measure.symbol:
        return stated.value == found.value
    if not stated.same_dimension(found):
        return False
    return stated.interval.meets(found.interval)
