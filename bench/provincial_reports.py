"""Correct reports in the manner of many provinces, written from random true books; see `bench.provinces`."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal

from bench.provincial_books import REASONS, SOURCE_NAMES, ZERO, Books, Dice, Item, Line, Voice, amount, draw_books
from bench.provincial_tables import nine_tables

Writer = Callable[[Books, Voice], list[str]]
NUMERALS = "一二三四五六七八九十"


def pick(v: Voice, *choices: str) -> str:
    return v.rng.choice(choices)


# --- paragraphs --------------------------------------------------------------------------------------------


def income_parts(b: Books) -> list[tuple[str, Decimal]]:
    return [
        ("一般公共预算财政拨款收入", b.received("general")),
        ("政府性基金预算财政拨款收入", b.received("fund")),
        ("国有资本经营预算财政拨款收入", b.received("capital")),
        *((SOURCE_NAMES[s], b.own.get(s, ZERO)) for s in SOURCE_NAMES),
    ]


def spending_parts(b: Books) -> list[tuple[str, Decimal]]:
    return [
        ("基本支出", b.basic(everything=True)),
        ("项目支出", b.project(everything=True)),
        ("上缴上级支出", ZERO),
        ("经营支出", b.operating),
        ("对附属单位补助支出", ZERO),
    ]


def listing(
    v: Voice,
    parts: Sequence[tuple[str, Decimal]],
    whole: Decimal,
    *,
    zeros: bool,
    of: str = "",
    mark: str = "；",
    tail: str = "",
) -> str:
    kept = [(n, a) for n, a in parts if a or zeros]
    return mark.join(f"{n}{v.m(a)}{v.comma}{v.share(a, whole, of)}{tail}" for n, a in kept)


def path(item: Item, *, levels: str = "类款项") -> str:
    return "".join(f"{n}（{m}）" for n, m in zip(item.names, "类款项", strict=True) if m in levels)


def order(v: Voice, now: Decimal, budget: Decimal, stage: str = "预算") -> str:
    if v.shown(now) == v.shown(budget):
        return f"，决算数与{stage}数持平"
    word = "大于" if now > budget else "小于"
    return f"，决算数{word}{stage}数的主要原因是{v.rng.choice(REASONS)}"


def done(v: Voice, now: Decimal, budget: Decimal, words: str) -> str:
    rate = v.ratio(budget if v.shown(now) == v.shown(budget) else now, budget)
    return f"，{words}{rate}" if rate else ""


def three(b: Books) -> dict[str, Line]:
    t = dict(b.three)

    def plus(*keys: str) -> Line:
        return Line(*(sum((getattr(t[k], f) for k in keys), ZERO) for f in ("now", "budget", "before")))

    t["vehicle"] = plus("purchase", "operation")
    t["all"] = plus("abroad", "vehicle", "reception")
    return t


def balance(b: Books, v: Voice) -> str:
    """四川、贵州、甘肃、湖北: 收、支总计."""
    y, total = b.year, b.total()
    last = b.last("total", total)
    head = pick(
        v,
        f"{y}年度收、支总计均为{v.m(total)}。",
        f"{y}年度收入总计{v.m(total)}，支出总计{v.m(total)}。",
        f"{y}年度收入、支出总计{v.m(total)}。",
    )
    if v.shown(total) == v.shown(last):
        return head + f"与{y - 1}年相比，收、支总计无变化。"
    each = pick(v, "", "各")
    return (
        head
        + f"与{y - 1}年{pick(v, '', '度')}相比，收、支总计{v.change(total, last, each=each)}{v.because(total, last, pick(v, '主要变动原因是', '主要原因是', '主要原因：'))}。"
    )


def income(b: Books, v: Voice, *, zeros: bool = True) -> str:
    t = b.received()
    return f"{b.year}年{pick(v, '', '度')}本年收入合计{v.m(t)}，其中：{listing(v, income_parts(b), t, zeros=zeros)}。"


def spending(b: Books, v: Voice, *, zeros: bool = True) -> str:
    t = b.spent()
    return f"{b.year}年{pick(v, '', '度')}本年支出合计{v.m(t)}，其中：{listing(v, spending_parts(b), t, zeros=zeros)}。"


def appropriation(b: Books, v: Voice) -> str:
    t = b.total("appropriation")
    last = b.last("total_appropriation", t)
    if v.shown(t) == v.shown(last):
        return f"{b.year}年度财政拨款收、支总计均为{v.m(t)}，与{b.year - 1}年持平。"
    return f"{b.year}年度财政拨款收、支总计均为{v.m(t)}。与{b.year - 1}年相比，财政拨款收、支总计各{v.change(t, last)}{v.because(t, last)}。"


def general(b: Books, v: Voice) -> str:
    t = b.spent("general")
    last = b.last("general", t)
    return f"{b.year}年度一般公共预算财政拨款支出{v.m(t)}，{v.share(t, b.spent(), pick(v, '本年支出合计的', '本年支出的'))}。与{b.year - 1}年相比，一般公共预算财政拨款支出{v.change(t, last)}{v.because(t, last)}。"


def structure(b: Books, v: Voice) -> str:
    t = b.spent("general")
    mark = pick(v, "（类）", "（类）支出", "")
    parts = [(n.removesuffix("支出") + mark if mark == "（类）支出" else n + mark, a) for n, a in b.classes()]
    return f"{b.year}年度一般公共预算财政拨款支出{v.m(t)}，主要用于以下方面：{listing(v, parts, t, zeros=False)}。"


def items_by_rate(b: Books, v: Voice) -> list[str]:
    """四川: 支出决算为…，完成预算…%."""
    lines = [
        f"{b.year}年度一般公共预算财政拨款支出决算数为{v.m(b.spent('general'))}{done(v, b.spent('general'), sum((i.budget for i in b.items), ZERO), '完成预算')}。其中："
    ]
    for n, i in enumerate(b.items, 1):
        lines.append(
            f"{n}.{path(i)}：支出决算为{v.m(i.total)}{done(v, i.total, i.budget, '完成预算')}{order(v, i.total, i.budget)}。"
        )
    return lines


def items_by_budget(b: Books, v: Voice, stage: str = "年初预算") -> list[str]:
    """部颁通用、上海、湖南: 年初预算为…，支出决算为…，完成年初预算的…%."""
    t, budget = b.spent("general"), sum((i.budget for i in b.items), ZERO)
    lines = [
        f"{b.year}年度一般公共预算财政拨款支出{stage}为{v.m(budget)}，支出决算为{v.m(t)}{done(v, t, budget, f'完成{stage}的')}。其中："
    ]
    mark = pick(v, "{}.", "（{}）", "{}、")
    for n, i in enumerate(b.items, 1):
        lead = mark.format(n)
        lines.append(f"{lead}{path(i)}。" if v.rng.random() < 0.3 else f"{lead}{path(i)}：")
        body = f"{stage}为{v.m(i.budget)}，支出决算为{v.m(i.total)}{done(v, i.total, i.budget, f'完成{stage}的')}{order(v, i.total, i.budget, stage)}。"
        if lines[-1].endswith("："):
            lines[-1] += body
        else:
            lines.append(body)
    return lines


def basic(b: Books, v: Voice, *, amounts: bool | None = None) -> list[str]:
    t = b.basic()
    with_amounts = v.rng.random() < 0.5 if amounts is None else amounts
    p, o = sum(b.personnel.values(), ZERO), sum(b.office.values(), ZERO)

    def names(d: dict[str, Decimal]) -> str:
        return "、".join(f"{n}{v.m(a)}" if with_amounts else n for n, a in d.items() if v.shown(a))

    one = f"人员经费{v.m(p)}，主要包括：{names(b.personnel)}"
    two = f"公用经费{v.m(o)}，主要包括：{names(b.office)}"
    head = f"{b.year}年度一般公共预算财政拨款基本支出{v.m(t)}，其中："
    return [head, f"{one}。", f"{two}。"] if v.rng.random() < 0.6 else [f"{head}{one}；{two}。"]


def three_public(b: Books, v: Voice) -> list[str]:
    """四川与部颁: 总体、具体."""
    t, y = three(b), b.year
    a = t["all"]
    lines = [
        "（一）“三公”经费财政拨款支出决算总体情况说明",
        f"{y}年度“三公”经费财政拨款支出预算为{v.m(a.budget)}，支出决算为{v.m(a.now)}{done(v, a.now, a.budget, '完成预算的')}{order(v, a.now, a.budget)}。与上年相比，{v.change(a.now, a.before)}。",
        "（二）“三公”经费财政拨款支出决算具体情况说明",
    ]
    parts = [("因公出国（境）费", "abroad"), ("公务用车购置及运行维护费", "vehicle"), ("公务接待费", "reception")]
    lines.append(
        f"{y}年度“三公”经费财政拨款支出决算中，"
        + "；".join(f"{n}支出决算{v.m(t[k].now)}，{v.share(t[k].now, a.now)}" for n, k in parts)
        + "。具体情况如下："
    )
    for n, (name, key) in enumerate(parts, 1):
        x = t[key]
        line = f"{n}.{name}支出{v.m(x.now)}{done(v, x.now, x.budget, '完成预算')}。"
        line += f"{name}支出决算比{y - 1}年{v.change(x.now, x.before)}。"
        if key == "abroad":
            line += (
                "全年安排因公出国（境）团组1个，出国（境）3人。"
                if x.now
                else "全年因公出国（境）团组0个，出国（境）0人。"
            )
        if key == "vehicle":
            line += f"其中：公务用车购置支出{v.m(t['purchase'].now)}。全年按规定更新购置公务用车{1 if t['purchase'].now else 0}辆。公务用车运行维护费支出{v.m(t['operation'].now)}，主要用于日常公务所需的公务用车燃料费、维修费、过路过桥费、保险费等支出。截至{y}年12月31日，单位共有公务用车{b.cars}辆，其中：轿车{b.cars - 1}辆、越野车1辆。"
        if key == "reception":
            n1, n2 = b.received_guests()
            line += f"其中：国内公务接待支出{v.m(x.now)}，国内公务接待{n1}批次，{n2}人次，共计支出{v.m(x.now)}。外事接待支出0{v.unit}，外事接待0批次，0人。"
        lines.append(line)
    return lines


def running_cost(b: Books, v: Voice) -> str:
    o = sum(b.office.values(), ZERO)
    if not b.department and "政府" not in b.unit:
        return pick(v, "本单位为事业单位，按规定未使用机关运行经费。", "本单位无机关运行经费支出。")
    last = b.last("office", o)
    return f"{b.year}年度，{b.unit}机关运行经费支出{v.m(o)}，比{b.year - 1}年{v.change(o, last)}{v.because(o, last)}。"


def procurement(b: Books, v: Voice) -> str:
    *parts, d, e = b.bought()
    t = sum(parts, ZERO)
    text = f"{b.year}年度，{b.unit}政府采购支出总额{v.m(t)}，其中：政府采购货物支出{v.m(parts[0])}、政府采购工程支出{v.m(parts[1])}、政府采购服务支出{v.m(parts[2])}。"
    if not t:
        return text
    of = pick(v, "政府采购支出总额的", "授予中小企业合同金额的")
    return (
        text
        + f"授予中小企业合同金额{v.m(d)}，{v.share(d, t, '政府采购支出总额的')}，其中：授予小微企业合同金额{v.m(e)}，{v.share(e, t if of.startswith('政府') else d, of)}。"
    )


def assets(b: Books, v: Voice) -> str:
    names = [
        "副部（省）级及以上领导用车",
        "主要负责人用车",
        "机要通信用车",
        "应急保障用车",
        "执法执勤用车",
        "特种专业技术用车",
        "离退休干部服务用车",
        "其他用车",
    ]
    n = [0, 0, 1, b.cars - 2, 0, 0, 0, 1]
    tail = "，其他用车主要是业务用车" if n[-1] else ""
    return (
        f"截至{b.year}年12月31日，{b.unit}共有车辆{sum(n)}辆，其中："
        + "、".join(f"{a}{k}辆" for a, k in zip(names, n, strict=True))
        + f"{tail}；单价100万元（含）以上设备（不含车辆）{v.rng.randint(0, 5)}台（套）。"
    )


def performance(b: Books, v: Voice) -> str:
    k = v.rng.randint(2, 20)
    money = amount(v.rng, 10**7, 10**9)
    one = (money / 3).quantize(Decimal("0.01"))
    return (
        f"根据预算绩效管理要求，本{b.word}组织对{b.year}年度一般公共预算项目支出全面开展绩效自评，共涉及项目{k}个，涉及资金{v.m(money)}，占一般公共预算项目支出总额的100%。"
        f"其中：信息化建设项目全年预算数为{v.m(one)}，执行数为{v.m(one)}，完成预算的100%，自评得分{v.rng.randint(85, 99)}分。"
    )


def funds(b: Books, v: Voice) -> tuple[str, str]:
    y, f, c = b.year, b.spent("fund"), b.capital
    one = (
        f"{y}年度政府性基金预算财政拨款支出{v.m(f)}。"
        if f or v.rng.random() < 0.5
        else f"本{b.word}{y}年度没有使用政府性基金预算财政拨款安排的支出。"
    )
    two = (
        f"{y}年度国有资本经营预算财政拨款支出{v.m(c)}。"
        if c or v.rng.random() < 0.5
        else f"本{b.word}{y}年度没有使用国有资本经营预算财政拨款安排的支出。"
    )
    return one, two


GLOSSARY = [
    "财政拨款收入：指单位从同级财政部门取得的财政预算资金。",
    "年初结转和结余：指以前年度尚未完成、结转到本年按有关规定继续使用的资金。",
    "基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。",
    "项目支出：指在基本支出之外为完成特定行政任务和事业发展目标所发生的支出。",
    "“三公”经费：指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。",
    "机关运行经费：指为保障行政单位（含参照公务员法管理的事业单位）运行用于购买货物和服务的各项资金。",
]


def front(b: Books, parts: Sequence[str]) -> list[str]:
    return [
        f"{b.year}年度",
        b.unit,
        f"{b.word}决算",
        "目 录",
        *(f"第{NUMERALS[n]}部分 {p}" for n, p in enumerate(parts)),
    ]


def overview(b: Books, v: Voice) -> list[str]:
    n, k = v.rng.randint(2, 5), v.rng.randint(20, 90)
    lines = [
        f"一、{pick(v, '主要职能', '部门职责', '单位职责')}",
        f"{b.unit}贯彻执行国家有关法律法规和方针政策，承担本行业管理工作。",
        "二、机构设置",
        f"{b.unit}内设机构{n}个。编制人数{k}人，年末实有人数{k - 1}人。",
    ]
    if b.department:
        lines.append(
            f"纳入{b.unit}{b.year}年度部门决算编制范围的单位共2个，包括：1.{b.unit}（本级）2.{b.short}服务中心。"
        )
    return lines


def glossary() -> list[str]:
    return [f"{NUMERALS[n]}、{g}" for n, g in enumerate(GLOSSARY)]


def others(b: Books, v: Voice) -> list[str]:
    return [
        "（一）机关运行经费支出情况",
        running_cost(b, v),
        "（二）政府采购支出情况",
        procurement(b, v),
        "（三）国有资产占有使用情况",
        assets(b, v),
        "（四）预算绩效管理情况",
        performance(b, v),
    ]


# --- provinces ---------------------------------------------------------------------------------------------


def sichuan(b: Books, v: Voice) -> list[str]:
    w = b.word
    parts = [f"{w}概况", f"{b.year}年度{w}决算情况说明", "名词解释", "附件", "附表"]
    f1, f2 = funds(b, v)
    return [
        *front(b, parts), f"第一部分 {parts[0]}", *overview(b, v), f"第二部分 {parts[1]}",
        "一、收入支出决算总体情况说明", balance(b, v), "二、收入决算情况说明", income(b, v), "三、支出决算情况说明", spending(b, v),
        "四、财政拨款收入支出决算总体情况说明", appropriation(b, v), "五、一般公共预算财政拨款支出决算情况说明",
        "（一）一般公共预算财政拨款支出决算总体情况", general(b, v), "（二）一般公共预算财政拨款支出决算结构情况", structure(b, v),
        "（三）一般公共预算财政拨款支出决算具体情况", *items_by_rate(b, v), "六、一般公共预算财政拨款基本支出决算情况说明", *basic(b, v),
        "七、财政拨款“三公”经费支出决算情况说明", *three_public(b, v), "八、政府性基金预算支出决算情况说明", f1, "九、国有资本经营预算支出决算情况说明", f2,
        "十、其他重要事项的情况说明", *others(b, v), "第三部分 名词解释", *glossary(),
    ]  # fmt: skip


def ministry(b: Books, v: Voice, *, tables: bool | None = None, title: str = "情况说明") -> list[str]:
    """部颁通用（贵州、湖北、甘肃、福建、山西）: tables in the second part, text in the third."""
    w = b.word
    parts = [f"{w}概况", f"{b.year}年度{w}决算表", f"{b.year}年度{w}决算{title}", "名词解释"]
    f1, f2 = funds(b, v)
    with_tables = v.rng.random() < 0.6 if tables is None else tables
    return [
        *front(b, parts), f"第一部分 {parts[0]}", *overview(b, v), f"第二部分 {parts[1]}", *(nine_tables(b, v) if with_tables else ["（见附件）"]),
        f"第三部分 {parts[2]}",
        "一、收入支出决算总体情况说明", balance(b, v), "二、收入决算情况说明", income(b, v, zeros=False), "三、支出决算情况说明", spending(b, v, zeros=False),
        "四、财政拨款收入支出决算总体情况说明", appropriation(b, v), "五、一般公共预算财政拨款支出决算情况说明",
        "（一）总体情况", general(b, v), "（二）支出决算结构情况", structure(b, v), "（三）支出决算具体情况", *items_by_budget(b, v),
        "六、一般公共预算财政拨款基本支出决算情况说明", *basic(b, v), "七、财政拨款“三公”经费支出决算情况说明", *three_public(b, v),
        "八、政府性基金预算财政拨款收入支出决算情况说明", f1, "九、国有资本经营预算财政拨款支出决算情况说明", f2,
        "十、其他重要事项的情况说明", *others(b, v), "第四部分 名词解释", *glossary(),
    ]  # fmt: skip


def chongqing(b: Books, v: Voice) -> list[str]:
    y, w = b.year, b.word
    t, inc, exp = b.total(), b.received(), b.spent()
    lt, li, le = b.last("total", t), b.last("income", inc), b.last("spent", exp)
    ap, g = b.total("appropriation"), b.spent("general")
    la, lg, lr = b.last("ap", ap), b.last("general", g), b.last("received_general", b.received("general"))
    gb = sum((i.budget for i in b.items), ZERO)
    extra = []
    if b.use_of_surplus:
        extra.append(f"使用非财政拨款结余{v.m(b.use_of_surplus)}")
    if b.into():
        extra.append(f"年初结转和结余{v.m(b.into())}")
    lo = b.last("out", b.out())
    return [
        f"{b.unit}{y}年度{w}决算情况说明", f"一、{w}基本情况", "（一）职能职责", "贯彻执行有关法律法规。", "（二）机构设置", "内设科室5个。",
        f"二、{w}决算情况说明", "（一）收入支出决算总体情况说明",
        f"1.总体情况。{y}年度收入总计{v.m(t)}，支出总计{v.m(t)}。收支较上年决算数{v.change(t, lt)}{v.because(t, lt)}。",
        f"2.收入情况。{y}年度收入合计{v.m(inc)}，较上年决算数{v.change(inc, li)}{v.because(inc, li)}。其中：财政拨款收入{v.m(b.received('appropriation'))}，{v.share(b.received('appropriation'), inc)}；" + listing(v, [p for p in income_parts(b) if "拨款" not in p[0]], inc, zeros=True) + "。" + (f"此外，{'，'.join(extra)}。" if extra else ""),
        f"3.支出情况。{y}年度支出合计{v.m(exp)}，较上年决算数{v.change(exp, le)}{v.because(exp, le)}。其中：{listing(v, [p for p in spending_parts(b) if p[1] or p[0] in ('基本支出', '项目支出')], exp, zeros=True)}。" + (f"此外，结余分配{v.m(b.distribution)}。" if b.distribution else ""),
        f"4.结转结余情况。{y}年度年末结转和结余{v.m(b.out())}，较上年决算数{v.change(b.out(), lo)}。",
        "（二）财政拨款收入支出决算总体情况说明",
        f"{y}年度财政拨款收、支总计{v.m(ap)}。与{y - 1}年相比，财政拨款收、支总计各{v.change(ap, la)}。" if v.shown(ap) != v.shown(la) else f"{y}年度财政拨款收、支总计{v.m(ap)}，与上年持平。",
        "（三）一般公共预算财政拨款支出决算情况说明",
        f"1.收入情况。{y}年度一般公共预算财政拨款收入{v.m(b.received('general'))}，较上年决算数{v.change(b.received('general'), lr)}。此外，年初财政拨款结转和结余{v.m(b.carried_in.get('general', ZERO))}。",
        f"2.支出情况。{y}年度一般公共预算财政拨款支出{v.m(g)}，较上年决算数{v.change(g, lg)}。较年初预算数{v.change(g, gb)}{v.because(g, gb)}。",
        f"3.结转结余情况。{y}年度年末一般公共预算财政拨款结转和结余{v.m(b.carried_out.get('general', ZERO))}。",
        f"4.比较情况。{w}{y}年度一般公共预算财政拨款支出主要用于以下几个方面：",
        *(f"（{n}）{c}支出{v.m(a)}，{v.share(a, g)}。" if not c.endswith("支出") else f"（{n}）{c}{v.m(a)}，{v.share(a, g)}，较年初预算数{v.change(a, sum((i.budget for i in b.items if i.names[0] == c), ZERO))}。" for n, (c, a) in enumerate(b.classes(), 1)),
        "（四）一般公共预算财政拨款基本支出决算情况说明",
        f"{y}年度一般公共财政拨款基本支出{v.m(b.basic())}。其中：人员经费{v.m(sum(b.personnel.values(), ZERO))}，较上年决算数{v.change(sum(b.personnel.values(), ZERO), b.last('personnel', sum(b.personnel.values(), ZERO)))}。人员经费用途主要包括{'、'.join(b.personnel)}。公用经费{v.m(sum(b.office.values(), ZERO))}，较上年决算数{v.change(sum(b.office.values(), ZERO), b.last('office', sum(b.office.values(), ZERO)))}。公用经费用途主要包括{'、'.join(b.office)}。",
        "（五）政府性基金预算收支决算情况说明", funds(b, v)[0], "（六）国有资本经营预算财政拨款支出决算情况说明", funds(b, v)[1],
        "三、“三公”经费情况说明", *chongqing_three(b, v), "四、其他需要说明的事项", "（一）财政拨款会议费和培训费情况说明", meetings(b, v),
        "（二）机关运行经费情况说明", running_cost(b, v), "（三）国有资产占用情况说明", assets(b, v), "（四）政府采购支出情况说明", procurement(b, v),
        "五、预算绩效管理情况说明", performance(b, v), "六、专业名词解释", *(f"（{NUMERALS[n]}）{g2}" for n, g2 in enumerate(GLOSSARY)),
    ]  # fmt: skip


def meetings(b: Books, v: Voice) -> str:
    a, c = amount(v.rng, high=10**7), amount(v.rng, high=10**7)
    return f"{b.year}年度会议费支出{v.m(a)}，较上年决算数{v.change(a, b.last('meeting', a))}。{b.year}年度培训费支出{v.m(c)}，较上年决算数{v.change(c, b.last('training', c))}。"


def chongqing_three(b: Books, v: Voice) -> list[str]:
    t, y = three(b), b.year
    a = t["all"]

    def double(x: Line) -> str:
        return f"较年初预算数{v.change(x.now, x.budget)}{v.because(x.now, x.budget)}。较上年支出数{v.change(x.now, x.before)}{v.because(x.now, x.before)}。"

    n, m = b.received_guests()
    return [
        "（一）“三公”经费支出总体情况说明",
        f"{y}年度“三公”经费支出共计{v.m(a.now)}，{double(a)}",
        "（二）“三公”经费分项支出情况",
        f"{y}年度本{b.word}因公出国（境）费用{v.m(t['abroad'].now)}，{double(t['abroad'])}",
        f"公务车购置费{v.m(t['purchase'].now)}，{double(t['purchase'])}",
        f"公务车运行维护费{v.m(t['operation'].now)}，主要用于机要文件交换、市内因公出行等工作所需车辆的燃料费、维修费等。{double(t['operation'])}",
        f"公务接待费{v.m(t['reception'].now)}，主要用于接待国内其他省市及市内单位调研。{double(t['reception'])}",
        "（三）“三公”经费实物量情况",
        f"{y}年度本{b.word}因公出国（境）共计{1 if t['abroad'].now else 0}个团组，{2 if t['abroad'].now else 0}人；公务用车购置{1 if t['purchase'].now else 0}辆，公务车保有量为{b.cars}辆；国内公务接待{n}批次{m}人，其中：国内外事接待0批次，0人；国（境）外公务接待0批次，0人。"
        + (
            f"{y}年本{b.word}人均接待费{(t['reception'].now / m).quantize(Decimal('0.01'))}元，车均购置费0万元。"
            if m
            else ""
        ),
    ]


def zhejiang(b: Books, v: Voice) -> list[str]:
    y, w = b.year, b.word
    t, inc, exp, g = b.total(), b.received(), b.spent(), b.spent("general")
    lg, gb = b.last("general", g), sum((i.budget for i in b.items), ZERO)
    ap = b.received("appropriation")
    body = [
        "（一）收入支出决算总体情况说明", f"{y}年度收入总计{v.m(t)}，支出总计{v.m(t)}，与{y - 1}年度相比，各{v.change(t, b.last('total', t))}。",
        "（二）收入决算情况说明",
        f"本年收入合计{v.m(inc)}；包括财政拨款收入{v.m(ap)}（其中，一般公共预算{v.m(b.received('general'))}，政府性基金预算{v.m(b.received('fund'))}，国有资本经营预算{v.m(b.received('capital'))}），{v.share(ap, inc, '收入合计')}；" + listing(v, [p for p in income_parts(b) if "拨款" not in p[0]], inc, zeros=True, of="收入合计") + "。",
        "（三）支出决算情况说明", f"本年支出合计{v.m(exp)}，其中基本支出{v.m(b.basic(everything=True))}，{v.share(b.basic(everything=True), exp)}；项目支出{v.m(b.project(everything=True))}，{v.share(b.project(everything=True), exp)}；经营支出{v.m(b.operating)}，{v.share(b.operating, exp)}。",
        "（四）财政拨款收入支出决算总体情况说明", appropriation(b, v), "（五）一般公共预算财政拨款支出决算情况说明", "1.一般公共预算财政拨款支出决算总体情况。",
        f"{y}年度一般公共预算财政拨款支出{v.m(g)}，{v.share(g, exp, '本年支出合计的')}。与{y - 1}年相比，一般公共预算财政拨款支出{v.change(g, lg)}{v.because(g, lg)}。",
        "2.一般公共预算财政拨款支出决算结构情况。", f"{y}年度一般公共预算财政拨款支出{v.m(g)}，主要用于以下方面：{listing(v, [(n + '（类）', a) for n, a in b.classes()], g, zeros=False)}。",
        "3.一般公共预算财政拨款支出决算具体情况。",
        f"{y}年度一般公共预算财政拨款支出年初预算为{v.m(gb)}，支出决算为{v.m(g)}{done(v, g, gb, '完成年初预算的')}，主要原因是{pick(v, *REASONS)}。其中：",
        *(f"（{n}）{path(i)}。年初预算{v.m(i.budget)}，支出决算{v.m(i.total)}{done(v, i.total, i.budget, '完成年初预算的')}{order(v, i.total, i.budget)}。" for n, i in enumerate(b.items, 1)),
        "（六）一般公共预算财政拨款基本支出决算情况说明", *basic(b, v), "（七）政府性基金预算财政拨款支出决算总体情况", funds(b, v)[0],
        "（八）国有资本经营预算财政拨款支出决算总体情况", funds(b, v)[1], "（九）“三公”经费支出决算情况说明", *zhejiang_three(b, v),
        "（十）其他重要事项的情况说明", "1.机关运行经费支出情况", running_cost(b, v), "2.政府采购支出情况", procurement(b, v), "3.国有资产占用情况", assets(b, v), "4.预算绩效情况", performance(b, v),
    ]  # fmt: skip
    return [f"{b.unit}{y}年度{w}决算", "一、概况", f"（一）{w}职责", "负责本行业工作。", "（二）机构设置", f"从预算单位构成看，{b.unit}{w}决算包括：本级决算。", f"二、{y}年度{w}决算公开表", "详见附表。", f"三、{y}年度{w}决算情况说明", *body, "四、名词解释", *(f"{n}.{g2}" for n, g2 in enumerate(GLOSSARY, 1))]  # fmt: skip


def zhejiang_three(b: Books, v: Voice) -> list[str]:
    t, y = three(b), b.year
    a = t["all"]
    lines = [
        f"1.“三公”经费一般公共预算财政拨款支出决算总体情况说明。{y}年度“三公”经费一般公共预算财政拨款支出预算为{v.m(a.budget)}，支出决算为{v.m(a.now)}{done(v, a.now, a.budget, '完成预算的')}，{y}年度“三公”经费支出决算数{'等于' if v.shown(a.now) == v.shown(a.budget) else '小于' if a.now < a.budget else '大于'}预算数。"
    ]
    lines.append(
        f"2.“三公”经费一般公共预算财政拨款支出决算具体情况说明。{y}年度“三公”经费一般公共预算财政拨款支出决算中，因公出国（境）费用支出决算为{v.m(t['abroad'].now)}，{v.share(t['abroad'].now, a.now)}，与{y - 1}年度相比，{v.change(t['abroad'].now, t['abroad'].before)}；公务用车购置及运行维护费支出决算为{v.m(t['vehicle'].now)}，{v.share(t['vehicle'].now, a.now)}，与{y - 1}年度相比，{v.change(t['vehicle'].now, t['vehicle'].before)}；公务接待费支出决算为{v.m(t['reception'].now)}，{v.share(t['reception'].now, a.now)}，与{y - 1}年度相比，{v.change(t['reception'].now, t['reception'].before)}。具体情况如下："
    )
    lines.append(
        f"（1）因公出国（境）费用预算数为{v.m(t['abroad'].budget)}，支出决算为{v.m(t['abroad'].now)}{done(v, t['abroad'].now, t['abroad'].budget, '完成预算的')}。全年使用一般公共预算财政拨款涉及因公出国（境）团组{1 if t['abroad'].now else 0}个；本单位组织或参加因公出国（境）团组的人数共计{2 if t['abroad'].now else 0}人次。"
    )
    lines.append(
        f"（2）公务用车购置及运行维护费预算数为{v.m(t['vehicle'].budget)}，支出决算为{v.m(t['vehicle'].now)}{done(v, t['vehicle'].now, t['vehicle'].budget, '完成预算的')}。公务用车购置预算数为{v.m(t['purchase'].budget)}，支出决算为{v.m(t['purchase'].now)}。公务用车运行维护费预算数为{v.m(t['operation'].budget)}，支出决算为{v.m(t['operation'].now)}，主要用于燃料费、维修费等支出；{y}年度，本级及所属单位开支一般公共预算财政拨款的公务用车保有量为{b.cars}辆。"
    )
    n, m = b.received_guests()
    lines.append(
        f"（3）公务接待费预算数为{v.m(t['reception'].budget)}，支出决算为{v.m(t['reception'].now)}{done(v, t['reception'].now, t['reception'].budget, '完成预算的')}。国内公务接待{n}批次，累计{m}人次。外事接待支出0{v.unit}，其他国内公务接待支出{v.m(t['reception'].now)}。"
    )
    return lines


def yunnan(b: Books, v: Voice) -> list[str]:
    y, w, t = b.year, b.word, three(b)
    inc, exp, g = b.received(), b.spent(), b.spent("general")

    def comp(key: str, now: Decimal) -> str:
        last = b.last(key, now)
        return v.change(now, last)

    a = t["all"]
    lines = [
        "监督索引号53010000000000000",
        f"{b.unit}{y}年度{w}决算",
        f"第一部分 {w}概况",
        *overview(b, v),
        f"第二部分 {y}年度{w}决算表",
        *(nine_tables(b, v) if v.rng.random() < 0.4 else ["（详见附件）"]),
        f"第三部分 {y}年度{w}决算情况说明",
        "一、收入决算情况说明",
    ]
    lines.append(
        f"{b.unit}{y}年度收入合计{v.m(inc)}。其中：财政拨款收入{v.m(b.received('appropriation'))}，{v.share(b.received('appropriation'), inc, '总收入的')}；"
        + "；".join(
            f"{n}{v.m(x)}（含教育收费0.00元），{v.share(x, inc, '总收入的')}"
            if n == "事业收入"
            else f"{n}{v.m(x)}，{v.share(x, inc, '总收入的')}"
            for n, x in income_parts(b)
            if "拨款" not in n
        )
        + f"。与上年相比，收入合计{comp('income', inc)}。其中：财政拨款收入{comp('ra', b.received('appropriation'))}；其他收入{comp('other', b.own.get('other', ZERO))}。主要原因是{pick(v, *REASONS)}。"
    )
    lines += [
        "二、支出决算情况说明",
        f"{b.unit}{y}年度支出合计{v.m(exp)}。其中："
        + "；".join(f"{n}{v.m(x)}，{v.share(x, exp, '总支出的')}" for n, x in spending_parts(b))
        + f"。与上年相比，支出合计{comp('spent', exp)}。其中：基本支出{comp('basic_all', b.basic(everything=True))}；项目支出{comp('project_all', b.project(everything=True))}。",
    ]
    bas = b.basic(everything=True)
    p, o = sum(b.personnel.values(), ZERO) + b.own_basic, sum(b.office.values(), ZERO)
    lines += [
        "（一）基本支出情况",
        f"{y}年度用于保障{b.unit}机构正常运转的日常支出{v.m(bas)}。其中：基本工资、津贴补贴等人员经费支出{v.m(p)}，{v.share(p, bas, '基本支出的')}；办公费、印刷费、水电费、办公设备购置等公用经费支出{v.m(o)}，{v.share(o, bas, '基本支出的')}。",
    ]
    lines += [
        "（二）项目支出情况",
        f"{y}年度用于保障{b.unit}为完成特定的行政工作任务或事业发展目标，用于专项业务工作的经费支出{v.m(b.project(everything=True))}。其中：基本建设类项目支出0.00元。",
    ]
    lines += [
        "三、一般公共预算财政拨款支出决算情况说明",
        "（一）一般公共预算财政拨款支出决算总体情况",
        f"{b.unit}{y}年度一般公共预算财政拨款支出{v.m(g)}，{v.share(g, exp, '本年支出合计的')}。与上年相比{comp('general', g)}，主要原因是{pick(v, *REASONS)}。",
        "（二）一般公共预算财政拨款支出决算具体情况",
    ]
    for n, (c, x) in enumerate(b.classes(), 1):
        lines.append(
            f"{n}.{c}（类）支出{v.m(x)}，{v.share(x, g, '一般公共预算财政拨款总支出的')}。主要用于"
            + "，".join(f"{i.names[2]}支出{v.m(i.total)}" for i in b.items if i.names[0] == c)
            + "。"
        )
    lines += [
        "四、财政拨款“三公”经费支出决算情况说明",
        "（一）“三公”经费财政拨款支出决算总体情况",
        f"{b.unit}{y}年度财政拨款“三公”经费支出预算为{v.m(a.budget)}，支出决算为{v.m(a.now)}{done(v, a.now, a.budget, '完成年初预算的')}。其中："
        + "；".join(
            f"{n}支出决算为{v.m(t[k].now)}，{v.share(t[k].now, a.now)}{done(v, t[k].now, t[k].budget, '完成年初预算的')}"
            for n, k in (
                ("因公出国（境）费", "abroad"),
                ("公务用车购置费", "purchase"),
                ("公务用车运行维护费", "operation"),
                ("公务接待费", "reception"),
            )
        )
        + "。",
    ]
    lines += [
        f"{y}年度“三公”经费支出决算数比上年{v.change(a.now, a.before)}。其中："
        + "；".join(
            f"{n}支出决算{v.change(t[k].now, t[k].before)}"
            for n, k in (
                ("因公出国（境）费", "abroad"),
                ("公务用车购置费", "purchase"),
                ("公务用车运行维护费", "operation"),
                ("公务接待费", "reception"),
            )
        )
        + "。"
    ]
    lines += [
        "（二）“三公”经费财政拨款支出决算具体情况",
        f"1.因公出国（境）费支出{v.m(t['abroad'].now)}，共安排因公出国（境）团组{1 if t['abroad'].now else 0}个，累计{2 if t['abroad'].now else 0}人次。",
        f"2.公务用车购置及运行维护费支出{v.m(t['vehicle'].now)}。其中：公务用车购置支出{v.m(t['purchase'].now)}，购置车辆{1 if t['purchase'].now else 0}辆。公务用车运行维护支出{v.m(t['operation'].now)}，开支财政拨款的公务用车保有量为{b.cars}辆。",
        f"3.公务接待费支出{v.m(t['reception'].now)}。其中：国内接待费支出{v.m(t['reception'].now)}（其中：外事接待费支出0.00元），共安排国内公务接待{b.received_guests()[0]}批次（其中：外事接待0批次），接待人次{b.received_guests()[1]}人（其中：外事接待人次0人）。国（境）外接待费支出0.00元，共安排国（境）外公务接待0批次，接待人次0人。",
    ]
    lines += [
        "第四部分 其他重要事项及相关口径情况说明",
        "一、机关运行经费支出情况",
        running_cost(b, v),
        "二、国有资产占用情况",
        f"截至{y}年12月31日，{b.unit}资产总额{v.m(amount(v.rng))}。",
        "三、政府采购支出情况",
        procurement(b, v),
        "四、部门绩效自评情况",
        performance(b, v),
        "第五部分 名词解释",
        *glossary(),
    ]
    return lines


def guangxi(b: Books, v: Voice) -> list[str]:
    """All in 元; 类科目 with shares and changes."""
    y, w = b.year, b.word
    inc, exp, g = b.received(), b.spent(), b.spent("general")
    li, le = b.last("income", inc), b.last("spent", exp)
    lines = [
        f"{b.unit}{y}年度{w}决算公开",
        f"第一部分：{w}概况",
        "一、主要职能",
        "负责本行业工作。",
        "二、编制现状、人员构成",
        "编制20名，实有19人。",
        f"第二部分：{y}年度{w}决算报表",
        f"第三部分：{y}年度{w}决算情况说明",
        f"一、{y}年度收入支出决算总体情况。",
        f"本{w}{y}年度总收入{v.m(b.total())}，其中本年收入{v.m(inc)}，较{y - 1}年度决算数{v.change(inc, li)}{v.because(inc, li)}。",
        f"二、{y}年度收入决算情况。",
        f"本年收入{v.m(inc)}，具体情况如下：{listing(v, income_parts(b), inc, zeros=False)}。",
        f"三、{y}年度支出决算情况。",
        f"本年支出{v.m(exp)}，较{y - 1}年度决算数{v.change(exp, le)}。其中：{listing(v, spending_parts(b), exp, zeros=False)}。",
        f"四、{y}年度一般公共预算财政拨款支出决算情况。",
        f"{y}年度一般公共预算财政拨款支出{v.m(g)}，支出具体情况如下：",
    ]
    for n, (c, x) in enumerate(b.classes(), 1):
        of = [i for i in b.items if i.names[0] == c]
        budget = sum((i.budget for i in of), ZERO)
        lines.append(
            f"（{NUMERALS[n - 1] if n <= 10 else n}）{c}类支出{v.m(x)}，{v.share(x, g)}，年初预算为{v.m(budget)}{done(v, x, budget, '完成年初预算的')}。"
            + "".join(
                f"{k}.{i.names[2]}（项）{v.m(i.total)}，其中：基本支出{v.m(i.basic)}，项目支出{v.m(i.project)}。"
                for k, i in enumerate(of, 1)
            )
        )
    lines += [
        f"五、{y}年度一般公共预算财政拨款基本支出决算情况。",
        *basic(b, v, amounts=True),
        f"六、{y}年度“三公”经费决算情况。",
        *chongqing_three(b, v),
        "七、其他重要事项说明",
        running_cost(b, v),
        procurement(b, v),
        assets(b, v),
        performance(b, v),
        "第四部分：名词解释",
        *glossary(),
    ]
    return lines


def shaanxi(b: Books, v: Voice) -> list[str]:
    y, w, t = b.year, b.word, three(b)
    inc, exp, g = b.received(), b.spent(), b.spent("general")
    meet, train = amount(v.rng, high=10**7), amount(v.rng, high=10**7)
    a = t["all"]
    lines = [
        "保密审查情况：已审查",
        "部门主要负责人审签情况：已审签",
        f"{y}年{b.unit}{w}决算",
        f"第一部分 {w}概况",
        "一、主要职责及内设机构",
        "负责本行业工作。",
        "二、部门人员情况",
        f"截至{y}年底，人员编制40人，其中行政编制30人、事业编制10人；实有人员39人，其中行政29人、事业10人。单位管理的离退休人员12人。",
        f"第二部分 {y}年度{w}决算表",
        *(nine_tables(b, v) if v.rng.random() < 0.4 else ["（见附件）"]),
        f"第三部分 {y}年度{w}决算情况说明",
        "一、收入支出决算总体情况说明",
        balance(b, v),
        "二、收入决算情况说明",
        f"本年收入合计{v.m(inc)}，其中：财政拨款收入{v.m(b.received('appropriation'))}，{v.share(b.received('appropriation'), inc)}；"
        + listing(v, [p for p in income_parts(b) if "拨款" not in p[0]], inc, zeros=True)
        + "。",
        "三、支出决算情况说明",
        spending(b, v),
        "四、财政拨款收入支出决算总体情况说明",
        appropriation(b, v),
        "五、一般公共预算财政拨款支出决算情况说明",
        "（一）一般公共预算财政拨款支出决算总体情况说明",
    ]
    gb = sum((i.budget for i in b.items), ZERO)
    lines += [
        f"{y}年度一般公共预算财政拨款支出年初预算{v.m(gb)}，支出决算{v.m(g)}{done(v, g, gb, '完成年初预算的')}，{v.share(g, exp, '本年支出合计的')}。与上年相比，财政拨款支出{v.change(g, b.last('general', g))}。"
        if not b.fund_items and not b.capital
        else general(b, v),
        "按照政府功能分类科目，具体包括：",
    ]
    lines += [
        f"{n}.{path(i)}。年初预算为{v.m(i.budget)}，支出决算为{v.m(i.total)}{done(v, i.total, i.budget, '完成年初预算的')}{order(v, i.total, i.budget, '年初预算')}。"
        for n, i in enumerate(b.items, 1)
    ]
    lines += [
        "六、一般公共预算财政拨款基本支出决算情况说明",
        *basic(b, v, amounts=True),
        "七、财政拨款“三公”经费及会议费、培训费支出决算情况说明",
        "（一）财政拨款“三公”经费支出决算情况说明",
        f"{y}年度财政拨款“三公”经费支出预算{v.m(a.budget)}，支出决算{v.m(a.now)}{done(v, a.now, a.budget, '完成预算的')}{order(v, a.now, a.budget)}。",
    ]
    for n, (name, k) in enumerate(
        (
            ("因公出国（境）", "abroad"),
            ("公务用车购置费用", "purchase"),
            ("公务用车运行维护费用", "operation"),
            ("公务接待费", "reception"),
        ),
        1,
    ):
        lines.append(
            f"{n}.{name}支出情况说明。{y}年度{name}支出预算{v.m(t[k].budget)}，支出决算{v.m(t[k].now)}{done(v, t[k].now, t[k].budget, '完成预算的')}{order(v, t[k].now, t[k].budget)}。"
        )
    lines += [
        "（二）培训费支出情况说明",
        f"{y}年度培训费预算{v.m(train)}，支出决算{v.m(train)}，完成预算的100%，决算数与预算数持平。",
        "（三）会议费支出情况说明",
        f"{y}年度会议费预算{v.m(meet * 2)}，支出决算{v.m(meet)}{done(v, meet, meet * 2, '完成预算的')}，决算数较预算数减少{v.m(meet)}，主要原因是精简会议。",
        "八、机关运行经费支出情况说明",
        running_cost(b, v),
        "九、政府采购支出情况说明",
        procurement(b, v),
        "十、国有资产占用及购置情况说明",
        assets(b, v),
        "十一、预算绩效情况说明",
        performance(b, v),
        "第四部分 专业名词解释",
        *(f"{n}.{x}" for n, x in enumerate(GLOSSARY, 1)),
    ]
    return lines


def xinjiang(b: Books, v: Voice) -> list[str]:
    y, w, t = b.year, b.word, three(b)
    inc, exp, g, tot = b.received(), b.spent(), b.spent("general"), b.total()
    gb = sum((i.budget for i in b.items), ZERO)
    f1, f2 = funds(b, v)
    lines = [
        f"{b.unit}{y}年度{w}决算公开说明",
        f"第一部分 {w}概况",
        *overview(b, v),
        f"第二部分 {w}决算情况说明",
        "一、收入支出决算总体情况说明",
        f"{y}年度收入总计{v.m(tot)}，其中：本年收入合计{v.m(inc)}，使用非财政拨款结余（含专用结余）{v.m(b.use_of_surplus)}，年初结转和结余{v.m(b.into())}。",
        f"{y}年度支出总计{v.m(tot)}，其中：本年支出合计{v.m(exp)}，结余分配{v.m(b.distribution)}，年末结转和结余{v.m(b.out())}。",
        f"收入支出总体与上年相比，{v.change(tot, b.last('total', tot))}{v.because(tot, b.last('total', tot))}。",
        "二、收入决算情况说明",
        f"{y}年度本年收入{v.m(inc)}，其中：财政拨款收入{v.m(b.received('appropriation'))}，{v.share(b.received('appropriation'), inc)}；"
        + listing(v, [p for p in income_parts(b) if "拨款" not in p[0]], inc, zeros=True)
        + "。",
        "三、支出决算情况说明",
        spending(b, v),
        "四、财政拨款收入支出决算总体情况说明",
    ]
    ap = b.total("appropriation")
    lines += [
        f"{y}年度财政拨款收入总计{v.m(ap)}，其中：年初财政拨款结转和结余{v.m(b.into('appropriation'))}，本年财政拨款收入{v.m(b.received('appropriation'))}。财政拨款支出总计{v.m(ap)}，其中：年末财政拨款结转和结余{v.m(b.out('appropriation'))}，本年财政拨款支出{v.m(b.spent('appropriation'))}。",
        "五、一般公共预算财政拨款支出决算情况说明",
        "（一）一般公共预算财政拨款支出决算总体情况",
        f"{y}年度一般公共预算财政拨款支出{v.m(g)}，{v.share(g, exp, '本年支出合计的')}。与上年相比，{v.change(g, b.last('general', g))}。与年初预算数{v.m(gb)}相比，决算数{v.change(g, gb).split('，')[0] if v.shown(g) != v.shown(gb) else '无变化'}。",
        "（二）一般公共预算财政拨款支出决算结构情况",
        *(f"{n}.{c}（类）{v.m(x)}，{v.share(x, g)}。" for n, (c, x) in enumerate(b.classes(), 1)),
        "（三）一般公共预算财政拨款支出决算具体情况",
    ]
    for n, i in enumerate(b.items, 1):
        lines.append(
            f"{n}.{path(i)}：支出决算数为{v.m(i.total)}，比上年决算{v.change(i.total, i.before)}{v.because(i.total, i.before, '主要原因是：')}。"
        )
    a = t["all"]
    lines += [
        "六、一般公共预算财政拨款基本支出决算情况说明",
        *basic(b, v),
        "七、财政拨款“三公”经费支出决算情况说明",
        f"{y}年度财政拨款“三公”经费支出全年预算{v.m(a.budget)}，支出决算{v.m(a.now)}{done(v, a.now, a.budget, '完成预算的')}，比上年{v.change(a.now, a.before)}。其中："
        + "；".join(
            f"{n}支出{v.m(t[k].now)}，{v.share(t[k].now, a.now)}，比上年{v.change(t[k].now, t[k].before)}"
            for n, k in (
                ("因公出国（境）费", "abroad"),
                ("公务用车购置及运行维护费", "vehicle"),
                ("公务接待费", "reception"),
            )
        )
        + "。",
        f"公务用车购置费{v.m(t['purchase'].now)}，公务用车运行维护费{v.m(t['operation'].now)}。",
        "八、政府性基金预算财政拨款收入支出决算情况说明",
        f1,
        "九、国有资本经营预算财政拨款收入支出决算情况说明",
        f2,
        "十、其他重要事项的情况说明",
        *others(b, v),
        "第三部分 专业名词解释",
        *glossary(),
        "第四部分 部门决算报表（见附表）",
    ]
    return lines


def shanghai(b: Books, v: Voice) -> list[str]:
    y, w, t = b.year, b.word, three(b)
    inc, _exp, g, tot = b.received(), b.spent(), b.spent("general"), b.total()
    gb = sum((i.budget for i in b.items), ZERO)
    a = t["all"]
    f1, f2 = funds(b, v)
    lines = [
        *front(b, [f"{b.unit}概况", f"{b.unit}{y}年度{w}决算表", f"{b.unit}{y}年度{w}决算情况说明", "名词解释"]),
        f"第一部分 {b.unit}概况",
        *overview(b, v),
        f"第二部分 {b.unit}{y}年度{w}决算表",
        *nine_tables(b, v),
        f"第三部分 {b.unit}{y}年度{w}决算情况说明",
        "一、收入支出决算总体情况说明",
        f"{b.unit}{y}年度收入总计{v.m(tot)}，支出总计{v.m(tot)}。与{y - 1}年度相比，收、支总计各{v.change(tot, b.last('total', tot))}{v.because(tot, b.last('total', tot))}。",
        "二、收入决算情况说明",
        f"{y}年度本年收入合计{v.m(inc)}，其中：财政拨款收入{v.m(b.received('appropriation'))}，{v.share(b.received('appropriation'), inc)}；"
        + listing(v, [p for p in income_parts(b) if "拨款" not in p[0]], inc, zeros=True)
        + "。",
        "三、支出决算情况说明",
        spending(b, v),
        "四、财政拨款收入支出决算总体情况说明",
        appropriation(b, v),
        "五、一般公共预算财政拨款支出决算情况说明",
        "（一）一般公共预算财政拨款支出决算总体情况",
        general(b, v),
        "（二）一般公共预算财政拨款支出决算结构情况",
        structure(b, v),
        "（三）一般公共预算财政拨款支出决算具体情况",
        f"{y}年度一般公共预算财政拨款支出年初预算为{v.m(gb)}，支出决算为{v.m(g)}{done(v, g, gb, '完成年初预算的')}。其中：",
    ]
    lines += [
        f"{n}、{path(i)}。主要用于：开展业务工作。年初预算为{v.m(i.budget)}，支出决算为{v.m(i.total)}{order(v, i.total, i.budget)}。"
        for n, i in enumerate(b.items, 1)
    ]
    lines += [
        "六、一般公共预算财政拨款基本支出决算情况说明",
        *basic(b, v),
        "七、财政拨款“三公”经费支出决算情况说明",
        "（一）“三公”经费财政拨款支出决算总体情况",
        f"{y}年度“三公”经费财政拨款支出预算为{v.m(a.budget)}，支出决算为{v.m(a.now)}{done(v, a.now, a.budget, '完成预算的')}。其中："
        + "；".join(
            f"{n}预算为{v.m(t[k].budget)}，决算为{v.m(t[k].now)}" + (f"{done(v, t[k].now, t[k].budget, '完成预算的')}")
            for n, k in (
                ("因公出国（境）费", "abroad"),
                ("公务用车购置及运行维护费", "vehicle"),
                ("公务接待费", "reception"),
            )
        )
        + "。",
        f"{y}年度“三公”经费财政拨款支出决算数比{y - 1}年度{v.change(a.now, a.before)}。其中：因公出国（境）费支出决算{v.change(t['abroad'].now, t['abroad'].before)}；公务用车购置及运行维护费支出决算{v.change(t['vehicle'].now, t['vehicle'].before)}；公务接待费支出决算{v.change(t['reception'].now, t['reception'].before)}。",
        "八、政府性基金预算财政拨款收入支出决算情况说明",
        f1,
        "九、国有资本经营预算财政拨款收入支出决算情况说明",
        f2,
        "十、预算绩效管理情况",
        performance(b, v),
        "十一、其他重要事项的情况说明",
        "（一）机关运行经费支出情况",
        running_cost(b, v),
        "（二）政府采购支出情况",
        procurement(b, v),
        "（三）国有资产占用情况",
        assets(b, v),
        "第四部分 名词解释",
        *glossary(),
    ]
    return lines


def jiangxi(b: Books, v: Voice) -> list[str]:
    y, w, t = b.year, b.word, three(b)
    inc, exp, tot = b.received(), b.spent(), b.total()
    lines = [
        f"{b.unit}{y}年度{w}决算",
        *(f"第{NUMERALS[n]}部分 {p}" for n, p in enumerate([f"{b.unit}概况"])),
        *overview(b, v),
        f"第二部分 {y}年度{w}决算表",
        f"第三部分 {y}年度{w}决算情况说明",
        "一、收入决算情况说明",
        f"本{w}{y}年度收入总计{v.m(tot)}，其中年初结转和结余{v.m(b.into())}，较{y - 1}年{v.change(b.into(), b.last('into', b.into()))}；本年收入合计{v.m(inc)}，较{y - 1}年{v.change(inc, b.last('income', inc))}{v.because(inc, b.last('income', inc), '，主要原因是：').replace('，，', '，')}。",
        "本年收入的具体构成为：" + listing(v, income_parts(b), inc, zeros=False) + "。",
        "二、支出决算情况说明",
        f"本{w}{y}年度支出总计{v.m(tot)}，其中本年支出合计{v.m(exp)}，较{y - 1}年{v.change(exp, b.last('spent', exp))}；年末结转和结余{v.m(b.out())}，较{y - 1}年{v.change(b.out(), b.last('out', b.out()))}。",
        "本年支出的具体构成为：" + listing(v, spending_parts(b), exp, zeros=True) + "。",
        "三、财政拨款支出决算情况说明",
    ]
    ap, apb = b.spent("general"), sum((i.budget for i in b.items), ZERO)
    lines += [
        f"本{w}{y}年度一般公共预算财政拨款本年支出年初预算数为{v.m(apb)}，决算数为{v.m(ap)}{done(v, ap, apb, '完成年初预算的')}。其中："
    ]
    for n, (c, spent) in enumerate(b.classes(), 1):
        budget = sum((i.budget for i in b.items if i.names[0] == c), ZERO)
        lines.append(
            f"（{NUMERALS[n - 1] if n <= 10 else n}）{c}年初预算数为{v.m(budget)}，决算数为{v.m(spent)}{done(v, spent, budget, '完成年初预算的')}{v.because(spent, budget)}。"
        )
    p, o = sum(b.personnel.values(), ZERO), sum(b.office.values(), ZERO)
    w1, r1 = (p * 9 / 10).quantize(Decimal("0.01")), p - (p * 9 / 10).quantize(Decimal("0.01"))
    lines += [
        "四、一般公共预算财政拨款基本支出决算情况说明",
        f"本{w}{y}年度一般公共预算财政拨款基本支出{v.m(b.basic())}，其中：",
        f"（一）工资福利支出{v.m(w1)}，较{y - 1}年{v.change(w1, b.last('w1', w1))}。",
        f"（二）商品和服务支出{v.m(o)}，较{y - 1}年{v.change(o, b.last('office', o))}。",
        f"（三）对个人和家庭补助支出{v.m(r1)}，较{y - 1}年{v.change(r1, b.last('r1', r1))}。",
        f"（四）资本性支出0{v.unit}，较{y - 1}年{v.change(ZERO, ZERO)}。",
        "五、财政拨款“三公”经费支出决算情况说明",
    ]
    a = t["all"]
    lines += [
        f"本{w}{y}年度财政拨款“三公”经费支出全年预算数为{v.m(a.budget)}，决算数为{v.m(a.now)}{done(v, a.now, a.budget, '完成全年预算的')}，决算数较{y - 1}年{v.change(a.now, a.before)}，其中："
    ]
    for n, (name, k) in enumerate(
        (
            ("因公出国（境）支出", "abroad"),
            ("公务接待费支出", "reception"),
            ("公务用车购置及运行维护费支出", "vehicle"),
        ),
        0,
    ):
        x = t[k]
        lines.append(
            f"（{NUMERALS[n]}）{name}全年预算数为{v.m(x.budget)}，决算数为{v.m(x.now)}{done(v, x.now, x.budget, '完成全年预算的')}，决算数较{y - 1}年{v.change(x.now, x.before)}。"
            + (
                f"其中公务用车购置全年预算数为{v.m(t['purchase'].budget)}，决算数为{v.m(t['purchase'].now)}，全年购置公务用车{1 if t['purchase'].now else 0}辆；公务用车运行维护费全年预算数为{v.m(t['operation'].budget)}，决算数为{v.m(t['operation'].now)}，年末公务用车保有{b.cars}辆。"
                if k == "vehicle"
                else ""
            )
        )
    lines += [
        "六、机关运行经费支出情况说明",
        running_cost(b, v),
        "七、政府采购支出情况说明",
        procurement(b, v),
        "八、国有资产占用情况说明",
        assets(b, v),
        "九、预算绩效情况说明",
        performance(b, v),
        "第四部分 名词解释",
        *glossary(),
    ]
    return lines


def neimenggu(b: Books, v: Voice) -> list[str]:
    y, w = b.year, b.word
    inc, _exp, tot, _g = b.received(), b.spent(), b.total(), b.spent("general")
    f1, f2 = funds(b, v)
    pr = b.project()
    return [f"{b.unit}{y}年度{w}决算公开报告", f"第一部分 {w}概况", *overview(b, v), f"第二部分 {y}年度{w}决算情况说明", "一、收入支出决算总体情况说明", f"{b.unit}{y}年度收入、支出决算总计均为{v.m(tot)}。与上年决算相比，收、支总计{v.change(tot, b.last('total', tot))}，其中：本年收入合计{v.m(inc)}，占收入总计的{v.ratio(inc, tot)}；年初结转和结余{v.m(b.into())}，占收入总计的{v.ratio(b.into(), tot)}。", "二、收入决算情况说明", income(b, v), "三、支出决算情况说明", spending(b, v), "四、财政拨款收入支出决算总体情况说明", appropriation(b, v), "五、一般公共预算财政拨款支出决算情况说明", general(b, v), *items_by_budget(b, v), "六、一般公共预算财政拨款基本支出决算情况说明", *basic(b, v), "七、一般公共预算财政拨款项目支出决算情况说明", f"{b.unit}{y}年度一般公共预算财政拨款项目支出决算{v.m(pr)}，与上年决算相比，{v.change(pr, b.last('project', pr))}{v.because(pr, b.last('project', pr))}。", "八、财政拨款“三公”经费支出决算情况说明", *three_public(b, v), "九、政府性基金预算财政拨款支出决算情况说明", f1, "十、国有资本经营预算财政拨款支出决算情况说明", f2, "十一、机构运行经费支出决算情况说明", running_cost(b, v), "十二、政府采购支出决算情况说明", procurement(b, v), "十三、国有资产占用情况说明", assets(b, v), "十四、预算绩效管理情况说明", performance(b, v), "第三部分 名词解释", *glossary(), "第四部分 决算公开联系方式及信息反馈渠道", "本单位决算公开信息反馈和联系方式：联系人：办公室 联系电话：0471-1234567"]  # fmt: skip


def hunan(b: Books, v: Voice) -> list[str]:
    lines = ministry(b, v, title="情况说明")
    y = b.year
    at = next(n for n, line in enumerate(lines) if line.startswith("十、其他重要"))
    a = amount(v.rng, high=10**7)
    lines[at + 1 : at + 1] = [
        "（一）关于机关运行经费",
        "（二）一般性支出情况",
        f"{y}年本{b.word}开支会议费{v.m(a)}，用于召开年度工作会议，人数{v.rng.randint(20, 200)}人，内容为部署年度工作；开支培训费{v.m(a / 2)}，用于开展业务培训，人数{v.rng.randint(20, 200)}人；举办节庆、晚会、论坛、赛事活动，开支0{v.unit}。",
    ]
    return lines


def guangdong(b: Books, v: Voice) -> list[str]:
    y, w, t = b.year, b.word, three(b)
    inc, exp, tot, g = b.received(), b.spent(), b.total(), b.spent("general")
    a = t["all"]
    lines = [
        *front(b, [f"{b.unit}概况", f"{y}年度{w}决算表", f"{y}年度{w}决算情况说明", "名词解释"]),
        f"第一部分 {b.unit}概况",
        *overview(b, v),
        f"第二部分 {y}年度{w}决算表",
        *nine_tables(b, v),
        f"第三部分 {y}年度{w}决算情况说明",
        f"一、{y}年度收入支出决算总体情况说明",
        f"{y}年度本{w}总收入{v.m(tot)}，其中本年收入{v.m(inc)}、使用非财政拨款结余{v.m(b.use_of_surplus)}、年初结转和结余{v.m(b.into())}；总支出{v.m(tot)}，其中本年支出{v.m(exp)}、结余分配{v.m(b.distribution)}、年末结转和结余{v.m(b.out())}。与上年决算数相比，总收入和总支出各{v.change(tot, b.last('total', tot))}。",
        f"二、{y}年度收入决算情况说明",
        f"{y}年度本年收入合计{v.m(inc)}，其中：财政拨款收入{v.m(b.received('appropriation'))}，{v.share(b.received('appropriation'), inc)}；"
        + listing(v, [p for p in income_parts(b) if "拨款" not in p[0]], inc, zeros=False)
        + "。",
        f"三、{y}年度支出决算情况说明",
        spending(b, v, zeros=False),
    ]
    if b.fund_items or b.capital:
        lines += [f"四、{y}年度财政拨款支出决算说明", general(b, v)]
    else:
        lines += [
            f"四、{y}年度财政拨款支出决算说明",
            f"{y}年度财政拨款支出合计{v.m(g)}，其中：基本支出{v.m(b.basic())}，项目支出{v.m(b.project())}。比上年决算数{v.change(g, b.last('general', g))}。",
            *(
                f"{n}.{path(i)}支出{v.m(i.total)}，完成年初预算{v.m(i.budget)}的{v.ratio(i.total, i.budget)}，比上年决算数{v.change(i.total, i.before)}。"
                if v.basis(i.budget)
                else f"{n}.{path(i)}支出{v.m(i.total)}，年初未安排预算，比上年决算数{v.change(i.total, i.before)}。"
                for n, i in enumerate(b.items, 1)
            ),
        ]
    lines += [
        f"五、{y}年度“三公”经费支出决算情况说明",
        f"{y}年度“三公”经费支出决算{v.m(a.now)}"
        + (f"，完成全年预算{v.m(a.budget)}的{v.ratio(a.now, a.budget)}" if v.basis(a.budget) else "")
        + f"，比上年{v.change(a.now, a.before)}。其中：因公出国（境）费支出决算{v.m(t['abroad'].now)}"
        + (
            f"，完成预算{v.m(t['abroad'].budget)}的{v.ratio(t['abroad'].now, t['abroad'].budget)}"
            if v.basis(t["abroad"].budget)
            else ""
        )
        + f"；公务用车购置及运行维护费支出决算{v.m(t['vehicle'].now)}"
        + (
            f"，完成预算{v.m(t['vehicle'].budget)}的{v.ratio(t['vehicle'].now, t['vehicle'].budget)}"
            if v.basis(t["vehicle"].budget)
            else ""
        )
        + f"；公务接待费支出决算{v.m(t['reception'].now)}。",
        "六、其他重要事项的情况说明",
        *others(b, v),
        "第四部分 名词解释",
        *glossary(),
    ]
    return lines


def departments(b: Books, v: Voice) -> list[str]:
    """A department that gives its units' own figures beside the total."""
    lines = ministry(b, v, tables=False)
    inc = b.received()
    own = (inc * v.rng.randint(30, 70) / 100).quantize(Decimal("0.01"))
    g = b.spent("general")
    p = (g * v.rng.randint(30, 70) / 100).quantize(Decimal("0.01"))
    at = next(n for n, line in enumerate(lines) if line == "三、支出决算情况说明")
    lines.insert(
        at,
        f"分单位看，本年收入合计{v.m(inc)}，其中：{b.short}本级{v.m(own)}，占{v.ratio(own, inc)}；下属服务中心{v.m(inc - own)}，占{v.ratio(inc - own, inc)}。{b.short}本级收入{v.m(own)}，占本年收入合计的{v.ratio(own, inc)}。",
    )
    at = next(n for n, line in enumerate(lines) if line == "（二）支出决算结构情况")
    lines.insert(
        at,
        f"分单位看，{b.short}本级一般公共预算财政拨款支出{v.m(p)}，下属服务中心一般公共预算财政拨款支出{v.m(g - p)}。",
    )
    return lines


