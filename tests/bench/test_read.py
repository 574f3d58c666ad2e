"""What a reader said of the findings on the samples: every finding is read, the written pages are those of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.common import ROOT, samples
from bench.read import READ, UNREAD, VERDICTS, missed_of, page, page_of, short_name, verdicts_of
from juesuan.check import check_file
from juesuan.findings import Severity

every_sample = pytest.mark.parametrize("path", samples(), ids=lambda p: p.stem)
LEAST_TRUE = 0.9
"""Of the warnings."""


@every_sample
def test_the_written_page_is_the_one_the_program_gives(path: Path) -> None:
    shown = path.relative_to(ROOT)
    assert page_of(path).read_text(encoding="utf-8") == page(path), f"python bench/read.py --write {shown}"


@every_sample
def test_every_finding_was_read_and_holds(path: Path) -> None:
    verdicts = verdicts_of(path)
    findings = check_file(path).report.findings
    assert findings
    said = {f.id: str(verdicts.get(f.id, {}).get("verdict", UNREAD)) for f in findings}
    assert UNREAD not in said.values()
    errors = [said[f.id] for f in findings if f.severity is Severity.ERROR]
    assert set(errors) <= {"属实"}
    warnings = [said[f.id] for f in findings if f.severity is Severity.WARNING]
    assert warnings.count("属实") >= LEAST_TRUE * len(warnings)


@every_sample
def test_a_verdict_is_one_of_those_known_and_has_its_reason(path: Path) -> None:
    for verdict in verdicts_of(path).values():
        assert verdict["verdict"] in VERDICTS
        assert verdict["why"].strip()
    for one in missed_of(path):
        assert one["text"].strip()
        assert one["why"].strip()


def test_no_page_is_left_of_a_sample_that_is_gone() -> None:
    known = {short_name(p) for p in samples()}
    assert {p.name.split(".")[0] for p in READ.iterdir()} == known
