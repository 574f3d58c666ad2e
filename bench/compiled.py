"""Compile reports from random valid books and check them: how many are clean, and what is said of the others.

    python -m bench.compiled --model 2000 --files 60 --pdf 6

`--model`: reports checked as composed, half in each layout. `--files`: reports written to docx, html and xlsx, read
back and checked; `--pdf`: so many of them to PDF as well, through LibreOffice. Clean means: no finding but rounding,
and the facts read are the figures printed, of the text (a workbook has none) one by one and of every known table.
What is printed is a table; the exit status is 1 when a report was not clean.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from juesuan.check import check_document
from juesuan.compose import compile_report
from juesuan.compose.document import as_document
from juesuan.compose.draft import Draft
from juesuan.compose.write import render_report, write_report
from juesuan.document.model import Document
from juesuan.document.read import open_document
from juesuan.understand.understanding import understand
from tests.compose.random_books import random_books
from tests.compose.roundtrip import amounts_printed, amounts_read, cells_printed, cells_read, unwanted

PROFILES = ("sichuan-2023", "ministry-nine")
FORMATS = ("docx", "html", "xlsx", "pdf")


def by_model(seed: int, profile: str) -> list[str]:
    """What is wrong with one report as composed."""
    report = compile_report(random_books(seed, profile))
    return _wrong(as_document(report), report, profile)


def _wrong(document: Document, report: Draft, profile: str | None) -> list[str]:
    """What a check says of a report but rounding, and which facts are not those printed."""
    said = unwanted(check_document(document, profile=profile))
    found = understand(document)
    if document.format != "xlsx" and amounts_read(found) != amounts_printed(report):
        said.append("facts: the text is not read back as printed")
    read = cells_read(found)
    if not read or cells_printed(report, of={name for name, _ in read}) != read:
        said.append("facts: the tables are not read back as printed")
    return said


def by_files(seed: int, profile: str, folder: Path, formats: Sequence[str]) -> list[str]:
    """What is wrong with one report as written to files."""
    report = compile_report(random_books(seed, profile))
    said: list[str] = []
    for path in write_report(report, folder, render_report(report, formats), force=True):
        # A workbook names no layout; the others are held to theirs.
        held = None if path.suffix == ".xlsx" else profile
        said += [f"{path.suffix} {line}" for line in _wrong(open_document(path), report, held)]
    return said


def main() -> int:
    """Run both and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=int, default=200)
    parser.add_argument("--files", type=int, default=6)
    parser.add_argument("--pdf", type=int, default=0, help="of the files, so many as PDF too")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    options = parser.parse_args()
    clean: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for way, count in (("model", options.model), ("files", options.files)):
            for seed in range(options.first, options.first + count):
                profile = PROFILES[seed % 2]
                formats = FORMATS if seed < options.first + options.pdf else FORMATS[:-1]
                said = by_model(seed, profile) if way == "model" else by_files(seed, profile, Path(folder), formats)
                clean[way] += not said
                for line in said:
                    wrong[f"{way} {line.split(':')[0]}"] += 1
                    print(f"  {way} {seed} {profile}: {line}", file=sys.stderr)
    for way, count in (("model", options.model), ("files", options.files)):
        print(f"{way:6} {clean[way]:5} of {count:5} clean")
    for line, count in wrong.most_common():
        print(f"  {count:4} {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
