"""The overview workbook of all projects: execution, lights, scores, measures, with charts."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from juesuan.performance.cycle import Cycle, cycle_issues
from juesuan.performance.monitor import Light, Monitored
from juesuan.performance.scoring import Scored
from juesuan.quantity import EXACT, MEASURES, WAN, rounded

__all__ = ["Line", "overview_workbook"]

_COLORS = {Light.GREEN: "#C6EFCE", Light.YELLOW: "#FFEB9C", Light.RED: "#FFC7CE", Light.GREY: "#EDEDED"}
_HEADS = (
    "项目代码", "项目名称", "类别", "预算数（万元）", "执行数（万元）", "执行率%", "计划进度%", "进度灯", "预计年底执行（万元）", "预计用不完（万元）",
    "已收回（万元）", "自评得分", "等级", "整改完成", "要处理的",
)  # fmt: skip
_WIDTHS = (24, 30, 8, 12, 12, 10, 10, 8, 13, 12, 10, 10, 8, 10, 10)
_NUMBERS = frozenset({3, 4, 5, 6, 8, 9, 10, 11})
_PLAN, _RATE, _LIGHT, _SCORE = 6, 5, 7, 11
Value = str | Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """One project with what was computed of it."""

    cycle: Cycle
    watched: Monitored
    scored: Scored


def overview_workbook(lines: Sequence[Line], day: date) -> bytes:
    """The overview of all projects at a date."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": "绩效总览", "created": day})
    writer = _Writer(book)
    writer.projects(lines, day)
    writer.table(
        "监控",
        ("项目", "指标", "灯", "完成%", "计划%", "说明", "建议"),
        (24, 30, 6, 10, 10, 60, 36),
        _watch_rows(lines),
    )
    writer.table("得分", ("项目", "指标", "权重", "得分", "算法", "说明"), (24, 30, 8, 8, 80, 50), _mark_rows(lines))
    writer.table(
        "结果应用", ("项目", "问题", "整改措施", "责任人", "完成期限", "完成日期", "状态"), (24, 40, 40, 12, 12, 12, 10),
        _followup_rows(lines, day),
    )  # fmt: skip
    writer.table("要处理的", ("项目", "问题"), (24, 110), _issue_rows(lines, day))
    book.close()
    return target.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        base = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
        self.head = book.add_format({**base, "bold": True, "align": "center", "bg_color": "#DDEBF7"})
        self.text = book.add_format(base)
        self.figure = book.add_format({**base, "num_format": "0.00", "align": "right"})
        self.lights: dict[Light, Format] = {
            light: book.add_format({**base, "align": "center", "bg_color": color}) for light, color in _COLORS.items()
        }

    def _put(self, sheet: Worksheet, row: int, column: int, value: Value) -> None:
        if isinstance(value, Decimal):
            sheet.write_number(row, column, value, self.figure)
            return
        light = next((item for item in Light if item.value == value and value != Light.GREY.value), None)
        sheet.write_string(row, column, value or "", self.lights[light] if light else self.text)

    def table(
        self, name: str, heads: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[Value]]
    ) -> Worksheet:
        """One sheet: a header, and rows below it."""
        sheet = self.book.add_worksheet(name)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self.head)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self._put(sheet, number, column, value)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        return sheet

    def projects(self, lines: Sequence[Line], day: date) -> None:
        """The sheet of projects with its charts."""
        sheet = self.table("总览", _HEADS, _WIDTHS, [_row(line, day) for line in lines])
        if not lines:
            return
        last = len(lines)
        self._rates(sheet, last)
        self._scores(sheet, last)
        self._lights(sheet, lines, last)

    def _rates(self, sheet: Worksheet, last: int) -> None:
        chart = self.book.add_chart({"type": "bar"})
        for column, color in ((_RATE, "#4472C4"), (_PLAN, "#BFBFBF")):
            chart.add_series(
                {"name": ["总览", 0, column], "categories": ["总览", 1, 1, last, 1],
                 "values": ["总览", 1, column, last, column], "fill": {"color": color}}
            )  # fmt: skip
        chart.set_title({"name": "各项目预算执行率与计划进度（%）"})
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 760, "height": max(240, 60 + 34 * last)})
        sheet.insert_chart(last + 3, 0, chart)

    def _scores(self, sheet: Worksheet, last: int) -> None:
        chart = self.book.add_chart({"type": "column"})
        chart.add_series(
            {
                "name": ["总览", 0, _SCORE],
                "categories": ["总览", 1, 1, last, 1],
                "values": ["总览", 1, _SCORE, last, _SCORE],
            }
        )
        chart.set_title({"name": "各项目自评得分"})
        chart.set_y_axis({"min": 0, "max": 100})
        chart.set_legend({"none": True})
        sheet.insert_chart(last + 3, 8, chart)

    def _lights(self, sheet: Worksheet, lines: Sequence[Line], last: int) -> None:
        top = last + 21
        counts = [(light, sum(1 for line in lines if line.watched.light is light)) for light in Light]
        for number, (light, count) in enumerate(counts):
            sheet.write_string(top + number, 8, light.value, self.lights[light])
            sheet.write_number(top + number, 9, count, self.text)
        chart = self.book.add_chart({"type": "doughnut"})
        points = [{"fill": {"color": _COLORS[light]}} for light, _ in counts]
        end = top + len(counts) - 1
        chart.add_series({"categories": ["总览", top, 8, end, 8], "values": ["总览", top, 9, end, 9], "points": points})
        chart.set_title({"name": "进度灯"})
        sheet.insert_chart(top, 10, chart)


