"""What the page's script knows of a document's findings: one small JSON object a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from juesuan.document.model import Document
from juesuan.findings import Evidence, Finding, Report, Role
from juesuan.render import words
from juesuan.render.excerpt import excerpt
from juesuan.render.html import formula
from juesuan.render.html.marks import placed
from juesuan.render.json import Json
from juesuan.render.width import window

_LINE = 96


def payload(report: Report, documents: Mapping[str, Document]) -> dict[str, Json]:
    """Findings and unread numbers of one document, with places in words; see data/page.js for the keys."""
    document = documents.get(report.path)
    return {
        "findings": [_finding(finding, report, documents) for finding in report.findings],
        "unread": [_evidence(item, report, document) for item in report.coverage.unread],
    }


def _finding(finding: Finding, report: Report, documents: Mapping[str, Document]) -> Json:
    tree = formula.parse(finding.formula) if finding.formula else None
    evidence = finding.evidence
    fix = finding.fix
    return {
        "id": finding.id,
        "rule": finding.rule,
        "name": words.title(finding),
        "severity": finding.severity.key,
        "word": finding.severity.word,
        "message": finding.message,
        "actual": fix.old if fix and finding.actual is None else finding.actual,
        "expected": fix.new if fix and finding.expected is None else finding.expected,
        "range": words.interval(finding) or None,
        "formula": finding.formula,
        "tree": None if tree is None else _tree(tree, evidence, set()),
        "basis": finding.basis,
        "mend": words.mend(finding),
        "evidence": [_evidence(item, report, _document(item, report, documents), whole=True) for item in evidence],
    }


def _document(item: Evidence, report: Report, documents: Mapping[str, Document]) -> Document | None:
    other = item.where.file if item.where is not None else None
    return documents.get(other or report.path)


def _evidence(item: Evidence, report: Report, document: Document | None, *, whole: bool = False) -> dict[str, Json]:
    result: dict[str, Json] = {
        "quote": item.quote,
        "place": words.place(words.where_of(item, document)),
        "placed": placed(item, document, report.path),
    }
    if whole:
        result |= {"role": item.role.value, "word": words.ROLES[item.role]}
        if item.role is Role.SUBJECT:
            line = excerpt(item, document)
            text, start, end = window(line.text, line.start, line.end, _LINE)
            result["line"] = [text[:start], text[start:end], text[end:]]
    return result


def _tree(node: formula.Node, evidence: Sequence[Evidence], used: set[int]) -> Json:
    if node.kids:
        return {"sign": node.sign, "word": node.word, "kids": [_tree(kid, evidence, used) for kid in node.kids]}
    return {"sign": node.sign, "text": node.text, "evidence": _source(node, evidence, used)}


def _source(leaf: formula.Node, evidence: Sequence[Evidence], used: set[int]) -> int | None:
    """The operand this leaf was taken from; one that served already is taken again only if no other fits."""
    wanted = formula.number(leaf.text)
    if wanted is None:
        return None
    fits = [
        index
        for index, item in enumerate(evidence)
        if item.role is not Role.FOLLOWER and formula.number(item.quote) == wanted
    ]
    # What stands behind the equals sign was computed; it is an operand only where a place still bears it.
    again = fits[0] if fits and leaf.sign not in formula.EQUALS else None
    chosen = next((index for index in fits if index not in used), again)
    if chosen is not None:
        used.add(chosen)
    return chosen
