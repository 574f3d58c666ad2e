"""Tables that page ends cut are joined; those of two units are not."""

from __future__ import annotations

from juesuan.findings import Severity
from juesuan.understand.tables import TablesReading
from juesuan.understand.understanding import understand
from tests.understand.tables.build import document
from tests.understand.tables.test_tables import codes

HEAD = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
TITLE = "一般公共预算财政拨款支出决算表\n单位：万元\n"
FIRST = (
    f"某局2023年度部门决算\n{TITLE}{HEAD}合计\t\t6.00\t4.00\t2.00\n201\t一般公共服务支出\t3.00\t3.00\t0.00\n"
    "20103\t政府办公厅（室）及相关机构事务\t3.00\t3.00\t0.00\n"
)
REST = "2010301\t行政运行\t3.00\t3.00\t0.00\n208\t社会保障和就业支出\t3.00\t1.00\t2.00\n"


def read(text: str) -> TablesReading:
    return understand(document(text)).tables


def errors(text: str) -> list[str]:
    return [rule for rule, severity in codes(text) if severity is Severity.ERROR]


def one_table(text: str) -> bool:
    tables = read(text).statements
    return len(tables) == 1 and tables[0].complete and [r.code for r in tables[0].rows if r.code] == [
        "201", "20103", "2010301", "208",
    ]  # fmt: skip


def test_a_running_head_between_the_parts() -> None:
    text = f"{FIRST}某局2023年度部门决算公开\n{REST}"
    assert one_table(text)
    assert errors(text) == []


def test_a_title_and_a_header_printed_again() -> None:
    text = f"{FIRST}一般公共预算财政拨款支出决算表（续表）\n单位：万元\n{HEAD}{REST}"
    assert one_table(text)
    assert errors(text) == []


def test_another_units_table_begins_anew() -> None:
    whole = FIRST + REST
    tables = read(f"{whole}{TITLE}{whole.partition('万元' + chr(10))[2]}").statements
    assert [t.part for t in tables] == [0, 1]


def test_two_tables_with_the_same_columns_and_no_line_but_a_title_between() -> None:
    text = (
        f"{FIRST}{REST}政府性基金预算财政拨款支出决算表（功能科目）\n{HEAD}合计\t\t1.00\t0.00\t1.00\n"
        "212\t城乡社区支出\t1.00\t0.00\t1.00\n"
    )
    assert [t.statement.base for t in read(text).statements] == ["general_budget", "government_fund"]
    assert errors(text) == []


def test_a_rest_that_does_not_fit_keeps_the_sums_of_the_table_open() -> None:
    """Its columns are fewer than those of the first page: what it is of cannot be told, so nothing is missing for certain."""
    text = f"{FIRST}某局2023年度部门决算公开\n208\t3.00\t1.00\t2.00\n20805\t3.00\t1.00\t2.00\n"
    (table,) = read(text).statements
    assert not table.complete
    assert errors(text) == []


def test_a_table_that_ends_short_is_found() -> None:
    assert "JS101" in errors(f"{FIRST}注：本表反映支出情况。")


def test_an_empty_table_cut_by_a_page_has_its_statement_below_the_second_part() -> None:
    text = (
        "某局2023年度部门决算\n政府性基金预算财政拨款收入支出决算表\n单位：万元\n"
        "科目编码\t科目名称\t年初结转和结余\t本年收入\t本年支出小计\t基本支出\t项目支出\t年末结转和结余\n"
        "\t\t\t\t\t\t\t\n— 9 —\n\t\t\t\t\t\t\t\n"
        "注：本部门2023年度没有政府性基金预算财政拨款收入和支出，故本表无数据。"
    )
    assert "JS410" not in [rule for rule, _ in codes(text)]


def test_digits_of_a_chinese_font_are_figures() -> None:
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    text = FIRST + REST
    assert errors(text.replace("6.00\t4.00", "6.00\t4.00".translate(wide))) == []
    assert errors(text.replace("6.00\t4.00", "6.50\t4.00".translate(wide))) == ["JS101"]


def test_a_header_that_a_page_end_parted_from_its_rows() -> None:
    text = (
        "某局2023年度部门决算\n收入支出决算总表\n单位：万元\n收入\t支出\n\n项目\t决算数\t项目\t决算数\n"
        "本年收入合计\t3.00\t本年支出合计\t3.00\n年初结转和结余\t1.00\t年末结转和结余\t1.00\n总计\t4.00\t总计\t4.00\n"
    )
    (table,) = read(text).statements
    assert table.statement.id == "overview"
    assert {f.concept for f in table.facts} >= {"income", "expenditure", "income_total", "expenditure_total"}


def test_a_merged_cell_of_the_header_that_a_page_end_cut() -> None:
    text = (
        "某局2023年度部门决算\n财政拨款“三公”经费支出决算表\n单位：万元\n预算数\t\t\t\t\t\t决算数\t\t\t\t\t\n"
        "合计\t因公出\t公务用车购置及运行维护费\t\t\t公务接\t合计\t因公出\t公务用车购置及运行维护费\t\t\t公务接\n"
        "\t国（境）费\t小计\t公务用车购置费\t公务用车运行维护费\t待费\t\t国（境）费\t小计\t公务用车购置费\t公务用车运行维护费\t待费\n"
        "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\n"
        "6.00\t0.00\t5.00\t0.00\t5.00\t1.00\t4.50\t0.00\t4.00\t0.00\t4.00\t0.50"
    )
    (table,) = read(text).statements
    assert table.complete
    (row,) = table.rows
    assert row.facts["final_reception"].value == 5000
    assert codes(text) == []
