from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl.worksheet.worksheet import Worksheet

from juesuan.cycle.overview import Line, overview_workbook
from juesuan.cycle.start import new_cycle
from juesuan.cycle.store import load_folder, save_cycle
from juesuan.cycle.support import lookup_in
from juesuan.cycle.workbook import project_workbook
from juesuan.errors import UsageError
from juesuan.performance.cycle import Assessment, Cycle, Evaluation, Followup, Observation, at, cycle_issues
from juesuan.performance.grid import completed
from juesuan.performance.model import Evaluator, Project
from juesuan.performance.scoring import score_project
from tests.performance.helpers import indicator, project, projects

Typed = str | float | date


def full(item: Project) -> Cycle:
    return Cycle(
        project=replace(item, indicators=(replace(item.indicators[0], evidence="商会.新建数"), *item.indicators[1:])),
        file="一.xlsx",
        curve=((6, Decimal(40)), (9, Decimal("72.5"))),
        assessment=(Assessment(item="立项必要性", opinion="有文件", result="支持"),),
        observations=(
            Observation(day=date(2023, 8, 31), value="6.5", measure="督促"),
            Observation(day=date(2023, 8, 31), indicator="培训人数", value="30人", taken_back=Decimal("0.5")),
        ),
        evaluations=(Evaluation(evaluator=Evaluator.DEPARTMENT, score=Decimal("95.5"), grade="优", day=date(2024, 3, 1), opinion="好"),),
        followups=(
            Followup(problem="慢", measure="快", who="甲", due=date(2024, 6, 1)),
            Followup(problem="粗", measure="细", carried=True, done=date(2024, 6, 1)),
        ),
        evidence=((item.indicators[0].name, "商会.新建数"),),
    )  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(projects("sichuan_self_evaluation"))
def test_a_workbook_reads_back_identically(tmp_path: Path, item: Project) -> None:
    names = [i.name for i in item.indicators]
    if len(set(names)) < len(names):
        return  # evidence is kept by the indicator's name
    cycle = full(item)
    save_cycle(cycle, tmp_path)
    stored = load_folder(tmp_path)
    assert stored.problems == ()
    assert [replace(c, issues=()) for c in stored.cycles] == [cycle]
    assert not [i for c in stored.cycles for i in c.issues]


def test_the_same_project_makes_the_same_bytes() -> None:
    cycle = full(completed(project(indicator("≥", "50", "人", "50"))))
    assert project_workbook(cycle) == project_workbook(cycle)


