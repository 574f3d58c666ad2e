"""Read a docx: open it safely, take its stories as drafts, and number them into a document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from juesuan.document.docx.budget import Budget
from juesuan.document.docx.drafts import ChartDraft, Draft, ParagraphDraft, TableDraft, text_of
from juesuan.document.docx.names import APP, R, W, switch
from juesuan.document.docx.notices import Notices
from juesuan.document.docx.numbering import Numbering
from juesuan.document.docx.package import Package
from juesuan.document.docx.shared import Shared
from juesuan.document.docx.story import Story
from juesuan.document.docx.styles import Styles
from juesuan.document.model import Block, Cell, Chart, Document, Origin, Paragraph, Table
from juesuan.errors import DamagedDocumentError, EmptyDocumentError

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element as Element

    from juesuan.document.docx.notices import Notices as NoticesType
    from juesuan.document.limits import Limits

__all__ = ["Drafted", "draft", "read_docx"]

_MARGINS: Final = ((W + "headerReference", Origin.HEADER), (W + "footerReference", Origin.FOOTER))


@dataclass(frozen=True, slots=True)
class Drafted:
    """The blocks of a file before numbering, with what was noticed and spent on the way."""

    drafts: list[Draft]
    notices: Notices
    budget: Budget
    info: dict[str, str]


def read_docx(path: Path, data: bytes, limits: Limits) -> Document:
    """Read the bytes of a docx (or docm, dotx). `path` only names it.

    Order of blocks: the body, with text boxes and charts after the paragraph or table that holds them;
    footnotes and endnotes; headers and footers. Raises a subclass of UnreadableError, naming the file.
    """
    drafted = draft(path, data, limits)
    blocks = tuple(_block(number, item, drafted.budget) for number, item in enumerate(drafted.drafts))
    if not any(_says_something(block) for block in blocks):
        pictures = drafted.notices.counted("picture")
        why = f"只有 {pictures} 幅图片，可能是扫描件，请先做文字识别" if pictures else "请检查是否选错了文件"
        raise EmptyDocumentError(f"{path.name} 中没有文字。{why}。")
    return Document(
        path=str(path),
        format="docx",
        blocks=blocks,
        sha256=hashlib.sha256(data).hexdigest(),
        problems=drafted.notices.problems(),
        info=drafted.info,
    )


def draft(path: Path, data: bytes, limits: Limits) -> Drafted:
    """The blocks of a docx as drafts. Raises what `read_docx` raises."""
    budget = Budget(path.name, limits)
    package = Package(data, budget)
    root = package.body_root()
    body = root.find(W + "body")
    if body is None:
        raise DamagedDocumentError(f"{path.name} 已损坏，没有正文。请用 Word 或 WPS 打开并另存为 docx 后再试。")
    notices = Notices()
    styles = Styles(_optional(package, "styles", notices, "样式未能读取，标题级别和隐藏文字可能不准"))
    numbering = Numbering(_optional(package, "numbering", notices, "自动编号未能读取"), styles)
    shared = Shared(package, styles, numbering, notices, budget)
    story = Story(shared, package.main, root)
    drafts = story.blocks(body, Origin.BODY)
    drafts += _notes(shared, story.notes)
    drafts += _margins(shared, story.sections)
    _count_comments(package, notices)
    for kind in sorted(numbering.unknown):
        notices.say(f"自动编号格式 {kind} 不认识，按阿拉伯数字读取。", lost=False)
    return Drafted(drafts, notices, budget, _info(package))


def _optional(package: Package, kind: str, notices: NoticesType, trouble: str) -> Element | None:
    """The root of a part beside the main one; a damaged one is said and left out."""
    parts = package.related(package.main, kind)
    if not parts:
        return None
    try:
        return package.xml(parts[0])
    except DamagedDocumentError:
        notices.say(f"文件中的 {parts[0]} 已损坏：{trouble}。", lost=False)
        return None


def _part(shared: Shared, part: str, what: str) -> Element | None:
    """The root of a part that holds text; a missing or damaged one is a loss."""
    try:
        return shared.package.xml(part)
    except DamagedDocumentError:
        shared.notices.say(f"{what}（{part}）缺失或已损坏，未读取。", lost=True)
        return None


def _notes(shared: Shared, references: list[tuple[str, str]]) -> list[Draft]:
    """Footnotes, then endnotes, in the order they are referred to."""
    drafts: list[Draft] = []
    for kind, element in (("footnotes", W + "footnote"), ("endnotes", W + "endnote")):
        wanted = list(dict.fromkeys(key for k, key in references if k == kind))
        parts = shared.package.related(shared.package.main, kind)
        root = _part(shared, parts[0], "脚注或尾注") if parts and wanted else None
        if root is None:
            shared.notices.count("note_missing", len(wanted))
            continue
        by_id = {item.get(W + "id", ""): item for item in root.iterchildren(element)}
        story = Story(shared, parts[0], root)
        for key in wanted:
            if key in by_id:
                drafts += story.blocks(by_id[key], Origin.FOOTNOTE)
            else:
                shared.notices.count("note_missing")
    return drafts


def _margins(shared: Shared, sections: list[Element]) -> list[Draft]:
    """Headers and footers that are shown on some page, each text once."""
    drafts: list[Draft] = []
    seen: set[tuple[Origin, str]] = set()
    read: set[str] = set()
    for part, origin in _margin_parts(shared, sections):
        if part in read:
            continue
        read.add(part)
        root = _part(shared, part, "页眉" if origin is Origin.HEADER else "页脚")
        if root is None:
            continue
        for item in Story(shared, part, root).blocks(root, origin):
            key = (origin, text_of(item.pieces) if isinstance(item, ParagraphDraft) else "")
            if not key[1].strip() or key not in seen:
                seen.add(key)
                drafts.append(item)
    return drafts


def _margin_parts(shared: Shared, sections: list[Element]) -> list[tuple[str, Origin]]:
    settings = _optional(shared.package, "settings", shared.notices, "页眉页脚设置未能读取")
    even = switch(settings, W + "evenAndOddHeaders") is True
    links = shared.package.relationships(shared.package.main)
    found: list[tuple[str, Origin]] = []
    for section in sections:
        shown = {"default", *(["even"] if even else []), *(["first"] if switch(section, W + "titlePg") else [])}
        for tag, origin in _MARGINS:
            for reference in section.iterchildren(tag):
                link = links.get(reference.get(R + "id", ""))
                if reference.get(W + "type", "default") in shown:
                    missing = link is None or link.external
                    found.append(("页眉页脚关系" if missing or link is None else link.target, origin))
    return found


def _count_comments(package: Package, notices: NoticesType) -> None:
    root = _optional(package, "comments", notices, "批注未能读取")
    if root is not None:
        notices.count("comment", sum(1 for _ in root.iterchildren(W + "comment")))


def _info(package: Package) -> dict[str, str]:
    """Pages and program as the writing program stored them ("pages", "application")."""
    parts = package.related("", "extended-properties") + package.related("", "extendedProperties")
    if not parts:
        return {}
    try:
        root = package.xml(parts[0])
    except DamagedDocumentError:
        return {}
    found = {"pages": root.findtext(APP + "Pages"), "application": root.findtext(APP + "Application")}
    return {key: value.strip() for key, value in found.items() if value and value.strip()}


def _block(number: int, item: Draft, budget: Budget) -> Block:
    if isinstance(item, ParagraphDraft):
        text = text_of(item.pieces)
        budget.text(len(text))
        return Paragraph(id=number, text=text, label=item.label, heading=item.heading, origin=item.origin)
    if isinstance(item, ChartDraft):
        return Chart(
            id=number,
            title=item.title,
            categories=item.categories,
            series=item.series,
            kind=item.kind,
            cached=item.cached,
        )
    return _table(number, item, budget)


def _table(number: int, item: TableDraft, budget: Budget) -> Table:
    cells: list[Cell] = []
    for held in item.cells:
        text = text_of(held.pieces)
        budget.text(len(text))
        cells.append(Cell(row=held.row, column=held.column, text=text, rowspan=held.rowspan, colspan=held.colspan))
    return Table(id=number, cells=tuple(cells), rows=item.rows, columns=item.columns)


def _says_something(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text.strip())
    if isinstance(block, Table):
        return any(cell.text.strip() for cell in block.cells)
    return isinstance(block, Chart)
