"""The tables of published final accounts: the Ministry's nine, and what Sichuan adds to make thirteen or fourteen."""

from __future__ import annotations

from juesuan.facts import Stage
from juesuan.taxonomy.statements.model import CLASSES, Across, Col, Down, Keys, Kind, Row, Side, Statement
from juesuan.taxonomy.statements.shared import (
    AMOUNT_COLUMN,
    BASIC_PROJECT,
    CAPITAL,
    EXPENDITURE_COLUMNS,
    EXPENDITURE_DOWN,
    FUND,
    FUND_ACROSS,
    FUND_COLUMNS,
    GENERAL,
    INCOME_COLUMNS,
    basic_project,
    economic_side,
    expenditure_rows,
    function_side,
    fund_flow,
    income_rows,
    three_public,
    wide_side,
)

_INCOME_PARTS = (
    "general",
    "fund",
    "capital",
    "special_account",
    "superior",
    "business",
    "operating",
    "affiliated",
    "other",
)

OVERVIEW = Statement(
    id="overview",
    number="公开01",
    titles=(
        "收入支出决算总表",
        "收入支出决算表",
        "部门收支决算总体情况表",
        "收支决算总表",
        "收入支出决算总体情况表",
    ),
    kind=Kind.FINAL,
    fund="all",
    sides=(
        Side(
            "income",
            Keys.LABELS,
            AMOUNT_COLUMN,
            rows=income_rows(),
            words=("收入", "本年收入"),
            down=(Down("income", _INCOME_PARTS), Down("total", ("income", "use_of_surplus", "carried_in"))),
        ),
        Side(
            "expenditure",
            Keys.LABELS,
            AMOUNT_COLUMN,
            rows=expenditure_rows("all"),
            words=("支出", "本年支出"),
            down=EXPENDITURE_DOWN,
        ),
    ),
)

INCOME = Statement(
    id="income",
    number="公开02",
    titles=("收入决算表", "收入决算总表", "部门收入决算总体情况表", "收入决算总体情况表"),
    kind=Kind.FINAL,
    fund="all",
    sides=function_side(
        INCOME_COLUMNS,
        (
            Across("total", ("appropriation", "superior", "business", "operating", "affiliated", "other")),
            Across("business", ("education_fees",), within=True),
        ),
    ),
    required=("appropriation", "other"),
)

EXPENDITURE = Statement(
    id="expenditure",
    number="公开03",
    titles=("支出决算表", "支出决算总表", "部门支出决算总体情况表", "支出决算总体情况表"),
    kind=Kind.FINAL,
    fund="all",
    sides=function_side(
        EXPENDITURE_COLUMNS, (Across("total", ("basic", "project", "superior", "operating", "affiliated")),)
    ),
    required=("superior", "affiliated"),
)

APPROPRIATION = Statement(
    id="appropriation",
    number="公开04",
    titles=("财政拨款收入支出决算总表", "财政拨款收入支出决算表", "财政拨款收支决算总体情况表", "财政拨款收支决算总表"),
    kind=Kind.FINAL,
    fund="appropriation",
    sides=(
        Side(
            "income",
            Keys.LABELS,
            AMOUNT_COLUMN,
            rows=(
                Row("income", ("本年收入合计", "收入合计"), "income", "appropriation"),
                Row(
                    "carried_in",
                    ("年初财政拨款结转和结余", "年初结转和结余", "上年结转和结余"),
                    "carried_in",
                    "appropriation",
                ),
                Row("general_in", GENERAL, "carried_in", "general_budget", after="carried_in"),
                Row("fund_in", FUND, "carried_in", "government_fund", after="carried_in"),
                Row("capital_in", CAPITAL, "carried_in", "state_capital", after="carried_in"),
                Row("general", (*GENERAL, "一般公共预算财政拨款收入"), "income", "general_budget"),
                Row("fund", (*FUND, "政府性基金预算财政拨款收入"), "income", "government_fund"),
                Row("capital", (*CAPITAL, "国有资本经营预算财政拨款收入"), "income", "state_capital"),
                Row("total", ("总计", "收入总计", "合计"), "income_total", "appropriation"),
            ),
            words=("收入", "收入决算数"),
            down=(
                Down("income", ("general", "fund", "capital")),
                Down("carried_in", ("general_in", "fund_in", "capital_in")),
                Down("total", ("income", "carried_in")),
            ),
        ),
        Side(
            "expenditure",
            Keys.LABELS,
            FUND_COLUMNS,
            rows=expenditure_rows(None),
            words=("支出", "支出决算数"),
            across=FUND_ACROSS,
            down=(Down("expenditure", (CLASSES,)), Down("total", ("expenditure", "carried_out"))),
        ),
    ),
    required=("general", "fund"),
)

