"""What the rules on structure share: the layout of the document, and where its sections stand."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from juesuan.document.model import Table
from juesuan.findings import Evidence, Role
from juesuan.rules.base import CouldNotCheckError, NotApplicableError, View
from juesuan.taxonomy.profiles import Profile, SectionSpec, profile_of, title_key
from juesuan.understand.outline import Section
from juesuan.understand.passages import Passage

TITLE_LENGTH = 60
"""A longer passage is no heading."""
_ENTRY_PARTS = frozenset({"contents", "cover", "table list"})


def named(words: str) -> str:
    """A title in quotation marks that differ from those inside it."""
    return f"《{words}》" if "“" in words else f"“{words}”"


def alike(a: str, b: str, least: float) -> bool:
    """Whether two titles share so much of their characters, in order; the cheap bounds come first."""
    matcher = SequenceMatcher(None, a, b)
    return matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least


def layout_of(view: View) -> Profile:
    """The profile of the document; what it prescribes cannot be checked where it is not known."""
    found = profile_of(view.understanding.identity.profile)
    if found is None:
        raise CouldNotCheckError("没有认出这份材料所用的公开体例，不能判断应有哪些内容")
    return found


def whole_report(view: View) -> Profile:
    """The profile, when the document is a whole report and no excerpt."""
    if len(view.understanding.outline.sections) < 4:
        raise NotApplicableError("材料只有个别段落，不是整份报告")
    if any(problem.lost for problem in view.document.problems):
        raise CouldNotCheckError("材料有没有读到的部分，不能判断是否缺少内容")
    profile = layout_of(view)
    main = [s for s in profile.sections if s.level == "section"]
    seen = sum(stands(view, s) for s in main)
    if seen * 2 < len(main):
        raise NotApplicableError(f"材料只有“{profile.title}”的 {seen} 节，像是摘录")
    return profile


def heading_of(view: View, spec: SectionSpec) -> Section | None:
    """The section whose heading is that one's; attachments have headings of their own."""
    plan = view.understanding.outline
    headings = view.shared(_headings)
    if not spec.is_among(headings):
        return None
    return next(s for s in plan.sections if plan.part_of(s.passage) == "body" and spec.fits(s.title))


def _headings(view: View) -> frozenset[str]:
    """The titles of the body's sections, as they are compared."""
    plan = view.understanding.outline
    return frozenset(title_key(s.title) for s in plan.sections if plan.part_of(s.passage) == "body")


def stands(view: View, spec: SectionSpec) -> bool:
    """Whether the heading stands somewhere in the text, numbered or not."""
    return heading_of(view, spec) is not None or spec.is_among(view.shared(_line_keys))


def _line_keys(view: View) -> frozenset[str]:
    """All lines that may be headings, as titles are compared."""
    return frozenset(title_key(p.text) for p in short_lines(view))


def short_lines(view: View) -> Iterator[Passage]:
    """The passages short enough for a heading, outside cover, contents and lists of tables."""
    plan = view.understanding.outline
    for passage in view.understanding.passages:
        if len(passage.text) <= TITLE_LENGTH and plan.part_of(passage.index) not in _ENTRY_PARTS:
            yield passage


def heading_evidence(view: View, section: Section, role: Role = Role.SUBJECT) -> Evidence:
    """The heading as it stands: number and title."""
    passage = view.understanding.passages[section.passage]
    at = passage.text.find(section.title)
    end = at + len(section.title) if at >= 0 else min(len(passage.text), TITLE_LENGTH)
    return view.evidence(passage.place(0, max(end, 1)), role)


def glossary(view: View) -> range:
    """The passages of the glossary, its heading left out; empty where there is none."""
    for section in view.understanding.outline.sections:
        if "名词解释" in section.title and not section.is_item:
            return range(section.first + 1, section.last)
    return range(0)


def glossary_sections(view: View) -> list[range]:
    """All stretches headed 名词解释."""
    sections = view.understanding.outline.sections
    return [range(s.first, s.last) for s in sections if "名词解释" in s.title and not s.is_item]


def body_text(view: View) -> str:
    """All text outside cover, contents, lists of tables and glossary; with the cells of the tables."""
    plan = view.understanding.outline
    left_out = {n for stretch in glossary_sections(view) for n in stretch}
    lines = [
        p.text
        for p in view.understanding.passages
        if p.index not in left_out and plan.part_of(p.index) not in _ENTRY_PARTS
    ]
    cells = [c.text for block in view.document.blocks if isinstance(block, Table) for c in block.cells]
    return "\n".join([*lines, *cells])
