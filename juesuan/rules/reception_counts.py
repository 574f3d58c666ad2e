"""JS703: domestic reception without its number of batches and persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules import _three_public
from juesuan.rules._extent import ends_midway, is_last
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.understand.passages import Passage

_RECEPTION = re.compile(r"国内(?:公务)?接待(?:费|支出|费用)*(?:决算)?(?:为|共)?\d[\d,]*(?:\.\d+)?(?:万元|元|万)")
_FOREIGN = re.compile(r"(?:（[^（）]*)?(?:接待外宾|外事接待|外宾接待|国（境）外)[^。；）]*）?")
_NUMBER = r"\d[\d,]*"
_BATCHES = re.compile(rf"{_NUMBER}(?:个|余)?(?:批次|批|次|起|场|团组)|(?:团组|批次)(?:为|共)?{_NUMBER}")
_PERSONS = re.compile(rf"{_NUMBER}余?(?:人次|人|名)|人次(?:为|共)?{_NUMBER}")
_SAME_TWICE = re.compile(rf"{_NUMBER}(批次|人次)[，、]{_NUMBER}\1")
_NONE = re.compile("(?:未发生|没有发生|未开展|无|没有|未安排)[^，。；]{0,10}接待")


def check(view: View) -> Iterator[Finding]:
    """Final accounts that state domestic reception and no count of it."""
    if view.understanding.identity.kind == "budget":
        reason = "预算不要求公务接待批次和人次"
        raise NotApplicableError(reason)
    passages = _three_public.passages(view)
    stated = [(p, m) for p in passages if (m := _RECEPTION.search(p.text))]
    if not stated or any(_NONE.search(p.text) for p, _ in stated):
        reason = "没有国内公务接待支出的说明"
        raise NotApplicableError(reason)
    yield from _twice(view, passages)
    text = _FOREIGN.sub("", "\n".join(p.text for p in passages if "接待" in p.text or _follows(view, p, stated)))
    missing = [name for name, pattern in (("批次", _BATCHES), ("人次", _PERSONS)) if not pattern.search(text)]
    if not missing:
        return
    passage, match = stated[0]
    if is_last(view, passage.index) and ends_midway(view):
        reason = "国内公务接待支出写在材料的末尾，批次、人次可能没有截取到"
        raise NotApplicableError(reason)
    yield RULE.finding(
        f"“{match[0]}”没有写国内公务接待的{'、'.join(missing)}。",
        (view.evidence(passage.place(*match.span())),),
        expected="、".join(missing),
        key="counts",
    )


def _twice(view: View, passages: Iterable[Passage]) -> Iterator[Finding]:
    """Two numbers of batches, or of persons, one behind the other: the second measure is a slip."""
    for passage in passages:
        for match in _SAME_TWICE.finditer(passage.text):
            yield RULE.finding(
                f"“{match[0]}”把{match[1]}写了两遍，应为批次和人次各一个数。",
                (view.evidence(passage.place(*match.span())),),
                actual=match[0],
                key="twice",
            )


def _follows(view: View, passage: Passage, stated: list[tuple[Passage, re.Match[str]]]) -> bool:
    """Whether a passage directly follows one that states domestic reception."""
    return any(passage.index == p.index + 1 for p, _ in stated) and bool(view.understanding.tokens[passage.index])


RULE = Rule(
    code="JS703",
    name="reception-counts",
    title="公务接待批次、人次未公开",
    severity=Severity.WARNING,
    checks="国内公务接待支出之后，有没有接待批次和人次。",
    why="公务接待要求公开批次、人次，只写金额或只写外宾的不完整。",
    basis="部门决算公开样式：国内公务接待批次、人次；《党政机关国内公务接待管理规定》",
    how="在“三公”经费说明里找国内公务接待支出；去掉外宾、外事接待的分句后，看还有没有批次和人次。写明未发生公务接待的不要求。",
    wrong="第一部分2025年度部门决算情况说明\n一、“三公”经费支出决算情况说明\n公务接待费支出0.80万元。其中：国内公务接待支出0.80万元（含外宾接待支出0万元）。其中：接待外宾0批次、0人次。",
    right="第一部分2025年度部门决算情况说明\n一、“三公”经费支出决算情况说明\n公务接待费支出0.80万元。其中：国内公务接待支出0.80万元（含外宾接待支出0万元），公务接待14批次、60人次。其中：接待外宾0批次、0人次。",
    mend="补充国内公务接待的批次和人次，没有的写 0。",
    misses="批次、人次只写在表里的，也会报告，请据表补到文字。",
    check=check,
)
