"""The reports that go with the forms (attachments), from outlines as data (`data/narrative.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.performance.convert import as_form
from juesuan.performance.grid import Grid, form_grid
from juesuan.performance.model import Project
from juesuan.performance.scoring import Scored, State, rate_of, score_project
from juesuan.quantity import plain, rounded

__all__ = [
    "Outline",
    "TextBlock",
    "TextKind",
    "form_of_profile",
    "narrative",
    "outline_for",
    "outlines",
    "report_title",
    "single_form",
    "topics",
]

_SLOT = re.compile(r"\{(\w+)\}")
_FIELDS = frozenset({"goal", "done", "content", "conclusion", "problems", "measures"})
_OWN = "own"
_NUMERALS = "零一二三四五六七八九十"

Mark = Callable[[str, str], str]
"""A printed figure (its slot, its words) → the words as the writer wants them."""


class TextKind(Enum):
    """What a block of a narrative is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    FORM = "form"
    OVERVIEW = "overview"
    """Here the overview of all projects belongs."""
    TODO = "todo"
    """Words for the person who has to write something here."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One block. `level` of a heading (2 is 一、, 3 is （一）, 4 is 1.); `grid` and `project` of a form."""

    kind: TextKind
    text: str = ""
    level: int = 0
    grid: Grid | None = None
    project: Project | None = None


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
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files("juesuan.performance") / "data" / "narrative.toml").read_text("utf-8"))


@cache
def outlines() -> tuple[Outline, ...]:
    """All outlines known."""
    return tuple(
        Outline(o["id"], o["name"], o["kind"], tuple(o["profiles"]), o["title"], tuple(o["sections"]))
        for o in _data()["outline"]
    )


def outline_for(project: Project, profile: str = "sichuan-2023") -> Outline:
    """The outline for a project, or the whole department, in a report of `profile`; the first of its kind when none is."""
    kind = "whole" if project.is_whole else "project"
    fitting = [o for o in outlines() if o.kind == kind]
    return next((o for o in fitting if profile in o.profiles), fitting[0])


def form_of_profile(profile: str) -> str | None:
    """The form in which reports of a layout print self-evaluations; None for each project's own."""
    found: str | None = _data()["forms"].get(profile)
    return found


def single_form(project: Project, form: str | None) -> tuple[Grid, Project]:
    """A project's form by itself, in a layout's own kind of form, and the project as shown in it."""
    shown = as_form(project, form) if form else project
    return form_grid(shown), shown


def topics(outline: Outline) -> Iterator[tuple[str, str]]:
    """What people write for a report of this outline and no form holds: each topic with what to write."""
    for section in outline.sections:
        if "fact" in section:
            yield str(section["fact"]), str(section["todo"])


def report_title(project: Project, outline: Outline, entity: str = "") -> str:
    """The title of the report; `entity` is what the unit calls itself."""
    return _filled(outline.title, _texts(project) | {"entity": entity or project.entity}) or outline.name


def narrative(
    project: Project,
    outline: Outline | None = None,
    *,
    facts: Mapping[str, str] | None = None,
    scored: Scored | None = None,
    entity: str = "",
    form: str | None = None,
    mark: Mark | None = None,
) -> tuple[TextBlock, ...]:
    """The report on a project: title, headings, sentences from its figures, forms, and what is left to write.

    `facts`: texts by topic, from what people wrote and from the unit's books; `entity`: what the unit calls itself;
    `form`: the layout of its own form; `mark`: see `Mark`.
    """
    chosen = outline or outline_for(project)
    writer = _Writer(project, facts or {}, scored or score_project(project), form, mark or _unmarked)
    title = TextBlock(TextKind.TITLE, report_title(project, chosen, entity))
    return (title, *_numbered(_kept([b for s in chosen.sections for b in writer.section(s)])))


def _unmarked(_: str, text: str) -> str:
    return text


