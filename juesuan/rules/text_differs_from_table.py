"""JS204: a figure of the text is not the one in the table."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.causes import Cause
from juesuan.facts import Fact
from juesuan.findings import Finding, Severity
from juesuan.rules import arithmetic
from juesuan.rules.base import Rule, View


def check(view: View) -> Iterator[Finding]:
    """Figures of the text whose interval does not meet that of the table's cell."""
    for cause in arithmetic.for_rule(view, RULE):
        text, cell = _sides(view, cause)
        table = view.understanding.tables.at(cell.place)
        title = table.title if table else "表"
        message = f"{arithmetic.name_of(text)}文中写为 {text.quantity}，《{title}》中为 {cell.shown}，文字与表不一致。"
        yield arithmetic.report(view, RULE, cause, message + arithmetic.others_disagree(cause))
    yield from arithmetic.equal_hints(view, RULE, "text_table", "文字与表")


def _sides(view: View, cause: Cause) -> tuple[Fact, Fact]:
    """The figure of the text and the cell."""
    first, second = cause.first.relation.facts[:2]
    in_table = view.understanding.tables.at(first.place) is not None
    return (second, first) if in_table else (first, second)


RULE = Rule(
    code="JS204",
    name="text-differs-from-table",
    title="文字与表不一致",
    severity=Severity.ERROR,
    checks="情况说明中的合计、各类款项、人员和公用经费、“三公”经费各项与决算表中同一事项的数是否相同。",
    why="表由软件生成，文字由人填写，抄错、漏改、取错口径都在这里显出来。",
    basis="文表关系：情况说明中的数应能由报表取得或重算",
    how="概念、年度、口径、科目都相同才比较；科目按名称和编码对到表中的行，对不上的不比。显示区间不相交才算错，只差末位一个单位的作提示。表有空格的不当作零。",
    wrong=(
        "某局2024年度部门决算\n一、收入支出决算总体情况说明\n2024年一般公共预算财政拨款基本支出130.00万元。\n"
        "一般公共预算财政拨款支出决算表\n单位：万元\n"
        "功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n201\t一般公共服务支出\t200.00\t120.00\t80.00\n"
        "20103\t政府办公厅（室）及相关机构事务\t200.00\t120.00\t80.00\n合计\t\t200.00\t120.00\t80.00"
    ),
    right=(
        "某局2024年度部门决算\n一、收入支出决算总体情况说明\n2024年一般公共预算财政拨款基本支出120.00万元。\n"
        "一般公共预算财政拨款支出决算表\n单位：万元\n"
        "功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n201\t一般公共服务支出\t200.00\t120.00\t80.00\n"
        "20103\t政府办公厅（室）及相关机构事务\t200.00\t120.00\t80.00\n合计\t\t200.00\t120.00\t80.00"
    ),
    mend="以批复的报表为准改正文字；表错则改表。",
    misses="名称与表和目录都对不上的科目、没有写明口径而各表不同的数不比较。",
    check=check,
)
