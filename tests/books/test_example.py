"""The example's books say what the published report says, and nothing against themselves."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from juesuan.books import Books, facts_of, in_wan, load_books, open_books, written
from juesuan.books.consistency import contradictions
from juesuan.books.gaps import gaps
from juesuan.facts import Stage

EXAMPLE = Path(__file__).parents[2] / "examples" / "anju-gsl-2023"


@pytest.fixture(scope="module")
def books() -> Books:
    return load_books(EXAMPLE)


@pytest.mark.parametrize(
    ("concept", "fund", "wan"),
    [
        ("balance_total", "all", "152.20"),
        ("income_total", "appropriation", "152.20"),
        ("income", "general_budget", "152.20"),
        ("basic", "all", "125.29"),
        ("project", "all", "26.91"),
        ("expenditure", "general_budget", "152.20"),
        ("personnel", None, "112.01"),
        ("office", None, "13.28"),
        ("agency_running_cost", None, "13.28"),
        ("three_public", None, "0.80"),
        ("reception_domestic", None, "0.80"),
        ("procurement", None, "0.60"),
    ],
)
def test_the_printed_amounts(books: Books, concept: str, fund: str | None, wan: str) -> None:
    money = books.amount(concept, fund)
    assert money is not None
    assert in_wan(money.yuan) == wan
    assert list(money.leaves()), "every amount leads to cells"


@pytest.mark.parametrize(
    ("account", "wan"),
    [
        ("201", "106.04"), ("208", "31.45"), ("210", "5.45"), ("221", "9.26"), ("2012801", "79.13"), ("2012899", "26.91"),
        ("2080505", "9.96"), ("2101101", "3.87"), ("2101103", "1.58"), ("2080501", "0.20"), ("2080801", "21.15"), ("2089999", "0.14"),
    ],
)  # fmt: skip
def test_the_printed_items_and_classes(books: Books, account: str, wan: str) -> None:
    final = books.amount("expenditure", "general_budget", account=account)
    budget = books.amount("expenditure", "general_budget", account=account, stage=Stage.ADJUSTED)
    assert final is not None
    assert budget is not None
    assert in_wan(final.yuan) == wan
    assert budget.yuan == final.yuan


def test_the_year_before(books: Books) -> None:
    for concept, fund, wan in (("income_total", "all", "122.15"), ("expenditure", "general_budget", "122.15")):
        money = books.amount(concept, fund, year=-1)
        assert money is not None
        assert in_wan(money.yuan) == wan
    assert in_wan(books.yuan("agency_running_cost", year=-1)) == "11.67"


def test_nobody_knows_what_was_not_filled(books: Books) -> None:
    assert books.amount("income_business") is None
    assert books.amount("expenditure", "general_budget", account="2050101") is None
    assert books.yuan("income_business") == 0


def test_statements_are_filled_in_the_profile_s_order(books: Books) -> None:
    assert [s.plan.number for s in books.statements.values()] == [f"公开{n:02d}表" for n in range(1, 14)]
    table = books.statements["general_budget"]
    assert [r.id for r in table.rows][:4] == ["total", "201", "20128", "2012801"]
    total = table.amount("total", "total")
    assert total is not None
    assert total.yuan == Decimal(1522000)
    assert books.statements["government_fund"].is_empty
    assert not books.statements["three_public"].is_empty


def test_every_column_adds_up(books: Books) -> None:
    for data in books.statements.values():
        for block in data.plan.blocks:
            rows = [r for r in data.rows if r.side == block.side]
            for rule in block.declared.across:
                for row in rows:
                    total = row.amounts.get(rule.total)
                    parts = [m.yuan for p in rule.parts if (m := row.amounts.get(p)) is not None]
                    if total is not None and parts and not rule.within:
                        assert total.yuan == sum(parts), (data.plan.id, row.id)


def test_the_text_names_facts(books: Books) -> None:
    passage = books.narrative.section("重点工作")
    assert passage is not None
    assert "会员总数达到456个" in "".join(written(books, passage))
    assert facts_of(books)["公用经费"] == "13.28"
    assert books.narrative.reason("机关运行经费") == "人员增加，经费增加。"
    assert books.narrative.reason("因公出国（境）费") is None


def test_nothing_contradicts_and_nothing_is_missing() -> None:
    loaded = open_books(EXAMPLE)
    assert [p.message for p in (*loaded.problems, *contradictions(loaded), *gaps(loaded.books))] == []


def test_registers_explain_the_figures(books: Books) -> None:
    receptions = books.register("公务接待")
    assert receptions is not None
    assert receptions.sum("金额", 类别="国内") == books.yuan("reception")
    batches = books.count("reception_domestic_batches")
    assert batches is not None
    assert receptions.sum("批次") == batches.value == 14
