"""The catalog as others use it: the store with resolving, searching and describing, read once."""

from __future__ import annotations

from functools import cache, lru_cache, partial

from juesuan.catalog import resolve as resolving
from juesuan.catalog import search as searching
from juesuan.catalog.model import Account
from juesuan.catalog.resolve import LevelMatch, Resolution
from juesuan.catalog.store import Store

__all__ = ["Catalog", "load"]


class Catalog(Store):
    """All accounts 收支分类科目, with what can be asked of them. No method raises for odd input."""

    def __init__(self) -> None:
        super().__init__()
        # A report names the same few paths over and over, and so do the reports of a county.
        self._resolved = lru_cache(maxsize=1 << 12)(partial(resolving.resolve, self))

    def resolve(self, category: str | None, group: str | None, item: str | None, year: int | None = None) -> Resolution:
        """What the catalog says of a functional path as written; see `Resolution`."""
        return self._resolved(category, group, item, year)

    def match_code(self, code: str, name: str, year: int | None = None) -> LevelMatch | None:
        """What the catalog says of a code and a name side by side in a table row; None for an unknown code."""
        return resolving.match_code(self, code, name, year)

    def search(self, text: str, year: int | None = None) -> list[Account]:
        """Accounts for a code, its beginning, a path, a name, a part of a name, or a slip of one; best first."""
        return searching.search(self, text, year)

    def describe(self, account: Account, year: int | None = None) -> str:
        """What is known of an account, in Chinese, one fact a line."""
        return searching.describe(self, account, year)


@cache
def load() -> Catalog:
    """The catalog, read once."""
    return Catalog()
