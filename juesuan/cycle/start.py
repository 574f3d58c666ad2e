"""A new project's book: the form of its class, with common indicators of its kind to begin from."""

from __future__ import annotations

import re

from juesuan.cycle import sheets
from juesuan.errors import UsageError
from juesuan.performance.cycle import Assessment, Cycle
from juesuan.performance.grid import completed
from juesuan.performance.library import common_indicators, kinds
from juesuan.performance.model import Indicator, Project

__all__ = ["new_cycle"]


def new_cycle(name: str, kind: str | None = None, day: str | None = None) -> Cycle:
    """A project to be filled in. `kind`: whose common indicators are put in; `day`: a date of its year. Raises UsageError."""
    items: tuple[Indicator, ...] = (
        Indicator(level1="产出指标", level2="数量指标", name="（请填写指标名称）", nature="≥"),
        Indicator(level1="效益指标", level2="社会效益指标", name="（请填写指标名称）", nature="≥"),
        Indicator(level1="满意度指标", level2="服务对象满意度指标", name="服务对象满意度", nature="≥", measure="%"),
    )
    if kind:
        found = common_indicators(kind)
        if not found:
            raise UsageError(f"指标库里没有“{kind}”这一类；可以用 {'、'.join(kinds())}。")
        items = tuple(
            Indicator(
                level1=f.level1, level2=f.level2, name=f.name, nature=f.nature, measure=f.measure, evidence=f.evidence
            )
            for f in found
        )
    year = int(day[:4]) if day and re.match(r"20\d{2}-", day) else None
    project = completed(Project(name=name, class_="T", year=year, weight=None, indicators=items))
    assessment = tuple(Assessment(item=item) for item in sheets.ASSESSED)
    evidence = tuple((i.name, i.evidence) for i in items if i.evidence)
    return Cycle(project=project, assessment=assessment, evidence=evidence)
