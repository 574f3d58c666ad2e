"""Clean text, and the way back from each of its characters to the source."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.document.model import Block, Cell, Document, Origin, Paragraph
from juesuan.place import Point
from juesuan.understand.passages import cell_text, passages


def document(*texts: str) -> Document:
    blocks: tuple[Block, ...] = tuple(Paragraph(id=n, text=text) for n, text in enumerate(texts))
    return Document(path="测试", format="txt", blocks=blocks)


def clean(text: str) -> str:
    return "|".join(p.text for p in passages(document(text)))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("[bookmark: _GoBack]1.主要职能。参与", "1.主要职能。参与"),
        ("支出决算为 51.98 万元。决算数", "支出决算为51.98万元。决算数"),
        ("60.99 2.07%", "60.99 2.07%"),
        ("60.99\u3000 \t2.07%", "60.99 2.07%"),
        ("共计1, 537.4万元", "共计1, 537.4万元"),
        ("1,537.4万元,其中:", "1,537.4万元，其中："),
        ("目\u3000\u00a0录", "目录"),
        ("２０２３年占１００％；（A）", "2023年占100%；（A）"),
        ("下降－５．２％", "下降-5.2%"),
        ("(一)基本支出;占82.32%", "（一）基本支出；占82.32%"),
        ("一般公\u200b共\ufeff预算", "一般公共预算"),
        ('称"区工商联" 部门', '称"区工商联"部门'),
        ("  居中标题  ", "居中标题"),
        ("COVID 19 疫情", "COVID 19疫情"),
        ("1. 2023年工作", "1. 2023年工作"),
        ("一、部门概况\n本部门是行政单位", "一、部门概况|本部门是行政单位"),
        ("1.提高认识；\n2.加强管理。", "1.提高认识；|2.加强管理。"),
        ("全年支出决\n算为5万元", "全年支出决算为5万元"),
    ],
)
def test_clean_text(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_place_leads_back_over_removed_characters() -> None:
    source = document("[bookmark: _Toc1]支出 为 51.98 万元")
    passage = passages(source)[0]
    start = passage.text.index("51.98")
    place = passage.place(start, start + 7)
    assert source.text_of(place) == "51.98 万元"
    assert place.start == Point(0, source.blocks[0].text.index("51"))  # type: ignore[attr-defined]


def test_place_in_the_second_line_of_a_block() -> None:
    source = document("一、概况\n 支出 5 万元")
    passage = passages(source)[1]
    assert source.text_of(passage.place(2, 5)) == "5 万元"


def test_headers_footers_and_empty_paragraphs_are_no_passages() -> None:
    blocks: tuple[Block, ...] = (
        Paragraph(id=0, text="页眉", origin=Origin.HEADER),
        Paragraph(id=1, text=" \u3000"),
        Paragraph(id=2, text="[bookmark: _Toc1]"),
        Paragraph(id=3, text="正文"),
        Paragraph(id=4, text="脚注", origin=Origin.FOOTNOTE),
        Paragraph(id=5, text="批注", origin=Origin.COMMENT),
    )
    found = passages(Document(path="测试", format="docx", blocks=blocks))
    assert [(p.index, p.text, p.segments[0].block) for p in found] == [(0, "正文", 3), (1, "脚注", 4)]


def test_text_of_a_cell_is_cleaned_as_that_of_a_paragraph() -> None:
    assert cell_text(Cell(row=2, column=1, text=" 预算 数:１０ ")) == "预算数：10"
    assert cell_text(Cell(row=2, column=1, text="办 公 费" * 100)) == "办公费" * 100


def test_empty_cell() -> None:
    assert cell_text(Cell(row=0, column=0, text="\n")) == ""
    assert cell_text(Cell(row=0, column=0, text="")) == ""


FOLDED = {
    "，": ",，",
    "（": "(（",
    "）": ")）",
    "：": ":：",
    "；": ";；",
    " ": " \u3000\u00a0\t\n",
    "5": "5５",
    "%": "%％",
}


@given(st.text(alphabet="一万元，。,.:;()（）5５6 \u3000\t\n\u200bA%％“”[bookmark: _x]", max_size=60))
def test_each_character_leads_back_to_its_source(raw: str) -> None:
    source = document(raw)
    found = passages(source)
    points = [p.point(n) for p in found for n in range(len(p.text))]
    assert points == sorted(set(points))
    for passage in found:
        assert passage.text == passage.text.strip() != ""
        for n, char in enumerate(passage.text):
            assert raw[passage.point(n).offset] in FOLDED.get(char, char)


@pytest.mark.parametrize("text", ["[bookmark:" * 20_000, "," + " " * 200_000, "（" * 100_000, "\n" * 100_000 + "x"])
def test_hostile_text_takes_no_long(text: str) -> None:
    start = time.perf_counter()
    passages(document(text))
    assert time.perf_counter() - start < 2
