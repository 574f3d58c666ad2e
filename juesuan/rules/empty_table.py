"""JS410: a statutory table without any figure, and nothing says why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from juesuan.catalog import load
from juesuan.document.model import Block, Cell, Document, Paragraph, Table
from juesuan.evaluate import evaluate
from juesuan.facts import Aspect, Fact, Stage, State, Sum
from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place, cell
from juesuan.quantity import half_width
from juesuan.rules import arithmetic
from juesuan.rules._layout import layout_of, named
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.taxonomy.concepts import FUND_PARTS
from juesuan.taxonomy.profiles import TableSpec
from juesuan.understand.passages import Passage
from juesuan.understand.tables import titled as titled_statement

_FIGURE = re.compile(r"-?\d[\d,]*\.\d+|-?\d{1,3}(?:,\d{3})+|0|\d{5,}|—|-{1,2}|无")
_STATED = re.compile(r"(?:无|没有|未发生|未安排|不涉及|不存在|为0|空表)")
_LOOK = 4
_FORM = 3
"""Of more tables than that, most are filled in, or it is a blank form."""
_FUNDS = ("政府性基金", "国有资本经营", "三公")
_CLASS = 3
_NOT_IN_EVERY_FORM = {"agency_running_cost"}
_CODE = re.compile(r"\d{3,7}")
_WHOLE = re.compile(r"-?[1-9]\d*")


def check(view: View) -> Iterator[Finding]:
    """Tables of the layout whose cells hold words only."""
    profile = layout_of(view)
    blocks = view.document.blocks
    titled = {table.id: (spec, title) for table, spec, title in _titled(view, profile.tables)}
    if not titled:
        raise NotApplicableError("文中没有带标题的公开表")
    tables = {n: block for n in titled if isinstance(block := blocks[n], Table)}
    parts = {n: _parts(view, table) for n, table in tables.items()}
    # A bare 1 may be a row's number or an amount: in a table that was read it is known which.
    read = {block for t in view.understanding.tables.statements if not t.is_empty for block in t.blocks}
    empty = [
        n
        for n in tables
        if n not in read and not any(map(_has_figures, parts[n])) and not _continued(blocks, parts[n][-1])
    ]
    if len(tables) > _FORM and len(empty) * 2 > len(tables):
        raise NotApplicableError("多数表都没有数据，像是空白样表")
    for number in empty:
        spec, title = titled[number]
        subject = view.evidence(_place(title, spec))
        # Small whole figures read like a count of columns; where such stand, nobody can say that nothing does.
        money = None if _has_numbers(tables[number]) else _money(view, spec)
        if money is not None:
            yield RULE.finding(
                f"{named(spec.title)}没有数据，而{arithmetic.name_of(money)}另处写有 {money.quantity}。",
                (subject, view.evidence(money.place, Role.OPERAND)),
                key=spec.title,
            )
        elif not _stated(view, parts[number], spec):
            yield RULE.finding(
                f"{named(spec.title)}没有数据，表下和文中都没有说明原因。",
                (subject,),
                expected="在表下注明“本年度没有……，故本表无数据”",
                key=spec.title,
            )
    yield from _pages(view)


def _pages(view: View) -> Iterator[Finding]:
    """A page of a wide table without a figure, while the other pages' classes are less than the total."""
    wide = [t for t in view.understanding.tables.statements if any(side.wide for side in t.statement.sides)]
    for page in wide:
        beside = [t for t in wide if (t.statement.id, t.part) == (page.statement.id, page.part) and not t.is_empty]
        whole = [f for t in beside for r in t.rows if r.row_id == "total" for f in r.facts.values()]
        total = next((f for f in whole if f.scope.economic is None), None)
        classes = tuple(f for f in whole if len(f.scope.economic or "") == _CLASS)
        if not page.is_empty or total is None or not classes:
            continue
        verdict = evaluate(Sum(total, classes))
        if verdict.state is State.BROKEN and verdict.computed is not None and verdict.computed < total.value:
            table = view.document.blocks[page.blocks[0]]
            head = next((c for c in table.cells if c.text.strip()), None) if isinstance(table, Table) else None
            if head is not None:
                yield RULE.finding(
                    f"《{page.title}》有一页没有数据，而其余各页的数加起来不到合计：{verdict.formula}。",
                    (
                        view.evidence(cell(table.id, head.row, head.column, 0, len(head.text))),
                        *view.fact_evidence((total, *classes), Role.OPERAND),
                    ),
                    formula=verdict.formula,
                    key=f"{page.statement.id}|page",
                )


def _money(view: View, spec: TableSpec) -> Fact | None:
    """A figure of the year that the table should hold, where it is of one fund or of 三公."""
    statement = titled_statement(spec.title)
    if statement is None or (statement.fund not in FUND_PARTS and statement.id != "three_public"):
        return None
    sides = statement.sides
    concepts = {c.concept for s in sides for c in s.columns} | {r.concept for s in sides for r in s.rows}
    concepts -= _NOT_IN_EVERY_FORM
    year = view.understanding.identity.year
    return next(
        (
            f
            for f in view.understanding.facts
            if f.concept in concepts
            and f.aspect is Aspect.LEVEL
            and (f.scope.year, f.scope.stage) == (year, Stage.FINAL)
            and (statement.id == "three_public" or f.scope.fund == statement.fund)
            and (f.scope.account, f.scope.economic, f.scope.nature) == (None, None, None)
            and f.scope.project is None
            and not f.quantity.is_zero
        ),
        None,
    )


