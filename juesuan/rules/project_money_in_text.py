"""JS615: the report on a project states another amount than the project's form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place
from juesuan.quantity import Quantity, parse
from juesuan.rules._forms import example, forms_of, key_of, name_of, part_of, shown_all
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.taxonomy.forms import sentences
from juesuan.understand.forms import Entry, Form, project_key


@dataclass(frozen=True, slots=True)
class _Stated:
    """An amount in words and the columns of a form it may be."""

    what: str
    quantity: Quantity
    place: Place
    columns: tuple[str, ...]


def check(view: View) -> Iterator[Finding]:
    """One finding for each attachment that is about one project."""
    parts: dict[str, list[Form]] = defaultdict(list)
    for form in forms_of(view):
        part = part_of(view, form)
        if part.startswith("attachment") and form.is_project and form.money is not None:
            parts[part].append(form)
    if not parts:
        raise NotApplicableError("没有附件里的项目绩效表")
    for part, forms in parts.items():
        if len({project_key(f.project_name) for f in forms}) == 1:
            yield from _part(view, part, forms)


def _part(view: View, part: str, forms: Sequence[Form]) -> Iterator[Finding]:
    for stated in _stated(view, part):
        known = [e for f in forms for c in stated.columns if (e := _total(f, c)) is not None]
        if known and not any(_meets(stated.quantity, e) for e in known):
            own = "、".join(dict.fromkeys(e.text for e in known))
            yield RULE.finding(
                f"报告正文写项目{stated.what} {stated.quantity}，{name_of(forms[0])}里对应的金额是 {own}，"
                "两者不一致，请核实。",
                (view.evidence(stated.place), *shown_all(view, known, Role.OPERAND)),
                actual=view.quote(stated.place),
                expected=own,
                key=key_of(forms[0], stated.what),
            )
            return


def _stated(view: View, part: str) -> Iterator[_Stated]:
    plan = view.understanding.outline
    for passage in view.understanding.passages:
        if plan.part_of(passage.index) != part:
            continue
        for match in sentences.PROJECT_MONEY.finditer(passage.text):
            quantity = parse(match["amount"])
            if quantity is not None:
                columns = next(c for word, c in sentences.MONEY_COLUMNS if word in match["what"])
                yield _Stated(match["what"], quantity, passage.place(*match.span("amount")), columns)


def _total(form: Form, column: str) -> Entry | None:
    row = form.row("total")
    entry = row.get(column) if row else None
    # A zero in a budget's column is often how a system prints "not adjusted": no figure to hold the text to.
    return entry if entry is not None and entry.quantity is not None and not entry.quantity.is_zero else None


def _meets(stated: Quantity, entry: Entry) -> bool:
    return entry.quantity is not None and stated.written_interval.meets(entry.quantity.written_interval)


_ROWS = (("产出指标", "数量指标", "培训人数", "≥", "50", "人", "50", "90", "90"),)
_TEXT = (
    "附件1\n培训经费绩效评价报告\n一、项目概况\n（一）资金到位情况\n该项目申报金额为{}万元，项目实际支出为10.00万元。\n"
    "（二）自评情况\n项目绩效自评表如下：\n"
)

RULE = Rule(
    code="JS615",
    name="project-money-in-text",
    title="项目报告正文的金额与绩效表不符",
    severity=Severity.WARNING,
    checks="附件的项目绩效报告里，申报、下达、支出的金额是否与同一附件的绩效表一致。",
    why="报告与表同时公开，说的是同一笔钱；沿用上年报告而只换了表的最常见。",
    basis="《项目支出绩效评价管理办法》（财预〔2020〕10号）：绩效评价资料应当真实、一致",
    how=(
        "一个附件只讲一个项目时，“项目申报金额”“项目实际下达”“项目实际支出”后面的金额，"
        "与表中年初预算、调整后预算、执行数的总额比较，与哪一个都不在显示精度之内一致的提出，一个附件报一次。"
    ),
    wrong=example(_ROWS, before=_TEXT.format("12.00")),
    right=example(_ROWS, before=_TEXT.format("10.00")),
    mend="核对批复和账面数，统一正文与绩效表。",
    misses="正文没有“项目”二字领起的金额、一个附件讲几个项目的不作判断。",
    check=check,
)
