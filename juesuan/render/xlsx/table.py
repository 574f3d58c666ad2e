"""The 公开情况检查表 of one report as data: which rows it has, what each says, and where its problems stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.document.model import Document
from juesuan.findings import Evidence, Finding, Outcome, Report, Severity
from juesuan.place import Box, Place, Point
from juesuan.render import words
from juesuan.taxonomy.profiles import TableSpec, profile_of, title_key
from juesuan.understand.outline import Section
from juesuan.understand.tables import ReadStatement
from juesuan.understand.understanding import Understanding, understand

__all__ = ["CheckRow", "CheckTable", "Problem", "check_table", "table_json", "table_of"]

YES, NO, DOUBT = "是", "否", "待核"
_DIVISION = re.compile(
    r"^(?:中共|中国共产党|共青团)?(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?P<city>[\u4e00-\u9fff]{2,5}?(?:市|自治州|州|盟|地区))?"
    r"(?P<county>[\u4e00-\u9fff]{1,6}?(?:区|县|旗|市))?"
)
_STATED = "JS410"
"""The rule that an empty table says why it is empty."""
_NOTE_REACH = 4
"""A note stands at most so many blocks below its table."""
_STAGE = {"budget": "预算", "final_accounts": "决算", "performance": "绩效"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One numbered problem. `boxes` are where it stands on `page`, for the picture."""

    text: str
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One row. `verdict`: 是, 否, 待核 (a person decides), or "" with the reason why it was not judged."""

    group: str
    item: str
    verdict: str
    problems: tuple[Problem, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckTable:
    """The whole table of one report."""

    title: str
    entity: str
    rows: tuple[CheckRow, ...]

    def items(self, verdict: str) -> tuple[str, ...]:
        """The rows of that verdict."""
        return tuple(row.item for row in self.rows if row.verdict == verdict)


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One entry of rows.toml; see there."""

    id: str
    group: str
    item: str
    rules: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    needs: str = ""
    absent: str = ""
    unchecked: str = ""
    tables: bool = False
    rest: bool = False


@cache
def row_specs() -> tuple[RowSpec, ...]:
    """The rows as declared."""
    raw = tomllib.loads((files(__package__) / "rows.toml").read_text(encoding="utf-8"))
    return tuple(_spec(row) for row in raw["rows"])


def _spec(row: Mapping[str, Any]) -> RowSpec:
    return RowSpec(
        id=row["id"],
        group=row["group"],
        item=row["item"],
        rules=tuple(row.get("rules", ())),
        parts=tuple(row.get("parts", ())),
        sections=tuple(row.get("sections", ())),
        needs=row.get("needs", ""),
        absent=row.get("absent", ""),
        unchecked=row.get("unchecked", ""),
        tables=row.get("tables", False),
        rest=row.get("rest", False),
    )


def check_table(report: Report, document: Document | None) -> CheckTable:
    """The check table of a report; without its document nothing is judged."""
    known = None if document is None else understand(document)
    title = _title(report, known)
    return CheckTable(title, report.entity or "", tuple(_Sorter(report, known).rows()))


def _title(report: Report, known: Understanding | None) -> str:
    year = f"{report.year}年度" if report.year is not None else "____年度"
    kind = (known.identity.entity_kind if known else "") or "部门"
    return f"{year}{_division(report.entity or '')}{kind}{_STAGE.get(report.kind, '预决算')}公开情况检查表"


def _division(entity: str) -> str:
    """The county or city of a unit's name: 上海市普陀区生态环境局 → 普陀区."""
    found = _DIVISION.match(entity)
    if found is None:
        return ""
    return found["county"] or found["city"] or ""


