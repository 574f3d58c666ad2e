from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from juesuan.document.read import open_document
from juesuan.performance.convert import as_targets_reached
from juesuan.performance.grid import completed, form_grid
from juesuan.performance.narrative import TextKind, narrative, outline_for, outlines
from juesuan.understand.projects import projects_in
from tests.performance.helpers import indicator, project, read_back

SAMPLE = Path(__file__).resolve().parents[2] / "bench" / "samples" / "anju-gsl-2023-final.txt"
FULL = project(
    indicator("≥", "50", "人", "50", score="90"),
    entity="某单位",
    goal="培训干部 50 人。",
    done="培训了 50 人。",
    content="分两期培训。",
    conclusion="目标全部完成。",
    problems="时间偏紧。",
    measures="提前准备。",
    total_score=Decimal(100),
)


def test_a_full_project_leaves_only_what_the_form_does_not_know() -> None:
    blocks = narrative(FULL)
    assert [b.text for b in blocks if b.kind is TextKind.TODO] == ["请填写：组织实施和监管情况"]
    assert not [b for b in narrative(FULL, facts={"项目管理": "专人负责。"}) if b.kind is TextKind.TODO]
    texts = [b.text for b in blocks if b.kind is TextKind.PARAGRAPH]
    assert "项目年初预算10万元，调整后预算数10万元，预算执行数10万元，预算执行率100.00%。" in texts
    assert "设置绩效指标1个，达到指标值1个。" in texts
    assert "经单位自评得分100分，等级为优。" in texts


def test_half_a_sentence_is_never_written() -> None:
    blocks = narrative(replace(FULL, funds=(), total_score=None))
    assert not any("{" in b.text for b in blocks)
    assert "请填写：项目预算和执行数" in [b.text for b in blocks]


def test_the_department_as_a_whole_follows_the_outline_of_its_year() -> None:
    whole = replace(FULL, is_whole=True, name="", code="")
    assert outline_for(whole, "sichuan-2021").id == "whole-2021"
    assert outline_for(whole, "sichuan-2023").id == "whole-2022"
    headings = [b.text for b in narrative(whole, outline_for(whole, "sichuan-2021")) if b.kind is TextKind.HEADING]
    assert headings[0] == "一、部门（单位）概况"
    assert headings[-1] == "（三）改进建议"


def test_forms_in_the_narrative_read_back() -> None:
    for item in projects_in(open_document(SAMPLE)):
        older = completed(as_targets_reached(item))
        assert read_back(form_grid(older)) == (older,)


def test_outlines_name_known_forms_and_fields() -> None:
    for outline in outlines():
        for section in outline.sections:
            assert {"heading", "text", "field", "fact", "form", "overview"} & set(section)
            assert {"form", "heading", "overview"} & set(section) or section["todo"]
