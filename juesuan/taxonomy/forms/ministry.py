"""The self-evaluation form of the Ministry of Finance (财预〔2020〕10号), used with small changes in most provinces."""

from __future__ import annotations

from juesuan.taxonomy.forms.model import FormDeclaration, Funds, label

MINISTRY_SELF_EVALUATION = FormDeclaration(
    id="ministry_self_evaluation",
    titles=("项目支出绩效自评表", "项目支出绩效目标自评表", "项目绩效目标自评表", "财政支出绩效自评表"),
    fields=(
        label("project", "项目名称 专项（项目）名称"),
        label("department", "主管部门 主管部门及代码"),
        label("unit", "实施单位 实施（责任）单位 资金使用单位"),
    ),
    funds=Funds(
        group="项目资金（万元）",
        columns=(
            label("initial", "年初预算数 年初预算"),
            label("adjusted", "全年预算数（A） 全年预算数 全年预算（A） 预算数（A）"),
            label("executed", "全年执行数（B） 全年执行数 执行数（B） 全年支出数（B）"),
            label("weight", "分值"),
            label("rate", "执行率（B/A） 执行率 预算执行率（B/A） 执行率（%）"),
            label("score", "得分"),
        ),
        sources=(
            label("total", "年度资金总额 资金总额"),
            label("appropriation", "其中：当年财政拨款 其中：本年财政拨款 当年财政拨款 本年财政拨款"),
            label("carried", "上年结转资金 上年结转"),
            label("other", "其他资金 其它资金"),
        ),
    ),
    goals_group="年度总体目标",
    goals=(label("goal", "预期目标 年初设定目标"), label("done", "实际完成情况 年度总体目标完成情况 全年实际完成情况")),
    indicator_group="绩效指标",
    indicators=(
        label("level1", "一级指标"),
        label("level2", "二级指标"),
        label("name", "三级指标 三级指标名称 指标名称"),
        label("target", "年度指标值（A） 年度指标值 指标值 年初目标值 年度目标值 目标值 预期指标值 计划指标值"),
        label(
            "completion", "实际完成值（B） 实际完成值 全年实际值 全年完成值 全年实际完成值 实际完成指标值 实际值 完成值"
        ),
        label("weight", "分值 权重 指标分值 分值权重 标准分值"),
        label("score", "得分 自评得分 自评分"),
        label("reason", "偏差原因分析及改进措施 偏差原因分析 未完成原因及改进措施 未完成原因分析"),
    ),
    total=label("sum", "总分 合计"),
    rate_rule="执行率＝全年执行数（B）÷全年预算数（A）",
)