def _parts(view: View, table: Table) -> tuple[Table, ...]:
    """The table with what page ends cut from it."""
    read = view.understanding.tables.of_block(table.id)
    blocks = view.document.blocks
    return tuple(t for n in read.blocks if isinstance(t := blocks[n], Table)) if read else (table,)


def _titled(view: View, specs: tuple[TableSpec, ...]) -> Iterator[tuple[Table, TableSpec, Passage]]:
    """Each table with the title that stands at most a few lines above it."""
    by_block = {p.segments[0].block: p for p in view.understanding.passages}
    for block in view.document.blocks:
        if not isinstance(block, Table):
            continue
        for back in range(1, _LOOK + 1):
            above = view.document.blocks[block.id - back] if block.id >= back else None
            if not isinstance(above, Paragraph):
                break
            passage = by_block.get(above.id)
            spec = next((s for s in specs if passage and _ends(passage.text, s)), None)
            if passage and spec:
                yield block, spec, passage
                break


def _ends(text: str, spec: TableSpec) -> bool:
    names = (spec.title, *spec.aliases)
    return spec.fits(text) or any(text.endswith("表" + name) for name in names)


def _place(passage: Passage, spec: TableSpec) -> Place:
    at = max(passage.text.find(spec.title), 0)
    return passage.place(at, len(passage.text))


def _has_figures(table: Table) -> bool:
    texts = (half_width(c.text.strip()) for c in table.cells)
    if any(_counted_line(line) for line in table.row_cells()):
        return True
    return any(_FIGURE.fullmatch(text) and not _is_code(text) for text in texts)


def _counted_line(line: Sequence[Cell]) -> bool:
    """An account's line with a whole number in it: elsewhere a bare 1 may be a row's or a column's number."""
    texts = [t for c in line if (t := half_width(c.text).strip())]
    return bool(texts) and _is_code(texts[0]) and any(_WHOLE.fullmatch(t) for t in texts[1:] if not _is_code(t))


def _has_numbers(table: Table) -> bool:
    return any(c.text.strip().isdecimal() and not _is_code(c.text) for c in table.cells)


def _is_code(text: str) -> bool:
    return bool(_CODE.fullmatch(text.strip())) and load().by_code(text.strip()) is not None


def _continued(blocks: tuple[Block, ...], table: Table) -> bool:
    """A table that goes on in the next block: the head alone may hold no figure."""
    after = blocks[table.id + 1] if table.id + 1 < len(blocks) else None
    return isinstance(after, Table)


def _stated(view: View, parts: Sequence[Table], spec: TableSpec) -> bool:
    if any(_STATED.search(c.text) for table in parts for c in table.cells):
        return True
    return _stated_below(view.document, parts[-1]) or _stated_in_text(view, spec)


def _stated_below(document: Document, table: Table) -> bool:
    for block in document.blocks[table.id + 1 : table.id + 1 + _LOOK]:
        if isinstance(block, Table):
            return False
        if isinstance(block, Paragraph) and _STATED.search(block.text):
            return True
    return False


def _stated_in_text(view: View, spec: TableSpec) -> bool:
    fund = next((f for f in _FUNDS if f in spec.title), None)
    if fund is None:
        return False
    pattern = re.compile(
        rf"(?:无|没有|未安排|未发生|不涉及)[^。；]{{0,12}}{fund}|{fund}[^。；]{{0,40}}(?:无|没有|未|为0|0(?:\.0+)?万?元)"
    )
    return any(pattern.search(p.text) for p in view.understanding.passages)


_HEAD = (
    "上海市普陀区档案馆2024年度部门决算\n第一部分 上海市普陀区档案馆概况\n"
    "一、主要职能\n保管档案。\n二、部门决算单位构成\n"
)
_NAMES = (
    "收入支出决算总体情况说明",
    "收入决算情况说明",
    "支出决算情况说明",
    "财政拨款收入支出决算总体情况说明",
    "一般公共预算财政拨款支出决算情况说明",
    "一般公共预算财政拨款基本支出决算情况说明",
    "财政拨款“三公”经费支出决算情况说明",
)
_REST = "第三部分 上海市普陀区档案馆2024年度部门决算情况说明\n" + "".join(
    f"{n}、{t}\n上海市普陀区档案馆的情况。\n" for n, t in zip("一二三四五六七", _NAMES, strict=True)
)
_TABLE = (
    "第二部分 上海市普陀区档案馆2024年度部门决算表\n"
    "政府性基金预算财政拨款收入支出决算表\n\t项目\n\t本年收入\n\n\t合计\n\t\n\n"
)

RULE = Rule(
    code="JS410",
    name="empty-table",
    title="空表没有说明",
    severity=Severity.WARNING,
    checks="没有任何数据的公开表，表下或文中有没有说明。",
    why="空白的表可能是漏填，读者无从分辨；规定没有数据的表列出空表并说明。",
    basis="财政预决算领域基层政务公开标准目录：没有数据的表格应当列出空表并说明",
    how="按体例的表名认出各表；全表没有一个数（包括0）的，再看表内、表下和正文有没有“无”“没有”等说明；文中或别的表写有这笔钱的，有说明也报。",
    wrong=_HEAD + _TABLE + _REST,
    right=_HEAD + _TABLE + "注：本部门本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。\n" + _REST,
    mend="在表下加注“本年度没有……收入和支出，故本表无数据”；不是空表的，补填数据。",
    misses="填了0的表不算空表；表名认不出的表不检查。",
    check=check,
)
