"""Clauses of change against a base: 增加…, 比上年…, 持平."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from juesuan.evaluate import evaluate
from juesuan.facts import Aspect, Binding, Completion, Difference, Equal, Fact, Growth, Order, Stage, State, Within
from juesuan.quantity import Quantity
from juesuan.taxonomy.concepts import THREE_PUBLIC
from juesuan.taxonomy.phrases import Match
from juesuan.taxonomy.tokens import BaseValue, Token, YearValue
from juesuan.understand.context import BUDGET_STAGES, UNNAMED, Slip, Subject
from juesuan.understand.frames import total_of
from juesuan.understand.levels import LevelClauses
from juesuan.understand.subjects import subject_of

_BALANCE = re.compile("结余|结转|差额|净")


class ChangeClauses(LevelClauses):
    """Handlers of the phrases in `juesuan.taxonomy.phrases.change`."""

    def _change(self, match: Match) -> None:
        token = match.one("subject")
        if token is not None and token.kind == "w":
            if self._is_filler(self._text(token)) or self.c.aside:
                token = None
            else:
                named = self._subject(token)
                self._changes(named, self._base(match), match, match.one("was"))
                return
        subject = self._subject(token) if token else self._spent(self._change_subject(), self._base(match))
        if subject is not None:
            self._changes(subject, self._base(match), match, match.one("was"))

    def _spent(self, subject: Subject | None, base: BaseValue | None) -> Subject | None:
        """After "全年预算…，支出决算…" a change against last year is that of the outturn."""
        c = self.c
        if subject is None or subject.stage not in BUDGET_STAGES or c.stage is not Stage.FINAL:
            return subject
        if base is not None and base.stage in BUDGET_STAGES:
            return subject
        final = replace(subject, stage=None)
        return final if c.recent(final, year=c.current_year, stages=(Stage.FINAL,)) else subject

    def _now(self, subject: Subject, stages: tuple[Stage, ...]) -> tuple[Fact, ...]:
        """The figure of this year of a change's subject; 收、支总计 are the two totals where these are one figure."""
        c = self.c
        found = c.recent(subject, year=c.current_year, stages=stages)
        if found:
            return found
        if subject.concept == "balance_total":
            sides = [
                c.recent(
                    replace(subject, concept=side), year=c.current_year, stages=stages, anywhere=bool(subject.fund)
                )
                for side in ("income_total", "expenditure_total")
            ]
            if not all(sides):
                return ()
            if len({f.quantity.base for s in sides for f in s}) > 1:
                # One change is stated for both: income and expenditure are meant to be one total.
                c.relate(Equal(sides[1][0], sides[0][0], place=sides[1][0].place, source="balance", sure=False))
                return ()
            return sides[0]
        if subject.concept in THREE_PUBLIC and c.aside is None:
            found = c.recent(subject, year=c.current_year, stages=stages, anywhere=True)
        return found if len({f.quantity.base for f in found}) == 1 else ()

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
        rising = -rate_sign if rates and rates[0][0].value < 0 else rate_sign
        if sign * rising < 0 and c.passage and diffs and all(q.is_zero for q, _ in diffs):
            # Arithmetic says nothing of a change too small to be seen; its two words do.
            place = self._place(directions[-1])
            c.slips.append(Slip("opposite_words", place, self._text(directions[-1]), c.passage.index))
        if match.phrase.id == "change_by_rate" and diffs:
            sign, rate_sign = rate_sign, sign
        subjects = self._split(subject, max(len(diffs), len(rates), 1))
        nature = self._against(base)
        if len({s.concept for s in subjects}) < len(subjects):  # which of them is whose is not known
            subjects = [
                Subject(f"named:{i}", label=subject.label, binding=Binding.SENTENCE) for i in range(len(subjects))
            ]
        for i, each in enumerate(subjects):
            plain_subject = replace(
                each, stage=each.stage if each.stage is not Stage.BUDGET or c.stage is Stage.BUDGET else None
            )
            diff = (
                c.add(
                    plain_subject, diffs[i][0], self._place(diffs[i][1]), aspect=Aspect.CHANGE, sign=sign, nature=nature
                )
                if i < len(diffs)
                else None
            )
            rate = (
                c.add(
                    plain_subject,
                    rates[i][0],
                    self._place(rates[i][1]),
                    aspect=Aspect.GROWTH,
                    sign=rate_sign,
                    nature=nature,
                )
                if i < len(rates)
                else None
            )
            given = self._given_base(plain_subject, base, was)
            if len(subjects) == 1 or not each.concept.startswith("named:"):
                named = any(t.kind == "L" for t in match.slots.get("subject", ()))
                c.change_is_named = named
                self._relate_change(plain_subject, diff, rate, base, given, named=named)
            if diff is not None and given is None:
                self._complete(diff, base)
            if diff is not None and c.frame is not None and c.aside is None:
                c.frame.children.append(diff)
        if c.aside is None and subject.label:
            c.head = subject

    def _complete(self, diff: Fact, base: BaseValue | None) -> None:
        """完成年初预算的140.34%，比年初预算增加534.70万元: the budget is the outturn less the change."""
        c = self.c
        if c.waiting is None or base is None or base.stage not in BUDGET_STAGES:
            return
        rate, final = c.waiting
        same = (final.concept, final.scope.fund, final.scope.account) == (
            diff.concept,
            diff.scope.fund,
            diff.scope.account,
        )
        if same and rate in c.sentence_facts:
            c.relate(Completion(rate, final, None, diff, place=rate.place, source="completion"))
            c.waiting = None

    def _nothing_was(self) -> None:
        """（上年无此项） right behind a change: all of this year's figure is the change."""
        c = self.c
        diff = c.sentence_facts[-1] if c.sentence_facts else None
        if diff is None or diff.aspect is not Aspect.CHANGE or diff.scope.nature != self._against(None):
            return
        now = self._now(replace(subject_of(diff), stage=None), (c.stage, Stage.FINAL))
        frame = c.frame or c.finished
        if not c.change_is_named and frame is not None and any(f in frame.children for f in now):
            return  # behind a list the change may be that of its total
        if len({f.quantity.base for f in now}) == 1:
            zero = replace(now[0], id=-1, quantity=replace(now[0].quantity, value=Decimal(0), text="0"))
            c.relate(Difference(diff, now[0], zero, place=diff.place, source="zero_base"))

    def _base_year(self, base: BaseValue | None) -> int | None:
        c = self.c
        if base is None:
            return c.year - 1 if c.year is not None else -1
        if base.year is None:
            return c.current_year
        return self._absolute(base.year, relative=base.relative)

    def _against(self, base: BaseValue | None) -> str:
        """What a change is measured against: changes against last year and against the budget are two facts."""
        if base is None or (base.stage is None and base.year is None):
            return f"vs {self._base_year(None)}"
        stage = base.stage.value if base.stage in BUDGET_STAGES else ""
        return f"vs {self._base_year(base)} {stage}".strip()

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
            found = c.recent(
                subject, year=c.current_year, stages=(base.stage,) if base.stage is not Stage.BUDGET else BUDGET_STAGES
            )
        else:
            found = c.recent(subject, year=year, stages=stages, anywhere=_is_known(subject))
        return found[0] if len({f.quantity.base for f in found}) == 1 else None

    def _relate_change(
        self,
        subject: Subject,
        diff: Fact | None,
        rate: Fact | None,
        base: BaseValue | None,
        given: Fact | None,
        *,
        named: bool,
    ) -> None:
        """`named`: the clause itself says of what it speaks."""
        c = self.c
        stages = (subject.stage or c.stage, Stage.FINAL) if subject.stage is not Stage.BUDGET else (Stage.BUDGET,)
        now_facts = [f for f in self._now(subject, stages) if given is None or f.id != given.id]
        now = now_facts[0] if len({f.quantity.base for f in now_facts}) == 1 else None
        if base is None and not now_facts and diff is not None:
            now = None
        if diff is not None and now is not None and given is not None:
            c.relate(Difference(diff, now, given, place=diff.place, source="change"))
        if rate is None:
            if diff is not None and now is not None and given is None:
                self._rise(subject, diff, now, named=named)
            return
        if diff is not None and (given is not None or now is not None):
            now_for_rate = None if given is not None else self._now_that_fits(diff, rate, now)
            c.relate(Growth(rate, change=diff, base=given, now=now_for_rate, place=rate.place, source="change"))
        elif now is not None and given is not None:
            c.relate(Growth(rate, base=given, now=now, place=rate.place, source="change_by_rate"))

    def _rise(self, subject: Subject, diff: Fact, now: Fact, *, named: bool) -> None:
        """An increase that names its subject, or stands right after the one amount it can speak of.

        After a list of parts it may speak of the last of them or of the total.
        """
        c = self.c
        passage = c.passage.index if c.passage else 0
        ended = {f.id for s in takewhile(lambda s: s.passage == passage, reversed(c.segments)) for f in s.facts}
        levels = [f for f in c.sentence_facts if f.aspect is Aspect.LEVEL and f.id not in ended]
        explicit = diff.binding is now.binding is Binding.EXPLICIT
        if diff.sign > 0 and explicit and (named or levels == [now]) and _never_negative(subject):
            c.relate(Within(diff, now, place=diff.place, source="change"))

    def _now_that_fits(self, diff: Fact, rate: Fact, now: Fact | None) -> Fact | None:
        """At the end of a list of parts, a change may speak of the last part or of the total: the reading that holds is meant."""
        frame = self.c.frame or self.c.finished
        if now is None or frame is None or now not in frame.children:
            return now
        total = total_of(frame, [now])
        if total is None or evaluate(Growth(rate, change=diff, now=now)).state is not State.BROKEN:
            return now
        fits = evaluate(Growth(rate, change=diff, now=total)).state in {State.HOLDS, State.ROUNDING}
        return total if fits else now

    def _flat(self, match: Match) -> None:
        base = self._base(match)
        subject = self._change_subject()
        token = match.one("subject")
        if token is not None and token.kind == "L":
            subject = self._subject(token)
        was = match.one("was")
        if subject is None or base is None or (base.year is None and was is None):
            return
        self._as_before(subject, base, was)

    def _as_before(self, subject: Subject, base: BaseValue, was: Token | None) -> None:
        """The subject's figure is that of the base."""
        given = self._given_base(subject, base, was)
        now = self.c.recent(subject, year=self.c.current_year, stages=(subject.stage or self.c.stage, Stage.FINAL))
        before = self._base_year(base)
        known = now or self._now(subject, (subject.stage or self.c.stage, Stage.FINAL))
        if known and before is not None and self.c.aside is None:
            self.c.flats.append((known[0], before))
        if given is not None and now and given.id != now[0].id:
            self.c.relate(Order(now[0], given, 0, "持平", place=now[0].place, source="flat"))

    def _from_to(self, match: Match) -> None:
        """由40.00万元增加到44.00万元，增长10%: both figures, the word between them, and the rate."""
        c = self.c
        was, value, direction, rate = (match.one(slot) for slot in ("was", "value", "dir", "rate"))
        subject, year = self._change_subject(), match.one("year")
        if was is None or value is None or subject is None or direction is None:
            return
        before = (
            self._absolute(year.value.year, relative=year.value.relative)
            if year and isinstance(year.value, YearValue)
            else None
        )
        subject = Subject(f"named:{subject.label}", label=subject.label, binding=Binding.SENTENCE)
        facts = [
            c.add(subject, token.value, self._place(token), year=at, nature="from_to")
            for token, at in ((was, before), (value, None))
            if isinstance(token.value, Quantity)
        ]
        if len(facts) != 2 or not isinstance(direction.value, int):
            return
        c.relate(
            Order(facts[1], facts[0], direction.value, self._text(direction), place=facts[1].place, source="from_to")
        )
        if rate is not None and isinstance(rate.value, Quantity):
            shown = c.add(
                subject, rate.value, self._place(rate), aspect=Aspect.GROWTH, sign=direction.value, nature="from_to"
            )
            c.relate(Growth(shown, base=facts[0], now=facts[1], place=shown.place, source="from_to"))

    def _variance(self, match: Match) -> None:
        """预决算差异率: how far the outturn is from the budget, in either direction."""
        c = self.c
        token, subject = match.one("rate"), self._current()
        if token is None or subject is None or not isinstance(token.value, Quantity):
            return
        final = c.recent(subject, year=c.current_year, stages=(Stage.FINAL,))
        budget = c.recent(replace(subject, stage=None), year=c.current_year, stages=BUDGET_STAGES)
        one = len({f.quantity.base for f in final}) == len({f.quantity.base for f in budget}) == 1
        sign = -1 if one and final[0].value < budget[0].value else 1
        rate = c.add(subject, token.value, self._place(token), aspect=Aspect.GROWTH, sign=sign, nature="vs budget")
        if one:
            c.relate(Growth(rate, base=budget[0], now=final[0], place=rate.place, source="variance"))


def _never_negative(subject: Subject) -> bool:
    """Whether the subject's amount cannot fall below nothing; a balance can."""
    return _is_known(subject) and not _BALANCE.search(subject.label)


def _is_known(subject: Subject) -> bool:
    """Whether figures of the subject may be looked for beyond the paragraph."""
    return subject.concept != UNNAMED and not subject.concept.startswith("named:")
