"""A document of the JSON contract as a Report again, for renderers that are fed from a journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from juesuan.findings import (
    Checks,
    Coverage,
    Evidence,
    Finding,
    Fix,
    Outcome,
    Report,
    Role,
    Safety,
    Severity,
    Skipped,
    Trouble,
)
from juesuan.place import PageBox, Place, Point, Where

__all__ = ["report_of"]

Raw = Mapping[str, Any]
"""A value of this program's own JSON, whose form docs/schema/check-1.schema.json fixes."""


def report_of(raw: Raw) -> Report:
    """The report a JSON document tells of; what the contract leaves out (keys, cells) is left out here."""
    coverage, checks = raw["coverage"], raw["checks"]
    return Report(
        path=raw["path"],
        sha256=raw["sha256"] or "",
        kind=raw["kind"],
        profile=raw["profile"],
        entity=raw["entity"],
        year=raw["year"],
        pages=raw["pages"],
        outcome=Outcome(raw["outcome"]),
        problems=tuple(_trouble(item, lost=raw["outcome"] == "unreadable") for item in raw["problems"]),
        coverage=Coverage(
            numbers=coverage["numbers"],
            bound=coverage["bound"],
            related=coverage["related"],
            inert=coverage["inert"],
            unread=tuple(_evidence({"role": "other", **item}) for item in coverage["unread"]),
        ),
        checks=Checks(
            passed=checks["passed"],
            off_by_rounding=checks["off_by_rounding"],
            failed=checks["failed"],
            not_applicable=tuple(Skipped(**item) for item in checks["not_applicable"]),
            could_not_check=tuple(Skipped(**item) for item in checks["could_not_check"]),
        ),
        findings=tuple(_finding(item) for item in raw["findings"]),
    )


def _trouble(raw: Raw, *, lost: bool) -> Trouble:
    return Trouble(raw["message"], None if raw["where"] is None else _where(raw["where"]), lost=lost)


def _finding(raw: Raw) -> Finding:
    fix = raw["fix"]
    return Finding(
        rule=raw["rule"],
        name=raw["name"],
        severity=Severity[raw["severity"].upper()],
        message=raw["message"],
        evidence=tuple(_evidence(item) for item in raw["evidence"]),
        expected=raw["expected"],
        actual=raw["actual"],
        range=None if raw["range"] is None else (raw["range"][0], raw["range"][1]),
        formula=raw["formula"],
        basis=raw["basis"],
        fix=None if fix is None else Fix(fix["old"], fix["new"], Safety(fix["safety"]), fix["evidence"]),
        id=raw["id"] or "",
    )


def _evidence(raw: Raw) -> Evidence:
    where = _where(raw["where"])
    return Evidence(where.place, raw["quote"], Role(raw["role"]), where)


def _where(raw: Raw) -> Where:
    start, end = raw["start"], raw["end"]
    return Where(
        Place(Point(start["block"], start["offset"]), Point(end["block"], end["offset"])),
        file=raw["file"],
        page=raw["page"],
        part=raw["part"] or "",
        section=raw["section"] or "",
        table=raw["table"],
        row=raw["row"],
        column=raw["column"],
        sheet=raw["sheet"],
        chart=raw["chart"],
        boxes=tuple(PageBox(one["page"], (*one["box"],)) for one in raw["boxes"]),
    )
