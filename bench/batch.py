"""A thousand varied copies in one batch on two cores: speed, memory, and the same result after being killed.

    python bench/batch.py [--files 1000]

Three real reports are varied: another unit, other figures. The batch runs once through; then again from nothing,
killed with SIGKILL at a third and at two thirds, and resumed. Memory is sampled from /proc (Linux).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.common import SAMPLES, table

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("anju-gsl-2023-final.txt", "putuo-sthjj-2025-final.docx", "putuo-shgzb-2024-final.pdf")
FIGURE = re.compile(r"(?<![\d.])\d{1,3}\.\d\d(?=万元)")
UNITS = ("安居区工商业联合会", "安居区工商联", "普陀区生态环境局")


@dataclass(frozen=True, slots=True)
class Sample:
    """Resident memory at a moment, in MB: of the parent, and of the largest worker."""

    done: int
    parent: float
    worker: float


def vary(text: str, chance: random.Random, number: int) -> str:
    """The text of another unit, with one figure in ten changed in its last digit."""

    def other(found: re.Match[str]) -> str:
        return found.group()[:-1] + str(chance.randrange(10)) if chance.random() < 0.1 else found.group()

    text = FIGURE.sub(other, text)
    for unit in UNITS:
        text = text.replace(unit, f"{unit[:3]}第{number}{unit[3:]}")
    return text


def write_copy(source: Path, target: Path, number: int) -> None:
    """Copy number `number` of a sample; a PDF gets bytes after its end, which changes its digest only."""
    chance = random.Random(number)
    if source.suffix == ".txt":
        target.write_text(vary(source.read_text(encoding="utf-8"), chance, number), encoding="utf-8")
    elif source.suffix == ".docx":
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for item in old.infolist():
                data = old.read(item)
                if item.filename == "word/document.xml":
                    data = vary(data.decode(), chance, number).encode()
                new.writestr(item, data)
    else:
        target.write_bytes(source.read_bytes() + f"\n% copy {number}\n".encode())


def make(folder: Path, files: int) -> None:
    """The copies, half of them text, a third Word, the rest PDF."""
    folder.mkdir()
    for number in range(files):
        source = SAMPLES / SOURCES[(0, 1, 0, 1, 0, 2)[number % 6]]
        write_copy(source, folder / f"{number:04d}{source.suffix}", number)


def command(folder: Path, out: Path) -> list[str]:
    """The batch as a command."""
    options = ["--jobs", "2", "--format", "json", "-o", str(out), "--fail-on", "never"]
    return [sys.executable, "-m", "juesuan", "check", str(folder), *options]


def memory(pid: int) -> float:
    """Resident memory of a process in MB, 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0


def children(pid: int) -> list[int]:
    """The processes a process has started."""
    try:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def lines(journal: Path) -> int:
    """Records in a journal."""
    return journal.read_bytes().count(b"\n") - 1 if journal.exists() else 0


def run(folder: Path, out: Path, *, kill_at: int | None = None) -> tuple[float, list[Sample]]:
    """Seconds and samples of one run, killed when the journal holds `kill_at` records."""
    journal = folder.with_name(f"{folder.name}.审核结果") / "审核记录.jsonl"
    samples: list[Sample] = []
    start = time.perf_counter()
    running = subprocess.Popen(command(folder, out), cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603 - this program
    while running.poll() is None:
        done = lines(journal)
        workers = [memory(pid) for pid in children(running.pid)]
        samples.append(Sample(done, memory(running.pid), max(workers, default=0)))
        if kill_at is not None and done >= kill_at:
            running.send_signal(signal.SIGKILL)
            running.wait()
            break
        time.sleep(0.5)
    return time.perf_counter() - start, samples


def at(samples: list[Sample], share: float, files: int) -> Sample:
    """The sample when so much was done."""
    return next((s for s in samples if s.done >= share * files), samples[-1])


def main() -> int:
    """Run both and print the tables; 1 when the results differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    arguments = parser.parse_args()
    files: int = arguments.files
    room = Path(tempfile.mkdtemp(prefix="juesuan-batch-"))
    try:
        folder = room / "copies"
        make(folder, files)
        results = room / "copies.审核结果"
        seconds, samples = run(folder, room / "whole.json")
        overview = (results / "总览.html").read_bytes()
        shutil.rmtree(results)
        print(f"{files} files, 2 processes: {seconds:.0f} s, {files / seconds:.1f} files a second\n")
        rows = [
            (f"{share:.0%}", f"{(s := at(samples, share, files)).parent:.0f}", f"{s.worker:.0f}")
            for share in (0.1, 0.25, 0.5, 0.75, 0.95)
        ]
        rows.append(("most", f"{max(s.parent for s in samples):.0f}", f"{max(s.worker for s in samples):.0f}"))
        print(table(("done", "parent MB", "largest worker MB"), rows))
        kept = []
        for share in (1 / 3, 2 / 3):
            run(folder, room / "resumed.json", kill_at=int(files * share))
            kept.append(lines(results / "审核记录.jsonl"))
        run(folder, room / "resumed.json")
        names = Counter(json.loads(line)["name"] for line in (results / "审核记录.jsonl").read_bytes().splitlines()[1:])
        same = digest(room / "whole.json") == digest(room / "resumed.json")
        page = (results / "总览.html").read_bytes() == overview
        good = same and page and set(names.values()) == {1} and len(names) == files
        print(f"\nkilled at {kept[0]} and {kept[1]} records, resumed:")
        checks = (
            ("same result (json, byte for byte)", same),
            ("same overview", page),
            ("nothing twice", set(names.values()) == {1}),
            ("nothing lost", len(names) == files),
        )
        print(table(("promise", "kept"), [(name, "yes" if kept_it else "NO") for name, kept_it in checks]))
        return 0 if good else 1
    finally:
        shutil.rmtree(room, ignore_errors=True)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
