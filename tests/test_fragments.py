"""Fragments of reports in the manner of many provinces: what is correct raises no error and no warning.

`tests/data/fragments` holds them, each with the manner it shows; figures and units are invented. `found` lists the
findings that are true: severity, rule and quoted words.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from juesuan.check import check_document
from juesuan.document.read import read_text
from juesuan.findings import Severity

FOLDER = Path(__file__).parent / "data" / "fragments"
FRAGMENTS: list[dict[str, Any]] = [
    fragment
    for path in sorted(FOLDER.glob("*.toml"))
    for fragment in tomllib.loads(path.read_text(encoding="utf-8"))["fragment"]
]


def graver(text: str) -> list[str]:
    """The errors and warnings on a text, in its order."""
    found = check_document(read_text(text)).findings
    return [
        f"{f.severity.key} {f.rule} {f.subject.quote if f.subject else ''}".strip()
        for f in found
        if f.severity > Severity.HINT
    ]


def test_each_fragment_has_a_name_of_its_own() -> None:
    names = [f["id"] for f in FRAGMENTS]
    assert len(names) == len(set(names)) > 100


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=[f["id"] for f in FRAGMENTS])
def test_nothing_untrue_is_said(fragment: dict[str, Any]) -> None:
    assert graver(fragment["text"]) == fragment.get("found", []), fragment["manner"]
