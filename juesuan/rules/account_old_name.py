"""JS301: an account under a name that was given up before the year of the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.catalog import Level, LevelMatch, Status, fold, load
from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place
from juesuan.rules._accounts import Accounts, Named, Row, accounts, mentions, named_cells, same_name
from juesuan.rules._text import evidence_of
from juesuan.rules.base import CouldNotCheckError, NotApplicableError, Rule, View, replace_fix

_OUT_OF_USE = frozenset({Status.OLD, Status.RETIRED})
_FEWEST_CLASSES = 2


@dataclass(frozen=True, slots=True)
class _Old:
    """One old name and where it stands."""

    match: LevelMatch
    uses: tuple[Named, ...]

    @property
    def code(self) -> str:
        return self.match.accounts[0].code


def check(view: View) -> Iterator[Finding]:
    """One finding for each old name, however often it stands."""
    year = view.understanding.identity.year
    found = accounts(view)
    if not found.named and not found.rows:
        reason = "没有写类、款、项的文字，也没有带科目编码的表"
        raise NotApplicableError(reason)
    if year is None:
        reason = "不知道报告的年度，无从判断科目名称是否停用"
        raise CouldNotCheckError(reason)
    told = set()
    for old in _old_names(found):
        told.add(old.code)
        yield _finding(view, found, old, year)
    yield from _in_tables(view, found, told, year)


def _old_names(found: Accounts) -> list[_Old]:
    grouped: dict[tuple[Level, str, str], tuple[LevelMatch, list[Named]]] = {}
    for named in found.named:
        for match in named.resolution.levels:
            if match.status in _OUT_OF_USE and match.accounts and match.written:
                key = (match.level, match.accounts[0].code, fold(match.written))
                grouped.setdefault(key, (match, []))[1].append(named)
    return [_Old(match, tuple(uses)) for match, uses in grouped.values()]


def _in_tables(view: View, found: Accounts, told: set[str], year: int) -> Iterator[Finding]:
    """Old names in table lines, where the text does not have them too: only the catalog says so."""
    rows: dict[str, list[Row]] = {}
    for row in found.rows:
        match = load().match_code(row.code, row.name, year)
        if row.code not in told and match is not None and match.status is Status.OLD:
            rows.setdefault(row.code, []).append(row)
    for code, same in rows.items():
        account = load().by_code(code, year)
        name = account.name if account else None
        yield RULE.finding(
            f"表中编码 {code} 的名称“{same[0].name}”已停用，{year}年度应为“{name}”。",
            (view.evidence(same[0].place), *evidence_of(view, [r.place for r in same[1:]], Role.FOLLOWER)),
            severity=Severity.HINT,
            expected=name,
            actual=same[0].name,
            key=f"{code}|table",
        )


def _finding(view: View, found: Accounts, old: _Old, year: int) -> Finding:
    match, name = old.match, old.match.current_name
    mark = f"{match.written}（{match.level.value}）"
    places = [u.place_of(view, _same(u, match)) for u in old.uses]
    others = _contradictions(view, found, old) if name and match.status is Status.OLD else []
    severity = _severity(found, old, others)
    text = f"“{mark}”是停用的科目名称"
    if match.status is Status.OLD and name:
        since = f"{match.since}年起" if match.since and match.since <= year else f"{year}年度"
        text += f"，{since}应为“{name}”"
    text += f"，本文件别处写的也是“{name}”。" if others else "。"
    tables = [r.place for r in found.rows if r.code == old.code and same_name(r.name, match.written or "")]
    if len(places) + len(tables) > 1:
        counted = f"文字 {len(places)} 处、表中 {len(tables)} 处" if tables else f"共 {len(places)} 处"
        text += f"同样的写法{counted}。"
    quote = view.quote(places[0])
    fix = replace_fix(quote, quote.replace(match.written or "", name)) if name and match.status is Status.OLD else None
    return RULE.finding(
        text,
        (
            view.evidence(places[0]),
            *evidence_of(view, others),
            *evidence_of(view, [*places[1:], *tables], Role.FOLLOWER),
        ),
        severity=severity,
        expected=name,
        actual=match.written,
        fix=fix,
        key=f"{old.code}|{match.level.value}",
    )


def _same(named: Named, match: LevelMatch) -> LevelMatch:
    return next(m for m in named.resolution.levels if m.level is match.level)


def _contradictions(view: View, found: Accounts, old: _Old) -> list[Place]:
    """Where the document itself calls the account by its present name."""
    name = old.match.current_name or ""
    places = [n.place_of(view, _same(n, old.match)) for n in mentions(found, name, old.match.level)]
    places += [r.place for r in found.rows if r.code == old.code and fold(r.name) == fold(name)]
    if not places and fold(name) in named_cells(view):
        places.append(named_cells(view)[fold(name)].place)
    return places


def _severity(found: Accounts, old: _Old, others: list[Place]) -> Severity:
    """An item under a class that the document's own structure list does not have is certain."""
    if not others or not old.match.verified:
        return Severity.HINT
    listed = {fold(c.path.category or "") for c in found.classes}
    itemised = all(u.path.item or u.path.group for u in old.uses)
    known = fold(old.match.current_name or "") in listed and fold(old.match.written or "") not in listed
    if old.match.level is Level.CATEGORY and itemised and known and len(listed) >= _FEWEST_CLASSES:
        return Severity.ERROR
    return Severity.WARNING


RULE = Rule(
    code="JS301",
    name="account-old-name",
    title="科目名称已停用",
    severity=Severity.ERROR,
    checks="文字里的类、款、项名称，在报告年度是否仍在使用。",
    why="照抄旧稿最容易留下改过名的科目：医疗卫生与计划生育支出、行政事业单位离退休、国土资源事务等。",
    basis="财政部印发的当年《政府收支分类科目》",
    how="逐级查收支分类科目目录中各名称的起止年度。只与目录不符的作提示；本文件的表或别处文字用的是现行名称的报疑点；条目的类名与本文件结构情况列出的类名不一致的报错误。同一旧名称只报一次。",
    wrong="2023年度部门决算情况说明\n2023年一般公共预算财政拨款支出30.00万元，主要用于以下方面：社会保障和就业支出（类）20.00万元，占66.67%；卫生健康支出（类）10.00万元，占33.33%。\n（三）具体情况\n1.医疗卫生与计划生育支出（类）行政事业单位医疗（款）行政单位医疗（项）：支出决算为10.00万元。",
    right="2023年度部门决算情况说明\n2023年一般公共预算财政拨款支出30.00万元，主要用于以下方面：社会保障和就业支出（类）20.00万元，占66.67%；卫生健康支出（类）10.00万元，占33.33%。\n（三）具体情况\n1.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）：支出决算为10.00万元。",
    mend="改为当年《政府收支分类科目》的名称，并与附表一致。",
    misses="目录没有收录的科目不作判断；名词解释里的旧名称由另一规则检查。",
    check=check,
)
