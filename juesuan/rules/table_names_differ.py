"""JS303: one account under two names in the tables of a report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from juesuan.catalog import fold, load, stem
from juesuan.document.model import Table
from juesuan.facts import Equal, Fact
from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place
from juesuan.place import cell as cell_place
from juesuan.quantity import chinese_number
from juesuan.rules._accounts import known_names
from juesuan.rules._text import evidence_of
from juesuan.rules.base import CouldNotCheckError, Rule, View, replace_fix
from juesuan.taxonomy.statements.wide import SUBTOTAL
from juesuan.understand.tables import ReadStatement
from juesuan.understand.tables.rows import class_code

_ORDINAL = re.compile(r"([一二三四五六七八九十]{1,3})、(.+)")
_CLASS_CODE = 3
_LONG = 8
"""A shorter list of rows may be another one."""
_ALIKE = 4
"""Of lists that are the same, fewer than one row in four differs."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row's name as printed, and where."""

    name: str
    place: Place
    title: str


def check(view: View) -> Iterator[Finding]:
    """Names of one code, then names of one row in tables that count the same rows."""
    tables = [t for t in view.understanding.tables.statements if not t.shift]
    if len(tables) < 2:
        raise CouldNotCheckError("没有认出两张以上的决算表，名称无从对照")
    if any(_is_garbled(r.name, r.code) for t in tables for r in t.rows if r.code and r.prints_code):
        raise CouldNotCheckError("表中名称的字串到了别的行，名称无从对照")
    for part in sorted({t.part for t in tables}):
        own = [t for t in tables if t.part == part]
        told = yield from _codes(view, own)
        yield from _against_text(view, own, told)
        yield from _rows(view, own)
        yield from _columns(view, own)


def _key(name: str) -> str:
    return stem(fold(name))


def _codes(view: View, tables: Sequence[ReadStatement]) -> Generator[Finding, None, set[str]]:
    """Names of one code in several tables; returns the codes told of."""
    told: set[str] = set()
    by_code: dict[str, list[_Line]] = defaultdict(list)
    for table in tables:
        for row in table.rows:
            if row.code and row.prints_code and row.name and row.name_place is not None:
                by_code[row.code].append(_Line(row.name, row.name_place, table.title))
        for code, line in _heads(view, table):
            by_code[code].append(line)
        yield from _twice(view, table, told)
    for code, lines in by_code.items():
        names = Counter(_key(line.name) for line in lines)
        if len(names) < 2:
            continue
        known = known_names(code)
        right = max(names, key=lambda n: (n in known, names[n]))
        witness = next(line for line in lines if _key(line.name) == right)
        for name in names:
            if name == right or _cut_off(view, name, right) or (name in known and right in known):
                continue
            wrong = [line for line in lines if _key(line.name) == name]
            told.add(code)
            yield _finding(view, f"编码 {code}", wrong, witness, key=code)
    return told


def _twice(view: View, table: ReadStatement, told: set[str]) -> Iterator[Finding]:
    """Two classes of one name in a table: it is that of one code only."""
    classes: dict[str, list[tuple[str, _Line]]] = defaultdict(list)
    for row in table.rows:
        if row.code and len(row.code) == _CLASS_CODE and row.prints_code and row.name_place is not None:
            classes[_key(row.name)].append((row.code, _Line(row.name, row.name_place, table.title)))
    for name, lines in classes.items():
        if name and len({code for code, _ in lines}) > 1:
            right = next((line for code, line in lines if name in known_names(code)), None)
            wrong = [(code, line) for code, line in lines if name not in known_names(code)]
            if right is not None and len(wrong) == 1:
                code, line = wrong[0]
                told.add(code)
                account = load().by_code(code, view.understanding.identity.year)
                if account is not None:
                    yield _finding(
                        view, f"编码 {code}", [line], replace(right, name=account.name, title="目录"), key=code
                    )


def _heads(view: View, table: ReadStatement) -> Iterator[tuple[str, _Line]]:
    """The names above the columns of a wide table, which are those of their codes."""
    if not any(side.wide for side in table.statement.sides):
        return
    seen: set[str] = set()
    for fact in table.facts:
        code = fact.scope.economic
        if code and code not in seen:
            seen.add(code)
            place = _head_of(view, fact.place)
            if place is not None:
                yield code, _Line(view.quote(place), place, table.title)