def edited(data: bytes, changes: dict[tuple[str, str], Typed]) -> bytes:
    """A workbook as someone changed it by hand."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for (sheet, cell), value in changes.items():
        page = book[sheet]
        assert isinstance(page, Worksheet)
        page[cell] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({("监控", "A2"): "八月底"}, "（工作表“监控”A2，第 2 行“日期”）：“八月底”不是日期"),
        ({("监控", "E3"): "-1"}, "（工作表“监控”E3，第 3 行“收回资金”）：“-1”不是金额"),
        ({("监控", "C2"): "不少"}, "（工作表“监控”C2，第 2 行“到此日完成”）：“不少”不是金额"),
        ({("评价", "A2"): "群众"}, "（工作表“评价”A2，第 2 行“评价主体”）：没有“群众”"),
        ({("结果应用", "D2"): "2024-02-30"}, "“2024-02-30”不是日期"),
        ({("结果应用", "A1"): "毛病"}, "工作表“结果应用”没有表头"),
        ({("绩效表", "D9"): "约十万"}, "“约十万”不是数"),
    ],
)
def test_wrong_cells_are_told_with_sheet_row_and_column(
    tmp_path: Path, changes: dict[tuple[str, str], Typed], told: str
) -> None:
    cycle = full(completed(project(indicator("≥", "50", "人", "50"))))
    (tmp_path / "一.xlsx").write_bytes(edited(project_workbook(cycle), changes))
    stored = load_folder(tmp_path)
    assert [i.message for i in stored.cycles[0].issues if told in i.message]


def test_dates_and_numbers_typed_in_a_spreadsheet_are_read(tmp_path: Path) -> None:
    cycle = full(completed(project(indicator("≥", "50", "人", "50"))))
    changes: dict[tuple[str, str], Typed] = {("监控", "A2"): date(2023, 9, 30), ("监控", "C2"): 7.25}
    (tmp_path / "一.xlsx").write_bytes(edited(project_workbook(cycle), changes))
    first = load_folder(tmp_path).cycles[0].observations[0]
    assert (first.day, first.value) == (date(2023, 9, 30), "7.25")


def test_files_that_are_no_forms_are_named(tmp_path: Path) -> None:
    cycle = full(completed(project(indicator("≥", "50", "人", "50"))))
    save_cycle(cycle, tmp_path)
    save_cycle(replace(cycle, file="二.xlsx"), tmp_path)
    (tmp_path / "坏.xlsx").write_bytes(b"PK no workbook")
    book = openpyxl.Workbook()
    book.create_sheet("一")["A1"] = "随便"
    book.save(tmp_path / "空.xlsx")
    problems = load_folder(tmp_path).problems
    assert len(problems) == 3
    assert "项目代码相同" in problems[-1]
    assert any("空.xlsx" in p and "没有读到绩效表" in p for p in problems)
    with pytest.raises(UsageError, match="不存在"):
        load_folder(tmp_path / "没有")


def test_a_new_project_begins_with_the_indicators_of_its_kind(tmp_path: Path) -> None:
    cycle = new_cycle("干部培训", "培训", "2024-01-01")
    save_cycle(cycle, tmp_path)
    read = load_folder(tmp_path).cycles[0]
    assert read.project.name == "干部培训"
    assert read.project.year == 2024
    assert read.project.indicators[0].name == "培训班次"
    assert read.project.indicators[0].evidence
    with pytest.raises(UsageError, match="没有“养龙”这一类"):
        new_cycle("x", "养龙")


def test_the_overview_counts_all_money_in_wan() -> None:
    day = date(2023, 8, 31)
    cycle = Cycle(
        project=completed(project(indicator("≥", "50", "人", "50"), money="元", initial="41000", adjusted="41000"))
    )
    line = Line(cycle, at(cycle, day, Decimal), score_project(cycle.project))
    sheet = openpyxl.load_workbook(io.BytesIO(overview_workbook([line], day)))["总览"]
    assert isinstance(sheet, Worksheet)
    assert (sheet.cell(1, 4).value, sheet.cell(2, 4).value) == ("预算数（万元）", 4.1)


def test_the_overview_has_a_line_a_project_and_charts() -> None:
    cycle = full(completed(project(indicator("≥", "50", "人", "50", score="90"))))
    day = date(2023, 8, 31)
    line = Line(cycle, at(cycle, day, Decimal), score_project(cycle.project))
    book = openpyxl.load_workbook(io.BytesIO(overview_workbook([line, line], day)))
    assert book.sheetnames == ["总览", "监控", "得分", "结果应用", "要处理的"]
    sheet = book["总览"]
    assert isinstance(sheet, Worksheet)
    assert [sheet.cell(2, c).value for c in (2, 5, 6, 8)] == ["培训经费", 6.5, 65, "绿"]
    assert sheet.max_row >= 3
    with zipfile.ZipFile(io.BytesIO(overview_workbook([line, line], day))) as package:
        assert sum(name.startswith("xl/charts/chart") for name in package.namelist()) == 3


def test_evidence_is_looked_up_by_the_dots_of_its_name() -> None:
    lookup = lookup_in({"商会": {"新建数": 3}, "捐赠": {"金额": Decimal("1E+2")}, "项目支出": "26.91"})
    assert [str(lookup(n)) for n in ("商会.新建数", "捐赠.金额", "项目支出")] == ["3", "100", "26.91"]
    assert lookup("商会") is None
    assert lookup("商会.没有") is None


def test_the_example_has_nothing_to_mend() -> None:
    stored = load_folder(Path(__file__).resolve().parents[2] / "examples" / "anju-gsl-2023")
    assert stored.problems == ()
    assert [c.project.class_ for c in stored.cycles] == ["R", "R", "Y", "T", "T", ""]
    assert [c.project.is_whole for c in stored.cycles] == [False] * 5 + [True]
    assert [i.message for c in stored.cycles for i in cycle_issues(c)] == []
    scored = [score_project(c.project) for c in stored.cycles]
    assert [s.given for s in scored] == [Decimal(n) for n in ("100", "100", "100", "99", "98.5", "98")]
    assert not any(s.unsupported or s.differences or s.total_differs for s in scored)
