"""The commands on books through `main`."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from juesuan.books import load_books
from juesuan.cli import main

EXAMPLE = str(Path(__file__).parents[1] / "examples" / "anju-gsl-2023")
Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize("profile", ["sichuan-2023", "ministry-nine", "sichuan-2021", "shanghai-final"])
def test_new_books_load_and_lack_everything(profile: str, tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "账册"
    assert main(["new", str(folder), "--entity", "某“大”局", "--year", "2024", "--profile", profile]) == 0
    assert {p.name for p in folder.iterdir()} == {"单位.toml", "决算数据.xlsx", "台账.xlsx", "文字.md", "绩效"}
    capsys.readouterr()
    assert main(["status", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "收入决算表”还没有填" in out
    assert "“主要职能”还没有写" in out
    assert "写错" not in out
    assert load_books(folder).entity == "某“大”局"


def test_new_overwrites_nothing(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "账册"
    folder.mkdir()
    (folder / "文字.md").write_text("我写的", encoding="utf-8")
    assert main(["new", str(folder), "--entity", "某局", "--year", "2024"]) == 2
    assert "已有 文字.md，没有改动任何文件" in capsys.readouterr().err
    assert [p.name for p in folder.iterdir()] == ["文字.md"]
    assert (folder / "文字.md").read_text(encoding="utf-8") == "我写的"


def test_the_example_is_in_order(capsys: Capture) -> None:
    assert main(["status", EXAMPLE]) == 0
    assert "可以编制" in capsys.readouterr().out


def test_explain_splits_a_change_to_the_last_yuan(capsys: Capture) -> None:
    assert main(["explain", EXAMPLE]) == 0
    out = capsys.readouterr().out
    assert "按经济分类：30.05 ＝ 抚恤金 21.15 ＋" in out
    assert "按功能分类：30.05 ＝ 死亡抚恤 21.15 ＋" in out
    assert "1.61 ＝ 办公费 0.74" in out
    assert "没有分项数可以说明" not in out


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("13.28", "公用经费：13.28万元（132,800 元）"),
        ("13.80%", "机关运行经费比上年增长：13.80%"),
        ("30.05", "比上年增加：30.05万元"),
        ("69.67%", "201 一般公共服务支出"),
        ("152.20万元", "收入总计"),
        ("8000元", "公务接待费"),
    ],
)
def test_trace_goes_down_to_the_cells(number: str, words: str, capsys: Capture) -> None:
    assert main(["trace", EXAMPLE, number]) == 0
    out = capsys.readouterr().out
    assert words in out
    assert "← 决算数据.xlsx“" in out


def test_trace_of_what_is_not_there(capsys: Capture) -> None:
    assert main(["trace", EXAMPLE, "99.99"]) == 1
    assert "没有印作“99.99”的数" in capsys.readouterr().err
    assert main(["trace", EXAMPLE, "很多"]) == 2


@pytest.mark.parametrize("command", ["status", "explain"])
def test_a_folder_that_holds_no_books(command: str, tmp_path: Path, capsys: Capture) -> None:
    assert main([command, str(tmp_path)]) == 2
    assert "不是账册文件夹" in capsys.readouterr().err


def test_build_names_what_the_books_contradict(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "账册"
    shutil.copytree(EXAMPLE, folder)
    book = openpyxl.load_workbook(folder / "决算数据.xlsx")
    next(sheet for sheet in book.worksheets if sheet.title.startswith("公开02"))["F9"] = 8700
    book.save(folder / "决算数据.xlsx")
    assert main(["build", str(folder), "--format", "html"]) == 2
    shown = capsys.readouterr().err
    assert "账册有 1 处互相矛盾，没有生成" in shown
    assert "收支不平" in shown
    assert "决算数据.xlsx“公开02 收入决算表”F9" in shown


def test_status_knows_a_name_in_the_text_that_is_not_there(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "账册"
    shutil.copytree(EXAMPLE, folder)
    text = (folder / "文字.md").read_text(encoding="utf-8")
    (folder / "文字.md").write_text(text.replace("会员.总数", "会员.人数"), encoding="utf-8")
    assert main(["status", str(folder)]) == 1
    assert "写了“人数”，账册里没有这个名称" in capsys.readouterr().out
