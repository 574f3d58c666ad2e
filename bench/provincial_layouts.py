"""How provinces print the statutory tables, as data: titles, columns, codes, zeros, where the measure stands.

Columns are written "header/word below/word below:figure | …"; neighbours with the same words share one cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field

KEYS = "项目/功能分类科目编码:code | 项目/科目名称:name | "
FLAT = "科目编码:code | 科目名称:name | "
ONE = "项目:name | "

INCOME = "本年收入合计:total | 财政拨款收入:appropriation | 上级补助收入:superior | 事业收入:business | 经营收入:operating | 附属单位上缴收入:affiliated | 其他收入:other"
INCOME_FEES = "本年收入合计:total | 财政拨款收入:appropriation | 上级补助收入:superior | 事业收入/小计:business | 事业收入/其中：教育收费:education | 经营收入:operating | 附属单位上缴收入:affiliated | 其他收入:other"
EXPENDITURE = "本年支出合计:total | 基本支出:basic | 项目支出:project | 上缴上级支出:superior | 经营支出:operating | 对附属单位补助支出:affiliated"
GENERAL = "本年支出/小计:total | 本年支出/基本支出:basic | 本年支出/项目支出:project"
FLOW = "年初结转和结余:carried_in | 本年收入:income | 本年支出/小计:total | 本年支出/基本支出:basic | 本年支出/项目支出:project | 年末结转和结余:carried_out"
FULL_FLOW = (
    "年初结转和结余/合计:carried_in | 年初结转和结余/基本支出结转:in_basic | 年初结转和结余/项目支出结转和结余:in_project | "
    "本年收入/合计:income | 本年收入/基本支出:income_basic | 本年收入/项目支出:income_project | "
    "本年支出/合计:total | 本年支出/基本支出/小计:basic | 本年支出/基本支出/人员经费:personnel | 本年支出/基本支出/公用经费:office | 本年支出/项目支出:project | "
    "年末结转和结余/合计:carried_out | 年末结转和结余/基本支出结转:out_basic | 年末结转和结余/项目支出结转和结余/小计:out_project | "
    "年末结转和结余/项目支出结转和结余/项目支出结转:out_project | 年末结转和结余/项目支出结转和结余/项目支出结余:none"
)
THREE = (
    "{b}/合计:b_all | {b}/因公出国（境）费:b_abroad | {b}/公务用车购置及运行维护费/小计:b_vehicle | {b}/公务用车购置及运行维护费/公务用车购置费:b_purchase | "
    "{b}/公务用车购置及运行维护费/公务用车运行维护费:b_operation | {b}/公务接待费:b_reception | "
    "{f}/合计:all | {f}/因公出国（境）费:abroad | {f}/公务用车购置及运行维护费/小计:vehicle | {f}/公务用车购置及运行维护费/公务用车购置费:purchase | "
    "{f}/公务用车购置及运行维护费/公务用车运行维护费:operation | {f}/公务接待费:reception"
)
WOVEN = " | ".join(
    f"{h}/{s}:{p}{k}"
    for h, k in (
        ("合计", "all"),
        ("因公出国（境）费", "abroad"),
        ("公务用车购置及运行维护费/小计", "vehicle"),
        ("公务用车购置及运行维护费/公务用车购置费", "purchase"),
        ("公务用车购置及运行维护费/公务用车运行维护费", "operation"),
        ("公务接待费", "reception"),
    )
    for s, p in (("预算数", "b_"), ("决算数", ""))
)
BY_STAGE = (
    "项目:name | “三公”经费/合计:all | “三公”经费/因公出国（境）费用:abroad | “三公”经费/公务接待费:reception | "
    "“三公”经费/公务用车购置及运行维护费/小计:vehicle | “三公”经费/公务用车购置及运行维护费/公务用车购置费:purchase | "
    "“三公”经费/公务用车购置及运行维护费/公务用车运行维护费:operation"
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its id (what it prints), its title, its columns, and its form where there are several."""

    id: str
    title: str
    columns: str = ""
    form: str = ""


