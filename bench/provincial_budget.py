"""Budget tables as the Ministry's form has them and as provinces print them, from the same ledgers as final accounts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bench.provincial_books import ZERO
from bench.provincial_forms import economic_rows
from bench.provincial_grids import LEFT, Grid
from bench.provincial_layouts import Manner, Table
from bench.provincial_ledger import FUNDS, Entry, class_names, tree
from bench.provincial_press import Column, Press, columns_of, even, header
from juesuan.taxonomy.statements.shared import PERSONNEL_CODES

NUMBERED = [
    *"一二三四五六七八九十",
    *(f"十{n}" for n in "一二三四五六七八九"),
    "二十",
    *(f"二十{n}" for n in "一二三四五六七八九"),
]
_NAMES = {"general": "一般公共预算拨款", "fund": "政府性基金预算拨款", "capital": "国有资本经营预算拨款"}
_OWN = (
    ("business", "事业收入"),
    ("operating", "事业单位经营收入"),
    ("superior", "上级补助收入"),
    ("affiliated", "附属单位上缴收入"),
    ("other", "其他收入"),
)


def overview(press: Press, table: Table) -> Grid:
    """部门收支总表: sources to the left, classes to the right."""
    b = press.books
    spent = press.ledger.classes((*FUNDS, "own"))
    left = [
        [f"{n}、{name}收入", press.cell(b.received(f))] for n, (f, name) in zip("一二三", _NAMES.items(), strict=True)
    ]
    left += [[f"{n}、{name}", press.cell(b.own.get(k, ZERO))] for n, (k, name) in zip("四五六七八", _OWN, strict=True)]
    right = _classes(press, [[press.cell(x)] for _, x in _spent(press, spent)], spent)
    even(left, right)
    left += [
        ["本年收入合计", press.cell(b.received())],
        ["使用非财政拨款结余", press.cell(b.use_of_surplus)],
        ["上年结转", press.cell(b.into())],
        ["收入总计", press.cell(b.total())],
    ]
    right += [
        ["本年支出合计", press.cell(b.spent())],
        ["结转下年", press.cell(b.out() + b.distribution)],
        ["", ""],
        ["支出总计", press.cell(b.total())],
    ]
    top = [["收入", LEFT, "支出", LEFT], ["项目", press.manner.amount, "项目", press.manner.amount]]
    return Grid([*top, *([*x, *y] for x, y in zip(left, right, strict=True))], header=2)


def _spent(press: Press, spent: dict[str, Decimal]) -> list[tuple[str, Decimal]]:
    names = [(c, n) for c, n in class_names(press.books.year) if press.manner.all_classes or spent.get(c)]
    return [(n, spent.get(c, ZERO)) for c, n in names]


def _classes(
    press: Press, figures: Sequence[list[str]], spent: dict[str, Decimal], mark: str = "{}、"
) -> list[list[str]]:
    rows = _spent(press, spent)
    return [[mark.format(NUMBERED[i]) + name, *x] for i, ((name, _), x) in enumerate(zip(rows, figures, strict=True))]


def appropriation(press: Press, table: Table) -> Grid:
    """财政拨款收支总表: 一、本年收入 with its three funds, 二、上年结转, and the same for what is spent."""
    b = press.books
    by_fund = {f: press.ledger.classes([f]) for f in FUNDS}
    spent = press.ledger.classes(FUNDS)

    def row(name: str, parts: Sequence[Decimal]) -> list[str]:
        return [name, press.cell(sum(parts, ZERO)), *(press.cell(x) for x in parts)]

    left = [["一、本年收入", press.cell(b.received("appropriation"))]]
    left += [
        [f"（{n}）{name}", press.cell(b.received(f))] for n, (f, name) in zip("一二三", _NAMES.items(), strict=True)
    ]
    left += [["二、上年结转", press.cell(b.into("appropriation"))]]
    left += [
        [f"（{n}）{name}", press.cell(b.carried_in.get(f, ZERO))]
        for n, (f, name) in zip("一二三", _NAMES.items(), strict=True)
    ]
    names = [(c, n) for c, n in class_names(b.year) if press.manner.all_classes or spent.get(c)]
    right = [row("一、本年支出", [b.spent(f) for f in FUNDS])]
    right += [row(f"（{NUMBERED[i]}）{n}", [by_fund[f].get(c, ZERO) for f in FUNDS]) for i, (c, n) in enumerate(names)]
    right += [row("二、结转下年", [b.carried_out.get(f, ZERO) for f in FUNDS])]
    even(left, right)
    left += [["收入总计", press.cell(b.total("appropriation"))]]
    right += [row("支出总计", [b.spent(f) + b.carried_out.get(f, ZERO) for f in FUNDS])]
    top = [
        ["收入", LEFT, "支出", LEFT, LEFT, LEFT, LEFT],
        ["项目", press.manner.amount, "项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"],
    ]
    return Grid([*top, *([*x, *y] for x, y in zip(left, right, strict=True))], header=2)


def by_function(press: Press, table: Table) -> Grid:
    """Rows of functional accounts with the figures the columns ask for."""
    fund = {
        "budget_general_budget": "general",
        "budget_government_fund": "fund",
        "budget_state_capital": "capital",
    }.get(table.id)
    entries = press.ledger.of(fund) if fund else press.ledger.entries
    columns = columns_of(table.columns, press.manner.codes)
    ids = [c.id for c in columns if not c.id.startswith(("code", "name"))]
    rows, total = tree(entries, lambda e: [_figure(press, e, fund, i) for i in ids], press.manner.levels)
    keys = len(columns) - len(ids)
    top = header(columns)
    lines = [[*_keyed(press.manner, r.code, r.name, keys), *_printed(press, ids, r.figures)] for r in rows]
    if not entries:
        return Grid([*top, *([""] * len(columns) for _ in range(3))], header=len(top))
    totals = [["合计", *[LEFT] * (keys - 1), *_printed(press, ids, total.figures)]]
    return Grid([*top, *(totals + lines if press.manner.total == "first" else lines + totals)], header=len(top))


def _keyed(m: Manner, code: str, name: str, keys: int) -> list[str]:
    codes = [code[:3], code[3:5], code[5:]] if m.codes == "split" else [code] if keys > 1 else []
    return [*codes, name]


def _printed(press: Press, ids: Sequence[str], figures: Sequence[Decimal]) -> list[str]:
    """The figures, and rates of change where a column asks for them."""
    by_id = dict(zip(ids, figures, strict=True))
    out = []
    for i in ids:
        if i == "rate":
            before = by_id["before"]
            out.append(f"{(by_id['total'] - before) / before * 100:.2f}%" if before else "")
        else:
            out.append(press.cell(by_id[i]))
    return out


def _figure(press: Press, e: Entry, fund: str | None, id_: str) -> Decimal:
    funds = (fund,) if fund else (*FUNDS, "own")
    into = sum(e.carried_in.values(), ZERO)
    if id_ in {"carried", "surplus"}:
        return into if id_ == "carried" else e.use_of_surplus
    if id_ == "all_income":
        return sum(e.income.values(), ZERO) + into + e.use_of_surplus
    if id_.endswith("_in"):
        return e.income.get(id_.removesuffix("_in"), ZERO)
    if id_ in {"before", "change", "rate"}:
        before = press.books.last(f"budget/{e.code}/{fund}", e.out(funds))
        return before if id_ == "before" else e.out(funds) - before if id_ == "change" else ZERO
    if id_ == "none":
        return ZERO
    return e.out(funds, None if id_ == "total" else id_)


def basic(press: Press, table: Table) -> Grid:
    """Economic accounts with 合计, 人员经费, 公用经费."""
    columns = [Column(c.path, c.id) for c in columns_of(table.columns)]
    top = header(columns)
    lines = []
    for code, name, x in economic_rows(press):
        people = code[:3] in PERSONNEL_CODES
        lines.append([code, name, press.cell(x), press.cell(x if people else ZERO), press.cell(ZERO if people else x)])
    p, o = (sum(d.values(), ZERO) for d in (press.books.personnel, press.books.office))
    return Grid([*top, ["合计", LEFT, press.cell(p + o), press.cell(p), press.cell(o)], *lines], header=len(top))


def three_public(press: Press, table: Table) -> Grid:
    """Last year's budget and this year's, six figures each."""
    b = press.books
    found: dict[str, Decimal] = {}
    for mark, name in (("b_", "before"), ("", "now")):
        g = {k: getattr(x, name) for k, x in b.three.items()}
        g["vehicle"] = g["purchase"] + g["operation"]
        g["all"] = g["abroad"] + g["vehicle"] + g["reception"]
        found |= {mark + k: x for k, x in g.items()}
    columns = columns_of(table.columns.format(b=f"{b.year - 1}年预算数", f=f"{b.year}年预算数"))
    top = header(columns)
    return Grid([*top, [press.cell(found[c.id]) for c in columns]], header=len(top))
