"""How the text of an item calls the item itself, and how it would call another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.catalog import Level, fold, load, stem
from juesuan.place import Place
from juesuan.rules._accounts import Accounts, Named, accounts
from juesuan.rules.base import View
from juesuan.taxonomy import words
from juesuan.taxonomy.tokens import AccountValue

_MONEY = re.compile(r"(?:等?(?:方面)?的?(?:经费|支出|费用|资金|项目))+$")
_REASON = re.compile(
    r"原因(?:主要)?(?:是|为|系|在于)?[：:]?(?P<what>[^。；，、]{3,40}?)(?:有所|略有)?"
    rf"(?P<word>{'|'.join((*words.UP, *words.DOWN))})[。；]"
)
_ITEM_CODE, _GROUP_CODE = 7, 5
_CATCH_ALL = "其他"


@dataclass(frozen=True, slots=True)
class Names:
    """`own`: what an item is called in its own paragraph; `bare` is its name, `full` its group's and its own."""

    bare: str
    full: str
    own: frozenset[str]
    generic: bool


@dataclass(frozen=True)
class ItemNames:
    """The names of the items of a document, to tell whose name stands in an item's purpose or reason."""

    others: dict[str, str]
    """A name as words may give it → the item as a message calls it."""

    def whose(self, text: str, path: AccountValue) -> str | None:
        """The other item this very text names; None where it may well speak of this one.

        A catch-all item (其他…) pays what others pay, and an item of a general name is known by its group only.
        """
        name, mine = key(text), names_of(path)
        if mine is None or name in mine.own or mine.bare.startswith(_CATCH_ALL):
            return None
        found = self.others.get(name)
        return None if found is None or (mine.generic and "的" not in found) else found


@dataclass(frozen=True, slots=True)
class Reason:
    """The one thing a reason names as risen or fallen: `what` at `place`, the word of direction at `said_at`."""

    what: str
    place: Place
    word: str
    said_at: Place

    @property
    def sign(self) -> int:
        return 1 if self.word in words.UP else -1


def reason_of(view: View, named: Named) -> Reason | None:
    """The reason an item's paragraph gives, where it names one thing only and belongs to that item."""
    found = _REASON.search(view.understanding.passages[named.passage].text, named.start)
    later = (n.start for n in accounts(view).named if n.passage == named.passage and n.start > named.start)
    if found is None or any(start < found.start() for start in later):
        return None
    what, word = (view.text_place(named.passage, *found.span(group)) for group in ("what", "word"))
    return Reason(found["what"], what, found["word"], word)


def key(text: str) -> str:
    """Words as a name: without what money is called after it."""
    return stem(fold(_MONEY.sub("", text)))


def names_of(path: AccountValue) -> Names | None:
    """The names of an item."""
    if not path.item:
        return None
    bare, group, category = key(path.item), key(path.group or ""), key(path.category or "")
    own = frozenset(filter(None, (bare, group, category, group + bare, category + bare)))
    return Names(bare, group + bare, own, _is_generic(path.item))


def _is_generic(item: str) -> bool:
    """Whether several groups have an item of that name (行政运行)."""
    return len(load().lookup(item, "functional", Level.ITEM, None)) > 1


def item_names(view: View) -> ItemNames:
    """The names of the document's items and of their siblings in the catalog, read once for all rules."""
    return view.shared(_item_names)


def _item_names(view: View) -> ItemNames:
    found: dict[str, str] = {}
    for group, item in _pairs(view, accounts(view)):
        if item.startswith(_CATCH_ALL):
            continue
        if group:
            found.setdefault(key(group) + key(item), f"{group}的{item}")
        if not _is_generic(item):
            found.setdefault(key(item), item)
    return ItemNames(found)


def _pairs(view: View, found: Accounts) -> Iterator[tuple[str, str]]:
    """Group and item: of the sentences, of the table lines, and of the catalog below the same groups."""
    year = view.understanding.identity.year
    groups: dict[str, None] = {}
    for named in found.named:
        if named.path.item:
            yield named.path.group or "", named.path.item
        groups.update(dict.fromkeys(_group_codes(named)))
    for row in found.rows:
        if len(row.code) == _ITEM_CODE:
            groups[row.code[:_GROUP_CODE]] = None
    for code in groups:
        group = load().by_code(code, year)
        for item in load().children(code, year) if group else ():
            yield group.name if group else "", item.name


def _group_codes(named: Named) -> Iterator[str]:
    return (a.code for a in named.resolution.group.accounts)
