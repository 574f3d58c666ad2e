"""分别: several subjects or years and as many figures, bound one to one, or not at all.

"人员经费、公用经费分别为100.00万元、20.00万元" and "2022年和2023年公务接待费分别为1.20万元和0.96万元". Where the numbers
differ, or words stand between that nobody understood, no figure is bound: a wrong one would be held against others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from juesuan.taxonomy.tokens import Token

_FIGURES: Final = r"S?(?:E=*|M)A(?:[/w,]A)+"
_SUBJECTS: Final = re.compile(rf"[LIG](?:[/w][LIG])+{_FIGURES}")
_YEARS: Final = re.compile(rf"Y(?:[/w,]Y)+[LIG]{_FIGURES}")
_ANY: Final = re.compile(rf"[LIGSY]{_FIGURES}|{_FIGURES}")
_JOINING: Final = frozenset({"和", "及", "与", "、", "以及"})


@dataclass(frozen=True, slots=True)
class Respectively:
    """Tokens up to `end`: `subjects` and `years` (one of them may be alone) with their `figures`, all empty where unclear."""

    end: int
    subjects: tuple[Token, ...] = ()
    years: tuple[Token, ...] = ()
    figures: tuple[Token, ...] = ()


def read_respectively(text: str, kinds: str, live: Sequence[Token], position: int) -> Respectively | None:
    """What stands at `position`, if it is such a list."""
    if kinds[position] not in "LIGSYEM":
        return None
    for pattern in (_SUBJECTS, _YEARS, _ANY):
        match = pattern.match(kinds, position)
        if match is None:
            continue
        found = live[position : match.end()]
        each = next(t for t in found if t.kind in "EM")
        if not text.startswith("分别", each.start):
            return None
        return _bound(text, found, match.end())
    return None


def _bound(text: str, found: Sequence[Token], end: int) -> Respectively:
    subjects = tuple(t for t in found if t.kind in "LIG")
    years = tuple(t for t in found if t.kind == "Y")
    figures = tuple(t for t in found if t.kind == "A")
    joined = all(text[t.start : t.end] in _JOINING for t in found if t.kind == "w")
    pairs = len(subjects) if not years else len(years) if len(subjects) == 1 else 0
    if not joined or pairs != len(figures):
        return Respectively(end)
    return Respectively(end, subjects, years, figures)
