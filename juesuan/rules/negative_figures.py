"""JS113: a figure below zero that cannot be: a count, a rate of completion, a share, a budget, a fall by less than nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules._text import find, in_glossary, section_title
from juesuan.rules.base import Rule, View, replace_fix

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_MINUS = "[-－−]"
_COUNTED = re.compile("三公|资产|车辆|采购|接待|出国")
_WAYS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "count",
        re.compile(rf"(?<![\d.A-Za-z]){_MINUS}(?P<number>\d[\d,]*)(?:个|人次|人|批次|批|辆|台|户|次|项|家|件)"),
        "数量不会小于零",
    ),
    (
        "completion",
        re.compile(rf"完成[^，。；\d]{{0,10}}?(?P<minus>{_MINUS})(?P<number>{_NUMBER})%"),
        "完成率不会小于零",
    ),
    (
        "share",
        re.compile(rf"占[^，。；\d]{{0,16}}?(?P<minus>{_MINUS})(?P<number>{_NUMBER})%"),
        "各部分都不小于零时，占比不会小于零",
    ),
    (
        "budget",
        re.compile(rf"预算数?(?:为|安排)?(?P<minus>{_MINUS})(?P<number>{_NUMBER})(?:万元|元)"),
        "预算不会小于零",
    ),
    (
        "fall",
        re.compile(rf"(?:减少|下降|降低)(?:了|为)?(?P<minus>{_MINUS})(?P<number>{_NUMBER})(?:万元|元|%)"),
        "“减少”之后的负号使意思相反",
    ),
)


def check(view: View) -> Iterator[Finding]:
    """Each way a minus sign says what cannot be."""
    for key, pattern, why in _WAYS:
        for hit in find(view, pattern, ("body",)):
            # Elsewhere a dash may stand before a count.
            if in_glossary(view, hit.passage) or (
                key == "count" and not _COUNTED.search(section_title(view, hit.passage))
            ):
                continue
            text = hit.match[0]
            place = view.text_place(hit.passage, *hit.match.span())
            bare = re.sub(_MINUS, "", text, count=1)
            yield RULE.finding(
                f"“{text}”的负号不对：{why}。",
                (view.evidence(place),),
                expected=bare,
                actual=text,
                fix=replace_fix(view.quote(place), bare),
                key=key,
            )


_HEAD = "第一部分2025年度部门决算情况说明\n一、“三公”经费支出决算情况说明\n公务接待费支出0.80万元，"

RULE = Rule(
    code="JS113",
    name="negative-figures",
    title="不该为负的数带了负号",
    severity=Severity.WARNING,
    checks="数量、预算完成率、占比、预算数有没有负数，“减少”“下降”之后有没有负号。",
    why="数是从表里粘来的，差额的负号、破折号一起带了进来。",
    basis="部门决算公开文字说明样式：减少写“减少……万元，下降……%”，不带负号",
    how="负号紧贴在数量、完成率、占比、预算数和“减少”“下降”之后的数前面的，报疑点。支出、收入的红字冲减可以为负，不看。",
    wrong=_HEAD + "完成预算-80.00%。",
    right=_HEAD + "完成预算80.00%。",
    mend="删去负号；数确为负的，改写文字。",
    misses="表中的负数由表内和表间关系核对。",
    check=check,
)
