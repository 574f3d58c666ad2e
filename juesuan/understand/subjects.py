"""Who a figure speaks of: the subject of a token, of a bare stage word, of a part of a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from juesuan.facts import Binding, Fact, Stage
from juesuan.place import Place
from juesuan.quantity import Dimension, Quantity
from juesuan.taxonomy.concepts import FUND_PARTS, KINDS_OF, PROJECT_CONCEPTS
from juesuan.taxonomy.tokens import AccountValue, LabelValue, Token
from juesuan.taxonomy.words import HAN, SOME_OF
from juesuan.understand.context import BUDGET_STAGES, LISTED_BY_ECONOMIC, TOTALS, UNNAMED, Context, Subject, inherit
from juesuan.understand.frames import close_frame

_WHOLE_FUND = {"income", "expenditure", "income_total", "expenditure_total", "balance_total"}
_OF_THIS_YEAR = {"income", "expenditure"}
_CARRIED = {"carried_in", "carried_out"}
_KINDED = {"basic", "project"}
_KIND = re.compile(rf"{HAN}{{2}}[类性型]$")
_PROCURED = {"procurement_goods", "procurement_works", "procurement_services"}


class Subjects:
    """Finds subjects in the current scope."""

    def __init__(self, context: Context) -> None:
        self.c = context

    def _absolute(self, year: int, *, relative: bool) -> int | None:
        if not relative:
            return year
        if self.c.year is None:
            return year or None  # 上年 of a year that is not known is not this year
        return self.c.year + year

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
        elif isinstance(token.value, AccountValue):
            self.c.category = token.value.category
        self.c.head = subject
        return subject

    def _subject(self, token: Token) -> Subject:
        """What a LABEL, ACCOUNT, ECONOMIC or WORD token names."""
        text = self._text(token)
        value = token.value
        if isinstance(value, LabelValue) and value.concept in LISTED_BY_ECONOMIC:
            self._leave_sibling(value.concept)
        frame = self.c.frame
        head = frame.head if frame else None
        listed = frame is not None and (frame.economic or (head is not None and head.concept in LISTED_BY_ECONOMIC))
        if isinstance(value, AccountValue):
            category = value.category or (self.c.category if value.item and not value.group else None)
            path = "/".join(p or "" for p in (category, value.group, value.item)).rstrip("/")
            return inherit(
                Subject("expenditure", self.c.section_fund, account=path, label=text, place=self._place(token)), frame
            )
        if isinstance(value, LabelValue):
            if listed and not value.stage:
                return inherit(Subject("economic", economic=text, label=text), frame)
            if (
                value.concept in {*_KINDED, *KINDS_OF} and not value.fund and self._kind_before(token)
            ) or self._some_of(token):
                return Subject(f"named:{text}", label=text, binding=Binding.SENTENCE)
            return replace(self._label_subject(value, text), entity=self._entity_of(token))
        if listed:
            name = re.sub(r"^[和及与等、“”]+|[“”]+$", "", text)
            return inherit(Subject("economic", economic=name, label=name), frame)
        project = project_of(text)
        if project is not None:
            return Subject(f"project:{project}", stage=Stage.BUDGET, label=text, binding=Binding.EXPLICIT)
        name = name_of(text)
        return Subject(f"named:{name}", label=name, binding=Binding.SENTENCE)

    def _kind_before(self, token: Token) -> bool:
        """Whether a kind stands right before the label (基本建设类项目支出): a part of what the label names."""
        text = self.c.passage.text[: token.start] if self.c.passage else ""
        kinds = KINDS_OF.get(token.value.concept, ()) if isinstance(token.value, LabelValue) else ()
        return text.endswith(kinds) if kinds else bool(_KIND.search(text))

    def _some_of(self, token: Token) -> bool:
        """Whether a verb before the label makes the figure a part of unknown size (涉及一般公共预算支出…)."""
        text = self.c.passage.text[: token.start] if self.c.passage else ""
        return text.endswith(SOME_OF)

    def _leave_sibling(self, concept: str) -> None:
        """End the list of a head whose sibling follows in one sentence: "人员经费…主要包括：…；公用经费…"."""
        frame = self.c.frame
        head = frame.head if frame else None
        if frame is not None and head is not None and head.concept in LISTED_BY_ECONOMIC and head.concept != concept:
            self.c.frames.remove(frame)
            close_frame(self.c, frame)

    def _entity_of(self, token: Token) -> str | None:
        """The other unit a figure belongs to: named before the label, or earlier in the clause."""
        match = _unit_before(self.c.passage.text, token.start) if self.c.passage else None
        if match is None:
            return self.c.owner
        self.c.owner = None if match[0].endswith(_OWN) else self._other_unit(match)
        return self.c.owner

    def _other_unit(self, match: re.Match[str]) -> str | None:
        """A unit named right before a label (下属监测站基本支出) whose figures are not the document's; None for its own."""
        name = unit_name(match)
        if self.c.entity is None:
            return name if name in self.c.units or re.search("本级|下属|所属", name) else None
        return None if _is_subsequence(re.sub("^[我本该]", "", name), self.c.entity) else name

    def _is_the_unit(self, text: str) -> bool:
        """Whether words are nothing but the name of the unit itself."""
        match = _UNIT.fullmatch(text)
        return match is not None and (match[0].endswith(_OWN) or self._other_unit(match) is None)

    def _label_subject(self, value: LabelValue, text: str) -> Subject:
        concept, fund = value.concept, value.fund
        frame = self.c.frame
        if not concept:
            side = self._side_of_fund()
            if side is None:
                return Subject(f"named:{text}", fund, label=text, binding=Binding.SENTENCE)
            concept = side
        if concept in PROJECT_CONCEPTS and self.c.project is None:
            return Subject(f"named:{text}", label=text, binding=Binding.SENTENCE)
        if concept in _PROCURED and "采购" not in text and not self._in_procurement():
            return Subject(f"named:{text}", label=text, binding=Binding.SENTENCE)
        if fund is None and concept in _WHOLE_FUND and re.search("合计|总", text):
            fund = "all"
        if fund is None and concept in _OF_THIS_YEAR and text.startswith("本年"):
            fund = self._fund_spoken_of() or (None if self.c.section_fund else "all")
        if fund is None and concept in _CARRIED:
            fund = self._carried_fund(text)
        if fund is None and concept == "balance":
            total = self.c.latest(TOTALS)
            return subject_of(total) if total else Subject("balance_total", "all", label=text)
        return inherit(Subject(concept, fund, stage=value.stage, label=text), frame)

    def _fund_spoken_of(self) -> str | None:
        """本年收入, 本年支出 in a sentence or a section about one of the smaller funds are of that fund."""
        told = [f.scope.fund for f in self.c.sentence_facts if f.scope.fund]
        fund = told[-1] if told else self.c.section_fund
        return fund if fund in FUND_PARTS[1:] else None

    def _side_of_fund(self) -> str | None:
        """What a fund's name alone (政府性基金预算100万元) is a part of: income or expenditure, as the words around it say."""
        c = self.c
        heads = [c.frame.head.concept if c.frame and c.frame.head else "", c.head.concept if c.head else ""]
        heads.append(c.section.concept if c.section else "")
        return next((concept for concept in heads if concept in _OF_THIS_YEAR), None)

    def _carried_fund(self, text: str) -> str | None:
        """The fund of what was carried in or out: that of its total or section; 财政拨款 in its name rules out all money.

        The passage is about what it begins with: 收入合计…，其中：财政拨款收入…。此外，年初结转和结余… is of all money.
        """
        frame = self.c.frame
        above = frame.head.scope.fund if frame and frame.head else None
        if above is None:
            levels = [f.scope.fund for f in self.c.passage_facts if f.concept in _WHOLE_FUND and f.scope.fund]
            above = levels[0] if levels else self.c.section_fund
        return "appropriation" if "财政拨款" in text and above in {None, "all"} else above

    def _in_procurement(self) -> bool:
        """Whether 货物, 工程, 服务 stand among what was procured."""
        head = self.c.frame.head if self.c.frame else None
        return self._in("procurement") or (head is not None and head.concept == "procurement")

    def _in(self, concept: str) -> bool:
        return self.c.section is not None and self.c.section.concept == concept

    def _current(self) -> Subject | None:
        """The subject a bare stage word (支出决算为…) speaks of: the sentence's head, the item, the section."""
        c = self.c
        if c.head is not None and not c.head.concept.startswith("named:"):
            return c.head
        if c.head is not None and any(
            f.concept == c.head.concept and f.scope.stage in BUDGET_STAGES for f in c.sentence_facts
        ):
            return c.head  # 培训费预算…，支出决算…: what has a budget here is what was spent
        if c.item is not None:
            return c.item
        if c.section is not None:
            return replace(c.section, binding=Binding.SECTION)
        if c.head is not None:
            return c.head
        return Subject(UNNAMED, binding=Binding.SENTENCE)

    def _quantities(self, tokens: Iterable[Token]) -> list[tuple[Quantity, Token]]:
        """Figures of one slot; a bare number before an amount takes its measure ("4125.49,4143.91万元")."""
        found = [(t.value, t) for t in tokens if isinstance(t.value, Quantity)]
        if len(found) > 1:
            measure = found[-1][0].measure
            found = [
                (replace(q, measure=measure) if q.measure.dimension is Dimension.NUMBER else q, t) for q, t in found
            ]
        return found

    def _split(self, subject: Subject, count: int) -> list[Subject]:
        """收、支总计 with two figures are two subjects."""
        if count == 2 and subject.concept == "balance_total":
            return [replace(subject, concept="income_total"), replace(subject, concept="expenditure_total")]
        return [subject] * count


