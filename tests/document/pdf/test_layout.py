"""Small pages made for one question each."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.document.model import Document, Origin, Paragraph, Table
from juesuan.document.pdf import read_pdf
from tests.document.pdf.paper import line, pdf, ruled, table, text

XS = (50, 150, 250, 350)
ROWS = [["code", "name", "sum"], ["201", "a", "1.00"], ["202", "b", ""]]


def read(data: bytes) -> Document:
    return read_pdf(Path("样本.pdf"), data, DEFAULT_LIMITS)


def texts(document: Document, origin: Origin = Origin.BODY) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph) and b.origin is origin]


def grids(document: Document) -> list[list[list[str]]]:
    return [[[c.text for c in row] for row in b.row_cells()] for b in document.blocks if isinstance(b, Table)]


def test_file_order_means_nothing() -> None:
    document = read(pdf([text(100, 600, "below") + text(160, 700, "second") + text(100, 700, "first")]))
    assert texts(document) == ["first second", "below"]


def test_digits_of_another_font_size_stay_on_their_line() -> None:
    document = read(pdf([text(100, 700, "total", 12) + text(130, 700, "12.30", 9) + text(100, 680, "next", 12)]))
    assert texts(document) == ["total 12.30", "next"]


def test_false_bold_is_read_once() -> None:
    assert texts(read(pdf([text(100, 700, "bold") + text(100.3, 700, "bold")]))) == ["bold"]


def test_text_outside_the_page_is_dropped() -> None:
    assert texts(read(pdf([text(100, 700, "in") + text(700, 700, "out") + text(100, -50, "under")]))) == ["in"]


def test_slanting_text_is_said_not_mixed_in() -> None:
    document = read(pdf([text(100, 700, "plain words of a page") + text(200, 600, "draft", slant=True)]))
    assert texts(document) == ["plain words of a page"]
    assert "斜排" in document.problems[0].message


def test_turned_page_is_read_as_shown() -> None:
    # On paper turned clockwise by a quarter, text runs upwards in the file's space.
    content = "BT /F0 10 Tf 0 1 -1 0 100 50 Tm (first) Tj ET BT /F0 10 Tf 0 1 -1 0 130 50 Tm (second) Tj ET"
    document = read(pdf([content], extra=b"/Rotate 90"))
    assert texts(document) == ["first", "second"]
    assert document.problems == ()
    block = document.blocks[0]
    assert isinstance(block, Paragraph)
    assert block.lines[0].box(0, 5) is not None
    assert 90 < block.lines[0].top < 100
    assert 49 < block.lines[0].edges[0] < 52


@pytest.mark.parametrize(
    ("degrees", "turn"), [(90, "0 1 -1 0 595 0"), (180, "-1 0 0 -1 595 842"), (270, "0 -1 1 0 0 842")]
)
def test_a_page_drawn_turned_reads_as_one_drawn_upright(degrees: int, turn: str) -> None:
    """Figures stay whole: the ink of 1 and . is narrower than the room they take."""
    rows = [["code", "name", "sum"], ["201", "eleven", "1,101.10"], ["2011101", "i.l.", "-1.11"]]
    content = table(XS, 500, rows) + text(50, 540, "1.11 of 11,111.11 in all,  10.1% more")
    upright = read(pdf([content]))
    turned = read(pdf([f"q {turn} cm {content} Q"], extra=f"/Rotate {degrees}".encode()))
    assert grids(turned) == grids(upright) == [rows]
    assert texts(turned) == texts(upright)
    assert turned.problems == ()


def test_text_lying_on_its_side_is_turned_and_said() -> None:
    document = read(pdf(["BT /F0 10 Tf 0 1 -1 0 100 50 Tm (sideways) Tj ET"]))
    assert texts(document) == ["sideways"]
    assert "横放" in document.problems[0].message


def test_ruled_table_and_its_blank() -> None:
    assert grids(read(pdf([table(XS, 700, ROWS)]))) == [ROWS]


def test_thin_filled_boxes_rule_and_white_ones_do_not() -> None:
    boxes = "".join(f"50 {y} 300 0.8 re f " for y in (640, 660, 680, 700))
    boxes += "".join(f"{x} 640 0.8 60 re f " for x in XS) + "1 g 200 640 0.8 60 re f 0 g "
    words = "".join(text(XS[c] + 4, 686 - 20 * r, w) for r, row in enumerate(ROWS) for c, w in enumerate(row) if w)
    assert grids(read(pdf([boxes + words]))) == [ROWS]


def test_merged_header_cell() -> None:
    rules = "".join(line(50, y, 350, y) for y in (700, 660, 640)) + line(150, 680, 350, 680)
    rules += line(50, 640, 50, 700) + line(150, 640, 150, 700) + line(350, 640, 350, 700) + line(250, 640, 250, 680)
    words = text(60, 676, "name") + text(220, 686, "both") + text(160, 666, "left") + text(260, 666, "right")
    document = read(pdf([rules + words + text(60, 646, "x") + text(160, 646, "1") + text(260, 646, "2")]))
    (found,) = (b for b in document.blocks if isinstance(b, Table))
    shape = [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in found.cells]
    assert shape[:2] == [("name", 0, 0, 2, 1), ("both", 0, 1, 1, 2)]
    assert [row[2:] for row in shape[2:]] == [(1, 1, 1), (2, 1, 1), (0, 1, 1), (1, 1, 1), (2, 1, 1)]


def test_open_region_is_no_cell() -> None:
    # A rule sticks out of the closed grid on one side; nothing may be invented there.
    document = read(pdf([table(XS, 700, ROWS) + line(350, 680, 420, 680)]))
    assert grids(document) == [ROWS]


def test_text_longer_than_its_cell_stays_whole() -> None:
    long = [["code", "name", "sum"], ["201", "a name much longer than the cell", ""]]
    assert grids(read(pdf([table(XS, 700, long)]))) == [long]


def test_text_hidden_by_its_cells_clip_is_dropped() -> None:
    clipped = "q 150 660 100 20 re W n " + text(154, 666, "a name much longer than the cell") + "Q "
    (found,) = grids(read(pdf([table(XS, 700, [["code", "name", "sum"], ["201", "", ""]]) + clipped])))
    assert found[1][0] == "201"
    assert found[1][2] == ""
    assert "a name much longer than".startswith(found[1][1])
    assert len(found[1][1]) > 15


def test_frame_around_the_page_is_no_table() -> None:
    document = read(pdf([ruled((20, 575), (20, 822)) + text(100, 700, "words")]))
    assert texts(document) == ["words"]
    assert grids(document) == []


def test_rules_inside_a_form_object_count() -> None:
    content = table(XS, 700, ROWS).encode()
    data = pdf([b"/Fm Do"], extra=b"")
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Matrix[1 0 0 1 0 -100]/Resources<</Font<</F0 3 0 R>>>>"
    form += b"/Length %d>>stream\n%s\nendstream" % (len(content), content)
    data = data.replace(b"/XObject<</I0 4 0 R>>", b"/XObject<</Fm 9 0 R>>")
    data = data.replace(b"xref\n", b"9 0 obj\n" + form + b"\nendobj\nxref\n", 1)
    document = read(data[: data.rindex(b"startxref")] + b"startxref\n0\n%%EOF")
    assert grids(document) == [ROWS]
    (found,) = (b for b in document.blocks if isinstance(b, Table))
    assert found.cells[0].box is not None
    assert abs(found.cells[0].box[1] - (842 - 700 + 100)) < 1


def test_table_goes_on_with_other_widths_and_no_header() -> None:
    body = [[str(k), "x", "1.00"] for k in range(30)]
    first = table(XS, 760, [["code", "name", "sum"], *body])
    second = table((50, 140, 260, 350), 760, [["900", "y", "2.00"], ["901", "z", "3.00"]])
    (found,) = grids(read(pdf([first, second])))
    assert len(found) == 33
    assert found[-1] == ["901", "z", "3.00"]


def test_last_line_with_merged_cells_joins_its_table() -> None:
    body = [[str(k), "x", "1.00"] for k in range(30)]
    first = table(XS, 760, [["code", "name", "sum"], *body])
    document = read(pdf([first, table((50, 250, 350), 760, [["total", "30.00"]])]))
    (found,) = (b for b in document.blocks if isinstance(b, Table))
    assert (found.rows, found.columns) == (32, 3)
    assert [(c.text, c.colspan, c.page) for c in found.cells][-2:] == [("total", 2, 2), ("30.00", 1, 2)]


def test_table_that_ended_early_does_not_go_on() -> None:
    long = table(XS, 760, [[str(k), "x", "1.00"] for k in range(34)])
    document = read(pdf([table(XS, 760, ROWS), table(XS, 760, [["code", "other", "sum"], ["1", "a", "2"]]), long]))
    assert len(grids(document)) == 3


def test_page_numbers_go_and_headers_stand_once() -> None:
    pages = [
        text(250, 800, "Report of 2024") + text(80, 700, f"text of page {k}") + text(290, 40, f"- {k + 3} -")
        for k in range(4)
    ]
    document = read(pdf(pages))
    assert texts(document) == [f"text of page {k}" for k in range(4)]
    assert texts(document, Origin.HEADER) == ["Report of 2024"]


def test_number_alone_at_the_bottom_of_one_page_stays() -> None:
    assert texts(read(pdf([text(80, 700, "total") + text(290, 40, "1234"), text(80, 700, "more")]))) == [
        "total",
        "1234",
        "more",
    ]


def test_paragraph_goes_on_over_the_page() -> None:
    full = "word " * 17 + "wordy"
    first = "".join(text(80, 700 - 20 * k, full) for k in range(30))
    document = read(pdf([first, text(80, 700, "and the end.") + text(100, 660, "Another one.")]))
    found = texts(document)
    assert len(found) == 2
    assert found[0].endswith("wordy and the end.")


def test_scanned_page_is_said_to_be_unread() -> None:
    document = read(pdf(["q 500 0 0 700 40 60 cm /I0 Do Q", text(80, 700, "words")]))
    (problem,) = document.problems
    assert (problem.page, problem.lost) == (1, True)
    assert problem.message.startswith("第1页是图片")


def test_text_does_not_go_on_over_a_page_that_was_not_read() -> None:
    full = "word " * 17 + "wordy"
    first = "".join(text(80, 700 - 20 * k, full) for k in range(30))
    scanned = "q 500 0 0 700 40 60 cm /I0 Do Q"
    found = texts(read(pdf([first, scanned, text(80, 700, "and the end.")])))
    assert len(found) == 2
    assert found[1] == "and the end."


def test_table_without_rules_is_read_by_alignment() -> None:
    rows = [["item", "budget", "final"], ["basic", "1.00", "2.00"], ["other", "", "3.50"]]
    rows += [["project", "4.00", "5,000.00"], ["office", "4.10", "6.00"], ["sum", "7.00", "8.00"]]
    words = "".join(text(XS[c], 700 - 16 * r, w) for r, row in enumerate(rows) for c, w in enumerate(row) if w)
    document = read(pdf([text(80, 750, "A title") + words + text(80, 500, "A note on 1.00 and 2.00 and 3.00.")]))
    (found,) = grids(document)
    assert [row for row in found if "" not in row] == [row for row in rows if "" not in row]
    assert texts(document) == ["A title", "A note on 1.00 and 2.00 and 3.00."]
    assert "没有框线" in document.problems[0].message


def test_text_with_numbers_is_no_table() -> None:
    words = "".join(text(80, 700 - 16 * k, f"spent 1{k}.00 and then 2{k}.00 and 3{k}.00") for k in range(6))
    assert grids(read(pdf([words]))) == []


def test_row_cut_by_the_end_of_the_page_is_whole() -> None:
    body = [[str(k), "x", "1.00"] for k in range(30)]
    first = table(XS, 760, [["code", "name", "sum"], *body, ["900", "expenditure for", "7.00"]])
    second = table(XS, 760, [["", "housingsupport", ""], ["901", "z", "3.00"]])
    (found,) = grids(read(pdf([first, second])))
    assert found[-2:] == [["900", "expenditure for housingsupport", "7.00"], ["901", "z", "3.00"]]


NARROW = (50, 100, 180, 225)


def test_figures_that_a_narrow_cell_and_the_end_of_the_page_broke_are_whole() -> None:
    body = [[str(k), "x", "1.00"] for k in range(30)]
    first = table(NARROW, 760, [["code", "name", "sum"], *body, ["2082801", "administration", "5,093,04"]])
    second = table(NARROW, 760, [["", "", "6.11"], ["901", "z", "3.00"]])
    (found,) = grids(read(pdf([first, second])))
    assert found[-2:] == [["2082801", "administration", "5,093,046.11"], ["901", "z", "3.00"]]


def test_a_row_of_figures_without_a_name_is_a_row_of_its_own() -> None:
    body = [[str(k), "x", "1.00"] for k in range(30)]
    first = table(NARROW, 760, [["code", "name", "sum"], *body, ["2082801", "administration", "5,093.04"]])
    second = table(NARROW, 760, [["", "", "6.11"], ["901", "z", "3.00"]])
    (found,) = grids(read(pdf([first, second])))
    assert found[-3:] == [["2082801", "administration", "5,093.04"], ["", "", "6.11"], ["901", "z", "3.00"]]
