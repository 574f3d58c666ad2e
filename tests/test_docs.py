"""The documents say what the program does."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

from juesuan.books import load_books
from juesuan.books.named import facts_of
from juesuan.books.narrative import render_text
from juesuan.cli import main
from juesuan.cli.parser import build_parser
from juesuan.rules import RULES

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ("README.md", "docs/guide.md")


def make_docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "tools/make_docs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_rule_pages_are_those_of_the_rules() -> None:
    assert make_docs().drift() == {}, "run `make docs`"


def test_a_stale_finding_is_noticed_and_mended(tmp_path: Path) -> None:
    tool = make_docs()
    page = tmp_path / "README.md"
    page.write_text("前\n```text\n错误 JS102 增减率与金额不符\n  旧\n```\n后\n", encoding="utf-8")
    assert "README.md" in tool.drift(tmp_path)
    tool.write(tool.drift(tmp_path), tmp_path)
    text = page.read_text(encoding="utf-8")
    assert re.fullmatch(r"前\n```text\n错误 JS102 增减率与金额不符 .+13\.80%.+\n```\n后\n", text, re.DOTALL)
    assert "旧" not in text


def test_a_missing_a_changed_and_a_left_over_page_are_noticed_and_mended(tmp_path: Path) -> None:
    tool = make_docs()
    tool.write(tool.drift(tmp_path), tmp_path)
    folder = tmp_path / "docs/rules"
    first = min(RULES)
    (folder / "JS000.md").write_text("gone", encoding="utf-8")
    (folder / f"{first}.md").write_text("old", encoding="utf-8")
    (folder / "README.md").unlink()
    found = tool.drift(tmp_path)
    assert set(found) == {"docs/rules/JS000.md", f"docs/rules/{first}.md", "docs/rules/README.md"}
    tool.write(found, tmp_path)
    assert tool.drift(tmp_path) == {}


@pytest.mark.parametrize("name", TEXTS)
def test_the_finding_shown_is_the_one_the_demo_gives(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    shown = re.findall(r"```text\n(错误.+?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    said = squeezed(capsys.readouterr().out)
    assert [block for block in shown if squeezed(block) not in said] == []


def fenced(text: str, language: str = "") -> list[str]:
    """The blocks of a text that are marked as of this language."""
    return [
        block
        for mark, block in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
        if mark == language
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_every_command_in_a_text_is_understood(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    commands = re.findall(r"^(?:\.venv/bin/)?juesuan ([^\n#]+)", "\n".join(fenced(text)), re.MULTILINE)
    assert commands
    for command in commands:
        words = [word.strip('"') for word in re.findall(r'"[^"]+"|\S+', command)]
        if words[-1] in {"--help", "--version"}:
            assert main(words) == 0
        else:
            assert build_parser().parse_args(words).command


@pytest.mark.parametrize("name", TEXTS)
def test_no_link_leads_nowhere(name: str) -> None:
    page = ROOT / name
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_of_the_guide_configuration_is_accepted(tmp_path: Path) -> None:
    guide = (ROOT / "docs/guide.md").read_text(encoding="utf-8")
    blocks = fenced(guide.partition("：juesuan.toml\n")[2].partition("\n## ")[0], "toml")
    assert blocks
    text = tmp_path / "报告.txt"
    text.write_text("2023年机关运行经费支出13.28万元。", encoding="utf-8")
    for block in blocks:
        (tmp_path / "juesuan.toml").write_text(block, encoding="utf-8")
        assert main(["check", str(text)]) == 0


def test_what_the_guide_writes_in_the_text_is_known_to_the_example() -> None:
    blocks = fenced((ROOT / "docs/guide.md").read_text(encoding="utf-8"), "markdown")
    assert blocks
    facts = facts_of(load_books(ROOT / "examples/anju-gsl-2023"))
    assert "456个。基本支出125.29万元，上年103.93万元" in render_text(blocks[0], facts, "guide")


def test_the_change_the_guide_explains_is_the_example_s(capsys: pytest.CaptureFixture[str]) -> None:
    shown = [b for b in fenced((ROOT / "docs/guide.md").read_text(encoding="utf-8"), "text") if "比上年" in b]
    assert shown
    assert main(["explain", str(ROOT / "examples/anju-gsl-2023")]) == 0
    assert shown[0].rstrip("…\n ＋") in capsys.readouterr().out


def test_the_schema_of_facts_is_a_schema() -> None:
    schema = json.loads((ROOT / "docs/schema/facts-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