@dataclass(slots=True)
class _Writer:
    """Writes the sections of one report."""

    project: Project
    facts: Mapping[str, str]
    scored: Scored
    form: str | None
    mark: Mark

    def section(self, section: Mapping[str, Any]) -> Iterator[TextBlock]:
        """What one entry of an outline becomes."""
        if "heading" in section:
            yield TextBlock(TextKind.HEADING, section["heading"], int(section["level"]))
        elif "overview" in section:
            yield TextBlock(TextKind.OVERVIEW)
        elif "form" in section:
            # What a department spends as a whole has no older form of its own.
            grid, shown = single_form(self.project, self.form if section["form"] == _OWN else str(section["form"]))
            yield TextBlock(TextKind.FORM, grid=grid, project=shown)
        elif not self._is_said(section):
            lines = [_ended(line.strip()) for line in self._words(section).splitlines() if line.strip()]
            yield from (TextBlock(TextKind.PARAGRAPH, line) for line in lines)
            if not lines and not section.get("optional"):
                yield TextBlock(TextKind.TODO, f"请填写：{section['todo']}")

    def _is_said(self, section: Mapping[str, Any]) -> bool:
        """Whether a field says it already (`unless`: field and word), or a fact does (`without`)."""
        field_name, word = section.get("unless", ("", ""))
        if field_name in _FIELDS and word in str(getattr(self.project, field_name)):
            return True
        return bool(self.facts.get(section.get("without", "")))

    def _words(self, section: Mapping[str, Any]) -> str:
        if "text" in section:
            return _filled(section["text"], self._slots())
        if "fact" in section:
            return self.facts.get(section["fact"], "")
        name = section["field"]
        return str(getattr(self.project, name)) if name in _FIELDS else ""

    def _slots(self) -> dict[str, str]:
        figures = _figures(self.project, self.scored)
        return _texts(self.project) | {name: self.mark(name, text) for name, text in figures.items() if text}


def _kept(blocks: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """The blocks without headings that have nothing below them."""
    for number, block in enumerate(blocks):
        if block.kind is TextKind.HEADING:
            below = blocks[number + 1 :]
            end = next((n for n, b in enumerate(below) if b.kind is TextKind.HEADING and b.level <= block.level), None)
            if all(b.kind is TextKind.HEADING for b in below[:end]):
                continue
        yield block


def _numbered(blocks: Iterator[TextBlock]) -> Iterator[TextBlock]:
    """Headings with their numbers: 一、, （一）, 1."""
    counts = {2: 0, 3: 0, 4: 0}
    for block in blocks:
        if block.kind is not TextKind.HEADING:
            yield block
            continue
        level = block.level
        counts = {k: n + 1 if k == level else 0 if k > level else n for k, n in counts.items()}
        yield replace(block, text=f"{_number(level, counts[level])}{block.text}")


def _number(level: int, count: int) -> str:
    chinese = _NUMERALS[count] if count < len(_NUMERALS) else str(count)
    return {2: f"{chinese}、", 3: f"（{chinese}）"}.get(level, f"{count}.")


def _ended(line: str) -> str:
    """A line of a form's cell as a sentence of its own."""
    return line if line[-1] in "。；！？：" else f"{line}。"


def _filled(template: str, slots: Mapping[str, str]) -> str:
    """The sentence, or "" when one of its slots is empty: half a sentence is no sentence."""
    if any(not slots.get(name) for name in _SLOT.findall(template)):
        return ""
    return _SLOT.sub(lambda match: slots[match[1]], template)


def _texts(project: Project) -> dict[str, str]:
    return {"name": project.name, "year": str(project.year or ""), "unit": project.entity}


def _figures(project: Project, scored: Scored) -> dict[str, str]:
    """The figures a sentence may name, printed with their measures; "" where not known."""
    total = project.total
    rate, _ = rate_of(project)
    final = project.total_score if project.total_score is not None else scored.total
    judged = [m for m in scored.indicators if m.state in {State.REACHED, State.OVER, State.PARTLY}]
    complete = bool(judged) and len(judged) == len(scored.indicators)
    money = {name: getattr(total, name) if total else None for name in ("initial", "adjusted", "executed")}
    return {
        **{name: _amount(value, project.money) for name, value in money.items()},
        "rate": f"{plain(rounded(rate, 2))}%" if rate is not None else "",
        "score": f"{plain(final.normalize())}分" if final is not None else "",
        "grade": scored.profile.grade(final) if final is not None else "",
        "count": f"{len(scored.indicators)}个" if complete else "",
        "reached": f"{sum(1 for m in judged if m.state is not State.PARTLY)}个" if complete else "",
    }


def _amount(value: Decimal | None, money: str) -> str:
    return f"{plain(value)}{money}" if value is not None else ""
