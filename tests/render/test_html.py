"""The page as text: self-contained, safe, complete. What it does in a browser is in test_html_browser.py."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.document.model import Cell, Document, Paragraph, Table
from juesuan.findings import Evidence, Finding, Report, Role, Severity
from juesuan.place import Place, Point, Where, span
from juesuan.render.html import render_html
from juesuan.render.html.body import body
from juesuan.render.html.escape import script_json
from juesuan.render.html.formula import Node, parse
from juesuan.render.html.marks import Marks, collect
from tests.render.conftest import PATH, document, findings, report

Example = tuple[list[Report], dict[str, Document]]
EVIL = "</script><script>hacked=1</script><img src=x onerror=hacked=1>\"'&\u2028<!--"


def body_text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def finding_at(*places: tuple[Place, Role]) -> Finding:
    evidence = tuple(Evidence(place, "…", role) for place, role in places)
    return Finding(rule="JS100", name="any", severity=Severity.ERROR, message="…", evidence=evidence)


def test_nothing_is_fetched_and_only_the_own_style_and_script_may_run(example: Example) -> None:
    html = render_html(*example)
    assert not re.search(r"""(?:src|href|action)\s*=|url\(|@import|https?:""", html)
    policy = unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', html)[0])
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        content = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert len(content) == 1
        digest = base64.b64encode(hashlib.sha256(content[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    # Style attributes would need a looser policy.
    assert not re.search(r'\sstyle="', html)


def test_no_text_of_the_document_becomes_markup() -> None:
    one = replace(findings()[0], message=EVIL, formula=EVIL, basis=EVIL, expected=EVIL, actual=EVIL)
    blocks = (Paragraph(id=0, text=EVIL, label=EVIL), *document().blocks[1:])
    evil = replace(report(EVIL), findings=(one,), entity=EVIL, profile=EVIL)
    html = render_html([evil, evil], {EVIL: replace(document(EVIL), blocks=blocks)})
    assert "<script>hacked" not in html
    assert "<img" not in html
    assert html.count("<script") == html.count("</script>") == 3


@given(st.text())
def test_embedded_json_is_read_back_and_cannot_end_its_element(text: str) -> None:
    written = script_json({"text": text})
    assert "<" not in written
    read = json.loads(written)["text"]
    assert len(read) == len(text)


def test_the_document_stands_in_the_page_whole() -> None:
    html = "\n".join(body(document(), Marks()))
    text = body_text(html)
    for block in document().blocks:
        if isinstance(block, Paragraph):
            assert block.text in text
        elif isinstance(block, Table):
            assert all(cell.text in text for cell in block.cells)
    assert '<td colspan="2">项目</td>' in html
    assert '<td rowspan="2">本年支出合计</td>' in html


def test_marks_overlap_and_lose_no_character() -> None:
    text = "甲乙丙丁戊己"
    whole = Document(path="a", format="txt", blocks=(Paragraph(id=0, text=text),))
    one = finding_at((span(0, 1, 4), Role.SUBJECT))
    two = finding_at((span(0, 2, 5), Role.OPERAND), (span(0, 5, 99), Role.SUBJECT))
    marks = collect(replace(report("a"), findings=(one, two)), whole)
    html = marks.on(text, (0, None, None, None, None))
    assert body_text(html) == text
    assert '<mark class="s-error" data-e="0.0 1.0" tabindex="-1">丙丁</mark>' in html
    assert '<span class="quiet" data-e="1.0" tabindex="-1">戊</span>' in html


@given(st.lists(st.tuples(st.integers(-2, 12), st.integers(-2, 12)), max_size=8))
def test_every_character_is_marked_by_exactly_the_marks_over_it(edges: list[tuple[int, int]]) -> None:
    text = "一二三四五六七八九"
    whole = Document(path="a", format="txt", blocks=(Paragraph(id=0, text=text),))
    all_ = tuple(finding_at((span(0, start, end), Role.SUBJECT)) for start, end in edges)
    marks = collect(replace(report("a"), findings=all_, coverage=replace(report().coverage, unread=())), whole)
    html = marks.on(text, (0, None, None, None, None))
    assert body_text(html) == text
    for at, char in enumerate(text):
        over = {f"{number}.0" for number, (start, end) in enumerate(edges) if start <= at < end}
        found = re.search(rf'<mark class="s-error" data-e="([^"]*)" tabindex="-1">[^<]*{char}[^<]*</mark>', html)
        assert (set(found[1].split()) if found else set()) == over


def test_a_place_over_two_paragraphs_is_marked_in_both() -> None:
    blocks = (Paragraph(id=0, text="支出决"), Paragraph(id=1, text="算为1万元"))
    whole = Document(path="a", format="txt", blocks=blocks)
    marks = collect(
        replace(report("a"), findings=(finding_at((Place(Point(0, 2), Point(1, 1)), Role.SUBJECT)),)), whole
    )
    html = "".join(body(whole, marks))
    assert html.count('data-e="0.0"') == 2


def test_evidence_of_another_file_or_of_no_block_is_not_marked() -> None:
    elsewhere = span(2, 0, 3)
    other = Evidence(elsewhere, "…", Role.SUBJECT, Where(elsewhere, file="别的.docx"))
    one = replace(finding_at((span(999, 0, 1), Role.SUBJECT)), evidence=(other, Evidence(span(999, 0, 1), "…")))
    plain = replace(report(), findings=(one,), coverage=replace(report().coverage, unread=()))
    assert not collect(plain, document()).by_holder
    assert "别的.docx" in render_html([plain], {PATH: document()})


def test_a_sheet_of_a_million_empty_rows_is_said_not_drawn() -> None:
    cells = (
        Cell(row=0, column=0, text="甲", rowspan=3),
        Cell(row=1, column=2, text="乙"),
        Cell(row=1_000_000, column=16_000, text="丙"),
    )
    table = Table(id=0, cells=cells, rows=1_048_576, columns=16_384)
    html = "".join(body(Document(path="a", format="xlsx", blocks=(table,)), Marks()))
    assert len(html) < 2000
    assert "空 999997 行" in html
    assert "<tr><td></td><td>乙</td></tr>" in html


def test_same_input_same_bytes(example: Example) -> None:
    assert render_html(*example) == render_html(*example)


def shape(node: Node | None) -> object:
    if node is None:
        return None
    return [node.sign, node.text] if not node.kids else [node.sign, node.word, *map(shape, node.kids)]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (
            "1.61 ÷ (13.28 − 1.61) = 13.80%，显示精度内 13.74%～13.85%",
            ["", "等式", ["", "商", ["", "1.61"], ["÷", "差", ["", "13.28"], ["−", "1.61"]]], ["=", "13.80%"]],
        ),
        ("1,234.5 + 2", ["", "和", ["", "1,234.5"], ["+", "2"]]),
        (
            "因公出国（境）费 1.00＋接待费 2.00＝3.00",
            ["", "等式", ["", "和", ["", "因公出国（境）费 1.00"], ["＋", "接待费 2.00"]], ["＝", "3.00"]],
        ),
        ("3 − 5 = −2", ["", "等式", ["", "差", ["", "3"], ["−", "5"]], ["=", "−2"]]),
        ("2023-12-31", None),
        ("(1 + 2 = 3", None),
        ("1 + = 3", None),
        ("", None),
        ("(" * 500 + "1" + ")" * 500 + " = 1", None),
    ],
)
def test_formulas_are_read_as_trees_or_left_alone(text: str, tree: object) -> None:
    assert shape(parse(text)) == tree


@given(st.text(alphabet="1.2,%+−×÷()（）= -甲", max_size=40))
def test_any_formula_ends_in_a_tree_or_none(text: str) -> None:
    node = parse(text)
    assert node is None or all(leaf.text for leaf in node.leaves())
