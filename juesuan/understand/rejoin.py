"""Join again what a page end or a line end broke: paragraphs cut in mid-sentence, tables cut in two.

A wrong join is worse than a missed one: two neighbours are joined on evidence in the text itself. Evidence
that needs the width of a line counts only in documents that have shown broken lines by stronger evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Final

from juesuan.document.model import Chart, Document, Origin, Paragraph, Table
from juesuan.understand.numbering import is_numbered_heading, read_mark
from juesuan.understand.passages import Passage, Segment

__all__ = ["Dropped", "Evidence", "Join", "Rejoined", "rejoin", "rejoin_tables"]


class Evidence(Enum):
    """Why two neighbours are one paragraph."""

    OPEN_BRACKET = "open_bracket"
    COMMA = "comma"
    PUNCTUATION = "punctuation"
    FIGURE = "figure"
    MEASURE = "measure"
    WORD = "word"
    FULL_LINE = "full_line"


@dataclass(frozen=True, slots=True)
class Join:
    """A join: in passage `passage`, at `position` of its text, block `after` goes on in block `before`."""

    passage: int
    position: int
    after: int
    before: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Dropped:
    """A block left out of the passages: a page number or running head between two halves of a paragraph."""

    block: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Rejoined:
    """The passages after joining (indexed anew), what was joined, and what was left out."""

    passages: tuple[Passage, ...]
    joins: tuple[Join, ...] = ()
    dropped: tuple[Dropped, ...] = ()


_FINAL: Final = "。！？；："
_CLOSERS: Final = '”’》〉）】」』"]}'
_OPENERS: Final = "“‘《〈（【「『"
_PAIRS: Final = dict(zip("”’》〉）】」』", _OPENERS, strict=True))
_MEASURE: Final = (
    r"(?:亿元|万元|千元|元|%|个百分点|倍|人次|批次|个|人|名|辆|台|套|次|项|户|家|件|份|分|平方米|公里|亩|吨)"
)
_BEGINS_FIGURE: Final = re.compile(rf"[-+]?\d[\d,]*(?:\.\d+)?{_MEASURE}")
_BEGINS_MEASURE: Final = re.compile(r"(?:亿元|万元|元|%|个百分点|年度|年|月|人次|批次|辆|台|个)")
_BEGINS_LABEL: Final = re.compile(r"[^，。：；、]{1,6}：|说明：|表\d|图\d|(?:附表|附图)")
_LEVEL_FIRST: Final = re.compile(r"（[类款项]）")
"""No line begins with （类）, （款） or （项）: an account path was broken there."""
_PATH_BEGUN: Final = re.compile(r"（[类款]）[^，。：；]{0,30}$")
_PATH_GOES_ON: Final = re.compile(r"[^，。：；（\d]{1,20}（[款项]）")
_CLAUSE: Final = re.compile(r"[，。：；、]")
_ASIDE: Final = re.compile(r"（[^（）]*）$")
_GLUED_HEADING: Final = re.compile(r"[一二三四五六七八九十]、[^，。；：、]{2,30}$")
_ENDS_FIGURE: Final = re.compile(r"\d(?:亿元|万元|千元|元|%)$")
_TITLE_END: Final = re.compile(r"(?:表|图|说明|情况|概况|报告|解释|办法|方案|目录|公开|决算|预算)$")
_PAGE: Final = re.compile(r"[-—–－·~]+\s*\d{1,4}\s*[-—–－·~]+|第\d{1,4}页(?:[，,/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}")
_BARE: Final = re.compile(r"\d{1,4}")
_LEAST_LINE: Final = 12
"""A line shorter than this is no broken line of running text."""
_TAIL: Final = 400
"""So many characters before a break are looked at."""
_BROKEN_DOCUMENT: Final = 3
"""So many strong joins show that the document has lines broken at the page's width."""


