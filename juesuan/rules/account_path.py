"""JS302: an account that does not stand where the text puts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from juesuan.catalog import PLACED, Level, LevelMatch, Status, fold, load, stem
from juesuan.findings import Finding, Severity
from juesuan.place import Place
from juesuan.rules._accounts import Accounts, Named, Row, accounts, known_names, mentions
from juesuan.rules._text import evidence_of
from juesuan.rules.base import NotApplicableError, Rule, View, replace_fix
from juesuan.understand.tables import Misnamed

_MISPLACED = frozenset({Status.ELSEWHERE, Status.REPEATS, Status.NEAR})
_CLASS, _GROUP = 3, 5


def check(view: View) -> Iterator[Finding]:
    """Names in the wrong place, slips of a name, and table lines whose code and name disagree."""
    found = accounts(view)
    if not found.named and not found.rows:
        reason = "没有写类、款、项的文字，也没有带科目编码的表"
        raise NotApplicableError(reason)
    for named, match in view.shared(slips):
        yield _finding(view, found, named, match)
    yield from _table_codes(view, found)


def slips(view: View) -> list[tuple[Named, LevelMatch]]:
    """The paths that are wrong, each with its first wrong level."""
    found = accounts(view)
    seen: set[tuple[Level, str, str]] = set()
    wrong: list[tuple[Named, LevelMatch]] = []
    for named in found.named:
        for match in named.resolution.levels:
            key = (match.level, named.path.group or "", match.written or "")
            if key in seen or not _is_wrong(found, named, match):
                continue
            seen.add(key)
            wrong.append((named, match))
            if match.level is not Level.ITEM:
                break  # Below a group in the wrong place an item cannot be in the right one: one cause, one finding.
    return wrong


def _witness(view: View, named: Named) -> Misnamed | None:
    """The table line that holds the path's amount and that no sentence names."""
    place = view.text_place(named.passage, named.start, named.start + len(named.text))
    return next((m for m in view.understanding.misnamed if m.told.named_at == place), None)


def _is_wrong(found: Accounts, named: Named, match: LevelMatch) -> bool:
    """A name the catalog does not know counts only when the document's own table does not have it either."""
    if match.status in _MISPLACED:
        return bool(match.accounts) and not _table_has(found, named, match)
    return match.status is Status.UNKNOWN and bool(_table_lacks(found, named, match))


def _finding(view: View, found: Accounts, named: Named, match: LevelMatch) -> Finding:
    others = _contradictions(view, found, named, match)
    rows = _table_lacks(found, named, match)
    contradicted = bool(others or rows) and match.status in _MISPLACED and match.verified
    witness = _witness(view, named)
    wrong, right = _mend(found, named, match, rows)
    place = named.place_of(view, wrong)
    quote = view.quote(place)
    return RULE.finding(
        f"“{match.written}（{match.level.value}）”{_words(match)}{_document_says(view, found, match, others, rows)}。"
        + (_right_words(wrong, right, match) or _witness_words(witness, rows)),
        (
            view.evidence(place),
            *evidence_of(view, others or [r.place for r in rows]),
            *evidence_of(view, [witness.shown.place] if witness else []),
        ),
        severity=Severity.WARNING if contradicted or witness else Severity.HINT,
        expected=right,
        actual=wrong.written,
        fix=replace_fix(quote, quote.replace(wrong.written or "", right)) if right and wrong.written else None,
        key="/".join(p or "" for p in named.path),
    )


def _document_says(view: View, found: Accounts, match: LevelMatch, others: Sequence[Place], rows: Sequence[Row]) -> str:
    """What the document itself writes instead."""
    if match.status is Status.NEAR and others:
        printed = {r.place for r in found.rows} & set(others)
        return f"，本文件{'的表' if printed else '别处'}写的是“{view.quote(others[0]).strip()}”"
    if rows:
        listed = "、".join(r.name for r in rows[:3])
        return f"；本文件的表在该{'款' if match.level is Level.ITEM else '类'}下列的是“{listed}”"
    return "，本文件别处写的也不同" if others else ""


