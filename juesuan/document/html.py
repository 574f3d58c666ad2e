"""Web pages (html, mhtml, and the "xls" and "doc" files that are web pages): text, headings and tables in order.

Nothing is fetched, nothing is run. Pages of which the text is only in pictures or scripts are told as lost.
"""

from __future__ import annotations

import email
import email.message
import email.policy
import hashlib
import re
from pathlib import Path

from lxml import etree, html

from juesuan.document.decode import decode_text
from juesuan.document.limits import DEFAULT_LIMITS, Limits
from juesuan.document.model import Block, Cell, Document, Paragraph, Problem, Table
from juesuan.errors import DamagedDocumentError, LimitError

__all__ = ["read_html", "read_mhtml"]

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?([\w.:-]{2,20})""", re.IGNORECASE)
_CHARSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "hz-gb-2312": "hz",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "big5": "big5",
    "utf-16": "utf-16",
    "unicode": "utf-16",
}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLANK = re.compile(r"[ \t\r\n\f\v]+")
# A line break of the source between two Chinese characters is no blank (CSS Text 3, segment breaks).
_WIDE_BREAK = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u2e80-\u9fff\uff00-\uffef])")
_NUL = re.compile(r"[\x00\ud800-\udfff]")
_SILENT = frozenset({"script", "style", "noscript", "template", "head", "select", "object", "iframe", "svg", "math"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "dfn",
        "del",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "o:p",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "wbr",
        "button",
    }
)
_CELLS = frozenset({"td", "th"})
_MAX_SPAN = 1000
_TAGS_PER_BLOCK = 2
"""Each takes some hundred bytes once it is parsed."""


def read_html(path: Path, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a saved web page. Raises DamagedDocumentError, LimitError."""
    return _document(path, data, _decode(path, data, None), "html", limits)


