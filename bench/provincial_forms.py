"""Tables of economic accounts and of 三公 expenses, in their several forms."""

from __future__ import annotations

from decimal import Decimal

from bench.provincial_books import ZERO, split
from bench.provincial_grids import LEFT, Grid
from bench.provincial_layouts import FLAT, Table
from bench.provincial_ledger import economic_names, tree
from bench.provincial_press import Press, columns_of, even, header, personnel_by_item
from juesuan.taxonomy.statements.shared import OFFICE_CODES, PERSONNEL_CODES

# --- economic accounts -----------------------------------------------------------------------------------------


def economic_rows(press: Press) -> list[tuple[str, str, Decimal]]:
    """Each account of the basic table with its figure, sums of the 类 included."""
    given = {code: x for code, _, x in press.ledger.economic}
    rows = []
    for code, name in economic_names(press.books.year):
        total = sum((x for c, x in given.items() if c.startswith(code)), ZERO)
        if total or press.manner.all_items:
            rows.append((code, name, total))
    return rows


def basic(press: Press, table: Table) -> Grid:
    """人员经费 to the left, 公用经费 in one or two groups to the right."""
    m, rows = press.manner, economic_rows(press)
    people = [r for r in rows if r[0][:3] in PERSONNEL_CODES]
    office = [r for r in rows if r[0][:3] in OFFICE_CODES]
    groups = [people, office]
    if m.groups == 3:
        groups = [
            people,
            [r for r in office if r[0].startswith("302")],
            [r for r in office if not r[0].startswith("302")],
        ]
    height = max(len(g) for g in groups)
    lines = []
    for n in range(height):
        line: list[str] = []
        for g in groups:
            line += [g[n][0], g[n][1], press.cell(g[n][2])] if n < len(g) else ["", "", ""]
        lines.append(line)
    totals = [sum(d.values(), ZERO) for d in (press.books.personnel, press.books.office)]
    wide = 3 * (len(groups) - 1)
    head = ["科目编码", "科目名称", m.amount]
    top = [["人员经费", LEFT, LEFT, "公用经费", *[LEFT] * (wide - 1)], head * len(groups)]
    last = ["人员经费合计", LEFT, press.cell(totals[0]), "公用经费合计", *[LEFT] * (wide - 2), press.cell(totals[1])]
    return Grid([*top, *lines, last], header=2)


def basic_columns(press: Press, table: Table) -> Grid:
    """合计, 人员经费, 公用经费 beside each economic account."""
    rows = economic_rows(press)
    if table.id == "running_cost":
        rows = [r for r in rows if r[0][:3] in OFFICE_CODES]
    lines = []
    if table.id == "running_cost":
        top = [["科目编码", "科目名称", "机关运行经费支出"]]
        total = sum(press.books.office.values(), ZERO)
        lines = [[code, name, press.cell(x)] for code, name, x in rows]
        return Grid([*top, ["合计", LEFT, press.cell(total)], *lines], header=1)
    top = header(columns_of(FLAT + "合计:total | 人员经费:personnel | 公用经费:office"))
    for code, name, x in rows:
        people = code[:3] in PERSONNEL_CODES
        lines.append([code, name, press.cell(x), press.cell(x if people else ZERO), press.cell(ZERO if people else x)])
    p, o = (sum(d.values(), ZERO) for d in (press.books.personnel, press.books.office))
    return Grid([*top, ["合计", LEFT, press.cell(p + o), press.cell(p), press.cell(o)], *lines], header=len(top))


