from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from juesuan.check import check_document
from juesuan.document.read import open_document
from juesuan.evaluate import evaluate
from juesuan.facts import Equal, Fact, Stage, State
from juesuan.findings import Finding, Severity
from juesuan.understand.tables import ReadStatement, TablesReading
from juesuan.understand.understanding import Understanding, understand
from tests.understand.tables.build import document

SAMPLES = Path(__file__).parents[3] / "bench" / "samples"
FINAL = [
    "overview",
    "income",
    "expenditure",
    "appropriation",
    "general_budget",
    "basic_items",
    "three_public",
    "government_fund",
    "state_capital_flow",
]
BUDGET = [
    "budget_overview",
    "budget_income",
    "budget_expenditure",
    "budget_appropriation",
    "budget_general_budget",
    "budget_government_fund",
    "budget_state_capital",
    "budget_basic_items",
    "budget_three_public",
]


def tables_of(name: str) -> TablesReading:
    return understand(open_document(SAMPLES / name)).tables


def table_of(text: str) -> ReadStatement:
    (table,) = understand(document(text)).tables.statements
    return table


def find(tables: TablesReading, statement: str, code: str | None, column: str) -> Fact:
    table = tables.get(statement)
    assert table is not None
    row = table.row_of(code) if code else next(r for r in table.rows if r.row_id == "total" and r.facts)
    assert row is not None
    return row.facts[column]


def findings(text: str) -> list[Finding]:
    return list(check_document(document(text)).findings)


def codes(text: str) -> list[tuple[str, Severity]]:
    return [(f.rule, f.severity) for f in findings(text)]


def broken(understanding: Understanding) -> int:
    return sum(evaluate(r).state is State.BROKEN for r in understanding.tables.relations)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("putuo-sthjj-2025-final.docx", FINAL),
        ("putuo-shiquan-2025-final.docx", FINAL),
        ("putuo-shgzb-2024-final.pdf", FINAL),
        ("shanghai-dept-2024-final-template.pdf", FINAL),
        ("putuo-wanli-dept-2023-budget.pdf", BUDGET),
        ("putuo-wanli-dept-2024-budget.pdf", BUDGET),
        ("putuo-wanli-dept-2025-budget.pdf", BUDGET),
        ("shanghai-dept-2025-budget-template.xlsx", BUDGET),
        ("shanghai-xx-budget-template.xls", BUDGET),
    ],
)
def test_every_table_of_the_samples_is_recognised(name: str, expected: list[str]) -> None:
    tables = tables_of(name)
    assert [s.statement.id for s in tables.statements] == expected
    assert all(s.complete and not s.shift for s in tables.statements)
    assert not tables.unrecognised


def test_figures_keep_their_columns_where_a_table_goes_on_with_fewer() -> None:
    """The first page has ten columns, the next eight: three columns of codes are one."""
    tables = tables_of("putuo-sthjj-2025-final.docx")
    fact = find(tables, "expenditure", "2110101", "basic")
    assert fact.value == Decimal(12837000)
    assert (fact.concept, fact.scope.fund, fact.scope.account) == ("basic", "all", "2110101")
    assert find(tables, "expenditure", None, "project").value == Decimal(13677600)


def test_a_correct_report_has_no_broken_relation_in_its_tables() -> None:
    understanding = understand(open_document(SAMPLES / "putuo-sthjj-2025-final.docx"))
    assert broken(understanding) == 0
    assert len(understanding.tables.relations) > 400


def test_blank_forms_assert_nothing() -> None:
    for name in ("shanghai-dept-2024-final-template.pdf", "shanghai-dept-2025-budget-template.xlsx"):
        assert not tables_of(name).relations


