"""Lines → paragraphs, also over the end of a page.

A line goes on in the next one if the next one's first word would not have fitted any more, and the next one is not
indented as the beginning of a paragraph is. Nothing is concluded from the words themselves, except that an entry of a
table of contents ends with its line.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from juesuan.document.model import Line
from juesuan.document.pdf.lines import is_wide
from juesuan.document.pdf.page import Margins, TextLine

__all__ = ["LABEL", "goes_on", "joined", "margins_in", "margins_of", "wrapped"]

_BIN: Final = 3.0
"""Points: line ends so near to each other stand at one margin."""
_LONG: Final = 13
"""Characters: shorter lines tell nothing of margins."""
_SEVERAL: Final = 2
INDENT: Final = 0.9
"""Character heights from which on a line counts as indented."""
_CLOSING: Final = frozenset("，。、；：？！）》〉”’】〕%％,.;:?!)]")
_LEADERS: Final = re.compile(r"[.．…·‥⋯]{4,}|(?:[.．·]\s){4,}|…{2,}\s*\d+$")
_OPENING: Final = frozenset("（《〔【〈([")
_QUOTES: Final = frozenset("“”‘’")
LABEL: Final = re.compile(
    r"^(?:第[一二三四五六七八九十百]+[部章节条]|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d{1,2}[、.．)）](?!\d)|[①-⑳]|注[:：]|[●■◆▪•])"
)


def _edge(values: Sequence[float], share: float, *, rightmost: bool) -> float | None:
    """The outermost value at which more than one and at least `share` of the lines end (or begin)."""
    bins: dict[int, list[float]] = defaultdict(list)
    for value in values:
        bins[round(value / _BIN)].append(value)
    if not bins:
        return None
    good = [held for held in bins.values() if len(held) > 1 and len(held) >= share * len(values)]
    if not good:
        return None
    return max(map(max, good)) if rightmost else min(map(min, good))


def _end(line: TextLine) -> float:
    """Where a line ends (x), apart from punctuation, which may hang over the margin."""
    return line.edges[-2] if line.text[-1] in _CLOSING else line.right


def _margins(lines: Sequence[TextLine], width: float, fallback: Margins | None) -> Margins:
    long = [line for line in lines if len(line.text) >= _LONG]
    # A page differs from the others of its size only where most of its lines say so.
    share, least = (0.1, 2) if fallback is None else (0.6, 6)
    left = right = None
    if len(long) >= least:
        left = _edge([x.left for x in long], 0.1, rightmost=False)
        right = _edge([_end(x) for x in long], share, rightmost=True)
    if fallback is not None:
        left = fallback.left if left is None else left
        right = fallback.right if right is None else right
    if left is None:
        left = min((x.left for x in lines), default=0.0)
    if right is None:
        right = max((x.right for x in lines), default=0.0)
    if right - left < 0.5 * width:
        # Short lines show no margin; paper is set with equal ones.
        right = max(right, width - left)
    steps = [
        round(b.base - a.base, 1)
        for a, b in itertools.pairwise(lines)
        if a.page == b.page and 0.5 * a.size < b.base - a.base < 4 * a.size
    ]
    common = Counter(round(step * 2) for step in steps).most_common(1)
    pitch = common[0][0] / 2 if common else (fallback.pitch if fallback else 0.0)
    starts = sum(1 for x in long if 1.5 * x.size < x.left - left < 3 * x.size)
    return Margins(left, right, pitch, indents=starts >= _SEVERAL or (fallback is not None and fallback.indents))


def margins_of(pages: Iterable[tuple[tuple[float, float], Sequence[TextLine]]]) -> list[Margins]:
    """The margins of each page, given as (width and height, lines).

    A page's own where it has lines enough, else those of all pages of its size.
    """
    held = [((round(w), round(h)), [line for line in lines if line.margins is None]) for (w, h), lines in pages]
    together: dict[tuple[int, int], list[TextLine]] = defaultdict(list)
    for size, lines in held:
        together[size].extend(lines)
    common = {size: _margins(lines, size[0], None) for size, lines in together.items()}
    return [_margins(lines, size[0], common[size]) for size, lines in held]


def margins_in(lines: Sequence[TextLine]) -> Margins:
    """The margins of a column, from its own lines alone."""
    left = min(line.left for line in lines)
    return _margins(lines, max(line.right for line in lines) - left, None)


def _holds(before: str, here: str) -> bool:
    """Whether no line may end between two characters. Curly quotes hold on both sides: some writers set them so."""
    if here in _CLOSING or before in _OPENING or here in _QUOTES or before in _QUOTES:
        return True
    return not is_wide(before) and not is_wide(here) and here != " " and before != " "


def _first_word(line: TextLine) -> float:
    """The width of what must stay together at the beginning of a line."""
    text = line.text
    start = len(text) - len(text.lstrip())
    end = start + 1
    while end < len(text) and _holds(text[end - 1], text[end]):
        end += 1
    return line.edges[2 * end - 1] - line.edges[2 * start]


def wrapped(line: TextLine, following: TextLine, right: float) -> bool:
    """Whether `line` ended because the next word did not fit."""
    return _first_word(following) > right - line.right - 0.15 * line.size


def _centred(line: TextLine, margins: Margins) -> bool:
    before, after = line.left - margins.left, margins.right - line.right
    return abs(before - after) < 2 * line.size and before > -line.size


def goes_on(paragraph: Sequence[TextLine], following: TextLine, before: Margins, after: Margins) -> bool:
    """Whether `following` continues the paragraph.

    `before` are the margins of the paragraph's last page, `after` those of the page `following` is on.
    """
    last, first = paragraph[-1], paragraph[0]
    if following.page > last.page + 1:
        return False  # what stands on the page between them was not read
    if max(last.size, following.size) > 1.18 * min(last.size, following.size) or _LEADERS.search(last.text):
        return False
    # From the end of one column to the top of the next is as from page to page.
    if last.page == following.page and (before is after or following.base > last.base):
        step = following.base - last.base
        if step < 0.5 * last.size or step > max(1.45 * before.pitch, 1.8 * last.size):
            return False
    if not wrapped(last, following, before.right):
        return False
    indent = following.left - after.left
    if indent < INDENT * following.size:
        # A full line before an unindented, numbered one: a new item, unless the paragraph began with an indent.
        plain = not before.indents or first.left - before.left < INDENT * first.size
        fresh = plain and LABEL.match(following.text.lstrip())
        return not fresh
    if indent > 2.6 * following.size and _centred(last, before) and _centred(following, after):
        return True
    shift = following.left - last.left - (after.left - before.left)
    if len(paragraph) > 1:
        return abs(shift) < 0.5 * last.size and paragraph[-1].left - first.left != 0
    hanging = 0.5 * last.size < shift < 3.5 * last.size and bool(LABEL.match(first.text)) and not before.indents
    return shift < -INDENT * last.size or hanging


def _seam(last: TextLine, following: TextLine, right: float) -> str:
    """What stands between two joined lines: a space between Latin words, nothing in a number broken in two."""
    a, b = last.text[-1], following.text.lstrip()[:1]
    if is_wide(a) or is_wide(b) or a == "-":
        return ""
    if not last.spaced and (a.isdigit() or a in ".,") and (b.isdigit() or b in ".,%"):
        return "" if wrapped(last, following, right) else " "
    return " "


def joined(lines: Sequence[TextLine], right: float) -> tuple[str, tuple[Line, ...]]:
    """The text of lines that belong together, without line ends, and the lines with their characters' places.

    `right` is the margin or the cell's edge (x).
    """
    if len(lines) == 1:
        only = lines[0]
        return only.text, (Line(0, only.page, only.top, only.bottom, only.edges),)
    text = ""
    placed: list[Line] = []
    for number, line in enumerate(lines):
        edges = line.edges[:]
        words = line.text
        if number:
            stripped = words.lstrip(" \xa0\u3000")
            edges = edges[2 * (len(words) - len(stripped)) :]
            words = stripped
        if number + 1 < len(lines):
            seam = _seam(line, lines[number + 1], right)
            if seam:
                words += seam
                edges.extend((line.edges[-1], line.edges[-1]))
        placed.append(Line(len(text), line.page, line.top, line.bottom, edges))
        text += words
    return text, tuple(placed)
