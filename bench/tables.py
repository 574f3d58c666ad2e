"""Every table of every sample, and what it was recognised as.

    python bench/tables.py [FILE...]

A table is a statutory one (its title and the score of its layout), a performance form, or one that was not told and why;
what is left reads like no statutory table: its first words and its size are shown, so that one can see that it is none.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.common import samples, squeeze, table
from juesuan.document.model import Paragraph, Table
from juesuan.document.read import open_document
from juesuan.understand.tables.recognise import is_statement_title
from juesuan.understand.tables.words import unit_in
from juesuan.understand.understanding import Understanding, understand

_LONGEST, _REACH = 36, 4
Row = tuple[str, str, str, str, str]
"""Where, the line above it, its size, what it is, and why that."""


def _where(block: Table) -> str:
    if block.sheet:
        return block.sheet.strip()
    pages = sorted({cell.page for cell in block.cells if cell.page})
    return f"p{pages[0]}–{pages[-1]}" if len(pages) > 1 else f"p{pages[0]}" if pages else f"#{block.id}"


def _above(understood: Understanding, block: Table) -> str:
    """The title above a table, else the nearest line, else the first words in it."""
    lines: list[str] = []
    for before in reversed(understood.document.blocks[max(block.id - _REACH, 0) : block.id]):
        if not isinstance(before, Paragraph):
            break
        lines.append(squeeze(before.text))
    first = next((squeeze(cell.text) for cell in block.cells if cell.text.strip()), "")
    heads = [line for line in lines if line and not unit_in(line) and line != squeeze(block.sheet or "")]
    return next((line for line in heads if is_statement_title(line)), [*heads, first][0])[:_LONGEST]


def _named(understood: Understanding) -> dict[int, tuple[str, str]]:
    """What each block of a table is, and why."""
    found: dict[int, tuple[str, str]] = {}
    for form in understood.forms:
        for block in (form.block, *form.more):
            found[block] = "performance form", form.project_name[:_LONGEST]
    for read in understood.tables.statements:
        figures = f"{len(read.facts)} figures" if read.facts else "empty"
        notes = "；".join(read.notes)
        for block in read.blocks:
            found[block] = read.statement.id, f"{read.title}, {read.score:.2f}, {figures}{'；' if notes else ''}{notes}"
    for unknown in understood.tables.unrecognised:
        for block in unknown.blocks:
            found[block] = "NOT TOLD", unknown.reason
    return found


def rows_of(path: Path) -> Iterator[Row]:
    """The tables of a file in their order."""
    understood = understand(open_document(path))
    named = _named(understood)
    for block in understood.document.blocks:
        if isinstance(block, Table):
            what, why = named.get(block.id, ("–", "no statutory table"))
            yield _where(block), _above(understood, block), f"{block.rows}×{block.columns}", what, why


def report(files: list[Path]) -> tuple[str, bool]:
    """One table a file with its counts, and whether all that read like statutory tables were recognised."""
    pages: list[str] = []
    good = True
    for path in files:
        rows = list(rows_of(path))
        kinds = Counter(row[3] if row[3] in {"–", "NOT TOLD", "performance form"} else "recognised" for row in rows)
        good = good and not kinds["NOT TOLD"]
        counted = "、".join(f"{name} {count}" for name, count in kinds.most_common())
        pages.append(f"### {path.name}\n\n{len(rows)} tables: {counted}\n")
        if rows:
            pages.append(table(["where", "under", "size", "is", "why"], rows) + "\n")
    return "\n".join(pages), good


def main() -> int:
    """Print the tables; exit status 1 when one that reads like a statutory table was not told."""
    text, good = report([Path(a) for a in sys.argv[1:]] or samples())
    print(text)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
