"""Files the command line is given and writes, as the system sees them; some through a real process."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from juesuan.cli import main
from juesuan.rules import RULES

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "juesuan/data/demo/anju-gsl-2023-final.txt"
DOCX = ROOT / "bench/samples/putuo-shiquan-2025-final.docx"
WRONG = RULES["JS102"].wrong
PROGRAM = (sys.executable, "-m", "juesuan")
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder whose name has a blank and Chinese in it."""
    place = tmp_path / "决算 公开"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def run(*arguments: str, stdin: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        input=b"" if stdin is None else stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def test_one_bad_file_keeps_no_other_from_being_checked(folder: Path, capsys: Capture) -> None:
    (folder / "报告 1.txt").write_text(WRONG, encoding="utf-8")
    (folder / "空.txt").touch()
    (folder / "乱.txt").write_bytes(bytes(range(256)) * 50)
    with (folder / "大.txt").open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    bad = {"空.txt": "是空的", "乱.txt": "不是文字", "大.txt": "200 MB", "无.docx": "找不到"}
    assert main(["check", *bad, "报告 1.txt", "-o", "结果.txt"]) == 3
    told = capsys.readouterr().err.splitlines()
    assert len(told) == len(bad)
    for (name, reason), line in zip(bad.items(), told, strict=True):
        assert f"“{name}”" in line
        assert reason in line
        assert "请" in line
    assert "JS102 增减率与金额不符" in (folder / "结果.txt").read_text(encoding="utf-8")


def test_a_folder_among_files_is_refused_by_name_and_the_files_are_checked(folder: Path, capsys: Capture) -> None:
    (folder / "报告.txt").write_text(WRONG, encoding="utf-8")
    (folder / "夹").mkdir()
    assert main(["check", "夹", "报告.txt"]) == 3
    shown = capsys.readouterr()
    assert "“夹”是文件夹" in shown.out + shown.err
    assert "JS102" in shown.out


def test_limits_are_those_asked_for(folder: Path, capsys: Capture) -> None:
    (folder / "报告.txt").write_text(WRONG, encoding="utf-8")
    assert main(["check", "报告.txt", "--max-bytes", "10"]) == 3
    assert main(["check", "报告.txt", "--max-characters", "10"]) == 3
    assert "超过上限 10" in capsys.readouterr().out
    assert main(["check", "报告.txt", "--max-bytes", "1M"]) == 1


def test_an_output_file_is_replaced_whole_and_keeps_its_mode(folder: Path) -> None:
    target = folder / "结果.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    assert main(["check", str(SAMPLE), "--format", "json", "-o", "结果.json"]) == 1
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "juesuan.check/1"
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in folder.iterdir()] == ["结果.json"]


def test_a_failed_write_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    target = folder / "结果.txt"
    target.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["check", str(SAMPLE), "-o", "结果.txt"]) == 2
    assert "没有写成" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in folder.iterdir()] == ["结果.txt"]


@pytest.mark.parametrize("command", ["check", "facts"])
def test_an_input_is_never_overwritten(command: str, folder: Path, capsys: Capture) -> None:
    source = folder / "报告.txt"
    source.write_text(WRONG, encoding="utf-8")
    (folder / "别名.txt").symlink_to(source)
    for name in ("报告.txt", str(source), "别名.txt"):
        assert main([command, "报告.txt", "-o", name]) == 2
        assert "不能用结果覆盖它" in capsys.readouterr().err
    assert source.read_text(encoding="utf-8") == WRONG


def test_what_cannot_be_an_output_file_is_refused_before_the_work(folder: Path, capsys: Capture) -> None:
    (folder / "夹").mkdir()
    for name, said in (("夹", "是文件夹"), ("无/结果.txt", "不存在"), (os.devnull, "不是普通文件"), ("\0", "不允许")):
        assert main(["check", "没有.txt", "-o", name]) == 2
        assert said in capsys.readouterr().err
    assert Path(os.devnull).is_char_device()


def test_facts_as_json_keep_to_their_schema(folder: Path, capsys: Capture) -> None:
    (folder / "空.txt").touch()
    assert main(["facts", str(SAMPLE), "空.txt"]) == 3
    shown = capsys.readouterr()
    assert "“空.txt”是空的" in shown.err
    content = json.loads(shown.out)
    schema = json.loads((ROOT / "docs/schema/facts-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(content, schema)
    first, second = content["documents"]
    assert (first["outcome"], second["outcome"]) == ("read", "unreadable")
    rate = next(fact for fact in first["facts"] if fact["quote"] == "13.18%")
    assert (rate["concept"], rate["aspect"], rate["value"], rate["measure"]) == (
        "agency_running_cost",
        "growth",
        "13.18",
        "%",
    )
    assert rate["scope"]["year"] == 2023
    amount = next(fact for fact in first["facts"] if fact["quote"] == "125.29万元")
    assert (amount["value"], amount["decimals"], amount["base"]) == ("125.29", 2, "1252900.00")


def test_facts_as_csv_open_in_excel_and_run_nothing(folder: Path, capsys: Capture) -> None:
    name = "=cmd报告.txt"
    (folder / name).write_text("2023年公务接待费支出1.20万元，比上年减少0.30万元，下降20.00%。", encoding="utf-8")
    assert main(["facts", name, "--format", "csv"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("\ufeff文件,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row["文件"] for row in rows} == {f"'{name}"}
    change = next(row for row in rows if row["方面"] == "change")
    assert (change["数值"], change["折合基本单位"], change["方向"]) == ("0.30", "-3000.00", "-1")


def test_an_unknown_format_of_facts_names_the_known(capsys: Capture) -> None:
    assert main(["facts", str(SAMPLE), "--format", "text"]) == 2
    assert "可用的格式：json、csv" in capsys.readouterr().err


def test_the_process_writes_utf8_in_any_locale() -> None:
    done = run("check", str(SAMPLE), LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "错误 JS102" in done.stdout.decode("utf-8")
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout


def test_the_process_reads_standard_input() -> None:
    done = run("check", "-", "--format", "json", stdin=WRONG.encode())
    assert done.returncode == 1
    assert json.loads(done.stdout)["documents"][0]["path"] == "标准输入"


def test_a_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen(
        [*PROGRAM, "check", str(DOCX), "--format", "json", "--with-document"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) in {0, 1, 3}


def test_ctrl_c_in_the_process() -> None:
    with subprocess.Popen(
        [*PROGRAM, "check", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
        assert told.decode("utf-8") == "已中断，没有写出结果。\n"
        assert process.returncode == 130


def test_a_check_starts_quickly() -> None:
    """Looked at in modules, which do not depend on how busy the machine is: what one text needs, and no more."""
    script = (
        "import sys; from juesuan.cli import main; main(sys.argv[1:]); print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "check", str(SAMPLE)],
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    loaded = set(done.stderr.decode().split())
    assert "juesuan.check" in loaded
    heavy = {"lxml", "pypdfium2", "python_calamine", "email", "juesuan.render.html"}
    assert loaded & heavy == set()
