"""JS601: a project's "年度预算安排" without the year's amount."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules.base import NotApplicableError, Rule, View

_TITLE = re.compile("年度预算安排|年度资金安排|年度预算计划")
_LEAD = re.compile(rf"^(?:[（(]?[\d一二三四五六七八九十]+[）).、．]*)?(?:{_TITLE.pattern})[：:]")
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?(?:万元|亿元|元)")
_NOT_ANNUAL = re.compile(
    "总投资|总概算|概算|总额度|累计|历年|以前年度|此前|前期|已安排|已支付|已下达|已拨付|已使用|已完成|合同总?价|中标"
)
_STATED = re.compile("不安排|未安排|无安排|没有安排|不再安排|无预算")
_CLAUSE = re.compile("[，。；：]")


def check(view: View) -> Iterator[Finding]:
    """Sections and lines 年度预算安排 whose every amount is of the whole project or of earlier years."""
    found = list(_stretches(view))
    if not found:
        reason = "没有“年度预算安排”一节"
        raise NotApplicableError(reason)
    for passage, start, text in found:
        amounts = list(_AMOUNT.finditer(text))
        if not amounts or _STATED.search(text) or not all(_is_old(text, m) for m in amounts):
            continue
        place = view.text_place(passage, start + amounts[0].start(), start + amounts[0].end())
        yield RULE.finding(
            "“年度预算安排”只写了总投资或以前年度的金额，没有写本年度的金额。",
            (view.evidence(place),),
            actual=amounts[0][0],
            key=str(len(amounts)),
        )


def _stretches(view: View) -> Iterator[tuple[int, int, str]]:
    """Passage, where its matter begins, and the matter."""
    outline = view.understanding.outline
    for passage in view.understanding.passages:
        lead = _LEAD.match(passage.text)
        section = outline.section_of(passage.index)
        titled = section is not None and bool(_TITLE.search(section.title))
        if lead:
            yield passage.index, lead.end(), passage.text[lead.end() :]
        elif section and titled and (section.passage, section.last) == (passage.index - 1, passage.index + 1):
            yield passage.index, 0, passage.text


def _is_old(text: str, amount: re.Match[str]) -> bool:
    """Whether the clause of an amount speaks of the whole project or of earlier years."""
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, amount.start())), default=0)
    stop = _CLAUSE.search(text, amount.end())
    return bool(_NOT_ANNUAL.search(text[begin : stop.start() if stop else len(text)]))


RULE = Rule(
    code="JS601",
    name="annual-amount-missing",
    title="项目没有写本年度金额",
    severity=Severity.WARNING,
    checks="项目“年度预算安排”里有没有本年度的金额，或“本年度不安排资金”的说明。",
    why="只写总投资和以前年度安排，读者看不到本年预算。",
    basis="预算公开样式：项目经费情况说明须写明年度预算安排",
    how="逐个看“年度预算安排”里的金额所在分句；全部是总投资、累计、以前年度已安排的，报疑点。",
    wrong="年度预算安排：项目总投资3,000万元，2025年已安排1,000万元。",
    right="年度预算安排：项目总投资3,000万元，2025年已安排1,000万元，2026年安排500万元。",
    mend="补充本年度金额；不安排的写明不安排。",
    misses="“年度预算安排”分成几段写的不判断。",
    check=check,
)