class _Sorter:
    """Gives each finding its row, and each row its verdict."""

    def __init__(self, report: Report, known: Understanding | None) -> None:
        self.report = report
        self.known = known
        self.specs = row_specs()
        self.tables = _tables(report, known)
        self.held: dict[str, list[Finding]] = {}
        for finding in report.findings:
            if finding.severity > Severity.HINT:
                self.held.setdefault(self._row_of(finding), []).append(finding)

    def rows(self) -> Iterable[CheckRow]:
        for spec in self.specs:
            if spec.tables:
                for table, open_ in self.tables.items():
                    absent = spec.absent if open_ is None else open_
                    yield self._row(spec, table, self.held.get(f"table:{table}", []), absent)
            else:
                absent = "" if self._has(spec) else spec.absent
                yield self._row(spec, spec.item, self.held.get(spec.id, []), absent)

    def _row(self, spec: RowSpec, item: str, findings: Sequence[Finding], absent: str) -> CheckRow:
        problems = tuple(_problem(number, f, self.report) for number, f in enumerate(findings, start=1))
        if any(f.severity is Severity.ERROR for f in findings):
            return CheckRow(spec.group, item, NO, problems)
        if findings:
            return CheckRow(spec.group, item, DOUBT, problems)
        reason = spec.unchecked or self._unsure(spec) or absent
        return CheckRow(spec.group, item, "" if reason else YES, (), reason)

    def _unsure(self, spec: RowSpec) -> str:
        """Why nothing can be called right: the file was not read, or not whole, or numbers were not understood."""
        if self.report.outcome is Outcome.UNREADABLE or self.known is None:
            return "文件没有读出，没有检查。"
        if self.report.outcome is Outcome.PARTIAL:
            return "文件没有读全，不能判断。"
        unread = len(self.report.coverage.unread)
        if spec.rest and unread:
            return f"有 {unread} 个数字没有读懂，请人工核对后填写。"
        return ""

    def _has(self, spec: RowSpec) -> bool:
        """Whether what the row speaks of was found in the report."""
        known = self.known
        if known is None:
            return False
        plan = known.outline
        match spec.needs:
            case "cover":
                return bool(plan.title_lines) and known.identity.year is not None and known.identity.entity is not None
            case "contents":
                return bool(plan.contents or plan.table_list)
            case "section":
                return any(_fits(spec, section.title) for section in plan.sections if not section.is_item)
            case _:
                return bool(known.facts)

    def _row_of(self, finding: Finding) -> str:
        by_rule = next((s.id for s in self.specs if s.rules and finding.rule.startswith(s.rules)), None)
        table = self._table_of(finding)
        if by_rule or table:
            return by_rule or f"table:{table}"
        known = self.known
        subject = finding.subject or next(iter(finding.evidence), None)
        index = known.passage_of(subject.place) if known is not None and subject is not None else None
        if finding.subject is None and finding.expected:
            named = next((s.id for s in self.specs if s.sections and _fits(s, finding.expected)), None)
            if named:
                return named
        if known is not None and index is not None:
            found = self._by_place(known.outline.part_of(index), known.outline.chain(index))
            if found:
                return found
        return next(s.id for s in self.specs if s.rest)

    def _by_place(self, part: str, chain: Sequence[Section]) -> str | None:
        for spec in self.specs:
            if spec.parts and part.startswith(spec.parts):
                return spec.id
        for section in reversed(chain):
            for spec in self.specs:
                if spec.sections and _fits(spec, section.title):
                    return spec.id
        return None

    def _table_of(self, finding: Finding) -> str | None:
        """The statutory table the finding's wrong words stand in."""
        subject = finding.subject
        if self.known is None or subject is None:
            return None
        read = self.known.tables.at(subject.place) or self._above(subject.place)
        if read is None:
            return None
        keys = {title_key(t) for t in (read.title, *read.statement.titles) if t}
        return next((name for name in self.tables if title_key(name) in keys), None)

    def _above(self, place: Place) -> ReadStatement | None:
        """The table a note stands under: a few paragraphs before it, in the same section."""
        known = self.known
        if known is None or place.row is not None or place.series is not None:
            return None
        own = known.passage_of(place)
        for read in reversed(known.tables.statements):
            if 0 < place.block - read.blocks[-1] <= _NOTE_REACH and own is not None:
                other = known.passage_of(Place(Point(read.blocks[-1], 0), Point(read.blocks[-1], 0)))
                same = other is not None and known.outline.deepest[own] == known.outline.deepest[other]
                return read if same else None
        return None


def _fits(spec: RowSpec, title: str) -> bool:
    bare = title_key(title)
    return any(title_key(word) in bare for word in spec.sections)


def _tables(report: Report, known: Understanding | None) -> dict[str, str | None]:
    """The statutory tables of the layout (those recognised, without one).

    None for a table that was not recognised, else why it cannot be called right: "" where nothing stands against it.
    """
    profile = profile_of(report.profile)
    read = known.tables.statements if known else ()
    checks = (*report.checks.not_applicable, *report.checks.could_not_check)
    stated = all(skipped.rule != _STATED for skipped in checks)
    if profile is None or not profile.tables:
        return {s.statement.title: _open(s, stated=stated) for s in read}
    return {spec.title: next((_open(s, stated=stated) for s in read if _is(spec, s)), None) for spec in profile.tables}


def _is(spec: TableSpec, read: ReadStatement) -> bool:
    return bool(spec.keys & {title_key(t) for t in (read.title, *read.statement.titles) if t})


def _open(read: ReadStatement, *, stated: bool) -> str:
    """`stated`: it was checked that empty tables say so; one that does not has a finding of its own."""
    if read.is_empty and not stated:
        return "空表，请核对表下是否写明没有这项收支。"
    if read.shift or not read.complete:
        return "表里有数没有读懂，请人工核对后填写。"
    return ""


def _problem(number: int, finding: Finding, report: Report) -> Problem:
    subject = finding.subject or next(iter(finding.evidence), None)
    where = subject.where if subject else None
    said = words.place(where)
    place = f"（{said}）" if said else ""
    quote = _quoted(finding, subject)
    asks = finding.severity is Severity.WARNING and "请核实" not in finding.message
    doubt = "请核实：" if asks else ""
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    if where is not None and report.format == "pdf" and where.boxes:
        page = where.boxes[0].page
        boxes = tuple(box.box for box in where.boxes if box.page == page)
    return Problem(f"{number}.{place}{doubt}{quote}{finding.message}", page, boxes)


def _quoted(finding: Finding, subject: Evidence | None) -> str:
    """The report's own words, where the message does not quote them."""
    quote = "".join(subject.quote.split()) if subject and subject is finding.subject else ""
    return f"原文“{quote}”。" if quote and quote not in "".join(finding.message.split()) else ""


# --- for the journal of a batch ------------------------------------------------------------------------------


def table_json(table: CheckTable) -> dict[str, Any]:
    """The table as JSON, without the boxes: pictures are drawn while the document is at hand."""
    return {
        "title": table.title,
        "entity": table.entity,
        "rows": [
            {
                "group": row.group,
                "item": row.item,
                "verdict": row.verdict,
                "problems": [problem.text for problem in row.problems],
                "reason": row.reason,
            }
            for row in table.rows
        ],
    }


def table_of(raw: Mapping[str, Any]) -> CheckTable:
    """The table of its JSON."""
    rows = tuple(
        CheckRow(r["group"], r["item"], r["verdict"], tuple(Problem(t) for t in r["problems"]), r["reason"])
        for r in raw["rows"]
    )
    return CheckTable(raw["title"], raw["entity"], rows)
