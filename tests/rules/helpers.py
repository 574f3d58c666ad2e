"""Run one rule on a text or a sample, as a user would."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from juesuan.check import Selection, check_document, check_years
from juesuan.document.read import open_document, read_text
from juesuan.findings import Finding, Report

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"


def findings(code: str, text: str) -> tuple[Finding, ...]:
    """What the rule says of a pasted text."""
    return of_example(text, Selection((code,)))


def of_example(text: str, selection: Selection | None = None) -> tuple[Finding, ...]:
    """What is found in an example: one report, or with form feeds between them those of several years."""
    documents = [read_text(part, f"{n}.txt") for n, part in enumerate(text.split("\f"))]
    if len(documents) == 1:
        return check_document(documents[0], selection).findings
    return check_years(documents, "years", selection).report.findings


@cache
def _report(name: str) -> Report:
    return check_document(open_document(SAMPLES / name))


def in_sample(code: str, name: str) -> list[tuple[str, str]]:
    """Severity and quoted words (without blanks) of what the rule finds in a sample, in reading order."""
    return _shown(f for f in _report(name).findings if f.rule == code)


def said(code: str, text: str) -> list[tuple[str, str]]:
    """Severity and quoted words of what the rule finds in a text."""
    return _shown(findings(code, text))


def _shown(found: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(f.severity.key, "".join((f.subject.quote if f.subject else "").split())) for f in found]
