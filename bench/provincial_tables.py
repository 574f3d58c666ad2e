"""The Ministry's nine tables of a report, as tab-separated lines."""

from __future__ import annotations

from decimal import Decimal

from bench.provincial_books import SOURCE_NAMES, ZERO, Books, Item, Voice
from juesuan.catalog import load


def _head(b: Books, v: Voice, title: str, number: int) -> list[str]:
    return [title, f"公开{number:02d}表", f"{b.word}：{b.unit}\t\t金额单位：{v.unit}"]


def _rows(items: list[Item], figures: list[list[Decimal]], v: Voice) -> list[str]:
    """合计, then 类, 款, 项 with codes; `figures` of each item."""
    total = [sum(column, ZERO) for column in zip(*figures, strict=True)]
    lines = ["\t".join(["", "合计", *(_cell(v, x) for x in total)])]
    seen: set[str] = set()
    for item in items:
        for size, name in zip((3, 5, 7), item.names, strict=True):
            code = item.code[:size]
            if code in seen:
                continue
            seen.add(code)
            sums = [
                sum(c, ZERO)
                for c in zip(*(f for i, f in zip(items, figures, strict=True) if i.code.startswith(code)), strict=True)
            ]
            lines.append("\t".join([code, name, *(_cell(v, x) for x in sums)]))
    return lines


def _cell(v: Voice, exact: Decimal) -> str:
    return v.bare(exact) if exact else ""


def nine_tables(b: Books, v: Voice) -> list[str]:
    """收入支出决算总表 … 财政拨款“三公”经费支出决算表."""
    if b.tables is not None:
        return b.tables
    lines = _overview(b, v)
    everything = [*b.items, *b.fund_items]
    if not b.spent("own") and not b.capital:
        figures = [[i.total, i.basic, i.project, ZERO, ZERO, ZERO] for i in everything]
        lines += [
            *_head(b, v, "支出决算表", 3),
            "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出",
            *_rows(everything, figures, v),
        ]
    lines += _appropriation(b, v)
    figures = [[i.total, i.basic, i.project] for i in b.items]
    lines += [
        *_head(b, v, "一般公共预算财政拨款支出决算表", 5),
        "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出",
        *_rows(b.items, figures, v),
    ]
    lines += _basic(b, v)
    if b.fund_items:
        rows = [[ZERO, i.total, i.total, i.basic, i.project, ZERO] for i in b.fund_items]
        if not b.carried_in.get("fund") and not b.carried_out.get("fund"):
            lines += [
                *_head(b, v, "政府性基金预算财政拨款收入支出决算表", 7),
                "科目编码\t科目名称\t年初结转和结余\t本年收入\t本年支出小计\t基本支出\t项目支出\t年末结转和结余",
                *_rows(b.fund_items, rows, v),
            ]
    else:
        lines += [
            *_head(b, v, "政府性基金预算财政拨款收入支出决算表", 7),
            f"注：本{b.word}{b.year}年度没有政府性基金预算财政拨款收入和支出，故本表无数据。",
        ]
    if not b.capital:
        lines += [
            *_head(b, v, "国有资本经营预算财政拨款支出决算表", 8),
            f"注：本{b.word}{b.year}年度没有国有资本经营预算财政拨款支出，故本表无数据。",
        ]
    lines += _three_public(b, v)
    return lines


def _overview(b: Books, v: Voice) -> list[str]:
    classes: dict[str, Decimal] = {}
    for item in [*b.items, *b.fund_items]:
        classes[item.names[0]] = classes.get(item.names[0], ZERO) + item.total
    if b.capital:
        classes["国有资本经营预算支出"] = b.capital
    own = b.spent("own")
    if own:
        first = next(iter(classes))
        classes[first] += own
    left = [
        ("一、一般公共预算财政拨款收入", b.received("general")),
        ("二、政府性基金预算财政拨款收入", b.received("fund")),
        ("三、国有资本经营预算财政拨款收入", b.received("capital")),
        *(
            (f"{n}、{name}", b.own.get(key, ZERO))
            for n, (key, name) in zip("四五六七八", SOURCE_NAMES.items(), strict=True)
        ),
    ]
    numerals = (
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
        + [f"十{n}" for n in "一二三四五六七八九"]
        + ["二十"]
        + [f"二十{n}" for n in "一二三四五六七八九"]
    )
    right = [(f"{numerals[n]}、{name}", x) for n, (name, x) in enumerate(classes.items())]
    height = max(len(left), len(right))
    left += [("", ZERO)] * (height - len(left))
    right += [("", ZERO)] * (height - len(right))
    left += [
        ("本年收入合计", b.received()),
        ("使用非财政拨款结余", b.use_of_surplus),
        ("年初结转和结余", b.into()),
        ("总计", b.total()),
    ]
    right += [
        ("本年支出合计", b.spent()),
        ("结余分配", b.distribution),
        ("年末结转和结余", b.out()),
        ("总计", b.total()),
    ]
    lines = [
        *_head(b, v, "收入支出决算总表", 1),
        "收入\t\t\t支出\t\t",
        "项目\t行次\t决算数\t项目\t行次\t决算数",
        "栏次\t\t1\t栏次\t\t2",
    ]
    for n, ((a, x), (c, y)) in enumerate(zip(left, right, strict=True), 1):
        lines.append("\t".join([a, str(n), _cell(v, x), c, str(n + len(left)), _cell(v, y)]))
    return lines


