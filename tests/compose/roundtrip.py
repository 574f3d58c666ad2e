"""What was printed against what is read back: every figure at its place, with its exact digits."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from juesuan.compose.document import as_document
from juesuan.compose.draft import ChartBlock, Draft, Paragraph, TableBlock
from juesuan.document.model import Document
from juesuan.facts import Fact
from juesuan.findings import Report, Severity
from juesuan.quantity import parse
from juesuan.understand.understanding import Understanding, understand

ROUNDING = {"JS101", "JS110"}
"""Rules that hint at sums which are off by rounding."""


def unwanted(report: Report) -> list[str]:
    """Everything a check says of a compiled report but rounding."""
    return [
        f"{f.rule} {f.severity.key}: {f.message}"
        for f in report.findings
        if f.severity > Severity.HINT or f.rule not in ROUNDING
    ]


def amounts_printed(report: Draft) -> Counter[Decimal]:
    """The amounts and rates of the text, as a reader sees them."""
    found: Counter[Decimal] = Counter()
    for block in report.blocks:
        if isinstance(block, Paragraph):
            found.update(_value(r.text) for r in block.runs if r.figure is not None and r.text[-1] in "元%")
    return found


def amounts_read(understanding: Understanding) -> Counter[Decimal]:
    """The amounts and rates that became facts of the text, each place once."""
    seen: dict[object, Fact] = {}
    for fact in understanding.facts:
        if fact.place.row is None and fact.quantity.measure.symbol in {"万元", "%"}:
            seen[fact.place] = fact
    return Counter(f.quantity.base for f in seen.values())


def cells_printed(report: Draft, *, of: set[str] | None = None) -> Counter[tuple[str, Decimal]]:
    """The figures of the tables, by statement."""
    found: Counter[tuple[str, Decimal]] = Counter()
    for block in report.blocks:
        if isinstance(block, TableBlock) and (of is None or block.name in of):
            found.update((block.name, _value(f"{c.text}万元")) for c in block.cells if c.figure is not None)
    return found


def cells_read(understanding: Understanding) -> Counter[tuple[str, Decimal]]:
    """The figures of the tables that were recognised, by statement."""
    return Counter((s.statement.id, f.quantity.base) for s in understanding.tables.statements for f in s.facts)


def charts_printed(report: Draft) -> list[tuple[str, ...]]:
    return [s.texts for b in report.blocks if isinstance(b, ChartBlock) for s in b.series]


def through_model(report: Draft) -> tuple[Document, Understanding]:
    document = as_document(report)
    return document, understand(document)


def _value(text: str) -> Decimal:
    found = parse(text)
    if found is None:
        raise ValueError(text)
    return found.base
