"""What a skeleton can say: figures, changes, shares and reasons as words, each figure marked for the run it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from juesuan.books.model import Books
from juesuan.books.narrative import REASONS
from juesuan.compose.counts import count_label
from juesuan.compose.draft import Run
from juesuan.compose.figure import Figure, percent
from juesuan.compose.narrative import Narration
from juesuan.quantity import plain
from juesuan.taxonomy.phrases import write
from juesuan.taxonomy.phrases.write import Clause, Style, write_sentence

__all__ = ["Recorder", "Words", "runs"]

_OPEN, _BAR, _CLOSE, _TODO, _DONE = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_MARKED = re.compile(f"{_OPEN}(\\d+){_BAR}([^{_CLOSE}]*){_CLOSE}|{_TODO}([^{_DONE}]*){_DONE}")
_PRIVATE = re.compile("[\ue000-\ue004]")

Item = tuple[str, Figure]


@dataclass(frozen=True, slots=True)
class Recorder(Style):
    """A style that marks what it prints, so that the words can be cut into runs with their figures."""

    printed: list[Figure] = field(default_factory=list)

    def amount(self, exact: Decimal) -> str:
        """As `Style.amount`, marked."""
        return self.mark(Style.amount(self, exact), exact)

    def rate(self, part: Decimal, whole: Decimal) -> str:
        """As `Style.rate`, marked."""
        return self.mark(Style.rate(self, part, whole), percent(part, whole))

    def mark(self, text: str, exact: Decimal) -> str:
        """Words that stand for a figure."""
        self.printed.append(exact if isinstance(exact, Figure) else Figure(exact))
        return f"{_OPEN}{len(self.printed) - 1}{_BAR}{text}{_CLOSE}"


def runs(text: str, printed: Sequence[Figure]) -> tuple[Run, ...]:
    """Marked words → runs."""
    found: list[Run] = []
    at = 0
    for match in _MARKED.finditer(text):
        if match.start() > at:
            found.append(Run(text[at : match.start()]))
        if match[1] is not None:
            found.append(Run(match[2], printed[int(match[1])]))
        else:
            found.append(Run(match[3], todo=True))
        at = match.end()
    if at < len(text):
        found.append(Run(text[at:]))
    return tuple(found)


class Words:
    """The functions of a skeleton, over one unit's books. What is not there stands as 【待填：…】."""

    def __init__(
        self, books: Books, style: Recorder, narration: Narration, counted: Callable[[str], Figure | None]
    ) -> None:
        self.books = books
        self.style = style
        self.narration = narration
        self.counted = counted
        self.missing: dict[str, str] = {}
        self.base = f"{books.year - 1}年"

    # --- what is not there ---------------------------------------------------------------------------------

    def todo(self, name: str, why: str) -> str:
        """A place to be filled in by a person."""
        self.missing.setdefault(name, why)
        return f"{_TODO}【待填：{name}】{_DONE}"

    def text(self, name: str, default: str | None = None) -> str:
        """What a person wrote under a heading; line breaks are paragraphs."""
        found = self.narration.words(name)
        if found:
            return found
        return default if default is not None else self.todo(name, f"文字.md 的“{name}”一节还没有写")

    def optional(self, name: str) -> str:
        """The same, nothing where nobody wrote it."""
        return self.text(name, "")

    def listed(self, names: Sequence[str]) -> str:
        """“甲”“乙”等2个项目; 1个项目“甲”."""
        quoted = "".join(f"“{n}”" for n in names)
        return f"{quoted}等{len(names)}个项目" if len(names) > 1 else f"{quoted}1个项目"

    # --- figures -------------------------------------------------------------------------------------------

    def amount(self, exact: Figure | None, name: str = "金额") -> str:
        """152.20万元."""
        return self.style.amount(exact) if exact is not None else self.todo(name, f"{_quoted(name)}还没有填")

    def figure(self, exact: Figure, measure: str = "", decimals: int | None = None) -> str:
        """98分, 3辆: a figure as it is, or with so many decimals."""
        text = plain(exact, decimals) if decimals is not None else plain(exact.normalize())
        return self.style.mark(f"{text}{measure}", exact)

    def count(self, name: str, measure: str, amount: Figure) -> str:
        """14批次: a count of the books; where they do not say and no money was spent on it, none."""
        found = self.counted(name)
        if found is None and not self.seen(amount):
            found = Figure(0, name=count_label(name), origin="账册未填，没有相应支出，作零")
        if found is None:
            label = count_label(name)
            return self.todo(label, f"决算数据.xlsx 的“机构运行信息”里，“{label}”还没有填")
        return self.style.mark(f"{plain(found, 0)}{measure}", found)

    def share(self, part: Figure, whole: Figure, of: str = "") -> str:
        """占82.32%; empty where the whole is nothing."""
        return _text(write.share(part, whole, self.style, of=of))

    def rate(self, part: Figure, whole: Figure) -> str:
        """82.32%, where the whole is something."""
        return self.style.rate(part, whole)

    def parts(self, items: Iterable[Item], whole: Figure | None = None, mark: str = "；") -> str:
        """基本支出125.29万元，占82.32%；项目支出… ."""
        return write_sentence(write.parts(list(items), self.style, whole=whole, mark=mark), end="")

    # --- changes and reasons -------------------------------------------------------------------------------

    def changed(self, subject: str, now: Figure, before: Figure | None, name: str) -> str:
        """与2022年相比，{subject}增加…，增长…; {subject}与2022年持平."""
        if before is None:
            return self.todo(f"{name}上年数", f"决算数据.xlsx 的“上年与预算”里，{_quoted(name)}的上年决算数还没有填")
        if self._same(now, before):
            return f"{subject.removesuffix('各')}{write.change(now, now, self.style, base=self.base).text}"
        return write.change(now, before, self.style, base=self.base, subject=subject).text

    def moved(self, subject: str, now: Figure, before: Figure | None, name: str, lead: str = "主要变动原因是") -> str:
        """The change as one sentence, and its reason as the next."""
        return f"{self.changed(subject, now, before, name)}。{self.reason(name, now, before, lead)}"

    def reason(self, name: str, now: Figure, before: Figure | None, lead: str, *others: str) -> str:
        """{lead}…。; empty where nothing changed, or little. `others`: names it may stand under."""
        names = (name, *others)
        if before is None or self._same(now, before):
            return ""
        found = self.narration.reason(*names)
        if found:
            return f"{lead}{found}。"
        if before and abs(now - before) * 100 < self.books.settings.threshold * abs(before):
            return ""
        said = f"由{Style.amount(self.style, before)}变为{Style.amount(self.style, now)}"
        return (
            f"{lead}{self.todo(f'原因：{name}', f'文字.md 的“{REASONS}”下{_quoted(name)}：{said}，请写明主要原因')}。"
        )

    def completed(self, final: Figure, budget: Figure | None, name: str, *others: str) -> str:
        """完成预算100.00%，决算数与预算数持平; 决算数小于预算数的主要原因是… ."""
        if budget is None:
            return self.todo(f"{name}预算数", f"决算数据.xlsx 的“上年与预算”里，{_quoted(name)}的全年预算数还没有填")
        if not self.seen(budget):
            if not self.seen(final):
                return "未安排预算"
            return write_sentence(["未安排预算", self._because(final, budget, name, *others)], end="")
        rate = self.style.rate(final, budget)
        return write_sentence([f"完成预算{rate}", self._because(final, budget, name, *others)], end="")

    def completed_initial(self, final: Figure, budget: Figure | None, name: str, *others: str) -> str:
        """完成年初预算的100.93%，决算数大于年初预算数的主要原因是…; of an initial budget that stands before it."""
        if budget is None:
            return self.todo(
                f"{name}年初预算数", f"决算数据.xlsx 的“上年与预算”里，{_quoted(name)}的年初预算数还没有填"
            )
        done = write.completion(final, budget, self.style, stage="年初预算")
        return write_sentence([done, self._because(final, budget, name, *others, stage="年初预算")], end="")

    def _because(self, final: Figure, budget: Figure, name: str, *others: str, stage: str = "预算") -> str:
        full = self.seen(budget) and Style.rate(self.style, final, budget) == Style.rate(self.style, budget, budget)
        if self.seen(budget) and full is not self._same(final, budget):
            # Of amounts this small, or this large, the rounded figures and the rounded rate say different things.
            return ""
        order = write.order(final, budget, self.style, stage=stage).text
        why = self.reason(
            f"{name}预算", final, budget, f"{order}的主要原因是", f"{name}决算与预算", *others
        ).removesuffix("。")
        return why or order

    def _same(self, now: Decimal, before: Decimal) -> bool:
        return self.style.displayed(now) == self.style.displayed(before)

    def seen(self, exact: Decimal | None) -> bool:
        """Whether an amount is more than nothing as printed."""
        return exact is not None and bool(self.style.displayed(exact))


def _quoted(name: str) -> str:
    """A name as messages quote it; one that has quotation marks of its own in book marks."""
    return f"《{name}》" if "“" in name else f"“{name}”"


def _text(clause: Clause | None) -> str:
    return clause.text if clause is not None else ""
