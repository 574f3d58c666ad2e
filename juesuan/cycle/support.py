"""The figures behind names of evidence: registers and facts of the unit's books."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from juesuan.books.named import facts_of
from juesuan.books.settings import FILE as SETTINGS
from juesuan.books.store import load_books
from juesuan.performance.evidence import Lookup
from juesuan.quantity import Quantity, parse, plain

__all__ = ["books_lookup", "lookup_in"]


def books_lookup(folder: Path) -> Lookup | None:
    """The lookup in a folder of books; None when the folder holds none. Raises BooksError when they are written wrongly."""
    home = folder if (folder / SETTINGS).is_file() else folder.parent
    return lookup_in(facts_of(load_books(home))) if (home / SETTINGS).is_file() else None


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
