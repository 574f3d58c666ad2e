"""Batches through the command line: killed and resumed, workers that die, files that take too long, who is missing."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from juesuan.cli import main
from juesuan.cli.batch import JOURNAL_NAME, OVERVIEW_NAME
from juesuan.corpus import pool
from juesuan.corpus.journal import Journal
from juesuan.errors import UsageError

ROOT = Path(__file__).parents[2]
PARAGRAPH = (
    "{unit}2023年度部门决算\n第一部分 部门概况\n第二部分 2023年度部门决算情况说明\n十、其他重要事项的情况说明\n"
    "2023年度，{unit}机关运行经费支出13.28万元，比2022年增加1.61万元，增长{rate}%。\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty short reports of forty units, every fourth with a wrong rate, and one that is no document."""
    place = tmp_path / "决算"
    for number in range(40):
        unit = f"某某县第{'一二三四五六七八九十'[number // 4]}{'甲乙丙丁'[number % 4]}局"
        text = PARAGRAPH.format(unit=unit, rate="13.18" if number % 4 == 0 else "13.80")
        path = place / f"{number // 10}" / f"{unit}2023年部门决算.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (place / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    return place


def results_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.审核结果")


def records(folder: Path) -> list[dict[str, Any]]:
    lines = (results_of(folder) / JOURNAL_NAME).read_bytes().splitlines()
    return [json.loads(line) for line in lines[1:]]


def test_results_of_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = folder.parent / "名单.csv"
    names.write_text("单位名称,备注\n县第一甲局,\n某某县第九乙局,\n教育局,没有交\n", encoding="gb18030")
    assert main(["check", str(folder), "--jobs", "2", "--entities", str(names)]) == 3
    shown = capsys.readouterr().out
    assert "41 份文件：错误 10" in shown
    assert "坏.pdf" in shown
    assert shown.count("教育局") == 1
    assert "第九乙局" not in shown
    page = (results_of(folder) / OVERVIEW_NAME).read_text(encoding="utf-8")
    assert "教育局" in page
    assert "名单里缺少" in page
    assert "JS102" in page
    assert "<script" not in page
    assert len(list((results_of(folder) / "单份结果").rglob("*.html"))) == 41

    # Again: nothing is checked twice, and each format holds every finding once.
    assert main(["check", str(folder), "--format", "csv"]) == 3
    told = capsys.readouterr()
    assert "41 份已审核过，还有 0 份" in told.err
    rows = list(csv.DictReader(io.StringIO(told.out.removeprefix("\ufeff"), newline="")))
    assert [row["原文"] for row in rows if row["规则"] == "JS102"] == ["13.18%"] * 10
    assert sum(row["等级"] == "未读" for row in rows) == 1
    assert main(["check", str(folder), "--format", "json", "--fail-on", "never"]) == 3
    content = json.loads(capsys.readouterr().out)
    assert content["schema"] == "juesuan.check/1"
    assert len(content["documents"]) == 41
    assert len(records(folder)) == 41


def test_only_what_changed_is_checked_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "坏.pdf").unlink()
    assert main(["check", str(folder)]) == 1
    wrong = next(p for p in sorted(folder.rglob("*.txt")) if "13.18" in p.read_text(encoding="utf-8"))
    wrong.write_text(wrong.read_text(encoding="utf-8").replace("13.18", "13.80"), encoding="utf-8")
    capsys.readouterr()
    assert main(["check", str(folder)]) == 1
    told = capsys.readouterr()
    assert "39 份已审核过，还有 1 份" in told.err
    assert "40 份文件：错误 9" in told.out
    assert main(["check", str(folder), "--select", "JS2"]) == 0
    assert main(["check", str(folder), "--restart"]) == 1
    assert len(records(folder)) == 40


