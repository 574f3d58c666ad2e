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
