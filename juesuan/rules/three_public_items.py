"""JS701: one of the four 三公 items is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from juesuan.findings import Finding, Severity
from juesuan.rules import _three_public
from juesuan.rules._extent import begins_midway, ends_midway, is_last
from juesuan.rules._text import cells
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.understand.passages import Passage

_VEHICLE = re.compile(r"公务(?:用车|车)购置费?(?:及|和|与|、)(?:公务用车)?(?:运行)?(?:维护)?费?用?")
_ITEMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("因公出国（境）费", re.compile("出国")),
    (
        "公务用车购置费",
        re.compile("公务(?:用车|车)购置|购置公务(?:用车|车)|更新购置|新购|(?:未|没有|无)购置|车辆购置|购车|购置费"),
    ),
    ("公务用车运行维护费", re.compile("运行维护|(?:用车|车)运行|运维|无公务用车|没有公务用车|公务用车0辆")),
    ("公务接待费", re.compile("接待")),
)
_NONE_AT_ALL = re.compile('(?:无|没有|未发生|未安排|不涉及)[^，。；]{0,12}三公[”"]?经费')
_AMOUNT = re.compile(r"\d(?:万元|元|万)")
_SPLIT = ("公务用车购置费", "公务用车运行维护费")
_FEWEST = 2
_IN_A_LIST = 3


def check(view: View) -> Iterator[Finding]:
    """Items of which neither an amount nor a word is found, where the others are given."""
    found = _three_public.passages(view)
    sections = view.understanding.outline.sections
    if not sections:
        # Without sections only a list of the items, in one sentence, says that it is to be complete.
        found = tuple(p for p in found if any(len(_given(s)) >= _IN_A_LIST for s in p.text.split("。")))[:1]
    elif found and _is_cut(view, found):
        reason = "“三公”经费的说明在材料的开头或末尾，可能不全"
        raise NotApplicableError(reason)
    text = "\n".join(p.text for p in found)
    if not _AMOUNT.search(text) or _NONE_AT_ALL.search(text) or _is_zero(view, "three_public"):
        reason = "没有“三公”经费的分项说明，或没有“三公”经费支出"
        raise NotApplicableError(reason)
    given = _given(text)
    missing = [name for name, _ in _ITEMS if name not in given and (name not in _SPLIT or _must_split(view, given))]
    if len(given) < _FEWEST or not missing:
        return
    first = next(p for p in found if _AMOUNT.search(p.text))
    amount = _AMOUNT.search(first.text)
    end = amount.end() if amount else len(first.text)
    start = max(first.text.rfind(mark, 0, end) for mark in "，。；：") + 1
    yield RULE.finding(
        f"“三公”经费的分项说明缺少{'、'.join(missing)}，没有金额，也没有说明未发生。",
        (view.evidence(first.place(start, end)),),
        expected="、".join(missing),
        key="|".join(missing),
    )


def _is_cut(view: View, found: Sequence[Passage]) -> bool:
    """Whether the section may begin before the text does, or go on behind its end."""
    if view.understanding.identity.layout is None and is_last(view, found[-1].index):
        return True
    before = view.understanding.outline.sections[:1]
    return begins_midway(view) and (not before or before[0].passage >= found[0].index)


def _given(text: str) -> list[str]:
    """The items that a text speaks of by themselves."""
    alone = _VEHICLE.sub("", text)
    return [name for name, pattern in _ITEMS if pattern.search(alone)]


def _together(view: View) -> bool:
    """Whether 购置及运行维护费 is stated as one: what is not given apart may stand in a table."""
    return any(_VEHICLE.search(p.text) for p in _three_public.passages(view))


def _must_split(view: View, given: list[str]) -> bool:
    """购置 and 运行维护 are each stated where one is, or where the sum of both is not nothing.

    An excerpt may be the summary before the details, or stand beside a table that gives them apart.
    """
    excerpt = view.understanding.identity.layout is None or begins_midway(view) or ends_midway(view)
    excerpt = excerpt and not any(True for _ in cells(view))
    if excerpt and (not any(name in given for name in _SPLIT) or _together(view)):
        return False
    if any("购置" in c.text and "运行" not in c.text for c in cells(view)):
        return False  # a table gives them apart
    vehicle = _three_public.levels(view, "vehicle")
    if vehicle:
        operation = _three_public.levels(view, "vehicle_operation")
        whole = {f.value for f in operation} & {f.value for f in vehicle}
        return not whole and not all(f.quantity.is_zero for f in vehicle)
    return any(name in given for name in _SPLIT)


def _is_zero(view: View, concept: str) -> bool:
    facts = _three_public.levels(view, concept)
    return bool(facts) and all(f.quantity.is_zero for f in facts)


RULE = Rule(
    code="JS701",
    name="three-public-items",
    title="“三公”经费分项不全",
    severity=Severity.WARNING,
    checks="说明了“三公”经费分项的报告，因公出国（境）、公务用车购置、公务用车运行维护、公务接待四项是否都有金额或“未发生”的说明。",
    why="“三公”经费要求分项公开，公务用车购置费和运行维护费应当分列。",
    basis="《地方预决算公开操作规程》；财政预决算领域基层政务公开标准目录：“三公”经费细化公开",
    how="在“三公”经费说明里逐项查找；已给出两项以上而某一项既无金额也无说明的，报疑点。整体声明没有“三公”经费、合计为零的不要求逐项。",
    wrong="因公出国（境）费0万元；公务用车购置费0万元；公务用车运行维护费16.95万元。",
    right="因公出国（境）费0万元；公务用车购置费0万元；公务用车运行维护费16.95万元；公务接待费0万元。",
    mend="补充缺少的一项；没有发生的写明未发生。",
    misses="整节没有“三公”经费说明的，由结构检查报告。",
    check=check,
)
