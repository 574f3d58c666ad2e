"""The report as JSON: the stable contract `juesuan.check/1` (docs/schema/check-1.schema.json)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from juesuan import __version__
from juesuan.document.model import Block, Cell, Chart, Document, Paragraph, Table
from juesuan.findings import Evidence, Finding, Report, Skipped, Trouble
from juesuan.place import Place, Point, Where
from juesuan.render import words

SCHEMA = "juesuan.check/1"
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
_SURROGATE = re.compile("[\ud800-\udfff]")


def render_json(reports: Sequence[Report], documents: Mapping[str, Document], *, with_document: bool = False) -> str:
    """The reports as one JSON text, ending with a line break; the same input gives the same bytes.

    Absent values are null. `blocks` (the document as read) stands there only `with_document`; it is null for a
    document that could not be read.
    """
    content: Json = {
        "schema": SCHEMA,
        "version": __version__,
        "documents": [_document(report, documents, with_document=with_document) for report in reports],
    }
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
    # A lone surrogate cannot be written as UTF-8; JSON has an escape for it.
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def document_json(report: Report, document: Document | None) -> dict[str, Json]:
    """One document of the contract, for who writes many of them after each other."""
    return _document(report, {} if document is None else {report.path: document}, with_document=False)


def _document(report: Report, documents: Mapping[str, Document], *, with_document: bool) -> dict[str, Json]:
    document = documents.get(report.path)
    coverage, checks = report.coverage, report.checks
    result: dict[str, Json] = {
        "path": report.path,
        "sha256": report.sha256 or None,
        "kind": report.kind,
        "profile": report.profile,
        "entity": report.entity,
        "year": report.year,
        "pages": report.pages,
        "outcome": report.outcome.value,
        "problems": [_problem(trouble) for trouble in report.problems],
        "coverage": {
            "numbers": coverage.numbers,
            "bound": coverage.bound,
            "related": coverage.related,
            "inert": coverage.inert,
            "unread": [{"quote": item.quote, "where": _where_of(item, document)} for item in coverage.unread],
        },
        "checks": {
            "passed": checks.passed,
            "off_by_rounding": checks.off_by_rounding,
            "failed": checks.failed,
            "not_applicable": [_skipped(item) for item in checks.not_applicable],
            "could_not_check": [_skipped(item) for item in checks.could_not_check],
        },
        "findings": [_finding(finding, report, documents) for finding in report.findings],
    }
    if with_document:
        result["blocks"] = None if document is None else [_block(block) for block in document.blocks]
    return result


def _problem(trouble: Trouble) -> Json:
    return {"message": trouble.message, "where": None if trouble.where is None else where_json(trouble.where)}


def _skipped(item: Skipped) -> Json:
    return {"rule": item.rule, "reason": item.reason}


def _finding(finding: Finding, report: Report, documents: Mapping[str, Document]) -> Json:
    fix = finding.fix
    return {
        "id": finding.id or None,
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.key,
        "message": finding.message,
        "evidence": [_evidence(item, report, documents) for item in finding.evidence],
        "expected": finding.expected,
        "actual": finding.actual,
        "range": None if finding.range is None else list(finding.range),
        "formula": finding.formula,
        "basis": finding.basis,
        "fix": None
        if fix is None
        else {"evidence": fix.evidence, "old": fix.old, "new": fix.new, "safety": fix.safety.value},
    }


def _evidence(item: Evidence, report: Report, documents: Mapping[str, Document]) -> Json:
    other = item.where.file if item.where is not None else None
    document = documents.get(other or report.path)
    return {"quote": item.quote, "role": item.role.value, "where": _where_of(item, document)}


def _where_of(item: Evidence, document: Document | None) -> Json:
    return where_json(words.where_of(item, document))


def where_json(where: Where) -> dict[str, Json]:
    """A place as the contract has it; coordinates in points to two decimals."""
    place: Place = where.place
    return {
        "file": where.file,
        "page": where.page,
        "part": where.part or None,
        "section": where.section or None,
        "start": _point(place.start),
        "end": _point(place.end),
        "table": where.table,
        "row": where.row,
        "column": where.column,
        "sheet": where.sheet,
        "chart": where.chart,
        "boxes": [{"page": box.page, "box": [round(edge, 2) for edge in box.box]} for box in where.boxes],
    }


def _point(point: Point) -> Json:
    return {"block": point.block, "offset": point.offset}


def _block(block: Block) -> Json:
    base: dict[str, Json] = {"id": block.id, "kind": type(block).__name__.lower(), "page": block.page}
    if isinstance(block, Paragraph):
        return base | {
            "origin": block.origin.value,
            "heading": block.heading,
            "label": block.label or None,
            "text": block.text,
        }
    if isinstance(block, Table):
        return base | {
            "rows": block.rows,
            "columns": block.columns,
            "sheet": block.sheet,
            "regular": block.regular,
            "hidden": block.hidden,
            "cells": [_cell(cell) for cell in block.cells],
        }
    if isinstance(block, Chart):
        return base | {
            "chart": block.kind,
            "title": block.title,
            "categories": list(block.categories),
            "series": [
                {"name": one.name, "values": list(one.values), "labels": list(one.labels)} for one in block.series
            ],
        }
    return base


def _cell(cell: Cell) -> Json:
    return {
        "row": cell.row,
        "column": cell.column,
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
        "text": cell.text,
        "stored": cell.stored,
    }
