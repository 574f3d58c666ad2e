"""The bench's own logic: which figures are counted, and what the operators make of them."""

from __future__ import annotations

import random

import pytest

from bench.coverage import Figure, figures
from bench.mutate import OPERATORS, Mutant, graver, is_found, mutants, mutate
from juesuan.check import check_document
from juesuan.document.model import Cell, Document, Paragraph, Table

TITLE = "2023年度部门决算"
TEXT = "2023年机关运行经费支出13.28万元，比2022年增加1.61万元，增长13.80%。第3次会议有5人参加，见〔2023〕8号文。"


def document(text: str) -> Document:
    table = Table(id=2, rows=1, columns=1, cells=(Cell(row=0, column=0, text="99.00万元"),))
    return Document(path="t", format="txt", blocks=(Paragraph(id=0, text=TITLE), Paragraph(id=1, text=text), table))


def figure(text: str, before: str = "") -> tuple[Figure, str]:
    return Figure("amount", text, 0, len(before), len(before) + len(text), before + text), before + text


def test_figures_of_sentences_are_counted_and_no_others() -> None:
    assert [(f.kind, f.text) for f in figures(document(TEXT))] == [
        ("amount", "13.28万元"),
        ("amount", "1.61万元"),
        ("percent", "13.80%"),
        ("count", "5人"),
    ]


@pytest.mark.parametrize(
    ("operator", "text", "before", "new"),
    [
        ("times10", "13.28万元", "", "132.8万元"),
        ("times10", "5人", "", "50人"),
        ("point", "13.28万元", "", "1328万元"),
        ("swap", "12万元", "", "21万元"),
        ("direction", "1.61万元", "比2022年增加", "减少"),
        ("direction", "13.80%", "下降", "增长"),
    ],
)
def test_operators(operator: str, text: str, before: str, new: str) -> None:
    where, whole = figure(text, before)
    change = OPERATORS[operator](where, whole, random.Random(1))  # noqa: S311 - repeatable chance, no secret
    assert change is not None
    assert change[2] == new


@pytest.mark.parametrize(("operator", "text"), [("point", "5人"), ("swap", "11万元"), ("direction", "5人")])
def test_operators_that_have_nothing_to_do(operator: str, text: str) -> None:
    where, whole = figure(text)
    assert OPERATORS[operator](where, whole, random.Random(1)) is None  # noqa: S311 - repeatable chance, no secret


def test_no_mutant_has_the_value_it_had() -> None:
    for mutant in mutants(document("2023年机关运行经费支出0.00万元，与2022年持平。"), seed=1):
        assert mutant.operator == "digit"


def test_a_mutant_in_a_relation_is_found_and_one_outside_is_not() -> None:
    good = document(TEXT)
    known = graver(check_document(good).findings)
    rate, count = (next(f for f in figures(good) if f.kind == kind) for kind in ("percent", "count"))
    found, _ = is_found(good, known, Mutant("digit", rate, True, rate.start, rate.end, "19.80%"))  # noqa: FBT003
    missed, _ = is_found(good, known, Mutant("digit", count, False, count.start, count.end, "6人"))  # noqa: FBT003
    assert (found, missed) == (True, False)


def test_the_sentence_of_a_mutant_is_that_of_its_figure() -> None:
    rate = next(f for f in figures(document(TEXT)) if f.kind == "percent")
    changed, start, end = mutate(document(TEXT), Mutant("digit", rate, True, rate.start, rate.end, "9%"))  # noqa: FBT003
    block = changed.blocks[1]
    assert isinstance(block, Paragraph)
    assert block.text[start:end] == TEXT.replace("13.80%", "9%").partition("。")[0]
