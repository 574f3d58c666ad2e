"""How a spreadsheet shows a stored number: the part of number formats that public accounts use.

Exact by decimal arithmetic. A format outside this part (fractions, scaling by thousands, optional
digits, dates) shows the number as it is stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

__all__ = ["BUILTIN_FORMATS", "DATE_FORMATS", "Format", "is_date", "parse_format", "stored_text"]

BUILTIN_FORMATS = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
}
"""The formats a workbook uses by number without declaring them, in their Chinese form."""

DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The formats used by number that show dates and times, in Chinese workbooks."""

_SPREADSHEET_DIGITS = 15
_LARGEST_EXPONENT = 308
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[(?![hms]+\])[^\]]*\]', re.DOTALL)
_DATE_LETTER = re.compile(r"[ymdhs]", re.IGNORECASE)
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|([#0,.?]+)|(%)|(.)', re.DOTALL)
_DIGITS = re.compile(r"(#{1,3},##|#*,?#*)(0+)(?:\.(0+))?")
_PLAIN = frozenset("-+()（） ￥¥$:/")


@dataclass(frozen=True, slots=True)
class _Section:
    prefix: str
    suffix: str
    decimals: int | None
    whole: int = 1
    grouped: bool = False
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A number format understood: how positive, negative and zero values are shown."""

    positive: _Section
    negative: _Section | None = None
    zero: _Section | None = None

    def show(self, value: Decimal) -> str:
        """The displayed text of a value; rounded half away from zero, as spreadsheets do."""
        if value == 0:
            return _fill(self.zero or self.positive, value)
        if value < 0:
            if self.negative is not None:
                return _fill(self.negative, -value)
            text = _fill(self.positive, -value)
            return f"-{text}" if any(char in "123456789" for char in text) else text
        return _fill(self.positive, value)


def stored_text(value: str) -> str:
    """A stored number as a plain decimal string, with the 15 significant digits a spreadsheet keeps.

    Raises decimal.InvalidOperation when it is no number.
    """
    number = Decimal(value)
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise InvalidOperation
    if len(number.as_tuple().digits) > _SPREADSHEET_DIGITS:
        number = Context(prec=_SPREADSHEET_DIGITS).plus(number)
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def parse_format(code: str) -> Format | None:
    """Understand a format code, or None when it is outside the part known here."""
    sections = [_section(part) for part in _split(code)[:3]]
    if not sections or any(section is None for section in sections):
        return None
    positive, negative, zero = (*sections, None, None)[:3]
    if positive is None or positive.decimals is None:
        return None
    return Format(positive, negative, zero)


def is_date(code: str) -> bool:
    """Whether a format code shows the number as a date or time."""
    return _DATE_LETTER.search(_LITERAL.sub("", code).replace("General", "")) is not None


def _split(code: str) -> list[str]:
    """Cut at semicolons outside quotes."""
    parts, quoted = [""], False
    for char in code:
        quoted ^= char == '"'
        if char == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _section(code: str) -> _Section | None:
    before: list[str] = []
    after: list[str] = []
    digits: re.Match[str] | None = None
    percent = False
    for token in _TOKEN.finditer(code):
        quoted, escaped, currency, placeholder, sign, other = token.groups()
        if placeholder is not None and set(placeholder) != {"?"}:
            if digits is not None:
                return None
            digits = _DIGITS.fullmatch(placeholder)
            if digits is None:
                return None
            continue
        if other is not None and other not in _PLAIN:
            return None
        percent |= sign is not None
        (before if digits is None else after).append(quoted or escaped or currency or sign or other or "")
    prefix, suffix = "".join(before).lstrip(), "".join(after).rstrip()
    if digits is None:
        return _Section(prefix.strip(), "", None)
    return _Section(
        prefix,
        suffix,
        decimals=len(digits[3] or ""),
        whole=len(digits[2]),
        grouped="," in digits[1],
        percent=percent,
    )


def _fill(section: _Section, value: Decimal) -> str:
    if section.decimals is None:
        return section.prefix
    shown = value * 100 if section.percent else value
    # The precision must hold the largest stored number (1E308) and its decimals.
    rounded = shown.quantize(Decimal(1).scaleb(-section.decimals), ROUND_HALF_UP, Context(prec=400))
    text = format(rounded, f",.{section.decimals}f" if section.grouped else f".{section.decimals}f")
    whole = len(text.partition(".")[0])
    return section.prefix + "0" * max(section.whole - whole, 0) + text + section.suffix
