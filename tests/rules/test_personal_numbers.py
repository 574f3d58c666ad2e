from __future__ import annotations

import pytest

from juesuan.check import Selection, check_document
from juesuan.document.read import read_text
from tests.rules.helpers import findings, said


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("身份证号：11010519491231002X。", ["warning"]),
        ("身份证号：110105194912310021。", []),
        ("银行卡号：4111111111111111。", ["warning"]),
        ("合同编号4111111111111111。", []),
        ("联系电话：13800138000。", ["hint"]),
        ("项目编码：51090423T000008912345，金额13800138000.00元。", []),
    ],
)
def test_numbers(text: str, severity: list[str]) -> None:
    assert [s for s, _ in said("JS901", text)] == severity


def test_the_message_does_not_print_the_number() -> None:
    assert "11010519491231002X" not in findings("JS901", "身份证号：11010519491231002X。")[0].message


def test_in_a_table() -> None:
    document = read_text("序号\t姓名\t身份证号\n1\t某某\t11010519491231002X\n2\t某某\t无")
    assert [f.rule for f in check_document(document, Selection(("JS901",))).findings] == ["JS901"]
