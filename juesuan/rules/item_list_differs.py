"""JS207: the list of items in the text is not what the basic-expenditure table shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from juesuan.findings import Finding, Role, Severity
from juesuan.rules.base import CouldNotCheckError, NotApplicableError, Rule, View
from juesuan.taxonomy.statements.shared import OFFICE_CODES, PERSONNEL_CODES
from juesuan.understand.accounts import AccountNames, economic_code
from juesuan.understand.passages import Passage
from juesuan.understand.tables import ReadRow, ReadStatement

_LIST = re.compile(r"(人员经费|公用经费)[^；。：]{0,25}?(?:主要)?包括[：:]?(?P<items>[^；。]+)")
_ITEM = re.compile(r"[^、，,]+")
_FIGURES = re.compile(r"[\d,，.]*\d(?:万元|元)?(?:等)?$|等$")
_TABLES = ("basic_items", "budget_basic_items")
_ITEM_CODE = 5
_LARGE = Decimal("0.05")
"""An item below this share of its group may go unmentioned among what is "mainly" included."""
_MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class _Listed:
    start: int
    end: int
    name: str
    code: str | None


def check(view: View) -> Iterator[Finding]:
    """Each list of 人员经费 or 公用经费 against its half of the table."""
    tables = [t for t in view.understanding.tables.statements if t.statement.base in _TABLES and not t.is_empty]
    lists = [(p, m) for p in view.understanding.passages if "包括" in p.text for m in _LIST.finditer(p.text)]
    if not lists:
        raise NotApplicableError("文中没有列出人员经费、公用经费包括的科目")
    if len(tables) != 1:
        reason = "没有认出有数据的基本支出表" if not tables else "基本支出表不止一张"
        raise CouldNotCheckError(reason)
    seen: set[str] = set()
    for passage, match in lists:
        if match["items"] in seen:
            continue
        seen.add(match["items"])
        found = _compare(view, tables[0], passage, match)
        if found is not None:
            yield found


def _compare(view: View, table: ReadStatement, passage: Passage, match: re.Match[str]) -> Finding | None:
    tops = PERSONNEL_CODES if match[1] == "人员经费" else OFFICE_CODES
    rows = {r.code: r for r in table.rows if r.code and len(r.code) == _ITEM_CODE and r.code.startswith(tops)}
    listed = _items(view, table, match)
    zero = [i for i in listed if i.code in rows and _is_zero(table, rows[i.code])]
    whole = all(i.code in rows for i in listed) and not match["items"].endswith("等")
    named = {i.code for i in listed}
    missing = _large({c: r for c, r in rows.items() if c not in named}, rows) if whole else []
    if not zero and not missing:
        return None
    parts: list[str] = []
    if zero:
        parts.append(f"列出了金额为零的{_names([i.name for i in zero])}")
    if missing:
        parts.append(f"没有列出{_names([f'{r.name}（{_amount(r)}）' for r in missing])}")
    first = zero[0] if zero else listed[0]
    subject = view.evidence(passage.place(first.start, first.end))
    others = tuple(view.evidence(passage.place(i.start, i.end), Role.OTHER) for i in zero[1:])
    facts = [f for i in zero for f in rows[i.code or ""].facts.values()] + [
        f for r in missing for f in r.facts.values()
    ]
    return RULE.finding(
        f"“{match[1]}”的主要内容与《{table.title}》对不上：{'；'.join(parts)}。",
        (subject, *others, *view.fact_evidence(facts, Role.OPERAND)),
        actual=first.name,
        fix=_mend(zero, missing),
        key=match[1],
    )


def _mend(zero: Sequence[_Listed], missing: Sequence[ReadRow]) -> str:
    """What to strike out of the list, and what to add to it."""
    out = f"删去{_names([i.name for i in zero])}" if zero else ""
    new = f"补上{_names([r.name for r in missing])}" if missing else ""
    return "，".join(filter(None, (out, new))) + "。"


def _items(view: View, table: ReadStatement, match: re.Match[str]) -> list[_Listed]:
    names = AccountNames.of((r.code, r.name) for r in table.rows if r.code)
    found: list[_Listed] = []
    for item in _ITEM.finditer(match["items"]):
        name = _FIGURES.sub("", item[0]).strip()
        if name:
            start = match.start("items") + item.start()
            code = economic_code(name, view.understanding.identity.year, names)
            found.append(_Listed(start, start + len(name), name, code))
    return found


def _is_zero(table: ReadStatement, row: ReadRow) -> bool:
    """An explicit zero, or a blank in a table that prints no zero at all."""
    if row.facts:
        return all(f.quantity.is_zero for f in row.facts.values())
    return table.blank_is_zero


def _amount(row: ReadRow) -> str:
    return str(next(iter(row.facts.values())).quantity)


def _large(candidates: dict[str, ReadRow], rows: dict[str, ReadRow]) -> list[ReadRow]:
    values = {c: max((f.value for f in r.facts.values()), default=Decimal(0)) for c, r in rows.items()}
    total = sum(values.values(), Decimal(0))
    return [r for c, r in candidates.items() if total and values[c] >= total * _LARGE]


def _names(names: list[str]) -> str:
    more = f"等 {len(names)} 项" if len(names) > _MOST_NAMES else ""
    return "、".join(names[:_MOST_NAMES]) + more


_TABLE = (
    "\n一般公共预算财政拨款基本支出决算表\n单位：万元\n经济分类科目编码\t科目名称\t决算数\n"
    "302\t商品和服务支出\t10.00\n30201\t办公费\t8.00\n30207\t邮电费\t0.00\n30211\t差旅费\t2.00\n公用经费合计\t\t10.00"
)

RULE = Rule(
    code="JS207",
    name="item-list-differs",
    title="列举的科目与基本支出表不符",
    severity=Severity.HINT,
    checks="“人员经费（公用经费）主要包括：……”列举的科目在基本支出表中有没有数，数额大的科目有没有列出。",
    why="模板原列全部科目供删减，没有删去金额为零的科目、或照抄上年的列举，是最常见的残留。",
    basis="文表关系：列举的经济分类科目应与一般公共预算财政拨款基本支出决算（明细）表一致",
    how="科目名按表中的名称对到编码；金额为零而列出的、占该类 5% 以上而没有列出的，每处列举提示一次。列举中有对不上的名称、或以“等”结尾时，不说漏列。",
    wrong="某局2024年度部门决算\n公用经费10.00万元，主要包括：办公费、邮电费、差旅费。" + _TABLE,
    right="某局2024年度部门决算\n公用经费10.00万元，主要包括：办公费、差旅费。" + _TABLE,
    mend="删去金额为零的科目，补上金额大的科目。",
    misses="用统称（社保、办公设备等）列举的，对不到科目，不作判断。",
    check=check,
)
