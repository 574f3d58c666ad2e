"""Other layouts of the statutory tables, as provinces print them, and tables some add to the Ministry's nine.

They are read and never written: what is written follows the statements they are layouts of.
"""

from __future__ import annotations

from juesuan.facts import Stage
from juesuan.taxonomy.statements.model import Col, Down, Keys, Kind, Row, Side, Statement
from juesuan.taxonomy.statements.shared import (
    AMOUNT,
    BASIC_PROJECT,
    basic_project,
    economic_columns,
    economic_side,
    full_flow,
    function_side,
    three_public,
    three_public_plain,
    wide_side,
)

BASIC_COLUMNS = Statement(
    id="basic_items_columns",
    titles=(),
    layout_of="basic_items",
    kind=Kind.FINAL,
    fund="general_budget",
    sides=(economic_columns(),),
    required=("personnel", "office"),
)


BASIC_WIDE = Statement(
    id="basic_items_wide",
    titles=(),
    layout_of="basic_items",
    kind=Kind.FINAL,
    fund="general_budget",
    sides=wide_side("basic", "general_budget", None),
    verified=False,
)
PROJECT_WIDE = Statement(
    id="project_expenditure_wide",
    titles=(),
    layout_of="project_expenditure",
    kind=Kind.FINAL,
    fund="general_budget",
    sides=wide_side("project", "general_budget", "project"),
    verified=False,
)


def _full_flow(id_: str, layout_of: str, fund: str) -> Statement:
    return Statement(
        id=id_,
        titles=(),
        layout_of=layout_of,
        kind=Kind.FINAL,
        fund=fund,
        sides=full_flow(fund),
        required=("carried_in", "income", "total", "carried_out"),
    )


FULL_FLOWS = (
    _full_flow("general_budget_flow", "general_budget", "general_budget"),
    _full_flow("government_fund_full_flow", "government_fund", "government_fund"),
    _full_flow("state_capital_full_flow", "state_capital_flow", "state_capital"),
)

GOVERNMENT_FUND_SPENT = Statement(
    id="government_fund_spent",
    titles=(),
    layout_of="government_fund",
    kind=Kind.FINAL,
    fund="government_fund",
    sides=function_side(basic_project("government_fund"), BASIC_PROJECT),
    required=("basic", "project"),
)

APPROPRIATION_BASIC = Statement(
    id="appropriation_basic",
    titles=("财政拨款基本支出决算表", "财政拨款基本支出决算明细表"),
    kind=Kind.FINAL,
    fund="appropriation",
    sides=(economic_side("appropriation"),),
)
APPROPRIATION_BASIC_COLUMNS = Statement(
    id="appropriation_basic_columns",
    titles=(),
    layout_of="appropriation_basic",
    kind=Kind.FINAL,
    fund="appropriation",
    sides=(economic_columns("appropriation"),),
    required=("personnel", "office"),
)

APPROPRIATION_BY_FUNCTION = Statement(
    id="appropriation_by_function",
    titles=("财政拨款支出决算表", "财政拨款支出决算总体情况表"),
    kind=Kind.FINAL,
    fund="appropriation",
    sides=function_side(basic_project("appropriation"), BASIC_PROJECT),
    required=("basic", "project"),
)

THREE_PUBLIC_BY_STAGE = Statement(
    id="three_public_by_stage",
    titles=(),
    layout_of="three_public",
    kind=Kind.FINAL,
    sides=(three_public_plain("stages", Keys.STAGES),),
    required=("total", "abroad", "reception"),
)

THREE_PUBLIC_OUTTURN = Statement(
    id="three_public_outturn",
    titles=(),
    layout_of="three_public",
    kind=Kind.FINAL,
    sides=(three_public_plain("row", Keys.SINGLE),),
    required=("total", "abroad", "reception"),
)

THREE_PUBLIC_MEETINGS = Statement(
    id="three_public_meetings",
    titles=(),
    layout_of="three_public",
    kind=Kind.FINAL,
    sides=(three_public((Stage.BUDGET, Stage.FINAL), with_running_cost=True, with_meetings=True),),
    required=("final_total", "final_meetings"),
)

