"""Our table cells beside pdfplumber's own, on all PDF samples: the non-empty cells of every page as a multiset.

    python bench/pdf_oracle.py [FILE...]

Blanks are left out of the comparison; pdfplumber's line ends inside a cell too. Every cell one side has and the other has
not is accounted for: as the header that a table repeats on a later page (it stands once in ours), as a cell cut by the end
of a page (it is whole in ours), as words that we read as a paragraph (a table of contents, a frame around text), or as
unexplained, and then it is printed.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pdfplumber

from bench.common import SAMPLES, squeeze, table
from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.document.model import Document, Paragraph, Table
from juesuan.document.pdf import read_pdf

Cells = dict[int, Counter[str]]
"""By page, how often each text fills a cell."""
REPEATED, CUT, PROSE, UNEXPLAINED = "header repeated", "cut by the page's end", "read as a paragraph", "UNEXPLAINED"
_HEADER = 6


@dataclass(slots=True)
class Side:
    """What one reader found: the number of tables (parts of one over several pages are one of ours), and the cells."""

    tables: int = 0
    cells: Cells = field(default_factory=lambda: defaultdict(Counter))

    @property
    def total(self) -> int:
        return sum(cells.total() for cells in self.cells.values())


def our_side(document: Document) -> Side:
    """The tables of our document."""
    side = Side()
    for block in document.blocks:
        if isinstance(block, Table):
            side.tables += 1
            for cell in block.cells:
                if squeeze(cell.text) and cell.page:
                    side.cells[cell.page][squeeze(cell.text)] += 1
    return side


def their_side(path: Path) -> Side:
    """The tables pdfplumber finds."""
    side = Side()
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for rows in page.extract_tables():
                side.tables += 1
                words = (squeeze(cell or "") for row in rows for cell in row)
                side.cells[page.page_number].update(word for word in words if word)
    return side


def _headers(document: Document) -> Cells:
    """The header cells of our tables, on each page after the first that a table goes on to."""
    found: Cells = defaultdict(Counter)
    for block in document.blocks:
        if isinstance(block, Table):
            head = Counter(squeeze(cell.text) for cell in block.cells if cell.row < _HEADER and cell.text.strip())
            for page in {cell.page for cell in block.cells if cell.page and cell.page != block.page}:
                found[page] += head
    return found


def _prose(document: Document) -> dict[int, str]:
    """Our text outside tables, by page, without blanks."""
    found: dict[int, str] = defaultdict(str)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            for page in {line.page for line in block.lines}:
                found[page] += squeeze(block.text)
    return found


def _cut(document: Document) -> tuple[Cells, Cells]:
    """Our cells that stand on several pages, and the piece of each that stands on a page."""
    whole: Cells = defaultdict(Counter)
    pieces: Cells = defaultdict(Counter)
    for block in document.blocks:
        for cell in block.cells if isinstance(block, Table) else ():
            by_page: dict[int, str] = defaultdict(str)
            for line in cell.lines:
                by_page[line.page] += cell.text[line.start : line.start + len(line)]
            if len(by_page) > 1 and cell.page:
                whole[cell.page][squeeze(cell.text)] += 1
                for page, text in by_page.items():
                    pieces[page][squeeze(text)] += 1
    return whole, pieces


def differences(document: Document, ours: Side, theirs: Side) -> Iterator[tuple[int, str, str, int]]:
    """Page, what it is, the cell, and how often, of all that one side has and the other has not."""
    headers, prose = _headers(document), _prose(document)
    whole, pieces = _cut(document)
    for page in sorted({*ours.cells, *theirs.cells}):
        mine, other = ours.cells[page] - theirs.cells[page], theirs.cells[page] - ours.cells[page]
        for text, count in mine.items():
            cut = min(count, whole[page][text])
            yield page, CUT, text, cut
            yield page, UNEXPLAINED, f"ours: {text}", count - cut
        for text, count in other.items():
            head = min(count, headers[page][text])
            cut = min(count - head, pieces[page][text])
            what = PROSE if text in prose[page] else UNEXPLAINED
            yield page, REPEATED, text, head
            yield page, CUT, text, cut
            yield page, what, f"theirs: {text}", count - head - cut


def report(files: Sequence[Path] = ()) -> tuple[str, bool]:
    """The table, every difference, and whether all are explained."""
    rows: list[list[object]] = []
    told: list[str] = []
    good = True
    for path in files or sorted(SAMPLES.glob("*.pdf")):
        document = read_pdf(path, path.read_bytes(), DEFAULT_LIMITS)
        ours, theirs = our_side(document), their_side(path)
        agree = sum((ours.cells[page] & theirs.cells[page]).total() for page in list(ours.cells))
        kinds: dict[str, Counter[int]] = defaultdict(Counter)
        for page, what, text, count in differences(document, ours, theirs):
            kinds[what][page] += count
            if what == UNEXPLAINED and count:
                told.append(f"{path.name} p{page} {what} {text} ×{count}")
        told += [
            f"{path.name} {what}: " + "、".join(f"p{page} {n}" for page, n in sorted(pages.items()) if n)
            for what, pages in kinds.items()
            if what != UNEXPLAINED and pages.total()
        ]
        counts = [kinds[what].total() for what in (REPEATED, CUT, PROSE, UNEXPLAINED)]
        good = good and not counts[-1]
        rows.append([path.name, ours.tables, theirs.tables, ours.total, theirs.total, agree, *counts])
    heads = ["PDF", "tables", "theirs", "cells", "theirs", "agree", REPEATED, CUT, PROSE, "unexplained"]
    return table(heads, rows) + "\n\n" + "\n".join(f"- {line}" for line in told), good


def main() -> int:
    """Print the table and the differences; exit status 1 when one is unexplained."""
    text, good = report([Path(a) for a in sys.argv[1:]])
    print(text)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
