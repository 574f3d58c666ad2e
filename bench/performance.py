"""How long 200 projects with 3,000 indicators take: status, score, report. Prints a table.

python bench/performance.py
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from juesuan.cli import main
from juesuan.cycle.store import FOLDER, load_folder, save_cycle
from juesuan.performance.cycle import Cycle, Observation, cycle_issues
from juesuan.performance.grid import completed
from juesuan.performance.model import Funds, Indicator, Project
from juesuan.performance.scoring import score_project

PROJECTS, INDICATORS = 200, 15
LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
)


def project(number: int) -> Cycle:
    """One project; every indicator has a figure."""
    items = tuple(
        Indicator(
            name=f"指标{number}之{k}",
            level1=LEVELS[k * 4 // INDICATORS][0],
            level2=LEVELS[k * 4 // INDICATORS][1],
            nature="≥",
            target=str(10 + k),
            measure="个",
            completion=str(8 + k + number % 5),
            weight=Decimal(6),
            score=Decimal(6),
        )
        for k in range(INDICATORS)
    )
    money = Funds(source="total", initial=Decimal(10), adjusted=Decimal(10), executed=Decimal("9.50"))
    item = Project(
        name=f"项目{number}", code=f"51090423T{number:012d}", class_="T", year=2023, funds=(money,),
        weight=Decimal(10), score=Decimal("9.5"), indicators=items, total_weight=Decimal(100), total_score=Decimal(99),
    )  # fmt: skip
    seen = (Observation(day=date(2023, 8, 31), value="6.5"),)
    return Cycle(project=completed(item), file=f"{number:03d}.xlsx", observations=seen)


def timed(name: str, work: Callable[[], object]) -> None:
    """Run once and print the seconds."""
    start, cpu = time.perf_counter(), time.process_time()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        work()
    print(f"{name:<28}{time.perf_counter() - start:8.2f} s   {time.process_time() - cpu:8.2f} s of processor")


def run() -> None:
    """All measurements on one temporary folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cycles = [project(n) for n in range(PROJECTS)]
        print(f"{PROJECTS} projects, {PROJECTS * INDICATORS} indicators")
        timed("write all workbooks", lambda: [save_cycle(c, folder / FOLDER) for c in cycles])
        timed("read all workbooks", lambda: load_folder(folder))
        timed("score in memory", lambda: [score_project(c.project).low for c in cycles])
        timed("issues in memory", lambda: [list(cycle_issues(c)) for c in cycles])
        for action in ("status", "score", "monitor", "report"):
            timed(f"perform {action}", partial(main, ["perform", name, action]))


if __name__ == "__main__":
    run()
