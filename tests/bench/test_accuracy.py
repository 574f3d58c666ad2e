"""The bench's own logic: where a label stands, which finding answers it, what counts as violated."""

from __future__ import annotations

import pytest

from bench.accuracy import FAMILIES, Label, judge, read_labels
from bench.common import TRUTH, flatten
from juesuan.document.model import Cell, Document, Paragraph, Table
from juesuan.findings import Evidence, Finding, Severity
from juesuan.place import Place, cell, span
from juesuan.rules import RULES

DOCUMENT = Document(
    path="t",
    format="txt",
    blocks=(
        Paragraph(id=0, text="收入 10.00 万元，增长 5.00%。支出12.00万元，增长5.00%。"),
        Table(id=1, rows=1, columns=2, cells=(Cell(row=0, column=0, text="合计"), Cell(row=0, column=1, text="12.00"))),
    ),
)


def finding(place: Place, rule: str = "JS102", severity: Severity = Severity.ERROR) -> Finding:
    return Finding(rule, "x", severity, "…", (Evidence(place, DOCUMENT.text_of(place)),), id=f"{rule}{place}")


def label(quote: str, kind: str = "change", severity: str = "error", forbid: tuple[str, ...] = ()) -> Label:
    return Label(f"{kind} {quote}", kind, severity, (quote,), "", forbid=forbid)


def test_blanks_do_not_count_in_quotes() -> None:
    found = judge("t", [label("增长5.00%。支出")], [finding(span(0, 15, 20))], flatten(DOCUMENT))
    assert len(found.answered) == 1


def test_same_sentence_is_near_enough_and_another_is_not() -> None:
    flat = flatten(DOCUMENT)
    assert judge("t", [label("收入10.00万元")], [finding(span(0, 15, 20))], flat).answered
    assert not judge("t", [label("支出12.00万元")], [finding(span(0, 15, 20))], flat).answered


def test_a_table_row_is_a_sentence() -> None:
    assert judge("t", [label("合计")], [finding(cell(1, 0, 1, 0, 5))], flatten(DOCUMENT)).answered


def test_another_family_is_no_answer() -> None:
    found = judge("t", [label("增长5.00%")], [finding(span(0, 15, 20), rule="JS501")], flatten(DOCUMENT))
    assert not found.answered
    assert len(found.unlabelled) == 1


def test_one_finding_answers_one_label() -> None:
    labels = [label("收入10.00万元"), label("增长5.00%。支出")]
    found = judge("t", labels, [finding(span(0, 15, 20))], flatten(DOCUMENT))
    assert list(found.answered) == [labels[1].id]


@pytest.mark.parametrize(
    ("severity", "rule", "violated"), [("ERROR", "JS102", 1), ("HINT", "JS102", 0), ("ERROR", "JS501", 0)]
)
def test_what_is_forbidden_of_a_correct_figure(severity: str, rule: str, violated: int) -> None:
    correct = label("增长5.00%。支出", kind="correct", severity="none", forbid=("error", "warning"))
    found = judge("t", [correct], [finding(span(0, 15, 20), rule, Severity[severity])], flatten(DOCUMENT))
    assert len(found.violations) == violated


def test_every_kind_of_label_has_its_rules() -> None:
    kinds = {x.kind for path in TRUTH.glob("*.json") if path.stem != "cases" for x in read_labels(path)[1]}
    assert kinds <= set(FAMILIES)
    assert all(any(code.startswith(FAMILIES[kind]) for code in RULES) for kind in kinds)


def test_a_row_is_found_by_its_code_and_figures_whatever_its_name() -> None:
    cells = ("30108", "养老保险缴费", "504.38", "30206", "电费", "72.56")
    table = Table(id=0, rows=1, columns=6, cells=tuple(Cell(row=0, column=n, text=t) for n, t in enumerate(cells)))
    flat = flatten(Document(path="t", format="txt", blocks=(table,)))
    assert flat.find("30108 504.38") == [(0, 17)]
    assert not flat.find("30206 504.38")
    assert not flat.find("电费 504.38")
