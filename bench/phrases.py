"""Write at random, read back: every phrase of the taxonomy says to the reader what the writer meant.

    python bench/phrases.py [--draws 5000] [--seed 1]

Each draw takes random exact amounts, writes sentences as reports have them, reads the text, and
compares the relations read with those written, figure by figure. None may be broken.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from juesuan.catalog import load
from juesuan.catalog.model import Level
from juesuan.document.model import Document, Paragraph
from juesuan.evaluate import evaluate
from juesuan.facts import Fact, Relation, State, Sum
from juesuan.quantity import YUAN, parse
from juesuan.taxonomy.concepts import BY_ID, PARTITIONS
from juesuan.taxonomy.phrases import write as w
from juesuan.understand.understanding import understand

Expected = tuple[str, str, tuple[str, ...]]
"""Kind of relation, the figure checked, its operands in order of their text; in base units, with their direction."""

OF_SENTENCES = frozenset(
    {"change", "change_by_rate", "share", "completion", "order", "flat", "list", "restated", "from_to", "variance"}
)
YEAR, BEFORE = 2023, "2022年"
TITLE = f"{YEAR}年度部门决算"


@dataclass
class Draft:
    """What is being written, and the relations it should be read as."""

    rng: random.Random
    style: w.Style
    sentences: list[str] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.sentences)

    def say(self, *pieces: w.Clause | str | None) -> None:
        self.sentences.append(w.write_sentence(pieces))

    def expect(self, kind: str, subject: str, *operands: str) -> None:
        self.expected.append((kind, figure(subject), tuple(sorted(figure(o) for o in operands))))

    def exact(self, low: int = 1, high: int = 10**12) -> Decimal:
        """An exact amount in 元, of any magnitude alike; now and then a round one."""
        cents = int(low * (high / low) ** self.rng.random())
        if self.one_in(10):
            cents = max(cents // 10**6, 1) * 10**6
        return Decimal(cents) / 100

    def one_in(self, n: int) -> bool:
        """Yes, once in n times."""
        return self.rng.randrange(n) == 0

    def maybe_zero(self) -> Decimal:
        """An exact amount, or nothing."""
        return Decimal(0) if self.one_in(7) else self.exact()

    def split(self, total: Decimal, number: int) -> list[Decimal]:
        """Random parts of a total, some of them nothing."""
        cents = int(total * 100)
        cuts = sorted(self.rng.randint(0, cents) for _ in range(number - 1))
        if self.one_in(3):
            cuts = sorted(self.rng.choice([0, cents, *cuts]) for _ in cuts)
        edges = [0, *cuts, cents]
        return [Decimal(b - a) / 100 for a, b in pairwise(edges)]


def figure(text: str) -> str:
    """A printed figure in base units, with the sign its direction word gives: "+增加30.05万元" → "+300500"."""
    sign = text[0] if text[0] in "+-" else ""
    quantity = parse(text[1:] if sign else text)
    if quantity is None:
        msg = f"no figure: {text!r}"
        raise ValueError(msg)
    return f"{sign}{quantity.base.normalize():f}"


def figure_of(fact: Fact) -> str:
    """The same of a fact that was read."""
    sign = {1: "+", -1: "-", 0: ""}[fact.sign]
    return f"{sign}{fact.quantity.base.normalize():f}"


CHANGING: tuple[tuple[str, str | None], ...] = (
    ("income", "general_budget"),
    ("expenditure", "general_budget"),
    ("expenditure", "appropriation"),
    ("basic", "general_budget"),
    ("project", "general_budget"),
    ("agency_running_cost", None),
    ("balance_total", None),
    ("personnel", None),
    ("three_public", None),
    ("reception", None),
    ("procurement", None),
    ("income_total", None),
)
"""Concepts and funds that sentences of change are written about."""

# --- what is written ---------------------------------------------------------------------------------------


def _change(d: Draft, now: Decimal, before: Decimal, *, subject: str = "", show_base: bool = False) -> w.Clause:
    """A change clause, with the relations it states once `now` has been stated."""
    clause = w.change(now, before, d.style, base=BEFORE, subject=subject, show_base=show_base)
    slots = clause.slots
    if "rate" in slots:
        sign = "+" if now > before else "-"
        diff, rate, level = sign + slots["diff"], sign + slots["rate"], d.style.amount(now)
        if clause.variant == "with_base":
            d.expect("difference", diff, level, slots["was"])
            d.expect("growth", rate, diff, slots["was"])
        else:
            d.expect("growth", rate, diff, level)
    elif "diff" in slots and now > before:
        d.expect("within", "+" + slots["diff"], d.style.amount(now))
    return clause


def draw_change(d: Draft) -> None:
    """A level and its change, in one sentence or two; rise, fall, flat, from zero."""
    concept, fund = d.rng.choice(CHANGING)
    subject = _words(concept, fund)
    now, before = d.maybe_zero(), d.maybe_zero()
    if d.one_in(7):
        before = now
    if d.one_in(5):
        before = now * Decimal(d.rng.randint(90, 110)) / 100
    level = w.state(
        f"{YEAR}年度{subject}", now, d.style, stage=d.rng.choice(["", "", "决算"]) if concept != "balance_total" else ""
    )
    shape = d.rng.choice(["one", "two", "base"])
    if shape == "two":
        d.say(level)
        d.say(_change(d, now, before, subject=subject))
    else:
        d.say(level, _change(d, now, before, show_base=shape == "base"))


def draw_years(d: Draft) -> None:
    """Both years' levels, then the change, the rate alone, or what the level became."""
    subject = w.label(*d.rng.choice([("agency_running_cost", None), ("reception", None), ("basic", "general_budget")]))
    before = d.maybe_zero()
    now = before * Decimal(d.rng.randint(1, 300)) / 100 if not d.one_in(5) else before
    levels = w.state(f"2022年{subject}", before, d.style), w.state(f"{YEAR}年{subject}", now, d.style)
    shown = d.style.amount(now), d.style.amount(before)
    shape = d.rng.choice(["change", "rate", "become"])
    if shape == "change":
        clause: w.Clause | None = w.change(now, before, d.style, base=BEFORE)
    elif shape == "rate":
        clause = w.change_rate(now, before, d.style, base=BEFORE)
    else:
        clause = w.become(now, before, d.style, subject=subject)
        d.expect("equal", shown[0], shown[0])
    d.say(*levels, clause)
    if clause is None or shape == "become":
        return
    sign = "+" if now > before else "-"
    slots = clause.slots
    if "diff" in slots:
        d.expect("difference", sign + slots["diff"], *shown)
    if clause.phrase.id == "flat":
        d.expect("order", *shown)
    if "rate" in slots:
        operands = (sign + slots["diff"], shown[1]) if "diff" in slots else shown
        d.expect("growth", sign + slots["rate"], *operands)


