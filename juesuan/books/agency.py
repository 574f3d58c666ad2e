"""The sheet 机构运行信息 (附03)：what stands behind 三公, 机关运行经费, 采购, 资产, and the registers’ sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from juesuan.books.figures import Cell, Key, Money, key_of
from juesuan.books.registers import Register, RegisterRow

SHEET = "机构运行信息"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet: a count (`concept` empty) or an amount of a concept. `labels`: all ways exports name it."""

    id: str
    labels: tuple[str, ...]
    measure: str
    concept: str = ""

    @property
    def label(self) -> str:
        return self.labels[0]


def _l(id_: str, measure: str, labels: str, concept: str = "") -> Line:
    return Line(id_, tuple(labels.split("|")), measure, concept)


LINES: tuple[Line, ...] = (
    _l("abroad_groups", "个", "因公出国（境）团组数|因公出国（境）团组数（个）"),
    _l("abroad_persons", "人", "因公出国（境）人次数|因公出国（境）人次数（人）|因公出国（境）人数"),
    _l("vehicles_bought", "辆", "公务用车购置数|公务用车购置数（辆）"),
    _l("vehicles_owned", "辆", "公务用车保有量|公务用车保有量（辆）"),
    _l("reception_domestic", "元", "国内接待费|国内公务接待费|其中：国内接待费", "reception_domestic"),
    _l(
        "reception_foreign",
        "元",
        "外事接待费|其中：外事接待费|国（境）外接待费|国（境）外公务接待费",
        "reception_foreign",
    ),
    _l("reception_domestic_batches", "批", "国内公务接待批次|国内公务接待批次（个）"),
    _l("reception_domestic_persons", "人", "国内公务接待人次|国内公务接待人次（人）"),
    _l(
        "reception_foreign_batches",
        "批",
        "外事接待批次|外事接待批次（个）|国（境）外公务接待批次|国（境）外公务接待批次（个）|其中：外事接待批次（个）",
    ),
    _l(
        "reception_foreign_persons",
        "人",
        "外事接待人次|外事接待人次（人）|国（境）外公务接待人次|国（境）外公务接待人次（人）|其中：外事接待人次（人）",
    ),
    _l("running_cost", "元", "机关运行经费|机关运行经费合计|（一）行政单位|二、机关运行经费", "agency_running_cost"),
    _l("vehicles_leader", "辆", "主要负责人用车|主要领导干部用车|2.主要负责人用车|主要负责人（领导干部）用车"),
    _l("vehicles_secret", "辆", "机要通信用车|3.机要通信用车"),
    _l("vehicles_emergency", "辆", "应急保障用车|4.应急保障用车"),
    _l("vehicles_law", "辆", "执法执勤用车|5.执法执勤用车"),
    _l("vehicles_special", "辆", "特种专业技术用车|6.特种专业技术用车"),
    _l("vehicles_retired", "辆", "离退休干部服务用车|离退休干部用车|7.离退休干部服务用车"),
    _l("vehicles_other", "辆", "其他用车|8.其他用车"),
    _l(
        "equipment_100",
        "台（套）",
        "单价100万元（含）以上设备（不含车辆）|单价100万元（含）以上设备|单价100万元以上设备",
    ),
    _l("procurement_goods", "元", "政府采购货物支出|1.政府采购货物支出", "procurement_goods"),
    _l("procurement_works", "元", "政府采购工程支出|2.政府采购工程支出", "procurement_works"),
    _l("procurement_services", "元", "政府采购服务支出|3.政府采购服务支出", "procurement_services"),
    _l("procurement_sme", "元", "授予中小企业合同金额|政府采购授予中小企业合同金额", "procurement_sme"),
    _l("procurement_micro", "元", "其中：授予小微企业合同金额|授予小微企业合同金额", "procurement_micro"),
)
BY_ID: Mapping[str, Line] = {line.id: line for line in LINES}
COUNTS: tuple[str, ...] = tuple(line.id for line in LINES if not line.concept)
"""Ids of `Books.count`; besides them vehicles_by_type.轿车 and the like, from the register."""

