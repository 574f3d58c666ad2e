"""The passages of a document that speak of 三公 expenses."""

from __future__ import annotations

import re

from juesuan.facts import Aspect, Fact, Stage
from juesuan.rules._text import in_glossary, section_title
from juesuan.rules.base import View
from juesuan.understand.passages import Passage

_TITLE = re.compile("三公|因公出国|公务接待费?支出|公务用车购置")
_ITEM = re.compile(r"因公出国|公务用车|公务接待")


def passages(view: View) -> tuple[Passage, ...]:
    """Those of the 三公 sections; in a text without sections, those that name an item."""
    body = [
        p
        for p in view.understanding.passages
        if view.understanding.outline.part_of(p.index) == "body" and not in_glossary(view, p.index)
    ]
    found = tuple(p for p in body if _TITLE.search(section_title(view, p.index)))
    if found or view.understanding.outline.sections:
        return found
    return tuple(p for p in body if _ITEM.search(p.text))


def levels(view: View, concept: str) -> tuple[Fact, ...]:
    """The amounts the body states for a concept as the outcome of the year (in a budget: as its budget)."""
    year = view.understanding.identity.year
    return tuple(
        f
        for f in view.understanding.facts
        if f.concept == concept
        and f.aspect is Aspect.LEVEL
        and f.scope.project is None
        and f.scope.stage in {Stage.FINAL, Stage.BUDGET}
        and (f.scope.year is None or year is None or f.scope.year == year)
    )
