"""The command line through `main`: what is said, where it goes, and the exit status."""

from __future__ import annotations

import io
import json
import signal
import sys
from pathlib import Path

import pytest

from juesuan import __version__
from juesuan.cli import main
from juesuan.render import Format
from juesuan.rules import RULES

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "juesuan/data/demo/anju-gsl-2023-final.txt"
RIGHT, WRONG = (getattr(RULES["JS102"], part) for part in ("right", "wrong"))
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a right and a wrong report."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "对.txt").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "错.txt").write_text(WRONG, encoding="utf-8")
    return tmp_path


def piped(data: bytes) -> io.TextIOWrapper:
    """A standard input of bytes."""
    return io.TextIOWrapper(io.BytesIO(data))


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["对.txt"], 0),
        (["错.txt"], 1),
        (["错.txt", "--fail-on", "never"], 0),
        (["错.txt", "--ignore", "JS102"], 0),
        (["错.txt", "--ignore", "growth-rate"], 0),
        (["错.txt", "--select", "JS2,JS3"], 0),
        (["错.txt", "--select", "JS2，js1"], 1),
        (["对.txt", "没有.txt"], 3),
        (["错.txt", "没有.txt"], 3),
    ],
)
@pytest.mark.usefixtures("folder")
def test_the_status_says_how_it_ended(arguments: list[str], status: int) -> None:
    assert main(["check", *arguments]) == status


def test_fail_on_counts_the_lesser_severities_too(folder: Path, capsys: Capture) -> None:
    text = "2023年基本支出66.67万元，其中：人员经费33.33万元，公用经费33.33万元。"
    (folder / "舍入.txt").write_text(text, encoding="utf-8")
    assert main(["check", "舍入.txt"]) == 0
    assert "提示 1" in capsys.readouterr().out
    assert main(["check", "舍入.txt", "--fail-on", "warning"]) == 0
    assert main(["check", "舍入.txt", "--fail-on", "hint"]) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "缺少参数：PATH"),
        (["x", "--nix"], "不认识的参数：--nix"),
        (["x", "--format"], "--format 后面要有一个值"),
        (["x", "--with-document=1"], "--with-document 不带值"),
        (["x", "--fail-on", "bad"], "没有“bad”；可以用 error、warning、hint、never"),
        (["x", "--max-bytes", "viel"], "要一个正整数"),
        (["x", "--max-seconds", "0"], "要一个正整数"),
        (["x", "--format", "nix"], "没有“nix”这种输出格式"),
        (["x", "--format", "html", "--with-document"], "--with-document 不能用于 html"),
        (["x", "--select", "JS999"], "没有“JS999”这条规则"),
        (["x", "--ignore", "JS1,nix"], "没有“nix”这条规则"),
        (["x", "--config", "没有.toml"], "找不到配置文件“没有.toml”"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_usage_is_refused_in_chinese(arguments: list[str], said: str, capsys: Capture) -> None:
    assert main(["check", *arguments]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert len(shown.err.splitlines()) == 1
    assert shown.out == ""


def test_an_unknown_command_names_the_known_ones(capsys: Capture) -> None:
    assert main(["chekc"]) == 2
    assert "check" in capsys.readouterr().err


def test_no_command_shows_the_help(capsys: Capture) -> None:
    assert main([]) == 2
    assert "juesuan check 报告.docx" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "facts", "rule", "catalog", "demo"])
