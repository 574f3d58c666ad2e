"""What stands in a cell of a performance form: a figure, a date, a duration, a grade, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from juesuan.quantity import MEASURES, NUMBER, PLAIN, Dimension, Measure, Quantity, make, parse
from juesuan.taxonomy.forms import words

__all__ = ["Kind", "Value", "is_exact", "measure_of", "points", "read_value", "squeezed"]


class Kind(Enum):
    """What a cell's text is."""

    BLANK = "blank"
    NOTHING = "nothing"
    """ "/", "无": said to be nothing, which is no zero."""
    FIGURE = "figure"
    DATE = "date"
    DURATION = "duration"
    GRADE = "grade"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Value:
    """`sign`: the comparator in front (≥ ≤ = > <) or "". `month`, `day`: of a date, where written.

    `measure_text`: the measure as written where it is none that is known.
    """

    kind: Kind
    sign: str = ""
    quantity: Quantity | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    measure_text: str = ""

    @property
    def dimension(self) -> Dimension | None:
        """What the figure or duration counts; None for anything else."""
        return self.quantity.measure.dimension if self.quantity is not None else None


_WIDE = str.maketrans("０１２３４５６７８９．％，－＋﹣−()", "0123456789.%,-+--（）")
_SIGN = re.compile("|".join(re.escape(s) for s in sorted(words.COMPARATORS, key=len, reverse=True)))
_DATE = re.compile(
    r"(?:在|于|截至|截止)?(?:(?P<year>20\d{2})年)?(?P<month>1[0-2]|0?[1-9])月(?:份)?(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?"
    r"(?:上旬|中旬|下旬|底|末|初)?(?:以前|之前|前|内)?(?:底|末)?(?:全部|按时|已|均)?(?:完成|拨付|支付|到位|发放|完工|竣工)?"
)
_ISO = re.compile(r"(?P<year>20\d{2})[-/.](?P<month>1[0-2]|0?[1-9])[-/.](?P<day>3[01]|[12]\d|0?[1-9])")
_YEAR = re.compile(r"(?P<year>20\d{2})年(?:度|底|末)?(?:以前|之前|前|内)?(?:完成)?")
_BRACKETED = re.compile(rf"(?P<number>[-+]?{NUMBER})（(?P<measure>[^（）]{{1,8}})）")
_WITH_WORDS = re.compile(rf"(?P<number>[-+]?{NUMBER})(?P<measure>[^\d\s（）]{{1,8}})")
_LONGEST_GRADE = 6
_LONGEST_VALUE = 60


def squeezed(text: str) -> str:
    """The text without blanks, wide digits and brackets made alike."""
    return _squeezed(text) if len(text) <= _LONGEST_VALUE else _squeeze(text)


def _squeeze(text: str) -> str:
    return "".join(text.split()).translate(_WIDE)


_squeezed = lru_cache(maxsize=4096)(_squeeze)


def measure_of(text: str) -> Measure | None:
    """The measure a cell names ("%", "百分比", "万元"), None when it is none that is known or the cell is blank."""
    name = squeezed(text)
    return MEASURES.get(words.MEASURE_ALIASES.get(name, name)) if name else None


def read_value(text: str, measure: str = "") -> Value:
    """Read one cell. `measure` is the text of the measure's own cell: it holds where the figure names none."""
    # Forms repeat the same few short texts, and each is asked for many times.
    return _known_value(text, measure) if len(text) + len(measure) <= _LONGEST_VALUE else _read_value(text, measure)


def _read_value(text: str, measure: str) -> Value:
    name = squeezed(text)
    if not name:
        return Value(Kind.BLANK)
    if name in words.NOTHING:
        return Value(Kind.NOTHING)
    if len(name) > _LONGEST_VALUE:
        return Value(Kind.TEXT)
    found = _SIGN.match(name)
    sign = words.COMPARATORS[found.group()] if found else ""
    rest = name[found.end() :] if found else name
    value = _duration(rest, sign, text) or (_date(rest, sign) if _YEAR.fullmatch(rest) else None)
    value = value or _figure(rest, measure, sign) or _date(rest, sign)
    is_grade = rest in words.GRADES and len(rest) <= _LONGEST_GRADE
    return value or Value(Kind.GRADE if is_grade else Kind.TEXT, sign)


_known_value = lru_cache(maxsize=4096)(_read_value)


def _duration(rest: str, sign: str, text: str) -> Value | None:
    """Durations in words: 半年."""
    if rest not in words.HALVES:
        return None
    number, unit = words.HALVES[rest]
    return Value(Kind.DURATION, sign, make(number, MEASURES[unit], text=text.strip()))


def _figure(rest: str, measure: str, sign: str) -> Value | None:
    quantity, unknown = parse(rest), ""
    if quantity is None:
        quantity, unknown = _named(rest)
    if quantity is None:
        return None
    if quantity.measure.symbol == "" and not unknown and measure.strip():
        known = measure_of(measure)
        unknown = "" if known else squeezed(measure)
        quantity = Quantity(quantity.value, known or PLAIN, quantity.decimals, quantity.text, quantity.approximate)
    is_time = quantity.measure.dimension is Dimension.TIME
    return Value(Kind.DURATION if is_time else Kind.FIGURE, sign, quantity, measure_text=unknown)


def _named(rest: str) -> tuple[Quantity | None, str]:
    """Figures with words behind: "13459.00（平方米）", "100百分比", "50元/人" (a measure nobody listed)."""
    for pattern in (_BRACKETED, _WITH_WORDS):
        match = pattern.fullmatch(rest)
        if match is None:
            continue
        name = words.MEASURE_ALIASES.get(match["measure"], match["measure"])
        known = MEASURES.get(name)
        if known is None and pattern is _WITH_WORDS and "/" not in name:
            return None, ""
        number = match["number"].lstrip("+-")
        return make(number, known or PLAIN, text=rest, negative=match["number"].startswith("-")), "" if known else name
    return None, ""


def _date(rest: str, sign: str) -> Value | None:
    for pattern in (_DATE, _ISO, _YEAR):
        match = pattern.fullmatch(rest)
        if match is None:
            continue
        found = {name: int(part) for name, part in match.groupdict().items() if part}
        return Value(Kind.DATE, sign, year=found.get("year"), month=found.get("month"), day=found.get("day"))
    return None


def points(quantity: Quantity, *, exact: bool) -> Quantity:
    """A weight or score as a figure to be added.

    Whole and half points are exact, others were rounded to two digits.
    """
    if exact:
        return Quantity(quantity.value, MEASURES["分"], quantity.decimals, quantity.text)
    return Quantity(quantity.value, PLAIN, quantity.decimals, quantity.text, implied=2)


def is_exact(quantities: list[Quantity]) -> bool:
    """Whether all points are multiples of a half."""
    return all(q.value * 2 == (q.value * 2).to_integral_value() for q in quantities)
