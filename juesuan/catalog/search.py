"""Finding accounts for a person, and saying in Chinese what is known of one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from juesuan.catalog import near
from juesuan.catalog.model import ECONOMIC, FUNCTIONAL, GOV_ECONOMIC, KINDS, Account, Naming
from juesuan.catalog.names import fold, split_path
from juesuan.catalog.resolve import resolve
from juesuan.catalog.store import Entry, Store

_KIND_WORDS = {FUNCTIONAL: "支出功能分类", ECONOMIC: "部门预算支出经济分类", GOV_ECONOMIC: "政府预算支出经济分类"}
_FUND_WORDS = {
    "general_budget": "一般公共预算",
    "government_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算",
    "social_insurance": "社会保险基金预算",
}
_GROUP_WORDS = {"personnel": "人员经费", "office": "公用经费", "other": "只列项目支出"}
_SHORTEST_PART = 2


def search(catalog: Store, text: str, year: int | None = None) -> list[Account]:
    """Accounts for a code, the beginning of a code, a path, or a name, best first, named as in `year`.

    The first that finds any: code; exact, old or usual name; a part of a name; a slip of a name, a similar name.
    """
    wanted = unicodedata.normalize("NFKC", text).strip()
    digits = wanted.replace(".", "").replace("-", "").replace(" ", "")
    if digits.isdecimal():
        return [catalog.named(a, year) for a in catalog if a.code.startswith(digits)]
    path = split_path(wanted)
    if any(path):
        return _of_path(catalog, path, year)
    folded = fold(wanted)
    if not folded:
        return []
    for step in (_exact, _containing, _near):
        found = step(catalog, folded, year)
        if found:
            return list(dict.fromkeys(found))
    return []


def describe(catalog: Store, account: Account, year: int | None = None) -> str:
    """What is known of an account, in Chinese, one fact a line."""
    shown = catalog.named(account, year)
    path = " > ".join(f"{a.name}（{a.level.value}）" for a in catalog.path(shown, year))
    lines = [f"{shown.code} {shown.name}", f"分类：{_KIND_WORDS[shown.kind]}，{shown.level.value}级", f"路径：{path}"]
    if shown.fund:
        lines.append(f"预算：{_FUND_WORDS.get(shown.fund, shown.fund)}")
    if shown.group:
        lines.append(f"归类：{_GROUP_WORDS.get(shown.group, shown.group)}")
    takes = catalog.department_codes(shown.code)
    if takes:
        lines.append("对应部门经济分类：" + "、".join(_code_and_name(catalog, code, year) for code in takes))
    names = catalog.names(shown.code)
    lines.extend(_name_line(naming, old=naming is not names[-1]) for naming in names if len(names) > 1)
    lines.extend(_life_lines(catalog, shown, year))
    lines.append("来源：" + (f"公开件（{shown.source.partition(':')[2]}）" if shown.verified else "业务知识，未核对"))
    return "\n".join(lines)


def _of_path(catalog: Store, path: tuple[str | None, str | None, str | None], year: int | None) -> list[Account]:
    found = resolve(catalog, *path, year)
    deepest = next(m for m in reversed(found.levels) if m.written)
    return list(deepest.accounts or deepest.suggestions)


def _named(catalog: Store, entries: Iterable[Entry], year: int | None) -> list[Account]:
    return [catalog.named(e.account, year) for e in entries]


def _exact(catalog: Store, folded: str, year: int | None) -> list[Account]:
    entries = [e for kind in KINDS for e in catalog.lookup(folded, kind)]
    right = [e for e in entries if e.naming.holds_in(year)]
    others = [e for e in entries if not e.naming.holds_in(year)]
    return [*_named(catalog, right, year), *_named(catalog, others, year), *catalog.economic_by_name(folded, year)]


def _containing(catalog: Store, folded: str, year: int | None) -> list[Account]:
    if len(folded) < _SHORTEST_PART:
        return []
    indexes = (catalog.folded_names(kind) for kind in KINDS)
    hits = [(name, e) for index in indexes for name, entries in index.items() if folded in name for e in entries]
    return [catalog.named(e.account, year) for _, e in sorted(hits, key=lambda hit: (len(hit[0]), hit[1].account.code))]


def _near(catalog: Store, folded: str, year: int | None) -> list[Account]:
    found: list[Account] = []
    for kind in KINDS:
        index = catalog.folded_names(kind)
        names = near.slips(folded, index) or [name for name, _ in near.alike(folded, index)]
        for name in names:
            found.extend(_named(catalog, index[name], year))
    return found


def _code_and_name(catalog: Store, code: str, year: int | None) -> str:
    account = catalog.by_code(code, year)
    return f"{code} {account.name}" if account else code


def _name_line(naming: Naming, *, old: bool) -> str:
    start = f"{naming.from_year}年起" if naming.from_year else ""
    end = f"至{naming.to_year}年" if naming.to_year else ""
    doubt = f"（年份可能差{naming.doubt}年，待核）" if naming.doubt else ""
    return f"{'旧称' if old else '名称'}：{naming.name}，{start}{end or ('' if start else '年份不详')}{doubt}"


def _life_lines(catalog: Store, account: Account, year: int | None) -> list[str]:
    lines: list[str] = []
    if account.valid_from or account.valid_to:
        start = f"{account.valid_from}年起" if account.valid_from else ""
        end = f"至{account.valid_to}年" if account.valid_to else ""
        lines.append(f"使用：{start}{end}（年份待核）")
    if year is not None and not account.valid_in(year):
        lines.append(f"注意：{year}年不使用本科目")
    heirs = "、".join(f"{a.code} {a.name}" for a in catalog.successors(account.code))
    if heirs:
        lines.append(f"后转入：{heirs}")
    before = "、".join(f"{code} {name}" for name, code in catalog.predecessors(account.code))
    if before:
        lines.append(f"由来：{before}")
    return lines
