"""JS511: the level of government in the explanations is not the one on the cover."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules._text import Hit, evidence_of, find
from juesuan.rules.base import NotApplicableError, Rule, View

_LEVELS = "省|市|州|区|县|旗|镇|乡"
_OWN = re.compile(rf"(?<=年|度)(?:{_LEVELS})级(?:部门|单位)(?:预算|决算)")
_SAID = re.compile(rf"(?P<level>{_LEVELS})级(?=预算主管部门|财政有经费领拨关系|财政拨款安排的因公)")
"""Words only the unit's own level can stand in: who puts its budget together, and whose money it spends."""


def check(view: View) -> Iterator[Finding]:
    """All words of another level than the cover's, in one finding."""
    titles = view.understanding.outline.title_lines
    own = {m[0] for n in titles for m in _OWN.finditer(view.understanding.passages[n].text)}
    if len(own) != 1:
        raise NotApplicableError("封面没有写明是哪一级的部门、单位预算（决算）")
    title = own.pop()
    level = title[0]
    wrong: list[Hit] = [hit for hit in find(view, _SAID, ("body",)) if hit.match["level"] != level]
    if not wrong:
        return
    more = f"，共 {len(wrong)} 处" if len(wrong) > 1 else ""
    first = wrong[0]
    yield RULE.finding(
        f"封面写的是“{title}”，文中却写“{first.text}”{more}，像是照抄了上级的样稿。",
        (view.evidence(first.place), *evidence_of(view, [h.place for h in wrong[1:]])),
        expected=f"{level}级",
        actual=first.text,
        fix=f"把“{first.text}”改为“{level}级”。",
        key=level,
    )


_TEXT = "上海市普陀区2024年区级部门预算\n预算主管部门：上海市普陀区档案局\n名词解释\n"

RULE = Rule(
    code="JS511",
    name="government-level",
    title="政府级次与封面不符",
    severity=Severity.WARNING,
    checks="名词解释等处写的“×级预算主管部门”“与×级财政有经费领拨关系”，是不是封面所写的那一级。",
    why="名词解释照抄上级部门的样稿，区级部门就成了“市级预算主管部门”。",
    basis="公开内容应当准确；封面、正文的预算级次应当一致",
    how="封面写明“区级部门预算”一类的级次时，查正文中只能指本级的说法；级次不同的，全文合成一条。",
    wrong=_TEXT + "（一）基本支出预算：是市级预算主管部门及所属预算单位为保障其机构正常运转而编制的年度基本支出计划。",
    right=_TEXT + "（一）基本支出预算：是区级预算主管部门及所属预算单位为保障其机构正常运转而编制的年度基本支出计划。",
    mend="改为本级的说法。",
    misses="封面没有写级次的不判断；“市级财政转移支付”等指上级资金的说法不在检查之列。",
    check=check,
)
