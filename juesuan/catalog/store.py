"""The store of accounts: by code and by name, in any year.

An unknown code or name is no error: the catalog has gaps. Names change by year; the same item name
stands under many groups.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from juesuan.catalog import tables
from juesuan.catalog.model import ECONOMIC, FUNCTIONAL, Account, Heading, Level, Naming
from juesuan.catalog.names import fold, variants

__all__ = ["Entry", "Index", "Store", "is_below"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of an account in the years it held; `last` marks the account's latest name."""

    account: Account
    naming: Naming
    last: bool


Index = dict[str, tuple[Entry, ...]]


class Store:
    """All accounts. Immutable to its users; indexes are built when first needed."""

    def __init__(self) -> None:
        self._accounts = tables.read_accounts()
        self._changes: dict[str, list[tables.Change]] = {}
        for change in tables.read_changes():
            self._changes.setdefault(change.code, []).append(change)
        self._indexes: dict[tuple[str, Level | None], Index] = {}

    def __len__(self) -> int:
        return len(self._accounts)

    def __iter__(self) -> Iterator[Account]:
        return iter(self._accounts.values())

    # -- by code

    def by_code(self, code: str, year: int | None = None) -> Account | None:
        """The account of a code ("2080505", "208.05.05"), named as in `year`; None if the catalog lacks it.

        An account that was not in use in that year is given all the same: see `Account.valid_in`.
        """
        account = self._accounts.get(code)
        if account is None:
            digits = "".join(c for c in unicodedata.normalize("NFKC", code) if c.isdecimal())
            account = self._accounts.get(digits)
        return None if account is None else self.named(account, year)

    def named(self, account: Account, year: int | None) -> Account:
        """The account with the name it bore in a year (walking its renames back), or its latest."""
        latest = self._accounts[account.code]
        if year is None or account.code not in self._changes:
            return latest
        names = self.names(account.code)
        name = next((n.name for n in reversed(names) if n.from_year is None or n.from_year <= year), names[0].name)
        return latest if name == latest.name else replace(latest, name=name)

    def names(self, code: str) -> tuple[Naming, ...]:
        """The names of a code over the years, oldest first; empty for an unknown code."""
        account = self.by_code(code)
        if account is None:
            return ()
        return tables.namings_of(account, self._changes.get(account.code, []))

    def path(self, account: Account, year: int | None = None) -> tuple[Account, ...]:
        """The account after its parents, category first, named as in `year`."""
        holder = self._accounts.get(account.parent) if account.parent else None
        return (*(self.path(holder, year) if holder else ()), self.named(account, year))

    def children(self, code: str, year: int | None = None) -> tuple[Account, ...]:
        """The accounts directly below a code, in use in `year`."""
        return tuple(self.named(a, year) for a in self._children.get(code, ()) if a.valid_in(year))

    def predecessors(self, code: str) -> tuple[tuple[str, str], ...]:
        """The (name, code) pairs an account was made from when it got its code; some codes are not in the catalog."""
        return tuple(pair for change in self._changes.get(code, ()) for pair in change.predecessors)

    def successors(self, code: str) -> tuple[Account, ...]:
        """The accounts that took over from one that ended."""
        return tuple(self._accounts[c] for c in self._successors.get(code, ()) if c in self._accounts)

    def department_codes(self, code: str) -> tuple[str, ...]:
        """The 部门预算 economic codes that a 政府预算 economic code takes."""
        return self._department_codes.get(code, ())

    # -- by name

    def lookup(
        self, name: str, kind: str = FUNCTIONAL, level: Level | None = None, within: tuple[str, ...] | None = None
    ) -> tuple[Entry, ...]:
        """All accounts that bear or bore a name, letter for letter after `fold`, else with or without 支出.

        `within`: only accounts below these codes.
        """
        index = self._index(kind, level)
        folded = fold(name)
        for key in (folded, *variants(folded)):
            found = index.get(key, ())
            if within is not None:
                found = tuple(e for e in found if is_below(e.account.code, within))
            if found:
                return found
        return ()

    def folded_names(self, kind: str, level: Level | None = None) -> Index:
        """Every name, old ones too, folded, with its accounts. Not to be changed by the caller."""
        return self._index(kind, level)

    def functional_by_name(self, name: str, level: Level | None = None, year: int | None = None) -> tuple[Account, ...]:
        """The functional accounts of a name, current or old (several for 行政运行); empty if none."""
        return self._by_name(name, FUNCTIONAL, level, year)

    def economic_by_name(self, name: str, year: int | None = None) -> tuple[Account, ...]:
        """The department economic accounts of a name, old name or common alias (公积金 → 住房公积金)."""
        found = self._by_name(name, ECONOMIC, None, year)
        if found:
            return found
        codes = self._aliases.get(fold(name), ())
        return tuple(self.named(self._accounts[code], year) for code in codes if code in self._accounts)

    def all_names(self, kind: str, level: Level | None = None) -> frozenset[str]:
        """All current and old names, as the catalog writes them."""
        return frozenset(e.naming.name for entries in self._index(kind, level).values() for e in entries)

    # -- tables

    def headings(self, table: str, side: str | None = None) -> tuple[Heading, ...]:
        """The row and column headings of a table ("公开01" or its full name), in the order of the file."""
        wanted = table.strip()
        fits = (h for h in self._headings if wanted and (h.table == wanted or h.table.split()[0] == wanted))
        return tuple(h for h in fits if side is None or h.side == side)

    # -- built when first needed

    def _by_name(self, name: str, kind: str, level: Level | None, year: int | None) -> tuple[Account, ...]:
        entries = self.lookup(name, kind, level)
        right = [e for e in entries if e.naming.holds_in(year) and e.account.valid_in(year)]
        codes = dict.fromkeys(e.account.code for e in (right or entries))
        return tuple(self.named(self._accounts[code], year) for code in codes)

    def _index(self, kind: str, level: Level | None) -> Index:
        key = (kind, level)
        if key not in self._indexes:
            self._indexes[key] = self._build(kind, level)
        return self._indexes[key]

    def _build(self, kind: str, level: Level | None) -> Index:
        found: dict[str, list[Entry]] = {}
        for account in self._accounts.values():
            if account.kind == kind and (level is None or account.level is level):
                names = tables.namings_of(account, self._changes.get(account.code, []))
                for naming in names:
                    found.setdefault(fold(naming.name), []).append(Entry(account, naming, naming is names[-1]))
        return {name: tuple(entries) for name, entries in found.items()}

    @cached_property
    def _children(self) -> dict[str, list[Account]]:
        found: dict[str, list[Account]] = {}
        for account in self._accounts.values():
            if account.parent:
                found.setdefault(account.parent, []).append(account)
        return found

    @cached_property
    def _successors(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, changes in self._changes.items():
            for change in changes:
                found.setdefault(code, []).extend(change.successors)
                for _, old in change.predecessors:
                    found.setdefault(old, []).append(code)
        return found

    @cached_property
    def _alias_rows(self) -> dict[str, tuple[str, ...]]:
        return tables.read_aliases()

    @cached_property
    def _aliases(self) -> dict[str, tuple[str, ...]]:
        return {fold(alias): codes for alias, codes in self._alias_rows.items()}

    @cached_property
    def _headings(self) -> tuple[Heading, ...]:
        return tables.read_headings()

    @cached_property
    def _department_codes(self) -> dict[str, tuple[str, ...]]:
        return tables.read_department_codes()


def is_below(code: str, holders: tuple[str, ...]) -> bool:
    """Whether an account stands below one of others: its code goes on where theirs ends."""
    return code.startswith(holders) and any(len(code) > len(h) and code.startswith(h) for h in holders)
