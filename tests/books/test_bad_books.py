"""Books spoiled in every usual way: the message names file, sheet and cell, and says what to do; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from juesuan.books import load_books, open_books
from juesuan.books.consistency import contradictions
from juesuan.books.narrative import render_text
from juesuan.books.store import write_whole
from juesuan.errors import BooksError

DATA, REGISTERS = "决算数据.xlsx", "台账.xlsx"


def spoil(folder: Path, file: str, sheet: str, change: Callable[[Worksheet], None]) -> str:
    """Change a sheet as a user would; its full name."""
    book = load_workbook(folder / file)
    name = next(n for n in book.sheetnames if n.startswith(sheet))
    change(book[name])
    book.save(folder / file)
    return str(name)


def put(cell: str, value: str | float | None) -> Callable[[Worksheet], None]:
    return lambda sheet: sheet.__setitem__(cell, value)


def refusal(folder: Path) -> str:
    with pytest.raises(BooksError) as caught:
        load_books(folder)
    return str(caught.value)


def said(folder: Path) -> str:
    loaded = open_books(folder)
    return "\n".join(p.message for p in (*loaded.problems, *contradictions(loaded)))


def row_of(folder: Path, sheet: str, code: str) -> int:
    book = load_workbook(folder / DATA)
    name = next(n for n in book.sheetnames if n.startswith(sheet))
    return next(r for r in range(1, 60) if str(book[name].cell(r, 1).value) == code)


def test_words_where_an_amount_belongs(folder: Path) -> None:
    line = row_of(folder, "公开06", "2012801")
    spoil(folder, DATA, "公开06", put(f"D{line}", "七十九万"))
    message = refusal(folder)
    assert "公开06 一般公共预算财政拨款支出决算表" in message
    assert f"D{line}" in message
    assert "请改成数字" in message


@pytest.mark.parametrize("code", ["201280", "3012801", "abc", "20128011"])
def test_a_code_that_is_none(folder: Path, code: str) -> None:
    spoil(folder, DATA, "公开06", put("A40", code))
    message = refusal(folder)
    assert f"A40 的科目编码“{code}”不对" in message


def test_a_code_the_catalog_does_not_know_is_told(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A40"], sheet["D40"] = "2019876", 5

    spoil(folder, DATA, "公开06", change)
    assert "A40 的科目 2019876 不在收支分类科目里" in said(folder)


def test_a_code_twice(folder: Path) -> None:
    spoil(folder, DATA, "公开06", put("A40", "2012801"))
    message = refusal(folder)
    assert "A40 的科目 2012801 重复" in message
    assert f"第 {row_of(folder, '公开06', '2012801')} 行已有" in message


def test_an_amount_without_a_code(folder: Path) -> None:
    spoil(folder, DATA, "公开06", put("D40", 500))
    assert "D40 有金额，这一行却没有科目编码" in refusal(folder)


def test_a_typed_total_that_its_parts_contradict(folder: Path) -> None:
    line = row_of(folder, "公开06", "2012801") - 3
    name = spoil(folder, DATA, "公开06", put(f"D{line}", 1_252_901))
    message = said(folder)
    assert f"“{name}”D{line} 的一般公共预算财政拨款 基本支出 1,252,901 元" in message
    assert "1,252,900 元" in message
    assert "相差 1 元" in message


def test_a_leaf_changed_in_one_table_only(folder: Path) -> None:
    line = row_of(folder, "公开06", "2080505")
    spoil(folder, DATA, "公开06", put(f"D{line}", 99_700))
    message = said(folder)
    assert "2080505 机关事业单位基本养老保险缴费支出" in message
    assert "收支不平" in message
    assert "相差 100 元" in message


def test_a_register_that_says_otherwise(folder: Path) -> None:
    spoil(folder, REGISTERS, "公务接待", put("H2", 600))
    message = said(folder)
    assert "国内接待费填的是 8,000 元" in message
    assert "台账“公务接待”合计是 8,030 元" in message


def test_a_key_twice_in_a_register(folder: Path) -> None:
    spoil(folder, REGISTERS, "会员", put("A3", "001"))
    message = refusal(folder)
    assert "台账.xlsx“会员”A3" in message
    assert "与第 2 行重复" in message


def test_a_number_that_is_no_count(folder: Path) -> None:
    spoil(folder, REGISTERS, "公务接待", put("G2", 4.5))
    assert "台账.xlsx“公务接待”G2 要填0或正整数" in refusal(folder)


def test_a_choice_that_does_not_exist(folder: Path) -> None:
    spoil(folder, REGISTERS, "政府采购", put("B2", "物品"))
    assert "B2 的类别“物品”不在可选项里，请从 货物、工程、服务 中选" in refusal(folder)


def test_a_date_that_is_none(folder: Path) -> None:
    spoil(folder, REGISTERS, "公务接待", put("B2", "2023-13-45"))
    assert "B2 要填日期" in refusal(folder)


def test_the_line_of_marks_is_gone(folder: Path) -> None:
    spoil(folder, DATA, "公开03", lambda sheet: sheet.delete_rows(4))
    assert "“公开03 支出决算表”的列标记" in refusal(folder)


def test_a_sheet_is_gone(folder: Path) -> None:
    book = load_workbook(folder / DATA)
    del book[next(n for n in book.sheetnames if n.startswith("公开08"))]
    book.save(folder / DATA)
    assert "没有“公开08" in refusal(folder)


def test_lines_and_columns_may_move(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(5, 2)
        sheet.insert_cols(3)

    spoil(folder, DATA, "公开08", change)
    assert load_books(folder).yuan("personnel") == 1_120_100


def test_half_a_workbook(folder: Path) -> None:
    whole = (folder / DATA).read_bytes()
    (folder / DATA).write_bytes(whole[: len(whole) // 2])
    message = refusal(folder)
    assert "决算数据.xlsx 打不开：可能没有写完" in message


def test_no_workbook(folder: Path) -> None:
    (folder / DATA).unlink()
    assert "没有" in refusal(folder)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("年度 = 2023", '年度 = "二〇二三"', "年度要写四位年份"),
        ('类别 = "部门"', '类别 = "科室"', "只能写“部门”或“单位”"),
        ('方案 = "sichuan-2023"', '方案 = "xx"', "没有“xx”这个决算方案"),
        ('名称 = "遂宁', '名称 = 遂宁"', "写法不对"),
        ('金额 = "金额" }', '金额 = "钱" }', "列的类型不认得"),
    ],
)
def test_a_wrong_unit_file(folder: Path, old: str, new: str, words: str) -> None:
    path = folder / "单位.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert words in refusal(folder)


def test_an_open_workbook_is_read_with_a_word_and_never_written(folder: Path) -> None:
    (folder / f"~${DATA}").write_bytes(b"")
    assert "正在被 Excel 或 WPS 打开" in said(folder)
    before = (folder / DATA).read_bytes()
    with pytest.raises(BooksError, match="请先保存并关闭"):
        write_whole(folder / DATA, b"new")
    assert (folder / DATA).read_bytes() == before


def test_a_write_that_breaks_off_loses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (folder / DATA).read_bytes()

    def broken(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises(BooksError, match="原文件没有变"):
        write_whole(folder / DATA, b"new")
    assert (folder / DATA).read_bytes() == before
    assert [p.name for p in folder.iterdir() if p.name.endswith(".tmp")] == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ 会员.__class__ }}", "{{ 会员.没有 }}", "{{ 没有 }}", "{% for x in 会员 %}{% endfor %}", "{{ 1 + 1 }}", "{{ 年度|upper }}",
        "{{ (会员 }}", "{{ 年度() }}", "{{ 年度.real.__class__ }}",
    ],
)  # fmt: skip
def test_the_text_names_facts_and_can_do_nothing_else(text: str) -> None:
    with pytest.raises(BooksError, match=r"文字\.md"):
        render_text(text, {"会员": {"总数": 3}, "年度": 2023}, "文字.md")


def test_spending_from_other_funds_is_no_contradiction(folder: Path) -> None:
    income, spent = (row_of(folder, sheet, "2012801") for sheet in ("公开02", "公开03"))
    spoil(folder, DATA, "公开02", put(f"F{income}", 8700))
    spoil(folder, DATA, "公开03", put(f"D{spent}", 800000))
    assert said(folder) == ""
    assert load_books(folder).yuan("expenditure") == 1530700
