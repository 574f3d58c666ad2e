"""What the text may name: {{ 会员.总数 }}, {{ 基本支出 }}, {{ 上年.机关运行经费 }}."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from juesuan.books.model import Books
from juesuan.books.narrative import Passage, render_text
from juesuan.facts import Stage
from juesuan.quantity import EXACT
from juesuan.taxonomy.concepts import FUND_PARTS
from juesuan.taxonomy.statements.shared import OFFICE_CODES, PERSONNEL_CODES

_NAMES: tuple[tuple[str, str, str | None], ...] = (
    ("收入支出总计", "income_total", "all"),
    ("本年收入合计", "income", "all"),
    ("本年支出合计", "expenditure", "all"),
    ("财政拨款收入支出总计", "income_total", "appropriation"),
    ("一般公共预算财政拨款支出", "expenditure", FUND_PARTS[0]),
    ("政府性基金预算财政拨款支出", "expenditure", FUND_PARTS[1]),
    ("国有资本经营预算财政拨款支出", "expenditure", FUND_PARTS[2]),
    ("基本支出", "basic", "all"),
    ("项目支出", "project", "all"),
    ("人员经费", "personnel", None),
    ("公用经费", "office", None),
    ("三公经费", "three_public", None),
    ("公务接待费", "reception", None),
    ("机关运行经费", "agency_running_cost", None),
    ("政府采购支出总额", "procurement", None),
)
_KINDS = (("人员经费", PERSONNEL_CODES), ("公用经费", OFFICE_CODES))
_WAN, _CENT = Decimal(10_000), Decimal("0.01")


def in_wan(yuan: Decimal) -> str:
    """元 as 万元 with two decimals, half up, as the report prints it."""
    return str((yuan / _WAN).quantize(_CENT, ROUND_HALF_UP))


def facts_of(books: Books) -> dict[str, object]:
    """Everything the text may name. Amounts are in 万元 as printed."""
    found: dict[str, object] = {"年度": books.year, "单位": books.settings.name, "全称": books.entity}
    found |= _amounts(books, 0)
    found |= {f"{name}构成": _items(books, classes) for name, classes in _KINDS}
    found["上年"] = _amounts(books, -1) | {"年度": books.year - 1}
    found |= {name: register.facts() for name, register in books.registers.items()}
    return found


def _items(books: Books, classes: tuple[str, ...]) -> str:
    """基本工资23.29万元、津贴补贴14.10万元: the economic items of the basic expenditure, as the report lists them."""
    codes = (code for class_ in classes for code in books.economic_items(class_))
    amounts = ((books.name_of(c), books.amount("economic", FUND_PARTS[0], economic=c)) for c in codes)
    shown = ((name, in_wan(money.yuan)) for name, money in amounts if money is not None)
    return "、".join(f"{name}{text}万元" for name, text in shown if Decimal(text))


def execution_rate(books: Books, name: str) -> Decimal | None:
    """What share of its budget was spent on what {{ name }} names, in percent; None where the books do not say."""
    found = next(((concept, fund) for known, concept, fund in _NAMES if known == name), None)
    if found is None:
        return None
    final, budget = books.amount(*found), books.amount(*found, stage=Stage.ADJUSTED)
    if final is None or budget is None or budget.is_zero:
        return None
    return EXACT.divide(EXACT.multiply(final.yuan, Decimal(100)), budget.yuan)


def _amounts(books: Books, year: int) -> dict[str, object]:
    amounts = ((name, books.amount(concept, fund, year=year)) for name, concept, fund in _NAMES)
    return {name: in_wan(money.yuan) for name, money in amounts if money is not None}


def written(books: Books, passage: Passage) -> tuple[str, ...]:
    """A section's paragraphs with its facts filled in. Raises BooksError naming the file and section."""
    where = f"{books.narrative.file} 的“{passage.title}”"
    facts = facts_of(books)
    return tuple(render_text(p, facts, where) for p in passage.paragraphs)
