from __future__ import annotations

import pytest

from tests.rules.helpers import said

RIGHT = "上海市甲区生态环境局"
TEXT = (
    f"{RIGHT}2025年度部门决算\n第一部分{RIGHT}概况\n第二部分{RIGHT}2025年度部门决算表\n"
    f"第三部分{RIGHT}2025年度部门决算情况说明\n（三）国有资产情况\n截至2025年12月31日，{{}}共有车辆9辆。"
)


@pytest.mark.parametrize("name", ["甲区生态环境局", "上海市甲区生态环保局", "上海市乙区民政管理局"])
def test_wrong(name: str) -> None:
    assert said("JS509", TEXT.format(name)) == [("warning", name)]


@pytest.mark.parametrize("name", [RIGHT, f"{RIGHT}部门", "区生态环境局", "本部门", f"{RIGHT}（本级）", "生态环境局"])
def test_right(name: str) -> None:
    assert said("JS509", TEXT.format(name)) == []


def test_an_abbreviation_is_no_other_unit() -> None:
    right = "遂宁市安居区工商业联合会"
    assert said("JS509", TEXT.replace(RIGHT, right).format("遂宁市安居区工商联")) == []


def test_a_unit_of_the_department_may_be_named() -> None:
    text = TEXT.format("上海市甲区环境监测站") + "\n下属单位：上海市甲区环境监测站、上海市甲区执法大队。"
    assert said("JS509", text) == []


def test_too_few_names_to_compare() -> None:
    assert said("JS509", f"{RIGHT}2025年度部门决算\n截至2025年12月31日，甲区生态环境局共有车辆9辆。") == []
