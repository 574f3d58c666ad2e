"""Every statement that a profile writes is recognised by the reader, in every format, with all its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from juesuan.books.model import Books
from juesuan.books.plan import plan_of
from juesuan.compose import compile_report
from juesuan.compose.draft import Draft
from juesuan.compose.write import render_report, write_report
from juesuan.document.read import open_document
from juesuan.understand.understanding import Understanding, understand
from tests.compose.random_books import YEAR, random_books
from tests.compose.roundtrip import cells_printed, cells_read
from tests.compose.sample import Typed

PROFILES = ("sichuan-2023", "ministry-nine")
SEEDS = {"sichuan-2023": 28, "ministry-nine": 4}
"""Books with money in every statement but those of the state capital, and wide tables of several pages."""
CAPITAL = "2230105"


def full_books(profile: str) -> Books:
    """Books with a figure in every statement."""
    books = random_books(SEEDS[profile], profile)
    typed = Typed(dict(books.typed))
    for concept, fund in (
        ("income", "state_capital"),
        ("income", "appropriation"),
        ("project", "state_capital"),
        ("project", "all"),
    ):
        typed.put(concept, "1234567.89", fund, account=CAPITAL)
    typed.put("economic", "1234567.89", "state_capital", account=CAPITAL, economic="30227", nature="all_expenditure")
    full = replace(books, typed=typed.amounts)
    assert [s.plan.id for s in full.statements.values() if s.is_empty] == []
    return full


@pytest.fixture(scope="module", params=PROFILES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Draft, dict[str, Path]]:
    report = compile_report(full_books(request.param))
    place = tmp_path_factory.mktemp("out")
    files = write_report(report, place, render_report(report, ("docx", "xlsx", "html")))
    return report, {path.suffix[1:]: path for path in files}


def readings(made: tuple[Draft, dict[str, Path]]) -> Iterator[tuple[str, Understanding]]:
    return ((name, understand(open_document(path))) for name, path in made[1].items())


def test_every_statement_is_recognised_in_every_format(made: tuple[Draft, dict[str, Path]]) -> None:
    report, _ = made
    wanted = [plan.id for plan in plan_of(report.profile, YEAR)]
    assert sum("续" in block.sheet for block in report.tables()) == (0 if len(wanted) == 9 else 6)
    for name, known in readings(made):
        assert list(dict.fromkeys(s.statement.id for s in known.tables.statements)) == wanted, name
        assert known.tables.doubts == (), name


def test_every_figure_of_every_statement_is_read_back(made: tuple[Draft, dict[str, Path]]) -> None:
    printed = cells_printed(made[0])
    assert {name for name, _ in printed} == {plan.id for plan in plan_of(made[0].profile, YEAR)}
    for name, known in readings(made):
        assert cells_read(known) == printed, name
