from __future__ import annotations

import pytest

from tests.rules.helpers import findings, said

HEAD = "2025年度部门决算情况说明\n一、“三公”经费支出决算情况说明\n"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("国内公务接待支出0.80万元（含外宾接待支出0万元）。其中：接待外宾0批次、0人次。", "批次、人次"),
        ("国内公务接待支出0.80万元，共接待14批次。", "人次"),
    ],
)
def test_missing(text: str, missing: str) -> None:
    assert [f.expected for f in findings("JS703", HEAD + text)] == [missing]


@pytest.mark.parametrize(
    "text",
    [
        "国内公务接待支出0.80万元。国内公务接待14批次，60人次（不包括陪同人员）。外事接待0批次，0人次。",
        "国内公务接待支出0万元，本年度未发生公务接待。",
        "公务接待费支出0万元。",
        "国内公务接待支出3.30万元，全年共接待来访团组40个、来宾330人次。",
    ],
)
def test_complete(text: str) -> None:
    assert said("JS703", HEAD + text) == []
