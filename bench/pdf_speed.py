"""How long reading a PDF takes, beside pdfplumber's extract_text and extract_tables on the same machine.

    python bench/pdf_speed.py [FILE...]

Rounds are interleaved and the best of each is printed: milliseconds a page (processor time), and the ratio.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import pdfplumber

from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.document.pdf import read_pdf

SAMPLES = Path(__file__).parent / "samples"
ROUNDS = 3


def ours(path: Path) -> int:
    """Read once; the number of pages."""
    return read_pdf(path, path.read_bytes(), DEFAULT_LIMITS).pages or 0


def theirs(path: Path) -> None:
    """Read once with pdfplumber."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()


def main(arguments: list[str]) -> None:
    """Print the table."""
    files = [Path(a) for a in arguments] or sorted(SAMPLES.glob("*.pdf"))
    for path in files:
        ours(path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    best = {path: [9e9, 9e9] for path in files}
    pages: dict[Path, int] = {}
    for _ in range(ROUNDS):
        for path in files:
            for _ in range(3):
                start = time.process_time()
                pages[path] = ours(path)
                best[path][0] = min(best[path][0], time.process_time() - start)
            start = time.process_time()
            theirs(path)
            best[path][1] = min(best[path][1], time.process_time() - start)
    print(f"{'file':<42}{'pages':>6}{'ms/page':>9}{'pdfplumber':>12}{'times':>7}")
    total = [0.0, 0.0]
    for path in files:
        mine, other = best[path]
        total = [total[0] + mine, total[1] + other]
        print(
            f"{path.name:<42}{pages[path]:>6}{1e3 * mine / pages[path]:>9.2f}{1e3 * other / pages[path]:>12.1f}", end=""
        )
        print(f"{other / mine:>7.1f}")
    count = sum(pages.values())
    print(
        f"{'all':<42}{count:>6}{1e3 * total[0] / count:>9.2f}{1e3 * total[1] / count:>12.1f}{total[1] / total[0]:>7.1f}"
    )
    print(f"peak memory after reading all: {peak:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
