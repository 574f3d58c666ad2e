"""A review kept over versions of a real report, through the command line as a reviewer uses it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from juesuan.cli import main
from juesuan.document.model import Document, Paragraph
from juesuan.errors import UsageError
from juesuan.findings import Checks, Evidence, Finding, Outcome, Report, Severity, Skipped
from juesuan.place import span
from juesuan.review.match import match, remember
from juesuan.review.memory import Memory, State, Version, load_memory, memory_path, save_memory

SAMPLE = (Path(__file__).parents[2] / "bench" / "samples" / "anju-gsl-2023-final.txt").read_text(encoding="utf-8")
OLD_NAME = "医疗卫生与计划生育支出（类）"
Review = Callable[..., dict[str, Any]]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


@pytest.fixture
def review(report: Path, capsys: pytest.CaptureFixture[str]) -> Review:
    """`juesuan review` on the report with these arguments: its JSON result, findings by rule and quote."""

    def run(*arguments: str) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["review", str(report), "--format", "json", *arguments]) == 0
        result: dict[str, Any] = json.loads(capsys.readouterr().out)
        return result

    return run


def rewrite(report: Path, *changes: tuple[str, str]) -> None:
    """The next version: the sample with these words changed."""
    text = SAMPLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    report.write_text(text, encoding="utf-8")


def state(result: dict[str, Any], rule: str, words: str) -> str:
    (found,) = [f for f in result["findings"] if f["rule"] == rule and words in f["message"]]
    assert isinstance(found["state"], str)
    return found["state"]


def id_of(result: dict[str, Any], rule: str, words: str) -> str:
    (found,) = [f for f in result["findings"] if f["rule"] == rule and words in f["message"]]
    assert isinstance(found["id"], str)
    return found["id"]


GROWTH = ("JS102", "机关运行经费")
BASIC = ("JS201", "“基本支出”")
NAME = ("JS301", OLD_NAME)


def test_mended_still_there_and_new_are_right_over_three_versions(report: Path, review: Review) -> None:
    first = review()
    assert {f["state"] for f in first["findings"]} == {"new"}
    total = len(first["findings"])
    review("--accept", id_of(first, *GROWTH), "--by", "张三")
    review("--dismiss", id_of(first, *NAME)[:6], "--reason", "批复文件如此", "--by", "李四")

    # Second version: the rate is corrected, wrongly; the amount is mended; a new error came in.
    rewrite(
        report,
        ("增长13.18%", "增长13.99%"),
        ("基本支出125.2万元", "基本支出125.29万元"),
        ("基本支出125.29万元，占82.32%", "基本支出125.29万元，占83.32%"),
    )
    second = review()
    assert state(second, *GROWTH) == "changed"
    assert state(second, *BASIC) == "mended"
    assert state(second, *NAME) == "still"
    (came,) = [f for f in second["findings"] if f["state"] == "new"]
    assert (came["rule"], came["quote"]) == ("JS104", "83.32%")
    others = [f for f in second["findings"] if f["state"] == "still"]
    assert len(others) == total - 2
    decided = {f["rule"]: f["judgement"] for f in second["findings"] if f["judgement"]}
    assert decided["JS301"]["reason"] == "批复文件如此"
    assert decided["JS301"]["holds"]
    assert not decided["JS102"]["holds"], "accepted in other words"

    # Third version: the rate is right at last; the amount is wrong again; the old name is mended.
    rewrite(report, ("增长13.18%", "增长13.80%"), (OLD_NAME, "卫生健康支出（类）"))
    third = review()
    assert state(third, *GROWTH) == "mended"
    assert state(third, *BASIC) == "again"
    assert state(third, *NAME) == "mended"
    assert third["unmatched"] == [id_of(third, *NAME)], "the dismissal matches nothing any more"
    assert [f["quote"] for f in third["findings"] if f["state"] == "mended"].count("83.32%") == 1
    assert third["version"] == 3


def test_the_same_file_again_is_no_new_version(report: Path, review: Review) -> None:
    review()
    rewrite(report, ("增长13.18%", "增长13.99%"))
    second = review()
    assert review() == second
    assert second["version"] == 2


def test_check_folds_what_was_dismissed_until_its_figures_change(
    report: Path, review: Review, capsys: pytest.CaptureFixture[str]
) -> None:
    errors = [f["id"] for f in review()["findings"] if f["severity"] == "error"]
    assert main(["check", str(report)]) == 1
    review(*(part for one in errors for part in ("--dismiss", one)), "--reason", "已核实", "--by", "张三")
    capsys.readouterr()
    assert main(["check", str(report)]) == 0
    shown = capsys.readouterr().out
    assert "错误 0" in shown
    assert "折叠驳回的发现 JS102“13.18%”，理由：已核实，张三" in shown.replace("\n      ", "")
    assert main(["check", "--no-review", str(report)]) == 1
    rewrite(report, ("增长13.18%", "增长13.99%"))
    capsys.readouterr()
    assert main(["check", str(report)]) == 1
    assert "重新判断" in capsys.readouterr().out


def test_a_new_version_under_another_name_takes_the_memory_along(
    report: Path, review: Review, capsys: pytest.CaptureFixture[str]
) -> None:
    review()
    second = report.with_name("报告（二稿）.txt")
    second.write_text(SAMPLE.replace("增长13.18%", "增长13.80%"), encoding="utf-8")
    assert main(["review", str(second), "--since", str(report), "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["version"] == 2
    assert state(result, *GROWTH) == "mended"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--dismiss", "9e3dcaee466c0e63"], "--reason"),
        (["--accept", "ffffffff"], "没有编号"),
        (["--since", "nowhere.txt"], "nowhere.txt"),
        (["--list"], "还没有审核记录"),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_no_file(
    report: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(["review", str(report), *arguments]) == 2
    assert says in capsys.readouterr().err
    assert not memory_path(report).exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema":"juesuan.review/1"}', '{"schema":"juesuan.review/9"}'])
def test_a_damaged_memory_is_named_and_never_overwritten(
    report: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    memory_path(report).write_text(content, encoding="utf-8")
    for command in ("review", "check"):
        assert main([command, str(report)]) == 2
        assert memory_path(report).name in capsys.readouterr().err
    assert memory_path(report).read_text(encoding="utf-8") == content
    assert main(["check", "--no-review", str(report)]) == 1


def test_a_memory_changed_by_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.审核.json"
    mine = save_memory(Memory(entity="甲局"), path)
    save_memory(replace(mine, entity="乙局"), path)
    with pytest.raises(UsageError, match="再运行一次"):
        save_memory(mine, path)
    assert load_memory(path) == Memory(entity="乙局")


def test_a_crash_while_writing_leaves_the_old_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.审核.json"
    mine = save_memory(Memory(entity="甲局"), path)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UsageError, match="写不进去"):
        save_memory(replace(mine, entity="乙局"), path)
    assert load_memory(path) == Memory(entity="甲局")
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


# --- matching ------------------------------------------------------------------------------------------------


def made(*texts: str) -> tuple[Report, Document]:
    """A report on paragraphs like "…增长13.18%": one finding a percentage, all of one rule, concept and scope."""
    document = Document(
        path="a.txt", format="txt", blocks=tuple(Paragraph(id=i, text=t) for i, t in enumerate(texts)), sha256=texts[0]
    )
    findings = []
    for number, text in enumerate(texts):
        start, end = text.index("长") + 1, text.index("%") + 1
        evidence = Evidence(span(number, start, end), text[start:end])
        made_one = Finding("JS102", "growth-rate", Severity.ERROR, text, (evidence,), key="same", id=f"id{number + 1}")
        findings.append(made_one)
    return Report(path="a.txt", outcome=Outcome.FINDINGS, findings=tuple(findings)), document


VEHICLES = "公务用车运行维护费支出1.20万元，比上年增长13.18%，主要是车辆老旧维修增加。"
RECEPTION = "公务接待费支出0.80万元，与2022年相比增长22.20%，原因是接待批次增多。"
VERSION = Version(0, "a.txt", "1", "2026-01-01", "0")


def test_when_one_of_two_alike_is_mended_the_other_keeps_its_own_history() -> None:
    memory = remember(Memory(), *made(VEHICLES, RECEPTION), VERSION)
    # The first is mended, so the second takes over the first one's fingerprint.
    matched, gone = match(memory, *made(RECEPTION))
    assert matched[0].finding.id == "id1"
    assert matched[0].before is not None
    assert matched[0].before.quote == "22.20%"
    assert matched[0].state is State.STILL
    assert [entry.quote for entry in gone] == ["13.18%"]


def test_a_wrong_correction_beside_one_that_was_mended() -> None:
    memory = remember(Memory(), *made(VEHICLES, RECEPTION), VERSION)
    matched, gone = match(memory, *made(RECEPTION.replace("22.20%", "23.33%").replace("0.80", "0.90")))
    assert matched[0].before is not None
    assert matched[0].before.quote == "22.20%"
    assert matched[0].state is State.CHANGED
    assert [entry.quote for entry in gone] == ["13.18%"]


def test_findings_that_change_places_keep_their_histories() -> None:
    memory = remember(Memory(), *made(VEHICLES, RECEPTION), VERSION)
    matched, gone = match(memory, *made(RECEPTION, VEHICLES))
    assert [m.before.quote for m in matched if m.before] == ["22.20%", "13.18%"]
    assert not gone


def test_what_could_not_be_checked_again_is_not_called_mended() -> None:
    memory = remember(Memory(), *made(VEHICLES), VERSION)
    report, document = made(VEHICLES)
    nothing = replace(report, findings=(), checks=Checks(could_not_check=(Skipped("JS102", "体例未识别"),)))
    for unsure in (nothing, replace(report, findings=(), outcome=Outcome.PARTIAL)):
        (entry,) = remember(memory, unsure, document, replace(VERSION, sha256="2")).entries
        assert entry.states == {1: State.NEW, 2: State.UNKNOWN}
    (entry,) = remember(memory, replace(report, findings=()), document, replace(VERSION, sha256="2")).entries
    assert entry.states[2] is State.MENDED
