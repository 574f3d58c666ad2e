"""A batch summed up in one pass over its records: units, severities, rules, what was not read, who is missing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from juesuan.corpus.files import stem_of
from juesuan.document.decode import decode_text
from juesuan.errors import UsageError

__all__ = ["FileSum", "Group", "Summary", "read_entities", "summarise"]

_BRACKETS = re.compile(r"[\s（）()“”\"·]")
_LEAST_NAME = 4
_BIGGEST = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileSum:
    """What is kept of one file. `counts` by severity key; `lost`: why it was not read, or not whole."""

    name: str
    entity: str | None
    year: int | None
    kind: str
    outcome: str
    counts: Mapping[str, int]
    numbers: int
    unread: int
    lost: tuple[str, ...]
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one unit. `entity` is None where no file says whose it is; `name` is what to call the group."""

    name: str
    entity: str | None
    files: tuple[FileSum, ...]

    def count(self, severity: str) -> int:
        return sum(f.counts.get(severity, 0) for f in self.files)


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole batch.

    `rules`: code and name with the number of findings and of files; `missing` are the units of the list that no
    file is of, None without a list; `unlisted` the units that the list does not have.
    """

    files: tuple[FileSum, ...]
    groups: tuple[Group, ...]
    rules: tuple[tuple[str, str, int, int], ...]
    missing: tuple[str, ...] | None = None
    unlisted: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def unread(self) -> tuple[FileSum, ...]:
        """The files that could not be read, or not whole."""
        return tuple(f for f in self.files if f.outcome in {"unreadable", "partial"})


def summarise(records: Iterable[Mapping[str, Any]], wanted: Sequence[str] | None) -> Summary:
    """Sum up the records; `wanted` are the units that should have published."""
    files: list[FileSum] = []
    found: Counter[tuple[str, str]] = Counter()
    within: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    for record in records:
        one = _file(record)
        files.append(one)
        total.update(one.counts)
        rules = Counter((f["rule"], f["name"]) for f in record["document"]["findings"])
        found.update(rules)
        within.update(rules.keys())
    groups = tuple(_groups(files))
    ranked = sorted(found, key=lambda key: (-found[key], key))
    missing, unlisted = (None, ()) if wanted is None else _held_against(groups, wanted)
    return Summary(
        files=tuple(files),
        groups=groups,
        rules=tuple((code, name, found[code, name], within[code, name]) for code, name in ranked),
        missing=missing,
        unlisted=unlisted,
        counts=total,
    )


def _file(record: Mapping[str, Any]) -> FileSum:
    document = record["document"]
    outcome = document["outcome"]
    lost = outcome in {"unreadable", "partial"}
    return FileSum(
        name=record["name"],
        entity=document["entity"],
        year=document["year"],
        kind=document["kind"],
        outcome=outcome,
        counts=Counter(finding["severity"] for finding in document["findings"]),
        numbers=document["coverage"]["numbers"],
        unread=len(document["coverage"]["unread"]),
        lost=tuple(problem["message"] for problem in document["problems"]) if lost else (),
        milliseconds=record["milliseconds"],
    )


def _groups(files: Sequence[FileSum]) -> list[Group]:
    """Files of one unit: of the same name inside, or beside each other with the same name of file.

    A file that does not say whose it is (a workbook, an attachment) goes to the unit of the file beside it whose
    name is the same but for year, kind and numbers, if all such files are of one unit.
    """
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in files:
        if one.entity:
            named[_beside(one)].add(one.entity)
    held: dict[str, list[FileSum]] = defaultdict(list)
    called: dict[str, str | None] = {}
    for one in files:
        near = named.get(_beside(one), set())
        entity = one.entity or (next(iter(near)) if len(near) == 1 else None)
        key = bare_name(entity) if entity else "/".join(_beside(one))
        held[key].append(one)
        called.setdefault(key, entity)
    groups = [Group(called[key] or _stem(own), called[key], tuple(own)) for key, own in held.items()]
    return sorted(groups, key=lambda g: (-g.count("error"), -g.count("warning"), g.name))


def _beside(one: FileSum) -> tuple[str, str]:
    path = PurePosixPath(one.name)
    return str(path.parent), stem_of(path.name)


def _stem(files: Sequence[FileSum]) -> str:
    return PurePosixPath(files[0].name).stem


# --- who should be there -------------------------------------------------------------------------------------


def read_entities(path: Path) -> list[str]:
    """The units of a list: one a line, the first column where a line has several. Raises UsageError."""
    try:
        data = path.read_bytes() if path.stat().st_size <= _BIGGEST else b""
    except (OSError, ValueError) as error:
        raise UsageError(f"单位名单“{path}”打不开，请检查路径和读取权限。") from error
    decoded = decode_text(data)
    if decoded is None:
        raise UsageError(f"单位名单“{path}”不是文字文件，请另存为 txt 或 csv，每行一个单位。")
    lines = (re.split(r"[,，\t]", line)[0].strip().strip("\"'\ufeff") for line in decoded.text.splitlines())
    names = list(dict.fromkeys(line for line in lines if line and line not in {"单位", "单位名称", "部门", "部门名称"}))
    if not names:
        raise UsageError(f"单位名单“{path}”里没有单位，请每行写一个单位。")
    return names


def bare_name(name: str) -> str:
    """A unit's name without blanks, quotes and brackets."""
    return _BRACKETS.sub("", name)


def _held_against(groups: Sequence[Group], wanted: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The units of the list that have no file, and the groups that are of no unit of the list."""
    met = {id(group): any(_is_of(group, name) for name in wanted) for group in groups}
    missing = tuple(name for name in wanted if not any(_is_of(group, name) for group in groups))
    return missing, tuple(group.name for group in groups if not met[id(group)])


def _is_of(group: Group, name: str) -> bool:
    """The same name, one being the other with its province, city or district before it; else the files' names."""
    wanted = bare_name(name)
    if group.entity:
        own = bare_name(group.entity)
        short, long = sorted((own, wanted), key=len)
        return own == wanted or (len(short) >= _LEAST_NAME and long.endswith(short))
    return len(wanted) >= _LEAST_NAME and any(wanted in bare_name(f.name) for f in group.files)