_AMOUNTS = (
    Row("total", ("合计", "支出合计", "“三公”经费合计", "“三公”经费支出", "“三公”经费"), "three_public"),
    Row(
        "abroad",
        ("因公出国（境）费", "因公出国（境）费用", "因公出国", "因公出国（境）", "因公出国（境）经费"),
        "abroad",
    ),
    Row(
        "vehicle",
        (
            "公务用车购置及运行维护费",
            "公务用车购置及运行费",
            "公务用车购置和运行维护费",
            "公务用车购置及维护费",
            "公务用车费",
            "公务用车购置及运行维护费小计",
        ),
        "vehicle",
    ),
    Row("purchase", ("公务用车购置费", "公务用车购置", "购置费"), "vehicle_purchase"),
    Row("operation", ("公务用车运行维护费", "公务用车运行费", "公务用车运行维护", "运行维护费"), "vehicle_operation"),
    Row("reception", ("公务接待费", "公务接待"), "reception"),
    Row("domestic", ("国内接待费", "国内公务接待费"), "reception_domestic"),
    Row("foreign", ("外事接待费", "外宾接待费"), "reception_foreign"),
    Row("overseas", ("国（境）外接待费", "国（境）外公务接待费"), "reception_overseas"),
)
_COUNTS = (
    Row("tours", ("因公出国（境）团组数（个）", "因公出国（境）团组数"), "count:abroad", measure="个"),
    Row(
        "travellers",
        (
            "因公出国（境）人次数（人）",
            "因公出国（境）人次数（人次）",
            "因公出国（境）人次数",
            "因公出国（境）人数（人）",
        ),
        "count:abroad",
        measure="人次",
    ),
    Row(
        "bought",
        ("公务用车购置数（辆）", "公务用车购置数", "公务用车购置数量（辆）"),
        "count:vehicles_bought",
        measure="辆",
    ),
    Row("kept", ("公务用车保有量（辆）", "公务用车保有量"), "count:vehicles_kept", measure="辆"),
    Row(
        "visits",
        ("国内公务接待批次（个）", "国内公务接待批次（批）", "国内公务接待批次（批次）", "国内公务接待批次"),
        "count:reception_domestic",
        measure="批次",
    ),
    Row("foreign_visits", ("外事接待批次（个）", "外事接待批次"), "count:reception_foreign", measure="批次"),
    Row(
        "guests",
        ("国内公务接待人次（人）", "国内公务接待人次（人次）", "国内公务接待人次"),
        "count:reception_domestic",
        measure="人次",
    ),
    Row(
        "foreign_guests",
        ("外事接待人次（人）", "外事接待人次（人次）", "外事接待人次"),
        "count:reception_foreign",
        measure="人次",
    ),
    Row(
        "overseas_visits",
        ("国（境）外公务接待批次（个）", "国（境）外公务接待批次"),
        "count:reception_overseas",
        measure="批次",
    ),
    Row(
        "overseas_guests",
        ("国（境）外公务接待人次（人）", "国（境）外公务接待人次"),
        "count:reception_overseas",
        measure="人次",
    ),
)
_MEETINGS = (
    Row("meetings", ("会议费", "会议费支出"), "meeting_fee"),
    Row("training", ("培训费", "培训费支出"), "training_fee"),
)
_RUNNING = (
    Row("running", ("机关运行经费", "机关运行经费支出"), "agency_running_cost"),
    Row("administrative", ("行政单位",), "running_cost_administrative"),
    Row("equivalent", ("参照公务员法管理事业单位", "参照公务员法管理的事业单位"), "running_cost_equivalent"),
)
_PROCUREMENT = (
    Row("procurement", ("政府采购支出合计", "政府采购支出总额", "政府采购支出"), "procurement"),
    Row("goods", ("政府采购货物支出", "货物支出", "货物"), "procurement_goods"),
    Row("works", ("政府采购工程支出", "工程支出", "工程"), "procurement_works"),
    Row("services", ("政府采购服务支出", "服务支出", "服务"), "procurement_services"),
    Row("sme", ("政府采购授予中小企业合同金额", "授予中小企业合同金额"), "procurement_sme"),
    Row("micro", ("授予小微企业合同金额",), "procurement_micro"),
)
_CARS = (
    Row("cars", ("车辆数合计（辆）", "车辆数合计", "车辆数（辆）", "车辆合计"), "count:vehicles_owned", measure="辆"),
    Row(
        "cars_high",
        ("副部（省）级及以上领导用车", "副部（省）级以上领导用车", "部级领导干部用车"),
        "count:vehicles_high",
        measure="辆",
    ),
    Row("cars_leading", ("主要负责人用车", "主要领导干部用车"), "count:vehicles_leading", measure="辆"),
    Row("cars_secret", ("机要通信用车",), "count:vehicles_secret", measure="辆"),
    Row("cars_emergency", ("应急保障用车",), "count:vehicles_emergency", measure="辆"),
    Row("cars_law", ("执法执勤用车",), "count:vehicles_law", measure="辆"),
    Row("cars_special", ("特种专业技术用车",), "count:vehicles_special", measure="辆"),
    Row("cars_retired", ("离退休干部服务用车", "离退休干部用车"), "count:vehicles_retired", measure="辆"),
    Row("cars_other", ("其他用车",), "count:vehicles_other", measure="辆"),
    Row(
        "devices",
        (
            "单价100万元（含）以上设备（不含车辆）",
            "单价100万元（含）以上设备（台，套）",
            "单价100万元（含）以上设备（不含车辆）（台，套）",
            "单价100万元（含）以上设备",
        ),
        "count:devices",
        measure="台（套）",
    ),
)
_KINDS_OF_CARS = tuple(r.id for r in _CARS if r.id not in {"cars", "devices"})