_UNIT = re.compile(
    rf"(?:[所下]属各?单位|(?:{HAN}|[（）]){{1,24}}(?:本级|机关|局|中心|院|所|站|队|馆|校|小学|中学|大学|办事处|办公室|联合会|工商联|委员会"
    r"|幼儿园|林场|分局|协会|公司|镇|乡|街道|政府|厅|委|[常管]委会|工会|红十字会|商会|学会|科协|[文残妇侨社]联"
    r"|(?:[编外政府党]|人防|金融|信访)办|(?:组织|宣传|统战|武装|社工)部))$"
)
_LONGEST_UNIT = 36
_YEAR_BEFORE = re.compile(r"(?:20\d{2}年度?|本年度?|全年)，?$")
_OWN = ("本局", "我局", "本院", "我院", "本中心", "我中心", "本校", "我校", "本单位", "我单位", "本部门", "我部门")


def _unit_before(text: str, end: int) -> re.Match[str] | None:
    """The unit named right before position `end`, a year between them aside."""
    return _UNIT.search(_YEAR_BEFORE.sub("", text[max(end - _LONGEST_UNIT, 0) : end]))


def unit_name(match: re.Match[str]) -> str:
    """The name of a unit found before a label, without the words that lead to it."""
    return re.sub(r"^(?:20\d{2}年度?|其中|包括|和|及|我|本)+", "", match[0])


