"""Numbers as reports write them: value, measure, displayed precision, and the interval a displayed figure stands for.

A figure is kept as written. `Quantity.value` counts in the written measure (152.2 万元 is 152.2), and
`Quantity.base` in the base unit of its dimension (元, %, piece), so that 元 and 万元 compare exactly.
Everything is Decimal: a float never touches money.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
"""Sums and products of displayed figures are exact in this context."""

MAX_DIGITS = 24
"""A longer run of digits is a code, never a figure."""


class Dimension(Enum):
    """What a measure counts. Only figures of one dimension can be compared."""

    # See juesuan.facts: hashed by the thousand.
    __hash__ = object.__hash__

    MONEY = "money"
    RATIO = "ratio"
    POINT = "point"
    NUMBER = "number"
    PERSON = "person"
    PERSON_TIME = "person_time"
    BATCH = "batch"
    GROUP = "group"
    VEHICLE = "vehicle"
    SET = "set"
    PIECE = "piece"
    OCCASION = "occasion"
    SCORE = "score"
    TIME = "time"
    DATE = "date"
    AREA = "area"
    LENGTH = "length"
    WEIGHT = "weight"
    HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as written, its dimension, and how many base units (元, %, piece) one of it is.

    `incomplete` marks a measure that lacks a character (万 for 万元).
    """

    symbol: str
    dimension: Dimension
    factor: Decimal = Decimal(1)
    incomplete: bool = False

    @property
    def is_rounded(self) -> bool:
        """Whether figures of it are rounded for display. Counts are exact."""
        return self.dimension in _ROUNDED


_ROUNDED = frozenset(
    {
        Dimension.MONEY,
        Dimension.RATIO,
        Dimension.POINT,
        Dimension.NUMBER,
        Dimension.AREA,
        Dimension.LENGTH,
        Dimension.WEIGHT,
    }
)


def _measures() -> dict[str, Measure]:
    money = {"元": 1, "千元": 1000, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}
    found = {name: Measure(name, Dimension.MONEY, Decimal(factor)) for name, factor in money.items()}
    found["万"] = Measure("万", Dimension.MONEY, Decimal(10**4), incomplete=True)
    found["亿"] = Measure("亿", Dimension.MONEY, Decimal(10**8), incomplete=True)
    found["%"] = Measure("%", Dimension.RATIO)
    found["‰"] = Measure("‰", Dimension.RATIO, Decimal("0.1"))
    found["个百分点"] = Measure("个百分点", Dimension.POINT)
    found["百分点"] = Measure("百分点", Dimension.POINT)
    counts = {
        Dimension.PERSON_TIME: "人次 人·次",
        Dimension.PERSON: "人 名 位",
        Dimension.BATCH: "批次 批（次） 批",
        Dimension.GROUP: "个团组 团组",
        Dimension.VEHICLE: "辆 台次 艘",
        Dimension.SET: "台（套） 台/套 台套 台 套 部",
        Dimension.PIECE: "个 项 家 件 份 只 支 条 篇 册 本 张 幢 栋 座 处 所 间 户次 块 种 类 款 场馆 例 宗 起 盏 株 棵",
        Dimension.OCCASION: "次 场次 场 期 轮 回 届 班次 课时",
        Dimension.HOUSEHOLD: "户",
        Dimension.SCORE: "分",
        Dimension.TIME: "个月 年 月 天 日 小时 个工作日 工作日 周",
        Dimension.AREA: "平方米 平方公里 亩 公顷 ㎡",
        Dimension.LENGTH: "公里 千米 米",
        Dimension.WEIGHT: "公斤 千克 吨 万吨",
    }
    for dimension, symbols in counts.items():
        for symbol in symbols.split():
            found[symbol] = Measure(symbol, dimension)
            if dimension not in {Dimension.SCORE, Dimension.TIME, Dimension.WEIGHT}:
                found["万" + symbol] = Measure("万" + symbol, dimension, Decimal(10**4))
    # 千米 is a length, not a thousand of 米 counted; the factors of areas and lengths are left apart on
    # purpose: nothing compares 亩 with 平方米.
    found[""] = Measure("", Dimension.NUMBER)
    return found


MEASURES: dict[str, Measure] = _measures()
YUAN, WAN, PERCENT, PLAIN = MEASURES["元"], MEASURES["万元"], MEASURES["%"], MEASURES[""]


class Interval(NamedTuple):
    """All values a displayed figure may stand for, ends included, in base units."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether the two share a value."""
        return self.low <= other.high and other.low <= self.high

    def plus(self, other: Interval) -> Interval:
        return Interval(EXACT.add(self.low, other.low), EXACT.add(self.high, other.high))

    def negated(self) -> Interval:
        return Interval(-self.high, -self.low)

    def widened(self, by: Decimal) -> Interval:
        return Interval(self.low - by, self.high + by)


