"""What the catalog says of an account path as written: which accounts it means, and how the names stand.

Each level is looked for below the level before; only then elsewhere. The catalog is incomplete: `UNKNOWN`
says nothing against a document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum

from juesuan.catalog import near
from juesuan.catalog.model import FUNCTIONAL, LEVELS, Account, Level, Naming
from juesuan.catalog.names import fold, stem
from juesuan.catalog.store import Entry, Store, is_below

__all__ = ["LevelMatch", "Resolution", "Status", "match_code", "resolve"]

_GENERIC = 3
"""A name under more parents than this in its category (行政运行) does not show where it belongs."""


class Status(Enum):
    """How one written name stands to the catalog."""

    ABSENT = "absent"
    """Nothing was written at this level."""
    CURRENT = "current"
    """The right name in the year, in its right place (or one that may be right: see `Naming.doubt`)."""
    OLD = "old"
    """The right place, but a name that had been given up before the year."""
    LATER = "later"
    """The right place, but a name or account of a later year."""
    RETIRED = "retired"
    """The right name of an account that had ended before the year."""
    ELSEWHERE = "elsewhere"
    """A name of the catalog that stands below another parent."""
    REPEATS = "repeats"
    """The name of the level above, repeated; no account of that name stands below it."""
    NEAR = "near"
    """A slip of a name in its right place: letters transposed, one missing, added or changed, or cut off."""
    UNKNOWN = "unknown"
    """Not in the catalog."""


PLACED = frozenset({Status.CURRENT, Status.OLD, Status.LATER, Status.RETIRED})
"""The name is, or was, an account's name at the place where it is written."""


