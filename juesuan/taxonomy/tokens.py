"""Token kinds of money sentences. Each kind is one letter, so that a clause can be matched as a short string."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from juesuan.facts import Stage
from juesuan.quantity import Quantity

KINDS: dict[str, str] = {
    "YEAR": "Y",
    "BASE": "B",
    "LABEL": "L",
    "ACCOUNT": "I",
    "ECONOMIC": "G",
    "STAGE": "S",
    "AMOUNT": "A",
    "PERCENT": "P",
    "POINTS": "Q",
    "COUNT": "C",
    "NUMBER": "N",
    "INERT": "i",
    "DIR": "D",
    "FLAT": "F",
    "ORDER": "O",
    "SHARE": "Z",
    "COMPLETE": "W",
    "EACH": "E",
    "IS": "=",
    "OF": "d",
    "VERSUS": "v",
    "FROM": "f",
    "VARIANCE": "V",
    "GAP": "…",
    "AMONG": "M",
    "REASON": "R",
    "PURPOSE": "U",
    "RESIDUE": "X",
    "WORD": "w",
    "COMMA": ",",
    "SEMICOLON": ";",
    "STOP": ".",
    "LIST": "/",
    "COLON": ":",
    "OPEN": "(",
    "CLOSE": ")",
}
"""Name of a kind in phrase patterns → its letter."""


class LabelValue(NamedTuple):
    """A concept as written: its fund and stage words with it. `concept` "" is a fund alone."""

    concept: str
    fund: str | None = None
    stage: Stage | None = None
    account: str | None = None


class AccountValue(NamedTuple):
    """An account path as written: 类, 款, 项, each with its position in the text or absent."""

    category: str | None
    group: str | None
    item: str | None


class BaseValue(NamedTuple):
    """What a figure is compared with: a year (absolute, or -1 = last year), a stage, or both. `words` as written."""

    year: int | None
    relative: bool
    stage: Stage | None


class YearValue(NamedTuple):
    """A year, absolute or relative to the document's (0 = this year, -1 = last)."""

    year: int
    relative: bool
    date: bool = False


class StageValue(NamedTuple):
    """A stage word, with the concept it hints at (支出决算 → expenditure). `variant` keeps 调整后年初预算 apart from 年初预算."""

    stage: Stage
    concept: str | None = None
    variant: str | None = None


Value = Quantity | LabelValue | AccountValue | BaseValue | YearValue | StageValue | int | str | None


@dataclass(slots=True)
class Token:
    """One token: kind letter, characters `start` to `end` of the passage, and what it means."""

    kind: str
    start: int
    end: int
    value: Value = None
