"""The sheet 上年与预算: last year's figures and the budgets that the text compares with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from juesuan.books.figures import Key, key_of
from juesuan.facts import Stage

SHEET = "上年与预算"


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter that the sheet has figures of: its words and its key. `by`: whether its lines carry account codes."""

    label: str
    concept: str
    fund: str | None = None
    by: str = ""
    nature: str | None = None

    def key(self, code: str | None, stage: Stage, back: int) -> Key:
        account, economic = (code, None) if self.by != "economic" else (None, code)
        return key_of(
            self.concept, self.fund, account=account, economic=economic, nature=self.nature, stage=stage, back=back
        )


MATTERS: tuple[Matter, ...] = (
    Matter("收入支出总计", "income_total", "all"),
    Matter("本年收入合计", "income", "all"),
    Matter("本年支出合计", "expenditure", "all"),
    Matter("财政拨款收入支出总计", "income_total", "appropriation"),
    Matter("年末结转和结余", "carried_out", "all"),
    Matter("年末财政拨款结转和结余", "carried_out", "appropriation"),
    Matter("一般公共预算财政拨款支出", "expenditure", "general_budget", "function"),
    Matter("一般公共预算财政拨款基本支出", "basic", "general_budget", "function"),
    Matter("一般公共预算财政拨款项目支出", "project", "general_budget", "function"),
    Matter("政府性基金预算财政拨款支出", "expenditure", "government_fund", "function"),
    Matter("国有资本经营预算财政拨款支出", "expenditure", "state_capital", "function"),
    Matter("“三公”经费", "three_public"),
    Matter("因公出国（境）费", "abroad"),
    Matter("公务用车购置及运行维护费", "vehicle"),
    Matter("公务用车购置费", "vehicle_purchase"),
    Matter("公务用车运行维护费", "vehicle_operation"),
    Matter("公务接待费", "reception"),
    Matter("机关运行经费", "agency_running_cost"),
    Matter("人员经费", "personnel"),
    Matter("公用经费", "office"),
    Matter("一般公共预算财政拨款基本支出经济分类", "economic", "general_budget", "economic"),
    Matter("一般公共预算财政拨款支出经济分类", "economic", "general_budget", "economic", "all_expenditure"),
)
BY_LABEL = {m.label: m for m in MATTERS}

COLUMNS: tuple[tuple[str, str, Stage, int], ...] = (
    ("initial", "年初预算数", Stage.INITIAL, 0),
    ("adjusted", "全年预算数（调整后）", Stage.ADJUSTED, 0),
    ("before", "上年决算数", Stage.FINAL, 1),
)


def matter_of(key: Key) -> Matter | None:
    """The matter a key belongs to, whatever its account, stage and year; None for none."""
    plain = replace(key, account=None, economic=None, stage=Stage.FINAL, back=0)
    for matter in MATTERS:
        if matter.key(None, Stage.FINAL, 0) == plain and (not (key.account or key.economic) or matter.by):
            return matter
    return None
