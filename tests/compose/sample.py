"""Books in memory for the tests of composing: the figures of a small unit, every leaf typed in 元."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from juesuan.books.figures import Cell, Key, Money, key_of
from juesuan.books.model import Books, Count
from juesuan.books.narrative import parse_narrative
from juesuan.books.settings import Settings
from juesuan.catalog import load
from juesuan.facts import Stage

NARRATIVE = """# 主要职能
参与政治协商，服务非公有制经济人士。

# 机构设置
安居区工商联属行政机关，内设办公室及经济股；下属二级预算单位0个，其中行政单位0个，参照公务员法管理的事业单位0个，其他事业单位0个。

# 国内公务接待内容
接待上级部门检查

# 政府采购
购置办公设备

# 绩效管理
根据预算绩效管理要求，本单位在年度预算编制阶段，组织对参政议政经费等2个项目开展了预算事前绩效评估，对2个项目编制了绩效目标。

# 变动和差异的原因
## 收入支出总计
人员和项目增加
## 财政拨款收入支出总计
人员和项目增加
## 一般公共预算财政拨款支出
人员和项目增加
## 公务接待费
上年未全额使用
## “三公”经费
上年公务接待费未全额使用
## 机关运行经费
人员增加
"""


@dataclass
class Typed:
    """Amounts typed into the books, gathered key by key."""

    amounts: dict[Key, Money] = field(default_factory=dict)

    def put(
        self,
        concept: str,
        value: Decimal | str | int,
        fund: str | None = None,
        *,
        account: str | None = None,
        economic: str | None = None,
        nature: str | None = None,
        stage: Stage = Stage.FINAL,
        back: int = 0,
    ) -> None:
        key = key_of(concept, fund, account=account, economic=economic, nature=nature, stage=stage, back=back)
        self.amounts[key] = Money(
            Decimal(value), key, cells=(Cell("决算数据.xlsx", "公开", f"A{len(self.amounts) + 1}"),)
        )


def books_of(
    typed: Mapping[Key, Money],
    *,
    counts: Mapping[str, int] | None = None,
    narrative: str = NARRATIVE,
    profile: str = "sichuan-2023",
    nature: str = "群团",
    kind: str = "单位",
    year: int = 2023,
) -> Books:
    """Books from typed amounts."""
    catalog = load()
    names = {a.code: catalog.named(a, year).name for a in catalog if a.kind != "gov_economic"}
    settings = Settings(
        "遂宁市安居区工商业联合会", kind, year, profile, short_name="区工商联", nature=nature, published="2024年9月25日"
    )
    return Books(
        entity=settings.entity,
        entity_kind=kind,
        year=year,
        profile=profile,
        typed=typed,
        counts={
            k: Count(v, (Cell("决算数据.xlsx", "机构运行信息", f"C{n}"),))
            for n, (k, v) in enumerate((counts or {}).items(), 2)
        },
        registers={},
        narrative=parse_narrative(narrative),
        settings=settings,
        names=names,
    )


ITEMS = {
    "2012801": "791300",
    "2012899": "269100",
    "2080501": "2000",
    "2080505": "99600",
    "2080801": "211500",
    "2089999": "1400",
    "2101101": "38700",
    "2101103": "15800",
    "2210201": "92600",
}
ECONOMICS = {
    "30101": "232860",
    "30102": "140970",
    "30103": "239670",
    "30108": "99600",
    "30110": "54500",
    "30112": "1400",
    "30113": "92600",
    "30199": "45000",
    "30304": "211500",
    "30305": "2000",
    "30201": "33900",
    "30206": "4000",
    "30211": "19900",
    "30217": "8000",
    "30228": "9300",
    "30229": "18000",
    "30239": "37200",
    "30299": "2500",
}
OF_OTHERS = {
    "2080501": {"30305": "2000"},
    "2080505": {"30108": "99600"},
    "2080801": {"30304": "211500"},
    "2089999": {"30112": "1400"},
    "2101101": {"30110": "38700"},
    "2101103": {"30110": "15800"},
    "2210201": {"30113": "92600"},
    "2012899": {"30226": "269100"},
}
"""Economic items of the functional items; all others are of 2012801."""
COUNTS = {"reception_domestic_batches": 14, "reception_domestic_persons": 60, "vehicles_owned": 0, "equipment_100": 0}


def small_unit() -> Books:
    """The figures of the sample report, where it does not contradict itself."""
    typed = Typed()
    for code, amount in ITEMS.items():
        typed.put("project" if code == "2012899" else "basic", amount, "general_budget", account=code)
        typed.put("income", amount, "appropriation", account=code)
        typed.put("project" if code == "2012899" else "basic", amount, "all", account=code)
        typed.put("expenditure", amount, "general_budget", account=code, stage=Stage.ADJUSTED)
    named = {economic for lines in OF_OTHERS.values() for economic in lines}
    lines_of = {**OF_OTHERS, "2012801": {code: value for code, value in ECONOMICS.items() if code not in named}}
    for code, amount in ECONOMICS.items():
        typed.put("economic", amount, "general_budget", economic=code)
    for account, lines in lines_of.items():
        for code, amount in lines.items():
            typed.put("economic", amount, "general_budget", account=account, economic=code, nature="all_expenditure")
    for concept, fund in (
        ("income_total", "all"),
        ("income_total", "appropriation"),
        ("expenditure", "general_budget"),
    ):
        typed.put(concept, "1221500", fund, back=1)
    typed.put("reception", "8000")
    typed.put("reception_domestic", "8000")
    typed.put("reception", "8000", stage=Stage.ADJUSTED)
    typed.put("reception", "5391", back=1)
    typed.put("agency_running_cost", "116700", back=1)
    typed.put("procurement_goods", "6000")
    typed.put("procurement_sme", "6000")
    typed.put("procurement_micro", "6000")
    return books_of(typed.amounts, counts=COUNTS)
