"""One slip in a report that is right: which rule says it, at which place."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from juesuan.check import check_document
from juesuan.compose import compile_report
from juesuan.compose.document import as_document
from juesuan.document.model import Block, Chart, Document, Paragraph, Table
from juesuan.findings import Finding, Severity
from tests.compose.random_books import random_books
from tests.compose.sample import small_unit


@cache
def report() -> Document:
    return as_document(compile_report(small_unit()))


def found(document: Document) -> list[Finding]:
    return [f for f in check_document(document).findings if f.severity > Severity.HINT]


def with_block(document: Document, block: Block) -> Document:
    return replace(document, blocks=(*document.blocks[: block.id], block, *document.blocks[block.id + 1 :]))


def in_text(old: str, new: str) -> Document:
    block = next(b for b in report().blocks if isinstance(b, Paragraph) and old in b.text)
    return with_block(report(), replace(block, text=block.text.replace(old, new, 1)))


def table(title: str, document: Document | None = None) -> Table:
    blocks = (document or report()).blocks
    at = max(b.id for b in blocks if isinstance(b, Paragraph) and b.text == title)
    return next(b for b in blocks[at:] if isinstance(b, Table))


def in_table(title: str, old: str, new: str) -> Document:
    block = table(title)
    cell = next(c for c in block.cells if old in c.text)
    cells = tuple(c._replace(text=c.text.replace(old, new)) if c is cell else c for c in block.cells)
    return with_block(report(), replace(block, cells=cells, _grid={}))


def without_row(title: str, first: str) -> Document:
    block = table(title)
    row = next(c.row for c in block.cells if c.text == first)
    cells = tuple(c._replace(row=c.row - (c.row > row)) for c in block.cells if c.row != row)
    return with_block(report(), replace(block, cells=cells, rows=block.rows - 1, _grid={}))


def said(document: Document, block: int) -> set[str]:
    """Rules with evidence in a block."""
    return {f.rule for f in found(document) if any(e.place.block == block for e in f.evidence)}


def test_the_report_itself_is_clean() -> None:
    assert not found(report())


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("支出决算表", "20805"),  # 项 without their 款
        ("支出决算表", "2210201"),  # 款 with money and no 项
        ("收入决算表", "合计"),
        ("一般公共预算财政拨款支出决算表", "221"),
        ("财政拨款支出决算明细表", "303"),
        ("收入支出决算总表", "八、其他收入"),  # 行次 and 序号 jump
        ("财政拨款收入支出决算总表", "总计"),
        ("一般公共预算财政拨款基本支出决算明细表", "人员经费合计"),
    ],
)
def test_a_row_that_is_gone_is_missed(title: str, first: str) -> None:
    assert "JS412" in said(without_row(title, first), table(title).id)


def test_rows_that_no_table_prints_are_not_missed() -> None:
    """A table that stops at 款, as all others do, leaves nothing out."""
    document = report()
    for title in ("收入决算表", "支出决算表", "一般公共预算财政拨款支出决算表", "一般公共预算财政拨款项目支出决算表"):
        block = table(title, document)
        items = {c.row for c in block.cells if len(c.text) == 7 and c.text.isdecimal()}
        kept = sorted({c.row for c in block.cells} - items)
        cells = tuple(c._replace(row=kept.index(c.row)) for c in block.cells if c.row in kept)
        document = with_block(document, replace(block, cells=cells, rows=len(kept), _grid={}))
    assert "JS412" not in {f.rule for f in found(document)}


@pytest.mark.parametrize(
    ("title", "old", "new", "rule"),
    [
        ("支出决算表", "行政事业单位养老支出", "行政事业单位离退", "JS303"),
        ("收入支出决算总表", "灾害防治及应急管理支出", "灾防治及应急管理支出", "JS303"),
        ("财政拨款收入支出决算总表", "十五、商业服务业等支出", "十五、住房保障支出", "JS303"),
        ("财政拨款“三公”经费支出决算表", "公务用车运行维护费", "公务用车运维护费", "JS305"),
        ("一般公共预算财政拨款支出决算明细表", "工资福利支出", "工资福支出", "JS305"),
        ("一般公共预算财政拨款支出决算明细表", "基本工资", "奖励金", "JS305"),
    ],
)
def test_a_name_in_a_table_that_is_not_the_accounts(title: str, old: str, new: str, rule: str) -> None:
    assert rule in said(in_table(title, old, new), table(title).id)


def test_a_final_word_left_out_is_the_same_name() -> None:
    title = "收入支出决算总表"
    assert not found(in_table(title, "灾害防治及应急管理支出", "灾害防治及应急管理"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("社会保障和就业支出31.45", "社会保障就业支出31.45"),
        ("卫生健康支出5.45", "教育支出5.45"),
        ("差旅费1.99", "差费1.99"),
        ("差旅费1.99", "租赁费1.99"),
        ("6.社会保障和就业支出（类）", "6.教育支出（类）"),
        ("民主党派及工商联事务（款）行政运行（项）：支出", "民主党派及工商联事务（款）机关服务（项）：支出"),
    ],
)
def test_a_name_of_the_text_that_no_table_has(old: str, new: str) -> None:
    block = next(b.id for b in report().blocks if isinstance(b, Paragraph) and old in b.text)
    assert said(in_text(old, new), block) & {"JS302", "JS304", "JS110"}


def test_a_short_name_is_no_slip() -> None:
    assert not said(in_text("机关事业单位基本养老保险缴费9.96", "养老保险9.96"), 0)
    assert "JS304" not in {f.rule for f in found(in_text("机关事业单位基本养老保险缴费9.96", "养老保险9.96"))}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("住房改革支出（款）住房公积金（项）：指", "住房改革支出（款）购房补贴（项）：指"),
        ("住房改革支出（款）住房公积金（项）：指", "城乡社区住宅（款）住房公积金（项）：指"),
        ("住房改革支出（款）住房公积金（项）：指", "住房改革支出（款）住房公积（项）：指"),
    ],
)
def test_an_entry_of_the_glossary_that_is_not_the_reports_account(old: str, new: str) -> None:
    assert "JS408" in {f.rule for f in found(in_text(old, new))}


def test_a_table_emptied_though_its_money_is_told_elsewhere() -> None:
    for title in ("财政拨款“三公”经费支出决算表", "一般公共预算财政拨款基本支出决算明细表"):
        block = table(title)
        cells = tuple(c._replace(text="") if "." in c.text else c for c in block.cells)
        emptied = with_block(report(), replace(block, cells=cells, _grid={}))
        (finding,) = [f for f in found(emptied) if f.rule == "JS410"]
        assert "另处写有" in finding.message


@pytest.mark.parametrize("seed", [5002, 5020, 5028])
def test_tables_without_money_of_their_own_say_nothing(seed: int) -> None:
    """What is spent of another kind or fund is no reason to fill a table."""
    document = as_document(compile_report(random_books(seed, "sichuan-2023")))
    assert not found(document)


# --- sentences -------------------------------------------------------------------------------------------------


def text_rules(old: str, new: str) -> set[str]:
    """Rules with evidence in the paragraph that was changed."""
    block = next(b.id for b in report().blocks if isinstance(b, Paragraph) and old in b.text)
    return said(in_text(old, new), block)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        # 持平 as more: nothing says by how much.
        ("因公出国（境）支出决算与2022年持平", "因公出国（境）支出决算比2022年增加", "JS112"),
        # Two figures that read alike, a word that parts them, and no reason.
        (
            "支出决算为9.26万元，完成预算100.00%，决算数与预算数持平",
            "支出决算为9.26万元，完成预算100.00%，决算数大于预算数",
            "JS107",
        ),
        (
            "公务接待费支出0.80万元，完成预算100.00%，决算数与预算数持平",
            "公务接待费支出0.80万元，完成预算100.00%，决算数大于预算数",
            "JS107",
        ),
        # This year's figures under another year.
        ("2023年一般公共预算财政拨款基本支出", "2022年一般公共预算财政拨款基本支出", "JS512"),
        ("2023年本年收入合计", "2024年本年收入合计", "JS512"),
        ("2023年，区工商联政府采购支出总额", "2022年，区工商联政府采购支出总额", "JS512"),
        ("2023年政府性基金预算财政拨款支出", "2022年政府性基金预算财政拨款支出", "JS512"),
        ("本单位2023年度没有使用政府性", "本单位2022年度没有使用政府性", "JS503"),
        ("公开时间：2024年", "公开时间：2023年", "JS503"),
        ("公开时间：2024年", "公开时间：2025年", "JS503"),
        # Rates.
        ("基本支出125.29万元，占82.32%", "基本支出125.29万元，占82.32个百分点", "JS501"),
        ("增加1.61万元，增长13.80%", "增加1.61万元，增长13.80个百分点", "JS501"),
        ("占政府采购支出总额的100.00%。", "占政府采购支出总额的100.00。", "JS501"),
        # Below zero.
        ("14批次", "-14批次", "JS113"),
        ("支出决算为21.15万元，完成预算100.00%", "支出决算为21.15万元，完成预算-100.00%", "JS113"),
        # Counts and measures.
        ("14批次，60人次", "14批次，60批次", "JS703"),
        ("单价100万元（含）", "单价10万元（含）", "JS705"),
        ("设备（不含车辆）0台（套）", "设备（不含车辆）0辆", "JS705"),
        ("13.28万元。与2022年相比，机关运行", "13.28元。与2022年相比，机关运行", "JS102"),
    ],
)
def test_a_slip_of_a_sentence(old: str, new: str, rule: str) -> None:
    assert rule in text_rules(old, new)


def test_a_word_with_its_reason_may_part_figures_that_read_alike() -> None:
    old = "支出决算为9.26万元，完成预算100.00%，决算数与预算数持平"
    new = "支出决算为9.26万元，完成预算100.00%，决算数大于预算数的主要原因是人员增加"
    assert not text_rules(old, new)


@pytest.mark.parametrize(
    ("seed", "old", "new", "rule"),
    [
        (5002, "“三公”经费支出增加113.02万元（上年无此项", "“三公”经费支出减少113.02万元（上年无此项", "JS107"),
        (5002, "因公出国（境）支出决算增加113.02万元（上年", "因公出国（境）支出决算增加113.02元（上年", "JS103"),
        (5002, "未安排预算，决算数大于预算数", "未安排预算，决算数小于预算数", "JS107"),
        (5003, "181.82%，决算数大于年初预算数", "181.82%，决算数小于年初预算数", "JS107"),
        (5008, "支出决算增加0.00万元，增长9.17%", "支出决算减少0.00万元，增长9.17%", "JS506"),
        (5005, "部门共有公务用车8辆", "部门共有公务用车9辆", "JS702"),
    ],
)
def test_a_slip_where_there_was_nothing_or_little_before(seed: int, old: str, new: str, rule: str) -> None:
    document = as_document(compile_report(random_books(seed, ("sichuan-2023", "ministry-nine")[seed % 2])))
    block = next(b for b in document.blocks if isinstance(b, Paragraph) and old in b.text)
    changed = with_block(document, replace(block, text=block.text.replace(old, new, 1)))
    assert rule in said(changed, block.id)


# --- charts ----------------------------------------------------------------------------------------------------


def chart(number: int, document: Document | None = None) -> Chart:
    return [b for b in (document or report()).blocks if isinstance(b, Chart)][number - 1]


def with_values(number: int, series: int, *values: str) -> Document:
    block = chart(number)
    lines = list(block.series)
    lines[series] = replace(lines[series], values=values)
    return with_block(report(), replace(block, series=tuple(lines)))


@pytest.mark.parametrize("value", ["12.15", "122.25", "152.20"])
def test_last_years_bar_is_held_against_the_change(value: str) -> None:
    assert "JS801" in said(with_values(1, 0, value, "152.20"), chart(1).id)
    assert "JS801" in said(with_values(5, 0, value, "152.20"), chart(5).id)


def test_last_years_bar_may_be_off_by_rounding() -> None:
    assert not said(with_values(5, 0, "122.16", "152.20"), chart(5).id)


@pytest.mark.parametrize(
    "labels", [("2021年", "2023年"), ("2022年", "2024年"), ("2023年", "2023年"), ("2022年", "2022年")]
)
def test_the_years_of_a_chart_are_this_and_the_last(labels: tuple[str, str]) -> None:
    assert "JS803" in said(with_block(report(), replace(chart(4), categories=labels)), chart(4).id)


@pytest.mark.parametrize("label", ["教育支出", "住房障支出"])
def test_a_label_that_the_list_beside_the_chart_does_not_have(label: str) -> None:
    block = chart(6)
    labels = tuple(label if c == "住房保障支出" else c for c in block.categories)
    assert "JS805" in said(with_block(report(), replace(block, categories=labels)), block.id)
