from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from juesuan.document.docx import anchors
from juesuan.document.docx.anchors import element_at
from juesuan.document.limits import Limits
from juesuan.document.model import Document, Paragraph, Table
from juesuan.place import Place, Point, cell, span
from tests.document.docx.build import Docx, drawing_chart, field_mark, p, r, read, tbl, tc, tr

PATH = Path("决算.docx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AS_TEXT = {W + "tab": "\t", W + "br": "\n", W + "noBreakHyphen": "-"}


def text_behind(made: Docx, place: Place) -> str:
    """The characters found by following the anchors through the raw parts."""
    entries, pieces = made.entries(), []
    for anchor in anchors(PATH, made.data(), Limits()).of(place):
        root = etree.fromstring(entries[anchor.part])
        element = element_at(root, anchor.path)
        pieces.append((AS_TEXT.get(element.tag) or element.text or "")[anchor.start : anchor.end])
    return "".join(pieces)


RICH = Docx(
    p(
        r("收入")
        + "<w:bookmarkStart/>"
        + f"<w:ins>{r('12.')}</w:ins>"
        + "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>"
    )
    + p(r("秘", "<w:vanish/>") + r("增") + "<w:r><w:t>长</w:t><w:tab/><w:t>5%</w:t><w:br/><w:noBreakHyphen/></w:r>")
    + p(field_mark("begin") + r("X") + field_mark("separate") + r("域") + field_mark("end") + r("外"))
    + tbl(tr(tc(p("甲乙") + p("丙")), tc("")))
    + p(f"<w:sdt><w:sdtContent>{r('控')}</w:sdtContent></w:sdt>" + r("件"))
)


def places(document: Document) -> list[Place]:
    found: list[Place] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            size = len(block.text)
            found += [span(block.id, i, j) for i in range(size) for j in range(i + 1, size + 1)]
        elif isinstance(block, Table):
            for c in block.cells:
                size = len(c.text)
                found += [cell(block.id, c.row, c.column, i, j) for i in range(size) for j in range(i + 1, size + 1)]
    return found


def test_every_stretch_of_text_leads_back_to_the_same_characters() -> None:
    document = RICH.read()
    made = places(document)
    assert len(made) > 40
    for place in made:
        # A line break between two paragraphs of a cell has no element.
        expected = document.text_of(place)
        assert text_behind(RICH, place) == (expected.replace("\n", "") if place.row is not None else expected)


def test_a_stretch_over_blocks() -> None:
    assert text_behind(RICH, Place(Point(0, 2), Point(2, 1))) == "12.增长\t5%\n-域"


def test_a_place_without_characters_leads_to_its_holder() -> None:
    made = Docx(p(drawing_chart("none") + r("甲")) + tbl(tr(tc("乙"), tc(""))))
    found = anchors(PATH, made.data(), Limits())
    (anchor,) = found.of(cell(1, 0, 1, 0, 0))
    root = etree.fromstring(made.entries()[anchor.part])
    assert (element_at(root, anchor.path).tag, anchor.start, anchor.end) == (W + "tc", 0, 0)


def test_a_place_in_a_chart_leads_to_its_drawing() -> None:
    made = Docx(p(r("甲") + drawing_chart("ch"))).part("chart", "c.xml", "c:chartSpace", "", key="ch")
    (anchor,) = anchors(PATH, made.data(), Limits()).of(Place(Point(1, 0), Point(1, 1), series=0, point=0))
    root = etree.fromstring(made.entries()[anchor.part])
    assert element_at(root, anchor.path).tag == W + "drawing"


def test_comments_in_the_xml_do_not_shift_the_path() -> None:
    made = Docx("<!-- a -->" + p(r("甲") + "<!-- b -->" + r("乙")))
    (anchor,) = anchors(PATH, made.data(), Limits()).of(span(0, 1, 2))
    parser = etree.XMLParser(remove_comments=True)
    root = etree.fromstring(made.entries()[anchor.part], parser)
    assert element_at(root, anchor.path).text == "乙"


def test_a_block_there_is_not() -> None:
    made = Docx(p("甲乙"))
    data = made.data()
    assert read(data).blocks
    with pytest.raises(IndexError):
        anchors(PATH, data, Limits()).of(span(5, 0, 1))
