from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pypdf
import pypdfium2
import pytest

from juesuan.check import Checked, check_file
from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.document.model import Paragraph
from juesuan.document.pdf import read_pdf
from juesuan.errors import UsageError
from juesuan.findings import Evidence, Finding, Outcome, Report, Severity
from juesuan.place import span
from juesuan.render.pdf import render_pdf
from juesuan.render.remarks import AUTHOR
from tests.document.pdf.paper import pdf, text

PDFS = sorted(Path("bench/samples").glob("*.pdf"))
FIRST = next(path for path in PDFS if "shgzb" in path.name)


MOST = 0.6
"""Share of a character's width under a highlight; stops are set closer than they are wide."""


@cache
def checked(path: Path) -> Checked:
    return check_file(path)


@cache
def copy(path: Path) -> bytes:
    one = checked(path)
    assert one.document is not None
    return render_pdf([one.report], {one.report.path: one.document})


def highlights(data: bytes) -> list[tuple[int, Any]]:
    """Page number (from 0, in the copy) and dictionary of each highlight."""
    found = []
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages):
        annotations = [item.get_object() for item in page.get("/Annots", [])]
        found += [(number, one) for one in annotations if one["/Subtype"] == "/Highlight"]
    return found


def quads(note: Any) -> list[tuple[float, float, float, float]]:  # noqa: ANN401 - a PDF dictionary
    """Left, bottom, right, top of each area, in the page's own space."""
    values = [float(v) for v in note["/QuadPoints"]]
    return [
        (min(eight[0::2]), min(eight[1::2]), max(eight[0::2]), max(eight[1::2]))
        for eight in (values[i : i + 8] for i in range(0, len(values), 8))
    ]


def added(path: Path) -> int:
    """How many pages stand before those there were."""
    pages = checked(path).report.pages
    assert pages is not None
    return len(pypdf.PdfReader(io.BytesIO(copy(path))).pages) - pages


@pytest.mark.parametrize("path", PDFS, ids=lambda p: p.stem)
def test_another_library_reads_the_right_words_under_every_highlight(path: Path) -> None:
    one = checked(path)
    assert one.document is not None
    notes = highlights(copy(path))
    findings = [f for f in one.report.findings if f.subject is not None]
    assert findings
    assert len(notes) == len(findings)
    with pdfplumber.open(io.BytesIO(copy(path))) as seen:
        for (number, note), finding in zip(notes, findings, strict=True):
            page, words = seen.pages[number], ""
            for x0, low, x1, high in quads(note):
                under = [
                    c
                    for c in page.chars
                    if min(x1, c["x1"]) - max(x0, c["x0"]) > MOST * (c["x1"] - c["x0"])
                    and page.height - high < (c["top"] + c["bottom"]) / 2 < page.height - low
                ]
                words += "".join(c["text"] for c in sorted(under, key=lambda c: c["x0"]))
            assert finding.subject is not None
            assert words.replace(" ", "") == one.document.text_of(finding.subject.place).replace(" ", "")
            where = finding.subject.where
            assert where is not None
            assert where.page is not None
            assert number == where.page - 1 + added(path)


@pytest.mark.parametrize("path", PDFS, ids=lambda p: p.stem)
def test_the_notes_say_what_is_wrong(path: Path) -> None:
    for number, ((_, note), finding) in enumerate(
        zip(highlights(copy(path)), checked(path).report.findings, strict=True), 1
    ):
        said = str(note["/Contents"])
        assert said.startswith(f"{number}. 【{finding.severity.word}】{finding.message}")
        assert f"规则：{finding.rule}" in said
        assert not finding.formula or finding.formula in said
        assert note["/T"] == AUTHOR
        assert note["/NM"] == finding.id


@pytest.mark.parametrize("path", PDFS, ids=lambda p: p.stem)
def test_the_pages_there_were_are_untouched(path: Path) -> None:
    old, new = path.read_bytes(), copy(path)
    assert new.startswith(old)
    before, after = pypdf.PdfReader(io.BytesIO(old)).pages, pypdf.PdfReader(io.BytesIO(new)).pages
    assert len(after) == len(before) + added(path)
    # More than stand on a page are found in an unfilled template only.
    assert added(path) == (1 if len(checked(path).report.findings) < 20 else 2)
    assert pypdf.PdfReader(io.BytesIO(new)).metadata == pypdf.PdfReader(io.BytesIO(old)).metadata
    for one, other in zip(before, list(after)[added(path) :], strict=True):
        assert one.get_contents().get_data() == other.get_contents().get_data()  # type: ignore[union-attr]
        assert {key for key in other if key not in one} <= {"/Annots"}
        assert (one.mediabox, one.rotation) == (other.mediabox, other.rotation)


@pytest.mark.parametrize("path", PDFS, ids=lambda p: p.stem)
def test_the_added_page_lists_every_finding_and_leads_to_it(path: Path) -> None:
    pages = list(pypdfium2.PdfDocument(copy(path)))[: added(path)]
    listed = "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)
    for number, finding in enumerate(checked(path).report.findings, 1):
        said = f"{number}.【{finding.severity.word}】{finding.message}"
        assert "".join(said.split()).replace("−", "－").replace("·", "・") in listed
    reader = pypdf.PdfReader(io.BytesIO(copy(path)))
    links = [item.get_object() for page in reader.pages[: added(path)] for item in page.get("/Annots", [])]
    goals = {reader.get_page_number(link["/Dest"][0].get_object()) for link in links}
    assert goals == {number for number, _ in highlights(copy(path))}