def _mend(found: Accounts, named: Named, match: LevelMatch, rows: Sequence[Row]) -> tuple[LevelMatch, str | None]:
    """The level that is wrong, and what it should read, where the document's own table settles that.

    An item that the table prints below another group is right, and its group wrong. Of the lines below a
    parent, the one that no other sentence speaks of is the one meant.
    """
    if match.status is Status.NEAR:
        return match, match.current_name
    if match.status is Status.ELSEWHERE and match.level is Level.ITEM and len(match.accounts) == 1:
        code = match.accounts[0].code
        group = next((r for r in found.rows if r.code == code[:_GROUP]), None)
        if group is not None and any(r.code == code for r in found.rows):
            return named.resolution.group, group.name
    if match.status is Status.REPEATS:
        spoken = {
            fold(level.written)
            for other in found.named
            if other.passage != named.passage or other.start != named.start
            for level in other.resolution.levels
            if level.written and level.level is match.level
        }
        left = [r for r in rows if fold(r.name) not in spoken]
        if len(left) == 1:
            return match, left[0].name
    return match, None


def _right_words(wrong: LevelMatch, right: str | None, match: LevelMatch) -> str:
    """The sentence that names the mend, where the words before do not."""
    if right is None or match.status is Status.NEAR:
        return ""
    mark = f"（{wrong.level.value}）"
    if wrong is not match:
        return f"应是“{wrong.written}{mark}”写错，表中为“{right}{mark}”。"
    return f"其中“{right}”别处没有写到，应即此{wrong.level.value}。"


def _witness_words(witness: Misnamed | None, rows: Sequence[Row]) -> str:
    """The sentence that names the line with the same amount, where the words before do not."""
    if witness is None or any(r.code == witness.row.code for r in rows):
        return ""
    return f"表中同一金额的科目是“{witness.row.code} {witness.row.name}”，而文中没有提到。"


def _words(match: LevelMatch) -> str:
    names = "、".join(dict.fromkeys(_path(a.code) for a in match.accounts[:2]))
    if match.status is Status.NEAR:
        return f"疑为“{match.current_name or names}”之误"
    if match.status is Status.REPEATS:
        return "照抄了上一级的名称，其下没有同名的科目"
    if match.status is Status.ELSEWHERE:
        return f"不在所写的科目之下，目录中属于“{names}”"
    return "在所写的科目之下没有"


def _path(code: str) -> str:
    """The names from the class down to the code."""
    parts = [load().by_code(code[:n]) for n in (_CLASS, _GROUP, len(code)) if n <= len(code)]
    return "/".join(dict.fromkeys(p.name for p in parts if p is not None))


def _parent_code(named: Named, match: LevelMatch) -> str | None:
    """The code below which a name is written, when its parent is certain."""
    category, group, _ = named.resolution.levels
    holder = group if match.level is Level.ITEM else category if match.level is Level.GROUP else None
    if holder is None or holder.status not in PLACED or len(holder.accounts) != 1:
        return None
    return holder.accounts[0].code


def _table_has(found: Accounts, named: Named, match: LevelMatch) -> bool:
    """Whether the document's own table, which software fills, prints this very name below the same parent."""
    parent = _parent_code(named, match)
    written = stem(fold(match.written or ""))
    return parent is not None and any(stem(fold(row.name)) == written for row in found.below(parent))


def _table_lacks(found: Accounts, named: Named, match: LevelMatch) -> tuple[Row, ...]:
    """The document's own table lines below the same parent, when none of them is the account that is written.

    A line is told by its code: printed names are cut off or run together, so every name the code ever bore counts.
    """
    parent = _parent_code(named, match)
    rows = found.below(parent) if parent else ()
    if not rows or not match.written:
        return ()
    written = stem(fold(match.written))
    meant = {a.code for a in match.accounts}
    for row in rows:
        printed = fold(row.name)
        if match.status is not Status.NEAR and row.code in meant:
            return ()
        known = known_names(row.code)
        cut_off = written.startswith(printed) or printed.startswith(written)
        if not known or cut_off or written in {*known, stem(printed)}:
            return ()
    unique = {r.code: r for r in rows}
    return tuple(unique.values())


