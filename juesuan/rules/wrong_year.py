"""JS503: a year that cannot be: a digit lost, a title of another year, a year compared with itself."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.facts import Stage
from juesuan.findings import Finding, Role, Severity
from juesuan.place import Place
from juesuan.rules._extent import at_the_beginning
from juesuan.rules._text import evidence_of, find, in_glossary, is_heading, section_title
from juesuan.rules.base import Rule, View, replace_fix
from juesuan.taxonomy.tokens import BaseValue, Token, YearValue

_LOST_DIGIT = re.compile(r"[0-9](?<![\d.,， -][0-9])(?:\d{2}|(?<=[12])\d{4})(?=年度)|2(?<![\d.,， -]2)20\d{2}(?=年)")
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年)")
_TITLE = re.compile(r"20\d{2}年度?[^，。；：]{0,40}?(?:决算|预算)")
_LONGEST_TITLE = 60
_SENTENCE = re.compile("[。；，：]")
_OTHER_MATTER = re.compile("与|较|比|至|—|执行|绩效|项目|规划|计划|[、和及]20")
"""Titles of evaluations, plans and comparisons may name another year."""
_AT_YEAR_END = re.compile(
    r"截[至止](?:到)?(20\d{2})年(?:12月31日|底|末)"
    r"(?=[^。；]{0,60}(?:共有|现有|拥有|占有|保有)[^。；]{0,20}(?:车|资产|设备|辆))"
)
_OWN_YEAR = re.compile(r"(?:本|我)(?:部门|单位|局|委|办|院|校|镇|乡|街道)(20\d{2})年度?(?:没有|无|未)")
_PUBLISHED = re.compile(r"(?:公开|公布|发布)(?:时间|日期)：(20\d{2})年")
_ASSETS = re.compile("资产|车辆|三公|公务用车")
_HERE = ("body", "cover", "contents")


def check(view: View) -> Iterator[Finding]:
    """Titles, year-end dates and comparisons, each by its own evidence."""
    yield from _lost_digits(view)
    yield from _titles(view)
    if view.understanding.identity.year is not None:
        yield from _dates(view, view.understanding.identity.year)
        yield from _comparisons(view, view.understanding.identity.year)
        yield from _notes(view, view.understanding.identity.year)
        yield from _published(view, view.understanding.identity.year)


def _lost_digits(view: View) -> Iterator[Finding]:
    year = view.understanding.identity.year
    for hit in find(view, _LOST_DIGIT):
        sentence = _SENTENCE.search(view.understanding.passages[hit.passage].text)
        if at_the_beginning(view, hit.place) and (sentence or hit.text[0] == "0"):
            continue  # an excerpt may begin within a number
        right = str(year) if year is not None and _is_slip(hit.text, str(year)) else None
        likely = f"，应为“{right}年度”" if right else ""
        yield RULE.finding(
            f"年度“{hit.text}年”写错了位数{likely}。",
            (view.evidence(hit.place),),
            expected=right,
            actual=hit.text,
            fix=replace_fix(view.quote(hit.place), right),
            key="digits",
        )


def _is_slip(shown: str, right: str) -> bool:
    """Whether one digit was lost or doubled."""
    short, long = sorted((shown, right), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


@dataclass(frozen=True, slots=True)
class _Title:
    passage: int
    year: int
    noun: str
    place: Place
    text: str


def _titles(view: View) -> Iterator[Finding]:
    """Titles of one document, of one kind (决算, 预算), that name different years."""
    by_noun: dict[str, list[_Title]] = defaultdict(list)
    for title in _title_lines(view):
        by_noun[title.noun].append(title)
    for titles in by_noun.values():
        votes = Counter(t.year for t in titles)
        if len(votes) < 2:
            continue
        # On a tie the first title, the cover's, is taken for the right one.
        right = max(votes, key=lambda y: (votes[y], -min(t.passage for t in titles if t.year == y)))
        witness = next(t for t in titles if t.year == right)
        for title in titles:
            if title.year != right:
                yield RULE.finding(
                    f"标题“{title.text}”写的是{title.year}年，而“{witness.text}”是{right}年。",
                    (view.evidence(title.place), view.evidence(witness.place, Role.OTHER)),
                    expected=str(right),
                    actual=str(title.year),
                    fix=replace_fix(view.quote(title.place), str(right)),
                    key="title",
                )


def _title_lines(view: View) -> Iterator[_Title]:
    """Title lines with one year; the first line of a document may be a year alone."""
    outline = view.understanding.outline
    for passage in view.understanding.passages:
        text = passage.text
        if outline.part_of(passage.index) not in _HERE or len(text) > _LONGEST_TITLE or _SENTENCE.search(text):
            continue
        years = list(_TITLE_YEAR.finditer(text))
        noun = _TITLE.search(text)
        bare = passage.index == 0 and re.fullmatch(r"20\d{2}年度?", text)
        if len(years) != 1 or _OTHER_MATTER.search(text) or not (noun or bare):
            continue
        place = passage.place(*years[0].span())
        kinds = ("决算",) if "决算" in text else ("预算",) if noun else ("决算", "预算")
        for kind in kinds:
            yield _Title(passage.index, int(years[0][1]), kind, place, text)


def titled(view: View, year: int) -> bool:
    """Whether a title names the year: otherwise it was read off sentences."""
    return any(t.year == year for t in _title_lines(view))


def _notes(view: View, year: int) -> Iterator[Finding]:
    """本部门2022年度没有…: what a report says of its unit's year is of the report's."""
    for hit in find(view, _OWN_YEAR, ("body",)):
        if int(hit.match[1]) != year and titled(view, year):
            place = view.text_place(hit.passage, *hit.match.span(1))
            yield RULE.finding(
                f"“{hit.text}”说的不是本报告年度（{year}年）。",
                (view.evidence(place),),
                severity=Severity.WARNING,
                expected=str(year),
                actual=hit.match[1],
                fix=replace_fix(view.quote(place), str(year)),
                key="note",
            )


def _published(view: View, year: int) -> Iterator[Finding]:
    """Final accounts are published in the year after theirs."""
    for hit in find(view, _PUBLISHED):
        shown = int(hit.match[1])
        if shown == year + 1 or view.understanding.identity.kind != "final_accounts" or not titled(view, year):
            continue
        place = view.text_place(hit.passage, *hit.match.span(1))
        why = "那时这一年度还没有决算" if shown <= year else "决算应在次年批复后二十日内公开"
        yield RULE.finding(
            f"“{hit.text}”与报告年度（{year}年）不相称：{why}。",
            (view.evidence(place),),
            severity=Severity.WARNING,
            expected=str(year + 1) if shown <= year else None,
            actual=hit.match[1],
            fix=replace_fix(view.quote(place), str(year + 1)) if shown <= year else None,
            key="published",
        )


def _dates(view: View, year: int) -> Iterator[Finding]:
    """Assets of final accounts are counted at the end of the report's year."""
    is_final = any("决算" in p.text for p in view.understanding.passages)
    if view.understanding.identity.kind == "budget" or not is_final:
        return
    for hit in find(view, _AT_YEAR_END, ("body",)):
        if int(hit.match[1]) == year:
            continue
        place = view.text_place(hit.passage, *hit.match.span(1))
        yield RULE.finding(
            f"“{hit.text}”不是本报告年度（{year}年）的年末。",
            (view.evidence(place),),
            severity=Severity.ERROR if _ASSETS.search(section_title(view, hit.passage)) else Severity.WARNING,
            expected=str(year),
            actual=hit.match[1],
            fix=replace_fix(view.quote(place), str(year)),
            key="year-end",
        )


