"""Reports built by hand, as realistic as the renderers will meet them."""

from __future__ import annotations

import pytest

from juesuan.document.model import Block, Cell, Chart, Document, Paragraph, Series, Table
from juesuan.findings import (
    Checks,
    Coverage,
    Evidence,
    Finding,
    Fix,
    Outcome,
    Report,
    Role,
    Safety,
    Severity,
    Skipped,
    Trouble,
)
from juesuan.place import Place, Point, Where, cell, span

PATH = "报告/安居区工商联2023年度部门决算.docx"
TEXTS = (
    ("第二部分 2023年度部门决算情况说明", 1),
    ("一、收入支出决算总体情况说明", 2),
    (
        (
            "2023年度收、支总计均为152.20万元。与2022年相比，收、支总计各增加30.05万元，增长24.60%。"
            "主要变动原因是人员增加、人员工资调标、项目经费增加。"
        ),
        None,
    ),
    ("三、支出决算情况说明", 2),
    ("2023年本年支出合计152.20万元，其中：基本支出125.29万元，占82.32%；项目支出26.91万元，占17.68%。", None),
    ("五、一般公共预算财政拨款支出决算情况说明", 2),
    (
        (
            "1.医疗卫生与计划生育支出（类）行政事业单位医疗（款）行政单位医疗（项）：支出决算为3.87万元，完成预算100%，"
            "决算数与预算数持平。"
        ),
        None,
    ),
    ("十、其他重要事项的情况说明", 2),
    ("（一）机关运行经费支出情况", 3),
    (
        "2023年度，区工商联机关运行经费支出13.28万元，比2022年增加1.61万元，增长13.18%；主要是由于人员增加经费增加。",
        None,
    ),
    ("（四）预算绩效管理情况", 3),
    (
        (
            "2023年部门整体绩效自评得分为100分，绩效自评综述：区工商联基本支出125.2万元；"
            "其中：人员经费112.01万元，公用经费13.28万元。"
        ),
        None,
    ),
)
ROWS = (
    ("项目", "本年支出合计", "基本支出", "项目支出", "备注"),
    ("功能分类科目编码", "科目名称", "", "", ""),
    ("201", "一般公共服务支出", "106.04", "79.13", "26.91"),
    ("208", "社会保障和就业支出", "31.45", "31.45", "0.00"),
    ("210", "卫生健康支出", "5.45", "5.45", "0.00"),
    ("221", "住房保障支出", "9.26", "9.26", "0.00"),
    ("合计", "", "152.20", "125.29", "26.19"),
)
TABLE, CHART = len(TEXTS) + 1, len(TEXTS) + 3


