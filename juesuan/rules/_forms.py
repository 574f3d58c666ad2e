"""What the rules on performance forms share: names, evidence, and the small form their examples are written with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from juesuan.causes import Cause
from juesuan.findings import Evidence, Role
from juesuan.rules.base import NotApplicableError, View
from juesuan.understand.forms_model import Entry, Form

MAX_NAMED = 6
NO_FORMS = "文件中没有绩效自评表、绩效目标表一类的表"


def forms_of(view: View, *, evaluated: bool = False) -> tuple[Form, ...]:
    """The document's forms; with `evaluated` those that say what was reached. Raises NotApplicableError without any."""
    found = tuple(f for f in view.understanding.forms if not (evaluated and f.declared.is_target))
    if not found:
        raise NotApplicableError(NO_FORMS)
    return found


def name_of(form: Form) -> str:
    """The form as messages call it: “参政议政经费”的项目支出绩效自评表."""
    kind = form.declared.titles[0].removeprefix("部门预算").removeprefix("财政")
    return f"“{form.project_name}”的{kind}" if form.project_name else form.title or kind


def shown(view: View, entry: Entry, role: Role = Role.SUBJECT) -> Evidence:
    """One cell as evidence."""
    return view.evidence(entry.place, role)


def shown_all(view: View, entries: Iterable[Entry | None], role: Role) -> tuple[Evidence, ...]:
    """The cells that are there, as evidence."""
    return tuple(shown(view, e, role) for e in entries if e is not None)


def form_at(forms: Sequence[Form], cause: Cause) -> Form | None:
    """The form a broken relation stands in."""
    place = cause.first.relation.subject.place
    return next((f for f in forms if f.holds(place)), None)


def by_form(forms: Sequence[Form], causes: Iterable[Cause]) -> Iterator[tuple[Form, list[Cause]]]:
    """The causes that stand in a form, form by form in the order of their first cause."""
    grouped: dict[int, list[Cause]] = {}
    for cause in causes:
        form = form_at(forms, cause)
        if form is not None:
            grouped.setdefault(forms.index(form), []).append(cause)
    return ((forms[number], those) for number, those in grouped.items())


def part_of(view: View, form: Form) -> str:
    """The part of the document a form stands in: body, attachment 2."""
    first = form.project or (form.indicators[0].name if form.indicators else None)
    index = view.understanding.passage_of(first.place) if first is not None else None
    return view.understanding.outline.part_of(index) if index is not None else ""


def listed(names: Sequence[str]) -> str:
    """Some names in quotation marks, "等 n 项" when there are many."""
    quoted = "、".join(f"“{n}”" for n in names[:MAX_NAMED])
    return f"{quoted}等 {len(names)} 项" if len(names) > MAX_NAMED else quoted


def key_of(form: Form, *rest: str) -> str:
    """Project and matter, without numbers, for the fingerprint."""
    return "|".join((form.project_name or form.title, *rest))


def example(
    indicators: Sequence[Sequence[str]],
    *,
    total: Sequence[str] = ("10.00", "10.00", "10.00", "100.00%", "10", "10"),
    sources: Sequence[Sequence[str]] = (),
    sums: Sequence[str] = ("100", "100"),
    project: str = "51000023T000000000001-培训经费",
    closing: Sequence[tuple[str, str]] = (),
    before: str = "",
) -> str:
    """A small self-evaluation form as a Word file leaves it in plain text.

    A tab stands before each cell, an empty line after each row.

    `indicators`: level 1, level 2, name, nature, target, measure, completion, weight, score.
    """
    rows: list[Sequence[str]] = [
        ("项目名称", project),
        (
            "预算执行情况（10分）",
            "年度预算数（万元）",
            "年初预算",
            "调整后预算数",
            "预算执行数",
            "预算执行率",
            "权重",
            "得分",
            "原因",
        ),
        ("", "总额", *total, ""),
        *(("", *source, "/", "/", "") for source in sources),
        (
            "绩效指标（90分）",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标值",
            "度量单位",
            "完成值",
            "权重",
            "得分",
            "未完成原因分析",
        ),
        *(("", *indicator, "") for indicator in indicators),
        ("合计", *sums, ""),
        *closing,
    ]
    return before + "\n".join(_lines(rows))


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        yield from (f"\t{text}" for text in row)
        yield ""
