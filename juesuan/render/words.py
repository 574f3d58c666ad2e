"""The Chinese words all renderers share: kinds, outcomes, places, mends."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from juesuan.document.model import Document
from juesuan.findings import Evidence, Finding, Outcome, Report, Role, Safety, Severity
from juesuan.place import Where
from juesuan.rules import by_code
from juesuan.taxonomy.profiles import profile_of

KINDS: Mapping[str, str] = MappingProxyType(
    {"final_accounts": "决算公开", "budget": "预算公开", "performance": "绩效报告", "unknown": "类型未识别"}
)
OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.CLEAN: "未发现问题",
        Outcome.FINDINGS: "有发现",
        Outcome.PARTIAL: "部分内容未能读取",
        Outcome.UNREADABLE: "未能读取",
    }
)
ROLES: Mapping[Role, str] = MappingProxyType(
    {Role.SUBJECT: "问题处", Role.OPERAND: "参与核算", Role.FOLLOWER: "连带", Role.OTHER: "相关"}
)
SAFETY: Mapping[Safety, str] = MappingProxyType(
    {
        Safety.SAFE: "可直接替换",
        Safety.UNSAFE: "改前请核对账表",
        Safety.DISPLAY_ONLY: "仅影响显示",
    }
)
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.HINT)
_PARTS: Mapping[str, str] = MappingProxyType(
    {"body": "正文", "cover": "封面", "contents": "目录", "table list": "附表目录", "attachment": "附件"}
)


def kind(report: Report) -> str:
    """What the document is, in Chinese."""
    return KINDS.get(report.kind, report.kind)


def profile(report: Report) -> str:
    """The layout that was detected; always said, also when it was not; or the one that was asked for."""
    if report.profile in {"", "unknown"}:
        return "体例：未识别"
    found = profile_of(report.profile)
    how = "按设置" if report.profile_given else "自动识别"
    return f"体例：{found.title if found else report.profile}（{report.profile}，{how}）"


def title(finding: Finding) -> str:
    """What the finding's rule is called in Chinese."""
    rule = by_code(finding.rule)
    return rule.title if rule else finding.name


def where_of(evidence: Evidence, document: Document | None) -> Where:
    """Where the evidence stands: as looked up, else as far as the document knows."""
    if evidence.where is not None:
        return evidence.where
    place = evidence.place
    if document is None or not 0 <= place.start.block <= place.end.block < len(document.blocks):
        return Where(place)
    return document.where(place)


def place(where: Where | None) -> str:
    """A place as a reader is told of it: part, section, table with row and column, chart, sheet, page."""
    if where is None:
        return ""
    said = [where.file] if where.file else []
    section = where.section
    part = _part(where.part)
    if part and not (section and (section.startswith(part) or part in section.split("/"))):
        # "body" tells a reader nothing once there is a section.
        section = section if section and where.part in _PARTS else "/".join(filter(None, (part, section)))
    said += [section] if section else []
    if where.sheet:
        said.append(f"工作表“{where.sheet}”")
    if where.table:
        said.append(f"表《{where.table}》" if "“" in where.table else f"表“{where.table}”")
    if where.row or where.column:
        said.append("·".join(filter(None, (where.row, where.column))))
    if where.chart is not None:
        said.append(f"图“{where.chart}”" if where.chart else "图")
    if where.page is not None:
        said.append(f"第{where.page}页")
    return " ".join(said)


def _part(name: str) -> str:
    """The Chinese word: attachment 3 → 附件3."""
    kind, _, number = name.rpartition(" ") if name[-1:].isdigit() else (name, "", "")
    return _PARTS.get(kind, kind) + number


def interval(finding: Finding) -> str:
    """What the amounts allow a rate to be, as “a～b”; of a sum or one value an interval says nothing more."""
    rate = (finding.expected or "").endswith("%")
    if not rate or finding.range is None or finding.range[0] == finding.range[1]:
        return ""
    return "～".join(finding.range)


def mend(finding: Finding) -> str:
    """What to do, always something: the words to replace, the finding's own advice, the value that would be right, the rule's advice."""
    if finding.fix is not None:
        fix = finding.fix
        if not fix.new:
            return f"删去“{fix.old}”（{SAFETY[fix.safety]}）"
        return f"把“{fix.old}”改为“{fix.new}”（{SAFETY[fix.safety]}）"
    if finding.mend is not None:
        return finding.mend
    if finding.expected is not None and finding.formula is not None:
        reach = interval(finding)
        reach = f"（{reach}）" if reach else ""
        return f"按算得的 {finding.expected}{reach} 核对原文与账表，改正不对的一处"
    rule = by_code(finding.rule)
    return rule.mend if rule else f"对照原文核实；规则说明见 juesuan rule {finding.rule}"


def heading(report: Report) -> str:
    """Entity, year and kind in one line."""
    year = f"{report.year}年" if report.year is not None else "年度未识别"
    return f"{report.entity or '单位未识别'}  {year}  {kind(report)}"
