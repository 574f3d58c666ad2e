"""All statutory tables that are known, final accounts and budgets.

Profiles name the statements they have by id, in their order.
"""

from juesuan.taxonomy.statements.budget import SHANGHAI_BUDGET
from juesuan.taxonomy.statements.budget_variants import BUDGET_VARIANTS
from juesuan.taxonomy.statements.final import MINISTRY, NATIONAL, SICHUAN_2021, SICHUAN_2023, SICHUAN_EXTRA
from juesuan.taxonomy.statements.model import CLASSES, Across, Col, Down, Keys, Kind, Row, Side, Statement
from juesuan.taxonomy.statements.variants import VARIANTS

__all__ = [
    "BY_ID",
    "CLASSES",
    "NATIONAL",
    "SICHUAN_2021",
    "SICHUAN_2023",
    "STATEMENTS",
    "Across",
    "Col",
    "Down",
    "Keys",
    "Kind",
    "Row",
    "Side",
    "Statement",
]

STATEMENTS: tuple[Statement, ...] = (
    *MINISTRY,
    *SICHUAN_EXTRA,
    *VARIANTS,
    *SHANGHAI_BUDGET,
    *BUDGET_VARIANTS,
)
BY_ID: dict[str, Statement] = {s.id: s for s in STATEMENTS}
