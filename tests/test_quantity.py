"""Figures as written: parsing by example, format and parse round trips, intervals, habit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.quantity import MEASURES, PERCENT, WAN, YUAN, Dimension, Habit, Quantity, chinese_number, parse, plain

READS = [
    ("152.2万元", "152.2", "万元", 1),
    ("3,084.82", "3084.82", "", 2),
    ("1, 537.4", "1537.4", "", 1),
    ("26,085.58元", "26085.58", "元", 2),
    ("1.53亿元", "1.53", "亿元", 2),
    ("0万", "0", "万", 0),
    ("76.23%", "76.23", "%", 2),
    ("76.23％", "76.23", "%", 2),
    ("百分之七十六点二三", "76.23", "%", 2),
    ("百分之百", "100", "%", 0),
    ("3.5个百分点", "3.5", "个百分点", 1),
    ("14批次", "14", "批次", 0),
    ("60人次", "60", "人次", 0),
    ("8辆", "8", "辆", 0),
    ("2台（套）", "2", "台（套）", 0),
    ("2台(套)", "2", "台（套）", 0),
    ("40人", "40", "人", 0),
    ("4名", "4", "名", 0),
    ("6个", "6", "个", 0),
    ("28项", "28", "项", 0),
    ("98.5分", "98.5", "分", 1),
    ("壹辆", "1", "辆", 0),
    ("三次", "3", "次", 0),
    ("３，０８４．８２", "3084.82", "", 2),
    ("-81.75%", "-81.75", "%", 2),
    ("－81.75%", "-81.75", "%", 2),
    ("-1000（元）", "-1000", "元", 0),
    ("0.00", "0.00", "", 2),
]


@pytest.mark.parametrize(("text", "value", "measure", "decimals"), READS, ids=[r[0] for r in READS])
def test_reads(text: str, value: str, measure: str, decimals: int) -> None:
    quantity = parse(text)
    assert quantity is not None
    assert (quantity.value, quantity.measure.symbol, quantity.decimals) == (Decimal(value), measure, decimals)
    assert quantity.text == text


@pytest.mark.parametrize("text", ["", " ", "/", "-", "—", "NaN", "无", "…", "1.2.3", "%", "万元", "九牛一毛", "1" * 25])
def test_is_no_figure_and_no_zero(text: str) -> None:
    assert parse(text) is None


def test_a_direction_word_is_no_part_of_a_figure() -> None:
    assert parse("下降-81.75%") is None


def test_round_about_figures_are_approximate() -> None:
    quantity = parse("100余万元")
    assert quantity is not None
    assert quantity.approximate


def test_dimensions_tell_what_may_be_compared() -> None:
    wan, yuan, percent, points = (parse(t) for t in ("1.5万元", "15000元", "1.5%", "1.5个百分点"))
    assert wan is not None
    assert yuan is not None
    assert percent is not None
    assert points is not None
    assert wan.base == yuan.base
    assert wan.same_dimension(yuan)
    assert not percent.same_dimension(points)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.integers(min_value=0, max_value=4),
    st.sampled_from([m for m in MEASURES if m]),
    st.booleans(),
)
def test_what_is_formatted_is_read_back(value: Decimal, decimals: int, symbol: str, separators: bool) -> None:  # noqa: FBT001
    digits = plain(value, decimals)
    text = f"{Decimal(digits):,}" if separators else digits
    quantity = parse(text + symbol)
    assert quantity is not None
    assert quantity.value == Decimal(digits)
    assert (quantity.decimals, quantity.measure.symbol) == (decimals, symbol)
    assert str(quantity) == text + symbol


@given(st.text())
def test_any_text_is_read_or_left(text: str) -> None:
    quantity = parse(text)
    assert quantity is None or isinstance(quantity.base, Decimal)


@given(st.text("0123456789.,-%（）() 万元百分之点一二十千亿余约壹〇%％．，０９٣", max_size=30))
def test_any_text_like_a_figure_is_read_or_left(text: str) -> None:
    quantity = parse(text)
    assert quantity is None or quantity.interval.low <= quantity.base <= quantity.interval.high


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_numerals(number: int) -> None:
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    text = ""
    for i, digit in enumerate(str(number)):
        power = len(str(number)) - i - 1
        if digit != "0":
            text += digits[int(digit)] + units[power]
        elif text and not text.endswith("零"):
            text += "零"
    assert chinese_number(text.rstrip("零")) == number


@given(st.decimals(min_value=0, max_value=10**6, places=6), st.sampled_from([YUAN, WAN, PERCENT]), st.integers(0, 3))
def test_the_true_figure_lies_in_the_interval_of_its_rounding(true: Decimal, measure: object, decimals: int) -> None:
    unit = next(m for m in MEASURES.values() if m is measure)
    shown = parse(plain(true, decimals) + unit.symbol)
    assert shown is not None
    assert shown.interval.low <= true * unit.factor <= shown.interval.high


def test_counts_are_exact() -> None:
    quantity = parse("8辆")
    assert quantity is not None
    assert quantity.interval.low == quantity.interval.high == 8


def _money(*texts: str) -> list[Quantity]:
    found = [parse(t) for t in texts]
    return [q for q in found if q is not None]


def test_habit_restores_dropped_zeros() -> None:
    habit = Habit.of(_money("125.29万元", "26.91万元", "152.2万元", "26085.5元"))
    (short,) = _money("152.2万元")
    assert habit.apply(short).ulp == 100
    assert habit.apply(short).written_ulp == 1000
    (whole,) = _money("1万元")
    assert habit.apply(whole).interval.high - habit.apply(whole).interval.low == 100


def test_habit_never_makes_a_figure_coarser_and_leaves_rates_alone() -> None:
    habit = Habit.of(_money("125.2万元", "26.9万元", "76.23%"))
    (fine, rate) = _money("125.295万元", "76%")
    assert habit.apply(fine).ulp == fine.ulp
    assert habit.apply(rate).ulp == rate.ulp
    assert rate.measure.dimension is Dimension.RATIO