@dataclass(frozen=True, slots=True)
class _Compared:
    """A comparison: the base's token, and the years named before it in its passage."""

    passage: int
    base: Token
    year: int
    stage: Stage | None
    relative: bool
    before: frozenset[int]


def _comparisons(view: View, year: int) -> Iterator[Finding]:
    strange: list[_Compared] = []
    budget = view.understanding.identity.kind == "budget"
    bases = list(_bases(view, year))
    ordinary = {c.passage for c in bases if c.year == year - 1}
    is_titled = titled(view, year)
    for compared in bases:
        if not compared.before and not is_titled:
            continue  # without a title the year itself was read off such comparisons
        if compared.stage not in ({None, Stage.BUDGET} if budget else {None, Stage.FINAL}):
            continue
        spoken = compared.before or frozenset({year})
        if view.understanding.passages[compared.passage].text[compared.base.end : compared.base.end + 1] == "（":
            continue  # 2019年（疫情前）: chosen on purpose
        if spoken == {compared.year} == {year} and not compared.relative:
            yield _self_compared(view, compared)
        elif compared.year not in {year - 1, year} and spoken <= {year} and compared.passage not in ordinary:
            strange.append(compared)
    if strange:
        yield _strange_base(view, strange, year)


def _bases(view: View, year: int) -> Iterator[_Compared]:
    outline = view.understanding.outline
    for passage, tokens in zip(view.understanding.passages, view.understanding.tokens, strict=True):
        index = passage.index
        if outline.part_of(index) != "body" or in_glossary(view, index) or is_heading(view, index):
            continue
        named: set[int] = set()
        for at, token in enumerate(tokens):
            if token.kind == "Y" and isinstance(token.value, YearValue):
                value = token.value
                named.add(year + value.year if value.relative else value.year)
            elif token.kind == "B" and isinstance(token.value, BaseValue):
                base = token.value
                if base.year is None or not _changes(tokens[at + 1 : at + 9]):
                    continue
                absolute = year + base.year if base.relative else base.year
                yield _Compared(passage.index, token, absolute, base.stage, base.relative, frozenset(named))
                named.add(absolute)


