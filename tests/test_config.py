"""juesuan.toml: what it changes, what it says about that, and how it is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from juesuan.check import check_document, check_file
from juesuan.cli import main
from juesuan.config import govern, load_config
from juesuan.document.read import read_text
from juesuan.findings import Outcome, Report, Severity
from juesuan.rules import RULES

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "juesuan/data/demo/anju-gsl-2023-final.txt"
TODAY = date(2026, 3, 1)
Capture = pytest.CaptureFixture[str]
IGNORE = '[[ignore]]\nrule = "JS102"\nreason = "批复如此"\n'


@pytest.fixture(scope="module")
def sample() -> Report:
    return check_file(SAMPLE).report


def governed(text: str, report: Report, folder: Path, today: date = TODAY) -> Report:
    path = folder / "juesuan.toml"
    path.write_text(text, encoding="utf-8")
    return govern(load_config(path), [report], today, lambda _: True)[0]


def codes(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def told(report: Report) -> str:
    return "\n".join(problem.message for problem in report.problems)


@pytest.mark.parametrize(
    "more", ["", 'quote = "13.18%"', 'section = "第二部分/十"', 'quote = "13.18 %"\nsection = "第二部分/十/（一）"']
)
def test_an_entry_hides_its_finding_and_the_report_says_so(more: str, sample: Report, tmp_path: Path) -> None:
    report = governed(IGNORE + more, sample, tmp_path)
    assert "JS102" in codes(sample)
    assert codes(report) == [code for code in codes(sample) if code != "JS102"]
    assert "忽略了 1 处发现，理由：批复如此" in told(report)
    assert "没有对上" not in told(report)


@pytest.mark.parametrize("more", ['quote = "13.1%"', 'section = "第二部分/一"', 'section = "第二"'])
def test_an_entry_that_fits_nothing_is_reported(more: str, sample: Report, tmp_path: Path) -> None:
    report = governed(IGNORE + more, sample, tmp_path)
    assert codes(report) == codes(sample)
    assert "第 1 条 ignore（JS102，" in told(report)
    assert "没有对上任何发现" in told(report)


def test_an_entry_for_another_unit_is_left_alone(sample: Report, tmp_path: Path) -> None:
    report = governed(IGNORE + 'entity = "别的单位"', sample, tmp_path)
    assert codes(report) == codes(sample)
    assert told(report) == told(sample)


@pytest.mark.parametrize(("today", "applies"), [(date(2026, 2, 28), True), (TODAY, True), (date(2026, 3, 2), False)])
def test_an_entry_ends_after_its_day(today: date, *, applies: bool, sample: Report, tmp_path: Path) -> None:
    report = governed(IGNORE + "expires = 2026-03-01", sample, tmp_path, today)
    assert ("JS102" not in codes(report)) is applies
    assert ("已于 2026-03-01 到期" in told(report)) is not applies


def test_a_severity_moves_the_rule_but_never_lifts_its_hints(tmp_path: Path) -> None:
    rounded = "2023年基本支出66.67万元，其中：人员经费33.33万元，公用经费33.33万元。"
    found = check_document(read_text(RULES["JS102"].wrong + "\n" + rounded))
    report = governed('[severity]\nJS102 = "warning"\nparts-do-not-add-up = "error"', found, tmp_path)
    assert [(f.rule, f.severity) for f in found.findings] == [("JS102", Severity.ERROR), ("JS101", Severity.HINT)]
    assert [(f.rule, f.severity) for f in report.findings] == [("JS102", Severity.WARNING), ("JS101", Severity.HINT)]


def test_all_ignored_is_clean(sample: Report, tmp_path: Path) -> None:
    entries = "".join(f'[[ignore]]\nrule = "{code}"\nreason = "x"\n' for code in sorted(set(codes(sample))))
    report = governed(entries, sample, tmp_path)
    assert report.findings == ()
    assert report.outcome is Outcome.CLEAN


def test_a_profile_takes_the_place_of_the_detected_one(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "x.toml"
    for name, said in (("ministry-nine", "（ministry-nine，按设置）"), ("shanghai-budget", "，自动识别）")):
        path.write_text(f'profile = "{name}"', encoding="utf-8")
        assert main(["check", str(SAMPLE), "--config", str(path)]) == 1
        shown = capsys.readouterr().out
        assert said in shown
        assert ("没有用上" in shown) is (name == "shanghai-budget")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("profile = ", "不符合 TOML 格式"),
        ("nix = 1", "不认识“nix”"),
        ('profile = "nix-1999"', "没有“nix-1999”这种体例"),
        ("profile = 3", "profile 要写成加引号的文字"),
        ("severity = 3", "[severity]"),
        ('[severity]\nJS999 = "off"', "“JS999”不是规则编号"),
        ('[severity]\nJS102 = "bad"', "error、warning、hint 或 off"),
        ('[severity]\nJS102 = "off"\ngrowth-rate = "hint"', "JS102 写了两次"),
        ('[ignore]\nrule = "JS102"', "[[ignore]]"),
        ('[[ignore]]\nreason = "x"', "没有写 rule"),
        ('[[ignore]]\nrule = "JS102"', "没有写 reason"),
        ('[[ignore]]\nrule = "JS102"\nreason = " "', "不能为空"),
        (IGNORE + 'expires = "2026-12-31"', "不加引号"),
        (IGNORE + "expires = 2026-12-31T00:00:00", "写成日期"),
        (IGNORE + 'quot = "x"', "不认识“quot”"),
    ],
)
def test_a_wrong_file_is_refused_by_name(text: str, said: str, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "juesuan.toml").write_text(text, encoding="utf-8")
    report = tmp_path / "报告.txt"
    report.write_text(RULES["JS102"].right, encoding="utf-8")
    assert main(["check", str(report)]) == 2
    shown = capsys.readouterr().err
    assert "juesuan.toml" in shown
    assert said in shown


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes("[severity] # 中文".encode("gb18030"))
    assert main(["check", str(SAMPLE), "--config", str(path)]) == 2
    assert "不是 UTF-8 编码" in capsys.readouterr().err
    assert main(["check", str(SAMPLE), "--config", str(tmp_path)]) == 2
    assert "不是普通文件" in capsys.readouterr().err


def test_each_file_has_the_configuration_beside_it(tmp_path: Path, capsys: Capture) -> None:
    for name, text in (("甲", '[severity]\nJS102 = "off"'), ("乙", None)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "报告.txt").write_text(RULES["JS102"].wrong, encoding="utf-8")
        if text:
            (tmp_path / name / "juesuan.toml").write_text(text, encoding="utf-8")
    paths = [str(tmp_path / name / "报告.txt") for name in ("甲", "乙")]
    assert main(["check", *paths, "--format", "json"]) == 1
    first, second = json.loads(capsys.readouterr().out)["documents"]
    assert first["findings"] == []
    assert [item["rule"] for item in first["checks"]["not_applicable"] if "关闭了" in item["reason"]] == ["JS102"]
    assert [finding["rule"] for finding in second["findings"]] == ["JS102"]
    assert main(["check", *paths, "--config", str(tmp_path / "甲/juesuan.toml")]) == 0


def test_the_configuration_in_use_is_no_output_file(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "x.toml"
    path.write_text(IGNORE, encoding="utf-8")
    assert main(["check", str(SAMPLE), "--config", str(path), "-o", str(path)]) == 2
    assert "不能用结果覆盖它" in capsys.readouterr().err


def test_an_entry_for_a_rule_not_asked_for_is_not_called_unused(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "x.toml"
    path.write_text(IGNORE, encoding="utf-8")
    main(["check", str(SAMPLE), "--config", str(path), "--select", "JS201"])
    assert "没有对上" not in capsys.readouterr().out
