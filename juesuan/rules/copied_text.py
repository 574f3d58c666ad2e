"""JS510: text that belongs to another account or another project."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.catalog import Level, fold, load, stem
from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place
from juesuan.rules._accounts import Named, accounts
from juesuan.rules._item_names import item_names, reason_of
from juesuan.rules._text import in_glossary
from juesuan.rules.base import Rule, View
from juesuan.taxonomy.words import HAN
from juesuan.understand.passages import Passage

_PURPOSE = re.compile(
    r"[”。，：]*(?:科目)?(?:\d[\d.,]*(?:万元|元)，?)?主要(?:用于|反映)[：:，]?(?P<what>[^。；]{4,60})[。；]"
)
_DEFINITION = re.compile(r"(?:^|(?<=[。；]))(?P<name>[^，。；：]{4,20}?)，?[是]?指(?P<what>[^。；]{16,})[。；]")
_SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("医疗", re.compile("医疗保险|医疗补助|医保")),
    ("养老", re.compile("养老保险")),
    ("年金", re.compile("职业年金")),
    ("公积金", re.compile("公积金")),
    ("购房补贴", re.compile("购房补贴|住房补贴")),
    ("抚恤", re.compile("抚恤金|遗属")),
)
"""Matters of single-purpose accounts: the word that names the account, and the words only its purpose uses."""
_OTHER_WORDS = re.compile("[、和及等]|以及")
_CHINESE = re.compile(HAN)
_LEAST = 8


@dataclass(frozen=True, slots=True)
class _Purpose:
    """What an item says its money is for."""

    named: Named
    name: str
    what: str
    place: Place


def check(view: View) -> Iterator[Finding]:
    """Purposes of another account; the same purpose for two items; one definition for two projects."""
    purposes = list(_purposes(view))
    told = set()
    for purpose in purposes:
        if _of_another(purpose) is not None:
            told.add(purpose.place)
            yield _foreign(view, purpose, purposes)
    for finding in _named_otherwise(view, purposes):
        if finding.evidence[0].place not in told:
            told.update(e.place for e in finding.evidence)
            yield finding
    yield from _same_purpose(view, [p for p in purposes if p.place not in told], told)
    yield from _definitions(view)


def _purposes(view: View) -> Iterator[_Purpose]:
    for named in accounts(view).named:
        item = named.path.item
        if item is None:
            continue
        text = view.understanding.passages[named.passage].text
        match = _PURPOSE.match(text, named.start + len(named.text))
        if match:
            yield _Purpose(named, item, match["what"], view.text_place(named.passage, *match.span("what")))


def _named_otherwise(view: View, purposes: list[_Purpose]) -> Iterator[Finding]:
    """Items whose purpose or reason is the name of another item; both in one finding."""
    names = item_names(view)
    by_item = {(p.named.passage, p.named.start): p for p in purposes}
    for named in accounts(view).named:
        if named.path.item is None:
            continue
        said: list[tuple[str, str, str, Place]] = []
        purpose = by_item.get((named.passage, named.start))
        whose = names.whose(purpose.what, named.path) if purpose else None
        if purpose and whose:
            said.append(("用途", purpose.what, whose, purpose.place))
        reason = reason_of(view, named)
        whose = names.whose(reason.what, named.path) if reason else None
        if reason and whose:
            said.append(("增减原因", reason.what, whose, reason.place))
        if said:
            yield _another(view, named, said)


def _another(view: View, named: Named, said: list[tuple[str, str, str, Place]]) -> Finding:
    where, what, whose, place = said[0]
    text = f"“{named.path.item}（项）”的{where}“{what}”说的是另一项“{whose}”，疑为抄错。"
    text += "".join(f"{w}“{x}”也是。" for w, x, _, _ in said[1:])
    return RULE.finding(
        text,
        (view.evidence(place), *(view.evidence(p, Role.OTHER) for _, _, _, p in said[1:])),
        severity=Severity.WARNING,
        actual=what,
        key=f"another|{'/'.join(p or '' for p in named.path)}",
    )


def _matters(text: str) -> set[str]:
    return {matter for matter, pattern in _SUBJECTS if pattern.search(text)}


def _of_another(purpose: _Purpose) -> str | None:
    """The matter of another account, when the item has one matter and its purpose names only another.

    Only purposes of one thing count: a list may name several contributions that one item pays.
    """
    own = {matter for matter, pattern in _SUBJECTS if matter in purpose.name or pattern.search(purpose.name)}
    said = _matters(purpose.what)
    if len(own) != 1 or len(said) != 1 or own & said or _OTHER_WORDS.search(purpose.what):
        return None
    return said.pop()


def _foreign(view: View, purpose: _Purpose, purposes: list[_Purpose]) -> Finding:
    source = next((p for p in purposes if p is not purpose and p.what == purpose.what), None)
    text = f"“{purpose.name}（项）”的用途写成了“{purpose.what}”"
    text += f"，与“{source.name}（项）”的相同，是抄错的。" if source else "，不是这一项的用途。"
    others = (view.evidence(source.place, Role.OTHER),) if source else ()
    return RULE.finding(
        text,
        (view.evidence(purpose.place), *others),
        severity=Severity.ERROR if source else Severity.WARNING,
        actual=purpose.what,
        key=f"purpose|{purpose.name}",
    )


def _same_purpose(view: View, purposes: list[_Purpose], told: set[Place]) -> Iterator[Finding]:
    """One purpose for items of different names; names that many groups share (一般行政管理事务) say nothing."""
    by_text: dict[str, list[_Purpose]] = defaultdict(list)
    for purpose in purposes:
        if len(_CHINESE.findall(purpose.what)) >= _LEAST and purpose.place not in told:
            by_text[fold(purpose.what)].append(purpose)
    for same in by_text.values():
        first, second = same[0], next((p for p in same[1:] if _different(same[0], p)), None)
        if second is None:
            continue
        yield RULE.finding(
            f"“{second.name}（项）”与“{first.name}（项）”的用途一字不差：“{second.what[:30]}”，请核实。",
            (view.evidence(second.place), view.evidence(first.place, Role.OTHER)),
            severity=Severity.HINT,
            actual=second.what,
            key=f"same|{second.name}",
        )


def _different(first: _Purpose, second: _Purpose) -> bool:
    """Whether two items are quite different: their groups differ and their names share no word."""
    ours, theirs = stem(fold(first.name)), stem(fold(second.name))
    generic = any(len(load().lookup(p.name, "functional", Level.ITEM, None)) > 1 for p in (first, second))
    same_group = first.named.path.group == second.named.path.group
    return ours != theirs and not generic and not same_group and not set(ours) & set(theirs)


def _definitions(view: View) -> Iterator[Finding]:
    """The long definition of one project under the name of another, in two attachments."""
    seen: dict[str, tuple[str, str, Passage, re.Match[str]]] = {}
    for passage in view.understanding.passages:
        part = view.understanding.outline.part_of(passage.index)
        if not part.startswith("attachment") or in_glossary(view, passage.index):
            continue
        for match in _DEFINITION.finditer(passage.text):
            what, name = fold(match["what"]), match["name"]
            if what not in seen:
                seen[what] = (name, part, passage, match)
                continue
            first, where, other, found = seen[what]
            if fold(first) == fold(name) or where == part:
                continue
            yield RULE.finding(
                f"“{name}”的定义与另一个项目“{first}”的一字不差，疑为抄自别的项目。",
                (
                    view.evidence(passage.place(*match.span())),
                    view.evidence(other.place(*found.span()), Role.OTHER),
                ),
                severity=Severity.WARNING,
                actual=match[0],
                key=f"definition|{name}",
            )


RULE = Rule(
    code="JS510",
    name="copied-text",
    title="抄了别的科目或项目的文字",
    severity=Severity.ERROR,
    checks="项级科目“主要用于”的内容、增减原因说的是不是这一项；不同项目的定义是否一字不差。",
    why="逐项说明靠复制上一条改写，漏改就成了“住房公积金主要用于医疗保险”。",
    basis="财政部当年《政府收支分类科目》的科目说明；公开内容应当准确",
    how="医疗、养老、年金、公积金、抚恤等用途单一的科目，用途句只写了另一种且与那一项的用途一字不差的，报错误；没有找到来源的报疑点。用途或增减原因恰是另一项的名称的报疑点；“其他”项什么都可以支付，不判断。两份附件里不同项目的长定义只差项目名称的报疑点；名称毫不相干的两项用途一字不差的作提示。",
    wrong="1.卫生健康支出（类）行政事业单位医疗（款）事业单位医疗（项）。主要用于：事业单位医疗保险支出。支出决算为0.49万元。\n2.住房保障支出（类）住房改革支出（款）住房公积金（项）。主要用于：事业单位医疗保险支出。支出决算为17.70万元。",
    right="1.卫生健康支出（类）行政事业单位医疗（款）事业单位医疗（项）。主要用于：事业单位医疗保险支出。支出决算为0.49万元。\n2.住房保障支出（类）住房改革支出（款）住房公积金（项）。主要用于：按规定缴存的住房公积金。支出决算为17.70万元。",
    mend="改写为这一项自己的内容。",
    misses="用途宽泛的科目（行政运行等）无从判断；改动过的抄写不检查。",
    check=check,
)
