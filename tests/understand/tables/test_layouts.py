"""Layouts of the statutory tables that only some provinces print."""

from __future__ import annotations

from decimal import Decimal

from juesuan.document.model import Cell, Document, Paragraph, Table
from juesuan.facts import Stage
from juesuan.findings import Severity
from juesuan.understand.tables import ReadStatement
from juesuan.understand.understanding import understand
from tests.understand.tables.build import document
from tests.understand.tables.test_tables import codes, findings, table_of

REPORT = "某局2023年度部门决算\n"


def statements(text: str) -> dict[str, ReadStatement]:
    return {s.statement.base: s for s in understand(document(text)).tables.statements}


def test_a_code_in_one_cell_over_three_columns_is_one_code() -> None:
    rows: list[list[str | None]] = [
        ["项目", None, None, None, "本年支出", None, None],
        ["功能分类科目编码", None, None, "科目名称", "小计", "基本支出", "项目支出"],
        ["类", "款", "项", "栏次", "1", "2", "3"],
        [None, None, None, "合计", "3.00", "2.00", "1.00"],
        ["201", None, None, "一般公共服务支出", "3.00", "2.00", "1.00"],
        ["20103", None, None, "政府办公厅（室）及相关机构事务", "3.00", "2.00", "1.00"],
        ["2010301", None, None, "行政运行", "3.00", "2.00", "1.00"],
    ]
    cells = [
        Cell(
            row=r,
            column=c,
            text=text,
            colspan=3 if (c == 0 and r != 2) or text == "本年支出" else 4 if text == "项目" else 1,
            rowspan=2 if text in {"类", "款", "项"} else 1,
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text is not None
    ]
    title = ("某局2023年度部门决算", "一般公共预算财政拨款支出决算表", "金额单位：万元")
    lines = [Paragraph(id=n, text=t) for n, t in enumerate(title)]
    blocks = (
        *lines,
        Table(id=3, cells=tuple(cells), rows=len(rows), columns=7),
    )
    (read,) = understand(Document(path="t.docx", format="docx", blocks=blocks)).tables.statements
    assert [(r.code, r.row_id) for r in read.rows] == [(None, "total"), ("201", ""), ("20103", ""), ("2010301", "")]
    assert read.complete


def test_basic_items_with_personnel_and_office_side_by_side() -> None:
    table = table_of(
        f"{REPORT}一般公共预算财政拨款基本支出决算表\n单位：万元\n科目编码\t科目名称\t合计\t人员经费\t公用经费\n"
        "合计\t\t5.00\t3.00\t2.00\n301\t工资福利支出\t3.00\t3.00\t\n30101\t基本工资\t3.00\t3.00\t\n"
        "302\t商品和服务支出\t2.00\t\t2.00\n30201\t办公费\t2.00\t\t2.00"
    )
    assert table.statement.base == "basic_items"
    row = table.row_of("30201")
    assert row is not None
    assert row.facts["office"].value == Decimal(20000)


BY_STAGE = (
    f"{REPORT}一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表\n单位：万元\n"
    "项目\t“三公”经费\t\t\t\t\t\t会议费\t培训费\n"
    "\t合计\t因公出国（境）费用\t公务接待费\t公务用车购置及运行维护费\t\t\t\t\n"
    "\t\t\t\t小计\t公务用车购置费\t公务用车运行维护费\t\t\n"
    "预算数\t6.00\t0.00\t1.00\t5.00\t0.00\t5.00\t2.00\t1.00\n"
    "决算数\t{all}\t0.00\t0.50\t4.00\t0.00\t4.00\t1.00\t1.00"
)


def test_a_row_for_the_budget_and_a_row_for_the_outturn() -> None:
    table = table_of(BY_STAGE.format(all="4.50"))
    assert table.statement.base == "three_public"
    assert [r.facts["total"].scope.stage for r in table.rows] == [Stage.BUDGET, Stage.FINAL]
    assert table.complete


def test_a_wrong_total_of_a_stage_is_found() -> None:
    assert ("JS101", Severity.ERROR) in codes(BY_STAGE.format(all="4.60"))
    assert ("JS101", Severity.ERROR) not in codes(BY_STAGE.format(all="4.50"))


def test_counts_below_the_amounts_are_no_amounts() -> None:
    table = table_of(
        f"{REPORT}财政拨款“三公”经费、会议费和培训费支出决算表\n单位：万元\n"
        "“三公”经费合计\t“三公”经费\t\t\t\t\t会议费\t培训费\n"
        "\t因公出国（境）费\t公务用车购置及运行维护费\t\t\t公务接待费\t\t\n"
        "\t\t小计\t公务用车购置费\t公务用车运行维护费\t\t\t\n"
        "4.50\t0.00\t4.00\t0.00\t4.00\t0.50\t1.00\t1.00\n"
        "相关统计数：\t\t\t\t\t\t\t\n"
        "因公出国（境）团组数（个）\t\t\t0\t公务用车保有量（辆）\t\t\t3"
    )
    assert {k: f.value for k, f in table.rows[0].facts.items()}["total"] == Decimal(45000)
    assert len(table.rows) == 1


RUNNING = (
    f"{REPORT}机构运行信息表\n单位：万元\n项目\t预算数\t决算数\t项目\t统计数\n栏次\t1\t2\t栏次\t3\n"
    "一、“三公”经费支出\t—\t—\t二、机关运行经费\t8.00\n"
    "（一）支出合计\t6.00\t{all}\t（一）行政单位\t8.00\n"
    "1．因公出国（境）费\t0.00\t0.00\t（二）参照公务员法管理事业单位\t0.00\n"
    "2．公务用车购置及运行维护费\t5.00\t4.00\t三、资产信息\t—\n"
    "（1）公务用车购置费\t0.00\t0.00\t（一）车辆数合计（辆）\t3\n"
    "（2）公务用车运行维护费\t5.00\t4.00\t1．副部（省）级及以上领导用车\t0\n"
    "3．公务接待费\t1.00\t0.50\t2．其他用车\t{cars}\n"
    "（1）国内接待费\t—\t0.50\t四、政府采购支出信息\t—\n"
    "5．国内公务接待批次（个）\t—\t9\t（一）政府采购支出合计\t10.00\n"
    "6．国内公务接待人次（人）\t—\t80\t1．政府采购货物支出\t10.00\n"
)


def test_the_table_of_running_information_is_read_with_its_counts() -> None:
    table = table_of(RUNNING.format(all="4.50", cars="3"))
    facts = {(f.concept, f.scope.stage, f.quantity.measure.symbol): f.value for f in table.facts}
    assert facts["three_public", Stage.FINAL, "万元"] == Decimal(45000)
    assert facts["three_public", Stage.BUDGET, "万元"] == Decimal(60000)
    assert facts["agency_running_cost", Stage.FINAL, "万元"] == Decimal(80000)
    assert facts["count:reception_domestic", Stage.FINAL, "批次"] == 9
    assert facts["count:reception_domestic", Stage.FINAL, "人次"] == 80
    assert facts["count:vehicles_owned", Stage.FINAL, "辆"] == 3
    assert facts["procurement", Stage.FINAL, "万元"] == Decimal(100000)
    assert table.complete


def test_wrong_sums_of_running_information_are_found() -> None:
    assert [c for c in codes(RUNNING.format(all="4.50", cars="3")) if c[0] == "JS101"] == []
    assert ("JS101", Severity.ERROR) in codes(RUNNING.format(all="4.60", cars="3"))
    assert ("JS101", Severity.ERROR) in codes(RUNNING.format(all="4.50", cars="5"))


def test_all_appropriated_expenditure_is_no_general_budget() -> None:
    """江苏 prints the appropriation and the general budget by function, in two tables with the same columns."""
    columns = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    found = statements(
        f"{REPORT}财政拨款支出决算表（功能科目）\n单位：万元\n{columns}合计\t\t5.00\t2.00\t3.00\n201\t一般公共服务支出\t3.00\t2.00\t1.00\n"
        f"212\t城乡社区支出\t2.00\t0.00\t2.00\n一般公共预算支出决算表（功能科目）\n单位：万元\n{columns}"
        "合计\t\t3.00\t2.00\t1.00\n201\t一般公共服务支出\t3.00\t2.00\t1.00"
    )
    assert set(found) == {"appropriation_by_function", "general_budget"}
    assert {f.scope.fund for f in found["appropriation_by_function"].facts} == {"appropriation"}


def test_the_title_shown_is_the_one_printed() -> None:
    table = table_of(
        f"{REPORT}附表3：某局支出决算总表\n单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出\n"
        "合计\t\t3.00\t2.00\t1.00\t\t\t\n201\t一般公共服务支出\t3.00\t2.00\t1.00\t\t\t"
    )
    assert table.title == "支出决算总表"


WIDE = (
    f"{REPORT}一般公共预算财政拨款支出决算明细表\n单位：万元\n"
    "科目编码\t科目名称\t合计\t工资福利支出\t\t\t商品和服务支出\t\n"
    "\t\t\t小计\t基本工资\t津贴补贴\t小计\t公务接待费\n"
    "合计\t\t6.00\t5.00\t3.00\t2.00\t1.00\t1.00\n"
    "201\t一般公共服务支出\t6.00\t5.00\t3.00\t2.00\t1.00\t1.00\n"
    "20103\t政府办公厅（室）及相关机构事务\t6.00\t5.00\t3.00\t2.00\t1.00\t1.00\n"
    "2010301\t行政运行\t6.00\t{wages}\t3.00\t2.00\t1.00\t1.00\n"
)


def test_economic_accounts_across_are_columns() -> None:
    table = table_of(WIDE.format(wages="5.00"))
    assert table.columns == ("total", "e301", "e30101", "e30102", "e302", "e30217")
    row = table.row_of("2010301")
    assert row is not None
    fact = row.facts["e30217"]
    assert (fact.concept, fact.scope.account, fact.scope.economic) == ("economic", "2010301", "30217")
    assert table.complete


def test_a_wrong_sum_across_economic_accounts_is_found() -> None:
    assert ("JS101", Severity.ERROR) in codes(WIDE.format(wages="5.50"))
    assert [c for c in codes(WIDE.format(wages="5.00")) if c[0] == "JS101"] == []


def test_an_account_of_the_basic_expenditure_is_no_more_than_that_of_all_expenditure() -> None:
    basic = (
        "一般公共预算财政拨款基本支出决算表\n单位：万元\n科目编码\t科目名称\t决算数\n"
        "301\t工资福利支出\t{wages}\n30101\t基本工资\t{wages}\n合计\t\t{wages}"
    )
    assert "JS205" not in {c[0] for c in codes(WIDE.format(wages="5.00") + basic.format(wages="2.00"))}
    errors = [c for c in codes(WIDE.format(wages="5.00") + basic.format(wages="4.00")) if c[1] is Severity.ERROR]
    assert errors


def test_what_was_carried_is_of_the_money_its_passage_begins_with() -> None:
    text = (
        f"{REPORT}第三部分 2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n"
        "2.收入情况。2023年度收入合计10.00万元，较上年决算数增加1.00万元，增长11.11%。其中：财政拨款收入8.00万元，占80.00%；"
        "其他收入2.00万元，占20.00%。此外，年初结转和结余0.63万元。"
    )
    facts = [f for f in understand(document(text)).facts if f.concept == "carried_in"]
    assert [f.scope.fund for f in facts] == ["all"]


def report(unit: str) -> str:
    columns = "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出"
    more = "\t上缴上级支出\t经营支出\t对附属单位补助支出"
    rows = (("合计\t", "36.60\t24.40\t12.20"), ("201\t一般公共服务支出", "36.60\t24.40\t12.20"))
    return (
        f"{REPORT}支出决算表\n单位：{unit}\n{columns}{more}\n"
        + "\n".join(f"{name}\t{figures}\t0.00\t0.00\t0.00" for name, figures in rows)
        + f"\n一般公共预算财政拨款支出决算表\n单位：万元\n{columns}\n"
        + "\n".join(f"{name}\t{figures}" for name, figures in rows)
        + "\n三、支出决算情况说明\n2023年度本年支出合计36.60万元，其中：基本支出24.40万元，占66.67%；项目支出12.20万元，占33.33%。"
    )


def test_a_table_that_names_the_wrong_measure_is_one_finding() -> None:
    assert findings(report("万元")) == []
    (only,) = findings(report("元"))
    assert (only.rule, only.severity) == ("JS203", Severity.ERROR)
    assert only.subject is not None
    assert (only.subject.quote, only.expected) == ("单位：元", "万元")
    assert "支出决算表" in only.message


def test_items_alone_add_up_to_the_total() -> None:
    table = (
        f"{REPORT}一般公共预算财政拨款支出决算表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "合计\t\t6.00\t4.00\t2.00\n2010301\t行政运行\t3.00\t3.00\t0.00\n2080501\t行政单位离退休\t{item}\t1.00\t2.00"
    )
    assert codes(table.format(item="3.00")) == []
    assert ("JS101", Severity.ERROR) in codes(table.format(item="3.50"))


def test_basic_and_project_in_each_others_place_are_one_finding() -> None:
    head = f"{REPORT}一般公共预算财政拨款支出决算表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    rows = (
        "合计\t\t9.00\t5.00\t4.00\n201\t一般公共服务支出\t9.00\t5.00\t4.00\n"
        "20103\t政府办公厅（室）及相关机构事务\t7.00\t{swapped}\n2010301\t行政运行\t7.00\t5.00\t2.00\n"
        "20104\t发展与改革事务\t2.00\t0.00\t2.00\n2010401\t行政运行\t2.00\t0.00\t2.00"
    )
    assert findings(head + rows.format(swapped="5.00\t2.00")) == []
    errors = [f for f in findings(head + rows.format(swapped="2.00\t5.00")) if f.severity is Severity.ERROR]
    assert len(errors) == 1
    assert errors[0].subject is not None
    assert errors[0].subject.quote in {"2.00", "5.00"}


