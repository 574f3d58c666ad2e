"""Plain text: paragraphs, tables of tab-led lines, pasted tables, chart data, encodings."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from juesuan.document.limits import Limits
from juesuan.document.model import Chart, Document, Paragraph, Table
from juesuan.document.read import open_document, read_text
from juesuan.errors import DamagedDocumentError, LimitError, NotADocumentError

SAMPLE = Path(__file__).parents[2] / "bench" / "samples" / "anju-gsl-2023-final.txt"


@pytest.fixture(scope="module")
def sample() -> Document:
    return open_document(SAMPLE)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def charts(document: Document) -> list[Chart]:
    return [block for block in document.blocks if isinstance(block, Chart)]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.row_cells()]


def test_every_character_of_the_sample_is_in_one_block(sample: Document) -> None:
    found: list[str] = []
    for block in sample.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Table):
            found += [cell.text for cell in block.cells]
        elif isinstance(block, Chart):
            found += [block.title, *block.categories]
            for series in block.series:
                found += [series.name, *(text or "" for text in series.values + series.labels)]
    kept = "".join("".join(found).split())
    source = "".join(SAMPLE.read_text(encoding="utf-8").split())
    assert sorted(kept) == sorted(source)
    assert [block.id for block in sample.blocks] == list(range(len(sample.blocks)))


def test_the_five_forms_of_the_sample(sample: Document) -> None:
    found = tables(sample)
    assert [(table.rows, table.columns) for table in found] == [(20, 11), (19, 6), (27, 11), (16, 6), (20, 11)]
    assert not any(table.regular for table in found)
    form = rows(found[0])
    assert form[0] == ["[bookmark: _Toc15396615]区工商联整体项目支出绩效自评表（2023年度）"]
    assert form[7] == ["", "总额", "125.29", "0.00", "125.29", "100.00%", "10", "10", ""]
    assert form[11] == ["", "其他资金", "", "", "", "", "/", "/", ""]
    assert form[17][1].split("\n")[1].startswith("2.由于人员短缺")
    assert form[18][1].count("\n") == 6
    assert form[19] == ["项目负责人：张少林         财务负责人：冯迎辉"]
    assert rows(found[1])[0] == ["项目绩效目标完成情况表\n(2023年度)"]
    assert rows(found[1])[3] == ["预算执行情况(万元)", "预算数:", "10", "执行数:", "10"]
    assert rows(found[3])[1] == ["项目名称", "临聘人员经费"]
    assert rows(found[2])[24][1].startswith("\t项目实施目标不够具体")


def test_text_after_a_table_is_not_swallowed(sample: Document) -> None:
    paragraphs = texts(sample)
    for text in ("附件2", "附件3", "（3）项目完成进度", "3.项目完成进度", " 一、收入支出决算总表"):
        assert text in paragraphs
    assert "[bookmark: _Toc15396618]2.加强资金管理，规范各项支出" in paragraphs


def test_the_six_charts_of_the_sample(sample: Document) -> None:
    found = charts(sample)
    assert [(chart.title, chart.series[0].name, chart.series[0].values) for chart in found] == [
        ("一般公共预算财政拨款支出决算结构", "", ("106.04", "31.45", "5.45", "9.26")),
        ("“三公”经费财政拨款支出结构", "销售额", ("0", "0.8", "0")),
        ("收、支决算总计变动情况图", "", ("122.15", "152.2", "122.15", "152.2")),
        ("收入决算结构图", "销售额", ("152.2", "0", "0", "0", "0", "0")),
        ("支出决算结构图", "2022年公共财政预算支出统计", ("103.93", "18.22")),
        ("财政拨款收、支决算总计变动情况", "财政收入支出总计", ("122.15", "152.2", "122.15", "152.2")),
    ]
    assert found[4].categories == ("基本支出", "项目支出")
    assert found[4].series[0].labels == ("125.29万元  ，82.32%", "26.91万元，17.68%")
    assert found[3].series[0].labels == ("152.2万元, 100%", " 0%", None, None, None, None)
    assert texts(sample)[-1] == "十三、财政拨款“三公”经费支出决算表"


def test_a_chart_of_two_series_needs_a_name_for_each() -> None:
    document = read_text("收支变动图\n收入\t支出\t\n\n2022年\t2023年\t1.5\t2.5\t3.5\t-4.5\t\n")
    (chart,) = charts(document)
    assert [(series.name, series.values) for series in chart.series] == [
        ("收入", ("1.5", "2.5")),
        ("支出", ("3.5", "-4.5")),
    ]


def test_a_pasted_table_row_is_no_chart() -> None:
    document = read_text("类\t款\t金额\t占比\n教育支出\t普通教育\t106.04\t69.67%\n卫生支出\t医院\t1.00\t0.5%\n")
    assert charts(document) == []
    (table,) = tables(document)
    assert (table.rows, table.columns, table.regular) == (3, 4, True)


def test_lines_pasted_from_a_spreadsheet() -> None:
    document = read_text(
        "收入决算表\n项目\t金额\t备注\t\n本年收入\t1,234.50\t\t\n\t12\t甲\t\n合计\t1,246.50\t\t\n以上为全部收入。\n"
    )
    assert texts(document) == ["收入决算表", "以上为全部收入。"]
    (table,) = tables(document)
    assert rows(table) == [
        ["项目", "金额", "备注"],
        ["本年收入", "1,234.50", ""],
        ["", "12", "甲"],
        ["合计", "1,246.50", ""],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "前言。\n\t本年收入合计152.2万元。\n后文。",
        "\t2023年度部门决算\n一、概况\n二、说明\n",
        "\t本部门2023年收入合计152.2万元，比上年增加三十万元，增长百分之二十四点六。\n" * 2,
        "\t\t\t安居区工商联\n\t\t\t2024年9月\n",
        "一、收入情况\t3\n二、支出情况\t4\n三、其他\t12\n",
        "（一）\t机构设置\n（二）\t人员情况\n（三）\t重点工作\n",
        "编制单位：工商联\t2023年度\t金额单位：万元\n",
        "\t第一段\n\n\t第二段\n",
    ],
)
def test_tabs_in_prose_make_no_table(text: str) -> None:
    document = read_text(text)
    assert texts(document) == [line for line in text.split("\n") if line]


def test_a_row_ends_at_an_empty_line_and_a_table_at_two() -> None:
    document = read_text("\t项目\n\t金额\n\n\t甲\n\t1\n\n\n\t乙\n\t2\n")
    assert [rows(table) for table in tables(document)] == [[["项目", "金额"], ["甲", "1"]], [["乙", "2"]]]


def test_leading_blanks_of_a_paragraph_stay() -> None:
    assert texts(read_text("　　一、概况\r\n  正文\r\r尾")) == ["　　一、概况", "  正文", "尾"]


TEXT = "2023年度部门决算\n本年收入合计152.2万元，其中：一般公共预算财政拨款收入152.2万元，占100%。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, "收入合计1万元"])
def test_encodings(tmp_path: Path, encoding: str, text: str) -> None:
    file = tmp_path / "决算 公开.txt"
    file.write_bytes(text.encode(encoding))
    document = open_document(file)
    assert "\n".join(texts(document)) == text.rstrip("\n")
    assert document.problems == ()


def test_ascii_in_utf16_without_mark(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("total 152.2\nend".encode("utf-16-le"))
    assert texts(open_document(file)) == ["total 152.2", "end"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_few_bad_bytes_are_told_with_their_lines(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    data = (TEXT * 3).encode(encoding)
    cut = data.index("其中".encode(encoding))
    file.write_bytes(data[:cut] + b"\xff" + data[cut:])
    document = open_document(file)
    (problem,) = document.problems
    assert problem.lost
    assert "1 处" in problem.message
    assert "第 2 行" in problem.message
    assert "\ufffd" in texts(document)[1]


def test_undecodable_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(bytes([0x80, 0xFF, 0xC1, 0x20]) * 200)
    with pytest.raises(DamagedDocumentError, match=r"a\.txt"):
        open_document(file)


def test_control_characters_are_kept_and_told() -> None:
    document = read_text("第一行\n金额\x07为12万元，这一行里有一个控制字符")
    assert "\x07" in texts(document)[1]
    assert "1 个控制字符（第 2 行）" in document.problems[0].message
    assert not document.problems[0].lost


def test_half_surrogates_are_replaced_and_told() -> None:
    document = read_text("金额\ud83d万元")
    assert texts(document) == ["金额\ufffd万元"]
    assert document.problems[0].lost


def test_binary_content_is_refused() -> None:
    with pytest.raises(NotADocumentError, match="控制字符"):
        read_text("\x00\x01\x02\x03" * 20)


def test_limits() -> None:
    with pytest.raises(LimitError):
        read_text("一二三四", limits=Limits(text_characters=3))
    with pytest.raises(LimitError):
        read_text("一\n二\n三\n", limits=Limits(blocks=2))
    with pytest.raises(LimitError):
        read_text("a\tb\nc\td\n", limits=Limits(table_cells=3))


@pytest.mark.parametrize(
    "text",
    [
        TEXT * 6000,
        "\t一\n" + "二\n" * 300_000,
        "\t一\n\t二\n\n" * 60_000,
        "甲\t乙\n\t丙\n" * 60_000,
        "\t" * 600_000 + "一",
        "甲" + "\t" * 600_000,
        "甲\t乙\n" * 90_000,
        "甲\t乙\t1\t2\n\n" * 60_000,
        "甲\t" * 100_000 + "1\t" * 100_000,
        "\n" * 900_000 + "一",
        "1,1" * 300_000 + "\t甲\t乙\t丙",
    ],
)
def test_a_million_characters_of_anything_in_seconds(text: str) -> None:
    started = time.process_time()  # Not the clock on the wall: that also counts what else the machine does.
    read_text(text)
    assert time.process_time() - started < 15