def comparisons(b: Books, v: Voice) -> list[str]:
    """Three years, like for like, amounts in reasons, zipped figures, incomplete lists."""
    y = b.year
    lines = ministry(b, v, tables=False)
    o = sum(b.office.values(), ZERO)
    o1, o2 = b.last("office", o), amount(v.rng, high=10**7)
    extra = [f"{y - 2}年、{y - 1}年、{y}年公用经费支出分别为{v.m(o2)}、{v.m(o1)}、{v.m(o)}。"]
    now, before, factor = (amount(v.rng, 10**8, 10**9) for _ in range(3))
    extra.append(f"{y}年培训费支出{v.m(now)}，剔除上年一次性因素{v.m(factor)}后，按同口径下降3.2%。")
    extra.append(f"会议费支出{v.m(before)}，增长的主要原因是追加会议经费{v.m(before / 4)}，减少培训{v.m(before / 8)}。")
    extra.append(
        f"项目支出主要包括：信息化运维{v.m(now / 9)}、办公用房维修{v.m(now / 7)}等重点项目。其中：重点项目资金{v.m(now / 5)}。"
    )
    at = next(n for n, line in enumerate(lines) if line.startswith("六、一般公共"))
    lines[at:at] = extra
    at = next(n for n, line in enumerate(lines) if line.startswith("一、收入支出决算总体")) + 1
    inc, exp = b.total(), b.total()
    li, le = b.last("ti", inc), b.last("te", exp)
    if (
        v.shown(inc) != v.shown(li)
        and v.shown(exp) != v.shown(le)
        and (inc > li) == (exp > le)
        and v.ratio(inc, li)
        and v.ratio(exp, le)
    ):
        d, r = ("增加", "增长") if inc > li else ("减少", "下降")
        lines[at] = (
            f"{y}年度收、支总计各是{v.bare(inc)},{v.m(exp)}。与{y - 1}年相比，收、支总计各{d}{v.bare(abs(v.diff(inc, li)))},{v.m(abs(v.diff(exp, le)))}，各{r}{v.ratio(abs(v.diff(inc, li)), li)}、{v.ratio(abs(v.diff(exp, le)), le)}。"
        )
    return lines