@lru_cache(maxsize=256)
def _unit(decimals: int, factor: Decimal) -> Decimal:
    """One unit of the last of so many decimals, in base units."""
    return EXACT.multiply(Decimal(1).scaleb(-decimals), factor)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written.

    `value` and `decimals` (digits after the point) are in the written measure. `approximate` marks
    100余万元, 约3万元: such a figure stands for no interval and is never judged. `implied` is the number of
    decimals the document's habit adds (152.2 among two-decimal amounts is 152.20).
    """

    value: Decimal
    measure: Measure
    decimals: int = 0
    text: str = ""
    approximate: bool = False
    implied: int = 0

    @property
    def base(self) -> Decimal:
        """The value in base units (元, %, piece)."""
        factor = self.measure.factor
        return self.value if factor == 1 else EXACT.multiply(self.value, factor)

    @property
    def ulp(self) -> Decimal:
        """One unit of the last displayed digit, in base units; zero for exact counts."""
        if not self.measure.is_rounded:
            return Decimal(0)
        return _unit(max(self.decimals, self.implied), self.measure.factor)

    @property
    def written_ulp(self) -> Decimal:
        """As `ulp`, without what the document's habit adds."""
        if not self.measure.is_rounded:
            return Decimal(0)
        return _unit(self.decimals, self.measure.factor)

    @property
    def interval(self) -> Interval:
        """`v ± ½` of the last digit, in base units."""
        half, base = self.ulp / 2, self.base
        return Interval(base - half, base + half)

    @property
    def written_interval(self) -> Interval:
        """The interval of the digits that are really there."""
        half, base = self.written_ulp / 2, self.base
        return Interval(base - half, base + half)

    @property
    def is_zero(self) -> bool:
        return not self.value

    def same_dimension(self, other: Quantity) -> bool:
        return self.measure.dimension is other.measure.dimension

    def __str__(self) -> str:
        return self.text or f"{plain(self.value, self.decimals)}{self.measure.symbol}"


