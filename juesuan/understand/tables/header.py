"""The header of a grid: where it ends, what each column is called from top to bottom, the title and the measure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from juesuan.catalog import ECONOMIC, Level, load
from juesuan.facts import Stage
from juesuan.place import Place, span
from juesuan.place import cell as cell_place
from juesuan.quantity import Measure
from juesuan.taxonomy.statements import STATEMENTS
from juesuan.taxonomy.statements.wide import SUBTOTAL
from juesuan.understand.tables.grid import CODE, Grid, Line, is_amount
from juesuan.understand.tables.words import label, measure_in, stage_of, unit_in, year_of

CODE_WORDS = frozenset({"类", "款", "项"})
NAME_WORDS = frozenset(
    {
        "项目", "科目名称", "功能分类科目名称", "经济分类科目名称", "部门经济分类科目名称", "支出功能分类科目名称",
        "名称", "支出项目", "收入项目", "按功能分类", "项目按功能分类", "科目", "支出功能分类", "项目按支出功能分类",
    }
)  # fmt: skip
UNIT_NAMES = frozenset({"部门名称", "单位名称", "预算单位", "预算单位名称", "部门单位名称", "单位"})
"""Above the names of units: rows of several units stand in one table."""
SKIP_WORDS = frozenset({"行次", "栏次", "序号", "备注"})
_CODE_HEADER = re.compile(r"编码|代码")
_UNIT_CODE = re.compile(r"(?:预算)?(?:部门|单位|部门单位)(?:编码|代码|编号)")
_RATE = re.compile(r"%|％|[比幅率]$|幅度$|比例$|百分比")
"""A column of rates, which are no money."""
_KEY_HEADER = re.compile(r"编码|代码|科目$")
_OF_A_YEAR = re.compile(r"^20\d\d年(?:度)?(?=.)")
_OF_A_HEADER = re.compile(r"编码|代码|(?:名称|分类)$")
_LEAD_CELL = re.compile(
    r"(?:公开|财决|附)\s*\d{1,2}(?:-?\d|续\d{0,2})?\s*表|(?:附?表|附件)\s*[\d一二三四五六七八九十]{1,3}(?:[-—]\d)?\s*$|(?:编制|填报|预算)?(?:部门|单位)(?:名称)?\s*[：:]|20\d\d\s*年度?$"
)
_MOST_ROWS = 9
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 80
_LONGEST_ORDINAL = 2
"""Numbers of that many digits may count columns."""


@cache
def _vocabulary() -> frozenset[str]:
    """Words that only headers use."""
    words = {label(w) for s in STATEMENTS for side in s.sides for c in side.columns for w in (*c.labels, *c.under)}
    return (
        frozenset(words - {label(w) for w in ("合计", "总计", "小计")})
        | NAME_WORDS
        | UNIT_NAMES
        | CODE_WORDS
        | SKIP_WORDS
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a grid. `path`: its header words from top to bottom, without stage words.

    `role`: code, name, skip or figure. `year`: the year its header names; -1 for "last year".
    `staged`: the word just above its cells is 决算数, 预算数 or the like.
    """

    index: int
    path: tuple[str, ...]
    stage: Stage | None
    role: str
    measure: Measure | None = None
    year: int | None = None
    staged: bool = False

    @property
    def deepest(self) -> str:
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above a grid's figures. `body`: number of the first row of data; `titles`: lines that may be its title."""

    columns: tuple[Column, ...]
    body: int
    titles: tuple[str, ...]
    measure: Measure | None
    unit_place: Place | None = None


def read_header(grid: Grid) -> Header:
    """Find the header of a grid."""
    unit, titles, start = _lead(grid)
    measure, place = unit or (None, None)
    end = start
    named: set[int] = set()
    while end < min(len(grid.lines), start + _MOST_ROWS) and (
        _is_header(grid.lines[end], grid.columns) or _names_items(grid, start, end)
    ):
        if _names_a_row(grid.lines[end], named):
            break
        named |= {c for c in range(grid.columns) if _is_name_word(grid.lines[end], c)}
        end += 1
    paths = _paths(grid, start, end)
    columns = tuple(_column(grid, c, paths[c], end) for c in range(grid.columns))
    while end < len(grid.lines) and is_ordinals(grid.lines[end], grid.columns):
        end += 1
    if measure is None:
        measure = next((c.measure for c in columns if c.measure), None)
    return Header(columns, end, tuple(titles), measure, place)