def budget(b: Books, v: Voice) -> list[str]:
    """上海预算: 收入预算, 比上年预算, 执行数."""
    y = b.year
    ap = b.received("appropriation")
    parts = [
        ("一般公共预算拨款收入", b.received("general")),
        ("政府性基金拨款收入", b.received("fund")),
        ("国有资本经营预算拨款收入", b.received("capital")),
    ]
    last = b.last("budget", ap)
    t = three(b)

    def line(x: Line) -> str:
        return f"{v.m(x.now)}，比{y - 1}年预算{v.change(x.now, x.before)}"

    lines = [
        f"{b.unit}{y}年{b.word}预算",
        "目 录",
        f"一、{b.word}主要职能",
        f"二、{b.word}机构设置",
        "三、名词解释",
        f"四、{b.word}预算编制说明",
        "五、其他相关情况说明",
        f"{b.word}主要职能",
        "负责本行业工作。",
        f"{b.word}机构设置",
        "内设科室5个。",
        "名词解释",
        *GLOSSARY,
        f"{b.word}预算编制说明",
        f"{y}年，{b.unit}收入预算{v.m(ap)}，其中：财政拨款收入{v.m(ap)}，比{y - 1}年预算{v.change(ap, last)}；事业收入0{v.unit}；事业单位经营收入0{v.unit}；其他收入0{v.unit}。",
        f"支出预算{v.m(ap)}，其中：财政拨款支出预算{v.m(ap)}，比{y - 1}年预算{v.change(ap, last)}。财政拨款支出预算中，一般公共预算拨款支出预算{v.m(parts[0][1])}，政府性基金拨款支出预算{v.m(parts[1][1])}，国有资本经营预算拨款支出预算{v.m(parts[2][1])}。",
        "财政拨款支出主要内容如下：",
    ]
    lines += [
        f"{n}.“{c}”科目{v.m(x)}，主要用于行政单位的人员经费及公用经费支出。" for n, (c, x) in enumerate(b.classes(), 1)
    ]
    lines += [
        "其他相关情况说明",
        f"一、{y}年“三公”经费预算情况说明",
        f"{y}年“三公”经费预算数为{line(t['all'])}。其中：",
        f"（一）因公出国（境）费{line(t['abroad'])}。",
        f"（二）公务用车购置及运行费{line(t['vehicle'])}。其中：公务用车购置费{line(t['purchase'])}；公务用车运行费{line(t['operation'])}。",
        f"（三）公务接待费{line(t['reception'])}。",
        "二、机关运行经费预算",
        f"{y}年机关运行经费财政拨款预算为{v.m(sum(b.office.values(), ZERO))}。",
    ]
    return lines


