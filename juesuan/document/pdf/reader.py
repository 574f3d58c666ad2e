"""Reading a PDF: pages one after the other, then what joins over pages.

Whatever a page does not give is said in the document's problems; a file that cannot be read at all ends in an error
that names it.
"""

from __future__ import annotations

import ctypes
import hashlib
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from juesuan.document.limits import Limits
from juesuan.document.model import Block, Document, Origin, Paragraph, Problem, Table
from juesuan.document.pdf import native
from juesuan.document.pdf.cells import share_out
from juesuan.document.pdf.chars import Clips, read_runs, turn_of
from juesuan.document.pdf.columns import by_columns
from juesuan.document.pdf.flow import goes_on, joined, margins_of
from juesuan.document.pdf.furniture import PageLines, strip_furniture
from juesuan.document.pdf.grid import Grid, find_grids
from juesuan.document.pdf.lines import lines_of
from juesuan.document.pdf.notes import foot_of, paragraphs_of, without_marks
from juesuan.document.pdf.page import Frame, Margins, Rule, Run, TextLine
from juesuan.document.pdf.rules import Drawn, read_rules
from juesuan.document.pdf.screen import is_ordinary, probe
from juesuan.document.pdf.tables import RawCell, RawTable, cells_of, continues, merge
from juesuan.document.pdf.unruled import find_unruled, may_hold_columns
from juesuan.errors import DamagedDocumentError, EmptyDocumentError, EncryptedDocumentError, LimitError

__all__ = ["frames_of", "read_pdf", "read_unscreened"]

_PICTURE: Final = 0.1
"""An image that covers this share of a page may hold text."""
_MOST_CHARACTERS: Final = 200_000
"""Characters of one page; a page of the smallest print has some ten thousand."""
_MOST_SIDE: Final = 20_000.0
"""Points: no sheet of paper is larger."""


@dataclass(slots=True)
class _Page:
    lines: PageLines
    tables: list[RawTable]
    problems: list[Problem]
    characters: int = 0
    notes: list[TextLine] = field(default_factory=list)


@dataclass(slots=True)
class _Budget:
    """What may still be spent on the file."""

    name: str
    limits: Limits
    deadline: float
    characters: int = 0
    cells: int = 0

    def spend(self, characters: int, cells: int) -> None:
        self.characters += characters
        self.cells += cells
        limits = self.limits
        if self.characters > limits.text_characters:
            raise LimitError(f"{self.name} 的文字超过 {limits.text_characters} 个字符，没有读下去。请拆分后再审核。")
        if self.cells > limits.table_cells:
            raise LimitError(f"{self.name} 的表格超过 {limits.table_cells} 个单元格，没有读下去。请拆分后再审核。")
        if time.monotonic() > self.deadline:
            raise LimitError(f"{self.name} 读了 {limits.seconds:g} 秒还没有读完，已停止。请拆分或重新导出后再审核。")


def _frame(page: int, turn: int) -> Frame:
    """The space the boxes of a page count in, `turn` quarters turned."""
    box = (ctypes.c_float * 4)()
    native.page_bounds(page, native.address(box))
    left, top, right, bottom = box
    if not (0 < right - left < _MOST_SIDE and 0 < top - bottom < _MOST_SIDE):
        left, top, right, bottom = 0.0, 842.0, 595.0, 0.0
    return Frame(left, bottom, right, top, turn)


def _table(grid: Grid, number: int, page: int, inside: dict[tuple[int, int], list[Run]]) -> RawTable | None:
    """The table of a grid; None when no cell holds text."""
    xs, ys = grid.xs, grid.ys
    cells: list[RawCell] = []
    filled = False
    for index, (row, column, bottom, right) in enumerate(grid.cells):
        runs = inside.get((number, index))
        lines = tuple(lines_of(runs, page)) if runs else ()
        filled = filled or bool(lines)
        box = xs[column], ys[row], xs[right + 1], ys[bottom + 1]
        cells.append(RawCell(row, column, bottom - row + 1, right - column + 1, page, box, lines))
    if not filled:
        return None
    return RawTable(page, page, xs, len(ys) - 1, tuple(cells), ys[0], ys[-1])


