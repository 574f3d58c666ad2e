"""Facts → clauses → sentences: the phrases' written forms, chosen by the facts.

What is written here is read back by `juesuan.understand` as the same relations, none of them broken: amounts,
changes and rates are each computed from the exact values and rounded once, half up. Words of comparison follow the
figures as they are displayed, since that is what a reader can hold them against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from juesuan.quantity import WAN, Measure, plain, rounded
from juesuan.taxonomy.concepts import BY_ID, FUNDS
from juesuan.taxonomy.phrases.among import AMONG
from juesuan.taxonomy.phrases.change import CHANGE, CHANGE_BY_RATE, FLAT
from juesuan.taxonomy.phrases.completion import COMPLETION, COMPLETION_RATE
from juesuan.taxonomy.phrases.order import ORDER
from juesuan.taxonomy.phrases.pattern import Phrase
from juesuan.taxonomy.phrases.share import SHARE
from juesuan.taxonomy.phrases.state import BECOME, COUNT, RESTATE, STATE, STATE_STAGE
from juesuan.taxonomy.words import DOWN, UP

_MARKS = "，。；：、（"


@dataclass(frozen=True, slots=True)
class Style:
    """How figures are printed: the measure and decimals of amounts, and the decimals of rates."""

    measure: Measure = WAN
    decimals: int = 2
    rate_decimals: int = 2

    def displayed(self, exact: Decimal) -> Decimal:
        """The amount in 元 that a reader sees."""
        return rounded(exact / self.measure.factor, self.decimals) * self.measure.factor

    def amount(self, exact: Decimal) -> str:
        """An amount in 元 as printed, with its measure."""
        return f"{plain(exact / self.measure.factor, self.decimals)}{self.measure.symbol}"

    def rate(self, part: Decimal, whole: Decimal) -> str:
        """Part ÷ whole as a percentage. Raises ZeroDivisionError: a rate over zero must not be asked for."""
        # One more digit than any figure has, so that the division itself never decides the rounding.
        ratio = Fraction(part) / Fraction(whole) * 100
        scale = 10**self.rate_decimals
        units = (abs(ratio) * scale * 2 + 1) // 2
        value = Decimal(units).scaleb(-self.rate_decimals)
        return f"{plain(-value if ratio < 0 else value, self.rate_decimals)}%"


DEFAULT_STYLE = Style()


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: a phrase, which of its written forms, and what fills it."""

    phrase: Phrase
    variant: str = "default"
    slots: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.phrase.write[self.variant].format(**self.slots)


def label(concept: str, fund: str | None = None) -> str:
    """The words for a concept, with its fund: ("basic", "general_budget") → 一般公共预算财政拨款基本支出."""
    words = next((name for name, id_ in FUNDS if id_ == fund), "")
    name = BY_ID[concept].labels[0].replace("~", "“", 1).replace("~", "”")
    return f"{words}{name}"


def state(subject: str, exact: Decimal, style: Style = DEFAULT_STYLE, *, stage: str = "") -> Clause:
    """{subject}152.20万元; with a stage word, {subject}支出决算为152.20万元."""
    slots = {"subject": subject, "stage": stage, "value": style.amount(exact)}
    return Clause(STATE, "stage" if stage else "default", slots)


def state_stage(stage: str, exact: Decimal, style: Style = DEFAULT_STYLE) -> Clause:
    """年初预算为51.50万元, of the subject spoken of."""
    return Clause(STATE_STAGE, slots={"stage": stage, "value": style.amount(exact)})


def restate(exact: Decimal, style: Style = DEFAULT_STYLE) -> Clause:
    """共计支出0.80万元."""
    return Clause(RESTATE, slots={"value": style.amount(exact)})


def count(subject: str, number: int, measure: str) -> Clause:
    """公务用车8辆."""
    return Clause(COUNT, slots={"subject": subject, "value": f"{number}{measure}"})


