"""How far a text reaches: an excerpt begins and ends anywhere, and says nothing of what lies beyond."""

from __future__ import annotations

from juesuan.place import Place
from juesuan.rules.base import View
from juesuan.understand.numbering import NumberStyle, read_mark

_TITLE_LENGTH = 15
"""The last line may be a title, a name or a date."""


def begins_midway(view: View) -> bool:
    """Whether the text begins within something: with no cover and no heading, or with a heading that is not the first."""
    plan = view.understanding.outline
    main = next((s for s in plan.sections if s.style in {NumberStyle.PART, NumberStyle.CHINESE}), None)
    if main is not None and main.ordinal not in {None, 1} and not plan.contents:
        return True
    if plan.title_lines or plan.contents or not view.understanding.passages:
        return False
    if plan.section_of(0) is None:
        return True
    return bool(plan.sections) and plan.sections[0].ordinal not in {None, 1}


def is_last(view: View, passage: int) -> bool:
    """Whether the text ends with this passage: what it still was to say may be cut off."""
    return passage == len(view.understanding.passages) - 1


def ends_midway(view: View) -> bool:
    """Whether the text breaks off within a sentence."""
    passages = view.understanding.passages
    if not passages or passages[-1].text[-1] in "。！？）”；》":
        return False
    return len(passages[-1].text) > _TITLE_LENGTH or read_mark(passages[-1].text) is not None


def at_the_end(view: View, place: Place) -> bool:
    """Whether a place reaches to the very last character, where a figure may be cut in two."""
    passages = view.understanding.passages
    return bool(passages) and place.end == passages[-1].place(0, len(passages[-1].text)).end


def at_the_beginning(view: View, place: Place) -> bool:
    """Whether a place begins with the very first character, where a figure may be cut in two."""
    passages = view.understanding.passages
    return bool(passages) and place.start == passages[0].point(0)
