"""JS405: an attachment is announced and not among those of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.findings import Finding, Severity
from juesuan.rules.base import CouldNotCheckError, NotApplicableError, Rule, View
from juesuan.understand.numbering import NumberStyle, chinese_number

_MENTION = re.compile(r"附件(?:《[^》]{1,40}》)?\s?(\d{1,2}|[一二三四五六七八九十]{1,3})(?![\d.]|-\d|[月年日])")
_ANY = re.compile(r"(?:详?见|参见|附)附件|附件[：:]")
_FOREIGN = re.compile(
    r"[〔\[（(][^〕\]）)]*号[^。；]{0,30}$|(?:通知|办法|意见|方案|规定|文件|模板|要求)》?[^。；]{0,12}$"
)


def check(view: View) -> Iterator[Finding]:
    """Numbers that are named, while the document has attachments and none of that number."""
    plan = view.understanding.outline
    there = {s.ordinal for s in plan.sections if s.style is NumberStyle.ATTACHMENT}
    mentions = list(_mentions(view))
    if not mentions and not any(_ANY.search(p.text) for p in view.understanding.passages):
        raise NotApplicableError("文中没有提到附件")
    if not there:
        raise CouldNotCheckError("文中提到附件，而附件不在本文件里，可能另行公开")
    if None in there or any(p.lost for p in view.document.problems):
        raise CouldNotCheckError("附件没有编号，或材料有没有读到的部分，不能逐一对照")
    seen: set[int] = set()
    for passage, start, end, number in mentions:
        if number in there or number in seen:
            continue
        seen.add(number)
        known = "、".join(f"附件{n}" for n in sorted(n for n in there if n is not None))
        yield RULE.finding(
            f"文中提到附件{number}，而文件中只有{known}。",
            (view.evidence(view.text_place(passage, start, end)),),
            actual=f"附件{number}",
            key=str(number),
        )


def _mentions(view: View) -> Iterator[tuple[int, int, int, int]]:
    """Passage, start, end and number of each attachment named in the text, other documents' attachments left out."""
    plan = view.understanding.outline
    headings = {s.passage for s in plan.sections if s.style is NumberStyle.ATTACHMENT}
    # A line of the contents ends in the number of its page: 第四部分 附件 24.
    listed = {entry.passage for entry in (*plan.contents, *plan.table_list)}
    for passage in view.understanding.passages:
        if passage.index in headings | listed or plan.part_of(passage.index) in {"cover", "contents", "table list"}:
            continue
        for match in _MENTION.finditer(passage.text):
            number = chinese_number(match[1])
            if number is not None and not _FOREIGN.search(passage.text[: match.start()]):
                yield passage.index, match.start(), match.end(), number


_ATTACHED = "第四部分 附件\n附件1\n部门整体支出绩效自评报告\n一、部门概况\n本单位内设3个股室。\n"

RULE = Rule(
    code="JS405",
    name="attachment-absent",
    title="文中提到而没有附上的附件",
    severity=Severity.WARNING,
    checks="文中写“见附件n”“附件n”的，文件里有没有这个附件。",
    why="绩效自评报告、自评表多以附件公开，提到而没有附上就是漏公开。",
    basis="公开内容应当完整；预算绩效自评结果随决算公开",
    how="读出文中提到的附件编号，与文件里的附件标题逐一对照；引用其他文件的附件不算。",
    wrong="第二部分 2023年度部门决算情况说明\n一、预算绩效管理情况\n"
    "部门整体绩效自评报告见附件1，专项项目绩效自评报告见附件2。\n" + _ATTACHED,
    right="第二部分 2023年度部门决算情况说明\n一、预算绩效管理情况\n部门整体绩效自评报告见附件1。\n" + _ATTACHED,
    mend="附上这个附件，或改正编号。",
    misses="附件全部另文公开的不作判断；不写编号的“见附件”不逐一对照。",
    check=check,
)
