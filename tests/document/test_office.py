"""Old word processor files: conversion in a child process, its limits, and what is left behind (nothing)."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from juesuan import errors
from juesuan.document import office
from juesuan.document.child import run_child
from juesuan.document.limits import Limits
from juesuan.document.model import Document, Paragraph, Table
from juesuan.document.read import open_document

RTF = rb"{\rtf1\ansi\ansicpg936 \u25910?\u20837?152.2\par \u25903?\u20986?\par}"
SHEET = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="收入表"><Table><Row><Cell><Data ss:Type="String">合计</Data></Cell>
<Cell><Data ss:Type="Number">152.2</Data></Cell></Row></Table></Worksheet></Workbook>"""


def document_xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return container.read("word/document.xml").decode("utf-8")


def test_rtf_becomes_docx_and_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    text = re.sub("<[^>]+>", "", document_xml(office.convert(Path("旧.rtf"), RTF, "rtf", "docx")))
    assert "收入152.2" in text
    assert "支出" in text
    assert list(tmp_path.iterdir()) == []


def test_a_doc_reaches_the_docx_reader_as_docx(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def read_docx(path: Path, data: bytes, limits: Limits) -> Document:
        assert limits.pages
        paragraph = Paragraph(id=0, text="收入" if "收入" in document_xml(data) else "")
        return Document(path=str(path), format="docx", blocks=(paragraph,), sha256="x")

    module = ModuleType("juesuan.document.docx")
    monkeypatch.setattr(module, "read_docx", read_docx, raising=False)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    file = tmp_path / "决算 公开.doc"
    file.write_bytes(RTF)
    document = open_document(file)
    assert document.path == str(file)
    assert document.format == "rtf"
    assert document.sha256 == hashlib.sha256(RTF).hexdigest()
    assert document.blocks == (Paragraph(id=0, text="收入"),)


def test_a_workbook_in_xml(tmp_path: Path) -> None:
    file = tmp_path / "收入表.xls"
    file.write_text(SHEET, encoding="utf-8")
    document = open_document(file)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.sheet == "收入表"
    assert [(cell.text, cell.stored) for cell in table.cells] == [("合计", None), ("152.2", "152.2")]


def test_a_conversion_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    started = time.perf_counter()
    with pytest.raises(errors.LimitError, match=r"旧.*0\.2 秒"):
        office.convert(Path("旧.rtf"), RTF, "rtf", "docx", Limits(seconds=0.2))
    assert time.perf_counter() - started < 5
    assert list(tmp_path.iterdir()) == []


def test_a_conversion_without_memory_is_refused() -> None:
    with pytest.raises(errors.DamagedDocumentError, match="旧"):
        office.convert(Path("旧.rtf"), RTF, "rtf", "docx", Limits(converter_bytes=30_000_000))


def test_a_child_takes_its_own_children_along(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import subprocess, sys, pathlib, time\n"
        "inner = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(note)!r}).write_text(str(inner.pid))\n"
        "time.sleep(60)\n"
    )
    ended = run_child([sys.executable, "-c", code], seconds=1.5, env={})
    assert ended.status is None
    time.sleep(0.2)
    state = subprocess.run(["ps", "-o", "stat=", "-p", note.read_text()], capture_output=True, text=True, check=False)
    # Flags may follow the letter of the state, as N for a program of low priority.
    assert state.stdout.strip()[:1] in {"", "Z"}


def test_without_a_converter_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_converter", lambda: None)
    with pytest.raises(errors.UnsupportedFormatError, match="请安装 LibreOffice（免费），或用 Word、WPS 另存为 docx"):
        office.convert(Path("旧.doc"), RTF, "doc", "docx")


def test_the_converter_is_looked_for_on_the_path_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert office.find_converter() == program