def test_one_slip_copied_over_two_lines_of_two_tables_is_one_finding() -> None:
    report = check_document(open_document(SAMPLES / "putuo-shiquan-2025-final.docx"))
    found = [f for f in report.findings if f.rule == "JS101" and f.severity is Severity.ERROR]
    assert len(found) == 1
    (only,) = found
    assert only.subject is not None
    assert only.subject.quote == "1,066.51"
    assert only.subject.where is not None
    assert (only.subject.where.table, only.subject.where.row) == ("支出决算表", "212 城乡社区支出")
    assert only.expected == "10,661.51"
    assert sum(e.quote == "1,066.51" for e in only.evidence) == 4


def test_sums_off_by_rounding_are_one_hint_a_table() -> None:
    report = check_document(open_document(SAMPLES / "putuo-sthjj-2025-final.docx"))
    hints = [f for f in report.findings if f.rule == "JS101"]
    assert [f.severity for f in hints] == [Severity.HINT] * 3
    assert "有 4 处" in hints[0].message


def test_figures_of_the_text_are_held_against_the_tables() -> None:
    understanding = understand(open_document(SAMPLES / "putuo-sthjj-2025-final.docx"))
    links = [r for r in understanding.relations if isinstance(r, Equal) and r.source == "text_table"]
    assert len(links) > 45
    assert all(evaluate(r).state is not State.BROKEN for r in links)


def test_budgets_in_yuan_and_text_in_ten_thousands_agree() -> None:
    understanding = understand(open_document(SAMPLES / "putuo-wanli-dept-2025-budget.pdf"))
    links = [r for r in understanding.relations if isinstance(r, Equal) and r.source == "text_table"]
    assert len(links) > 35
    assert all(evaluate(r).state is not State.BROKEN for r in links)


HEAD = "某局2023年度部门决算\n一般公共预算财政拨款支出决算表\n单位：万元\n"
COLUMNS = "功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n"


@pytest.mark.parametrize("text", ["-", "—", "一", "/", "", "NaN", "无"])
def test_a_blank_is_no_zero(text: str) -> None:
    table = table_of(f"{HEAD}{COLUMNS}201\t一般公共服务支出\t3.00\t{text}\t3.00\n合计\t\t3.00\t0.00\t3.00")
    row = table.row_of("201")
    assert row is not None
    assert set(row.facts) == {"total", "project"}
    assert row.blank == {"basic"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("208\t05\t01", "2080501"),
        ("208\t5\t1", "2080501"),
        ("208\t20805\t2080501", "2080501"),
        ("2080501\t\t", "2080501"),
        ("208.05.01\t\t", "2080501"),
    ],
)
def test_codes_are_read_however_they_are_split(cells: str, code: str) -> None:
    table = table_of(
        f"{HEAD}科目编码\t\t\t科目名称\t合计\t基本支出\t项目支出\n类\t款\t项\t\t\t\t\n类\t款\t项\t栏次\t1\t2\t3\n"
        f"{cells}\t行政单位离退休\t3.00\t3.00\t0.00\n\t\t\t合计\t3.00\t3.00\t0.00"
    )
    assert [r.code for r in table.rows] == [code, None]
    assert table.rows[0].facts["total"].value == Decimal(30000)


def test_accounts_without_codes_are_known_by_their_names_and_order() -> None:
    table = table_of(
        f"{HEAD}项目\t合计\t基本支出\t项目支出\n社会保障和就业支出\t3.00\t3.00\t0.00\n行政事业单位养老支出\t3.00\t3.00\t0.00\n"
        "行政单位离退休\t3.00\t3.00\t0.00\n合计\t3.00\t3.00\t0.00"
    )
    assert [r.code for r in table.rows] == ["208", "20805", "2080501", None]


def test_columns_are_bound_by_their_words_in_whatever_order() -> None:
    table = table_of(
        f"{HEAD}科目编码\t科目名称\t项目支出\t基本支出\t合计\n201\t一般公共服务支出\t1.00\t2.00\t3.00\n合计\t\t1.00\t2.00\t3.00"
    )
    row = table.row_of("201")
    assert row is not None
    assert {k: f.value for k, f in row.facts.items()} == {"total": 30000, "basic": 20000, "project": 10000}


