from __future__ import annotations

import pytest

from juesuan.findings import Severity
from juesuan.rules.wrong_characters import slips
from tests.rules.helpers import said


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("财政拔款收入100万元。", ("warning", "财政拔款")),
        ("国有士地使用权出让收入。", ("warning", "士地")),
        ("按账务处理记帐。", ("hint", "记帐")),
        ("公共财政预算支出。", ("hint", "公共财政预算")),
    ],
)
def test_wrong(text: str, finding: tuple[str, str]) -> None:
    assert said("JS508", text) == [finding]


@pytest.mark.parametrize(
    "text", ["财政拨款收入100万元。", "女士地址不公开。", "选拔款待。", "未成年未满十八岁。", "自己完成任务。"]
)
def test_right(text: str) -> None:
    assert [f for f in said("JS508", text) if f[0] == "warning"] == []


def test_every_entry_of_the_data_is_found() -> None:
    assert {s.severity for s in slips()} == {Severity.WARNING, Severity.HINT}
    assert not any(s.pattern.search(s.right) for s in slips())