def shanxi(b: Books, v: Voice) -> list[str]:
    """江苏、河南、山西、安徽、贵州: 与年初预算、上年 in one item; zero residue-free words."""
    y, _w = b.year, b.word
    t, inc, exp, _g = b.total(), b.received(), b.spent(), b.spent("general")
    lines = ministry(b, v)
    at = next(n for n, line in enumerate(lines) if line.startswith("一、收入支出决算总体")) + 1
    lines[at] = (
        f"{y}年度收入总计{v.m(t)}，与上年决算相比{v.change(t, b.last('total', t))}{v.because(t, b.last('total', t))}。支出总计{v.m(t)}。其中："
    )
    lines[at + 1 : at + 1] = [
        f"（一）收入决算总计{v.m(t)}。包括：",
        f"1.本年收入决算合计{v.m(inc)}，与上年相比{v.change(inc, b.last('income', inc))}。",
        f"2.使用非财政拨款结余{v.m(b.use_of_surplus)}，与上年决算相比{v.change(b.use_of_surplus, b.last('use', b.use_of_surplus))}。",
        f"3.年初结转和结余{v.m(b.into())}。",
        f"（二）支出决算总计{v.m(t)}。包括：",
        f"1.本年支出决算合计{v.m(exp)}，与上年相比{v.change(exp, b.last('spent', exp))}。",
        f"2.结余分配{v.m(b.distribution)}。",
        f"3.年末结转和结余{v.m(b.out())}。结转和结余事项：项目未完成。",
    ]
    return lines


