"""All benchmarks, one after the other, into bench/RESULTS.md.

    python bench/run.py [--quick]

`--quick` takes a sample of the mutants and short runs of the rest, and writes nothing.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import accuracy, coverage, fuzz, mutate, pdf_oracle, pdf_speed, phrases, read, speed, tables
from bench.common import ROOT, SAMPLES, TXT, percent, samples, table
from juesuan.document.read import open_document
from juesuan.understand.understanding import understand

RESULTS = ROOT / "bench" / "RESULTS.md"
COVERED = (
    TXT,
    SAMPLES / "putuo-shiquan-2025-final.docx",
    SAMPLES / "putuo-sthjj-2025-final.docx",
    SAMPLES / "putuo-shgzb-2024-final.pdf",
)
QUICK_MUTANTS = 100


def _accuracy() -> tuple[str, bool]:
    results, cases = accuracy.run()
    text = accuracy.summary(results) + "\n\n" + accuracy.case_summary(cases)
    return text, not any(r.violations for r in results)


def _coverage() -> tuple[str, bool]:
    rows: list[list[object]] = []
    good = True
    for path in COVERED:
        document = open_document(path)
        found = coverage.cover(document, understand(document))
        rows += coverage.summary(path.name, found)
        if path == TXT:
            bound, related = (sum(getattr(c, key) for c in found) * 100 / len(found) for key in ("bound", "related"))
            good = bound >= coverage.BOUND and related >= coverage.RELATED
    asked = f"Asked of the txt sample: bound ≥ {coverage.BOUND:.0f}%, related ≥ {coverage.RELATED:.0f}%."
    return table(coverage.HEADS, rows) + "\n\n" + asked, good


def _mutate(sample: int) -> tuple[str, bool]:
    outcomes = mutate.run(TXT, sample=sample)
    found, n = mutate.rate(outcomes, related=True)
    text = (
        mutate.summary(outcomes)
        + f"\n\nAsked: of the related ≥ {mutate.KILLED_OF_RELATED:.0f}%.\n\nRelated and not found:\n\n"
    )
    return text + mutate.survivors(outcomes, related=True), found * 100 >= mutate.KILLED_OF_RELATED * n


def _phrases(draws: int) -> tuple[str, bool]:
    drawn: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    shapes = list(phrases.SHAPES)
    for number in range(draws):
        shape = shapes[number % len(shapes)]
        drawn[shape] += 1
        failed[shape] += any(True for _ in phrases.differences(phrases.draw(random.Random(f"1/{number}"), shape)))
    rows: list[list[object]] = [[s, drawn[s], failed[s]] for s in shapes]
    return table(
        ["shape", "written", "read otherwise"], [*rows, ["all", drawn.total(), failed.total()]]
    ), not failed.total()


def _read() -> tuple[str, bool]:
    rows: list[list[object]] = []
    false = 0
    for path in (p for p in sorted(SAMPLES.iterdir()) if read.verdicts_of(p)):
        count = read.tally(path)
        judged = count.total() - count[read.UNREAD]
        rows.append([path.name, *(count[v] for v in read.VERDICTS), percent(count["属实"], judged)])
        false += count["不实"]
    return table(["sample", *read.VERDICTS, "true of the read"], rows), not false


def sections(*, quick: bool) -> Iterator[tuple[str, str, str, bool]]:
    """Title, command, text, and whether what is asked for is met."""
    yield "Accuracy on labelled documents", "python bench/accuracy.py", *_accuracy()
    yield "Findings read one by one against the sample", "python bench/read.py", *_read()
    yield "Coverage of the sentences' figures", "python bench/coverage.py", *_coverage()
    yield "Mutations found (anju-gsl-2023-final.txt)", "python bench/mutate.py", *_mutate(QUICK_MUTANTS if quick else 0)
    yield "Written at random and read back", "python bench/phrases.py", *_phrases(500 if quick else 5000)
    yield "Damaged input", "python bench/fuzz.py --seconds 30", *fuzz.report(5 if quick else 30, 1)
    yield "Speed", "python bench/speed.py", *speed.report(5 if quick else 20)
    yield "Speed of PDFs and workbooks", "python bench/pdf_speed.py", *pdf_speed.report(rounds=1 if quick else 3)
    yield "Cells of PDFs beside pdfplumber's", "python bench/pdf_oracle.py", *pdf_oracle.report()
    yield "Every table of every sample", "python bench/tables.py", *tables.report(samples())


def main() -> int:
    """Run all; exit status 1 when one falls short of what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    pages = [
        "# Results",
        "",
        "Written by `python bench/run.py`; each table names the command that makes it, with all details.",
        "",
    ]
    short = []
    for title, command, text, good in sections(quick=options.quick):
        page = f"## {title}\n\n`{command}`\n\n{text}\n"
        print(page, flush=True)
        pages.append(page)
        if not good:
            short.append(title)
    pages.append("Short of what is asked: " + ("、".join(short) if short else "nothing") + ".\n")
    print(pages[-1])
    if not options.quick:
        RESULTS.write_text("\n".join(pages), encoding="utf-8")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
