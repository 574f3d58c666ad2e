"""JS304: the text names an account that no table has, beside an amount that the tables give another account."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.catalog import fold, stem
from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place, span
from juesuan.rules._accounts import known_names
from juesuan.rules.account_path import slips
from juesuan.rules.base import NotApplicableError, Rule, View, replace_fix
from juesuan.understand.accounts import LEVEL_LENGTHS
from juesuan.understand.tables import Misnamed


def check(view: View) -> Iterator[Finding]:
    """One finding a name."""
    if not view.understanding.tables.statements:
        raise NotApplicableError("文中没有认得的决算表，科目名称无从与表对照")
    seen: set[tuple[str, str | None]] = set()
    # A path that the catalog does not know either is another rule's.
    said = {view.text_place(n.passage, n.start, n.start + len(n.text)) for n, _ in view.shared(slips)}
    for found in view.understanding.misnamed:
        key = (found.told.label, found.row.code)
        if key not in seen and found.told.named_at not in said:
            seen.add(key)
            yield _finding(view, found)


def _finding(view: View, found: Misnamed) -> Finding:
    told, row = found.told, found.row
    place = _wrong_level(view, found)
    quote = view.quote(place)
    table = view.understanding.tables.at(found.shown.place)
    title = table.title if table else "决算表"
    written = (told.scope.account or "").replace("/", "—") or found.written
    right = " ".join(w for w in (row.code if row.prints_code else "", _bare(row.name)) if w)
    return RULE.finding(
        f"文中“{written}”{told.quantity}，各表都没有这个科目；《{title}》中同一金额的科目是“{right}”，而文中没有提到。",
        (
            view.evidence(place),
            *([view.evidence(told.place, Role.OPERAND)] if place != told.place else []),
            view.evidence(row.name_place or found.shown.place, Role.OTHER),
            view.evidence(found.shown.place, Role.OPERAND),
        ),
        expected=_bare(row.name),
        actual=quote,
        fix=replace_fix(quote, _bare(row.name)) if told.scope.economic else None,
        key=written,
    )


def _wrong_level(view: View, found: Misnamed) -> Place:
    """The place of the first level of a path that the line's account does not have; of the whole name where there is one."""
    told = found.told
    place, levels = told.named_at or told.place, (told.scope.account or "").split("/")
    quote, code = view.quote(place), found.row.code or ""
    at = 0
    for name, length in zip(levels, LEVEL_LENGTHS, strict=False):
        at = quote.find(name, at) if name else -1
        if at >= 0 and len(levels) > 1 and stem(fold(name)) not in known_names(code[:length]):
            start = place.start.offset + at
            return span(place.block, start, start + len(name))
        at = max(at, 0)
    return place


def _bare(name: str) -> str:
    """A row's name without its number: 十二、农林水支出."""
    return re.sub(r"^[一二三四五六七八九十]+、", "", name)


_TABLE = (
    "\n一般公共预算财政拨款基本支出决算表\n单位：万元\n经济分类科目编码\t科目名称\t决算数\n"
    "302\t商品和服务支出\t10.00\n30201\t办公费\t8.00\n30211\t差旅费\t2.00\n公用经费合计\t\t10.00"
)

RULE = Rule(
    code="JS304",
    name="name-not-in-tables",
    title="文字所写的科目表中没有",
    severity=Severity.WARNING,
    checks="文字里带金额的类、款、项和经济科目，在决算表里有没有同名的行；没有的，同一金额在表中是哪个科目。",
    why="科目名称写成别的科目、写错字，金额却都对得上，只核算金额发现不了。",
    basis="文表关系：情况说明中的科目名称以决算表为准",
    how="按名称和目录都对不到表中的行、而表中恰有一行金额相同且文中没有提到的，报疑点。表中名称只是文中名称多写或少写一段的，是简称，不报。",
    wrong="某局2024年度部门决算\n公用经费10.00万元，主要包括：办公费8.00万元、维修（护）费2.00万元。" + _TABLE,
    right="某局2024年度部门决算\n公用经费10.00万元，主要包括：办公费8.00万元、差旅费2.00万元。" + _TABLE,
    mend="以表为准改正文中的科目名称；表错则改表。",
    misses="金额也对不上的、金额为零的、几行金额相同分不清的，不在此报告。",
    check=check,
)
