"""The outline: which section each passage stands in, the contents list, and what is wrong with the numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from juesuan.catalog import load as load_catalog
from juesuan.document.model import Document, Origin, Paragraph, Table
from juesuan.understand.contents import ContentsEntry, file_ranges, find_contents, find_table_list
from juesuan.understand.nesting import Head, IssueKind, Node, NumberingIssue, nest
from juesuan.understand.numbering import Mark, NumberStyle, read_mark, write_mark
from juesuan.understand.passages import Passage

__all__ = [
    "ContentsEntry",
    "IssueKind",
    "NumberStyle",
    "NumberingIssue",
    "Outline",
    "Section",
    "outline",
]


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of passages under one heading, from `first` to `last` (exclusive), sub-sections included.

    `passage` holds the heading; `number` is as written ("七、"), empty where the heading lost it.
    `is_item` marks an entry of a list: its text goes on after its title, and nothing stands below it.
    `path` is like "第二部分/七/（二）"; `parent` an index into `Outline.sections`.
    """

    index: int
    level: int
    number: str
    ordinal: int | None
    style: NumberStyle
    title: str
    passage: int
    first: int
    last: int
    parent: int | None
    path: str
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections in reading order; `title_lines` are the passages of the cover."""

    sections: tuple[Section, ...]
    contents: tuple[ContentsEntry, ...]
    table_list: tuple[ContentsEntry, ...]
    title_lines: tuple[int, ...]
    issues: tuple[NumberingIssue, ...]
    parts: tuple[str, ...]
    deepest: tuple[int | None, ...]

    def section_of(self, passage: int) -> Section | None:
        """The deepest section a passage stands in."""
        found = self.deepest[passage]
        return None if found is None else self.sections[found]

    def chain(self, passage: int) -> tuple[Section, ...]:
        """The sections around a passage, from the part down to the deepest."""
        found: list[Section] = []
        at = self.deepest[passage]
        while at is not None:
            found.append(self.sections[at])
            at = self.sections[at].parent
        return tuple(reversed(found))

    def part_of(self, passage: int) -> str:
        """Which part of the document: cover, contents, body, attachment, attachment 1, …, table list."""
        return self.parts[passage]


_FIGURE: Final = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?(?:亿元|万元|元|%)")
_BARE_FIGURE: Final = re.compile(r"-?\d[\d,]*\.\d{2}")
_CELL_LENGTH: Final = 30
_ROWS_OF_A_TABLE: Final = 8
"""So many row labels of the first statutory table, each on a line of its own, are that table."""
_STOP: Final = re.compile(r"[。：；，]")
_HARD_STOP: Final = re.compile(r"[。：；]")
_DIVISIONS: Final = frozenset({NumberStyle.PART, NumberStyle.ATTACHMENT})
_TITLE_LENGTH: Final = 45
_COVER_LENGTH: Final = 60
_ATTACHED: Final = re.compile(r"[^，。；：]{0,45}")
_GLUED: Final = re.compile(r"[。，]|表$")
_ROW: Final = re.compile(r"[^，。：；]*(?:\d,\d{3}|\d\.\d\d)")
"""A table's row come as text: a number, a name, and amounts without a measure."""
_BRACKETS: Final = re.compile(r"[（）]")
_REFERENCE: Final = re.compile(r"[中所列为见和及与的]")


def _title(text: str) -> tuple[str, bool]:
    """The heading's words in the text after its mark, and whether prose goes on after them."""
    whole = text.rstrip("。：；，")
    figure = _FIGURE.search(text)
    if len(whole) <= _TITLE_LENGTH and not figure and not _HARD_STOP.search(whole):
        return whole, False
    hard = _HARD_STOP.search(text)
    if hard and text[hard.start()] == "。" and hard.start() <= 30 and (not figure or figure.start() > hard.start()):
        return text[: hard.start()], True
    stop = _STOP.search(text)
    ends = [found.start() for found in (figure, stop) if found and found.start()]
    return text[: min(ends, default=len(text))].rstrip(), True


