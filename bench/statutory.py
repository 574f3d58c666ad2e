"""Correct statutory tables in many layouts beside the text of the same books: nothing graver than a hint may be said.

python bench/statutory.py [--manner NAME] [--reports N] [--seed S] [--format docx|html|xlsx|pdf] [--show]
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.provincial_books import Dice, Voice, draw_books
from bench.provincial_budget_text import central_budget
from bench.provincial_grids import Piece, to_document
from bench.provincial_layouts import MANNERS, Manner
from bench.provincial_ledger import draw_ledger
from bench.provincial_mess import MESSES
from bench.provincial_press import Press
from bench.provincial_reports import STYLES
from bench.provincial_statutory import Printed, print_tables
from juesuan.check import check_document
from juesuan.document.model import Document
from juesuan.findings import Finding, Severity
from juesuan.understand.understanding import Understanding, understand

HERE = "\f"
WRITERS = {name: writer for name, (writer, _) in STYLES.items()} | {"budget_central": central_budget}


@dataclass(slots=True)
class Made:
    """One correct report: its pieces in order, and its tables."""

    manner: Manner
    pieces: list[Piece]
    tables: list[Printed]


def make(name: str, seed: int, mess: str = "plain") -> Made:
    """A correct report in one manner, its tables with what befell them on the way."""
    m = MANNERS[name]
    rng = Dice(f"statutory/{name}/{seed}")
    rng.scale = 1000 if (m.unit, m.decimals) in {("万元", 1), ("亿元", 4)} else 1
    books = draw_books(rng, m.year, many=m.summed)
    books.tables = [HERE]
    ledger = draw_ledger(books, rng)
    text = Voice(rng, "万元", thousands=rng.random() < 0.3)
    if m.unit == "亿元" or (m.decimals < 2 and m.unit != "元"):
        text = Voice(rng, m.unit, m.decimals, from_shown=True)
    lines = WRITERS[m.writer](books, text)
    tables = print_tables(Press(ledger, m, rng))
    printed: list[Piece] = []
    chance = random.Random(f"{mess}/{name}/{seed}")
    for t in tables:
        printed += MESSES[mess](chance, t)
    pieces: list[Piece] = []
    for line in lines:
        if line != HERE:
            pieces.append(line)
        elif not m.at_end:
            pieces += printed
    if m.at_end or HERE not in lines:
        pieces += ["附表", *printed]
    return Made(m, pieces, tables)


def graver(document: Document) -> list[Finding]:
    """What is said of it, hints and reasons not given left aside."""
    return [
        f
        for f in check_document(document).findings
        if f.severity > Severity.HINT and not (f.rule == "JS407" and "没有说明原因" in f.message)
    ]


def missing(made: Made, read: Understanding) -> list[str]:
    """Tables that were not recognised as what they are, or were read in part."""
    as_what = made.manner.expected
    wanted = Counter(id_ for t in made.tables if (id_ := as_what.get(t.table.id, t.table.id)))
    found = Counter(s.statement.base for s in read.tables.statements)
    lines = [f"not found: {k}" for k in wanted - found] + [f"found too much: {k}" for k in found - wanted]
    return lines + [f"doubt: {d}" for d in read.tables.doubts]


def _report(name: str, seed: int, mess: str, *, merged: bool) -> int:
    """Print what is said of one correct report; how many false alarms that is."""
    made = make(name, seed, mess)
    document = to_document(made.pieces, merged=merged)
    found = graver(document)
    for f in found:
        quote = f.subject.quote if f.subject else ""
        print(f"{mess} {name} {seed} {f.rule} {f.severity.key} {quote} | {f.message} | {f.formula}")
    for line in missing(made, understand(document)):
        print(f"{mess} {name} {seed} {line}")
    return len(found)


def main() -> int:
    """Print the false alarms and what was not understood; exit status 1 on a false alarm."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--manner", choices=list(MANNERS))
    parser.add_argument("--reports", type=int, default=3, help="of each manner")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--mess", choices=[*MESSES, "all"], default="plain")
    parser.add_argument("--unmerged", action="store_true", help="merged cells are lost")
    options = parser.parse_args()
    alarms = 0
    names = [options.manner] if options.manner else list(MANNERS)
    for mess in MESSES if options.mess == "all" else [options.mess]:
        for name in names:
            for seed in range(options.seed, options.seed + options.reports):
                alarms += _report(name, seed, mess, merged=not options.unmerged)
    return 1 if alarms else 0


if __name__ == "__main__":
    sys.exit(main())
