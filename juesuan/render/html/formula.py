"""Arithmetic in words, read back as a small tree. What cannot be read stays a line of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

EQUALS = frozenset("=＝≠≈＞＜≤≥")
_LEVELS = ("=＝≠≈＞＜≤≥", "+＋−–-", "×÷*/")
_SPACED = "-*/"
_OPEN, _CLOSE = "(（", ")）"
_MOST_CHARACTERS = 2000
_MOST_DEPTH = 20
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Node:
    """A leaf (`text`), or an operation over `kids`; `sign` is the operator that stands before it."""

    text: str = ""
    kids: tuple[Node, ...] = ()
    sign: str = ""

    def leaves(self) -> Iterator[Node]:
        """All leaves from left to right."""
        if not self.kids:
            yield self
        for kid in self.kids:
            yield from kid.leaves()

    @property
    def word(self) -> str:
        """What the operation yields: 和 差 积 商, or 等式, 不等式."""
        signs = {kid.sign for kid in self.kids[1:]}
        if signs & set("≠＞＜≤≥"):
            return "不等式"
        if signs & set(_LEVELS[0]):
            return "等式"
        if signs & set(_LEVELS[2]):
            return "商" if signs <= set("÷/") else "积"
        return "和" if signs <= set("+＋") else "差"


def parse(formula: str) -> Node | None:
    """The tree of the first statement of a formula ("1 ÷ (3 − 1) = 50%，…"); None when it holds no operation."""
    tokens = _tokens(formula) if len(formula) <= _MOST_CHARACTERS else []
    if len(tokens) < len("a=b"):
        return None
    node, rest = _level(tokens, 0, 0)
    return node if node is not None and node.kids and not rest else None


def number(text: str) -> str | None:
    """The first number of a text without separators, to find the quote a leaf was taken from."""
    found = _DIGITS.search(text)
    return found.group().replace(",", "") if found else None


def _tokens(formula: str) -> list[str]:
    """Operators and brackets one by one, all else as leaves; ends at the comma or stop that ends the statement."""
    tokens: list[str] = []
    leaf, inside = "", 0
    for at, char in enumerate(formula):
        starts = not leaf.strip()
        if inside or (char in _OPEN and not starts):
            # A bracket within a name (因公出国（境）费) is part of the name.
            inside += (char in _OPEN) - (char in _CLOSE)
            leaf += char
        elif char in "，；。;" or (char == "," and not _between_digits(formula, at)):
            break
        elif char in _OPEN + _CLOSE or _operator(formula, at):
            tokens += [leaf.strip()] if not starts else []
            tokens.append(char)
            leaf = ""
        else:
            leaf += char
    return tokens + ([leaf.strip()] if leaf.strip() else [])


def _between_digits(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def _operator(text: str, at: int) -> bool:
    char = text[at]
    if char in _SPACED:
        return text[at - 1 : at].isspace() and text[at + 1 : at + 2].isspace()
    if char in "−–+＋" and text[at + 1 : at + 2].isdigit() and not text[at - 1 : at].isalnum():
        # A sign before a number (“− 3” is a subtraction, “= −3” a negative number).
        return text[:at].rstrip()[-1:] not in {"", *_LEVELS[0], *"×÷(（+−"}
    return any(char in level for level in _LEVELS)


def _level(tokens: Sequence[str], level: int, depth: int) -> tuple[Node | None, Sequence[str]]:
    if depth > _MOST_DEPTH or not tokens:
        return None, tokens
    if level == len(_LEVELS):
        return _atom(tokens, depth)
    kids: list[Node] = []
    sign = ""
    while True:
        kid, tokens = _level(tokens, level + 1, depth)
        if kid is None:
            return None, tokens
        kids.append(Node(kid.text, kid.kids, sign))
        if not tokens or tokens[0] not in _LEVELS[level]:
            return (kids[0] if len(kids) == 1 else Node(kids=tuple(kids))), tokens
        sign, tokens = tokens[0], tokens[1:]


def _atom(tokens: Sequence[str], depth: int) -> tuple[Node | None, Sequence[str]]:
    head, rest = tokens[0], tokens[1:]
    if len(head) == 1 and head in _OPEN:
        node, rest = _level(rest, 0, depth + 1)
        if node is None or not rest or rest[0] not in _CLOSE:
            return None, rest
        return node, rest[1:]
    if len(head) == 1 and (head in _CLOSE or any(head in level for level in _LEVELS)):
        return None, tokens
    return Node(head), rest
