"""Random valid books: every leaf drawn, every total following, income and expenditure in balance."""

from __future__ import annotations

import random
from decimal import Decimal

from juesuan.books.model import Books
from juesuan.catalog import ECONOMIC, FUNCTIONAL, Account, Level, load
from juesuan.facts import Stage
from tests.compose.sample import Typed, books_of

FUNDS = ("general_budget", "government_fund", "state_capital")
OTHERS = ("income_superior", "income_business", "income_operating", "income_affiliated", "income_other")
PERSONNEL, OFFICE = ("301", "303"), ("302", "307", "310", "399")
THREE = ("abroad", "vehicle_purchase", "vehicle_operation", "reception_domestic", "reception_foreign")
THREE_PUBLIC_ITEMS = {"30212", "30217", "30231", "31013", "30913"}
"""Economic items that the amounts of 三公 hold down; they are left alone."""
LEAST = 100
"""元: no matter with counts costs less."""
REASON = "据实列支"
YEAR = 2023


def accounts(kind: str, level: Level) -> list[Account]:
    return [a for a in load() if a.kind == kind and a.level is level and a.valid_in(YEAR) and a.verified]


class Drawn:
    """One drawing. `rng` decides everything; equal seeds give equal books."""

    def __init__(self, seed: int, profile: str = "sichuan-2023") -> None:
        self.rng = random.Random(seed)  # noqa: S311 - repeatable, no secret
        self.profile = profile
        self.typed = Typed()
        self.scale = self.rng.choice((1, 100, 10_000, 1_000_000, 100_000_000))

    def amount(self) -> Decimal:
        """元 with 分; often round, sometimes tiny, never negative, never zero."""
        cents = self.rng.randint(1, 400 * self.scale) * self.rng.choice((1, 100, 100, 1000))
        return Decimal(cents) / 100

    def maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def near(self, value: Decimal) -> Decimal:
        """The same, nothing, or something else: last year's figure or a budget."""
        pick = self.rng.random()
        if pick < 0.3:
            return value
        if pick < 0.45:
            return Decimal(0)
        if pick < 0.8:
            return (value * self.rng.randint(50, 150) / 100).quantize(Decimal("0.01"))
        return self.amount()

    def split(self, value: Decimal, count: int) -> list[Decimal]:
        """Parts of an amount, none negative."""
        cents = int(value * 100)
        cuts = sorted(self.rng.randint(0, cents) for _ in range(count - 1))
        return [Decimal(b - a) / 100 for a, b in zip([0, *cuts], [*cuts, cents], strict=True)]

    def books(self) -> Books:
        spent: dict[str, dict[str, Decimal]] = {"basic": {}, "project": {}}
        balance_in = balance_out = Decimal(0)
        appropriation_in = appropriation_out = Decimal(0)
        income: dict[str, Decimal] = {}
        for fund in FUNDS:
            if fund != "general_budget" and not self.maybe(0.35):
                continue
            if fund == "general_budget" and self.maybe(0.03):
                continue
            carried_in, carried_out = self.fund(fund, spent, income)
            appropriation_in += carried_in
            appropriation_out += carried_out
        for code, value in income.items():
            self.typed.put("income", value, "appropriation", account=code)
        other = self.own_money(spent) if self.maybe(0.4) else Decimal(0)
        balance_in, balance_out = appropriation_in, appropriation_out + other
        for nature, by_code in spent.items():
            for code, value in by_code.items():
                self.typed.put(nature, value, "all", account=code)
        self.typed.put("carried_in", balance_in, "all")
        self.typed.put("carried_out", balance_out, "all")
        self.before()
        counts = self.agency()
        return books_of(
            self.typed.amounts,
            counts=counts,
            narrative=self.words(),
            profile=self.profile,
            nature=self.rng.choice(("行政单位", "其他事业单位")),
            kind=self.rng.choice(("部门", "单位")),
        )

    def fund(
        self, fund: str, spent: dict[str, dict[str, Decimal]], income: dict[str, Decimal]
    ) -> tuple[Decimal, Decimal]:
        """Items of one fund with income, expenditure and what is carried over; the sums carried in and out."""
        known = [a for a in accounts(FUNCTIONAL, Level.ITEM) if a.fund == fund]
        most = self.rng.choice((1, 3, 8, 15, 40))
        chosen = self.rng.sample(known, min(len(known), self.rng.randint(1, most)))
        total_in = total_out = Decimal(0)
        for account in chosen:
            total = self.amount()
            basic, project = (
                self.split(total, 2)
                if self.maybe(0.3)
                else (total, Decimal(0))
                if self.maybe(0.6)
                else (Decimal(0), total)
            )
            carried = self.amount() if self.maybe(0.3) else Decimal(0)
            left = self.amount() if self.maybe(0.3) else Decimal(0)
            earned = total + left - carried
            if earned < 0:
                carried, earned = total + left, Decimal(0)
            code = account.code
            for nature, value in (("basic", basic), ("project", project)):
                if value:
                    self.typed.put(nature, value, fund, account=code)
                    spent[nature][code] = spent[nature].get(code, Decimal(0)) + value
            income[code] = income.get(code, Decimal(0)) + earned
            self.typed.put("income", earned, fund, account=code)
            self.typed.put("carried_in", carried, fund, account=code)
            self.typed.put("carried_out", left, fund, account=code)
            total_in += carried
            total_out += left
            self.typed.put("expenditure", self.near(total), fund, account=code, stage=Stage.ADJUSTED)
            self.typed.put("expenditure", self.near(total), fund, account=code, stage=Stage.INITIAL)
            self.economic(fund, code, basic, project)
        return total_in, total_out

    def economic(self, fund: str, code: str, basic: Decimal, project: Decimal) -> None:
        """The economic items of one functional item; those of the basic expenditure are gathered over all."""
        catalog = [a.code for a in accounts(ECONOMIC, Level.GROUP) if a.code not in THREE_PUBLIC_ITEMS]
        running = [c for c in catalog if c[:3] in (*PERSONNEL, *OFFICE)]
        whole: dict[str, Decimal] = {}
        for value, choices in ((basic, running), (project, catalog)):
            if not value:
                continue
            codes = self.rng.sample(choices, self.rng.randint(1, 4))
            for economic, part in zip(codes, self.split(value, len(codes)), strict=True):
                whole[economic] = whole.get(economic, Decimal(0)) + part
                if value is basic and fund == "general_budget":
                    self.gather(economic, part)
        for economic, part in whole.items():
            if part:
                self.typed.put("economic", part, fund, account=code, economic=economic, nature="all_expenditure")

    def gather(self, economic: str, part: Decimal) -> None:
        from juesuan.books.figures import key_of

        key = key_of("economic", "general_budget", economic=economic)
        before = self.typed.amounts.get(key)
        if part:
            self.typed.put("economic", part + (before.yuan if before else 0), "general_budget", economic=economic)

    def own_money(self, spent: dict[str, dict[str, Decimal]]) -> Decimal:
        """Income that is no appropriation, spent on accounts of its own in part; what is left."""
        known = [a.code for a in accounts(FUNCTIONAL, Level.ITEM) if a.fund == "general_budget"]
        left = Decimal(0)
        for concept in self.rng.sample(OTHERS, self.rng.randint(1, 3)):
            code, value = self.rng.choice(known), self.amount()
            self.typed.put(concept, value, account=code)
            used, rest = self.split(value, 2) if self.maybe(0.4) else (value, Decimal(0))
            nature = self.rng.choice(("basic", "project"))
            spent[nature][code] = spent[nature].get(code, Decimal(0)) + used
            left += rest
        return left

    def before(self) -> None:
        """Last year's figures."""
        books = books_of(self.typed.amounts)
        for concept, fund in (
            ("income_total", "all"),
            ("income_total", "appropriation"),
            ("expenditure", "general_budget"),
        ):
            now = books.amount(concept, fund)
            self.typed.put(concept, self.near(now.yuan if now else Decimal(0)), fund, back=1)
        if self.typed.amounts and not books.amount("expenditure", "general_budget"):
            for stage in (Stage.ADJUSTED, Stage.INITIAL):
                self.typed.put("expenditure", 0, "general_budget", stage=stage)
        running = books.amount("office", "general_budget")
        value = running.yuan if running else Decimal(0)
        self.typed.put("agency_running_cost", value)
        self.typed.put("agency_running_cost", self.near(value), back=1)

    def agency(self) -> dict[str, int]:
        """三公, procurement and the counts that go with them."""
        totals: dict[tuple[Stage, int], dict[str, Decimal]] = {}
        for concept in THREE:
            now = self.amount() + LEAST if self.maybe(0.4) else Decimal(0)
            self.typed.put(concept, now)
            for stage, back in ((Stage.ADJUSTED, 0), (Stage.FINAL, 1)):
                whole = "reception" if concept.startswith("reception") else concept
                sums = totals.setdefault((stage, back), {})
                sums[whole] = sums.get(whole, Decimal(0)) + (self.near(now) if now or self.maybe(0.2) else Decimal(0))
        for (stage, back), sums in totals.items():
            for concept, value in sums.items():
                self.typed.put(concept, value, stage=stage, back=back)
        for concept in ("procurement_goods", "procurement_works", "procurement_services"):
            self.typed.put(concept, self.amount() if self.maybe(0.5) else 0)
        found = books_of(self.typed.amounts).amount("procurement")
        sme, _ = self.split(found.yuan if found else Decimal(0), 2)
        self.typed.put("procurement_sme", sme)
        self.typed.put("procurement_micro", self.split(sme, 2)[0])
        return self.counts()

    def counts(self) -> dict[str, int]:
        from juesuan.books.figures import key_of

        def some(concept: str) -> bool:
            return bool(self.typed.amounts[key_of(concept)].yuan)

        draw = self.rng.randint
        found = {"vehicles_owned": draw(0, 9), "equipment_100": draw(0, 3)}
        found["vehicles_bought"] = draw(1, 3) if some("vehicle_purchase") else 0
        for concept, names in (
            ("abroad", ("abroad_groups", "abroad_persons")),
            ("reception_domestic", ("reception_domestic_batches", "reception_domestic_persons")),
            ("reception_foreign", ("reception_foreign_batches", "reception_foreign_persons")),
        ):
            count = draw(1, 60) if some(concept) else 0
            found[names[0]], found[names[1]] = count, count * draw(1, 9)
        kinds = ("leader", "secret", "emergency", "law", "special", "retired", "other")
        rest = found["vehicles_owned"]
        for kind in kinds:
            part = draw(0, rest) if kind != "other" else rest
            found[f"vehicles_{kind}"] = part
            rest -= part
        return found

    def words(self) -> str:
        """Everything a person has to write, with every reason."""
        names = [
            "收入支出总计",
            "财政拨款收入支出总计",
            "一般公共预算财政拨款支出",
            "“三公”经费",
            "“三公”经费预算",
            "机关运行经费",
        ]
        for item in ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"):
            names += [item, f"{item}预算"]
        codes = {k.account for k in self.typed.amounts if k.account}
        reasons = "\n".join(f"## {n}\n{REASON}" for n in [*names, *sorted(codes)])
        used = "\n".join(
            f"# {name}\n{text}"
            for name, text in (
                ("主要职能", "执行本行业的法律法规。"),
                ("机构设置", "内设办公室等科室。"),
                ("因公出国（境）", "执行公务出访任务"),
                ("公务用车", "开展公务活动"),
                ("国内公务接待内容", "接待上级检查"),
                ("外事接待", "接待外宾"),
                ("政府采购", "购置办公设备"),
                ("绩效管理", "本年度按要求开展了预算绩效管理工作。"),
            )
        )
        return f"{used}\n# 变动和差异的原因\n{reasons}\n"


def random_books(seed: int, profile: str = "sichuan-2023") -> Books:
    """Books that are valid whatever the seed."""
    return Drawn(seed, profile).books()