def _head(document: Document, passage: Passage) -> Head | None:
    """The heading a passage begins with, if it does."""
    block = document.blocks[passage.segments[0].block]
    if not isinstance(block, Paragraph) or block.origin is not Origin.BODY:
        return None
    mark = read_mark(block.label + passage.text) if block.label else read_mark(passage.text)
    if mark is None:
        if block.heading is None or len(passage.text) > _COVER_LENGTH or _STOP.search(passage.text):
            return None
        none = Mark(NumberStyle.NONE, "", None, "", 0)
        # The name of a sheet stands below nothing that another sheet says.
        declared = block.heading if block.sheet is None else 0
        return Head(passage.index, none, passage.text, prose=False, declared=declared)
    rest = passage.text[max(mark.end - len(block.label), 0) :]
    if _ROW.fullmatch(rest):
        return None
    if mark.style is NumberStyle.PART and (len(rest) > _COVER_LENGTH or "。" in rest):
        return None
    if mark.style is NumberStyle.ATTACHMENT and not _is_attachment(mark, rest):
        return None
    title, prose = _title(rest)
    return Head(passage.index, mark, title, prose, block.heading)


def _is_attachment(mark: Mark, rest: str) -> bool:
    """Whether 附件… begins an attachment, rather than a sentence or a list of attachments."""
    if read_mark(rest) or not _ATTACHED.fullmatch(rest) or _REFERENCE.match(rest):
        return False
    return not rest or mark.ordinal is not None or mark.number.endswith("：")


def _heads(
    document: Document, passages: Sequence[Passage], contents: tuple[ContentsEntry, ...], skip: set[int]
) -> list[Head]:
    """All headings of the text itself, in order."""
    titles = {(e.style, e.ordinal, e.title[:2]): e.title for e in contents if len(e.title) >= 4}
    lost = _top_entries(contents)
    below = _below(contents, lost)
    heads: list[Head] = []
    cells = _cells(passages)
    for passage in passages:
        if passage.index in skip or passage.index in cells:
            continue
        head = _head(document, passage)
        if head and head.mark.style is not NumberStyle.NONE:
            _forget(lost, head)
        else:
            head = _listed_only(passage, lost) or _first_below(passage, lost, below) or head
        if head:
            heads.append(_as_listed(passage, head, titles))
    # What a format declares a heading before the first number is the cover's title.
    first = next(
        (n for n, head in enumerate(heads) if head.mark.style is not NumberStyle.NONE or head.declared == 0), 0
    )
    return heads[first:]


def _cells(passages: Sequence[Passage]) -> set[int]:
    """Lines of a table that was saved as plain text, one cell a line: short, with a bare figure as neighbour."""
    bare = [bool(_BARE_FIGURE.fullmatch(p.text)) for p in passages]
    beside = {
        p.index
        for n, p in enumerate(passages)
        if len(p.text) <= _CELL_LENGTH and any(bare[max(n - 1, 0) : n] + bare[n + 1 : n + 2])
    }
    if not beside:
        return beside
    labels = {h.label for h in load_catalog().headings("公开01")}
    rows = {p.index for p in passages if p.text in labels}
    return beside | (rows if len(rows) >= _ROWS_OF_A_TABLE else set())


def _as_listed(passage: Passage, head: Head, titles: dict[tuple[NumberStyle, int | None, str], str]) -> Head:
    """The heading with its title as the contents give it, where a sentence is glued to the heading."""
    listed = titles.get((head.mark.style, head.mark.ordinal, head.title[:2]))
    if listed and len(listed) < len(head.title) and head.title.startswith(listed):
        after = passage.text[passage.text.index(listed) + len(listed) :]
        if _GLUED.search(after):
            return replace(head, title=listed, prose=True)
    return head


def _top_entries(contents: tuple[ContentsEntry, ...]) -> list[ContentsEntry]:
    """The entries of the contents' highest style: the parts, or 一、 二、 where there are none."""
    for style in (NumberStyle.PART, NumberStyle.CHINESE):
        found = [entry for entry in contents if entry.style is style and len(entry.title) >= 4]
        if found:
            return found
    return []


def _below(contents: tuple[ContentsEntry, ...], top: Sequence[ContentsEntry]) -> dict[int, set[str]]:
    """The titles listed below each top entry, by the entry's passage."""
    found: dict[int, set[str]] = {}
    above: set[str] | None = None
    for entry in contents:
        if entry in top:
            above = found.setdefault(entry.passage, set())
        elif above is not None:
            above.add(_BRACKETS.sub("", entry.title))
    return found