def _said_of_drawing(drawn: Drawn, frame: Frame, characters: int, number: int) -> list[Problem]:
    width, height = frame.size
    share = drawn.images / (width * height)
    said: list[Problem] = []
    if drawn.cut:
        said.append(Problem(f"第{number}页的图形线条太多，表格可能没有读全，请对照原件。", page=number, lost=True))
    if not characters and drawn.images > 0:
        said.append(
            Problem(
                f"第{number}页是图片，没有文字可读，这一页没有审核。请提供未扫描的原始文档。", page=number, lost=True
            )
        )
    elif share > _PICTURE:
        said.append(Problem(f"第{number}页有图片，图片里的文字没有读入，请对照原件。", page=number))
    return said


def _turn(page: int, textpage: int, count: int) -> tuple[int, list[int] | None]:
    """How far the page is turned for its text to stand upright, and the quarter of each character (see `turn_of`)."""
    return turn_of(textpage, count) if count > 0 else (native.page_rotation(page) % 4, None)


def frames_of(data: bytes, pages: Iterable[int]) -> dict[int, Frame]:
    """The spaces in which `read_pdf` counts the boxes of these pages (from 1), to mark them in the file.

    Raises UnusableFileError or PasswordNeededError of `native` where `read_pdf` would not have read the page.
    """
    found: dict[int, Frame] = {}
    with native.LOCK, native.open_document(data) as document:
        for number in pages:
            with native.open_page(document, number - 1) as page, native.open_textpage(page) as textpage:
                found[number] = _frame(page, _turn(page, textpage, native.count_chars(textpage))[0])
    return found


def _read_page(document: int, index: int, limits: Limits) -> _Page:
    number = index + 1
    with native.open_page(document, index) as page, native.open_textpage(page) as textpage:
        count = native.count_chars(textpage)
        if count > _MOST_CHARACTERS:
            full = Problem(f"第{number}页有{count}个字符，远多于一页纸，没有读取，请对照原件。", page=number, lost=True)
            return _Page(PageLines(number, 595.0, 842.0, []), [], [full])
        turn, quarters = _turn(page, textpage, count)
        rotation = native.page_rotation(page) % 4
        frame = _frame(page, turn)
        runs, problems = read_runs(textpage, count, frame, quarters, number)
        characters = sum(len(run.text) for run in runs)
        drawn = read_rules(page, frame, limits.nesting_depth)
        if turn != rotation:
            problems.append(
                Problem(f"第{number}页的文字是横放的，已按转正后的页面读取，位置也按转正后的页面标注。", page=number)
            )
        problems += _said_of_drawing(drawn, frame, characters, number)
        grids = find_grids(drawn.horizontals, drawn.verticals)
        if grids is None:
            problems.append(Problem(f"第{number}页的线条太多，没有当作表格读取。", page=number, lost=True))
        # A single cell is a frame around text, or around the page.
        tables_here = [grid for grid in grids or () if len(grid.cells) > 1]
        inside, outside = share_out(runs, tables_here, Clips(textpage, frame).visible)
    found = (_table(grid, k, number, inside) for k, grid in enumerate(tables_here))
    tables = [table for table in found if table is not None]
    lines, aligned = _aligned(outside, lines_of(outside, number), drawn.horizontals, number)
    if aligned:
        tables += aligned
        problems.append(Problem(f"第{number}页的表格没有框线，按对齐位置读取，请对照原件。", page=number))
    if not tables:
        lines = by_columns(outside, lines, frame.size[0], number)
    lines, marks = without_marks(lines)
    if marks:
        problems.append(Problem(f"第{number}页有{marks}个上标的序号（多为脚注号）没有读入正文。", page=number))
    lines, notes = foot_of(lines, drawn.horizontals, *frame.size)
    return _Page(_page_lines(number, frame, lines, tables), tables, problems, characters, notes)