def run_killed(folder: Path, after: int) -> None:
    """Start the batch, and kill it with SIGKILL when the journal holds `after` records."""
    command = [sys.executable, "-m", "juesuan", "check", str(folder), "--jobs", "2"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    journal = results_of(folder) / JOURNAL_NAME
    try:
        for _ in range(3000):
            if journal.exists() and journal.read_bytes().count(b"\n") > after:
                break
            if running.poll() is not None:
                break
            time.sleep(0.01)
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert running.returncode == -signal.SIGKILL, "it ended before it was killed"


def test_killed_in_the_middle_and_resumed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder), "--format", "json"]) == 3
    whole = capsys.readouterr().out
    page = (results_of(folder) / OVERVIEW_NAME).read_bytes()
    (results_of(folder) / JOURNAL_NAME).unlink()
    run_killed(folder, after=7)
    kept = records(folder)
    assert 7 <= len(kept) < 41
    with (results_of(folder) / JOURNAL_NAME).open("ab") as stream:
        stream.write(b'{"name": "torn')  # as if killed while writing
    assert main(["check", str(folder), "--format", "json"]) == 3
    assert capsys.readouterr().out == whole, "same result"
    assert (results_of(folder) / OVERVIEW_NAME).read_bytes() == page
    found = records(folder)
    assert found[: len(kept)] == kept, "what was on disk stayed"
    assert set(Counter(r["name"] for r in found).values()) == {1}, "nothing twice"
    assert len(found) == 41, "nothing lost"


def test_one_batch_at_a_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results_of(folder).mkdir()
    with Journal(results_of(folder) / JOURNAL_NAME):
        assert main(["check", str(folder)]) == 2
    assert "另一个 juesuan" in capsys.readouterr().err


def test_another_file_is_not_taken_for_a_journal(tmp_path: Path) -> None:
    path = tmp_path / JOURNAL_NAME
    path.write_text('{"a": 1}\n{"b": 2}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="没有改动"):
        Journal(path)
    assert path.read_text(encoding="utf-8") == '{"a": 1}\n{"b": 2}\n'


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "sarif"], "sarif"),
        (["--format", "xlsx"], "-o"),
        (["--entities", "nowhere.txt"], "nowhere.txt"),
        (["--with-document"], "--with-document"),
        (["--config", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_what_a_batch_cannot_do_is_refused_before_any_work(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(["check", str(folder), *arguments]) == 2
    assert says in capsys.readouterr().err
    assert not results_of(folder).exists()


# --- workers -------------------------------------------------------------------------------------------------


def misbehave(task: str) -> bytes:
    """What a task asks for; run in a worker."""
    if task == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if task == "exit":
        os._exit(3)
    if task == "memory":
        return bytes(len([bytes(64 << 20) for _ in range(1000)]))
    if task == "sleep":
        time.sleep(60)
    return task.encode()


def test_a_worker_that_dies_or_hangs_costs_its_own_task_only(tmp_path: Path) -> None:
    tasks = ["a", "segfault", "b", "sleep", "c", "exit", "memory", *(f"t{n}" for n in range(20))]
    limits = pool.Limits(jobs=2, seconds=5, tasks=4, memory=1 << 30)
    busy: list[list[tuple[str, float]]] = []
    done: Iterator[pool.Done[str]] = pool.work_through(misbehave, tasks, limits, tmp_path / "log", busy.append)
    found = {one.task: one for one in done}
    assert set(found) == set(tasks)
    assert {task: one.fate for task, one in found.items() if one.fate} == {
        "segfault": pool.Fate.DIED,
        "exit": pool.Fate.DIED,
        "memory": pool.Fate.DIED,
        "sleep": pool.Fate.OVERDUE,
    }
    assert all(one.result == task.encode() for task, one in found.items() if not one.fate)
    assert any(task == "sleep" for seen in busy for task, _ in seen)
    assert "MemoryError" in (tmp_path / "log").read_text()


def test_a_disk_that_takes_no_more_stops_the_batch_with_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder of the pages is a file: no page can be written."""
    results_of(folder).mkdir()
    (results_of(folder) / "单份结果").write_text("", encoding="utf-8")
    assert main(["check", str(folder)]) == 2
    told = capsys.readouterr().err
    assert "写不进" in told
    assert "会接着审" in told
    assert records(folder) == []
    (results_of(folder) / "单份结果").unlink()
    assert main(["check", str(folder)]) == 3
    assert len(records(folder)) == 41


def test_ctrl_c_says_how_to_go_on(folder: Path) -> None:
    command = [sys.executable, "-m", "juesuan", "check", str(folder), "--jobs", "2"]
    journal = results_of(folder) / JOURNAL_NAME
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        for _ in range(6000):
            if journal.exists() and journal.read_bytes().count(b"\n") > 3:
                break
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=60)
    assert "会接着审" in told.decode()
    assert "Traceback" not in told.decode()
    assert running.returncode == 130
    assert 3 <= len(records(folder)) < 41
