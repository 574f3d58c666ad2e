"""Comments in every kind of place a docx has, and tracked mends, on files that show the very markup."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from juesuan.document.docx import read_docx
from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.document.model import Chart, Document, Paragraph, Table
from juesuan.findings import Evidence, Finding, Fix, Outcome, Report, Role, Safety, Severity
from juesuan.place import Place, Point, Where, cell, span
from juesuan.render.docx import render_docx
from tests.document.docx.build import OOXML, Docx, drawing_chart, field_mark, p, pack, r, tbl, tc, tr
from tests.document.docx.test_anchors import RICH, places
from tests.render.word import STRICT, Marked


def finding(document: Document, place: Place | None, fix: Fix | None = None, *more: Evidence) -> Finding:
    subject = () if place is None else (Evidence(place, document.text_of(place)),)
    return Finding("JS999", "made-up", Severity.ERROR, "此处写错了。", (*subject, *more), fix=fix, formula="1 + 1 = 2")


def marked(
    folder: Path, made: Docx | bytes, *wanted: Place | None, fixes: tuple[Fix, ...] = (), fix: Safety | None = None
) -> tuple[Marked, Document]:
    """The copy with a finding at each place, and the document before."""
    path = folder / "决算.docx"
    data = made if isinstance(made, bytes) else made.data()
    path.write_bytes(data)
    document = read_docx(path, data, DEFAULT_LIMITS)
    mends = [*fixes, *[None] * (len(wanted) - len(fixes))]
    findings = tuple(finding(document, place, mend) for place, mend in zip(wanted, mends, strict=True))
    report = Report(path=str(path), outcome=Outcome.FINDINGS, findings=findings)
    return Marked(render_docx([report], {str(path): document}, fix=fix)), document


def again(copy: Marked) -> Document:
    return read_docx(Path("决算.docx"), copy.data, DEFAULT_LIMITS)


def test_any_stretch_of_text_gets_its_comment_even_all_at_once(tmp_path: Path) -> None:
    document = RICH.read()
    wanted = places(document)
    copy, before = marked(tmp_path, RICH, *wanted)
    assert again(copy).blocks == before.blocks
    for place, words in zip(wanted, copy.anchored().values(), strict=True):
        expected = document.text_of(place)
        # The break between two paragraphs of a cell is no character of the file; alone it stands for the cell.
        in_cell = place.row is not None
        assert words == (expected.replace("\n", "") or "甲乙丙" if in_cell else expected)


def test_a_comment_reaches_over_paragraphs(tmp_path: Path) -> None:
    copy, _ = marked(tmp_path, Docx(p("其他社区城") + p("乡支出") + p("尾")), Place(Point(0, 2), Point(1, 2)))
    assert list(copy.anchored().values()) == ["社区城乡支"]


def test_runs_keep_their_looks_and_only_those_marked_are_parted(tmp_path: Path) -> None:
    made = Docx(p(r("收入 12.5 万元", "<w:b/>") + r("增长", "<w:i/>")))
    copy, _ = marked(tmp_path, made, span(0, 3, 7))
    runs = [e for e in copy.part("word/document.xml").iter("{*}r") if e.find("{*}t") is not None]
    looks = [
        ("".join(t.text or "" for t in run.iter("{*}t")), [str(x.tag)[-1] for x in run.iter("{*}b", "{*}i")])
        for run in runs
    ]
    assert looks == [("收入 ", ["b"]), ("12.5", ["b"]), (" 万元", ["b"]), ("增长", ["i"])]


def test_findings_without_a_place_share_one_comment_at_the_top(tmp_path: Path) -> None:
    copy, before = marked(tmp_path, Docx(p("甲") + p("乙")), None, None, span(1, 0, 1))
    top, there = copy.comments().values()
    assert top.count("此处写错了") == 2
    assert there.count("此处写错了") == 1
    assert list(copy.anchored().values()) == ["", "乙"]
    assert again(copy).blocks == before.blocks


def test_a_place_where_word_allows_no_comment_is_told_at_the_nearest(tmp_path: Path) -> None:
    shape = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
    box = f"<w:r><w:t>框前</w:t>{shape}</w:r>"
    made = Docx(
        p(r("首"))
        + p(r("有注") + '<w:r><w:footnoteReference w:id="7"/></w:r>')
        + p(box.format(p("框内 3 万元")))
        + p(r("图") + drawing_chart("ch"))
        + '<w:sectPr><w:headerReference w:type="default" r:id="head"/></w:sectPr>'
    )
    made.part("footnotes", "footnotes.xml", "w:footnotes", f'<w:footnote w:id="7">{p("注里 5 万元")}</w:footnote>')
    made.part("header", "header1.xml", "w:hdr", p("页眉 9 万元"), key="head")
    data = (
        "<c:ser><c:cat><c:strRef><c:strCache><c:pt idx='0'><c:v>甲</c:v></c:pt></c:strCache></c:strRef></c:cat>"
        "<c:val><c:numRef><c:numCache><c:pt idx='0'><c:v>12</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>"
    )
    chart = f"<c:chart><c:plotArea><c:pieChart>{data}</c:pieChart></c:plotArea></c:chart>"
    made.part("chart", "c.xml", "c:chartSpace", chart, key="ch")
    document = made.read()
    where = {b.text: b.id for b in document.blocks if isinstance(b, Paragraph)}
    number = next(b.id for b in document.blocks if isinstance(b, Chart))
    wanted = [span(where[text], 3, 4) for text in ("注里 5 万元", "框内 3 万元", "页眉 9 万元")]
    wanted.append(Place(Point(number, 0), Point(number, 2), series=0, point=0))
    copy, before = marked(tmp_path, made, *wanted)
    note, boxed, head, drawn = copy.comments().values()
    anchored = list(copy.anchored().values())
    assert "“5”，在这一处的脚注里" in note
    assert "“3”，在文本框里" in boxed
    assert "“9”，" in head
    assert "“12”，在这一处的图" in drawn
    assert anchored == ["", "框前框内 3 万元", "", ""]
    body = copy.part("word/document.xml")
    # Around the footnote's mark, the run with the box, nothing at the very top, and the drawing.
    between = [
        [str(e.tag).split("}")[1] for e in start.itersiblings()][:2] for start in body.iter("{*}commentRangeStart")
    ]
    assert between == [
        ["commentRangeEnd", "r"],
        ["r", "commentRangeEnd"],
        ["r", "commentRangeEnd"],
        ["r", "commentRangeEnd"],
    ]
    assert again(copy).blocks == before.blocks


def test_an_empty_cell_and_a_formula(tmp_path: Path) -> None:
    formula = "<m:oMath><m:r><m:t>a</m:t></m:r><m:r><m:t>b</m:t></m:r></m:oMath>"
    made = Docx(tbl(tr(tc("甲"), tc(""))) + p(r("式") + formula + r("尾")))
    copy, before = marked(tmp_path, made, cell(0, 0, 1, 0, 0), span(1, 1, 2))
    assert list(copy.anchored().values()) == ["", ""]
    marks = [start.getparent() for start in copy.part("word/document.xml").iter("{*}commentRangeStart")]
    assert [str(mark.tag)[-2:] for mark in marks if mark is not None] == ["}p", "}p"]
    assert "“a”，" in list(copy.comments().values())[1]
    assert again(copy).blocks == before.blocks


def test_comments_and_changes_there_already_keep_what_they_are(tmp_path: Path) -> None:
    old = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    changed = f'<w:ins w:id="1" w:author="张三">{r("12.5 万元")}</w:ins>'
    changed += '<w:del w:id="2"><w:r><w:delText>9</w:delText></w:r></w:del>'
    made = Docx(p(old.format(r("收入")) + changed))
    made.part(
        "comments", "comments.xml", "w:comments", f'<w:comment w:id="0" w:author="张三">{p("旧批注")}</w:comment>'
    )
    copy, before = marked(tmp_path, made, span(0, 1, 4))
    assert copy.comments() == {"0": "旧批注", "3": next(t for k, t in copy.comments().items() if k != "0")}
    assert copy.anchored() == {"0": "收入", "3": "入12"}
    assert [e.get(f"{copy.w}author") for e in copy.part("word/document.xml").iter("{*}ins")] == ["张三"]
    assert "comments1.xml" not in "".join(copy.names)
    assert again(copy).blocks == before.blocks


def test_the_part_of_comments_is_declared(tmp_path: Path) -> None:
    copy, _ = marked(tmp_path, Docx(p("甲乙")), span(0, 0, 1))
    types = {e.get("PartName"): e.get("ContentType") for e in copy.part("[Content_Types].xml")}
    assert (types["/word/comments.xml"] or "").endswith("wordprocessingml.comments+xml")
    (link,) = copy.part("word/_rels/document.xml.rels")
    assert (link.get("Target"), str(link.get("Type")).rsplit("/", 1)[1]) == ("comments.xml", "comments")


def test_a_strict_file_stays_strict(tmp_path: Path) -> None:
    entries = {
        name: (text if isinstance(text, str) else text.decode())
        .replace(OOXML + "wordprocessingml/2006/main", STRICT.strip("{}"))
        .replace(OOXML + "officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, text in Docx(p("收入 12.5 万元")).entries().items()
    }
    copy, before = marked(tmp_path, pack({**entries}), span(0, 3, 7))
    strict = Marked(copy.data, STRICT)
    assert list(strict.anchored().values()) == ["12.5"]
    assert "此处写错了" in next(iter(strict.comments().values()))
    assert b"schemas.openxmlformats.org/wordprocessingml/2006/main" not in zipfile.ZipFile(tmp_path / "决算.docx").read(
        "word/document.xml"
    )
    assert again(copy).blocks == before.blocks


LINK = f"<w:hyperlink>{r('见 3 页')}</w:hyperlink>"
INSERTED = f'<w:ins w:id="5" w:author="李四">{r("共 202 年度")}</w:ins>'
OVER = Place(Point(0, 0), Point(1, 3))
MENDS = [
    ("whole number", p(r("占 0.08%。")), span(0, 2, 7), "0.09%", "占 0.09%。", ["0.08%"], ["0.09%"]),
    ("over runs", p(r("占 0.", "<w:b/>") + r("08%。")), span(0, 2, 7), "0.09%", "占 0.09%。", ["0.08%"], ["0.09%"]),
    ("put in", p(r("文化体育支出")), span(0, 0, 6), "文化旅游体育支出", "文化旅游体育支出", [], ["旅游"]),
    ("put in first", p(r("文化")), span(0, 0, 2), "旅文化", "旅文化", [], ["旅"]),
    ("put in last", p(r("0 万")), span(0, 0, 3), "0 万元", "0 万元", [], ["元"]),
    ("taken out", p(r("收入收入增加")), span(0, 0, 4), "收入", "收入增加", ["收入"], []),
    (
        "over paragraphs",
        p("其他社") + p("区城乡"),
        OVER,
        "其他城乡社区",
        "其他城乡社区",
        ["社", "区城乡"],
        ["城乡社区"],
    ),
    ("in an insertion", p(INSERTED), span(0, 2, 5), "2025", "共 2025 年度", ["202"], ["共 ", "2025", " 年度"]),
    ("in a link", p(LINK), span(0, 2, 3), "4", "见 4 页", ["3"], ["4"]),
    ("in a cell", tbl(tr(tc("甲"), tc("12.5"))), cell(0, 0, 1, 0, 4), "13.5", "甲13.5", ["12.5"], ["13.5"]),
]


@pytest.mark.parametrize(
    ("body", "place", "new", "after", "gone", "put"), [case[1:] for case in MENDS], ids=[case[0] for case in MENDS]
)
def test_a_mend_is_a_tracked_change_of_what_differs(
    tmp_path: Path, *, body: str, place: Place, new: str, after: str, gone: list[str], put: list[str]
) -> None:
    made = Docx(body)
    old = made.read().text_of(place)
    copy, _ = marked(tmp_path, made, place, fixes=(Fix(old, new, Safety.SAFE),), fix=Safety.SAFE)
    root = copy.part("word/document.xml")
    assert copy.text(accept=True) == after
    assert ["".join(t.text or "" for t in e.iter("{*}delText")) for e in root.iter("{*}del")] == gone
    ins = ["".join(t.text or "" for t in e.iter("{*}t")) for e in root.iter("{*}ins")]
    assert [text for text in ins if text] == put
    assert not [e for e in root.iter("{*}ins") if next(e.iterancestors("{*}ins"), None) is not None]
    if "<w:ins" not in body:
        assert copy.text(accept=False) == Marked(made.data()).text(accept=True)
    assert "已改：文中已用修订改正，请接受或拒绝" in next(iter(copy.comments().values()))
    ids = [e.get(f"{copy.w}id") for e in root.iter("{*}ins", "{*}del")]
    assert len(ids) == len(set(ids))


def test_the_new_words_look_like_the_old(tmp_path: Path) -> None:
    made = Docx(p(r("占 ", "<w:i/>") + r("0.08%", "<w:b/>")))
    copy, _ = marked(tmp_path, made, span(0, 2, 7), fixes=(Fix("0.08%", "0.09%", Safety.SAFE),), fix=Safety.SAFE)
    (ins,) = copy.part("word/document.xml").iter("{*}ins")
    assert ins.find("{*}r/{*}rPr/{*}b") is not None


def test_a_mend_that_asks_for_thought_needs_the_word_unsafe(tmp_path: Path) -> None:
    made, fixes = Docx(p("占 0.08%。")), (Fix("0.08%", "0.09%", Safety.UNSAFE),)
    plain, _ = marked(tmp_path, made, span(0, 2, 7), fixes=fixes, fix=Safety.SAFE)
    assert plain.text(accept=True) == "占 0.08%。"
    bold, _ = marked(tmp_path, made, span(0, 2, 7), fixes=fixes, fix=Safety.UNSAFE)
    assert bold.text(accept=True) == "占 0.09%。"
    display = (Fix("0.08%", "0.09%", Safety.DISPLAY_ONLY),)
    never, _ = marked(tmp_path, made, span(0, 2, 7), fixes=display, fix=Safety.UNSAFE)
    assert never.text(accept=True) == "占 0.08%。"


FIELD = field_mark("begin") + r("X") + field_mark("separate") + r("12") + field_mark("end")
BOUND = f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{r('12')}</w:sdtContent></w:sdt>"
REFUSED = [
    ("a field's result", p(FIELD), span(0, 0, 2), "域的结果"),
    ("bound to data", p(BOUND), span(0, 0, 2), "内容控件"),
    ("a formula", p(r("x") + "<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>"), span(0, 1, 3), "公式"),
]


@pytest.mark.parametrize(("body", "place", "why"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_a_mend_that_cannot_be_written_says_why(tmp_path: Path, body: str, place: Place, why: str) -> None:
    made = Docx(body)
    copy, before = marked(tmp_path, made, place, fixes=(Fix("12", "13", Safety.SAFE),), fix=Safety.SAFE)
    assert again(copy).blocks == before.blocks
    assert "未改：没有写成修订" in (said := next(iter(copy.comments().values())))
    assert why in said


def test_two_mends_of_the_same_words_are_not_both_written(tmp_path: Path) -> None:
    fixes = (Fix("0.08%", "0.09%", Safety.SAFE), Fix("08%。", "07%。", Safety.SAFE))
    copy, _ = marked(tmp_path, Docx(p("占 0.08%。")), span(0, 2, 7), span(0, 4, 8), fixes=fixes, fix=Safety.SAFE)
    assert copy.text(accept=True) == "占 0.09%。"
    assert "与另一处修订重叠" in list(copy.comments().values())[1]


def test_a_mend_that_makes_a_new_finding_is_not_written(tmp_path: Path) -> None:
    text = "2023年机关运行经费支出13.28万元，比2022年增加1.61万元，增长13.80%。"
    place = span(0, text.index("13.80%"), text.index("13.80%") + 6)
    copy, before = marked(
        tmp_path, Docx(p(text)), place, fixes=(Fix("13.80%", "18.30%", Safety.SAFE),), fix=Safety.SAFE
    )
    assert again(copy).blocks == before.blocks
    assert "试改后重新审核，问题没有消失或又有新问题：JS102 " in next(iter(copy.comments().values()))


def test_the_same_words_elsewhere_are_mended_with_them_but_never_an_equal_number(tmp_path: Path) -> None:
    made = Docx(p("行政事业单位离退休（款）") + tbl(tr(tc("行政事业单位离退休"), tc("30"))) + p("共 30 人"))
    path = tmp_path / "决算.docx"
    path.write_bytes(made.data())
    document = made.read()
    assert isinstance(document.blocks[1], Table)

    def repeated(place: Place) -> Evidence:
        return Evidence(place, document.text_of(place), Role.FOLLOWER, Where(place))

    name = Fix("行政事业单位离退休（款）", "行政事业单位养老支出（款）", Safety.SAFE)
    number = Fix("30", "31", Safety.SAFE)
    findings = (
        finding(document, span(0, 0, 12), name, repeated(cell(1, 0, 0, 0, 9))),
        finding(document, cell(1, 0, 1, 0, 2), number, repeated(span(2, 2, 4))),
    )
    report = Report(path=str(path), outcome=Outcome.FINDINGS, findings=findings)
    copy = Marked(render_docx([report], {str(path): document}, fix=Safety.SAFE))
    assert copy.text(accept=True) == "行政事业单位养老支出（款）行政事业单位养老支出31共 30 人"
    assert "修订改正 2 处" in next(iter(copy.comments().values()))


def test_any_stretch_is_mended_as_asked_or_refused_with_a_reason(tmp_path: Path) -> None:
    document = RICH.read()
    original = Marked(RICH.data())
    refused = 0
    for number, place in enumerate(places(document)):
        old = document.text_of(place)
        new = ("新" + old, old[1:], old + "新", "新")[number % 4]
        copy, _ = marked(tmp_path, RICH, place, fixes=(Fix(old, new, Safety.SAFE),), fix=Safety.SAFE)
        said = next(iter(copy.comments().values()))
        if "未改：没有写成修订（" in said:
            refused += 1
            assert again(copy).blocks == document.blocks
        else:
            assert "已改" in said
            assert everything(again(copy)) == everything(document, place, new)
        # The insertion that was there is not ours to reject: only its own text counts here.
        assert original.text(accept=False) in copy.text(accept=False)
    assert 0 < refused < number / 2


def everything(document: Document, place: Place | None = None, new: str = "") -> list[str]:
    """The text of all paragraphs and cells, with `new` at a place; without what is empty."""
    found: list[str] = []
    for block in document.blocks:
        cells = block.cells if isinstance(block, Table) else (None,)
        for one in cells:
            text = one.text if one is not None else getattr(block, "text", "")
            here = place is not None and place.block == block.id
            if here and place is not None and (one is None or (one.row, one.column) == (place.row, place.column)):
                text = text[: place.start.offset] + new + text[place.end.offset :]
            found.append(text)
    return [text for text in found if text]
