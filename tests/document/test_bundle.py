"""A disclosure in several files, an archive, or a folder."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from juesuan.check import check_document
from juesuan.cli import main
from juesuan.document.bundle import open_together, read_archive
from juesuan.document.combine import combine
from juesuan.document.limits import Limits
from juesuan.document.model import Block, Document, Paragraph
from juesuan.document.read import open_document
from juesuan.errors import LimitError, NotADocumentError
from juesuan.findings import Report

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"
TEXT = "某局2024年度部门决算\n一、收入支出决算总体情况说明\n2024年度收、支总计均为152.20万元。\n"


def packed(entries: dict[str, bytes], *, encoding: str = "") -> bytes:
    """A zip; with `encoding` its names are written in that, unmarked, as Chinese systems do."""
    buffer = io.BytesIO()
    stand_ins = {name: name for name in entries}
    if encoding:
        stand_ins = {name: f"{n}".rjust(len(name.encode(encoding)), "_") for n, name in enumerate(entries)}
    with zipfile.ZipFile(buffer, "w") as container:
        for name, data in entries.items():
            container.writestr(stand_ins[name], data)
    data = buffer.getvalue()
    for name, stand_in in stand_ins.items() if encoding else ():
        data = data.replace(stand_in.encode(), name.encode(encoding))
    return data


def half(document: Document, first: int, last: int, path: str) -> Document:
    blocks: tuple[Block, ...] = tuple(replace(block, id=block.id - first) for block in document.blocks[first:last])
    return replace(document, path=path, blocks=blocks, info={})


def said(report: Report) -> list[tuple[str, str]]:
    return sorted((finding.rule, finding.message) for finding in report.findings)


@pytest.mark.parametrize(
    "name", ["putuo-sthjj-2025-final.docx", "putuo-shiquan-2025-final.docx", "putuo-shgzb-2024-final.pdf"]
)
def test_a_report_in_two_files_gives_the_findings_of_the_whole_in_either_order(name: str) -> None:
    whole = open_document(SAMPLES / name)
    starts = [b.id for b in whole.blocks if isinstance(b, Paragraph) and b.text.replace(" ", "").startswith("第三部分")]
    front, back = half(whole, 0, starts[-1], "甲"), half(whole, starts[-1], len(whole.blocks), "乙")
    expected = said(check_document(whole))
    assert expected
    for parts in ([front, back], [back, front]):
        report = check_document(combine(parts, "合"))
        assert said(report) == expected
        assert report.files == tuple(part.path for part in parts)
        files = {item.where.file for finding in report.findings for item in finding.evidence if item.where}
        assert files == {"甲", "乙"}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", ""])
def test_names_in_an_archive_are_read_whatever_wrote_them(encoding: str) -> None:
    data = packed({"说明.txt": TEXT.encode(), "附件（二）.txt": "附件\n无".encode()}, encoding=encoding)
    document = read_archive(Path("单位.zip"), data)
    assert [source.path for source in document.sources] == ["单位.zip/说明.txt", "单位.zip/附件（二）.txt"]
    assert document.problems == ()


def test_junk_is_left_out_and_named(tmp_path: Path) -> None:
    data = packed({"a.txt": TEXT.encode(), "__MACOSX/._a.txt": b"x", "Thumbs.db": b"x", "~$a.docx": b"x"})
    (problem,) = read_archive(Path("a.zip"), data).problems
    assert not problem.lost
    assert "3 个" in problem.message
    assert "Thumbs.db" in problem.message
    hidden = tmp_path / ".private"
    hidden.mkdir()
    (hidden / "a.txt").write_text(TEXT, encoding="utf-8")
    assert len(open_together([hidden], "x").sources) == 1


def test_an_archive_in_an_archive_and_a_picture_are_refused_by_name_and_the_rest_is_read() -> None:
    inner = packed({"b.txt": b"b"})
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(9))
    document = read_archive(Path("a.zip"), packed({"a.txt": TEXT.encode(), "in.zip": inner, "p.png": picture}))
    assert [source.path for source in document.sources] == ["a.zip/a.txt"]
    assert [problem.lost for problem in document.problems] == [True, True]
    assert "a.zip/in.zip" in document.problems[0].message
    assert "a.zip/p.png" in document.problems[1].message


def test_an_archive_without_documents_is_refused() -> None:
    with pytest.raises(NotADocumentError, match=r"a\.zip"):
        read_archive(Path("a.zip"), packed({}))
    with pytest.raises(NotADocumentError, match=r"in\.zip"):
        read_archive(Path("a.zip"), packed({"in.zip": packed({"a.txt": b"a"})}))


def test_limits_hold_for_all_files_together() -> None:
    data = packed({f"{n}.txt": f"第{n}段".encode() for n in range(5)})
    with pytest.raises(LimitError, match="5 个文件"):
        read_archive(Path("a.zip"), data, Limits(bundle_files=4))
    with pytest.raises(LimitError, match="3 段"):
        read_archive(Path("a.zip"), data, Limits(blocks=3))


def test_text_comes_before_workbooks_numbers_in_order_and_copies_once(tmp_path: Path) -> None:
    (tmp_path / "10.txt").write_text("十", encoding="utf-8")
    (tmp_path / "2.txt").write_text("二", encoding="utf-8")
    (tmp_path / "3.txt").write_text("二", encoding="utf-8")
    (tmp_path / "1.xlsx").write_bytes((SAMPLES / "shanghai-dept-2025-budget-template.xlsx").read_bytes())
    document = open_together([tmp_path], "材料")
    assert [Path(source.path).name for source in document.sources] == ["2.txt", "10.txt", "1.xlsx"]
    assert any("3.txt" in problem.message and "内容完全相同" in problem.message for problem in document.problems)


def test_the_command_names_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "说明.txt").write_text(TEXT.replace("152.20", "153.20"), encoding="utf-8")
    (tmp_path / "附件.txt").write_text("二、收入决算情况说明\n2024年度收、支总计均为152.20万元。\n", encoding="utf-8")
    assert main(["check", str(tmp_path), "--together"]) == 1
    shown = "".join(capsys.readouterr().out.split())
    assert "材料：" in shown
    assert "附件.txt" in shown
    archive = tmp_path / "单位.zip"
    archive.write_bytes(packed({p.name: p.read_bytes() for p in sorted(tmp_path.glob("*.txt"))}))
    assert main(["check", str(archive)]) == 1
    assert main(["check", "-", "--together"]) == 2
    assert main(["check", str(archive), "--together", "--years"]) == 2
