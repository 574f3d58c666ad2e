"""JS401: the numbering of sections jumps, repeats, or a section stands under another one's heading."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Evidence, Finding, Role, Severity
from juesuan.rules import _example
from juesuan.rules._layout import heading_evidence, named, short_lines
from juesuan.rules.base import CouldNotCheckError, NotApplicableError, Rule, View
from juesuan.taxonomy.profiles import profile_of, title_key
from juesuan.understand.numbering import NumberStyle
from juesuan.understand.outline import IssueKind, NumberingIssue, Section

_STRUCTURAL = frozenset({NumberStyle.PART, NumberStyle.CHINESE, NumberStyle.BRACKET_CHINESE})


def check(view: View) -> Iterator[Finding]:
    """Gaps and repeats as the outline found them, then sections that stand in the wrong place."""
    plan = view.understanding.outline
    if not plan.sections:
        raise NotApplicableError("文中没有编号的标题")
    if any(p.lost for p in view.document.problems):
        raise CouldNotCheckError("材料有没有读到的部分，编号是否连续不能判断")
    astray = dict(_astray(view))
    headed = {s.passage: s for s in plan.sections}
    for issue in plan.issues:
        section = headed.get(issue.passage)
        if section is not None and not _unnumbered_part(view, issue, section):
            yield _numbered(view, issue, section, astray.pop(section.index, None))
    for index, home in astray.items():
        yield _misplaced(view, plan.sections[index], home)


def _unnumbered_part(view: View, issue: NumberingIssue, section: Section) -> bool:
    """Some forms print the heading of a part without its number: then the part before is there."""
    profile = profile_of(view.understanding.identity.profile)
    if issue.kind is not IssueKind.GAP or section.style is not NumberStyle.PART or profile is None:
        return False
    due = (section.ordinal or 0) - 1
    keys = {k for s in profile.sections if s.level == "part" and s.number == due for k in s.keys}
    return any(k in title_key(p.text) for p in short_lines(view) for k in keys)


def _numbered(view: View, issue: NumberingIssue, section: Section, home: str | None) -> Finding:
    where = f"，这里应为“{issue.expected}”"
    said = {
        IssueKind.GAP: f"标题{named(issue.found + section.title)}的编号不连续，前面没有“{issue.expected}”。",
        IssueKind.REPEAT: f"标题{named(issue.found + section.title)}的编号与前面重复{where}。",
        IssueKind.MISPLACED: f"标题{named(issue.found + section.title)}的编号与同级标题不一致{where}。",
    }[issue.kind]
    if home:
        said += f"这一小节应在{named(home)}之下，放错了位置。"
    body = view.understanding.outline.part_of(issue.passage) == "body"
    structural = section.style in _STRUCTURAL and not section.is_item
    weak = issue.kind is IssueKind.MISPLACED or not (body and structural)
    evidence: tuple[Evidence, ...] = (heading_evidence(view, section),)
    if issue.previous is not None:
        before = next((s for s in view.understanding.outline.sections if s.passage == issue.previous), None)
        evidence += (heading_evidence(view, before, Role.OTHER),) if before else ()
    return RULE.finding(
        said,
        evidence,
        severity=Severity.HINT if weak and not home else Severity.WARNING,
        expected=issue.expected,
        actual=issue.found,
        key=f"{section.path}|{issue.kind.value}",
    )


def _misplaced(view: View, section: Section, home: str) -> Finding:
    return RULE.finding(
        f"小节{named(section.title)}应在{named(home)}之下，放错了位置。",
        (heading_evidence(view, section),),
        key=section.path,
    )


def _astray(view: View) -> Iterator[tuple[int, str]]:
    """Sections of a verified layout that stand below another section of the layout than theirs."""
    profile = profile_of(view.understanding.identity.profile)
    if profile is None or not profile.verified or profile.general:
        return
    plan = view.understanding.outline
    for section in plan.sections:
        if section.parent is None or plan.part_of(section.passage) != "body":
            continue
        spec = next((s for s in profile.sections if s.within and s.fits(section.title)), None)
        above = plan.sections[section.parent].title
        under = next((s for s in profile.sections if s.level == "section" and s.fits(above)), None)
        if spec and under and spec.within and spec.within != under.id:
            home = profile.section(spec.within)
            if home is not None:
                yield section.index, home.title


RULE = Rule(
    code="JS401",
    name="numbering",
    title="标题编号跳号、重号或小节放错位置",
    severity=Severity.WARNING,
    checks="各级标题的编号是否连续、不重复，体例规定的小节是否在它所属的一节之下。",
    why="跳号往往是删掉了一段，重号往往是粘贴了一段，都说明内容可能缺漏或错位。",
    basis="公开内容应当完整、形式规范；所用决算公开体例的节次",
    how="逐级读出标题，与同级的上一个标题比较；条目（正文接在编号之后的）只作提示。",
    wrong=_example.without("（一）一般公共预算财政拨款支出决算总体情况", "（二）一般公共预算财政拨款支出决算结构情况"),
    right=_example.REPORT,
    mend="补上缺少的小节，或改正编号，把小节移到它所属的一节之下。",
    misses="不编号的标题不在检查之列；网页中丢失了自动编号的文件无从判断。",
    check=check,
)
