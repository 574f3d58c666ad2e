"""JS306: an account code that lost its leading zero."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.document.model import Cell, Table
from juesuan.findings import Evidence, Finding, Role, Severity
from juesuan.place import cell
from juesuan.rules.base import NotApplicableError, Rule, View
from juesuan.understand.passages import cell_text

_CATEGORY = re.compile(r"[2-5]\d{2}")
_PIECE = re.compile(r"\d{2}")
_SHORT = re.compile(r"[1-9]")
_NAME = re.compile(r"[\u4e00-\u9fff]{2}")
_COLUMNS = 3


def check(view: View) -> Iterator[Finding]:
    """Tables that print codes in pieces: a piece of one digit among pieces of two; one finding a table."""
    parted = False
    for block in view.document.blocks:
        if not isinstance(block, Table):
            continue
        whole, short = 0, list[tuple[Cell, str]]()
        for line in block.row_cells():
            pieces, name = _code(line)
            whole += sum(bool(_PIECE.fullmatch(text)) for _, text in pieces)
            short += [(item, name) for item, text in pieces if _SHORT.fullmatch(text)]
        parted = parted or whole > 0
        if short and whole > len(short):
            yield _finding(view, block, short)
    if not parted:
        raise NotApplicableError("没有把科目编码分列填写的表")


def _code(line: tuple[Cell, ...]) -> tuple[list[tuple[Cell, str]], str]:
    """The pieces after the three digits a line begins with, and the name that follows them."""
    texts = [(item, text) for item in line if (text := cell_text(item))]
    if not texts or not _CATEGORY.fullmatch(texts[0][1]):
        return [], ""
    pieces: list[tuple[Cell, str]] = []
    for item, text in texts[1 : 1 + _COLUMNS]:
        if _NAME.match(text):
            return pieces, text
        pieces.append((item, text))
    return [], ""


def _finding(view: View, block: Table, short: list[tuple[Cell, str]]) -> Finding:
    evidence: list[Evidence] = [
        view.evidence(cell(block.id, item.row, item.column, 0, len(item.text)), Role.OTHER if number else Role.SUBJECT)
        for number, (item, _) in enumerate(short)
    ]
    said = "、".join(f"“{name}”写成“{item.text.strip()}”" for item, name in short[:3])
    more = f"等 {len(short)} 处" if len(short) > 3 else ""
    return RULE.finding(
        f"科目编码少了前面的 0：{said}{more}，同一张表其余各行都是两位。",
        tuple(evidence),
        expected=f"0{short[0][0].text.strip()}",
        actual=short[0][0].text.strip(),
        fix=f"改为“0{short[0][0].text.strip()}”，把这一列设为文本格式。",
        key=f"{short[0][1]}|code",
    )


_TABLE = "某局2024年部门预算\n一般公共预算基本支出预算表\n类\t款\t科目名称\t合计\n301\t\t工资福利支出\t30.00\n301\t01\t基本工资\t10.00\n303\t02\t退休费\t5.00\n"

RULE = Rule(
    code="JS306",
    name="code-digits",
    title="科目编码少了前面的零",
    severity=Severity.HINT,
    checks="分列填写的款、项编码是不是两位。",
    why="表格软件把“02”当作数字，就成了“2”，读者查不到这个科目。",
    basis="财政部印发的当年《政府收支分类科目》：款、项编码均为两位",
    how="以三位类编码开头的行，其后的款、项编码只有一位，而同一张表的其余各行是两位的，每张表提示一次。",
    wrong=_TABLE + "301\t2\t津贴补贴\t20.00",
    right=_TABLE + "301\t02\t津贴补贴\t20.00",
    mend="补上前面的 0，把编码列设为文本格式。",
    misses="全表都写成一位的不提示；编码写在一格里的由其他规则检查。",
    check=check,
)
