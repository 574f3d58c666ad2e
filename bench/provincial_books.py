"""Random true books of a unit, and a voice that prints figures as reports round them.

Every figure is an exact amount in 元; what is printed is rounded from it, so sums and rates are off by rounding
as in real reports, and never otherwise.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise

from juesuan.catalog import load
from juesuan.catalog.model import Level

ZERO = Decimal(0)
SOURCES = ("superior", "business", "operating", "affiliated", "other")
SOURCE_NAMES = {
    "superior": "上级补助收入",
    "business": "事业收入",
    "operating": "经营收入",
    "affiliated": "附属单位上缴收入",
    "other": "其他收入",
}
REASONS = (
    "人员增加",
    "按规定压减一般性支出",
    "人员退休，工资福利支出减少",
    "新增信息化建设项目",
    "项目进度调整，资金结转下年使用",
    "落实过紧日子要求，从严控制支出",
    "年中追加预算",
)
UNITS = (
    ("江城市水利局", "水利局", True),
    ("云岭县民政局", "民政局", True),
    ("青山区市场监督管理局", "市场监督管理局", True),
    ("临川市图书馆", "图书馆", False),
    ("白河县第一中学", "第一中学", False),
    ("海宁区疾病预防控制中心", "疾病预防控制中心", False),
    ("石门镇人民政府", "石门镇人民政府", False),
)


@dataclass(slots=True)
class Item:
    """One functional item: its path of three names, its code, and its exact figures."""

    names: tuple[str, str, str]
    code: str
    basic: Decimal
    project: Decimal
    budget: Decimal
    before: Decimal

    @property
    def total(self) -> Decimal:
        return self.basic + self.project


@dataclass(slots=True)
class Line:
    """A figure with its budget and last year's."""

    now: Decimal
    budget: Decimal
    before: Decimal


