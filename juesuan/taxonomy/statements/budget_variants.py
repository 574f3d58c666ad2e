"""Other layouts of the budget tables: the Ministry's form, and columns that provinces add."""

from __future__ import annotations

from juesuan.facts import Stage
from juesuan.taxonomy.statements.model import Across, Col, Keys, Kind, Statement
from juesuan.taxonomy.statements.shared import (
    BASIC_PROJECT,
    CAPITAL,
    EXPENDITURE_COLUMNS,
    FUND,
    GENERAL,
    basic_project,
    function_side,
    three_public,
    three_public_plain,
    with_end,
)

_TOTAL = ("合计", "总计", "收入合计", "小计")
_CARRIED = ("上年结转", "上年结转结余", "上年结转和结余", "年初结转和结余", "上年结余结转")
_THIS_YEAR = ("本年收入", "本年预算收入", "本年预算")


def _sources(prefix: str, under: tuple[str, ...]) -> tuple[Col, ...]:
    """The sources of income of a year, below words of their own or not."""
    return (
        Col(f"{prefix}general", with_end(GENERAL, "收入"), "income", "general_budget", under=under),
        Col(f"{prefix}fund", with_end(FUND, "收入"), "income", "government_fund", under=under),
        Col(f"{prefix}capital", with_end(CAPITAL, "收入"), "income", "state_capital", under=under),
        Col(
            f"{prefix}special_account",
            ("财政专户管理资金收入", "财政专户管理资金", "财政专户核拨资金收入", "财政专户拨款"),
            "income_special_account",
            under=under,
        ),
        Col(f"{prefix}business", ("事业收入", "事业收入资金"), "income_business", under=under),
        Col(
            f"{prefix}operating",
            ("事业单位经营收入", "经营收入", "事业单位经营收入资金", "事业经营收入"),
            "income_operating",
            under=under,
        ),
        Col(f"{prefix}superior", ("上级补助收入", "上级补助"), "income_superior", under=under),
        Col(f"{prefix}affiliated", ("附属单位上缴收入", "附属单位上缴"), "income_affiliated", under=under),
        Col(f"{prefix}other", ("其他收入", "其他收入资金"), "income_other", under=under),
    )


_FEES = Col("education_fees", ("教育收费", "其中：教育收费", "教育收费收入"), "income_education_fees")
_SURPLUS = Col(
    "use_of_surplus",
    ("使用非财政拨款结余", "用事业基金弥补收支差额", "使用非财政拨款结余（含专用结余）"),
    "use_of_surplus",
)
_PARTS = tuple(c.id for c in _sources("", ()))

INCOME_BY_SOURCE = Statement(
    id="budget_income_by_source",
    titles=(),
    layout_of="budget_income",
    kind=Kind.BUDGET,
    fund="all",
    measure="万元",
    sides=function_side(
        (
            Col("total", _TOTAL, "income_total", "all"),
            Col("carried_in", _CARRIED, "carried_in", "all"),
            *_sources("", ()),
            _FEES,
            _SURPLUS,
        ),
        (
            Across("total", ("carried_in", *_PARTS, "use_of_surplus")),
            Across("business", ("education_fees",), within=True),
        ),
    ),
    required=("total", "general"),
    verified=False,
    note="部颁部门收入总表：各种拨款分列，上年结转与本年收入并列",
)

INCOME_BY_YEAR = Statement(
    id="budget_income_by_year",
    titles=(),
    layout_of="budget_income",
    kind=Kind.BUDGET,
    fund="all",
    measure="万元",
    sides=function_side(
        (
            Col("total", _TOTAL, "income_total", "all"),
            Col("income", _TOTAL, "income", "all", under=_THIS_YEAR),
            *_sources("", _THIS_YEAR),
            Col("carried_in", _TOTAL, "carried_in", "all", under=_CARRIED),
            Col("general_in", GENERAL, "carried_in", "general_budget", under=_CARRIED),
            Col("fund_in", FUND, "carried_in", "government_fund", under=_CARRIED),
            Col("capital_in", CAPITAL, "carried_in", "state_capital", under=_CARRIED),
            Col(
                "special_in",
                ("财政专户管理资金", "财政专户核拨资金"),
                "carried_in",
                "special_account",
                under=_CARRIED,
            ),
            Col("own_in", ("单位资金", "其他资金"), "carried_in", "own", under=_CARRIED),
        ),
        (
            Across("total", ("income", "carried_in")),
            Across("income", _PARTS),
            Across("carried_in", ("general_in", "fund_in", "capital_in", "special_in", "own_in")),
        ),
    ),
    required=("income", "carried_in"),
    verified=False,
    note="北京、江苏等地：本年收入和上年结转结余各有小计",
)

EXPENDITURE_FULL = Statement(
    id="budget_expenditure_full",
    titles=(),
    layout_of="budget_expenditure",
    kind=Kind.BUDGET,
    fund="all",
    measure="万元",
    sides=function_side(
        EXPENDITURE_COLUMNS, (Across("total", ("basic", "project", "superior", "operating", "affiliated")),)
    ),
    required=("superior", "affiliated"),
)


def _compared(id_: str, layout_of: str, fund: str) -> Statement:
    """Last year's execution beside the budget, and by how much it grows."""
    columns = (
        Col("execution", ("执行数", "预算执行数", "金额"), "expenditure", fund, Stage.EXECUTION),
        *(Col(c.id, (*c.labels, "预算数"), c.concept, c.fund, Stage.BUDGET) for c in basic_project(fund)),
        Col("change", ("增减额", "增减金额", "增减", "增减数"), "expenditure_change", fund),
    )
    return Statement(
        id=id_,
        titles=(),
        layout_of=layout_of,
        kind=Kind.BUDGET,
        fund=fund,
        measure="万元",
        sides=function_side(columns, BASIC_PROJECT),
        required=("execution", "total"),
        verified=False,
        note="部颁一般公共预算支出表：上年执行数、本年预算数、增减额、增减率",
    )


COMPARED = (
    _compared("budget_general_budget_compared", "budget_general_budget", "general_budget"),
    _compared("budget_government_fund_compared", "budget_government_fund", "government_fund"),
)

THREE_PUBLIC_MEETINGS = Statement(
    id="budget_three_public_meetings",
    titles=(),
    layout_of="budget_three_public",
    kind=Kind.BUDGET,
    sides=(three_public((Stage.BUDGET,), with_running_cost=True, with_meetings=True),),
    required=("budget_total", "budget_meetings"),
)
THREE_PUBLIC_PLAIN = Statement(
    id="budget_three_public_plain",
    titles=(),
    layout_of="budget_three_public",
    kind=Kind.BUDGET,
    sides=(three_public_plain("row", Keys.SINGLE),),
    required=("total", "abroad", "reception"),
)
THREE_PUBLIC_BY_STAGE = Statement(
    id="budget_three_public_by_stage",
    titles=(),
    layout_of="budget_three_public",
    kind=Kind.BUDGET,
    sides=(three_public_plain("stages", Keys.STAGES),),
    required=("total", "abroad", "reception"),
)

BUDGET_VARIANTS: tuple[Statement, ...] = (
    INCOME_BY_SOURCE,
    INCOME_BY_YEAR,
    EXPENDITURE_FULL,
    *COMPARED,
    THREE_PUBLIC_MEETINGS,
    THREE_PUBLIC_PLAIN,
    THREE_PUBLIC_BY_STAGE,
)
