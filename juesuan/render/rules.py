"""A rule's page: on a terminal, and as Markdown for docs/rules."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.render.width import columns, wrap
from juesuan.rules import Rule

_FAMILIES = (
    ("JS1", "算术"),
    ("JS2", "各处之间是否一致"),
    ("JS3", "科目"),
    ("JS4", "结构和完整性"),
    ("JS5", "用词、年份、名称、残留"),
    ("JS6", "绩效"),
    ("JS7", "三公经费、运行经费、采购、资产"),
    ("JS8", "图"),
    ("JS9", "隐私和保密"),
)


def list_text(rules: Sequence[Rule]) -> str:
    """One line a rule: code, gravest severity, title, name."""
    longest = max((columns(rule.title) for rule in rules), default=0)
    lines = [
        f"{rule.code}  {rule.severity.word}  {rule.title}{' ' * (longest - columns(rule.title))}  {rule.name}"
        for rule in rules
    ]
    return "\n".join([*lines, "", "一条规则的说明：juesuan rule JS102"]) + "\n"


def page_text(rule: Rule, width: int) -> str:
    """The rule's page for a terminal of so many columns."""
    lines = [f"{rule.code} {rule.name}  {rule.title}（最重为{rule.severity.word}）"]
    for name, text in _parts(rule):
        lines += ["", name, *(f"  {line}" for line in wrap(text, width - 2))]
    return "\n".join(lines) + "\n"


def page_markdown(rule: Rule) -> str:
    """The rule's page for docs/rules."""
    lines = [f"# {rule.code} {rule.title}", "", f"名字 `{rule.name}`，最重为**{rule.severity.word}**。"]
    for name, text in _parts(rule):
        lines += ["", f"## {name}"]
        if name in {"错例", "对例"}:
            lines += ["```text", text, "```"]
        else:
            lines.append(text)
    return "\n".join(lines) + "\n"


def index_markdown(rules: Sequence[Rule]) -> str:
    """The list of all rules for docs/rules, by family."""
    lines = [
        "# 规则",
        "",
        f"共 {len(rules)} 条。命令行里看一条规则：`juesuan rule JS102`。等级是这条规则最重会报的等级。",
    ]
    for prefix, family in _FAMILIES:
        own = [rule for rule in rules if rule.code.startswith(prefix)]
        if own:
            lines += ["", f"## {prefix}xx {family}", "", "| 编号 | 错在哪里 | 等级 | 名字 |", "|---|---|---|---|"]
            lines += [
                f"| [{rule.code}]({rule.code}.md) | {rule.title} | {rule.severity.word} | {rule.name} |" for rule in own
            ]
    return "\n".join(lines) + "\n"


def _example(text: str) -> str:
    """An example as shown: reports of several years follow each other, each under a line that says so."""
    years = text.split("\f")
    return "\n".join(years) if len(years) == 1 else "\n".join(f"（第{n}份）\n{year}" for n, year in enumerate(years, 1))


def _parts(rule: Rule) -> tuple[tuple[str, str], ...]:
    return (
        ("查什么", rule.checks),
        ("为什么", rule.why),
        ("依据", rule.basis),
        ("怎样算", rule.how),
        ("错例", _example(rule.wrong)),
        ("对例", _example(rule.right)),
        ("怎样改", rule.mend),
        ("查不出什么", rule.misses),
    )
