"""Our table cells beside pdfplumber's own, on all PDF samples: the non-empty cells of every page as a multiset.

    python bench/pdf_oracle.py [FILE...]

Blanks are left out of the comparison; pdfplumber's line ends inside a cell too. Every cell one side has and the other
has not is printed.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

import pdfplumber

from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.document.model import Table
from juesuan.document.pdf import read_pdf

SAMPLES = Path(__file__).parent / "samples"


def bare(text: str | None) -> str:
    """The text without any blanks."""
    return "".join((text or "").split())


def our_cells(path: Path) -> tuple[int, dict[int, Counter[str]]]:
    """The number of tables, and the non-empty cells of each page."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    document = read_pdf(path, path.read_bytes(), DEFAULT_LIMITS)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for table in tables:
        for cell in table.cells:
            if bare(cell.text) and cell.page:
                found[cell.page][bare(cell.text)] += 1
    return len(tables), found


def their_cells(path: Path) -> tuple[int, dict[int, Counter[str]]]:
    """The same of pdfplumber."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    tables = 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                tables += 1
                found[page.page_number].update(bare(cell) for row in table for cell in row if bare(cell))
    return tables, found


def main(arguments: list[str]) -> None:
    """Print the table, then every difference."""
    files = [Path(a) for a in arguments] or sorted(SAMPLES.glob("*.pdf"))
    print(f"{'file':<42}{'tables':>7}{'theirs':>7}{'cells':>7}{'theirs':>7}{'agree':>7}")
    differences: list[str] = []
    for path in files:
        (mine, ours), (other, theirs) = our_cells(path), their_cells(path)
        agree = sum((ours[page] & theirs[page]).total() for page in ours)
        counts = (sum(c.total() for c in side.values()) for side in (ours, theirs))
        print(f"{path.name:<42}{mine:>7}{other:>7}" + "".join(f"{n:>7}" for n in (*counts, agree)))
        for page in sorted({*ours, *theirs}):
            only, missing = ours[page] - theirs[page], theirs[page] - ours[page]
            if only or missing:
                differences.append(f"{path.name} p{page}: ours {sorted(only)[:8]} theirs {sorted(missing)[:8]}")
    print("\n".join(differences) or "no difference")


if __name__ == "__main__":
    main(sys.argv[1:])