def _lead(grid: Grid) -> tuple[tuple[Measure, Place] | None, list[str], int]:
    """Measure with its place, and title lines above the header: paragraphs, the sheet's name, and rows of one cell."""
    titles: list[str] = []
    measure: tuple[Measure, Place] | None = None
    start = 0
    for line in grid.lines[:_MOST_ROWS]:
        texts = list(dict.fromkeys(t for c in range(grid.columns) if (t := line.text(c))))
        unit = next((u for c in range(grid.columns) if (u := _unit_of(line, c)) is not None), None)
        if unit is not None:
            measure = measure or unit
        elif (
            len(texts) == 1
            and len(texts[0]) >= _SHORTEST_TITLE
            and not is_amount(texts[0])
            and _spans(line, grid.columns)
        ):
            titles.append(texts[0])
        elif texts and not all(_LEAD_CELL.match(t) for t in texts):
            break
        start += 1
    for paragraph in grid.before:
        text = paragraph.text.strip()
        if measure is None and (found := unit_in(paragraph.text)) is not None:
            measure = found[0], span(paragraph.id, *found[1])
        if len(text) <= _LONGEST_TITLE and not re.match(r"(?:注|说明)\s*[：:]", text) and "。" not in text:
            titles.append(text)
        else:
            break
    if grid.sheet:
        titles.append(grid.sheet)
    return measure, titles, start


def _unit_of(line: Line, column: int) -> tuple[Measure, Place] | None:
    """The measure a cell names, as 单位：万元."""
    cell = line.cells.get(column)
    found = unit_in(cell.text) if cell is not None else None
    return (found[0], cell_place(line.block, cell.row, cell.column, *found[1])) if cell and found else None


def _spans(line: Line, columns: int) -> bool:
    """Whether the row is one cell over the whole width, or one that stands first with nothing beside it."""
    first = next((line.cells[c] for c in range(columns) if line.text(c)), None)
    return first is not None and (first.colspan >= columns - 1 or columns > 1)


def _is_header(line: Line, columns: int) -> bool:
    if is_ordinals(line, columns):
        return False
    texts = [line.text(c) for c in range(columns)]
    if any(is_amount(t) and ("." in t or "," in t or len(t) > _LONGEST_ORDINAL) for t in texts):
        return False
    words = [label(t) for t in texts if t]
    if not words:
        return True
    bare = {stage_of(_OF_A_YEAR.sub("", w))[0] for w in words}
    if any(w in _vocabulary() or _KEY_HEADER.search(w) for w in bare | set(words)) or "" in bare:
        return not any(CODE.fullmatch(t) for t in texts) and not _numbered(texts)
    return False


def _is_name_word(line: Line, column: int) -> bool:
    """Whether the names of the rows stand below a cell: 项目, 科目名称 over one column."""
    cell = line.cells.get(column)
    return cell is not None and cell.colspan == 1 and label(line.text(column)) in NAME_WORDS


def _names_a_row(line: Line, named: Collection[int]) -> bool:
    """Whether the name of a row stands below 项目: 政府性基金预算财政拨款 may be a column's name, too."""
    words = {word for c in named if (word := label(line.text(c)))}
    return any(not _OF_A_HEADER.search(word) for word in words - NAME_WORDS - CODE_WORDS - SKIP_WORDS)


def _names_items(grid: Grid, start: int, end: int) -> bool:
    """Whether a row is the lower line of a wide header: 小计, 基本工资, 奖金 … below 工资福利支出."""
    texts = [grid.lines[end].text(c) for c in range(grid.columns)]
    own = {word for text in texts if (word := label(text))}
    # A word or two may be misspelt; a row with a figure or a code is no header.
    known = own & (_economic_names() | _SUBTOTALS)
    if not own - _SUBTOTALS or len(known) * 2 < len(own) or any(is_amount(t) or CODE.fullmatch(t) for t in texts):
        return False
    above = {label(line.text(c)) for line in grid.lines[start:end] for c in range(grid.columns)}
    return bool(above & _economic_classes())