def _words(concept: str, fund: str | None) -> str:
    text = w.label(concept, fund)
    return text.replace("本年支出合计", "支出").replace("本年收入合计", "收入") if fund else text


def draw_partition(d: Draft) -> None:
    """A total with its statutory parts and their shares."""
    partition = d.rng.choice(PARTITIONS)
    total = d.exact(low=10**5)
    names = [BY_ID[p].label for p in partition.parts]
    _list(d, BY_ID[partition.total].label, list(zip(names, d.split(total, len(names)), strict=True)), total, "default")


def draw_structure(d: Draft) -> None:
    """The expenditure by classes, with shares."""
    names = d.rng.sample(_classes(), d.rng.randint(2, 8))
    total = d.exact(low=10**5)
    amounts = [a for a in d.split(total, len(names)) if a]
    if len(amounts) > 1:
        _list(
            d,
            w.label("expenditure", "general_budget").replace("本年支出合计", "支出"),
            list(zip(names, amounts, strict=False)),
            total,
            "structure",
        )


def draw_economic(d: Draft) -> None:
    """Personnel or office expenditure, with what it consists of."""
    names = d.rng.sample(_economic(), d.rng.randint(3, 10))
    total = d.exact(low=10**5)
    amounts = d.split(total, len(names))
    concept = d.rng.choice(["personnel", "office"])
    _list(d, BY_ID[concept].label, list(zip(names, amounts, strict=True)), total, "items", shares=False, mark="、")


