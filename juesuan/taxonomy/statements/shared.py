"""Columns, rows and identities that several statements have in common."""

from __future__ import annotations

from juesuan.facts import Stage
from juesuan.taxonomy.statements.model import CLASSES, Across, Col, Down, Keys, Row, Side

TOTAL_LABELS = ("合计", "总计", "小计")

GENERAL = ("一般公共预算财政拨款", "一般公共预算", "一般公共预算拨款", "一般公共预算资金", "公共财政预算财政拨款")
FUND = ("政府性基金预算财政拨款", "政府性基金预算", "政府性基金预算拨款", "政府性基金", "政府性基金预算资金")
CAPITAL = (
    "国有资本经营预算财政拨款",
    "国有资本经营预算",
    "国有资本经营预算拨款",
    "国有资本经营",
    "国有资本经营预算资金",
)


def with_end(words: tuple[str, ...], end: str) -> tuple[str, ...]:
    """The words with an ending, then without."""
    return (*(w + end for w in words), *words)


AMOUNT = ("决算数", "金额", "预算数", "合计", "总计", "收入", "支出")

INCOME_COLUMNS = (
    Col("total", ("本年收入合计", "合计", "总计", "收入合计", "本年收入"), "income", "all"),
    Col("appropriation", ("财政拨款收入", "财政拨款", "财政拨款收入小计"), "income", "appropriation"),
    Col("superior", ("上级补助收入", "上级补助"), "income_superior"),
    Col("business", ("事业收入", "事业收入小计"), "income_business"),
    Col("education_fees", ("教育收费", "其中：教育收费", "教育收费收入"), "income_education_fees"),
    Col("operating", ("经营收入", "事业单位经营收入"), "income_operating"),
    Col("affiliated", ("附属单位上缴收入", "附属单位缴款", "附属单位上缴"), "income_affiliated"),
    Col("other", ("其他收入",), "income_other"),
)

EXPENDITURE_COLUMNS = (
    Col("total", ("本年支出合计", "合计", "总计", "支出合计", "本年支出"), "expenditure", "all"),
    Col("basic", ("基本支出",), "basic", "all"),
    Col("project", ("项目支出",), "project", "all"),
    Col("superior", ("上缴上级支出",), "superior_payment"),
    Col("operating", ("经营支出", "事业单位经营支出"), "operating_expenditure"),
    Col("affiliated", ("对附属单位补助支出", "对附属单位补助"), "affiliated_subsidy"),
)


def basic_project(fund: str) -> tuple[Col, ...]:
    """合计、基本支出、项目支出 of one fund."""
    return (
        Col("total", ("合计", "小计", "本年支出合计", "本年支出", "总计", "支出合计"), "expenditure", fund),
        Col("basic", ("基本支出",), "basic", fund),
        Col("project", ("项目支出",), "project", fund),
    )


BASIC_PROJECT = (Across("total", ("basic", "project")),)


def function_side(columns: tuple[Col, ...], across: tuple[Across, ...], wide: Col | None = None) -> tuple[Side, ...]:
    """One side whose rows are functional accounts."""
    return (Side("rows", Keys.FUNCTION, columns, across=across, tree=True, wide=wide),)


def wide_side(concept: str, fund: str, nature: str | None) -> tuple[Side, ...]:
    """Functional accounts down, their total and all economic accounts across."""
    total = Col("total", ("合计", "总计", "本年支出合计"), concept, fund)
    return function_side((total,), (), wide=Col("economic", (), "economic", fund, nature=nature))


def fund_flow(fund: str) -> tuple[Side, ...]:
    """年初结转和结余、本年收入、本年支出（合计、基本、项目）、年末结转和结余 of one fund, by functional accounts."""
    spent = ("本年支出", "支出", "本年支出决算数", "决算数")
    columns = (
        Col("carried_in", ("年初结转和结余", "上年结转和结余", "年初结转"), "carried_in", fund),
        Col("income", ("本年收入", "收入", "本年收入合计"), "income", fund),
        Col("total", ("合计", "小计", "本年支出合计", "本年支出"), "expenditure", fund, under=spent),
        Col("basic", ("基本支出",), "basic", fund),
        Col("project", ("项目支出",), "project", fund),
        Col("carried_out", ("年末结转和结余", "结转下年", "年末结转"), "carried_out", fund),
    )
    return function_side(columns, BASIC_PROJECT)


