"""A build that is killed at any moment: every file is the old one or the new one, and the next build goes on."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from juesuan.compose import compile_report
from juesuan.compose.write import STAMPS, write_report
from juesuan.errors import BooksError
from tests.compose.sample import small_unit

CHILD = """
import sys, time
from pathlib import Path
from juesuan.books import store
from juesuan.compose import compile_report
from juesuan.compose.write import write_report
from tests.compose.sample import small_unit

report, folder = compile_report(small_unit()), Path(sys.argv[1])
real = store.os.fsync
def slowly(number):
    print("writing", flush=True)
    time.sleep(0.03)
    real(number)
store.os.fsync = slowly
for n in range(1000):
    write_report(report, folder, {"docx": b"docx %d" % n * 1000, "html": b"html %d" % n * 1000})
"""


@pytest.mark.parametrize("moment", [1, 2, 3, 4, 6, 9])
def test_a_kill_while_writing_loses_nothing(moment: int, tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert child.stdout is not None
    for _ in range(moment):
        assert child.stdout.readline()
    time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    report = compile_report(small_unit())
    for suffix in ("docx", "html"):
        path = tmp_path / f"{report.title}.{suffix}"
        if path.exists():
            data = path.read_bytes()
            assert data == data[: len(data) // 1000] * 1000, "half a file"
    made = write_report(report, tmp_path, {"docx": b"new", "html": b"new"})
    assert [p.read_bytes() for p in made] == [b"new", b"new"]
    assert hashlib.sha256(b"new").hexdigest() in (tmp_path / STAMPS).read_text(encoding="utf-8")


def test_a_report_that_is_open_in_word_is_not_written(tmp_path: Path) -> None:
    report = compile_report(small_unit())
    (path,) = write_report(report, tmp_path, {"docx": b"old"})
    (tmp_path / f"~${path.name[2:]}").write_bytes(b"lock")
    with pytest.raises(BooksError, match="正在被打开"):
        write_report(report, tmp_path, {"docx": b"new"})
    assert path.read_bytes() == b"old"
