"""The attachments of a report: self-evaluations with their forms, and the overview of all projects, from 绩效/."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from juesuan.compose.charts import PIE, ROW
from juesuan.compose.draft import (
    Block,
    Break,
    Cell,
    ChartBlock,
    ChartSeries,
    Heading,
    Paragraph,
    Run,
    TableBlock,
)
from juesuan.compose.facts import Facts
from juesuan.compose.figure import Figure, added
from juesuan.compose.performance import FOLDER, Performance, budget_figure, figure_at, final_score, money_figure
from juesuan.compose.words import Words, runs
from juesuan.performance.cycle import Cycle
from juesuan.performance.grid import Grid, GridCell
from juesuan.performance.model import Project
from juesuan.performance.narrative import (
    TextBlock,
    TextKind,
    form_of_profile,
    narrative,
    outline_for,
    report_title,
    single_form,
)
from juesuan.performance.scoring import rate_of
from juesuan.quantity import MEASURES, WAN, plain, rounded

__all__ = ["Attachments"]

_CLASSES = {"R": "人员类", "Y": "运转类", "T": "特定目标类"}
_MOST_BARS = 12
_HEADS = ("序号", "项目名称", "项目类别", "预算数", "执行数", "预算执行率", "自评得分", "等级")
_WIDTHS = (0.5, 3.0, 1.1, 1.1, 1.1, 1.1, 0.9, 0.7)

Inside = Callable[[str], Iterator[Block]]
"""The blocks of an attachment, for its name (附件2)."""


class Attachments:
    """Composes the attachments in their order: the whole department, projects with reports, forms, texts of people."""

    def __init__(self, performance: Performance, facts: Facts, words: Words, profile: str, charts: int) -> None:
        self.performance, self.facts, self.words, self.profile = performance, facts, words, profile
        self.charts = charts
        self.form = form_of_profile(profile)

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(1 for _ in self._all())

    def blocks(self) -> Iterator[Block]:
        """All attachments; 无 where there are none."""
        found = list(self._all())
        if not found:
            yield Paragraph((Run("无"),))
        for number, (title, inside) in enumerate(found, 1):
            if number > 1:
                yield Break()
            yield Heading(f"附件{number} {title}", 2, attachment=True)
            yield from inside(f"附件{number}")

    def _all(self) -> Iterator[tuple[str, Inside]]:
        performance, books = self.performance, self.words.books
        for cycle in (*((performance.whole,) if performance.whole else ()), *performance.reported):
            title = report_title(cycle.project, outline_for(cycle.project, self.profile), books.settings.name)
            yield title, partial(self._report, cycle)
        if len(performance.projects) > 1 and performance.whole is None:
            yield f"{books.year}年度项目支出绩效自评情况总览", self.overview
        if performance.plain_forms:
            yield f"{books.year}年度部门预算项目支出绩效自评表", self._forms
        for title, lines in self.words.narration.attachments():
            yield title, partial(self._written, lines)

    def _written(self, lines: Sequence[str], _: str) -> Iterator[Block]:
        return (self._paragraph(line) for line in lines)

    def _paragraph(self, line: str) -> Paragraph:
        return Paragraph(runs(line, self.words.style.printed))

    # --- one report ----------------------------------------------------------------------------------------

    def _report(self, cycle: Cycle, name: str) -> Iterator[Block]:
        texts = dict(cycle.texts)
        given = self._known_facts() if cycle.project.is_whole else {}
        blocks = narrative(
            cycle.project,
            outline_for(cycle.project, self.profile),
            facts={**given, **texts},
            scored=self.performance.scored(cycle),
            entity=self.words.books.settings.name,
            form=self.form,
            mark=lambda slot, text: self._mark(cycle, slot, text),
        )
        last = max((n for n, b in enumerate(blocks) if b.kind is TextKind.FORM), default=-1)
        for number, block in enumerate(blocks[1:], 1):
            if number == last and number == len(blocks) - 1:
                yield Break()
            yield from self._block(name, cycle, block, number)

    def _block(self, name: str, cycle: Cycle, block: TextBlock, number: int) -> Iterator[Block]:
        if block.kind is TextKind.HEADING:
            yield Heading(block.text, block.level + 1, inner=True)
        elif block.kind is TextKind.PARAGRAPH:
            yield self._paragraph(block.text)
        elif block.kind is TextKind.OVERVIEW:
            yield from self.overview(name) if len(self.performance.projects) > 1 else ()
        elif block.kind is TextKind.FORM and block.grid is not None and block.project is not None:
            yield form_block(block.grid, cycle, block.project, f"{name}-{number} {cycle.project.name or '整体'}")
        elif block.kind is TextKind.TODO:
            what = block.text.removeprefix("请填写：")
            place = f"{FOLDER}/{cycle.file} 的工作表“报告”或“绩效表”"
            yield self._paragraph(self.words.todo(f"{cycle.project.label}的{what}", f"{place}还没有写：{what}"))

    def _mark(self, cycle: Cycle, slot: str, text: str) -> str:
        """A figure of a sentence with where it comes from."""
        project, scored = cycle.project, self.performance.scored(cycle)
        total = project.total
        money = getattr(total, slot, None) if total and slot in {"initial", "adjusted", "executed"} else None
        if money is not None:
            return self.words.style.mark(text, money_figure(cycle, f"total.{slot}", money, slot_name(slot)))
        if slot == "rate":
            rate, formula = rate_of(project)
            return self.words.style.mark(text, Figure(rate or 0, name="%", origin=formula))
        score = final_score(project, scored)
        if slot == "score" and score is not None:
            return self.words.style.mark(text, figure_at(cycle, "total_score", score, "自评得分"))
        return text

    def _known_facts(self) -> dict[str, str]:
        """What the books say for the report on the whole department."""
        words, facts, books = self.words, self.facts, self.words.books
        narration = words.narration
        year = books.year
        return {
            "机构组成": narration.words("机构设置") or "",
            "机构职能": narration.words("主要职能") or "",
            "人员概况": narration.words("人员情况") or "",
            "收入情况": f"{year}年本年收入合计{words.amount(facts.income)}，其中：{words.parts(facts.incomes, facts.income)}。",
            "支出情况": f"{year}年本年支出合计{words.amount(facts.expenditure)}，其中：{words.parts(facts.natures, facts.expenditure)}。",
            "财政拨款收支": f"{year}年财政拨款收、支总计均为{words.amount(facts.appropriation)}。",
            "结果应用": self._use_of_results(),
        }

    def _use_of_results(self) -> str:
        """What was done with results, counted over all projects; empty where nobody wrote of it."""
        found = [f for c in self.performance.cycles for f in c.followups]
        if not found:
            return ""
        done = sum(1 for f in found if f.done is not None)
        rest = "" if done == len(found) else "，其余正在落实"
        return f"对自评发现的问题逐条明确整改措施、责任人和期限，共{len(found)}条，已完成{done}条{rest}。"

    # --- forms ---------------------------------------------------------------------------------------------

    def _forms(self, name: str) -> Iterator[Block]:
        for number, cycle in enumerate(self.performance.plain_forms, 1):
            if number > 1:
                yield Break()
            grid, shown = single_form(cycle.project, self.form)
            yield form_block(grid, cycle, shown, f"{name}-{number} {cycle.project.name}")

    # --- overview ------------------------------------------------------------------------------------------

    def overview(self, name: str) -> Iterator[Block]:
        """A line for each project, and a chart."""
        title = f"{self.words.books.year}年度项目支出绩效自评情况总览"
        cells = [
            Cell(0, c, f"{head}（万元）" if head in {"预算数", "执行数"} else head, label=True)
            for c, head in enumerate(_HEADS)
        ]
        sums: tuple[list[Figure], list[Figure]] = ([], [])
        for row, cycle in enumerate(self.performance.projects, 1):
            cells += self._line(row, cycle, sums)
        last = len(self.performance.projects) + 1
        cells.append(Cell(last, 0, "合计", colspan=3, align="center"))
        for column, figures in enumerate(sums, 3):
            whole = added(figures, "合计")
            cells.append(Cell(last, column, _wan(whole), whole, align="right"))
        cells += [Cell(last, column, "") for column in range(5, len(_HEADS))]
        yield TableBlock(
            "performance_overview", f"{name} 自评情况总览", title, "", "", tuple(cells), last + 1, len(_HEADS), 1, _WIDTHS, is_form=True
        )  # fmt: skip
        chart = self._chart()
        if chart is not None:
            yield chart

    def _line(self, row: int, cycle: Cycle, sums: tuple[list[Figure], list[Figure]]) -> Iterator[Cell]:
        project, scored = cycle.project, self.performance.scored(cycle)
        yield Cell(row, 0, str(row), align="center")
        yield Cell(row, 1, project.name, align="left")
        yield Cell(row, 2, _CLASSES.get(project.class_, ""), align="center")
        executed = project.total.executed if project.total else None
        spent = None
        if executed is not None:
            spent = money_figure(cycle, "total.executed", executed, f"{project.label}的预算执行数")
        for column, figure in enumerate((budget_figure(cycle), spent), 3):
            if figure is not None:
                sums[column - 3].append(figure)
            yield Cell(row, column, _wan(figure) if figure is not None else "", figure, align="right")
        rate, _ = rate_of(project)
        yield Cell(row, 5, f"{plain(rounded(rate, 2))}%" if rate is not None else "", align="right")
        score = final_score(project, scored)
        yield Cell(row, 6, plain(score.normalize()) if score is not None else "", align="right")
        yield Cell(row, 7, scored.profile.grade(score) if score is not None else "", align="center")

    def _chart(self) -> ChartBlock | None:
        """Rates and scores side by side; of many projects, how many have which grade."""
        performance = self.performance
        scores = [
            (c, final_score(c.project, performance.scored(c)), rate_of(c.project)[0]) for c in performance.projects
        ]
        known = [(c, s, r) for c, s, r in scores if s is not None and r is not None]
        if not known:
            return None
        number = self.charts + 1
        if len(known) > _MOST_BARS:
            return self._grades(number, [(c, s) for c, s, _ in known])
        names = tuple(c.project.name for c, _, _ in known)
        rates = ChartSeries(
            "预算执行率（%）",
            tuple(Figure(rounded(r, 2), name="%", origin=rate_of(c.project)[1]) for c, _, r in known),
            tuple(plain(rounded(r, 2), 2) for _, _, r in known),
        )
        points = ChartSeries(
            "自评得分（分）",
            tuple(figure_at(c, "total_score", s, "自评得分") for c, s, _ in known),
            tuple(plain(s.normalize(), 2) for _, s, _ in known),
        )
        title = "项目预算执行率和自评得分"
        said = "；".join(
            f"{c.project.name} 执行率 {t}%，得分 {p}分"
            for (c, _, _), t, p in zip(known, rates.texts, points.texts, strict=True)
        )
        return ChartBlock(number, title, ROW, names, (rates, points), "", f"条形图：{title}。{said}。")

    def _grades(self, number: int, scores: list[tuple[Cycle, Decimal]]) -> ChartBlock:
        graded = [self.performance.scored(c).profile.grade(s) for c, s in scores]
        order = [name for name, _ in self.performance.scored(scores[0][0]).profile.grades]
        counts = {name: graded.count(name) for name in order if name in graded}
        values = tuple(
            Figure(n, name=f"评级为{name}的项目", origin=f"{FOLDER} 里的自评表") for name, n in counts.items()
        )
        title = "项目自评等级"
        said = "，".join(f"{name} {n}个" for name, n in counts.items())
        series = (ChartSeries("项目个数", values, tuple(str(n) for n in counts.values())),)
        return ChartBlock(number, title, PIE, tuple(counts), series, "个", f"饼状图：{title}。{said}。")


def slot_name(slot: str) -> str:
    """A slot of a sentence in words."""
    return {"initial": "年初预算数", "adjusted": "调整后预算数", "executed": "预算执行数"}.get(slot, slot)


def _wan(figure: Figure) -> str:
    return plain(figure / WAN.factor, 2)


def form_block(grid: Grid, cycle: Cycle, shown: Project, sheet: str) -> TableBlock:
    """A form as a table of the report, its amounts tied to the cells they were typed in."""
    cells = tuple(_cell(cell, cycle, shown) for cell in grid.cells)
    return TableBlock(
        shown.form, sheet, grid.title, "", "", cells, grid.rows, grid.columns, 0, grid.widths, is_form=True
    )


def _cell(cell: GridCell, cycle: Cycle, shown: Project) -> Cell:
    align = "center" if cell.is_label else "right" if cell.is_number else "left"
    figure = None
    if cell.key and cell.text and shown.money in MEASURES:
        figure = money_figure(cycle, cell.key, Decimal(cell.text), slot_name(cell.key.partition(".")[2]))
    return Cell(cell.row, cell.column, cell.text, figure, cell.rowspan, cell.colspan, align=align, label=cell.is_label)