def full_flow(fund: str) -> tuple[Side, ...]:
    """年初结转和结余, 本年收入, 本年支出 and 年末结转和结余, each parted into basic and project (云南)."""
    begin, end = ("年初结转和结余", "上年结转和结余", "年初结转"), ("年末结转和结余", "年末结转", "结转下年")
    income, spent = ("本年收入", "收入"), ("本年支出", "支出")
    total = ("合计", "小计", "总计")
    project = ("项目支出结转和结余", "项目支出结转结余", "项目支出")
    basic = ("基本支出结转", "基本支出结转和结余", "基本支出")
    columns = (
        Col("carried_in", total, "carried_in", fund, under=begin),
        Col("in_basic", basic, "carried_in", fund, under=begin, nature="basic"),
        Col("in_project", project, "carried_in", fund, under=begin, nature="project"),
        Col("income", (*total, *income), "income", fund, under=income),
        Col("income_basic", ("基本支出",), "income", fund, under=income, nature="basic"),
        Col("income_project", ("项目支出",), "income", fund, under=income, nature="project"),
        Col("total", total, "expenditure", fund, under=spent),
        Col("basic", ("基本支出",), "basic", fund, under=spent),
        Col("personnel", ("人员经费",), "personnel", fund, under=spent),
        Col("office", ("公用经费", "日常公用经费"), "office", fund, under=spent),
        Col("project", ("项目支出",), "project", fund, under=spent),
        Col("carried_out", total, "carried_out", fund, under=end),
        Col("out_basic", basic, "carried_out", fund, under=end, nature="basic"),
        Col("out_project", project, "carried_out", fund, under=end, nature="project"),
        Col("out_carryover", ("项目支出结转",), "carried_out", fund, under=("项目支出结转和结余",), nature="carryover"),
        Col("out_surplus", ("项目支出结余",), "carried_out", fund, under=("项目支出结转和结余",), nature="surplus"),
    )
    across = (
        Across("carried_in", ("in_basic", "in_project")),
        Across("income", ("income_basic", "income_project")),
        Across("total", ("basic", "project")),
        Across("basic", ("personnel", "office")),
        Across("carried_out", ("out_basic", "out_project")),
        Across("out_project", ("out_carryover", "out_surplus")),
    )
    return function_side(columns, across)


def income_rows() -> tuple[Row, ...]:
    """The income side of 收入支出决算总表."""
    return (
        Row("general", with_end(GENERAL, "收入"), "income", "general_budget"),
        Row("fund", with_end(FUND, "收入"), "income", "government_fund"),
        Row("capital", with_end(CAPITAL, "收入"), "income", "state_capital"),
        Row("appropriation", ("财政拨款收入", "财政拨款"), "income", "appropriation"),
        Row("special_account", ("财政专户管理资金收入", "财政专户管理资金"), "income_special_account"),
        Row("superior", ("上级补助收入",), "income_superior"),
        Row("business", ("事业收入",), "income_business"),
        Row("operating", ("经营收入", "事业单位经营收入"), "income_operating"),
        Row("affiliated", ("附属单位上缴收入", "附属单位缴款"), "income_affiliated"),
        Row("other", ("其他收入",), "income_other"),
        Row("income", ("本年收入合计", "收入合计", "本年收入小计"), "income", "all"),
        Row(
            "use_of_surplus",
            (
                "使用非财政拨款结余",
                "使用非财政拨款结余（含专用结余）",
                "使用非财政拨款结余和专用结余",
                "用事业基金弥补收支差额",
            ),
            "use_of_surplus",
            "all",
        ),
        Row("carried_in", ("年初结转和结余", "上年结转和结余", "上年结转", "上年结转结余"), "carried_in", "all"),
        Row("total", ("总计", "收入总计", "合计"), "income_total", "all"),
    )


def expenditure_rows(fund: str | None) -> tuple[Row, ...]:
    """The rows below the functional classes. `fund` None where the column says it."""
    return (
        Row("expenditure", ("本年支出合计", "支出合计", "本年支出小计"), "expenditure", fund),
        Row("surplus_distribution", ("结余分配",), "surplus_distribution", fund),
        Row(
            "carried_out", ("年末结转和结余", "结转下年", "年末财政拨款结转和结余", "年末结转结余"), "carried_out", fund
        ),
        Row("total", ("总计", "支出总计", "合计"), "expenditure_total", fund),
    )


AMOUNT_COLUMN = (Col("amount", AMOUNT, ""),)
EXPENDITURE_DOWN = (
    Down("expenditure", (CLASSES,)),
    Down("total", ("expenditure", "surplus_distribution", "carried_out")),
)
FUND_COLUMNS = (
    Col("total", ("合计", "小计", "总计"), "", "appropriation"),
    Col("general", GENERAL, "", "general_budget"),
    Col("fund", FUND, "", "government_fund"),
    Col("capital", CAPITAL, "", "state_capital"),
)
FUND_ACROSS = (Across("total", ("general", "fund", "capital")),)

