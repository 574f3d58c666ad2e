"""The reports that go with the forms (attachments), from outlines as data (`data/narrative.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.performance.grid import Grid, form_grid
from juesuan.performance.model import QUALITATIVE, Funds, Indicator, Project
from juesuan.performance.scoring import Scored, State, rate_of, score_project
from juesuan.performance.values import squeezed
from juesuan.quantity import plain, rounded

__all__ = ["Outline", "TextBlock", "TextKind", "as_targets_reached", "narrative", "outline_for", "outlines"]

_SLOT = re.compile(r"\{(\w+)\}")
_OLDER = "sichuan_targets_reached"
_FIELDS = frozenset({"goal", "done", "content", "conclusion", "problems", "measures"})


class TextKind(Enum):
    """What a block of a narrative is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    FORM = "form"
    TODO = "todo"
    """Words for the person who has to write something here."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One block. `level` of a heading (2 is 一、, 3 is （一）); `grid` of a form."""

    kind: TextKind
    text: str = ""
    level: int = 0
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of one kind of report. `profiles`: the layouts of whole reports it belongs to."""

    id: str
    name: str
    kind: str
    profiles: tuple[str, ...]
    title: str
    sections: tuple[Mapping[str, Any], ...]


@cache
def outlines() -> tuple[Outline, ...]:
    """All outlines known."""
    data = tomllib.loads((files("juesuan.performance") / "data" / "narrative.toml").read_text("utf-8"))
    return tuple(
        Outline(o["id"], o["name"], o["kind"], tuple(o["profiles"]), o["title"], tuple(o["sections"]))
        for o in data["outline"]
    )


def outline_for(project: Project, profile: str = "sichuan-2023") -> Outline:
    """The outline for a project, or the whole department, in a report of `profile`; the first of its kind when none is."""
    kind = "whole" if project.is_whole else "project"
    fitting = [o for o in outlines() if o.kind == kind]
    return next((o for o in fitting if profile in o.profiles), fitting[0])


def narrative(
    project: Project,
    outline: Outline | None = None,
    *,
    facts: Mapping[str, str] | None = None,
    scored: Scored | None = None,
) -> tuple[TextBlock, ...]:
    """The report on one project. `facts`: paragraphs only the books know (机构组成, 收入情况), by name."""
    chosen = outline or outline_for(project)
    slots = _slots(project, scored or score_project(project))
    title = _filled(chosen.title, slots) or chosen.name
    return (TextBlock(TextKind.TITLE, title), *_sections(project, chosen, slots, facts or {}))


def _sections(
    project: Project, outline: Outline, slots: Mapping[str, str], facts: Mapping[str, str]
) -> Iterator[TextBlock]:
    for section in outline.sections:
        if "heading" in section:
            yield TextBlock(TextKind.HEADING, section["heading"], int(section["level"]))
        elif "form" in section:
            # A department's whole expenditure has no older form of its own.
            shown = project if section["form"] == "own" else as_targets_reached(project)
            yield TextBlock(TextKind.FORM, grid=form_grid(shown))
        elif not _is_said(section, project):
            text = _words(section, project, slots, facts)
            lines = [_ended(line.strip()) for line in text.splitlines() if line.strip()]
            if lines:
                yield from (TextBlock(TextKind.PARAGRAPH, line) for line in lines)
            else:
                yield TextBlock(TextKind.TODO, f"请填写：{section.get('todo', '')}")


def _is_said(section: Mapping[str, Any], project: Project) -> bool:
    """Whether a field that was written by hand says it already (`unless`: field and word)."""
    field_name, word = section.get("unless", ("", ""))
    return field_name in _FIELDS and word in str(getattr(project, field_name))


def _ended(line: str) -> str:
    """A line of a form's cell as a sentence of its own."""
    return line if line[-1] in "。；！？：" else f"{line}。"


def _words(section: Mapping[str, Any], project: Project, slots: Mapping[str, str], facts: Mapping[str, str]) -> str:
    if "text" in section:
        return _filled(section["text"], slots)
    if "fact" in section:
        return facts.get(section["fact"], "")
    name = section["field"]
    return str(getattr(project, name)) if name in _FIELDS else ""


def _filled(template: str, slots: Mapping[str, str]) -> str:
    """The sentence, or "" when one of its slots is empty: half a sentence is no sentence."""
    if any(not slots.get(name) for name in _SLOT.findall(template)):
        return ""
    return _SLOT.sub(lambda match: slots[match[1]], template)


def _slots(project: Project, scored: Scored) -> dict[str, str]:
    total = project.total
    rate, _ = rate_of(project)
    final = project.total_score if project.total_score is not None else scored.total
    judged = [m for m in scored.indicators if m.state in {State.REACHED, State.OVER, State.PARTLY}]
    complete = len(judged) == len(scored.indicators)
    return {
        "name": project.name,
        "entity": project.entity,
        "year": str(project.year or ""),
        "money": project.money,
        "initial": plain(total.initial) if total and total.initial is not None else "",
        "adjusted": plain(total.adjusted) if total and total.adjusted is not None else "",
        "executed": plain(total.executed) if total and total.executed is not None else "",
        "rate": plain(rounded(rate, 2)) if rate is not None else "",
        "score": plain(final.normalize()) if final is not None else "",
        "grade": scored.profile.grade(final) if final is not None else "",
        "count": str(len(scored.indicators)) if complete and judged else "",
        "reached": str(sum(1 for m in judged if m.state is not State.PARTLY)) if complete and judged else "",
    }


def as_targets_reached(project: Project) -> Project:
    """The same project for the older form of targets reached: figures carry their measures, no points."""
    title = f"项目支出绩效目标完成情况表（{project.year}年度）" if project.year else "项目支出绩效目标完成情况表"
    return replace(
        project, form=_OLDER, title=title, code="", class_="", weight=None, score=None, total_weight=None, total_score=None,
        content="", conclusion="", problems="", measures="", project_head="", finance_head="", department="",
        funds=tuple(_two_sources(project)), indicators=tuple(_plainly(i) for i in project.indicators),
    )  # fmt: skip


def _two_sources(project: Project) -> Iterator[Funds]:
    """Total, appropriation, and all other money together."""
    for source in ("total", "appropriation"):
        row = project.source(source)
        if row is not None:
            yield Funds(source=source, adjusted=_budget(row), executed=row.executed)
    rest = [row for row in project.funds if row.source not in {"total", "appropriation"}]
    yield Funds(source="other", adjusted=_added(map(_budget, rest)), executed=_added(row.executed for row in rest))


def _budget(row: Funds) -> Decimal | None:
    return row.adjusted if row.adjusted is not None else row.initial


def _added(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is filled in; None when nothing is."""
    known = [v for v in values if v is not None]
    return sum(known, Decimal(0)) if known else None


def _plainly(item: Indicator) -> Indicator:
    sign = squeezed(item.nature)
    target, done = (_with_measure(t, item.measure) for t in (item.target, item.completion))
    prefix = "" if item.sign in {"", QUALITATIVE} or target.startswith(sign) else sign
    return Indicator(name=item.name, level1=item.level1, level2=item.level2, target=prefix + target, completion=done)


def _with_measure(text: str, measure: str) -> str:
    value = text.strip()
    return value + measure if value and measure and value[-1].isdigit() else value
