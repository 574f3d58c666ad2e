"""Published reports, read through the public interface."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.document.model import Document, Paragraph, Table
from juesuan.document.pdf import read_pdf
from juesuan.place import span

HERE = Path(__file__).parent
SAMPLES = Path(__file__).parents[3] / "bench" / "samples"
FINAL = "putuo-shgzb-2024-final.pdf"


@cache
def read(name: str) -> Document:
    path = SAMPLES / name
    return read_pdf(path, path.read_bytes(), DEFAULT_LIMITS)


def paragraphs(name: str) -> list[Paragraph]:
    return [block for block in read(name).blocks if isinstance(block, Paragraph)]


def tables(name: str) -> list[Table]:
    return [block for block in read(name).blocks if isinstance(block, Table)]


def test_cells_agree_with_the_file_checked_by_hand() -> None:
    checked: dict[str, Any] = json.loads((HERE / "putuo-shgzb-cells.json").read_text("utf-8"))
    expected = Counter((k, *cell) for k, table in enumerate(checked["tables"]) for cell in table["cells"])
    found = Counter(
        (k, cell.page, cell.row, cell.column, cell.rowspan, cell.colspan, cell.text)
        for k, table in enumerate(tables(FINAL))
        for cell in table.cells
    )
    assert expected.total() > 1000
    agree = (expected & found).total()
    assert agree >= 0.999 * max(expected.total(), found.total()), (expected - found, found - expected)


def test_paragraphs_are_whole() -> None:
    texts = [p.text for p in paragraphs(FINAL)]
    # Wrapped over lines; over the end of a page; a heading of two centred lines.
    assert "本年支出合计307.82万元，其中：基本支出105.58万元，占34.30%；项目支出202.24万元，占65.70%。" in texts
    over = next(p for p in paragraphs(FINAL) if len({line.page for line in p.lines}) == 2)
    assert over.text.startswith(("一般公共预算财政拨款支出307.82", "3、一般公共服务支出（类）"))
    assert "第三部分 中共上海市普陀区委社会工作部2024年度部门决算情况说明" in texts
    assert not any("\n" in text or text != text.strip() for text in texts)


def test_entries_of_the_contents_stay_apart() -> None:
    texts = [p.text for p in paragraphs(FINAL) if p.page in {2, 3}]
    assert texts.count("一、收入支出决算总表") == 1
    assert texts.count("九、国有资本经营预算财政拨款收入支出决算表") == 1
    assert len(texts) == 27


def test_captions_stand_before_their_table() -> None:
    blocks = read(FINAL).blocks
    first = next(k for k, block in enumerate(blocks) if isinstance(block, Table) and block.page == 5)
    before = [block.text for block in blocks[first - 2 : first] if isinstance(block, Paragraph)]
    assert before == ["收入支出决算总表", "单位：万元"]


def test_every_character_has_its_place() -> None:
    document = read(FINAL)
    for block in document.blocks:
        held = [block] if isinstance(block, Paragraph) else [*block.cells] if isinstance(block, Table) else []
        for piece in held:
            assert sum(len(line) for line in piece.lines) == len(piece.text)
            assert [line.start for line in piece.lines] == sorted(line.start for line in piece.lines)


def test_box_of_words_lies_where_they_are_printed() -> None:
    document = read(FINAL)
    block = next(p for p in paragraphs(FINAL) if p.text.startswith("本年收入合计"))
    start = block.text.index("307.82")
    (where,) = document.boxes_of(span(block.id, start, start + 6))
    left, top, right, bottom = where.box
    # Six digits of 16 points, in the upper half of page 17.
    assert where.page == 17
    assert 40 < right - left < 60
    assert 10 < bottom - top < 25
    assert 280 < top < 420


@pytest.mark.parametrize(
    ("name", "rows", "columns", "pages"),
    [
        ("putuo-wanli-dept-2024-budget.pdf", 70, 9, {11, 12, 13, 14, 15}),
        # The header is repeated on every page and stands once.
        ("putuo-wanli-dept-2024-budget.pdf", 70, 7, {22, 23, 24, 25, 26}),
    ],
)
def test_tables_go_on_over_pages(name: str, rows: int, columns: int, pages: set[int]) -> None:
    found = [t for t in tables(name) if {cell.page for cell in t.cells} == pages]
    assert [(t.rows, t.columns) for t in found] == [(rows, columns)]
    assert sum(1 for cell in found[0].cells if cell.text == "功能分类科目名称") == 1
    assert next(found[0].row_cells())[0].text == "项目"
    last = [cell.text for cell in [*found[0].row_cells()][-1]]
    assert last[:2] == ["合计", "156,211,123"]


def test_forms_of_one_kind_stay_apart() -> None:
    forms = [t for t in tables("putuo-wanli-dept-2023-budget.pdf") if t.page and t.page >= 31]
    assert [t.page for t in forms] == [31, 32, 33, 34, 35]
    assert all(t.cells[0].text == "财政项目支出绩效目标填报表" for t in forms)


def test_nothing_to_complain_of() -> None:
    assert read(FINAL).problems == ()
    assert read(FINAL).pages == 24
