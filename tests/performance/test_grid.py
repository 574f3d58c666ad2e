from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.document.read import open_document
from juesuan.performance.convert import as_form
from juesuan.performance.grid import completed, form_grid
from juesuan.performance.model import Project
from juesuan.understand.projects import projects_in
from tests.performance.helpers import projects, read_back

SAMPLES = Path(__file__).resolve().parents[2] / "bench" / "samples"
FORMS = ("sichuan_self_evaluation", "ministry_self_evaluation", "sichuan_targets_reached")


@pytest.mark.parametrize(("name", "count"), [("anju-gsl-2023-final.txt", 5), ("putuo-wanli-dept-2023-budget.pdf", 5)])
def test_forms_of_real_reports_are_written_and_read_back(name: str, count: int) -> None:
    found = [completed(p) for p in projects_in(open_document(SAMPLES / name))]
    assert len(found) == count
    for project in found:
        assert read_back(form_grid(project)) == (project,)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FORMS).flatmap(projects))
def test_what_is_written_reads_back_identically(project: Project) -> None:
    assert read_back(form_grid(project)) == (project,)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(FORMS).flatmap(projects))
def test_the_cells_cover_the_grid_once(project: Project) -> None:
    grid = form_grid(project)
    covered = [
        (row, column)
        for c in grid.cells
        for row in range(c.row, c.row + c.rowspan)
        for column in range(c.column, c.column + c.colspan)
    ]
    assert len(covered) == len(set(covered)) == grid.rows * grid.columns
    assert len(grid.widths) == grid.columns


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(FORMS[:2]).flatmap(projects), st.sampled_from(FORMS))
def test_a_project_laid_out_as_another_form_reads_back(project: Project, form: str) -> None:
    other = completed(as_form(project, form))
    assert read_back(form_grid(other)) == (other,)
    assert sum(i.weight or 0 for i in other.indicators) in {0, sum(i.weight or 0 for i in project.indicators)}
