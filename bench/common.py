"""What the benchmarks share: where the samples are, flat text with places, markdown tables."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from juesuan.document.model import Block, Chart, Document, Paragraph, Table
from juesuan.place import Place

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "bench" / "samples"
TRUTH = ROOT / "bench" / "truth"
TXT = SAMPLES / "anju-gsl-2023-final.txt"
NOTES = frozenset({"README.md"})

_CODE_AND_FIGURE = 2
Spot = tuple[int, int, int, int]
"""Block, row (or series), column (or point), offset: one character. -1 where there is none."""


def samples() -> list[Path]:
    """The sample documents, by name."""
    return sorted(p for p in SAMPLES.iterdir() if p.is_file() and p.name not in NOTES)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A markdown table; numbers stand right."""
    body = [[str(c).replace("|", "\\|").replace("\n", " ") for c in row] for row in rows]
    numeric = [bool(body) and all(_is_number(row[i]) for row in body) for i in range(len(headings))]
    lines = ["| " + " | ".join(headings) + " |", "|" + "|".join("---:" if n else "---" for n in numeric) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in body)])


def _is_number(text: str) -> bool:
    return text.replace(" ", "").rstrip("%sm").replace(".", "").replace("-", "").replace("/", "").isdigit() or text in {
        "",
        "–",
    }


def percent(part: int, whole: int) -> str:
    """Part ÷ whole with one decimal, or a dash."""
    return f"{part * 100 / whole:.1f}%" if whole else "–"


@dataclass(frozen=True)
class Flat:
    """A document's characters in reading order, without blanks, each with its place; cut into sentences.

    `text[i]` stands at `spots[i]`; `starts` are the first characters of the sentences (or table rows, or blocks).
    """

    text: str
    spots: tuple[Spot, ...]
    starts: tuple[int, ...]

    @cached_property
    def _index(self) -> dict[Spot, int]:
        return {spot: i for i, spot in enumerate(self.spots)}

    def sentence(self, position: int) -> int:
        """The number of the sentence a character stands in."""
        return bisect_right(self.starts, position) - 1

    def find(self, quote: str) -> list[tuple[int, int]]:
        """All stretches that read as the quote, blanks left out; or, of a table's row told by code and figures, the row."""
        wanted = squeeze(quote)
        found: list[tuple[int, int]] = []
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            found.append((at, at + len(wanted)))
            at = self.text.find(wanted, at + 1)
        return found or self._rows(quote.split())

    def _rows(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """The rows in which a code and figures stand in this order, whatever name stands between them."""
        if len(words) < _CODE_AND_FIGURE or not words[0].isdigit():
            return []
        pattern = re.compile(".*?".join(map(re.escape, words)))
        ends = (*self.starts[1:], len(self.text))
        found = (pattern.search(self.text, start, end) for start, end in zip(self.starts, ends, strict=True))
        return [match.span() for match in found if match]

    def span(self, place: Place) -> tuple[int, int] | None:
        """The stretch of a place, or None when nothing of it is in the text."""
        inside = [i for spot in _spots(place) if (i := self._index.get(spot)) is not None]
        if inside:
            return inside[0], inside[-1] + 1
        if place.start.block != place.end.block:
            rest = [i for i, s in enumerate(self.spots) if place.start.block <= s[0] <= place.end.block]
            return (rest[0], rest[-1] + 1) if rest else None
        return None


def _spots(place: Place) -> Iterable[Spot]:
    row = place.row if place.row is not None else place.series
    column = place.column if place.column is not None else place.point
    a, b = (-1 if row is None else row), (-1 if column is None else column)
    if place.start.block != place.end.block:
        return ((place.start.block, a, b, o) for o in range(place.start.offset, place.start.offset + 400))
    return ((place.start.block, a, b, o) for o in range(place.start.offset, place.end.offset))


def squeeze(text: str) -> str:
    """Text without blanks and line breaks."""
    return "".join(text.split())


def flatten(document: Document) -> Flat:
    """The document's characters with places."""
    text: list[str] = []
    spots: list[Spot] = []
    starts: list[int] = []
    for block in document.blocks:
        for row, column, piece, opens in _pieces(block):
            if opens:
                starts.append(len(text))
            for offset, char in enumerate(piece):
                if char.isspace():
                    continue
                text.append(char)
                spots.append((block.id, row, column, offset))
                if char in "。！？" and isinstance(block, Paragraph):
                    starts.append(len(text))
    return Flat("".join(text), tuple(spots), tuple(starts or [0]))


def _pieces(block: Block) -> Iterable[tuple[int, int, str, bool]]:
    """(row, column, text, whether a sentence begins)."""
    if isinstance(block, Paragraph):
        yield -1, -1, block.text, True
    elif isinstance(block, Table):
        row = -1
        for cell in block.cells:
            yield cell.row, cell.column, cell.text, cell.row != row
            row = cell.row
    elif isinstance(block, Chart):
        yield -1, -1, block.title, True
        for s, series in enumerate(block.series):
            for p, value in enumerate(series.values):
                yield s, p, value or "", p == 0
