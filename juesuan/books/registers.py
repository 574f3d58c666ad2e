"""Registers (台账): rows that explain figures, with types, keys and aggregates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from juesuan.books.figures import Cell
from juesuan.books.settings import RegisterSpec

FILE = "台账.xlsx"
Value = str | int | Decimal | date | None

BUILT_IN: tuple[RegisterSpec, ...] = (
    RegisterSpec(
        "公务接待",
        {
            "编号": "文字",
            "日期": "日期",
            "类别": "文字",
            "来访单位": "文字",
            "事项": "文字",
            "批次": "整数",
            "人次": "整数",
            "金额": "金额",
        },
        ("编号",),
    ),
    RegisterSpec(
        "公务用车",
        {
            "车牌号": "文字",
            "车型": "文字",
            "用途": "文字",
            "购置年份": "整数",
            "购置金额": "金额",
            "运行维护费": "金额",
            "状态": "文字",
        },
        ("车牌号",),
    ),
    RegisterSpec(
        "出国团组",
        {"编号": "文字", "团组名称": "文字", "国家（地区）": "文字", "人次": "整数", "金额": "金额"},
        ("编号",),
    ),
    RegisterSpec("设备", {"编号": "文字", "名称": "文字", "单价": "金额", "数量": "整数"}, ("编号",)),
    RegisterSpec(
        "政府采购",
        {"合同编号": "文字", "类别": "文字", "采购内容": "文字", "金额": "金额", "供应商类型": "文字"},
        ("合同编号",),
    ),
    RegisterSpec("人员", {"类别": "文字", "编制数": "整数", "年末实有人数": "整数"}, ("类别",)),
)
"""类别 of 公务接待 is 国内 or 外事; of 政府采购 货物, 工程 or 服务; 供应商类型 is 大型, 中型, 小型 or 微型."""

CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("公务接待", "类别"): ("国内", "外事"),
    ("公务用车", "车型"): ("轿车", "越野车", "载客汽车", "其他车型"),
    ("公务用车", "用途"): (
        "主要负责人用车",
        "机要通信用车",
        "应急保障用车",
        "执法执勤用车",
        "特种专业技术用车",
        "离退休干部服务用车",
        "其他用车",
    ),
    ("政府采购", "类别"): ("货物", "工程", "服务"),
    ("政府采购", "供应商类型"): ("大型", "中型", "小型", "微型"),
}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row: values by column, and the cell of each."""

    values: Mapping[str, Value]
    cells: Mapping[str, Cell]

    def __getitem__(self, column: str) -> Value:
        return self.values.get(column)


@dataclass(frozen=True, slots=True)
class Register:
    """A register as filled. In the text {{ 会员.总数 }} is its number of rows, {{ 捐赠.金额 }} a column's sum."""

    name: str
    columns: Mapping[str, str]
    rows: tuple[RegisterRow, ...] = ()
    aggregates: Mapping[str, str] = field(default_factory=dict)

    def where(self, **values: Value) -> tuple[RegisterRow, ...]:
        """The rows whose columns have these values."""
        return tuple(r for r in self.rows if all(r[c] == v for c, v in values.items()))

    def sum(self, column: str, **values: Value) -> Decimal:
        """The sum of a column over the rows that fit; blanks count nothing."""
        found = (r[column] for r in self.where(**values))
        return sum((Decimal(v) for v in found if isinstance(v, (int, Decimal))), Decimal(0))

    def cells(self, column: str, **values: Value) -> tuple[Cell, ...]:
        """The cells a sum rests on."""
        return tuple(r.cells[column] for r in self.where(**values) if r[column] is not None and column in r.cells)

    def facts(self) -> dict[str, Value]:
        """What the text may name of it: 总数, the sum of each column of figures, and the declared aggregates."""
        found: dict[str, Value] = {"总数": len(self.rows)}
        for column, kind in self.columns.items():
            if kind in {"整数", "金额", "数"}:
                found[column] = _plain(self.sum(column))
        for name, rule in self.aggregates.items():
            found[name] = self._aggregate(rule)
        return found

    def _aggregate(self, rule: str) -> Value:
        """What a rule such as 合计 金额 其中 类别=捐物, or 行数 其中 类别=捐物, gives."""
        head, _, condition = rule.partition("其中")
        wanted: dict[str, Value] = {}
        for pair in condition.replace("，", ",").split(","):
            column, found, value = pair.partition("=")
            if found:
                wanted[column.strip()] = value.strip()
        words = head.split()
        if words[:1] == ["合计"] and len(words) > 1:
            return _plain(self.sum(words[1], **wanted))
        return len(self.where(**wanted))


def _plain(value: Decimal) -> Value:
    return int(value) if value == value.to_integral_value() else value
