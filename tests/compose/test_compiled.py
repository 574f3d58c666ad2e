from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from juesuan.books.narrative import parse_narrative
from juesuan.check import check_document
from juesuan.compose import MissingTextError, compile_report
from juesuan.compose.document import as_document
from juesuan.compose.draft import ChartBlock, Draft, Paragraph, TableBlock
from juesuan.compose.profile_diff import profile_diff
from juesuan.errors import UsageError
from tests.compose.random_books import random_books
from tests.compose.roundtrip import amounts_printed, amounts_read, cells_printed, cells_read, through_model, unwanted
from tests.compose.sample import NARRATIVE, small_unit

PROFILES = ("sichuan-2023", "ministry-nine")


@pytest.fixture(scope="module")
def report() -> Draft:
    return compile_report(small_unit())


def texts(report: Draft) -> str:
    return "\n".join(b.text for b in report.blocks if isinstance(b, Paragraph))


def test_a_compiled_report_is_checked_without_a_finding_but_rounding(report: Draft) -> None:
    assert unwanted(check_document(as_document(report))) == []


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("seed", range(12))
def test_random_books_compile_to_reports_that_check_clean_and_read_back(profile: str, seed: int) -> None:
    report = compile_report(random_books(seed, profile))
    document, understanding = through_model(report)
    assert unwanted(check_document(document, profile=profile)) == []
    assert amounts_read(understanding) == amounts_printed(report)
    read = cells_read(understanding)
    assert cells_printed(report, of={name for name, _ in read}) == read


@pytest.mark.parametrize("seed", [28, 220, 298, 782, 1071, 1692])
def test_books_that_once_gave_a_finding_are_clean(seed: int) -> None:
    """A few yuan of another fund or of own money: totals that read alike and are not one."""
    profile = PROFILES[seed % 2]
    document, _ = through_model(compile_report(random_books(seed, profile)))
    assert unwanted(check_document(document, profile=profile)) == []


def test_every_figure_knows_the_cells_it_follows_from(report: Draft) -> None:
    for block in report.blocks:
        if isinstance(block, Paragraph):
            for run in block.runs:
                assert run.figure is None or all(leaf.origin or not leaf for leaf in run.figure.leaves()), run.text


def test_figures_are_rounded_from_their_exact_values(report: Draft) -> None:
    for text, exact in report.printed():
        if text.endswith("万元"):
            assert abs(Decimal(text.removesuffix("万元")) * 10_000 - exact) <= 50


def test_the_seven_charts_and_thirteen_tables_stand_in_order(report: Draft) -> None:
    assert [b.number for b in report.blocks if isinstance(b, ChartBlock)] == [1, 2, 3, 4, 5, 6, 7]
    sheets = [b.sheet for b in report.blocks if isinstance(b, TableBlock) and "续" not in b.sheet]
    assert sheets == [f"公开{n:02}" for n in range(1, 14)]


def test_an_empty_table_says_why(report: Draft) -> None:
    fund = next(b for b in report.tables() if b.name == "government_fund")
    assert "无政府性基金预算财政拨款收入和支出" in fund.note


def test_a_change_without_a_reason_stops_the_report_and_says_what_to_write() -> None:
    silent = replace(small_unit(), narrative=parse_narrative(NARRATIVE.partition("# 变动和差异的原因")[0]))
    with pytest.raises(MissingTextError) as stopped:
        compile_report(silent)
    assert any("机关运行经费" in line and "13.28" in line for line in stopped.value.missing)
    draft = compile_report(silent, draft=True)
    assert "【待填：原因：机关运行经费】" in texts(draft)
    assert draft.missing == stopped.value.missing


def test_item_lists_name_exactly_the_items_with_money(report: Draft) -> None:
    line = next(b.text for b in report.blocks if isinstance(b, Paragraph) and b.text.startswith("公用经费"))
    assert line.count("万元") == 9
    assert "维修" not in line


def test_no_rate_is_written_over_a_base_of_zero() -> None:
    for seed in range(40, 52):
        assert "占%" not in texts(report := compile_report(random_books(seed)))
        assert "上年无此项，不可比" not in texts(report) or "增加" in texts(report)


def test_what_changed_between_two_layouts_is_shown() -> None:
    lines = "\n".join(profile_diff("sichuan-2023", "ministry-nine"))
    assert "- 公开05表 财政拨款支出决算明细表" in lines
    assert "公开表：" in lines


def test_an_unknown_layout_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="没有“nowhere”"):
        compile_report(small_unit(), profile="nowhere")
