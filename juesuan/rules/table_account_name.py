"""JS303: a code and a name in a table row belong to two accounts."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.catalog import LevelMatch, Status
from juesuan.catalog import load as load_catalog
from juesuan.findings import Finding, Role, Severity
from juesuan.rules.base import Rule, View
from juesuan.understand.tables import ReadRow


def check(view: View) -> Iterator[Finding]:
    """Rows whose name is, letter for letter, that of another account."""
    for row, match, others in mismatches(view, Status.ELSEWHERE):
        own = match.suggestions[0]
        right = match.accounts[0]
        places = tuple(view.evidence(r.name_place, Role.OTHER) for r in others if r.name_place)
        if row.name_place is not None:
            yield RULE.finding(
                f"表中编码 {row.code} 写作“{row.name}”，科目目录里 {row.code} 是“{own.name}”，“{row.name}”的编码是 {right.code}。",
                (view.evidence(row.name_place), *places),
                expected=f"{right.code} {right.name}，或 {own.code} {own.name}",
                actual=f"{row.code} {row.name}",
                key=row.code or "",
            )


def mismatches(view: View, status: Status) -> Iterator[tuple[ReadRow, LevelMatch, list[ReadRow]]]:
    """The first row of each code whose name stands so to the catalog, and the same in other tables."""
    rows: dict[tuple[str, str], list[ReadRow]] = {}
    for table in view.understanding.tables.statements:
        for row in table.rows:
            if row.code and row.name and row.name_place and not table.shift:
                rows.setdefault((row.code, row.name), []).append(row)
    catalog = load_catalog()
    for (code, name), found in rows.items():
        match = catalog.match_code(code, name, view.understanding.identity.year)
        if match is not None and match.status is status:
            yield found[0], match, found[1:]


_HEAD = "某局2024年度部门决算\n一般公共预算财政拨款支出决算表\n单位：万元\n功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n"

RULE = Rule(
    code="JS303",
    name="table-account-name",
    title="表中科目编码与名称不配",
    severity=Severity.HINT,
    checks="决算表每行的科目编码与科目名称是否是同一个科目。",
    why="编码决定金额归到哪里，名称写成别的科目，读者会看错。",
    basis="政府收支分类科目（各年度）",
    how="名称与目录中该编码的名称不同、而恰好是另一科目的名称时提示。被单元格截断、串行的名称不报，科目以编码为准。",
    wrong=_HEAD + "211\t节能环保支出\t150.00\t0.00\t150.00\n21111\t污染减排\t150.00\t0.00\t150.00\n2111101\t减排专项支出\t150.00\t0.00\t150.00\n合计\t\t150.00\t0.00\t150.00",
    right=_HEAD + "211\t节能环保支出\t150.00\t0.00\t150.00\n21111\t污染减排\t150.00\t0.00\t150.00\n2111103\t减排专项支出\t150.00\t0.00\t150.00\n合计\t\t150.00\t0.00\t150.00",
    mend="对照当年科目目录，改正编码或名称。",
    misses="目录没有收的科目、名称有错字的不报。",
    check=check,
)
