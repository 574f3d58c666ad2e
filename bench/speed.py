"""How fast: one check in the process, the command started cold, and the time against the length of the text.

    python bench/speed.py [--runs 20] [--profile]

Inside the process the processor's time is taken: a check is one thread, and other programs on the machine do not count.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.common import ROOT, TXT, samples, table
from juesuan.check import check_document, check_file
from juesuan.document.model import Document
from juesuan.document.read import open_document

IN_PROCESS, COLD, GROWTH = 0.100, 0.5, 2.0
"""What is asked for: seconds, seconds, and how much slower a character may be in a text 50 times as long."""

FACTORS = (1, 5, 10, 20, 50)


def in_process(path: Path, runs: int) -> tuple[float, float, float]:
    """Median, least and greatest seconds of a whole check, file to report, after warming up."""
    for _ in range(3):
        check_file(path)
    times = []
    for _ in range(runs):
        started = time.process_time()
        check_file(path)
        times.append(time.process_time() - started)
    return statistics.median(times), min(times), max(times)


def cold(path: Path, runs: int = 5) -> float | None:
    """Median seconds of the command from its start to its end; None while there is no command."""
    if find_spec("juesuan.__main__") is None:
        return None
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        done = subprocess.run(  # noqa: S603 - the program itself
            [sys.executable, "-m", "juesuan", "check", str(path)], cwd=ROOT, capture_output=True, check=False
        )
        times.append(time.perf_counter() - started)
        if done.returncode not in {0, 1}:
            msg = f"juesuan check ended with {done.returncode}: {done.stderr.decode(errors='replace')}"
            raise SystemExit(msg)
    return statistics.median(times)


def repeated(document: Document, factor: int) -> Document:
    """The document printed `factor` times, one after the other."""
    size = len(document.blocks)
    blocks = tuple(replace(b, id=i * size + b.id) for i in range(factor) for b in document.blocks)
    return replace(document, blocks=blocks)


def scaling(path: Path) -> list[tuple[int, float]]:
    """(factor, seconds) of checking the text repeated."""
    document = open_document(path)
    check_document(document)
    found = []
    for factor in FACTORS:
        longer = repeated(document, factor)
        times = []
        for _ in range(3 if factor <= FACTORS[1] else 1):
            started = time.process_time()
            check_document(longer)
            times.append(time.process_time() - started)
        found.append((factor, min(times)))
    return found


def profile(path: Path, lines: int = 25) -> None:
    """Where the time goes, by own time and by total time."""
    check_file(path)
    for key in ("tottime", "cumulative"):
        profiler = cProfile.Profile()
        profiler.enable()
        for _ in range(5):
            check_file(path)
        profiler.disable()
        pstats.Stats(profiler).strip_dirs().sort_stats(key).print_stats(lines)


def report(runs: int) -> tuple[str, bool]:
    """The tables, and whether all is as fast as asked."""
    median, low, high = in_process(TXT, runs)
    command = cold(TXT)
    lengths = scaling(TXT)
    per = lengths[0][1] / lengths[0][0]
    growth = lengths[-1][1] / lengths[-1][0] / per
    rows: list[list[object]] = [
        [
            "check in the process, median",
            f"{median * 1000:.0f} ms",
            f"≤ {IN_PROCESS * 1000:.0f} ms",
            f"{low * 1000:.0f}–{high * 1000:.0f} ms over {runs}",
        ],
        [
            "command, cold, median",
            "–" if command is None else f"{command:.2f} s",
            f"≤ {COLD} s",
            "no command yet" if command is None else "5 runs",
        ],
        [
            f"time per character at {FACTORS[-1]}×",
            f"{growth:.2f}×",
            f"≤ {GROWTH}×",
            "、".join(f"{f}×: {s:.2f} s" for f, s in lengths),
        ],
    ]
    others: list[list[object]] = []
    for path in samples():
        started = time.perf_counter()
        checked = check_file(path)
        others.append([path.name, f"{(time.perf_counter() - started) * 1000:.0f} ms", checked.report.outcome.value])
    good = median <= IN_PROCESS and (command is None or command <= COLD) and growth <= GROWTH
    text = (
        table(["measured on anju-gsl-2023-final.txt", "is", "asked", ""], rows)
        + "\n\n"
        + table(["sample, first check", "time", "outcome"], others)
    )
    return text, good


def main() -> int:
    """Print the tables; exit status 1 when something is slower than asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    if options.profile:
        profile(TXT)
        return 0
    text, good = report(options.runs)
    print(text)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
