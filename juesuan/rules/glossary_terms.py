"""JS408: the glossary explains accounts the report does not have, leaves out ones it has, or uses names given up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.catalog import PLACED, fold, load, stem
from juesuan.findings import Finding, Role, Severity
from juesuan.rules import _example
from juesuan.rules._layout import body_text, glossary, glossary_sections
from juesuan.rules.base import CouldNotCheckError, NotApplicableError, Rule, View, replace_fix
from juesuan.taxonomy.profiles import profile_of
from juesuan.taxonomy.words import HAN
from juesuan.understand.passages import Passage

_LEVEL = re.compile(r"（(类|款|项)）")
_PATH = re.compile(rf"(?:(?:{HAN}|[“”（）、]){{2,30}}?（[类款项]）){{1,3}}")
_SEPARATOR = re.compile(r"^\d+[.、．]|^（[一二三四五六七八九十]+）|^[一二三四五六七八九十]+、|[“”\"《》]")
_QUOTES = re.compile('[“”"《》]')
_GENERIC = frozenset({"行政运行", "一般行政管理事务", "机关服务", "事业运行", "其他支出", "信息化建设", "专项业务"})
"""Items of many groups: their name alone does not tell which is meant."""
_NAMED = 8
_SEVERAL = 3
"""One or two may stand in a table that is published in another file."""
_CLASS_CODE, _GROUP_CODE, _ITEM_CODE = 3, 5, 7
_TAIL = re.compile(r"(?:支出|事务|费)$")


@dataclass(frozen=True, slots=True)
class Account:
    """An account path as a text names it: 类, 款, 项, and where."""

    category: str
    group: str
    item: str
    passage: int
    start: int
    end: int

    @property
    def name(self) -> str:
        return f"{self.group}—{self.item}" if self.group and self.item else self.item or self.group or self.category


def check(view: View) -> Iterator[Finding]:
    """Entries whose path is not the report's, one by one; then three findings at most: unused, unexplained, old."""
    entries = glossary(view)
    if not entries:
        raise NotApplicableError("文中没有名词解释")
    yield from _old(view, entries)
    explained = [a for n in entries for a in _head(view.understanding.passages[n])]
    if not explained:
        return
    used = _used(view)
    if not any(a.item for a in used):
        raise CouldNotCheckError("正文和表中没有列到项级的科目，名词解释中的科目是否用到不能判断")
    wrong = list(_misnamed(view, explained, [*used, *_printed(view)]))
    for entry, meant in wrong:
        yield _misnamed_finding(view, entry, meant)
    entries_left = [a for a in explained if a not in {entry for entry, _ in wrong}]
    yield from _unused(view, entries_left, body_text(view))
    yield from _unexplained(view, [*entries_left, *(meant for _, meant in wrong)], used)


_Path = tuple[str, str, str]


def _path(account: Account) -> _Path:
    """The names of the three levels, made comparable."""
    a, b, c = (stem(fold(_QUOTES.sub("", name))) for name in (account.category, account.group, account.item))
    return a, b, c


def _printed(view: View) -> Iterator[Account]:
    """The items that the tables print, with the names of the rows above them."""
    names: dict[str, str] = {}
    rows = [r for t in view.understanding.tables.statements for r in t.rows if r.code and r.prints_code]
    for row in rows:
        names.setdefault(row.code or "", row.name)
    for code, name in names.items():
        if len(code) == _ITEM_CODE and code[:_GROUP_CODE] in names and code[:_CLASS_CODE] in names:
            yield Account(names[code[:_CLASS_CODE]], names[code[:_GROUP_CODE]], name, -1, 0, 0)


def _misnamed(view: View, explained: list[Account], used: list[Account]) -> list[tuple[Account, Account]]:
    """Entries that differ in one level from an account of the report that has no entry of its own.

    A glossary most of whose entries are not the report's was taken from elsewhere: nothing in it is a slip.
    """
    paths = {_path(a): a for a in reversed(used) if all(_path(a))}
    entries = {_path(a): a for a in explained}
    strange = sum(own not in paths for own in entries)
    if strange > max(1, len(entries) - strange):
        return []
    found: dict[_Path, list[Account]] = {}
    for own, entry in entries.items():
        near = [p for p in paths.keys() - entries.keys() if _differ(own, p) == 1] if own not in paths else []
        if len(near) == 1 and not _same_account(own, near[0], view.understanding.identity.year):
            found.setdefault(near[0], []).append(entry)
    return [(meant[0], paths[path]) for path, meant in found.items() if len(meant) == 1]


def _differ(one: _Path, other: _Path) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _same_account(one: _Path, other: _Path, year: int | None) -> bool:
    """Whether the catalog takes both for one account: an old name, or a way of writing it."""
    codes: list[str | None] = []
    for path in (one, other):
        found = load().resolve(*path, year)
        placed = all(level.status in PLACED for level in found.levels)
        codes.append(found.account.code if found.account is not None and placed else None)
    return codes[0] is not None and codes[0] == codes[1]


def _misnamed_finding(view: View, entry: Account, meant: Account) -> Finding:
    name, right = next(
        (a, b)
        for a, b in zip(
            (entry.category, entry.group, entry.item), (meant.category, meant.group, meant.item), strict=True
        )
        if stem(fold(_QUOTES.sub("", a))) != stem(fold(_QUOTES.sub("", b)))
    )
    text = view.understanding.passages[entry.passage].text
    at = max(text.find(name, entry.start), entry.start)
    subject = view.evidence(view.text_place(entry.passage, at, at + len(name)))
    others = [view.text_place(meant.passage, meant.start, meant.end)] if meant.passage >= 0 else []
    return RULE.finding(
        f"名词解释的“{text[entry.start : entry.end]}”，报告中没有；报告中的“{right}”写成了“{name}”。",
        (subject, *(view.evidence(place, Role.OTHER) for place in others)),
        expected=right,
        actual=name,
        fix=replace_fix(subject.quote, right),
        key=f"misnamed|{right}",
    )


