"""A composed report as a Word document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from lxml import etree
from lxml.etree import _Element as Element

from juesuan.compose.document import contents_lines, is_listed
from juesuan.compose.docx.charts import add_chart
from juesuan.compose.docx.look import BODY, CAPTION, COVER, FONTS, MARGINS, PAGE, TOC, add_styles, heading
from juesuan.compose.docx.markup import SPACE, bookmarked, field_begin, field_end, page_reference, paragraph, run
from juesuan.compose.docx.tables import form_xml, statement_xml
from juesuan.compose.draft import Block, Break, ChartBlock, Contents, Draft, Heading, Look, Paragraph, TableBlock
from juesuan.errors import UsageError

__all__ = ["write_docx"]

_LOOKS = {Look.BODY: BODY, Look.COVER: COVER, Look.CAPTION: CAPTION, Look.NOTE: "决算右注"}
_TAB = 8700
_COVER = 3000
"""Twentieths of a point above the first line of the cover."""
_TWIP = 635
"""EMU in a twentieth of a point."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MARK = "_Toc70000000"
"""Bookmarks of the contents begin so, as Word names its own."""


def write_docx(report: Draft, *, template: Path | None = None, pages: Mapping[str, int] | None = None) -> bytes:
    """The report as docx. `template`: a document of the user's whose styles and pages are taken.

    `pages`: page numbers for the contents by title; without them Word fills them in when the file is opened.
    Raises UsageError for a template that is no Word document.
    """
    document = _begin(template)
    add_styles(document, keep=template is not None)
    writer = _Writer(document, report, pages or {}, own_pages=template is None)
    for block in report.blocks:
        writer.add(block)
    body = writer.finish()
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_part(buffer, document.part.partname.lstrip("/"), body)


