from __future__ import annotations

from collections import Counter

import pytest

from juesuan.taxonomy.concepts import BY_ID as CONCEPTS
from juesuan.taxonomy.statements import BY_ID, CLASSES, NATIONAL, SICHUAN_2021, SICHUAN_2023, STATEMENTS, Statement
from juesuan.understand.tables.recognise import titled
from juesuan.understand.tables.words import label

TABLES_ONLY = {
    "economic", "income_special_account", "income_education_fees", "", "meeting_fee", "training_fee", "reception_overseas",
    "running_cost_administrative", "expenditure_change", "running_cost_equivalent",
}  # fmt: skip


def test_the_sets_have_the_tables_that_are_published() -> None:
    assert (len(NATIONAL), len(SICHUAN_2023), len(SICHUAN_2021)) == (9, 13, 14)
    for statement_id in (*NATIONAL, *SICHUAN_2023, *SICHUAN_2021):
        assert statement_id in BY_ID


def test_no_title_belongs_to_two_statements() -> None:
    seen = Counter(label(t) for s in STATEMENTS for t in {label(t): t for t in s.titles}.values())
    assert [title for title, n in seen.items() if n > 1] == []


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: s.id)
def test_a_title_is_read_as_the_statement_it_belongs_to(statement: Statement) -> None:
    for title in statement.titles:
        assert titled(f"某市某局2023年度{title}") is statement
        assert titled(f"{title}（续表）") is statement


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: s.id)
def test_identities_name_columns_and_rows_that_exist(statement: Statement) -> None:
    for side in statement.sides:
        columns = [c.id for c in side.columns]
        rows = [r.id for r in side.rows]
        assert len(set(columns)) == len(columns)
        assert len(set(rows)) == len(rows)
        for across in side.across:
            assert {across.total, *across.parts} <= set(columns)
        for down in side.down:
            assert {down.total, *down.parts} <= {*rows, CLASSES}
            assert {r for name, parts in down.instead for r in (name, *parts)} <= set(rows)
        assert {r.after for r in side.rows} <= {"", *rows}
    assert all(statement.column(c) for c in statement.required)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: s.id)
def test_every_concept_is_known(statement: Statement) -> None:
    used = {c.concept for s in statement.sides for c in s.columns} | {
        r.concept for s in statement.sides for r in s.rows
    }
    assert {c for c in used if not c.startswith("count:")} <= set(CONCEPTS) | TABLES_ONLY


@pytest.mark.parametrize(
    "title",
    [
        "社会保险基金收入支出决算表",
        "一般公共预算财政拨款项目支出决算分单位表",
        "项目支出决算明细表",
        "国有资产占用情况表",
        "目录",
    ],
)
def test_a_table_of_another_name_is_not_taken_for_a_statement(title: str) -> None:
    assert titled(title) is None
