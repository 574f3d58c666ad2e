"""JS505: marks that stand wrong: a quotation mark inside a list number, a mark without its other half."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from juesuan.document.model import Paragraph
from juesuan.findings import Finding, Severity
from juesuan.place import Place, span
from juesuan.rules._text import evidence_of, find
from juesuan.rules.base import Rule, View, replace_fix
from juesuan.taxonomy.words import HAN
from juesuan.understand.passages import Passage

_BROKEN_NUMBER = re.compile(rf"(?<![\d.])(\d{{1,2}})([“”\"])([.．、])(?=\s*[“”\"]?{HAN})")
_PAIRS = {"（": "）", "“": "”", "《": "》", "【": "】", "〔": "〕"}
_CLOSERS = {close: open_ for open_, close in _PAIRS.items()}
_LIST_BRACKET = re.compile(r"(?:^|(?<=[。；，：、\s]))[（]?(?:\d{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3})）")
_NEAR = 3
_END = "。！？"
_HALF_COLON = re.compile(rf":(?<={HAN}:)(?={HAN})")


def check(view: View) -> Iterator[Finding]:
    """Broken list numbers, unpaired marks, and once in a document a half-width colon."""
    for hit in find(view, _BROKEN_NUMBER):
        right = hit.match[1] + hit.match[3] + hit.match[2]
        yield RULE.finding(
            f"序号与引号错位：“{hit.text}”应为“{right}”。",
            (view.evidence(hit.place),),
            expected=right,
            actual=hit.text,
            fix=replace_fix(view.quote(hit.place), right),
            key="number",
        )
    yield from _unpaired(view)
    yield from _colons(view)


def _unpaired(view: View) -> Iterator[Finding]:
    """Marks whose other half is missing in the whole paragraph. A text whose lines were cut proves nothing."""
    for passage in view.understanding.passages:
        if not passage.text.endswith(tuple(_END)) or _BROKEN_NUMBER.search(passage.text):
            continue
        for at, mark in _lonely(passage.text):
            if _continued(view, passage, mark) or (passage.index == 0 and _cut_before(passage.text, at)):
                continue
            other = _PAIRS.get(mark) or _CLOSERS[mark]
            around = passage.text[max(at - 6, 0) : at + 7]
            yield RULE.finding(
                f"“{around}”处的“{mark}”没有与之成对的“{other}”。",
                (view.evidence(passage.place(at, at + 1)),),
                severity=Severity.WARNING if mark in "（）" else Severity.HINT,
                actual=mark,
                key="pair",
            )


_MARKS = re.compile("[" + re.escape("".join((*_PAIRS, *_CLOSERS))) + "]")


def _lonely(text: str) -> list[tuple[int, str]]:
    """Positions of marks without their other half; a bracket after a list number ("1）") needs none."""
    waiting: dict[str, list[int]] = {}
    found: list[tuple[int, str]] = []
    listed: set[int] | None = None
    for match in _MARKS.finditer(text):
        at, char = match.start(), match[0]
        opener = _CLOSERS.get(char)
        if opener is None:
            waiting.setdefault(char, []).append(at)
            continue
        if char == "）" and listed is None:
            listed = {m.end() - 1 for m in _LIST_BRACKET.finditer(text) if not m[0].startswith("（")}
        if listed and at in listed:
            continue
        if waiting.get(opener):
            waiting[opener].pop()
        else:
            found.append((at, char))
    found += [(at, open_) for open_, places in waiting.items() for at in places]
    if len(found) > 1 and _may_be_swapped(found):
        return []
    return sorted(found)


def _may_be_swapped(found: Sequence[tuple[int, str]]) -> bool:
    """Two quotation marks of one direction around a word (”三公”) are a keyboard's doing, and no finding."""
    marks = {mark for _, mark in found}
    return marks <= {"“", "”"}


def _cut_before(text: str, at: int) -> bool:
    """Whether a closing mark stands in the first sentence of the text, whose beginning may be cut off."""
    return text[at] in _CLOSERS and not any(end in text[:at] for end in _END)


def _continued(view: View, passage: Passage, mark: str) -> bool:
    """Whether the other half stands in a neighbouring paragraph: the paragraph was cut."""
    other = _PAIRS.get(mark) or _CLOSERS[mark]
    at = passage.index
    near = range(at + 1, at + 1 + _NEAR) if mark in _PAIRS else range(at - _NEAR, at)
    texts = view.understanding.passages[max(near.start, 0) : near.stop]
    return any(char == other for p in texts for _, char in _lonely(p.text))


def _colons(view: View) -> Iterator[Finding]:
    """A half-width colon between Chinese words, in the source's own characters."""
    places: list[Place] = []
    for block in view.document.blocks:
        if isinstance(block, Paragraph):
            places += [span(block.id, *match.span()) for match in _HALF_COLON.finditer(block.text)]
    if places:
        more = f"，共 {len(places)} 处" if len(places) > 1 else ""
        yield RULE.finding(
            f"中文句中用了半角冒号“:”{more}。",
            (view.evidence(places[0]), *evidence_of(view, places[1:])),
            severity=Severity.HINT,
            expected="：",
            actual=":",
            key="colon",
        )


RULE = Rule(
    code="JS505",
    name="punctuation",
    title="标点错位或不成对",
    severity=Severity.WARNING,
    checks="序号与引号有没有错位，括号、引号、书名号是否成对，冒号是否为全角。",
    why="标点错位使序号、科目名称读错，也说明这一处是手工改动过的。",
    basis="《标点符号用法》（GB/T 15834）",
    how="“11“.灾害防治”一类序号与引号错位报疑点；一段之内括号缺一半的报疑点，引号、书名号缺一半的作提示；半角冒号全文只提示一次。直引号与弯引号、全角与半角括号混用不报；被换行、换页拆开的段落不判断。",
    wrong="1.“教育支出”16.24万元，占20.00%；\n2“.卫生健康支出”64.96万元，占80.00%。",
    right="1.“教育支出”16.24万元，占20.00%；\n2.“卫生健康支出”64.96万元，占80.00%。",
    mend="移正引号，补上缺的一半。",
    misses="没有句号收尾的段落（可能被拆开）不检查成对。",
    check=check,
)
