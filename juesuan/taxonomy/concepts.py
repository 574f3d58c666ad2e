"""The concepts of a final-accounts report, the words that name them, and how they add up.

`labels` are read as written after layout noise is gone; "~" stands for optional quotation marks. The first is the one written.
A concept says nothing of the fund: "一般公共预算财政拨款收入" is the concept `income` in the fund `general_budget`.
Identities (domain rules b3, b5; 部门决算公开样式) hold within one year, stage, fund, aspect and document part.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concept:
    """`id`: English term of the vocabulary. `stands_alone`: its label names it even without fund or stage words."""

    id: str
    labels: tuple[str, ...]
    stands_alone: bool = True

    @property
    def label(self) -> str:
        return self.labels[0].replace("~", "")


def _c(id_: str, labels: str, *, stands_alone: bool = True) -> Concept:
    return Concept(id_, tuple(labels.split()), stands_alone)


def _bought_and_run() -> str:
    """公务用车购置及运行维护费 as reports write it: with 费 behind either word, and, or a comma between."""
    cars, bought, ran = (
        ("公务用车", "公务车", "公车"),
        ("购置", "购置费"),
        ("运行维护费", "运行费", "运行维护费用", "维护费", "运维费"),
    )
    names = [f"{car}{a}{mark}{b}" for car in cars for a in bought for mark in ("及", "和", "与", "、") for b in ran]
    return " ".join([*names, "公务用车费"])


def _both_sides() -> str:
    """收、支总计 as reports write it: 收入、支出决算总计, 收支预算总数, 收入和支出总计."""
    sides = [f"{a}{mark}{b}" for a, b in (("收入", "支出"), ("收", "支")) for mark in ("", "、", "和", "与", "及")]
    ends = [f"{stage}{end}" for stage in ("", "决算", "预算") for end in ("总计", "总额", "总数", "总预算")]
    return " ".join(side + end for side in sides for end in ends)


CONCEPTS: tuple[Concept, ...] = (
    # 收支总体
    _c(
        "balance_total",
        _both_sides(),
    ),
    _c("balance", "收支 收、支 收入支出总体 收支总体 收入支出"),
    _c(
        "income_total",
        "收入总计 总收入 收入总额 收入决算总计 收入预算总计 收入预算总额 收入总预算 总收入预算 收入预算总数",
    ),
    _c(
        "expenditure_total",
        "支出总计 总支出 支出总额 支出决算总计 支出预算总计 支出预算总额 支出总预算 总支出预算 支出预算总数",
    ),
    _c("income", "本年收入合计 本年收入总计 本年收入 收入合计 收入决算合计"),
    _c("income", "收入", stands_alone=False),
    _c("expenditure", "本年支出合计 本年支出总计 本年支出 支出合计 支出决算合计"),
    _c("expenditure", "支出 当年拨款", stands_alone=False),
    _c(
        "use_of_surplus",
        "使用非财政拨款结余（含专用结余） 使用非财政拨款结余和专用结余 使用非财政拨款结余 用事业基金弥补收支差额",
    ),
    _c(
        "carried_in", "年初结转和结余 年初结转结余 上年结转和结余 上年结转结余 上年结转 上年结余 年初财政拨款结转和结余"
    ),
    _c("surplus_distribution", "结余分配"),
    _c("carried_out", "年末结转和结余 年末结转结余 年末财政拨款结转和结余 结转下年 年终结转和结余 年末结转"),
    # 收入来源
    _c("income_appropriation", "财政拨款收入"),
    _c("income_superior", "上级补助收入"),
    _c("income_business", "事业收入"),
    _c("income_operating", "经营收入 事业单位经营收入"),
    _c("income_affiliated", "附属单位上缴收入 附属单位缴款"),
    _c("income_other", "其他收入"),
    # 支出性质
    _c("basic", "基本支出"),
    _c("project", "项目支出"),
    _c("superior_payment", "上缴上级支出"),
    _c("operating_expenditure", "经营支出 事业单位经营支出"),
    _c("affiliated_subsidy", "对附属单位补助支出 对附属单位补助"),
    _c("personnel", "人员经费"),
    _c("office", "公用经费 日常公用经费"),
    # 三公
    _c("three_public", "~三公~经费 三公经费"),
    _c("abroad", "因公出国（境）费用 因公出国（境）经费 因公出国（境）费 因公出国（境）"),
    _c(
        "vehicle",
        _bought_and_run(),
    ),
    _c("vehicle_purchase", "公务用车购置费 公务用车购置费用 公务车购置费 公务用车购置"),
    _c(
        "vehicle_operation",
        "公务用车运行维护费 公务用车运行维护费用 公务车运行维护费 公务用车运行费 公务用车运行维护 公务用车运行 公务车运行维护",
    ),
    _c("reception", "公务接待费 公务接待"),
    _c("reception_domestic", "国内公务接待费 国内公务接待 国内接待费"),
    _c("reception_foreign", "外事接待费 外事接待 外宾接待费 外宾接待 国（境）外公务接待费 国（境）外公务接待"),
    # 运行、采购
    _c("agency_running_cost", "机关运行经费 机构运行经费 行政运行经费 事业运行经费"),
    _c("procurement", "政府采购支出总额 政府采购总额 政府采购金额 政府采购支出 政府采购预算总额 政府采购"),
    _c("procurement_goods", "政府采购货物 货物采购金额 货物采购 采购货物 货物"),
    _c("procurement_works", "政府采购工程 工程采购金额 工程采购 采购工程 工程"),
    _c("procurement_services", "政府采购服务 服务采购金额 服务采购 采购服务 服务"),
    _c("procurement_sme", "授予中小企业合同金额 授予中小企业合同 授予中小企业"),
    # 项目资金（绩效评价报告）
    _c("project_applied", "申报金额 申报财政资金 申报资金"),
    _c("project_allotted", "实际下达金额 财政实际下达 财政实际下拨 实际下达 实际下拨 实际到位资金 实际到位"),
    _c("project_budget", "项目资金预算 项目预算金额 项目预算"),
    _c("project_spent", "项目实际支出 实际支出金额 实际使用资金"),
    _c("procurement_micro", "授予小微企业合同金额 授予小微企业合同 授予小微企业"),
)

BY_ID: dict[str, Concept] = {}
for _concept in CONCEPTS:
    BY_ID.setdefault(_concept.id, _concept)


@dataclass(frozen=True, slots=True)
class Partition:
    """total = Σ parts, all parts of one kind; parts a report leaves out are nothing only if the stated ones already add up."""

    total: str
    parts: tuple[str, ...]
    basis: str


PARTITIONS: tuple[Partition, ...] = (
    Partition("basic", ("personnel", "office"), "基本支出＝人员经费＋公用经费（公开06、08表）"),
    Partition(
        "expenditure",
        ("basic", "project", "superior_payment", "operating_expenditure", "affiliated_subsidy"),
        "本年支出合计＝基本支出＋项目支出＋上缴上级支出＋经营支出＋对附属单位补助支出（公开03表）",
    ),
    Partition(
        "three_public",
        ("abroad", "vehicle", "reception"),
        "“三公”经费＝因公出国（境）费＋公务用车购置及运行维护费＋公务接待费（公开13表）",
    ),
    Partition(
        "vehicle", ("vehicle_purchase", "vehicle_operation"), "公务用车购置及运行维护费＝购置费＋运行维护费（公开13表）"
    ),
    Partition(
        "procurement",
        ("procurement_goods", "procurement_works", "procurement_services"),
        "政府采购支出总额＝货物＋工程＋服务",
    ),
)

PROJECT_CONCEPTS = frozenset({"project_applied", "project_allotted", "project_budget", "project_spent"})
"""Said of one project, in its own report; elsewhere the words name nothing in particular."""

LIMITS: tuple[tuple[str, str, str], ...] = (
    ("procurement_sme", "procurement", "授予中小企业合同金额不大于政府采购支出总额"),
    ("procurement_micro", "procurement_sme", "授予小微企业合同金额包含在授予中小企业合同金额之内"),
    ("reception_domestic", "reception", "国内公务接待支出包含在公务接待费之内"),
    ("reception_foreign", "reception", "外事接待支出包含在公务接待费之内"),
    ("basic", "expenditure", "基本支出包含在本年支出合计之内"),
    ("project", "expenditure", "项目支出包含在本年支出合计之内"),
)
"""(part, whole, basis): a part is never greater than its whole."""

USUAL_LIMITS: tuple[tuple[str, str, str], ...] = (
    ("project_allotted", "project_applied", "项目实际下达金额一般不大于申报金额"),
    ("project_allotted", "project_budget", "项目实际下达金额一般不大于项目资金预算"),
    ("project_spent", "project_allotted", "项目实际支出一般不大于实际下达金额"),
)
"""As LIMITS, with lawful exceptions (other funds, a budget raised in the year): at most a doubt."""

FUNDS: tuple[tuple[str, str], ...] = (
    ("一般公共预算财政拨款", "general_budget"),
    ("一般公共预算拨款", "general_budget"),
    ("一般公共预算", "general_budget"),
    ("一般公共财政预算", "general_budget"),
    ("公共财政预算", "general_budget"),
    ("政府性基金预算财政拨款", "government_fund"),
    ("政府性基金预算拨款", "government_fund"),
    ("政府性基金拨款", "government_fund"),
    ("政府性基金预算", "government_fund"),
    ("政府性基金", "government_fund"),
    ("国有资本经营预算财政拨款", "state_capital"),
    ("国有资本经营预算拨款", "state_capital"),
    ("国有资本经营拨款", "state_capital"),
    ("国有资本经营预算", "state_capital"),
    ("国有资本经营", "state_capital"),
    ("财政拨款", "appropriation"),
)
"""Words before a concept that say from which budget the money comes; the first of each fund is written."""

FUND_PARTS = ("general_budget", "government_fund", "state_capital")
"""The three funds that together are the appropriation (财政拨款)."""

BY_FUND = ("income", "expenditure", "income_total", "expenditure_total")
"""Concepts that are the sum of what comes from each fund (and, for all money, of what comes from elsewhere)."""

KINDS_OF: dict[str, tuple[str, ...]] = {
    "income_business": ("教育", "科研", "医疗", "门诊", "住院", "后勤", "技术"),
    "income_other": ("捐赠", "利息", "租金"),
}
"""Words before a label that make the figure one kind of it: 教育事业收入 is a part of 事业收入."""

THREE_PUBLIC = frozenset({"three_public", "abroad", "vehicle", "vehicle_purchase", "vehicle_operation", "reception"})
"""“三公”经费 and its parts: a fund word after them does not make them another figure."""

COUNTED_WITH: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("reception_domestic", ("批次", "人次", "人"), "国内公务接待的批次、人次与金额同有同无"),
    ("reception_foreign", ("批次", "人次", "人"), "外事接待的批次、人次与金额同有同无"),
    ("abroad", ("个", "次", "人次", "人"), "因公出国（境）的团组数、人次与金额同有同无"),
)
"""(concept, measures, basis): where no money was spent nobody was received or sent, and the other way round; others may have paid."""
