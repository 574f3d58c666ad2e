"""Sheets of text: whole disclosures are published as one workbook, cover, contents and explanation in its cells."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from juesuan.check import check_file
from juesuan.findings import Severity

SHEETS = {
    "封面": ["上海市普陀区2026年区级部门预算", "预算主管部门：上海市普陀区民政局"],
    "目录": ["目  录", "一、部门主要职能", "二、部门预算编制说明"],
    "部门主要职能": ["一、部门主要职能", "    负责本区民政工作。\n    1. 拟订规划。\n    2. 组织实施。"],
    "编制说明": [
        "2026年部门预算编制说明",
        (
            "2026年，上海市普陀区民政局收入预算1,000.00万元，其中：财政拨款收入{}万元；"
            "事业收入50.00万元；事业单位经营收入0万元；其他收入20.00万元。"
        ),
    ],
}


def workbook(folder: Path, appropriation: str) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in SHEETS.items():
        sheet = book.create_sheet(name)
        for row, line in enumerate(lines, 2):
            sheet.cell(row, 1, line.format(appropriation))
    grid = book.create_sheet("收支总表")
    grid.append(["项目", "预算数"])
    grid.append(["财政拨款收入", 9300000])
    path = folder / "预算.xlsx"
    book.save(path)
    return path


def test_the_sentences_are_checked(tmp_path: Path) -> None:
    assert not [f for f in check_file(workbook(tmp_path, "930.00")).report.findings if f.rule.startswith("JS1")]
    report = check_file(workbook(tmp_path, "900.00")).report
    assert (report.year, report.entity) == (2026, "上海市普陀区民政局")
    (found,) = [f for f in report.findings if f.rule == "JS101"]
    assert found.severity is Severity.WARNING
    assert found.evidence[0].where is not None
    assert (found.evidence[0].quote, found.evidence[0].where.sheet) == ("1,000.00万元", "编制说明")
