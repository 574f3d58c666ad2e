from __future__ import annotations

import pytest

from tests.rules.helpers import in_sample, said

TABLE = "某局2024年部门预算\n一般公共预算基本支出预算表\n类\t款\t科目名称\t合计\n301\t\t工资福利支出\t30.00\n"
ROWS = "301\t{}\t基本工资\t10.00\n301\t{}\t津贴补贴\t15.00\n303\t{}\t退休费\t5.00"


@pytest.mark.parametrize(
    ("codes", "wrong"),
    [(("01", "2", "02"), [("hint", "2")]), (("01", "02", "02"), []), (("1", "2", "2"), []), (("01", "", "02"), [])],
)
def test_a_code_of_one_digit_among_those_of_two(codes: tuple[str, str, str], wrong: list[tuple[str, str]]) -> None:
    assert said("JS306", TABLE + ROWS.format(*codes)) == wrong


def test_a_table_whose_codes_became_numbers() -> None:
    assert in_sample("JS306", "putuo-wanli-dept-2024-budget.pdf") == [("hint", "2")]
