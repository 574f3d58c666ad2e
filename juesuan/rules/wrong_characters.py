"""JS508: common slips of the pen in reports of accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from juesuan.findings import Finding, Severity
from juesuan.rules._data import table
from juesuan.rules._text import evidence_of, find
from juesuan.rules.base import Rule, View


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong writing, the right one, how grave, and what kind of slip it is."""

    pattern: re.Pattern[str]
    right: str
    severity: Severity
    note: str


@cache
def slips() -> tuple[Slip, ...]:
    """The known slips (data/wrong_characters.tsv)."""
    return tuple(
        Slip(re.compile(r["wrong"]), r["right"], Severity[r["severity"].upper()], r["note"])
        for r in table("wrong_characters")
    )


def check(view: View) -> Iterator[Finding]:
    """One finding for each slip, however often it stands."""
    for slip in slips():
        hits = list(find(view, slip.pattern))
        if not hits:
            continue
        more = f"，共 {len(hits)} 处" if len(hits) > 1 else ""
        yield RULE.finding(
            f"“{hits[0].text}”疑为错字，应作“{slip.right}”（{slip.note}）{more}。",
            (view.evidence(hits[0].place), *evidence_of(view, [h.place for h in hits[1:]])),
            severity=slip.severity,
            expected=slip.right,
            actual=hits[0].text,
            key=slip.right,
        )


RULE = Rule(
    code="JS508",
    name="wrong-characters",
    title="错别字",
    severity=Severity.WARNING,
    checks="预决算用语中常见的错别字和已停用的名称。",
    why="错别字多出在手工改动之处，也会使科目、项目名称查不到。",
    basis="公开内容应当准确、规范（《地方预决算公开操作规程》）",
    how="只查数据文件wrong_characters.tsv收录的、放在任何句子里都不通的写法；有把握的报疑点，用字习惯作提示。同一写法全文只报一次。",
    wrong="2023年财政拔款收入100.00万元。",
    right="2023年财政拨款收入100.00万元。",
    mend="改正错字。",
    misses="没有收录的错字不检查。",
    check=check,
)
