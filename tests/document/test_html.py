"""Web pages and web archives: text in order, tables, encodings, what is lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan import errors
from juesuan.document.html import read_html, read_mhtml
from juesuan.document.limits import Limits
from juesuan.document.model import Document, Paragraph, Table
from juesuan.document.read import open_document

HERE = Path("页面.html")

PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>标题栏</title><style>p{color:red}</style></head>
<body><script>var a = "脚本";</script><h1>2023年度<b>部门决算</b></h1>前言
<p>本年收入合计<span>152.2</span>万元，<br>占100%。</p><!-- 注释 -->
<table><caption>收入决算表</caption><thead><tr><th rowspan=2>项目</th><th colspan="2">金额</th></tr>
<tr><th>本年<th>上年</tr></thead><tbody><tr><td>合计</td><td> 152.20 </td><td></td></tr></tbody></table>
<div>后文<div>其中：甲</div>尾</div></body></html>"""


def shape(document: Document) -> list[object]:
    found: list[object] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append((block.heading, block.text))
        elif isinstance(block, Table):
            found.append([(cell.row, cell.column, cell.rowspan, cell.colspan, cell.text) for cell in block.cells])
    return found


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_text_headings_and_tables_in_order(encoding: str) -> None:
    document = read_html(HERE, PAGE.encode(encoding))
    assert shape(document) == [
        (1, "2023年度部门决算"),
        (None, "前言"),
        (None, "本年收入合计152.2万元，"),
        (None, "占100%。"),
        (None, "收入决算表"),
        [
            (0, 0, 2, 1, "项目"),
            (0, 1, 1, 2, "金额"),
            (1, 1, 1, 1, "本年"),
            (1, 2, 1, 1, "上年"),
            (2, 0, 1, 1, "合计"),
            (2, 1, 1, 1, "152.20"),
            (2, 2, 1, 1, ""),
        ],
        (None, "后文"),
        (None, "其中：甲"),
        (None, "尾"),
    ]
    assert document.problems == ()


def test_a_wrong_declaration_does_not_garble() -> None:
    page = "<html><head><meta charset='utf-8'></head><body>财政拨款收入</body></html>".encode("gb18030")
    assert shape(read_html(HERE, page)) == [(None, "财政拨款收入")]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    page = "<table><tr><td>菜单</td><td><p>正文</p><table><tr><td>项目</td><td>金额</td></tr></table></td></tr></table>"
    assert shape(read_html(HERE, page.encode())) == [
        (None, "菜单"),
        (None, "正文"),
        [(0, 0, 1, 1, "项目"), (0, 1, 1, 1, "金额")],
    ]


def test_line_breaks_of_the_source() -> None:
    page = "<p>财政\n  拨款<b>\n收入</b> 152.2\n万元\n</p><pre>第一行\n第二行</pre>尾"
    assert shape(read_html(HERE, page.encode())) == [
        (None, "财政拨款收入 152.2 万元"),
        (None, "第一行"),
        (None, "第二行"),
        (None, "尾"),
    ]


def test_a_workbook_that_is_a_web_page(tmp_path: Path) -> None:
    file = tmp_path / "收入表.xls"
    file.write_bytes("<table><tr><td>项目<td>金额<tr><td>合计<td>1.00</table>".encode("gb18030"))
    document = open_document(file)
    assert document.format == "html"
    assert shape(document) == [[(0, 0, 1, 1, "项目"), (0, 1, 1, 1, "金额"), (1, 0, 1, 1, "合计"), (1, 1, 1, 1, "1.00")]]


def test_a_word_file_that_is_a_web_archive(tmp_path: Path) -> None:
    file = tmp_path / "决算.doc"
    file.write_bytes(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        b"<html><body><p>=CA=D5=C8=EB152.2=\r\n=CD=F2=D4=AA</p></body></html>\r\n--b--\r\n"
    )
    document = open_document(file)
    assert document.format == "mhtml"
    assert shape(document) == [(None, "收入152.2万元")]


def test_an_archive_without_a_page_is_refused() -> None:
    with pytest.raises(errors.DamagedDocumentError, match="没有网页正文"):
        read_mhtml(HERE, b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--\n")


def test_pictures_and_frames_are_told() -> None:
    only = read_html(HERE, b"<html><body><img src=a.png></body></html>")
    assert [problem.lost for problem in only.problems] == [True]
    both = read_html(HERE, "<html><body>文字<img src=a.png><iframe src=b></iframe></body></html>".encode())
    assert [problem.lost for problem in both.problems] == [False, True]


def test_what_the_parser_gives_up_is_told() -> None:
    document = read_html(HERE, ("前" + "<div>" * 5000 + "深处").encode())
    assert [problem.lost for problem in document.problems] == [True]


def test_an_empty_page_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "空.html"
    file.write_bytes(b"<html><body><script>x()</script></body></html>")
    with pytest.raises(errors.EmptyDocumentError):
        open_document(file)


def test_entities_are_not_fetched_or_multiplied() -> None:
    page = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]><html><p>甲&b;&a;乙</p></html>'
    text = str(shape(read_html(HERE, page.encode())))
    assert "root:" not in text
    assert "乙" in text


@pytest.mark.parametrize(
    "page",
    [
        "<table>" + "<tr><td rowspan=1000 colspan=1000>1</td></tr>" * 20 + "</table>",
        "<table>" + "<tr><td>1</td><td>2</td></tr>" * 400 + "</table>",
    ],
)
def test_cells_are_limited(page: str) -> None:
    with pytest.raises(errors.LimitError):
        read_html(HERE, page.encode(), Limits(table_cells=500))


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>" * 60_000,
        "<b>" * 200_000 + "甲",
        "<p>甲" * 100_000,
        "<table>" + "<tr><td>1<td>2" * 50_000,
        "<" * 300_000,
    ],
)
def test_large_pages_end_in_seconds(page: str) -> None:
    started = time.process_time()  # Not the clock on the wall: that also counts what else the machine does.
    read_html(HERE, page.encode())
    assert time.process_time() - started < 20


TAGS = "table tr td/rowspan=3 td/colspan=2 td/colspan=-1 td/rowspan=x /td /table p br h2 !-- ?x"
PIECES = [
    *(f"<{tag.replace('/', ' ') if tag[0] != '/' else tag}>" for tag in TAGS.split()),
    "甲",
    "1.0",
    "-->",
    "&#0;",
    "<a",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_markup_ends_in_a_document_or_a_named_refusal(pieces: list[str]) -> None:
    try:
        document = read_html(HERE, "".join(pieces).encode())
    except errors.UnreadableError:
        return
    for block in document.blocks:
        if isinstance(block, Table):
            places = [
                (cell.row + down, cell.column + right)
                for cell in block.cells
                for down in range(cell.rowspan)
                for right in range(cell.colspan)
            ]
            assert len(places) == len(set(places))
            assert all(row < block.rows and column < block.columns for row, column in places)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_archive_ends_in_a_document_or_a_named_refusal(body: bytes) -> None:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html"
    try:
        read_mhtml(HERE, head + body)
    except errors.UnreadableError:
        return
