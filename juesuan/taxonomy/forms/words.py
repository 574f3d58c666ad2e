"""Closed word lists of performance indicators: levels, natures, directions, and words that measure nothing."""

from __future__ import annotations

LEVEL1 = (
    "产出指标",
    "效益指标",
    "满意度指标",
    "成本指标",
    "产出",
    "效益",
    "满意度",
    "成本",
    "履职效能",
    "预算管理",
    "决策",
    "过程",
    "管理",
    "绩效",
)
"""First-level indicators, in their full and short names."""

LEVEL2 = (
    "数量指标", "质量指标", "时效指标", "成本指标", "经济成本指标", "社会成本指标", "生态环境成本指标",
    "经济效益指标", "社会效益指标", "生态效益指标", "环境效益指标", "可持续影响指标", "可持续发展指标",
    "满意度指标", "服务对象满意度指标", "经济指标", "社会指标", "生态指标", "经济效益", "社会效益",
    "生态效益", "可持续影响",
    "数量", "质量", "时效", "服务对象满意度", "受益对象满意度指标", "社会公众满意度指标", "帮扶对象满意度指标",
    "成本控制指标", "影响力指标", "长效管理指标", "信息共享指标", "人力资源指标", "部门协助指标", "配套设施指标",
)  # fmt: skip
"""Second-level indicators. A cell that ends in 指标 and holds no figure is taken for one as well."""

COMPARATORS: dict[str, str] = {
    "≥": "≥", ">=": "≥", "≧": "≥", "大于等于": "≥", "不低于": "≥", "不少于": "≥", "不小于": "≥", "至少": "≥",
    "达到": "≥",
    "≤": "≤", "<=": "≤", "≦": "≤", "小于等于": "≤", "不高于": "≤", "不超过": "≤", "不大于": "≤", "不多于": "≤",
    "控制在": "≤",
    "＝": "=", "=": "=", "等于": "=",
    "＞": ">", ">": ">", "大于": ">", "高于": ">", "超过": ">",
    "＜": "<", "<": "<", "小于": "<", "低于": "<",
}  # fmt: skip
"""Words and signs before a target, and the direction they mean."""

QUALITATIVE = ("定性", "定性指标")
"""Natures of an indicator that has no figure."""

GRADES = ("优", "良", "中", "低", "差", "优良中低差", "高", "合格", "不合格", "优秀", "良好", "较好", "较差")
"""Grades given to a qualitative indicator."""

MEASURE_ALIASES: dict[str, str] = {
    "百分比": "%",
    "百分率": "%",
    "％": "%",
    "百分点": "个百分点",
    "人数": "人",
    "个数": "个",
}
"""Measures as some systems print them."""

HALVES: dict[str, tuple[str, str]] = {
    "半年": ("0.5", "年"),
    "半个月": ("0.5", "月"),
    "半月": ("0.5", "月"),
    "半天": ("0.5", "天"),
}
"""Durations in words: amount and measure."""

COST = ("成本",)
"""A level whose name holds one of these is about what something costs."""

COST_GAINS = (
    "节约", "节省", "降低", "压减", "减少", "标准", "补助", "补贴", "收入", "收益", "效益", "投资", "融资", "税",
    "产值", "利润", "募", "争取",
)  # fmt: skip
"""Words in an indicator's name that make more of it better, although it stands among the costs."""

DEADLINE = (
    "以前", "之前", "前完成", "前拨付", "月前", "日前", "底前", "截止时间", "截止日期", "完成时限",
    "完成期限", "办结时限",
    "拨付时限", "完成时间", "拨付时间", "支付时间", "完成时点",
)  # fmt: skip
"""Words in an indicator's name that make it a deadline: earlier is better."""

UNMEASURED_TIME = (
    "按时",
    "及时",
    "按期",
    "如期",
    "按时完成",
    "及时完成",
    "按期完成",
    "按计划完成",
    "及时率",
    "按进度",
    "按进度完成",
)
"""Targets of time that name no date."""

RATE_WORDS = ("率", "满意度", "覆盖面")
"""A target that is only the name of a rate: 完善率, 满意度."""

NOTHING = ("无", "/", "—", "-", "－", "——", "不涉及", "暂无", "无。", "暂无。", "没有")
"""What is written where there is nothing to say."""

WHOLE_DEPARTMENT = ("部门整体", "单位整体", "整体支出")
"""Words in a title that make the form one of the whole department and no project's."""

PROJECT_WORDS = ("专项预算项目", "专项项目", "专项资金", "特定目标类项目", "专项经费", "专项")
"""Names for what is project expenditure, as written behind a project's name."""
