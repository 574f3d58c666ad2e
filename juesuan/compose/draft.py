"""A composed report before it is written to any format: blocks, with every printed figure tied to its exact value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from juesuan.compose.figure import Figure

__all__ = [
    "Block",
    "Break",
    "Cell",
    "ChartBlock",
    "ChartSeries",
    "Contents",
    "Draft",
    "Heading",
    "Look",
    "Paragraph",
    "Run",
    "TableBlock",
]


@dataclass(frozen=True, slots=True)
class Run:
    """Words, or one printed figure, with what it stands for.

    `todo` marks what a person has still to write, and in a draft a figure that the books contradict.
    """

    text: str
    figure: Figure | None = None
    todo: bool = False


class Look(Enum):
    """What a paragraph is on the page."""

    BODY = "body"
    COVER = "cover"
    CAPTION = "caption"
    NOTE = "note"
    TABLE_TITLE = "table_title"
    TABLE_HEAD = "table_head"


@dataclass(frozen=True, slots=True)
class Block:
    """What the blocks share."""


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A heading; `level` 1 is a part, 2 一、, 3 （一）, 4 1.

    `attachment`: the title of an attachment, of level 2; `inner`: a heading inside one.
    """

    text: str
    level: int
    attachment: bool = False
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """A paragraph of runs."""

    runs: tuple[Run, ...]
    look: Look = Look.BODY

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Contents(Block):
    """The list of headings and tables. `note`: what its first line says (公开时间)."""

    title: str = "目  录"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Break(Block):
    """A new page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: words, or a figure as printed."""

    row: int
    column: int
    text: str = ""
    figure: Figure | None = None
    rowspan: int = 1
    colspan: int = 1
    key: str = ""
    """What the cell is of, as the statement says: row key / column id."""
    todo: bool = False
    """In a draft, a figure that the books contradict."""
    align: str = ""
    """left, center or right where the table does not say it by columns; `label` are words of the form itself."""
    label: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock(Block):
    """A statutory table: its title with number, what stands above it, cells, and a note below.

    `head`: rows that are repeated on every page. `widths`: relative widths of the columns.
    `name`: the statement's id; `sheet`: its short name (公开01). `is_form`: a table of an attachment, which the contents
    do not list; then `name` is the form's id, and `sheet` what it is called among others (附件2 培训经费).
    """

    name: str
    sheet: str
    title: str
    entity_line: str
    unit_line: str
    cells: tuple[Cell, ...]
    rows: int
    columns: int
    head: int
    widths: tuple[float, ...]
    note: str = ""
    landscape: bool = False
    numeric: frozenset[int] = frozenset()
    is_form: bool = False


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One series: its name, and a figure for each category."""

    name: str
    values: tuple[Figure, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartBlock(Block):
    """A chart: `kind` bar, row (bars that lie) or pie; `measure` is that of the texts; `alt` says in words what it shows."""

    number: int
    title: str
    kind: str
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    measure: str
    alt: str

    @property
    def caption(self) -> str:
        return f"图{self.number}：{self.title}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole report.

    `missing` is what a person has still to write, `contradictions` what the books say against themselves; both are
    empty unless a draft was asked for.
    """

    title: str
    entity: str
    year: int
    kind: str
    profile: str
    blocks: tuple[Block, ...]
    missing: tuple[str, ...] = field(default=())
    contradictions: tuple[str, ...] = field(default=())

    @property
    def file_name(self) -> str:
        """What its files are called; a draft never takes the place of the finished report."""
        return f"{self.title}（草稿）" if self.missing or self.contradictions else self.title

    def headings(self) -> Iterator[Heading]:
        return (b for b in self.blocks if isinstance(b, Heading))

    def tables(self) -> Iterator[TableBlock]:
        return (b for b in self.blocks if isinstance(b, TableBlock))

    def printed(self) -> Iterator[tuple[str, Decimal]]:
        """Every printed figure with its exact value, in order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from ((r.text, r.figure) for r in block.runs if r.figure is not None)
            elif isinstance(block, TableBlock):
                yield from ((c.text, c.figure) for c in block.cells if c.figure is not None)
            elif isinstance(block, ChartBlock):
                for series in block.series:
                    yield from zip(series.texts, series.values, strict=True)
