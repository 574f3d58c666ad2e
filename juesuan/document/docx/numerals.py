"""Numbers of automatic lists as Word prints them, by format name; and the characters of symbol fonts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["numeral", "symbol"]

_HEAVENLY: Final = "甲乙丙丁戊己庚辛壬癸"
_EARTHLY: Final = "子丑寅卯辰巳午未申酉戌亥"
_MAX_LETTERS: Final = 780
_MAX_ROMAN: Final = 32767
_THOUSAND: Final = 1000
_MAX_CHINESE: Final = 99_999_999
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_CIRCLES: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_SYMBOLS: Final[Mapping[str, Mapping[int, str]]] = {
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "□",
        0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
    "symbol": {0xB7: "•", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB8: "÷", 0xD7: "·", 0xE5: "∑"},
}  # fmt: skip
_PRIVATE: Final = 0xF000
_PRIVATE_END: Final = 0xF0FF
_SURROGATES: Final = range(0xD800, 0xE000)
_LAST_CODE: Final = 0xFFFF
"""A symbol is named by four hexadecimal digits."""


def symbol(font: str, code: int) -> str:
    """The character a symbol font shows for a code (with or without the private-use offset F000)."""
    low = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE_END else code
    known = _SYMBOLS.get(font.strip().lower(), {}).get(low)
    if known is not None:
        return known
    return chr(code) if 0 < code <= _LAST_CODE and code not in _SURROGATES else ""


def _letters(first: str) -> Callable[[int], str]:
    def form(number: int) -> str:
        if not 1 <= number <= _MAX_LETTERS:
            return str(number)
        repeat, place = divmod(number - 1, 26)
        return chr(ord(first) + place) * (repeat + 1)

    return form


def _roman(number: int) -> str:
    if not 1 <= number <= _MAX_ROMAN:
        return str(number)
    pieces: list[str] = []
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        pieces.append(sign * count)
    return "".join(pieces)


def _section(number: int, digits: str, units: str) -> str:
    """One to four digits with their units; zeros between digits collapse to one."""
    out, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(out)
            continue
        out += (digits[0] if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    return out


def _counting(digits: str, units: str, big: str, *, short_ten: bool) -> Callable[[int], str]:
    """Chinese counting: 二十三, 一百零五; `short_ten` writes 十五 rather than 一十五."""

    def form(number: int) -> str:
        if not 0 <= number <= _MAX_CHINESE:
            return str(number)
        if number == 0:
            return digits[0]
        high, low = divmod(number, 10_000)
        text = _section(high, digits, units) + big if high else ""
        if high and 0 < low < _THOUSAND:
            text += digits[0]
        text += _section(low, digits, units)
        lead = digits[1] + units[0]
        return text[1:] if short_ten and text.startswith(lead) else text

    return form


def _digits(signs: str) -> Callable[[int], str]:
    def form(number: int) -> str:
        return "".join(signs[int(d)] if d.isdigit() else d for d in str(number))

    return form


def _row(signs: str) -> Callable[[int], str]:
    """A fixed row of signs; beyond its end plain digits, as Word does."""

    def form(number: int) -> str:
        return signs[number - 1] if 1 <= number <= len(signs) else str(number)

    return form


def _cycle(number: int) -> str:
    return _HEAVENLY[(number - 1) % 10] + _EARTHLY[(number - 1) % 12] if number >= 1 else str(number)


_CHINESE: Final = _counting("零一二三四五六七八九", "十百千", "万", short_ten=True)
_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _row(_CIRCLES),
    "decimalEnclosedCircleChinese": _row(_CIRCLES),
    "decimalEnclosedParen": _row("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _row("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "numberInDash": lambda n: f"- {n} -",
    "lowerLetter": _letters("a"),
    "upperLetter": _letters("A"),
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperRoman": _roman,
    "chineseCounting": _CHINESE,
    "chineseCountingThousand": _CHINESE,
    "japaneseCounting": _CHINESE,
    "taiwaneseCounting": _CHINESE,
    "taiwaneseCountingThousand": _CHINESE,
    "chineseLegalSimplified": _counting("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万", short_ten=False),
    "ideographLegalTraditional": _counting("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬", short_ten=False),
    "ideographDigital": _digits("〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": _digits("〇一二三四五六七八九"),
    "taiwaneseDigital": _digits("〇一二三四五六七八九"),
    "ideographTraditional": _row(_HEAVENLY),
    "ideographZodiac": _row(_EARTHLY),
    "ideographZodiacTraditional": _cycle,
    "ideographEnclosedCircle": _row("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "none": lambda _: "",
}
_SAMPLE: Final = re.compile(r"0*1(?=,|$)")


def numeral(number: int, kind: str, sample: str = "") -> str | None:
    """A number in a format of Word; None for a format this table does not know.

    `sample` is the example a custom format is given by ("001, 002, 003, ...").
    """
    if kind == "custom":
        match = _SAMPLE.match(sample.strip())
        return str(number).zfill(len(match.group())) if match else None
    form = _FORMATS.get(kind)
    return None if form is None else form(number)
