"""JS509: a unit's name that is not the unit's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place
from juesuan.rules._text import cells, evidence_of
from juesuan.rules.base import NotApplicableError, Rule, View, replace_fix
from juesuan.taxonomy.words import HAN

_NAME = rf"(?:{HAN}|[（）]){{4,36}}?"
_FORMS = (
    re.compile(
        rf"^(?:第[一二三四五六]部分)?(?P<name>{_NAME})(?:（部门）|（单位）)?(?:20\d{{2}}年度?)?"
        r"(?:部门|单位)(?:决算|预算)(?:表|情况说明|编制说明|公开)?"
    ),
    re.compile(rf"^(?:编制|编报|填报|预算主管|预算)?(?:部门|单位)(?:名称)?：(?P<name>{_NAME})(?=$|[\s，。；])"),
    re.compile(rf"^第[一二三四五六]部分(?P<name>{_NAME})(?:概况|基本情况)$"),
    re.compile(rf"^(?:说明|注)：(?P<name>{_NAME})(?:20\d{{2}}年度?|本年度)没有"),
    re.compile(
        rf"(?:^|(?<=[。；，]))(?P<name>{_NAME})20\d{{2}}年度"
        r"(?:收入|财政拨款|无|政府采购|预算绩效|没有|机关运行|一般公共)"
    ),
    re.compile(rf"12月31日，(?P<name>{_NAME})(?:部门)?(?:（单位）)?共有(?:车辆|公务用车)"),
)
_NOT_A_NAME = re.compile(
    r"^(?:20|第|本|我|其中|一般公共|财政拨款|收入|支出|政府性|国有资本|三公|部门|单位|所属|截[至止]|根据|按照|关于|在|对|从|该)"
    r"|预算|决算|说明|情况|收入|支出|年度"
)
_MAJORITY = 3
_RARE = 2
_SHORTEST_TAIL = 4


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    place: Place


def check(view: View) -> Iterator[Finding]:
    """Names in the places where a report always names its unit, held against the one most of them give."""
    names = _names(view)
    votes = Counter(n.text for n in names)
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < _MAJORITY or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        reason = "单位名称出现得不够多，无从比较"
        raise NotApplicableError(reason)
    right = ranked[0][0]
    witness = next(n for n in names if n.text == right)
    others: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        if name.text != right:
            others[name.text].append(name)
    for text, uses in others.items():
        if len(uses) > _RARE or not _is_wrong(text, right) or (text not in right and _listed(view, text, uses)):
            continue
        quote = view.quote(uses[0].place)
        yield RULE.finding(
            f"单位名称“{text}”与全文的“{right}”不一致（{_how(text, right)}）。",
            (
                view.evidence(uses[0].place),
                view.evidence(witness.place, Role.OTHER),
                *evidence_of(view, [u.place for u in uses[1:]]),
            ),
            expected=right,
            actual=text,
            fix=replace_fix(quote, right),
            key=text,
        )


def _names(view: View) -> list[_Name]:
    outline = view.understanding.outline
    found: dict[Place, _Name] = {}
    for passage in view.understanding.passages:
        if outline.part_of(passage.index) not in {"cover", "contents", "body"}:
            continue
        for form in _FORMS:
            for match in form.finditer(passage.text):
                name = match["name"].removesuffix("（部门）").removesuffix("（单位）").removesuffix("部门")
                if _NOT_A_NAME.search(name) or name.count("（") != name.count("）"):
                    continue
                place = passage.place(match.start("name"), match.start("name") + len(name))
                found.setdefault(place, _Name(name, place))
    return list(found.values())


def _is_wrong(text: str, right: str) -> bool:
    """A name is wrong when its region is left out (普陀区… for 上海市普陀区…), or a character is off.

    A short name (区工商联, 万里街道) and a part of the department (…（本级）) are a choice.
    """
    if right in text or "本级" in text or "下属" in text:
        return False
    if right.endswith(text):
        return len(right) - len(text) <= _SHORTEST_TAIL and text[:1] not in "区县市"
    return _near(text, right) or _other_unit(text, right)


def _near(text: str, right: str) -> bool:
    """One or two characters changed in a long name."""
    if abs(len(text) - len(right)) > 1 or len(right) < 2 * _SHORTEST_TAIL:
        return False
    same = sum((Counter(text) & Counter(right)).values())
    return max(len(text), len(right)) - same <= _RARE


def _other_unit(text: str, right: str) -> bool:
    """The full name of another unit of the same region: it begins like the right one, and goes on otherwise."""
    long = len(text) >= 2 * _SHORTEST_TAIL
    same_region = text[:3] == right[:3] and text[2] in "市省县区旗"
    return long and same_region and not _abbreviates(text, right) and not _abbreviates(right, text)


def _abbreviates(short: str, full: str) -> bool:
    """Whether all characters of a name stand in the other in order (工商联 for 工商业联合会)."""
    rest = iter(full)
    return all(char in rest for char in short)


def _listed(view: View, text: str, uses: list[_Name]) -> bool:
    """Whether the name also stands where units are listed: then it is one of the department's own."""
    in_text = sum(p.text.count(text) for p in view.understanding.passages)
    return in_text > len(uses) or any(text in c.text for c in cells(view))


def _how(text: str, right: str) -> str:
    if right.endswith(text):
        return f"少了“{right[: -len(text)]}”"
    return "个别字不同" if _near(text, right) else "是别的单位"


RULE = Rule(
    code="JS509",
    name="unit-name",
    title="单位名称前后不一致",
    severity=Severity.WARNING,
    checks="封面、目录、标题、表头、空表说明等处的单位名称是否一致。",
    why="套用别的单位或上级样稿时，会留下别人的名称或漏掉行政区划。",
    basis="封面、表头、正文的单位名称应当一致，用全称",
    how="只看必写单位全称的位置；与多数（三处以上）不同而只出现一两次，且是少了行政区划、个别字不同或另一个单位全称的，报疑点。简称不报。",
    wrong="上海市甲区生态环境局2025年度部门决算\n第一部分上海市甲区生态环境局概况\n第二部分上海市甲区生态环境局2025年度部门决算表\n第三部分上海市甲区生态环境局2025年度部门决算情况说明\n截至2025年12月31日，甲区生态环境局共有车辆9辆。",
    right="上海市甲区生态环境局2025年度部门决算\n第一部分上海市甲区生态环境局概况\n第二部分上海市甲区生态环境局2025年度部门决算表\n第三部分上海市甲区生态环境局2025年度部门决算情况说明\n截至2025年12月31日，上海市甲区生态环境局共有车辆9辆。",
    mend="改为单位全称。",
    misses="正文叙述中的名称和简称不检查。",
    check=check,
)
