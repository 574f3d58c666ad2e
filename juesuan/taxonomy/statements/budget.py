"""The nine budget tables as Shanghai publishes them, for departments and for single units."""

from __future__ import annotations

from juesuan.facts import Stage
from juesuan.taxonomy.statements.model import CLASSES, Across, Col, Down, Keys, Kind, Row, Side, Statement
from juesuan.taxonomy.statements.shared import (
    BASIC_PROJECT,
    CAPITAL,
    FUND,
    FUND_ACROSS,
    FUND_COLUMNS,
    GENERAL,
    INCOME_COLUMNS,
    basic_project,
    economic_columns,
    function_side,
    three_public,
    with_end,
)

CARRIED_IN = ("上年结转", "上年结转结余", "上年结转和结余", "年初结转和结余", "上年结余结转")
_ANY = ("预算数", "金额", "合计", "总计")
_SOURCES = ("appropriation", "special_account", "business", "operating", "superior", "affiliated", "other")
_NO_APPROPRIATION = (("appropriation", ("general", "fund", "capital")),)
_TOTALS = (
    Row("expenditure", ("本年支出合计", "本年支出小计"), "expenditure", "all"),
    Row("carried_out", ("结转下年", "年末结转和结余", "年终结转结余", "年终结转和结余"), "carried_out", "all"),
    Row("basic", ("基本支出",), "basic", "all"),
    Row("project", ("项目支出",), "project", "all"),
    Row("operating", ("事业单位经营支出", "经营支出"), "operating_expenditure", "all"),
    Row("superior_payment", ("上缴上级支出",), "superior_payment", "all"),
    Row("affiliated_subsidy", ("对附属单位补助支出",), "affiliated_subsidy", "all"),
    Row("total", ("支出总计", "总计", "支出合计", "合计"), "expenditure_total", "all"),
)

OVERVIEW = Statement(
    id="budget_overview",
    titles=(
        "财务收支预算总表",
        "部门财务收支预算总表",
        "预算单位财务收支预算总表",
        "单位财务收支预算总表",
        "收支预算总表",
        "部门收支总表",
        "收支总表",
        "单位收支总表",
        "部门收支总体情况表",
        "收支总体情况表",
        "部门预算收支总表",
    ),
    kind=Kind.BUDGET,
    fund="all",
    measure="元",
    sides=(
        Side(
            "income",
            Keys.LABELS,
            (Col("amount", (*_ANY, "收入", "本年收入"), ""),),
            rows=(
                Row("appropriation", ("财政拨款收入", "财政拨款"), "income", "appropriation"),
                Row("general", with_end(GENERAL, "收入"), "income", "general_budget"),
                Row("fund", with_end(FUND, "收入"), "income", "government_fund"),
                Row("capital", with_end(CAPITAL, "收入"), "income", "state_capital"),
                Row(
                    "special_account",
                    ("财政专户管理资金收入", "财政专户管理资金", "财政专户拨款", "财政专户核拨资金收入"),
                    "income_special_account",
                ),
                Row("business", ("事业收入",), "income_business"),
                Row("operating", ("事业单位经营收入", "经营收入"), "income_operating"),
                Row("superior", ("上级补助收入",), "income_superior"),
                Row("affiliated", ("附属单位上缴收入",), "income_affiliated"),
                Row("other", ("其他收入",), "income_other"),
                Row(
                    "use_of_surplus",
                    ("使用非财政拨款结余", "用事业基金弥补收支差额", "使用非财政拨款结余（含专用结余）"),
                    "use_of_surplus",
                    "all",
                ),
                Row("carried_in", CARRIED_IN, "carried_in", "all"),
                Row("income", ("本年收入合计", "本年收入小计"), "income", "all"),
                Row("total", ("收入总计", "总计", "收入合计", "合计"), "income_total", "all"),
            ),
            words=("本年收入", "收入"),
            down=(
                Down("appropriation", ("general", "fund", "capital")),
                Down("income", _SOURCES, _NO_APPROPRIATION),
                Down("total", (*_SOURCES, "use_of_surplus", "carried_in"), _NO_APPROPRIATION),
            ),
        ),
        Side(
            "expenditure",
            Keys.LABELS,
            (
                Col("amount", (*_ANY, "支出", "本年支出"), "", "all"),
                Col("basic", ("基本支出",), "basic", "all"),
                Col("personnel", ("人员经费",), "personnel", "all", under=("基本支出",)),
                Col("office", ("公用经费",), "office", "all", under=("基本支出",)),
                Col("project", ("项目支出",), "project", "all"),
            ),
            rows=_TOTALS,
            words=("本年支出", "支出"),
            across=(Across("amount", ("personnel", "office", "project")),),
            down=(Down("expenditure", (CLASSES,)), Down("total", (CLASSES, "carried_out"))),
        ),
    ),
)

