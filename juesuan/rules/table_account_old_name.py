"""JS304: a table names an account as it was called in earlier years."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.catalog import Status
from juesuan.findings import Finding, Role, Safety, Severity
from juesuan.rules.base import Rule, View, replace_fix
from juesuan.rules.table_account_name import mismatches


def check(view: View) -> Iterator[Finding]:
    """Rows whose name had been given up before the year."""
    for row, match, others in mismatches(view, Status.OLD):
        name = match.current_name
        if name is None or row.name_place is None:
            continue
        since = f"（{match.since}年起）" if match.since else ""
        quote = view.quote(row.name_place)
        yield RULE.finding(
            f"表中 {row.code} 仍用旧名“{row.name}”，现行名称是“{name}”{since}。",
            (view.evidence(row.name_place), *(view.evidence(r.name_place, Role.OTHER) for r in others if r.name_place)),
            expected=name,
            actual=quote,
            fix=replace_fix(quote, name, Safety.UNSAFE),
            key=row.code or "",
        )


_HEAD = "某局2024年度部门决算\n一般公共预算财政拨款支出决算表\n单位：万元\n功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
_ROWS = "\t150.00\t150.00\t0.00\n2080501\t行政单位离退休\t150.00\t150.00\t0.00\n合计\t\t150.00\t150.00\t0.00"

RULE = Rule(
    code="JS304",
    name="table-account-old-name",
    title="表中科目用旧名",
    severity=Severity.HINT,
    checks="决算表中的科目名称是不是当年的名称。",
    why="科目每年修订，沿用旧名说明模板没有更新。",
    basis="政府收支分类科目（各年度）",
    how="编码对、名称是该科目以前的名称时提示，每个科目一次。",
    wrong=_HEAD + "208\t社会保障和就业支出\t150.00\t150.00\t0.00\n20805\t行政事业单位离退休" + _ROWS,
    right=_HEAD + "208\t社会保障和就业支出\t150.00\t150.00\t0.00\n20805\t行政事业单位养老支出" + _ROWS,
    mend="改为当年科目目录的名称。",
    misses="更名年份没有把握的不报。",
    check=check,
)
