"""Change one number of a table cell, a form or a chart, and see whether it is found.

    python bench/mutate_cells.py [FILE ...] [--sample N] [--seed S]

Every number cell that is a fact, every figure of a performance form and every value of a chart may be hit; a mutant is
*related* when its figure is an operand of a judged relation, or a bound value of a chart. Operators: one digit, two
neighbouring digits swapped, ×10. Found: an error or a warning that was not there before has evidence at the cell, or
in its row or its table's totals (the place is named by the finding, whichever side it blames).
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from juesuan.check import check_document
from juesuan.document.model import Block, Chart, Document, Table
from juesuan.document.read import open_document
from juesuan.evaluate import evaluate
from juesuan.facts import Fact, State
from juesuan.findings import Finding, Severity
from juesuan.place import Place
from juesuan.understand.understanding import Understanding, understand

SAMPLES = Path(__file__).parent / "samples"
FILES = ("anju-gsl-2023-final.txt", "putuo-sthjj-2025-final.docx", "putuo-shgzb-2024-final.pdf")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Mutant:
    """`kind`: table, form or chart; `new`: the whole text of the cell or value after the change."""

    kind: str
    place: Place
    old: str
    new: str
    related: bool


def related_places(understanding: Understanding) -> set[Place]:
    """Where the operands of judged relations stand."""
    judged = (r for r in understanding.relations if evaluate(r).state is not State.UNJUDGED)
    places = {f.place for r in judged for f in r.facts if f.id >= 0}
    return places | {
        p for chart in understanding.charts for v in chart.values if v.holds and v.texts for p in _chart_place(v.fact)
    }


def _chart_place(fact: Fact | None) -> tuple[Place, ...]:
    return () if fact is None else (fact.place,)


def targets(understanding: Understanding) -> Iterator[tuple[str, Place]]:
    """Number cells of statements and forms, and values of charts."""
    facts = {f.place: f for f in understanding.facts}
    charts = [p for chart in understanding.charts for v in chart.values for p in _chart_place(v.fact)]
    statements = {b for s in understanding.tables.statements for b in s.blocks}
    for place in facts:
        if place.row is not None:
            yield ("table" if place.block in statements else "form"), place
    for place in charts:
        yield "chart", place


def mutants(document: Document, seed: int) -> list[Mutant]:
    """One mutant for each number that changes under a drawn operator."""
    understanding = understand(document)
    known = related_places(understanding)
    rng = random.Random(seed)
    found: list[Mutant] = []
    for kind, place in targets(understanding):
        old = _text(document, place)
        match = _NUMBER.search(old)
        if match is None or not any(c in "123456789" for c in match[0]):
            continue
        new = old[: match.start()] + _changed(match[0], rng) + old[match.end() :]
        if new != old:
            found.append(Mutant(kind, place, old, new, place in known))
    return found


def _changed(number: str, rng: random.Random) -> str:
    spots = [i for i, c in enumerate(number) if c.isdigit()]
    operator = rng.choice(("digit", "swap", "times10"))
    if operator == "times10":
        whole, point, part = number.replace(",", "").partition(".")
        return f"{whole}{part[:1] or '0'}{point}{part[1:]}{'0' if point else ''}"
    # A change of the last digit can lie within the rounding of a sum: no contradiction, and not asked for.
    spots = spots[:-1] or spots
    at = rng.choice(spots)
    if operator == "swap":
        pairs = [(a, b) for a, b in pairwise(spots) if number[a] != number[b]]
        if pairs:
            a, b = rng.choice(pairs)
            chars = list(number)
            chars[a], chars[b] = chars[b], chars[a]
            return "".join(chars)
    step = rng.choice((2, 3, 4, 5, 6, 7, 8))
    return number[:at] + str((int(number[at]) + step) % 10) + number[at + 1 :]


def _text(document: Document, place: Place) -> str:
    block = document.blocks[place.block]
    if isinstance(block, Table):
        cell = block.at(place.row or 0, place.column or 0)
        return cell.text if cell else ""
    if isinstance(block, Chart) and place.series is not None and place.point is not None:
        return block.series[place.series].values[place.point] or ""
    return ""


def mutate(document: Document, mutant: Mutant) -> Document:
    """The document with the one number changed."""
    block = document.blocks[mutant.place.block]
    changed: Block = block
    if isinstance(block, Table):
        holder = block.at(mutant.place.row or 0, mutant.place.column or 0)
        cells = tuple(c._replace(text=mutant.new) if c is holder else c for c in block.cells)
        changed = replace(block, cells=cells, _grid={})
    elif isinstance(block, Chart):
        series = list(block.series)
        number = mutant.place.series or 0
        values = list(series[number].values)
        values[mutant.place.point or 0] = mutant.new
        series[number] = replace(series[number], values=tuple(values))
        changed = replace(block, series=tuple(series))
    blocks = (*document.blocks[: block.id], changed, *document.blocks[block.id + 1 :])
    return replace(document, blocks=blocks)


def graver(findings: tuple[Finding, ...]) -> Counter[tuple[str, str, str | None]]:
    """Errors and warnings, by rule, matter and what they show."""
    return Counter((f.rule, f.key, f.message) for f in findings if f.severity >= Severity.WARNING)


def is_found(document: Document, before: Counter[tuple[str, str, str | None]], mutant: Mutant) -> bool:
    """Whether the changed document has a new error or warning with evidence in the changed block."""
    report = check_document(mutate(document, mutant))
    for finding in report.findings:
        if finding.severity < Severity.WARNING or (finding.rule, finding.key, finding.message) in before:
            continue
        if any(e.place.block == mutant.place.block for e in finding.evidence):
            return True
    return False


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=[str(SAMPLES / name) for name in FILES])
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print("| document | kind | mutants | related | found | of related |")
    print("|---|---|---:|---:|---:|---:|")
    missed: list[str] = []
    for name in options.files:
        document = open_document(name)
        before = graver(check_document(document).findings)
        drawn = mutants(document, options.seed)
        random.Random(options.seed).shuffle(drawn)
        for kind in ("table", "form", "chart"):
            these = [m for m in drawn if m.kind == kind][: options.sample]
            related = [m for m in these if m.related]
            hits = [m for m in related if is_found(document, before, m)]
            if these:
                share = f"{100 * len(hits) / len(related):.1f}%" if related else "–"
                print(f"| {Path(name).name} | {kind} | {len(these)} | {len(related)} | {len(hits)} | {share} |")
            missed += [
                f"{Path(name).name} {kind} {m.place.block}/{m.place.row}/{m.place.column}: {m.old} → {m.new}"
                for m in related
                if m not in hits
            ]
    print("\nRelated and not found:\n")
    print("\n".join(f"- {line}" for line in missed) or "none")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
