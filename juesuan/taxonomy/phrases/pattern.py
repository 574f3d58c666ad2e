"""Phrase patterns: short regular expressions over token kinds.

A pattern is words separated by blanks. A word is a KIND of `juesuan.taxonomy.tokens` (several with "|"),
with `slot=` before it to keep the tokens, and ?, * or + behind it. "[" … "]" groups, "[" … "]?" makes the
group optional, "|" alone separates alternatives within a group. "AMOUNTS" and "PERCENTS" are one figure or several
side by side ("4125.49,4143.91万元"; "1.2%、3.3%").

    base=BASE COMMA? subject=LABEL? EACH? dir=DIR diff=AMOUNTS [ COMMA? EACH? dir=DIR? rate=PERCENTS ]?
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from juesuan.taxonomy.tokens import KINDS, Token

_LISTS = {"AMOUNTS": "(?:[NA][,/])*A", "PERCENTS": "P(?:[,/]P)*"}
_WORD = re.compile(r"(?:(?P<slot>[a-z_]+)=)?(?P<kinds>[A-Z|]+)(?P<times>[?*+]?)")


def compile_patterns(patterns: Sequence[str]) -> re.Pattern[str]:
    """Turn phrase patterns into one regular expression over kind letters: the first pattern that fits counts."""
    used: dict[str, int] = {}
    return re.compile("|".join(f"(?:{_expression(p, used)})" for p in patterns))


def _expression(pattern: str, used: dict[str, int]) -> str:
    """The regular expression of one pattern; a slot `used` before gets groups with further numbers."""
    out: list[str] = []
    for word in pattern.split():
        if word[0] in "[]" or word == "|":
            out.append(word.replace("[", "(?:").replace("]", ")"))
            continue
        match = _WORD.fullmatch(word)
        if match is None:
            msg = f"not a phrase pattern word: {word!r}"
            raise ValueError(msg)
        body = "|".join(_LISTS.get(kind) or re.escape(KINDS[kind]) for kind in match["kinds"].split("|"))
        slot = match["slot"]
        if slot:
            used[slot] = used.get(slot, 0) + 1
            out.append(f"(?P<{slot}__{used[slot]}>(?:{body}){match['times']})")
        else:
            out.append(f"(?:{body}){match['times']}")
    return "".join(out)


def first_kinds(pattern: str) -> frozenset[str]:
    """The kind letters a pattern can begin with, so that a reader need not try it elsewhere."""
    found, _, _ = _first(pattern.split(), 0)
    return frozenset(found)


def _first(words: Sequence[str], at: int) -> tuple[set[str], bool, int]:
    """(letters, whether the sequence can be empty, position after its "]"), alternatives taken together."""
    letters: set[str] = set()
    any_empty, empty = False, True
    while at < len(words):
        word = words[at]
        if word[0] == "]":
            return letters, any_empty or empty, at
        if word == "|":
            any_empty, empty, at = any_empty or empty, True, at + 1
            continue
        if word == "[":
            inner, can_skip, at = _first(words, at + 1)
            can_skip = can_skip or words[at][1:] in {"?", "*"}
        else:
            match = _WORD.fullmatch(word)
            kinds = match["kinds"].split("|") if match else []
            inner = {c for k in kinds for c in ("NA" if k == "AMOUNTS" else "P" if k == "PERCENTS" else KINDS[k])}
            can_skip = bool(match and match["times"] in {"?", "*"})
        if empty:
            letters |= inner
        empty, at = empty and can_skip, at + 1
    return letters, any_empty or empty, at


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a sentence: tokens `start` to `end`, and the tokens of each slot."""

    phrase: Phrase
    start: int
    end: int
    slots: Mapping[str, Sequence[Token]]

    def one(self, slot: str) -> Token | None:
        """The slot's first token, if it is filled."""
        found = self.slots.get(slot)
        return found[0] if found else None

    def all(self, slot: str) -> Sequence[Token]:
        """The slot's tokens, separators left out."""
        return [t for t in self.slots.get(slot, ()) if t.kind not in ",/"]


@dataclass(frozen=True)
class Phrase:
    """One clause.

    `read`: patterns, tried in order. `write`: named templates of the written form; which one is chosen
    by the facts (`write_if` in words). `asserts`: the kinds of relation it states. `examples`: tested both ways.
    """

    id: str
    name: str
    read: tuple[str, ...]
    asserts: tuple[str, ...]
    write: Mapping[str, str]
    examples: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return compile_patterns(self.read)

    @cached_property
    def begins(self) -> frozenset[str]:
        """The kind letters the phrase can begin with."""
        return frozenset().union(*(first_kinds(p) for p in self.read))

    def match(self, kinds: str, tokens: Sequence[Token], position: int) -> Match | None:
        """The phrase at token `position`, if it stands there."""
        if kinds[position] not in self.begins:
            return None
        found = self.pattern.match(kinds, position)
        if found is None:
            return None
        slots: dict[str, list[Token]] = {}
        for group, text in found.groupdict().items():
            if text:
                slots.setdefault(group.partition("__")[0], []).extend(tokens[found.start(group) : found.end(group)])
        return Match(self, position, found.end(), slots)
