"""Write examples/anju-gsl-2023 again: books whose report is the sample's, in 元, consistent with themselves.

What is chosen where the sample contradicts itself stands in examples/anju-gsl-2023/README.md.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from juesuan.books.figures import Key, Money, key_of
from juesuan.books.register_files import register_workbook, specs_with
from juesuan.books.registers import FILE as REGISTERS
from juesuan.books.registers import Value
from juesuan.books.settings import load_settings
from juesuan.books.store import write_whole
from juesuan.books.write_data import FILE as DATA
from juesuan.books.write_data import DataDraft, data_workbook
from juesuan.facts import Stage

YEAR = 2023
PERSONNEL = {
    "2012801": {"30101": 232860, "30102": 140970, "30103": 239670, "30199": 45000},
    "2080501": {"30305": 2000},
    "2080505": {"30108": 99600},
    "2080801": {"30304": 211500},
    "2089999": {"30112": 1400},
    "2101101": {"30110": 38700},
    "2101103": {"30111": 15800},
    "2210201": {"30113": 92600},
}
OFFICE = {
    "30201": 33900, "30206": 4000, "30211": 19900, "30217": 8000, "30228": 9300, "30229": 18000, "30239": 37200, "30299": 2500,
}  # fmt: skip
PROJECT = {"30201": 10000, "30202": 60000, "30211": 64100, "30213": 0, "30214": 35000, "30226": 60000, "30299": 40000}
"""其他民主党派及工商联事务支出 by economic item: the sample has only its total, so the split is invented."""
BEFORE = {
    "2012801": 780000, "2012899": 182200, "2080501": 2000, "2080505": 96200, "2089999": 1300, "2101101": 37200, "2101103": 15100,
    "2210201": 107500,
}  # fmt: skip

BEFORE_OFFICE = {
    "30201": 26500, "30206": 3800, "30211": 17200, "30217": 5391, "30228": 8700, "30229": 16800, "30239": 36000, "30299": 2309,
}  # fmt: skip
BEFORE_ECONOMIC = {
    "30101": 229000, "30102": 138500, "30103": 262800, "30199": 33000, "30305": 2000, "30108": 96200, "30112": 1300, "30110": 37200,
    "30111": 15100, "30113": 107500, "30202": 52000, "30214": 30000, "30226": 60200,
}  # fmt: skip
"""Last year's economic items, invented; they add up to the report's totals. BEFORE_OFFICE and the project's 40,000 come on top."""


def figures() -> dict[Key, Decimal]:
    """All leaves in 元: this year, the year before, the budget."""
    found: dict[Key, int] = {}
    for account, lines in PERSONNEL.items():
        own = dict(lines)
        if account == "2012801":
            own.update(OFFICE)
        found[key_of("basic", "general_budget", account=account)] = sum(own.values())
        for economic, yuan in own.items():
            found[key_of("economic", "general_budget", economic=economic)] = yuan
            found[
                key_of("economic", "general_budget", account=account, economic=economic, nature="all_expenditure")
            ] = yuan
    found[key_of("project", "general_budget", account="2012899")] = sum(PROJECT.values())
    for economic, yuan in PROJECT.items():
        if yuan:
            found[
                key_of("economic", "general_budget", account="2012899", economic=economic, nature="all_expenditure")
            ] = yuan
    found |= _income(found)
    found |= _three_public()
    found |= _before()
    return {key: Decimal(yuan) for key, yuan in found.items()}


def _income(spent: dict[Key, int]) -> dict[Key, int]:
    """Income by account: all was allotted in the year and spent in it."""
    found: dict[Key, int] = {}
    for key, yuan in spent.items():
        if key.concept in {"basic", "project"}:
            found[key_of("income", "appropriation", account=key.account)] = yuan
            found[key_of("expenditure", "general_budget", account=key.account, stage=Stage.INITIAL)] = yuan
            found[key_of("expenditure", "general_budget", account=key.account, stage=Stage.ADJUSTED)] = yuan
    return found


def _three_public() -> dict[Key, int]:
    found = dict.fromkeys(
        (key_of(c) for c in ("abroad", "vehicle_purchase", "vehicle_operation", "reception_foreign")), 0
    )
    found[key_of("reception")] = found[key_of("reception_domestic")] = 8000
    for concept in ("abroad", "vehicle_purchase", "vehicle_operation"):
        found[key_of(concept, stage=Stage.ADJUSTED)] = 0
        found[key_of(concept, back=1)] = 0
    found[key_of("reception", stage=Stage.ADJUSTED)] = 8000
    found[key_of("reception", back=1)] = 5391
    for concept, yuan in (("goods", 6000), ("works", 0), ("services", 0), ("sme", 6000), ("micro", 6000)):
        found[key_of(f"procurement_{concept}")] = yuan
    return found