def test_rows_of_units_are_not_the_accounts_they_repeat() -> None:
    """Two units spend on one account: neither figure is the account's, and a unit's code is no account."""
    columns = "单位编码\t单位名称\t科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    text = (
        "某局2024年部门预算\n支出总表\n单位：万元\n"
        f"{columns}合计\t\t\t\t9.00\t9.00\t0.00\n"
        "208001\t某局本级\t2010301\t行政运行\t5.00\t5.00\t0.00\n208002\t某局监测站\t2010301\t行政运行\t4.00\t4.00\t0.00\n"
        "一般公共预算支出表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "201\t一般公共服务支出\t9.00\t9.00\t0.00\n20103\t政府办公厅（室）及相关机构事务\t9.00\t9.00\t0.00\n"
        "2010301\t行政运行\t9.00\t9.00\t0.00\n合计\t\t9.00\t9.00\t0.00\n"
    )
    tables = statements(text)
    assert [r.code for r in tables["budget_expenditure"].rows] == [None, "2010301", "2010301"]
    assert [f for f in findings(text) if f.severity > Severity.HINT] == []


def test_income_by_source_with_what_was_carried_over() -> None:
    table = table_of(
        "某部2024年部门预算\n部门收入总表\n单位：万元\n"
        "科目编码\t科目名称\t合计\t上年结转\t一般公共预算拨款收入\t政府性基金预算拨款收入\t事业收入\t\t其他收入\t使用非财政拨款结余\n"
        "\t\t\t\t\t\t金额\t其中：教育收费\t\t\n"
        "201\t一般公共服务支出\t10.00\t1.00\t5.00\t0.00\t2.00\t1.00\t1.00\t1.00\n合计\t\t10.00\t1.00\t5.00\t0.00\t2.00\t1.00\t1.00\t1.00"
    )
    assert table.complete
    row = table.row_of("201")
    assert row is not None
    assert row.facts["total"].concept == "income_total"
    assert (row.facts["general"].concept, row.facts["general"].scope.fund) == ("income", "general_budget")


