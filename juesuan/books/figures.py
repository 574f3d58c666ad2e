"""What the books say of money: keys, exact amounts, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from juesuan.facts import Stage
from juesuan.taxonomy.concepts import BY_ID, FUNDS

OTHER_MONEY = frozenset(
    {
        "income_superior",
        "income_business",
        "income_education_fees",
        "income_operating",
        "income_affiliated",
        "income_other",
        "income_special_account",
        "superior_payment",
        "operating_expenditure",
        "affiliated_subsidy",
        "use_of_surplus",
        "surplus_distribution",
        "procurement",
        "procurement_goods",
        "procurement_works",
        "procurement_services",
        "procurement_sme",
        "procurement_micro",
    }
)
THREE_PUBLIC = frozenset(
    {
        "three_public",
        "abroad",
        "vehicle",
        "vehicle_purchase",
        "vehicle_operation",
        "reception",
        "reception_domestic",
        "reception_foreign",
    }
)
_GENERAL = frozenset({"personnel", "office", "agency_running_cost"})
_EXTRA_LABELS = {
    "economic": "",
    "income_special_account": "财政专户管理资金收入",
    "income_education_fees": "教育收费",
}


@dataclass(frozen=True, slots=True)
class Key:
    """What an amount is of. One key, one amount, however many tables print it.

    `account` and `economic` are codes; None is the whole. `nature` "all_expenditure" tells the economic items of
    all expenditure from those of the basic one. `back`: years before the year of the books (0, 1).
    Made through `key_of`, which fills in what a concept leaves open, so that equal things have equal keys.
    """

    concept: str
    fund: str
    account: str | None = None
    economic: str | None = None
    nature: str | None = None
    stage: Stage = Stage.FINAL
    back: int = 0

    def of(self, concept: str | None = None, fund: str | None = None) -> Key:
        """The same of another concept or fund."""
        return replace(self, concept=concept or self.concept, fund=fund or self.fund)

    def at(self, account: str | None) -> Key:
        return replace(self, account=account)

    def on(self, economic: str | None) -> Key:
        return replace(self, economic=economic)


def key_of(
    concept: str,
    fund: str | None = None,
    *,
    account: str | None = None,
    economic: str | None = None,
    nature: str | None = None,
    stage: Stage = Stage.FINAL,
    back: int = 0,
) -> Key:
    """The key of an amount. 全年预算 and 预算 are one stage (ADJUSTED); income_appropriation is income of that fund."""
    if concept == "income_appropriation":
        concept, fund = "income", "appropriation"
    if concept == "balance_total":
        concept = "income_total"
    if concept in OTHER_MONEY:
        fund = "all"
    elif concept in THREE_PUBLIC and fund in {None, "all"}:
        fund = "appropriation"
    elif concept in _GENERAL and fund is None:
        fund = "general_budget"
    return Key(
        concept, fund or "all", account, economic, nature, Stage.ADJUSTED if stage is Stage.BUDGET else stage, back
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the books. `shown` is what it displays where that differs from what it holds."""

    file: str
    sheet: str
    ref: str
    shown: str | None = None

    def __str__(self) -> str:
        return f"{self.file}“{self.sheet}”{self.ref}"


@dataclass(frozen=True, slots=True)
class Part:
    """One operand of a derived amount, added or taken away."""

    sign: int
    money: Money


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in 元 and its origin: cells where it was typed, else the parts it was computed from."""

    yuan: Decimal
    key: Key
    cells: tuple[Cell, ...] = ()
    parts: tuple[Part, ...] = ()
    note: str = ""

    @property
    def is_zero(self) -> bool:
        return self.yuan == 0

    def leaves(self) -> Iterator[Cell]:
        """All cells it rests on, in the order of the formula."""
        if self.parts:
            for part in self.parts:
                yield from part.money.leaves()
        else:
            yield from self.cells


_FUND_LABELS = {fund: label for label, fund in reversed(FUNDS)}
_STAGE_LABELS = {Stage.INITIAL: "年初预算数", Stage.ADJUSTED: "全年预算数"}


def label_of(key: Key, names: dict[str, str] | None = None) -> str:
    """A key in words: 上年 一般公共预算财政拨款 2012801 行政运行 基本支出."""
    names = names or {}
    words = ["上年" if key.back else ""]
    words.append(
        "" if key.fund == "all" or key.concept in THREE_PUBLIC | _GENERAL else _FUND_LABELS.get(key.fund, key.fund)
    )
    words += [f"{code} {names.get(code, '')}".strip() for code in (key.account, key.economic) if code]
    concept = BY_ID.get(key.concept)
    words.append(concept.label if concept and key.concept not in _EXTRA_LABELS else _EXTRA_LABELS.get(key.concept, ""))
    words.append(_STAGE_LABELS.get(key.stage, ""))
    return " ".join(w for w in words if w)
