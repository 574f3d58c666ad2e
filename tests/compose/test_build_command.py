from __future__ import annotations

import shutil
from pathlib import Path

import pytest

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