@dataclass
class Books:
    """The year of one unit."""

    rng: random.Random
    year: int
    unit: str
    short: str
    department: bool
    items: list[Item] = field(default_factory=list)
    fund_items: list[Item] = field(default_factory=list)
    capital: Decimal = ZERO
    own: dict[str, Decimal] = field(default_factory=dict)
    own_basic: Decimal = ZERO
    own_project: Decimal = ZERO
    operating: Decimal = ZERO
    distribution: Decimal = ZERO
    use_of_surplus: Decimal = ZERO
    carried_in: dict[str, Decimal] = field(default_factory=dict)
    carried_out: dict[str, Decimal] = field(default_factory=dict)
    personnel: dict[str, Decimal] = field(default_factory=dict)
    office: dict[str, Decimal] = field(default_factory=dict)
    three: dict[str, Line] = field(default_factory=dict)
    before: dict[str, Decimal] = field(default_factory=dict)
    cars: int = 3
    tables: list[str] | None = None
    """What stands in the place of the tables, where another bench prints them."""

    drawn: dict[str, tuple[Decimal, ...]] = field(default_factory=dict)

    def bought(self) -> tuple[Decimal, ...]:
        """政府采购: goods, works, services, what smaller firms got of it, and what small and micro firms did."""
        if "bought" not in self.drawn:
            rng = self.rng
            parts = [amount(rng, high=10**8) if rng.random() < 0.7 else ZERO for _ in range(3)]
            sme = (sum(parts, ZERO) * rng.randint(30, 100) / 100).quantize(Decimal("0.01"))
            self.drawn["bought"] = (*parts, sme, (sme * rng.randint(30, 100) / 100).quantize(Decimal("0.01")))
        return self.drawn["bought"]

    def received_guests(self) -> tuple[int, int]:
        """批次 and 人次 of guests received; none where nothing was spent."""
        if "guests" not in self.drawn:
            found = (self.rng.randint(1, 60), self.rng.randint(60, 900)) if self.three["reception"].now else (0, 0)
            self.drawn["guests"] = (Decimal(found[0]), Decimal(found[1]))
        visits, guests = self.drawn["guests"]
        return int(visits), int(guests)

    @property
    def word(self) -> str:
        return "部门" if self.department else "单位"

    def spent(self, fund: str = "all") -> Decimal:
        """Expenditure of a fund: general, fund, capital, appropriation, own or all."""
        parts = {
            "general": sum((i.total for i in self.items), ZERO),
            "fund": sum((i.total for i in self.fund_items), ZERO),
            "capital": self.capital,
            "own": self.own_basic + self.own_project + self.operating,
        }
        parts["appropriation"] = parts["general"] + parts["fund"] + parts["capital"]
        parts["all"] = parts["appropriation"] + parts["own"]
        return parts[fund]

    def received(self, fund: str = "all") -> Decimal:
        """Income of a fund, from what was spent and what was carried."""
        if fund in {"general", "fund", "capital"}:
            return self.spent(fund) + self.carried_out.get(fund, ZERO) - self.carried_in.get(fund, ZERO)
        appropriation = sum((self.received(f) for f in ("general", "fund", "capital")), ZERO)
        return appropriation if fund == "appropriation" else appropriation + sum(self.own.values(), ZERO)

    def into(self, fund: str = "all") -> Decimal:
        """What was carried in."""
        wanted = ("general", "fund", "capital") + (("own",) if fund == "all" else ())
        return sum((self.carried_in.get(f, ZERO) for f in wanted), ZERO)

    def out(self, fund: str = "all") -> Decimal:
        """What was carried out."""
        wanted = ("general", "fund", "capital") + (("own",) if fund == "all" else ())
        return sum((self.carried_out.get(f, ZERO) for f in wanted), ZERO)

    def total(self, fund: str = "all") -> Decimal:
        """The balance total: income and what was carried in."""
        return self.received(fund) + self.into(fund) + (self.use_of_surplus if fund == "all" else ZERO)

    def basic(self, *, everything: bool = False) -> Decimal:
        return sum((i.basic for i in self.items), ZERO) + (self.own_basic if everything else ZERO)

    def project(self, *, everything: bool = False) -> Decimal:
        own = self.own_project + self.spent("fund") + self.capital if everything else ZERO
        return sum((i.project for i in self.items), ZERO) + own

    def last(self, key: str, now: Decimal) -> Decimal:
        """Last year's figure of a total; the same each time it is asked."""
        if key not in self.before:
            self.before[key] = near(self.rng, now)
        return self.before[key]

    def classes(self) -> list[tuple[str, Decimal]]:
        """Expenditure of the general budget by 类."""
        found: dict[str, Decimal] = {}
        for item in self.items:
            found[item.names[0]] = found.get(item.names[0], ZERO) + item.total
        return list(found.items())


class Dice(random.Random):
    """A random source with the size of the unit: a report that prints whole 万元 has large figures."""

    scale: int = 1


