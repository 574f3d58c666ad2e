"""JS614: the score in words is not the score of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place, Point
from juesuan.rules._forms import example, forms_of, key_of, name_of, shown
from juesuan.rules.base import Rule, View
from juesuan.taxonomy.forms import sentences
from juesuan.understand.forms import Entry, Form

_REACH = 30
"""How many characters may stand between a project's name and its score."""
_STOPS = re.compile("[。；;\n]")


def check(view: View) -> Iterator[Finding]:
    """The conclusion in the form itself, and sentences that name the project."""
    forms = [
        f for f in forms_of(view, evaluated=True) if f.total_score is not None and f.total_score.quantity is not None
    ]
    for form in forms:
        yield from _conclusion(view, form)
        if sum(1 for f in forms if f.project_name == form.project_name) == 1:
            yield from _sentences(view, form)


def _score(form: Form) -> Decimal | None:
    return (
        form.total_score.quantity.value
        if form.total_score is not None and form.total_score.quantity is not None
        else None
    )


def _fits(form: Form, written: str) -> bool:
    """Whether a score in words is the form's, perhaps with fewer digits."""
    own = _score(form)
    half = Decimal(1).scaleb(-len(written.partition(".")[2])) / 2
    return own is not None and abs(own - Decimal(written)) <= half


def _conclusion(view: View, form: Form) -> Iterator[Finding]:
    entry = form.field("conclusion")
    found = list(sentences.SCORE.finditer(entry.text)) if entry else []
    if entry is None or not found or any(_fits(form, m["score"]) for m in found):
        return
    yield _finding(view, form, _inside(entry, *found[0].span("score")), found[0]["score"], Severity.ERROR)


def _inside(entry: Entry, start: int, end: int) -> Place:
    place = entry.place
    first = place.start.offset
    return Place(Point(place.block, first + start), Point(place.block, first + end), row=place.row, column=place.column)


def _sentences(view: View, form: Form) -> Iterator[Finding]:
    """Scores in sentences that name the project; none is reported once one of them is the form's."""
    if not form.project_name:
        return
    found: list[tuple[Place, str]] = []
    for passage in view.understanding.passages:
        for match in sentences.SCORE.finditer(passage.text):
            before = _STOPS.split(passage.text[max(0, match.start() - _REACH) : match.start()])[-1]
            if form.project_name in before:
                found.append((passage.place(*match.span("score")), match["score"]))
    if found and not any(_fits(form, written) for _, written in found):
        yield _finding(view, form, *found[0], Severity.WARNING)


def _finding(view: View, form: Form, place: Place, written: str, severity: Severity) -> Finding:
    total = form.total_score
    own = total.text if total else ""
    where = "评价结论" if severity is Severity.ERROR else "正文"
    return RULE.finding(
        f"{name_of(form)}的得分合计是 {own} 分，{where}写自评得分 {written} 分。",
        (view.evidence(place), *([shown(view, total, Role.OPERAND)] if total else [])),
        severity=severity,
        actual=written,
        expected=own,
        key=key_of(form, where),
    )


_ROWS = (("产出指标", "数量指标", "培训人数", "≥", "50", "人", "45", "90", "81"),)

RULE = Rule(
    code="JS614",
    name="score-in-text",
    title="文字中的自评得分与自评表不符",
    severity=Severity.ERROR,
    checks="自评表“评价结论”和报告正文里的自评得分，是否等于表中的得分合计。",
    why="同一项目的自评得分只有一个；改了表没有改文字的最常见。",
    basis="《项目支出绩效评价管理办法》（财预〔2020〕10号）：自评结果以自评表为准",
    how="同一张表的结论与合计不同是错误；正文同一句中写明项目名称的得分不同，作疑点。",
    wrong=example(_ROWS, sums=("100", "91"), closing=(("评价结论", "项目按计划完成；单位自评得分100分。"),)),
    right=example(_ROWS, sums=("100", "91"), closing=(("评价结论", "项目按计划完成；单位自评得分91分。"),)),
    mend="以自评表的得分合计为准改正文字。",
    misses="正文没有写项目名称的得分不作判断。",
    check=check,
)
