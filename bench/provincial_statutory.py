"""The statutory tables of a unit in one of the manners of `bench.provincial_layouts`, with their titles and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bench import provincial_budget as budget
from bench import provincial_forms as forms
from bench.provincial_books import ZERO
from bench.provincial_grids import LEFT, UP, Grid
from bench.provincial_layouts import Manner, Table
from bench.provincial_ledger import FUNDS, Entry, Ledger, Row, class_names, tree
from bench.provincial_press import Press, columns_of, even, header, personnel_by_item

NUMERALS = [
    *"一二三四五六七八九十",
    *(f"十{n}" for n in "一二三四五六七八九"),
    "二十",
    *(f"二十{n}" for n in "一二三四五六七八九"),
    "三十",
    *(f"三十{n}" for n in "一二三四五"),
]
_OWN = ("superior", "business", "operating", "affiliated", "other")
_ALL = (*FUNDS, "own")


@dataclass(slots=True)
class Printed:
    """One table as it stands in the report: the lines above, the grid, the lines below."""

    table: Table
    above: list[str]
    grid: Grid
    below: list[str]
    year: int = 0
    unit: str = ""


def print_tables(press: Press) -> list[Printed]:
    """All tables of the manner, in its order."""
    return [_printed(press, n, t) for n, t in enumerate(press.manner.tables, 1)]


def _printed(press: Press, number: int, table: Table) -> Printed:
    m, b = press.manner, press.books
    grid = _FORMS.get(table.form or table.id, _by_function)(press, table)
    unit = f"单位：{m.unit}"
    office = m.office.format(b.unit)
    title = f"{table.title}（{unit}）" if m.unit_at == "title" else table.title
    lines = [m.numbers.format(number)] if m.numbers else []
    lines += {"line": [unit], "office": [f"{office}\t\t金额{unit}"]}.get(m.unit_at, [])
    above = [title, *(" ".join(x.split("\t")) for x in lines)]
    if m.title_at == "row":
        wide = len(grid.rows[0])
        blank = [""] * (wide - 2)
        grid.header += 2 if m.unit_at == "row" else 1
        grid.rows[:0] = [[title, *[LEFT] * (wide - 1)], *([[office, *blank, unit]] if m.unit_at == "row" else [])]
        above = []
    grid.sheet = table.title
    below = [f"注：{_NOTES.get(table.id, '本表反映部门本年度收支情况。')}"] if m.notes else []
    if _is_empty(press, table):
        below.append(f"说明：本{b.word}{b.year}年度没有相关收入和支出，故本表无数据。")
    return Printed(table, above, grid, below, b.year, b.unit)


def _is_empty(press: Press, table: Table) -> bool:
    fund = {"government_fund": "fund", "state_capital": "capital"}.get(table.id)
    return fund is not None and not press.ledger.of(fund)


_NOTES = {
    "overview": "1.本表反映部门本年度的总收支和年末结转结余情况。2.本套报表金额单位转换时可能存在尾数误差。",
    "income": "本表反映部门本年度取得的各项收入情况。",
    "expenditure": "本表反映部门本年度各项支出情况。",
    "appropriation": "本表反映部门本年度一般公共预算财政拨款、政府性基金预算财政拨款和国有资本经营预算财政拨款的总收支和年末结转结余情况。",
    "general_budget": "本表反映部门本年度一般公共预算财政拨款支出情况。",
    "basic_items": "本表反映部门本年度一般公共预算财政拨款基本支出明细情况。",
    "three_public": "本表反映部门本年度财政拨款“三公”经费支出预决算情况。其中，预算数为“三公”经费全年预算数，反映按规定程序调整后的预算数；决算数是包括当年财政拨款和以前年度结转资金安排的实际支出。",
}


def _code_cells(code: str, manner: str) -> list[str]:
    if manner == "joined":
        return [code]
    if manner == "dotted":
        return [".".join(p for p in (code[:3], code[3:5], code[5:]) if p)]
    if manner == "split":
        return [code[:3], code[3:5], code[5:]]
    if manner == "steps":
        return [code[:n] if len(code) >= n else "" for n in (3, 5, 7)]
    return [code, LEFT, LEFT] if manner == "merged" else []


def _by_function(press: Press, table: Table) -> Grid:
    """A table whose rows are functional accounts."""
    m, fund = press.manner, _FUND_OF.get(table.id, "all")
    columns = columns_of(table.columns, m.codes)
    ids = [c.id for c in columns if not c.id.startswith(("code", "name"))]
    entries = press.ledger.entries if fund == "all" else press.ledger.of(fund)
    entries = [
        e for e in entries if fund != "general" or table.id != "project_expenditure" or e.out(["general"], "project")
    ]

    def figures(e: Entry) -> list[Decimal]:
        exact = [_figure(table.id, e, fund, i, press.ledger) for i in ids]
        return [press.voice.shown(x) for x in exact] if m.summed else exact

    rows, total = tree(entries, figures, m.levels)
    keys = len(columns) - len(ids)
    top = header(columns)
    body = [_keyed(r, m, keys, press) for r in rows] if entries else [[""] * len(columns) for _ in range(3)]
    cells = [press.cell(x) for x in total.figures] or [m.zero] * len(ids)
    if not entries and m.empty == "rows":
        cells = [""] * len(ids)
    if m.corner and m.codes in {"split", "steps", "merged"} and "项目/" in table.columns:
        if len(top) == 3 and all(t in (UP, "类", "款", "项") for t in top[-1]):
            top.pop()
        top.append(["类", "款", "项", "栏次", *(str(n + 1) for n in range(len(ids)))])
        for n, row in enumerate(top[:-1]):
            row[:3] = [UP, UP, UP] if n == 2 else [row[0], LEFT, LEFT]
        totals = [[UP, UP, UP, "合计", *cells]]
    else:
        if m.ordinals:
            top.append(["栏次", *[LEFT] * (keys - 1), *(str(n + 1) for n in range(len(ids)))])
        totals = [["合计", *[LEFT] * (keys - 1), *cells]]
    ordered = [*totals, *body] if m.total == "first" or m.corner else [*body, *totals]
    return Grid([*top, *ordered], header=len(top))


_FUND_OF = {
    "general_budget": "general",
    "project_expenditure": "general",
    "government_fund": "fund",
    "state_capital": "capital",
    "appropriation_by_function": "all",
}


def _keyed(row: Row, m: Manner, keys: int, press: Press) -> list[str]:
    indent = "  " * ((len(row.code) - 3) // 2)
    if m.codes == "inside":
        names = [f"{row.code} {row.name}"]
    elif m.codes == "none":
        names = [indent + row.name]
    else:
        names = [*_code_cells(row.code, m.codes), row.name]
    return [*names[:keys], *[""] * (keys - len(names)), *(press.cell(x) for x in row.figures)]


def _figure(table: str, e: Entry, fund: str, id_: str, ledger: Ledger) -> Decimal:
    if table == "income":
        return _income(e, id_)
    funds = FUNDS if table == "appropriation_by_function" else _ALL if fund == "all" else (fund,)
    if id_ in {"total", "none"}:
        return e.out(funds) if id_ == "total" else ZERO
    if id_ in {"basic", "project", "operating", "superior", "affiliated"}:
        return e.out(funds, id_)
    return _flow(e, fund, id_, ledger)


def _income(e: Entry, id_: str) -> Decimal:
    appropriation = sum((e.income.get(f, ZERO) for f in FUNDS), ZERO)
    if id_ == "total":
        return appropriation + sum((e.income.get(s, ZERO) for s in _OWN), ZERO)
    if id_ == "education":
        return (e.income.get("business", ZERO) / 2).quantize(Decimal("0.01"))
    return appropriation if id_ == "appropriation" else e.income.get(id_, ZERO)


def _flow(e: Entry, fund: str, id_: str, ledger: Ledger) -> Decimal:
    """年初, 本年 and 年末 of basic and project expenditure: the basic is met by the year's income as far as it goes."""
    basic = e.out([fund], "basic")
    income, into, out = e.income.get(fund, ZERO), e.carried_in.get(fund, ZERO), e.carried_out.get(fund, ZERO)
    of_basic = min(basic, income)
    personnel = personnel_by_item(ledger)[e.code] if fund == "general" else ZERO
    found = {
        "carried_in": into, "in_basic": basic - of_basic, "in_project": into - basic + of_basic,
        "income": income, "income_basic": of_basic, "income_project": income - of_basic,
        "personnel": personnel, "office": basic - personnel if fund == "general" else ZERO,
        "carried_out": out, "out_basic": ZERO, "out_project": out,
    }  # fmt: skip
    return found[id_]