def _aligned(
    runs: list[Run], lines: list[TextLine], rules: list[Rule], number: int
) -> tuple[list[TextLine], list[RawTable]]:
    """The lines without those that make tables of their own, and these tables."""
    if not may_hold_columns(lines):
        return lines, []
    tables = find_unruled(runs, rules, number)
    bands = [(table.top - 0.5, table.bottom + 0.5) for table in tables]
    left = [x for x in lines if not any(top <= x.top and x.bottom <= bottom for top, bottom in bands)]
    return left, tables


def _page_lines(number: int, frame: Frame, lines: list[TextLine], tables: Sequence[RawTable]) -> PageLines:
    width, height = frame.size
    first, last = min((t.top for t in tables), default=None), max((t.bottom for t in tables), default=None)
    return PageLines(number, width, height, lines, first, last)


def _items(page: _Page) -> Iterator[TextLine | RawTable]:
    """Lines and tables of a page from top to bottom."""
    items: list[tuple[float, int, TextLine | RawTable]] = [(t.top, k, t) for k, t in enumerate(page.tables)]
    start = len(items)
    items += [
        ((line.top + line.bottom) / 2 if line.order is None else line.order, start + k, line)
        for k, line in enumerate(page.lines.lines)
    ]
    # Lines came by baseline: pieces of one baseline must not be parted by their differing heights.
    order = sorted(items, key=lambda item: (item[0], item[1]))
    return (item for _, _, item in order)


def _floors(pages: Sequence[_Page]) -> dict[tuple[int, int], float]:
    """How far down the pages of each size are filled (y)."""
    floors: dict[tuple[int, int], float] = defaultdict(float)
    for page in pages:
        size = round(page.lines.width), round(page.lines.height)
        ends = [line.bottom for line in page.lines.lines] + [table.bottom for table in page.tables]
        floors[size] = max([floors[size], *ends])
    return floors


@dataclass(slots=True)
class _Flow:
    """Blocks in the making: what is open may still go on."""

    blocks: list[Block] = field(default_factory=list)
    paragraph: list[TextLine] = field(default_factory=list)
    margins: Margins | None = None
    table: RawTable | None = None

    def line(self, line: TextLine, margins: Margins) -> None:
        self._close_table()
        if self.paragraph and self.margins and not goes_on(self.paragraph, line, self.margins, margins):
            self._close_paragraph()
        self.paragraph.append(line)
        self.margins = margins

    def add_table(self, table: RawTable, floor: float) -> None:
        self._close_paragraph()
        if self.table is not None and continues(self.table, table, floor):
            self.table = merge(self.table, table)
            return
        self._close_table()
        self.table = table

    def apart(self, held: Sequence[TextLine], origin: Origin) -> None:
        self.close()
        text, lines = joined(held, max(line.right for line in held))
        self.blocks.append(Paragraph(id=len(self.blocks), page=held[0].page, text=text, origin=origin, lines=lines))

    def close(self) -> None:
        self._close_paragraph()
        self._close_table()

    def _close_paragraph(self) -> None:
        if self.paragraph and self.margins:
            text, lines = joined(self.paragraph, self.margins.right)
            self.blocks.append(Paragraph(id=len(self.blocks), page=self.paragraph[0].page, text=text, lines=lines))
        self.paragraph = []

    def _close_table(self) -> None:
        if self.table is not None:
            table = self.table
            self.blocks.append(
                Table(
                    id=len(self.blocks),
                    page=table.first,
                    cells=cells_of(table),
                    rows=table.rows,
                    columns=table.columns,
                )
            )
        self.table = None