COMPARED = (
    "某部2024年部门预算\n一般公共预算支出表\n单位：万元\n"
    "功能分类科目\t\t2023年执行数\t2024年预算数\t\t\t2024年预算数比2023年执行数\t\n"
    "科目编码\t科目名称\t\t小计\t基本支出\t项目支出\t增减额\t增减%\n"
    "201\t一般公共服务支出\t8.00\t{now}\t6.00\t4.00\t2.00\t25.00\n合计\t\t8.00\t10.00\t6.00\t4.00\t2.00\t25.00"
)


def test_last_years_execution_and_the_rate_of_growth_are_no_part_of_the_budget() -> None:
    table = table_of(COMPARED.format(now="10.00"))
    assert table.complete
    row = table.row_of("201")
    assert row is not None
    assert {k: (f.scope.year, f.scope.stage) for k, f in row.facts.items()} == {
        "execution@2023": (2023, Stage.EXECUTION),
        "total": (2024, Stage.BUDGET),
        "basic": (2024, Stage.BUDGET),
        "project": (2024, Stage.BUDGET),
        "change": (2024, Stage.BUDGET),
    }
    assert codes(COMPARED.format(now="10.00")) == []
    assert ("JS101", Severity.ERROR) in codes(COMPARED.format(now="11.00"))


