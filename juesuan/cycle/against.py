"""The projects' workbooks held against themselves and against the unit's books, before anything of them is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from juesuan.books.model import Books
from juesuan.books.problems import Grade, Problem
from juesuan.cycle.store import FOLDER, Stored
from juesuan.cycle.support import lookup_of
from juesuan.performance.checks import check_project
from juesuan.performance.cycle import Cycle
from juesuan.performance.evidence import unsupported
from juesuan.performance.model import Project
from juesuan.quantity import EXACT, MEASURES, WAN, plain

__all__ = ["form_problems"]

_CLASHES = frozenset(
    {"weights", "funds_sum", "negative", "negative_weight", "negative_target", "adjusted_zero", "score_range", "unlike"}
)
"""What would be an error in print; other remarks may be as the finance bureau approved them."""
_LACKS = frozenset(
    {
        "no_name",
        "no_code",
        "no_funds",
        "no_budget",
        "no_executed",
        "no_indicators",
        "no_weights",
        "no_weight",
        "no_target",
        "no_completion",
    }
)
_TWICE = Decimal(2)
_SCORES = "绩效自评"


def form_problems(stored: Stored, books: Books) -> tuple[Problem, ...]:
    """All that is wrong with the projects, each with file, sheet and cell, none twice."""
    found = [
        *(Problem(Grade.BAD, message) for message in stored.problems),
        *(
            Problem(Grade.NOTE, f"{FOLDER}/{name} 正在被打开，没有保存的修改读不到；保存后再运行一次。")
            for name in stored.opened
        ),
        *(p for cycle in stored.cycles for p in _own(cycle)),
        *_years(stored.cycles, books),
        *_sums(stored.cycles, books),
        *_evidence(stored.cycles, books),
        *_texts(stored.cycles, books),
    ]
    return tuple({p.message: p for p in found}.values())


def _where(cycle: Cycle) -> str:
    return f"{FOLDER}/{cycle.file}"


def _own(cycle: Cycle) -> Iterator[Problem]:
    """One project by itself."""
    for issue in cycle.issues:
        yield Problem(Grade.BAD, f"{_where(cycle)}：{issue.message}")
    for issue in check_project(cycle.project, targets_only=False):
        grade = Grade.CONTRADICTION if issue.kind in _CLASHES else Grade.MISSING if issue.kind in _LACKS else Grade.NOTE
        yield Problem(grade, f"{_where(cycle)}：{issue.message}")
    yield from _points(cycle)


def _points(cycle: Cycle) -> Iterator[Problem]:
    """The points given add up to the total given."""
    project = cycle.project
    given = [project.score, *(i.score for i in project.indicators)]
    known = [s for s in given if s is not None]
    if project.total_score is None or len(known) < len(given):
        return
    added = sum(known, Decimal(0))
    if added != project.total_score:
        spot = project.spot("total_score")
        text = f"各项得分相加为 {plain(added)}，合计写的是 {plain(project.total_score)}，请核对后改正一处。"
        yield Problem(Grade.CONTRADICTION, f"{_where(cycle)}：{project.label}的绩效表{spot or ''}：{text}")


def _years(cycles: Iterable[Cycle], books: Books) -> Iterator[Problem]:
    """A form of another year or unit."""
    for cycle in cycles:
        project = cycle.project
        if project.year is not None and project.year != books.year:
            text = f"{project.label}的绩效表是 {project.year} 年度的，账册是 {books.year} 年度，请换成本年的表或移走。"
            yield Problem(Grade.CONTRADICTION, f"{_where(cycle)}：{text}")
        if project.entity and books.entity not in project.entity and project.entity not in books.entity:
            text = f"{project.label}的实施单位“{project.entity}”与账册的“{books.entity}”不同，请核对。"
            yield Problem(Grade.NOTE, f"{_where(cycle)}：{text}")


# --- money ---


def _sums(cycles: Sequence[Cycle], books: Books) -> Iterator[Problem]:
    """What projects spent against what the unit spent."""
    spent = books.amount("expenditure", "all")
    for cycle in cycles:
        executed = _executed(cycle.project)
        if cycle.project.is_whole and spent is not None and executed is not None:
            amount, half = executed
            if abs(amount - spent.yuan) > half:
                text = f"部门整体支出的执行数是 {_yuan(amount)}，本年支出合计是 {_yuan(spent.yuan)}，请核对后改正一处。"
                yield Problem(Grade.CONTRADICTION, f"{_where(cycle)}：{text}")
    yield from _class_sum(cycles, books, "T", "project", "特定目标类项目", "项目支出")
    yield from _class_sum(cycles, books, "R", "personnel", "人员类项目", "人员经费")


def _class_sum(
    cycles: Sequence[Cycle], books: Books, class_: str, concept: str, words: str, whole: str
) -> Iterator[Problem]:
    """Projects of a class together within what they are part of. 人员类 may be paid from other money too."""
    found = [c for c in cycles if c.project.class_ == class_ and not c.project.is_whole]
    amounts = [e for c in found if (e := _executed(c.project)) is not None]
    total = books.amount(concept, "all" if concept == "project" else None)
    if not amounts or total is None:
        return
    added, slack = sum((a for a, _ in amounts), Decimal(0)), sum((h for _, h in amounts), Decimal(0))
    files = "、".join(_where(c) for c in found[:3]) + (f"等 {len(found)} 个文件" if len(found) > 3 else "")
    if added - total.yuan > slack:
        grade = Grade.CONTRADICTION if class_ == "T" else Grade.NOTE
        text = f"{words}的执行数相加为 {_yuan(added)}，大于决算的{whole} {_yuan(total.yuan)}，请核对项目的金额和类别。"
        yield Problem(grade, f"{files}：{text}")
    elif class_ == "T" and total.yuan - added > slack and len(amounts) == len(found):
        text = f"{words}的执行数相加为 {_yuan(added)}，决算的{whole}是 {_yuan(total.yuan)}，没有自评的部分请另行说明。"
        yield Problem(Grade.NOTE, f"{FOLDER}：{text}")


def _executed(project: Project) -> tuple[Decimal, Decimal] | None:
    """What was spent in 元, and half a unit of the last digit it was written with."""
    total = project.total
    if total is None or total.executed is None:
        return None
    factor = MEASURES[project.money].factor if project.money in MEASURES else WAN.factor
    # 10 in 万元 stands for 10.00: forms drop zeros.
    half = EXACT.divide(Decimal(1).scaleb(min(int(total.executed.as_tuple().exponent), -2)), _TWICE)
    return EXACT.multiply(total.executed, factor), EXACT.multiply(half, factor)


def _yuan(amount: Decimal) -> str:
    return f"{amount.quantize(Decimal('0.01')):,} 元"


# --- words ---


def _evidence(cycles: Sequence[Cycle], books: Books) -> Iterator[Problem]:
    """Completions that the registers and figures named as their evidence do not bear out."""
    if not any(i.evidence for c in cycles for i in c.project.indicators):
        return
    lookup = lookup_of(books, (c.project for c in cycles))
    for cycle in cycles:
        for item in unsupported(cycle.project, lookup):
            yield Problem(Grade.CONTRADICTION, f"{_where(cycle)}：{item.message}")


def _texts(cycles: Iterable[Cycle], books: Books) -> Iterator[Problem]:
    """A score in 文字.md that is not the form's."""
    scores = {c.project.name or "整体": c.project.total_score for c in cycles}
    for passage in books.narrative.below(_SCORES):
        name = passage.title.removeprefix(books.entity_kind)
        score = scores.get(name)
        said = next((p.partition("：")[2] for p in passage.paragraphs if p.startswith("得分：")), "")
        if score is not None and said and said.strip().rstrip("分") != plain(score.normalize()):
            text = f"文字.md 的“{passage.title}”写的得分是 {said.strip()}，自评表是 {plain(score)}，请删去或改正一处。"
            yield Problem(Grade.CONTRADICTION, text)
