"""Every published sample is checked to its end, and its errors are those that were read and found true."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from juesuan.cli import main

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted(path for path in (ROOT / "bench/samples").iterdir() if path.suffix != ".md")
EXPECTED = json.loads((ROOT / "tests/data/expected-errors.json").read_text(encoding="utf-8"))


def test_every_sample_has_its_list() -> None:
    assert list(EXPECTED) == [path.name for path in SAMPLES]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_the_errors_of_a_sample_are_those_a_person_confirmed(path: Path, tmp_path: Path) -> None:
    result = tmp_path / "结果.json"
    expected = EXPECTED[path.name]
    assert main(["check", str(path), "--no-review", "--format", "json", "-o", str(result)]) == int(bool(expected))
    (document,) = json.loads(result.read_text(encoding="utf-8"))["documents"]
    found = []
    for finding in document["findings"]:
        if finding["severity"] == "error":
            subjects = [item["quote"] for item in finding["evidence"] if item["role"] == "subject"]
            found.append({"rule": finding["rule"], "quote": subjects[0] if subjects else None})
    assert found == expected
