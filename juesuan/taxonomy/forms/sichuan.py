"""Sichuan: the self-evaluation form of 2023 as the budget system prints it, and the older form of targets reached."""

from __future__ import annotations

from juesuan.taxonomy.forms.model import FormDeclaration, Funds, label

SICHUAN_SELF_EVALUATION = FormDeclaration(
    id="sichuan_self_evaluation",
    titles=("部门预算项目支出绩效自评表", "项目支出绩效自评表", "整体项目支出绩效自评表"),
    fields=(
        label("project", "项目名称"),
        label("department", "主管部门 主管部门（单位） 主管部门及代码"),
        label("unit", "实施单位（盖章） 实施单位 项目单位"),
    ),
    basic_group="项目基本情况",
    goals_group="1.项目年度目标完成情况",
    goals=(label("goal", "项目年度目标 年度目标"), label("done", "年度目标完成情况 目标完成情况")),
    notes=(label("content", "2.项目实施内容及过程概述 项目实施内容及过程概述"),),
    funds=Funds(
        group="预算执行情况（10分）",
        unit_label="年度预算数（万元）",
        columns=(
            label("initial", "年初预算 年初预算数"),
            label("adjusted", "调整后预算数 调整后预算"),
            label("executed", "预算执行数"),
            label("rate", "预算执行率"),
            label("weight", "权重"),
            label("score", "得分"),
            label("reason", "原因"),
        ),
        sources=(
            label("total", "总额 资金总额"),
            label("appropriation", "其中：财政资金 财政资金"),
            label("special_account", "财政专户管理资金"),
            label("own", "单位资金"),
            label("other", "其他资金"),
        ),
    ),
    indicator_group="绩效指标（90分）",
    indicators=(
        label("level1", "一级指标"),
        label("level2", "二级指标"),
        label("name", "三级指标"),
        label("nature", "指标性质"),
        label("target", "指标值"),
        label("measure", "度量单位"),
        label("completion", "完成值"),
        label("weight", "权重"),
        label("score", "得分"),
        label("reason", "未完成原因分析"),
    ),
    total=label("sum", "合计"),
    closing=(label("conclusion", "评价结论"), label("problems", "存在问题"), label("measures", "改进措施")),
    signatures=(label("project_head", "项目负责人"), label("finance_head", "财务负责人")),
    execution_weight=10,
    rate_rule="预算执行率＝预算执行数÷调整后预算数",
    coded=True,
)

SICHUAN_OLDER = FormDeclaration(
    id="sichuan_targets_reached",
    titles=("项目绩效目标完成情况表", "项目支出绩效目标完成情况表", "绩效目标完成情况表"),
    fields=(label("project", "项目名称"), label("unit", "预算单位")),
    funds=Funds(
        group="预算执行情况（万元）",
        lanes=(label("budget", "预算数"), label("executed", "执行数")),
        sources=(
            label("total", "预算数 执行数"),
            label("appropriation", "其中-财政拨款 其中：财政拨款 其中财政拨款"),
            label("other", "其它资金 其他资金"),
        ),
    ),
    goals_group="年度目标完成情况",
    goals=(label("goal", "预期目标"), label("done", "实际完成目标")),
    indicator_group="绩效指标完成情况",
    indicators=(
        label("level1", "一级指标"),
        label("level2", "二级指标"),
        label("name", "三级指标"),
        label("target", "预期指标值（包含数字及文字描述） 预期指标值"),
        label("completion", "实际完成指标值（包含数字及文字描述） 实际完成指标值"),
    ),
)