def wide(press: Press, table: Table) -> Grid:
    """Functional items down, economic accounts across (四川 07)."""
    ledger, m = press.ledger, press.manner
    people, given = personnel_by_item(ledger), ledger.economic
    entries = ledger.of("general")
    shares: dict[str, dict[str, Decimal]] = {e.code: {} for e in entries}
    for office in (False, True):
        kept = [r for r in given if (r[0][:3] in OFFICE_CODES) is office]
        left = {r[0]: r[2] for r in kept}
        for e in entries:
            need = e.out(["general"], "basic") - people[e.code] if office else people[e.code]
            for code, rest in left.items():
                part = min(need, rest)
                shares[e.code][code] = shares[e.code].get(code, ZERO) + part
                left[code] -= part
                need -= part
    for e in entries:
        if project := e.out(["general"], "project"):
            a, c = split(press.rng, project, 2)
            for code, x in (("30227", a), ("31002", c)):
                shares[e.code][code] = shares[e.code].get(code, ZERO) + x
    used = {c for row in shares.values() for c in row}
    accounts = [
        (c, n)
        for c, n in economic_names(press.books.year)
        if (len(c) == 5 and c in used) or (len(c) == 3 and any(u.startswith(c) for u in used))
    ]
    spec = FLAT + "合计:total"
    names = dict(economic_names(press.books.year))
    for code, name in accounts:
        words = f"{name}/小计" if len(code) == 3 else f"{names[code[:3]]}/{name}"
        spec += f" | {words}:{code}"
    columns = columns_of(spec)
    ids = [c.id for c in columns[3:]]
    rows, total = tree(
        entries,
        lambda e: [
            e.out(["general"]),
            *(sum((x for c, x in shares[e.code].items() if c.startswith(i)), ZERO) for i in ids),
        ],
        m.levels,
    )
    lines = [[r.code, r.name, *(press.cell(x) for x in r.figures)] for r in rows]
    return Grid([*header(columns), ["合计", LEFT, *(press.cell(x) for x in total.figures)], *lines], header=2)


# --- 三公 ------------------------------------------------------------------------------------------------------


def _three(press: Press) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {"meetings": press.books.last("m", Decimal(52000)), "training": Decimal(31000)}
    for mark, name in (("b_", "budget"), ("", "now")):
        g = {k: getattr(x, name) for k, x in press.books.three.items()}
        g["vehicle"] = g["purchase"] + g["operation"]
        g["all"] = g["abroad"] + g["vehicle"] + g["reception"]
        found |= {mark + k: x for k, x in g.items()}
    return found


def three_public(press: Press, table: Table) -> Grid:
    """One row of twelve figures."""
    g, m = _three(press), press.manner
    columns = columns_of(table.columns.format(b=m.stages[0], f=m.stages[1]))
    top = header(columns)
    if m.ordinals:
        top.append([str(n + 1) for n in range(len(columns))])
    return Grid([*top, [press.cell(g[c.id]) for c in columns]], header=len(top))


def three_by_stage(press: Press, table: Table) -> Grid:
    """A row for the budget, a row for the outturn (陕西、北京)."""
    g, m = _three(press), press.manner
    columns = columns_of(table.columns)
    top = header(columns)
    if m.ordinals:
        top.append(["栏次", *(str(n + 1) for n in range(len(columns) - 1))])
    rows = [[m.stages[0]], [m.stages[1]]]
    for row, mark in zip(rows, ("b_", ""), strict=True):
        row += [press.cell(g.get(mark + c.id, g.get(c.id, ZERO))) for c in columns[1:]]
    return Grid([*top, *rows], header=len(top))


_PARTS = (
    ("一、因公出国（境）费", "abroad"),
    ("二、公务用车购置及运行维护费", "vehicle"),
    ("（一）公务用车购置费", "purchase"),
    ("（二）公务用车运行维护费", "operation"),
    ("三、公务接待费", "reception"),
)


def three_rows(press: Press, table: Table) -> Grid:
    """The items down, budget and outturn across (浙江)."""
    g = _three(press)
    rows = [["合计", press.cell(g["b_all"]), press.cell(g["all"])]]
    rows += [[name, press.cell(g["b_" + k]), press.cell(g[k])] for name, k in _PARTS]
    return Grid([["项目", *press.manner.stages], *rows], header=1)


