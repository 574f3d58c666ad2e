"""Passages → facts and relations: runs the phrases over each sentence and keeps the stack of scopes.

When two readings remain, the number stays unread rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from juesuan.facts import Aspect, Binding, Completion, Difference, Equal, Fact, Growth, Order, Scope, Share, Stage
from juesuan.place import Place
from juesuan.quantity import PERCENT, Dimension, Quantity, make
from juesuan.taxonomy.phrases import PHRASES, Match
from juesuan.taxonomy.tokens import AccountValue, BaseValue, LabelValue, StageValue, Token, YearValue
from juesuan.understand.context import LISTED_BY_ECONOMIC, Context, Frame, Segment, Slip, Subject, inherit
from juesuan.understand.frames import close_frame
from juesuan.understand.passages import Passage

BUDGET_STAGES = (Stage.INITIAL, Stage.ADJUSTED, Stage.BUDGET)
_WHOLE_FUND = {"income", "expenditure", "income_total", "expenditure_total", "balance_total"}
_GENERIC = {"表", "注", "说明", "序号"}


class SentenceReader:
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

    # --- the walk ------------------------------------------------------------------------------------------

    def read(self, passage: Passage, tokens: Sequence[Token]) -> None:
        """Read one passage; `tokens` are those of `lex(passage.text)`."""
        c = self.c
        c.passage, c.passage_facts, c.head, c.bracket = passage, [], None, 0
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
        """Close what is still open at the end of the document."""
        self._drop_frames(lambda _: True)

    def enter_section(self, subject: Subject | None, project: str | None) -> None:
        """A new section begins: its frames end, its heading may name a concept."""
        self._drop_frames(lambda _: True)
        self.c.section, self.c.item, self.c.project = subject, None, project

    def _phrase(self, kinds: str, live: Sequence[Token], position: int) -> int:
        for phrase in PHRASES:
            match = phrase.match(kinds, live, position)
            if match is not None and self._accepts(match):
                self._handlers[phrase.id](match)
                return match.end
        token = live[position]
        if token.kind == "I" and self.c.aside is None:
            self._enter_item(token)
        elif token.kind == "L" and self.c.aside is None and isinstance(token.value, LabelValue):
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
                c.sentence_year = self._absolute(token.value.year, relative=token.value.relative)
        elif kind == "R":
            c.aside = "reason"
        elif kind == "U":
            c.aside = c.aside or "purpose"
        else:
            return False
        return True

    def _begin_sentence(self) -> None:
        c = self.c
        c.sentence_facts, c.sentence_year, c.aside = [], None, None

    def _end_sentence(self) -> None:
        passage = self.c.passage
        index = passage.index if passage else 0
        self._drop_frames(lambda f: not f.sticky and not f.missing and f.opened_in >= index and bool(f.children))
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
        for frame in self.c.frames:
            if which(frame):
                close_frame(self.c, frame)
            else:
                kept.append(frame)
        self.c.frames = kept

    # --- who is spoken of ----------------------------------------------------------------------------------

    def _absolute(self, year: int, *, relative: bool) -> int | None:
        if not relative:
            return year
        return self.c.year + year if self.c.year is not None else None

    def _text(self, token: Token) -> str:
        return self.c.passage.text[token.start : token.end] if self.c.passage else ""

    def _place(self, token: Token) -> Place:
        if self.c.passage is None:
            msg = "no passage is being read"
            raise RuntimeError(msg)
        return self.c.passage.place(token.start, token.end)

    def _enter_item(self, token: Token) -> Subject:
        subject = self._subject(token)
        if isinstance(token.value, AccountValue) and (token.value.item or token.value.group):
            self.c.item = subject
        self.c.head = subject
        return subject

    def _subject(self, token: Token) -> Subject:
        """What a LABEL, ACCOUNT, ECONOMIC or WORD token names."""
        text = self._text(token)
        frame = self.c.frame
        value = token.value
        listed = frame is not None and frame.head is not None and frame.head.concept in LISTED_BY_ECONOMIC
        if isinstance(value, AccountValue):
            path = "/".join(p or "" for p in value).rstrip("/")
            fund = self.c.section.fund if self.c.section and self.c.section.fund else None
            return inherit(Subject("expenditure", fund, account=path, label=text), frame)
        if isinstance(value, LabelValue):
            if listed and not value.stage:
                return inherit(Subject("economic", economic=text, label=text), frame)
            return self._label_subject(value, text)
        if token.kind == "G" or listed:
            name = re.sub(r"^[和及与等、“”]+|[“”]+$", "", text)
            return inherit(Subject("economic", economic=name, label=name), frame)
        name = _name(text)
        return Subject(f"named:{name}", label=name, binding=Binding.SENTENCE)

    def _label_subject(self, value: LabelValue, text: str) -> Subject:
        concept, fund = value.concept, value.fund
        frame = self.c.frame
        if not concept:
            head = frame.head if frame else None
            concept = head.concept if head and head.concept in {"income", "expenditure"} else "income" if self._in("income") else "expenditure"
        if fund is None and concept in _WHOLE_FUND and re.search("合计|总", text):
            fund = "all"
        if fund is None and concept == "balance" and self.c.head is not None:
            return self.c.head
        return inherit(Subject(concept, fund, stage=value.stage, label=text), frame)

    def _in(self, concept: str) -> bool:
        return self.c.section is not None and self.c.section.concept == concept

    def _current(self, hint: str | None = None) -> Subject | None:
        """The subject a bare stage word (支出决算为…) speaks of: the sentence's head, the item, the section."""
        c = self.c
        if c.head is not None and not c.head.concept.startswith("named:"):
            return c.head
        if c.item is not None:
            return c.item
        if c.section is not None:
            return replace(c.section, binding=Binding.SECTION)
        if c.head is not None:
            return c.head
        return Subject(hint, label="", binding=Binding.SENTENCE) if hint else Subject("named:", binding=Binding.SENTENCE)

    # --- clauses -------------------------------------------------------------------------------------------

    def _quantities(self, tokens: Iterable[Token]) -> list[tuple[Quantity, Token]]:
        """Figures of one slot; a bare number before an amount takes its measure ("4125.49,4143.91万元")."""
        found = [(t.value, t) for t in tokens if isinstance(t.value, Quantity)]
        if len(found) > 1:
            measure = found[-1][0].measure
            found = [(replace(q, measure=measure) if q.measure.dimension is Dimension.NUMBER else q, t) for q, t in found]
        return found

    def _split(self, subject: Subject, count: int) -> list[Subject]:
        """收、支总计 with two figures are two subjects."""
        if count == 2 and subject.concept == "balance_total":
            return [replace(subject, concept="income_total"), replace(subject, concept="expenditure_total")]
        return [subject] * count

    def _state(self, match: Match) -> None:
        token = match.one("subject")
        values = self._quantities(match.all("value"))
        if token is None or not values:
            return
        filler = match.one("filler")
        if filler is not None and not self._is_filler(self._text(filler)):
            # Words nobody understood stand between the label and the figure: they name something else.
            named = Subject(f"named:{_name(self._text(token) + self._text(filler))}", label=self._text(token) + self._text(filler), binding=Binding.SENTENCE)
            self._levels(named, None, values)
            return
        subject = self._enter_item(token) if token.kind == "I" else self._subject(token)
        stage = match.one("stage")
        explicit = stage.value if stage and isinstance(stage.value, StageValue) else None
        self._levels(subject, explicit, values)

    @staticmethod
    def _is_filler(text: str) -> bool:
        return text in {"支出", "收入", "费用", "经费", "数", "（类）"} or bool(re.fullmatch(r"(?:约|近|也|仅|实际|金额|数额|部分|情况|决算|小计|超过?)+", text))

    def _state_stage(self, match: Match) -> None:
        token = match.one("stage")
        if token is None or not isinstance(token.value, StageValue):
            return
        hint = token.value.concept
        subject = self._current(hint)
        if subject is not None:
            self._levels(subject, token.value, self._quantities(match.all("value")), keep_head=True)

    def _levels(self, subject: Subject, stage: StageValue | None, values: list[tuple[Quantity, Token]], *, keep_head: bool = False) -> None:
        c = self.c
        if c.bracket and not any(f.in_bracket for f in c.frames) and self._second_candidate(subject):
            return
        made: list[Fact] = []
        for each, (quantity, token) in zip(self._split(subject, len(values)), values, strict=False):
            plain_stage = stage.stage if stage else None
            fact = c.add(each, quantity, self._place(token), stage=plain_stage, nature=stage.variant if stage else None)
            made.append(fact)
            if quantity.measure.incomplete:
                c.slips.append(Slip("incomplete_measure", fact.place, token_text(c, token), c.passage.index if c.passage else 0))
            if c.frame is not None and c.aside is None:
                c.frame.children.append(fact)
        if not keep_head and c.aside is None:
            c.head = subject

    def _second_candidate(self, subject: Subject) -> bool:
        """ "120.00万元（另表130.00万元）": the figure before the bracket can no longer be judged."""
        if subject.concept.startswith("named:") and re.search("另|原|调整前|上报|账面", subject.label):
            for fact in self.c.sentence_facts[-1:]:
                self.c.disputed.add(fact.id)
            return True
        return False

    def _count(self, match: Match) -> None:
        token = match.one("value")
        if token is None or not isinstance(token.value, Quantity):
            return
        subject_token = match.one("subject")
        after = match.one("after")
        c = self.c
        if subject_token is not None:
            label = self._text(subject_token) + (self._text(t) if (t := match.one("filler")) else "")
        elif c.head is not None and not after:
            label = c.head.label
        else:
            label = self._text(after) if after else ""
        name = _name(label)
        if subject_token is not None and subject_token.kind == "L":
            c.head = self._subject(subject_token)
        subject = Subject(f"named:{name}", label=name, binding=Binding.SENTENCE)
        fact = c.add(subject, token.value, self._place(token))
        if c.frame is not None and c.aside is None:
            c.frame.children.append(fact)

    def _restate(self, match: Match) -> None:
        subject = self.c.head
        values = self._quantities(match.all("value"))
        if subject is None or len(values) != 1:
            return
        self._levels(subject, None, values, keep_head=True)

    def _become(self, match: Match) -> None:
        become, value = match.one("become"), match.one("value")
        if become is None or value is None or not isinstance(value.value, Quantity):
            return
        token = match.one("subject")
        subject = self._subject(token) if token else self._current()
        if subject is None:
            return
        if self._text(become) in {"至", "到", "为"}:
            self._levels(subject, None, [(value.value, value)])
            return
        self._changes(subject, None, match, None)

    def _change(self, match: Match) -> None:
        token = match.one("subject")
        if token is not None and token.kind == "w":
            if self._is_filler(self._text(token)) or self.c.aside:
                token = None
            else:
                named = self._subject(token)
                self._changes(named, self._base(match), match, match.one("was"))
                return
        subject = self._subject(token) if token else self._change_subject()
        if subject is not None:
            self._changes(subject, self._base(match), match, match.one("was"))

    def _change_subject(self) -> Subject | None:
        """A change without a subject of its own speaks of the sentence's head."""
        return self.c.head or (self.c.item if self.c.sentence_facts else None) or self._current()

    def _base(self, match: Match) -> BaseValue | None:
        token = match.one("base")
        return token.value if token and isinstance(token.value, BaseValue) else None

    def _changes(self, subject: Subject, base: BaseValue | None, match: Match, was: Token | None) -> None:
        c = self.c
        directions = [t for t in match.slots.get("dir", ()) if isinstance(t.value, int)]
        sign = directions[0].value if directions and isinstance(directions[0].value, int) else 0
        rate_sign = directions[-1].value if directions and isinstance(directions[-1].value, int) else sign
        diffs = self._quantities(match.all("diff"))
        rates = self._quantities(match.all("rate"))
        if match.phrase.id == "change_by_rate" and diffs:
            sign, rate_sign = rate_sign, sign
        subjects = self._split(subject, max(len(diffs), len(rates), 1))
        for i, each in enumerate(subjects):
            plain_subject = replace(each, stage=each.stage if each.stage is not Stage.BUDGET or c.stage is Stage.BUDGET else None)
            diff = c.add(plain_subject, diffs[i][0], self._place(diffs[i][1]), aspect=Aspect.CHANGE, sign=sign) if i < len(diffs) else None
            rate = c.add(plain_subject, rates[i][0], self._place(rates[i][1]), aspect=Aspect.GROWTH, sign=rate_sign) if i < len(rates) else None
            given = self._given_base(plain_subject, base, was)
            self._relate_change(plain_subject, diff, rate, base, given)
            if diff is not None and c.frame is not None and c.aside is None:
                c.frame.children.append(diff)
        if c.aside is None and subject.label:
            c.head = subject

    def _given_base(self, subject: Subject, base: BaseValue | None, was: Token | None) -> Fact | None:
        """The base stated in the clause (较上年1174万元) or elsewhere for the base's year and stage."""
        c = self.c
        year = self._base_year(base)
        stages = (base.stage,) if base and base.stage else (c.stage, Stage.FINAL)
        if was is not None and isinstance(was.value, Quantity):
            measure = was.value.measure
            quantity = was.value if measure.symbol else replace(was.value, measure=measure)
            return c.add(subject, quantity, self._place(was), year=year, stage=stages[0])
        if base is not None and base.stage in BUDGET_STAGES and base.year is None:
            found = c.recent(subject, year=c.current_year, stages=(base.stage,) if base.stage is not Stage.BUDGET else BUDGET_STAGES)
        else:
            found = c.recent(subject, year=year, stages=stages, anywhere=not subject.concept.startswith("named:"))
        return found[0] if len({f.quantity.base for f in found}) == 1 else None

    def _base_year(self, base: BaseValue | None) -> int | None:
        c = self.c
        if base is None:
            return c.year - 1 if c.year is not None else None
        if base.year is None:
            return c.current_year
        return self._absolute(base.year, relative=base.relative)

    def _relate_change(self, subject: Subject, diff: Fact | None, rate: Fact | None, base: BaseValue | None, given: Fact | None) -> None:
        c = self.c
        stages = (subject.stage or c.stage, Stage.FINAL) if subject.stage is not Stage.BUDGET else (Stage.BUDGET,)
        now_facts = [f for f in c.recent(subject, year=c.current_year, stages=stages) if given is None or f.id != given.id]
        now = now_facts[0] if len({f.quantity.base for f in now_facts}) == 1 else None
        if base is None and not now_facts and diff is not None:
            now = None
        if diff is not None and now is not None and given is not None:
            c.relate(Difference(diff, now, given, place=diff.place, source="change"))
        if rate is None:
            return
        if diff is not None and (given is not None or now is not None):
            now_for_rate = None if given is not None else now
            c.relate(Growth(rate, change=diff, base=given, now=now_for_rate, place=rate.place, source="change"))
        elif now is not None and given is not None:
            c.relate(Growth(rate, base=given, now=now, place=rate.place, source="change_by_rate"))

    def _flat(self, match: Match) -> None:
        base = self._base(match)
        subject = self._change_subject()
        token = match.one("subject")
        if token is not None and token.kind == "L":
            subject = self._subject(token)
        if subject is None or base is None or base.year is None:
            return
        given = self._given_base(subject, base, None)
        now = self.c.recent(subject, year=self.c.current_year, stages=(subject.stage or self.c.stage, Stage.FINAL))
        if given is not None and now and given.id != now[0].id:
            self.c.relate(Order(now[0], given, 0, "持平", place=now[0].place, source="flat"))

    def _order(self, match: Match) -> None:
        order = match.one("order")
        sign = order.value if order and isinstance(order.value, int) else 0
        right = match.one("right")
        base = self._base(match)
        stage = right.value.stage if right and isinstance(right.value, StageValue) else base.stage if base else None
        if right and isinstance(right.value, LabelValue):
            stage = right.value.stage
        left = match.one("left")
        if stage not in BUDGET_STAGES or (left and isinstance(left.value, StageValue) and left.value.stage is not Stage.FINAL):
            return
        subject = self._current()
        if left and isinstance(left.value, LabelValue):
            subject = self._subject(left)
        if subject is None:
            return
        self._compare_to_budget(replace(subject, stage=None), stage, sign, self._text(order) if order else "持平")

    def _compare_to_budget(self, subject: Subject, stage: Stage | None, sign: int, word: str) -> None:
        c = self.c
        final = c.recent(subject, year=c.current_year, stages=(Stage.FINAL,))
        budget = c.recent(subject, year=c.current_year, stages=self._budget_stages(stage))
        if final and len({f.quantity.base for f in budget}) == 1:
            c.relate(Order(final[0], budget[0], sign, word, place=final[0].place, source="order"))
            return
        rates = [f for f in reversed(c.passage_facts) if f.aspect is Aspect.COMPLETION and subject.same_as(f)]
        if rates and not budget:
            whole = Fact(-1, rates[0].concept, Scope(), Quantity(PERCENT_100.value, PERCENT, text="100%"), rates[0].place, Aspect.COMPLETION)
            c.relate(Order(rates[0], whole, sign, word, place=rates[0].place, source="order"))

    @staticmethod
    def _budget_stages(stage: Stage | None) -> tuple[Stage, ...]:
        """ "预算" alone may mean whichever budget the sentence states."""
        return BUDGET_STAGES if stage in {None, Stage.BUDGET} else (stage,) if stage else BUDGET_STAGES

    def _share(self, match: Match) -> None:
        c = self.c
        stage = match.one("stage")
        if stage is not None and isinstance(stage.value, StageValue) and stage.value.stage in BUDGET_STAGES:
            self._completion(match)
            return
        portion = self._last_level()
        bare = match.one("bare")
        if bare is not None:
            self._missing_percent(match, bare)
            return
        token = match.one("rate")
        if token is None or not isinstance(token.value, Quantity):
            return
        subject = _subject_of(portion) if portion else c.head or Subject("named:", binding=Binding.SENTENCE)
        rate = c.add(subject, token.value, self._place(token), aspect=Aspect.SHARE)
        whole = self._whole(match, portion)
        if portion is not None and whole is not None and whole.id != portion.id:
            c.relate(Share(rate, portion, whole, place=rate.place, source="share"))
        if c.frame is not None and portion is not None and portion in c.frame.children:
            c.frame.shares.append(rate)
            c.frame.levels[rate.id] = portion

    def _missing_percent(self, match: Match, bare: Token) -> None:
        """ "占7.6。" or "占比为120.5": a share that lost its sign, unless another figure follows (a broken table line)."""
        passage = self.c.passage
        if passage is None:
            return
        rest = passage.text[bare.end : bare.end + 1]
        if rest and rest not in "，。；、）":
            return
        self.c.slips.append(Slip("missing_percent", self._place(bare), self._text(bare), passage.index))
        quantity = make(self._text(bare), PERCENT)
        portion = self._last_level()
        whole = self._whole(match, portion)
        if quantity and portion and whole and whole.id != portion.id:
            fact = self.c.add(_subject_of(portion), quantity, self._place(bare), aspect=Aspect.SHARE)
            self.c.relate(Share(fact, portion, whole, place=fact.place, source="share"))

    def _last_level(self) -> Fact | None:
        """The figure a share speaks of: the latest level outside a closed bracket, of the final stage if it can be."""
        frame = self.c.frame
        pool = self.c.sentence_facts or self.c.passage_facts
        levels = [f for f in pool if f.aspect is Aspect.LEVEL and f.quantity.measure.dimension is Dimension.MONEY and f.scope.nature is None]
        if frame is not None and not frame.in_bracket:
            inside = [f for f in levels if f in frame.children]
            levels = inside or levels
        if self.c.head is not None and not self.c.head.concept.startswith("named:"):
            own = [f for f in levels if self.c.head.same_as(f)]
            levels = own or levels
        return levels[-1] if levels else None

    def _whole(self, match: Match, portion: Fact | None) -> Fact | None:
        c = self.c
        token = match.one("whole")
        was = match.one("was")
        if was is not None and isinstance(was.value, Quantity):
            return c.add(Subject("named:whole", label="总数", binding=Binding.SENTENCE), was.value, self._place(was))
        if token is not None:
            if token.kind == "w":
                return None
            subject = replace(self._subject(token), stage=None)
            stages = (c.stage, Stage.FINAL) if c.stage is not Stage.BUDGET else (Stage.BUDGET,)
            found = c.recent(subject, year=c.current_year, stages=stages, anywhere=True)
            return found[0] if len({f.quantity.base for f in found}) == 1 else None
        frame = c.frame
        if frame is None or portion is None:
            return None
        return frame_total(frame, portion)

    def _completion(self, match: Match) -> None:
        c = self.c
        bare = match.one("bare")
        token = match.one("rate")
        stage_token = match.one("stage")
        stage = stage_token.value.stage if stage_token and isinstance(stage_token.value, (StageValue, LabelValue)) else None
        final = self._last_final()
        if bare is not None and c.passage is not None:
            rest = c.passage.text[bare.end : bare.end + 1]
            if not rest or rest in "，。；、）":
                c.slips.append(Slip("missing_percent", self._place(bare), self._text(bare), c.passage.index))
            return
        if token is None or not isinstance(token.value, Quantity):
            return
        subject = _subject_of(final) if final else c.head or self._current() or Subject("named:")
        rate = c.add(subject, token.value, self._place(token), aspect=Aspect.COMPLETION, stage=stage)
        given = match.one("budget")
        if given is not None and isinstance(given.value, Quantity):
            budget: Fact | None = c.add(subject, given.value, self._place(given), stage=stage or Stage.BUDGET)
        else:
            found = c.recent(replace(subject, stage=None), year=c.current_year, stages=self._budget_stages(stage))
            budget = found[0] if len({f.quantity.base for f in found}) == 1 else None
        if final is not None and budget is not None:
            c.relate(Completion(rate, final, budget, place=rate.place, source="completion"))

    def _last_final(self) -> Fact | None:
        subject = self._current()
        for pool in (self.c.sentence_facts, self.c.passage_facts):
            levels = [f for f in pool if f.aspect is Aspect.LEVEL and f.scope.stage in {Stage.FINAL, Stage.EXECUTION}]
            own = [f for f in levels if subject is not None and subject.same_as(f)]
            if own or levels:
                return own[-1] if own else levels[-1] if subject is None or subject.concept.startswith("named:") else None
        return None

    def _among(self, match: Match) -> None:
        c = self.c
        if c.aside is not None:
            return
        before = [f for f in (c.sentence_facts or c.passage_facts) if f.aspect in {Aspect.LEVEL, Aspect.CHANGE}] or list(c.passage_facts)
        token = match.one("among")
        passage = c.passage
        if token is None or passage is None:
            return
        c.frames.append(Frame(self._text(token), before[:], in_bracket=c.bracket, opened_in=passage.index))


PERCENT_100 = Quantity(make("100", PERCENT).value, PERCENT, text="100%")  # type: ignore[union-attr]


def token_text(context: Context, token: Token) -> str:
    return context.passage.text[token.start : token.end] if context.passage else ""


def frame_total(frame: Frame, like: Fact) -> Fact | None:
    """The figure a frame's parts are parts of: the latest before the list with the same measure, stage and aspect."""
    for fact in reversed(frame.before):
        if fact.aspect is like.aspect and fact.quantity.same_dimension(like.quantity) and fact.scope.stage is like.scope.stage:
            return fact
    return None


def _subject_of(fact: Fact) -> Subject:
    return Subject(fact.concept, fact.scope.fund, fact.scope.account, fact.scope.economic, label=fact.label, binding=fact.binding)


def _name(text: str) -> str:
    """The name of a subject outside the taxonomy: its words without connectives."""
    return re.sub(r"^(?:和|及|以及|并|还|共|其中|在|对|有|从|了|则|又)+|(?:共|约|为|是|了|有|共有|支出)+$", "", text.strip("“”\"‘’")) or text
