"""What every rule owes its readers; a new rule is tested here without being named here."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from juesuan.findings import Finding, Severity
from juesuan.rules import RULES, Rule, by_code
from tests.rules.helpers import of_example

ROOT = Path(__file__).resolve().parents[2]
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)


def findings(text: str) -> tuple[Finding, ...]:
    return of_example(text)


def module_names() -> set[str]:
    folder = ROOT / "juesuan/rules"
    return {path.stem for path in folder.glob("*.py")} - {"__init__", "base", "registry"}


def test_there_are_rules() -> None:
    assert RULES


def test_codes_and_names_are_unique_and_well_formed() -> None:
    names = [rule.name for rule in RULES.values()]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
    assert [code for code, rule in RULES.items() if code != rule.code or not re.fullmatch(r"JS[1-9]\d\d", code)] == []


@every_rule
def test_the_file_is_named_after_the_rule(rule: Rule) -> None:
    module = importlib.import_module(f"juesuan.rules.{rule.name.replace('-', '_')}")
    assert rule is module.RULE
    assert rule.name.replace("-", "_") in module_names()
    assert (module.__doc__ or "").startswith(f"{rule.code}: ")


@every_rule
def test_the_rule_is_found_by_code_and_by_name(rule: Rule) -> None:
    assert by_code(rule.code.lower()) is rule
    assert by_code(rule.name) is rule


@every_rule
def test_the_rule_explains_itself(rule: Rule) -> None:
    for part in ("title", "checks", "why", "basis", "how", "wrong", "right", "mend", "misses"):
        assert getattr(rule, part).strip(), f"{rule.code} has no {part}"
    assert (ROOT / f"docs/rules/{rule.code}.md").is_file()


@every_rule
def test_the_wrong_example_is_found(rule: Rule) -> None:
    own = [finding for finding in findings(rule.wrong) if finding.rule == rule.code]
    assert own
    assert max(finding.severity for finding in own) <= rule.severity
    for finding in own:
        assert finding.name == rule.name
        assert finding.message.strip()
        assert finding.basis


@every_rule
def test_the_right_example_is_right(rule: Rule) -> None:
    found = findings(rule.right)
    assert [finding.message for finding in found if finding.rule == rule.code] == []
    assert [(f.rule, f.message) for f in found if f.severity is Severity.ERROR] == []