_WORDS: Final = re.compile(
    "支出|收入|决算|预算|年初|全年|年末|年度|万元|完成|增加|减少|增长|下降|大于|小于|主要|原因|用于|方面|财政|拨款|一般|公共|政府|基金|国有|资本|经营|机关|运行|经费|公务|接待|"
    "用车|购置|维护|出国|相比|其中|保障|服务|单位|部门|人员|公用|基本|项目|合计|总计|结转|结余|采购|中小|企业|合同|金额|安排|管理|事务|行政|养老|保险|缴费|医疗|补助|住房|公积|"
    "教育|卫生|健康|社会|就业|车辆|领导|干部|绩效|评价|资金|执行"
)
"""Words that no line break stands in: a line that ends with 支 before one that begins with 出 goes on there."""


def _breaks_a_word(before: str, after: str) -> bool:
    """Whether the break stands within a word, with a clause on one side at least."""
    within = _WORDS.fullmatch(before[-1] + after[0]) is not None and not _ends(before)
    return within and bool(_CLAUSE.search(before) or _CLAUSE.search(after))


def _open(text: str) -> str:
    """The opening brackets and quotes of `text` not yet closed, outermost first."""
    stack: list[str] = []
    for char in text:
        if char in _OPENERS:
            stack.append(char)
        elif char in _PAIRS and _PAIRS[char] in stack:
            while stack.pop() != _PAIRS[char]:
                pass
    return "".join(stack)


def _closes(opened: str, text: str) -> bool:
    """Whether the first unmatched closing mark of `text` closes the innermost of `opened`."""
    stack: list[str] = []
    for char in text:
        if char in _OPENERS:
            stack.append(char)
        elif char in _PAIRS:
            if not stack:
                return bool(opened) and opened[-1] == _PAIRS[char]
            stack.pop()
    return False


def _ends(text: str) -> bool:
    """Whether the text ends as a sentence or clause ends."""
    bare = _ASIDE.sub("", text).rstrip(_CLOSERS) or text
    return bare[-1] in _FINAL or text[-1] in _FINAL


def _is_heading(text: str) -> bool:
    """Whether a text that does not end as a sentence can be a heading, caption or title of its own."""
    return is_numbered_heading(text) or (not _CLAUSE.search(text) and bool(_TITLE_END.search(text)) and not _open(text))


def _strong(before: str, after: str) -> Evidence | None:
    """Evidence in the two texts alone that `after` goes on where `before` breaks off."""
    path = bool(_LEVEL_FIRST.match(after) or (_PATH_BEGUN.search(before) and _PATH_GOES_ON.match(after)))
    word = _breaks_a_word(before, after)
    if len(before) < _LEAST_LINE or (_begins_anew(after) and not path and not word):
        return None
    opened = _open(before)
    if opened and _closes(opened, after):
        return Evidence.OPEN_BRACKET
    if path or word:
        return Evidence.PUNCTUATION if path else Evidence.WORD
    if _ends(before) or (before[-1].isascii() and before[-1].isalnum() and after[0].isdecimal()):
        return None
    if before[-1] in "，、" and _CLAUSE.search(after):
        return Evidence.COMMA
    if is_numbered_heading(before):
        return None
    if after[0] in "，。；、）”》%" and len(after) > 1:
        return Evidence.PUNCTUATION
    if before[-1].isdecimal() and _BEGINS_MEASURE.match(after) and _CLAUSE.search(before):
        return Evidence.MEASURE
    if _ENDS_FIGURE.search(before):
        return None
    if _BEGINS_FIGURE.match(after) and _CLAUSE.search(after) and len(before) >= 2 * _LEAST_LINE - 4:
        return Evidence.FIGURE
    return None


def _begins_anew(text: str) -> bool:
    return read_mark(text) is not None or bool(_BEGINS_LABEL.match(text))


def _full_line(before: str, after: str, width: float) -> bool:
    """Whether `before` fills a line of `width` and breaks off, and `after` is running text."""
    if _ends(before) or _begins_anew(after) or _is_heading(before) or not _CLAUSE.search(after):
        return False
    if _GLUED_HEADING.search(before):
        return False
    if before[-1].isascii() and before[-1].isalnum() and after[0].isascii() and after[0].isalnum():
        return False
    size = _width(before)
    return size >= width if _CLAUSE.search(before) else width <= size <= width * 1.3


