"""What the text says about performance: lists of how a project's money is divided, sentences that sum up, scores."""

from __future__ import annotations

import re

ALLOCATION_TITLE = re.compile(r"资金分配|资金安排|资金使用(?:情况|方案)|支出明细")
"""Titles of the sections that divide a project's money."""

_AMOUNT = r"(?P<amount>\d[\d,]*(?:\.\d+)?(?:万元|亿元|元))"

SUMMARY = re.compile(
    rf"(?P<what>绩效目标|绩效跟踪评价|绩效跟踪|绩效监控|绩效运行监控|绩效自评|绩效评价)的?(?:20\d\d年度?)?项目(?:共)?(?P<count>\d+)个，?"
    rf"(?:共?涉及(?:项目)?(?:预算)?(?:金额|资金|预算){_AMOUNT})?"
)
"""绩效自评的2025年度项目28个，涉及预算金额1354.13万元."""

AVERAGE = re.compile(r"平均(?:得)?分(?:数)?为?(?P<score>\d+(?:\.\d+)?)分?")
GRADE = re.compile(
    r"(?:绩效)?(?:评级|等级|结果)为[“\"]?(?P<grade>优秀|优|良好|良|合格|不合格|中|较差|差)[”\"]?的?(?:项目)?(?P<count>\d+)个"
)
PROBLEMS = re.compile(
    r"发现问题(?P<found>\d+)个，(?:已经?)?(?:完成)?整改(?:完成)?的?(?P<done>\d+)个，正在整改的?(?P<doing>\d+)个"
)
SCORE = re.compile(r"(?:自评|评价)(?:得分|总分|总得分)(?:为|是|：)?(?P<score>\d+(?:\.\d+)?)分")
"""单位自评得分100分."""

GRADE_FLOORS = {"优": 90, "优秀": 90, "良": 80, "良好": 80, "中": 60}
"""The lowest score of a grade (财预〔2020〕10号); a province may name its grades otherwise."""

PROJECT_MONEY = re.compile(
    r"项目(?:资金)?(?P<what>申报金额|申报资金|申报财政资金|预算安排|年初预算|预算金额|预算数|预算|实际下达金额|实际下达资金|实际下达|下达金额|下达资金"
    rf"|到位资金|资金到位|实际到位|实际支出|支出金额|实际支付|支付金额)(?:为|共计|合计|共|：)?{_AMOUNT}"
)
"""该项目申报金额为10万元; 项目实际支出为10万元."""

MONEY_COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("支出", ("executed",)),
    ("支付", ("executed",)),
    ("下达", ("initial", "adjusted", "budget", "annual", "executed")),
    ("到位", ("initial", "adjusted", "budget", "annual", "executed")),
    ("", ("initial", "adjusted", "budget", "annual", "whole")),
)
"""Which columns of a form such an amount may be, by a word in it; the last holds for the rest."""