def _appropriation(b: Books, v: Voice) -> list[str]:
    classes: dict[str, list[Decimal]] = {}
    for k, items in enumerate((b.items, b.fund_items)):
        for item in items:
            row = classes.setdefault(item.names[0], [ZERO, ZERO, ZERO])
            row[k] += item.total
    if b.capital:
        classes["国有资本经营预算支出"] = [ZERO, ZERO, b.capital]
    funds = ("general", "fund", "capital")
    left = [
        ("一、一般公共预算财政拨款", b.received("general")),
        ("二、政府性基金预算财政拨款", b.received("fund")),
        ("三、国有资本经营预算财政拨款", b.received("capital")),
    ]
    right = list(classes.items())
    height = max(len(left), len(right), 4)
    left += [("", ZERO)] * (height - len(left)) + [
        ("本年收入合计", b.received("appropriation")),
        ("年初财政拨款结转和结余", b.into("appropriation")),
        ("总计", b.total("appropriation")),
    ]
    right += [("", [ZERO] * 3)] * (height - len(right)) + [
        ("本年支出合计", [b.spent(f) for f in funds]),
        ("年末财政拨款结转和结余", [b.carried_out.get(f, ZERO) for f in funds]),
        ("总计", [b.spent(f) + b.carried_out.get(f, ZERO) for f in funds]),
    ]
    lines = [
        *_head(b, v, "财政拨款收入支出决算总表", 4),
        "收入\t\t\t支出\t\t\t\t\t",
        "项目\t行次\t金额\t项目\t行次\t合计\t一般公共预算财政拨款\t政府性基金预算财政拨款\t国有资本经营预算财政拨款",
    ]
    for n, ((a, x), (c, ys)) in enumerate(zip(left, right, strict=True), 1):
        lines.append(
            "\t".join(
                [a, str(n), _cell(v, x), c, str(n + len(left)), _cell(v, sum(ys, ZERO)), *(_cell(v, y) for y in ys)]
            )
        )
    return lines


def _basic(b: Books, v: Voice) -> list[str]:
    codes = {a.name: a.code for a in load() if a.kind == "economic" and a.code[:3] in {"301", "302", "303"}}
    one, two = [(codes[n], n, x) for n, x in b.personnel.items()], [(codes[n], n, x) for n, x in b.office.items()]
    left: list[tuple[str, str, Decimal]] = []
    for first, name in (("301", "工资福利支出"), ("303", "对个人和家庭的补助")):
        part = [r for r in one if r[0].startswith(first)]
        if part:
            left += [(first, name, sum((r[2] for r in part), ZERO)), *part]
    right = [("302", "商品和服务支出", sum((r[2] for r in two), ZERO)), *two]
    height = max(len(left), len(right))
    left += [("", "", ZERO)] * (height - len(left))
    right += [("", "", ZERO)] * (height - len(right))
    lines = [
        *_head(b, v, "一般公共预算财政拨款基本支出决算明细表", 6),
        "人员经费\t\t\t公用经费\t\t",
        "科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数",
    ]
    lines += [
        "\t".join([a, n, _cell(v, x), c, m, _cell(v, y)]) for (a, n, x), (c, m, y) in zip(left, right, strict=True)
    ]
    lines.append(
        "\t".join(
            [
                "",
                "人员经费合计",
                v.bare(sum(b.personnel.values(), ZERO)),
                "",
                "公用经费合计",
                v.bare(sum(b.office.values(), ZERO)),
            ]
        )
    )
    return lines


def _three_public(b: Books, v: Voice) -> list[str]:
    def row(f: str) -> list[str]:
        g = {k: getattr(x, f) for k, x in b.three.items()}
        vehicle = g["purchase"] + g["operation"]
        return [
            v.bare(x)
            for x in (
                g["abroad"] + vehicle + g["reception"],
                g["abroad"],
                vehicle,
                g["purchase"],
                g["operation"],
                g["reception"],
            )
        ]

    return [
        *_head(b, v, "财政拨款“三公”经费支出决算表", 9),
        "预算数\t\t\t\t\t\t决算数\t\t\t\t\t",
        "合计\t因公出国（境）费\t公务用车购置及运行维护费\t\t\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行维护费\t\t\t公务接待费",
        "\t\t小计\t公务用车购置费\t公务用车运行维护费\t\t\t\t小计\t公务用车购置费\t公务用车运行维护费\t",
        "\t".join([*row("budget"), *row("now")]),
    ]
