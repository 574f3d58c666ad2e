"""Account names of a document, resolved: in the sentences that state money, and in the rows of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from juesuan.catalog import Level, LevelMatch, Resolution, Status, fold, load, stem
from juesuan.causes import Mend
from juesuan.place import Place
from juesuan.quantity import half_width
from juesuan.rules._text import CellHit, cells, in_glossary
from juesuan.rules.base import View
from juesuan.taxonomy.tokens import AccountValue
from juesuan.taxonomy.words import HAN
from juesuan.understand.tables.grid import code_of

_CODE = re.compile(r"2\d{2}(?:\d{2}(?:\d{2})?)?")
_CODE_PIECE = re.compile(r"\d{1,7}|2\d{2}(?:\.\d{2}){1,2}")
_CODE_AND_NAME = re.compile(rf"(2\d{{2}}(?:\.?\d{{2}}(?:\.?\d{{2}})?)?)[\s.、]*({HAN}.*)")
_MOST_PIECES = 3
_SHORTEST = 2
_ORDINAL = re.compile(r"^[一二三四五六七八九十]+、")


@dataclass(frozen=True, slots=True)
class Named:
    """An account path as written in the text. `passage`, `start`: where the path begins."""

    passage: int
    start: int
    path: AccountValue
    resolution: Resolution
    text: str

    def place_of(self, view: View, match: LevelMatch) -> Place:
        """The place of the name of one level, with its （类）（款）（项） where it has one."""
        name = match.written or ""
        at = self._offset(match)
        mark = f"（{match.level.value}）"
        length = len(name) + (len(mark) if self.text[at + len(name) :].startswith(mark) else 0)
        return view.text_place(self.passage, self.start + at, self.start + at + length)

    def _offset(self, match: LevelMatch) -> int:
        """Where the name stands: 款 and 项 may bear the name of the level above, so they are looked for after it."""
        at = 0
        for level, name in zip(Level, self.path, strict=True):
            if name is None:
                continue
            found = max(self.text.find(name, at), at)
            if level is match.level:
                return found
            at = found + len(name)
        return at


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table with a functional code: `name` as printed, which may be cut off or garbled."""

    code: str
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Accounts:
    """All account names of a document.

    `named`: in sentences; `rows`: table lines with a code.
    """

    named: tuple[Named, ...]
    rows: tuple[Row, ...]

    @property
    def classes(self) -> tuple[Named, ...]:
        """The classes of the structure list: paths of a class alone."""
        return tuple(n for n in self.named if not n.path.group and not n.path.item)

    def below(self, code: str) -> tuple[Row, ...]:
        """Table lines directly below an account."""
        return tuple(r for r in self.rows if r.code.startswith(code) and len(r.code) == len(code) + 2)


def accounts(view: View) -> Accounts:
    """The account names of the document, read once for all rules."""
    return view.shared(_accounts)


def _accounts(view: View) -> Accounts:
    """The account names of the document; those of the glossary and of an item that another rule moves are left out."""
    year = view.understanding.identity.year
    moved = {c.facts[0].scope.account for c in view.causes if c.mend is Mend.MOVE}
    named: list[Named] = []
    for passage, tokens in zip(view.understanding.passages, view.understanding.tokens, strict=True):
        if in_glossary(view, passage.index):
            continue
        for token in tokens:
            if token.kind != "I" or not isinstance(token.value, AccountValue):
                continue
            if token.start == passage.index == 0:
                continue  # an excerpt may begin within a name
            path = token.value
            text = passage.text[token.start : token.end]
            if "/".join(p or "" for p in path).rstrip("/") in moved:
                continue
            if path.group is None and path.item is None:
                path = _as_written(path, text)
            named.append(Named(passage.index, token.start, path, load().resolve(*path, year), text))
    return Accounts(tuple(named), tuple(_rows(view)))


def _as_written(path: AccountValue, text: str) -> AccountValue:
    """A class alone is read under its full name; here the written one counts."""
    written = re.sub(r"(?:支出类科目|类科目|（类）)$", "", text)
    return AccountValue(written or path.category, None, None)


def named_cells(view: View) -> dict[str, CellHit]:
    """The first cell of each name in the tables, by the name made comparable."""
    return view.shared(_named_cells)


def _named_cells(view: View) -> dict[str, CellHit]:
    names: dict[str, CellHit] = {}
    for hit in cells(view):
        name = fold(_ORDINAL.sub("", hit.text))
        if len(name) > _SHORTEST and not name.isdigit():
            names.setdefault(name, hit)
    return names


def _rows(view: View) -> Iterator[Row]:
    for _, line in groupby(cells(view), key=lambda hit: (hit.table.id, hit.cell.row)):
        yield from _row(line)


def _row(line: Iterable[CellHit]) -> Iterator[Row]:
    """The functional code and name a table line begins with: in one cell, two, or the code in three; dotted or not."""
    pieces: list[str] = []
    for hit in line:
        text = half_width(hit.text)
        both = None if pieces else _CODE_AND_NAME.fullmatch(text)
        if both:
            yield Row(both[1].replace(".", ""), both[2], hit.place)
            return
        if _CODE_PIECE.fullmatch(text) and len(pieces) < _MOST_PIECES:
            pieces.append(text)
            continue
        code = code_of(pieces)
        if code and _CODE.fullmatch(code) and load().by_code(code) is not None and not text[0].isdigit():
            yield Row(code, hit.text, hit.place)
        return


def same_name(first: str, second: str) -> bool:
    """Whether two names are one: width, brackets, blanks and a final 支出 do not count."""
    return stem(fold(first)) == stem(fold(second))


def known_names(code: str) -> frozenset[str]:
    """All names a code ever bore, made comparable."""
    return frozenset(stem(fold(n.name)) for n in load().names(code))


def mentions(found: Accounts, name: str, level: Level) -> tuple[Named, ...]:
    """The sentences that give exactly this name to an account of this level."""
    wanted = fold(name)
    return tuple(
        named
        for named in found.named
        for match in named.resolution.levels
        if match.level is level and match.written and fold(match.written) == wanted
    )


__all__ = ["Accounts", "Named", "Row", "Status", "accounts", "known_names", "mentions", "named_cells", "same_name"]