NINE = (
    Table("overview", "收入支出决算总表"),
    Table("income", "收入决算表", KEYS + INCOME),
    Table("expenditure", "支出决算表", KEYS + EXPENDITURE),
    Table("appropriation", "财政拨款收入支出决算总表"),
    Table("general_budget", "一般公共预算财政拨款支出决算表", KEYS + GENERAL),
    Table("basic_items", "一般公共预算财政拨款基本支出决算明细表"),
    Table("three_public", "财政拨款“三公”经费支出决算表", THREE),
    Table("government_fund", "政府性基金预算财政拨款收入支出决算表", KEYS + FLOW),
    Table("state_capital", "国有资本经营预算财政拨款支出决算表", KEYS + GENERAL),
)


def nine(**other: Table) -> tuple[Table, ...]:
    """The Ministry's nine with some in another form."""
    return tuple(other.get(t.id, t) for t in NINE)


BUDGET_FLAT = "功能分类科目/科目编码:code | 功能分类科目/科目名称:name | "
BUDGET_BASIC = "部门预算支出经济分类科目/科目编码:code | 部门预算支出经济分类科目/科目名称:name | {}/合计:total | {}/人员经费:personnel | {}/公用经费:office"
BUDGET_INCOME = (
    FLAT
    + "合计:all_income | 上年结转:carried | 一般公共预算拨款收入:general_in | 政府性基金预算拨款收入:fund_in | 国有资本经营预算拨款收入:capital_in | "
    "事业收入/金额:business_in | 事业收入/其中：教育收费:none | 事业单位经营收入:operating_in | 上级补助收入:superior_in | 附属单位上缴收入:affiliated_in | "
    "其他收入:other_in | 使用非财政拨款结余:surplus"
)
BUDGET_NINE = (
    Table("budget_overview", "部门收支总表", form="b_overview"),
    Table("budget_income", "部门收入总表", BUDGET_INCOME, "b_function"),
    Table(
        "budget_expenditure", "部门支出总表",
        FLAT + "合计:total | 基本支出:basic | 项目支出:project | 上缴上级支出:superior | 事业单位经营支出:operating | 对附属单位补助支出:affiliated", "b_function",
    ),
    Table("budget_appropriation", "财政拨款收支总表", form="b_appropriation"),
    Table(
        "budget_general_budget", "一般公共预算支出表",
        BUDGET_FLAT + "2022年执行数:before | 2023年预算数/小计:total | 2023年预算数/基本支出:basic | 2023年预算数/项目支出:project | "
        "2023年预算数比2022年执行数/增减额:change | 2023年预算数比2022年执行数/增减%:rate", "b_function",
    ),
    Table("budget_basic_items", "一般公共预算基本支出表", BUDGET_BASIC.replace("{}", "2023年基本支出"), "b_basic"),
    Table("budget_three_public", "一般公共预算“三公”经费支出表", THREE, "b_three"),
    Table(
        "budget_government_fund", "政府性基金预算支出表",
        FLAT + "本年政府性基金预算支出/合计:total | 本年政府性基金预算支出/基本支出:basic | 本年政府性基金预算支出/项目支出:project", "b_function",
    ),
    Table(
        "budget_state_capital", "国有资本经营预算支出表",
        FLAT + "本年国有资本经营预算支出/合计:total | 本年国有资本经营预算支出/基本支出:basic | 本年国有资本经营预算支出/项目支出:project", "b_function",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manner:
    """How a place prints its tables.

    `codes`: joined, split (208 | 05 | 01), steps (208 | 20805 | 2080501), merged (one code over three columns), dotted,
    inside (before the name, one column), none. `unit_at`: line, office (部门：… 单位：…), row (of the table), title.
    `corner`: 类 款 项 stand beside 栏次 and 合计, as in the Ministry's form. `zero`: what stands for nothing.
    `summed`: a sheet added the rounded figures of the items up to its totals.
    `numbers`: the line that numbers a table. `total`: first or last. `groups`: columns of the basic table side by side.
    """

    tables: tuple[Table, ...] = NINE
    unit: str = "万元"
    decimals: int = 2
    thousands: bool = False
    zero: str = "0.00"
    codes: str = "joined"
    levels: tuple[int, ...] = (3, 5, 7)
    total: str = "first"
    corner: bool = False
    ordinals: bool = True
    row_numbers: bool = True
    all_classes: bool = True
    all_items: bool = True
    groups: int = 3
    unit_at: str = "office"
    title_at: str = "line"
    numbers: str = "公开{:02d}表"
    office: str = "部门：{}"
    stages: tuple[str, str] = ("预算数", "决算数")
    amount: str = "决算数"
    notes: bool = True
    empty: str = "rows"
    at_end: bool = False
    summed: bool = False
    writer: str = "ministry"
    year: int | None = None
    sides: tuple[str, str] = ("收入", "支出")
    carried: tuple[str, str] = ("年初结转和结余", "年末结转和结余")
    expected: dict[str, str] = field(default_factory=dict)
    """Tables that are known under another id than their own; "" for one that is no statement we know."""


MANNERS: dict[str, Manner] = {
    "central": Manner(corner=True, codes="merged", thousands=True, zero=""),
    "beijing": Manner(
        tables=nine(
            basic_items=Table("basic_items", "一般公共预算财政拨款基本支出决算表", form="columns"),
            three_public=Table("three_public", "一般公共预算财政拨款“三公”经费支出决算表", BY_STAGE, "stages"),
            general_budget=Table(
                "general_budget",
                "一般公共预算财政拨款支出决算表",
                KEYS + "合计:total | 基本支出:basic | 项目支出:project",
            ),
        ),
        numbers="表{:d}",
        zero="",
        unit_at="line",
        row_numbers=False,
        ordinals=False,
        stages=("2023年预算数", "2023年决算数"),
    ),
    "guangdong": Manner(corner=True, zero="0.00", thousands=True, levels=(3, 5, 7)),
    "shanghai": Manner(
        tables=nine(
            general_budget=Table(
                "general_budget",
                "一般公共预算财政拨款支出决算表",
                KEYS + "合计:total | 基本支出:basic | 项目支出:project",
            ),
            basic_items=Table("basic_items", "一般公共预算财政拨款基本支出决算表"),
            three_public=Table("three_public", "财政拨款“三公”经费支出决算表", WOVEN),
        ),
        codes="split",
        zero="",
        unit_at="line",
        numbers="",
        ordinals=False,
        row_numbers=False,
        groups=2,
        thousands=True,
    ),
    "zhejiang": Manner(
        tables=nine(
            three_public=Table("three_public", "一般公共预算财政拨款“三公”经费支出决算表", form="rows"),
            income=Table("income", "收入决算表", FLAT + INCOME_FEES),
            expenditure=Table("expenditure", "支出决算表", FLAT + EXPENDITURE),
            basic_items=Table("basic_items", "一般公共预算财政拨款基本支出决算表"),
        ),
        at_end=True,
        writer="zhejiang",
        ordinals=False,
        total="last",
        numbers="公开{:02d}表",
    ),
    "jiangsu": Manner(
        tables=(
            *NINE[:4],
            Table(
                "appropriation_by_function",
                "财政拨款支出决算表（功能科目）",
                FLAT + "合计:total | 基本支出:basic | 项目支出:project",
            ),
            Table("appropriation_basic", "财政拨款基本支出决算表（经济科目）", form="columns"),
            Table(
                "general_budget",
                "一般公共预算支出决算表（功能科目）",
                FLAT + "合计:total | 基本支出:basic | 项目支出:project",
            ),
            Table("basic_items", "一般公共预算基本支出决算表（经济科目）", form="columns"),
            Table("three_public", "财政拨款“三公”经费、会议费和培训费支出决算表", form="meetings"),
            Table(
                "government_fund",
                "政府性基金预算支出决算表",
                FLAT + "本年支出/小计:total | 本年支出/基本支出:basic | 本年支出/项目支出:project",
            ),
            Table("state_capital", "国有资本经营预算支出决算表", FLAT + GENERAL),
            Table("running_cost", "机关运行经费支出决算表", form="columns"),
        ),
        zero="0.00",
        thousands=True,
        ordinals=False,
        expected={"running_cost": "running_cost_items"},
    ),
    "shandong": Manner(zero="", corner=True, codes="merged", writer="ministry"),
    "hubei": Manner(zero="0", codes="joined", thousands=True, total="first", empty="note"),
    "henan": Manner(zero="0.00", office="部门名称：{}", codes="split", ordinals=True),
    "yunnan": Manner(
        tables=nine(
            overview=Table("overview", "收入支出决算表"),
            appropriation=Table("appropriation", "财政拨款收入支出决算表"),
            general_budget=Table("general_budget", "一般公共预算财政拨款收入支出决算表", KEYS + FULL_FLOW),
            government_fund=Table("government_fund", "政府性基金预算财政拨款收入支出决算表", KEYS + FULL_FLOW),
            state_capital=Table("state_capital", "国有资本经营预算财政拨款收入支出决算表", KEYS + FULL_FLOW),
            three_public=Table("three_public", "“三公”经费、行政参公单位机关运行经费情况表", form="running"),
        ),
        unit="元",
        thousands=True,
        corner=True,
        codes="merged",
        amount="金额",
        writer="yunnan",
        expected={"three_public": "running", "state_capital": "state_capital_flow"},
    ),
    "chongqing": Manner(
        tables=(*NINE[:6], *NINE[7:], Table("three_public", "机构运行信息表", form="running")),
        unit="元",
        thousands=True,
        zero="",
        writer="chongqing",
        at_end=True,
        expected={"three_public": "running"},
    ),
    "shaanxi": Manner(
        tables=nine(
            overview=Table("overview", "收入支出决算总表"),
            income=Table("income", "收入决算总表", KEYS + INCOME_FEES),
            expenditure=Table("expenditure", "支出决算总表", KEYS + EXPENDITURE),
            three_public=Table(
                "three_public",
                "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表",
                BY_STAGE + " | 会议费:meetings | 培训费:training",
                "stages",
            ),
        ),
        writer="shaanxi",
        zero="0.00",
    ),
    "sichuan": Manner(
        tables=(
            *NINE[:4],
            Table(
                "general_budget",
                "一般公共预算财政拨款支出决算表",
                KEYS + "合计:total | 基本支出:basic | 项目支出:project",
            ),
            Table("general_budget_detail", "一般公共预算财政拨款支出决算明细表", form="wide"),
            Table("basic_items", "一般公共预算财政拨款基本支出决算明细表"),
            Table("project_expenditure", "一般公共预算财政拨款项目支出决算表", KEYS + "金额:project"),
            NINE[7],
            Table(
                "state_capital",
                "国有资本经营预算财政拨款支出决算表",
                KEYS + "合计:total | 基本支出:basic | 项目支出:project",
            ),
            NINE[6],
        ),
        at_end=True,
        writer="sichuan",
        zero="0.00",
    ),
    "guizhou": Manner(unit="元", zero="0.00", codes="merged", corner=True, thousands=True),
    "inner_mongolia": Manner(
        tables=(
            *NINE[:6],
            *NINE[7:],
            Table("three_public", "财政拨款“三公”经费支出决算表", THREE),
            Table("running", "机构运行信息表", form="running"),
        ),
        thousands=True,
        writer="neimenggu",
    ),
    "township": Manner(
        zero="—", codes="inside", ordinals=False, row_numbers=False, unit_at="title", numbers="附表{:d}", notes=False
    ),
    "names_only": Manner(
        tables=nine(
            income=Table("income", "收入决算表", ONE + INCOME),
            expenditure=Table("expenditure", "支出决算表", ONE + EXPENDITURE),
            general_budget=Table("general_budget", "一般公共预算财政拨款支出决算表", ONE + GENERAL),
            government_fund=Table("government_fund", "政府性基金预算财政拨款收入支出决算表", ONE + FLOW),
            state_capital=Table("state_capital", "国有资本经营预算财政拨款支出决算表", ONE + GENERAL),
        ),
        codes="none",
        zero="",
        ordinals=False,
        total="last",
    ),
    "items_only": Manner(levels=(7,), codes="joined", zero="0.00", unit_at="row", title_at="row", numbers=""),
    "dotted": Manner(codes="dotted", zero="-", unit_at="row", title_at="row", thousands=True),
    "steps": Manner(codes="steps", zero="0.00", unit_at="line"),
    "whole": Manner(unit="元", decimals=0, zero="0", thousands=True),
    "hundred_million": Manner(unit="亿元", decimals=4, zero="", corner=True, codes="merged"),
    "one_decimal": Manner(decimals=1, zero="0.0"),
    "six_decimals": Manner(decimals=6, zero="0.000000"),
    "budget_central": Manner(
        tables=BUDGET_NINE,
        numbers="表{:d}",
        zero="",
        amount="预算数",
        unit_at="line",
        writer="budget_central",
        at_end=True,
        notes=False,
        year=2023,
        thousands=True,
    ),
    "summed": Manner(summed=True, zero="0.00"),
    "two_levels": Manner(levels=(3, 7), zero="0.00"),
}
