"""The attachments of a compiled report: complete, read back by the declarations they were written by, checked clean."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from juesuan.books.store import load_books
from juesuan.check import check_document, check_file
from juesuan.compose import compile_report
from juesuan.compose.document import as_document, contents_lines
from juesuan.compose.draft import ChartBlock, Draft, Heading, Paragraph, TableBlock
from juesuan.compose.write import render_report, write_report
from juesuan.cycle.store import projects_of
from juesuan.document.read import open_document
from juesuan.performance.convert import as_form
from juesuan.performance.cycle import Cycle
from juesuan.performance.grid import completed
from juesuan.performance.model import Funds, Indicator, Project
from juesuan.understand.projects import projects_in
from tests.compose.random_books import random_books
from tests.compose.roundtrip import unwanted

EXAMPLE = Path(__file__).parents[2] / "examples" / "anju-gsl-2023"
SAMPLE = Path(__file__).parents[2] / "bench" / "samples" / "anju-gsl-2023-final.txt"
PROFILES = ("sichuan-2023", "ministry-nine")
FORMS = {"sichuan-2023": "sichuan_self_evaluation", "ministry-nine": "ministry_self_evaluation"}


@pytest.fixture(scope="module")
def cycles() -> tuple[Cycle, ...]:
    stored = projects_of(EXAMPLE)
    assert stored.problems == ()
    return stored.cycles


@pytest.fixture(scope="module", params=PROFILES)
def report(request: pytest.FixtureRequest, cycles: tuple[Cycle, ...]) -> Draft:
    return compile_report(load_books(EXAMPLE), cycles=cycles, profile=request.param)


def text_of(report: Draft) -> str:
    words = [b.text for b in report.blocks if isinstance(b, Paragraph | Heading)]
    words += [c for t in report.tables() for c in (t.title, *(c.text for c in t.cells))]
    words += [b.alt for b in report.blocks if isinstance(b, ChartBlock)]
    return "".join(words)


def forms_of(report: Draft) -> list[str]:
    return [t.name for t in report.tables() if t.is_form]


def test_the_attachments_are_in_their_order(report: Draft) -> None:
    titles = [h.text for h in report.headings() if h.attachment]
    assert titles == [
        "附件1 区工商联2023年部门整体支出绩效自评报告",
        "附件2 区工商联2023年参政议政经费项目支出绩效自评报告",
        "附件3 区工商联2023年临聘人员经费项目支出绩效自评报告",
        "附件4 2023年度部门预算项目支出绩效自评表",
    ]
    assert [text for text, _ in contents_lines(report) if text.startswith("附件")] == titles
    own = FORMS[report.profile]
    assert forms_of(report).count(own) == 6
    assert forms_of(report).count("performance_overview") == 1
    assert forms_of(report).count("sichuan_targets_reached") == (2 if report.profile == "sichuan-2023" else 0)


@pytest.mark.parametrize("format_", ["docx", "html", "xlsx", "pdf"])
def test_every_file_of_the_example_is_checked_without_a_finding_but_rounding(
    report: Draft, format_: str, tmp_path: Path
) -> None:
    (path,) = write_report(report, tmp_path, render_report(report, (format_,)))
    checked = check_file(path).report
    assert unwanted(checked) == []
    assert not [s for s in checked.checks.could_not_check if s.rule == "table"]


@pytest.mark.parametrize("format_", ["docx", "html", "xlsx"])
def test_the_forms_read_back_as_they_were_written(
    report: Draft, cycles: tuple[Cycle, ...], format_: str, tmp_path: Path
) -> None:
    (path,) = write_report(report, tmp_path, render_report(report, (format_,)))
    found = [p for p in projects_in(open_document(path)) if p.form == FORMS[report.profile]]
    wanted = [completed(as_form(c.project, FORMS[report.profile])) for c in cycles]
    assert sorted(found, key=lambda p: p.name) == sorted(map(_plain, wanted), key=lambda p: p.name)


def _plain(project: Project) -> Project:
    """As a reader knows it: evidence and class stand on no printed form."""
    coded = project.form == "sichuan_self_evaluation" and not project.is_whole
    items = tuple(replace(i, evidence="") for i in project.indicators)
    return replace(project, indicators=items, class_=project.class_ if coded else "")


def test_the_text_names_what_was_done(report: Draft) -> None:
    text = text_of(report)
    assert "组织对“参政议政经费”“临聘人员经费”等2个项目开展了预算事前绩效评估，对5个项目编制了绩效目标" in text
    assert "选取3个项目开展绩效监控" in text
    assert "部门整体绩效自评得分为98分" in text
    assert "绩效自评的2023年度项目5个，涉及预算金额152.20万元，平均得分99.50分" in text
    assert "本部门在2023年度部门决算中反映“参政议政经费”“临聘人员经费”等2个项目绩效目标实际完成情况" in text
    assert "本部门自行组织对“部门整体支出”“参政议政经费”“临聘人员经费”等3个项目开展了绩效评价" in text


def test_every_amount_of_a_form_leads_to_its_workbook(report: Draft) -> None:
    forms = [t for t in report.tables() if t.name == FORMS[report.profile]]
    figures = [c.figure for t in forms for c in t.cells if c.figure is not None]
    assert figures
    assert all(f.origin.startswith("绩效/") and "“绩效表”" in f.origin for f in figures)


def test_the_overview_adds_up(report: Draft) -> None:
    overview = next(t for t in report.tables() if t.name == "performance_overview")
    last = {c.column: c.text for c in overview.cells if c.row == overview.rows - 1}
    assert (last[3], last[4]) == ("152.20", "152.20")
    chart = next(b for b in report.blocks if isinstance(b, ChartBlock) and b.title == "项目预算执行率和自评得分")
    assert chart.number == (8 if report.profile == "sichuan-2023" else 1)
    assert [s.texts for s in chart.series][1] == ("99.00", "98.50", "100.00", "100.00", "100.00")


SAID_OTHERWISE = Path(__file__).parent / "said_otherwise.txt"
"""Clauses of the sample that the example words otherwise, under the reasons its README gives."""
SHORT = 12
"""Shorter clauses are headings, labels and single figures, which the other tests look at."""


def plain(text: str) -> str:
    """Words without layout; 152.20 is 152.2, 2023年度 is 2023年."""
    bare = re.sub(r"[\s“”]", "", text).replace("(", "（").replace(")", "）")
    return re.sub(r"(\.\d*?)0+(?=[^\d.])", lambda m: m[1].rstrip("."), bare).replace("年度", "年")


def clauses(text: str) -> set[str]:
    bare = re.sub(r"\[bookmark[^\]]*\]", "", text)
    parts = (plain(c) for line in bare.splitlines() for c in re.split("[。；，：:;]", line))
    found = (re.sub(r"^[（(]?\d+[）).、]", "", c) for c in parts)
    return {c for c in found if len(c) >= SHORT}


def test_nothing_that_the_sample_states_is_missing(cycles: tuple[Cycle, ...]) -> None:
    """Every longer clause of the sample stands in the compiled report, but those listed with a reason."""
    compiled = plain(text_of(compile_report(load_books(EXAMPLE), cycles=cycles)))
    sample = SAMPLE.read_text(encoding="utf-8")
    body = sample[: sample.index("第三部分 名词解释")]
    attached = sample[sample.index("附件1") : sample.index(" 一、收入支出决算总表")]
    missing = {clause for clause in clauses(body + attached) if clause not in compiled}
    listed = [x for x in SAID_OTHERWISE.read_text(encoding="utf-8").splitlines() if x and not x.startswith("#")]
    assert missing == set(listed)
    assert len(listed) == len(set(listed))


# --- random projects --------------------------------------------------------------------------------------------


def random_cycles(seed: int) -> list[Cycle]:
    """Projects whose forms agree with themselves."""
    rng = random.Random(seed)  # noqa: S311 - repeatable, no secret
    return [_cycle(rng, number) for number in range(rng.randint(1, 15))]


def _cycle(rng: random.Random, number: int) -> Cycle:
    count = rng.randint(1, 8)
    weights = [Decimal(90 // count)] * (count - 1)
    weights.append(Decimal(90) - sum(weights, Decimal(0)))
    items = tuple(
        Indicator(
            name=f"第{number}项工作之{n + 1}",
            level1="产出指标" if n < count / 2 else "效益指标",
            level2="数量指标" if n < count / 2 else "社会效益指标",
            nature="≥",
            target=str(rng.randint(1, 90)),
            measure=rng.choice(("个", "次", "%")),
            completion="",
            weight=w,
            score=w,
        )
        for n, w in enumerate(weights)
    )
    items = tuple(replace(i, completion=i.target) for i in items)
    spent = Decimal(rng.randint(1, 99_999)) / 100
    funds = tuple(Funds(source=s, initial=spent, adjusted=spent, executed=spent) for s in ("total", "appropriation"))
    project = Project(
        name=f"专项工作{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰'[number]}经费",
        code=f"51090423T{number:012d}",
        class_="T",
        goal="完成年度任务。",
        done="完成了年度任务。",
        content="按计划实施。",
        conclusion="完成较好。",
        problems="无",
        measures="无",
        funds=funds,
        weight=Decimal(10),
        score=Decimal(10),
        indicators=items,
        total_weight=Decimal(100),
        total_score=Decimal(100),
    )
    texts = (("项目管理", f"由第{number}科负责实施。"),) if rng.random() < 0.4 else ()
    return Cycle(project=completed(project), file=f"{number:02d}.xlsx", texts=texts)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("seed", range(200, 206))
def test_random_projects_become_attachments_that_check_clean_and_read_back(profile: str, seed: int) -> None:
    cycles = random_cycles(seed)
    report = compile_report(random_books(seed, profile), cycles=cycles, profile=profile)
    document = as_document(report)
    said = [line for line in unwanted(check_document(document, profile=profile)) if not line.startswith("JS610")]
    assert said == []
    found = {p.name: p for p in projects_in(document) if p.form == FORMS[profile]}
    for cycle in cycles:
        wanted = completed(as_form(replace(cycle.project, year=2023, entity=report.entity), FORMS[profile]))
        assert found[wanted.name] == _plain(replace(wanted, title=found[wanted.name].title))


def test_without_projects_there_is_no_attachment() -> None:
    report = compile_report(random_books(3))
    at = next(n for n, b in enumerate(report.blocks) if isinstance(b, Heading) and b.text == "第四部分 附件")
    assert isinstance(report.blocks[at + 1], Paragraph)
    assert report.blocks[at + 1].text == "无"  # type: ignore[attr-defined]


def test_many_projects_are_shown_by_their_grades() -> None:
    rng = random.Random(1)  # noqa: S311
    cycles = [replace(_cycle(rng, n % 15), file=f"{n}.xlsx") for n in range(15)]
    report = compile_report(random_books(3), cycles=cycles)
    chart = next(b for b in report.blocks if isinstance(b, ChartBlock) and b.title == "项目自评等级")
    assert (chart.categories, chart.series[0].texts) == (("优",), ("15",))
    assert isinstance(next(t for t in report.tables() if t.is_form), TableBlock)
