"""Footnotes: the small lines under a short rule at the foot of a page, and the raised numbers that point to them.

Text goes on over the end of a page as if they were not there. The raised numbers are left out of the text they stand
in, where they would make another figure of 10.00; that is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Final

from juesuan.document.pdf.flow import wrapped
from juesuan.document.pdf.page import Rule, TextLine

__all__ = ["foot_of", "paragraphs_of", "without_marks"]

SMALL: Final = 0.9
"""The size of a footnote beside that of the text, at most."""
RAISED: Final = 0.75
"""The size of a raised number beside that of its line, at most."""
SHORT: Final = (0.08, 0.5)
"""The length of the rule above footnotes, as a share of the page's width."""
NEAR: Final = 2.5
"""Character heights between the lines of footnotes."""
_AT_MARGIN: Final = 8.0
_MARK: Final = re.compile(r"[\[［【(（]?(?:\d{1,3}|[①-⑳*※†])[\]］】)）]?")
_LONGEST: Final = 5


def _stands_in(mark: TextLine, line: TextLine) -> bool:
    """Whether a piece of text is a raised number of a line."""
    if mark.size > RAISED * line.size or not (line.left < mark.left and mark.right < line.right + 2 * line.size):
        return False
    raised = line.top - 0.4 * line.size < mark.top and mark.base < line.base - 0.15 * line.size
    # It stands where the line leaves it room.
    edges = line.edges
    free = all(edges[k + 1] <= mark.left + 1 or edges[k] >= mark.right - 1 for k in range(0, len(edges), 2))
    return raised and mark.base > line.top and free


def without_marks(lines: list[TextLine]) -> tuple[list[TextLine], int]:
    """The lines without raised numbers, and how many of those there were."""
    kept: list[TextLine] = []
    marks = 0
    for number, line in enumerate(lines):
        around = (*lines[max(number - 3, 0) : number], *lines[number + 1 : number + 4])
        if len(line.text) <= _LONGEST and _MARK.fullmatch(line.text) and any(_stands_in(line, x) for x in around):
            marks += 1
        else:
            kept.append(line)
    return kept, marks


def foot_of(
    lines: list[TextLine], rules: Sequence[Rule], width: float, height: float
) -> tuple[list[TextLine], list[TextLine]]:
    """The lines of the text, and those of the footnotes."""
    if not rules or not lines:
        return lines, []
    left = min(line.left for line in lines)
    for rule in sorted(rules, reverse=True):
        short = SHORT[0] * width <= rule.end - rule.start <= SHORT[1] * width
        above = [line for line in lines if line.base < rule.at]
        if not short or rule.at < height / 2 or abs(rule.start - left) > _AT_MARGIN or not above:
            continue
        size = SMALL * median(line.size for line in above)
        found: list[TextLine] = []
        before = rule.at
        for line in lines:
            if line.base > rule.at and line.size <= size and line.top - before < NEAR * line.size:
                found.append(line)
                before = line.bottom
        if found:
            gone = set(map(id, found))
            return [line for line in lines if id(line) not in gone], found
    return lines, []


def paragraphs_of(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The footnotes of a page, each with its lines."""
    right = max((line.right for line in lines), default=0.0)
    found: list[list[TextLine]] = []
    for line in lines:
        if found and wrapped(found[-1][-1], line, right) and not _MARK.match(line.text):
            found[-1].append(line)
        else:
            found.append([line])
    return found