def test_an_income_budget_may_count_what_was_carried_over() -> None:
    """收入预算 is 本年收入 in one place and 收入总计 in another."""
    text = (
        "某部2024年部门预算\n二、关于某部2024年收入预算情况说明\n某部2024年收入预算{said}万元，其中：上年结转1.00万元，一般公共预算拨款收入9.00万元。\n"
        "部门收支总表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、一般公共预算拨款收入\t9.00\t一、一般公共服务支出\t10.00\n"
        "本年收入合计\t9.00\t本年支出合计\t10.00\n上年结转\t1.00\t结转下年\t0.00\n收入总计\t10.00\t支出总计\t10.00\n"
    )
    assert "JS204" not in {c[0] for c in codes(text.format(said="10.00"))}
    assert ("JS204", Severity.ERROR) in codes(text.format(said="12.00"))


def test_dotted_codes_name_their_accounts_as_joined_ones_do() -> None:
    """The names of the text are held against the table's accounts, however their codes are printed."""
    text = (
        f"{REPORT}一般公共预算财政拨款支出决算表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "{a}\t一般公共服务支出\t3.00\t0.00\t3.00\n{b}\t统计信息事务\t3.00\t0.00\t3.00\n{c}\t专项普查活动\t3.00\t0.00\t3.00\n"
        "合计\t\t3.00\t0.00\t3.00\n"
        "五、一般公共预算财政拨款支出决算情况说明\n1.一般公共服务支出（类）统计信息事务（款）统计信息事务（项）。支出决算为3.00万元。"
    )
    joined = codes(text.format(a="201", b="20105", c="2010507"))
    assert ("JS302", Severity.WARNING) in joined
    assert codes(text.format(a="201", b="201.05", c="201.05.07")) == joined