def amount(rng: random.Random, low: int = 10**5, high: int = 10**9) -> Decimal:
    """An exact amount in 元, `low` and `high` in 分, of any magnitude alike; now and then a round one."""
    cents = int(low * (high / low) ** rng.random()) * getattr(rng, "scale", 1)
    if rng.random() < 0.15:
        cents = max(cents // 10**6, 1) * 10**6
    return Decimal(cents) / 100


def near(rng: random.Random, now: Decimal) -> Decimal:
    """Another year's figure, or the budget: near, far, the same, or none."""
    draw = rng.random()
    if draw < 0.1:
        return now
    if draw < 0.18:
        return ZERO
    factor = rng.choice([(80, 120), (30, 300), (97, 103)])
    return (now * rng.randint(factor[0] * 100, factor[1] * 100) / 10000).quantize(Decimal("0.01"))


def split(rng: random.Random, total: Decimal, number: int) -> list[Decimal]:
    """Random parts of a total."""
    cents = int(total * 100)
    edges = [0, *sorted(rng.randint(0, cents) for _ in range(number - 1)), cents]
    return [Decimal(b - a) / 100 for a, b in pairwise(edges)]


@cache
def accounts(year: int, fund: str) -> tuple[tuple[str, tuple[str, str, str]], ...]:
    """Codes and paths of the items of a fund valid in a year."""
    catalog = load()
    found = []
    for account in catalog:
        if (
            account.kind == "functional"
            and account.level is Level.ITEM
            and account.fund == fund
            and account.valid_in(year)
        ):
            names = [a.name for a in catalog.path(account, year)]
            if len(names) == 3 and "其他支出" not in names[0] and "转移性" not in names[0]:
                found.append((account.code, (names[0], names[1], names[2])))
    return tuple(sorted(found))


@cache
def economics(year: int, first: str) -> tuple[str, ...]:
    """Names of the economic accounts of a class."""
    return tuple(
        a.name
        for a in load()
        if a.name not in _THREE_PUBLIC
        and a.kind == "economic"
        and a.level is Level.GROUP
        and a.code.startswith(first)
        and a.valid_in(year)
    )


def _items(rng: random.Random, year: int, fund: str, number: int, *, basic: bool) -> list[Item]:
    pool = accounts(year, fund)
    chosen = sorted(rng.sample(pool, min(number, len(pool))))
    made = []
    for code, names in chosen:
        b = amount(rng) if basic and rng.random() < 0.6 else ZERO
        p = amount(rng) if not b or rng.random() < 0.4 else ZERO
        made.append(Item(names, code, b, p, near(rng, b + p), near(rng, b + p)))
    return made


def _carry_own(b: Books, rng: random.Random) -> None:
    """Give the books what their own funds bring in from last year and leave for the next."""
    own = sum(b.own.values(), ZERO) - b.operating
    if own:
        b.carried_in["own"] = amount(rng, high=10**7) if rng.random() < 0.6 else ZERO
        b.use_of_surplus = amount(rng, high=10**7) if rng.random() < 0.3 else ZERO
        pot = own + b.carried_in["own"] + b.use_of_surplus
        b.own_basic, b.own_project, b.carried_out["own"], b.distribution = split(rng, pot, 4)
        if rng.random() < 0.6:
            b.carried_out["own"] += b.distribution
            b.distribution = ZERO


def draw_books(rng: random.Random, year: int | None = None, *, many: bool = False) -> Books:
    """Random true books. `many`: forty items."""
    unit, short, department = rng.choice(UNITS)
    b = Books(rng, year or rng.choice([2021, 2022, 2023, 2024]), unit, short, department)
    b.items = _items(rng, b.year, "general_budget", 40 if many else rng.randint(3, 9), basic=True)
    if not any(i.basic for i in b.items):
        b.items[0].basic = amount(rng)
    if rng.random() < 0.3:
        b.fund_items = _items(rng, b.year, "government_fund", rng.randint(1, 3), basic=False)
    if rng.random() < 0.1:
        b.capital = amount(rng)
    if rng.random() < 0.5:
        for source in SOURCES:
            b.own[source] = amount(rng) if rng.random() < 0.5 else ZERO
        b.operating = b.own["operating"]
    for fund in ("general", "fund", "capital"):
        if b.spent(fund) and rng.random() < 0.5:
            b.carried_out[fund] = amount(rng, high=10**7)
        if b.spent(fund) and rng.random() < 0.5:
            b.carried_in[fund] = min(amount(rng, high=10**7), b.spent(fund) / 2).quantize(Decimal("0.01"))
    _carry_own(b, rng)
    personnel, office = split(rng, b.basic(), 2)
    names = [*economics(b.year, "301"), *economics(b.year, "303")]
    b.personnel = _named(rng, names, personnel)
    b.office = _named(rng, list(economics(b.year, "302")), office)
    for key in ("abroad", "purchase", "operation", "reception"):
        now = amount(rng, high=5 * 10**7) if rng.random() < (0.3 if key in {"abroad", "purchase"} else 0.8) else ZERO
        budget = now + amount(rng, high=10**7) if rng.random() < 0.6 else now
        b.three[key] = Line(now, budget, near(rng, now) if now else rng.choice([ZERO, ZERO, amount(rng, high=10**7)]))
    return b


_THREE_PUBLIC = {"因公出国（境）费用", "公务接待费", "公务用车运行维护费", "公务用车购置"}


def _named(rng: random.Random, names: list[str], total: Decimal) -> dict[str, Decimal]:
    drawn = set(rng.sample(names, rng.randint(3, min(12, len(names)))))
    chosen = [n for n in names if n in drawn]
    return dict(zip(chosen, split(rng, total, len(chosen)), strict=True))


# --- the voice ---------------------------------------------------------------------------------------------

_FACTOR = {"元": Decimal(1), "万元": Decimal(10000), "亿元": Decimal(10**8)}


@dataclass
class Voice:
    """How a report writes its figures: fixed for one report."""

    rng: random.Random
    unit: str = "万元"
    decimals: int = 2
    rate_decimals: int = 2
    thousands: bool = False
    strip: bool = False
    from_shown: bool = False
    """Differences and rates are worked out from the printed figures, as people with a calculator do."""
    up: tuple[str, str] = ("增加", "增长")
    down: tuple[str, str] = ("减少", "下降")
    comma: str = "，"

    def shown(self, exact: Decimal) -> Decimal:
        """The figure as printed, in 元."""
        factor = _FACTOR[self.unit]
        return (exact / factor).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP) * factor

    def bare(self, exact: Decimal) -> str:
        value = self.shown(exact) / _FACTOR[self.unit]
        text = f"{value:,.{self.decimals}f}" if self.thousands else f"{value:.{self.decimals}f}"
        return text.rstrip("0").rstrip(".") if self.strip and "." in text else text

    def m(self, exact: Decimal) -> str:
        """An amount with its measure."""
        return f"{self.bare(exact)}{self.unit}"

    def basis(self, exact: Decimal) -> Decimal:
        return self.shown(exact) if self.from_shown else exact

    def ratio(self, part: Decimal, whole: Decimal) -> str | None:
        """A percentage, or None where there is none."""
        if not self.shown(whole):
            return None
        value = self.basis(part) / self.basis(whole) * 100
        text = f"{value.quantize(Decimal(1).scaleb(-self.rate_decimals), ROUND_HALF_UP):.{self.rate_decimals}f}"
        return f"{text.rstrip('0').rstrip('.') if self.strip and '.' in text else text}%"

    def share(self, part: Decimal, whole: Decimal, of: str = "") -> str:
        rate = self.ratio(part, whole)
        return f"占{of}{rate}" if rate else "占0%"

    def diff(self, now: Decimal, before: Decimal) -> Decimal:
        return self.basis(now) - self.basis(before)

    def change(self, now: Decimal, before: Decimal, *, each: str = "") -> str:
        """增加…，增长…, 持平, or without a rate from nothing."""
        gap = self.diff(now, before)
        if self.shown(now) == self.shown(before):
            return self.rng.choice(["持平", "增加0万元，增长0%", "无变化"]) if not each else "无变化"
        words = self.up if gap > 0 else self.down
        rate = self.ratio(abs(gap), before)
        if self.from_shown and not self.shown(gap):
            return "基本持平"
        tail = f"{self.comma}{each}{words[1]}{rate}" if rate else self.rng.choice(["", "，上年无此项支出"])
        return f"{each}{words[0]}{self.m(abs(gap))}{tail}"

    def because(self, now: Decimal, before: Decimal, words: str = "主要原因是") -> str:
        if self.shown(now) == self.shown(before):
            return ""
        return f"，{words}{self.rng.choice(REASONS)}"