@dataclass(frozen=True, slots=True)
class LevelMatch:
    """One level of a path.

    `accounts`: what it means (NEAR: what it probably means; ELSEWHERE: where the name stands), named
    as in the year asked for.
    `naming`: the years of the written name, if it is one.
    `right`: the years of the right name, so that `right.from_year` says since when.
    `suggestions`: accounts of similar names, for a level that is UNKNOWN; they prove nothing.
    `successors`: what took over from a RETIRED account.
    """

    level: Level
    written: str | None
    status: Status
    accounts: tuple[Account, ...] = ()
    naming: Naming | None = None
    right: Naming | None = None
    suggestions: tuple[Account, ...] = ()
    successors: tuple[Account, ...] = ()

    @property
    def current_name(self) -> str | None:
        """The right name in the year, if all candidates share one."""
        names = {a.name for a in self.accounts}
        return names.pop() if len(names) == 1 else None

    @property
    def since(self) -> int | None:
        """The first year of the right name, where known."""
        return self.right.from_year if self.right else None

    @property
    def verified(self) -> bool:
        """Whether all accounts meant stand in public documents with code and name."""
        return bool(self.accounts) and all(a.verified for a in self.accounts)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The three levels of a path. `joined`: group and item were written as one name, without （款）."""

    category: LevelMatch
    group: LevelMatch
    item: LevelMatch
    year: int | None
    joined: bool = False

    @property
    def levels(self) -> tuple[LevelMatch, LevelMatch, LevelMatch]:
        return self.category, self.group, self.item

    @property
    def clean(self) -> bool:
        """Whether every level written is current."""
        return all(m.status in (Status.CURRENT, Status.ABSENT) for m in self.levels)

    @property
    def account(self) -> Account | None:
        """The account of the deepest written level, where that is exactly one and in its place or nearly."""
        written = [m for m in self.levels if m.status is not Status.ABSENT]
        if not written or len(written[-1].accounts) != 1:
            return None
        return written[-1].accounts[0] if written[-1].status in PLACED | {Status.NEAR} else None


def resolve(
    catalog: Store, category: str | None, group: str | None, item: str | None, year: int | None = None
) -> Resolution:
    """Resolve a path as written; names may carry their （类）（款）（项）. None or "" is a level not written."""
    seeker = _Seeker(catalog, year)
    top = seeker.match(Level.CATEGORY, category, None)
    if item and not group:
        joined = seeker.split(item, top)
        if joined:
            return Resolution(top, joined[0], joined[1], year, joined=True)
    middle = seeker.match(Level.GROUP, group, top)
    if middle.accounts or middle.status is Status.ABSENT:
        return Resolution(top, middle, seeker.match(Level.ITEM, item, middle if middle.accounts else top, top), year)
    return Resolution(top, middle, seeker.match(Level.ITEM, item, top, guess=False), year)


def match_code(catalog: Store, code: str, name: str, year: int | None = None) -> LevelMatch | None:
    """What the catalog says of a code and a name that stand side by side in a table; None for an unknown code.

    ELSEWHERE: the name is another account's (`accounts`), `suggestions` holds the account of the code.
    UNKNOWN: `suggestions` holds the account of the code.
    """
    account = catalog.by_code(code, year)
    if account is None:
        return None
    seeker = _Seeker(catalog, year)
    names = catalog.names(account.code)
    folded = fold(name)
    same = [n for n in names if fold(n.name) == folded] or [n for n in names if stem(fold(n.name)) == stem(folded)]
    if same:
        return seeker.judge(account.level, name, [Entry(account, n, n is names[-1]) for n in same])
    if any(near.is_fragment(folded, fold(n.name)) for n in names):
        return LevelMatch(account.level, name, Status.NEAR, (account,), right=seeker.naming(account))
    others = catalog.lookup(name, account.kind, account.level)
    siblings = tuple(e for e in others if e.account.parent == account.parent)
    if siblings or 0 < len(others) <= _GENERIC:
        found = seeker.judge(account.level, name, siblings or others)
        return replace(found, status=Status.ELSEWHERE, suggestions=(account,))
    return LevelMatch(account.level, name, Status.UNKNOWN, suggestions=(account,))


@dataclass(frozen=True, slots=True)
class _Seeker:
    catalog: Store
    year: int | None

    def match(
        self,
        level: Level,
        written: str | None,
        holder: LevelMatch | None,
        top: LevelMatch | None = None,
        *,
        guess: bool = True,
    ) -> LevelMatch:
        """One level below `holder`; `top`, the category, is the wider scope of an item.

        Without `guess` no slips are looked for: below a group that is not known every sibling of siblings would be one.
        """
        if written is None or not fold(written):
            return LevelMatch(level, written, Status.ABSENT)
        within = _codes(holder)
        placed = self.catalog.lookup(written, FUNCTIONAL, level, within)
        if placed:
            return self.judge(level, written, placed)
        if holder and _repeats(written, holder):
            return LevelMatch(level, written, Status.REPEATS, holder.accounts)
        wider = _codes(top) or within
        steps: tuple[Callable[[], LevelMatch | None], ...] = (
            lambda: self._slip(level, written, within) if guess else None,
            lambda: self._elsewhere(level, written, wider),
            lambda: self._elsewhere(level, written, None),
        )
        for step in steps:
            found = step()
            if found:
                return found
        return LevelMatch(level, written, Status.UNKNOWN, suggestions=self._alike(level, written, wider))

    def split(self, written: str, top: LevelMatch) -> tuple[LevelMatch, LevelMatch] | None:
        """A group and an item written as one name; None if the name can be read whole or no such pair exists."""
        folded, within = fold(written), _codes(top)
        if self.catalog.lookup(written, FUNCTIONAL, Level.ITEM, within):
            return None
        for name, entries in self.catalog.folded_names(FUNCTIONAL, Level.GROUP).items():
            fits = [e for e in entries if within is None or is_below(e.account.code, within)]
            if not fits or not folded.startswith(name) or len(name) == len(folded):
                continue
            group = self.judge(Level.GROUP, name, fits)
            item = self.match(Level.ITEM, folded[len(name) :], group)
            if item.status in PLACED:
                return group, item
        return None

    def judge(self, level: Level, written: str, entries: Iterable[Entry]) -> LevelMatch:
        """The best standing among the accounts that bear or bore the written name, and those that share it."""
        ranked: dict[Status, list[Entry]] = {}
        for entry in entries:
            ranked.setdefault(self._standing(entry), []).append(entry)
        status = next(s for s in (Status.CURRENT, Status.OLD, Status.RETIRED, Status.LATER) if s in ranked)
        chosen = {e.account.code: e for e in ranked[status]}
        accounts = tuple(self.catalog.named(e.account, self.year) for e in chosen.values())
        first = ranked[status][0]
        heirs = self.catalog.successors(first.account.code) if status is Status.RETIRED else ()
        right = self.naming(accounts[0])
        return LevelMatch(level, written, status, accounts, first.naming, right, successors=heirs)

    def naming(self, account: Account) -> Naming | None:
        """The years of the name that is right in the year."""
        return next((n for n in self.catalog.names(account.code) if n.name == account.name), None)

    def _standing(self, entry: Entry) -> Status:
        naming, year = entry.naming, self.year
        if naming.holds_in(year) and (entry.last or entry.account.valid_in(year)):
            return Status.CURRENT
        if naming.from_year is not None and year is not None and year < naming.from_year:
            return Status.LATER
        return Status.RETIRED if entry.last else Status.OLD

    def _slip(self, level: Level, written: str, within: tuple[str, ...] | None) -> LevelMatch | None:
        names = self._names_below(level, within)
        hits = near.slips(fold(written), names)
        if len(hits) != 1:
            return None
        accounts = self._accounts(names, hits)
        return LevelMatch(level, written, Status.NEAR, accounts, right=self.naming(accounts[0]))

    def _elsewhere(self, level: Level, written: str, within: tuple[str, ...] | None) -> LevelMatch | None:
        deep = (level, *(other for other in LEVELS if other is not level))
        for other in deep:
            entries = self.catalog.lookup(written, FUNCTIONAL, other, within)
            if 0 < len({e.account.parent for e in entries}) <= _GENERIC:
                return replace(self.judge(level, written, entries), status=Status.ELSEWHERE)
        return None

    def _alike(self, level: Level, written: str, within: tuple[str, ...] | None) -> tuple[Account, ...]:
        names = self._names_below(level, None)
        inside = self._names_below(level, within)
        hits = near.alike(fold(written), sorted(names, key=lambda name: name not in inside))
        return self._accounts(names, [name for name, _ in hits])

    def _names_below(self, level: Level, within: tuple[str, ...] | None) -> dict[str, tuple[Entry, ...]]:
        every = self.catalog.folded_names(FUNCTIONAL, level)
        if within is None:
            return every
        kept = {n: tuple(e for e in entries if is_below(e.account.code, within)) for n, entries in every.items()}
        return {name: entries for name, entries in kept.items() if entries}

    def _accounts(self, names: dict[str, tuple[Entry, ...]], chosen: Iterable[str]) -> tuple[Account, ...]:
        entries = [e for name in chosen for e in names[name]]
        live = [e for e in entries if e.account.valid_in(self.year)] or entries
        codes = dict.fromkeys(e.account.code for e in live)
        return tuple(a for code in codes if (a := self.catalog.by_code(code, self.year)))


def _codes(match: LevelMatch | None) -> tuple[str, ...] | None:
    """The codes to look below; None (everywhere) where the level above is not known."""
    return tuple(a.code for a in match.accounts) if match and match.accounts else None


def _repeats(written: str, holder: LevelMatch) -> bool:
    ours = stem(fold(written))
    return any(stem(fold(name)) == ours for name in (holder.written or "", *(a.name for a in holder.accounts)))