# --- the two overviews ---------------------------------------------------------------------------------------


def _classes(press: Press, funds: Iterable[str]) -> list[tuple[str, str]]:
    spent = press.ledger.classes(funds)
    names = class_names(press.books.year)
    kept = [n for n in names if press.manner.all_classes or spent.get(n[0])]
    return [(f"{NUMERALS[i]}、{name}", code) for i, (code, name) in enumerate(kept)]


def _sided(
    press: Press, left: list[list[str]], right: list[list[str]], heads: tuple[Sequence[str], Sequence[str]]
) -> Grid:
    """Two halves side by side, with 行次 where the manner prints it."""
    m = press.manner
    rows: list[list[str]] = []
    word = ["行次"] if m.row_numbers else []
    a, b = len(word) + len(heads[0]) + 1, len(word) + len(heads[1]) + 1
    top = [
        [m.sides[0], *[LEFT] * (a - 1), m.sides[1], *[LEFT] * (b - 1)],
        ["项目", *word, *heads[0], "项目" if a == b else "项目（按功能分类）", *word, *heads[1]],
    ]
    if m.ordinals:
        n1, n2 = len(heads[0]), len(heads[1])
        blank = [""] * len(word)
        top.append(["栏次", *blank, *map(str, range(1, n1 + 1)), "栏次", *blank, *map(str, range(n1 + 1, n1 + n2 + 1))])
    for n, (x, y) in enumerate(zip(left, right, strict=True), 1):
        one, two = ([str(n)], [str(n + len(left))]) if m.row_numbers else ([], [])
        rows.append([x[0], *one, *x[1:], y[0], *two, *y[1:]])
    return Grid([*top, *rows], header=len(top))


