"""Shanghai: the form of targets that goes with the budget."""

from __future__ import annotations

from juesuan.taxonomy.forms.model import FormDeclaration, Funds, label

SHANGHAI_TARGETS = FormDeclaration(
    id="shanghai_targets",
    titles=("财政项目支出绩效目标填报表", "财政项目支出绩效目标申报表", "项目绩效目标表"),
    fields=(
        label("project", "项目名称"),
        label("nature", "项目性质"),
        label("class", "项目类别"),
        label("department", "主管部门"),
        label("unit", "实施单位"),
        label("start", "计划开始日期"),
        label("end", "计划完成日期"),
    ),
    funds=Funds(
        group="项目资金（元）",
        lanes=(label("whole", "项目资金总额"), label("annual", "年度资金申请总额")),
        sources=(
            label("total", "项目资金总额 年度资金申请总额"),
            label("appropriation", "其中：财政资金 其中：当年财政拨款 当年财政拨款 财政资金"),
            label("carried", "上年结转资金"),
            label("other", "其他资金"),
        ),
    ),
    goals_group="项目绩效目标",
    goals=(label("whole_goal", "项目总目标"), label("goal", "年度总体目标")),
    indicator_group="绩效指标",
    indicators=(
        label("level1", "一级指标"),
        label("level2", "二级指标"),
        label("name", "三级指标"),
        label("target", "年度（/项目）指标值 年度指标值 指标值"),
    ),
    is_target=True,
)
