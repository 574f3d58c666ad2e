"""A composed report as a Word document."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from lxml.etree import _Element as Element

from juesuan.compose.document import contents_lines, is_listed
from juesuan.compose.docx.charts import add_chart
from juesuan.compose.docx.look import BODY, CAPTION, COVER, FONTS, MARGINS, PAGE, TOC, add_styles, heading
from juesuan.compose.docx.tables import add_form, add_table, mark
from juesuan.compose.draft import Block, Break, ChartBlock, Contents, Draft, Heading, Look, Paragraph, TableBlock
from juesuan.errors import UsageError

__all__ = ["write_docx"]

_LOOKS = {Look.BODY: BODY, Look.COVER: COVER, Look.CAPTION: CAPTION, Look.NOTE: "决算右注"}
_TAB = 8700


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
    writer.finish()
    buffer = io.BytesIO()
    document.save(buffer)
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
    """Puts blocks into a document, one after another; pages turn on their side for wide tables."""

    def __init__(self, document: WordDocument, report: Draft, pages: Mapping[str, int], *, own_pages: bool) -> None:
        self.document, self.report, self.pages = document, report, pages
        self.own_pages = own_pages
        self.charts = 0
        self.marks = 0
        self.landscape = self.turned = False
        self.fresh = True
        self.breaking = False
        self.tables = False
        if own_pages:
            _page(document.sections[0], landscape=False)
        _footers(document)

    def add(self, block: Block) -> None:
        """One block."""
        if not isinstance(block, Break):
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
        elif isinstance(block, Break):
            self.breaking = not self.fresh

    def _turn(self, *, landscape: bool) -> None:
        """Begin a page that lies or stands as the next block needs it."""
        self.turned = self.own_pages and landscape != self.landscape
        if self.turned:
            _page(self.document.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)
            self.landscape, self.breaking = landscape, False

    def _bookmark(self) -> tuple[int, str]:
        self.marks += 1
        return self.marks, f"_Toc{700000000 + self.marks}"

    def _heading(self, block: Heading) -> None:
        paragraph = self.document.add_paragraph(
            style=heading(block.level, inner=block.inner, attachment=block.attachment)
        )
        run = paragraph.add_run(block.text)
        if block.level <= 2:
            mark(self._bookmark(), run._r)  # noqa: SLF001 - python-docx has no bookmarks
        self._begun(paragraph)

    def _begun(self, paragraph: WordParagraph) -> None:
        """The first paragraph after a break begins a page."""
        if self.breaking:
            paragraph.paragraph_format.page_break_before = True
        self.breaking = self.fresh = False

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self.document.add_paragraph(style=_LOOKS.get(block.look, BODY))
        if block.look is Look.COVER and self.fresh:
            paragraph.paragraph_format.space_before = Pt(150)
        for run in block.runs:
            made = paragraph.add_run(run.text)
            if run.todo:
                _highlight(made._r)  # noqa: SLF001
        self._begun(paragraph)

    def _chart(self, block: ChartBlock) -> None:
        self.charts += 1
        add_chart(self.document, self.document.add_paragraph(style="决算图"), block, self.charts)
        self.document.add_paragraph(block.caption, style=CAPTION)
        self.fresh = False

    def _table(self, block: TableBlock) -> None:
        if block.is_form:
            begins, self.breaking, self.fresh = self.breaking, False, False
            add_form(self.document, block, begins)
            return
        if self.tables and not self.turned:
            self.breaking = True
        begins, self.breaking = self.breaking, False
        add_table(
            self.document,
            block,
            begins,
            self._bookmark() if is_listed(block) else (9000 + self.marks, f"_Part{self.marks}"),
        )
        self.tables, self.fresh = True, False

    def _contents(self, block: Contents) -> None:
        self._begun(self.document.add_paragraph(block.title, style="决算目录题"))
        if block.note:
            self.document.add_paragraph(block.note, style=TOC[2])
        lines = list(contents_lines(self.report))
        for number, (text, level) in enumerate(lines):
            paragraph = self.document.add_paragraph(style=TOC[level])
            _tabs(paragraph, level)
            if not number:
                _field(paragraph, "begin", ' TOC \\o "1-2" \\h \\z \\u ')
            paragraph.add_run(f"{text}\t")
            _page_reference(paragraph, f"_Toc{700000000 + number + 1}", self.pages.get(text))
            if number == len(lines) - 1:
                _field(paragraph, "end", "")
        self.fresh = False

    def finish(self) -> None:
        """Names and settings of the whole."""
        properties = self.document.core_properties
        properties.title, properties.author, properties.subject = self.report.title, self.report.entity, "部门决算公开"
        properties.comments, properties.last_modified_by = "", self.report.entity
        if not self.pages:
            setting = OxmlElement("w:updateFields")
            setting.set(qn("w:val"), "true")
            self.document.settings.element.append(setting)


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


def _field(paragraph: WordParagraph, kind: str, instruction: str) -> None:
    """Begin or end of a field that spans paragraphs."""
    run = paragraph.add_run()._r  # noqa: SLF001
    if kind == "begin":
        for part, text in (("begin", ""), ("", instruction), ("separate", "")):
            element = OxmlElement("w:fldChar" if part else "w:instrText")
            if part:
                element.set(qn("w:fldCharType"), part)
            else:
                element.set(qn("xml:space"), "preserve")
                element.text = text
            run.append(element)
    else:
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), "end")
        run.append(element)


def _page_reference(paragraph: WordParagraph, bookmark: str, page: int | None) -> None:
    _simple_field(paragraph.add_run()._r, f" PAGEREF {bookmark} \\h ", str(page) if page else "")  # noqa: SLF001


def _tabs(paragraph: WordParagraph, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    tabs = OxmlElement("w:tabs")
    tab = OxmlElement("w:tab")
    tab.set(qn("w:val"), "right")
    tab.set(qn("w:leader"), "dot")
    tab.set(qn("w:pos"), str(_TAB))
    tabs.append(tab)
    properties.append(tabs)
    indent = properties.get_or_add_ind()
    indent.set(qn("w:left"), str(280 * (level - 1)))


def _highlight(run: CT_R) -> None:
    properties = run.get_or_add_rPr()
    mark_ = OxmlElement("w:highlight")
    mark_.set(qn("w:val"), "yellow")
    properties.append(mark_)
