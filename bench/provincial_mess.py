"""What happens to correct tables on their way to the public: cut by pages, spaced, wrapped, converted. Nothing becomes wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from bench.provincial_grids import LEFT, UP, Grid, Piece
from bench.provincial_statutory import Printed

Mess = Callable[[random.Random, Printed], list[Piece]]
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_FULL = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def plain(_: random.Random, t: Printed) -> list[Piece]:
    return [*t.above, t.grid, *t.below]


def _cut(rng: random.Random, t: Printed) -> tuple[list[list[str]], list[list[str]]] | None:
    """The rows above and below a page end; none where a merged cell would be cut, or the table is short."""
    rows = t.grid.rows
    places = [n for n in range(t.grid.header + 2, len(rows) - 1) if UP not in rows[n]]
    at = rng.choice(places) if places else 0
    return (rows[:at], rows[at:]) if at else None


def _pages(rng: random.Random, t: Printed, between: Sequence[str], *, repeat: bool) -> list[Piece]:
    cut = _cut(rng, t)
    if cut is None or t.table.id in {"three_public", "running"}:
        return plain(rng, t)
    head = [list(r) for r in t.grid.rows[: t.grid.header]] if repeat else []
    return [*t.above, Grid(cut[0], header=t.grid.header), *between, Grid([*head, *cut[1]], header=len(head)), *t.below]


def cut(rng: random.Random, t: Printed) -> list[Piece]:
    """A page end, nothing printed again."""
    return _pages(rng, t, [], repeat=False)


def cut_numbered(rng: random.Random, t: Printed) -> list[Piece]:
    """A page end with its page number among the text."""
    return _pages(rng, t, ["— 12 —"], repeat=False)


def cut_running_head(rng: random.Random, t: Printed) -> list[Piece]:
    """A page end, and the running head of the next page among the text."""
    return _pages(rng, t, [f"{t.unit}{t.year}年度决算公开"], repeat=False)


def cut_header(rng: random.Random, t: Printed) -> list[Piece]:
    """A page end, the header printed again."""
    return _pages(rng, t, [], repeat=True)


def cut_titled(rng: random.Random, t: Printed) -> list[Piece]:
    """A page end, title and header printed again."""
    above = [x if n else f"{x}（续）" for n, x in enumerate(t.above)]
    return _pages(rng, t, above, repeat=True)


def blank_rows(_: random.Random, t: Printed) -> list[Piece]:
    """Lines that were not needed stand empty at the end."""
    wide = len(t.grid.rows[0])
    return [*t.above, Grid([*t.grid.rows, *([""] * wide for _ in range(3))], header=t.grid.header), *t.below]


def signed(_: random.Random, t: Printed) -> list[Piece]:
    """A last row with names and the notes inside the table."""
    wide = len(t.grid.rows[0])
    note = t.below[0] if t.below else "注：本表金额转换时可能存在尾数误差。"
    rows = [
        *t.grid.rows,
        [note, *[LEFT] * (wide - 1)],
        ["单位负责人：    财务负责人：    制表人：", *[LEFT] * (wide - 1)],
    ]
    return [*t.above, Grid(rows, header=t.grid.header), *t.below[1:]]


def _each(t: Printed, change: Callable[[str, int], str]) -> list[Piece]:
    rows = [[x if x in (LEFT, UP) else change(x, r) for c, x in enumerate(row)] for r, row in enumerate(t.grid.rows)]
    return [*t.above, Grid(rows, header=t.grid.header), *t.below]


def full_width(_: random.Random, t: Printed) -> list[Piece]:
    """Digits of a Chinese font."""
    return _each(t, lambda x, _: x.translate(_FULL) if _FIGURE.fullmatch(x) else x)


def spaced(_: random.Random, t: Printed) -> list[Piece]:
    """合 计, 项 目: short words set apart to fill their cells."""
    return _each(t, lambda x, _: " ".join(x) if 1 < len(x) < 5 and not _FIGURE.search(x) else x)


def wrapped(rng: random.Random, t: Printed) -> list[Piece]:
    """Long words broken into lines inside their cells."""

    def broken(x: str, _: int) -> str:
        if len(x) < 5 or x[:1].isdecimal():
            return x
        at = rng.randint(2, len(x) - 2)
        return f"{x[:at]}\n{x[at:]}"

    return _each(t, broken)


def stripped(_: random.Random, t: Printed) -> list[Piece]:
    """Trailing zeros dropped, as in a general number format: 152.2, 152."""

    def bare(x: str, _: int) -> str:
        return x.rstrip("0").rstrip(".") if _FIGURE.fullmatch(x) and "." in x else x

    return _each(t, bare)


def mixed_zeros(rng: random.Random, t: Printed) -> list[Piece]:
    """Some zeros printed and some left blank."""

    def some(x: str, r: int) -> str:
        return rng.choice(["", "0", x]) if r >= t.grid.header and _FIGURE.fullmatch(x) and not x.strip("0.") else x

    return _each(t, some)


def padded(_: random.Random, t: Printed) -> list[Piece]:
    """Blanks around figures and wide blanks before names."""
    return _each(t, lambda x, r: f" {x} " if _FIGURE.fullmatch(x) else f"\u3000{x}" if r > 3 and x else x)


def gaps(_: random.Random, t: Printed) -> list[Piece]:
    """An empty narrow column after the first figures, as of a table pasted from another program."""
    rows = [[*row[:-1], LEFT if row[-1] == LEFT else "", row[-1]] for row in t.grid.rows]
    return [*t.above, Grid(rows, header=t.grid.header), *t.below]


def titled(rng: random.Random, t: Printed) -> list[Piece]:
    """The unit, the year and a number in the title."""
    if not t.above:
        return plain(rng, t)
    lead = rng.choice([f"{t.unit}{t.year}年度", "附件2-3：", "表2 ", f"{t.year}年"])
    return [f"{lead}{t.above[0]}", *t.above[1:], t.grid, *t.below]


def no_notes(_: random.Random, t: Printed) -> list[Piece]:
    """No note below, so that the next table follows at once."""
    return [*t.above, t.grid, *(x for x in t.below if "无数据" in x)]


def only_title(_: random.Random, t: Printed) -> list[Piece]:
    """The measure inside the table's own first row and the title the only line above."""
    wide = len(t.grid.rows[0])
    unit = next((m[0] for x in t.above if (m := re.search("单位：[亿万]?元", x))), "单位：万元")
    rows = [["", *[LEFT] * (wide - 2), unit], *t.grid.rows] if wide > 2 else t.grid.rows
    return [*t.above[:1], Grid(rows, header=t.grid.header + 1), *t.below]


MESSES: dict[str, Mess] = {
    m.__name__: m
    for m in (
        plain, cut, cut_numbered, cut_running_head, cut_header, cut_titled, blank_rows, signed, full_width, spaced, wrapped,
        stripped, mixed_zeros, padded, gaps, titled, no_notes, only_title,
    )
}  # fmt: skip
"""By name; each takes one printed table."""
