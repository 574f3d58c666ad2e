from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.document.read import open_document, read_text
from juesuan.rules._example import REPORT
from juesuan.understand.profile import Identity
from juesuan.understand.understanding import understand

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"


def identity(text: str) -> Identity:
    return understand(read_text(text)).identity


@pytest.mark.parametrize(
    ("name", "kind", "year", "entity", "profile"),
    [
        ("anju-gsl-2023-final.txt", "final_accounts", 2023, "遂宁市安居区工商业联合会", "sichuan-2023"),
        ("putuo-sthjj-2025-final.docx", "final_accounts", 2025, "上海市普陀区生态环境局", "shanghai-final"),
        (
            "putuo-shiquan-2025-final.docx",
            "final_accounts",
            2025,
            "上海市普陀区人民政府石泉路街道办事处",
            "shanghai-final",
        ),
        ("putuo-wanli-dept-2024-budget.pdf", "budget", 2024, "上海市普陀区人民政府万里街道办事处", "shanghai-budget"),
        ("shanghai-dept-2024-final-template.pdf", "final_accounts", 2024, None, "shanghai-final"),
        ("shanghai-xx-budget-template.xls", "budget", 2026, None, "shanghai-budget"),
    ],
)
def test_samples(name: str, kind: str, year: int | None, entity: str | None, profile: str) -> None:
    found = understand(open_document(SAMPLES / name)).identity
    assert (found.kind, found.year, found.entity, found.profile) == (kind, year, entity, profile)


def test_the_other_layouts_are_named_in_order() -> None:
    found = identity(REPORT)
    assert found.profile == "sichuan-2023"
    assert found.layout is not None
    scores = [found.confidence, *(c.score for c in found.alternatives)]
    assert scores == sorted(scores, reverse=True)
    assert "ministry-nine" in {c.profile for c in found.alternatives}


def test_the_same_sections_in_another_province_are_the_general_layout() -> None:
    assert identity(REPORT.replace("四川省安康县", "湖北省安康县")).profile == "ministry-nine"


def test_a_year_outside_the_layouts_years_is_not_that_layout() -> None:
    text = REPORT.replace("2023", "2016").replace("2022", "2015")
    assert identity(text).profile == "unknown"


def test_department_or_unit() -> None:
    assert identity(REPORT).entity_kind == "部门"
    assert identity(REPORT.replace("部门决算", "单位决算")).entity_kind == "单位"


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("2023年度\n重庆市綦江区公路事务中心\n单位决算\n目录\n第一部分 概况\n", "重庆市綦江区公路事务中心"),
        ("贵州省赤水市文化馆2022年度部门决算公开\n一、主要职能\n演出。\n", "贵州省赤水市文化馆"),
        (
            "第一部分 新疆维吾尔自治区博乐市小营盘镇人民政府概况\n一、职能\n管理。\n",
            "新疆维吾尔自治区博乐市小营盘镇人民政府",
        ),
        ("2023年度，安居区工商联机关运行经费支出13.28万元。\n", "安居区工商联"),
        ("本部门在2023年度部门决算中反映了两个项目。\n本单位2023年度部门决算\n", None),
        ("2023年度一般公共预算财政拨款收入支出决算情况\n", None),
    ],
)
def test_the_units_name(text: str, entity: str | None) -> None:
    assert identity(text).entity == entity


def test_a_self_evaluation_is_performance() -> None:
    text = "2023年度项目支出绩效自评报告\n一、项目概况\n绩效目标完成，绩效自评得分98分，预算执行率100%。\n"
    assert identity(text).kind == "performance"


def test_a_pasted_sentence_is_of_no_layout() -> None:
    found = identity("2023年机关运行经费支出13.28万元，比2022年增加1.61万元，增长13.80%。")
    assert (found.profile, found.entity) == ("unknown", None)
