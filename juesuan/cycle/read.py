"""A project's workbook as read: its form by the declarations, the other sheets by their headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from juesuan.cycle import sheets
from juesuan.document.model import Document, Table
from juesuan.performance.checks import Issue
from juesuan.performance.cycle import Assessment, Cycle, Evaluation, Followup, Observation
from juesuan.performance.model import Evaluator, Project, Spot
from juesuan.performance.values import squeezed
from juesuan.quantity import MEASURES, Dimension, parse
from juesuan.understand.projects import read_projects

__all__ = ["amount_of", "read_cycle"]

_DAY = re.compile(r"(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s*0?0:00(?::00)?)?")
_POINT = re.compile(r"(1[0-2]|[1-9])月(?:底|末)?[：:]?(\d{1,3}(?:\.\d+)?)%")
_CLASS_OF = {word: letter for letter, word in sheets.CLASSES.items()}


def read_cycle(document: Document, name: str) -> Cycle | None:
    """The cycle in a workbook; None when it holds no form. `name` is the file's, kept in `Cycle.file`."""
    tables = [b for b in document.blocks if isinstance(b, Table)]
    found = read_projects(document, [t for t in tables if t.sheet not in sheets.HEADERS])
    if not found:
        return None
    project, unreadable = found[0]
    reader = _Reader({t.sheet or "": t for t in tables}, project.label)
    issues = list(unreadable)
    if len(found) > 1:
        issues.append(
            Issue("several_forms", f"文件“{name}”里有 {len(found)} 张绩效表，只读第一张；请一个项目存一个文件。")
        )
    info = {row.get("事项", ""): row.get("内容", "") for _, row in reader.rows(sheets.INFO)}
    evidence = tuple((r.get("指标", ""), r.get("佐证", "")) for _, r in reader.rows(sheets.EVIDENCE) if r.get("佐证"))
    cycle = Cycle(
        project=_informed(project, info, dict(evidence)),
        file=name,
        curve=_curve(info.get(sheets.CURVE, "")),
        assessment=tuple(reader.assessment()),
        observations=tuple(reader.observations(project.money)),
        evaluations=tuple(reader.evaluations()),
        followups=tuple(reader.followups()),
        evidence=evidence,
        texts=tuple((r["事项"], r["内容"]) for _, r in reader.rows(sheets.REPORT) if r["事项"] and r["内容"].strip()),
    )
    return replace(cycle, issues=(*issues, *reader.issues))


def _informed(project: Project, info: Mapping[str, str], evidence: Mapping[str, str]) -> Project:
    year = info.get(sheets.YEAR, "")
    evaluator = next((e for e in Evaluator if e.value == info.get(sheets.EVALUATOR)), project.evaluator)
    return replace(
        project,
        year=int(year) if re.fullmatch(r"20\d{2}", year, re.ASCII) else project.year,
        class_=project.class_ or _CLASS_OF.get(info.get(sheets.CLASS, ""), ""),
        evaluator=evaluator,
        is_whole=project.is_whole or info.get(sheets.WHOLE) == sheets.WHOLE_DEPARTMENT,
        indicators=tuple(replace(i, evidence=evidence.get(i.name, "")) for i in project.indicators),
    )


def _curve(text: str) -> tuple[tuple[int, Decimal], ...]:
    return tuple((int(month), Decimal(percent)) for month, percent in _POINT.findall(squeezed(text)))


def amount_of(text: str, money: str) -> Decimal | None:
    """An amount in the measure `money`, from words such as 8, 8万元 or 80000元; None when it is no amount."""
    quantity = parse(text)
    if quantity is None:
        return None
    if quantity.measure.dimension is Dimension.MONEY and money in MEASURES:
        return quantity.base / MEASURES[money].factor
    return quantity.value if not quantity.measure.symbol else None