GENERAL_BUDGET = Statement(
    id="general_budget",
    number="公开06",
    titles=(
        "一般公共预算财政拨款支出决算表",
        "一般公共预算财政拨款收入支出决算表",
        "一般公共预算支出决算表",
        "一般公共预算支出决算情况表",
        "一般公开预算支出决算情况表",
    ),
    kind=Kind.FINAL,
    fund="general_budget",
    sides=function_side(basic_project("general_budget"), BASIC_PROJECT),
    required=("basic", "project"),
)

BASIC = Statement(
    id="basic_items",
    number="公开08",
    titles=(
        "一般公共预算财政拨款基本支出决算表",
        "一般公共预算财政拨款基本支出决算明细表",
        "一般公共预算基本支出决算表",
        "一般公共预算基本支出决算明细表",
    ),
    kind=Kind.FINAL,
    fund="general_budget",
    sides=(economic_side(),),
)

THREE_PUBLIC = Statement(
    id="three_public",
    number="公开13",
    titles=(
        "财政拨款“三公”经费支出决算表",
        "一般公共预算财政拨款“三公”经费支出决算表",
        "“三公”经费支出决算表",
        "一般公共预算财政拨款安排的“三公”经费支出决算表",
        "财政拨款“三公”经费及机关运行经费支出决算表",
        "一般公共预算财政拨款“三公”经费及机关运行经费支出决算表",
        "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表",
        "财政拨款“三公”经费决算表",
        "财政拨款“三公”经费、会议费和培训费支出决算表",
        "财政拨款“三公”经费、会议费、培训费支出决算表",
        "一般公共预算财政拨款“三公”经费、会议费和培训费支出决算表",
        "一般公共预算财政拨款“三公”经费、会议费、培训费支出决算表",
        "一般公共预算“三公”经费、会议费和培训费支出决算表",
        "一般公共预算“三公”经费、会议费、培训费支出决算表",
        "一般公共预算“三公”经费支出决算表",
        "一般公共预算财政拨款“三公”经费支出情况表",
        "财政拨款“三公”经费支出情况表",
        "“三公”经费支出情况表",
    ),
    kind=Kind.FINAL,
    sides=(three_public((Stage.BUDGET, Stage.FINAL), with_running_cost=True),),
)

THREE_PUBLIC_ROWS = Statement(
    id="three_public_rows",
    number="公开13",
    titles=(),
    layout_of="three_public",
    kind=Kind.FINAL,
    sides=(
        Side(
            "expenditure",
            Keys.LABELS,
            AMOUNT_COLUMN,
            rows=(
                Row("total", ("合计", "支出合计", "“三公”经费合计", "“三公”经费支出", "“三公”经费"), "three_public"),
                Row("abroad", ("因公出国（境）费", "因公出国（境）费用", "因公出国", "因公出国（境）"), "abroad"),
                Row(
                    "vehicle",
                    ("公务用车购置及运行维护费", "公务用车购置及运行费", "公务用车费", "公务用车购置及运行维护费小计"),
                    "vehicle",
                ),
                Row("purchase", ("公务用车购置费", "公务用车购置"), "vehicle_purchase"),
                Row("operation", ("公务用车运行维护费", "公务用车运行费", "公务用车运行维护"), "vehicle_operation"),
                Row("reception", ("公务接待费", "公务接待"), "reception"),
                Row("domestic", ("国内接待费", "国内公务接待费"), "reception_domestic"),
                Row("foreign", ("国（境）外接待费", "外事接待费", "外宾接待费"), "reception_foreign"),
            ),
            down=(Down("total", ("abroad", "vehicle", "reception")), Down("vehicle", ("purchase", "operation"))),
        ),
    ),
    verified=False,
    note="三公各项按行列示，数、批次、人次往往在同一张表里",
)

GOVERNMENT_FUND = Statement(
    id="government_fund",
    number="公开10",
    titles=(
        "政府性基金预算财政拨款收入支出决算表",
        "政府性基金预算收入支出决算表",
        "政府性基金预算支出情况决算表",
        "政府性基金预算财政拨款支出决算表",
        "政府性基金预算支出决算表",
    ),
    kind=Kind.FINAL,
    fund="government_fund",
    sides=fund_flow("government_fund"),
    required=("total",),
)