def blocks() -> tuple[Block, ...]:
    """Twelve paragraphs, the title of a table, the table (with merged cells), the title of a chart, the chart."""
    made: list[Block] = [
        Paragraph(id=i, page=1 + i // 7, text=text, heading=level) for i, (text, level) in enumerate(TEXTS)
    ]
    made.append(Paragraph(id=len(made), page=3, text="三、支出决算表（单位：万元）", heading=2))
    cells = [
        Cell(row=0, column=0, text="项目", colspan=2),
        *(Cell(row=0, column=2 + i, text=t, rowspan=2) for i, t in enumerate(("本年支出合计", "基本支出", "项目支出"))),
        Cell(row=1, column=0, text="科目编码"),
        Cell(row=1, column=1, text="科目名称"),
    ]
    for row, texts in enumerate(ROWS[2:], start=2):
        cells += [Cell(row=row, column=column, text=text) for column, text in enumerate(texts)]
    made.append(Table(id=TABLE, page=3, cells=tuple(cells), rows=len(ROWS), columns=5))
    made.append(Paragraph(id=TABLE + 1, page=3, text="图3：支出决算结构图", label=""))
    made.append(
        Chart(
            id=CHART,
            page=3,
            title="支出决算结构图",
            categories=("基本支出", "项目支出"),
            series=(Series(name="销售额", values=("103.93", "18.22"), labels=("125.29万元，82.32%", None)),),
            kind="pie",
        )
    )
    return tuple(made)


def document(path: str = PATH) -> Document:
    """The document the example report speaks of."""
    return Document(path=path, format="docx", blocks=blocks(), sha256="3f" * 32, pages=3)


def at(block: int, quote: str, role: Role = Role.SUBJECT, section: str = "", nth: int = 1) -> Evidence:
    """Evidence in paragraph `block`: the nth place that reads `quote`."""
    start = -1
    for _ in range(nth):
        start = TEXTS[block][0].index(quote, start + 1)
    place = span(block, start, start + len(quote))
    return Evidence(place, quote, role, Where(place, page=1 + block // 7, part="第二部分", section=section))


def in_cell(row: int, column: int, role: Role = Role.SUBJECT) -> Evidence:
    """Evidence that is the whole text of a cell of the table."""
    text = ROWS[row][column]
    place = cell(TABLE, row, column, 0, len(text))
    heads = ("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出")
    where = Where(place, page=3, part="第二部分", table="支出决算表", row=ROWS[row][1] or "合计", column=heads[column])
    return Evidence(place, text, role, where)


def in_chart(point: int, role: Role = Role.SUBJECT) -> Evidence:
    """Evidence that is a value of the chart."""
    text = ("103.93", "18.22")[point]
    place = Place(Point(CHART, 0), Point(CHART, len(text)), series=0, point=point)
    return Evidence(place, text, role, Where(place, page=3, part="第二部分", chart="支出决算结构图"))


def findings() -> tuple[Finding, ...]:
    """One finding in a paragraph, one in a cell, one in a chart, one with followers, one without place, two hints."""
    ten = "十、/（一）"
    return (
        Finding(
            rule="JS102",
            name="growth-rate",
            severity=Severity.ERROR,
            message="机关运行经费的增长率与增加额不符：文中 13.18%，按文中金额算得 13.80%。",
            evidence=(
                at(9, "13.18%", section=ten),
                at(9, "13.28万元", Role.OPERAND, ten),
                at(9, "1.61万元", Role.OPERAND, ten),
            ),
            expected="13.80%",
            actual="13.18%",
            range=("13.74%", "13.85%"),
            formula="1.61 ÷ (13.28 − 1.61) = 13.80%，显示精度内 13.74%～13.85%，文中 13.18%",
            basis="增长率 = 增减额 ÷ 上年数",
            fix=Fix("13.18%", "13.80%", Safety.UNSAFE, 0),
            key="agency_running_cost/2023/growth",
            id="JS102-agency_running_cost-2023-growth-1",
        ),
        Finding(
            rule="JS121",
            name="table-sum",
            severity=Severity.ERROR,
            message="支出决算表“项目支出”合计 26.19 不等于各类之和 26.91，相差 0.72。",
            evidence=(in_cell(6, 4), *(in_cell(row, 4, Role.OPERAND) for row in range(2, 6))),
            expected="26.91",
            actual="26.19",
            range=("26.91", "26.91"),
            formula="26.91 + 0.00 + 0.00 + 0.00 = 26.91，表中 26.19",
            basis="合计 = 各类之和",
            fix=Fix("26.19", "26.91", Safety.UNSAFE, 0),
            id="JS121-T03-project-1",
        ),
        Finding(
            rule="JS201",
            name="two-values",
            severity=Severity.ERROR,
            message="基本支出在绩效自评中写作 125.2万元，别处都是 125.29万元。",
            evidence=(
                at(11, "125.2万元", section="十、/（四）"),
                at(4, "125.29万元", Role.OTHER, "三、"),
                in_cell(6, 3, Role.OTHER),
                at(11, "112.01万元", Role.OPERAND, "十、/（四）"),
                at(11, "13.28万元", Role.FOLLOWER, "十、/（四）"),
            ),
            expected="125.29万元",
            actual="125.2万元",
            formula="112.01 + 13.28 = 125.29",
            fix=Fix("125.2万元", "125.29万元"),
            id="JS201-basic-2023-1",
        ),
        Finding(
            rule="JS801",
            name="chart-text",
            severity=Severity.WARNING,
            message="支出结构图的“基本支出”是 103.93，正文是 125.29万元；疑为上年的图未更新。",
            evidence=(in_chart(0), in_chart(1, Role.FOLLOWER), at(4, "125.29万元", Role.OPERAND, "三、")),
            expected="125.29",
            actual="103.93",
            id="JS801-structure-1",
        ),
        Finding(
            rule="JS410",
            name="missing-section",
            severity=Severity.WARNING,
            message="没有找到“国有资产占有使用情况”的说明。请补上车辆和大型设备的数量，没有的也要写明。",
            basis="《地方预决算公开操作规程》（财预〔2016〕143号）",
            id="JS410-assets-1",
        ),
        Finding(
            rule="JS301",
            name="old-name",
            severity=Severity.HINT,
            message="“医疗卫生与计划生育支出”自2019年起称“卫生健康支出”。",
            evidence=(at(6, "医疗卫生与计划生育支出", section="五、/1"),),
            fix=Fix("医疗卫生与计划生育支出", "卫生健康支出", Safety.SAFE),
            id="JS301-210-1",
        ),
        Finding(
            rule="JS110",
            name="share-rounding",
            severity=Severity.HINT,
            message="基本支出占比 82.32% 与算得的相差一个末位。",
            evidence=(at(4, "82.32%", section="三、"),),
            id="JS110-basic-1",
        ),
    )


def report(path: str = PATH) -> Report:
    """The example report: seven findings, unread numbers, checks that could not be made, one problem of reading."""
    return Report(
        path=path,
        outcome=Outcome.FINDINGS,
        sha256="3f" * 32,
        format="docx",
        kind="final_accounts",
        profile="sichuan-2023",
        entity="遂宁市安居区工商业联合会",
        year=2023,
        pages=3,
        problems=(Trouble("第3页的一张图片没有文字，未能读取", Where(span(TABLE + 1, 0, 0), page=3), lost=False),),
        coverage=Coverage(
            numbers=702,
            bound=448,
            related=405,
            inert=240,
            unread=(at(11, "100分", section="十、/（四）"), at(2, "24.60%", section="一、"), in_cell(3, 3)),
        ),
        checks=Checks(
            passed=512,
            off_by_rounding=31,
            failed=9,
            not_applicable=(Skipped("JS711", "本单位没有公务用车"), Skipped("JS720", "事业单位不填机关运行经费")),
            could_not_check=(
                Skipped("JS203", "没有给出上年的决算公开"),
                Skipped("JS204", "没有给出上年的决算公开"),
                Skipped("JS301", "2023年的科目目录缺少 230 类"),
            ),
        ),
        findings=findings(),
    )


def unreadable(path: str = "报告/扫描件.pdf") -> Report:
    """The report on a file that could not be read."""
    return Report(
        path=path,
        outcome=Outcome.UNREADABLE,
        problems=(Trouble(f"{path} 是加了密码的文件，没有读。请去掉密码后另存一份再查。", lost=True),),
    )


@pytest.fixture
def example() -> tuple[list[Report], dict[str, Document]]:
    """A readable and an unreadable document with their reports."""
    return [report(), unreadable()], {PATH: document()}