def _overview(press: Press, table: Table) -> Grid:
    b, m = press.books, press.manner
    spent = press.ledger.classes(_ALL)
    left = [
        ["一、一般公共预算财政拨款收入", press.cell(b.received("general"))],
        ["二、政府性基金预算财政拨款收入", press.cell(b.received("fund"))],
        ["三、国有资本经营预算财政拨款收入", press.cell(b.received("capital"))],
        *(
            [f"{n}、{name}", press.cell(b.own.get(key, ZERO))]
            for n, (key, name) in zip(
                "四五六七八",
                (
                    ("superior", "上级补助收入"),
                    ("business", "事业收入"),
                    ("operating", "经营收入"),
                    ("affiliated", "附属单位上缴收入"),
                    ("other", "其他收入"),
                ),
                strict=True,
            )
        ),
    ]
    right = [[name, press.cell(spent.get(code, ZERO))] for name, code in _classes(press, _ALL)]
    even(left, right)
    left += [
        ["本年收入合计", press.cell(b.received())],
        ["使用非财政拨款结余（含专用结余）", press.cell(b.use_of_surplus)],
        [m.carried[0], press.cell(b.into())],
        ["总计", press.cell(b.total())],
    ]
    right += [
        ["本年支出合计", press.cell(b.spent())],
        ["结余分配", press.cell(b.distribution)],
        [m.carried[1], press.cell(b.out())],
        ["总计", press.cell(b.total())],
    ]
    return _sided(press, left, right, ([m.amount], [m.amount]))


def _appropriation(press: Press, table: Table) -> Grid:
    b = press.books
    spent = {f: press.ledger.classes([f]) for f in FUNDS}

    def row(name: str, parts: Sequence[Decimal]) -> list[str]:
        return [name, press.cell(sum(parts, ZERO)), *(press.cell(x) for x in parts)]

    names = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
    left = [[f"{n}、{name}", press.cell(b.received(f))] for n, name, f in zip("一二三", names, FUNDS, strict=True)]
    right = [row(name, [spent[f].get(code, ZERO) for f in FUNDS]) for name, code in _classes(press, FUNDS)]
    even(left, right)
    left += [
        ["本年收入合计", press.cell(b.received("appropriation"))],
        ["年初财政拨款结转和结余", press.cell(b.into("appropriation"))],
        *([n, press.cell(b.carried_in.get(f, ZERO))] for n, f in zip(names, FUNDS, strict=True)),
        ["总计", press.cell(b.total("appropriation"))],
    ]
    right += [
        row("本年支出合计", [b.spent(f) for f in FUNDS]),
        row("年末财政拨款结转和结余", [b.carried_out.get(f, ZERO) for f in FUNDS]),
        *([""] * 5 for _ in FUNDS),
        row("总计", [b.spent(f) + b.carried_out.get(f, ZERO) for f in FUNDS]),
    ]
    return _sided(press, left, right, ([press.manner.amount], ["合计", *names]))


_FORMS: dict[str, Callable[[Press, Table], Grid]] = {
    "overview": _overview,
    "appropriation": _appropriation,
    "basic_items": forms.basic,
    "columns": forms.basic_columns,
    "wide": forms.wide,
    "three_public": forms.three_public,
    "stages": forms.three_by_stage,
    "rows": forms.three_rows,
    "meetings": forms.three_meetings,
    "running": forms.running,
    "b_overview": budget.overview,
    "b_appropriation": budget.appropriation,
    "b_function": budget.by_function,
    "b_basic": budget.basic,
    "b_three": budget.three_public,
}