STATE_CAPITAL_FLOW = Statement(
    id="state_capital_flow",
    number="公开11",
    titles=("国有资本经营预算财政拨款收入支出决算表", "国有资本经营预算收入支出决算表"),
    kind=Kind.FINAL,
    fund="state_capital",
    sides=fund_flow("state_capital"),
    required=("carried_in",),
)

STATE_CAPITAL = Statement(
    id="state_capital",
    number="公开12",
    titles=("国有资本经营预算财政拨款支出决算表", "国有资本经营预算支出决算表"),
    kind=Kind.FINAL,
    fund="state_capital",
    sides=function_side(basic_project("state_capital"), BASIC_PROJECT),
    required=("basic", "project"),
)

MINISTRY = (
    OVERVIEW,
    INCOME,
    EXPENDITURE,
    APPROPRIATION,
    GENERAL_BUDGET,
    BASIC,
    THREE_PUBLIC,
    THREE_PUBLIC_ROWS,
    GOVERNMENT_FUND,
    STATE_CAPITAL_FLOW,
    STATE_CAPITAL,
)

PROJECT = Statement(
    id="project_expenditure",
    number="公开09",
    titles=(
        "一般公共预算财政拨款项目支出决算表",
        "一般公共预算项目支出决算表",
        "一般公共预算财政拨款项目支出决算明细表",
    ),
    kind=Kind.FINAL,
    fund="general_budget",
    sides=function_side(
        (Col("project", ("金额", "合计", "决算数", "项目支出", "小计", "总计"), "project", "general_budget"),), ()
    ),
    verified=False,
    note="行可能再列项目名称，版式以样表核对",
)

APPROPRIATION_DETAIL = Statement(
    id="appropriation_detail",
    number="公开05",
    titles=("财政拨款支出决算明细表", "财政拨款支出决算明细表（政府经济分类科目）"),
    kind=Kind.FINAL,
    fund="appropriation",
    sides=(
        Side(
            "items",
            Keys.ECONOMIC,
            tuple(Col(c.id, c.labels, "economic", c.fund, nature="all_expenditure") for c in FUND_COLUMNS),
            across=FUND_ACROSS,
            tree=True,
        ),
    ),
    verified=False,
    note="可能按政府预算支出经济分类（501…）列示，各拨款可能再分基本、项目",
)

GENERAL_BUDGET_DETAIL = Statement(
    id="general_budget_detail",
    number="公开07",
    titles=("一般公共预算财政拨款支出决算明细表", "一般公共预算支出决算明细表"),
    kind=Kind.FINAL,
    fund="general_budget",
    sides=wide_side("expenditure", "general_budget", "all_expenditure"),
    verified=False,
    note="功能科目各行横列全部经济分类款，宽表分页续排",
)

FUND_THREE_PUBLIC = Statement(
    id="government_fund_three_public",
    number="公开11",
    titles=("政府性基金预算财政拨款“三公”经费支出决算表",),
    kind=Kind.FINAL,
    fund="government_fund",
    sides=(three_public((Stage.BUDGET, Stage.FINAL), fund="government_fund"),),
    verified=False,
    note="四川2021年度十四表之一",
)

SICHUAN_EXTRA = (APPROPRIATION_DETAIL, GENERAL_BUDGET_DETAIL, PROJECT, FUND_THREE_PUBLIC)
SICHUAN_2023 = (
    "overview", "income", "expenditure", "appropriation", "appropriation_detail", "general_budget", "general_budget_detail",
    "basic_items", "project_expenditure", "government_fund", "state_capital_flow", "state_capital", "three_public",
)  # fmt: skip
"""The thirteen of Sichuan 2022 to 2024, in their order."""
SICHUAN_2021 = (
    "overview", "income", "expenditure", "appropriation", "appropriation_detail", "general_budget", "general_budget_detail",
    "basic_items", "project_expenditure", "three_public", "government_fund", "government_fund_three_public",
    "state_capital_flow", "state_capital",
)  # fmt: skip
"""The fourteen of Sichuan 2021."""
NATIONAL = (
    "overview", "income", "expenditure", "appropriation", "general_budget", "basic_items", "three_public", "government_fund", "state_capital_flow",
)  # fmt: skip
"""The nine that follow the Ministry's form; the last one is `state_capital` in some places."""
