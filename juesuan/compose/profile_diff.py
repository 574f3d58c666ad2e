"""What changed between two layouts: sections, tables, charts, glossary, and the words of the skeletons."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from juesuan.compose.skeleton import load_skeleton, skeleton_ids
from juesuan.errors import UsageError
from juesuan.taxonomy.profiles import Profile, load_profiles, profile_of

__all__ = ["profile_diff"]


def profile_diff(first: str, second: str) -> Iterator[str]:
    """The differences as lines, "+" for what only the second has. Raises UsageError for an unknown layout."""
    before, after = _profile(first), _profile(second)
    yield f"{before.id}（{before.title}）→ {after.id}（{after.title}）"
    for name, old, new in (
        ("年度", [f"{before.years[0]}—{before.years[1]}"], [f"{after.years[0]}—{after.years[1]}"]),
        ("各部分", before.parts, after.parts),
        ("节次", _sections(before), _sections(after)),
        (
            "公开表",
            [f"{t.number} {t.title}".strip() for t in before.tables],
            [f"{t.number} {t.title}".strip() for t in after.tables],
        ),
        ("图", [f"图{c.number} {c.title}" for c in before.charts], [f"图{c.number} {c.title}" for c in after.charts]),
        ("必须写明的内容", [s.name for s in before.statements], [s.name for s in after.statements]),
        ("名词解释", before.terms, after.terms),
        ("句式骨架", _lines(first), _lines(second)),
    ):
        yield from _part(name, old, new)


def _profile(id_: str) -> Profile:
    found = profile_of(id_)
    if found is None:
        raise UsageError(f"没有“{id_}”这个体例，可以用 {'、'.join(p.id for p in load_profiles())}。")
    return found


def _sections(profile: Profile) -> list[str]:
    inner = {"subsection": "  "}
    return [f"{inner.get(s.level, '')}{s.number or ''} {s.title}".rstrip() for s in profile.sections]


def _lines(id_: str) -> list[str]:
    return load_skeleton(id_).text.splitlines() if id_ in skeleton_ids() else []


def _part(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    changes = [line for line in difflib.ndiff(list(old), list(new)) if line[:2] in {"+ ", "- "}]
    if not changes:
        return
    yield f"\n{name}：减 {sum(c[0] == '-' for c in changes)}，增 {sum(c[0] == '+' for c in changes)}"
    yield from (f"  {line}" for line in changes)