@dataclass(slots=True)
class _Reader:
    """Reads the tables of the other sheets; what is not as it must be becomes an issue."""

    tables: Mapping[str, Table]
    label: str
    issues: list[Issue] = field(default_factory=list)

    def rows(self, sheet: str) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows below the header, by header, with their number from 0."""
        table = self.tables.get(sheet)
        if table is None:
            return
        wanted = set(sheets.HEADERS[sheet])
        heads: dict[int, str] = {}
        for number, cells in enumerate(table.row_cells()):
            texts = {c.column: c.text.strip() for c in cells}
            if not heads:
                found = {column: squeezed(text) for column, text in texts.items() if squeezed(text) in wanted}
                heads = found if len(found) == len(wanted) else {}
                continue
            row = {name: texts.get(column, "") for column, name in heads.items()}
            if any(row.values()):
                yield number, row
        if not heads:
            names = "、".join(sheets.HEADERS[sheet])
            self.issues.append(
                Issue("no_header", f"{self.label}的工作表“{sheet}”没有表头（{names}），没有读，请恢复表头。")
            )

    def _spot(self, sheet: str, row: int, head: str) -> Spot:
        return Spot(head, row, sheets.HEADERS[sheet].index(head), sheet)

    def _bad(self, sheet: str, row: int, head: str, text: str) -> None:
        spot = self._spot(sheet, row, head)
        self.issues.append(Issue("bad_cell", f"{self.label}{spot}：{text}", spot))

    def _date(self, sheet: str, number: int, head: str, text: str) -> date | None:
        if not text:
            return None
        match = _DAY.fullmatch(text.strip())
        try:
            if match:
                return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:  # 2024-02-30
            pass
        self._bad(sheet, number, head, f"“{text}”不是日期，请写成 2024-08-31 的样子。")
        return None

    def _points(self, sheet: str, number: int, head: str, text: str, money: str = "") -> Decimal | None:
        if not text:
            return None
        value = amount_of(text, money) if money else (q.value if (q := parse(text)) is not None else None)
        if value is None or value < 0:
            self._bad(sheet, number, head, f"“{text}”不是{'金额' if money else '得分'}，请改成不小于 0 的数。")
            return None
        return value

    def assessment(self) -> Iterator[Assessment]:
        """The ex-ante assessment."""
        for _, row in self.rows(sheets.ASSESSMENT):
            yield Assessment(item=row["评估内容"], opinion=row["评估意见"], result=row["结论"])

    def observations(self, money: str) -> Iterator[Observation]:
        """The monitoring; lines without a date cannot be used."""
        for number, row in self.rows(sheets.MONITORING):
            day = self._date(sheets.MONITORING, number, "日期", row["日期"])
            if day is None:
                if not row["日期"]:
                    self._bad(sheets.MONITORING, number, "日期", "没有日期，这一行没有读，请补填。")
                continue
            name = "" if row["指标"] == sheets.EXECUTION else row["指标"]
            value = row["到此日完成"]
            if not name and value and amount_of(value, money) is None:
                self._bad(sheets.MONITORING, number, "到此日完成", f"“{value}”不是金额，请改成数（{money}）。")
                value = ""
            back = self._points(sheets.MONITORING, number, "收回资金", row["收回资金"], money)
            yield Observation(day=day, indicator=name, value=value, measure=row["采取的措施"], taken_back=back)

    def evaluations(self) -> Iterator[Evaluation]:
        """What others than the unit gave."""
        for number, row in self.rows(sheets.EVALUATION):
            evaluator = next((e for e in Evaluator if e.value == row["评价主体"]), None)
            if evaluator is None:
                names = "、".join(e.value for e in Evaluator)
                self._bad(sheets.EVALUATION, number, "评价主体", f"没有“{row['评价主体']}”，应为 {names}，请改正。")
                continue
            score = self._points(sheets.EVALUATION, number, "评价得分", row["评价得分"])
            day = self._date(sheets.EVALUATION, number, "日期", row["日期"])
            yield Evaluation(evaluator=evaluator, score=score, grade=row["等级"], day=day, opinion=row["意见"])

    def followups(self) -> Iterator[Followup]:
        """The use of results."""
        for number, row in self.rows(sheets.FOLLOWUPS):
            yield Followup(
                problem=row["问题"],
                measure=row["整改措施"],
                who=row["责任人"],
                due=self._date(sheets.FOLLOWUPS, number, "完成期限", row["完成期限"]),
                done=self._date(sheets.FOLLOWUPS, number, "完成日期", row["完成日期"]),
                carried=row["上年结转"] == sheets.YES,
            )
