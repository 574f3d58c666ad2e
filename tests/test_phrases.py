"""Each phrase both ways: its examples are read as declared, and what is written at random is read back the same."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.phrases import SHAPES, differences, draw, read_back, stated
from juesuan.evaluate import evaluate
from juesuan.facts import State
from juesuan.taxonomy.phrases import PHRASES, Phrase
from juesuan.taxonomy.phrases import write as w
from juesuan.understand.lexer import lex

EXAMPLES = [(phrase, example) for phrase in PHRASES for example in phrase.examples]
YUAN = Decimal(10**4)


def phrases_of(text: str) -> list[str]:
    """The phrases that read a text, in its order."""
    live = [t for t in lex(text) if t.kind != "i"]
    kinds = "".join(t.kind for t in live)
    found, position = [], 0
    while position < len(live):
        matches = (phrase.match(kinds, live, position) for phrase in PHRASES)
        match = next((m for m in matches if m is not None), None)
        if match is not None:
            found.append(match.phrase.id)
        position = match.end if match else position + 1
    return found


@pytest.mark.parametrize(("phrase", "example"), EXAMPLES, ids=[f"{p.id}-{e[:16]}" for p, e in EXAMPLES])
def test_an_example_is_read_by_its_phrase_and_holds(phrase: Phrase, example: str) -> None:
    assert phrase.id in phrases_of(example)
    assert [r for r in read_back(example) if evaluate(r).state is State.BROKEN] == []


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p.id)
def test_the_examples_show_all_that_the_phrase_asserts(phrase: Phrase) -> None:
    kinds = {kind for example in phrase.examples for kind, _, _ in stated(read_back(example))}
    assert {kind.lower() for kind in phrase.asserts} <= kinds


def test_every_written_form_fills_its_slots() -> None:
    words = {"whole": "乙"} | dict.fromkeys(
        ["base", "subject", "dir", "diff", "dir_rate", "rate", "was", "stage", "value"], "甲"
    )
    for phrase in PHRASES:
        for variant in phrase.write:
            assert "{" not in w.Clause(phrase, variant, words).text


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(min_value=0))
def test_what_is_written_is_read_back(shape: str, seed: int) -> None:
    draft = draw(random.Random(seed), shape)  # noqa: S311 - repeatable chance, no secret
    assert list(differences(draft)) == [], draft.text


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        ("152.20", "122.15", "与2022年相比，增加30.05万元，增长24.60%"),
        ("122.15", "152.20", "与2022年相比，减少30.05万元，下降19.74%"),
        ("10", "10", "与2022年持平"),
        ("10.001", "10.0014", "与2022年持平"),
        ("10", "0", "与2022年相比，增加10.00万元（上年无此项，不可比）"),
        ("10", "0.001", "与2022年相比，增加10.00万元"),
        ("0", "10", "与2022年相比，减少10.00万元，下降100.00%"),
        ("0", "0", "与2022年持平"),
    ],
)
def test_the_facts_choose_the_words_of_a_change(now: str, before: str, text: str) -> None:
    assert w.change(Decimal(now) * YUAN, Decimal(before) * YUAN, base="2022年").text == text


@pytest.mark.parametrize(
    ("final", "budget", "text"),
    [
        ("51.98", "51.50", "完成年初预算的100.93%，决算数大于年初预算数。"),
        ("0", "51.50", "完成年初预算的0.00%，决算数小于年初预算数。"),
        ("5", "5", "完成年初预算的100.00%，决算数与年初预算数持平。"),
        ("5", "0", "决算数大于年初预算数。"),
        ("0", "0", "决算数与年初预算数持平。"),
    ],
)
def test_the_facts_choose_the_words_of_completion_and_order(final: str, budget: str, text: str) -> None:
    a, b = Decimal(final) * YUAN, Decimal(budget) * YUAN
    assert w.write_sentence([w.completion(a, b, stage="年初预算"), w.order(a, b, stage="年初预算")]) == text


def test_rates_are_rounded_once_and_half_up() -> None:
    assert w.Style().rate(Decimal(1), Decimal(8)) == "12.50%"
    assert w.Style(rate_decimals=1).rate(Decimal(1), Decimal(16)) == "6.3%"
    assert w.Style(rate_decimals=0).rate(Decimal(1), Decimal(3)) == "33%"


def test_a_change_without_a_share_of_zero() -> None:
    assert w.share(Decimal(0), Decimal(0)) is None
    assert w.share(Decimal(0), YUAN) is not None


def test_a_minus_sign_after_a_direction_word_is_kept_and_counts_once() -> None:
    """A fall of -81.75 % is a fall of 81.75 %."""
    text = "2023年机关运行经费支出18.25万元，比2022年减少81.75万元，下降-81.75%。"
    assert [(r.kind, evaluate(r).state) for r in read_back(text)] == [("growth", State.HOLDS)]
