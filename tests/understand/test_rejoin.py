"""Paragraphs and tables broken by page and line ends; a false join is worse than a missed one."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.document.model import Block, Cell, Document, Paragraph, Table
from juesuan.document.read import open_document
from juesuan.understand.passages import passages
from juesuan.understand.rejoin import Evidence, Rejoined, rejoin, rejoin_tables

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"


def table(number: int, *rows: tuple[str, ...]) -> Table:
    cells = tuple(Cell(row=r, column=c, text=text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Table(id=number, cells=cells, rows=len(rows), columns=max(map(len, rows)))


def document(*items: str | tuple[tuple[str, ...], ...]) -> Document:
    blocks: list[Block] = []
    for n, item in enumerate(items):
        blocks.append(Paragraph(id=n, text=item) if isinstance(item, str) else table(n, *item))
    return Document(path="测试", format="docx", blocks=tuple(blocks))


def run(*items: str | tuple[tuple[str, ...], ...]) -> Rejoined:
    source = document(*items)
    return rejoin(source, passages(source))


@pytest.mark.parametrize(
    ("before", "after", "evidence"),
    [
        ("与2024年度相比，收入支出总计增加90.09万元，增长", "1.94%。主要原因：基本支出增加。", Evidence.FIGURE),
        ("上海市普陀区生态环境局2025年度财政拨款收入支出总计", "4733.14 万元。与2024年度相比增加", Evidence.FIGURE),
        ("“一般公共服务（类）群众团体事务（款）一般行政管", "理事务（项）”46.50 万元，主要用于", Evidence.OPEN_BRACKET),
        ("年初预算为51.50万元，其中基本支出为主要部分，", "支出决算为51.98万元。", Evidence.COMMA),
        ("涉及预算金额4,974.93万元；绩效自评的2025", "年度项目48个，涉及预算金额", Evidence.MEASURE),
        ("本部门严格控制经费开支，年初预算安排因公出国费用", "，全年未安排出国团组。", Evidence.PUNCTUATION),
    ],
)
def test_broken_sentences_are_joined(before: str, after: str, evidence: Evidence) -> None:
    found = run(before, "", after)
    assert [p.text for p in found.passages] == [before + after.replace(" ", "")]
    assert [(j.passage, j.position, j.after, j.before, j.evidence) for j in found.joins] == [
        (0, len(before), 0, 2, evidence)
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("二、收入决算情况说明", "2023年本年收入合计152.2万元，其中：财政拨款收入152.2万元。"),
        ("二、部门决算单位构成（仅有一个单位的部门，本部分内容为“机构设置”）", "从预算单位构成看，包括本级决算。"),
        ("七、财政拨款“三公”经费支出决算情况说明", "37.35万元，占100%。"),
        ("上海市普陀区生态环境局2025年度部门决算表收入支出决算总表", "单位：万元"),
        ("截至2023年12月31日，共有车辆0辆，单价100万元以上专用设备0台（套）", "（四）预算绩效管理情况"),
        ("1.抓好思想教育，做好政治引领工作", "一是继续组织在民营企业中深入开展党史学习教育。"),
        ("年初预算为20万元，支出决算为16.24万元，完成年初预算的", "4.“科学技术支出（类）”5.57万元。"),
        ("本年收入合计152.2万元，主要包括以下各项收入来源的合计数", "第三部分 名词解释"),
        ("基本支出125.29万元，项目支出26.91万元，占17.68%", "26.91万元，17.68%"),
        ("三公经费主要原因：按实际填写。（如持平作持平表述）", "2024年度“三公”经费支出决算数比上年增加。"),
        ("本单位2023年度部门决算公开，联系电话0825", "8661234，欢迎监督。"),
    ],
)
def test_what_stands_alone_is_not_joined(before: str, after: str) -> None:
    assert run(before, after).joins == ()


def test_the_two_sides_of_a_table_are_not_joined() -> None:
    assert (
        run("与2024年度相比，收入支出总计增加90.09万元，增长", (("序号", "名称"),), "1.94%。主要原因：增加。").joins
        == ()
    )


def test_line_width_counts_only_where_lines_are_broken() -> None:
    soft = ("决算数大于预算数的主要原因：因人员变动、职务职级变动，年", "中追加了基本经费；因工作需要追加项目经费。")
    assert run(*soft).joins == ()
    broken = ("公务用车购置及运行维护费支出决算比上年增加较多，增加", "5.07 万元，增长 42.68%。")
    found = run(*broken, *broken, *broken, *soft)
    assert [j.evidence for j in found.joins] == [Evidence.FIGURE] * 3 + [Evidence.FULL_LINE]


def test_page_numbers_between_halves_are_dropped_and_reported() -> None:
    found = run("收入支出总计增加90.09万元，比上年增长", "18", "1.94%。主要原因：增加。", "— 19 —", "二、收入情况")
    assert [p.text for p in found.passages] == [
        "收入支出总计增加90.09万元，比上年增长1.94%。主要原因：增加。",
        "二、收入情况",
    ]
    assert [(d.block, d.text, d.kind) for d in found.dropped] == [(1, "18", "bare_number"), (3, "—19—", "page_number")]
    assert [p.index for p in found.passages] == [0, 1]


def test_a_number_alone_between_whole_paragraphs_stays() -> None:
    assert [p.text for p in run("共有车辆如下。", "18", "以上为车辆数。").passages][1] == "18"


def test_joined_passages_lead_back_to_both_blocks() -> None:
    source = document("公务用车购置及运行维护费支出决算，增长为", "", " 16.95 万元，占100%。")
    passage = rejoin(source, passages(source)).passages[0]
    at = passage.text.index("为16.95万元")
    assert source.text_of(passage.place(at + 1, at + 8)) == "16.95 万元"
    assert source.text_of(passage.place(at, at + 6)) == "为 16.95"


def test_sample_without_broken_lines_has_no_join() -> None:
    source = open_document(SAMPLES / "anju-gsl-2023-final.txt")
    single = passages(source)
    found = rejoin(source, single)
    assert found.joins == ()
    assert found.dropped == ()
    assert found.passages == single


@pytest.mark.parametrize(
    ("name", "joins"), [("putuo-sthjj-2025-final.docx", 28), ("putuo-shiquan-2025-final.docx", 58)]
)
def test_samples_with_broken_lines(name: str, joins: int) -> None:
    source = open_document(SAMPLES / name)
    found = rejoin(source, passages(source))
    assert len(found.joins) == joins
    for join in found.joins:
        text = found.passages[join.passage].text
        assert text[join.position - 1] not in "。；：！？"
        assert not text[join.position :].startswith(("一、", "（一）", "单位：", "注：", "第"))
    alone = {p.text for p in found.passages}
    assert {"支出决算表", "单位：万元", "第四部分名词解释", "二、收入决算情况说明"} <= alone


HEAD = ("科目", "本年合计", "基本支出")


def test_tables_cut_by_a_page_end_are_one() -> None:
    first = (HEAD, ("2110101", "5.00", "5.00"))
    rest = (("2110105", "7.50", "0.00"),)
    assert rejoin_tables(document(first, "", rest, "", rest, "注：本表反映支出。", rest)) == ((0, 2, 4),)


def test_a_table_with_its_own_head_is_another() -> None:
    first = (HEAD, ("2110101", "5.00", "5.00"))
    assert rejoin_tables(document(first, "", first)) == ()


def test_sample_tables() -> None:
    groups = rejoin_tables(open_document(SAMPLES / "putuo-shiquan-2025-final.docx"))
    assert [len(group) for group in groups] == [5, 5, 2, 4]
