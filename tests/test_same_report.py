"""One report as Word file, the PDF and the web page made from it: the same facts, the same findings."""

import subprocess
from pathlib import Path

import pytest

from juesuan.check import check_file
from juesuan.document.office import find_converter
from juesuan.findings import Report

SAMPLE = Path(__file__).parent.parent / "bench" / "samples" / "putuo-sthjj-2025-final.docx"


def _said(report: Report) -> set[tuple[str, str, str]]:
    """Rule, severity and subject of each finding, blanks left out: a page breaks lines where Word does not."""
    return {(f.rule, f.severity.key, "".join((f.subject.quote if f.subject else "").split())) for f in report.findings}


@pytest.fixture(scope="module")
def original() -> Report:
    return check_file(SAMPLE).report


@pytest.mark.parametrize("suffix", ["pdf", "html"])
def test_the_same_report_in_another_format(suffix: str, original: Report, tmp_path: Path) -> None:
    office = find_converter()
    assert office is not None, "LibreOffice is a test dependency: apt-get install libreoffice-writer-nogui"
    command = [str(office), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", suffix]
    subprocess.run([*command, "--outdir", str(tmp_path), str(SAMPLE)], check=True, capture_output=True, timeout=120)
    report = check_file(tmp_path / f"{SAMPLE.stem}.{suffix}").report
    assert _said(report) == _said(original)
    assert report.coverage.bound == original.coverage.bound
    assert (report.kind, report.year, report.entity) == (original.kind, original.year, original.entity)