def _with_part(saved: io.BytesIO, name: str, body: str) -> bytes:
    """The package with another body: python-docx would have to take in its paragraphs one by one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.infolist():
            after.writestr(item, body.encode() if item.filename == name else before.read(item))
    return buffer.getvalue()


def _begin(template: Path | None) -> WordDocument:
    if template is None:
        return docx.Document()
    try:
        document = docx.Document(str(template))
    except (PackageNotFoundError, ValueError, KeyError, OSError) as error:
        raise UsageError(f"样式模板“{template}”不是能打开的 docx，请换一个，或不用 --template。") from error
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    return document


class _Writer:
    """Puts blocks into a document, one after another; pages turn on their side for wide tables.

    What is written is gathered as text in `parts`, and becomes the document's body at the end.
    """

    def __init__(self, document: WordDocument, report: Draft, pages: Mapping[str, int], *, own_pages: bool) -> None:
        self.document, self.report, self.pages = document, report, pages
        self.own_pages = own_pages
        self.styles = {s.name.lower(): s.style_id for s in document.styles if s.name}
        self.parts: list[str] = []
        self.charts = 0
        self.marks = 0
        self.landscape = self.turned = False
        self.fresh = True
        self.breaking = False
        self.tables = False
        first = document.sections[0]
        if own_pages:
            _page(first, landscape=False)
        self.width = _width(first)
        _footers(document)
        self.section = first._sectPr  # noqa: SLF001 - the element is copied for the sections that follow

    def add(self, block: Block) -> None:
        """One block."""
        if isinstance(block, Break):
            self.breaking = not self.fresh
            return
        self._turn(landscape=isinstance(block, TableBlock) and block.landscape)
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, ChartBlock):
            self._chart(block)
        elif isinstance(block, TableBlock):
            self._table(block)
        elif isinstance(block, Contents):
            self._contents(block)
        self.fresh = False

    def _turn(self, *, landscape: bool) -> None:
        """Begin a page that lies or stands as the next block needs it."""
        self.turned = self.own_pages and landscape != self.landscape
        if self.turned:
            self.parts.append(f"<w:p><w:pPr>{_markup(self.section)}</w:pPr></w:p>")
            self.section = deepcopy(self.section)
            for element in list(self.section):
                # What a section does not say of its footers is as in the one before.
                if element.tag in {qn("w:footerReference"), qn("w:headerReference")}:
                    self.section.remove(element)
            _page(Section(self.section, self.document.part), landscape=landscape)
            self.landscape, self.breaking = landscape, False
            self.width = _width(Section(self.section, self.document.part))

    def _begins(self) -> bool:
        """Whether what comes next begins a page."""
        begins, self.breaking = self.breaking, False
        return begins

    def _put(self, style: str, inside: str, properties: str = "") -> None:
        self.parts.append(paragraph(self.styles, style, inside, breaks=self._begins(), properties=properties))

    def _marked(self, words: str) -> str:
        """Words that the contents refer to."""
        self.marks += 1
        return bookmarked(self.marks, f"{_MARK}{self.marks}", run(words))

    def _heading(self, block: Heading) -> None:
        inside = self._marked(block.text) if block.level <= 2 else run(block.text)
        self._put(heading(block.level, inner=block.inner, attachment=block.attachment), inside)

    def _paragraph(self, block: Paragraph) -> None:
        first = block.look is Look.COVER and self.fresh
        inside = "".join(run(r.text, marked=r.todo) for r in block.runs)
        self._put(_LOOKS.get(block.look, BODY), inside, f'<w:spacing w:before="{_COVER}"/>' if first else "")

    def _chart(self, block: ChartBlock) -> None:
        self.charts += 1
        self._put("决算图", add_chart(self.document, block, self.charts))
        self._put(CAPTION, run(block.caption))

    def _table(self, block: TableBlock) -> None:
        if block.is_form:
            self.parts.append(form_xml(block, self.styles, self.width, begins=self._begins()))
            return
        begins = self._begins() or (self.tables and not self.turned)
        title = self._marked(block.title) if is_listed(block) else run(block.title)
        self.parts.append(statement_xml(block, self.styles, self.width, title, begins=begins))
        self.tables = True

    def _contents(self, block: Contents) -> None:
        self._put("决算目录题", run(block.title))
        if block.note:
            self._put(TOC[2], run(block.note))
        lines = list(contents_lines(self.report))
        for number, (text, level) in enumerate(lines):
            begin = field_begin(' TOC \\o "1-2" \\h \\z \\u ') if not number else ""
            end = field_end() if number == len(lines) - 1 else ""
            inside = run(f"{text}\t") + page_reference(f"{_MARK}{number + 1}", self.pages.get(text))
            tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_TAB}"/></w:tabs>'
            self._put(TOC[level], begin + inside + end, f'{tabs}<w:ind w:left="{280 * (level - 1)}"/>')

    def finish(self) -> str:
        """Set names and settings of the whole; the document's body."""
        properties = self.document.core_properties
        properties.title, properties.author, properties.subject = self.report.title, self.report.entity, "部门决算公开"
        properties.comments, properties.last_modified_by = "", self.report.entity
        if not self.pages:
            setting = OxmlElement("w:updateFields")
            setting.set(qn("w:val"), "true")
            self.document.settings.element.append(setting)
        text = "".join(self.parts)
        return f"{_HEAD}<w:document {SPACE}><w:body>{text}{_markup(self.section)}</w:body></w:document>"


def _markup(section: Element) -> str:
    return etree.tostring(section, encoding="unicode")


def _width(section: Section) -> int:
    """Twentieths of a point between the margins of a page."""
    whole, left, right = section.page_width or 0, section.left_margin or 0, section.right_margin or 0
    return int(whole - left - right) // _TWIP


def _page(section: Section, *, landscape: bool) -> None:
    width, height = PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    if landscape:
        # The page is turned: what was above is at the left.
        section.top_margin, section.bottom_margin = MARGINS["left"], MARGINS["right"]
        section.left_margin, section.right_margin = Mm(34), Mm(33)
    else:
        section.top_margin, section.bottom_margin = MARGINS["top"], MARGINS["bottom"]
        section.left_margin, section.right_margin = MARGINS["left"], MARGINS["right"]
    section.different_first_page_header_footer = False
    section.footer_distance = Mm(25) if not landscape else Mm(15)


def _footers(document: WordDocument) -> None:
    """— 1 — at the outer side, one character from the margin."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.different_first_page_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Footer"]
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
        indent = properties.get_or_add_ind()
        indent.set(qn(f"w:{side}Chars"), "100")
        indent.set(qn(f"w:{side}"), "280")
        for text in ("— ", None, " —"):
            run = paragraph.add_run(text or "")
            run.font.size, run.font.name = Pt(14), FONTS.latin
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONTS.table)  # noqa: SLF001
            if text is None:
                _simple_field(run._r, " PAGE ", "1")  # noqa: SLF001


def _simple_field(run: Element, instruction: str, shown: str) -> None:
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", shown), ("end", "")):
        if kind == "shown":
            element = OxmlElement("w:t")
            element.text = text
        elif kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        run.append(element)
