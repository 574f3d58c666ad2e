"""JS802: the values of a chart stand under each other's labels."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import plain
from juesuan.rules._charts import called, charts_of, label_evidence, swapped, value_evidence
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Charts whose values fit the text once put in another order."""
    for reading in charts_of(view):
        values = swapped(reading)
        if not values:
            continue
        pairs = "，".join(
            f"“{v.label}”图中为 {plain(v.fact.quantity.value)}，文中为 {v.texts[0].quantity}" for v in values if v.fact
        )
        yield RULE.finding(
            f"{called(reading)}的数与标签错位：{pairs}，互换后与文中一致。",
            (
                value_evidence(view, reading, values[0]),
                label_evidence(view, reading, values[0].point, Role.OTHER),
                *(value_evidence(view, reading, v, Role.FOLLOWER) for v in values[1:]),
                *view.fact_evidence([v.texts[0] for v in values], Role.OPERAND),
            ),
            expected=str(values[0].texts[0].quantity),
            actual=plain(values[0].fact.quantity.value) if values[0].fact else None,
            key=reading.title,
        )


RULE = Rule(
    code="JS802",
    name="chart-swapped",
    title="图表的数与标签错位",
    severity=Severity.ERROR,
    checks="图中的数换一个次序就与文中全部一致的，是不是放在了别的标签之下。",
    why="类别的次序改了而数据没有跟着改，扇形和柱就张冠李戴。",
    basis="图表的类别标签应当与数据一一对应",
    how="图中有两个以上的数与文中不符，而把这些数重新排列后全部相符的，报错位。",
    wrong="2023年度部门决算\n2023年“三公”经费财政拨款支出决算中，因公出国（境）费支出决算0万元，占0%；公务用车购置及运行维护费支出决算0万元，占0%；"
    "公务接待费支出决算0.8万元，占100%。\n\n“三公”经费财政拨款支出结构\n公务接待费支出\t因公出国（境）费支出\t公务用车购置及运行维护费支出\t0\t0.8\t0\t\n",
    right="2023年度部门决算\n2023年“三公”经费财政拨款支出决算中，因公出国（境）费支出决算0万元，占0%；公务用车购置及运行维护费支出决算0万元，占0%；"
    "公务接待费支出决算0.8万元，占100%。\n\n“三公”经费财政拨款支出结构\n公务接待费支出\t因公出国（境）费支出\t公务用车购置及运行维护费支出\t0.8\t0\t0\t\n",
    mend="在图上点右键“编辑数据”，使每个数回到自己的标签之下。",
    misses="图中有一个数在文中找不到对应时不判断次序。",
    check=check,
)
