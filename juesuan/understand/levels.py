"""Clauses that state a figure: amounts, counts, and the words that open a list of parts."""

from __future__ import annotations

import re

from juesuan.facts import Aspect, Binding, Fact, Stage, Sum
from juesuan.quantity import Quantity
from juesuan.taxonomy.concepts import CONCEPTS
from juesuan.taxonomy.phrases import Match
from juesuan.taxonomy.tokens import StageValue, Token, YearValue
from juesuan.understand.context import UNNAMED, Frame, Slip, Subject
from juesuan.understand.frames import adds_up, close_frame, total_of
from juesuan.understand.subjects import Subjects, name_of

_LEAST_LISTED = 2
_SAID_IN_PASSING = {"reason", "purpose", "rate", "from_to"}
_SIDES = {
    "收入": frozenset(
        {
            "income",
            "income_total",
            "carried_in",
            "use_of_surplus",
            *(c.id for c in CONCEPTS if c.id.startswith("income")),
        }
    ),
    "支出": frozenset({"expenditure", "expenditure_total", "carried_out", "surplus_distribution", "basic", "project"}),
}
"""Concepts of one side only: 支出包括 lists nothing of 上年结转."""


def _all_of(concept: str, label: str) -> Subject:
    """All income or all expenditure of the unit: 某局收入预算…, and 支出预算… in a paragraph of its own."""
    return Subject(concept, "all", label=label, binding=Binding.SENTENCE)


