"""Plain text: paragraphs by line, and the tables and chart data that a Word file leaves in its text.

Three forms are told from prose by their tabs alone:

- cells on lines of their own, each led by a tab, an empty line after each row (Word saved as text);
- lines of cells with tabs between them (pasted from a spreadsheet);
- one line of categories followed by as many numbers (the cached data of a chart), with the title,
  the series name and the data labels above it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from juesuan.document.decode import decode_text
from juesuan.document.limits import DEFAULT_LIMITS, Limits
from juesuan.document.model import Block, Cell, Document, Paragraph, Problem, Table
from juesuan.document.txt_charts import ChartLines, find_charts
from juesuan.errors import DamagedDocumentError, EmptyDocumentError, LimitError, NotADocumentError

__all__ = ["blocks_of_text", "read_txt", "text_document"]

_BREAK = re.compile(r"\r\n|[\n\r\f]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = bytes([*range(9), *range(14, 32), 127])
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ENUMERATOR = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]?\s*")
_PAGE_NUMBER = re.compile(r"\d{1,4}\s*")
_BINARY_SHARE = 0.05
_PROSE_LENGTH = 30
_PLACES_TOLD = 3

Row = list[str]


def read_txt(path: Path, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a plain text file in UTF-8, GB18030 or UTF-16.

    Raises DamagedDocumentError when the bytes are no text in any of these, NotADocumentError for
    binary content, EmptyDocumentError, LimitError.
    """
    decoded = decode_text(data)
    if decoded is None:
        if len(data) - len(data.translate(None, _CONTROL_BYTES)) > len(data) * _BINARY_SHARE:
            message = f"文件“{path}”的内容不是文字，请确认是否选错了文件，或用原软件打开后另存一份。"
            raise NotADocumentError(message)
        message = f"文件“{path}”的文字无法解码，它不是 UTF-8、GB18030 或 UTF-16 编码，请用记事本另存为 UTF-8 后重试。"
        raise DamagedDocumentError(message)
    problems: list[Problem] = []
    if decoded.bad:
        where = "、".join(f"第 {_line_number(decoded.text, at)} 行" for at in decoded.bad[:_PLACES_TOLD])
        problems.append(
            Problem(
                f"文件中有 {len(decoded.bad)} 处字节损坏，无法还原成文字（{where}{_more(len(decoded.bad))}），"
                "已用“\ufffd”占位；请对照原件核对这些地方。",
                lost=True,
            )
        )
    if not decoded.sure:
        problems.append(Problem("文件的编码按 GB18030 读取，但含有大量生僻字，可能有误；请另存为 UTF-8 后重试。"))
    digest = hashlib.sha256(data).hexdigest()
    return text_document(decoded.text, str(path), limits, sha256=digest, problems=problems)


def text_document(
    text: str, name: str, limits: Limits = DEFAULT_LIMITS, *, sha256: str = "", problems: Sequence[Problem] = ()
) -> Document:
    """The document of a text already decoded; `name` stands for the file in messages."""
    if len(text) > limits.text_characters:
        message = f"文件“{name}”有 {len(text)} 个字符，超过上限 {limits.text_characters}，请拆分后分别检查。"
        raise LimitError(message)
    if not text.strip("\ufeff \t\r\n\f\v\u3000\xa0\0"):
        message = f"文件“{name}”是空的，没有可以检查的文字，请确认是否选错了文件。"
        raise EmptyDocumentError(message)
    found = [*problems, *_strange_characters(text, name)]
    text = _SURROGATE.sub("\ufffd", text)
    return Document(
        path=name,
        format="txt",
        blocks=blocks_of_text(text, name, limits),
        sha256=sha256 or hashlib.sha256(text.encode("utf-8")).hexdigest(),
        problems=tuple(found),
    )


def _strange_characters(text: str, name: str) -> list[Problem]:
    """Control characters are kept and told; half surrogate pairs cannot be written anywhere and are lost."""
    found: list[Problem] = []
    controls = [match.start() for match in _CONTROL.finditer(text)]
    if len(controls) > max(8, len(text) * _BINARY_SHARE):
        message = f"文件“{name}”的内容不是文字（含大量控制字符），请确认是否选错了文件。"
        raise NotADocumentError(message)
    if controls:
        where = "、".join(f"第 {_line_number(text, at)} 行" for at in controls[:_PLACES_TOLD])
        found.append(Problem(f"文字中有 {len(controls)} 个控制字符（{where}{_more(len(controls))}），请删除后另存。"))
    broken = len(_SURROGATE.findall(text))
    if broken:
        found.append(Problem(f"文字中有 {broken} 个字符损坏，已用“\ufffd”占位；请对照原件核对。", lost=True))
    return found


def _line_number(text: str, offset: int) -> int:
    return sum(1 for _ in _BREAK.finditer(text, 0, offset)) + 1


def _more(count: int) -> str:
    return "等" if count > _PLACES_TOLD else ""


def blocks_of_text(text: str, name: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Block, ...]:
    """Paragraphs, tables and charts of a text, in the order of its lines."""
    lines = _BREAK.split(text.removeprefix("\ufeff"))
    maker = _Maker(lines, name, limits)
    maker.run()
    return tuple(maker.blocks)


def _led(line: str) -> bool:
    """A line that is one cell: a tab, then text without further tabs (or nothing)."""
    return line.startswith("\t") and "\t" not in line.strip("\t")


def _tabbed(line: str) -> bool:
    """A line of several cells: a tab with something before and, before or after it, another cell."""
    return "\t" in line.strip("\t") or (not line.startswith("\t") and "\t" in line)


