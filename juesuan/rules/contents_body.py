"""JS403: the contents list and the headings of the text disagree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from juesuan.document.model import Source
from juesuan.findings import Evidence, Finding, Role, Severity
from juesuan.rules import _example
from juesuan.rules._extent import ends_midway
from juesuan.rules._layout import alike, heading_evidence, named, short_lines
from juesuan.rules.base import CouldNotCheckError, NotApplicableError, Rule, View
from juesuan.taxonomy.profiles import title_key
from juesuan.understand.numbering import NumberStyle
from juesuan.understand.outline import ContentsEntry, Section

_FIGURES = re.compile(r"\d+年?度?|[Xx×＊*]+")
_TABLE = re.compile(r"表(?:（[^）]*）)?$")
_ALIKE = 0.72
_SHORTEST = 3
_CHECKED = frozenset({NumberStyle.PART, NumberStyle.CHINESE})
_MANY = 0.5


def check(view: View) -> Iterator[Finding]:
    """Entries without a heading, headings without an entry, and another order."""
    plan = view.understanding.outline
    entries = [e for e in plan.contents if e.style in _CHECKED and not _TABLE.search(e.title) and e.title]
    if not entries:
        raise NotApplicableError("文中没有目录")
    if any(p.lost for p in view.document.problems):
        raise CouldNotCheckError("材料有没有读到的部分，目录与正文不能比较")
    found = {e.passage: _place(view, e) for e in entries}
    absent = [e for e in entries if found[e.passage] is None]
    if len(absent) > len(entries) * _MANY:
        raise CouldNotCheckError("目录中的多数标题不在本文件里，正文可能另行公开")
    cut = len(absent) > 1 and absent == entries[-len(absent) :]
    renamed: set[int] = set()
    for entry in () if cut else absent:
        instead = _instead(view, entries, entry)
        renamed |= {instead.index} if instead else set()
        yield from _absent(view, entry, instead)
    yield from _unlisted(view, entries, renamed)
    headed = [(e, at) for e in entries if (at := _among_headings(view, e, _key(e.title))) is not None]
    for source in dict.fromkeys(_file(view, at) for _, at in headed):
        # The order of the headings is a matter within one file: several may be given in any order.
        yield from _order(view, [(e, at) for e, at in headed if _file(view, at) == source])
    if cut:
        raise CouldNotCheckError(f"正文到目录的{named(absent[0].title)}之前为止，后面的部分可能在另外的文件或网页里")


def _file(view: View, passage: int) -> Source | None:
    return view.document.source_of(view.understanding.passages[passage].segments[0].block)


def _key(title: str) -> str:
    return title_key(_FIGURES.sub("", title))


def _alike(a: str, b: str) -> bool:
    return a in b or b in a or alike(a, b, _ALIKE)


def _place(view: View, entry: ContentsEntry) -> int | None:
    """The passage where the listed heading stands: as a heading, a line of its own, or the beginning of a paragraph."""
    key = _key(entry.title)
    found = _among_headings(view, entry, key)
    if found is not None or len(key) < _SHORTEST:
        return found
    for passage in short_lines(view):
        if key in _key(passage.text):
            return passage.index
    plan = view.understanding.outline
    bodies = (p for p in view.understanding.passages if plan.part_of(p.index) == "body")
    return next((p.index for p in bodies if len(key) > _SHORTEST and key in _key(p.text[:80])), None)


def _among_headings(view: View, entry: ContentsEntry, key: str) -> int | None:
    """The same words first, then alike words with the same number, then alike words."""
    plan = view.understanding.outline
    others = {_key(e.title) for e in plan.contents} - {key}
    sections = [s for s in plan.sections if _key(s.title) not in others]
    styles = {*_CHECKED, NumberStyle.NONE}
    tests: list[Callable[[Section], bool]] = [
        lambda s: s.style in {entry.style, NumberStyle.NONE} and _key(s.title) == key,
    ]
    if len(key) >= _SHORTEST:
        tests += [
            lambda s: (s.style, s.ordinal) == (entry.style, entry.ordinal) and _alike(_key(s.title), key),
            lambda s: s.style in styles and _alike(_key(s.title), key),
        ]
    return next((s.passage for test in tests for s in sections if test(s)), None)


def _evidence(view: View, entry: ContentsEntry, role: Role = Role.SUBJECT) -> Evidence:
    text = view.understanding.passages[entry.passage].text
    end = text.find(entry.title) + len(entry.title) if entry.title in text else len(text)
    return view.evidence(view.text_place(entry.passage, 0, end), role)


def _instead(view: View, entries: Sequence[ContentsEntry], entry: ContentsEntry) -> Section | None:
    """The heading that has the entry's number in the entry's part, when no other entry names it."""
    plan = view.understanding.outline
    at = entries.index(entry)
    parts = [e for e in entries[: at + 1] if e.style is NumberStyle.PART]
    keys = {_key(e.title) for e in entries if e is not entry}
    for section in plan.sections:
        if (section.style, section.ordinal) != (entry.style, entry.ordinal) or _key(section.title) in keys:
            continue
        above = plan.sections[section.parent] if section.parent is not None else None
        if above is None or (parts and above.style is NumberStyle.PART and above.ordinal == parts[-1].ordinal):
            return section
    return None


def _absent(view: View, entry: ContentsEntry, instead: Section | None) -> Iterator[Finding]:
    title = f"{entry.number}{entry.title}"
    if "附件" in title or "附表" in title or (instead is None and ends_midway(view)):
        return
    if instead is not None:
        yield RULE.finding(
            f"目录写的是{named(title)}，正文标题是{named(instead.number + instead.title)}。",
            (_evidence(view, entry), heading_evidence(view, instead, Role.OTHER)),
            severity=Severity.HINT,
            expected=instead.title,
            actual=title,
            key=f"differs|{entry.title}",
        )
        return
    yield RULE.finding(
        f"目录中的{named(title)}在正文里没有对应的标题。",
        (_evidence(view, entry),),
        actual=title,
        key=f"absent|{entry.title}",
    )


def _unlisted(view: View, entries: Sequence[ContentsEntry], renamed: set[int]) -> Iterator[Finding]:
    """Headings of the parts the contents go into, at the same depth."""
    plan = view.understanding.outline
    keys = [_key(e.title) for e in plan.contents]
    listed = _listed_parts(entries)
    for section in plan.sections:
        if section.index in renamed:
            continue
        top = section.parent is None
        above = None if top else plan.sections[section.parent or 0]
        deep = above is not None and above.parent is None and above.ordinal in listed
        if not (top and section.style is NumberStyle.PART) and not (deep and section.style is NumberStyle.CHINESE):
            continue
        if (
            plan.part_of(section.passage) != "body"
            or section.is_item
            or any(_alike(_key(section.title), k) for k in keys)
        ):
            continue
        yield _unlisted_finding(view, section)


def _listed_parts(entries: Sequence[ContentsEntry]) -> frozenset[int]:
    """The ordinals of the parts of which the contents name the sections."""
    part, counts = None, dict[int, int]()
    for entry in entries:
        if entry.style is NumberStyle.PART:
            part = entry.ordinal
        elif part is not None:
            counts[part] = counts.get(part, 0) + 1
    return frozenset(p for p, n in counts.items() if n > 1)


def _unlisted_finding(view: View, section: Section) -> Finding:
    return RULE.finding(
        f"正文标题{named(section.number + section.title)}没有列入目录。",
        (heading_evidence(view, section),),
        severity=Severity.HINT,
        key=f"unlisted|{section.title}",
    )


def _order(view: View, placed: Sequence[tuple[ContentsEntry, int]]) -> Iterator[Finding]:
    for (entry, at), (following, after) in pairwise(placed):
        if after < at and entry.title != following.title and _unique(placed, entry) and _unique(placed, following):
            yield RULE.finding(
                f"目录中{named(following.title)}在{named(entry.title)}之后，正文中却在它之前。",
                (_evidence(view, following), _evidence(view, entry, Role.OTHER)),
                key=f"order|{following.title}",
            )
            return


def _unique(placed: Sequence[tuple[ContentsEntry, int]], entry: ContentsEntry) -> bool:
    """Titles that stand twice in the contents cannot be told apart in the text."""
    return sum(_key(e.title) == _key(entry.title) for e, _ in placed) == 1


_CONTENTS = "目录\n第一部分 部门概况\n第二部分 2023年度部门决算情况说明\n第三部分 名词解释\n第四部分 附件\n"

RULE = Rule(
    code="JS403",
    name="contents-body",
    title="目录与正文标题不一致",
    severity=Severity.WARNING,
    checks="目录中的各部分、各节在正文里有没有，正文的各部分、各节是否都在目录里，次序是否相同。",
    why="目录有而正文没有，往往是漏了内容；正文有而目录没有，读者找不到。",
    basis="公开内容应当完整、形式规范",
    how="标题比较时不计年份、标点、引号和“的”“情况”“说明”等字；表名另由表格规则检查。",
    wrong=_example.REPORT.replace(
        "\n\n第一", "\n" + _CONTENTS.replace("第四", "第四部分 预算绩效目标申报\n第五") + "第一", 1
    ),
    right=_example.REPORT.replace("\n\n第一", "\n" + _CONTENTS + "第一", 1),
    mend="更新目录，或补上正文缺少的部分。",
    misses="目录中的页码是否正确不检查；只列到部分的目录不检查以下各节。",
    check=check,
)
