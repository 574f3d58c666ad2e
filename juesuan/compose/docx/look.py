"""The look of official documents (GB/T 9704—2012): pages, fonts, sizes, and the styles made of them.

The fonts are named as the standard names them; a machine without them shows its own instead.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

__all__ = [
    "BODY",
    "CAPTION",
    "COVER",
    "FONTS",
    "FORM_TITLE",
    "MARGINS",
    "NOTE",
    "PAGE",
    "TABLE_HEAD",
    "TABLE_TEXT",
    "TABLE_TITLE",
    "TOC",
    "Fonts",
    "add_styles",
    "heading",
]

PAGE = (Mm(210), Mm(297))
MARGINS = {"top": Mm(37), "bottom": Mm(35), "left": Mm(28), "right": Mm(26)}
BODY, COVER, CAPTION, NOTE = "决算正文", "决算封面", "决算图题", "决算注"
TABLE_TITLE, TABLE_HEAD, TABLE_TEXT = "决算表题", "决算表头", "决算表文"
FORM_TITLE = "决算表式题"
ATTACHMENT = "决算附件题"
INNER = {3: "决算附件一级", 4: "决算附件二级", 5: "决算附件三级"}
"""Headings inside attachments: they look as those of the report one level up, and the contents leave them out."""
TOC = {1: "toc 1", 2: "toc 2"}


@dataclass(frozen=True, slots=True)
class Fonts:
    """Font names by their role."""

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    first: str = "黑体"
    second: str = "楷体_GB2312"
    table: str = "宋体"
    latin: str = "Times New Roman"


FONTS = Fonts()


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    font: str
    size: float
    bold: bool = False
    indent: bool = False
    align: WD_ALIGN_PARAGRAPH | None = None
    outline: int | None = None
    exact: bool = True
    keep_next: bool = False
    line: float = 28
    before: float = 0
    after: float = 0


def heading(level: int, *, inner: bool = False, attachment: bool = False) -> str:
    """The style of a heading; `inner`: of one inside an attachment, `attachment`: of an attachment's title."""
    if attachment:
        return ATTACHMENT
    return INNER[min(max(level, 3), 5)] if inner else f"Heading {min(level, 4)}"


def _all(fonts: Fonts) -> tuple[_Style, ...]:
    center, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    return (
        _Style(BODY, fonts.body, 16, indent=True, align=WD_ALIGN_PARAGRAPH.JUSTIFY),
        _Style(COVER, fonts.title, 30, align=center, exact=False, before=12, after=12),
        _Style(CAPTION, fonts.first, 14, align=center),
        _Style(NOTE, fonts.table, 10.5, exact=False),
        _Style("决算右注", fonts.body, 14, align=right),
        _Style("决算图", fonts.table, 10.5, align=center, exact=False, keep_next=True, before=6),
        _Style(TABLE_TITLE, fonts.title, 18, align=center, outline=1, exact=False, keep_next=True, after=4),
        _Style(TABLE_HEAD, fonts.table, 10.5, exact=False, keep_next=True),
        _Style(TABLE_TEXT, fonts.table, 9, exact=False),
        _Style("Heading 1", fonts.title, 22, align=center, outline=0, keep_next=True, exact=False, before=6, after=18),
        _Style("Heading 2", fonts.first, 16, indent=True, outline=1, keep_next=True),
        _Style("Heading 3", fonts.second, 16, indent=True, outline=2, keep_next=True),
        _Style("Heading 4", fonts.body, 16, bold=True, indent=True, outline=3, keep_next=True),
        _Style(ATTACHMENT, fonts.title, 18, align=center, outline=1, keep_next=True, exact=False, before=6, after=12),
        _Style(FORM_TITLE, fonts.title, 16, align=center, exact=False, keep_next=True, before=6, after=4),
        _Style(INNER[3], fonts.first, 16, indent=True, outline=2, keep_next=True),
        _Style(INNER[4], fonts.second, 16, indent=True, outline=3, keep_next=True),
        _Style(INNER[5], fonts.body, 16, bold=True, indent=True, outline=4, keep_next=True),
        _Style("决算目录题", fonts.title, 22, align=center, exact=False, after=12),
        _Style(TOC[1], fonts.first, 12, line=19),
        _Style(TOC[2], fonts.body, 12, line=19),
    )


def add_styles(document: WordDocument, *, keep: bool, fonts: Fonts = FONTS) -> None:
    """Put the styles into a document. With `keep` those that a user's template defines stay as they are."""
    for item in _all(fonts):
        known = next((s for s in document.styles if s.name is not None and s.name.lower() == item.name.lower()), None)
        if keep and isinstance(known, ParagraphStyle):
            continue
        style = (
            known
            if isinstance(known, ParagraphStyle)
            else document.styles.add_style(item.name, WD_STYLE_TYPE.PARAGRAPH)
        )
        if isinstance(style, ParagraphStyle):
            _set(style, item, fonts)


def _set(style: ParagraphStyle, item: _Style, fonts: Fonts) -> None:
    style.font.name = fonts.latin
    style.font.size = Pt(item.size)
    style.font.bold = item.bold
    style.font.italic = False
    style.font.color.rgb = None
    properties = style.element.get_or_add_rPr()
    faces = properties.get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{name}"), None)
    faces.set(qn("w:eastAsia"), item.font)
    color = properties.find(qn("w:color"))
    if color is not None:
        properties.remove(color)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(item.before), Pt(item.after)
    layout.alignment = item.align
    layout.keep_with_next = item.keep_next
    layout.keep_together = False
    layout.widow_control = False
    if item.exact:
        layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        layout.line_spacing = Pt(item.line)
    else:
        layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
    paragraph = style.element.get_or_add_pPr()
    if item.indent:
        indent = paragraph.get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")
        indent.set(qn("w:firstLine"), str(int(item.size * 2 * 20)))
    if item.outline is not None:
        for old in paragraph.findall(qn("w:outlineLvl")):
            paragraph.remove(old)
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(item.outline))
        paragraph.append(level)
