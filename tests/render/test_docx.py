from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import docx
import pdfplumber
import pypdf
import pytest
from lxml import etree

from juesuan.check import Checked, check_file
from juesuan.document.docx import read_docx
from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.errors import UsageError
from juesuan.findings import Finding, Safety, Severity
from juesuan.render import words
from juesuan.render.docx import render_docx
from juesuan.render.remarks import AUTHOR, INITIALS
from tests.render.word import Marked

SAMPLES = Path("bench/samples")
DOCX = sorted(SAMPLES.glob("*.docx"))
WITH_NOTES = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@cache
def checked(path: Path) -> Checked:
    return check_file(path)


@cache
def copy(path: Path, fix: Safety | None = None) -> bytes:
    one = checked(path)
    assert one.document is not None
    return render_docx([one.report], {one.report.path: one.document}, fix=fix)


def subjects(path: Path) -> list[str]:
    """The words of each finding's subject, unshortened."""
    one = checked(path)
    assert one.document is not None
    return [one.document.text_of(f.subject.place) for f in one.report.findings if f.subject is not None]


def test_there_are_two_samples_with_findings() -> None:
    assert len(DOCX) == 2
    assert all(subjects(path) for path in DOCX)


@pytest.mark.parametrize("path", DOCX, ids=lambda p: p.stem)
def test_every_finding_has_one_comment_on_its_very_words(path: Path) -> None:
    marked = Marked(copy(path))
    comments, anchored = marked.comments(), marked.anchored()
    findings = checked(path).report.findings
    assert len(comments) == len(findings)
    assert [anchored[key] for key in comments] == subjects(path)
    for text, finding in zip(comments.values(), findings, strict=True):
        assert finding.message in text
        assert text.startswith(f"【{finding.severity.word}】")
        assert f"规则：{finding.rule} {words.title(finding)}" in text
        assert "建议：" in text
        assert not finding.formula or finding.formula in text


@pytest.mark.parametrize("path", DOCX, ids=lambda p: p.stem)
def test_all_else_is_the_original(path: Path) -> None:
    one = checked(path)
    assert one.document is not None
    assert read_docx(path, copy(path), DEFAULT_LIMITS).blocks == one.document.blocks
    old, new = zipfile.ZipFile(path), zipfile.ZipFile(io.BytesIO(copy(path)))
    touched = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(new.namelist()) - set(old.namelist()) == {"word/comments.xml"}
    assert [name for name in old.namelist() if name not in touched and old.read(name) != new.read(name)] == []


@pytest.mark.parametrize("path", DOCX, ids=lambda p: p.stem)
def test_another_library_reads_the_same_comments(path: Path) -> None:
    seen = list(docx.Document(io.BytesIO(copy(path))).comments)
    assert {(one.author, one.initials) for one in seen} == {(AUTHOR, INITIALS)}
    assert [one.text for one in seen] == list(Marked(copy(path)).comments().values())


@pytest.mark.parametrize("path", DOCX, ids=lambda p: p.stem)
def test_the_same_input_gives_the_same_bytes(path: Path) -> None:
    one = checked(path)
    assert one.document is not None
    assert render_docx([one.report], {one.report.path: one.document}) == copy(path)


@pytest.mark.parametrize("path", DOCX, ids=lambda p: p.stem)
def test_with_all_changes_accepted_what_was_mended_is_gone_and_nothing_new(path: Path, tmp_path: Path) -> None:
    data = copy(path, Safety.UNSAFE)
    findings = checked(path).report.findings
    texts = list(Marked(data).comments().values())
    mended = [f for f, text in zip(findings, texts, strict=True) if "已改：" in text]
    kept = [f for f, text in zip(findings, texts, strict=True) if "已改：" not in text]
    assert mended
    (tmp_path / path.name).write_bytes(data)
    after = check_file(tmp_path / path.name).report.findings
    assert len(after) == len(kept)
    assert Counter(map(_spot, after)) == Counter(map(_spot, kept))


def _spot(finding: Finding) -> tuple[str, str]:
    """Where a finding stands; a hint that gathers several places may begin at another once a name is mended."""
    gathers = finding.severity is Severity.HINT and finding.rule.startswith("JS2")
    return finding.rule, "" if gathers or finding.subject is None else finding.subject.quote