def _list(
    d: Draft,
    subject: str,
    items: list[tuple[str, Decimal]],
    total: Decimal,
    among: str,
    *,
    shares: bool = True,
    mark: str = "；",
) -> None:
    shares = shares and not d.one_in(5) and d.style.displayed(total) > 0
    parts = w.parts(items, d.style, whole=total if shares else None, mark=mark)
    d.say(w.state(f"{YEAR}年{subject}", total, d.style), w.among(among), *parts)
    whole = d.style.amount(total)
    amounts = [d.style.amount(exact) for _, exact in items]
    d.expect("sum", whole, *amounts)
    if shares:
        rates = [d.style.rate(exact, total) for _, exact in items]
        for rate, amount in zip(rates, amounts, strict=True):
            d.expect("share", rate, amount, whole)
        d.expect("shares", rates[-1], *rates[:-1])


def draw_item(d: Draft) -> None:
    """An item of the detailed paragraph: budget, final, completion, order."""
    path = d.rng.choice(_paths())
    stage = d.rng.choice(["年初预算", "全年预算"])
    budget = d.maybe_zero()
    final = budget if d.one_in(5) else d.maybe_zero()
    write = d.rng.choice([w.completion, w.completion, w.completion_rate])
    rate = write(final, budget, d.style, stage=stage)
    order = w.order(final, budget, d.style, stage=stage)
    shown = d.style.amount(final), d.style.amount(budget)
    d.say(f"{path}：", w.state_stage(stage, budget, d.style), w.state_stage("支出决算", final, d.style), rate)
    d.say(order, "主要原因是工作需要。" if d.one_in(2) else None)
    d.sentences[-1] = d.sentences[-1].replace("。。", "。")
    if rate is not None:
        d.expect("completion", rate.slots["rate"], *shown)
    d.expect("order", *shown)


def draw_counts(d: Draft) -> None:
    """Vehicles by use, the rest called 其他用车."""
    uses = ["主要领导干部用车", "机要通信用车", "应急保障用车", "执法执勤用车", "特种专业技术用车"]
    numbers = [d.rng.randint(0, 30) for _ in uses] + [d.rng.randint(0, 9)]
    parts = [
        piece for use, n in zip([*uses, "其他用车"], numbers, strict=True) for piece in (w.count(use, n, "辆"), "、")
    ][:-1]
    d.say(f"截至{YEAR}年12月31日", w.count("部门共有车辆", sum(numbers), "辆"), w.among(), *parts)
    d.expect("sum", f"{sum(numbers)}辆", *(f"{n}辆" for n in numbers))


def draw_three_public(d: Draft) -> None:
    """三公: final against budget, and the three parts with shares."""
    total, budget = d.exact(low=10**4), d.maybe_zero()
    parts = d.split(total, 3)
    rate = w.completion(total, budget, d.style, stage="预算")
    subject = w.label("three_public")
    whole = d.style.amount(total)
    d.say(
        w.state(f"{YEAR}年度{subject}财政拨款", budget, d.style, stage="支出年初预算"),
        w.state_stage("支出决算", total, d.style),
        rate,
        w.order(total, budget, d.style, stage="预算"),
    )
    if rate is not None:
        d.expect("completion", rate.slots["rate"], whole, d.style.amount(budget))
    d.expect("order", whole, d.style.amount(budget))
    d.expect("equal", whole, whole)
    names = ["因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"]
    pieces = w.parts([(f"{n}支出决算", a) for n, a in zip(names, parts, strict=True)], d.style, whole=total)
    d.say(w.state(f"{YEAR}年度{subject}财政拨款支出决算", total, d.style), w.among(), *pieces)
    amounts = [d.style.amount(a) for a in parts]
    d.expect("sum", whole, *amounts)
    if d.style.displayed(total) > 0:
        rates = [d.style.rate(a, total) for a in parts]
        for rate_text, amount in zip(rates, amounts, strict=True):
            d.expect("share", rate_text, amount, whole)
        d.expect("shares", rates[-1], *rates[:-1])


def draw_reception(d: Draft) -> None:
    """国内公务接待 with batches, persons and the amount said again."""
    amount = d.exact(low=10**5, high=10**8)
    d.say(w.state(f"{YEAR}年国内公务接待支出", amount, d.style))
    d.say(
        w.count("国内公务接待", d.rng.randint(1, 99), "批次"),
        f"{d.rng.randint(1, 900)}人次",
        w.restate(amount, d.style),
    )
    d.expect("equal", d.style.amount(amount), d.style.amount(amount))


