"""One key for an account, however it is named: the catalog's code, by the document's own tables first.

A sentence names a path (类/款/项), a table prints a code. The same account must have the same key, and a name that
fits nowhere, or in two places, must have none: a wrong match is worse than a missed one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from juesuan.catalog import ECONOMIC, PLACED, split_path, stem
from juesuan.catalog import fold as fold_name
from juesuan.catalog import load as load_catalog

LEVEL_LENGTHS = (3, 5, 7)


@dataclass(frozen=True, slots=True)
class AccountNames:
    """The functional and economic accounts that a document's tables print: code → names, and names → codes."""

    codes: dict[str, set[str]] = field(default_factory=dict)
    by_name: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]]) -> AccountNames:
        """From (code, name) pairs of table rows."""
        codes: dict[str, set[str]] = defaultdict(set)
        by_name: dict[str, set[str]] = defaultdict(set)
        for code, name in rows:
            folded = stem(fold_name(name))
            if folded:
                codes[code].add(folded)
                by_name[folded].add(code)
        return cls(dict(codes), dict(by_name))

    def named(self, name: str, length: int, within: str = "") -> str | None:
        """The one code of that length below `within` that bears a name in the tables."""
        found = {c for c in self.by_name.get(stem(fold_name(name)), ()) if len(c) == length and c.startswith(within)}
        return found.pop() if len(found) == 1 else None


def function_code(path: str, year: int | None, names: AccountNames) -> str | None:
    """The code of a path 类/款/项 as a sentence writes it (levels may be empty); None when it is not certain.

    Each level is looked for below the one before, in the document's tables, then in the catalog.
    """
    levels = [*path.split("/"), "", ""][:3]
    by_tables = _by_tables(levels, names)
    if by_tables is not None:
        return by_tables
    resolution = load_catalog().resolve(levels[0] or None, levels[1] or None, levels[2] or None, year)
    account = resolution.account
    written = [m for m in resolution.levels if m.written]
    if account is None or not written or any(m.status not in PLACED for m in written):
        return None
    return account.code


def _by_tables(levels: list[str], names: AccountNames) -> str | None:
    within = ""
    for name, length in zip(levels, LEVEL_LENGTHS, strict=True):
        if not name:
            continue
        code = names.named(name, length, within)
        if code is None:
            return None
        within = code
    return within or None


def path_of_label(label: str) -> str | None:
    """The path 类/款/项 in a label such as “…（类）…（款）…（项）”科目; None when it holds none."""
    levels = split_path(label)
    return "/".join(p or "" for p in levels).rstrip("/") if any(levels) else None


def economic_code(name: str, year: int | None, names: AccountNames) -> str | None:
    """The code of an economic item by its name: the tables' own, else the catalog's when there is just one."""
    folded = stem(fold_name(name))
    own = {c for c in names.by_name.get(folded, ()) if c[0] in "35"}
    if len(own) == 1:
        return own.pop()
    found = {a.code for a in load_catalog().economic_by_name(name, year) if a.kind == ECONOMIC}
    return found.pop() if len(found) == 1 and not own else None
