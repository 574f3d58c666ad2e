"""The lexer: passage text → tokens. Labels of the taxonomy and of the catalog are found in the same pass as numbers.

Only closed word lists are used (`juesuan.taxonomy`); what is not in them becomes a WORD token, so that no
figure is ever bound across words nobody understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from juesuan.facts import Stage
from juesuan.quantity import (
    CHINESE_NUMERAL,
    MEASURES,
    Dimension,
    Quantity,
    chinese_number,
    make,
    parse,
)
from juesuan.taxonomy import words
from juesuan.taxonomy.concepts import THREE_PUBLIC
from juesuan.taxonomy.tokens import AccountValue, BaseValue, LabelValue, StageValue, Token, Value, YearValue
from juesuan.understand.lexicon import (
    ALONE,
    ANY_BEGINNING,
    COUNTED_IN_WORDS,
    FUND_OF,
    LEANING,
    NOTE,
    PUNCTUATION,
    STAGE_OF,
    YEAR,
    begins,
    groups,
)

_T = TypeVar("_T")
_KIND_OF_DIMENSION = {Dimension.MONEY: "A", Dimension.RATIO: "P", Dimension.POINT: "Q", Dimension.NUMBER: "N"}

_Readers = tuple[tuple[str, Callable[[str, int, int], "re.Match[str] | None"]], ...]


@lru_cache(maxsize=2)
def _by_first_character(everywhere: str) -> tuple[dict[str, _Readers], _Readers]:
    """Character → the groups whose tokens can begin with it; the groups for all other characters.

    `everywhere`: the name of a group that is tried at each character, or "".
    """
    first, known = begins(), groups()[0]
    chars = {char for name, _ in known for char in first[name]}
    readers: _Readers = tuple((name, re.compile(body).match) for name, body in known)
    found = {c: tuple(r for r in readers if c in first[r[0]] or r[0] == everywhere) for c in chars}
    return found, tuple(r for r in readers if r[0] == everywhere)


def _tokens_in(text: str, start: int, end: int) -> Iterator[tuple[str, re.Match[str]]]:
    """(name of the group, match) of each token: at each character only what can begin with it is tried."""
    everywhere, words = ANY_BEGINNING
    by_first, other = _by_first_character(everywhere if words in text else "")
    readers = by_first.get
    position = start
    while position < end:
        step = position + 1
        for name, read in readers(text[position], other):
            match = read(text, position, end)
            if match is not None and match.end() > position:
                yield name, match
                step = match.end()
                break
        position = step


def lex(text: str) -> list[Token]:
    """The tokens of one passage, in order; quotation marks are left out, everything else is covered."""
    tokens: list[Token] = []
    accounts = list(_accounts(text)) if "）" in text else []
    position = 0
    for token in accounts:
        _scan(position, token.start, _tokens_in(text, position, token.start), tokens)
        tokens.append(token)
        position = token.end
    _scan(position, len(text), _tokens_in(text, position, len(text)), tokens)
    return tokens


def _scan(start: int, end: int, matches: Iterable[tuple[str, re.Match[str]]], tokens: list[Token]) -> None:
    position = start
    approximate = False
    classes = groups()[1]
    for group, match in matches:
        if match.start() > position:
            tokens.append(Token("w", position, match.start()))
        position = match.end()
        if group == "quote":
            continue
        if group == "approx":
            approximate = True
            tokens.append(Token("w", match.start(), match.end()))
            continue
        token = _token(group, match, classes)
        if approximate and isinstance(token.value, Quantity):
            q = token.value
            token.value = Quantity(q.value, q.measure, q.decimals, q.text, approximate=True)
        approximate = False
        tokens.append(token)
    if end > position:
        tokens.append(Token("w", position, end))


_SIMPLE: dict[str, tuple[str, Value]] = {
    "residue": ("X", None),
    "inert": ("i", None),
    "listmark": ("i", None),
    "threshold": ("i", None),
    "up": ("D", 1),
    "down": ("D", -1),
    "flat": ("F", 0),
    "greater": ("O", 1),
    "less": ("O", -1),
    "equal": ("O", 0),
    "share": ("Z", None),
    "complete": ("W", None),
    "completerate": ("W", "rate"),
    "reason": ("R", None),
    "among": ("M", None),
    "amid": ("M", "amid"),
    "purpose": ("U", None),
    "each": ("E", None),
    "to": ("=", None),
    "is": ("=", None),
    "of": ("d", None),
    "versus": ("v", None),
    "gap": ("…", None),
    "from": ("f", None),
    "variance": ("V", None),
}


def _token(group: str, match: re.Match[str], classes: dict[str, str]) -> Token:
    start, end, text = match.start(), match.end(), match[0]
    if group in _SIMPLE:
        kind, value = _SIMPLE[group]
        return Token(kind, start, end, value)
    if group == "punct":
        return Token(PUNCTUATION[text], start, end)
    return _READERS[group](text, start, end, classes)


def _number(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    quantity = parse(text)
    if quantity is None:
        return Token("i", start, end)
    return Token(_KIND_OF_DIMENSION.get(quantity.measure.dimension, "C"), start, end, quantity)


def _numeral(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    match = re.fullmatch(rf"({CHINESE_NUMERAL})({COUNTED_IN_WORDS})", text)
    number = chinese_number(match[1]) if match else None
    if match is None or number is None:
        return Token("w", start, end)
    return Token("C", start, end, make(str(number), MEASURES[match[2]], text=text))


def _date(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    year = text[:4]
    return (
        Token("Y", start, end, YearValue(int(year), relative=False, date=True))
        if year.isdigit()
        else Token("i", start, end)
    )


def _year(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    return Token("Y", start, end, _year_value(text))


def _year_value(text: str) -> YearValue:
    if text[:4].isdigit():
        return YearValue(int(text[:4]), relative=False)
    return YearValue(-1 if text[0] in "上去" else 0, relative=True)


def _base(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    found = re.search(YEAR, text)
    year = _year_value(found[0]) if found else None
    if text.startswith("同") and year is None:
        year = YearValue(-1, relative=True)
    tail = re.sub(f"^{NOTE}", "", text[found.end() :]) if found else text[1:]
    stage = next((s for word, s in words.STAGES if tail.startswith(word)), None)
    if stage is None and "决算数字" in tail:
        stage = Stage.FINAL
    if stage is None and "预算数字" in tail:
        stage = Stage.BUDGET
    return Token("B", start, end, BaseValue(year.year if year else None, bool(year and year.relative), stage))


_LONGEST_KEY = max(map(len, (*FUND_OF, *ALONE, *LEANING, *STAGE_OF)))
_TAIL = re.compile(r"(?:财政拨款|拨款)?(?:支出|收入)?")


def _label(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    fund, rest = _longest(text, FUND_OF)
    rest = rest.removeprefix("的")
    concept, after = _longest(rest, ALONE)
    if concept is None:
        concept, after = _longest(rest, LEANING)
    if concept is None:
        return Token("L", start, end, LabelValue("", fund))
    if concept in THREE_PUBLIC:  # “三公”经费一般公共预算财政拨款支出: of whatever fund, it is the three-public figure
        after = _longest(after, FUND_OF)[1]
    stage, _rest = _longest(after[_TAIL.match(after).end() :], STAGE_OF) if after else (None, "")  # type: ignore[union-attr]
    if stage is None:  # the tail took 支出 of 支出决算
        stage, _rest = _longest(after, STAGE_OF)
    if concept == "income_appropriation":
        concept, fund = "income", "appropriation"
    return Token("L", start, end, LabelValue(concept, fund, stage))


def _longest(text: str, table: Mapping[str, _T]) -> tuple[_T | None, str]:
    """The value of the longest key that `text` begins with, and the rest of the text."""
    for length in range(min(len(text), _LONGEST_KEY), 0, -1):
        found = table.get(text[:length])
        if found is not None:
            return found, text[length:]
    return None, text


def _stage(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    concept = "income" if text.startswith("收入") else "expenditure" if "支出" in text else None
    variant = text if text.startswith("调整后年初") else None
    return Token("S", start, end, StageValue(STAGE_OF[text], concept, variant))


def _class(text: str, start: int, end: int, classes: dict[str, str]) -> Token:
    name = re.sub(r"(?:支出类科目|类科目|（类）支出|类支出|（类）)$", "", text)
    return Token("I", start, end, AccountValue(classes.get(name, name), None, None))


_READERS: dict[str, Callable[[str, int, int, dict[str, str]], Token]] = {
    "number": _number,
    "percentword": _number,
    "numeral": _numeral,
    "date": _date,
    "year": _year,
    "base": _base,
    "label": _label,
    "stage": _stage,
    "class": _class,
    "economic": lambda text, start, end, _: Token("G", start, end, text),
}

# --- account paths -----------------------------------------------------------------------------------------

_MARK = re.compile(r"（([类款项])）")
_BOUNDARY = re.compile(r"[，。；：“”\"\s\d．.…]")
_INSIDE = re.compile(r"[，。；：\s\d．.…]")
"""What ends a path between its levels; quotation marks do not: “三西”农业建设专项补助 is a name."""
_ORDER = "类款项"


def _accounts(text: str) -> Iterator[Token]:
    """Account paths "…（类）…（款）…（项）"; any level may be missing, in that order."""
    marks = list(_MARK.finditer(text))
    i = 0
    limit = 0
    while i < len(marks):
        begin = _name_start(text, marks[i].start(), limit)
        levels: dict[str, str] = {}
        position = begin
        last = -1
        while i < len(marks):
            mark = marks[i]
            name = text[position : mark.start()]
            rank = _ORDER.index(mark[1])
            if rank <= last or not 0 < len(name) <= 40 or (levels and _INSIDE.search(name)):
                break
            levels[mark[1]] = name
            last, position = rank, mark.end()
            i += 1
        if levels:
            yield Token("I", begin, position, AccountValue(levels.get("类"), levels.get("款"), levels.get("项")))
            limit = position
        else:
            i += 1


def _name_start(text: str, end: int, limit: int) -> int:
    """Where the name that ends at `end` begins: after the nearest punctuation, at most 40 characters before."""
    start = max(limit, end - 40)
    best = start
    for match in _BOUNDARY.finditer(text, start, end):
        best = match.end()
    return best
