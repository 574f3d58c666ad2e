"""JS608: full marks beside a list of problems."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Role, Severity
from juesuan.rules._forms import example, forms_of, listed, shown, shown_all
from juesuan.rules.base import Rule, View
from juesuan.taxonomy.forms import words
from juesuan.understand.forms import Form
from juesuan.understand.forms_values import squeezed

_SHORTEST = 8


def check(view: View) -> Iterator[Finding]:
    """One hint a document."""
    found = [form for form in forms_of(view, evaluated=True) if _full(form) and _has_problems(form)]
    if not found:
        return
    first = found[0]
    subject = first.total_score
    if subject is None:
        return
    names = listed([f.project_name or f.title for f in found])
    yield RULE.finding(
        f"{names}的自评得分为满分，同一张表又列出存在问题，请核实得分是否反映了这些问题。",
        (
            shown(view, subject),
            *shown_all(view, (f.total_score for f in found[1:]), Role.OTHER),
            *shown_all(view, (f.field("problems") for f in found), Role.OTHER),
        ),
        actual=subject.text,
        key="full",
    )


def _full(form: Form) -> bool:
    total, score = form.total_weight, form.total_score
    if score is None or score.quantity is None:
        return False
    whole = total.quantity.value if total is not None and total.quantity is not None else 100
    return score.quantity.value == whole


def _has_problems(form: Form) -> bool:
    text = squeezed(form.text("problems"))
    return (
        len(text) >= _SHORTEST and text not in words.NOTHING and not text.startswith(("无", "不存在", "暂无", "没有"))
    )


RULE = Rule(
    code="JS608",
    name="full-marks",
    title="自评满分而又列出存在问题",
    severity=Severity.HINT,
    checks="自评得满分的表里，“存在问题”是否写了实际的问题。",
    why="全部满分又有问题，说明指标没有触及问题所在，或得分虚高；财政部门复核时常问到。",
    basis="《项目支出绩效评价管理办法》（财预〔2020〕10号）：自评结果应当客观，未完成目标的应说明原因",
    how="总分等于满分、“存在问题”栏有八个字以上且不是“无”的，全文只提示一次。",
    wrong=example(
        (("产出指标", "数量指标", "培训人数", "≥", "50", "人", "50", "90", "90"),),
        closing=(("存在问题", "项目目标不够具体，资金支付进度偏慢。"),),
    ),
    right=example(
        (("产出指标", "数量指标", "培训人数", "≥", "50", "人", "45", "90", "81"),),
        sums=("100", "91"),
        closing=(("存在问题", "项目目标不够具体，资金支付进度偏慢。"),),
    ),
    mend="按问题的影响扣减有关指标的得分，或说明为什么不影响得分。",
    misses="问题只写在报告正文里的不作判断。",
    check=check,
)