def _row(line: Line, day: date) -> list[Value]:
    project, watched, scored = line.cycle.project, line.watched, line.scored
    total, money = watched.project.total, project.money
    budget = None if total is None else total.adjusted if total.adjusted is not None else total.initial
    back = [o.taken_back for o in line.cycle.observations if o.taken_back is not None and o.day <= day]
    done = sum(1 for f in line.cycle.followups if f.done is not None)
    return [
        project.code,
        project.name or "部门整体",
        project.class_,
        _wan(budget, money),
        _wan(total.executed if total else None, money),
        _two(watched.execution.done),
        _two(watched.execution.planned),
        watched.execution.light.value,
        _wan(watched.forecast, money),
        _wan(watched.unused, money),
        _wan(sum(back, Decimal(0)) if back else None, money),
        scored.total,
        scored.grade,
        f"{done}/{len(line.cycle.followups)}" if line.cycle.followups else "",
        str(len(list(cycle_issues(line.cycle, day)))),
    ]


def _wan(value: Decimal | None, money: str) -> Decimal | None:
    """An amount in 万元, whatever measure its project is kept in."""
    if value is None or money not in MEASURES:
        return value
    return EXACT.divide(EXACT.multiply(value, MEASURES[money].factor), WAN.factor)


def _two(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value, 2)


def _each(lines: Sequence[Line], rows: Callable[[Line], Sequence[Sequence[Value]]]) -> list[list[Value]]:
    return [[line.cycle.project.name or "部门整体", *row] for line in lines for row in rows(line)]


def _watch_rows(lines: Sequence[Line]) -> list[list[Value]]:
    return _each(
        lines,
        lambda line: [
            (w.what, w.light.value, _two(w.done), _two(w.planned), w.text, w.measure)
            for w in (line.watched.execution, *line.watched.indicators)
        ],
    )


def _mark_rows(lines: Sequence[Line]) -> list[list[Value]]:
    return _each(lines, lambda line: [(m.what, m.weight, m.counted, m.formula, m.note) for m in line.scored.marks])


def _followup_rows(lines: Sequence[Line], day: date) -> list[list[Value]]:
    def rows(line: Line) -> list[Sequence[Value]]:
        return [
            (
                f.problem,
                f.measure,
                f.who,
                _text(f.due),
                _text(f.done),
                "已完成" if f.done else "逾期" if f.is_late(day) else "未完成",
            )
            for f in line.cycle.followups
        ]

    return _each(lines, rows)


def _text(value: date | None) -> str:
    return value.isoformat() if value is not None else ""


def _issue_rows(lines: Sequence[Line], day: date) -> list[list[Value]]:
    return _each(lines, lambda line: [(issue.message,) for issue in cycle_issues(line.cycle, day)])
