from __future__ import annotations

import pytest

from juesuan.findings import Severity
from juesuan.taxonomy.profiles import Profile, load_profiles, profile_of, title_key

PROFILES = load_profiles()


def named(id_: str) -> Profile:
    found = profile_of(id_)
    assert found is not None
    return found


def test_every_province_named_in_the_issue_has_its_file() -> None:
    assert {p.id for p in PROFILES} >= {
        "sichuan-2021", "sichuan-2023", "shanghai-final", "shanghai-budget", "ministry-nine",
    }  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES, ids=lambda p: p.id)
def test_ids_are_unique_and_every_reference_leads_to_a_section(profile: Profile) -> None:
    ids = [s.id for s in profile.sections]
    assert len(set(ids)) == len(ids)
    assert {s.within for s in profile.sections if s.within} <= set(ids)
    assert {s.section for s in profile.statements} <= set(ids)
    assert profile.years[0] <= profile.years[1]
    assert profile.basis


@pytest.mark.parametrize("profile", PROFILES, ids=lambda p: p.id)
def test_no_name_belongs_to_two_tables(profile: Profile) -> None:
    names = [key for table in profile.tables for key in table.keys]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("profile", [p for p in PROFILES if not p.verified], ids=lambda p: p.id)
def test_an_unverified_layout_gives_hints_only(profile: Profile) -> None:
    required = {s.required for s in profile.sections} | {s.severity for s in profile.statements}
    assert required <= {None, Severity.HINT}


def test_titles_are_one_in_spite_of_year_quotes_and_small_words() -> None:
    assert title_key("十一、其他重要事项说明"[3:]) == title_key("其他重要事项的情况说明")
    assert title_key("2023年度“三公”经费支出决算情况说明") == title_key('"三公"经费支出情况')
    assert title_key("收入决算表") != title_key("支出决算表")


def test_a_part_may_begin_with_the_units_name_and_a_section_may_not() -> None:
    profile = named("shanghai-final")
    part, income = profile.section("table_part"), profile.section("income")
    assert part is not None
    assert income is not None
    assert part.fits("上海市普陀区生态环境局2025年度部门决算表")
    assert income.fits("收入决算情况说明")
    assert not income.fits("财政拨款收入决算情况说明")


def test_sichuan_has_thirteen_tables_and_seven_charts() -> None:
    profile = named("sichuan-2023")
    assert (len(profile.tables), len(profile.charts)) == (13, 7)
    assert named("ministry-nine").table("收入支出决算总表") is not None
    found = profile.table("一般公共预算财政拨款基本支出决算表")
    assert found is not None
    assert found.number == "公开08表"


def test_a_chart_title_is_known_with_number_and_kind() -> None:
    chart = named("sichuan-2023").charts[0]
    assert chart.fits("图1：收、支决算总计变动情况图")
    assert chart.fits("收、支决算总计变动情况图（柱状图）")
    assert not chart.fits("财政拨款收、支决算总计变动情况")
