"""The facts of documents as open data: JSON (`juesuan.facts/1`, docs/schema/facts-1.schema.json) and CSV for Excel."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from juesuan import __version__
from juesuan.check import locate
from juesuan.facts import Fact
from juesuan.quantity import plain
from juesuan.render import words
from juesuan.render.cells import csv_text
from juesuan.render.json import Json, where_json
from juesuan.understand.understanding import Understanding

SCHEMA = "juesuan.facts/1"
_SURROGATE = re.compile("[\ud800-\udfff]")
_COLUMNS = (
    "文件",
    "单位",
    "编号",
    "指标",
    "原文称呼",
    "方面",
    "年度",
    "阶段",
    "资金",
    "功能科目",
    "经济科目",
    "项目",
    "口径单位",
    "其他口径",
    "数值",
    "计量单位",
    "小数位",
    "方向",
    "折合基本单位",
    "约数",
    "判定方式",
    "原文",
    "位置",
)


@dataclass(frozen=True, slots=True)
class FactSheet:
    """The facts of one file: what was understood, or None with the reason why not. `problems` are of reading."""

    path: str
    understanding: Understanding | None
    problems: tuple[str, ...] = ()
    outcome: str = "read"


def render_json(sheets: Sequence[FactSheet]) -> str:
    """All facts as one JSON text ending with a line break; the same input gives the same bytes."""
    content: Json = {
        "schema": SCHEMA,
        "version": __version__,
        "documents": [_document(sheet) for sheet in sheets],
    }
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def render_csv(sheets: Sequence[FactSheet]) -> str:
    """All facts as one table, one fact a line, with the mark by which Excel knows UTF-8.

    A text that a spreadsheet would run as a formula gets an apostrophe before it; figures stay figures.
    """
    return csv_text(_COLUMNS, (row for sheet in sheets for row in _rows(sheet)))


def _facts(understanding: Understanding) -> Iterator[Fact]:
    """The facts that stand in the document; those worked out on the way have no place of their own."""
    return (fact for fact in understanding.facts if fact.id >= 0)


def _document(sheet: FactSheet) -> dict[str, Json]:
    known = sheet.understanding
    return {
        "path": sheet.path,
        "sha256": known.document.sha256 or None if known else None,
        "kind": known.identity.kind if known else "unknown",
        "entity": known.identity.entity if known else None,
        "year": known.identity.year if known else None,
        "outcome": sheet.outcome,
        "problems": list(sheet.problems),
        "facts": [_fact(fact, known) for fact in _facts(known)] if known else [],
    }


def _fact(fact: Fact, known: Understanding) -> Json:
    scope, quantity = fact.scope, fact.quantity
    return {
        "id": fact.id,
        "concept": fact.concept,
        "label": fact.label or None,
        "aspect": fact.aspect.value,
        "scope": {
            "year": scope.year,
            "stage": scope.stage.value if scope.stage else None,
            "fund": scope.fund,
            "account": scope.account,
            "economic": scope.economic,
            "project": scope.project,
            "entity": scope.entity,
            "nature": scope.nature,
        },
        "value": plain(quantity.value, quantity.decimals),
        "measure": quantity.measure.symbol or None,
        "decimals": quantity.decimals,
        "sign": fact.sign,
        "base": plain(fact.value),
        "approximate": quantity.approximate,
        "binding": fact.binding.value,
        "quote": known.document.text_of(fact.place),
        "where": where_json(locate(fact.place, known)),
    }


def _rows(sheet: FactSheet) -> Iterator[tuple[str, ...]]:
    known = sheet.understanding
    if known is None:
        return
    for fact in _facts(known):
        scope, quantity = fact.scope, fact.quantity
        cells = (
            sheet.path,
            known.identity.entity,
            fact.id,
            fact.concept,
            fact.label,
            fact.aspect.value,
            scope.year,
            scope.stage.value if scope.stage else None,
            scope.fund,
            scope.account,
            scope.economic,
            scope.project,
            scope.entity,
            scope.nature,
            plain(quantity.value, quantity.decimals),
            quantity.measure.symbol,
            quantity.decimals,
            fact.sign,
            plain(fact.value),
            "是" if quantity.approximate else "",
            fact.binding.value,
            known.document.text_of(fact.place),
            words.place(locate(fact.place, known)),
        )
        yield tuple("" if cell is None else str(cell) for cell in cells)
