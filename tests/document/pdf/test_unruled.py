"""Layouts without the lines and the order that most reports have: three-line tables, columns of text, footnotes."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.document.model import Origin
from tests.document.pdf.paper import line, pdf, text
from tests.document.pdf.test_layout import grids, read, texts

XS = (60, 140, 280, 360, 440)
HEAD = ["code", "name", "total", "basic", "project"]
BODY = [[f"20{k}", f"item {k}", f"{k}0.00", f"{k}.00", f"{9 * k}.00"] for k in range(1, 7)]


def words(rows: Sequence[Sequence[str]], top: float, step: float = 18) -> str:
    return "".join(text(XS[c], top - step * r, w) for r, row in enumerate(rows) for c, w in enumerate(row) if w)


def level(*ys: float) -> str:
    return "".join(line(55, y, 500, y) for y in ys)


def test_a_three_line_table() -> None:
    page = words([HEAD, *BODY], 700) + level(714, 694, 586) + text(60, 570, "A note on 1.00 and 2.00.")
    document = read(pdf([text(200, 740, "A title") + page]))
    assert grids(document) == [[HEAD, *BODY]]
    assert texts(document) == ["A title", "A note on 1.00 and 2.00."]
    assert "没有框线" in document.problems[0].message


def test_two_columns_within_three_rules_are_a_table_and_without_them_text() -> None:
    rows = [["name", "sum"], ["first", "1.00"], ["second", "2.00"], ["third", "3.00"]]
    assert grids(read(pdf([words(rows, 700) + level(714, 694, 640)]))) == [rows]
    assert grids(read(pdf([words(rows, 700)]))) == []


def test_names_over_several_lines_beside_figures_at_their_top_or_middle() -> None:
    for shift in (0, -7):
        page = words([HEAD], 700) + level(714, 694, 560)
        for k in range(4):
            y = 680 - 32 * k
            page += text(140, y, "a long name that goes on") + text(140, y - 14, "beyond its line")
            figures = [f"20{k}", "", f"{k}.00", f"{k}.10", f"{k}.20"]
            page += "".join(text(XS[c], y + shift, w) for c, w in enumerate(figures) if w)
        (found,) = grids(read(pdf([page])))
        assert found[1:] == [
            [f"20{k}", "a long name that goes on beyond its line", f"{k}.00", f"{k}.10", f"{k}.20"] for k in range(4)
        ]


def test_a_number_broken_over_lines_is_whole() -> None:
    rows = [HEAD, *BODY[:4]]
    page = words(rows, 700, 40) + level(714, 690, 530)
    page += text(280, 520, "1,234,") + text(280, 508, "567.00") + words([["209", "last", "", "1.00", "2.00"]], 520)
    (found,) = grids(read(pdf([page.replace("530 l", "500 l").replace("530 m", "500 m")])))
    assert found[-1] == ["209", "last", "1,234,567.00", "1.00", "2.00"]


def test_a_three_line_table_over_two_pages() -> None:
    many = [[f"2{k:02}", f"item {k}", f"{k}0.00", f"{k}.00", f"{9 * k}.00"] for k in range(10, 80)]
    first = words([HEAD, *many[:38]], 780) + level(794, 774)
    second = words([HEAD, *many[38:]], 780) + level(794, 774, 180)
    assert grids(read(pdf([first, second]))) == [[HEAD, *many]]


def test_rows_with_blanks_stay_rows() -> None:
    rows = [HEAD, *BODY[:3], ["300", "without project", "5.00", "5.00", ""], *BODY[3:], ["", "sum", "9.00", "", ""]]
    assert grids(read(pdf([words(rows, 700) + level(714, 694, 552)]))) == [rows]


def test_text_in_two_columns_is_read_one_column_after_the_other() -> None:
    left = [f"left {k} has words enough to fill its column" for k in range(10)]
    right = [f"right {k} has words enough to fill its own" for k in range(10)]
    page = text(60, 760, "A heading over both of the columns that is as wide as the page and so crosses their gap")
    page += "".join(
        text(60, 730 - 16 * k, a) + text(320, 730 - 16 * k, b) for k, (a, b) in enumerate(zip(left, right, strict=True))
    )
    found = texts(read(pdf([page])))
    assert found[0].startswith("A heading")
    assert " ".join(found[1:]) == " ".join([*left, *right])


def test_names_beside_figures_are_no_columns_of_text() -> None:
    page = "".join(text(60, 700 - 16 * k, f"name {k}") + text(320, 700 - 16 * k, f"{k},000.00") for k in range(12))
    assert " ".join(texts(read(pdf([page])))) == " ".join(f"name {k} {k},000.00" for k in range(12))


def test_footnotes_do_not_cut_the_text() -> None:
    full = "words that fill their line up to the right margin of the page, as running text does it"
    first = "".join(text(60, 740 - 20 * k, full) for k in range(30))
    first += line(60, 130, 180, 130) + text(60, 118, "1 said of the first line", 7)
    document = read(pdf([first, text(60, 740, "and end here.") + text(290, 40, "- 2 -")]))
    (whole,) = texts(document)
    assert whole.endswith("as running text does it and end here.")
    assert texts(document, Origin.FOOTNOTE) == ["1 said of the first line"]


def test_a_raised_number_is_left_out_of_the_figure_before_it_and_said() -> None:
    document = read(pdf([text(60, 700, "income of 10.00") + text(131.5, 705, "1", 5) + text(139, 700, "in all")]))
    assert texts(document) == ["income of 10.00 in all"]
    assert "1个上标" in document.problems[0].message


def test_sentences_that_differ_in_their_amounts_are_no_header() -> None:
    pages = [text(60, 800, f"{k}. income of {k * 7}.00") + text(60, 700, "more") for k in range(1, 6)]
    assert [found for found in texts(read(pdf(pages))) if "income" in found] == [
        f"{k}. income of {k * 7}.00" for k in range(1, 6)
    ]
