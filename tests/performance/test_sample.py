from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from juesuan.document.read import open_document
from juesuan.performance.checks import check_project
from juesuan.performance.scoring import State, score_project
from juesuan.understand.projects import projects_in

SAMPLES = Path(__file__).resolve().parents[2] / "bench" / "samples"


def test_the_five_forms_of_the_sample_are_scored_again() -> None:
    scored = [score_project(p) for p in projects_in(open_document(SAMPLES / "anju-gsl-2023-final.txt"))]
    assert [(s.given, s.total, s.low, s.high, s.grade) for s in scored] == [
        # 调整后预算数 0.00: no execution rate, so the ten points for it cannot be borne out.
        (Decimal(100), None, Decimal(90), Decimal(100), "优"),
        (None, None, Decimal(0), Decimal(0), ""),
        # 6个 against 半年 cannot be scored.
        (Decimal(100), None, Decimal(90), Decimal(100), "优"),
        (None, None, Decimal(0), Decimal(0), ""),
        (Decimal(100), Decimal(100), Decimal(100), Decimal(100), "优"),
    ]
    assert [[m.what for m in s.unsupported] for s in scored] == [["预算执行率"], [], ["计划建立时间"], [], []]
    assert not any(s.differences or s.total_differs for s in scored)
    assert [s.profile.id for s in scored] == ["sichuan-2023"] * 5


def test_what_became_of_the_older_forms_targets() -> None:
    found = projects_in(open_document(SAMPLES / "anju-gsl-2023-final.txt"))
    states = {m.what: m.state for m in score_project(found[1]).indicators}
    assert states["商会预计建设数量"] is State.OVER
    assert states["资金使用年度"] is State.REACHED
    assert states["租赁费3.5万元"] is State.PERSON
    assert {m.state for m in score_project(found[3]).indicators} == {State.REACHED}


def test_findings_of_the_sample_are_those_of_a_reader() -> None:
    found = projects_in(open_document(SAMPLES / "anju-gsl-2023-final.txt"))
    kinds = [
        [(i.kind, i.spot.column_name if i.spot else "") for i in check_project(p, targets_only=False)] for p in found
    ]
    assert kinds[0] == [("adjusted_zero", "总额的调整后预算数")]
    assert kinds[2] == [
        ("unlike", "完成值"),
        ("direction", "指标性质"),
        ("direction", "指标性质"),
        ("direction", "指标性质"),
    ]
    # 聘用人员 1, 政府指标 1, 年终考核 1: figures without a measure.
    assert [kind for kind, _ in kinds[3]] == ["no_measure"] * 3
    assert kinds[4] == []


def test_target_forms_are_checked_as_targets() -> None:
    found = projects_in(open_document(SAMPLES / "putuo-wanli-dept-2023-budget.pdf"))
    assert len(found) == 5
    assert all(p.is_target for p in found)
    issues = [i for p in found for i in check_project(p, targets_only=True)]
    assert "no_completion" not in {i.kind for i in issues}
