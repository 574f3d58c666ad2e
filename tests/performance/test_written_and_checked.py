from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from juesuan.check import check_document
from juesuan.document.model import Block, Cell, Document, Paragraph, Table
from juesuan.performance.grid import completed
from juesuan.performance.model import Project
from juesuan.performance.narrative import narrative
from tests.performance.helpers import indicator, project

RIGHT = completed(
    project(
        indicator("≥", "50", "人", "50", "40", score="40"),
        indicator("≤", "2023年11月", "", "2023年10月", "20", score="20", name="完成时间"),
        indicator("≥", "90", "%", "95", "30", score="30", name="学员满意度", level1="满意度指标"),
        entity="某县总工会",
        department="某县总工会",
        goal="培训干部50人。",
        done="培训了50人。",
        content="分两期培训。",
        conclusion="目标全部完成。",
        problems="时间偏紧。",
        measures="提前准备。",
        score=Decimal(10),
        total_weight=Decimal(100),
        total_score=Decimal(100),
    )
)


def report(item: Project) -> Document:
    """The project's report with its forms, as a reader would deliver it."""
    blocks: list[Block] = []
    for block in narrative(item, facts={"项目管理": "由专人负责，按进度支付。"}):
        grid = block.grid
        if grid is None:
            blocks.append(Paragraph(id=len(blocks), text=block.text, heading=block.level or None))
            continue
        blocks.append(Paragraph(id=len(blocks), text=grid.title))
        cells = tuple(
            Cell(row=c.row, column=c.column, text=c.text, rowspan=c.rowspan, colspan=c.colspan) for c in grid.cells
        )
        blocks.append(Table(id=len(blocks), cells=cells, rows=grid.rows, columns=grid.columns))
    return Document(path="项目报告", format="docx", blocks=tuple(blocks))


def codes(item: Project) -> set[str]:
    return {finding.rule for finding in check_document(report(item)).findings}


def test_what_is_written_passes_the_check() -> None:
    assert codes(RIGHT) == set()


def test_what_is_wrong_in_the_project_is_found_in_its_report() -> None:
    assert "JS604" in codes(replace(RIGHT, total_score=Decimal(90)))
    assert "JS603" in codes(replace(RIGHT, total_weight=Decimal(95)))
    first = replace(RIGHT.indicators[0], completion="半年")
    assert "JS605" in codes(replace(RIGHT, indicators=(first, *RIGHT.indicators[1:])))
