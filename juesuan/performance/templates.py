"""The locked common indicators of R (人员类) and Y (公用经费) projects, as data (`data/templates.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.performance.model import Indicator, Project
from juesuan.performance.values import squeezed
from juesuan.quantity import plain

__all__ = ["Template", "template_difference", "templates"]


@dataclass(frozen=True, slots=True)
class Template:
    """Indicators that the budget system gives all projects of a class, alike."""

    class_: str
    name: str
    indicators: tuple[Indicator, ...]


def _indicator(data: Mapping[str, Any]) -> Indicator:
    return Indicator(
        name=data["name"],
        level1=data["level1"],
        level2=data["level2"],
        nature=data["nature"],
        target=str(data["target"]),
        measure=data["measure"],
        weight=Decimal(str(data["weight"])),
    )


@cache
def templates() -> tuple[Template, ...]:
    """All templates known."""
    text = (files("juesuan.performance") / "data" / "templates.toml").read_text("utf-8")
    data = tomllib.loads(text, parse_float=Decimal)
    return tuple(
        Template(item["class"], item["name"], tuple(_indicator(i) for i in item["indicators"]))
        for item in data["template"]
    )


def template_difference(project: Project) -> str:
    """What was changed in a locked template the project follows; "" when nothing, or when it follows none that is known."""
    if not project.is_locked:
        return ""
    names = {squeezed(i.name) for i in project.indicators}
    for template in templates():
        if template.class_ == project.class_ and {squeezed(i.name) for i in template.indicators} == names:
            changes = list(_changes(project, template))
            return (
                f"{'；'.join(changes)}。{template.name}的共性指标由系统给定，不能自行修改，请恢复。" if changes else ""
            )
    return ""


def _changes(project: Project, template: Template) -> Iterator[str]:
    given = {squeezed(i.name): i for i in project.indicators}
    for wanted in template.indicators:
        item = given[squeezed(wanted.name)]
        if item.weight is not None and item.weight != wanted.weight and wanted.weight is not None:
            yield f"“{wanted.name}”的权重改成了 {plain(item.weight)}（应为 {plain(wanted.weight)}）"
        mine, theirs = item.target_value.quantity, wanted.target_value.quantity
        if mine is not None and theirs is not None and mine.base != theirs.base:
            yield f"“{wanted.name}”的指标值改成了 {item.target}（应为 {wanted.target}{wanted.measure}）"
