"""The bench's own logic: what the changes to a compiled report are, and where each is looked for."""

from __future__ import annotations

import random
import re

import pytest

from bench.compiled_changes import KINDS, Edit, apply, is_at
from bench.compiled_mutations import drawn, trials
from juesuan.compose import compile_report
from juesuan.compose.document import as_document
from juesuan.document.model import Chart, Document, Paragraph, Table
from juesuan.place import Place, Point, cell
from tests.compose.sample import small_unit


def chance() -> random.Random:
    return random.Random(1)  # noqa: S311 - repeatable, no secret


@pytest.fixture(scope="module")
def report() -> Document:
    return as_document(compile_report(small_unit()))


@pytest.mark.parametrize("kind", KINDS)
def test_every_change_changes_one_block_and_says_what(report: Document, kind: str) -> None:
    edits = list(KINDS[kind](report, chance()))
    assert edits
    for edit in edits[::7]:
        changed = apply(report, edit)
        differing = [a.id for a, b in zip(report.blocks, changed.blocks, strict=True) if a != b]
        assert differing == [edit.block], edit
        assert edit.kind == kind


def test_no_change_leaves_a_figure_its_value(report: Document) -> None:
    measured = [e for kind in ("measure", "sign") for e in KINDS[kind](report, chance())]
    for edit in measured:
        block = report.blocks[edit.block]
        if isinstance(block, Paragraph) and edit.kind == "measure" and edit.where == "text":
            assert not re.search(r"(?<!\d)0\.00$", block.text[: edit.start])
        assert edit.kind == "measure" or any(c in "123456789" for c in edit.old)


def test_a_row_is_taken_out_and_those_below_move_up(report: Document) -> None:
    edit = next(iter(KINDS["row deleted"](report, chance())))
    before, after = report.blocks[edit.block], apply(report, edit).blocks[edit.block]
    assert isinstance(before, Table)
    assert isinstance(after, Table)
    assert after.rows == before.rows - 1
    assert [c.text for c in after.cells if c.row == edit.row] == [c.text for c in before.cells if c.row == edit.row + 1]


def test_an_emptied_table_keeps_its_codes_and_line_numbers(report: Document) -> None:
    edit = list(KINDS["table emptied"](report, chance()))[1]
    block = apply(report, edit).blocks[edit.block]
    assert isinstance(block, Table)
    assert not [c.text for c in block.cells if "." in c.text]
    assert [c.text for c in block.cells if c.text == "2012801"]


def test_two_values_of_a_chart_change_places(report: Document) -> None:
    edit = next(e for e in KINDS["chart data"](report, chance()) if "⇄" in e.old)
    before, after = report.blocks[edit.block], apply(report, edit).blocks[edit.block]
    assert isinstance(before, Chart)
    assert isinstance(after, Chart)
    assert sorted(map(str, before.series[edit.row].values)) == sorted(map(str, after.series[edit.row].values))


def test_the_place_of_a_change_is_its_sentence_or_its_row(report: Document) -> None:
    text = next(b for b in report.blocks if isinstance(b, Paragraph) and b.text.count("。") > 2)
    second = text.text.index("。") + 3
    edit = Edit("digit", "text", text.id, second, second + 1, text.text[second], "x")
    assert is_at(report, edit, Place(Point(text.id, second + 2), Point(text.id, second + 4)))
    assert not is_at(report, edit, Place(Point(text.id, 0), Point(text.id, 4)))
    table = next(b for b in report.blocks if isinstance(b, Table))
    figure = Edit("digit", "table", table.id, 0, 4, "1.00", "2.00", 3, 2)
    assert is_at(report, figure, cell(table.id, 3, 0, 0, 2))
    assert not is_at(report, figure, cell(table.id, 4, 2, 0, 2))
    assert not is_at(report, figure, Place(Point(text.id, 0), Point(text.id, 4)))


def test_equal_seeds_draw_equal_changes(report: Document) -> None:
    one, two = (list(drawn(report, 2, chance())) for _ in range(2))
    assert one == two
    assert {e.kind for e in one} == set(KINDS)


def test_a_trial_tells_a_found_change_from_one_passed_over() -> None:
    done = [t for t in trials(3, 2) if t.edit.kind in {"digit", "sign"}]
    assert any(t.found for t in done)
    assert all(t.here is None or t.found or t.note == "hint" for t in done)