def _before() -> dict[Key, int]:
    whole = sum(BEFORE.values())
    last = {
        key_of(c, f, back=1): whole
        for c, f in (
            ("income_total", "all"),
            ("income", "all"),
            ("expenditure", "all"),
            ("income_total", "appropriation"),
        )
    }
    last[key_of("agency_running_cost", back=1)] = last[key_of("office", back=1)] = 116700
    last[key_of("carried_out", "all", back=1)] = last[key_of("carried_out", "appropriation", back=1)] = 0
    last[key_of("basic", "general_budget", back=1)] = whole - BEFORE["2012899"]
    last[key_of("project", "general_budget", back=1)] = BEFORE["2012899"]
    for account, yuan in BEFORE.items():
        last[key_of("expenditure", "general_budget", account=account, back=1)] = yuan
        concept = "project" if account == "2012899" else "basic"
        last[key_of(concept, "general_budget", account=account, back=1)] = yuan
    for economic, yuan in BEFORE_OFFICE.items():
        last[key_of("economic", "general_budget", economic=economic, back=1)] = yuan
    every = {**BEFORE_ECONOMIC, **BEFORE_OFFICE}
    every["30211"] += 40000
    for economic, yuan in every.items():
        last[key_of("economic", "general_budget", economic=economic, nature="all_expenditure", back=1)] = yuan
    last[key_of("personnel", back=1)] = whole - BEFORE["2012899"] - 116700
    return last


def registers() -> dict[str, list[dict[str, Value]]]:
    """Invented rows that add up to the sample's counts and sums: 14 批次, 60 人次, 8000 元; 456 会员."""
    persons = [4, 5, 4, 4, 5, 4, 4, 4, 5, 4, 4, 4, 5, 4]
    receptions: list[dict[str, Value]] = []
    for number, people in enumerate(persons, 1):
        yuan = 8000 - 570 * 13 if number == len(persons) else 570
        day = date(YEAR, min(number, 11), 3 + number)
        receptions.append(
            {
                "编号": f"JD{YEAR}{number:02d}",
                "日期": day,
                "类别": "国内",
                "来访单位": f"上级单位检查组（示例{number}）",
                "事项": "接待上级部门检查",
                "批次": 1,
                "人次": people,
                "金额": Decimal(yuan),
            }
        )
    contract: dict[str, Value] = {
        "合同编号": "CG202301", "类别": "货物", "采购内容": "办公设备", "金额": Decimal(6000), "供应商类型": "小型",
    }  # fmt: skip
    members: list[dict[str, Value]] = [
        {"编号": f"{n:03d}", "名称": f"示例会员{n:03d}", "类型": "企业会员" if n <= 398 else "个人会员"}
        for n in range(1, 457)
    ]
    chambers: list[dict[str, Value]] = [
        {"名称": "四川天府新区安居商会", "状态": "已成立"},
        {"名称": "西藏四川安居商会（报审名称）", "状态": "筹备"},
    ]
    return {
        "公务接待": receptions,
        "政府采购": [contract],
        "人员": [
            {"类别": "行政编制", "编制数": 4, "年末实有人数": 4},
            {"类别": "机关工勤编制", "编制数": 1, "年末实有人数": 1},
        ],
        "会员": members,
        "商会": chambers,
        "活动": [
            {"名称": "民营经济人士理想信念集中教育活动", "次数": 3},
            {"名称": "银政企面对面交流活动", "次数": 1},
        ],
        "捐赠": [{"编号": "JZ01", "名称": "儿童关爱系列活动捐款捐物（示例）", "金额": Decimal(1_000_000)}],
    }


def main() -> None:
    """Write the two workbooks beside the hand-written files."""
    folder = Path(__file__).parent.parent / "examples" / "anju-gsl-2023"
    settings = load_settings(folder)
    typed = {key: Money(yuan, key) for key, yuan in figures().items()}
    counts = {
        "abroad_groups": 0, "abroad_persons": 0, "vehicles_bought": 0, "vehicles_owned": 0, "vehicles_leader": 0, "vehicles_secret": 0,
        "vehicles_emergency": 0, "vehicles_law": 0, "vehicles_special": 0, "vehicles_retired": 0, "vehicles_other": 0, "equipment_100": 0,
        "reception_domestic_batches": 14, "reception_domestic_persons": 60, "reception_foreign_batches": 0, "reception_foreign_persons": 0,
    }  # fmt: skip
    draft = DataDraft(
        settings.entity,
        settings.entity_kind,
        settings.year,
        settings.profile,
        typed,
        counts,
        has_running_cost=settings.has_running_cost,
    )
    write_whole(folder / DATA, data_workbook(draft))
    write_whole(folder / REGISTERS, register_workbook(specs_with(settings.registers), registers(), settings.year))
    print(f"写好 {folder / DATA}、{folder / REGISTERS}")


if __name__ == "__main__":
    main()
