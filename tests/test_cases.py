"""The small inputs of bench/truth/cases.json: what a checker says of each, text by text and sum by sum."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from juesuan.check import check_document
from juesuan.document.read import read_text
from juesuan.evaluate import evaluate
from juesuan.facts import Equal, Relation, State, Sum
from juesuan.findings import Severity
from juesuan.quantity import Quantity, parse
from tests.figures import fact

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "bench" / "truth" / "cases.json").read_text(encoding="utf-8")
)
NEEDS_TABLES = frozenset({"XT-04", "RD-09", "RD-10", "NM-09", "NM-11", "NM-12"})
"""Cases about rows and pages; tested with the tables they are about."""
CELLS = frozenset(f"NM-0{n}" for n in range(1, 9))


def text_of(case: dict[str, Any]) -> str | None:
    """The case as a text a user might paste; a cover and a contents list are two lines of one document."""
    given = case["input"]
    if "cover" in given:
        return f"{given['cover']}\n目录\n{given['toc']}"
    if "toc" in given:
        return str(given["toc"])
    return str(given["text"]) if "text" in given else None


TEXTS = [c for c in CASES if text_of(c) is not None and c["id"] not in NEEDS_TABLES]
SUMS = [c for c in CASES if {"left_total", "total"} & set(c["input"])]


def test_every_case_is_decided() -> None:
    tested = {c["id"] for c in TEXTS} | {c["id"] for c in SUMS} | CELLS
    assert {c["id"] for c in CASES} - tested == NEEDS_TABLES
    assert not tested & NEEDS_TABLES


@pytest.mark.parametrize("case", TEXTS, ids=[c["id"] for c in TEXTS])
def test_text(case: dict[str, Any]) -> None:
    findings = check_document(read_text(text_of(case) or "")).findings
    worst = max((f.severity for f in findings), default=None)
    if case["expect"] == "finding":
        assert worst is Severity[case["severity"].upper()], [f.message for f in findings]
    elif case["expect"] == "hint":
        assert worst is Severity.HINT, [f.message for f in findings]
    else:
        assert worst in {None, Severity.HINT}, [f.message for f in findings]


def relation_of(given: dict[str, Any]) -> Relation:
    if "left_total" in given:
        return Equal(fact(given["left_total"] + "万元"), fact(given["right_total"] + "万元"))
    parts = tuple(fact(p + "万元") for p in given["parts"])
    return Sum(fact(given["total"] + "万元"), parts, closed="missing_parts" not in given)


@pytest.mark.parametrize("case", SUMS, ids=[c["id"] for c in SUMS])
def test_sum(case: dict[str, Any]) -> None:
    verdict = evaluate(relation_of(case["input"]))
    broken = verdict.state is State.BROKEN
    if case["expect"] == "finding":
        assert broken, verdict
        assert not verdict.near, verdict
    elif case["expect"] == "hint":
        assert verdict.state is State.ROUNDING or (broken and verdict.near), verdict
    else:
        assert verdict.state is State.HOLDS, verdict


@pytest.mark.parametrize("number", range(1, 9))
def test_cell(number: int) -> None:
    case = next(c for c in CASES if c["id"] == f"NM-0{number}")
    texts: list[str] = case["input"].get("cells") or [case["input"]["cell"]]
    read: list[Quantity | None] = [parse(t) for t in texts]
    if case["expect"] == "not_assessed":
        assert read == [None]
    else:
        assert None not in read
        assert len({q.base for q in read if q is not None}) == 1
