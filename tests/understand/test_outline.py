"""Sections, contents, and what is wrong with the numbering."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.document.model import Block, Cell, Document, Paragraph, Table
from juesuan.document.read import open_document
from juesuan.understand.outline import IssueKind, NumberStyle, Outline, outline
from juesuan.understand.passages import passages
from juesuan.understand.rejoin import rejoin

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"


def of_blocks(blocks: list[Block]) -> Outline:
    document = Document(path="测试", format="docx", blocks=tuple(blocks))
    return outline(document, passages(document))


def of(text: str) -> Outline:
    return of_blocks([Paragraph(id=n, text=line.strip(" ")) for n, line in enumerate(text.strip().splitlines())])


def paths(found: Outline) -> list[str]:
    return [section.path for section in found.sections]


def issues(found: Outline) -> list[tuple[str, str, str]]:
    return [(issue.kind.value, issue.expected, issue.found) for issue in found.issues]


def of_sample(name: str) -> Outline:
    document = open_document(SAMPLES / name)
    return outline(document, rejoin(document, passages(document)).passages)


def test_sections_nest_in_the_order_of_their_styles() -> None:
    found = of("""
        第一部分 部门概况
        一、主要职能
        （一）基本职能
        1.主要职能。参与政治协商。
        2.机构情况。设办公室。
        （二）重点工作
        二、机构设置
        设一个科室。
        第二部分 决算说明
        一、收入情况
    """)
    assert paths(found) == [
        "第一部分", "第一部分/一", "第一部分/一/（一）", "第一部分/一/（一）/1", "第一部分/一/（一）/2",
        "第一部分/一/（二）", "第一部分/二", "第二部分", "第二部分/一",
    ]  # fmt: skip
    assert [s.level for s in found.sections] == [1, 2, 3, 4, 4, 3, 2, 1, 2]
    assert [s.path for s in found.chain(3)] == ["第一部分", "第一部分/一", "第一部分/一/（一）", "第一部分/一/（一）/1"]
    deepest = found.section_of(7)
    assert deepest
    assert deepest.path == "第一部分/二"
    assert [(s.first, s.last) for s in found.sections][:3] == [(0, 8), (1, 6), (2, 5)]
    assert found.issues == ()


@pytest.mark.parametrize(
    ("line", "title", "is_item"),
    [
        ("1.主要职能。参与政治协商。", "主要职能", True),
        ("1.提高政治意识，强化党的引领。坚持教育。", "提高政治意识，强化党的引领", True),
        ("（一）2023年支出决算数为152.2万元，完成预算100%。其中：", "2023年支出决算数为", True),
        ("3.公务接待费支出0.8万元。完成预算100%。", "公务接待费支出", True),
        ("1.一般公共服务（类）行政运行（项）:支出决算为79.13万元。", "一般公共服务（类）行政运行（项）", True),
        ("1.抓好思想教育，做好政治引领工作", "抓好思想教育，做好政治引领工作", False),
        ("十、其他重要事项的情况说明", "其他重要事项的情况说明", False),
        ("1.2023年收入情况。共5万元。", "2023年收入情况", True),
    ],
)
def test_titles(line: str, title: str, is_item: bool) -> None:  # noqa: FBT001
    section = of(line).sections[0]
    assert (section.title, section.is_item) == (title, is_item)


def test_figures_are_no_numbers_of_sections() -> None:
    assert (
        of("4733.14 万元。\n1.94%。\n2023年收入。\n10万元。\n一、二类车辆\n八、城乡社区支出119,385,303").sections == ()
    )


def test_contents_make_no_sections() -> None:
    found = of("""
        某局2025年度部门决算
        目 录
        第一部分 某局概况 ........ 1
        一、主要职能 ........ 2
        第二部分 决算表\t3
        第一部分 某局概况
        一、主要职能
        负责工作。
    """)
    assert paths(found) == ["第一部分", "第一部分/一"]
    assert [(e.number, e.title, e.page) for e in found.contents] == [
        ("第一部分", "某局概况", 1), ("一、", "主要职能", 2), ("第二部分", "决算表", 3),
    ]  # fmt: skip
    assert found.title_lines == (0,)
    assert [found.part_of(n) for n in range(8)] == ["cover", *["contents"] * 4, "body", "body", "body"]


def test_contents_without_a_title() -> None:
    found = of("""
        第一部分 概况
        一、职能
        第二部分 说明
        第一部分 概况
        一、职能
        负责工作。
        第二部分 说明
    """)
    assert len(found.contents) == 3
    assert paths(found) == ["第一部分", "第一部分/一", "第二部分"]


def test_a_list_of_tables_is_no_section() -> None:
    found = of("第四部分 附表\n一、收入决算表\n二、支出决算表\n三、财政拨款支出决算表\n说明完毕。")
    assert paths(found) == ["第四部分"]
    assert [entry.title for entry in found.table_list] == ["收入决算表", "支出决算表", "财政拨款支出决算表"]
    assert found.part_of(2) == "table list"


def test_headings_above_tables_are_sections() -> None:
    blocks: list[Block] = []
    for title in ("一、收入决算表", "二、支出决算表", "三、结余决算表"):
        blocks.append(Paragraph(id=len(blocks), text=title))
        blocks.append(Table(id=len(blocks), cells=(Cell(row=0, column=0, text="科目"),), rows=1, columns=1))
    assert paths(of_blocks(blocks)) == ["一", "二", "三"]


def test_attachments_start_numbering_anew() -> None:
    found = of("""
        第四部分 附件
        附件1
        某局整体支出绩效评价
        报告
        一、概况
        二、结论
        附件2
        某项目绩效评价报告
        一、概况
        附件中未列示的事项见正文。
    """)
    assert paths(found)[1:] == [
        "第四部分/附件1",
        "第四部分/附件1/一",
        "第四部分/附件1/二",
        "第四部分/附件2",
        "第四部分/附件2/一",
    ]
    assert found.sections[1].title == "某局整体支出绩效评价报告"
    assert [found.part_of(n) for n in (0, 1, 5, 9)] == ["body", "attachment 1", "attachment 1", "attachment 2"]
    assert found.issues == ()


def test_automatic_numbers_count() -> None:
    blocks: list[Block] = [
        Paragraph(id=0, text="收入情况", label="一、"),
        Paragraph(id=1, text="基本支出。共5万元。", label="（一）"),
        Paragraph(id=2, text="支出情况", label="三、"),
    ]
    found = of_blocks(blocks)
    assert [(s.number, s.title) for s in found.sections] == [
        ("一、", "收入情况"),
        ("（一）", "基本支出"),
        ("三、", "支出情况"),
    ]
    assert issues(found) == [("gap", "二、", "三、")]


def test_headings_without_numbers_by_declared_level() -> None:
    blocks: list[Block] = [
        Paragraph(id=0, text="一、收入情况"),
        Paragraph(id=1, text="财政拨款", heading=2),
        Paragraph(id=2, text="共5万元。"),
        Paragraph(id=3, text="二、支出情况"),
    ]
    found = of_blocks(blocks)
    assert [(s.path, s.style) for s in found.sections][1] == ("一/财政拨款", NumberStyle.NONE)
    assert found.sections[2].parent is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲\n二、乙\n四、丁\n五、戊", [("gap", "三、", "四、")]),
        ("一、甲\n二、乙\n二、丙\n三、丁", [("repeat", "三、", "二、")]),
        ("一、甲\n二、乙\n五、丙\n四、丁\n五、戊", [("gap", "三、", "五、")]),
        ("四、甲\n（二）乙\n五、丙", [("gap", "（一）", "（二）")]),
        ("四、甲\n（一）乙\n（2） 丙\n（三）丁", [("misplaced", "（二）", "（2）")]),
        ("第一部分 甲\n第三部分 乙", [("gap", "第二部分", "第三部分")]),
        ("附件1\n甲报告\n附件3\n乙报告", [("gap", "附件2", "附件3")]),
    ],
)
def test_numbering_issues(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert issues(of(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "（一）甲\n1.一。\n2.二。\n（二）乙\n1.一。\n2.二。",
        "一、甲\n1.一。\n2.二。\n以下：\n1.一。\n2.二。\n3.三。",
        "1.甲\n1、子一\n2、子二\n2.乙",
        "一、甲\n1.总体要求。分为：\n1.子一。\n2.子二。\n2.具体安排。\n3.其他。",
        "7.七。\n8、八。\n9.九。",
        "五、甲\n六、乙",
        "（三）甲\n七、乙\n（一）丙",
        "一、主要内容包括：1.甲；\n2.乙；\n3.丙。",
        "一、甲；二、乙。\n三、丙",
        "（一）甲\n1.一。\n2.二。\n（二）乙\n3.三。\n4.四。",
        "附件2\n某报告",
        "（一）甲\n（1）一。\n（2）二。\n（二）乙",
    ],
)
def test_numbering_that_is_no_issue(text: str) -> None:
    assert issues(of(text)) == []


def test_a_number_swallowed_by_a_table_is_no_gap() -> None:
    blocks: list[Block] = [
        Paragraph(id=0, text="1.甲情况；"),
        Table(id=1, cells=(Cell(row=0, column=0, text="合计\n2.乙情况；"),), rows=1, columns=1),
        Paragraph(id=2, text="3.丙情况。"),
    ]
    assert of_blocks(blocks).issues == ()


def test_a_part_that_lost_its_number_is_known_from_the_contents() -> None:
    found = of("""
        目录
        第一部分 某局概况
        第二部分 某局2025年度部门决算表
        第三部分 某局决算说明
        第一部分 某局概况
        某局2025年度部门决算表收入支出决算总表
        第三部分 某局决算说明
    """)
    assert paths(found) == ["第一部分", "第二部分", "第三部分"]
    assert [s.number for s in found.sections] == ["第一部分", "", "第三部分"]
    assert issues(found) == []


def test_headings_numbered_in_the_contents_only() -> None:
    found = of("""
        目录
        一、部门主要职能……1
        二、名词解释……2
        三、部门预算编制说明……3
        某街道（部门）主要职能
        一、加强党的建设。落实责任。
        二、统筹发展。统筹落实。
        名词解释
        （一）财政拨款收入：指取得的资金。
        2025年部门预算编制说明
        1.“统计”科目43.83万元。
    """)
    assert paths(found) == [
        "部门主要职能", "部门主要职能/一", "部门主要职能/二",
        "名词解释", "名词解释/（一）", "部门预算编制说明", "部门预算编制说明/1",
    ]  # fmt: skip
    assert [s.ordinal for s in found.sections if s.level == 1] == [1, 2, 3]
    assert issues(found) == []


def test_a_fragment_without_headings() -> None:
    found = of("与2022年相比，增加5万元。\n主要原因是人员增加。")
    assert (found.sections, found.title_lines, found.part_of(0), found.section_of(1)) == ((), (), "body", None)


def test_empty_document() -> None:
    assert of_blocks([]).sections == ()


def test_sample_text() -> None:
    found = of_sample("anju-gsl-2023-final.txt")
    assert issues(found) == [("gap", "（一）", "（二）"), ("misplaced", "（二）", "（2）")]
    assert [i.path for i in found.issues] == ["第二部分/四/（二）", "第四部分/附件1/四/（2）"]
    assert found.issues[0].kind is IssueKind.GAP
    assert found.contents == ()
    assert len(found.table_list) == 13
    known = set(paths(found))
    assert {"第二部分/七/（二）/3", "第三部分/42", "第四部分/附件2/二/（二）/3/1/（3）"} <= known
    assert [s.title for s in found.sections if s.style is NumberStyle.ATTACHMENT] == [
        "区工商联2023年部门整体支出绩效评价报告",
        "区工商联参政议政考察调研经费项目支出绩效评价报告",
        "区工商联临聘人员经费项目支出绩效评价报告",
    ]


@pytest.mark.parametrize("name", ["putuo-sthjj-2025-final.docx", "putuo-shiquan-2025-final.docx"])
def test_sample_retyped_from_pages(name: str) -> None:
    found = of_sample(name)
    assert issues(found) == []
    assert len(found.contents) == 26
    assert [s.ordinal for s in found.sections if s.style is NumberStyle.PART] == [1, 2, 3, 4]
    eighth = next(s for s in found.sections if s.path == "第三部分/八")
    assert eighth.title == "政府性基金预算财政拨款收入支出决算情况说明"