def _blocks(pages: Sequence[_Page]) -> tuple[Block, ...]:
    headers, footers = strip_furniture([page.lines for page in pages])
    margins = margins_of(((p.lines.width, p.lines.height), p.lines.lines) for p in pages)
    floors = _floors(pages)
    flow = _Flow()
    for page, edges in zip(pages, margins, strict=True):
        for item in _items(page):
            if isinstance(item, TextLine):
                flow.line(item, item.margins or edges)
            else:
                # The floor that counts is that of the page the table's first part ended on.
                before = pages[max(item.first - 2, 0)].lines
                flow.add_table(item, floors[round(before.width), round(before.height)])
    flow.close()
    for page in pages:
        for note in paragraphs_of(page.notes):
            flow.apart(note, Origin.FOOTNOTE)
    for line in headers:
        flow.apart([line], Origin.HEADER)
    for line in footers:
        flow.apart([line], Origin.FOOTER)
    return tuple(flow.blocks)


def _pages(document: int, budget: _Budget) -> tuple[list[_Page], int]:
    limits = budget.limits
    count = native.page_count(document)
    if count > limits.pages:
        raise LimitError(f"{budget.name} 有 {count} 页，超过 {limits.pages} 页的上限，没有读取。请拆分后再审核。")
    pages: list[_Page] = []
    for index in range(count):
        try:
            page = _read_page(document, index, limits)
        except native.UnusableFileError:
            number = index + 1
            broken = Problem(f"第{number}页已损坏，没有读出，这一页没有审核。请重新导出 PDF。", page=number, lost=True)
            page = _Page(PageLines(number, 595.0, 842.0, []), [], [broken])
        budget.spend(page.characters, sum(table.rows * table.columns for table in page.tables))
        pages.append(page)
    return pages, count


def read_pdf(path: Path, data: bytes, limits: Limits) -> Document:
    """The document in the bytes `data` of the file `path`.

    Raises EncryptedDocumentError when it opens with a password only, DamagedDocumentError when it is no PDF any
    more, EmptyDocumentError when it holds nothing, LimitError at a limit.
    Pages count from 1, boxes are in points from the upper left corner of the page.
    """
    name = path.name
    if len(data) > limits.file_bytes:
        raise LimitError(f"{name} 大于 {limits.file_bytes // (1024 * 1024)} MB，没有读取。请拆分或压缩图片后再审核。")
    if not is_ordinary(data):
        probe(name, data, limits)
    return read_unscreened(path, data, limits)


def read_unscreened(path: Path, data: bytes, limits: Limits) -> Document:
    """As `read_pdf`, in this process whatever the file may ask for."""
    name = path.name
    budget = _Budget(name, limits, time.monotonic() + limits.seconds)
    try:
        with native.LOCK, native.open_document(data) as document:
            pages, count = _pages(document, budget)
            attached = native.attachment_count(document)
    except native.PasswordNeededError as error:
        raise EncryptedDocumentError(f"{name} 有打开密码，没有读取。请去掉密码后再审核。") from error
    except native.UnusableFileError as error:
        raise DamagedDocumentError(f"{name} 不是完整的 PDF 文件，没有读出。请重新导出或重新下载。") from error
    if not count:
        raise DamagedDocumentError(f"{name} 里没有页面。请重新导出 PDF。")
    problems = [problem for page in pages for problem in page.problems]
    if attached > 0:
        problems.append(Problem(f"PDF 里带有 {attached} 个附件文件，没有读入。需要审核的请另存后单独审核。"))
    blocks = _blocks(pages)
    if not blocks and not problems:
        raise EmptyDocumentError(f"{name} 里没有任何文字。请确认文件，或提供未扫描的原始文档。")
    if len(blocks) > limits.blocks:
        raise LimitError(f"{name} 超过 {limits.blocks} 个段落和表格，没有读下去。请拆分后再审核。")
    return Document(
        path=str(path),
        format="pdf",
        blocks=blocks,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=count,
        problems=tuple(problems),
    )
