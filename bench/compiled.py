"""Compile reports from random valid books and check them: how many are clean, and what is said of the others.

    python -m bench.compiled --model 2000 --files 60

`--model`: reports checked as composed, half in each layout. `--files`: reports written to docx, html and xlsx, read
back and checked. What is printed is a table; the exit status is 1 when a report was not clean.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from juesuan.check import check_document, check_file
from juesuan.compose import compile_report
from juesuan.compose.document import as_document
from juesuan.compose.write import render_report, write_report
from juesuan.document.read import open_document
from juesuan.understand.understanding import understand
from tests.compose.random_books import random_books
from tests.compose.roundtrip import amounts_printed, amounts_read, unwanted

PROFILES = ("sichuan-2023", "ministry-nine")


def by_model(seed: int, profile: str) -> list[str]:
    """What is wrong with one report as composed."""
    report = compile_report(random_books(seed, profile))
    document = as_document(report)
    said = unwanted(check_document(document, profile=profile))
    if amounts_read(understand(document)) != amounts_printed(report):
        said.append("facts: not read back as printed")
    return said


def by_files(seed: int, profile: str, folder: Path) -> list[str]:
    """What is wrong with one report as written to files."""
    report = compile_report(random_books(seed, profile))
    said: list[str] = []
    for path in write_report(report, folder, render_report(report, ("docx", "html", "xlsx")), force=True):
        # A workbook names no layout; the others are held to theirs.
        checked = (
            check_file(path).report if path.suffix == ".xlsx" else check_document(open_document(path), None, profile)
        )
        said += [f"{path.suffix} {line}" for line in unwanted(checked)]
        if path.suffix != ".xlsx" and amounts_read(understand(open_document(path))) != amounts_printed(report):
            said.append(f"{path.suffix} facts: not read back as printed")
    return said


def main() -> int:
    """Run both and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=int, default=200)
    parser.add_argument("--files", type=int, default=6)
    parser.add_argument("--first", type=int, default=0, help="first seed")
    options = parser.parse_args()
    clean: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for way, count in (("model", options.model), ("files", options.files)):
            for seed in range(options.first, options.first + count):
                profile = PROFILES[seed % 2]
                said = by_model(seed, profile) if way == "model" else by_files(seed, profile, Path(folder))
                clean[way] += not said
                for line in said:
                    wrong[line.split(":")[0]] += 1
                    print(f"  {way} {seed} {profile}: {line}", file=sys.stderr)
    for way, count in (("model", options.model), ("files", options.files)):
        print(f"{way:6} {clean[way]:5} of {count:5} clean")
    for line, count in wrong.most_common():
        print(f"  {count:4} {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
