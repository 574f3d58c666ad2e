from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from juesuan.check import check_file
from juesuan.document.model import Document
from juesuan.findings import Report
from juesuan.render.sarif import render_sarif
from tests.render.conftest import PATH

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "tests" / "data" / "sarif-2.1.0.schema.json"
SAMPLES = (
    "anju-gsl-2023-final.txt",
    "putuo-shgzb-2024-final.pdf",
    "putuo-shiquan-2025-final.docx",
    "shanghai-xx-budget-template.xls",
)


def log_of(reports: list[Report], documents: dict[str, Document]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(render_sarif(reports, documents))
    return result


def checked(name: str) -> tuple[list[Report], dict[str, Document]]:
    found = check_file(ROOT / "bench" / "samples" / name)
    assert found.document is not None
    return [found.report], {found.report.path: found.document}


def validator() -> jsonschema.Draft4Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema)


def bare(text: str) -> str:
    return text.replace("\n", "")


def test_the_schema_refuses_what_is_no_sarif(example: tuple[list[Report], dict[str, Document]]) -> None:
    log = log_of(*example)
    log["runs"][0]["results"][0]["level"] = "grave"
    assert not validator().is_valid(log)


def test_the_example_fits_the_published_schema(example: tuple[list[Report], dict[str, Document]]) -> None:
    log = log_of(*example)
    validator().validate(log)
    (run,) = log["runs"]
    assert len(run["results"]) == len(example[0][0].findings)
    assert not run["invocations"][0]["executionSuccessful"], "one file could not be read"
    assert "密码" in run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]


@pytest.mark.parametrize("name", SAMPLES)
def test_regions_of_a_real_report_hold_the_quoted_words(name: str) -> None:
    reports, documents = checked(name)
    log = log_of(reports, documents)
    validator().validate(log)
    (run,) = log["runs"]
    text = run["artifacts"][0]["contents"]["rendered"]["text"]
    codes = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for finding, result in zip(reports[0].findings, run["results"], strict=True):
        assert codes[result["ruleIndex"]] == result["ruleId"] == finding.rule
        assert list(result["partialFingerprints"].values()) == [finding.id]
        subject = next(iter([*(e for e in finding.evidence if e is finding.subject), *finding.evidence]), None)
        if subject is None:
            assert "region" not in result["locations"][0]["physicalLocation"]
            continue
        region = result["locations"][0]["physicalLocation"]["region"]
        words = text[region["charOffset"] : region["charOffset"] + region["charLength"]]
        assert bare(words).startswith(bare(subject.quote))
        for fix in result.get("fixes", []):
            (replacement,) = fix["artifactChanges"][0]["replacements"]
            start = replacement["deletedRegion"]["charOffset"]
            gone = text[start : start + replacement["deletedRegion"]["charLength"]]
            assert finding.fix is not None
            assert bare(gone) == bare(finding.fix.old)


def test_a_place_in_a_table_and_one_in_a_chart_are_counted_in_the_rendered_text(
    example: tuple[list[Report], dict[str, Document]],
) -> None:
    run = log_of(*example)["runs"][0]
    text = run["artifacts"][0]["contents"]["rendered"]["text"]
    for number, quote in ((1, "26.19"), (3, "103.93")):
        region = run["results"][number]["locations"][0]["physicalLocation"]["region"]
        assert text[region["charOffset"] : region["charOffset"] + region["charLength"]] == quote
        assert text[region["charOffset"] - 1] == "\n"


def test_a_finding_without_a_place_names_the_file(example: tuple[list[Report], dict[str, Document]]) -> None:
    result = log_of(*example)["runs"][0]["results"][4]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["index"] == 0
    assert artifact["uri"].endswith(".docx")
    assert PATH not in artifact["uri"], "a URI is percent-encoded"
