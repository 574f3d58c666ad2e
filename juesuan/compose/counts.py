"""Numbers that are no money, by their ids in the books."""

from __future__ import annotations

from juesuan.books.agency import BY_ID
from juesuan.books.model import Books
from juesuan.compose.figure import Figure, added

__all__ = ["count_label", "count_of"]

_KINDS = tuple(id_ for id_ in BY_ID if id_.startswith("vehicles_") and id_ not in {"vehicles_owned", "vehicles_bought"})
_ALL = "vehicles_all"


def count_of(books: Books, name: str) -> Figure | None:
    """A count of the books with its origin; None where the books do not say. "vehicles_all": the kinds together."""
    if name == _ALL:
        kinds = [found for id_ in _KINDS if (found := count_of(books, id_)) is not None]
        return added(kinds, "车辆") if kinds else count_of(books, "vehicles_owned")
    typed = books.count(name)
    if typed is None:
        return None
    return Figure(typed.value, name=count_label(name), origin="、".join(str(c) for c in typed.cells) or typed.note)


def count_label(name: str) -> str:
    """The words of a count."""
    return BY_ID[name].label if name in BY_ID else "车辆"
