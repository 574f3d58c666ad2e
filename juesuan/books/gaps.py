"""What books lack before a report can be made of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from juesuan.books.before import SHEET as BEFORE
from juesuan.books.explain import explanations
from juesuan.books.figures import key_of
from juesuan.books.model import Books
from juesuan.books.named import written
from juesuan.books.narrative import FILE as TEXT
from juesuan.books.problems import Grade, Problem
from juesuan.books.settings import FILE as UNIT
from juesuan.books.write_data import FILE as DATA
from juesuan.errors import BooksError
from juesuan.facts import Stage

_SECTIONS = (("主要职能",), ("机构设置",))
_LAST_YEAR = (
    ("收入支出总计", "income_total", "all"),
    ("财政拨款收入支出总计", "income_total", "appropriation"),
    ("一般公共预算财政拨款支出", "expenditure", "general_budget"),
    ("“三公”经费", "three_public", None),
)
_TO_FILL = frozenset({"income", "general_budget", "general_budget_detail", "basic_items", "three_public"})
"""Statements with leaves of their own that every unit has; the others follow from them or may be empty."""


def gaps(books: Books) -> tuple[Problem, ...]:
    """What is missing, file by file; nothing of it keeps a draft from being made."""
    return (*_unit(books), *_statements(books), *_before(books), *_text(books))


def _missing(message: str) -> Problem:
    return Problem(Grade.MISSING, message)


def _unit(books: Books) -> Iterator[Problem]:
    if not books.settings.published:
        yield _missing(f'{UNIT} 的 [单位] 公开时间没有写，写成 "{books.year + 1}-09-30" 的样子。')


def _statements(books: Books) -> Iterator[Problem]:
    for id_, data in books.statements.items():
        if id_ in _TO_FILL and data.is_empty and not (id_ == "three_public" and books.amount("three_public")):
            yield _missing(f"{DATA}“{data.plan.sheet}”还没有填。")
    wide = books.economic_items(nature="all_expenditure")
    spent = books.amount("expenditure", "general_budget")
    if spent and spent.yuan and not wide and "general_budget_detail" in books.statements:
        yield _missing(f"{DATA}“{books.statements['general_budget_detail'].plan.sheet}”的经济分类明细还没有填。")
    if spent and spent.yuan and not books.amount("economic", "general_budget"):
        yield _missing(f"{DATA}“{books.statements['basic_items'].plan.sheet}”的经济分类还没有填。")


def _before(books: Books) -> Iterator[Problem]:
    for name, concept, fund in _LAST_YEAR:
        if books.amount(concept, fund, year=-1) is None:
            yield _missing(f"{DATA}“{BEFORE}”缺少{name}的上年决算数；上年没有就填0。")
    for code in books.items():
        if books.amount("expenditure", "general_budget", account=code, stage=Stage.ADJUSTED) is None:
            yield _missing(f"{DATA}“{BEFORE}”缺少 {code} {books.name_of(code)} 的全年预算数。")
    if books.settings.has_running_cost and books.amount("agency_running_cost", year=-1) is None:
        yield _missing(f"{DATA}“{BEFORE}”缺少机关运行经费的上年决算数。")
    if books.get(key_of("three_public", stage=Stage.ADJUSTED)) is None:
        yield _missing(f"{DATA} 的“三公”经费预算数还没有填，没有安排就填0。")


def _text(books: Books) -> Iterator[Problem]:
    for path in _SECTIONS:
        if books.narrative.section(*path) is None:
            yield _missing(f"{TEXT} 的“{path[-1]}”还没有写。")
    for passage in books.narrative.passages:
        try:
            written(books, passage)
        except BooksError as error:
            yield Problem(Grade.BAD, str(error))
    for one in explanations(books):
        if one.change and one.reason is None and _beyond(books, one.rate):
            yield _missing(f"{TEXT} 缺少“{one.name}”变动的原因（{one.change:+,} 元）；juesuan explain 可以起草。")
    for code in books.items():
        budget = books.amount("expenditure", "general_budget", account=code, stage=Stage.ADJUSTED)
        final = books.amount("expenditure", "general_budget", account=code)
        if budget and final and budget.yuan != final.yuan and not books.narrative.reason(code, books.name_of(code)):
            gap = f"{final.yuan - budget.yuan:+,} 元"
            yield _missing(f"{TEXT} 缺少“{code} {books.name_of(code)}”决算数与预算数不同的原因（{gap}）。")


def _beyond(books: Books, rate: str | None) -> bool:
    return rate is None or Decimal(rate) >= books.settings.threshold
