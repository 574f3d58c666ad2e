"""JS402: a section that the detected layout requires is not there."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Evidence, Finding, Role, Severity
from juesuan.rules import _example
from juesuan.rules._extent import begins_midway, ends_midway
from juesuan.rules._layout import body_text, heading_evidence, heading_of, named, stands, whole_report
from juesuan.rules.base import CouldNotCheckError, Rule, View
from juesuan.taxonomy.profiles import Profile, SectionSpec
from juesuan.understand.outline import Section


def check(view: View) -> Iterator[Finding]:
    """Required sections without heading and without contents; of those the contents list, JS403 speaks."""
    profile = whole_report(view)
    text = body_text(view)
    missing = [s for s in profile.sections if s.required and not stands(view, s) and not _said(s, text)]
    cut = _cut_off(view, profile, missing)
    unseen = _before_the_text(view, profile, missing)
    listed = [e.title for e in view.understanding.outline.contents]
    for spec in missing:
        above = profile.section(spec.within) if spec.within else None
        if spec not in cut and spec not in unseen and above not in missing and not any(spec.fits(t) for t in listed):
            yield _finding(view, profile, spec, above)
    if cut:
        names = "、".join(named(s.title) for s in cut)
        raise CouldNotCheckError(f"材料到{names}之前为止，后面的部分可能在另外的文件或网页里")


def _said(spec: SectionSpec, text: str) -> bool:
    return any(word in text for word in spec.words)


def _cut_off(view: View, profile: Profile, missing: list[SectionSpec]) -> list[SectionSpec]:
    """Where everything from some section on is missing, the file may simply end there."""
    tail: list[SectionSpec] = []
    if ends_midway(view):
        last = max((n for n, spec in enumerate(profile.sections) if spec.required and spec not in missing), default=-1)
        return [spec for spec in profile.sections[last + 1 :] if spec.required]
    for spec in reversed(profile.sections):
        above = profile.section(spec.within) if spec.within else None
        if not spec.required or (above is not None and stands(view, above)):
            continue
        if spec not in missing:
            break
        tail.insert(0, spec)
    return tail if len(tail) > 1 or begins_midway(view) else []


def _before_the_text(view: View, profile: Profile, missing: list[SectionSpec]) -> list[SectionSpec]:
    """What would stand before the first words of a text that begins midway."""
    if not begins_midway(view):
        return []
    stands = [
        (head.passage, n)
        for n, spec in enumerate(profile.sections)
        if spec.level == "section" and (head := heading_of(view, spec))
    ]
    first = max((n for at, n in stands if at == min(stands)[0]), default=0)
    return [spec for spec in profile.sections[:first] if spec in missing]


def _finding(view: View, profile: Profile, spec: SectionSpec, above: SectionSpec | None) -> Finding:
    section = (heading_of(view, above) if above else None) or _before(view, profile, spec)
    evidence: tuple[Evidence, ...] = (heading_evidence(view, section, Role.OTHER),) if section else ()
    place = f"{named(above.title)}中" if above else ""
    severity = spec.required or Severity.HINT
    return RULE.finding(
        f"{place}缺少{named(spec.title)}{'小节' if above else '一节'}。",
        evidence,
        severity=severity if profile.verified else Severity.HINT,
        expected=spec.title,
        basis=profile.basis,
        key=spec.id,
    )


def _before(view: View, profile: Profile, spec: SectionSpec) -> Section | None:
    """The section of the layout that stands last before the missing one."""
    at = profile.sections.index(spec)
    for earlier in reversed(profile.sections[:at]):
        found = heading_of(view, earlier)
        if found is not None:
            return found
    return None


RULE = Rule(
    code="JS402",
    name="required-sections",
    title="缺少体例规定的内容",
    severity=Severity.WARNING,
    checks="识别出的公开体例所规定的各节、各小节是否都有。",
    why="机关运行经费、政府采购、国有资产占用、预算绩效等是必须说明的重要事项，财政部门检查时逐项核对。",
    basis="《中华人民共和国预算法》第十四条；《地方预决算公开操作规程》（财预〔2016〕143号）；所用决算公开体例",
    how="先按标题对照；没有标题的，再看全文有没有该事项的标准用语，都没有才报。体例没有认出、材料是摘录或后半部分不在文中的，不作判断。",
    wrong=_example.without("（一）一般公共预算财政拨款支出决算总体情况", "（二）一般公共预算财政拨款支出决算结构情况"),
    right=_example.REPORT,
    mend="按体例补写这一节；没有该事项的，写明“无”或“未发生”。",
    misses="有标题而内容不全的另由其他规则检查；各省自行增加的节次未列入体例的不检查。",
    check=check,
)
