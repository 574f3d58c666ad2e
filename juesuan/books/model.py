"""A unit's own data for a year: statements, registers, narrative, settings. Immutable once loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from juesuan.books.derive import Resolver
from juesuan.books.figures import Cell, Key, Money, key_of
from juesuan.books.narrative import Narrative
from juesuan.books.plan import Column, StatementPlan, plan_of
from juesuan.books.registers import Register
from juesuan.books.settings import Settings
from juesuan.facts import Stage
from juesuan.taxonomy.concepts import FUND_PARTS

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Count:
    """A number that is no money (batches, persons, vehicles) and the cells it comes from."""

    value: int
    cells: tuple[Cell, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A row of a statement: account code or id of a fixed row, its words, its depth (0 total, 1 类, 2 款, 3 项)."""

    id: str
    label: str
    level: int
    amounts: Mapping[str, Money | None]
    side: str = ""


@dataclass(frozen=True, slots=True)
class StatementData:
    """A statement filled: rows with an amount for each column id. None is a blank.

    A side with fixed labels and the one beside it are both in `rows`, told apart by `side`.
    """

    plan: StatementPlan
    rows: tuple[StatementRow, ...]

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing but blanks and zeros."""
        return all(m is None or m.is_zero for row in self.rows for m in row.amounts.values())

    def side(self, side_id: str) -> tuple[StatementRow, ...]:
        return tuple(r for r in self.rows if r.side == side_id)

    def amount(self, row_id: str, column: str, side: str | None = None) -> Money | None:
        """One cell: an account code, a fixed row's id or "total"; None for a blank or what it does not have."""
        row = next((r for r in self.rows if r.id == row_id and side in {None, r.side}), None)
        return row.amounts.get(column) if row else None


@dataclass(frozen=True)
class Books:
    """All a unit's books say of a year. `typed` holds what was typed, by key; everything else follows.

    `names`: account names as the books (else the catalog of the year) write them, by code.
    `counts`: numbers that are no money by id (see `juesuan.books.agency.COUNTS`).
    """

    entity: str
    entity_kind: str
    year: int
    profile: str
    typed: Mapping[Key, Money]
    counts: Mapping[str, Count]
    registers: Mapping[str, Register]
    narrative: Narrative
    settings: Settings
    names: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None

    @cached_property
    def resolver(self) -> Resolver:
        return Resolver(self.typed, has_running_cost=self.settings.has_running_cost)

    def get(self, key: Key) -> Money | None:
        """The amount of a key; None where the books do not say."""
        return self.resolver.get(key)

    def amount(
        self,
        concept: str,
        fund: str | None = None,
        *,
        account: str | None = None,
        economic: str | None = None,
        nature: str | None = None,
        year: int = 0,
        stage: Stage = Stage.FINAL,
    ) -> Money | None:
        """The amount of a concept in exact 元, None where unknown. `year`: 0 this year, -1 the year before.

        `fund` defaults to what the concept leaves open: all money, for 三公 the appropriation. `account` is a
        functional code of any depth, `economic` an economic code; nature="all_expenditure" asks for economic
        items of all expenditure, not of the basic one. Stage ADJUSTED is 全年预算数 (BUDGET means the same).
        """
        return self.get(
            key_of(concept, fund, account=account, economic=economic, nature=nature, stage=stage, back=-year)
        )

    def yuan(self, concept: str, fund: str | None = None, *, account: str | None = None, year: int = 0) -> Decimal:
        """As `amount`, with nothing where the books do not say."""
        found = self.amount(concept, fund, account=account, year=year)
        return found.yuan if found else NOTHING

    def count(self, id_: str) -> Count | None:
        """A number that is no money; None where the books do not say."""
        return self.counts.get(id_)

    def register(self, name: str) -> Register | None:
        return self.registers.get(name)

    def name_of(self, code: str) -> str:
        """The name of an account, as the books write it; the code where nobody knows it."""
        return self.names.get(code, code)

    def path_of(self, code: str) -> tuple[str, ...]:
        """类, 款, 项 of a functional code, as far as it goes."""
        return tuple(self.name_of(code[:n]) for n in (3, 5, 7) if len(code) >= n)

    def items(self, fund: str = "general_budget", concept: str = "expenditure", *, level: int = 7) -> tuple[str, ...]:
        """Codes of functional accounts (level 3 类, 5 款, 7 项) with money spent from a fund, in order, no zeros."""
        codes = sorted({a[:level] for a in self.resolver.accounts(key_of(concept, fund)) if len(a) >= level})
        return tuple(c for c in codes if (m := self.amount(concept, fund, account=c)) and not m.is_zero)

    def economic_items(
        self, prefix: str = "", fund: str = "general_budget", nature: str | None = None
    ) -> tuple[str, ...]:
        """Economic codes (款) with money, in order; of the basic expenditure, or with a nature of all of it."""
        codes = self.resolver.economics(key_of("economic", fund, economic=prefix or None, nature=nature))
        return tuple(
            c for c in codes if (m := self.amount("economic", fund, economic=c, nature=nature)) and not m.is_zero
        )

    @cached_property
    def statements(self) -> Mapping[str, StatementData]:
        """The profile's statements by id, in its order, filled."""
        return {plan.id: self._fill(plan) for plan in plan_of(self.profile, self.year)}

    def _fill(self, plan: StatementPlan) -> StatementData:
        rows: list[StatementRow] = []
        for block in plan.blocks:
            for row in block.rows or self._account_rows(plan, block.columns):
                amounts = {c.id: self.get(k) if (k := plan.key(block, row.id, c)) else None for c in block.columns}
                rows.append(StatementRow(row.id, row.label, row.level, amounts, block.side))
        return StatementData(plan, tuple(rows))

    def _account_rows(self, plan: StatementPlan, columns: tuple[Column, ...]) -> list[StatementRow]:
        """合计, then 类 款 项 with anything in a column of the statement."""
        block = plan.blocks[0]
        keys = [k for c in columns if (k := plan.key(block, "total", c))]
        items = sorted({a for k in keys for a in self.resolver.accounts(k)})
        used = [a for a in items if any((m := self.get(k.at(a))) and not m.is_zero for k in keys)]
        codes = sorted({a[:n] for a in used for n in (3, 5, 7)})
        body = [StatementRow(c, self.name_of(c), {3: 1, 5: 2}.get(len(c), 3), {}) for c in codes]
        return [StatementRow("total", "合计", 0, {}), *body]

    def funds_used(self) -> tuple[str, ...]:
        """Which of the three funds have income or expenditure this year."""
        return tuple(f for f in FUND_PARTS if self.yuan("income", f) or self.yuan("expenditure", f))
