"""The reader of one performance form: row by row, by labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from juesuan.document.model import Cell, Table
from juesuan.place import cell as cell_place
from juesuan.quantity import EXACT, MEASURES, PERCENT, WAN, Dimension, Measure, Quantity
from juesuan.taxonomy.forms.words import LEVEL1, LEVEL2
from juesuan.understand.forms_labels import Vocabulary, align, declaration_of
from juesuan.understand.forms_model import Entry, Form, FundRow, Indicator
from juesuan.understand.forms_values import Kind, Value, read_value, squeezed

__all__ = ["FormReader", "Piece", "Row", "is_header", "is_tail", "is_title", "starts_project", "title_in"]

_WORDS: Final = Vocabulary()
_CODED: Final = re.compile(r"(?P<code>\d{6}\d{2}(?P<class>[RYT])\d{8,14})\s*[-—－]\s*(?P<name>.+)", re.DOTALL)
_CLASSES: Final = (("人员", "R"), ("运转", "Y"), ("公用", "Y"), ("特定目标", "T"))
_UNIT: Final = re.compile(r"(万元|百万元|千元|亿元|元)")
_TITLE: Final = re.compile(r"[^，。；]{0,40}绩效[^，。；]{0,20}表[^，。；]{0,16}")
_BOOKMARK: Final = re.compile(r"\[bookmark[:：][^\]]*\]")
_PLACEHOLDER: Final = re.compile(r"[.…。·]+|指标\d*[：:]?[.…]*|")
_HEADER_COLUMNS: Final = 3
_WIDEST: Final = 60
"""A form's rows have fewer cells; a table of thousands of columns is none."""
_FUND_COLUMNS: Final = 2
_TAIL_ROWS: Final = 3
_LONGEST_SIGNATURE: Final = 200
_HIGHEST_FRACTION: Final = Decimal("1.5")
"""A bare rate up to this is a fraction of one (0.9997), above it a percentage (99.97)."""

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows `first` to `last` (exclusive) of one table, which belong to one form."""

    table: Table
    rows: Sequence[Row]
    first: int
    last: int


def is_header(row: Row) -> bool:
    """Whether a row is the header of the indicators."""
    if not _HEADER_COLUMNS <= len(row) <= _WIDEST:
        return False
    columns = {_WORDS.indicator(c.text) for c in row}
    return "name" in columns and "target" in columns and len(columns - {None}) >= _HEADER_COLUMNS


def starts_project(row: Row) -> bool:
    """Whether a row begins with 项目名称."""
    texts = [c.text for c in row if c.text.strip()]
    return bool(texts) and _WORDS.field(texts[0]) == "project"


def is_title(row: Row) -> bool:
    """Whether a row is a form's title or its year, and nothing else."""
    texts = [squeezed(c.text) for c in row if c.text.strip()]
    return len(texts) == 1 and bool(_TITLE.fullmatch(texts[0]) or re.fullmatch(r"（?20\d{2}年度?）?", texts[0]))


def title_in(text: str) -> str:
    """A paragraph's text when it is the title of a form."""
    return text.strip() if _TITLE.fullmatch(squeezed(text)) else ""


def is_tail(rows: Sequence[Row]) -> bool:
    """Whether a table goes on with a form that a page end cut: levels of indicators, its total or its closing part."""
    if any(is_header(row) or starts_project(row) for row in rows):
        return False
    texts = [c.text for row in rows[:_TAIL_ROWS] for c in row if c.text.strip()]
    return any(_WORDS.total(t) or _WORDS.beside(t) or squeezed(t) in LEVEL1 or squeezed(t) in LEVEL2 for t in texts)


