from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from juesuan.document.model import Table
from juesuan.performance.checks import check_project
from juesuan.performance.grid import completed, form_grid
from juesuan.performance.model import Funds, Indicator, Project
from juesuan.performance.templates import templates
from juesuan.understand.projects import read_projects
from tests.performance.helpers import as_document, indicator, project, read_back

GOOD = project(indicator("≥", "50", "人", "50", score="90"), total_weight=Decimal(100), total_score=Decimal(100))


def issues(item: Project) -> list[tuple[str, str]]:
    """The issues of a form that was written and read, with the header they name."""
    found = read_back(form_grid(item))[0]
    return [(i.kind, i.spot.column_name if i.spot else "") for i in check_project(found, targets_only=False)]


def test_a_right_form_has_none() -> None:
    assert issues(GOOD) == []


@pytest.mark.parametrize(
    ("wrong", "kind", "column"),
    [
        (replace(GOOD, indicators=(indicator("≥", "50", "人", "50", "85"),)), "weights", "合计"),
        (replace(GOOD, indicators=(indicator("≥", "50", "人", ""),)), "no_completion", "完成值"),
        (replace(GOOD, indicators=(indicator("≥", "", "人", "50"),)), "no_target", "指标值"),
        (replace(GOOD, indicators=(indicator("≥", "按时完成", "", "按时完成"),)), "no_date", "指标值"),
        (replace(GOOD, indicators=(indicator("≥", "较多", "", "较多"),)), "not_quantified", "指标值"),
        (replace(GOOD, indicators=(indicator("≥", "50", "", "50"),)), "no_measure", "度量单位"),
        (replace(GOOD, indicators=(indicator("≥", "6", "个", "半年"),)), "unlike", "完成值"),
        (replace(GOOD, indicators=(indicator("≤", "2023年12月", "", "年底前", name="完成时间"),)), "completion_text", "完成值"),
        (replace(GOOD, indicators=(indicator("≥", "50", "人", "50", score="95"),)), "score_range", "得分"),
        (replace(GOOD, indicators=(indicator("≥", "3.5", "万元", "3.5", level1="成本指标", name="租赁费"),)), "direction", "指标性质"),
        (replace(GOOD, indicators=(indicator("≤", "35", "万元", "3.5", level1="成本指标", name="租赁费"),)), "cost_above_budget", "指标值"),
        (replace(GOOD, code=""), "no_code", "项目名称"),
        (replace(GOOD, funds=(Funds(source="total", initial=Decimal(-5), adjusted=Decimal(10), executed=Decimal(10)),)), "negative", "总额的年初预算"),
        (replace(GOOD, funds=(Funds(source="total", initial=Decimal(5), adjusted=Decimal(0), executed=Decimal(5)),)), "adjusted_zero", "总额的调整后预算数"),
        (replace(GOOD, funds=(Funds(source="total", initial=Decimal(5), adjusted=Decimal(5)),)), "no_executed", "总额的预算执行数"),
    ],
)  # fmt: skip
def test_wrong_forms_are_told_with_form_and_column(wrong: Project, kind: str, column: str) -> None:
    assert (kind, column) in issues(wrong)
    found = read_back(form_grid(wrong))[0]
    message = next(i.message for i in check_project(found, targets_only=False) if i.kind == kind)
    assert message.startswith("“培训经费”的绩效表第 ")
    assert " 行第 " in message


def test_targets_alone_need_no_completion() -> None:
    bare = replace(GOOD, indicators=(indicator("≥", "50", "人", ""),))
    assert check_project(bare, targets_only=True) == ()


def test_figures_that_are_none_and_moved_cells_are_told() -> None:
    document = as_document(form_grid(completed(GOOD)))
    table = document.blocks[1]
    assert isinstance(table, Table)
    at = {c.text: c for c in table.cells}
    broken = [
        c._replace(text="十万左右") if c.text == "10" and c.row == at["总额"].row and c.column < 6 else c
        for c in table.cells
    ]
    found = read_projects(replace(document, blocks=(document.blocks[0], replace(table, cells=tuple(broken)))))
    kinds = [(i.kind, i.spot.column_name if i.spot else "") for i in found[0][1]]
    assert ("not_a_figure", "总额的年初预算") in kinds
    swapped = {"指标值": "完成值", "完成值": "指标值"}
    moved = tuple(c._replace(text=swapped.get(c.text, c.text)) for c in table.cells)
    again = read_projects(replace(document, blocks=(document.blocks[0], replace(table, cells=moved))))
    assert again[0][0].indicators[0].target == GOOD.indicators[0].completion


def test_a_profile_that_fixes_levels_is_held() -> None:
    items = (
        indicator("", "≥50人", "", "50人", "60"),
        indicator("", "≥5%", "", "5%", "20", level1="效益指标"),
        indicator("", "≥90%", "", "95%", "10", level1="满意度指标"),
    )
    found = check_project(replace(GOOD, form="ministry_self_evaluation", indicators=items), targets_only=False)
    assert [i.kind for i in found] == ["level_weights", "level_weights"]
    assert check_project(replace(GOOD, indicators=items), targets_only=False) == ()  # Sichuan fixes none


def test_locked_templates() -> None:
    template = templates()[0]
    items = tuple(replace(i, completion=i.target) for i in template.indicators)
    locked = replace(GOOD, code="51090423R000000000001", class_="R", indicators=items)
    assert issues(locked) == []
    changed = replace(locked, indicators=(replace(items[0], weight=Decimal(50)), replace(items[1], weight=Decimal(40))))
    assert issues(changed) == [("template_changed", "项目名称")]
    other = replace(
        locked,
        indicators=(Indicator(name="其他", nature="≥", target="1", measure="个", completion="1", weight=Decimal(90)),),
    )
    assert "template_changed" not in [kind for kind, _ in issues(other)]


def test_templates_add_up() -> None:
    for template in templates():
        assert sum(i.weight or Decimal(0) for i in template.indicators) == 90