@pytest.mark.parametrize("path", DOCX, ids=lambda p: p.stem)
def test_with_all_changes_rejected_the_copy_is_the_original(path: Path) -> None:
    marked = Marked(copy(path, Safety.UNSAFE))
    assert marked.text(accept=False) == Marked(path.read_bytes()).text(accept=True)
    assert marked.text(accept=True) != marked.text(accept=False)


@pytest.mark.parametrize("path", DOCX, ids=lambda p: p.stem)
def test_what_is_to_be_checked_first_is_not_changed_by_fix_alone(path: Path) -> None:
    marked = Marked(copy(path, Safety.SAFE))
    assert {f.fix.safety for f in checked(path).report.findings if f.fix is not None} == {Safety.UNSAFE}
    assert not list(marked.part("word/document.xml").iter("{*}ins", "{*}del"))


def convert(target: str, folder: Path) -> list[Path]:
    """Both marked copies as LibreOffice opens and writes them. LibreOffice is needed to run the tests."""
    program = shutil.which("soffice")
    assert program is not None, "LibreOffice (soffice) is not installed"
    for path in DOCX:
        (folder / path.name).write_bytes(copy(path))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / path.name) for path in DOCX]
    command = [program, profile, "--headless", "--convert-to", target, "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [folder / f"{path.stem}.{target.partition(':')[0]}" for path in DOCX]


def test_libreoffice_sees_every_comment_on_its_words(tmp_path: Path) -> None:
    for path, made in zip(DOCX, convert("fodt", tmp_path), strict=True):
        running: dict[str | None, str] = {}
        found: list[str] = []
        for event, element in etree.iterparse(made, events=("start", "end"), huge_tree=True):
            name = element.get(OFFICE + "name")
            if event == "start" and element.tag == OFFICE + "annotation-end":
                found.append(running.pop(name))
            inside = next(element.iterancestors(OFFICE + "annotation"), None) is not None
            if event == "start" and not inside and element.tag != OFFICE + "annotation":
                seen = " " * int(element.get(TEXT + "c") or 1) if element.tag == TEXT + "s" else element.text or ""
                running = {key: text + seen for key, text in running.items()}
            if event == "start" and element.tag == OFFICE + "annotation":
                running[name] = ""
            if event == "end" and not inside and next(element.iterancestors(TEXT + "p", TEXT + "h"), None) is not None:
                running = {key: text + (element.tail or "") for key, text in running.items()}
        assert running == {}
        assert Counter(found) == Counter(subjects(path))


def test_as_pdf_every_comment_stands_behind_its_words(tmp_path: Path) -> None:
    for path, made in zip(DOCX, convert(WITH_NOTES, tmp_path), strict=True):
        findings = checked(path).report.findings
        behind: dict[str, str] = {}
        with pdfplumber.open(made) as seen:
            for page, raw in zip(seen.pages, pypdf.PdfReader(made).pages, strict=True):
                for item in raw.get("/Annots", []):
                    note = item.get_object()
                    if note["/Subtype"] == "/Text":
                        x, low, _, high = (float(v) for v in note["/Rect"])
                        middle = page.height - (low + high) / 2
                        line = [c for c in page.chars if c["top"] < middle < c["bottom"] and c["x1"] < x + 2]
                        said = str(note["/Contents"])
                        assert AUTHOR in str(note["/T"])
                        behind[said.replace("\r", "\n").split("\n")[0]] = "".join(c["text"] for c in line)
        for finding, spoken in zip(findings, subjects(path), strict=True):
            before = behind[f"【{finding.severity.word}】{finding.message}"].replace(" ", "")
            # In a narrow cell a figure is broken anywhere: its last character may stand alone.
            assert before.endswith(spoken.rstrip()[-1])


def test_what_is_no_docx_or_no_longer_the_same_is_refused(tmp_path: Path) -> None:
    one = checked(DOCX[0])
    assert one.document is not None
    with pytest.raises(UsageError, match="一次只标注一份"):
        render_docx([one.report, one.report], {one.report.path: one.document})
    pdf = checked(next(SAMPLES.glob("*final.pdf")))
    assert pdf.document is not None
    with pytest.raises(UsageError, match=r"pdf 格式，--format docx 只能标注 docx"):
        render_docx([pdf.report], {pdf.report.path: pdf.document})
    moved = tmp_path / "决算.docx"
    moved.write_bytes(DOCX[0].read_bytes())
    own = check_file(moved)
    assert own.document is not None
    moved.write_bytes(DOCX[1].read_bytes())
    with pytest.raises(UsageError, match="被改动了"):
        render_docx([own.report], {own.report.path: own.document})