def _first_below(passage: Passage, lost: list[ContentsEntry], below: dict[int, set[str]]) -> Head | None:
    """The heading of a part that the text leaves out: the part begins where the first title listed below it stands."""
    text = _BRACKETS.sub("", passage.text)
    for entry in lost:
        if text in below.get(entry.passage, ()):
            lost.remove(entry)
            is_part = entry.style is NumberStyle.PART
            mark = Mark(
                NumberStyle.PART if is_part else NumberStyle.NONE, "", entry.ordinal, "部分" if is_part else "", 0
            )
            return Head(passage.index, mark, entry.title, prose=False, declared=None if is_part else 0)
    return None


def _forget(lost: list[ContentsEntry], head: Head) -> None:
    """Strike out the entry whose heading stands in the text with its number."""
    for entry in lost:
        same = (entry.style, entry.ordinal) == (head.mark.style, head.mark.ordinal)
        if same and (entry.style is NumberStyle.PART or head.title.startswith(entry.title)):
            lost.remove(entry)
            return


def _listed_only(passage: Passage, lost: list[ContentsEntry]) -> Head | None:
    """A heading that only the contents list numbers: the text has it without its number, as some forms do."""
    text = _BRACKETS.sub("", passage.text)
    if len(text) > _COVER_LENGTH + _TITLE_LENGTH or _STOP.search(text):
        return None
    for entry in lost:
        title = _BRACKETS.sub("", entry.title)
        if entry.style is NumberStyle.PART and text.startswith(title):
            lost.remove(entry)
            mark = Mark(NumberStyle.PART, "", entry.ordinal, "部分", 0)
            return Head(passage.index, mark, entry.title, prose=len(text) > len(title))
        if entry.style is NumberStyle.CHINESE and text.endswith(title) and len(text) <= _COVER_LENGTH:
            lost.remove(entry)
            return Head(
                passage.index, Mark(NumberStyle.NONE, "", entry.ordinal, "", 0), entry.title, prose=False, declared=0
            )
    return None


def _attachment_title(passages: Sequence[Passage], at: int, heads: set[int]) -> str:
    """The title lines below 附件1, up to the first heading or sentence."""
    lines: list[str] = []
    for passage in passages[at + 1 : at + 4]:
        if passage.index in heads or _STOP.search(passage.text) or len(passage.text) > _TITLE_LENGTH:
            break
        if lines and passage.segments[0].block - passages[passage.index - 1].segments[-1].block > 1:
            break
        lines.append(passage.text)
    return "".join(lines)


def _element(head: Head) -> str:
    mark = head.mark
    if mark.style is NumberStyle.NONE:
        return head.title[:20]
    written = mark.number.rstrip("、.：“）" if mark.form == "）" else "、.：“")
    return written or write_mark(mark.style, mark.ordinal or 0, mark.form)


def _sections(nodes: Sequence[Node], passages: Sequence[Passage], files: Sequence[range]) -> list[Section]:
    """The tree as sections: each ends where the next of its level or above begins, at the latest with its file."""
    heads = {node.head.passage for node in nodes}
    parents = {node.parent.index for node in nodes if node.parent}
    found: list[Section] = []
    for node in nodes:
        head, mark, parent = node.head, node.head.mark, node.parent
        own = next((file for file in files if head.passage in file), range(len(passages)))
        title = head.title
        if mark.style is NumberStyle.ATTACHMENT and not title:
            title = _attachment_title(passages, head.passage, heads)
        above = found[parent.index].path + "/" if parent else ""
        found.append(
            Section(
                index=node.index,
                level=node.level,
                number=mark.number,
                ordinal=mark.ordinal,
                style=mark.style,
                title=title,
                passage=head.passage,
                first=head.passage,
                last=_last(node, nodes, own),
                parent=parent.index if parent else None,
                path=above + _element(head),
                is_item=head.prose and node.index not in parents and mark.style not in _DIVISIONS,
            )
        )
    return found


def _last(node: Node, nodes: Sequence[Node], own: range) -> int:
    """Where the section of a heading ends, within the passages of its file."""
    for later in nodes[node.index + 1 :]:
        if later.head.passage not in own:
            break
        if later.level <= node.level:
            return later.head.passage
    return own.stop


def _parts(
    sections: Sequence[Section], deepest: Sequence[int | None], marked: Sequence[tuple[range | Sequence[int], str]]
) -> tuple[str, ...]:
    parts = ["body"] * len(deepest)
    for section in sections:
        if section.style is NumberStyle.ATTACHMENT:
            name = f"attachment {section.ordinal}" if section.ordinal else "attachment"
            parts[section.first : section.last] = [name] * (section.last - section.first)
    for passages, name in marked:
        for passage in passages:
            parts[passage] = name
    return tuple(parts)