def test_last_years_column_is_of_last_year_and_lends_nothing() -> None:
    table = table_of(
        "某局2023年度部门决算\n财政拨款“三公”经费支出决算表\n单位：万元\n"
        "2023年预算数\t\t\t\t2022年决算数\t\t\t\n"
        "合计\t因公出国（境）费\t公务接待费\t公务用车购置费\t合计\t因公出国（境）费\t公务接待费\t公务用车购置费\n"
        "2.00\t\t2.00\t0.00\t5.00\t3.00\t2.00\t0.00"
    )
    abroad = [f for f in table.facts if f.concept == "abroad"]
    assert [(f.scope.year, f.quantity.text) for f in abroad] == [(2022, "3.00")]


ROWS = (
    "某局2023年度部门决算\n一般公共预算财政拨款“三公”经费支出决算表\n单位：万元\n项目\t行次\t预算数\t决算数\n栏次\t\t1\t2\n"
    "合计\t1\t6.00\t{total}\n1．因公出国（境）费\t2\t0.00\t0.00\n2．公务用车购置及运行维护费\t3\t5.00\t5.00\n"
    "（1）公务用车购置费\t4\t0.00\t0.00\n（2）公务用车运行维护费\t5\t5.00\t5.00\n3．公务接待费\t6\t1.00\t0.80\n"
)


def test_three_public_items_that_stand_in_rows_are_read_too() -> None:
    table = table_of(ROWS.format(total="5.80"))
    assert table.statement.layout_of == "three_public"
    operation = [(f.scope.stage, f.value) for f in table.facts if f.concept == "vehicle_operation"]
    assert operation == [(Stage.BUDGET, Decimal(50000)), (Stage.FINAL, Decimal(50000))]
    assert not codes(ROWS.format(total="5.80"))
    assert codes(ROWS.format(total="6.80")) == [("JS101", Severity.ERROR)]


def test_a_table_without_measure_is_summed_but_not_compared() -> None:
    text = (
        "某局2023年度部门决算\n2023年一般公共预算财政拨款基本支出9.00万元。\n一般公共预算财政拨款支出决算表\n"
        f"{COLUMNS}201\t一般公共服务支出\t3.00\t1.00\t1.00\n合计\t\t3.00\t2.00\t1.00"
    )
    assert {code for code, _ in codes(text)} == {"JS101"}
    assert any("计量单位" in s.reason for s in check_document(document(text)).checks.could_not_check)


def test_a_table_that_could_be_two_is_said_and_not_guessed() -> None:
    text = f"某局2023年度部门决算\n单位：万元\n{COLUMNS}201\t一般公共服务支出\t3.00\t1.00\t1.00\n20101\t人大事务\t3.00\t1.00\t1.00\n合计\t\t3.00\t1.00\t1.00"
    tables = understand(document(text)).tables
    assert not tables.statements
    assert "无法断定" in tables.unrecognised[0].reason


def test_a_row_whose_account_cannot_be_told_keeps_sums_open() -> None:
    text = f"{HEAD}{COLUMNS}201\t一般公共服务支出\t3.00\t3.00\t0.00\n20l\t外交支出\t4.00\t4.00\t0.00\n合计\t\t7.00\t7.00\t0.00"
    assert not codes(text)


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        ("10,000.00", ("6,000.00", "3,995.50"), Severity.ERROR),
        ("100.0", ("60.0", "39.9"), Severity.HINT),
        ("100.000", ("60.000", "39.995"), Severity.ERROR),
        ("14,206", ("14,206.00", "0.00"), None),
    ],
)
def test_sums_are_judged_by_the_digits_shown(total: str, parts: tuple[str, str], expected: Severity | None) -> None:
    found = codes(f"{HEAD}{COLUMNS}合计\t\t{total}\t{parts[0]}\t{parts[1]}\n201\t一般公共服务支出\t{total}\t\t")
    assert [s for _, s in found] == ([expected] if expected else [])