def _width(text: str) -> float:
    """The printed width in Chinese characters: Latin letters and digits are half as wide."""
    narrow = sum(c < "\u0100" for c in text)
    return len(text) - narrow / 2


def _barriers(document: Document) -> list[int]:
    """For each block, how many tables, charts and ends of files stand before it."""
    counts, seen = [], 0
    begins = {source.first for source in document.sources}
    for block in document.blocks:
        seen += block.id in begins
        counts.append(seen)
        seen += isinstance(block, Table | Chart)
    return counts


def _page_marks(texts: Sequence[str]) -> dict[int, str]:
    """Which passages can be page numbers or running heads, by position: the kind."""
    repeated = Counter(text for text in texts if len(text) <= 40 and not _CLAUSE.search(text))
    marks: dict[int, str] = {}
    for number, text in enumerate(texts):
        if _PAGE.fullmatch(text):
            marks[number] = "page_number"
        elif _BARE.fullmatch(text):
            marks[number] = "bare_number"
        elif repeated[text] > 2 and not read_mark(text):
            marks[number] = "running_head"
    return marks


def _merge(index: int, parts: Sequence[Passage]) -> Passage:
    base, segments = 0, list[Segment]()
    for part in parts:
        segments += [Segment(s.start + base, s.block, s.offset) for s in part.segments] if base else part.segments
        base += len(part.text)
    return Passage(index, "".join(part.text for part in parts), tuple(segments))


Judge = Callable[[str, str], Evidence | None]


def _groups(
    single: Sequence[Passage], joinable: Callable[[Passage, Passage], bool], judge: Judge, marks: dict[int, str]
) -> tuple[list[list[tuple[Passage, Evidence | None]]], list[tuple[Passage, str]]]:
    """Neighbours that belong together, each with the evidence that tied it to the one before; and what was dropped."""
    groups: list[list[tuple[Passage, Evidence | None]]] = []
    dropped: list[tuple[Passage, str]] = []
    text, at = "", 0
    while at < len(single):
        part = single[at]
        kind = marks.get(at)
        if kind == "page_number":
            dropped.append((part, kind))
            at += 1
            continue
        skip = at
        while skip < len(single) and skip in marks and skip - at < 3:
            skip += 1
        if groups and kind and skip < len(single) and joinable(groups[-1][-1][0], single[skip]):
            evidence = judge(text, single[skip].text)
            if evidence:
                dropped += [(single[n], marks[n]) for n in range(at, skip)]
                at, part = skip, single[skip]
        else:
            joined = bool(groups) and joinable(groups[-1][-1][0], part)
            evidence = judge(text, part.text) if joined else None
        if evidence:
            groups[-1].append((part, evidence))
            text = (text + part.text)[-_TAIL:]
        else:
            groups.append([(part, None)])
            text = part.text[-_TAIL:]
        at += 1
    return groups, dropped


