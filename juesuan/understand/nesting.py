"""How numbered headings nest: by the order in which their styles are seen, with gaps and repeats noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from juesuan.understand.numbering import Mark, NumberStyle, write_mark

__all__ = ["Head", "IssueKind", "Node", "NumberingIssue", "nest"]


class IssueKind(Enum):
    """What is wrong with a number: one is missing before it, it stands twice, or it is not the one due here."""

    GAP = "gap"
    REPEAT = "repeat"
    MISPLACED = "misplaced"


@dataclass(frozen=True, slots=True)
class NumberingIssue:
    """At passage `passage` the number `expected` was due and `found` stands; `previous` is the sibling before."""

    kind: IssueKind
    passage: int
    expected: str
    found: str
    previous: int | None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A heading as found: `passage` begins with `mark`; `prose` when text goes on after its title.

    `declared` is the outline level the format gives, for headings without a number; 0 closes all open sections.
    """

    passage: int
    mark: Mark
    title: str
    prose: bool
    declared: int | None = None


@dataclass(slots=True)
class Node:
    """A heading in the tree.

    `due` are the numbers that may follow it in its list, `seen` all numbers of the list so far (one set,
    shared by its entries), `suspended` the lists it interrupts.
    """

    head: Head
    index: int
    parent: Node | None
    level: int
    due: frozenset[int] = frozenset()
    seen: set[int] = field(default_factory=set)
    suspended: tuple[tuple[frozenset[int], set[int]], ...] = ()

    @property
    def style(self) -> NumberStyle:
        return self.head.mark.style


_RANK: Final = {
    NumberStyle.PART: 0,
    NumberStyle.ATTACHMENT: 1,
    NumberStyle.CHINESE: 2,
    NumberStyle.BRACKET_CHINESE: 3,
    NumberStyle.ARABIC: 4,
    NumberStyle.BRACKET_ARABIC: 5,
    NumberStyle.NONE: 9,
}
_SISTERS: Final = {
    (NumberStyle.BRACKET_ARABIC, "（）"): NumberStyle.BRACKET_CHINESE,
    (NumberStyle.BRACKET_CHINESE, "（）"): NumberStyle.BRACKET_ARABIC,
    (NumberStyle.ARABIC, "、"): NumberStyle.CHINESE,
}
"""Marks easily written for each other: （2） for （二）."""

Holds = Callable[[int, int, re.Pattern[str]], bool]
"""Whether a pattern stands somewhere in passages `first` to `last` (exclusive), or in the tables between them."""


def _written(style: NumberStyle, ordinal: int) -> re.Pattern[str]:
    mark = write_mark(style, ordinal)
    if style is NumberStyle.ARABIC:
        return re.compile(rf"(?<!\d){ordinal}[“”]?[.、]")
    if style in {NumberStyle.BRACKET_ARABIC, NumberStyle.BRACKET_CHINESE}:
        return re.compile(re.escape(mark[1:]))
    if style is NumberStyle.CHINESE:
        return re.compile(mark[:-1] + r"[、.，]")
    return re.compile(re.escape(mark))