def read_mhtml(path: Path, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a web archive: the first page in it. Raises DamagedDocumentError, LimitError."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    part = next((item for item in message.walk() if item.get_content_type() == "text/html"), None)
    if part is None:
        text = f"文件“{path}”是网页归档，但里面没有网页正文，请用浏览器或 Word 打开后另存一份再检查。"
        raise DamagedDocumentError(text)
    content = part.get_payload(decode=True)
    body = content if isinstance(content, bytes) else b""
    return _document(path, data, _decode(path, body, part.get_content_charset()), "mhtml", limits)


def _decode(path: Path, data: bytes, declared: str | None) -> tuple[str, list[Problem]]:
    if declared is None:
        match = _CHARSET.search(data[:4096])
        declared = match[1].decode("ascii").lower() if match else None
    decoded = decode_text(data, _CHARSETS.get(declared or ""))
    if decoded is None:
        message = f"文件“{path}”的网页文字无法解码，请用浏览器打开后另存为 UTF-8 网页或 PDF 再检查。"
        raise DamagedDocumentError(message)
    problems = []
    if decoded.bad:
        text = f"网页中有 {len(decoded.bad)} 处字节损坏，无法还原成文字，已用“\ufffd”占位；请对照原件核对。"
        problems.append(Problem(text, lost=True))
    return decoded.text, problems


def _document(path: Path, data: bytes, decoded: tuple[str, list[Problem]], kind: str, limits: Limits) -> Document:
    text, problems = decoded
    if len(text) > limits.text_characters:
        message = f"文件“{path}”有 {len(text)} 个字符，超过上限 {limits.text_characters}，请拆分后分别检查。"
        raise LimitError(message)
    if text.count("<") > _TAGS_PER_BLOCK * limits.blocks:
        message = f"文件“{path}”的网页标记超过上限 {_TAGS_PER_BLOCK * limits.blocks}，请拆分后分别检查。"
        raise LimitError(message)
    text = _NUL.sub("\ufffd", _DECLARATION.sub("", text.removeprefix("\ufeff")))
    walker = _Walker(path, limits)
    if text.strip():
        try:
            parser = html.HTMLParser(no_network=True, huge_tree=False)
            root = html.document_fromstring(text, parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError) as error:
            message = f"文件“{path}”的网页结构读不出来，请用浏览器打开后另存为 PDF 再检查。"
            raise DamagedDocumentError(message) from error
        walker.run(root)
        if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
            # The parser stops at its own limits of depth and size and keeps what came before.
            told = "网页嵌套过深或结构异常，后面的内容没有读取，请用浏览器打开后另存为 PDF 再检查。"
            problems.append(Problem(told, lost=True))
    return Document(
        path=str(path),
        format=kind,
        blocks=tuple(walker.blocks),
        sha256=hashlib.sha256(data).hexdigest(),
        problems=(*problems, *walker.problems()),
    )


class _Walker:
    """Walks the elements in order, without recursion, and gathers text into paragraphs and tables."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self.blocks: list[Block] = []
        self.pieces: list[str] = []
        self.heading: int | None = None
        self.cells = 0
        self.preformatted = 0
        self.images = 0
        self.frames = 0

    def problems(self) -> list[Problem]:
        """What was in the page and is not in the blocks."""
        found: list[Problem] = []
        if self.images:
            wordless = not self.blocks
            what = "且没有文字" if wordless else "图中的文字没有读取"
            found.append(Problem(f"网页里有 {self.images} 张图片，{what}，请人工核对或提供文字版。", lost=wordless))
        if self.frames:
            text = f"网页里有 {self.frames} 处嵌入的其他页面没有读取，请另行保存后检查。"
            found.append(Problem(text, lost=True))
        return found

    def run(self, root: etree._Element, skipped: frozenset[str] = frozenset()) -> None:
        """Take everything inside `root` but the elements named in `skipped`."""
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event in {"comment", "pi"}:
                self._text(element.tail)
                continue
            tag = element.tag.lower()
            if event == "start":
                self._count(tag)
                if tag in _SILENT or tag in skipped:
                    walk.skip_subtree()
                elif tag == "table" and not skipped and self._is_data(element):
                    self._flush()
                    self.run(element, skipped=_CELLS)
                    self._table(element)
                    walk.skip_subtree()
                else:
                    self._open(tag)
                    self._text(element.text)
            else:
                self._close(tag)
                if element is not root:
                    self._text(element.tail)
        self._flush()

    def _count(self, tag: str) -> None:
        self.images += tag in {"img", "canvas", "v:imagedata"}
        self.frames += tag in {"iframe", "frame", "embed"}

    def _open(self, tag: str) -> None:
        self.preformatted += tag == "pre"
        if tag == "br":
            self._flush()
        elif tag not in _INLINE:
            self._flush()
            self.heading = _HEADINGS.get(tag, self.heading)

    def _close(self, tag: str) -> None:
        self.preformatted -= tag == "pre"
        if tag not in _INLINE:
            self._flush()
            if tag in _HEADINGS:
                self.heading = None

    def _text(self, text: str | None) -> None:
        lines = text.splitlines() if text and self.preformatted else [text or ""]
        for number, line in enumerate(lines):
            if number:
                self._flush()
            self.pieces.append(line)

    def _flush(self) -> None:
        text = _BLANK.sub(" ", _WIDE_BREAK.sub("", "".join(self.pieces))).strip(" ")
        self.pieces.clear()
        if text.strip():
            self._add(Paragraph(id=len(self.blocks), text=text, heading=self.heading))

    def _add(self, block: Block) -> None:
        if len(self.blocks) >= self.limits.blocks:
            message = f"文件“{self.path}”的段落超过上限 {self.limits.blocks}，请拆分后分别检查。"
            raise LimitError(message)
        self.blocks.append(block)

    def _is_data(self, table: etree._Element) -> bool:
        """A table of data, not one that only lays out the page around paragraphs and further tables."""
        if next(table.iterdescendants("table"), None) is not None:
            return False
        return sum(1 for _ in table.iter("td", "th")) > 1

    def _table(self, table: etree._Element) -> None:
        cells: list[Cell] = []
        taken: set[tuple[int, int]] = set()
        number = -1
        for row in table.iter("tr"):
            number += 1
            column = 0
            for item in row.iterchildren("td", "th"):
                while (number, column) in taken:
                    column += 1
                cell = self._cell(item, number, column, _free_width(item, taken, number, column))
                self.cells += cell.rowspan * cell.colspan
                if self.cells > self.limits.table_cells:
                    message = f"文件“{self.path}”的表格单元格超过上限 {self.limits.table_cells}，请拆分后分别检查。"
                    raise LimitError(message)
                cells.append(cell)
                taken.update(
                    (number + down, column + right) for down in range(cell.rowspan) for right in range(cell.colspan)
                )
        if not any(cell.text.strip() for cell in cells):
            return
        columns = max(cell.column + cell.colspan for cell in cells)
        self._add(Table(id=len(self.blocks), cells=tuple(_within(cells, number + 1)), rows=number + 1, columns=columns))

    def _cell(self, item: etree._Element, row: int, column: int, width: int) -> Cell:
        inner = _Walker(self.path, self.limits)
        inner.run(item)
        self.images += inner.images
        self.frames += inner.frames
        text = "\n".join(block.text for block in inner.blocks if isinstance(block, Paragraph))
        return Cell(row=row, column=column, text=text, rowspan=_span(item, "rowspan"), colspan=width)


def _free_width(item: etree._Element, taken: set[tuple[int, int]], row: int, column: int) -> int:
    """The columns a cell spans, as far as no cell from above reaches down there."""
    wanted = _span(item, "colspan")
    return next((width for width in range(1, wanted) if (row, column + width) in taken), wanted)


def _within(cells: list[Cell], rows: int) -> list[Cell]:
    """Cells whose declared height runs beyond the table's end are cut there."""
    return [
        cell
        if cell.row + cell.rowspan <= rows
        else Cell(row=cell.row, column=cell.column, text=cell.text, rowspan=rows - cell.row, colspan=cell.colspan)
        for cell in cells
    ]


def _span(item: etree._Element, name: str) -> int:
    text = (item.get(name) or "1").strip()
    return min(max(int(text), 1), _MAX_SPAN) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