def _against_text(view: View, tables: Sequence[ReadStatement], told: set[str]) -> Iterator[Finding]:
    """Names that are not their code's, where a sentence calls the same figure by the right name."""
    said = {
        r.other.place: r.subject
        for r in view.understanding.relations
        if isinstance(r, Equal) and r.source.startswith("text_table") and r.subject.value == r.other.value
    }
    for table in tables:
        for row in table.rows:
            if not row.code or not row.prints_code or row.name_place is None or row.code in told:
                continue
            known = known_names(row.code)
            if not known or _key(row.name) in known or any(_cut_off(view, _key(row.name), name) for name in known):
                continue
            for fact in row.facts.values():
                text = said.get(fact.place)
                name = (text.scope.economic or (text.scope.account or "").rpartition("/")[2]) if text else ""
                if text is not None and _key(name) in known:
                    told.add(row.code)
                    line = _Line(row.name, row.name_place, table.title)
                    witness = _Line(name, text.named_at or text.place, "")
                    yield _finding(view, f"编码 {row.code}", [line], witness, key=row.code)
                    break


def _is_garbled(name: str, code: str) -> bool:
    """Whether characters of other lines stand in a name, around the name of its code or among its characters."""
    printed = fold(name)
    full = [fold(n.name) for n in load().names(code)]
    return _key(name) not in known_names(code) and any(
        len(printed) > len(one) and (one in printed or not Counter(one) - Counter(printed)) for one in full
    )


def _cut_off(view: View, name: str, other: str) -> bool:
    """Whether one name may be the other, cut off by the end of a line on its page."""
    return view.document.format == "pdf" and (name in other or other in name)


def _finding(view: View, what: str, wrong: Sequence[_Line], witness: _Line, key: str) -> Finding:
    first = wrong[0]
    quote = view.quote(first.place)
    bare, right = _bare(first.name), _bare(witness.name)
    where = f"在《{witness.title}》中" if witness.title else "文中"
    where = "目录中" if witness.title == "目录" else where
    return RULE.finding(
        f"{what}在《{first.title}》中的名称是“{bare}”，{where}是“{right}”。",
        (
            view.evidence(first.place),
            view.evidence(witness.place, Role.OTHER),
            *evidence_of(view, [line.place for line in wrong[1:]], Role.FOLLOWER),
        ),
        expected=right,
        actual=bare,
        fix=replace_fix(quote, quote.replace(bare, right)),
        key=key,
    )


def _bare(name: str) -> str:
    match = _ORDINAL.fullmatch(name.strip())
    return match[2] if match else name.strip()


def _rows(view: View, tables: Sequence[ReadStatement]) -> Iterator[Finding]:
    """Rows counted 一、二、 in two tables: of lists that are the same but for a name or two, those differ by a slip."""
    lists = [counted for table in tables for counted in _counted(view, table)]
    told: set[Place] = set()
    for one, other in combinations(lists, 2):
        common = one.keys() & other.keys()
        differing = [n for n in sorted(common) if _key(_bare(one[n].name)) != _key(_bare(other[n].name))]
        if len(common) < _LONG or len(differing) * _ALIKE > len(common):
            continue
        for number in differing:
            wrong, witness = _which(view, one, other, number)
            if wrong.place not in told:
                told.add(wrong.place)
                mark = wrong.name.partition("、")[0]
                yield _finding(view, f"第{mark}行", [wrong], witness, key=f"row|{witness.name}")


def _which(view: View, one: dict[int, _Line], other: dict[int, _Line], number: int) -> tuple[_Line, _Line]:
    """The wrong line and the right one: wrong is what no class is called, or what stands in its list twice."""

    def doubt(lines: dict[int, _Line]) -> int:
        name = _bare(lines[number].name)
        twice = sum(_key(_bare(line.name)) == _key(name) for line in lines.values()) > 1
        unknown = class_code(name, view.understanding.identity.year) is None
        return twice + unknown

    pair = (one[number], other[number])
    return pair if doubt(one) > doubt(other) else pair[::-1]