class LevelClauses(Subjects):
    """Handlers of the phrases in `juesuan.taxonomy.phrases.state` and `among`."""

    def _state(self, match: Match) -> None:
        token = match.one("subject")
        values = self._quantities(match.all("value"))
        if token is None or not values:
            return
        filler = match.one("filler")
        if filler is not None and not self._is_filler(self._text(filler)):
            # Words nobody understood stand between the label and the figure: they name something else.
            named = Subject(
                f"named:{name_of(self._text(token) + self._text(filler))}",
                label=self._text(token) + self._text(filler),
                binding=Binding.SENTENCE,
            )
            self._levels(named, None, values)
            return
        subject = self._enter_item(token) if token.kind == "I" else self._subject(token)
        stage = match.one("stage")
        explicit = stage.value if stage and isinstance(stage.value, StageValue) else None
        if stage and explicit and explicit.concept and token.kind == "w" and self._is_the_unit(self._text(token)):
            subject = _all_of(explicit.concept, self._text(token) + self._text(stage))
        year = match.one("year")
        before = self.c.sentence_year
        if year is not None and isinstance(year.value, YearValue):
            self.c.sentence_year = self._absolute(year.value.year, relative=year.value.relative)
        self._levels(subject, explicit, values)
        self.c.sentence_year = before if year is not None else self.c.sentence_year

    @staticmethod
    def _is_filler(text: str) -> bool:
        return text in {"支出", "收入", "费用", "经费", "数", "（类）", "科目"} or bool(
            re.fullmatch(r"(?:约|近|也|仅|实际|完成|金额|数额|部分|情况|决算|小计|超过?)+", text)
        )

    def _state_stage(self, match: Match) -> None:
        token = match.one("stage")
        if token is None or not isinstance(token.value, StageValue):
            return
        subject = self._current()
        after_income = (
            subject is not None and token.value.concept == "expenditure" and subject.concept in _SIDES["收入"]
        )
        no_fund = subject is not None and (subject.concept == UNNAMED or (after_income and subject.fund is None))
        if no_fund and token.value.concept and token.value.stage is Stage.BUDGET:
            subject = _all_of(token.value.concept, self._text(token))
        elif subject is not None and after_income:
            subject = Subject("expenditure", subject.fund, label=self._text(token), binding=Binding.SENTENCE)
        if subject is not None:
            self._levels(subject, token.value, self._quantities(match.all("value")), keep_head=True)

    def _state_year(self, match: Match) -> bool:
        """“三公”经费2021年8.6万元、2022年7.2万元: the figure of another year of the subject spoken of, if there is one."""
        c = self.c
        year, value = match.one("year"), match.one("value")
        known = c.head is not None and any(c.head.same_as(f) for f in c.sentence_facts)
        if year is None or value is None or not known or not isinstance(year.value, YearValue) or c.head is None:
            return False
        before = c.sentence_year
        c.sentence_year = self._absolute(year.value.year, relative=year.value.relative)
        self._levels(c.head, None, self._quantities([value]), keep_head=True)
        c.sentence_year = before
        return True

    def _rate(self, match: Match) -> None:
        """A rate of something the taxonomy does not know: read, and related to nothing."""
        token, value = match.one("subject"), match.one("value")
        if value is None or not isinstance(value.value, Quantity):
            return
        name = name_of(self._text(token)) if token else "比率"
        subject = Subject(f"named:{name}", label=name, binding=Binding.SENTENCE)
        direction = match.one("dir")
        aspect = Aspect.CHANGE if direction else Aspect.SHARE
        sign = direction.value if direction and isinstance(direction.value, int) else 0
        self.c.add(subject, value.value, self._place(value), aspect=aspect, sign=sign, nature="rate")

    def _levels(
        self,
        subject: Subject,
        stage: StageValue | None,
        values: list[tuple[Quantity, Token]],
        *,
        keep_head: bool = False,
    ) -> None:
        c = self.c
        if c.bracket and not any(f.in_bracket for f in c.frames) and self._second_candidate(subject):
            return
        made: list[Fact] = []
        for each, (quantity, token) in zip(self._split(subject, len(values)), values, strict=False):
            plain_stage = stage.stage if stage else None
            fact = c.add(each, quantity, self._place(token), stage=plain_stage, nature=stage.variant if stage else None)
            made.append(fact)
            if quantity.measure.incomplete:
                c.slips.append(
                    Slip("incomplete_measure", fact.place, self._text(token), c.passage.index if c.passage else 0)
                )
            if c.frame is not None and c.aside is None and c.bracket <= c.frame.in_bracket:
                c.frame.children.append(fact)
        if not keep_head and c.aside is None:
            c.head = subject

    def _second_candidate(self, subject: Subject) -> bool:
        """Whether a bracket gives another figure: the one before "120.00万元（另表130.00万元）" cannot be judged."""
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
        name = name_of(label)
        if subject_token is not None and subject_token.kind == "L":
            c.head = self._subject(subject_token)
        counted = (
            c.head.concept
            if c.head is not None and (subject_token is None or subject_token.kind == "L") and not after
            else None
        )
        named = counted is None or counted.startswith("named:")
        subject = Subject(f"named:{name}" if named else f"count:{counted}", label=name, binding=Binding.SENTENCE)
        for figure in (token, match.one("money")):
            if figure is not None and isinstance(figure.value, Quantity):
                fact = c.add(subject, figure.value, self._place(figure))
                if c.frame is not None and c.aside is None:
                    c.frame.children.append(fact)

    def _restate(self, match: Match) -> None:
        subject = self.c.head
        values = self._quantities(match.all("value"))
        if subject is None or len(values) != 1 or self._sums_up(match, values[0]):
            return
        self._levels(subject, None, values, keep_head=True)

    def _sums_up(self, match: Match, value: tuple[Quantity, Token]) -> bool:
        """甲120万元、乙86.5万元，合计206.5万元: a total behind its parts."""
        c, (quantity, token) = self.c, value
        word = match.one("word")
        frame = c.frame
        if word is None or self._text(word) not in {"合计", "共计", "总计", "小计"} or frame is None or c.aside:
            return False
        parts = [f for f in frame.children if f.aspect is Aspect.LEVEL and f.quantity.same_dimension(quantity)]
        if len(parts) < _LEAST_LISTED or total_of(frame, parts) is not None:
            return False
        total = c.add(Subject("named:合计", label="合计", binding=Binding.SENTENCE), quantity, self._place(token))
        c.relate(Sum(total, tuple(parts), place=total.place, source="list", sure=False))
        c.frames.remove(frame)
        return True

    def _become(self, match: Match) -> None:
        become, value = match.one("become"), match.one("value")
        if become is None or value is None or not isinstance(value.value, Quantity):
            return
        token = match.one("subject")
        subject = self._subject(token) if token else self._current()
        if subject is None:
            return
        self._levels(subject, None, [(value.value, value)])

    def _leave_finished(self, before: list[Fact]) -> None:
        """编制40人，其中…；实有39人，其中…: a second list whose total came after the first list was full."""
        frame = self.c.frame
        if frame is None or not before or frame.in_bracket < self.c.bracket or before[-1] not in frame.children:
            return
        inside = [f for f in frame.children if f is not before[-1]]
        if len(inside) > 1 and adds_up(frame, inside):
            frame.children = inside
            self.c.frames.remove(frame)
            close_frame(self.c, frame)

    def _listed(self, before: list[Fact], opening: Token) -> list[Fact] | None:
        """What words right before the list say is listed: 本年收入构成如下：, 支出包括：; None where there are none."""
        c = self.c
        text = c.passage.text if c.passage else ""
        start = max(text.rfind(mark, 0, opening.start) for mark in "，。；：（）、") + 1
        words = text[start : opening.start]
        if not words or re.search(r"\d", words):
            return None
        if c.head is not None and c.bare[0] >= start:
            stages = (c.head.stage or c.stage, Stage.FINAL)
            known = c.head.fund is not None
            return list(c.recent(c.head, year=c.current_year, stages=stages, anywhere=known)[:1])
        for word, other in (("支出", "收入"), ("收入", "支出")):
            if word in words and other not in words:
                own = [f for f in before if f.concept not in _SIDES[other] or f.concept in _SIDES[word]]
                return own or self._of_both_sides(opening)
        return None

    def _of_both_sides(self, opening: Token) -> list[Fact]:
        """收支总预算…。收入包括：…；支出包括：…: the one total just before is that of either side."""
        place = self._place(opening)
        near = [f for f in self.c.facts if place.start.block - f.place.start.block <= 1]
        return [f for f in near if f.concept == "balance_total" and f.aspect is Aspect.LEVEL][-1:]

    def _among(self, match: Match) -> None:
        c = self.c
        if c.aside is not None:
            return
        before = [
            f
            for f in (c.sentence_facts or c.passage_facts)
            if f.aspect in {Aspect.LEVEL, Aspect.CHANGE} and f.scope.nature not in _SAID_IN_PASSING
        ] or list(c.passage_facts)
        if (opening := match.one("among")) is not None and opening.value == "amid":
            # "“三公”经费支出决算中，…": the total is the one named, wherever it was stated.
            stages = (c.head.stage or c.stage, Stage.FINAL) if c.head else ()
            before = list(c.recent(c.head, year=c.current_year, stages=stages, anywhere=True)[:1]) if c.head else []
            if not before:
                return
        named = self._listed(before, opening) if opening is not None and opening.value != "amid" else None
        if named is not None:
            before = named
        self._leave_finished(before)
        if not before and named is None and c.head is not None:
            before = list(c.recent(c.head, year=c.current_year, stages=(c.stage, Stage.FINAL), anywhere=True)[:1])
        token = match.one("among")
        passage = c.passage
        if token is None or passage is None:
            return
        c.frames.append(
            Frame(
                self._text(token),
                before[:],
                in_bracket=c.bracket,
                opened_in=passage.index,
                of_budget=c.stage is Stage.BUDGET,
            )
        )
