"""JS305: words above a column of a table that are a slip of the column's name, or stand under the wrong class."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.catalog import ECONOMIC, Level, fold, load, near
from juesuan.findings import Finding, Role, Severity
from juesuan.rules.base import CouldNotCheckError, Rule, View, replace_fix
from juesuan.taxonomy.statements.wide import SUBTOTAL
from juesuan.understand.tables import ReadStatement
from juesuan.understand.tables.bind import HeadCell


def check(view: View) -> Iterator[Finding]:
    """Each strange word once, however many columns stand under it."""
    tables = view.understanding.tables.statements
    if not tables:
        raise CouldNotCheckError("没有认出决算表")
    for table in tables:
        told: set[HeadCell] = set()
        for path in table.strange:
            for finding, cell in _slips(view, table, path):
                if cell not in told:
                    told.add(cell)
                    yield finding


def _slips(view: View, table: ReadStatement, path: tuple[HeadCell, ...]) -> Iterator[tuple[Finding, HeadCell]]:
    wide = any(side.wide for side in table.statement.sides)
    known = {fold(w) for side in table.statement.sides for c in side.columns for w in (*c.labels, *c.under)}
    if wide:
        known |= set(load().folded_names(ECONOMIC)) | {fold(w) for w in SUBTOTAL}
    for cell in path:
        meant = near.slips(fold(cell.text), sorted(known)) if fold(cell.text) not in known else []
        if meant:
            yield _misspelt(view, table, cell, _written(table, meant[0])), cell
            return
    right = _left_over(table)
    if right is not None and path:
        yield _misspelt(view, table, path[-1], right), path[-1]
    elif wide and len(path) > 1 and all(fold(cell.text) in known for cell in path):
        yield _misplaced(view, table, path), path[-2]


def _left_over(table: ReadStatement) -> str | None:
    """What the one strange column must be: the one part of a total that has no column."""
    if len(table.strange) != 1:
        return None
    for side in table.statement.sides:
        for rule in side.across:
            missing = [p for p in rule.parts if p not in table.columns]
            col = table.statement.column(missing[0]) if len(missing) == 1 and not rule.within else None
            if rule.total in table.columns and len(rule.parts) > 1 and col is not None:
                return col.under[0] if col.under else col.labels[0]
    return None


def _written(table: ReadStatement, folded: str) -> str:
    """A folded name as the catalog or the layout writes it."""
    own = [w for side in table.statement.sides for c in side.columns for w in (*c.labels, *c.under)]
    return next((w for w in (*own, *load().all_names(ECONOMIC)) if fold(w) == folded), folded)


def _misspelt(view: View, table: ReadStatement, cell: HeadCell, right: str) -> Finding:
    return RULE.finding(
        f"《{table.title}》的列头“{cell.text}”疑为“{right}”之误，这一列的数没有核对。",
        (view.evidence(cell.place),),
        expected=right,
        actual=cell.text,
        fix=replace_fix(view.quote(cell.place), right),
        key=f"{table.statement.id}|{right}",
    )


def _misplaced(view: View, table: ReadStatement, path: tuple[HeadCell, ...]) -> Finding:
    """An item under a class that it is no part of: one of the two is wrong."""
    *_, above, own = path
    holders = [a.parent for a in load().economic_by_name(own.text, view.understanding.identity.year)]
    classes = [a.name for a in load() if a.kind == ECONOMIC and a.level is Level.CATEGORY and a.code in holders]
    of = f"，目录中属于“{'”或“'.join(classes)}”" if classes else ""
    return RULE.finding(
        f"《{table.title}》的列“{own.text}”列在“{above.text}”之下{of}，这一列的数没有核对。",
        (view.evidence(above.place), view.evidence(own.place, Role.OTHER)),
        expected=classes[0] if len(classes) == 1 else None,
        actual=above.text,
        key=f"{table.statement.id}|{above.text}",
    )


_HEAD = "某局2024年度部门决算\n财政拨款“三公”经费支出决算表\n单位：万元\n"
_ROW = "合计\t因公出国（境）费\t公务用车购置及运行维护费\t公务用车购置费\t{name}\t公务接待费\n2.00\t0.00\t1.00\t0.00\t1.00\t1.00"

RULE = Rule(
    code="JS305",
    name="column-names",
    title="表的列头写错",
    severity=Severity.WARNING,
    checks="决算表各列的名称是不是样表或收支分类科目的名称，经济科目的列是不是列在所属的类之下。",
    why="列头错一个字，这一列就认不出是什么，表内、表间的核算都落不到它身上。",
    basis="财政部部门决算公开样表；当年《政府收支分类科目》的支出经济分类",
    how="有数而认不出的列，列头与已知名称只差一个字（多、少、错或颠倒）的，或合计的各分项恰只缺这一列的，报疑点；按经济科目横列的表，列头本身是科目名称而不在上面那一类之下的，也报疑点。其余认不出的列列在没有核对的内容里。",
    wrong=_HEAD + _ROW.format(name="公务用车运维护费"),
    right=_HEAD + _ROW.format(name="公务用车运行维护费"),
    mend="按样表和收支分类科目改正列头。",
    misses="列头写成另一个真有的科目的，由表间关系核对。",
    check=check,
)
