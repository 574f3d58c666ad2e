"""Write examples/anju-gsl-2023/绩效 from the self-evaluation forms of the sample report, with their errors mended.

python tools/make_example_performance.py
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from juesuan.cycle.store import file_name, save_cycle
from juesuan.document.read import open_document
from juesuan.performance.cycle import Cycle
from juesuan.performance.grid import completed
from juesuan.performance.model import Indicator, Project
from juesuan.understand.projects import projects_in

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "bench" / "samples" / "anju-gsl-2023-final.txt"
FOLDER = ROOT / "examples" / "anju-gsl-2023" / "绩效"
FORM = "sichuan_self_evaluation"


def mended(project: Project) -> Project:
    """The project without what the check finds wrong in the sample; nobody's name is kept."""
    funds = tuple(replace(f, adjusted=f.executed) if f.adjusted == 0 and f.executed else f for f in project.funds)
    title = f"部门预算项目支出绩效自评表（{project.year}年度）"
    items = tuple(_mended(i) for i in project.indicators)
    return completed(replace(project, title=title, funds=funds, indicators=items, project_head="", finance_head=""))


def _mended(item: Indicator) -> Indicator:
    if item.measure == "个" and item.completion == "半年":
        return replace(item, nature="≤", measure="个月", completion="6")
    if item.nature == "≥" and (item.is_cost or item.is_deadline):
        return replace(item, nature="≤")
    return item


def cycles() -> Iterator[Cycle]:
    """A book for each form. What the sample does not tell (assessment, monitoring, use of results) stays empty."""
    found = projects_in(open_document(str(SAMPLE)))
    year = next(p.year for p in found if p.year)
    for project in found:
        if project.form == FORM:
            cycle = Cycle(project=mended(replace(project, year=year)))
            yield replace(cycle, file=file_name(cycle))


if __name__ == "__main__":
    for cycle in cycles():
        print(save_cycle(cycle, FOLDER))