def test_the_added_page_is_drawn_with_a_font_the_reader_supplies(tmp_path: Path) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(copy(FIRST))
    page = pypdfium2.PdfDocument(path)[0].render(scale=1)
    dark = sum(1 for value in bytes(page.buffer)[::4] if value < 128)
    assert dark > 2000


def test_the_same_input_gives_the_same_bytes() -> None:
    one = checked(FIRST)
    assert one.document is not None
    assert render_pdf([one.report], {one.report.path: one.document}) == copy(FIRST)


def marked_at(path: Path, words: str) -> bytes:
    """The copy of a PDF of one paragraph with these words marked."""
    document = read_pdf(path, path.read_bytes(), DEFAULT_LIMITS)
    (block,) = (b for b in document.blocks if isinstance(b, Paragraph))
    at = block.text.index(words)
    evidence = Evidence(span(block.id, at, at + len(words)), words)
    finding = Finding("JS999", "made-up", Severity.ERROR, "写错了。", (evidence,))
    report = Report(path=str(path), outcome=Outcome.FINDINGS, findings=(finding,))
    return render_pdf([report], {str(path): document})


def words_under(data: bytes) -> str:
    """What pdfium finds under the one highlight."""
    ((number, note),) = highlights(data)
    (area,) = quads(note)
    return str(pypdfium2.PdfDocument(data)[number].get_textpage().get_text_bounded(*area)).strip()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [b"", b"/CropBox[50 60 500 700]"])
def test_turned_and_cropped_pages_are_marked_at_the_words(tmp_path: Path, turn: int, crop: bytes) -> None:
    path = tmp_path / "turned.pdf"
    path.write_bytes(pdf([text(100, 500, "income 12.50 and 13.75 end")], extra=b"/Rotate %d" % turn + crop))
    assert words_under(marked_at(path, "13.75")) == "13.75"


def test_a_file_with_a_stream_of_references_gets_another(tmp_path: Path) -> None:
    plain, path = tmp_path / "plain.pdf", tmp_path / "stream.pdf"
    plain.write_bytes(pdf([text(100, 500, "income 12.50 and 13.75 end")]))
    writer = pypdf.PdfWriter(plain, incremental=True)
    writer.add_metadata({"/Title": "决算"})
    writer.write(path)
    made = marked_at(path, "12.50")
    assert made.startswith(path.read_bytes())
    assert made.count(b"/XRef") == path.read_bytes().count(b"/XRef") + 1 == 2
    assert words_under(made) == "12.50"
    metadata = pypdf.PdfReader(io.BytesIO(made)).metadata
    assert metadata is not None
    assert metadata.title == "决算"


def test_a_file_whose_table_is_not_where_it_says_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "sloppy.pdf"
    whole = pdf([text(100, 500, "income 12.50 and 13.75 end")])
    path.write_bytes(re.sub(rb"startxref\s+\d+", b"startxref\n7", whole))
    made = marked_at(path, "13.75")
    assert words_under(made) == "13.75"
    assert len(pypdf.PdfReader(io.BytesIO(made), strict=True).pages) == 2


def test_many_findings_go_on_over_further_pages(tmp_path: Path) -> None:
    data = pdf([text(100, 500, "income 12.50")])
    path = tmp_path / "many.pdf"
    path.write_bytes(data)
    document = read_pdf(path, data, DEFAULT_LIMITS)
    finding = Finding("JS999", "made-up", Severity.HINT, "没有地方的一条。")
    report = Report(path=str(path), outcome=Outcome.FINDINGS, findings=(finding,) * 40)
    made = pypdfium2.PdfDocument(render_pdf([report], {str(path): document}))
    listed = "".join(made[k].get_textpage().get_text_range() for k in range(len(made) - 1))
    assert len(made) > 2
    assert all(f"{number}. 【提示】没有地方的一条。" in listed for number in range(1, 41))
    assert "income" in made[len(made) - 1].get_textpage().get_text_range()


def test_notes_on_a_page_that_has_some_are_added(tmp_path: Path) -> None:
    first = copy(FIRST)
    path = tmp_path / "again.pdf"
    path.write_bytes(first)
    one = check_file(path)
    assert one.document is not None
    twice = render_pdf([one.report], {one.report.path: one.document})
    placed = [f for f in one.report.findings if f.subject is not None]
    assert len(highlights(twice)) == len(highlights(first)) + len(placed)


def test_a_protected_file_and_another_kind_are_refused(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=FIRST)
    writer.encrypt("", "owner", algorithm="RC4-128")
    path = tmp_path / "locked.pdf"
    writer.write(path)
    one = check_file(path)
    assert one.document is not None
    with pytest.raises(UsageError, match="权限密码"):
        render_pdf([one.report], {one.report.path: one.document})
    word = check_file(next(Path("bench/samples").glob("*.docx")))
    assert word.document is not None
    with pytest.raises(UsageError, match="docx 格式，--format pdf 只能标注 pdf"):
        render_pdf([word.report], {word.report.path: word.document})
