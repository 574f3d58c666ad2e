"""The skeletons of reports, as data: one `.j2` of the text and one `.toml` beside it for each layout (`profiles/`).

A new year is a new pair of files. A skeleton's lines are blocks; what may stand in them is said at its head.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from jinja2 import FunctionLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from juesuan.errors import UsageError
from juesuan.taxonomy.profiles import Profile, profile_of

__all__ = ["Skeleton", "load_skeleton", "skeleton_ids"]

_HOME = files("juesuan.compose") / "profiles"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A layout to compile by: its profile, the text with places for facts, and its settings.

    `vehicles`: the kinds of vehicles the year's form names; `leave_out`: columns of statements that the printed
    tables do not have, by statement.
    """

    id: str
    profile: Profile
    text: str
    template: Template
    vehicles: tuple[tuple[str, str], ...]
    settings: Mapping[str, object]


def skeleton_ids() -> tuple[str, ...]:
    """All layouts that can be compiled."""
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in _HOME.iterdir() if entry.name.endswith(".toml")))


def _source(name: str) -> str | None:
    """A part that skeletons have in common."""
    part = _HOME / name
    return part.read_text(encoding="utf-8") if part.is_file() else None


@lru_cache(maxsize=8)
def load_skeleton(id_: str) -> Skeleton:
    """The skeleton of that id. Raises UsageError for an unknown one."""
    if id_ not in skeleton_ids():
        raise UsageError(f"没有“{id_}”这个编制方案，可以用 {'、'.join(skeleton_ids())}；请改 单位.toml 的“方案”。")
    raw = tomllib.loads((_HOME / f"{id_}.toml").read_text(encoding="utf-8"))
    text = (_HOME / f"{id_}.j2").read_text(encoding="utf-8")
    profile = profile_of(raw["layout"])
    if profile is None:
        raise UsageError(f"编制方案“{id_}”所用的体例“{raw['layout']}”不存在，请重新安装本程序。")
    environment = SandboxedEnvironment(loader=FunctionLoader(_source), undefined=StrictUndefined, autoescape=False)
    return Skeleton(
        id_,
        profile,
        text,
        environment.from_string(text),
        tuple((str(label), str(id_)) for label, id_ in raw.get("vehicles", {}).get("kinds", ())),
        raw,
    )
