"""Write examples/anju-gsl-2023/绩效 from the self-evaluation forms of the sample and what is written in the TOML beside.

python tools/make_example_performance.py
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from juesuan.cycle import sheets
from juesuan.cycle.store import file_name, save_cycle
from juesuan.document.read import open_document
from juesuan.performance.cycle import Assessment, Cycle, Evaluation, Followup, Observation
from juesuan.performance.grid import completed
from juesuan.performance.model import QUALITATIVE, Evaluator, Funds, Indicator, Project
from juesuan.understand.projects import projects_in

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "bench" / "samples" / "anju-gsl-2023-final.txt"
FOLDER = ROOT / "examples" / "anju-gsl-2023" / "绩效"
FORM = "sichuan_self_evaluation"
ENTITY, YEAR = "遂宁市安居区工商业联合会", 2023
TEXTS = ("goal", "done", "content", "conclusion", "problems", "measures")


def sample_forms() -> dict[str, Project]:
    """The sample's forms by the project's name."""
    return {p.name: p for p in projects_in(open_document(str(SAMPLE))) if p.form == FORM}


def mended(item: Indicator, data: Mapping[str, Any]) -> Indicator:
    """An indicator without what the check finds wrong in the sample."""
    if item.measure == "个" and item.completion == "半年":
        return replace(item, nature="≤", measure="个月", completion="6")
    if item.nature == "≥" and (item.is_cost or item.is_deadline):
        return replace(item, nature="≤")
    if item.sign == QUALITATIVE and "qualitative" in data:
        return replace(item, score=Decimal(data["qualitative"]), reason=data["reason"])
    return item


def indicators(rows: Sequence[Sequence[str]]) -> tuple[Indicator, ...]:
    """Indicators as the TOML lists them."""
    return tuple(
        Indicator(
            level1=r[0], level2=r[1], name=r[2], nature=r[3], target=r[4], measure=r[5], completion=r[6],
            weight=Decimal(r[7]), score=Decimal(r[8]), reason=r[9], evidence=r[10],
        )
        for r in rows
    )  # fmt: skip


def money(amounts: Sequence[str]) -> tuple[Funds, ...]:
    """Initial, adjusted and executed, all of it appropriation."""
    initial, adjusted, executed = map(Decimal, amounts)
    return tuple(
        Funds(source=s, initial=initial, adjusted=adjusted, executed=executed) for s in ("total", "appropriation")
    )


def project_of(data: Mapping[str, Any], forms: Mapping[str, Project], *, is_whole: bool) -> Project:
    """One project; nobody's name is kept."""
    base = forms.get(data.get("from", ""), Project(name=data.get("name", ""), form=FORM))
    funds = tuple(replace(f, adjusted=f.executed) if f.adjusted == 0 and f.executed else f for f in base.funds)
    total = sum(map(Decimal, (i[8] for i in data["indicators"])), Decimal(data["scores"][1])) if is_whole else None
    project = replace(
        base,
        code=base.code or data.get("code", ""),
        class_=base.class_ or data.get("class", ""),
        title="" if is_whole else f"部门预算项目支出绩效自评表（{YEAR}年度）",
        year=YEAR,
        is_whole=is_whole,
        entity=ENTITY,
        department=f"{ENTITY}部门",
        funds=money(data["money"]) if "money" in data else funds,
        weight=Decimal(10),
        score=Decimal(10),
        indicators=indicators(data["indicators"])
        if "indicators" in data
        else tuple(mended(i, data) for i in base.indicators),
        total_weight=Decimal(100),
        total_score=total if total is not None else Decimal(data["score"]),
        project_head="",
        finance_head="",
        **{name: data[name].strip() for name in TEXTS if name in data},
    )
    return completed(project)


def cycle_of(data: Mapping[str, Any], project: Project) -> Cycle:
    """A project's workbook."""
    steps = data.get("cycle", {})
    return Cycle(
        project=project,
        assessment=tuple(Assessment(item=a, opinion=b, result=c) for a, b, c in steps.get("assessment", ())),
        observations=tuple(
            Observation(day=_day(d), indicator="" if i == sheets.EXECUTION else i, value=v, measure=m)
            for d, i, v, m, _ in steps.get("observations", ())
        ),
        evaluations=tuple(
            Evaluation(evaluator=Evaluator(who), score=Decimal(score), grade=grade, day=_day(day), opinion=said)
            for who, score, grade, day, said in steps.get("evaluations", ())
        ),
        followups=tuple(
            Followup(problem=p, measure=m, who=w, due=_day(due), done=_day(done) if done else None)
            for p, m, w, due, done in steps.get("followups", ())
        ),
        evidence=tuple((i.name, i.evidence) for i in project.indicators if i.evidence),
        texts=tuple((name, text.strip()) for name, text in data.get("report", {}).items()),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def cycles() -> Iterator[Cycle]:
    """The department as a whole, then its projects."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    forms = sample_forms()
    for kind in ("whole", "project"):
        for entry in data[kind]:
            cycle = cycle_of(entry, project_of(entry, forms, is_whole=kind == "whole"))
            yield replace(cycle, file=file_name(cycle))


if __name__ == "__main__":
    for old in FOLDER.glob("*.xlsx"):
        old.unlink()
    for cycle in cycles():
        print(save_cycle(cycle, FOLDER))
