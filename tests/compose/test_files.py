from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.shared import Emu
from python_calamine import CalamineWorkbook

from juesuan.check import check_file
from juesuan.compose import compile_report
from juesuan.compose.docx import write_docx
from juesuan.compose.draft import Draft, Paragraph, Run
from juesuan.compose.pdf import can_turn_pages
from juesuan.compose.write import render_report, write_report
from juesuan.document.model import Chart
from juesuan.document.read import open_document
from juesuan.errors import UsageError
from juesuan.understand.understanding import understand
from tests.compose.random_books import random_books
from tests.compose.roundtrip import amounts_printed, amounts_read, cells_printed, cells_read, charts_printed, unwanted
from tests.compose.sample import small_unit


@pytest.fixture(scope="module")
def report() -> Draft:
    return compile_report(small_unit())


@pytest.fixture(scope="module")
def folder(report: Draft, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("out")
    write_report(report, place, render_report(report, ("docx", "xlsx", "html")))
    return place


def made(folder: Path, report: Draft, format_: str) -> Path:
    return folder / f"{report.title}.{format_}"


@pytest.mark.parametrize("format_", ["docx", "html"])
def test_text_and_tables_read_back_as_printed(folder: Path, report: Draft, format_: str) -> None:
    understanding = understand(open_document(made(folder, report, format_)))
    assert amounts_read(understanding) == amounts_printed(report)
    read = cells_read(understanding)
    assert cells_printed(report, of={name for name, _ in read}) == read


def test_the_workbook_reads_back_as_printed(folder: Path, report: Draft) -> None:
    read = cells_read(understand(open_document(made(folder, report, "xlsx"))))
    assert len({name for name, _ in read}) >= 9
    assert cells_printed(report, of={name for name, _ in read}) == read


@pytest.mark.parametrize("format_", ["docx", "xlsx", "html"])
def test_each_file_is_checked_without_a_finding_but_rounding(folder: Path, report: Draft, format_: str) -> None:
    assert unwanted(check_file(made(folder, report, format_)).report) == []


@pytest.mark.parametrize("seed", [101, 102, 103])
def test_random_reports_survive_files(seed: int, tmp_path: Path) -> None:
    report = compile_report(random_books(seed))
    for path in write_report(report, tmp_path, render_report(report, ("docx", "html"))):
        understanding = understand(open_document(path))
        assert amounts_read(understanding) == amounts_printed(report), path.suffix
        assert unwanted(check_file(path).report) == [], path.suffix


def test_charts_are_native_with_their_workbook(folder: Path, report: Draft) -> None:
    path = made(folder, report, "docx")
    read = [s.values for b in open_document(path).blocks if isinstance(b, Chart) for s in b.series]
    assert read == charts_printed(report)
    with zipfile.ZipFile(path) as package:
        books = [n for n in package.namelist() if n.startswith("word/embeddings/") and n.endswith(".xlsx")]
        assert len(books) == 7
        rows = CalamineWorkbook.from_filelike(io.BytesIO(package.read(books[0]))).get_sheet_by_index(0).to_python()
    assert rows[0][1] == "收入总计"
    assert rows[1][1] == 122.15


def test_charts_say_in_words_what_they_show(folder: Path, report: Draft) -> None:
    with zipfile.ZipFile(made(folder, report, "docx")) as package:
        xml = package.read("word/document.xml").decode()
    assert 'descr="饼状图：支出决算结构图。支出决算，基本支出 125.29万元，项目支出 26.91万元。"' in xml


def test_a_page_tells_where_each_figure_comes_from(folder: Path, report: Draft) -> None:
    page = made(folder, report, "html").read_text(encoding="utf-8")
    assert "准确值 6000" in page
    assert "出处 决算数据.xlsx“公开”" in page
    assert page.count("<svg") == 7
    assert "http" not in page.replace("http-equiv", "")


def test_a_file_that_someone_changed_is_not_overwritten(report: Draft, tmp_path: Path) -> None:
    files = render_report(report, ("xlsx",))
    (path,) = write_report(report, tmp_path, files)
    write_report(report, tmp_path, files)
    path.write_bytes(b"changed by hand")
    with pytest.raises(UsageError, match="有人改过"):
        write_report(report, tmp_path, files)
    assert path.read_bytes() == b"changed by hand"
    write_report(report, tmp_path, files, force=True)
    assert path.read_bytes() == files["xlsx"]


def test_a_template_keeps_its_own_look(report: Draft, tmp_path: Path) -> None:
    own = docx.Document()
    own.styles["Heading 1"].font.name = "Own Face"
    own.sections[0].page_width = Emu(7_000_240)
    own.add_paragraph("旧文字")
    own.save(str(tmp_path / "own.docx"))
    result = docx.Document(io.BytesIO(write_docx(report, template=tmp_path / "own.docx")))
    assert result.styles["Heading 1"].font.name == "Own Face"
    assert result.sections[0].page_width == 7_000_240
    assert "旧文字" not in "\n".join(p.text for p in result.paragraphs)


def test_characters_that_xml_cannot_hold_are_left_out(report: Draft, tmp_path: Path) -> None:
    first = replace(report, blocks=(Paragraph((Run("甲\x0b乙\x00丙<&>\t丁\n戊"),)), *report.blocks))
    (path,) = write_report(first, tmp_path, render_report(first, ("docx",)))
    assert docx.Document(str(path)).paragraphs[0].text == "甲乙丙<&>\t丁\n戊"


def test_a_template_that_is_no_word_file_is_refused(report: Draft, tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_text("no")
    with pytest.raises(UsageError, match="不是能打开的 docx"):
        write_docx(report, template=tmp_path / "own.docx")


def test_pdf_and_the_pages_of_the_contents(report: Draft, tmp_path: Path) -> None:
    assert can_turn_pages()
    paths = write_report(report, tmp_path, render_report(report, ("docx", "pdf")))
    entries = [p.text for p in docx.Document(str(paths[0])).paragraphs if p.style and p.style.name.lower() == "toc 1"]
    assert entries
    assert all(e.rpartition("\t")[2].isdecimal() for e in entries)
    checked = check_file(paths[1]).report
    assert [f for f in checked.findings if f.severity > 1] == []