_SUBTOTALS = frozenset(SUBTOTAL)


@cache
def _economic_names() -> frozenset[str]:
    return frozenset(load().folded_names(ECONOMIC))


@cache
def _economic_classes() -> frozenset[str]:
    return frozenset(load().folded_names(ECONOMIC, Level.CATEGORY))


def _numbered(texts: list[str]) -> bool:
    """Whether a cell is numbered as the rows of the tables are, by 一、 or 二、."""
    return any(re.match(r"[一二三四五六七八九十]{1,3}、", t) for t in texts)


def is_ordinals(line: Line, columns: int) -> bool:
    """Whether a row counts the columns: 栏次 1 2 3."""
    texts = list(dict.fromkeys((id(line.cells.get(c)), line.text(c)) for c in range(columns)))
    values = [t for _, t in texts if t]
    if not values:
        return False
    numbers = [int(t) for t in values if t.isascii() and t.isdecimal()]
    rest = [label(t) for t in values if not (t.isascii() and t.isdecimal())]
    rising = (
        (len(numbers) > 1 or "栏次" in rest)
        and bool(numbers)
        and numbers[0] in {1, 2}
        and all(b == a + 1 for a, b in pairwise(numbers))
    )
    return rising and all(r in SKIP_WORDS or r in {"项目", "次", "栏", "合计"} or r in CODE_WORDS for r in rest)


def _paths(grid: Grid, start: int, end: int) -> list[tuple[str, ...]]:
    """Header words of each column, top to bottom. A blank beside a word continues it where the row above does not part them."""
    paths: list[tuple[str, ...]] = [() for _ in range(grid.columns)]
    for number in range(start, end):
        line = grid.lines[number]
        above = list(paths)
        beside = ""
        for column in range(grid.columns):
            cell = line.cells.get(column)
            text = line.text(column)
            if cell is not None and cell.row < line.row and cell.rowspan > 1:
                beside = ""
                continue
            if not text and column and above[column] == above[column - 1] and not (cell and cell.colspan > 1):
                text = beside
            beside = text
            if text and (not paths[column] or paths[column][-1] != text):
                paths[column] = (*paths[column], text)
    return paths


def _column(grid: Grid, index: int, raw: tuple[str, ...], body: int) -> Column:
    words: list[str] = []
    stage: Stage | None = None
    measure = next((m for t in reversed(raw) if (m := measure_in(t))), None)
    for text in raw:
        word, found = stage_of(label(text))
        stage = found or stage
        if word:
            words.append(word)
    path = tuple(words)
    staged = bool(raw) and stage_of(label(raw[-1]))[1] is not None
    years = [year_of(text) for text in raw]
    year = -1 if any(last for _, last in years) and stage else next((y for y, _ in reversed(years) if y), None)
    return Column(
        index,
        path,
        stage,
        _role(grid, index, path, body, staged=staged, raw=raw[-1] if raw else ""),
        measure,
        year,
        staged,
    )


def _role(grid: Grid, index: int, path: tuple[str, ...], body: int, *, staged: bool, raw: str) -> str:
    """`staged`: the word just above the cells says 决算数 or 预算数, so that they are figures; `raw`: it as written."""
    deepest = path[-1] if path and not staged else ""
    if deepest in SKIP_WORDS or _UNIT_CODE.fullmatch(deepest) or _RATE.search(raw.strip()):
        return "skip"
    if deepest in CODE_WORDS or _CODE_HEADER.search(deepest):
        return "code"
    if deepest in NAME_WORDS | UNIT_NAMES:
        return "name"
    if not path and not staged:
        texts = [t for line in grid.lines[body:] if (t := line.text(index))]
        codes = sum(bool(CODE.fullmatch(t)) for t in texts)
        if texts and codes * 2 > len(texts):
            return "code"
        return "name" if texts and not any(is_amount(t) for t in texts) else "skip"
    return "figure"
