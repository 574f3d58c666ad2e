"""Closed word lists of money sentences: which words say rise or fall, base, stage, share, order. First = written, all = read."""

from __future__ import annotations

from juesuan.facts import Stage

HAN = r"[^\W\da-zA-Z_]"
"""A Chinese character in a pattern: a letter, and no Latin one. (A range of code points takes a millisecond to compile.)"""
UP = ("增加", "增长", "上升", "上浮", "提高", "增支", "增收", "增幅", "多", "增")
DOWN = ("减少", "下降", "降低", "压减", "压缩", "减支", "减收", "减幅", "降幅", "少", "减")
FLAT = ("持平", "基本持平", "无变化", "没有变化", "无增减变化", "无增减", "保持一致", "一致", "相同", "不变")
GREATER = ("大于", "高于", "超过", "多于", "超出")
LESS = ("小于", "低于", "少于", "不足")
EACH = ("各", "分别", "均", "都")
COPULA = (
    "支出为", "总额为", "金额为", "安排为", "合计为", "总计为", "均为", "各为", "各是", "共计支出", "共计", "合计",
    "总计", "共支出", "为", "是", "共", "计", "达", "达到", "总额", "金额",
)  # fmt: skip
AMONG = (
    "其中",
    "包括",
    "主要包括",
    "主要用于以下方面",
    "主要用于以下几个方面",
    "主要用于以下几方面",
    "具体包括",
    "分别为",
    "分别是",
    "具体情况如下",
    "构成如下",
    "构成为",
    "构成情况为",
    "分项情况如下",
    "主要内容如下",
    "主要内容包括",
    "明细如下",
)
REASON = (
    "主要变动原因", "主要原因", "增减变化的主要原因", "变动原因", "下降原因", "增长原因", "增加原因", "减少原因",
    "原因主要", "原因", "主要是由于", "主要由于", "主要是因为", "主要是因", "主要是", "由于", "系因", "是因为",
)  # fmt: skip
PURPOSE = ("主要用于", "用于", "主要反映", "具体用于", "具体内容包括", "开支内容包括")

STAGES: tuple[tuple[str, Stage], ...] = (
    ("年初预算安排数", Stage.INITIAL),
    ("调整后年初预算", Stage.INITIAL),
    ("年初预算安排", Stage.INITIAL),
    ("当年年初预算", Stage.INITIAL),
    ("年初预算数", Stage.INITIAL),
    ("年初预算", Stage.INITIAL),
    ("调整后预算数", Stage.ADJUSTED),
    ("调整后预算", Stage.ADJUSTED),
    ("调整预算数", Stage.ADJUSTED),
    ("调整预算", Stage.ADJUSTED),
    ("调整数", Stage.ADJUSTED),
    ("全年预算数", Stage.ADJUSTED),
    ("全年预算", Stage.ADJUSTED),
    ("当年预算执行数", Stage.EXECUTION),
    ("预算执行数", Stage.EXECUTION),
    ("全年执行数", Stage.EXECUTION),
    ("执行数", Stage.EXECUTION),
    ("当年支出决算数", Stage.FINAL),
    ("当年支出决算", Stage.FINAL),
    ("支出决算总额", Stage.FINAL),
    ("支出决算数", Stage.FINAL),
    ("支出决算", Stage.FINAL),
    ("收入决算数", Stage.FINAL),
    ("收入决算", Stage.FINAL),
    ("实际支出", Stage.FINAL),
    ("决算总额", Stage.FINAL),
    ("决算支出", Stage.FINAL),
    ("决算数", Stage.FINAL),
    ("决算", Stage.FINAL),
    ("支出预算数", Stage.BUDGET),
    ("支出预算", Stage.BUDGET),
    ("收入预算", Stage.BUDGET),
    ("预算安排", Stage.BUDGET),
    ("预算总额", Stage.BUDGET),
    ("预算数", Stage.BUDGET),
    ("预算", Stage.BUDGET),
)
"""Stage words, the longer before the shorter they contain."""

SOME_OF = (
    "涉及", "共涉及", "涉及到", "争取", "盘活", "收回", "追加", "调增", "调减", "调剂", "新增", "核减", "缴回", "上缴",
    "退回", "节约", "整合", "抽查", "抽取", "压减", "统筹", "增拨", "减拨",
)  # fmt: skip
"""Verbs before a label: the figure is a part of what the label names, of unknown size (涉及一般公共预算支出2104.30万元)."""