def _contradictions(view: View, found: Accounts, named: Named, match: LevelMatch) -> list[Place]:
    """Where the document itself writes the right name, or the same name in its right place."""
    if match.status is Status.NEAR and match.current_name:
        name = match.current_name
        places = [n.place_of(view, _level(n, match)) for n in mentions(found, name, match.level) if n is not named]
        places += [r.place for r in found.rows if match.accounts[0].code == r.code and fold(r.name) == fold(name)]
        return places
    if match.status is Status.ELSEWHERE and match.written:
        return [
            n.place_of(view, _level(n, match))
            for n in mentions(found, match.written, match.level)
            if n is not named and _level(n, match).status is Status.CURRENT
        ]
    return []


def _level(named: Named, match: LevelMatch) -> LevelMatch:
    return next(m for m in named.resolution.levels if m.level is match.level)


def _table_codes(view: View, found: Accounts) -> Iterator[Finding]:
    """Table lines whose name belongs to another code: a hint, since only the catalog says so."""
    year = view.understanding.identity.year
    by_code: dict[tuple[str, str], list[Row]] = {}
    for row in found.rows:
        by_code.setdefault((row.code, fold(row.name)), []).append(row)
    for (code, _), rows in by_code.items():
        match = load().match_code(code, rows[0].name, year)
        if match is None or match.status is not Status.ELSEWHERE:
            continue
        holder = match.suggestions[0]
        if any(r.code == code and fold(r.name) == fold(holder.name) for r in found.rows):
            continue  # another table prints code and name as they belong: this cell is garbled by its page
        right = "、".join(a.code for a in match.accounts[:2])
        yield RULE.finding(
            f"表中编码 {code} 的名称写作“{rows[0].name}”，目录中是“{holder.name}”；“{rows[0].name}”的编码是 {right}。",
            (view.evidence(rows[0].place), *evidence_of(view, [r.place for r in rows[1:]])),
            severity=Severity.HINT,
            expected=holder.name,
            actual=rows[0].name,
            fix=f"编码与名称有一个写错：确是“{rows[0].name}”的，编码应为 {right}。",
            key=f"{code}|table",
        )


RULE = Rule(
    code="JS302",
    name="account-path",
    title="科目不在所写的类、款之下",
    severity=Severity.WARNING,
    checks="项是否属于所写的款，款是否属于所写的类；名称有没有写错字、颠倒或照抄上一级；表中编码与名称是否相配。",
    why="类、款、项层层隶属，写错位置会使金额归到别的类款，读者无法与附表核对。",
    basis="财政部印发的当年《政府收支分类科目》；文字与支出表应当一致",
    how="按收支分类科目目录逐级查找。只与目录不符的作提示；本文件的表在该款（类）下列了别的科目，或有同一金额而文中没有提到的科目，或别处把同一科目写在正确位置的，报疑点。移动一项就能补平两类金额的，由“类级金额与其下各项之和不符”报告。",
    wrong="2023年度部门决算情况说明\n1.城乡社区支出（类）城乡社区管理事务（款）其他社区城乡管理事务支出（项）：支出决算为10.00万元。\n2.城乡社区支出（类）城乡社区管理事务（款）行政运行（项）：支出决算为5.00万元。",
    right="2023年度部门决算情况说明\n1.城乡社区支出（类）城乡社区管理事务（款）其他城乡社区管理事务支出（项）：支出决算为10.00万元。\n2.城乡社区支出（类）城乡社区管理事务（款）行政运行（项）：支出决算为5.00万元。",
    mend="对照支出表和当年科目目录改正名称。",
    misses="目录没有收录的科目，只有在本文件的表也没有时才提示。",
    check=check,
)