INCOME = Statement(
    id="budget_income",
    titles=(
        "收入预算总表",
        "部门收入预算总表",
        "预算单位收入预算总表",
        "部门收入总表",
        "单位收入总表",
        "收入预算表",
        "收入总表",
        "收入总体情况表",
        "部门收入总体情况表",
    ),
    kind=Kind.BUDGET,
    fund="all",
    measure="元",
    sides=function_side(
        INCOME_COLUMNS,
        (Across("total", ("appropriation", "superior", "business", "operating", "affiliated", "other")),),
    ),
    required=("appropriation", "other"),
)

EXPENDITURE = Statement(
    id="budget_expenditure",
    titles=(
        "支出预算总表",
        "部门支出预算总表",
        "预算单位支出预算总表",
        "部门支出总表",
        "单位支出总表",
        "支出预算表",
        "支出总表",
        "支出总体情况表",
        "部门支出总体情况表",
    ),
    kind=Kind.BUDGET,
    fund="all",
    measure="元",
    sides=function_side(basic_project("all"), BASIC_PROJECT),
    required=("basic", "project"),
)

APPROPRIATION = Statement(
    id="budget_appropriation",
    titles=(
        "财政拨款收支预算总表",
        "部门财政拨款收支预算总表",
        "预算单位财政拨款收支预算总表",
        "部门财政拨款收支总表",
        "财政拨款收支总表",
        "财政拨款收支总体情况表",
        "部门财政拨款收支总体情况表",
    ),
    kind=Kind.BUDGET,
    fund="appropriation",
    measure="元",
    sides=(
        Side(
            "income",
            Keys.LABELS,
            (Col("amount", (*_ANY, "收入", "财政拨款收入"), ""),),
            rows=(
                Row("carried_in", CARRIED_IN, "carried_in", "appropriation"),
                Row("general_in", GENERAL, "carried_in", "general_budget", after="carried_in"),
                Row("fund_in", FUND, "carried_in", "government_fund", after="carried_in"),
                Row("capital_in", CAPITAL, "carried_in", "state_capital", after="carried_in"),
                Row("income", ("本年收入", "本年收入合计", "本年收入小计"), "income", "appropriation"),
                Row("general", with_end(GENERAL, "收入"), "income", "general_budget"),
                Row("fund", with_end(FUND, "收入"), "income", "government_fund"),
                Row("capital", with_end(CAPITAL, "收入"), "income", "state_capital"),
                Row("total", ("收入总计", "总计", "收入合计", "合计"), "income_total", "appropriation"),
            ),
            words=("财政拨款收入", "收入"),
            down=(
                Down("income", ("general", "fund", "capital")),
                Down("carried_in", ("general_in", "fund_in", "capital_in")),
                Down("total", ("income", "carried_in"), (("income", ("general", "fund", "capital")),)),
            ),
        ),
        Side(
            "expenditure",
            Keys.LABELS,
            FUND_COLUMNS,
            rows=(
                Row("expenditure", ("本年支出", "本年支出合计", "本年支出小计"), "expenditure"),
                Row("carried_out", ("结转下年", "年末结转和结余", "年终结转结余", "年终结转和结余"), "carried_out"),
                Row("total", ("支出总计", "总计", "支出合计", "合计"), "expenditure_total"),
            ),
            words=("财政拨款支出", "支出"),
            across=FUND_ACROSS,
            down=(Down("expenditure", (CLASSES,)), Down("total", (CLASSES, "carried_out"))),
        ),
    ),
    required=("general", "fund"),
)


