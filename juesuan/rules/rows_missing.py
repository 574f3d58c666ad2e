"""JS412: a table lacks a row: an account above or below those printed, a total, a number of its own count."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from juesuan.catalog import load
from juesuan.document.model import Cell, Table
from juesuan.findings import Evidence, Finding, Role, Severity
from juesuan.place import Place
from juesuan.place import cell as cell_place
from juesuan.quantity import chinese_number
from juesuan.rules.base import CouldNotCheckError, Rule, View
from juesuan.taxonomy.statements import Keys
from juesuan.understand.tables import ReadRow, ReadStatement

_LENGTHS = (3, 5, 7)
_COUNT = re.compile(r"\d{1,3}")
_ORDINAL = re.compile(r"([一二三四五六七八九十]{1,3})、")
_GROUP = 5
_LONG = 8
"""A shorter count may be anything."""
_FEW = 2
"""Of more rows a table may leave out what it likes."""
_MOST_NAMED = 4

Gap = tuple[str, Sequence[Evidence]]


def check(view: View) -> Iterator[Finding]:
    """One finding a table."""
    tables = [t for t in view.understanding.tables.statements if not t.is_empty and not t.shift]
    if not tables:
        raise CouldNotCheckError("没有认出有数据的决算表")
    for table in tables:
        others = [t for t in tables if t is not table and t.part == table.part]
        accounts = [] if table.by_unit else _accounts(view, table, others)
        gaps = [*_totals(view, table, others), *accounts, *_counts(view, table)]
        if gaps:
            yield _finding(table, gaps)


def _finding(table: ReadStatement, gaps: Sequence[Gap]) -> Finding:
    shown = "；".join(dict.fromkeys(words for words, _ in gaps[:_MOST_NAMED]))
    evidence = {e.place: e for _, places in gaps for e in places}
    first, *rest = evidence.values()
    return RULE.finding(
        f"《{table.title}》似缺行：{shown}。",
        (first, *(Evidence(e.place, e.quote, Role.OTHER) for e in rest)),
        actual=first.quote,
        key=table.statement.id,
    )


# --- accounts --------------------------------------------------------------------------------------------------


def _coded(table: ReadStatement) -> dict[str, ReadRow]:
    return {r.code: r for r in table.rows if r.code and r.prints_code and r.name_place is not None}


def _accounts(view: View, table: ReadStatement, others: Sequence[ReadStatement]) -> Iterator[Gap]:
    """Rows whose account above is not printed, and accounts with money under which nothing is."""
    rows = _coded(table)
    elsewhere = {code for other in others for code in _coded(other)}
    for length, below in pairwise(_LENGTHS):
        level = [c for c in rows if len(c) == length]
        orphans: dict[str, list[str]] = defaultdict(list)
        for code in rows:
            if len(code) > length and code[:length] not in rows:
                orphans[code[:length]].append(code)
        if len(orphans) <= _FEW:
            for parent, codes in orphans.items():
                if parent in elsewhere or len(level) >= len(orphans):
                    words = f"有 {codes[0]}{rows[codes[0]].name}而没有它的上级 {parent}{_name(parent)}"
                    yield words, [_row_evidence(view, rows[c]) for c in codes]
        parents = {c[:length] for c in rows if len(c) >= below}
        bare = [c for c in level if c not in parents and _spent(rows[c]) and _has_items(c, below)]
        if len(bare) <= _FEW:
            for code in bare:
                if len(parents) > len(bare) or _go_deeper(others, code, below):
                    words = f"{code}{rows[code].name}有数，而没有列出其下的{'款' if below == _GROUP else '项'}"
                    yield words, [_row_evidence(view, rows[code])]


def _go_deeper(others: Sequence[ReadStatement], code: str, below: int) -> bool:
    """Whether two other tables or more print the account, and all of them what is below it."""
    printed = [codes for t in others if code in (codes := _coded(t))]
    return len(printed) > 1 and all(any(c.startswith(code) and len(c) == below for c in codes) for codes in printed)


def _name(code: str) -> str:
    account = load().by_code(code)
    return account.name if account is not None else ""


def _has_items(code: str, below: int) -> bool:
    """Whether the catalog knows accounts directly below one."""
    return any(len(a.code) == below for a in load().children(code))


def _spent(row: ReadRow) -> bool:
    return any(not f.quantity.is_zero for f in row.facts.values())


def _row_evidence(view: View, row: ReadRow) -> Evidence:
    place = row.name_place or next(iter(row.facts.values())).place
    return view.evidence(place)


# --- totals ----------------------------------------------------------------------------------------------------


def _totals(view: View, table: ReadStatement, others: Sequence[ReadStatement]) -> Iterator[Gap]:
    """A total row that the layout has and the table does not, though its parts are there."""
    for side in table.statement.sides:
        rows = [r for r in table.rows if r.side == side.id]
        if not rows or rows[-1].name_place is None:
            continue
        ids = {r.row_id for r in rows}
        here = [_row_evidence(view, rows[-1])]
        if side.keys is Keys.LABELS:
            wanted = {rule.total for rule in side.down}
            if "total" in wanted and "total" not in ids and len(ids & wanted) == len(wanted) - 1:
                yield "没有最后的总计行", here
        elif side.tree and not any(ids) and any(_sums_up(t) for t in others):
            yield "没有合计行", here


def _sums_up(table: ReadStatement) -> bool:
    """Whether a table by accounts prints a total: then the others do too."""
    sides = {s.id for s in table.statement.sides if s.tree}
    return any(r.side in sides and r.row_id for r in table.rows)


# --- its own count ---------------------------------------------------------------------------------------------


def _counts(view: View, table: ReadStatement) -> Iterator[Gap]:
    """Line numbers (行次) and ordinals (一、二、) that jump, in columns where they otherwise count on."""
    columns: dict[int, list[tuple[int, int, Cell]]] = defaultdict(list)
    ordinals: dict[int, list[tuple[int, int, Cell]]] = defaultdict(list)
    for number in table.blocks:
        block = view.document.blocks[number]
        if not isinstance(block, Table) or not block.regular:
            return
        for item in block.cells:
            text = "".join(item.text.split())
            leading = _ORDINAL.match(text)
            if _COUNT.fullmatch(text):
                columns[item.column].append((int(text), number, item))
            elif leading is not None and (value := chinese_number(leading[1])) is not None:
                ordinals[item.column].append((value, number, item))
    for what, found in (("行次", columns), ("序号", ordinals)):
        for count in found.values():
            yield from _jumps(view, what, count)


def _jumps(view: View, what: str, count: Sequence[tuple[int, int, Cell]]) -> Iterator[Gap]:
    steps = [(a, b) for a, b in pairwise(count) if b[0] != a[0] + 1]
    if len(count) < _LONG or len(steps) > _FEW // 2:
        return
    for before, after in steps:
        if before[0] < after[0] <= before[0] + 1 + _FEW:
            evidence = [view.evidence(_place(*before[1:])), view.evidence(_place(*after[1:]))]
            yield f"{what}从“{before[2].text.strip()}”跳到“{after[2].text.strip()}”", evidence


def _place(block: int, item: Cell) -> Place:
    return cell_place(block, item.row, item.column, 0, len(item.text))


_HEAD = "某局2024年度部门决算\n一般公共预算财政拨款支出决算表\n单位：万元\n功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
_ROWS = (
    "201\t一般公共服务支出\t200.00\t120.00\t80.00\n20103\t政府办公厅（室）及相关机构事务\t200.00\t120.00\t80.00\n"
    "2010301\t行政运行\t200.00\t120.00\t80.00\n208\t社会保障和就业支出\t57.00\t50.00\t7.00\n"
    "{missing}2080501\t行政单位离退休\t57.00\t50.00\t7.00\n合计\t\t257.00\t170.00\t87.00"
)

RULE = Rule(
    code="JS412",
    name="rows-missing",
    title="表中缺行",
    severity=Severity.WARNING,
    checks="表中列有下级科目的，上级科目的行是否也在；有数的类、款之下有没有列出款、项；有没有合计、总计行；行次和序号是否连续。",
    why="删行、漏行后金额仍可能处处相等（一款之下只有一项时），只有看行才能发现。",
    basis="财政部部门决算公开样表：按类、款、项逐级列示，设合计行，行次连续",
    how="同一张表或本文件其他各表列出了这一级科目的，才要求它；缺的超过两行的，是该表的列法，不报。行次、序号一列八个以上依次加一的，中间跳过一两个才报。",
    wrong=_HEAD + _ROWS.format(missing=""),
    right=_HEAD + _ROWS.format(missing="20805\t行政事业单位养老支出\t57.00\t50.00\t7.00\n"),
    mend="对照决算软件导出的报表，补上缺的行。",
    misses="没有编码的表只看行次和序号；整张表都不列某一级科目的不报。",
    check=check,
)
