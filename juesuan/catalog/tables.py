"""The files of the catalog, read into accounts, names, moves, aliases and headings."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from juesuan.catalog.model import ECONOMIC, FUNCTIONAL, GOV_ECONOMIC, KINDS, Account, Heading, Level, Naming

_DATA = Path(__file__).with_name("data")
_LEVELS = {level.value: level for level in Level}
_UNVERIFIED = "knowledge"
_DOUBT = re.compile(r"±(\d)")
_MOVED = re.compile(r"(?P<name>[^/（]+)（(?P<code>\d{3,7})）")
_CODE = re.compile(r"\d{3,7}")
_SAME_NOTE = "同上"
_DOCUMENTED = ("document:", "public:")


@dataclass(frozen=True, slots=True)
class Change:
    """One line of renames.csv, understood.

    `old_name` is None for a new or moved code; `predecessors` are the (name, code) it was made from;
    `successors` are the codes a dissolved one went to (then `new_name` is None).
    """

    code: str
    old_name: str | None
    new_name: str | None
    year: int
    doubt: int
    note: str
    predecessors: tuple[tuple[str, str], ...] = ()
    successors: tuple[str, ...] = ()


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _tuples(name: str) -> Iterator[list[str]]:
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        yield from lines


def _year(text: str) -> int | None:
    return int(text) if text else None


def _later(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)


def _earlier(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)


def read_accounts() -> dict[str, Account]:
    """All accounts by code, parents first. An account ends with its parent and does not begin before it."""
    found: dict[str, Account] = {}
    for kind in KINDS:
        for code, name, level, parent, first, last, extra, source in _tuples(kind):
            holder = found.get(parent)
            starts, ends = _year(first), _year(last)
            if holder is not None:
                starts, ends = _later(starts, holder.valid_from), _earlier(ends, holder.valid_to)
            fund = extra if kind == FUNCTIONAL else None
            group = extra if kind == ECONOMIC else None
            verified = source.startswith(_DOCUMENTED)
            found[code] = Account(
                code, name, _LEVELS[level], parent or None, kind, fund, group, starts, ends, verified, source
            )
    return found


def read_department_codes() -> dict[str, tuple[str, ...]]:
    """Which department economic accounts each government economic account takes."""
    return {row["code"]: tuple(row["dept_codes"].split()) for row in _rows(GOV_ECONOMIC)}


def read_changes() -> tuple[Change, ...]:
    """renames.csv in its order (by code, then year)."""
    found: list[Change] = []
    note = ""
    for code, old, new, year, remark in _tuples("renames"):
        note = note if remark == _SAME_NOTE else remark
        doubt = _DOUBT.search(note)
        old_moves = tuple((m["name"], m["code"]) for m in _MOVED.finditer(old))
        dissolved = new.startswith("（")
        found.append(
            Change(
                code=code,
                old_name=None if old_moves or not old else old,
                new_name=None if dissolved else new.split("（")[0] if _MOVED.fullmatch(new) else new,
                year=int(year),
                doubt=int(doubt[1]) if doubt else 0,
                note=note,
                predecessors=old_moves,
                successors=tuple(_CODE.findall(new)) if dissolved else (),
            )
        )
    return tuple(found)


def namings_of(account: Account, changes: list[Change]) -> tuple[Naming, ...]:
    """The names of one account, oldest first, from its renames (any order)."""
    renames = sorted((c for c in changes if c.old_name and c.new_name), key=lambda c: c.year)
    found: list[Naming] = []
    start, doubt = account.valid_from, 0
    for change in renames:
        found.append(Naming(change.old_name or "", start, change.year - 1, max(doubt, change.doubt), change.note))
        start, doubt = change.year, change.doubt
    note = renames[-1].note if renames else ""
    found.append(Naming(account.name, start, account.valid_to, doubt, note))
    return tuple(found)


def read_aliases() -> dict[str, tuple[str, ...]]:
    """Common ways to name economic accounts, each with the codes it stands for."""
    return {row["alias"]: tuple(row["codes"].split()) for row in _rows("aliases")}


def read_headings() -> tuple[Heading, ...]:
    """Headings of the published tables. Lines of order 0 describe a layout and are no headings."""
    return tuple(
        Heading(
            table=row["table"],
            side=row["side"],
            order=int(row["order"]),
            label=row["label"],
            code=row["code"] or None,
            aliases=tuple(a.strip() for a in row["aliases"].split("；") if a.strip()),
            note=row["note"],
            verified=row["source"] != _UNVERIFIED,
            source=row["source"],
        )
        for row in _rows("headings")
        if row["order"] != "0"
    )