@dataclass(slots=True)
class _Nesting:
    heads: Sequence[Head]
    holds: Holds
    nodes: list[Node] = field(default_factory=list)
    stack: list[Node] = field(default_factory=list)
    issues: list[NumberingIssue] = field(default_factory=list)
    attached: Node | None = None
    closed: dict[NumberStyle, frozenset[int]] = field(default_factory=dict)

    def push(self, head: Head, keep: int, previous: Node | None = None) -> Node:
        """Open a section below the first `keep` open ones; it follows `previous` in its list."""
        for gone in self.stack[keep:]:
            self.closed[gone.style] = gone.due
        del self.stack[keep:]
        parent = self.stack[-1] if self.stack else None
        node = Node(head, len(self.nodes), parent, len(self.stack) + 1)
        if head.mark.ordinal is not None:
            node.due = frozenset({head.mark.ordinal + 1})
            node.seen = previous.seen if previous else set()
            node.seen.add(head.mark.ordinal)
        node.suspended = previous.suspended if previous else ()
        self.nodes.append(node)
        self.stack.append(node)
        return node

    def issue(self, kind: IssueKind, head: Head, expected: str, previous: Node | None) -> None:
        before = previous.head.passage if previous else None
        self.issues.append(NumberingIssue(kind, head.passage, expected, head.mark.number, before))

    def part(self, head: Head) -> None:
        """A part closes everything; its number follows the part before."""
        previous = self.stack[0] if self.stack and self.stack[0].style is NumberStyle.PART else None
        number = head.mark.ordinal
        self.closed.clear()
        self.attached = None
        if previous is None or number is None or number == 1 or number in previous.due:
            self.push(head, 0, previous if number != 1 else None)
        else:
            self.wrong(head, 0, previous)

    def attachment(self, head: Head) -> None:
        """Attachments stand below a part of attachments, else at the top; numbering starts anew in each."""
        within = bool(self.stack) and self.stack[0].style is NumberStyle.PART and "附" in self.stack[0].head.title
        previous, number = self.attached, head.mark.ordinal
        plain = number is None or number == 1 or bool(head.mark.form)
        if previous is None or plain or number in previous.due:
            node = self.push(head, int(within), previous if not plain else None)
        else:
            node = self.wrong(head, int(within), previous)
        self.closed.clear()
        if number is not None:
            self.attached = node

    def declared(self, head: Head) -> None:
        """A heading without a number goes by the level the format declares."""
        keep = len(self.stack)
        level = 1 if head.declared is None else head.declared
        while keep and (above := self.stack[keep - 1].head.declared) is not None and above >= level:
            keep -= 1
        if level == 0:
            keep = 0
            self.closed.clear()
        self.push(head, keep)

    def numbered(self, head: Head) -> None:
        """A numbered heading: go on with an open list, resume an interrupted one, or open a new one."""
        mark, number = head.mark, head.mark.ordinal or 0
        same = [n for n in range(len(self.stack) - 1, -1, -1) if self.stack[n].style is mark.style]
        alike = [n for n in same if self.stack[n].head.mark.form == mark.form]
        for depth in (*alike, *same):
            if number in self.stack[depth].due:
                self.push(head, depth, self.stack[depth])
                return
        for depth in alike:
            previous = self.stack[depth]
            for at in range(len(previous.suspended) - 1, -1, -1):
                due, seen = previous.suspended[at]
                if number in due:
                    node = self.push(head, depth)
                    node.suspended, node.seen = previous.suspended[:at], seen
                    seen.add(number)
                    return
        if number == 1:
            self.open_list(head, alike, same)
        elif not self.sister(head):
            self.out_of_order(head, (*alike, *same))

    def open_list(self, head: Head, alike: list[int], same: list[int]) -> None:
        """A list that starts at 1: in place of the open one of its kind, else below."""
        place = alike[0] if alike else next((n for n in same if self.stack[n].head.prose), None)
        if place is None:
            self.push(head, self.below(head))
            return
        previous = self.stack[place]
        node = self.push(head, place)
        node.suspended = (*previous.suspended, (previous.due, previous.seen))[-4:]

    def below(self, head: Head) -> int:
        """How many open sections stay open above a style not yet seen here."""
        keep, rank = len(self.stack), _RANK[head.mark.style]
        while keep and rank < _RANK[self.stack[keep - 1].style] < _RANK[NumberStyle.NONE]:
            if head.mark.ordinal == 1 and not self.stack[keep - 1].head.prose:
                break
            keep -= 1
        return keep

    def sister(self, head: Head) -> bool:
        """（2） where （二） is due: the same list in another hand. Noted, and the list goes on."""
        style, number = _SISTERS.get((head.mark.style, head.mark.form)), head.mark.ordinal or 0
        for depth in range(len(self.stack) - 1, -1, -1):
            previous = self.stack[depth]
            if previous.style is head.mark.style:
                return False
            if previous.style is style and number in previous.due:
                if self.comes(style, number):
                    return False
                self.issue(IssueKind.MISPLACED, head, write_mark(style, number), previous)
                mark = Mark(style, head.mark.number, number, previous.head.mark.form, head.mark.end)
                self.push(Head(head.passage, mark, head.title, head.prose), depth, previous)
                return True
        return False

    def comes(self, style: NumberStyle, number: int) -> bool:
        """Whether the number of that style comes later in the same section after all."""
        for at in range(len(self.nodes) + 1, len(self.heads)):
            later = self.heads[at]
            if _RANK[later.mark.style] < _RANK[style]:
                return False
            if later.mark.style is style:
                return later.mark.ordinal == number
        return False

    def out_of_order(self, head: Head, places: tuple[int, ...]) -> None:
        """A number no list is waiting for."""
        if places:
            self.wrong(head, places[0], self.stack[places[0]])
            return
        style, number = head.mark.style, head.mark.ordinal or 0
        keep = self.below(head)
        parent = self.stack[keep - 1] if keep else None
        # Without anything above, the text may be an excerpt; a count carried on from the section before is a habit.
        if parent and number not in self.closed.get(style, ()):
            pattern = _written(style, 1)
            if not self.holds(parent.head.passage, head.passage, pattern):
                self.issue(IssueKind.GAP, head, write_mark(style, 1, head.mark.form), None)
        self.push(head, keep)

    def wrong(self, head: Head, keep: int, previous: Node) -> Node:
        """A number that does not follow `previous`: missing ones before it, or one that stands twice."""
        style, number = head.mark.style, head.mark.ordinal or 0
        last = max(previous.seen, default=0)
        due = min(previous.due, default=last + 1)
        expected = write_mark(style, due, head.mark.form if style is not NumberStyle.ATTACHMENT else "")
        inline = number > due and self.holds(previous.head.passage, head.passage, _written(style, due))
        if not inline:
            known = IssueKind.REPEAT if number in previous.seen else IssueKind.MISPLACED
            self.issue(IssueKind.GAP if number > due else known, head, expected, previous)
        node = self.push(head, keep, previous)
        # If only this one number is misprinted, the list goes on as if it were right: that is no second fault.
        extra = {due + 1} if number > due else {last + 1, last + 2}
        node.due = node.due | extra
        return node


def nest(heads: Sequence[Head], holds: Holds) -> tuple[list[Node], list[NumberingIssue]]:
    """The headings as a tree in reading order, and what is wrong with their numbers."""
    nesting = _Nesting(heads, holds)
    for head in heads:
        if head.mark.style is NumberStyle.PART:
            nesting.part(head)
        elif head.mark.style is NumberStyle.ATTACHMENT:
            nesting.attachment(head)
        elif head.mark.style is NumberStyle.NONE:
            nesting.declared(head)
        else:
            nesting.numbered(head)
    return nesting.nodes, nesting.issues
