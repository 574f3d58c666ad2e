"""Passages → facts and relations: runs the phrases over each sentence and keeps the stack of scopes.

When two readings remain, the number stays unread rather than guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from juesuan.facts import Share
from juesuan.taxonomy.phrases import BY_KIND, Match
from juesuan.taxonomy.tokens import LabelValue, Token, YearValue
from juesuan.understand.context import Context, Frame, Segment, Subject
from juesuan.understand.frames import adds_up, close_frame
from juesuan.understand.passages import Passage
from juesuan.understand.ratios import RatioClauses
from juesuan.understand.subjects import project_of


class SentenceReader(RatioClauses):
    """Reads passages one after the other into a `Context`."""

    def __init__(self, context: Context) -> None:
        self.c = context
        self._handlers: dict[str, Callable[[Match], None]] = {
            "state": self._state,
            "state_stage": self._state_stage,
            "count": self._count,
            "restate": self._restate,
            "become": self._become,
            "change": self._change,
            "change_by_rate": self._change,
            "flat": self._flat,
            "order": self._order,
            "share": self._share,
            "completion": self._completion,
            "completion_rate": self._completion,
            "among": self._among,
        }

    def read(self, passage: Passage, tokens: Sequence[Token]) -> None:
        """Read one passage; `tokens` are those of `lex(passage.text)`."""
        c = self.c
        c.passage, c.passage_facts, c.head, c.bracket, c.finished = passage, [], None, 0, None
        self._drop_frames(lambda f: not f.sticky and not (f.missing and f.opened_in >= passage.index - 1))
        live = [t for t in tokens if t.kind != "i"]
        kinds = "".join(t.kind for t in live)
        self._begin_sentence()
        start = 0
        position = 0
        while position < len(live):
            token = live[position]
            if token.kind in ".;":
                self._end_segment(passage, start, token.start)
                start = token.end
            if token.kind == ";" and c.sentence_year_is_last:
                c.sentence_year, c.sentence_year_is_last = None, False
            step = self._punctuation(token)
            if step:
                position += 1
                continue
            position = self._phrase(kinds, live, position)
        self._end_segment(passage, start, len(passage.text))
        last = live[-1].kind if live else ""
        for frame in c.frames:
            if frame.opened_in == passage.index and not frame.children and last in ":M":
                frame.sticky = True

    def finish(self) -> None:
        """Close what is still open at the end of the document; find the wholes that were named before they were stated."""
        self._drop_frames(lambda _: True)
        c = self.c
        for rate, portion, subject in c.pending:
            found = c.recent(subject, year=rate.scope.year, stages=self._final_stages(), anywhere=True)
            if len({f.quantity.base for f in found}) == 1 and found[0].id != portion.id:
                c.relate(Share(rate, portion, found[0], place=rate.place, source="share"))

    def enter_section(self, subject: Subject | None, project: str | None, *, is_account: bool = False) -> None:
        """A new section begins: its frames end, its heading may name a concept, or be an item of the list before it."""
        self.c.category = None
        for frame in self.c.frames:
            frame.cut = frame.cut or is_account
        self._drop_frames(lambda _: True)
        self.c.section, self.c.item, self.c.project = subject, None, project

    def _phrase(self, kinds: str, live: Sequence[Token], position: int) -> int:
        for phrase in BY_KIND.get(kinds[position], ()):
            match = phrase.match(kinds, live, position)
            if match is not None and self._accepts(match):
                self._handlers[phrase.id](match)
                return match.end
        token = live[position]
        if token.kind == "I" and self.c.aside is None:
            self._enter_item(token)
        elif (
            token.kind == "w"
            and self.c.aside is None
            and kinds[position + 1 : position + 3] in {"S=", "SA", "YS"}
            and project_of(self._text(token))
        ) or (token.kind == "L" and self.c.aside is None and isinstance(token.value, LabelValue)):
            self.c.head = self._subject(token)
        return position + 1

    def _accepts(self, match: Match) -> bool:
        """Inside a reason or a purpose only plain statements are read, and a stage word ends a purpose."""
        if self.c.aside == "purpose" and match.phrase.id in {"state_stage", "completion"}:
            self.c.aside = None
        if self.c.aside is None:
            return True
        return match.phrase.id in {"state", "count", "change", "change_by_rate"}

    def _punctuation(self, token: Token) -> bool:
        c = self.c
        kind = token.kind
        if kind == ".":
            self._end_sentence()
        elif kind == "(":
            c.bracket += 1
            c.heads.append(c.head)
        elif kind == ")":
            self._drop_frames(lambda f: f.in_bracket >= c.bracket > 0)
            c.bracket = max(c.bracket - 1, 0)
            if c.heads:
                c.head = c.heads.pop()
        elif kind == "Y" and isinstance(token.value, YearValue):
            if c.aside is None:
                if self._says_nothing_was(token):
                    return True
                c.sentence_year = self._absolute(token.value.year, relative=token.value.relative)
                c.sentence_year_is_last = token.value.relative and token.value.year < 0
        elif kind == "R":
            c.aside = "reason"
        elif kind == "U":
            c.aside = c.aside or "purpose"
        else:
            return False
        return True

    def _says_nothing_was(self, token: Token) -> bool:
        """（上年无此项支出）: no figure of that year follows."""
        text = self.c.passage.text[token.end : token.end + 2] if self.c.passage else ""
        return text.startswith(("无", "未", "没有"))

    def _begin_sentence(self) -> None:
        c = self.c
        c.sentence_facts, c.sentence_year, c.sentence_year_is_last, c.aside = [], None, False, None

    def _end_sentence(self) -> None:
        passage = self.c.passage
        index = passage.index if passage else 0
        self.c.finished = self.c.frame
        self._drop_frames(
            lambda f: (
                not f.sticky
                and f.opened_in >= index
                and bool(f.children)
                and (not f.missing or (len(f.children) > 1 and adds_up(f, f.children)))
            )
        )
        head = self.c.head
        self._begin_sentence()
        self.c.head = head

    def _end_segment(self, passage: Passage, start: int, end: int) -> None:
        low, high = passage.point(start), passage.point(max(end - 1, start))
        facts = tuple(f for f in self.c.passage_facts if low <= f.place.start <= high)
        if facts:
            self.c.segments.append(Segment(passage.text[start:end], passage.index, facts))

    def _drop_frames(self, which: Callable[[Frame], bool]) -> None:
        kept: list[Frame] = []
        # A list that a reason follows asserts its sum all the same.
        aside, self.c.aside = self.c.aside, None
        for frame in self.c.frames:
            if which(frame):
                close_frame(self.c, frame)
            else:
                kept.append(frame)
        self.c.frames, self.c.aside = kept, aside
