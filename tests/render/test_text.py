"""The terminal output, seen as a reader sees it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.document.model import Cell, Document, Paragraph, Table
from juesuan.findings import Evidence, Report, Severity
from juesuan.place import Place, Point, Where, cell, span
from juesuan.render import words
from juesuan.render.excerpt import Excerpt, excerpt
from juesuan.render.text import render_text
from juesuan.render.width import columns, visible, window, wrap
from tests.render.conftest import PATH, document, findings, report

Example = tuple[list[Report], dict[str, Document]]


def shown(example: Example, *, color: bool = False, width: int = 80, verbose: bool = False) -> str:
    return render_text(example[0], example[1], color=color, width=width, verbose=verbose)


def test_says_what_is_wrong_where_and_what_to_do(example: Example) -> None:
    text = shown(example)
    head = "遂宁市安居区工商业联合会  2023年  决算公开  体例：四川省部门（单位）决算公开样式（2022—2024年度）"
    assert f"{head}（sichuan-2023，自动识别）" in text.replace("\n  ", "")
    assert "错误 JS102 增减率与金额不符  第二部分/十、/（一） 第2页" in text
    assert "算式：1.61 ÷ (13.28 − 1.61) = 13.80%" in text
    assert "建议：把“13.18%”改为“13.80%”（改前请核对账表）" in text
    assert "合计  2 份文件：错误 3，疑点 2，提示 2；1 份未能读取" in text


def test_the_marks_stand_below_the_wrong_characters(example: Example) -> None:
    lines = shown(example).splitlines()
    for wrong in ("13.18%", "26.19", "125.2万元", "103.93"):
        under = next(i for i, line in enumerate(lines) if set(line) == {" ", "|", "^"} and wrong in lines[i - 1])
        above, marks = lines[under - 1], lines[under]
        first = columns(marks[: marks.index("^")])
        # The column a wrong text begins at is that of its last occurrence left of the marks' end.
        places = [columns(above[:i]) for i in range(len(above)) if above.startswith(wrong, i)]
        assert first in places
        assert marks.count("^") == columns(wrong)
        lines[under] = ""


def test_hints_are_folded_unless_verbose(example: Example) -> None:
    folded, full = shown(example), shown(example, verbose=True)
    assert "提示 2 处" in folded
    assert "JS110 类级金额与其下各项之和不符 1处，JS301 科目名称已停用 1处" in folded
    assert "自2019年起称" not in folded
    assert "自2019年起称" in full


def test_coverage_and_what_was_not_checked_are_said(example: Example) -> None:
    text = shown(example)
    assert "数字 702 个：已理解 448，参与核算 405，与核算无关 240，未读懂 3" in text.replace("\n" + " " * 8, "")
    assert "· 100分  第二部分/十、/（四） 第2页" in text
    assert "JS203、JS204：没有给出上年的决算公开" in text
    assert "第3页的一张图片没有文字" in text


def test_long_lists_of_unread_numbers_are_counted() -> None:
    one = report()
    many = replace(one, coverage=replace(one.coverage, unread=one.coverage.unread * 10))
    text = render_text([many], {PATH: document()}, color=False)
    assert "未读懂 30" in text
    assert "另有 20 个" in text
    assert "另有" not in render_text([many], {PATH: document()}, color=False, verbose=True)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(example: Example, width: int) -> None:
    # A path stays whole, to be copied.
    paths = [one.path for one in example[0]]
    # A stop may hang over the edge by its own two columns.
    assert all(columns(line) <= width + 2 for line in shown(example, width=width).splitlines() if line not in paths)


def test_colour_changes_nothing_else(example: Example) -> None:
    assert "\x1b" not in shown(example)
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown(example, color=True)) == shown(example)


def test_same_input_same_bytes(example: Example) -> None:
    assert shown(example) == shown(example)


def test_a_report_without_its_document_still_shows_the_quote() -> None:
    text = render_text([report()], {}, color=False)
    assert "| 13.18%\n  | ^^^^^^\n" in text


def test_escape_sequences_of_the_document_do_not_reach_the_terminal() -> None:
    evil = replace(findings()[0], message="标题\x1b]0;x\x07\u202e反", severity=Severity.ERROR)
    one = replace(report(), findings=(evil,), entity="\x1b[31m单位", path="a\x1b[2J.txt")
    text = render_text([one], {}, color=False, verbose=True)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


def test_a_place_that_is_not_in_the_document_is_no_crash() -> None:
    first = findings()[0]
    lost = replace(first.evidence[0], place=span(999, 3, 9), where=None)
    one = replace(report(), findings=(replace(first, evidence=(lost,)),))
    assert "13.18%" in render_text([one], {PATH: document()}, color=False)


@given(st.text(alphabet="一二，。1.%a \n", max_size=80), st.integers(0, 80), st.integers(0, 80), st.integers(8, 60))
def test_a_window_keeps_the_wrong_part_and_the_width(text: str, one: int, two: int, limit: int) -> None:
    text = visible(text)
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    piece, first, last = window(text, start, end, limit)
    assert columns(piece) <= limit
    if columns(text[start:end]) <= limit - 2:
        assert piece[first:last] == text[start:end]


@given(st.text(alphabet="一二，。1.%a ", max_size=120), st.integers(10, 40))
def test_wrapping_loses_no_character(text: str, limit: int) -> None:
    lines = wrap(text, limit)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(columns(line) <= limit + 2 for line in lines)


def test_a_place_over_two_paragraphs_is_quoted_as_one_line() -> None:
    blocks = (Paragraph(id=0, text="本年支出决"), Paragraph(id=1, label="（一）", text="算为1万元。"))
    whole = Document(path="a", format="txt", blocks=blocks)
    item = Evidence(Place(Point(0, 4), Point(1, 3)), "决算为1")
    assert excerpt(item, whole) == Excerpt("本年支出决算为1万元。", 4, 8)


def test_a_cell_that_holds_a_book_costs_no_more_than_what_is_shown() -> None:
    cells = (Cell(row=0, column=0, text="甲" * 9000), Cell(row=0, column=1, text="乙" * 9000 + "错" + "丙" * 9000))
    whole = Document(path="a", format="xlsx", blocks=(Table(id=0, cells=cells, rows=1, columns=2),))
    line = excerpt(Evidence(cell(0, 0, 1, 9000, 9001), "错"), whole)
    assert line.text[line.start : line.end] == "错"
    assert len(line.text) < 1000
    all_ = excerpt(Evidence(cell(0, 0, 1, 0, 18001), "…"), whole)
    assert set(all_.text[all_.start : all_.end]) == {"乙"}
    assert len(all_.text) < 2000


@pytest.mark.parametrize(
    ("part", "section", "said"),
    [
        ("attachment 3", "第四部分/附件3/二", "第四部分/附件3/二"),
        ("attachment 3", "二", "附件3/二"),
        ("attachment 3", "", "附件3"),
        ("table list", "", "附表目录"),
        ("contents", "", "目录"),
        ("body", "十/（一）", "十/（一）"),
        ("第二部分", "十", "第二部分/十"),
    ],
)
def test_a_place_is_told_in_chinese(part: str, section: str, said: str) -> None:
    assert words.place(Where(span(0, 0, 1), part=part, section=section)) == said