def test_two_totals_swapped_between_text_and_table_are_found() -> None:
    text = (
        "某局2023年度部门决算\n2023年一般公共预算财政拨款基本支出40.00万元，一般公共预算财政拨款项目支出60.00万元。\n"
        f"一般公共预算财政拨款支出决算表\n单位：万元\n{COLUMNS}201\t一般公共服务支出\t100.00\t60.00\t40.00\n合计\t\t100.00\t60.00\t40.00"
    )
    assert ("JS204", Severity.ERROR) in codes(text)


def test_cars_bought_from_project_money_are_no_contradiction() -> None:
    text = (
        "某局2023年度部门决算\n一般公共预算财政拨款基本支出决算表\n单位：万元\n经济分类科目编码\t科目名称\t决算数\n"
        "310\t资本性支出\t1.00\n31002\t办公设备购置\t1.00\n31013\t公务用车购置\t\n公用经费合计\t\t1.00\n"
        "财政拨款“三公”经费支出决算表\n单位：万元\n预算数\t\t决算数\t\n公务用车购置费\t公务接待费\t公务用车购置费\t公务接待费\n25.00\t\t25.00\t\n"
    )
    assert not codes(text)
    assert ("JS109", Severity.ERROR) in codes(
        text.replace("31013\t公务用车购置\t\n", "31013\t公务用车购置\t30.00\n")
        .replace("\t1.00\n31002", "\t31.00\n31002")
        .replace("合计\t\t1.00", "合计\t\t31.00")
    )


def test_tables_of_two_units_in_one_file_are_not_mixed() -> None:
    one = f"一般公共预算财政拨款支出决算表\n单位：万元\n{COLUMNS}201\t一般公共服务支出\t3.00\t3.00\t0.00\n合计\t\t3.00\t3.00\t0.00\n"
    tables = understand(document("某局2023年度部门决算\n" + one + one.replace("3.00", "5.00"))).tables
    assert [s.part for s in tables.statements] == [0, 1]
    assert not any(isinstance(r, Equal) for r in tables.relations)
    assert any("几套" in doubt for doubt in tables.doubts)


def test_a_page_that_prints_title_and_header_again_goes_on_with_the_table() -> None:
    first = f"{HEAD}{COLUMNS}201\t一般公共服务支出\t3.00\t3.00\t0.00\n208\t社会保障和就业支出\t4.00\t4.00\t0.00\n"
    text = f"{first}一般公共预算财政拨款支出决算表\n单位：万元\n{COLUMNS}20805\t行政事业单位养老支出\t4.00\t4.00\t0.00\n合计\t\t7.00\t7.00\t0.00"
    tables = understand(document(text)).tables
    (table,) = tables.statements
    assert len(table.blocks) == 2
    assert [r.code for r in table.rows] == ["201", "208", "20805", None]


SPENT = (
    "某局2023年度部门决算\n支出决算表\n单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t对附属单位补助支出\n"
    "{all}合计\t\t5.00\t2.01\t2.99\t\t\n"
    "一般公共预算财政拨款支出决算表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    "212\t城乡社区支出\t5.00\t2.00\t2.99\n21201\t城乡社区管理事务\t5.00\t2.00\t2.99\n2120101\t行政运行\t5.00\t2.00\t2.99\n"
    "合计\t\t5.00\t2.00\t2.99\n"
)
LINE = "212{code}\t{name}\t{total}\t{basic}\t{project}\t\t\n"


def test_money_too_small_to_be_seen_in_a_total_makes_the_general_budget_a_part() -> None:
    """A line of its own shows that a fund was spent: the two totals are not one figure, though they read alike."""
    general = LINE.format(code="0101", name="行政运行", total="5.00", basic="2.00", project="2.99")
    fund = LINE.format(code="0803", name="城市建设支出", total="0.00", basic="0.00", project="")
    assert not [r for r, s in codes(SPENT.format(all=general + fund)) if r == "JS205"]
    assert ("JS205", Severity.HINT) in codes(SPENT.format(all=general))
