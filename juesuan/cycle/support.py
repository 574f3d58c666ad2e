"""The figures behind names of evidence: registers and facts of the unit's books."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from juesuan.books.model import Books
from juesuan.books.named import execution_rate, facts_of
from juesuan.books.settings import FILE as SETTINGS
from juesuan.books.store import load_books
from juesuan.performance.evidence import Lookup
from juesuan.performance.model import Project
from juesuan.quantity import EXACT, Quantity, parse, plain, rounded

__all__ = ["books_lookup", "lookup_in", "lookup_of"]

_RATE, _PROJECT = "执行率", "项目支出"
_MONEY = "金额"


def books_lookup(folder: Path, projects: Iterable[Project] = ()) -> Lookup | None:
    """The lookup in a folder of books; None when the folder holds none. Raises BooksError when they are written wrongly."""
    home = folder if (folder / SETTINGS).is_file() else folder.parent
    return lookup_of(load_books(home), projects) if (home / SETTINGS).is_file() else None


def lookup_of(books: Books, projects: Iterable[Project] = ()) -> Lookup:
    """The lookup in a unit's books: 商会.新建数, 捐赠.金额 (元), 基本支出 (万元), 项目支出.执行率 (%).

    `projects`: where the books have no budget of 项目支出, its rate is that of the projects of class T together.
    """
    known = lookup_in(facts_of(books))
    listed = tuple(projects)

    def lookup(name: str) -> Quantity | None:
        first, _, last = name.partition(".")
        if last == _RATE:
            rate = execution_rate(books, first)
            if rate is None and first == _PROJECT:
                rate = _rate_together(listed)
            return parse(f"{plain(rounded(rate, 2))}%") if rate is not None else None
        found = known(name)
        register = books.register(first)
        if found is not None and register is not None and register.columns.get(last) == _MONEY:
            return parse(f"{plain(found.value)}元")
        return found

    return lookup


def _rate_together(projects: Iterable[Project]) -> Decimal | None:
    """What share of their adjusted budgets the projects of class T spent, in percent."""
    rows = [p.total for p in projects if p.class_ == "T" and not p.is_whole and p.total is not None]
    pairs = [(r.executed, r.adjusted if r.adjusted is not None else r.initial) for r in rows]
    known = [(spent, budget) for spent, budget in pairs if spent is not None and budget is not None]
    whole = sum((budget for _, budget in known), Decimal(0))
    if not whole or len(known) < len(pairs):
        return None
    return EXACT.divide(EXACT.multiply(sum((s for s, _ in known), Decimal(0)), Decimal(100)), whole)


def lookup_in(facts: Mapping[str, object]) -> Lookup:
    """A lookup in facts that nest by the dots of a name: 商会.新建数 is facts["商会"]["新建数"]."""

    def lookup(name: str) -> Quantity | None:
        found: object = facts
        for part in name.split("."):
            if not isinstance(found, Mapping) or part not in found:
                return None
            found = found[part]
        text = plain(found) if isinstance(found, Decimal) else str(found)
        return None if isinstance(found, Mapping) else parse(text)

    return lookup