def units_of(lines: Iterable[tuple[str, Sequence[Token]]]) -> frozenset[str]:
    """The units that figures are stated for in texts without a unit of their own; none where they are but one.

    The unit named more often than all others together is the one the text is about.
    """
    seen: Counter[str] = Counter()
    for text, tokens in lines:
        for token in tokens:
            if token.kind == "L" and (match := _unit_before(text, token.start)):
                seen[unit_name(match)] += not match[0].endswith(_OWN)
    return frozenset(name for name, times in seen.items() if times and times * 2 <= seen.total())


def _is_subsequence(short: str, name: str) -> bool:
    """Whether a short form (区工商联) is made of characters of the full name, in order."""
    rest = iter(name)
    return all(c in rest for c in short)


def subject_of(fact: Fact) -> Subject:
    """The subject a fact was bound to."""
    return Subject(
        fact.concept,
        fact.scope.fund,
        fact.scope.account,
        fact.scope.economic,
        entity=fact.scope.entity,
        label=fact.label,
        binding=fact.binding,
    )


_PROJECT = re.compile(r"(?P<name>[^，。；：、（）]{1,20}?项目)(?:年度资金总额|年度资金|年度预算|年度金额|当年资金)?")


def project_of(text: str) -> str | None:
    """The project a stretch of words names as the one a year's money is for: 二期项目, 二期项目年度资金."""
    match = _PROJECT.fullmatch(text.strip("“”"))
    return match["name"] if match and len(match["name"]) > 2 else None


def name_of(text: str) -> str:
    """The name of a subject outside the taxonomy: its words without connectives."""
    return (
        re.sub(
            r"^(?:和|及|以及|并|还|共|其中|在|对|有|从|了|则|又)+|(?:共|约|为|是|了|有|共有|支出)+$",
            "",
            text.strip('“”"‘’'),
        )
        or text
    )