def rejoin(document: Document, single: Sequence[Passage]) -> Rejoined:
    """Join passages that are one paragraph broken by a page or line end; `single` is one passage a block."""
    barriers = _barriers(document)

    def joinable(before: Passage, after: Passage) -> bool:
        first, second = before.segments[-1].block, after.segments[0].block
        one, two = document.blocks[first], document.blocks[second]
        return (
            barriers[first] == barriers[second]
            and isinstance(one, Paragraph)
            and isinstance(two, Paragraph)
            and one.origin is Origin.BODY is two.origin
            and not (two.label or two.heading or one.heading)
        )

    marks = _page_marks([part.text for part in single])
    groups, dropped = _groups(single, joinable, _strong, marks)
    widths = sorted(
        _width(group[n - 1][0].text)
        for group in groups
        for n in range(1, len(group))
        if group[n][1] is not Evidence.PUNCTUATION
    )
    if len(widths) >= _BROKEN_DOCUMENT:
        width = max(widths[len(widths) // 4] * 0.9, _LEAST_LINE)

        def judge(before: str, after: str) -> Evidence | None:
            return _strong(before, after) or (Evidence.FULL_LINE if _full_line(before, after, width) else None)

        groups, dropped = _groups(single, joinable, judge, marks)
    return _result(groups, dropped)


def _result(groups: list[list[tuple[Passage, Evidence | None]]], dropped: list[tuple[Passage, str]]) -> Rejoined:
    found: list[Passage] = []
    joins: list[Join] = []
    for index, group in enumerate(groups):
        if len(group) == 1 and group[0][0].index == index:
            found.append(group[0][0])
            continue
        position = len(group[0][0].text)
        for (one, _), (two, evidence) in pairwise(group):
            if evidence:
                joins.append(Join(index, position, one.segments[-1].block, two.segments[0].block, evidence))
            position += len(two.text)
        found.append(_merge(index, [part for part, _ in group]))
    left_out = tuple(Dropped(part.segments[0].block, part.text, kind) for part, kind in dropped)
    return Rejoined(tuple(found), tuple(joins), left_out)


_BLANK: Final = re.compile(r"[-—–－/]+|…+")
_ACCOUNT_CODE: Final = re.compile(r"[23]\d{2}|[23]\d{4}|2\d{6}")
_CLASS: Final = re.compile(r"[一二三四五六七八九十]{1,3}、")
_FIGURE_CELL: Final = re.compile(r"[-－]?\d[\d,]*(?:\.\d+)?%?")


def _names_a_class(cells: Sequence[str]) -> bool:
    """Whether a row is one of the overview's: 十九、住房保障支出 and figures or blanks, no other words."""
    words = [text for text in cells if text and not _FIGURE_CELL.fullmatch(text)]
    return bool(words) and all(_CLASS.match(text) for text in words)


def _starts_with_header(table: Table) -> bool:
    """Whether the first row names columns: words, and no figure but years; a row of an account or a class is none."""
    cells = ["" if _BLANK.fullmatch(text := cell.text.strip()) else text for cell in next(table.row_cells(), ())]
    if any(_ACCOUNT_CODE.fullmatch(text) for text in cells) or _names_a_class(cells):
        return False
    figures = sum(bool(_FIGURE_CELL.fullmatch(text)) and "." in text for text in cells)
    words = sum(bool(text) and not _FIGURE_CELL.fullmatch(text) for text in cells)
    return figures == 0 and words * 2 > len(cells)


def _compatible(first: Table, second: Table) -> bool:
    """Whether `second` can be the rest of `first`: as many columns, or the same after merged header cells."""
    if first.sheet != second.sheet or not (first.regular and second.regular):
        return False
    if first.columns == second.columns:
        return True
    if not 0 < first.columns - second.columns <= 3:
        return False
    last = max((cell.row for cell in first.cells), default=0)
    filled = Counter(cell.row for cell in first.cells if cell.row > last - 4 and cell.text.strip())
    return second.columns >= max(filled.values(), default=0)


def rejoin_tables(document: Document) -> tuple[tuple[int, ...], ...]:
    """Groups of table blocks (by id) that are one table cut by page ends; tables that stand whole are not listed."""
    groups: list[list[int]] = []
    previous: Table | None = None
    begins = {source.first for source in document.sources}
    for block in document.blocks:
        if block.id in begins:
            previous = None
        if isinstance(block, Table):
            if previous is not None and _compatible(previous, block) and not _starts_with_header(block):
                groups[-1].append(block.id)
            else:
                groups.append([block.id])
            previous = block
        elif isinstance(block, Paragraph):
            text = block.text.strip()
            mark = _PAGE.fullmatch(text) or _BARE.fullmatch(text)
            if block.origin is Origin.BODY and text and not mark:
                previous = None
        else:
            previous = None
    return tuple(tuple(group) for group in groups if len(group) > 1)
