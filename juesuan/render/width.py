"""Text on a terminal: how many columns it takes, how it is cut and broken there."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ELLIPSIS = "…"
_NO_START = frozenset("，。、；：！？）》”’】%％…,.;:!?)]}")
_PIECE = re.compile(r"[0-9A-Za-z%％.,+\-_/]+|\s+|.", re.DOTALL)


def visible(text: str) -> str:
    """The text with every control or format character replaced by one visible character, so that offsets keep.

    A document is a stranger's text: an escape sequence in it must not reach the terminal.
    """
    if text.isprintable():
        return text
    return "".join(_visible(char) for char in text)


@lru_cache(maxsize=4096)
def _visible(char: str) -> str:
    code = ord(char)
    if char in "\n\r\t\v\f\u2028\u2029":
        return " "
    if code < ord(" "):
        return chr(0x2400 + code)
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return "\N{REPLACEMENT CHARACTER}"
    return char


@lru_cache(maxsize=65536)
def char_columns(char: str) -> int:
    """Columns of one character: 2 for wide ones, 0 for combining ones, else 1."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def columns(text: str) -> int:
    """Columns the text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(char_columns, text))


def clip(text: str, limit: int) -> str:
    """The text cut to at most `limit` columns, with … where something is left out."""
    if columns(text) <= limit:
        return text
    return _head(text, limit - 1) + ELLIPSIS


def _head(text: str, limit: int) -> str:
    used = 0
    for index, char in enumerate(text):
        used += char_columns(char)
        if used > limit:
            return text[:index]
    return text


def _tail(text: str, limit: int) -> str:
    return _head(text[::-1], limit)[::-1]


def window(text: str, start: int, end: int, limit: int) -> tuple[str, int, int]:
    """At most `limit` columns of the text around its characters `start` to `end`.

    Returns the piece, with … where something is left out, and start and end within the piece.
    """
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    if columns(text) <= limit:
        return text, start, end
    core = text[start:end]
    if columns(core) > limit - 2:
        core = _head(core, limit - 3) + ELLIPSIS
        left = ELLIPSIS if start else ""
        return left + core, len(left), len(left) + len(core)
    spare = limit - 2 - columns(core)
    # Two thirds before the wrong part: what a number is stands before it.
    before = _tail(text[:start], spare * 2 // 3)
    after = _head(text[end:], spare - columns(before))
    before = _tail(text[:start], spare - columns(after))
    left = ELLIPSIS if len(before) < start else ""
    right = ELLIPSIS if end + len(after) < len(text) else ""
    begin = len(left) + len(before)
    return left + before + core + after + right, begin, begin + len(core)


def wrap(text: str, limit: int) -> list[str]:
    """The text broken into lines of at most `limit` columns; numbers stay whole, no line begins with a stop."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines.extend(_wrap(paragraph, limit))
    return lines


def _wrap(text: str, limit: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for piece in _split_long(_PIECE.findall(text), limit):
        size = columns(piece)
        # A stop may hang over the edge rather than begin the next line.
        hangs = piece in _NO_START and used + size <= limit + 2
        if used + size > limit and line.strip() and not hangs:
            lines.append(line.rstrip())
            line, used = "", 0
            if piece.isspace():
                continue
        line += piece
        used += size
    lines.append(line.rstrip())
    return lines


def _split_long(pieces: list[str], limit: int) -> list[str]:
    short: list[str] = []
    for piece in pieces:
        short.extend(piece[at : at + limit] for at in range(0, len(piece), limit))
    return short
