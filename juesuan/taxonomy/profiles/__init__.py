"""Profiles: the layouts of published reports by province and years, as data (`*.toml` beside this file).

A profile says which parts, sections, tables, charts and statements a report of that layout has. A profile whose
layout nobody has compared with originals is marked `verified = false`: what it lacks is a hint at most.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from juesuan.findings import Severity

__all__ = [
    "ChartSpec",
    "Profile",
    "SectionSpec",
    "StatementSpec",
    "TableSpec",
    "load_profiles",
    "profile_of",
    "title_key",
]

_SEVERITIES: Final = {"error": Severity.ERROR, "warning": Severity.WARNING, "hint": Severity.HINT}
_NOISE: Final = re.compile(r"[“”\"'‘’《》（）()、，,。．.：:；;\s·*＊—\-]|20\d\d年度?|本年度|决算|情况|说明|的")
_PICTURE: Final = re.compile(r"^图[\d一二三四五六七八九十]+|[柱饼条折]状?图$|图$")


@lru_cache(maxsize=4096)
def title_key(text: str) -> str:
    """A title without what varies freely: quotes, punctuation, the year, and the words 决算, 情况, 说明, 的."""
    return _NOISE.sub("", text)


@lru_cache(maxsize=4096)
def _keys(titles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(title_key(title) for title in titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSpec:
    """One section of a layout. `words` are words of its contents: where one stands, the matter is not missing.

    `level` is part, section or subsection; `within` the id of the section above; `required` the severity of its
    absence, None where it may be absent.
    """

    id: str
    title: str
    level: str
    number: int | None = None
    within: str | None = None
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    required: Severity | None = None

    @property
    def keys(self) -> frozenset[str]:
        return _keys((self.title, *self.aliases))

    def fits(self, title: str) -> bool:
        """Whether a heading is this section's: the same words; before a part's words the unit's name may stand."""
        return self.is_among((title_key(title),))

    def is_among(self, keys: Collection[str]) -> bool:
        """Whether one of these headings, as `title_key` writes them, is this section's."""
        own = self.keys
        return not own.isdisjoint(keys) or (self.level == "part" and any(key.endswith(tuple(own)) for key in keys))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """One statutory table: its name, and other names it is known by."""

    title: str
    number: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        return _keys((self.title, *self.aliases))

    def fits(self, title: str) -> bool:
        return title_key(title) in self.keys


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """One chart of a layout; it is left out where the concept `unless_zero`, or that of a fund (expenditure/general_budget), is zero."""

    title: str
    number: int
    aliases: tuple[str, ...] = ()
    unless_zero: str | None = None

    def fits(self, title: str) -> bool:
        """Whether a chart's title is this one's, with or without 图n and 图."""
        return _chart_key(title) in {_chart_key(t) for t in (self.title, *self.aliases)}


def _chart_key(title: str) -> str:
    return _PICTURE.sub("", _PICTURE.sub("", title_key(title)))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSpec:
    """What a section has to say: a figure of `concept`, or one of `words`; not where `unless_zero` is zero."""

    section: str
    name: str
    say: str
    severity: Severity
    fallback: str | None = None
    concept: str | None = None
    words: tuple[str, ...] = ()
    unless_zero: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A layout. `years` are the first and the last fiscal year; `general` marks the layout others are built on.

    `terms` are the glossary's own; `old_terms` names that were given up, with what is written today.
    """

    id: str
    title: str
    kind: str
    years: tuple[int, int]
    verified: bool
    basis: str
    general: bool = False
    provinces: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    sections: tuple[SectionSpec, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    charts: tuple[ChartSpec, ...] = ()
    statements: tuple[StatementSpec, ...] = ()
    terms: tuple[str, ...] = ()
    old_terms: tuple[tuple[str, str], ...] = ()

    def section(self, id_: str) -> SectionSpec | None:
        """The section of that id."""
        return next((s for s in self.sections if s.id == id_), None)

    def table(self, title: str) -> TableSpec | None:
        """The table of that name."""
        return next((t for t in self.tables if t.fits(title)), None)


Raw = Mapping[str, object]


def _texts(raw: Raw, name: str) -> tuple[str, ...]:
    value = raw.get(name, [])
    return tuple(str(v) for v in value) if isinstance(value, Iterable) and not isinstance(value, str) else ()


def _text(raw: Raw, name: str) -> str | None:
    value = raw.get(name)
    return str(value) if value is not None else None


def _number(raw: Raw, name: str) -> int | None:
    value = raw.get(name)
    return value if isinstance(value, int) else None


def _rows(raw: Raw, name: str) -> list[Raw]:
    value = raw.get(name, [])
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _section(raw: Raw) -> SectionSpec:
    return SectionSpec(
        id=str(raw["id"]),
        title=str(raw["title"]),
        level=str(raw["level"]),
        number=_number(raw, "number"),
        within=_text(raw, "within"),
        aliases=_texts(raw, "aliases"),
        words=_texts(raw, "words"),
        required=_SEVERITIES.get(_text(raw, "required") or ""),
    )


def _statement(raw: Raw) -> StatementSpec:
    return StatementSpec(
        section=str(raw["section"]),
        name=str(raw["name"]),
        say=str(raw["say"]),
        severity=_SEVERITIES[str(raw["severity"])],
        fallback=_text(raw, "fallback"),
        concept=_text(raw, "concept"),
        words=_texts(raw, "words"),
        unless_zero=_text(raw, "unless_zero"),
    )


def _profile(raw: Raw) -> Profile:
    years = raw["years"]
    first, last = (int(y) for y in years) if isinstance(years, list) else (0, 0)
    glossary = raw.get("glossary")
    old = glossary.get("old") if isinstance(glossary, dict) else None
    return Profile(
        id=str(raw["id"]),
        title=str(raw["title"]),
        kind=str(raw["kind"]),
        years=(first, last),
        verified=bool(raw["verified"]),
        general=bool(raw.get("general")),
        basis=str(raw["basis"]),
        provinces=_texts(raw, "provinces"),
        markers=_texts(raw, "markers"),
        parts=_texts(raw, "parts"),
        sections=tuple(_section(r) for r in _rows(raw, "sections")),
        tables=tuple(
            TableSpec(title=str(r["title"]), number=_text(r, "number") or "", aliases=_texts(r, "aliases"))
            for r in _rows(raw, "tables")
        ),
        charts=tuple(
            ChartSpec(
                title=str(r["title"]),
                number=_number(r, "number") or 0,
                aliases=_texts(r, "aliases"),
                unless_zero=_text(r, "unless_zero"),
            )
            for r in _rows(raw, "charts")
        ),
        statements=tuple(_statement(r) for r in _rows(raw, "statements")),
        terms=_texts(glossary, "terms") if isinstance(glossary, dict) else (),
        old_terms=tuple((str(k), str(v)) for k, v in old.items()) if isinstance(old, dict) else (),
    )


@lru_cache(maxsize=1)
def load_profiles() -> tuple[Profile, ...]:
    """All profiles of this package, by id."""
    found = [
        _profile(tomllib.loads(entry.read_text(encoding="utf-8")))
        for entry in files(__name__).iterdir()
        if entry.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda p: p.id))


def profile_of(id_: str) -> Profile | None:
    """The profile of that id."""
    return next((p for p in load_profiles() if p.id == id_), None)
