"""The sheets of a project's workbook beside its form: names and headers, for writing and for reading."""

from __future__ import annotations

FORM = "绩效表"
INFO = "信息"
ASSESSMENT = "事前评估"
MONITORING = "监控"
EVALUATION = "评价"
FOLLOWUPS = "结果应用"
EVIDENCE = "佐证"
REPORT = "报告"

EXECUTION = "预算执行"
"""What stands for the execution of the budget among the indicators of the monitoring sheet."""

HEADERS: dict[str, tuple[str, ...]] = {
    INFO: ("事项", "内容"),
    ASSESSMENT: ("评估内容", "评估意见", "结论"),
    MONITORING: ("日期", "指标", "到此日完成", "采取的措施", "收回资金"),
    EVALUATION: ("评价主体", "评价得分", "等级", "日期", "意见"),
    FOLLOWUPS: ("问题", "整改措施", "责任人", "完成期限", "完成日期", "上年结转"),
    EVIDENCE: ("指标", "佐证"),
    REPORT: ("事项", "内容", "写什么"),
}
WIDTHS: dict[str, tuple[float, ...]] = {
    INFO: (16, 60),
    ASSESSMENT: (28, 60, 16),
    MONITORING: (12, 34, 16, 44, 12),
    EVALUATION: (14, 12, 10, 12, 60),
    FOLLOWUPS: (40, 40, 12, 12, 12, 10),
    EVIDENCE: (40, 50),
    REPORT: (18, 90, 36),
}
ASSESSED = (
    "立项必要性",
    "投入经济性",
    "绩效目标合理性",
    "实施方案可行性",
    "筹资合规性",
)
"""What an ex-ante assessment looks at (中发〔2018〕34号)."""

YEAR, CLASS, EVALUATOR, WHOLE, CURVE, FORM_KIND = "年度", "项目类别", "评价主体", "对象", "计划进度", "表式"
"""The lines of the sheet INFO."""
CLASSES = {"R": "人员类", "Y": "运转类", "T": "特定目标类"}
WHOLE_DEPARTMENT, ONE_PROJECT = "部门整体", "项目"
YES = "是"