def _by_function(id_: str, fund: str, titles: tuple[str, ...]) -> Statement:
    return Statement(
        id=id_,
        titles=titles,
        kind=Kind.BUDGET,
        fund=fund,
        measure="元",
        sides=function_side(basic_project(fund), BASIC_PROJECT),
        required=("basic", "project"),
    )


GENERAL_BUDGET = _by_function(
    "budget_general_budget",
    "general_budget",
    (
        "一般公共预算支出功能分类预算表",
        "部门一般公共预算拨款表",
        "单位一般公共预算拨款表",
        "一般公共预算支出预算表",
        "一般公共预算支出表",
        "一般公共预算支出情况表",
        "一般公共预算财政拨款支出预算表",
        "一般公共预算财政拨款支出表",
    ),
)
GOVERNMENT_FUND = _by_function(
    "budget_government_fund",
    "government_fund",
    (
        "政府性基金预算支出功能分类预算表",
        "部门政府性基金拨款表",
        "单位政府性基金拨款表",
        "政府性基金预算支出预算表",
        "政府性基金预算支出表",
        "政府性基金预算支出情况表",
        "政府性基金预算财政拨款支出预算表",
    ),
)
STATE_CAPITAL = _by_function(
    "budget_state_capital",
    "state_capital",
    (
        "国有资本经营预算支出功能分类预算表",
        "部门国有资本经营预算拨款表",
        "单位国有资本经营预算拨款表",
        "国有资本经营预算支出预算表",
        "国有资本经营预算支出表",
        "国有资本经营预算支出情况表",
        "国有资本经营预算财政拨款支出预算表",
    ),
)

BASIC = Statement(
    id="budget_basic_items",
    titles=(
        "一般公共预算基本支出部门预算经济分类预算表",
        "部门一般公共预算拨款基本支出明细表",
        "单位一般公共预算拨款基本支出明细表",
        "一般公共预算基本支出预算表",
        "一般公共预算基本支出表",
        "一般公共预算基本支出情况表",
        "一般公共预算财政拨款基本支出预算表",
        "一般公共预算财政拨款基本支出表",
    ),
    kind=Kind.BUDGET,
    fund="general_budget",
    measure="元",
    sides=(economic_columns(),),
    required=("personnel", "office"),
)

THREE_PUBLIC = Statement(
    id="budget_three_public",
    titles=(
        "“三公”经费和机关运行经费预算表",
        "部门“三公”经费和机关运行费预算表",
        "单位“三公”经费和机关运行费预算表",
        "“三公”经费预算表",
        "“三公”经费及机关运行经费预算表",
        "财政拨款“三公”经费支出预算表",
        "一般公共预算“三公”经费支出表",
        "一般公共预算“三公”经费支出预算表",
        "一般公共预算财政拨款“三公”经费支出预算表",
        "一般公共预算安排的“三公”经费支出情况表",
        "一般公共预算安排的“三公”经费预算表",
        "一般公共预算“三公”经费支出情况表",
        "一般公共预算“三公”经费、会议费、培训费支出预算表",
        "一般公共预算“三公”经费、会议费和培训费支出预算表",
        "财政拨款“三公”经费、会议费、培训费支出预算表",
    ),
    kind=Kind.BUDGET,
    sides=(three_public((Stage.BUDGET,), with_running_cost=True),),
)

SHANGHAI_BUDGET = (
    OVERVIEW,
    INCOME,
    EXPENDITURE,
    APPROPRIATION,
    GENERAL_BUDGET,
    GOVERNMENT_FUND,
    STATE_CAPITAL,
    BASIC,
    THREE_PUBLIC,
)
