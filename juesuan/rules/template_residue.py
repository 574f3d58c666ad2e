"""JS507: words of the form left in: instructions, choices not made, placeholders, empty slots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from juesuan.findings import Finding, Severity
from juesuan.rules._data import table
from juesuan.rules._text import Hit, cells, evidence_of, find, is_heading
from juesuan.rules.base import Rule, View

_SENTENCE = re.compile("[，。；]")
_OUTLINE = re.compile(r"(?:主要)?(?:包括|简述|阐述|描述|填写|列示|列明|概述)[^。；：:\d]{10,80}(?:等)?(?:情况|内容)。?")
_MENDS = {
    "choice": "按实际情况只留一个，删去另一个。",
    "instruction": "删去这句填写说明。",
    "placeholder": "填上实际的名称、数字；没有的，删去整句或写“无”。",
    "slot": "补上数字；没有发生的，写 0 或删去整句。",
}
_SAYS = {
    "choice": "样式里的多选一没有删改",
    "instruction": "样式的填写说明没有删除",
    "placeholder": "占位符没有填写",
    "slot": "该填的数字空着",
}


@dataclass(frozen=True, slots=True)
class Residue:
    """`kind`: choice, instruction, placeholder or slot; `origin`: what it comes from."""

    kind: str
    pattern: re.Pattern[str]
    origin: str


@cache
def residues() -> tuple[Residue, ...]:
    """The known residues of forms (data/residue.tsv)."""
    return tuple(Residue(r["kind"], re.compile(r["pattern"]), r["origin"]) for r in table("residue"))


def check(view: View) -> Iterator[Finding]:
    """One finding for the same words left in several places, and one for all placeholders of a document."""
    groups: dict[tuple[str, str], list[tuple[Hit, str]]] = {}
    taken: dict[int, list[tuple[int, int]]] = {}
    for residue in residues():
        for hit in find(view, residue.pattern):
            span = hit.match.span()
            if _is_form(view, residue, hit) or any(a < span[1] and span[0] < b for a, b in taken.get(hit.passage, [])):
                continue
            taken.setdefault(hit.passage, []).append(span)
            words = "" if residue.kind in {"placeholder", "slot"} else hit.text
            groups.setdefault((residue.kind, words), []).append((hit, residue.origin))
    for (kind, _), hits in groups.items():
        yield _finding(view, kind, hits)
    yield from _outline(view)
    yield from _cells(view)


def _is_form(view: View, residue: Residue, hit: Hit) -> bool:
    """Words that stand there by right: 部门（单位） in a heading; an empty slot in a line that is no sentence."""
    if residue.kind == "choice":
        return "单位" in hit.text and is_heading(view, hit.passage)
    return residue.kind == "slot" and not _SENTENCE.search(view.understanding.passages[hit.passage].text)


def _finding(view: View, kind: str, hits: list[tuple[Hit, str]]) -> Finding:
    first, origin = hits[0]
    text = view.understanding.passages[first.passage].text
    around = first.text
    if kind in {"placeholder", "slot"}:
        around = text[max(first.match.start() - 8, 0) : first.match.end() + 6]
    more = f"同样的共 {len(hits)} 处。" if len(hits) > 1 else ""
    return RULE.finding(
        f"{_SAYS[kind]}：“{around}”（{origin}）。{more}",
        (view.evidence(first.place), *evidence_of(view, [h.place for h, _ in hits[1:]])),
        actual=first.text,
        fix=_MENDS[kind],
        key=f"{kind}|{first.text if kind in {'choice', 'instruction'} else ''}",
    )


def _outline(view: View) -> Iterator[Finding]:
    """A section whose whole text is "包括……等情况。": the outline's own words."""
    outline = view.understanding.outline
    known = next(r for r in residues() if r.pattern.pattern.startswith("包括"))
    for passage in view.understanding.passages:
        section = outline.section_of(passage.index)
        alone = section is not None and section.first <= passage.index - 1 and section.last == passage.index + 1
        if not alone or section is None or section.passage != passage.index - 1:
            continue
        if _OUTLINE.fullmatch(passage.text) and not known.pattern.search(passage.text):
            yield RULE.finding(
                f"这一节只有提纲的说明文字：“{passage.text[:30]}……”，没有写内容。",
                (view.evidence(passage.place(0, len(passage.text))),),
                actual=passage.text,
                key="instruction|outline",
            )


def _cells(view: View) -> Iterator[Finding]:
    """Placeholders in tables, all in one finding."""
    patterns = [r.pattern for r in residues() if r.kind == "placeholder"]
    found = [c for c in cells(view) if any(p.search(c.text) for p in patterns)]
    if found:
        yield RULE.finding(
            f"表中的占位符没有填写：“{found[0].text[:30]}”，共 {len(found)} 处。",
            (view.evidence(found[0].place), *evidence_of(view, [c.place for c in found[1:]])),
            actual=found[0].text,
            fix=_MENDS["placeholder"],
            key="placeholder|table",
        )


RULE = Rule(
    code="JS507",
    name="template-residue",
    title="样式的文字没有删净",
    severity=Severity.WARNING,
    checks="有没有留下样式的填写说明、没有选定的“增加（减少）”“大小于”、占位符XX和空着的数字。",
    why="残留的样式文字说明公开前没有人通读，也使读者不知道哪一个才是本单位的情况。",
    basis="《地方预决算公开操作规程》：公开内容应当真实、准确、完整",
    how="对照各地样式中填写说明的用语（数据文件residue.tsv，注明出处）和占位符的一般形式查找；同样的话全文只报一次，占位符合并成一条。标题里的“部门（单位）”是样式本身，不报。",
    wrong="2023年一般公共预算财政拨款支出年初预算为100.00万元，支出决算为90.00万元。决算数大小于预算数的主要原因：节约开支。",
    right="2023年一般公共预算财政拨款支出年初预算为100.00万元，支出决算为90.00万元。决算数小于预算数的主要原因：节约开支。",
    mend="删去填写说明，多选一的只留一个，补上空着的内容。",
    misses="各地样式未收录的填写说明，只在用语与一般填写说明相同时才能发现。",
    check=check,
)
