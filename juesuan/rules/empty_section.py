"""JS406: a heading of the report with nothing under it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.document.model import Chart, Table
from juesuan.findings import Finding, Severity
from juesuan.rules import _example
from juesuan.rules._layout import heading_evidence, named
from juesuan.rules.base import CouldNotCheckError, NotApplicableError, Rule, View
from juesuan.understand.numbering import NumberStyle
from juesuan.understand.outline import Section

_TITLE = re.compile(r"(?:情况|情况的?说明|总体情况|职责|职能|机构设置|名词解释|单位构成|概况|原因|建议|问题|措施)$")
_ELSEWHERE = re.compile(r"附表|附件|决算表|预算表|表$|公开表|报表")
_CHECKED = frozenset({NumberStyle.PART, NumberStyle.CHINESE, NumberStyle.BRACKET_CHINESE})


def check(view: View) -> Iterator[Finding]:
    """Headings of the report itself that the next heading follows at once."""
    plan = view.understanding.outline
    if not plan.sections:
        raise NotApplicableError("文中没有编号的标题")
    if not any("。" in p.text for p in view.understanding.passages):
        raise NotApplicableError("材料只有标题，没有正文")
    if any(p.lost for p in view.document.problems):
        raise CouldNotCheckError("材料有没有读到的部分，标题之下是否有内容不能判断")
    parents = {s.parent for s in plan.sections}
    listed = {e.passage for e in plan.contents}
    for section in plan.sections:
        if section.style not in _CHECKED or section.is_item or section.index in parents or section.passage in listed:
            continue
        if (
            plan.part_of(section.passage) != "body"
            or not _TITLE.search(section.title)
            or _ELSEWHERE.search(section.title)
        ):
            continue
        if section.last - section.first > 1 or _holds_something(view, section) or _last(view, section):
            continue
        if not _listed_first(view, section):
            yield RULE.finding(
                f"标题{named(section.number + section.title)}之下没有内容。",
                (heading_evidence(view, section),),
                key=section.path,
            )


def _listed_first(view: View, section: Section) -> bool:
    """Whether this is a line of a contents list that has lost its title: parts are counted anew below, or the title stands again."""
    later = view.understanding.outline.sections[section.index + 1 :]
    if section.style is NumberStyle.PART:
        return any(s.style is NumberStyle.PART and (s.ordinal or 0) <= (section.ordinal or 0) for s in later)
    again = re.compile(f"(?:^|。){re.escape(section.title)}")
    return any(again.search(p.text) for p in view.understanding.passages[section.last :])


def _last(view: View, section: Section) -> bool:
    """The text ends there: what follows may be in another file."""
    return section.last >= len(view.understanding.passages)


def _holds_something(view: View, section: Section) -> bool:
    """Words after the title in the same paragraph, or a table or chart before the next heading."""
    passages = view.understanding.passages
    passage = passages[section.passage]
    if len(passage.text) > len(section.number) + len(section.title) + 1:
        return True
    first = passage.segments[-1].block
    end = passages[section.last].segments[0].block if section.last < len(passages) else len(view.document.blocks)
    if any(isinstance(block, Table | Chart) for block in view.document.blocks[first + 1 : end]):
        return True
    return view.document.format == "pdf" and not _same_page(view, first, end)


def _same_page(view: View, first: int, end: int) -> bool:
    """On a PDF's pages in between a picture may stand, which gives no text."""
    pages = view.document.blocks[first].page, view.document.blocks[min(end, len(view.document.blocks) - 1)].page
    return pages[0] == pages[1]


RULE = Rule(
    code="JS406",
    name="empty-section",
    title="标题之下没有内容",
    severity=Severity.WARNING,
    checks="各节、各小节的标题之下有没有文字、表格或图。",
    why="只有标题没有内容，多是漏填；确无此事项的也应写“无”。",
    basis="公开内容应当完整；没有的事项应当写明没有",
    how="标题之后紧接着下一个标题，中间没有文字、表格和图的才报；附表、附件另文公开的不报。",
    wrong=_example.changed("截至2023年12月31日，四川省安康县档案馆共有车辆0辆。\n", ""),
    right=_example.REPORT,
    mend="补写内容；没有该事项的，写“无”或“本年度未发生”。",
    misses="内容只是一张图片的，在不能读出图片的格式里可能误以为空；这类格式不跨页判断。",
    check=check,
)