class _Maker:
    """Walks the lines once and turns each stretch into blocks."""

    def __init__(self, lines: list[str], name: str, limits: Limits) -> None:
        self.lines = lines
        self.name = name
        self.limits = limits
        self.charts: dict[int, ChartLines] = {chart.first: chart for chart in find_charts(lines)}
        self.blocks: list[Block] = []
        self.cells = 0

    def run(self) -> None:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            chart = self.charts.get(at)
            if chart is not None:
                self._add(chart.chart(len(self.blocks)))
                at = chart.last + 1
            elif _led(line):
                at = self._cell_table(at)
            elif not line.strip():
                at += 1
            elif _tabbed(line):
                at = self._tabbed_table(at)
            else:
                self._paragraph(line)
                at += 1

    def _add(self, block: Block) -> None:
        if len(self.blocks) >= self.limits.blocks:
            message = f"文件“{self.name}”的段落超过上限 {self.limits.blocks}，请拆分后分别检查。"
            raise LimitError(message)
        self.blocks.append(block)

    def _paragraph(self, line: str) -> None:
        if line.strip():
            self._add(Paragraph(id=len(self.blocks), text=line))

    def _table(self, rows: list[Row], *, regular: bool) -> None:
        columns = max(len(row) for row in rows)
        self.cells += sum(len(row) for row in rows)
        if self.cells > self.limits.table_cells:
            message = f"文件“{self.name}”的表格单元格超过上限 {self.limits.table_cells}，请拆分后分别检查。"
            raise LimitError(message)
        cells = tuple(
            Cell(row=number, column=column, text=text)
            for number, row in enumerate(rows)
            for column, text in enumerate(row)
        )
        self._add(Table(id=len(self.blocks), cells=cells, rows=len(rows), columns=columns, regular=regular))

    def _cell_table(self, start: int) -> int:
        """Take the rows of cells that begin here; returns the next line that is not theirs."""
        rows, at = self._cell_rows(start)
        if _is_form(rows):
            self._table(rows, regular=False)
        else:
            for line in self.lines[start:at]:
                self._paragraph(line)
        return at

    def _cell_rows(self, at: int) -> tuple[list[Row], int]:
        rows: list[Row] = []
        while True:
            row, led_end, at = self._cell_row(at)
            blanks, following = self._blanks(at)
            rows.append(row)
            # A cell of several lines may end in an empty line of its own, before the one that ends the row.
            allowed = 2 if led_end < at else 1
            if not 1 <= blanks <= allowed or following >= len(self.lines) or not _led(self.lines[following]):
                break
            at = following
        if led_end < at and (len(rows) == 1 or len(row) == 1):
            # A last line over the whole width (signatures) and a lone row end with their own line:
            # what follows is text after the table.
            row[-1] = row[-1].partition("\n")[0]
            at = led_end
        return rows, at

    def _cell_row(self, at: int) -> tuple[Row, int, int]:
        """One row from line `at`: its cells, the line after its last tab-led line, the line after the row."""
        row: list[list[str]] = []
        led_end = at
        while at < len(self.lines) and at not in self.charts:
            line = self.lines[at]
            if _led(line):
                row.append([line[1:]])
                led_end = at + 1
            elif line.strip() and not _tabbed(line):
                row[-1].append(line)
            else:
                break
            at += 1
        return ["\n".join(cell) for cell in row], led_end, at

    def _blanks(self, at: int) -> tuple[int, int]:
        """How many empty lines stand from here, and the line after them."""
        start = at
        while at < len(self.lines) and not self.lines[at].strip() and not _led(self.lines[at]):
            at += 1
        return at - start, at

    def _tabbed_table(self, start: int) -> int:
        """Take the lines of tab-separated cells that begin here; returns the next line that is not theirs."""
        at = start
        while at < len(self.lines) and at not in self.charts and (_tabbed(self.lines[at]) or _led(self.lines[at])):
            at += 1
        while _led(self.lines[at - 1]):
            at -= 1
        lines = self.lines[start:at]
        rows = [line.split("\t") for line in lines]
        width = max(max((n + 1 for n, text in enumerate(row) if text.strip()), default=1) for row in rows)
        rows = [row[:width] for row in rows]
        if _is_grid(rows):
            self._table(rows, regular=True)
        else:
            for line in lines:
                self._paragraph(line)
        return at


def _is_form(rows: list[Row]) -> bool:
    """Whether rows of tab-led lines are a table and not paragraphs indented by a tab."""
    widest = max(len(row) for row in rows)
    if widest < 2 or not any(text.strip() for row in rows for text in row):
        return False
    if len(rows) == 1 and any(text.startswith("\t") for text in rows[0]):
        return False  # Tabs in a row are an indent.
    return not _is_prose([text for row in rows for text in row])


def _is_grid(rows: list[Row]) -> bool:
    """Whether tab-separated lines are a table and not a list, a table of contents, or one line with gaps."""
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return False
    pairs = [(row[0], row[-1]) for row in rows if len([text for text in row if text.strip()]) == 2]
    if len(pairs) == len(rows):
        if all(_ENUMERATOR.fullmatch(first.strip()) for first, _ in pairs):
            return False
        numbers = [int(last) for _, last in pairs if _PAGE_NUMBER.fullmatch(last.strip())]
        if len(numbers) == len(rows) and numbers == sorted(numbers):
            return False
    return not _is_prose(["".join(row) for row in rows])


def _is_prose(texts: list[str]) -> bool:
    filled = [text.rstrip() for text in texts if text.strip()]
    sentences = sum(1 for text in filled if len(text) >= _PROSE_LENGTH and text[-1] in "。；;：:")
    return 2 * sentences > len(filled)
