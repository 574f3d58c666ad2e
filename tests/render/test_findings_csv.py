from __future__ import annotations

import csv
import io
from dataclasses import replace

from juesuan.document.model import Document
from juesuan.findings import Outcome, Report
from juesuan.render.findings_csv import COLUMNS, render_csv
from tests.render.conftest import report

Example = tuple[list[Report], dict[str, Document]]


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff"), "Excel takes a file without the mark for GBK"
    found = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert found[0] == list(COLUMNS)
    assert all(len(row) == len(COLUMNS) for row in found)
    return [dict(zip(COLUMNS, row, strict=True)) for row in found[1:]]


def test_one_line_a_finding_and_one_for_what_was_not_read(example: Example) -> None:
    found = rows(render_csv(*example))
    assert [row["规则"] for row in found[:-1]] == [finding.rule for finding in example[0][0].findings]
    assert found[-1]["等级"] == "未读"
    assert "密码" in found[-1]["问题"]
    first = found[0]
    assert (first["原文"], first["应为"], first["文中"], first["页"]) == ("13.18%", "13.80%", "13.18%", "2")
    assert "1.61万元" in first["所用数"]


def test_nothing_of_the_report_runs_as_a_formula() -> None:
    hostile = ("=1+1", "+cmd", "-2+3", "@SUM(A1)", "＝1", "\t=1", "|calc", "%0A")
    base = report()
    for words in hostile:
        finding = replace(base.findings[0], message=words, expected=words, formula=words)
        told = replace(base, path=words, entity=words, findings=(finding,), outcome=Outcome.FINDINGS)
        for row in rows(render_csv([told], {})):
            for cell in row.values():
                assert cell[:1] not in {"=", "+", "@", "＝", "＋", "＠", "\t", "|", "%"}, cell
                assert not (cell.startswith("-") and cell == words)


def test_a_plain_negative_number_stays_a_number() -> None:
    base = report()
    told = replace(base, findings=(replace(base.findings[0], expected="-12.50"),))
    assert rows(render_csv([told], {}))[0]["应为"] == "-12.50"
