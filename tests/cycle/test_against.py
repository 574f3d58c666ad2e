"""Projects' workbooks that are wrong or say otherwise than the books: what is told, and that nothing is published."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from juesuan.books.problems import Grade
from juesuan.books.store import load_books
from juesuan.cli import main
from juesuan.cycle.against import form_problems
from juesuan.cycle.store import projects_of
from juesuan.cycle.support import books_lookup

EXAMPLE = Path(__file__).parents[2] / "examples" / "anju-gsl-2023"
TALKS = "51090423T000008858661-参政议政经费.xlsx"
WHOLE = "部门整体.xlsx"


@pytest.fixture
def books(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "账册"))


def spoil(books: Path, file: str, change: Callable[[Worksheet], None], sheet: str = "绩效表") -> None:
    book = load_workbook(books / "绩效" / file)
    change(book[sheet])
    book.save(books / "绩效" / file)


def cell_of(sheet: Worksheet, text: str, *, right: int = 0) -> str:
    """The cell that holds a text, or one so many to the right of it."""
    row, column = next(
        (r, c)
        for r, cells in enumerate(sheet.iter_rows(values_only=True), 1)
        for c, value in enumerate(cells, 1)
        if str(value or "").strip() == text
    )
    return str(sheet.cell(row, column + right).coordinate)


def put(text: str, right: int, value: str | float | None) -> Callable[[Worksheet], None]:
    return lambda sheet: sheet.__setitem__(cell_of(sheet, text, right=right), value)


def said(books: Path, *grades: Grade) -> list[str]:
    return [p.message for p in form_problems(projects_of(books), load_books(books)) if p.grade in grades]


def test_the_example_is_in_order() -> None:
    assert form_problems(projects_of(EXAMPLE), load_books(EXAMPLE)) == ()


def test_a_completion_that_the_register_does_not_bear_out(books: Path) -> None:
    spoil(books, WHOLE, put("会员总数", 4, 470))
    (message,) = said(books, Grade.CONTRADICTION)
    assert "绩效/部门整体.xlsx：" in message
    assert "“会员总数”的完成值是 470个，佐证“会员.总数”是 456，两者不符" in message


def test_weights_that_do_not_make_a_hundred_name_form_and_cell(books: Path) -> None:
    spoil(books, WHOLE, put("会员总数", 5, 10))
    messages = said(books, Grade.CONTRADICTION)
    assert any("指标权重合计 85，加执行率 10 为 95，应为 100" in m and "（工作表“绩效表”" in m for m in messages)


def test_points_that_do_not_add_up(books: Path) -> None:
    spoil(books, WHOLE, put("会员总数", 6, 14))
    (message,) = said(books, Grade.CONTRADICTION)
    assert "各项得分相加为 97，合计写的是 98" in message


def test_the_whole_expenditure_is_that_of_the_books(books: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for text in ("总额", "其中：财政资金"):
            for right in (2, 3, 4):
                sheet[cell_of(sheet, text, right=right)] = 153.2

    spoil(books, WHOLE, change)
    assert any(
        "部门整体支出的执行数是 1,532,000.00 元，本年支出合计是 1,522,000.00 元" in m
        for m in said(books, Grade.CONTRADICTION)
    )


def test_projects_that_spent_more_than_there_was(books: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for text in ("总额", "其中：财政资金"):
            for right in (2, 3, 4):
                sheet[cell_of(sheet, text, right=right)] = 20

    spoil(books, TALKS, change)
    assert any(
        "特定目标类项目的执行数相加为 369,100.00 元，大于决算的项目支出 269,100.00 元" in m
        for m in said(books, Grade.CONTRADICTION)
    )


def test_project_expenditure_that_nobody_evaluated_is_told_and_no_error(books: Path) -> None:
    (books / "绩效" / TALKS).unlink()
    assert said(books, Grade.CONTRADICTION) == []
    assert any("没有自评的部分请另行说明" in m for m in said(books, Grade.NOTE))


def test_a_form_of_last_year(books: Path) -> None:
    spoil(books, TALKS, put("年度", 1, "2022"), "信息")
    assert any("绩效表是 2022 年度的，账册是 2023 年度" in m for m in said(books, Grade.CONTRADICTION))


def test_a_score_in_the_text_that_is_not_the_form_s(books: Path) -> None:
    text = (books / "文字.md").read_text(encoding="utf-8")
    (books / "文字.md").write_text(
        text.replace("### 参政议政经费\n", "### 参政议政经费\n得分：100\n"), encoding="utf-8"
    )
    (message,) = said(books, Grade.CONTRADICTION)
    assert message == "文字.md 的“参政议政经费”写的得分是 100，自评表是 99，请删去或改正一处。"


def test_a_missing_completion_is_missing(books: Path) -> None:
    spoil(books, TALKS, put("满意度", 4, None))
    assert any("“满意度”没有完成值，请补填" in m for m in said(books, Grade.MISSING))


def test_words_for_an_amount_stop_the_report(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(books, TALKS, put("总额", 4, "待核实"))
    assert main(["build", str(books)]) == 2
    shown = capsys.readouterr().err
    assert f"绩效/{TALKS}：" in shown
    assert "“待核实”不是数，请改成数" in shown
    assert not (books / "公开").exists()


def test_a_contradiction_stops_the_report_and_a_draft_goes_on(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(books, WHOLE, put("会员总数", 4, 470))
    assert main(["build", str(books), "--format", "html"]) == 2
    assert "佐证“会员.总数”是 456" in capsys.readouterr().err
    assert main(["build", str(books), "--format", "html", "--draft"]) == 0
    assert "1. 绩效/部门整体.xlsx" in capsys.readouterr().out


def test_a_workbook_that_is_half_written_is_named(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = books / "绩效" / TALKS
    path.write_bytes(path.read_bytes()[:4000])
    assert main(["build", str(books)]) == 2
    assert TALKS in capsys.readouterr().err


def test_a_workbook_that_is_open_is_told(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (books / "绩效" / f"~${TALKS}").write_bytes(b"lock")
    assert main(["status", str(books)]) == 0
    assert f"绩效/{TALKS} 正在被打开" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("会员.总数", "456"),
        ("捐赠.金额", "1000000元"),
        ("一般公共预算财政拨款支出.执行率", "100.00%"),
        ("项目支出.执行率", "100.00%"),
        ("基本支出", "125.29"),
        ("没有.执行率", "None"),
    ],
)
def test_names_of_evidence(name: str, figure: str) -> None:
    lookup = books_lookup(EXAMPLE, (c.project for c in projects_of(EXAMPLE).cycles))
    assert lookup is not None
    assert str(lookup(name)) == figure
