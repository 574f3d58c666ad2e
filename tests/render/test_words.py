"""What a finding tells its reader to do: true to the finding, and nothing where nothing is to be done."""

from __future__ import annotations

import pytest

from juesuan.render.words import mend
from juesuan.rules import by_code
from tests.rules.helpers import findings

_LIST = (
    "2023年政府采购支出总额{}万元，其中：政府采购货物支出3.33万元、政府采购工程支出3.33万元、政府采购服务支出3.33万元。"
)
_TWICE = "2023年一般公共预算财政拨款基本支出125.29万元。2023年一般公共预算财政拨款基本支出125.20万元。"
_NEW = "2024年机关运行经费支出10.23万元，比2023年增加10.23万元，增长100%。"
_BUDGET = (
    "2024年一般公共预算财政拨款支出年初预算为0万元，全年预算为321.02万元，支出决算为307.82万元，完成年初预算的95.89%。"
)


@pytest.mark.parametrize(
    ("code", "text", "what"),
    [
        ("JS101", _LIST.format("10.00"), "属四舍五入，不必改动。"),
        ("JS101", _LIST.format("12.00"), "按算得的 9.99 核对原文与账表，改正不对的一处"),
        ("JS201", _TWICE, "以批复的报表为准统一各处。"),
        ("JS108", _NEW, "删去比率，只写增加额，注明“上年无此项支出，不可比”。"),
        ("JS108", _BUDGET, "把“完成年初预算”改为“完成全年预算”，或删去比率。"),
        ("JS507", "决算数大小于预算数的主要原因：节约开支。", "按实际情况只留一个，删去另一个。"),
    ],
)
def test_the_mend_fits_the_finding(code: str, text: str, what: str) -> None:
    (found,) = findings(code, text)
    assert mend(found) == what


def test_of_two_values_neither_is_called_right_without_a_third() -> None:
    (found,) = findings("JS201", _TWICE)
    assert (found.expected, found.fix, found.formula) == (None, None, "125.29万元 ≠ 125.20万元")


def test_what_is_missing_is_not_offered_as_a_replacement() -> None:
    rule = by_code("JS703")
    assert rule is not None
    (found,) = findings("JS703", rule.wrong)
    assert mend(found) == rule.mend


def test_one_part_greater_than_its_whole_is_said_without_a_sum() -> None:
    rule = by_code("JS109")
    assert rule is not None
    (found,) = findings("JS109", rule.wrong)
    assert found.message.endswith("20.00万元 大于它所在的“政府采购支出总额” 10.00万元。")
    assert found.formula == "20.00 ＞ 10.00"