RUNNING = Statement(
    id="running",
    titles=(
        "机构运行信息表",
        "机构运行信息决算表",
        "机构运行经费信息表",
        "“三公”经费、行政参公单位机关运行经费情况表",
        "“三公”经费、机关运行经费情况表",
        "“三公”经费、会议费、培训费、机关运行经费等情况表",
    ),
    kind=Kind.FINAL,
    sides=(
        Side(
            "rows",
            Keys.LABELS,
            (Col("amount", (*AMOUNT, "统计数", "决算统计数"), ""),),
            rows=(*_AMOUNTS, *_COUNTS, *_MEETINGS, *_RUNNING, *_CARS, *_PROCUREMENT),
            down=(
                Down("total", ("abroad", "vehicle", "reception")),
                Down("vehicle", ("purchase", "operation")),
                Down("reception", ("domestic", "overseas")),
                Down("running", ("administrative", "equivalent")),
                Down("cars", _KINDS_OF_CARS),
                Down("procurement", ("goods", "works", "services")),
            ),
        ),
    ),
    verified=False,
    note="财决附03派生：三公、统计数、机关运行经费、资产、采购在一张表里，各地栏目多少不等",
)

RUNNING_COST = Statement(
    id="running_cost_items",
    titles=("机关运行经费支出决算表", "机关运行经费支出决算明细表", "机关运行经费决算表"),
    kind=Kind.FINAL,
    sides=(
        Side(
            "items",
            Keys.ECONOMIC,
            (Col("amount", ("机关运行经费支出", *AMOUNT), "economic", nature="running_cost"),),
            rows=(Row("total", ("合计", "总计"), "agency_running_cost"),),
            tree=True,
        ),
    ),
    verified=False,
    note="江苏公开12表：商品和服务支出等各款，合计为机关运行经费",
)

VARIANTS = (
    BASIC_COLUMNS,
    BASIC_WIDE,
    PROJECT_WIDE,
    *FULL_FLOWS,
    GOVERNMENT_FUND_SPENT,
    APPROPRIATION_BY_FUNCTION,
    APPROPRIATION_BASIC,
    APPROPRIATION_BASIC_COLUMNS,
    THREE_PUBLIC_BY_STAGE,
    THREE_PUBLIC_OUTTURN,
    THREE_PUBLIC_MEETINGS,
    RUNNING,
    RUNNING_COST,
)