def _accounts(passage: Passage, text: str) -> Iterator[Account]:
    if not _LEVEL.search(text):
        return
    for match in _PATH.finditer(text):
        names = {"类": "", "款": "", "项": ""}
        at = match.start()
        for level in _LEVEL.finditer(text, match.start(), match.end()):
            names[level[1]] = _SEPARATOR.sub("", text[at : level.start()])
            at = level.end()
        start = match.start()
        own = _SEPARATOR.match(text[start : match.end()])
        yield Account(
            names["类"], names["款"], names["项"], passage.index, start + (own.end() if own else 0), match.end()
        )


def _head(passage: Passage) -> Iterator[Account]:
    """The account an entry explains: the path its first words are."""
    head = re.split(r"[：，,]|主要用于|指|反映", passage.text, maxsplit=1)[0]
    yield from list(_accounts(passage, head))[:1]


def _used(view: View) -> list[Account]:
    plan = view.understanding.outline
    left_out = {n for stretch in glossary_sections(view) for n in stretch}
    return [
        a
        for p in view.understanding.passages
        if p.index not in left_out and plan.part_of(p.index) == "body"
        for a in _accounts(p, p.text)
    ]


def _unused(view: View, explained: list[Account], body: str) -> Iterator[Finding]:
    words = _QUOTES.sub("", body)
    unused = [a for a in explained if not _stands(a, words)]
    if not unused:
        return
    names = "、".join(f"“{a.name}”" for a in unused[:_NAMED])
    more = f"等 {len(unused)} 个" if len(unused) > _NAMED else ""
    first, *others = unused
    yield RULE.finding(
        f"名词解释列了{names}{more}科目，而报告中没有用到。",
        (
            view.evidence(view.text_place(first.passage, first.start, first.end)),
            *(view.evidence(view.text_place(a.passage, a.start, a.end), Role.FOLLOWER) for a in others),
        ),
        severity=Severity.WARNING if len(unused) >= _SEVERAL else Severity.HINT,
        actual=first.name,
        key="unused",
    )


def _stands(account: Account, body: str) -> bool:
    """Whether the report has the account: by its item, or by its group where the item's name says little."""
    item = account.item or account.group or account.category
    known = _stem(item) in body
    if account.item in _GENERIC and account.group:
        return known and _stem(account.group) in body
    return known


def _stem(name: str) -> str:
    """A name without its last word: texts shorten 支出 and 事务 freely."""
    short = _TAIL.sub("", name)
    return short if len(short) > 3 else name


def _unexplained(view: View, explained: list[Account], used: list[Account]) -> Iterator[Finding]:
    """Items of the report without an entry; where the glossary explains hardly any, that is its style."""
    known = {_stem(a.item or a.group) for a in explained}
    missing: dict[str, Account] = {}
    for account in used:
        if account.item and _stem(account.item) not in known:
            missing.setdefault(account.item, account)
    items = {a.item for a in used if a.item}
    if not missing or not items & {a.item for a in explained}:
        return
    first, *others = missing.values()
    names = "、".join(f"“{n}”" for n in list(missing)[:_NAMED])
    more = f"等 {len(missing)} 个" if len(missing) > _NAMED else ""
    yield RULE.finding(
        f"报告用到的{names}{more}科目，名词解释中没有。",
        (
            view.evidence(view.text_place(first.passage, first.start, first.end)),
            *(view.evidence(view.text_place(a.passage, a.start, a.end), Role.OTHER) for a in others),
        ),
        severity=Severity.HINT,
        key="unexplained",
    )


def _old(view: View, entries: range) -> Iterator[Finding]:
    profile = profile_of(view.understanding.identity.profile)
    for old, new in profile.old_terms if profile else ():
        for number in entries:
            at = view.understanding.passages[number].text.find(old)
            if at >= 0:
                yield RULE.finding(
                    f"名词解释中的“{old}”是旧称，现称“{new}”。",
                    (view.evidence(view.text_place(number, at, at + len(old))),),
                    severity=Severity.HINT,
                    expected=new,
                    actual=old,
                    key=f"old|{old}",
                )
                break


RULE = Rule(
    code="JS408",
    name="glossary-terms",
    title="名词解释与报告内容不符",
    severity=Severity.WARNING,
    checks="名词解释中的科目报告里有没有用到，报告用到的科目名词解释里有没有，有没有已停用的名称。",
    why="名词解释成片列出没有用到的科目，说明是套用了别的单位或往年的材料。",
    basis="地方预决算公开应当对专业性较强的名词进行解释；解释的对象是本报告所用的名词",
    how="读出名词解释各条的类、款、项，看项名（行政运行等通用的项连同款名）在正文和表中有没有；全部没有用到的合并为一条。"
    "类、款、项中只有一级与报告不同，而报告的那个科目又没有解释的，是写错了名称，逐条报疑点。"
    "财政拨款收入等通用名词不作要求。",
    wrong=_example.changed(
        "第四部分",
        "4.一般公共服务支出（类）人大事务（款）代表工作（项）：指人大代表开展视察的支出。\n"
        "5.一般公共服务支出（类）财政事务（款）财政国库业务（项）：指国库集中支付的支出。\n"
        "6.农林水支出（类）农业农村（款）病虫害控制（项）：指动物防疫的支出。\n第四部分",
    ),
    right=_example.REPORT,
    mend="删去没有用到的科目，补上用到的科目，旧称改为现称。",
    misses="正文和表都没有列到项级科目的不作判断；解释的文字是否正确不在此检查。",
    check=check,
)