def three_meetings(press: Press, table: Table) -> Grid:
    """The amounts in one row with 会议费 and 培训费, the counts in rows below (江苏)."""
    g, b = _three(press), press.books
    visits, guests = b.received_guests()
    columns = columns_of(
        "“三公”经费合计:all | “三公”经费/因公出国（境）费:abroad | “三公”经费/公务用车购置及运行维护费/小计:vehicle | "
        "“三公”经费/公务用车购置及运行维护费/公务用车购置费:purchase | “三公”经费/公务用车购置及运行维护费/公务用车运行维护费:operation | "
        "“三公”经费/公务接待费:reception | 会议费:meetings | 培训费:training"
    )
    top = header(columns)
    counts = [
        ("因公出国（境）团组数（个）", 1 if g["abroad"] else 0, "因公出国（境）人次数（人）", 2 if g["abroad"] else 0),
        ("公务用车购置数（辆）", 1 if g["purchase"] else 0, "公务用车保有量（辆）", b.cars),
        ("国内公务接待批次（个）", visits, "国内公务接待人次（人）", guests),
        ("召开会议次数（个）", 3, "参加会议人次（人）", 120),
    ]
    lines = [["相关统计数：", *[LEFT] * 7], ["项目", LEFT, LEFT, "统计数", "项目", LEFT, LEFT, "统计数"]]
    lines += [[a, LEFT, LEFT, str(x), c, LEFT, LEFT, str(y)] for a, x, c, y in counts]
    return Grid([*top, [press.cell(g[c.id]) for c in columns], *lines], header=len(top))


def running(press: Press, table: Table) -> Grid:
    """机构运行信息表: 三公, counts, running cost, assets and procurement in one (重庆、云南、内蒙古)."""
    g, b = _three(press), press.books
    visits, guests = b.received_guests()
    left = [
        ["一、“三公”经费支出", "—", "—"],
        ["（一）支出合计", press.cell(g["b_all"]), press.cell(g["all"])],
        ["  1．因公出国（境）费", press.cell(g["b_abroad"]), press.cell(g["abroad"])],
        ["  2．公务用车购置及运行维护费", press.cell(g["b_vehicle"]), press.cell(g["vehicle"])],
        ["    （1）公务用车购置费", press.cell(g["b_purchase"]), press.cell(g["purchase"])],
        ["    （2）公务用车运行维护费", press.cell(g["b_operation"]), press.cell(g["operation"])],
        ["  3．公务接待费", press.cell(g["b_reception"]), press.cell(g["reception"])],
        ["    （1）国内接待费", "—", press.cell(g["reception"])],
        ["         其中：外事接待费", "—", press.cell(ZERO)],
        ["    （2）国（境）外接待费", "—", press.cell(ZERO)],
        ["（二）相关统计数", "—", "—"],
        ["  1．因公出国（境）团组数（个）", "—", "1" if g["abroad"] else "0"],
        ["  2．因公出国（境）人次数（人）", "—", "2" if g["abroad"] else "0"],
        ["  3．公务用车购置数（辆）", "—", "1" if g["purchase"] else "0"],
        ["  4．公务用车保有量（辆）", "—", str(b.cars)],
        ["  5．国内公务接待批次（个）", "—", str(visits)],
        ["     其中：外事接待批次（个）", "—", "0"],
        ["  6．国内公务接待人次（人）", "—", str(guests)],
        ["     其中：外事接待人次（人）", "—", "0"],
        ["  7．国（境）外公务接待批次（个）", "—", "0"],
        ["  8．国（境）外公务接待人次（人）", "—", "0"],
    ]
    office, goods = sum(b.office.values(), ZERO), b.bought()
    right = [
        ["二、机关运行经费", press.cell(office)],
        ["（一）行政单位", press.cell(office)],
        ["（二）参照公务员法管理事业单位", press.cell(ZERO)],
        ["三、资产信息", "—"],
        ["（一）车辆数合计（辆）", str(b.cars)],
        ["  1．副部（省）级及以上领导用车", "0"],
        ["  2．主要负责人用车", "0"],
        ["  3．其他用车", str(b.cars)],
        ["（二）单价100万元（含）以上设备（台，套）", "0"],
        ["四、政府采购支出信息", "—"],
        ["（一）政府采购支出合计", press.cell(sum(goods[:3], ZERO))],
        ["  1．政府采购货物支出", press.cell(goods[0])],
        ["  2．政府采购工程支出", press.cell(goods[1])],
        ["  3．政府采购服务支出", press.cell(goods[2])],
        ["（二）政府采购授予中小企业合同金额", press.cell(goods[3])],
        ["  其中：授予小微企业合同金额", press.cell(goods[4])],
    ]
    even(left, right)
    top = [["项目", "预算数", "决算数", "项目", "决算数"]]
    if press.manner.ordinals:
        top.append(["栏次", "1", "2", "栏次", "3"])
    return Grid([*top, *([*x, *y] for x, y in zip(left, right, strict=True))], header=len(top))
