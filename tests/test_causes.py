"""Root causes: one wrong figure is one cause, whatever fails with it; without proof neither side is blamed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.causes import Cause, Judged, Mend, find_causes
from juesuan.check import check_document
from juesuan.document.model import Document, Paragraph
from juesuan.evaluate import evaluate
from juesuan.facts import Aspect, Equal, Fact, Growth, Relation, Scope, Share, State, Sum
from tests.figures import fact


def causes(*relations: Relation) -> list[Cause]:
    return find_causes([Judged(r, evaluate(r)) for r in relations])


def test_true_relations_have_no_cause() -> None:
    total, a, b = fact("152.20万元", "expenditure"), fact("125.29万元", "basic"), fact("26.91万元", "project")
    assert causes(Sum(total, (a, b))) == []


def test_one_wrong_value_explains_all_that_fails_with_it() -> None:
    total, a, b = fact("152.20万元", "expenditure"), fact("125.92万元", "basic"), fact("26.91万元", "project")
    again = fact("125.29万元", "named:basic again")
    people, office = fact("112.01万元", "personnel"), fact("13.28万元", "office")
    found = causes(Sum(total, (a, b)), Sum(a, (people, office)), Equal(again, a))
    assert [(c.mend, c.facts[0].id, c.value) for c in found] == [(Mend.VALUE, a.id, "125.29万元")]
    assert len(found[0].broken) == 3


def test_a_figure_printed_twice_is_one_cluster() -> None:
    total, b = fact("152.20万元", "expenditure"), fact("26.91万元", "project")
    first, second = fact("125.92万元", "basic"), fact("125.92万元", "basic")
    people, office = fact("112.01万元", "personnel"), fact("13.28万元", "office")
    found = causes(Sum(total, (first, b)), Sum(second, (people, office)))
    assert len(found) == 1
    assert {f.id for f in found[0].facts} == {first.id, second.id}


def test_ten_thousand_times_is_a_unit_slip() -> None:
    total, a, b = fact("152.20万元", "expenditure"), fact("125.29元", "basic"), fact("26.91万元", "project")
    people, office = fact("112.01万元", "personnel"), fact("13.28万元", "office")
    (cause,) = causes(Sum(total, (a, b)), Sum(a, (people, office)))
    assert (cause.mend, cause.facts[0].id) == (Mend.MYRIAD, a.id)


def test_an_item_under_the_wrong_class_is_moved() -> None:
    social, health = fact("31.45万元", "named:208"), fact("5.45万元", "named:210")
    items = tuple(fact(t, f"named:{t}") for t in ("9.96万元", "1.58万元", "0.20万元", "21.15万元", "0.14万元"))
    (cause,) = causes(
        Sum(social, items, source="class_items"), Sum(health, (fact("3.87万元", "named:h"),), source="class_items")
    )
    assert cause.mend is Mend.MOVE
    assert (cause.facts[0].id, cause.target) == (items[1].id, health)


def test_two_siblings_that_took_each_others_value_are_one_cause() -> None:
    a, b = fact("26.91万元", "basic"), fact("125.29万元", "project")
    people, office = fact("112.01万元", "personnel"), fact("13.28万元", "office")
    one, other = fact("20.00万元", "named:p1"), fact("6.91万元", "named:p2")
    total = fact("152.20万元", "expenditure")
    share_a, share_b = fact("82.32%", "basic", aspect=Aspect.SHARE), fact("17.68%", "project", aspect=Aspect.SHARE)
    (cause,) = causes(
        Sum(total, (a, b)),
        Sum(a, (people, office)),
        Sum(b, (one, other)),
        Share(share_a, a, total),
        Share(share_b, b, total),
    )
    assert cause.mend is Mend.SWAP
    assert {f.id for f in cause.facts} == {a.id, b.id}
    assert len(cause.broken) == 4


def test_two_sides_that_disagree_are_quoted_and_not_blamed() -> None:
    one, other = fact("125.29万元", "basic"), fact("125.92万元", "basic")
    (cause,) = causes(Equal(other, one))
    assert cause.mend is Mend.NONE
    assert len(cause.broken) == 1


def test_a_mend_that_breaks_what_holds_is_no_mend() -> None:
    part = fact("30.00万元", "named:part")
    asks_for_40 = [
        Sum(fact("100.00万元", "named:a"), (part, fact("60.00万元", "named:b"))),
        Sum(fact("50.00万元", "named:c"), (part, fact("10.00万元", "named:d"))),
    ]
    assert [c.mend for c in causes(*asks_for_40)] == [Mend.VALUE]
    share = fact("30.00%", "named:part", aspect=Aspect.SHARE)
    holds = Share(share, part, fact("100.00万元", "named:e"))
    assert [c.mend for c in causes(*asks_for_40, holds)] == [Mend.NONE, Mend.NONE]


@settings(deadline=None)
@given(st.lists(st.integers(100, 10**7), min_size=3, max_size=6), st.data())
def test_each_broken_relation_belongs_to_exactly_one_cause(values: list[int], data: st.DataObject) -> None:
    """Random sums, restatements and shares over a few figures, some of them wrong."""
    facts = [fact(f"{v / 100:.2f}万元", f"named:{i}") for i, v in enumerate(values)]
    total = fact(f"{sum(values) / 100:.2f}万元", "named:total")
    pool: list[Fact] = [*facts, total]
    relations: list[Relation] = [Sum(total, tuple(facts))]
    held: set[frozenset[int]] = set()
    for _ in range(data.draw(st.integers(0, 6))):
        a, b = data.draw(st.sampled_from(pool)), data.draw(st.sampled_from(pool))
        if a is not b and frozenset((a.id, b.id)) not in held:
            held.add(frozenset((a.id, b.id)))
            relations.append(Equal(a, b))
    judged = [Judged(r, evaluate(r)) for r in relations]
    explained = Counter(id(j) for c in find_causes(judged) for j in c.broken)
    assert explained == Counter(id(j) for j in judged if j.verdict.state is State.BROKEN)


TEXT = (
    "2023年一般公共预算财政拨款支出{total}万元，主要用于以下方面：一般公共服务支出{a}万元，占{share_a}；"
    "社会保障和就业支出{b}万元，占{share_b}；住房保障支出{c}万元，占{share_c}。"
)
TRUE = {
    "total": "200.00",
    "a": "100.00",
    "b": "60.00",
    "c": "40.00",
    "share_a": "50.00%",
    "share_b": "30.00%",
    "share_c": "20.00%",
}


def _codes(values: dict[str, str]) -> list[str]:
    paragraphs = ["2023年度部门决算", TEXT.format(**values)]
    blocks = tuple(Paragraph(id=i, text=t) for i, t in enumerate(paragraphs))
    return [f.rule for f in check_document(Document(path="t", format="txt", blocks=blocks)).findings if f.rule < "JS3"]


def test_the_true_text_is_clean() -> None:
    assert _codes(TRUE) == []


@pytest.mark.parametrize(
    "wrong", [{"total": "250.00"}, {"a": "109.00"}, {"b": "6.00"}, {"c": "400000.00"}, {"share_b": "35.00%"}]
)
def test_one_wrong_figure_is_one_finding(wrong: dict[str, str]) -> None:
    assert len(_codes(TRUE | wrong)) == 1


def test_scopes_of_two_years_are_two_clusters() -> None:
    now, then = fact("10.00万元", "basic", scope=Scope(year=2023)), fact("10.00万元", "basic", scope=Scope(year=2022))
    other, parts = fact("12.00万元", "basic", scope=Scope(year=2023)), (fact("5.00万元"), fact("5.00万元"))
    (cause,) = causes(Equal(other, now), Sum(then, parts))
    assert then.id not in {f.id for f in cause.facts}


def test_two_figures_said_twice_to_be_one_are_no_second_proof() -> None:
    first, second = (fact(text, "expenditure") for text in ("125.29万元", "125.20万元"))
    (cause,) = causes(*(Equal(second, first, source=s) for s in ("restated", "repeated")))
    assert cause.mend is Mend.NONE
    assert [j.relation.source for j in cause.broken] == ["restated"]


def test_a_rate_is_judged_with_the_amount_that_another_cause_mends() -> None:
    wrong, again = fact("441.25万元", "expenditure"), fact("220.63万元", "named:again")
    cell = fact("220.63万元", "named:cell")
    base, rate = fact("132.59万元", "named:base"), fact("60.54%", "named:rate", aspect=Aspect.GROWTH, sign=1)
    first, second = causes(Equal(wrong, again), Equal(wrong, cell), Growth(rate, base=base, now=wrong))
    assert (first.mend, first.value) == (Mend.VALUE, "220.63万元")
    assert (second.mend, second.value) == (Mend.NONE, "66.40%")
    assert [(f.id, f.shown) for f in second.assumed] == [(wrong.id, "220.63万元")]
