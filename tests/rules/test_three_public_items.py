from __future__ import annotations

import pytest

from juesuan.rules import _example
from tests.rules.helpers import findings, said


@pytest.mark.parametrize(
    "text",
    [
        "因公出国（境）费0.00万元；公务用车购置费0.00万元；公务用车运行维护费16.95万元；公务接待费0.00万元。",
        "因公出国（境）费0.00万元；未发生公务用车购置支出；公务用车运行维护费16.95万元；公务接待费0.00万元。",
        "本年度无“三公”经费支出。",
        "“三公”经费决算0万元。",
        "因公出国（境）费0万元；公务用车购置及运行维护费0万元；公务接待费0.80万元。",
        "机关运行经费10.00万元。",
    ],
)
def test_complete(text: str) -> None:
    assert said("JS701", text) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("因公出国（境）费0万元；公务用车购置费0万元；公务用车运行维护费16.95万元。", "公务接待费"),
        ("公务用车购置费0万元；公务用车运行维护费16.95万元；公务接待费0万元。", "因公出国（境）费"),
        (
            _example.changed("运行维护费支出决算0万元；公务接待费", "运行维护费支出决算0.30万元；公务接待费"),
            "公务用车购置费、公务用车运行维护费",
        ),
    ],
)
def test_missing(text: str, missing: str) -> None:
    assert [f.expected for f in findings("JS701", text)] == [missing]
