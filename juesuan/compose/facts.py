"""The figures a skeleton speaks of, by name, looked up in the books once and kept with where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from juesuan.books.figures import Money, label_of
from juesuan.books.model import Books
from juesuan.compose.figure import Figure
from juesuan.facts import Stage
from juesuan.taxonomy.phrases.write import DEFAULT_STYLE, label

__all__ = ["Facts", "ItemFacts", "figure_of"]

_INCOMES = ("income_superior", "income_business", "income_operating", "income_affiliated", "income_other")
_NATURES = ("basic", "project", "superior_payment", "operating_expenditure", "affiliated_subsidy")
_THREE = ("abroad", "vehicle", "reception")
_LEVELS = ("类", "款", "项")
_PERSONNEL, _OFFICE = ("301", "303"), ("302", "307", "309", "310", "311", "312", "313", "399")

Item = tuple[str, Figure]


def figure_of(money: Money | None, books: Books) -> Figure | None:
    """An amount of the books as a figure."""
    if money is None:
        return None
    name = label_of(money.key, dict(books.names))
    if money.parts:
        parts = tuple(f for p in money.parts if (f := figure_of(p.money, books)) is not None)
        minus = any(p.sign < 0 for p in money.parts)
        return Figure(money.yuan, name=name, formula="-" if minus else "+", parts=parts)
    return Figure(money.yuan, name=name, origin="、".join(str(c) for c in money.cells))


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One functional item: its path as printed, its outturn and its budget."""

    code: str
    name: str
    path: str
    final: Figure
    budget: Figure | None
    initial: Figure | None


