"""Numbering marks at the head of a passage: 第一部分, 一、, （一）, 1., （1）, 附件1 — read once, for every reader."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple

__all__ = ["Mark", "NumberStyle", "chinese_number", "is_numbered_heading", "read_mark", "write_mark"]


class NumberStyle(Enum):
    """How a heading or list entry is numbered."""

    PART = "part"
    CHINESE = "chinese"
    BRACKET_CHINESE = "bracket_chinese"
    ARABIC = "arabic"
    BRACKET_ARABIC = "bracket_arabic"
    ATTACHMENT = "attachment"
    NONE = "none"


class Mark(NamedTuple):
    """A mark as written: `number` is its text, `ordinal` its value, `form` what stands beside the figure.

    `end` is where the text after the mark begins.
    """

    style: NumberStyle
    number: str
    ordinal: int | None
    form: str
    end: int


_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERALS: Final = "一二三四五六七八九十"

# A figure such as "4733.14万元" or "1.94%" is no mark; "1.2023年…" is one, and so is one whose
# dot slipped behind the quote that follows it.
_MARK: Final = re.compile(
    rf"(?P<part>第(?P<p>[{_NUMERALS}]{{1,3}}|\d{{1,2}})(?P<pf>部分|章|篇))"
    rf"|(?P<attachment>附件(?P<a>[{_NUMERALS}]{{1,3}}(?![{_NUMERALS}])|\d{{1,2}}(?:-\d{{1,2}})?(?!\d))?(?P<af>[：.、]?))"
    rf"|（(?P<bc>[{_NUMERALS}]{{1,3}})）[、.]?"
    rf"|（(?P<ba>\d{{1,3}})）[、.]?"
    rf"|(?P<c>[{_NUMERALS}]{{1,3}})(?P<cf>[、.])(?![{_NUMERALS}][类级等、项、])"
    r"|(?P<n>\d{1,3})“?(?P<nf>[.、])(?!\d)\s?"
    r"|(?P<y>\d{1,2})(?P<yf>[.、])(?=(?:19|20)\d\d年)"
    r"|(?P<h>\d{1,2})(?P<hf>）)"
)


def chinese_number(text: str) -> int | None:
    """The value of 一 … 九十九, or of Arabic digits; None for anything else."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if any(c not in _DIGITS for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return None
    return (_DIGITS[tens] if tens else 1 if ten else 0) * 10 + (_DIGITS[ones] if ones else 0)


def _chinese(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else _NUMERALS[tens - 1] + "十"
    return head + (_NUMERALS[ones - 1] if ones else "")


def read_mark(text: str) -> Mark | None:
    """The numbering mark a clean text begins with, or None."""
    found = _MARK.match(text)
    if not found:
        return None
    number, end, group = found[0].strip(), found.end(), found.groupdict()
    if group["part"]:
        return Mark(NumberStyle.PART, number, chinese_number(group["p"]), group["pf"], end)
    if group["attachment"]:
        ordinal = group["a"] and chinese_number(group["a"].partition("-")[0])
        return Mark(NumberStyle.ATTACHMENT, number, ordinal or None, "-" if "-" in (group["a"] or "") else "", end)
    if group["bc"]:
        return Mark(NumberStyle.BRACKET_CHINESE, number, chinese_number(group["bc"]), "（）", end)
    if group["ba"]:
        return Mark(NumberStyle.BRACKET_ARABIC, number, int(group["ba"]), "（）", end)
    if group["c"]:
        return Mark(NumberStyle.CHINESE, number, chinese_number(group["c"]), group["cf"], end)
    if group["h"]:
        return Mark(NumberStyle.BRACKET_ARABIC, number, int(group["h"]), "）", end)
    digits, form = (group["n"], group["nf"]) if group["n"] else (group["y"], group["yf"])
    return Mark(NumberStyle.ARABIC, number, int(digits), form, end)


_STRUCTURAL: Final = frozenset(
    {NumberStyle.PART, NumberStyle.CHINESE, NumberStyle.BRACKET_CHINESE, NumberStyle.ATTACHMENT}
)
_SENTENCE: Final = re.compile(r"[，。；：]")
_BRACKETED: Final = re.compile(r"（[^（）]*）")


def is_numbered_heading(text: str) -> bool:
    """Whether the text is a numbered heading standing alone: outside its brackets it holds no clause."""
    mark = read_mark(text)
    return bool(mark and mark.style in _STRUCTURAL and not _SENTENCE.search(_BRACKETED.sub("", text[mark.end :])))


def write_mark(style: NumberStyle, ordinal: int, form: str = "") -> str:
    """The mark of this style and value as it would be printed."""
    if style is NumberStyle.PART:
        return f"第{_chinese(ordinal)}{form or '部分'}"
    if style is NumberStyle.ATTACHMENT:
        return f"附件{ordinal}"
    if style is NumberStyle.CHINESE:
        return f"{_chinese(ordinal)}{form or '、'}"
    if style is NumberStyle.BRACKET_CHINESE:
        return f"（{_chinese(ordinal)}）"
    if style is NumberStyle.BRACKET_ARABIC:
        return f"{ordinal}）" if form == "）" else f"（{ordinal}）"
    return f"{ordinal}{form or '.'}"
