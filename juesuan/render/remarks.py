"""A finding as the note that hangs at its place in a marked copy: short lines, the most needed first."""

from __future__ import annotations

from juesuan.document.model import Document
from juesuan.findings import Evidence, Finding, Role
from juesuan.render import words
from juesuan.render.width import clip, visible

__all__ = ["AUTHOR", "INITIALS", "headline", "mark_of", "remark"]

AUTHOR = "juesuan 决算审核"
INITIALS = "决算"
_MOST_PLACES = 4
_QUOTE = 40


def mark_of(finding: Finding) -> Evidence | None:
    """The evidence a note hangs at: the subject, else whatever comes first."""
    return finding.subject or next(iter(finding.evidence), None)


def headline(finding: Finding) -> str:
    """Severity and message in one line."""
    return visible(f"【{finding.severity.word}】{finding.message}")


def remark(finding: Finding, document: Document | None, extra: str = "") -> list[str]:
    """The lines of the note. `extra` is what the marked copy itself has to say, after the mend."""
    lines = [headline(finding)]
    if finding.formula and finding.formula not in finding.message:
        lines.append(f"算式：{finding.formula}")
    if finding.basis:
        lines.append(f"依据：{finding.basis}")
    lines.append(f"建议：{words.mend(finding)}")
    if extra:
        lines.append(extra)
    lines += _places("另见", finding, {Role.SUBJECT, Role.OTHER}, document)
    lines += _places("连带", finding, {Role.FOLLOWER}, document)
    lines.append(f"规则：{finding.rule} {words.title(finding)}")
    return [visible(line) for line in lines]


def _places(name: str, finding: Finding, roles: set[Role], document: Document | None) -> list[str]:
    shown = mark_of(finding)
    found = [item for item in finding.evidence if item.role in roles and item is not shown]
    if not found:
        return []
    said: list[str] = []
    for item in found[:_MOST_PLACES]:
        place = words.place(words.where_of(item, document))
        said.append(f"“{clip(item.quote, _QUOTE)}”" + (f"（{place}）" if place else ""))
    more = f"；等 {len(found)} 处" if len(found) > _MOST_PLACES else ""
    return [f"{name}：" + "；".join(said) + more]
