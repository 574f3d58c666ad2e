"""The glossary: the terms of the layout that the report uses, and every account in it, with their meanings as data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from juesuan.books.model import Books
from juesuan.catalog import load, split_path
from juesuan.compose.facts import Facts
from juesuan.taxonomy.concepts import FUND_PARTS

__all__ = ["glossary_lines"]

_OWN = re.compile(
    r"(?:\d{1,3}\s*[.．、]\s*)?(?P<name>[^：:，,。；]{2,80})[，,]?(?P<use>主要用于)?[：:]\s*(?P<meaning>.+)"
)
_QUOTES = re.compile("[“”\"'\\s]")


@lru_cache(maxsize=1)
def _texts() -> tuple[tuple[tuple[str, str, str], ...], dict[str, str]]:
    """Terms in their order (name, meaning, what must be in the report), and meanings of accounts by code."""
    raw = tomllib.loads((files("juesuan.compose") / "glossary.toml").read_text(encoding="utf-8"))
    terms = tuple((t["name"], t["meaning"], t.get("when", "")) for t in raw["terms"])
    return terms, {str(k): str(v) for k, v in raw["accounts"].items()}


def glossary_lines(facts: Facts, own: Iterable[str], printed: str) -> Iterator[str]:
    """The entries, numbered. Accounts stand where the term "accounts" does.

    `own`: entries as the unit words them (last year's), which go before ours; `printed`: the report's text and the
    words of its tables: a term is explained when it stands there.
    """
    terms, accounts = _texts()
    written, used = _own(own, facts.books), _used(facts.books)
    known = {_key(name) for name, _, _ in terms} | set(written) & set(used)
    lines: list[str] = []
    for name, meaning, when in terms:
        if name == "accounts":
            lines += [
                f"{facts.path(code)}：{written.get(code) or _meaning(code, facts.books, accounts)}" for code in used
            ]
        elif _applies(when, facts) or _key(name) in _QUOTES.sub("", printed):
            lines.append(f"{name}：{written.get(_key(name)) or meaning}")
    plain = _QUOTES.sub("", printed)
    lines += [f"{name}：{text}" for name, text in written.items() if name not in known and name in plain]
    yield from (f"{number}.{line}" for number, line in enumerate(lines, 1))


def _key(name: str) -> str:
    return _QUOTES.sub("", name)


def _own(lines: Iterable[str], books: Books) -> Mapping[str, str]:
    """The unit's own entries: meanings by term, and by code where the entry is of an account."""
    found: dict[str, str] = {}
    for line in lines:
        match = _OWN.fullmatch(line.strip())
        if match is None:
            continue
        meaning = f"主要用于：{match['meaning']}" if match["use"] else match["meaning"]
        path = split_path(match["name"])
        if any(path):
            account = load().resolve(*path, books.year).account
            if account is not None:
                found.setdefault(account.code, meaning)
        else:
            found.setdefault(_key(match["name"]), meaning)
    return found


def _used(books: Books) -> list[str]:
    return sorted({code for fund in FUND_PARTS for code in books.items(fund)})


def _meaning(code: str, books: Books, accounts: dict[str, str]) -> str:
    """Of the item, else of all items that end alike (01 行政运行), else what its name says."""
    found = accounts.get(code) or accounts.get(books.name_of(code))
    if found:
        return found
    name = books.name_of(code).removesuffix("支出")
    if name.startswith("其他"):
        group = books.name_of(code[:5]).removesuffix("支出")
        return f"指除上述项目以外用于{group}方面的其他支出。"
    return f"指用于{name}方面的支出。"


def _applies(when: str, facts: Facts) -> bool:
    """Whether the report has what a term explains: a concept with an amount; always without a condition."""
    if not when:
        return True
    if when == "agency":
        return facts.books.settings.has_running_cost
    return any(facts.now(concept, "all") or facts.last(concept, "all") for concept in when.split())
