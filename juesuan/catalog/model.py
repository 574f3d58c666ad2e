"""What the catalog is made of: accounts, the names they bore, and the row headings of the tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

FUNCTIONAL = "functional"
ECONOMIC = "economic"
GOV_ECONOMIC = "gov_economic"
KINDS = (FUNCTIONAL, ECONOMIC, GOV_ECONOMIC)


class Level(Enum):
    """The three depths of the functional catalog; the economic catalogs have the first two."""

    CATEGORY = "类"
    GROUP = "款"
    ITEM = "项"


LEVELS = (Level.CATEGORY, Level.GROUP, Level.ITEM)


@dataclass(frozen=True, slots=True)
class Account:
    """One account (科目). `name` is the name in the year that was asked for, else the latest known.

    `kind`: functional (支出功能分类), economic (部门预算支出经济分类), gov_economic (政府预算支出经济分类).
    `fund`: general_budget, government_fund, state_capital, social_insurance; functional accounts only.
    `group`: personnel, office, other; economic accounts only.
    `valid_from`, `valid_to`: first and last year of use, None where that is not established.
    `verified`: code and name stand together in a public document; all others may at most raise a hint.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    kind: str
    fund: str | None
    group: str | None
    valid_from: int | None
    valid_to: int | None
    verified: bool
    source: str

    def valid_in(self, year: int | None) -> bool:
        """Whether the account is in use in a year; without a year, whether it is not known to have ended."""
        if year is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= year) and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Naming:
    """A name and the years it held, both inclusive; None is an open end.

    `doubt`: by how many years the change that began or ended it may be dated wrongly.
    """

    name: str
    from_year: int | None = None
    to_year: int | None = None
    doubt: int = 0
    note: str = ""

    def holds_in(self, year: int | None) -> bool:
        """Whether the name may be right in a year (doubt counts for the writer); without one, whether it is the latest."""
        if year is None:
            return self.to_year is None
        after = self.from_year is None or self.from_year - self.doubt <= year
        return after and (self.to_year is None or year <= self.to_year + self.doubt)


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or column heading of a published table. `side`: income, expense, column."""

    table: str
    side: str
    order: int
    label: str
    code: str | None
    aliases: tuple[str, ...]
    note: str
    verified: bool
    source: str