def _cover(passages: Sequence[Passage], begin: int, end: int) -> Iterator[int]:
    """The lines of a file before its contents or its first heading, as long as they are no running text."""
    for passage in passages[begin:end]:
        if "。" in passage.text or len(passage.text) > _COVER_LENGTH or _FIGURE.search(passage.text):
            return
        yield passage.index


def _covers(
    passages: Sequence[Passage], files: Sequence[range], listed: Sequence[range], sections: Sequence[Section]
) -> tuple[int, ...]:
    """The covers of all files; a file that begins with a heading has none."""
    found: list[int] = []
    for own, contents in zip(files, listed, strict=True):
        first = contents.start if contents else next((s.passage for s in sections if s.passage in own), own.start)
        found += _cover(passages, own.start, first)
    return tuple(found)


def _in_order(heads: Sequence[Head], files: Sequence[range]) -> list[Head]:
    """The headings with the files in the order of the parts they begin with: the files may come in any order."""
    if len(files) == 1:
        return list(heads)
    groups = [[head for head in heads if head.passage in own] for own in files]
    first = [next((h.mark.ordinal or 0 for h in g if h.mark.style is NumberStyle.PART), None) for g in groups]
    # A file without parts stays behind the one it was given after.
    rank: list[int] = []
    for number in first:
        rank.append(number if number is not None else rank[-1] if rank else 0)
    return [head for _, group in sorted(zip(rank, groups, strict=True), key=lambda pair: pair[0]) for head in group]


def outline(document: Document, passages: Sequence[Passage]) -> Outline:
    """Read the outline of a document from its passages (`passages[n].index == n`)."""
    files = file_ranges(document, passages)
    listed, contents = find_contents(document, passages)
    in_contents = frozenset(n for own in listed for n in own)
    tabled, table_list = find_table_list(document, passages, in_contents)
    heads = _in_order(_heads(document, passages, contents, {*in_contents, *tabled}), files)

    def holds(first: int, last: int, pattern: re.Pattern[str]) -> bool:
        if any(pattern.search(passages[n].text, 1) for n in range(first, last)):
            return True
        blocks = document.blocks[passages[first].segments[0].block : passages[last].segments[0].block]
        return any(pattern.search(c.text) for block in blocks if isinstance(block, Table) for c in block.cells)

    after = _after(tabled, files)
    early = [head for head in heads if head.passage not in after]
    late = [head for head in heads if head.passage in after]
    nodes, issues = nest(early, holds)
    ends = [range(own.start, tabled.start) if tabled and tabled.start in own else own for own in files]
    sections = _sections(nodes, passages, ends)
    if late:
        later, more = nest(late, holds)
        issues += more
        shift = len(nodes)
        sections += [_shifted(section, shift) for section in _sections(later, passages, files)]
    sections = _reading_order(sections)
    deepest: list[int | None] = [None] * len(passages)
    for section in sections:
        deepest[section.first : section.last] = [section.index] * (section.last - section.first)
    paths = {section.passage: section.path for section in sections}
    cover = _covers(passages, files, listed, sections)
    return Outline(
        sections=tuple(sections),
        contents=contents,
        table_list=table_list,
        title_lines=cover,
        issues=tuple(replace(issue, path=paths.get(issue.passage, "")) for issue in issues),
        parts=_parts(sections, deepest, ((cover, "cover"), (tuple(in_contents), "contents"), (tabled, "table list"))),
        deepest=tuple(deepest),
    )


def _after(tabled: range, files: Sequence[range]) -> range:
    """The passages of its file after a list of tables."""
    return next((range(tabled.start, own.stop) for own in files if tabled and tabled.start in own), range(0))


def _shifted(section: Section, shift: int) -> Section:
    parent = None if section.parent is None else section.parent + shift
    return replace(section, index=section.index + shift, parent=parent)


def _reading_order(sections: Sequence[Section]) -> list[Section]:
    """The sections as they stand in the document, their indices with them."""
    ordered = sorted(sections, key=lambda section: section.passage)
    place = {section.index: number for number, section in enumerate(ordered)}
    return [replace(s, index=place[s.index], parent=None if s.parent is None else place[s.parent]) for s in ordered]