def test_every_command_explains_itself_without_english(command: str, capsys: Capture) -> None:
    assert main([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"用法：juesuan {command}" in shown
    assert not any(word in shown for word in ("usage", "options", "positional", "show this"))


def test_the_version(capsys: Capture) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"juesuan {__version__}\n"


def test_a_pasted_paragraph_is_checked(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "stdin", piped(WRONG.encode("gb18030")))
    assert main(["check", "-"]) == 1
    assert "JS102 增减率与金额不符" in capsys.readouterr().out


def test_an_empty_standard_input_is_said(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "stdin", piped(b" \n"))
    assert main(["check", "-"]) == 3
    assert "“标准输入”是空的" in capsys.readouterr().out


def test_json_goes_out_alone_and_the_same_each_time(folder: Path, capsys: Capture) -> None:
    first = []
    for _ in range(2):
        assert main(["check", "错.txt", "没有.txt", "--format", "json"]) == 3
        shown = capsys.readouterr()
        first.append(shown.out)
        assert shown.err == "找不到文件“没有.txt”，请检查路径和文件名是否写对。\n"
    content = json.loads(first[0])
    assert first[0] == first[1]
    assert [document["outcome"] for document in content["documents"]] == ["findings", "unreadable"]
    assert "blocks" not in content["documents"][0]
    assert main(["check", str(folder / "错.txt"), "--format", "json", "--with-document"]) == 1
    assert json.loads(capsys.readouterr().out)["documents"][0]["blocks"]


def test_timings_are_said_beside_the_result(folder: Path, capsys: Capture) -> None:
    assert main(["check", str(folder / "对.txt"), "--format", "json", "--timings"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)
    assert "读取 " in shown.err
    assert "审核 " in shown.err


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [([], "", True), (["--no-color"], "", False), ([], "1", False)],
)
@pytest.mark.usefixtures("folder")
def test_colours_only_where_they_are_wanted(
    options: list[str], environment: str, *, colored: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", environment)
    monkeypatch.setenv("TERM", "xterm")
    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    assert main(["check", "错.txt", *options]) == 1
    assert ("\x1b[" in screen.getvalue()) is colored


@pytest.mark.usefixtures("folder")
def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("juesuan.cli.check.check_document", interrupted)
    assert main(["check", "错.txt", "-o", "结果.json", "--format", "json"]) == 130
    assert capsys.readouterr().err == "已中断，没有写出结果。\n"
    assert not Path("结果.json").exists()


@pytest.mark.usefixtures("folder")
def test_a_file_that_takes_too_long_is_given_up_and_the_others_checked(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    from juesuan.check import check_document

    def slow(document: object, *others: object) -> object:
        while "对" in document.path:  # type: ignore[attr-defined]
            pass
        return check_document(document, *others)  # type: ignore[arg-type]

    monkeypatch.setattr("juesuan.cli.check.check_document", slow)
    assert main(["check", "对.txt", "错.txt", "--max-seconds", "1"]) == 3
    shown = "".join(capsys.readouterr().out.split())
    assert "文件“对.txt”用了1秒还没有查完" in shown
    assert "JS102增减率与金额不符" in shown


@pytest.mark.usefixtures("folder")
def test_a_format_whose_part_is_missing_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    made = {"none": Format("juesuan.render.not_there", "render", ".x")}
    monkeypatch.setattr("juesuan.render.FORMATS", made)
    assert main(["check", "错.txt", "--format", "none"]) == 2
    assert "缺少输出 none 格式的组件（juesuan.render.not_there）" in capsys.readouterr().err


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
@pytest.mark.usefixtures("folder")
def test_what_is_too_big_for_the_machine_is_said(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def failing(*_: object) -> None:
        raise error

    monkeypatch.setattr("juesuan.cli.check.check_document", failing)
    assert main(["check", "对.txt"]) == 3
    assert "文件“对.txt”太大或嵌套太深" in capsys.readouterr().out


def test_rules_are_listed_and_explained(capsys: Capture) -> None:
    assert main(["rule"]) == 0
    listed = capsys.readouterr().out
    assert all(f"{rule.code}  {rule.severity.word}  {rule.title}" in listed for rule in RULES.values())
    assert main(["rule", "js102"]) == 0
    page = "".join(capsys.readouterr().out.split())
    rule = RULES["JS102"]
    assert all("".join(text.split()) in page for text in (rule.why, rule.basis, rule.wrong, rule.right, rule.misses))
    assert main(["rule", "JS999"]) == 2
    assert "juesuan rule" in capsys.readouterr().err


def test_the_catalog_answers_by_code_by_name_and_by_year(capsys: Capture) -> None:
    assert main(["catalog", "210"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("210 卫生健康支出\n")
    assert "另有：" in shown
    assert main(["catalog", "210", "--year", "2018"]) == 0
    assert capsys.readouterr().out.startswith("210 医疗卫生与计划生育支出\n")
    assert main(["catalog", "公务员医疗补助"]) == 0
    assert capsys.readouterr().out.startswith("2101103 公务员医疗补助\n")


def test_the_catalog_says_when_it_knows_nothing(capsys: Capture) -> None:
    assert main(["catalog", "zzz"]) == 1
    assert "没有与“zzz”相同或相近的科目" in capsys.readouterr().err
    assert main(["catalog", "210", "--year", "18"]) == 2
    assert "四位年份" in capsys.readouterr().err


def test_the_demo_compiles_without_an_error_and_shows_findings_of_the_real_report(capsys: Capture) -> None:
    assert main(["demo"]) == 0
    compiled, shown = capsys.readouterr().out.split("二、审核这个单位公开过的原报告")
    assert compiled.splitlines()[2] == "遂宁市安居区工商业联合会2023年度部门决算.docx"
    assert "错误 0，疑点 0" in compiled
    assert "建议：把“13.18%”改为“13.80%”" in shown
    assert "juesuan check 报告.docx" in shown


def test_the_demo_as_a_page(folder: Path, capsys: Capture) -> None:
    assert main(["demo", "--format", "html", "-o", "示例.html"]) == 0
    assert capsys.readouterr().out == ""
    assert "13.18%" in (folder / "示例.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_the_time_limit_holds_where_the_interrupt_key_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object) -> object:
        while True:
            pass

    monkeypatch.setattr("juesuan.cli.check.check_document", endless)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert main(["check", "错.txt", "--max-seconds", "1"]) == 3
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