def central(b: Books, v: Voice) -> list[str]:
    """中央部门: ministry text with per-item 较上年/预算 and project amounts in 万元, totals in 亿元 aside."""
    lines = ministry(b, v, tables=True)
    big = amount(v.rng, 10**11, 10**12)
    lines.insert(
        len(lines) - 8,
        f"截至{b.year}年末，本{b.word}管理的专项资金规模约{(big / 10**8).quantize(Decimal('0.01'))}亿元，惠及群众12.5万人。",
    )
    return lines


STYLES: dict[str, tuple[Writer, tuple[str, ...]]] = {
    "sichuan": (sichuan, ("万元",)),
    "ministry": (ministry, ("万元", "万元", "元")),
    "chongqing": (chongqing, ("万元",)),
    "zhejiang": (zhejiang, ("万元",)),
    "yunnan": (yunnan, ("元",)),
    "guangxi": (guangxi, ("元", "万元")),
    "shaanxi": (shaanxi, ("万元",)),
    "xinjiang": (xinjiang, ("万元",)),
    "shanghai": (shanghai, ("万元",)),
    "jiangxi": (jiangxi, ("万元",)),
    "neimenggu": (neimenggu, ("万元",)),
    "hunan": (hunan, ("万元",)),
    "guangdong": (guangdong, ("万元",)),
    "departments": (departments, ("万元",)),
    "comparisons": (comparisons, ("万元",)),
    "budget": (budget, ("万元",)),
    "jiangsu": (shanxi, ("万元",)),
    "central": (central, ("万元",)),
}
"""A province's manner and the measures it writes in."""


