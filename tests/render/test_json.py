"""The JSON contract, held against its published schema."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from juesuan.document.model import Document
from juesuan.errors import UsageError
from juesuan.findings import Report
from juesuan.render import FORMATS, renderer
from juesuan.render.json import render_json
from tests.render.conftest import PATH, document, report

Example = tuple[list[Report], dict[str, Document]]
SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "check-1.schema.json"


def loaded(example: Example, *, with_document: bool = False) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(render_json(*example, with_document=with_document))
    return result


@pytest.mark.parametrize("with_document", [False, True])
def test_fits_the_published_schema(example: Example, *, with_document: bool) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(loaded(example, with_document=with_document))


def test_the_schema_refuses_an_unknown_key_and_a_missing_one(example: Example) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    content = loaded(example)
    content["documents"][0]["findings"][0]["extra"] = 1
    assert not validator.is_valid(content)
    content = loaded(example)
    del content["documents"][0]["findings"][0]["fix"]
    assert not validator.is_valid(content)


def test_a_finding_is_told_whole(example: Example) -> None:
    found = loaded(example)["documents"][0]["findings"][0]
    assert list(found) == [
        "id", "rule", "name", "severity", "message", "evidence",
        "expected", "actual", "range", "formula", "basis", "fix",
    ]  # fmt: skip
    assert found["evidence"][0] == {
        "quote": "13.18%",
        "role": "subject",
        "where": {
            "file": None,
            "page": 2,
            "part": "第二部分",
            "section": "十、/（一）",
            "start": {"block": 9, "offset": 44},
            "end": {"block": 9, "offset": 50},
            "table": None,
            "row": None,
            "column": None,
            "sheet": None,
            "chart": None,
            "boxes": [],
        },
    }
    assert found["fix"] == {"evidence": 0, "old": "13.18%", "new": "13.80%", "safety": "unsafe"}
    assert found["range"] == ["13.74%", "13.85%"]


def test_every_offset_leads_to_its_quote(example: Example) -> None:
    content = loaded(example, with_document=True)["documents"][0]
    texts = {block["id"]: block["text"] for block in content["blocks"] if block["kind"] == "paragraph"}
    checked = 0
    for found in content["findings"]:
        for item in found["evidence"]:
            start, end = item["where"]["start"], item["where"]["end"]
            if start["block"] in texts:
                assert texts[start["block"]][start["offset"] : end["offset"]] == item["quote"]
                checked += 1
    assert checked >= 8


def test_absent_values_are_null_and_text_is_not_escaped(example: Example) -> None:
    text = render_json(*example)
    assert "遂宁市安居区工商业联合会" in text
    assert loaded(example)["documents"][1]["sha256"] is None
    assert "blocks" not in loaded(example)["documents"][0]
    assert loaded(example, with_document=True)["documents"][1]["blocks"] is None


def test_same_input_same_bytes(example: Example) -> None:
    assert render_json(*example, with_document=True) == render_json(*example, with_document=True)


def test_a_lone_surrogate_is_still_writable() -> None:
    one = replace(report(), entity="单位\ud800")
    text = render_json([one], {PATH: document()})
    assert json.loads(text.encode("utf-8"))["documents"][0]["entity"] == "单位\ud800"


def test_formats_load_their_renderer_and_unknown_ones_are_refused(example: Example) -> None:
    assert renderer("json")(*example) == render_json(*example)
    assert all(callable(item.load()) for item in FORMATS.values())
    with pytest.raises(UsageError, match="可用的格式：text、json、html"):
        renderer("yaml")