BUDGET_STAGES = (Stage.BUDGET, Stage.INITIAL, Stage.ADJUSTED)


def three_public(
    stages: tuple[Stage, ...],
    *,
    with_running_cost: bool = False,
    with_meetings: bool = False,
    fund: str | None = None,
) -> Side:
    """The one-row table: the six amounts of each stage, in whichever order the columns stand."""
    columns: list[Col] = []
    across: list[Across] = []
    for stage in stages:
        more, sums = _three_public_columns(f"{stage.value}_", stage, fund)
        columns += more
        across += sums
        if with_running_cost:
            columns.append(_running_cost(f"{stage.value}_", stage, fund))
        if with_meetings:
            columns += _meetings(f"{stage.value}_", stage)
    return Side("row", Keys.SINGLE, tuple(columns), across=tuple(across))


def three_public_plain(id_: str, keys: Keys) -> Side:
    """The six amounts once, with what some print beside them; the rows say the stage, or it is the outturn."""
    columns, across = _three_public_columns("", None, None)
    return Side(id_, keys, (*columns, _running_cost("", None, None), *_meetings("", None)), across=tuple(across))


def _running_cost(prefix: str, stage: Stage | None, fund: str | None) -> Col:
    labels = ("机关运行经费预算数", "机关运行经费", "机关运行经费决算数")
    return Col(f"{prefix}running", labels, "agency_running_cost", fund, stage)


def _meetings(prefix: str, stage: Stage | None) -> tuple[Col, ...]:
    return (
        Col(f"{prefix}meetings", ("会议费", "会议费支出"), "meeting_fee", None, stage),
        Col(f"{prefix}training", ("培训费", "培训费支出"), "training_fee", None, stage),
    )


def _three_public_columns(s: str, stage: Stage | None, fund: str | None) -> tuple[list[Col], list[Across]]:
    vehicle = ("公务用车购置及运行维护费", "公务用车购置及运行费", "公务用车购置和运行维护费", "公务用车购置及维护费")
    columns = [
        Col(f"{s}total", ("合计", "总计", "“三公”经费合计", "小计"), "three_public", fund, stage),
        Col(
            f"{s}abroad",
            ("因公出国（境）费", "因公出国（境）费用", "因公出国（境）", "因公出国（境）经费"),
            "abroad",
            fund,
            stage,
        ),
        Col(f"{s}vehicle", ("小计", "合计", *vehicle), "vehicle", fund, stage, under=vehicle),
        Col(f"{s}purchase", ("公务用车购置费", "购置费", "公务用车购置"), "vehicle_purchase", fund, stage),
        Col(
            f"{s}operation",
            ("公务用车运行维护费", "运行维护费", "运行费", "公务用车运行费", "公务用车运行维护"),
            "vehicle_operation",
            fund,
            stage,
        ),
        Col(f"{s}reception", ("公务接待费", "公务接待"), "reception", fund, stage),
    ]
    across = [
        Across(f"{s}total", (f"{s}abroad", f"{s}vehicle", f"{s}reception")),
        Across(f"{s}vehicle", (f"{s}purchase", f"{s}operation")),
    ]
    return columns, across


def economic_rows(fund: str = "general_budget") -> tuple[Row, ...]:
    """The totals among economic accounts."""
    return (
        Row("personnel", ("人员经费合计", "人员经费"), "personnel", fund),
        Row("office", ("公用经费合计", "公用经费", "日常公用经费合计"), "office", fund),
        Row("total", ("合计", "总计", "基本支出合计"), "basic", fund),
    )


def economic_side(fund: str = "general_budget") -> Side:
    """Economic accounts of the basic expenditure, in one or several groups of columns side by side."""
    columns = (Col("amount", ("决算数", "金额", "合计", "预算数", "小计", "总计"), "economic", fund),)
    return Side("items", Keys.ECONOMIC, columns, rows=economic_rows(fund), tree=True)


def economic_columns(fund: str = "general_budget") -> Side:
    """Economic accounts with 合计, 人员经费 and 公用经费 beside each."""
    columns = (
        Col("total", ("合计", "小计", "总计", "本年支出合计"), "economic", fund),
        Col("personnel", ("人员经费",), "personnel", fund),
        Col("office", ("公用经费", "日常公用经费"), "office", fund),
    )
    across = (Across("total", ("personnel", "office")),)
    return Side("items", Keys.ECONOMIC, columns, rows=economic_rows(fund), across=across, tree=True)


PERSONNEL_CODES = ("301", "303")
OFFICE_CODES = ("302", "307", "309", "310", "311", "312", "313", "399")
