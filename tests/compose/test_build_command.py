from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from juesuan.cli import main

EXAMPLE = Path(__file__).parents[2] / "examples" / "anju-gsl-2023"


def test_the_example_is_built_and_checks_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(EXAMPLE), "-o", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    made = sorted(p.suffix for p in tmp_path.iterdir() if not p.name.startswith("."))
    assert made == [".docx", ".html", ".xlsx"]
    assert said.count("已生成") == 3
    for path in tmp_path.glob("*.docx"):
        assert main(["check", str(path), "--fail-on", "warning"]) == 0


def test_without_a_reason_nothing_is_written_and_the_list_says_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books = tmp_path / "books"
    shutil.copytree(EXAMPLE, books)
    words = (books / "文字.md").read_text(encoding="utf-8")
    (books / "文字.md").write_text(words.replace("人员增加，经费增加。", ""), encoding="utf-8")
    assert main(["build", str(books)]) == 2
    assert "“机关运行经费”：由11.67万元变为13.28万元，请写明主要原因" in capsys.readouterr().err
    assert not (books / "公开").exists()
    assert main(["build", str(books), "--draft", "--format", "html"]) == 0
    assert "还缺 1 处" in capsys.readouterr().out


def test_a_format_that_does_not_exist_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(EXAMPLE), "-o", str(tmp_path), "--format", "odt"]) == 2
    assert "不能生成“odt”" in capsys.readouterr().err


def test_two_layouts_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "diff", "sichuan-2021", "sichuan-2023"]) == 0
    assert "公开14表" in capsys.readouterr().out


def contradictory(folder: Path) -> Path:
    """The example's books with 100 元 more of one item in one table only."""
    books = folder / "books"
    shutil.copytree(EXAMPLE, books)
    workbook = load_workbook(books / "决算数据.xlsx")
    sheet = next(s for s in workbook.worksheets if s.title.startswith("公开06"))
    line = next(r for r in range(1, 60) if str(sheet.cell(r, 1).value) == "2080505")
    sheet.cell(line, 4).value = 99_700
    workbook.save(books / "决算数据.xlsx")
    return books


def test_books_that_contradict_themselves_are_not_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books = contradictory(tmp_path)
    assert main(["build", str(books)]) == 2
    said = capsys.readouterr().err
    assert "账册有 5 处互相矛盾" in said
    assert "没有生成" in said
    assert "决算数据.xlsx“公开06 一般公共预算财政拨款支出决算表”D" in said
    assert "请核对后改正一处" in said
    assert not (books / "公开").exists()


def test_a_draft_of_contradicting_books_lists_and_marks_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books = contradictory(tmp_path)
    assert main(["build", str(books), "--draft", "-o", str(tmp_path / "out")]) == 0
    assert "处互相矛盾，有关的数已标出，这份草稿不能公开" in capsys.readouterr().out
    made = {p.suffix: p for p in (tmp_path / "out").iterdir() if not p.name.startswith(".")}
    assert all(path.stem.endswith("（草稿）") for path in made.values())
    document = docx.Document(str(made[".docx"]))
    assert document.paragraphs[0].text.startswith("【草稿，不能公开：账册有")
    item = next(p for p in document.paragraphs if "机关事业单位基本养老保险缴费支出（项）：支出决算" in p.text)
    assert [r.text for r in item.runs if r.font.highlight_color] == [
        "9.97万元",
        "100.10%",
        "【待填：原因：2080505 机关事业单位基本养老保险缴费支出预算】",
    ]
    other = next(p for p in document.paragraphs if "住房公积金（项）：支出决算" in p.text)
    assert not any(r.font.highlight_color for r in other.runs)
    page = made[".html"].read_text(encoding="utf-8")
    assert '<span class="f todo"' in page
    tables = load_workbook(made[".xlsx"])
    assert tables.sheetnames[0] == "草稿，不能公开"
    general = next(sheet for sheet in tables.worksheets if sheet.title.startswith("公开06"))
    filled = [c.coordinate for row in general.iter_rows() for c in row if c.fill.fgColor.rgb == "FFFFFF00"]
    assert filled


def test_what_is_missing_is_listed_with_what_contradicts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books = contradictory(tmp_path)
    words = (books / "文字.md").read_text(encoding="utf-8")
    (books / "文字.md").write_text(words.replace("人员增加，经费增加。", ""), encoding="utf-8")
    assert main(["build", str(books)]) == 2
    said = capsys.readouterr().err
    assert "互相矛盾" in said
    assert "“机关运行经费”：由11.67万元变为13.28万元，请写明主要原因" in said
