"""JS108: a rate over a base of zero."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.evaluate import evaluate
from juesuan.facts import Completion, Fact, Growth, Stage, State
from juesuan.findings import Finding, Role, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View

_BUDGET_WORDS = {Stage.INITIAL: "年初预算", Stage.ADJUSTED: "全年预算", Stage.BUDGET: "预算"}


def check(view: View) -> Iterator[Finding]:
    """Growth over a year of nothing, and completion of a budget of nothing."""
    for judged in view.judged:
        relation = judged.relation
        if judged.verdict.state is not State.UNJUDGED:
            continue
        if isinstance(relation, Growth) and _no_base(relation):
            yield _growth(view, relation)
        elif (
            isinstance(relation, Completion)
            and relation.budget is not None
            and relation.budget.quantity.is_zero
            and not relation.final.quantity.is_zero
        ):
            yield _completion(view, relation, relation.budget)


def _no_base(relation: Growth) -> bool:
    """The base is exactly what is left of nothing; growth of nothing by nothing (增长0%) is a form's own wording."""
    if relation.subject.quantity.is_zero:
        return False
    if relation.base is not None:
        return relation.base.quantity.is_zero
    return relation.now is not None and relation.change is not None and relation.now.value == relation.change.value


def _growth(view: View, relation: Growth) -> Finding:
    subject = relation.subject
    if relation.base is not None:
        why = f"而上年数是 {relation.base.quantity}"
        formula = f"{subject.quantity} 的分母为 0"
    else:
        now, change = relation.now or subject, relation.change or subject
        why = f"而本年 {now.quantity} 都是增加的，上年数为零"
        formula = f"{now.quantity} − {change.quantity} = 0，分母为 0"
    return RULE.finding(
        f"{arithmetic.name_of(subject)}写为 {subject.quantity}，{why}，没有增减率可言。",
        (view.evidence(subject.place), *view.fact_evidence(relation.operands, Role.OPERAND)),
        severity=Severity.WARNING,
        actual=view.quote(subject.place),
        formula=formula,
        fix="删去比率，只写增加额，注明“上年无此项支出，不可比”。",
        key=arithmetic.key_of(subject),
    )


def _completion(view: View, relation: Completion, budget: Fact) -> Finding:
    subject = relation.subject
    word = _BUDGET_WORDS.get(budget.scope.stage or Stage.BUDGET, "预算")
    other = _fitting_budget(view, relation, budget)
    text = f"{arithmetic.name_of(subject)}写为 {subject.quantity}，而{word}为 0，没有完成率可言。"
    mend = None
    if other is not None:
        right = _BUDGET_WORDS.get(other.scope.stage or Stage.BUDGET, "预算")
        text += f"按{right} {other.quantity} 计算恰为 {subject.quantity}，应写“完成{right}的{subject.quantity}”。"
        mend = f"把“完成{word}”改为“完成{right}”，或删去比率。"
    return RULE.finding(
        text,
        (
            view.evidence(subject.place),
            *view.fact_evidence((relation.final, budget, *([other] if other else [])), Role.OPERAND),
        ),
        actual=view.quote(subject.place),
        formula=f"{relation.final.quantity} ÷ {budget.quantity}，分母为 0",
        fix=mend,
        key=arithmetic.key_of(subject),
    )


def _fitting_budget(view: View, relation: Completion, budget: Fact) -> Fact | None:
    """Another budget of the same matter that gives the printed rate."""
    for fact in view.understanding.facts:
        same = (fact.concept, fact.scope.account, fact.scope.year) == (
            budget.concept,
            budget.scope.account,
            budget.scope.year,
        )
        if not same or fact.scope.stage not in _BUDGET_WORDS or fact.quantity.is_zero:
            continue
        if evaluate(Completion(relation.subject, relation.final, fact)).state in {State.HOLDS, State.ROUNDING}:
            return fact
    return None


RULE = Rule(
    code="JS108",
    name="zero-base",
    title="基数为零却写了增减率或完成率",
    severity=Severity.ERROR,
    checks="上年数为零时有没有写增减率，预算数为零时有没有写完成率。",
    why="除数为零，比率没有意义；“年初预算为0……完成年初预算的95.89%”往往是把全年预算的完成率写成了年初预算的。",
    basis="增减率、完成率以上年数、预算数为分母；分母为零时只写绝对额",
    how="上年数（或本年数减增减额）恰为零而写了增减率的报疑点；预算数为零、决算数不为零而写了完成率的报错误；预算、决算都为零写“完成预算的0.00%”是通行的模板写法，不报。",
    wrong="2024年一般公共预算财政拨款支出年初预算为0万元，全年预算为321.02万元，支出决算为307.82万元，完成年初预算的95.89%。",
    right="2024年一般公共预算财政拨款支出年初预算为0万元，全年预算为321.02万元，支出决算为307.82万元，完成全年预算的95.89%。",
    mend="删去比率，写“上年无此项支出，不可比”；或改用全年预算作基数。",
    misses="没有写出基数、也推算不出基数的不作判断。",
    check=check,
)
