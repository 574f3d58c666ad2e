"""Clauses that hold one figure against another: shares, completion of a budget, words of comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from juesuan.evaluate import evaluate
from juesuan.facts import Aspect, Binding, Completion, Fact, Order, Scope, Share, Shares, Stage, State, Sum
from juesuan.quantity import PERCENT, Dimension, Quantity, make
from juesuan.taxonomy.phrases import Match
from juesuan.taxonomy.tokens import LabelValue, StageValue, Token
from juesuan.understand.changes import ChangeClauses
from juesuan.understand.context import BUDGET_STAGES, PARTS_OF, UNNAMED, Loose, Slip, Subject
from juesuan.understand.frames import total_of
from juesuan.understand.subjects import subject_of

_UNPLANNED: Final = re.compile(r"(?:未|没有|无)(?:安排|编制|列)?(?:年初|当年|全年)?预算(?:安排)?(?=[，。；])")
HUNDRED = Quantity(Decimal(100), PERCENT, text="100%")


class RatioClauses(ChangeClauses):
    """Handlers of the phrases in `juesuan.taxonomy.phrases.share`, `completion` and `order`."""

    def _order(self, match: Match) -> None:
        order = match.one("order")
        sign = order.value if order and isinstance(order.value, int) else 0
        right = match.one("right")
        base = self._base(match)
        stage = right.value.stage if right and isinstance(right.value, StageValue) else base.stage if base else None
        if right and isinstance(right.value, LabelValue):
            stage = right.value.stage
        left = match.one("left")
        if base is not None and base.stage is None and base.year is not None and left and left.kind == "L":
            self._as_before(self._subject(left), base, None)
        if stage not in BUDGET_STAGES or (
            left and isinstance(left.value, StageValue) and left.value.stage is not Stage.FINAL
        ):
            return
        subject = self._current()
        if left and isinstance(left.value, LabelValue):
            subject = self._subject(left)
        if subject is None:
            return
        word = self._text(order) if order else "持平"
        self._compare_to_budget(replace(subject, stage=None), stage, sign, word, order.start if order else 0)

    def _compare_to_budget(self, subject: Subject, stage: Stage | None, sign: int, word: str, at: int) -> None:
        """`at`: where the word stands in the passage."""
        c = self.c
        final = c.recent(subject, year=c.current_year, stages=(Stage.FINAL,))
        budget = c.recent(subject, year=c.current_year, stages=self._budget_stages(stage))
        if final and not budget and self._nothing_planned(at):
            budget = (replace(final[0], id=-1, quantity=replace(final[0].quantity, value=Decimal(0), text="0")),)
        if final and len({f.quantity.base for f in budget}) == 1:
            c.relate(Order(final[0], budget[0], sign, word, place=final[0].place, source="order"))
            if not sign or budget[0].quantity.is_zero or not final[0].interval.meets(budget[0].interval):
                return
        elif budget:
            return
        # Of two figures that read alike the rate still tells which is greater.
        rates = [f for f in reversed(c.passage_facts) if f.aspect is Aspect.COMPLETION and subject.same_as(f)]
        if rates:
            whole = Fact(-1, rates[0].concept, Scope(), HUNDRED, rates[0].place, Aspect.COMPLETION)
            c.relate(Order(rates[0], whole, sign, word, place=rates[0].place, source="order"))

    def _nothing_planned(self, at: int) -> bool:
        """Whether the sentence says before the word that no budget was made: 未安排预算."""
        text = self.c.passage.text[:at] if self.c.passage else ""
        return _UNPLANNED.search(text[text.rfind("。") + 1 :]) is not None

    @staticmethod
    def _budget_stages(stage: Stage | None) -> tuple[Stage, ...]:
        """The stages a budget may have: "预算" alone may mean whichever budget the sentence states."""
        return BUDGET_STAGES if stage is None or stage is Stage.BUDGET else (stage,)

    def _share(self, match: Match) -> None:
        c = self.c
        stage = match.one("stage")
        if stage is not None and isinstance(stage.value, StageValue) and stage.value.stage in BUDGET_STAGES:
            self._completion(match)
            return
        portion = self._named_portion() if self._named_before(match) else self._last_level()
        bare = match.one("bare")
        if bare is not None:
            self._missing_percent(match, bare)
            return
        token = match.one("rate")
        if token is None or not isinstance(token.value, Quantity):
            return
        subject = subject_of(portion) if portion else c.head or Subject(UNNAMED, binding=Binding.SENTENCE)
        rate = c.add(subject, token.value, self._place(token), aspect=Aspect.SHARE)
        whole = self._whole(match, portion)
        # What evaluations cover (涉及资金) is lawfully counted apart from the accounts.
        apart = portion is not None and "涉及" in portion.label
        if portion is not None and whole is not None and whole.id != portion.id and not apart:
            c.relate(Share(rate, portion, whole, place=rate.place, source="share"))
        self._without_whole(match, rate, portion, found=whole is not None or apart)
        of_the_list = match.one("whole") is None or (
            whole is not None and c.frame is not None and whole in c.frame.before
        )
        if c.frame is not None and portion is not None and portion in c.frame.children and of_the_list:
            c.frame.shares.append(rate)
            c.frame.levels[rate.id] = portion

    def _without_whole(self, match: Match, rate: Fact, portion: Fact | None, *, found: bool) -> None:
        """A share whose whole is named and not stated yet, or not even named: settled when the text has been read."""
        c = self.c
        named = match.one("whole")
        if portion is None or found or c.aside is not None:
            return
        if named is None and match.one("was") is None:
            c.loose.append(Loose(c.sections, rate, portion))
        elif named is not None and named.kind == "L":
            c.pending.append((rate, portion, replace(self._subject(named), stage=None)))

    def _named_before(self, match: Match) -> bool:
        """Whether a label without a figure stands right before: 公务接待费支出占9.1%."""
        at, end = match.one("at"), self.c.bare[1]
        if at is None or self.c.passage is None or not end:
            return False
        return self.c.passage.text[end : at.start] in {"", "支出", "决算", "金额"}

    def _named_portion(self) -> Fact | None:
        """The one figure of the label a share speaks of; none where two labels in a row name a part of unknown size."""
        c = self.c
        if c.head is None or c.bare_pair:
            return None
        found = c.recent(c.head, year=c.current_year, stages=self._final_stages(), anywhere=True)
        return found[0] if len({f.quantity.base for f in found}) == 1 else None

    def _final_stages(self) -> tuple[Stage, ...]:
        """The stage of an amount that names none."""
        return (self.c.stage, Stage.FINAL) if self.c.stage is not Stage.BUDGET else (Stage.BUDGET,)

    def _missing_percent(self, match: Match, bare: Token) -> None:
        """A share that lost its sign, "占7.6。" or "占比为120.5", unless another figure follows (a broken table line)."""
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
            fact = self.c.add(subject_of(portion), quantity, self._place(bare), aspect=Aspect.SHARE)
            self.c.relate(Share(fact, portion, whole, place=fact.place, source="share"))

    def _last_level(self) -> Fact | None:
        """The figure a share speaks of: the latest level outside a closed bracket, of the final stage if it can be."""
        frame = self.c.frame
        pool = self.c.sentence_facts or self.c.passage_facts
        levels = [
            f
            for f in pool
            if f.aspect is Aspect.LEVEL and f.quantity.measure.dimension is Dimension.MONEY and f.scope.nature is None
        ]
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
        if was is not None and isinstance(was.value, Quantity) and token is None:
            return c.add(Subject("named:whole", label="总数", binding=Binding.SENTENCE), was.value, self._place(was))
        if token is not None:
            if token.kind == "w":
                return None
            subject = replace(self._subject(token), stage=None)
            if was is not None and isinstance(was.value, Quantity):
                return c.add(subject, was.value, self._place(was))
            found = c.recent(subject, year=c.current_year, stages=self._final_stages(), anywhere=True)
            if not found and subject.concept == "expenditure_total" and subject.fund not in {None, "all"}:
                # 占一般公共预算财政拨款总支出的…: of one fund nothing but this year's expenditure is a total.
                spent = replace(subject, concept="expenditure")
                found = c.recent(spent, year=c.current_year, stages=self._final_stages(), anywhere=True)
            return found[0] if len({f.quantity.base for f in found}) == 1 else None
        if portion is None:
            return None
        totals = [t for t in (total_of(f, [portion]) for f in reversed(c.frames)) if t is not None]
        rate = match.one("rate")
        if rate is None or not isinstance(rate.value, Quantity) or len(totals) < 2:
            return totals[0] if totals else None
        # A share inside an inner list may be of the outer total: the reading that holds is meant.
        shown = Fact(-1, portion.concept, Scope(), rate.value, portion.place, Aspect.SHARE)
        return next((t for t in totals if evaluate(Share(shown, portion, t)).state is not State.BROKEN), totals[0])

    def _completion(self, match: Match) -> None:
        c = self.c
        bare = match.one("bare")
        token = match.one("rate")
        stage_token = match.one("stage")
        stage = (
            stage_token.value.stage if stage_token and isinstance(stage_token.value, (StageValue, LabelValue)) else None
        )
        final = self._last_final()
        if bare is not None and c.passage is not None:
            rest = c.passage.text[bare.end : bare.end + 1]
            if not rest or rest in "，。；、）":
                c.slips.append(Slip("missing_percent", self._place(bare), self._text(bare), c.passage.index))
            return
        if token is None or not isinstance(token.value, Quantity):
            return
        subject = subject_of(final) if final else c.head or self._current() or Subject(UNNAMED)
        rate = c.add(subject, token.value, self._place(token), aspect=Aspect.COMPLETION, stage=stage)
        given = match.one("budget")
        if given is not None and isinstance(given.value, Quantity):
            budget: Fact | None = c.add(subject, given.value, self._place(given), stage=stage or Stage.BUDGET)
        else:
            found = c.recent(replace(subject, stage=None), year=c.current_year, stages=self._budget_stages(stage))
            if not found and stage is not None:
                # "支出预算为…，支出决算为…，完成年初预算的…": the one budget the sentence states is meant.
                found = self._only_budget(subject)
            budget = found[0] if len({f.quantity.base for f in found}) == 1 else None
            if budget is None and stage is None and final is not None:
                budget = self._budget_that_fits(rate, final, found)
        change = self._change_from_budget(subject) if budget is None else None
        if final is not None and (budget is not None or change is not None):
            c.relate(Completion(rate, final, budget, change, place=rate.place, source="completion"))
        elif final is not None:
            c.waiting = rate, final

    @staticmethod
    def _budget_that_fits(rate: Fact, final: Fact, found: tuple[Fact, ...]) -> Fact | None:
        """A rate that names no budget beside two of them (年初、全年) speaks of the one it fits, the later one if of none."""
        fits = [f for f in found if evaluate(Completion(rate, final, f)).state is not State.BROKEN]
        return fits[0] if fits else found[0] if found else None

    def _change_from_budget(self, subject: Subject) -> Fact | None:
        """比年初预算增加534.7万元 before the rate: the budget is the outturn less the change."""
        natures = {f"vs {self.c.current_year} {s.value}" for s in BUDGET_STAGES}
        found = [
            f
            for f in self.c.sentence_facts
            if f.aspect is Aspect.CHANGE and f.scope.nature in natures and subject.same_as(f)
        ]
        return found[0] if len(found) == 1 else None

    def _settle_loose(self) -> None:
        """Shares that name no whole and stand in no list: of what such parts make up, if most of their section fit it."""
        groups: dict[int, list[Share]] = {}
        for one in self.c.loose:
            whole = self._usual_whole(one.portion)
            if whole is not None and whole.id != one.portion.id:
                relation = Share(one.rate, one.portion, whole, place=one.rate.place, source="share")
                groups.setdefault(one.section, []).append(relation)
        for shares in groups.values():
            judged = [evaluate(s).state for s in shares if not s.subject.quantity.is_zero]
            good = sum(state is not State.BROKEN for state in judged)
            if (good > 1 and good * 2 > len(judged)) or (len(judged) > 1 and _cover(shares, good)):
                for share in shares:
                    self.c.relate(share)

    def _usual_whole(self, portion: Fact) -> Fact | None:
        """基本支出 is of this year's expenditure, 公务接待费 of 三公, a class of the expenditure of its fund."""
        scope = portion.scope
        concepts = [total for total, parts in PARTS_OF.items() if portion.concept in parts and total != "vehicle"]
        if portion.concept == "expenditure" and scope.account and "/" not in scope.account:
            concepts = ["expenditure"]
        found = [
            f
            for f in self.c.facts
            if f.concept in concepts
            and f.aspect is Aspect.LEVEL
            and (f.scope.year, f.scope.stage, f.scope.account, f.scope.entity, f.scope.nature)
            == (scope.year, scope.stage, None, None, None)
            and (
                f.scope.fund in {None, scope.fund} or (scope.fund is None and (scope.account or f.scope.fund == "all"))
            )
            and f.quantity.same_dimension(portion.quantity)
        ]
        one = all(a.interval.meets(b.interval) for a, b in pairwise(found))
        return found[-1] if found and one and found[-1].value >= portion.value else None

    def _only_budget(self, subject: Subject) -> tuple[Fact, ...]:
        stated = [f for f in self.c.sentence_facts if f.aspect is Aspect.LEVEL and f.scope.stage in BUDGET_STAGES]
        own = tuple(f for f in stated if replace(subject, stage=None).same_as(f))
        return own if len(own) == len(stated) and all(f.scope.stage is Stage.BUDGET for f in own) else ()

    def _sentence_states(self) -> bool:
        """Whether the sentence has an amount of its own, so that it speaks of none before it."""
        return any(f.aspect is Aspect.LEVEL for f in self.c.sentence_facts)

    def _last_final(self) -> Fact | None:
        subject = self._current()
        for pool in (self.c.sentence_facts, self.c.passage_facts):
            levels = [f for f in pool if f.aspect is Aspect.LEVEL and f.scope.stage in {Stage.FINAL, Stage.EXECUTION}]
            own = [f for f in levels if subject is not None and subject.same_as(f)]
            if pool is self.c.passage_facts and not own and self._sentence_states():
                return None
            if own or levels:
                return (
                    own[-1] if own else levels[-1] if subject is None or subject.concept.startswith("named:") else None
                )
        return None


def _cover(shares: Sequence[Share], good: int) -> bool:
    """Whether the parts are all there is of their whole, by their amounts, or by their shares with one that fits."""
    whole = shares[0].whole
    if any(s.whole.id != whole.id for s in shares):
        return False
    if evaluate(Sum(whole, tuple(s.portion for s in shares))).state in {State.HOLDS, State.ROUNDING}:
        return True
    rates = tuple(s.subject for s in shares)
    return good > 0 and evaluate(Shares(rates[-1], rates[:-1])).state in {State.HOLDS, State.ROUNDING}
