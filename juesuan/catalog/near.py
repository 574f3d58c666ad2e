"""Which names are close in spelling, and what sort of slip lies between."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from types import ModuleType

from juesuan.catalog.names import stem

_SHORTEST_CUT = 6
_LEAST_SHARE = 0.6
_SHORTEST_ADDED = 4
_SHORTEST_CHANGED = 6
_ALIKE = 0.7


@cache
def _distance() -> ModuleType:
    """Loaded at the first misspelling only: most documents have none."""
    from rapidfuzz import distance

    return distance


def is_slip(written: str, name: str) -> bool:
    """Whether `written` reads as a slip of `name` (both folded).

    A slip has letters transposed, one missing, added or changed, or the end cut off. Short names differ by one
    letter without being slips (民政事务, 民族事务).
    """
    if not written or not name or written == name:
        return False
    short, long = sorted((len(written), len(name)))
    if short == long and sorted(written) == sorted(name):
        return True
    if name.startswith(written) and short >= _SHORTEST_CUT and short >= _LEAST_SHARE * long:
        return True
    if long - short > 1 or long < (_SHORTEST_ADDED if short != long else _SHORTEST_CHANGED):
        return False
    return bool(_distance().OSA.distance(written, name, score_cutoff=1) <= 1)


def is_fragment(written: str, name: str) -> bool:
    """Whether a table cell beside the right code shows this name (both folded).

    It may show it with a slip, cut off, or with the end of the cell above before it. More is accepted than by
    `is_slip`: the code speaks for the name.
    """
    core = stem(name)
    return is_slip(written, name) or is_slip(stem(written), core) or (len(core) >= _SHORTEST_ADDED and core in written)


def slips(written: str, names: Iterable[str]) -> list[str]:
    """The folded names of which `written` reads as a slip, in their order."""
    ours = stem(written)
    return [name for name in names if is_slip(written, name) or is_slip(ours, stem(name))]


def alike(written: str, names: Iterable[str], limit: int = 3) -> list[tuple[str, float]]:
    """The folded names that share most letters with `written`, best first, with their likeness (0.7 to 1)."""
    ours = stem(written)
    if len(ours) < _SHORTEST_ADDED:
        return []
    likeness = _distance().Indel.normalized_similarity
    scored = ((name, likeness(ours, stem(name), score_cutoff=_ALIKE)) for name in names)
    return sorted(((n, s) for n, s in scored if s >= _ALIKE), key=lambda pair: -pair[1])[:limit]