def _counted(view: View, table: ReadStatement) -> Iterator[dict[int, _Line]]:
    """The rows of a table that are counted 一、二、, column by column."""
    columns: dict[int, dict[int, _Line]] = defaultdict(dict)
    for number in table.blocks:
        block = view.document.blocks[number]
        for item in block.cells if isinstance(block, Table) else ():
            match = _ORDINAL.fullmatch(item.text.strip())
            value = chinese_number(match[1]) if match else None
            if value is not None:
                place = cell_place(number, item.row, item.column, 0, len(item.text))
                columns[item.column].setdefault(value, _Line(item.text.strip(), place, table.title))
    return (lines for lines in columns.values() if len(lines) >= _LONG)


# --- economic accounts across a table and down another ------------------------------------------------------------


def _columns(view: View, tables: Sequence[ReadStatement]) -> Iterator[Finding]:
    """A column of a wide table whose account no table by rows has, beside a row with its amount that it has no column for."""
    wide = [t for t in tables if any(side.wide for side in t.statement.sides)]
    across = {f.scope.economic: (t, f) for t in wide for f in _economic(t) if f.scope.economic}
    if len(across) < 2:
        return
    for table in tables:
        down = {f.scope.economic: f for f in _economic(table) if f.scope.economic}
        if table in wide or len(down) < 2:
            continue
        loose = {c: f for c, f in down.items() if c not in across}
        for code, (own, fact) in across.items():
            meant = [f for c, f in loose.items() if f.value == fact.value and len(c or "") == len(code or "")]
            place = _head_of(view, fact.place) if code not in down and len(meant) == 1 else None
            row = view.understanding.tables.row_at(meant[0].place) if place is not None else None
            if place is not None and row is not None and row.name_place is not None:
                wrong = _Line(view.quote(place), place, own.title)
                yield _finding(
                    view, f"{fact.quantity}的科目", [wrong], _Line(row.name, row.name_place, table.title), key=row.name
                )


def _economic(table: ReadStatement) -> Iterator[Fact]:
    """What was spent from the general budget, by economic account, whatever for."""
    for fact in table.facts:
        s = fact.scope
        if (s.fund, s.nature, s.account) == ("general_budget", "all_expenditure", None) and fact.value:
            yield fact


def _head_of(view: View, place: Place) -> Place | None:
    """The name above a column of figures: of a class it stands over 小计."""
    block = view.document.blocks[place.block]
    if not isinstance(block, Table) or place.column is None or place.row is None:
        return None
    above = (block.at(row, place.column) for row in range(place.row - 1, -1, -1))
    words = (c for c in above if c is not None and c.text.strip() and not c.text.strip()[0].isdigit())
    cell = next((c for c in words if c.text.strip() not in SUBTOTAL), None)
    return cell_place(place.block, cell.row, cell.column, 0, len(cell.text)) if cell is not None else None


_HEAD = "某局2024年度部门决算\n支出决算表\n单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出\n"
_NEXT = "一般公共预算财政拨款支出决算表\n单位：万元\n功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n"

RULE = Rule(
    code="JS303",
    name="table-names-differ",
    title="同一科目在各表中名称不同",
    severity=Severity.WARNING,
    checks="同一科目编码在各张表里的名称是否相同；各表按“一、二、”列示的各行名称是否相同。",
    why="表由软件生成，名称本应一致；不一致的，多是手工改表或套用旧表留下的。",
    basis="财政部印发的当年《政府收支分类科目》；同一科目全文应用同一名称",
    how="按编码归在一起比较名称，末尾“支出”和括号宽窄不计；与目录一致的为准，都不在目录中的以多数为准。"
    "文字用目录的名称说到同一个数的，也据以判断。"
    "按序号列示的，两张表大多相同的才逐行比较。按经济科目横列的表，与逐行列示的表比较。PDF 中一个名称是另一个的一段的，可能是换行截断，不报。",
    wrong=f"{_HEAD}205\t教育支出\t5.00\t5.00\t\t\t\t\n合计\t\t5.00\t5.00\t\t\t\t\n{_NEXT}205\t教育事业\t5.00\t5.00\t\n合计\t\t5.00\t5.00\t",
    right=f"{_HEAD}205\t教育支出\t5.00\t5.00\t\t\t\t\n合计\t\t5.00\t5.00\t\t\t\t\n{_NEXT}205\t教育支出\t5.00\t5.00\t\n合计\t\t5.00\t5.00\t",
    mend="以当年收支分类科目的名称为准，统一各表。",
    misses="只在一张表里出现的编码由“科目不在所写的类、款之下”提示；没有编码和序号的表不比较。",
    check=check,
)
