"""JS206: the amounts of a table stand beside the wrong rows."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Evidence, Finding, Role, Severity
from juesuan.rules.base import Rule, View
from juesuan.understand.tables import ReadStatement


def check(view: View) -> Iterator[Finding]:
    """Tables whose amounts fit their labels exactly once they are moved by some rows."""
    for table in view.understanding.tables.statements:
        if table.shift:
            yield _finding(view, table)


def _finding(view: View, table: ReadStatement) -> Finding:
    moved = [f for row in table.rows for f in row.facts.values() if not f.quantity.is_zero]
    direction = "下" if table.shift > 0 else "上"
    evidence: list[Evidence] = [view.evidence(moved[0].place)]
    evidence += view.fact_evidence(moved[1:], Role.FOLLOWER)
    return RULE.finding(
        f"《{table.title}》的金额整体比科目错{direction} {abs(table.shift)} 行，共 {len(moved)} 格。按现在的位置各级合计多处不成立，移回后才成立。",
        tuple(evidence),
        actual=view.quote(moved[0].place),
        formula=f"金额{'上' if table.shift > 0 else '下'}移 {abs(table.shift)} 行后逐级相加、与其他各表逐行相符",
        key=f"shift|{table.statement.id}",
    )


_HEAD = "某局2024年度部门决算\n一般公共预算财政拨款支出决算表\n单位：万元\n功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
_NAMES = (
    "201\t一般公共服务支出",
    "20103\t政府办公厅（室）及相关机构事务",
    "2010301\t行政运行",
    "2010302\t一般行政管理事务",
    "208\t社会保障和就业支出",
    "20805\t行政事业单位养老支出",
    "2080501\t行政单位离退休",
    "2080502\t事业单位离退休",
    "合计\t",
    "\t",
)
_AMOUNTS = (
    "200.00\t120.00\t80.00",
    "200.00\t120.00\t80.00",
    "120.00\t120.00\t0.00",
    "80.00\t0.00\t80.00",
    "57.00\t50.00\t7.00",
    "57.00\t50.00\t7.00",
    "42.00\t40.00\t2.00",
    "15.00\t10.00\t5.00",
    "257.00\t170.00\t87.00",
)


def _table(amounts: tuple[str, ...]) -> str:
    return _HEAD + "\n".join(f"{n}\t{a}" for n, a in zip(_NAMES, amounts, strict=False))


RULE = Rule(
    code="JS206",
    name="shifted-table",
    title="整张表的金额与科目错行",
    severity=Severity.ERROR,
    checks="表中金额是否整体与科目名称错开一行或几行。",
    why="粘贴时金额列多选或少选了一格，几十个数同时落在别的科目名下；原因只有一个，不逐格报告。",
    basis="部门预决算公开各表的表内关系：类＝各款之和，款＝各项之和，合计＝各类之和",
    how="一张表有四处以上逐级相加或与他表逐行核对不成立时，把金额上下移动一至三行重算；移动后（几乎）全部成立才断定错行。",
    wrong=_table(("", *_AMOUNTS)),
    right=_table(_AMOUNTS),
    mend="把金额移回各自的科目所在的行。",
    misses="只错开一部分行的、错行后又有别的错的，按各处合计不符报告。",
    check=check,
)
