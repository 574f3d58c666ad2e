"""The glossary: the terms of the layout that the report uses, and every account in it, with their meanings as data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from juesuan.books.model import Books
from juesuan.compose.facts import Facts
from juesuan.taxonomy.concepts import FUND_PARTS

__all__ = ["glossary_lines"]


@lru_cache(maxsize=1)
def _texts() -> tuple[tuple[tuple[str, str, str], ...], dict[str, str]]:
    """Terms in their order (name, meaning, what must be in the report), and meanings of accounts by code."""
    raw = tomllib.loads((files("juesuan.compose") / "glossary.toml").read_text(encoding="utf-8"))
    terms = tuple((t["name"], t["meaning"], t.get("when", "")) for t in raw["terms"])
    return terms, {str(k): str(v) for k, v in raw["accounts"].items()}


def glossary_lines(facts: Facts) -> Iterator[str]:
    """The entries, numbered. Accounts stand where the term "accounts" does."""
    terms, accounts = _texts()
    number = 0
    for name, meaning, when in terms:
        if name == "accounts":
            for code in _used(facts.books):
                number += 1
                yield f"{number}.{facts.path(code)}：{_meaning(code, facts.books, accounts)}"
        elif _applies(when, facts):
            number += 1
            yield f"{number}.{name}：{meaning}"


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