def draw_voice(rng: random.Random, unit: str) -> Voice:
    v = Voice(rng, unit)
    if unit == "元":
        v.decimals = rng.choice([2, 2, 0])
    else:
        v.decimals = rng.choice([2, 2, 2, 2, 4, 6, 1, 0])
    v.rate_decimals = rng.choice([2, 2, 2, 1, 0, 4])
    v.thousands = rng.random() < 0.3
    v.strip = rng.random() < 0.25
    v.from_shown = rng.random() < 0.5 or v.decimals < 2
    v.up = rng.choice([("增加", "增长"), ("增加", "增长"), ("增加", "上升"), ("增长", "增幅")])
    v.down = rng.choice([("减少", "下降"), ("减少", "下降"), ("减少", "降低"), ("下降", "降幅")])
    if v.up[0] == "增长":
        v.up = ("增加", "增幅")
    if v.down[0] == "下降":
        v.down = ("减少", "降幅")
    return v


def write(style: str, seed: int) -> str:
    """One correct report."""
    rng = Dice(f"{style}/{seed}")
    writer, units = STYLES[style]
    voice = draw_voice(rng, rng.choice(units))
    rng.scale = 1000 if voice.unit == "万元" and voice.decimals < 2 else 1
    books = draw_books(rng, many=rng.random() < 0.08)
    return "\n".join(writer(books, voice))
