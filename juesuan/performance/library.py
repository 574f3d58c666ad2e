"""Common indicators by kind of project, as data (`data/indicators.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["CommonIndicator", "common_indicators", "kinds", "search_indicators"]


@dataclass(frozen=True, slots=True)
class CommonIndicator:
    """An indicator often used for one kind of project. `evidence`: what usually supports its completion."""

    kind: str
    level1: str
    level2: str
    name: str
    nature: str
    measure: str
    evidence: str


@cache
def _all() -> tuple[tuple[str, tuple[str, ...], tuple[CommonIndicator, ...]], ...]:
    data = tomllib.loads((files("juesuan.performance") / "data" / "indicators.toml").read_text("utf-8"))
    return tuple(
        (
            item["name"],
            tuple(item.get("also", ())),
            tuple(CommonIndicator(item["name"], *row) for row in item["indicators"]),
        )
        for item in data["kind"]
    )


def kinds() -> tuple[str, ...]:
    """The kinds of project known."""
    return tuple(name for name, _, _ in _all())


def common_indicators(kind: str) -> tuple[CommonIndicator, ...]:
    """The indicators of one kind, by its name or another word for it; none for a word nobody knows."""
    return next((items for name, also, items in _all() if kind == name or kind in also), ())


def search_indicators(word: str) -> tuple[CommonIndicator, ...]:
    """Those of a kind named so, else all whose kind, name or evidence holds the word."""
    exact = common_indicators(word)
    if exact:
        return exact
    named = [items for name, also, items in _all() if word in name or any(word in other for other in also)]
    if named:
        return tuple(item for items in named for item in items)
    return tuple(item for _, _, items in _all() for item in items if word in item.name or word in item.evidence)