USES = (
    "主要负责人用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "离退休干部服务用车",
    "其他用车",
)
_USE_IDS = (
    "vehicles_leader",
    "vehicles_secret",
    "vehicles_emergency",
    "vehicles_law",
    "vehicles_special",
    "vehicles_retired",
    "vehicles_other",
)
_BIG = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a register says of a line: a number and its cells. `from_rows` is False for a register without any row."""

    id: str
    value: Decimal
    cells: tuple[Cell, ...]
    register: str
    from_rows: bool


def tallies(registers: Mapping[str, Register], year: int) -> Iterator[Tally]:
    """What the registers say of the lines of 机构运行信息."""
    receptions = registers.get("公务接待")
    if receptions:
        for kind, name in (("国内", "domestic"), ("外事", "foreign")):
            for column, end in (("批次", "_batches"), ("人次", "_persons"), ("金额", "")):
                yield _tally(f"reception_{name}{end}", receptions, column, 类别=kind)
    groups = registers.get("出国团组")
    if groups:
        yield Tally("abroad_groups", Decimal(len(groups.rows)), _rows(groups), groups.name, bool(groups.rows))
        yield _tally("abroad_persons", groups, "人次")
    vehicles = registers.get("公务用车")
    if vehicles:
        yield from _vehicles(vehicles, year)
    equipment = registers.get("设备")
    if equipment:
        big = [r for r in equipment.rows if isinstance(r["单价"], Decimal) and r["单价"] >= _BIG]
        number = sum((Decimal(n) for r in big if isinstance(n := r["数量"], int)), Decimal(0))
        yield Tally(
            "equipment_100",
            number,
            tuple(r.cells["数量"] for r in big if "数量" in r.cells),
            equipment.name,
            bool(equipment.rows),
        )
    contracts = registers.get("政府采购")
    if contracts:
        yield from _contracts(contracts)


def _tally(id_: str, register: Register, column: str, **where: str) -> Tally:
    return Tally(
        id_, register.sum(column, **where), register.cells(column, **where), register.name, bool(register.rows)
    )


def _rows(register: Register) -> tuple[Cell, ...]:
    return tuple(next(iter(r.cells.values())) for r in register.rows if r.cells)


def _vehicles(register: Register, year: int) -> Iterator[Tally]:
    some = bool(register.rows)
    owned = [r for r in register.rows if is_owned(r)]
    yield Tally("vehicles_owned", Decimal(len(owned)), _rows(register), register.name, some)
    bought = register.where(购置年份=year)
    yield Tally(
        "vehicles_bought", Decimal(len(bought)), tuple(r.cells["购置年份"] for r in bought), register.name, some
    )
    for use, id_ in zip(USES, _USE_IDS, strict=True):
        yield Tally(id_, Decimal(sum(r["用途"] == use for r in owned)), (), register.name, some)


def is_owned(row: RegisterRow) -> bool:
    """Whether a vehicle of the register is still the unit's."""
    return row["状态"] not in {"处置", "已处置", "报废"}


def _contracts(register: Register) -> Iterator[Tally]:
    for kind, name in (("货物", "goods"), ("工程", "works"), ("服务", "services")):
        yield _tally(f"procurement_{name}", register, "金额", 类别=kind)
    small = [_tally("procurement_micro", register, "金额", 供应商类型=size) for size in ("小型", "微型")]
    micro = sum((t.value for t in small), Decimal(0))
    middle = _tally("procurement_sme", register, "金额", 供应商类型="中型")
    cells = tuple(c for t in small for c in t.cells)
    yield Tally("procurement_micro", micro, cells, register.name, bool(register.rows))
    yield Tally("procurement_sme", micro + middle.value, (*middle.cells, *cells), register.name, bool(register.rows))


def key_of_line(line: Line) -> Key:
    """The key of a line that is an amount."""
    return key_of(line.concept)


def money_of(tally: Tally) -> Money:
    """A register's sum as an amount."""
    return Money(tally.value, key_of_line(BY_ID[tally.id]), tally.cells, note=f"台账“{tally.register}”合计")
