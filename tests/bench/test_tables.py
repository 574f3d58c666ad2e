"""Every statutory table of every sample is recognised as what it is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench import tables
from bench.common import samples

NINE = {
    "overview",
    "income",
    "expenditure",
    "appropriation",
    "general_budget",
    "basic_items",
    "three_public",
    "government_fund",
    "state_capital_flow",
}
BUDGET = {
    "budget_overview",
    "budget_income",
    "budget_expenditure",
    "budget_appropriation",
    "budget_general_budget",
    "budget_government_fund",
    "budget_state_capital",
    "budget_basic_items",
    "budget_three_public",
}
FORMS = {"anju-gsl-2023-final.txt": 5, "putuo-wanli-dept-2023-budget.pdf": 5}


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_each_table_is_told(path: Path) -> None:
    found = Counter(row[3] for row in tables.rows_of(path))
    name = path.name
    assert found.pop("performance form", 0) == FORMS.get(name, 0)
    assert not found.pop("NOT TOLD", 0)
    found.pop("–", None)
    expected = BUDGET if "budget" in name else set() if name.endswith(".txt") else NINE
    assert set(found) == expected


def test_the_page_lists_what_each_table_is() -> None:
    path = next(p for p in samples() if p.name == "putuo-shgzb-2024-final.pdf")
    text, good = tables.report([path])
    assert good
    assert "| p6–7 | 收入决算表 | 20×9 | income | 收入决算表, 1.00, 36 figures |" in text
    assert (
        "| p4 | 纳入中共上海市普陀区委社会工作部2024年度部门决算编制范围的单位包括： | 3×3 | – | no statutory table |"
        in text
    )