def draw_share_of(d: Draft) -> None:
    """A part as a share of a whole named by its words: 占本年支出合计的82.32%."""
    whole = d.exact(low=10**4)
    part = d.split(whole, 2)[0]
    of = BY_ID["expenditure"].label
    d.say(w.state(f"{YEAR}年度{of}", whole, d.style))
    rate = w.share(part, whole, d.style, of=of)
    d.say(w.state(f"{YEAR}年度一般公共预算财政拨款支出", part, d.style), rate)
    if rate is not None:
        d.expect("share", rate.slots["rate"], d.style.amount(part), d.style.amount(whole))


SHAPES: dict[str, Callable[[Draft], None]] = {
    "change": draw_change,
    "years": draw_years,
    "partition": draw_partition,
    "structure": draw_structure,
    "economic": draw_economic,
    "item": draw_item,
    "counts": draw_counts,
    "three_public": draw_three_public,
    "reception": draw_reception,
    "share_of": draw_share_of,
}


@cache
def _classes() -> list[str]:
    found = {
        a.name
        for a in load()
        if a.kind == "functional" and a.level is Level.CATEGORY and a.valid_in(YEAR) and a.fund == "general_budget"
    }
    return sorted(n for n in found if n.endswith("支出") and n not in {"其他支出", "转移性支出"})


@cache
def _economic() -> list[str]:
    return sorted({a.name for a in load() if a.kind == "economic" and a.level is Level.GROUP and a.valid_in(YEAR)})


@cache
def _paths() -> list[str]:
    catalog = load()
    found = []
    for account in catalog:
        if (
            account.kind == "functional"
            and account.level is Level.ITEM
            and account.fund == "general_budget"
            and account.valid_in(YEAR)
        ):
            names = [a.name for a in catalog.path(account, YEAR)]
            found.append("".join(f"{n}（{m}）" for n, m in zip(names, "类款项", strict=True)))
    return sorted(found)


# --- reading back ------------------------------------------------------------------------------------------


def draw(rng: random.Random, shape: str | None = None) -> Draft:
    """One random text with the relations it states."""
    style = w.Style(decimals=rng.choice([2, 2, 2, 4]))
    if rng.randrange(10) == 0:
        style = w.Style(measure=YUAN)
    draft = Draft(rng, style)
    SHAPES[shape or rng.choice(list(SHAPES))](draft)
    return draft


def read_back(text: str) -> Sequence[Relation]:
    """The relations read from a text."""
    blocks = (Paragraph(id=0, text=TITLE), Paragraph(id=1, text=text))
    return understand(Document(path="-", format="txt", blocks=blocks)).relations


def stated(relations: Sequence[Relation]) -> Counter[Expected]:
    """The relations that sentences state, comparable with what was written."""
    found: Counter[Expected] = Counter()
    for r in relations:
        if r.source not in OF_SENTENCES or (isinstance(r, Sum) and not r.closed):
            continue
        found[r.kind, figure_of(r.subject), tuple(sorted(figure_of(f) for f in r.operands))] += 1
    return found


def differences(draft: Draft) -> Iterator[str]:
    """What was read otherwise than it was written, and what is broken."""
    relations = read_back(draft.text)
    wrote, read = Counter(draft.expected), stated(relations)
    for item in (wrote - read).elements():
        yield f"not read: {item}"
    for item in (read - wrote).elements():
        yield f"not written: {item}"
    for relation in relations:
        verdict = evaluate(relation)
        if verdict.state is State.BROKEN:
            yield f"broken: {relation.kind} {verdict.formula}"


def main() -> int:
    """Draw, count, and list the first failures by shape."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=3, help="failures shown for each shape")
    options = parser.parse_args()
    started = time.perf_counter()
    drawn: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    shapes = list(SHAPES)
    for number in range(options.draws):
        shape = shapes[number % len(shapes)]
        draft = draw(random.Random(f"{options.seed}/{number}"), shape)
        drawn[shape] += 1
        wrong = list(differences(draft))
        if wrong:
            failed[shape] += 1
            if failed[shape] <= options.show:
                print(f"[{shape} {number}] {draft.text}", *wrong, sep="\n    ")
    print("| shape | drawn | read otherwise |\n|---|---:|---:|")
    for shape in shapes:
        print(f"| {shape} | {drawn[shape]} | {failed[shape]} |")
    print(f"| all | {drawn.total()} | {failed.total()} |")
    print(f"{time.perf_counter() - started:.1f} s", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