class Facts:
    """Figures of one unit's year. This year's are zero where the books have a blank; others None."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self._known: dict[tuple[object, ...], Figure | None] = {}

    def get(
        self,
        concept: str,
        fund: str | None = None,
        *,
        account: str | None = None,
        economic: str | None = None,
        back: int = 0,
        stage: Stage = Stage.FINAL,
    ) -> Figure | None:
        """An amount of the books; None where they do not say."""
        key = (concept, fund, account, economic, back, stage)
        if key not in self._known:
            money = self.books.amount(concept, fund, account=account, economic=economic, year=-back, stage=stage)
            self._known[key] = figure_of(money, self.books)
        return self._known[key]

    def now(
        self, concept: str, fund: str | None = None, *, account: str | None = None, economic: str | None = None
    ) -> Figure:
        """The outturn of the year; zero where the books have a blank."""
        found = self.get(concept, fund, account=account, economic=economic)
        return found if found is not None else Figure(0, name=label(concept), origin="账册未填，作零")

    def last(self, concept: str, fund: str | None = None, whole: str | None = None) -> Figure | None:
        """Last year's outturn; where the `whole` it is part of is known, a blank is zero."""
        found = self.get(concept, fund, back=1)
        return self._part(found, self.get(whole, fund, back=1) if whole else None)

    def planned(
        self,
        concept: str,
        fund: str | None = None,
        whole: str | None = None,
        account: str | None = None,
        stage: Stage = Stage.ADJUSTED,
    ) -> Figure | None:
        """The year's budget, adjusted or initial; likewise."""
        found = self.get(concept, fund, account=account, stage=stage)
        return self._part(found, self.get(whole, fund, stage=stage) if whole else None)

    @staticmethod
    def _part(found: Figure | None, whole: Figure | None) -> Figure | None:
        if found is None and whole is not None:
            return Figure(0, origin="账册未填，作零")
        return found

    nothing = Figure(0)

    # --- income and expenditure ----------------------------------------------------------------------------

    @cached_property
    def balance(self) -> Figure:
        return self.now("income_total", "all")

    @cached_property
    def balance_last(self) -> Figure | None:
        return self.last("income_total", "all")

    @cached_property
    def income(self) -> Figure:
        return self.now("income", "all")

    @cached_property
    def incomes(self) -> Sequence[Item]:
        funds = [
            (label("income", fund), self.now("income", fund))
            for fund in ("general_budget", "government_fund", "state_capital")
        ]
        named = [(name.replace("本年收入合计", "收入"), figure) for name, figure in funds]
        return [*named, *((label(c), self.now(c)) for c in _INCOMES)]

    @cached_property
    def sources(self) -> Sequence[Item]:
        """As `incomes`, the three funds together."""
        return [("财政拨款收入", self.now("income", "appropriation")), *((label(c), self.now(c)) for c in _INCOMES)]

    @cached_property
    def expenditure(self) -> Figure:
        return self.now("expenditure", "all")

    @cached_property
    def natures(self) -> Sequence[Item]:
        return [(label(c), self.now(c, "all")) for c in _NATURES]

    @cached_property
    def appropriation(self) -> Figure:
        return self.now("income_total", "appropriation")

    @cached_property
    def appropriation_last(self) -> Figure | None:
        return self.last("income_total", "appropriation")

    # --- general budget ------------------------------------------------------------------------------------

    @cached_property
    def general(self) -> Figure:
        return self.now("expenditure", "general_budget")

    @cached_property
    def general_last(self) -> Figure | None:
        return self.last("expenditure", "general_budget")

    @cached_property
    def general_budget(self) -> Figure | None:
        return self.planned("expenditure", "general_budget")

    @cached_property
    def general_initial(self) -> Figure | None:
        return self.planned("expenditure", "general_budget", stage=Stage.INITIAL)

    @cached_property
    def classes(self) -> Sequence[Item]:
        codes = self.books.items("general_budget", level=3)
        return [(self.books.name_of(c), self.now("expenditure", "general_budget", account=c)) for c in codes]

    @cached_property
    def items(self) -> Sequence[ItemFacts]:
        return [
            ItemFacts(
                code,
                self.books.name_of(code),
                self.path(code),
                self.now("expenditure", "general_budget", account=code),
                self.planned("expenditure", "general_budget", "expenditure", account=code),
                self.planned("expenditure", "general_budget", "expenditure", account=code, stage=Stage.INITIAL),
            )
            for code in self.books.items("general_budget")
        ]

    def path(self, code: str) -> str:
        """一般公共服务支出（类）民主党派及工商联事务（款）行政运行（项）."""
        return "".join(f"{name}（{level}）" for name, level in zip(self.books.path_of(code), _LEVELS, strict=False))

    @cached_property
    def basic(self) -> Figure:
        return self.now("basic", "general_budget")

    @cached_property
    def personnel(self) -> Figure:
        return self.now("personnel", "general_budget")

    @cached_property
    def office(self) -> Figure:
        return self.now("office", "general_budget")

    @cached_property
    def personnel_items(self) -> Sequence[Item]:
        return list(self._economic(_PERSONNEL))

    @cached_property
    def office_items(self) -> Sequence[Item]:
        return list(self._economic(_OFFICE))

    def _economic(self, classes: Iterable[str]) -> Iterable[Item]:
        for prefix in classes:
            for code in self.books.economic_items(prefix):
                figure = self.now("economic", "general_budget", economic=code)
                if DEFAULT_STYLE.displayed(figure):
                    yield self.books.name_of(code), figure

    # --- 三公 ----------------------------------------------------------------------------------------------

    def __getattr__(self, name: str) -> Figure | None:
        """`abroad`, `abroad_budget`, `abroad_last` … for 三公 and what it is made of."""
        concept = name.partition("_last" if name.endswith("_last") else "_budget")[0]
        if concept not in {
            "three_public",
            *_THREE,
            "vehicle_purchase",
            "vehicle_operation",
            "reception_domestic",
            "reception_foreign",
        }:
            raise AttributeError(name)
        if name == concept:
            return self._reception(concept) if concept.startswith("reception_") else self.now(concept)
        return (
            self.last(concept, whole="three_public")
            if name.endswith("_last")
            else self.planned(concept, whole="three_public")
        )

    def _reception(self, concept: str) -> Figure:
        """国内 and 外事: where the books do not part them, all is domestic."""
        if (
            self.get("reception_domestic") is None
            and self.get("reception_foreign") is None
            and concept == "reception_domestic"
        ):
            return self.now("reception")
        return self.now(concept)

    @cached_property
    def three_public_parts(self) -> Sequence[Item]:
        names = ("因公出国（境）费支出决算", "公务用车购置及运行维护费支出决算", "公务接待费支出决算")
        return [(name, self.now(concept)) for name, concept in zip(names, _THREE, strict=True)]

    # --- other funds and matters ---------------------------------------------------------------------------

    @cached_property
    def fund(self) -> Figure:
        return self.now("expenditure", "government_fund")

    @cached_property
    def fund_items(self) -> Sequence[Item]:
        return self._paths("government_fund")

    @cached_property
    def capital(self) -> Figure:
        return self.now("expenditure", "state_capital")

    @cached_property
    def capital_items(self) -> Sequence[Item]:
        return self._paths("state_capital")

    def _paths(self, fund: str) -> Sequence[Item]:
        return [(self.path(c), self.now("expenditure", fund, account=c)) for c in self.books.items(fund)]

    @cached_property
    def funds_words(self) -> str:
        """The funds the year had money of: 一般公共预算、政府性基金预算."""
        names = {
            "general_budget": "一般公共预算",
            "government_fund": "政府性基金预算",
            "state_capital": "国有资本经营预算",
        }
        return "、".join(names[fund] for fund in self.books.funds_used()) or names["general_budget"]

    @cached_property
    def running(self) -> Figure:
        return self.now("agency_running_cost", "general_budget")

    @cached_property
    def running_last(self) -> Figure | None:
        return self.last("agency_running_cost", "general_budget")

    @cached_property
    def procurement(self) -> Figure:
        return self.now("procurement")

    @cached_property
    def goods(self) -> Figure:
        return self.now("procurement_goods")

    @cached_property
    def works(self) -> Figure:
        return self.now("procurement_works")

    @cached_property
    def services(self) -> Figure:
        return self.now("procurement_services")

    @cached_property
    def sme(self) -> Figure:
        return self.now("procurement_sme")

    @cached_property
    def micro(self) -> Figure:
        return self.now("procurement_micro")
