"""JS404: a table is listed and not there, while the others are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.document.model import Document, Table
from juesuan.findings import Finding, Severity
from juesuan.rules._layout import alike, named, short_lines
from juesuan.rules.base import CouldNotCheckError, NotApplicableError, Rule, View
from juesuan.taxonomy.profiles import Profile, profile_of, title_key
from juesuan.understand.outline import ContentsEntry

_TABLE = re.compile(r"表(?:（[^）]*）)?$")
_UNIT = re.compile(r"^(?:部门|单位)|（.*?）|公开\d+表|表\d+|表[一二三四五六七八九十]+")
_FEW = 2
_ALIKE = 0.85
_HEAD_CELLS = 12


@dataclass(frozen=True, slots=True)
class Listed:
    """A table named in the contents or in a list of tables, with the names it may bear in the text."""

    entry: ContentsEntry
    keys: frozenset[str]


def check(view: View) -> Iterator[Finding]:
    """Listed tables whose title stands nowhere else, when nearly all others have theirs."""
    listed = listed_tables(view)
    if not listed:
        raise NotApplicableError("文中没有目录或附表清单列出表名")
    if any(p.lost for p in view.document.problems):
        raise CouldNotCheckError("材料有没有读到的部分，不能判断是否缺表")
    titles = title_keys(view)
    absent = [t for t in listed if not _present(t, titles)]
    if len(absent) * 2 > len(listed):
        raise NotApplicableError("所列的表不在本文件里，应是另附的文件")
    for table in absent:
        text = view.understanding.passages[table.entry.passage].text
        at = max(text.find(table.entry.title), 0)
        yield RULE.finding(
            f"目录列有{named(table.entry.title)}，文中没有这张表，而目录所列的其余各表都在。"
            if len(absent) == 1
            else f"目录列有{named(table.entry.title)}，文中没有找到这张表。",
            (view.evidence(view.text_place(table.entry.passage, at, at + len(table.entry.title))),),
            severity=Severity.ERROR if len(absent) <= _FEW and len(listed) > 2 * _FEW else Severity.WARNING,
            actual=table.entry.title,
            key=table.entry.title,
        )


def listed_tables(view: View) -> list[Listed]:
    """The tables named in the contents, or else in a list of tables."""
    plan = view.understanding.outline
    profile = profile_of(view.understanding.identity.profile)
    found = [e for e in (*plan.contents, *plan.table_list) if _TABLE.search(e.title) and "自评" not in e.title]
    unique: dict[str, ContentsEntry] = {}
    for entry in found:
        unique.setdefault(table_key(entry.title), entry)
    parts = [k for k in unique if k in {"", "表", "部门表", "单位表", "预算表", "部门预算表"} or k.endswith("部门表")]
    return [Listed(e, _keys(profile, e.title)) for k, e in unique.items() if k not in parts]


def _keys(profile: Profile | None, title: str) -> frozenset[str]:
    spec = profile.table(title) if profile else None
    own = frozenset({table_key(title)})
    return own | frozenset(table_key(k) for k in spec.keys) if spec else own


def table_key(title: str) -> str:
    """A table's name without number, year and 部门/单位."""
    return _UNIT.sub("", title_key(title))


def title_keys(view: View) -> list[str]:
    """Everything that may be a table's title: short lines, the first cells of tables, names of sheets."""
    found = [table_key(p.text) for p in short_lines(view)]
    return [k[: k.rindex("表") + 1] for k in (*found, *_from_tables(view.document)) if "表" in k]


def _from_tables(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            if block.sheet:
                yield table_key(block.sheet if block.sheet.endswith("表") else block.sheet + "表")
            for cell in block.cells[:_HEAD_CELLS]:
                yield from (table_key(line) for line in cell.text.splitlines())


def _present(table: Listed, titles: list[str]) -> bool:
    """Whether one of its names ends a title; a slip of the pen does not make a table absent."""
    longer = [k for k in titles if any(k.endswith(name) for name in table.keys)]
    if any(_bare(k, name) for k in longer for name in table.keys):
        return True
    return any(alike(k, name, _ALIKE) and k not in _OTHERS for k in titles for name in table.keys)


_OTHERS = frozenset(
    {"收入支出总表", "财政拨款收入支出总表", "收入表", "支出表", "一般公共预算财政拨款支出表", "财政拨款支出表"}
)
"""Names so alike that one is never taken for another."""
_FUND = re.compile(r"(?:财政拨款|一般公共预算|政府性基金|国有资本经营|预算|收入|基本|项目|三公经费)$")


def _bare(key: str, name: str) -> bool:
    """Whether only a unit's name stands before the table's name: 财政拨款支出表 is not 支出表."""
    if not key.endswith(name):
        return False
    before = key[: -len(name)]
    return not before or not _FUND.search(before)


_LISTS = "目录\n第一部分 部门概况\n第二部分 部门决算表\n" + "".join(
    f"{n}、{t}\n"
    for n, t in zip(
        "一二三四五六",
        (
            "收入支出决算总表",
            "收入决算表",
            "支出决算表",
            "财政拨款收入支出决算总表",
            "一般公共预算财政拨款支出决算表",
            "财政拨款“三公”经费支出决算表",
        ),
        strict=True,
    )
)
_BODY = "第一部分 部门概况\n负责全县档案工作。\n第二部分 部门决算表\n" + "".join(
    f"{t}\n\t项目\n\t金额\n\n\t合计\n\t1.00\n\n"
    for t in (
        "收入支出决算总表",
        "收入决算表",
        "支出决算表",
        "财政拨款收入支出决算总表",
        "一般公共预算财政拨款支出决算表",
    )
)
_LAST = "财政拨款“三公”经费支出决算表\n\t项目\n\t金额\n\n\t合计\n\t1.00\n\n"

RULE = Rule(
    code="JS404",
    name="table-absent",
    title="目录列有而文中缺少的表",
    severity=Severity.ERROR,
    checks="目录或附表清单列出的表，文中是否都有。",
    why="应公开的表缺一张，就是少公开。",
    basis="《地方预决算公开操作规程》（财预〔2016〕143号）：部门决算公开的表格应当齐全，没有数据的表列出空表并说明",
    how="按表名在文中、表头和工作表名里查找，别名和个别错字视为同一张表。"
    "目录所列的表大多不在本文件里的（另附文件），不作判断；只缺一两张的报错误，缺得更多的报疑点。",
    wrong=_LISTS + _BODY,
    right=_LISTS + _BODY + _LAST,
    mend="补上这张表；没有数据的也要列出空表，并在表下说明。",
    misses="没有目录也没有附表清单的文件，按体例应有而未列出的表不在此检查。",
    check=check,
)
