"""Passages → facts and relations: runs the phrases over each sentence and keeps the stack of scopes.

When two readings remain, the number stays unread rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from juesuan.facts import Aspect, Difference, Equal, Fact, Scope, Share
from juesuan.quantity import Dimension, Quantity
from juesuan.taxonomy.phrases import BY_KIND, Match
from juesuan.taxonomy.phrases.state import STATE_YEAR
from juesuan.taxonomy.tokens import LabelValue, Token, YearValue
from juesuan.understand.context import Context, Frame, Segment, Subject
from juesuan.understand.frames import adds_up, close_frame
from juesuan.understand.passages import Passage
from juesuan.understand.ratios import RatioClauses
from juesuan.understand.respectively import Respectively, read_respectively
from juesuan.understand.subjects import project_of, subject_of

_ECONOMIC_LIST: Final = re.compile("U:?GA/GA")
"""用于 before economic items that each have an amount."""
_STATED_ANEW: Final = re.compile(r"Y?(?:[LI]S?=*A|B)")
"""After a semicolon: a label with its amount, or a change, which ends the reason before."""


class SentenceReader(RatioClauses):
    """Reads passages one after the other into a `Context`."""

    def __init__(self, context: Context) -> None:
        self.c = context
        self._handlers: dict[str, Callable[[Match], None]] = {
            "state": self._state,
            "state_stage": self._state_stage,
            "rate": self._rate,
            "count": self._count,
            "restate": self._restate,
            "become": self._become,
            "change": self._change,
            "change_by_rate": self._change,
            "flat": self._flat,
            "from_to": self._from_to,
            "variance": self._variance,
            "order": self._order,
            "share": self._share,
            "completion": self._completion,
            "completion_rate": self._completion,
            "among": self._among,
        }

    def read(self, passage: Passage, tokens: Sequence[Token]) -> None:
        """Read one passage; `tokens` are those of `lex(passage.text)`."""
        c = self.c
        c.passage, c.passage_facts, c.head, c.bracket, c.finished, c.bare = passage, [], None, 0, None, (0, 0)
        c.owner = None
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
            if token.kind == ";":
                self._semicolon(kinds, position)
            if token.kind == "(" and kinds[position : position + 3] == "(A)":
                self._in_other_measure(live[position + 1])
            if (several := read_respectively(passage.text, kinds, live, position)) is not None:
                self._respectively(several)
                position = several.end
            elif token.kind == "Y" and (year := STATE_YEAR.match(kinds, live, position)) and self._state_year(year):
                position = year.end
            elif self._punctuation(token, kinds, position):
                position += 1
            else:
                position = self._phrase(kinds, live, position)
        self._end_segment(passage, start, len(passage.text))
        last = live[-1].kind if live else ""
        for frame in c.frames:
            if frame.opened_in == passage.index and not frame.children and last in ":M":
                frame.sticky = True

    def finish(self) -> None:
        """Close what is still open at the end of the document; find the wholes that were named before they were stated.

        A list that the document ends with may go on elsewhere: a fragment ends anywhere.
        """
        c = self.c
        self._cut(of_items=c.item is not None)
        self._settle_loose()
        for rate, portion, subject in c.pending:
            found = c.recent(subject, year=rate.scope.year, stages=self._final_stages(), anywhere=True)
            if len({f.quantity.base for f in found}) == 1 and found[0].id != portion.id:
                c.relate(Share(rate, portion, found[0], place=rate.place, source="share"))

    def enter_section(
        self,
        subject: Subject | None,
        project: str | None,
        *,
        fund: str | None = None,
        is_account: bool = False,
        at_end: bool = False,
    ) -> None:
        """A new section begins: its frames end, its heading may name a concept, or be an item of the list before it.

        `fund`: which budget its title, or that of a section around it, is about.
        `at_end`: the document ends with these words, which may be the beginning of the list's next entry.
        """
        self.c.category = None
        self.c.sections += 1
        if at_end:
            self._cut(of_items=self.c.item is not None)
        for frame in self.c.frames:
            frame.cut = frame.cut or is_account
        self._drop_frames(lambda _: True)
        self.c.section, self.c.section_fund, self.c.item, self.c.project = subject, fund, None, project

    def _phrase(self, kinds: str, live: Sequence[Token], position: int) -> int:
        for phrase in BY_KIND.get(kinds[position], ()):
            match = phrase.match(kinds, live, position)
            if match is not None and self._accepts(match, kinds):
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
            if not self._only_mentioned(token):
                self.c.head = self._subject(token)
                self.c.bare, self.c.bare_pair = (token.start, token.end), token.start == self.c.bare[1]
        elif token.kind == "w" and self.c.frame is not None and self._and_others(token):
            self.c.frame.cut = True
        return position + 1

    def _only_mentioned(self, token: Token) -> bool:
        """Whether a label in quotation marks is spoken about, once figures of the sentence's own subject are stated."""
        c = self.c
        text = c.passage.text if c.passage else ""
        return (
            bool(c.sentence_facts)
            and text[token.start - 1 : token.start] in {"“", '"'}
            and "三公" not in text[token.start : token.end]
        )

    def _and_others(self, token: Token) -> bool:
        """办公费30.10万元、印刷费12.40万元等: the list is of some parts only."""
        text = self.c.passage.text if self.c.passage else ""
        return text.startswith("等", token.start) and text[token.start - 1] in "元%辆人次个"

    def _respectively(self, several: Respectively) -> None:
        """Each figure of a list to its own subject or year."""
        before = self.c.sentence_year
        subjects = several.subjects if not several.years else several.subjects * len(several.figures)
        for n, (token, figure) in enumerate(zip(subjects, several.figures, strict=True)):
            if several.years and isinstance(year := several.years[n].value, YearValue):
                self.c.sentence_year = self._absolute(year.year, relative=year.relative)
            self._levels(self._subject(token), None, self._quantities([figure]))
        self.c.sentence_year = before

    def _in_other_measure(self, token: Token) -> None:
        """1,234.6万元（12,345,678.90元）: the same figure again, in another measure."""
        c = self.c
        before = c.sentence_facts[-1] if c.sentence_facts else None
        if before is None or c.passage is None or not isinstance(token.value, Quantity) or c.aside is not None:
            return
        adjacent = before.place.end == c.passage.point(token.start - 1)
        if adjacent and before.aspect is Aspect.LEVEL and before.quantity.measure is not token.value.measure:
            again = c.add(
                subject_of(before), token.value, self._place(token), year=before.scope.year, stage=before.scope.stage
            )
            if before.quantity.same_dimension(again.quantity):
                c.relate(Equal(again, before, place=again.place, source="measures"))

    def _semicolon(self, kinds: str, position: int) -> None:
        """A semicolon ends what holds for one clause: 上年, another unit, a list of persons that is full, a reason."""
        c = self.c
        if c.sentence_year_is_last:
            c.sentence_year, c.sentence_year_is_last = None, False
        c.owner = None
        if c.aside == "reason" and _STATED_ANEW.match(kinds, position + 1):
            c.aside = None
        frame = c.frame
        if (
            frame is not None
            and not frame.sticky
            and len(frame.children) > 1
            and (frame.economic or frame.children[0].quantity.measure.dimension is not Dimension.MONEY)
            and adds_up(frame, frame.children)
        ):
            self._drop_frames(lambda f: f is frame)

    def _cut(self, *, of_items: bool) -> None:
        """What is being listed ends here, and may go on where it cannot be seen."""
        for frame in self.c.frames:
            frame.open_ended = True
        self.c.unfinished = self.c.unfinished or of_items or any(f.sticky or f.children for f in self.c.frames)
        self._drop_frames(lambda _: True)

    def _accepts(self, match: Match, kinds: str) -> bool:
        """Inside a reason or a purpose only plain statements are read, and a stage word ends a purpose."""
        if self.c.aside == "purpose" and match.phrase.id in {"state_stage", "completion"}:
            self.c.aside = None
        if self.c.aside == "reason" and self._speaks_of_the_head(match, kinds):
            self.c.aside = None
        if self.c.aside is None:
            return True
        return match.phrase.id in {"state", "count", "change", "change_by_rate"}

    def _speaks_of_the_head(self, match: Match, kinds: str) -> bool:
        """After a reason, "，与上年相比减少2.32万元，减少18.71%": the sentence's own change, if it has not been given yet."""
        c = self.c
        if match.phrase.id != "change" or kinds[match.start - 1] != "," or kinds[match.start] != "B":
            return False
        if not match.all("rate") or match.one("subject") is not None:
            return False
        nature = self._against(self._base(match))
        return not any(f.aspect is Aspect.CHANGE and f.scope.nature in {nature, "reason"} for f in c.sentence_facts)

    def _list_economic(self, token: Token) -> None:
        """工资福利支出…，主要用于：基本工资412.33万元、津贴补贴388.01万元: a list of parts, not a purpose."""
        c = self.c
        index = c.passage.index if c.passage else 0
        before = [f for f in c.sentence_facts if f.aspect is Aspect.LEVEL]
        c.frames.append(Frame(self._text(token), before, in_bracket=c.bracket, opened_in=index, economic=True))

    def _punctuation(self, token: Token, kinds: str, position: int) -> bool:
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
                    self._nothing_was()
                    return True
                c.sentence_year = self._absolute(token.value.year, relative=token.value.relative)
                c.sentence_year_is_last = token.value.relative and token.value.year < 0
        elif kind == "…":
            self._cut(of_items=True)
            c.head, c.item, c.passage_facts = None, None, []
            self._begin_sentence()
        elif kind == "R":
            c.aside = "reason"
        elif kind == "U" and _ECONOMIC_LIST.match(kinds, position) and c.sentence_facts:
            self._list_economic(token)
        elif kind == "U":
            c.aside = c.aside or "purpose"
        else:
            return False
        return True

    def _says_nothing_was(self, token: Token) -> bool:
        """（上年无此项支出）: no figure of that year follows."""
        text = self.c.passage.text[token.end : token.end + 4] if self.c.passage else ""
        if text.startswith(("无此", "没有此", "未发生", "未安排")):
            self._all_is_new(token)
        return text.startswith(("无", "未", "没有"))

    def _all_is_new(self, token: Token) -> None:
        """Where there was nothing last year, the increase is all there is now."""
        c = self.c
        money = [f for f in c.sentence_facts if f.quantity.measure.dimension is Dimension.MONEY]
        changes = [f for f in money if f.aspect is Aspect.CHANGE]
        levels = [f for f in money if f.aspect is Aspect.LEVEL and f.scope.year == c.year]
        if len(changes) == len(levels) == 1 and changes[0].concept == levels[0].concept:
            change, now = changes[0], levels[0]
            nothing = Fact(-1, now.concept, Scope(), replace(now.quantity, value=Decimal(0)), self._place(token))
            c.relate(Difference(change, now, nothing, place=change.place, source="nothing_before", sure=False))

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
            self.c.segments.append(Segment(passage.text[start:end], passage.index, facts, passage.text[:start]))

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
