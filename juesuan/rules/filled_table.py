"""JS411: a table with figures of which the document says that it has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.document.model import Paragraph, Table
from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.understand.tables import ReadStatement

_EMPTY = re.compile(r"(?:故|因此|所以)?(?:本|此|该)表(?:无数据|没有数据|无内容|为空表|为空|是空表)")
_MATTERS = ("政府性基金", "国有资本经营", "三公", "机关运行经费", "财政专户")
"""What such a statement and the title of its table both name; one that names nothing may speak of another table."""
_LOOK = 4
_SHOWN = 3


def check(view: View) -> Iterator[Finding]:
    """Statements of an empty table right below a table that has figures, and names the same matter."""
    tables = [t for t in view.understanding.tables.statements if not t.is_empty]
    if not tables:
        raise NotApplicableError("没有认出有数据的公开表")
    by_last = {t.blocks[-1]: t for t in tables}
    for passage in view.understanding.passages:
        match = _EMPTY.search(passage.text)
        if match is None:
            continue
        table = _above(view, by_last, passage.segments[0].block)
        if table is not None and _same_matter(passage.text, table):
            yield from _finding(view, table, passage.place(*match.span()))


def _above(view: View, by_last: dict[int, ReadStatement], block: int) -> ReadStatement | None:
    """The table a line stands below: nothing but a few lines of text between."""
    for number in range(block - 1, max(block - 1 - _LOOK, -1), -1):
        before = view.document.blocks[number]
        if isinstance(before, Table):
            return by_last.get(number)
        if not isinstance(before, Paragraph):
            return None
    return None


def _same_matter(text: str, table: ReadStatement) -> bool:
    named = [m for m in _MATTERS if m in text]
    return bool(named) and all(m in table.title for m in named)


def _finding(view: View, table: ReadStatement, place: Place) -> Iterator[Finding]:
    filled = [f.place for f in table.facts if not f.quantity.is_zero]
    if not filled:
        return
    shown = "、".join(dict.fromkeys(view.quote(p).strip() for p in filled[:_SHOWN]))
    yield RULE.finding(
        f"《{table.title}》里有数（{shown}{'等' if len(filled) > _SHOWN else ''}），表下却写“{view.quote(place)}”。",
        (view.evidence(place), *(view.evidence(p, Role.OTHER) for p in filled[:_SHOWN])),
        actual=view.quote(place),
        key=table.statement.id,
    )


_TEXT = (
    "某局2024年度部门决算\n财政拨款“三公”经费支出决算表\n单位：万元\n"
    "合计\t因公出国（境）费\t公务用车购置及运行维护费小计\t公务用车购置费\t公务用车运行维护费\t公务接待费\n"
    "预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\n"
    "2.00\t1.35\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\t2.00\t1.35\n\n"
)

RULE = Rule(
    code="JS411",
    name="filled-table",
    title="表里有数，表下却说是空表",
    severity=Severity.ERROR,
    checks="注明“本表无数据”“本表为空表”的表，是不是真的没有数。",
    why="空表的说明从样表或别的表照抄过来没有删，读者不知道该信表还是信说明。",
    basis="财政预决算领域基层政务公开标准目录：没有数据的表格才列出空表并说明",
    how="说明紧接在一张认出的公开表之下，两者说的是同一件事（政府性基金、国有资本经营、“三公”经费等），而表里有不为零的数，报错误。",
    wrong=_TEXT + "注：本部门2024年无“三公”经费支出，故本表无数据。",
    right=_TEXT + "注：本表反映部门本年度“三公”经费支出预决算情况。",
    mend="表中的数无误的，删去这句说明；确实没有发生的，删去表中的数。",
    misses="没有写明是哪件事的说明，说的可能是另一张表，不判断。",
    check=check,
)
