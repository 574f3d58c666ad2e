"""How long PDFs and workbooks take: reading beside pdfplumber's text and tables on the same machine, whole checks, memory.

    python bench/pdf_speed.py [FILE...]

Rounds are interleaved and the best of each is taken, in milliseconds a page of the processor's time. The peak of memory is
that of a process of its own that checks the file once. The workbook is the example's, compiled.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pdfplumber

from bench.common import ROOT, SAMPLES, table
from juesuan.books import load_books
from juesuan.check import check_file
from juesuan.compose import compile_report
from juesuan.compose.write import render_report, write_report
from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.document.model import Table
from juesuan.document.pdf import read_pdf
from juesuan.document.read import open_document

READING, TIMES, WHOLE, MEMORY, WORKBOOK = 5.0, 8.0, 9.0, 150.0, 100.0
"""What is asked for: ms a page read, times faster, ms a page checked, MB, and ms for a workbook."""
ROUNDS = 3
_ALONE = """
import re, sys
from pathlib import Path
from juesuan.check import check_file
check_file(Path(sys.argv[1]))
# Not ru_maxrss, which starts from what the parent process had.
print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
"""


@dataclass(slots=True)
class Best:
    """The least of each, in seconds, for one file of so many pages; `memory` in MB."""

    pages: int
    ours: float = float("inf")
    theirs: float = float("inf")
    whole: float = float("inf")
    memory: float = 0.0


def ours(path: Path) -> int:
    """Read once; the number of pages."""
    return read_pdf(path, path.read_bytes(), DEFAULT_LIMITS).pages or 0


def theirs(path: Path) -> None:
    """Read once with pdfplumber."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()


def _cpu() -> float:
    """Seconds of the processor, those of children that have ended with them."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _timed(run: Callable[[Path], object], path: Path) -> float:
    start = _cpu()
    run(path)
    return _cpu() - start


def peak(path: Path) -> float:
    """Megabytes a process needs to check the file."""
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", _ALONE, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def measure(files: Sequence[Path], rounds: int) -> dict[Path, Best]:
    """Each file read by both, checked, and checked alone."""
    found = {path: Best(ours(path)) for path in files}
    for path in files:
        check_file(path)
    for _ in range(rounds):
        for path, best in found.items():
            for _ in range(3):
                best.ours = min(best.ours, _timed(ours, path))
                best.whole = min(best.whole, _timed(check_file, path))
            best.theirs = min(best.theirs, _timed(theirs, path))
    for path, best in found.items():
        best.memory = peak(path)
    return found


def workbooks(rounds: int) -> list[tuple[str, int, float]]:
    """Name, sheets with a table, and ms of a whole check, for the example compiled and the samples."""
    with tempfile.TemporaryDirectory() as folder:
        report = compile_report(load_books(ROOT / "examples" / "anju-gsl-2023"))
        compiled = write_report(report, Path(folder), render_report(report, ("xlsx",)))
        files = [*compiled, *sorted(SAMPLES.glob("*.xls*"))]
        found = []
        for path in files:
            sheets = sum(isinstance(block, Table) for block in open_document(path).blocks)
            check_file(path)
            least = min(_timed(check_file, path) for _ in range(3 * rounds))
            found.append((path.name, sheets, least * 1e3))
    return found


def report(files: Sequence[Path] = (), rounds: int = ROUNDS) -> tuple[str, bool]:
    """The tables, and whether all is as fast and small as asked."""
    best = measure(list(files) or sorted(SAMPLES.glob("*.pdf")), rounds)
    rows: list[list[object]] = []
    good = True
    for path, b in best.items():
        read, other, whole = (1e3 * s / b.pages for s in (b.ours, b.theirs, b.whole))
        good = good and read <= READING and other >= TIMES * read and whole <= WHOLE and b.memory <= MEMORY
        rows.append(
            [
                path.name,
                b.pages,
                f"{read:.2f}",
                f"{other:.1f}",
                f"{other / read:.1f}",
                f"{whole:.2f}",
                f"{b.memory:.0f} MB",
            ]
        )
    rows.append(
        ["asked", "", f"≤ {READING:g}", "", f"≥ {TIMES:g}", f"≤ {WHOLE:g}", f"≤ {MEMORY:g} MB"],
    )
    heads = ["PDF, ms a page", "pages", "read", "pdfplumber", "times", "whole check", "memory"]
    text = table(heads, rows)
    if not files:
        books = workbooks(rounds)
        good = good and all(ms <= WORKBOOK for _, _, ms in books)
        rows = [[name, sheets, f"{ms:.0f} ms", f"≤ {WORKBOOK:g} ms"] for name, sheets, ms in books]
        text += "\n\n" + table(["workbook", "tables", "whole check", "asked"], rows)
    return text, good


def main() -> int:
    """Print the tables; exit status 1 when something is slower or larger than asked."""
    text, good = report([Path(a) for a in sys.argv[1:]])
    print(text)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
