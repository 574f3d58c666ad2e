"""`juesuan new --from`: this year's books begin with last year's report."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.books import open_books
from juesuan.cli import main

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"
Capture = pytest.CaptureFixture[str]


def new(folder: Path, year: int, source: str, profile: str | None = "sichuan-2023") -> int:
    return main(
        [
            "new",
            str(folder),
            "--entity",
            "某单位",
            "--year",
            str(year),
            *(("--profile", profile) if profile else ()),
            "--from",
            str(SAMPLES / source),
        ]
    )


def test_from_a_text_report(tmp_path: Path, capsys: Capture) -> None:
    assert new(tmp_path / "账册", 2024, "anju-gsl-2023-final.txt") == 0
    assert "上年数" in capsys.readouterr().out
    books = open_books(tmp_path / "账册").books
    assert books.yuan("expenditure", "general_budget", year=-1) == 1_522_000
    assert books.yuan("expenditure", "general_budget", account="2012801", year=-1) == 791_300
    assert books.yuan("agency_running_cost", year=-1) == 132_800
    assert books.yuan("reception", year=-1) == 8000
    duties, setting = books.narrative.section("主要职能"), books.narrative.section("机构设置")
    assert duties is not None
    assert duties.text.startswith("参与大政方针")
    assert setting is not None
    assert setting.text.startswith("安居区工商联属行政机关")
    glossary = books.narrative.section("名词解释")
    assert glossary is not None
    assert "机关运行经费" in glossary.text


@pytest.mark.parametrize(
    ("source", "year", "profile"),
    [("anju-gsl-2023-final.txt", 2024, "sichuan-2023"), ("putuo-sthjj-2025-final.docx", 2026, "ministry-nine")],
)
def test_the_tables_are_those_of_last_years_report(tmp_path: Path, source: str, year: int, profile: str) -> None:
    assert new(tmp_path / "账册", year, source, None) == 0
    assert open_books(tmp_path / "账册").books.profile == profile


def test_from_a_report_with_tables(tmp_path: Path, capsys: Capture) -> None:
    assert new(tmp_path / "账册", 2026, "putuo-sthjj-2025-final.docx", "ministry-nine") == 0
    assert "上年报告的样式像" in capsys.readouterr().out
    books = open_books(tmp_path / "账册").books
    assert books.yuan("income_total", "all", year=-1) == 47_331_400
    money = books.amount("expenditure", "general_budget", account="2110301", year=-1)
    assert money is not None
    assert "putuo-sthjj-2025-final.docx" in money.note


def test_a_report_of_another_year_is_refused(tmp_path: Path, capsys: Capture) -> None:
    assert new(tmp_path / "账册", 2026, "anju-gsl-2023-final.txt") == 2
    assert "是2023年度的报告，不是上一年（2025年度）的" in capsys.readouterr().err
    assert not (tmp_path / "账册").exists()
