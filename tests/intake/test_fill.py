"""`juesuan import`: exports and published tables fill books; what is there stays; what is not known is told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from juesuan.books import load_books, open_books
from juesuan.books.consistency import contradictions
from juesuan.cli import main

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, capsys: Capture) -> Path:
    path = tmp_path / "账册"
    assert main(["new", str(path), "--entity", "某市某局", "--year", "2023"]) == 0
    capsys.readouterr()
    return path


def export(path: Path, sheet: str, rows: list[list[object]]) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    for line in page.iter_rows():
        for cell in line:
            if isinstance(cell.value, float):
                cell.number_format = "#,##0.00"
    book.save(path)
    return path


def general(path: Path) -> Path:
    """财决07: functional accounts with basic and project, in 元; one cell holds more than it shows."""
    return export(
        path,
        "Z07 一般公共预算财政拨款支出决算表",
        [
            ["一般公共预算财政拨款支出决算表"],
            ["编制单位：某市某局", None, None, "2023年度", "金额单位：元"],
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            [None, "合计", 3000.125, 1000.125, 2000.0],
            ["201", "一般公共服务支出", 3000.125, 1000.125, 2000.0],
            ["20103", "政府办公厅（室）及相关机构事务", 3000.125, 1000.125, 2000.0],
            ["2010301", "行政运行", 1000.125, 1000.125, None],
            ["2010399", "其他政府办公厅（室）及相关机构事务支出", 2000.0, None, 2000.0],
        ],
    )


def detail(path: Path) -> Path:
    """财决08: functional accounts down, economic items across."""
    return export(
        path,
        "Z08 一般公共预算财政拨款支出决算明细表",
        [
            ["一般公共预算财政拨款支出决算明细表"],
            ["编制单位：某市某局", None, None, None, "金额单位：元"],
            ["科目编码", "科目名称", "合计", "工资福利支出", None, None, "商品和服务支出", None, None, None],
            [None, None, None, "小计", "基本工资", "津贴补贴", "小计", "办公费", "差旅费", "公务接待费"],
            [None, "合计", 3000.125, 900.125, 600.125, 300, 2100, 100, 1500, 500],
            ["2010301", "行政运行", 1000.125, 900.125, 600.125, 300, 100, 100, None, None],
            ["2010399", "其他政府办公厅（室）及相关机构事务支出", 2000, None, None, None, 2000, None, 1500, 500],
        ],
    )


def agency(path: Path) -> Path:
    return export(
        path,
        "F03 机构运行信息表",
        [
            ["机构运行信息表"],
            ["编制单位：某市某局", None, None, None, None, "金额单位：元"],
            ["项 目", "行次", "预算数", "统计数", "项 目", "行次", "统计数"],
            ["一、“三公”经费支出", 1, None, None, "四、国有资产占用情况", 20, None],
            ["1．因公出国（境）费", 3, 0, 0, "1．主要负责人用车", 23, 1],
            ["（2）公务用车运行维护费", 6, 30000, 25000, "8．其他用车", 30, 2],
            ["3．公务接待费", 7, 600, 500, "（三）单价100万元（含）以上设备（不含车辆）", 31, 1],
            ["（1）国内接待费", 8, None, 500, "1．政府采购货物支出", 33, 700],
            ["5．国内公务接待批次（个）", 14, None, 3, "其中：授予小微企业合同金额", 38, 700],
            ["6．国内公务接待人次（人）", 16, None, 18, None, None, None],
        ],
    )


def test_exports_fill_the_books(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    files = [general(tmp_path / "Z07.xlsx"), detail(tmp_path / "Z08.xlsx"), agency(tmp_path / "F03.xlsx")]
    assert main(["import", str(folder), *map(str, files)]) == 0
    out = capsys.readouterr().out
    assert "Z07.xlsx：认出 一般公共预算财政拨款支出决算表" in out
    assert "Z08.xlsx：认出 一般公共预算财政拨款支出决算明细表（18 个数）" in out
    assert "机构运行信息表" in out
    books = load_books(folder)
    assert books.yuan("expenditure", "general_budget") == Decimal("3000.125")
    assert books.yuan("project", "general_budget", account="2010399") == 2000
    wide = books.amount("economic", "general_budget", economic="30211", nature="all_expenditure")
    assert wide is not None
    assert wide.yuan == 1500
    assert books.yuan("vehicle_operation") == 25000
    assert books.yuan("reception_domestic") == 500
    assert books.yuan("procurement_micro") == 700
    counts = {
        i: c.value
        for i in ("reception_domestic_batches", "reception_domestic_persons", "vehicles_leader", "equipment_100")
        if (c := books.count(i))
    }
    assert counts == {
        "reception_domestic_batches": 3,
        "reception_domestic_persons": 18,
        "vehicles_leader": 1,
        "equipment_100": 1,
    }
    assert (folder / "决算数据.导入前.xlsx").is_file()


@pytest.mark.parametrize("prefix", ["Z07", "GK06", "公开06表", "批复06", "财决07表"])
def test_exports_are_known_however_their_sheets_are_numbered(
    prefix: str, folder: Path, tmp_path: Path, capsys: Capture
) -> None:
    book = load_workbook(general(tmp_path / "导出.xlsx"))
    page = book.active
    assert page is not None
    page.title = f"{prefix} 一般公共预算财政拨款支出决算表"
    page["A1"] = f"{prefix} 一般公共预算财政拨款支出决算表"
    book.save(tmp_path / f"{prefix}.xlsx")
    assert main(["import", str(folder), str(tmp_path / f"{prefix}.xlsx")]) == 0
    assert "一般公共预算财政拨款支出决算表（13 个数）" in capsys.readouterr().out
    assert load_books(folder).yuan("basic", "general_budget", account="2010301") == Decimal("1000.125")


def test_shown_and_stored_values_are_both_kept(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    main(["import", str(folder), str(general(tmp_path / "Z07.xlsx"))])
    money = load_books(folder).amount("basic", "general_budget", account="2010301")
    assert money is not None
    assert money.yuan == Decimal("1000.125")
    assert "Z07.xlsx" in money.note
    assert "显示 1,000.13" in money.note
    capsys.readouterr()
    assert main(["trace", str(folder), "1000.125元"]) == 0
    assert "显示 1,000.13，取值 1,000.125 元" in capsys.readouterr().out


def test_what_is_there_stays_unless_forced(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    file = general(tmp_path / "Z07.xlsx")
    main(["import", str(folder), str(file)])
    other = export(
        tmp_path / "批复.xlsx",
        "附表",
        [
            ["一般公共预算财政拨款支出决算表"],
            ["金额单位：元"],
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["2010301", "行政运行", 1100, 1100, None],
            ["2010399", "其他政府办公厅（室）及相关机构事务支出", 2000, None, 2000],
        ],
    )
    capsys.readouterr()
    assert main(["import", str(folder), str(other)]) == 1
    out = capsys.readouterr().out
    assert "没有改动" in out
    assert "账册 1,000.125 元" in out
    assert load_books(folder).yuan("basic", "general_budget") == Decimal("1000.125")
    assert main(["import", str(folder), str(other), "--force"]) == 0
    assert load_books(folder).yuan("basic", "general_budget") == 1100


def test_a_file_without_tables_is_told(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    before = (folder / "决算数据.xlsx").read_bytes()
    path = tmp_path / "通知.txt"
    path.write_text("关于做好2023年度部门决算工作的通知\n请各单位认真核对。", encoding="utf-8")
    assert main(["import", str(folder), str(path)]) == 1
    assert "通知.txt 里没有认得的报表" in capsys.readouterr().out
    assert (folder / "决算数据.xlsx").read_bytes() == before


def test_a_published_report_fills_the_books(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "账册"
    main(["new", str(folder), "--entity", "某区某局", "--year", "2025", "--profile", "ministry-nine"])
    assert main(["import", str(folder), str(SAMPLES / "putuo-sthjj-2025-final.docx")]) == 0
    loaded = open_books(folder)
    assert loaded.books.yuan("income", "all") == 47_331_400
    assert loaded.books.yuan("expenditure", "general_budget", account="2110301") == 3_799_600
    # Of tables printed in 万元 only a balance off by one unit of the last digit is left.
    assert all("相差 100 元" in p.message for p in contradictions(loaded))
    capsys.readouterr()
