"""JS611: a personnel project (class R) is called project expenditure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place
from juesuan.rules._forms import example, forms_of, key_of, shown
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.taxonomy.forms import words
from juesuan.understand.forms import Form

_SHORTEST_NAME = 4


def check(view: View) -> Iterator[Finding]:
    """One finding a project."""
    forms = [f for f in forms_of(view) if f.project_class == "R" and len(f.project_name) >= _SHORTEST_NAME]
    if not forms:
        raise NotApplicableError("没有人员类（R）项目的绩效表")
    others = [f.project_name for f in forms_of(view) if f.project_class != "R"]
    for form in forms:
        # A project whose name ends in this one's name may be the one that is meant.
        if any(name.endswith(form.project_name) and name != form.project_name for name in others):
            continue
        places = list(_called_project(view, form))
        if places and form.project is not None:
            yield RULE.finding(
                f"“{form.project_name}”的项目编码是人员类（R），属基本支出，"
                f"文中却称为“{view.quote(places[0])}”，请核实项目类别或措辞。",
                (
                    view.evidence(places[0]),
                    *(view.evidence(p, Role.OTHER) for p in places[1:]),
                    shown(view, form.project, Role.OPERAND),
                ),
                key=key_of(form, "class"),
            )


def _called_project(view: View, form: Form) -> Iterator[Place]:
    names = "|".join(map(re.escape, words.PROJECT_WORDS))
    pattern = re.compile(rf"{re.escape(form.project_name)}[”\"]?(?:等?\d+个)?(?:{names})")
    for passage in view.understanding.passages:
        for match in pattern.finditer(passage.text):
            yield passage.place(*match.span())


_ROWS = (("产出指标", "数量指标", "发放（缴纳）覆盖率", "＝", "100", "%", "100", "90", "90"),)
_CODE = "51000023R000000000001-临聘人员经费"

RULE = Rule(
    code="JS611",
    name="personnel-as-project",
    title="人员类项目被称为专项项目",
    severity=Severity.WARNING,
    checks="项目编码为人员类（R）的，文中是否称为“专项项目”“专项预算项目”“专项资金”。",
    why="人员类项目属基本支出，当作专项列报会使项目支出、自评覆盖面都失真。",
    basis="预算管理一体化规范：预算项目分人员类、运转类、特定目标类，人员类项目支出为基本支出",
    how="按项目编码第九位（或表中的项目类别）判断类别，在全文中找项目名称后面紧跟的“专项…”字样；一个项目报一次。",
    wrong=example(_ROWS, project=_CODE, before="本单位对临聘人员经费专项预算项目开展了绩效自评。\n"),
    right=example(_ROWS, project=_CODE, before="本单位对临聘人员经费（人员类项目）开展了绩效自评。\n"),
    mend="确属人员经费的改称人员类项目；确属专项的核对项目编码。",
    misses="项目名称与表中写法不同的找不到。",
    check=check,
)