def _changes(tokens: tuple[Token, ...]) -> bool:
    """Whether a word of change follows within the sentence."""
    for token in tokens:
        if token.kind in ".;":
            return False
        if token.kind in "DF":
            return True
    return False


def _year_place(view: View, compared: _Compared) -> Place:
    """The digits of the base's year, or its words (本年)."""
    text = view.understanding.passages[compared.passage].text
    start = text.find(str(compared.year), compared.base.start, compared.base.end)
    if start < 0:
        return view.text_place(compared.passage, compared.base.start, compared.base.end)
    return view.text_place(compared.passage, start, start + 4)


def _self_compared(view: View, compared: _Compared) -> Finding:
    place = _year_place(view, compared)
    words = view.quote(view.text_place(compared.passage, compared.base.start, compared.base.end))
    certain = bool(compared.before)
    return RULE.finding(
        f"“{words}”拿{compared.year}年与{compared.year}年自己相比，比较的年度写错了。",
        (view.evidence(place),),
        severity=Severity.ERROR if certain else Severity.WARNING,
        expected=str(compared.year - 1) if certain else None,
        actual=str(compared.year),
        fix=replace_fix(view.quote(place), str(compared.year - 1)) if certain else None,
        key="self",
    )


def _strange_base(view: View, strange: list[_Compared], year: int) -> Finding:
    """One finding for all comparisons with a year that is not the year before."""
    places = [_year_place(view, c) for c in strange]
    more = f"同样的比较共 {len(places)} 处。" if len(places) > 1 else ""
    return RULE.finding(
        f"{year}年的报告与{strange[0].year}年相比，不是与上年（{year - 1}年）相比，请核实。{more}",
        (view.evidence(places[0]), *evidence_of(view, places[1:])),
        severity=Severity.WARNING,
        expected=str(year - 1),
        actual=str(strange[0].year),
        fix=replace_fix(view.quote(places[0]), str(year - 1)),
        key="base",
    )


RULE = Rule(
    code="JS503",
    name="wrong-year",
    title="年度写错",
    severity=Severity.ERROR,
    checks="标题、目录、截止日期、比较基准里的年度，与报告年度是否一致。",
    why="报告多由上年稿改成，最常见的残留就是上年的年度；“202年度”一类缺位也多出在目录。",
    basis="报告的封面、目录、标题、正文应当是同一年度；增减情况与上年决算数（预算数）比较",
    how="年度不足或多于四位的报错误；同类标题（决算或预算）写了不同年度的，报少数一方；决算资产数的截止日不是本年末的报错误；“2026年……比2026年预算增加”报错误；比较基准不是上年的只报一次疑点。文号、规划期、上年比较、退休等叙述中的年份不报。",
    wrong="2025年度部门决算\n目录\n第一部分202年度部门决算情况说明",
    right="2025年度部门决算\n目录\n第一部分2025年度部门决算情况说明",
    mend="改为报告年度；比较句改为上年。",
    misses="职能、工作总结等叙述中的年份不检查；全文年度一致地写错无从发现。",
    check=check,
)