def change(
    now: Decimal,
    before: Decimal,
    style: Style = DEFAULT_STYLE,
    *,
    base: str,
    subject: str = "",
    show_base: bool = False,
) -> Clause:
    """Change against `base` ("2022年"): rise or fall with its rate, 持平, or what is said of a base that is zero.

    With `show_base` the base amount is printed: 较2022年11.67万元增加1.61万元.
    """
    seen = style.displayed(now) - style.displayed(before)
    difference = now - before
    if not seen and not style.displayed(difference):
        return Clause(FLAT, slots={"base": base})
    rise = difference > 0
    slots = {
        "base": base,
        "subject": subject,
        "dir": UP[0] if rise else DOWN[0],
        "dir_rate": UP[1] if rise else DOWN[1],
        "diff": style.amount(abs(difference)),
        "was": style.amount(before),
    }
    if not before:
        return Clause(CHANGE, "zero_base", slots)
    if style.displayed(before) <= 0 or style.displayed(now) <= style.displayed(difference):
        # The base a reader computes from the displayed figures is nothing, and nothing has no rate.
        return Clause(CHANGE, "no_rate", slots)
    slots["rate"] = style.rate(abs(difference), before)
    return Clause(CHANGE, "with_base" if show_base else "default", slots)


def change_rate(now: Decimal, before: Decimal, style: Style = DEFAULT_STYLE, *, base: str) -> Clause | None:
    """比2022年增长13.80%, where both amounts stand before it; nothing over a base of zero or too small to be seen."""
    if style.displayed(now) == style.displayed(before):
        return Clause(FLAT, slots={"base": base})
    if style.displayed(before) <= 0:
        return None
    word = UP[1] if now > before else DOWN[1]
    return Clause(CHANGE_BY_RATE, slots={"base": base, "dir": word, "rate": style.rate(abs(now - before), before)})


def become(now: Decimal, before: Decimal, style: Style = DEFAULT_STYLE, *, subject: str = "") -> Clause:
    """{subject}减少至0.80万元."""
    slots = {"subject": subject, "dir": UP[0] if now > before else DOWN[0], "value": style.amount(now)}
    return Clause(BECOME, slots=slots)


def completion(final: Decimal, budget: Decimal, style: Style = DEFAULT_STYLE, *, stage: str) -> Clause | None:
    """完成年初预算的100.93%; nothing where the budget is zero or too small to be seen."""
    if style.displayed(budget) <= 0:
        return None
    return Clause(COMPLETION, slots={"stage": stage, "rate": style.rate(final, budget)})


def completion_rate(final: Decimal, budget: Decimal, style: Style = DEFAULT_STYLE, *, stage: str) -> Clause | None:
    """年初预算完成率为100.93%; nothing where the budget is zero or too small to be seen."""
    if style.displayed(budget) <= 0:
        return None
    return Clause(COMPLETION_RATE, slots={"stage": stage, "rate": style.rate(final, budget)})


def order(final: Decimal, budget: Decimal, style: Style = DEFAULT_STYLE, *, stage: str) -> Clause:
    """决算数大于年初预算数, by the figures as displayed."""
    left, right = style.displayed(final), style.displayed(budget)
    variant = "greater" if left > right else "less" if left < right else "equal"
    return Clause(ORDER, variant, {"stage": stage})


def share(part: Decimal, whole: Decimal, style: Style = DEFAULT_STYLE, *, of: str = "") -> Clause | None:
    """占82.32%, or 占本年支出合计的82.32% with `of`; nothing where the whole is zero or too small to be seen."""
    if style.displayed(whole) <= 0:
        return None
    return Clause(SHARE, "of" if of else "default", {"whole": of, "rate": style.rate(part, whole)})


def among(variant: str = "default") -> Clause:
    """其中：, 主要用于以下方面： (structure), 主要包括： (items)."""
    return Clause(AMONG, variant)


def parts(
    items: Sequence[tuple[str, Decimal]],
    style: Style = DEFAULT_STYLE,
    *,
    whole: Decimal | None = None,
    mark: str = "；",
) -> list[Clause | str | None]:
    """The parts of a list with `mark` between them, each with its share when the `whole` is given."""
    pieces: list[Clause | str | None] = []
    for i, (subject, exact) in enumerate(items):
        if i:
            pieces.append(mark)
        pieces.append(state(subject, exact, style))
        if whole is not None:
            pieces.append(share(exact, whole, style))
    return pieces


def write_sentence(pieces: Iterable[Clause | str | None], *, end: str = "。") -> str:
    """One sentence from clauses and bare words; commas are set where no other mark stands, None is left out."""
    text = ""
    for piece in pieces:
        if piece is None:
            continue
        words = piece if isinstance(piece, str) else piece.text
        if text and words and text[-1] not in _MARKS and words[0] not in _MARKS:
            text += "，"
        text += words
    return text + end
