"""Scoring profiles: how points are given, as data (`data/profile-*.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from juesuan.errors import UsageError
from juesuan.performance.model import Project

__all__ = ["Band", "Profile", "Step", "load_profile", "profile_for", "profile_ids", "profile_of", "read_profile"]

_NEEDED = ("id", "name", "basis", "execution", "decimals", "over_threshold", "at_most", "equal", "grades", "bands")
_AT_MOST, _EQUAL = ("target_over_actual", "deviation", "none"), ("deviation", "none")


@dataclass(frozen=True, slots=True)
class Step:
    """Over-fulfilment above `above` percent of the target (up to the next step) loses `deduct` percent of the weight."""

    above: Decimal
    deduct: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """What a qualitative result may be given: `low` to `high` percent of the weight, for results in these `words`."""

    name: str
    low: Decimal
    high: Decimal
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How points are given.

    `execution`: points of the execution rate. `levels`: points of the first-level indicators where the profile
    fixes them (word in the level's name → points), `without_satisfaction` goes to the level named there when there is
    no satisfaction indicator. `at_most`: what an exceeded ≤ gets: target_over_actual, deviation, none;
    `equal`: what a missed ＝ gets: deviation, none. `late_per_month`: percent of the weight lost for each month after
    a deadline. `grades`: names with the lowest score, the highest first. `forms`: declarations it is meant for.
    """

    id: str
    name: str
    basis: str
    execution: Decimal
    levels: tuple[tuple[str, Decimal], ...] = ()
    without_satisfaction: str = ""
    decimals: int = 2
    over_threshold: Decimal = Decimal(130)
    over: tuple[Step, ...] = ()
    at_most: str = "target_over_actual"
    equal: str = "deviation"
    late_per_month: Decimal = Decimal(100)
    grades: tuple[tuple[str, Decimal], ...]
    bands: tuple[Band, ...]
    forms: tuple[str, ...] = ()
    with_cost: bool = False

    @property
    def indicators(self) -> Decimal:
        """The points of all indicators together."""
        return Decimal(100) - self.execution

    def grade(self, score: Decimal) -> str:
        """The grade of a total score."""
        return next((name for name, floor in self.grades if score >= floor), self.grades[-1][0])


def _number(value: object, path: str, key: str) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise UsageError(f"计分方案“{path}”的“{key}”要一个数，不能是“{value}”，请改正。") from error


def profile_of(data: Mapping[str, Any], path: str = "") -> Profile:
    """A profile from its data. Raises UsageError naming the key that is wrong."""
    missing = [key for key in _NEEDED if key not in data]
    if missing:
        raise UsageError(f"计分方案“{path}”缺少“{'”“'.join(missing)}”，请补上；可以从随程序附带的方案抄一份再改。")
    for key, choices in (("at_most", _AT_MOST), ("equal", _EQUAL)):
        if data[key] not in choices:
            raise UsageError(f"计分方案“{path}”的“{key}”没有“{data[key]}”；可以用 {'、'.join(choices)}。")
    steps = (Step(_number(s["above"], path, "over"), _number(s["deduct"], path, "over")) for s in data.get("over", ()))
    bands = tuple(
        Band(b["name"], _number(b["low"], path, "bands"), _number(b["high"], path, "bands"), tuple(b["words"]))
        for b in data["bands"]
    )
    grades = tuple((str(name), _number(floor, path, "grades")) for name, floor in data["grades"])
    return Profile(
        id=data["id"],
        name=data["name"],
        basis=data["basis"],
        execution=_number(data["execution"], path, "execution"),
        levels=tuple((name, _number(points, path, "levels")) for name, points in data.get("levels", {}).items()),
        without_satisfaction=data.get("without_satisfaction", ""),
        decimals=int(data["decimals"]),
        over_threshold=_number(data["over_threshold"], path, "over_threshold"),
        over=tuple(sorted(steps, key=lambda s: s.above)),
        at_most=data["at_most"],
        equal=data["equal"],
        late_per_month=_number(data.get("late_per_month", 100), path, "late_per_month"),
        grades=tuple(sorted(grades, key=lambda g: -g[1])),
        bands=bands,
        forms=tuple(data.get("forms", ())),
        with_cost=bool(data.get("with_cost", False)),
    )


@cache
def _shipped() -> Mapping[str, Profile]:
    folder = files("juesuan.performance") / "data"
    names = sorted(f.name for f in folder.iterdir() if f.name.startswith("profile-"))
    found = (profile_of(tomllib.loads((folder / n).read_text("utf-8"), parse_float=Decimal), n) for n in names)
    return {profile.id: profile for profile in found}


def profile_ids() -> tuple[str, ...]:
    """The ids of the profiles that come with the program."""
    return tuple(_shipped())


def load_profile(name: str) -> Profile:
    """A profile by its id, or read from a TOML file of that path. Raises UsageError."""
    shipped = _shipped().get(name)
    if shipped is not None:
        return shipped
    if name.endswith(".toml"):
        return read_profile(Path(name))
    raise UsageError(f"没有计分方案“{name}”；可以用 {'、'.join(profile_ids())}，或者写一份 .toml 文件的路径。")


def read_profile(path: Path) -> Profile:
    """A profile from a TOML file. Raises UsageError."""
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise UsageError(f"计分方案“{path}”打不开，请检查路径。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"计分方案“{path}”不是写对的 TOML 文件（{error}），请改正。") from error
    return profile_of(data, str(path))


def profile_for(project: Project) -> Profile:
    """The profile meant for a project's form; with cost indicators of the first level the one that has them."""
    has_cost = any("成本" in i.level1 for i in project.indicators)
    fitting = [p for p in _shipped().values() if project.form in p.forms]
    fitting = fitting or [_shipped()["ministry-2020"], _shipped()["ministry-2021"]]
    return next((p for p in fitting if p.with_cost is has_cost), fitting[0])
