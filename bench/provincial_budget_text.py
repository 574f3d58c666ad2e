"""The explanation of a budget in the Ministry's form, as central departments and most provinces print it."""

from __future__ import annotations

from decimal import Decimal

from bench.provincial_books import SOURCE_NAMES, ZERO, Books, Voice
from bench.provincial_reports import GLOSSARY, income_parts, listing, path, three


def central_budget(b: Books, v: Voice) -> list[str]:
    """收支总体, 收入, 支出, 财政拨款, 一般公共预算, 基本支出, 三公, 基金: each with its table's figures."""
    y, total = b.year, b.total()
    spent, g = b.spent(), b.spent("general")
    into = [
        ("上年结转", b.into()),
        *((n.replace("财政拨款", "拨款"), x) for n, x in income_parts(b)),
        ("使用非财政拨款结余", b.use_of_surplus),
    ]
    lines = [
        f"{y}年度{b.unit}部门预算", f"第一部分 {b.unit}概况", "一、主要职能", f"{b.unit}承担本行业管理工作。", "二、部门预算单位构成",
        f"{b.unit}内设机构5个。", f"第二部分 {b.unit}{y}年部门预算表", "（附后）", f"第三部分 {b.unit}{y}年部门预算情况说明",
        f"一、关于{b.unit}{y}年收支预算情况的总体说明",
        f"按照综合预算的原则，{b.unit}所有收入和支出均纳入部门预算管理。{b.unit}{y}年收支总预算{v.m(total)}。",
        f"二、关于{b.unit}{y}年收入预算情况说明",
        f"{b.unit}{y}年收入预算{v.m(total)}，其中：{listing(v, into, total, zeros=False)}。",
        f"三、关于{b.unit}{y}年支出预算情况说明",
        f"{b.unit}{y}年支出预算{v.m(spent)}，其中：" + listing(v, [("基本支出", b.basic(everything=True)), ("项目支出", b.project(everything=True)), ("事业单位经营支出", b.operating)], spent, zeros=False) + "。",
        f"四、关于{b.unit}{y}年财政拨款收支预算情况的总体说明",
        f"{b.unit}{y}年财政拨款收支总预算{v.m(b.total('appropriation'))}。收入包括：一般公共预算拨款本年收入{v.m(b.received('general'))}、上年结转{v.m(b.into('appropriation'))}。",
        f"五、关于{b.unit}{y}年一般公共预算支出情况说明",
        "（一）一般公共预算支出结构情况",
        f"{b.unit}{y}年一般公共预算支出{v.m(g)}，主要用于以下方面：{listing(v, [(n + '（类）', x) for n, x in b.classes()], g, zeros=False)}。",
        "（二）一般公共预算支出具体使用情况",
        *(f"{n}.{path(i)}{y}年预算数为{v.m(i.total)}，{_against(b, v, i.total, b.last(f'budget/{i.code}/general', i.total))}" for n, i in enumerate(b.items, 1)),
        f"六、关于{b.unit}{y}年一般公共预算基本支出情况说明",
        f"{b.unit}{y}年一般公共预算基本支出{v.m(b.basic())}，其中：",
        f"人员经费{v.m(sum(b.personnel.values(), ZERO))}，主要包括：{'、'.join(n for n, x in b.personnel.items() if v.shown(x))}；",
        f"公用经费{v.m(sum(b.office.values(), ZERO))}，主要包括：{'、'.join(n for n, x in b.office.items() if v.shown(x))}。",
    ]  # fmt: skip
    return [*lines, *_three(b, v), *_rest(b, v)]


def _against(b: Books, v: Voice, now: Decimal, before: Decimal) -> str:
    if v.shown(now) == v.shown(before):
        return f"与{b.year - 1}年执行数持平。"
    return f"比{b.year - 1}年执行数{v.change(now, before)}。主要是人员增加。"


def _three(b: Books, v: Voice) -> list[str]:
    t = three(b)
    a = t["all"]
    end = "持平" if v.shown(a.now) == v.shown(a.before) else v.change(a.now, a.before)
    return [
        f"七、关于{b.unit}{b.year}年“三公”经费预算情况说明",
        f"{b.unit}{b.year}年“三公”经费预算数为{v.m(a.now)}，其中：因公出国（境）费{v.m(t['abroad'].now)}，公务用车购置及运行费{v.m(t['vehicle'].now)}（公务用车购置费{v.m(t['purchase'].now)}，公务用车运行费{v.m(t['operation'].now)}），公务接待费{v.m(t['reception'].now)}。{b.year}年“三公”经费预算比{b.year - 1}年{end}。",
    ]  # fmt: skip


def _rest(b: Books, v: Voice) -> list[str]:
    y, f = b.year, b.spent("fund")
    one = f"{b.unit}{y}年政府性基金预算支出{v.m(f)}。" if f else f"{b.unit}{y}年没有使用政府性基金预算拨款安排的支出。"
    return [
        f"八、关于{b.unit}{y}年政府性基金预算支出情况说明", one, "九、其他重要事项的情况说明", "（一）机关运行经费",
        f"{y}年{b.unit}机关运行经费财政拨款预算{v.m(sum(b.office.values(), ZERO))}。", "第四部分 名词解释",
        *(f"{n}.{g}" for n, g in enumerate([*GLOSSARY, *SOURCE_NAMES.values()][: len(GLOSSARY)], 1)),
    ]  # fmt: skip
