from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from juesuan.document.model import Cell, Document, Paragraph, Table
from juesuan.performance.grid import Grid, completed
from juesuan.performance.model import Funds, Indicator, Project
from juesuan.understand.projects import projects_in


def as_document(grid: Grid) -> Document:
    """A written form as a reader would deliver it: the title above, then a regular table."""
    cells = tuple(
        Cell(row=c.row, column=c.column, text=c.text, rowspan=c.rowspan, colspan=c.colspan) for c in grid.cells
    )
    blocks = (Paragraph(id=0, text=grid.title), Table(id=1, cells=cells, rows=grid.rows, columns=grid.columns))
    return Document(path="表", format="docx", blocks=blocks)


def read_back(grid: Grid) -> tuple[Project, ...]:
    return projects_in(as_document(grid))


def indicator(
    nature: str,
    target: str,
    measure: str,
    completion: str,
    weight: str = "90",
    score: str | None = None,
    *,
    name: str = "培训人数",
    level1: str = "产出指标",
) -> Indicator:
    return Indicator(
        name=name,
        level1=level1,
        level2="数量指标",
        nature=nature,
        target=target,
        measure=measure,
        completion=completion,
        weight=Decimal(weight),
        score=None if score is None else Decimal(score),
    )


def project(
    *indicators: Indicator, initial: str = "10", adjusted: str = "10", executed: str = "10", **more: object
) -> Project:
    funds = Funds(source="total", initial=Decimal(initial), adjusted=Decimal(adjusted), executed=Decimal(executed))
    fields: dict[str, object] = {
        "name": "培训经费",
        "code": "51090423T000000000001",
        "class_": "T",
        "year": 2023,
        "weight": Decimal(10),
        "funds": (funds,),
    }
    return Project(**(fields | more), indicators=indicators)  # type: ignore[arg-type]


# --- random projects ---

_WORDS = st.text("甲乙丙丁服务对象满意群众年度经费", min_size=2, max_size=8)
_AMOUNTS = st.none() | st.decimals(0, 9999, places=2)
_LEVELS = st.sampled_from(
    [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("产出指标", "时效指标"),
        ("效益指标", "社会效益指标"),
        ("满意度指标", "服务对象满意度指标"),
        ("成本指标", "经济成本指标"),
    ]
)
_TARGETS = st.one_of(
    st.tuples(
        st.sampled_from(["≥", "≤", "＝"]), st.integers(1, 500).map(str), st.sampled_from(["个", "%", "人次", "万元"])
    ),
    st.tuples(st.just("定性"), _WORDS, st.just("")),
    st.tuples(st.just("≤"), st.just("2023年12月"), st.just("")),
)


@st.composite
def weights(draw: st.DrawFn, count: int, whole: int = 90) -> list[Decimal]:
    """So many weights in half points that add up to `whole`."""
    cuts = sorted(draw(st.lists(st.integers(0, 2 * whole), min_size=count - 1, max_size=count - 1)))
    return [Decimal(b - a) / 2 for a, b in zip([0, *cuts], [*cuts, 2 * whole], strict=True)]


@st.composite
def indicators(draw: st.DrawFn, *, with_points: bool) -> tuple[Indicator, ...]:
    count = draw(st.integers(1, 8))
    points = draw(weights(count))
    found: list[Indicator] = []
    for number in range(count):
        level1, level2 = draw(_LEVELS)
        nature, target, measure = draw(_TARGETS)
        done = draw(_WORDS) if nature == "定性" else draw(st.integers(0, 900).map(str)) if measure else "2023年11月"
        found.append(
            Indicator(
                name=draw(_WORDS),
                level1=level1,
                level2=level2,
                nature=nature if with_points else "",
                target=target if with_points else target + measure,
                measure=measure if with_points else "",
                completion=done if with_points else done + measure,
                weight=points[number] if with_points else None,
                score=draw(st.none() | st.integers(0, int(points[number])).map(Decimal)) if with_points else None,
                reason=draw(st.just("") | _WORDS) if with_points else "",
            )
        )
    return tuple(found)


@st.composite
def projects(draw: st.DrawFn, form: str) -> Project:
    """A project as a form of that kind can hold it."""
    full = form == "sichuan_self_evaluation"
    scored = form in {"sichuan_self_evaluation", "ministry_self_evaluation"}
    items = draw(indicators(with_points=scored))
    if form == "ministry_self_evaluation":
        items = tuple(
            Indicator(
                name=i.name, level1=i.level1, level2=i.level2, target=("" if i.nature == "定性" else i.nature) + i.target + i.measure,
                completion=i.completion + i.measure, weight=i.weight, score=i.score, reason=i.reason,
            )
            for i in items
        )  # fmt: skip
    sources = ["total", "appropriation"]
    funds = tuple(
        Funds(
            source=source,
            initial=draw(_AMOUNTS) if scored else None,
            adjusted=draw(_AMOUNTS),
            executed=draw(_AMOUNTS),
            reason=draw(st.just("") | _WORDS) if full else "",
        )
        for source in sources
    )
    return completed(
        Project(
            name=draw(_WORDS),
            code="51090423T000000000001",
            class_="T",
            form=form,
            year=2023,
            department=draw(_WORDS) if scored else "",
            entity=draw(_WORDS),
            goal=draw(_WORDS),
            done=draw(_WORDS),
            content=draw(_WORDS) if full else "",
            funds=funds,
            weight=Decimal(10) if scored else None,
            score=draw(st.none() | st.integers(0, 10).map(Decimal)) if scored else None,
            indicators=items,
            total_weight=Decimal(100) if scored else None,
            total_score=draw(st.integers(0, 100).map(Decimal)) if scored else None,
            conclusion=draw(_WORDS) if full else "",
            problems=draw(_WORDS) if full else "",
            measures=draw(_WORDS) if full else "",
            project_head="甲" if full else "",
            finance_head="乙" if full else "",
        )
    )
