"""Totals from leaves: funds, other money, carried-over money, and what happens when only totals are known."""

from __future__ import annotations

from decimal import Decimal

from juesuan.books.derive import Resolver
from juesuan.books.figures import Key, Money, key_of


def made(*pairs: tuple[Key, int]) -> Resolver:
    return Resolver({k: Money(Decimal(v), k) for k, v in pairs}, has_running_cost=True)


def yuan(found: Resolver, key: Key) -> int | None:
    money = found.get(key)
    return None if money is None else int(money.yuan)


def test_three_funds_and_other_money() -> None:
    found = made(
        (key_of("basic", "general_budget", account="2010301"), 100),
        (key_of("project", "government_fund", account="2120801"), 40),
        (key_of("basic", "all", account="2010301"), 130),
        (key_of("operating_expenditure", account="2010301"), 7),
    )
    assert yuan(found, key_of("expenditure", "appropriation")) == 140
    assert yuan(found, key_of("basic", "all")) == 130
    assert yuan(found, key_of("project", "all")) == 40
    assert yuan(found, key_of("expenditure", "all")) == 177
    assert yuan(found, key_of("expenditure", "all", account="212")) == 40


def test_income_of_the_general_budget_is_what_the_other_funds_leave() -> None:
    found = made(
        (key_of("income", "appropriation", account="2010301"), 100),
        (key_of("income", "appropriation", account="2120801"), 30),
        (key_of("income", "government_fund", account="2120801"), 30),
        (key_of("income_business", account="2010301"), 9),
        (key_of("carried_in", "general_budget"), 5),
        (key_of("use_of_surplus"), 2),
    )
    assert yuan(found, key_of("income", "general_budget")) == 100
    assert yuan(found, key_of("income", "all")) == 139
    assert yuan(found, key_of("income_total", "appropriation")) == 135
    assert yuan(found, key_of("income_total", "all")) == 146


def test_a_total_alone_stands_and_gives_way_to_its_parts() -> None:
    whole = key_of("expenditure", "general_budget")
    assert yuan(made((whole, 50)), whole) == 50
    assert yuan(made((whole, 50), (key_of("basic", "general_budget", account="2010301"), 49)), whole) == 49


def test_a_published_total_of_the_year_before_stands() -> None:
    whole = key_of("expenditure", "general_budget", back=1)
    found = made((whole, 50), (key_of("expenditure", "general_budget", account="2010301", back=1), 20))
    assert yuan(found, whole) == 50


def test_nothing_follows_from_nothing() -> None:
    assert yuan(made(), key_of("income_total", "all")) is None
    assert yuan(made(), key_of("three_public")) is None


def test_the_office_money_is_the_running_cost_unless_it_is_typed() -> None:
    office = (key_of("economic", "general_budget", economic="30201"), 80)
    assert yuan(made(office), key_of("agency_running_cost")) == 80
    assert yuan(made(office, (key_of("agency_running_cost"), 70)), key_of("agency_running_cost")) == 70


def test_leaves_are_reached_through_the_formula() -> None:
    found = made((key_of("abroad"), 1), (key_of("vehicle_operation"), 2), (key_of("reception_domestic"), 4)).get(
        key_of("three_public")
    )
    assert found is not None
    assert found.yuan == 7
    assert [p.money.key.concept for p in found.parts] == ["abroad", "vehicle", "reception"]
