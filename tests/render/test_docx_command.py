"""The marked copies as the command line makes them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from juesuan.cli import main
from juesuan.document.docx import read_docx
from juesuan.document.limits import DEFAULT_LIMITS
from tests.document.docx.build import Docx, p
from tests.render.word import Marked

SAMPLES = Path("bench/samples")
WORD = SAMPLES / "putuo-sthjj-2025-final.docx"
PDF = SAMPLES / "putuo-shgzb-2024-final.pdf"
DOUBLED = "2023年度机关运行经费支出13.28万元，，比上年增加。"


def test_a_marked_word_copy_and_the_status_of_the_check(tmp_path: Path) -> None:
    out = tmp_path / "审核稿.docx"
    before = hashlib.sha256(WORD.read_bytes()).digest()
    assert main(["check", str(WORD), "--format", "docx", "-o", str(out)]) == 1
    assert len(Marked(out.read_bytes()).comments()) > 2
    assert hashlib.sha256(WORD.read_bytes()).digest() == before
    assert [path.name for path in tmp_path.iterdir()] == ["审核稿.docx"]


def test_fix_writes_what_is_safe_and_does_not_swallow_the_path(tmp_path: Path) -> None:
    path, out = tmp_path / "决算.docx", tmp_path / "改稿.docx"
    path.write_bytes(Docx(p(DOUBLED)).data())
    assert main(["check", "--fix", str(path), "--format", "docx", "-o", str(out), "--fail-on", "never"]) == 0
    (block,) = read_docx(out, out.read_bytes(), DEFAULT_LIMITS).blocks
    assert getattr(block, "text", "") == DOUBLED.replace("，，", "，")
    assert Marked(out.read_bytes()).text(accept=False) == DOUBLED
    assert main(["check", str(out), "--fail-on", "hint", "--select", "JS504"]) == 0


def test_fix_unsafe_writes_more(tmp_path: Path) -> None:
    out = tmp_path / "改稿.docx"
    assert main(["check", "--fix=unsafe", str(WORD), "--format", "docx", "-o", str(out)]) == 1
    assert list(Marked(out.read_bytes()).part("word/document.xml").iter("{*}ins"))


def test_a_marked_pdf(tmp_path: Path) -> None:
    out = tmp_path / "审核稿.pdf"
    assert main(["check", str(PDF), "--format", "pdf", "-o", str(out)]) == 1
    assert out.read_bytes().startswith(PDF.read_bytes())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([str(WORD), "--format", "docx"], "请用 -o 写进文件"),
        ([str(WORD), str(PDF), "--format", "docx", "-o", "OUT"], "这次有 2 份"),
        ([str(PDF), "--format", "docx", "-o", "OUT"], "是 pdf 格式"),
        ([str(WORD), "--format", "pdf", "-o", "OUT"], "是 docx 格式"),
        ([str(WORD), "--fix"], "--fix 不能用于 text 格式"),
        ([str(WORD), "--fix", "--fix=unsafe", "--format", "docx", "-o", "OUT"], "同时使用"),
    ],
)
def test_other_uses_are_refused_by_name(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    out = tmp_path / "out"
    assert main(["check", *(str(out) if one == "OUT" else one for one in arguments)]) == 2
    assert said in capfd.readouterr().err
    assert not out.exists()


def test_a_file_that_cannot_be_read_is_told_and_nothing_written(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    missing, out = tmp_path / "没有.docx", tmp_path / "out.docx"
    assert main(["check", str(missing), "--format", "docx", "-o", str(out)]) == 3
    assert "没有.docx" in capfd.readouterr().err
    assert not out.exists()