@dataclass(slots=True)
class FormReader:
    """Walks the rows of one form once, over one or several tables."""

    table: Table
    pieces: list[Piece] = field(default_factory=list)
    title: str = ""
    area: str = ""
    money: Measure | None = None
    fields: dict[str, Entry] = field(default_factory=dict)
    funds: list[FundRow] = field(default_factory=list)
    fund_head: list[tuple[str, Cell]] = field(default_factory=list)
    lanes: list[tuple[str, int]] = field(default_factory=list)
    indicator_head: list[tuple[str, Cell]] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    goals: list[tuple[str, Cell]] = field(default_factory=list)
    totals: dict[str, Entry] = field(default_factory=dict)
    unread: list[Entry] = field(default_factory=list)
    funds_complete: bool = True
    level1: str = ""
    level2: str = ""

    def feed(self, piece: Piece) -> None:
        """Take the rows of one more piece; columns keep their places from piece to piece."""
        self.table = piece.table
        self.pieces.append(piece)
        for number in range(piece.first, piece.last):
            if piece.rows[number]:
                self._row(number, piece.rows[number])

    def form(self, title: str) -> Form | None:
        """What was read; None when it holds neither money nor indicators. `title` stands above the table."""
        if not self.indicators and not self.funds:
            return None
        texts = [c.text for p in self.pieces for row in p.rows[p.first : p.last] for c in row]
        declared = declaration_of(texts, [name for name, _ in self.indicator_head if name not in {"group", "unknown"}])
        project = self.fields.get("project")
        code, class_, name = self._project(project)
        head = self.pieces[0]
        return Form(
            kind=declared.id,
            declared=declared,
            block=head.table.id,
            first=head.first,
            last=head.last,
            more=tuple(p.table.id for p in self.pieces[1:]),
            title=_BOOKMARK.sub("", self.title or title),
            project_code=code,
            project_class=class_,
            project_name=name,
            project=project,
            fields=tuple(self.fields.items()),
            money=self.money,
            funds=tuple(self.funds),
            indicators=tuple(self.indicators),
            total_weight=self.totals.get("weight"),
            total_score=self.totals.get("score"),
            funds_complete=self.funds_complete,
            unread=tuple(self.unread),
        )

    def _project(self, project: Entry | None) -> tuple[str, str, str]:
        if project is None:
            return "", "", ""
        match = _CODED.fullmatch(project.text)
        if match:
            return match["code"], match["class"], match["name"].strip()
        kind = self.fields.get("class")
        class_ = next((c for word, c in _CLASSES if kind and word in kind.text), "")
        return "", class_, squeezed(project.text)

    # --- one row ---

    def _row(self, number: int, row: Row) -> None:
        if len(row) > _WIDEST:
            self._other(row)
        elif is_header(row):
            self.area = "indicators"
            self.indicator_head = self._head(row, _WORDS.indicator)
        elif self._is_fund_head(row):
            self.area = "funds"
            self.fund_head = self._head(row, _WORDS.column)
            self._unit(row)
        elif self._is_text(number, row):
            return
        elif self.area == "indicators":
            if not self._total(row):
                self._indicator(number, row)
        elif not (self._fund_row(number, row) or self._pairs(row)):
            self._other(row)

    def _is_text(self, number: int, row: Row) -> bool:
        """Goals, notes, signatures and fields: labels with words beside or below them."""
        if self.goals and self._goal_values(number, row):
            return True
        return self._goal_head(row) or self._closing(row) or self._fields(row)

    def _entry(self, item: Cell, measure: str = "") -> Entry:
        text = item.text.strip()
        lead = len(item.text) - len(item.text.lstrip())
        place = cell_place(self.table.id, item.row, item.column, lead, lead + len(text))
        return Entry(text, place, read_value(text, measure))

    def _head(self, row: Row, meaning: Callable[[str], str | None]) -> list[tuple[str, Cell]]:
        """The columns of a header; cells before the first known one belong to the group's own column."""
        found: list[tuple[str, Cell]] = []
        for item in row:
            known = any(name != "group" for name, _ in found)
            found.append((meaning(item.text) or ("unknown" if known else "group"), item))
        return found

    def _is_fund_head(self, row: Row) -> bool:
        if self.area == "indicators" or len(row) > _WIDEST:
            return False
        columns = {_WORDS.column(c.text) for c in row} - {None}
        return len(columns) > _FUND_COLUMNS and bool(columns & {"executed", "initial", "adjusted"})

    def _unit(self, row: Row) -> None:
        for item in row:
            match = _UNIT.search(item.text) if not read_value(item.text).quantity else None
            if match and (
                _WORDS.group(item.text) or _WORDS.column(item.text) or "资金" in item.text or "预算" in item.text
            ):
                self.money = self.money or MEASURES[match[1]]

    def _goal_head(self, row: Row) -> bool:
        # 年度目标完成情况 is a column in one form and the name of the whole part in another: the last one counts.
        last = {name: c for c in row if (name := _WORDS.goal(c.text))}
        found = sorted(last.items(), key=lambda item: item[1].column)
        if len(found) < 2 or self.area == "indicators":
            return False
        self.goals = found
        return True

    def _goal_values(self, number: int, row: Row) -> bool:
        """The row below the labels holds the texts: under their labels, or the last ones where the grid is lost."""
        heads, self.goals = self.goals, []
        lost: Sequence[Cell | None] = row[-len(heads) :] if len(row) >= len(heads) else ()
        cells = [self.table.at(number, head.column) for _, head in heads] if self.table.regular else lost
        taken = False
        for (name, _), item in zip(heads, cells, strict=False):
            if item is not None and item.row == number:
                self.fields.setdefault(name, self._entry(item))
                taken = True
        return taken

    def _closing(self, row: Row) -> bool:
        texts = [c for c in row if c.text.strip()]
        if texts and (signed := self._signatures(texts[0])):
            self.fields |= signed
            return True
        for at, item in enumerate(row[:-1]):
            name = _WORDS.beside(item.text)
            if name:
                self.fields.setdefault(name, self._entry(row[at + 1]))
                return True
        return False

    def _signatures(self, item: Cell) -> dict[str, Entry]:
        """项目负责人：… 财务负责人：… in one cell."""
        found: dict[str, Entry] = {}
        if len(item.text) > _LONGEST_SIGNATURE or not any(w in item.text for w in _WORDS.signatures.values()):
            return found
        names = "|".join(_WORDS.signatures.values())
        for name, words in _WORDS.signatures.items():
            match = re.search(rf"{words}[：:][ \u3000]*(?P<who>.*?)\s*(?=(?:{names})[：:]|$)", item.text)
            if match:
                place = cell_place(self.table.id, item.row, item.column, *match.span("who"))
                found[name] = Entry(match["who"], place, read_value(match["who"]))
        return found

    def _fields(self, row: Row) -> bool:
        if self.area:
            return False
        taken = False
        for at, item in enumerate(row[:-1]):
            name = _WORDS.field(item.text)
            if name and not _WORDS.field(row[at + 1].text):
                self.fields.setdefault(name, self._entry(row[at + 1]))
                taken = True
        return taken

    # --- money ---

    def _fund_row(self, number: int, row: Row) -> bool:
        if self.area != "funds" or len(row) > _WIDEST:
            return False
        at = next((n for n, c in enumerate(row) if _WORDS.source(c.text)), None)
        if at is None:
            return False
        columns = [(name, head) for name, head in self.fund_head if name != "group"]
        if self.table.regular:
            found = [(name, self.table.at(number, head.column)) for name, head in columns]
        else:
            rest = row[at + 1 :]
            places = (
                list(range(len(columns)))
                if len(rest) == len(columns)
                else align([c.text for c in rest], [name for name, _ in columns])
            )
            found = [(name, None if n is None else rest[n]) for (name, _), n in zip(columns, places, strict=True)]
        cells = tuple(
            (name, self._money_entry(name, item)) for name, item in found if item is not None and name != "unknown"
        )
        self.funds.append(FundRow(_WORDS.source(row[at].text) or "", self._entry(row[at]), cells))
        return True

    def _money_entry(self, column: str, item: Cell) -> Entry:
        if column == "rate":
            head = next((h.text for name, h in self.fund_head if name == "rate"), "")
            return self._rate(item, in_percent="%" in squeezed(head))
        if column in {"weight", "score", "reason"}:
            return self._entry(item)
        return self._entry(item, (self.money or WAN).symbol)

    def _rate(self, item: Cell, *, in_percent: bool) -> Entry:
        """A rate without its sign may be a fraction of one, as workbooks store it."""
        entry = self._entry(item)
        q = entry.quantity
        if q is None or q.measure.dimension is Dimension.RATIO:
            return entry
        if in_percent or q.value > _HIGHEST_FRACTION:
            return self._entry(item, "%")
        hundred = Quantity(EXACT.multiply(q.value, Decimal(100)), PERCENT, max(q.decimals - 2, 0), q.text)
        return Entry(entry.text, entry.place, Value(Kind.FIGURE, quantity=hundred))

    def _pairs(self, row: Row) -> bool:
        """Label and amount side by side, in lanes. The lanes are named by their totals."""
        found: list[tuple[int, Cell, Cell]] = []
        self._unit(row)
        for at, item in enumerate(row[:-1]):
            source = _WORDS.source(item.text)
            if source and not _WORDS.source(row[at + 1].text):
                found.append((at, item, row[at + 1]))
        if not found:
            return False
        for order, (_, name_cell, value_cell) in enumerate(found):
            lane = _WORDS.lane(name_cell.text)
            if lane:
                self.lanes.append((lane, name_cell.column))
            else:
                lane = self._lane_of(name_cell, order, len(found))
            if lane is None:
                self.unread.append(self._entry(value_cell))
                continue
            self._pair(lane, name_cell, value_cell)
        return True

    def _lane_of(self, item: Cell, order: int, pairs: int) -> str | None:
        if not self.lanes:
            return None
        if self.table.regular:
            fitting = [lane for lane, column in self.lanes if column == item.column]
            return fitting[-1] if fitting else None
        return self.lanes[order][0] if pairs == len(self.lanes) else self.lanes[-1][0]

    def _pair(self, lane: str, name_cell: Cell, value_cell: Cell) -> None:
        source = "total" if _WORDS.lane(name_cell.text) else _WORDS.source(name_cell.text) or ""
        entry = self._entry(value_cell, (self.money or WAN).symbol)
        for at, known in enumerate(self.funds):
            if known.source == source and known.get(lane) is None:
                self.funds[at] = FundRow(source, known.label, (*known.cells, (lane, entry)))
                return
        self.funds.append(FundRow(source, self._entry(name_cell), ((lane, entry),)))

    # --- indicators ---

    def _total(self, row: Row) -> bool:
        texts = [c for c in row if c.text.strip()]
        if not texts or not _WORDS.total(texts[0].text):
            return False
        figures = [c for c in texts[1:] if read_value(c.text).quantity is not None]
        columns = {name: head.column for name, head in self.indicator_head if name in {"weight", "score"}}
        placed = (
            {name: c for name, at in columns.items() for c in figures if c.column == at} if self.table.regular else {}
        )
        if len(placed) < len(figures):
            # One figure of two columns could be either.
            placed = dict(zip(columns, figures, strict=True)) if len(figures) == len(columns) else {}
        self.totals |= {name: self._entry(c) for name, c in placed.items()}
        return True

    def _indicator(self, number: int, row: Row) -> None:
        if not any(c.text.strip() for c in row):
            return
        if len(row) > 2 * len(self.indicator_head):
            self._other(row)
            return
        found = self._under_head(number, row)
        texts = {name: item.text.strip() for name, item in found.items()}
        filled = any(texts.get(column) for column in ("target", "completion", "weight", "score"))
        if not filled and _PLACEHOLDER.fullmatch(squeezed(texts.get("name", ""))):
            return
        if not texts.get("name"):
            self._other(row)
            return
        level1, level2 = squeezed(texts.get("level1", "")), squeezed(texts.get("level2", ""))
        if level1 and level1 != self.level1:
            self.level1, self.level2 = level1, ""
        self.level2 = level2 or self.level2
        measure = texts.get("measure", "")
        entries = {
            name: self._entry(item, measure if name in {"target", "completion"} else "")
            for name, item in found.items()
            if name not in {"group", "level1", "level2"}
        }
        entries = {name: entry for name, entry in entries.items() if name in Indicator.__dataclass_fields__}
        if self._is_fraction(entries.get("target"), entries.get("completion")):
            entries["completion"] = self._entry(found["completion"])
        self.indicators.append(Indicator(level1=self.level1, level2=self.level2, **entries))

    def _is_fraction(self, target: Entry | None, done: Entry | None) -> bool:
        """A completion of 1 for a target of 100 %: perhaps all of it, so the measure's cell does not speak for it."""
        if target is None or done is None or target.quantity is None or done.quantity is None or "%" in done.text:
            return False
        is_ratio = target.value.dimension is Dimension.RATIO is done.value.dimension
        return is_ratio and target.quantity.value > 1 >= done.quantity.value > 0

    def _under_head(self, number: int, row: Row) -> dict[str, Cell]:
        if self.table.regular:
            found: dict[str, Cell] = {}
            for name, head in self.indicator_head:
                item = self.table.at(number, head.column)
                # A name's cell that comes from a row above belongs to that row's indicator.
                if item is not None and (item.row == number or name in {"group", "level1", "level2"}):
                    found.setdefault(name, item)
            return found
        columns = [name for name, _ in self.indicator_head]
        places = align([c.text for c in row], columns)
        return {name: row[n] for name, n in zip(columns, places, strict=True) if n is not None}

    def _other(self, row: Row) -> None:
        """Titles and the names of parts are known; any other text is listed as unread."""
        texts = [c for c in row if c.text.strip()]
        if len(texts) == 1 and is_title(row) and not self.title:
            self.title = texts[0].text.strip()
            return
        has_figure = any(read_value(c.text).quantity is not None for c in texts)
        if has_figure and self.area != "indicators" and (self.fund_head or self.lanes):
            self.funds_complete = False
        for item in texts:
            if is_title((item,)) or _WORDS.group(item.text):
                continue
            self.unread.append(self._entry(item))
