"""Findings as SARIF 2.1.0, for editors and build servers.

A report in Word or PDF has no text of its own that a tool could count in. The text as it was read (blocks after each
other, cells of a table row by row, each ending with a line break) therefore stands in the log as the artifact's
rendered contents, and regions count code points in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from juesuan import __version__
from juesuan.document.model import Block, Chart, Document, Paragraph, Table
from juesuan.findings import Evidence, Finding, Outcome, Report, Role, Safety, Severity, Trouble
from juesuan.place import Place, Where
from juesuan.render import words
from juesuan.render.json import Json
from juesuan.rules import RULES, Rule

__all__ = ["render_sarif"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "juesuanFinding/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Text:
    """A document as one text, and where each paragraph, cell and chart label begins in it."""

    text: str
    starts: Mapping[tuple[int, ...], int] = field(repr=False)

    def region(self, place: Place, document: Document) -> dict[str, Json] | None:
        first, last = self._at(place, place.start.block, document), self._at(place, place.end.block, document)
        if first is None or last is None:
            return None
        start, end = first + place.start.offset, last + place.end.offset
        end = max(start, end)
        return {"charOffset": start, "charLength": end - start, "snippet": {"text": self.text[start:end]}}

    def _at(self, place: Place, number: int, document: Document) -> int | None:
        block = document.blocks[number] if 0 <= number < len(document.blocks) else None
        if isinstance(block, Table):
            found = block.at(place.row or 0, place.column or 0)
            return None if found is None else self.starts.get((number, found.row, found.column))
        if isinstance(block, Chart):
            return self.starts.get((number, *_chart_key(place.series, place.point)))
        return self.starts.get((number,))


def render_sarif(reports: Sequence[Report], documents: Mapping[str, Document]) -> str:
    """All reports as one SARIF log with one run, ending with a line break; the same input gives the same bytes."""
    used = sorted({finding.rule for report in reports for finding in report.findings} & RULES.keys())
    indices = {code: number for number, code in enumerate(used)}
    texts = {path: _linear(document) for path, document in documents.items()}
    run: dict[str, Json] = {
        "tool": {
            "driver": {
                "name": "juesuan",
                "version": __version__,
                "semanticVersion": __version__,
                "language": "zh-CN",
                "rules": [_rule(RULES[code]) for code in used],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(reports)],
        "artifacts": [_artifact(report, texts.get(report.path)) for report in reports],
        "results": [
            _result(finding, _Source(number, report, documents, texts), indices)
            for number, report in enumerate(reports)
            for finding in report.findings
        ],
    }
    log: Json = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    text = json.dumps(log, ensure_ascii=False, allow_nan=False, indent=1)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


# --- the document as one text --------------------------------------------------------------------------------


def _linear(document: Document) -> _Text:
    pieces: list[str] = []
    starts: dict[tuple[int, ...], int] = {}
    at = 0
    for block in document.blocks:
        for key, text in _pieces(block):
            starts[key] = at
            pieces.append(text)
            at += len(text) + 1
    return _Text("\n".join([*pieces, ""]), starts)


def _pieces(block: Block) -> Iterator[tuple[tuple[int, ...], str]]:
    if isinstance(block, Paragraph):
        yield (block.id,), block.text
    elif isinstance(block, Table):
        for cell in block.cells:
            yield (block.id, cell.row, cell.column), cell.text
    elif isinstance(block, Chart):
        yield (block.id, *_chart_key(None, None)), block.title
        for point, category in enumerate(block.categories):
            yield (block.id, *_chart_key(-1, point)), category
        for number, series in enumerate(block.series):
            yield (block.id, *_chart_key(number, None)), series.name
            for point, value in enumerate(series.values):
                yield (block.id, *_chart_key(number, point)), value or ""


def _chart_key(series: int | None, point: int | None) -> tuple[int, int]:
    """A chart's title is (-2, -1), a category (-1, point), a series' name (series, -1)."""
    if point is None:
        return (-2 if series is None else series, -1)
    return (-1 if series is None else series, point)


# --- rules, files --------------------------------------------------------------------------------------------


def _rule(rule: Rule) -> Json:
    help_text = f"{rule.checks}\n\n怎样改：{rule.mend}\n\n依据：{rule.basis}"
    markdown = f"{rule.checks}\n\n**为什么** {rule.why}\n\n**依据** {rule.basis}\n\n**怎样改** {rule.mend}"
    return {
        "id": rule.code,
        "name": "".join(part.title() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.checks},
        "help": {"text": help_text, "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _artifact(report: Report, text: _Text | None) -> Json:
    artifact: dict[str, Json] = {"location": {"uri": _uri(report.path)}, "roles": ["analysisTarget"]}
    if report.sha256:
        artifact["hashes"] = {"sha-256": report.sha256}
    if text is not None:
        artifact["contents"] = {"rendered": {"text": text.text}}
    artifact["properties"] = {
        "entity": report.entity,
        "year": report.year,
        "kind": report.kind,
        "outcome": report.outcome.value,
    }
    return artifact


def _uri(path: str) -> str:
    # A drive letter would read as a scheme.
    path = path.replace("\\", "/")
    return f"file:///{quote(path)}" if re.match(r"[A-Za-z]:/", path) else quote(path, errors="replace")


def _invocation(reports: Sequence[Report]) -> Json:
    told: list[Json] = [
        _notification(report, number, trouble) for number, report in enumerate(reports) for trouble in report.problems
    ]
    return {
        "executionSuccessful": all(report.outcome not in {Outcome.UNREADABLE, Outcome.PARTIAL} for report in reports),
        "toolExecutionNotifications": told,
    }


def _notification(report: Report, number: int, trouble: Trouble) -> Json:
    location: Json = {"physicalLocation": {"artifactLocation": {"uri": _uri(report.path), "index": number}}}
    return {
        "level": "error" if trouble.lost else "note",
        "message": {"text": trouble.message},
        "locations": [location],
    }


# --- findings ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Source:
    """The file a finding speaks of: its number among the artifacts, and what is known of it."""

    number: int
    report: Report
    documents: Mapping[str, Document]
    texts: Mapping[str, _Text]

    def physical(self, where: Where) -> dict[str, Json]:
        path = self._path(where)
        place: dict[str, Json] = {"artifactLocation": {"uri": _uri(path)}}
        if path == self.report.path:
            place["artifactLocation"] = {"uri": _uri(path), "index": self.number}
        region = self.region(where)
        if region is not None:
            place["region"] = region
        return place

    def _path(self, where: Where) -> str:
        """The artifact a place is counted in: files that were put together count as one."""
        return self.report.path if self.report.files else where.file or self.report.path

    def region(self, where: Where) -> dict[str, Json] | None:
        path = self._path(where)
        document, text = self.documents.get(path), self.texts.get(path)
        return None if document is None or text is None else text.region(where.place, document)


def _result(finding: Finding, source: _Source, indices: Mapping[str, int]) -> Json:
    result: dict[str, Json] = {"ruleId": finding.rule}
    if finding.rule in indices:
        result["ruleIndex"] = indices[finding.rule]
    result |= {"level": _LEVELS[finding.severity], "message": {"text": _message(finding)}}
    subjects = [e for e in finding.evidence if e.role is Role.SUBJECT][:1] or list(finding.evidence[:1])
    if subjects:
        result["locations"] = [_location(e, source) for e in subjects]
    else:
        artifact: Json = {"uri": _uri(source.report.path), "index": source.number}
        result["locations"] = [{"physicalLocation": {"artifactLocation": artifact}}]
    others = [e for e in finding.evidence if e not in subjects]
    if others:
        result["relatedLocations"] = [_location(e, source, number) for number, e in enumerate(others, start=1)]
    if finding.id:
        result["partialFingerprints"] = {FINGERPRINT: finding.id}
    fix = _fix(finding, source)
    if fix is not None:
        result["fixes"] = [fix]
    result["properties"] = {
        "name": finding.name,
        "expected": finding.expected,
        "actual": finding.actual,
        "range": None if finding.range is None else list(finding.range),
        "formula": finding.formula,
        "basis": finding.basis,
    }
    return result


def _message(finding: Finding) -> str:
    formula = f"\n算式：{finding.formula}" if finding.formula else ""
    return f"{finding.message}{formula}\n建议：{words.mend(finding)}"


def _location(evidence: Evidence, source: _Source, number: int | None = None) -> Json:
    where = words.where_of(evidence, source.documents.get(source.report.path))
    location: dict[str, Json] = {} if number is None else {"id": number}
    location["physicalLocation"] = source.physical(where)
    said = words.place(where)
    if said:
        location["logicalLocations"] = [{"fullyQualifiedName": said}]
    location["message"] = {"text": f"{words.ROLES[evidence.role]}：{evidence.quote}"}
    location["properties"] = {
        "page": where.page,
        "boxes": [[b.page, *(round(e, 2) for e in b.box)] for b in where.boxes],
    }
    return location


def _fix(finding: Finding, source: _Source) -> Json:
    fix = finding.fix
    if fix is None or fix.safety is Safety.DISPLAY_ONLY or not 0 <= fix.evidence < len(finding.evidence):
        return None
    where = words.where_of(finding.evidence[fix.evidence], source.documents.get(source.report.path))
    region = source.region(where)
    if region is None or (where.file and not source.report.files):
        return None
    region.pop("snippet", None)
    return {
        "description": {"text": words.mend(finding)},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": _uri(source.report.path), "index": source.number},
                "replacements": [{"deletedRegion": region, "insertedContent": {"text": fix.new}}],
            }
        ],
    }