def plain(value: Decimal, decimals: int | None = None) -> str:
    """A Decimal without exponent, with `decimals` digits after the point (rounded half up) when given.

    >>> plain(Decimal("1E+3")), plain(Decimal("13.795"), 2)
    ('1000', '13.80')
    """
    if decimals is not None:
        with localcontext(EXACT):
            value = value.quantize(Decimal(1).scaleb(-decimals))
    text = format(value, "f")
    return text[1:] if text.startswith("-") and not value else text


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half up, as reports do."""
    with localcontext(EXACT):
        return value.quantize(Decimal(1).scaleb(-decimals))


# --- reading -----------------------------------------------------------------------------------------------

_WIDE = str.maketrans("０１２３４５６７８９．％，－＋﹣−‐", "0123456789.%,-+---")
NUMBER = r"(?:\d{1,3}(?:, ?\d{3})+(?!\d)|\d+)(?:\.\d+)?"
"""Digits with or without thousands separators ("1, 537.4" has a blank after one), and decimals."""

_CHINESE_DIGITS = {
    c: i
    for i, group in enumerate(["零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"])
    for c in group
}
_CHINESE_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_CHINESE_MYRIADS = {"万": 10**4, "亿": 10**8}
CHINESE_NUMERAL = (
    "["
    + "".join(_CHINESE_DIGITS)
    + "".join(_CHINESE_UNITS)
    + "]+(?:万["
    + "".join(_CHINESE_DIGITS)
    + "".join(_CHINESE_UNITS)
    + "]+)?"
)


def _alternation(symbols: Iterable[str]) -> str:
    return "|".join(re.escape(s) for s in sorted(symbols, key=len, reverse=True) if s)


MEASURE = _alternation(MEASURES)
_QUANTITY = re.compile(rf"\s*(?P<sign>[-+])?\s*(?P<number>{NUMBER})\s*(?P<more>余|多|来)?\s*(?P<measure>{MEASURE})?\s*")
_HUNDREDTHS = re.compile(r"百分之(?P<whole>[^点]+)(?:点(?P<part>.+))?")


def half_width(text: str) -> str:
    """The text with digits, points and commas of a Chinese font as plain ones: １，２３４．５６ → 1,234.56."""
    return text.translate(_WIDE)


def parse(text: str) -> Quantity | None:
    """Read one figure with its measure: "152.2万元", "３，０８４．８２", "百分之七十六点二三", "壹辆", "-81.75%".

    None when the text is anything else, such as "/", "-", "NaN" or a blank: those are no zero.
    """
    folded = text.translate(_WIDE).replace("(", "（").replace(")", "）")
    match = _QUANTITY.fullmatch(folded)
    if match is None:
        return _parse_bracketed(folded, text) or _parse_chinese(folded.strip(), text)
    measure = MEASURES[match["measure"] or ""]
    return make(match["number"], measure, text=text, negative=match["sign"] == "-", approximate=bool(match["more"]))


def _parse_bracketed(folded: str, text: str) -> Quantity | None:
    """A quantity with its measure in brackets: "-1000（元）"."""
    match = re.fullmatch(rf"(.+?)（({MEASURE})）", folded.strip())
    inner = match and _QUANTITY.fullmatch(match[1])
    if not match or not inner or inner["measure"]:
        return None
    return make(inner["number"], MEASURES[match[2]], text=text, negative=inner["sign"] == "-")


def _parse_chinese(folded: str, text: str) -> Quantity | None:
    percent = _HUNDREDTHS.fullmatch(folded)
    if percent:
        whole = chinese_number(percent["whole"])
        if whole is None:
            return None
        digits = [_CHINESE_DIGITS.get(c) for c in percent["part"] or ""]
        if any(d is None for d in digits):
            return None
        value = Decimal(f"{whole}.{''.join(map(str, digits))}" if digits else whole)
        return Quantity(value, PERCENT, decimals=len(digits), text=text)
    match = re.fullmatch(rf"({CHINESE_NUMERAL})({MEASURE})", folded)
    number = match and chinese_number(match[1])
    if not match or number is None:
        return None
    return Quantity(Decimal(number), MEASURES[match[2]], text=text)


def make(
    number: str, measure: Measure, *, text: str = "", negative: bool = False, approximate: bool = False
) -> Quantity | None:
    """A quantity from the digits as matched by `NUMBER`. None for a run too long to be a figure."""
    digits = number.replace(",", "").replace(" ", "")
    if len(digits) > MAX_DIGITS:
        return None
    try:
        value = Decimal(digits)
    except InvalidOperation:  # \d also takes digits of other scripts, most of which Decimal reads too
        return None
    decimals = len(digits.partition(".")[2])
    return Quantity(-value if negative else value, measure, decimals, text or number, approximate)


def chinese_number(text: str) -> int | None:
    """The value of a numeral: "三十二" → 32, "贰仟玖佰" → 2900, "〇" → 0; None when it is no numeral.

    A run of digits without units is read as digits ("二〇二三" → 2023).
    """
    if not text or any(
        c not in _CHINESE_DIGITS and c not in _CHINESE_UNITS and c not in _CHINESE_MYRIADS for c in text
    ):
        return None
    if all(c in _CHINESE_DIGITS for c in text):
        return int("".join(str(_CHINESE_DIGITS[c]) for c in text))
    total = part = digit = 0
    for c in text:
        if c in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[c]
        elif c in _CHINESE_UNITS:
            part += (digit or 1) * _CHINESE_UNITS[c]
            digit = 0
        else:
            total = (total + part + digit) * _CHINESE_MYRIADS[c]
            part = digit = 0
    return total + part + digit


# --- habit -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Habit:
    """How many decimals a document prints for each measure; trailing zeros are often dropped.

    Applied to money only: a rate printed with fewer decimals may well have been rounded to them.
    """

    decimals: dict[str, int]

    @classmethod
    def of(cls, quantities: Iterable[Quantity]) -> Habit:
        """Infer the habit from the document's own amounts: the decimals that most distinct ones with any have.

        Where whole amounts outnumber those with decimals, whole is what the document prints, and nothing was dropped.
        """
        whole: dict[str, set[Decimal]] = defaultdict(set)
        seen: dict[str, set[Decimal]] = defaultdict(set)
        places: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for q in quantities:
            symbol = q.measure.symbol
            if q.measure.dimension is Dimension.MONEY and not q.decimals and q.value:
                whole[symbol].add(q.value)
            if q.measure.dimension is Dimension.MONEY and q.decimals and q.value and q.value not in seen[symbol]:
                seen[symbol].add(q.value)
                places[symbol][q.decimals] += 1
        return cls(
            {
                symbol: max(counts, key=lambda d: (counts[d], d))
                for symbol, counts in places.items()
                if sum(counts.values()) >= len(whole[symbol])
            }
        )

    def apply(self, quantity: Quantity) -> Quantity:
        """The same figure with the decimals the document implies."""
        implied = self.decimals.get(quantity.measure.symbol, 0)
        if quantity.measure.dimension is not Dimension.MONEY or implied <= quantity.decimals:
            return quantity
        return replace(quantity, implied=implied)
