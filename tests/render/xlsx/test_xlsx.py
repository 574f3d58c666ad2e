"""The check table, read back by another library and looked at through LibreOffice."""

from __future__ import annotations

import io
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from juesuan.check import check_file
from juesuan.cli import main
from juesuan.document.model import Document
from juesuan.findings import Outcome, Report
from juesuan.render.findings_csv import COLUMNS
from juesuan.render.xlsx import render_xlsx
from juesuan.render.xlsx.table import CheckRow, CheckTable, check_table, table_json, table_of
from tests.render.conftest import report as example_report

SAMPLES = Path(__file__).parents[3] / "bench" / "samples"
PDF = SAMPLES / "putuo-shgzb-2024-final.pdf"
TEXT = SAMPLES / "anju-gsl-2023-final.txt"
PNG = b"\x89PNG\r\n\x1a\n"


def checked(path: Path) -> tuple[Report, Document]:
    found = check_file(path)
    assert found.document is not None
    return found.report, found.document


def rows_of(table: CheckTable) -> dict[str, CheckRow]:
    found = {row.item: row for row in table.rows}
    assert len(found) == len(table.rows)
    return found


def sheets(data: bytes) -> dict[str, list[list[str]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in book.sheet_names
    }


def test_the_table_of_a_real_report() -> None:
    report, document = checked(PDF)
    table = check_table(report, document)
    assert table.title == "2024年度普陀区部门决算公开情况检查表"
    rows = rows_of(table)
    assert rows["及时公开"].verdict == ""
    assert "批复" in rows["及时公开"].reason
    for item in ("封面", "目录", "主要职能", "机构设置", "名词解释", "收入支出决算总表"):
        assert (rows[item].verdict, rows[item].problems) == ("是", ())
    note = rows["政府性基金预算财政拨款收入支出决算表"]
    assert note.verdict == "待核", "a doubt is for a person to decide"
    assert "仍保留该表格式" in note.problems[0].text
    assert rows["情况（编制）说明"].verdict == "否"
    assert any("95.89%" in problem.text for problem in rows["情况（编制）说明"].problems)


@pytest.mark.parametrize("path", [PDF, TEXT, SAMPLES / "putuo-shiquan-2025-final.docx"])
def test_every_error_and_doubt_stands_in_one_row_and_is_numbered(path: Path) -> None:
    report, document = checked(path)
    table = check_table(report, document)
    grave = [f for f in report.findings if f.severity.key != "hint"]
    assert sum(len(row.problems) for row in table.rows) == len(grave) > 0
    for row in table.rows:
        assert [p.text.split(".")[0] for p in row.problems] == [str(n) for n in range(1, len(row.problems) + 1)]
        assert (row.verdict in {"否", "待核"}) == bool(row.problems)
        assert bool(row.reason) == (row.verdict == ""), "what was not judged says why"
    told = "".join(problem.text for row in table.rows for problem in row.problems)
    for finding in grave:
        assert finding.subject is None or "".join(finding.subject.quote.split()) in "".join(told.split())


def test_what_was_not_read_is_never_called_right() -> None:
    report, document = checked(PDF)
    partial = check_table(replace(report, outcome=Outcome.PARTIAL, findings=()), document)
    unread = check_table(replace(report, outcome=Outcome.UNREADABLE, findings=()), None)
    for table in (partial, unread):
        assert {row.verdict for row in table.rows} == {""}
        assert all(row.reason for row in table.rows)


def test_tables_that_are_not_in_the_file_are_left_open() -> None:
    rows = rows_of(check_table(*checked(TEXT)))
    assert rows["收入支出决算总表"].verdict == ""
    assert "没有在文件里认出" in rows["收入支出决算总表"].reason


def test_the_journal_keeps_the_table() -> None:
    table = check_table(*checked(PDF))
    again = table_of(table_json(table))
    assert [(r.item, r.verdict, r.reason) for r in again.rows] == [(r.item, r.verdict, r.reason) for r in table.rows]
    assert [p.text for r in again.rows for p in r.problems] == [p.text for r in table.rows for p in r.problems]


def test_the_workbook_read_back(tmp_path: Path) -> None:
    target = tmp_path / "检查表.xlsx"
    assert main(["check", str(PDF), "--format", "xlsx", "-o", str(target)]) == 1
    data = target.read_bytes()
    book = sheets(data)
    assert list(book) == ["公开情况检查表", "全部发现"]
    form = book["公开情况检查表"]
    assert form[0][0] == "2024年度普陀区部门决算公开情况检查表"
    assert form[1][0] == "单位名称：中共上海市普陀区委社会工作部"
    assert form[1][3] == "公开网址："
    assert (form[2][0], form[2][3], form[2][4]) == ("检查内容", "问题", "截图")
    report, document = checked(PDF)
    table = check_table(report, document)
    told = [row[3] for row in form[3:]]
    assert [t for t in told if t] == [
        t for row in table.rows for t in ([p.text for p in row.problems] or [row.reason]) if t
    ]
    found = book["全部发现"]
    assert found[0] == list(COLUMNS)
    assert [row[4] for row in found[1:]] == [f.rule for f in report.findings]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        pictures = [name for name in package.namelist() if name.startswith("xl/media/")]
        assert len(pictures) == len({p.boxes for row in table.rows for p in row.problems if p.boxes}) > 0
        assert all(package.read(name).startswith(PNG) for name in pictures)
        listed = package.read("xl/worksheets/sheet2.xml").decode()
    assert "<autoFilter " in listed
    assert 'state="frozen"' in listed


def test_the_picture_shows_the_boxed_words() -> None:
    """The frame of the picture is red, and inside it are the dark strokes of the words."""
    from juesuan.render.xlsx.picture import Pictures

    report, _ = checked(PDF)
    subject = next(f.subject for f in report.findings if f.subject and f.subject.quote == "95.89%")
    assert subject.where is not None
    with Pictures(PDF) as pictures:
        strip = pictures.strip(subject.where.page, [box.box for box in subject.where.boxes])
        assert pictures.strip(999, [(0, 0, 1, 1)]) is None
    assert strip is not None
    pixels = decoded(strip.png)
    red = {(x, y) for y, line in enumerate(pixels) for x, p in enumerate(line) if p[0] > 180 and p[1] < 60}
    left, right = min(x for x, _ in red), max(x for x, _ in red)
    top, bottom = min(y for _, y in red), max(y for _, y in red)
    inside = [pixels[y][x] for y in range(top + 5, bottom - 4) for x in range(left + 5, right - 4)]
    assert sum(max(p) < 100 for p in inside) > len(inside) // 50, "there are words in the frame"
    assert 30 < right - left < 200


def decoded(png: bytes) -> list[list[tuple[int, int, int]]]:
    """The pixels of an unfiltered RGB PNG."""
    import struct
    import zlib

    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (depth, kind) == (8, 2)
    start = png.index(b"IDAT")
    (size,) = struct.unpack(">I", png[start - 4 : start])
    raw = zlib.decompress(png[start + 4 : start + 4 + size])
    lines = [raw[y * (3 * width + 1) + 1 : (y + 1) * (3 * width + 1)] for y in range(height)]
    return [[(line[3 * x], line[3 * x + 1], line[3 * x + 2]) for x in range(width)] for line in lines]


def test_several_reports_have_an_overview_and_words_never_run_as_formulas() -> None:
    base = example_report()
    hostile = replace(base.findings[0], message='=HYPERLINK("http://example.org")', formula="=1+1")
    one = replace(base, path="=1.docx", entity="=cmd|'/c calc'!A0", findings=(hostile,))
    two = replace(base, path="b.docx", entity="甲/乙[局]:*?")
    data = render_xlsx([one, two, replace(two, path="c.docx")], {})
    book = sheets(data)
    assert next(iter(book)) == "总览"
    assert len(book) == 5
    assert [row[10] for row in book["总览"][1:]] == ["=1.docx", "b.docx", "c.docx"]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in package.read(name)
                assert b"<hyperlink" not in package.read(name)


def test_the_same_report_gives_the_same_bytes() -> None:
    base = example_report()
    assert render_xlsx([base], {}) == render_xlsx([base], {})


def test_a_batch_gives_one_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "决算"
    folder.mkdir()
    for path in (TEXT, PDF):
        (folder / path.name).write_bytes(path.read_bytes())
    target = tmp_path / "检查表.xlsx"
    assert main(["check", str(folder), "--format", "xlsx", "-o", str(target)]) == 1
    book = sheets(target.read_bytes())
    assert list(book) == ["总览", "遂宁市安居区工商业联合会", "中共上海市普陀区委社会工作部", "全部发现"]
    assert [row[0] for row in book["总览"][1:]] == ["遂宁市安居区工商业联合会", "中共上海市普陀区委社会工作部"]
    assert main(["check", str(folder), "--format", "xlsx"]) == 2
    assert "-o" in capsys.readouterr().err


def test_libreoffice_prints_it_on_a4_across(tmp_path: Path) -> None:
    """LibreOffice is a named dependency of the tests."""
    import pdfplumber

    target = tmp_path / "form.xlsx"
    assert main(["check", str(PDF), "--format", "xlsx", "-o", str(target)]) == 1
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(target)], check=True, capture_output=True, timeout=120)
    with pdfplumber.open(tmp_path / "form.pdf") as pdf:
        first = pdf.pages[0]
        assert (round(first.width), round(first.height)) == (842, 595)
        text = "".join((first.extract_text() or "").split())
        assert "2024年度普陀区部门决算公开情况检查表" in text
        whole = "".join("".join((page.extract_text() or "").split()) for page in pdf.pages)
        assert "检查人" in whole
        assert sum(len(page.images) for page in pdf.pages) > 0
        named = [page for page in pdf.pages if "内容规范性" in "".join((page.extract_text() or "").split())]
        assert len(named) > 1, "each page names the group"
        right = max(word["x1"] for word in first.extract_words())
        assert right <= first.width
