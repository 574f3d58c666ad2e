"""What a document is: final accounts or budget, of which year and unit, in which layout. Shown in every output."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from juesuan.document.model import Document, Table
from juesuan.facts import Stage
from juesuan.taxonomy.profiles import Profile, load_profiles, profile_of, title_key
from juesuan.taxonomy.words import HAN
from juesuan.understand.outline import Outline
from juesuan.understand.passages import Passage, cell_text

__all__ = ["Candidate", "Identity", "identify"]

_TITLE_YEAR: Final = re.compile(r"(20\d{2})年度?")
_COMPARING: Final = frozenset("与较比同和跟")
_IN_EVERY_KIND: Final = re.compile(
    "一般公共预算|公共财政预算|政府性基金预算|国有资本经营预算|预算绩效|绩效预算|预算管理|预算法|预算执行|预决算"
    "|(?:完成|年初|全年|调整后?的?)预算|预算(?:数的|单位)|纳入预算"
)
"""Words with 预算 that final accounts have as well."""
_DIGITS: Final = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_YEAR: Final = re.compile(r"二[〇零○]([〇零○一二三四五六七八九])([〇零○一二三四五六七八九])年")
_TITLE_LENGTH: Final = 60
_SHORTEST: Final = 4
_LEAD_ROWS: Final = 4
"""Rows above the header of a table that name unit, year and measure."""
_SOME: Final = 2
"""A word that stands so often only is no sign of the kind."""

_ORGANISATION: Final = re.compile(
    r"(?:局|委|会|办公室|厅|部|院|校|学|中心|站|所|队|镇|乡|办事处|政府|馆|园|社|处|团|署|公司|联|办|场|公安|基地|库)$"
)
_NO_NAME: Final = re.compile(
    r"本部门|本单位|我部门|我单位|我局|我委|收入|支出|决算|预算$|预算[表编公]|财政拨款|一般公共|年度|整体|绩效|项目"
    r"|根据|按照|组织|截至|XX|××|＊|\*|[区市县]级部门$"
)
_NAME_CHARACTER: Final = rf"(?:{HAN}|[（）()·])"
_NAME: Final = _NAME_CHARACTER + "{2,40}?"
_TITLE_NAME: Final = re.compile(
    rf"^(?:第[一二三四五六]部分)?(?:20\d{{2}}年度?)?({_NAME})(?:本级)?(?:20\d{{2}}年度?)?"
    r"(?:部门|单位)?(?:（单位）|（部门）)?(?:决算|预算)"
)
_OVERVIEW: Final = re.compile(rf"^第[一二三四五六]部分({_NAME})(?:部门|单位)?(?:（单位）)?概况$")
_SENTENCE: Final = re.compile(rf"纳入({_NAME})(?:20\d{{2}}年度?)?(?:部门)?(?:决算|预算)?编制范围")
_SUBJECT: Final = re.compile(
    rf"(?:^|[。；，])(?:20\d{{2}}年度?，?)?({HAN}{{4,30}}?)"
    r"(?:属于?(?:行政|事业|参照)|下属二级|核定(?:行政|事业)?编制|机关运行经费支出|共有车辆|政府采购支出总额)"
)
_FORM_HEAD: Final = re.compile(
    r"^(?:编制部门|编制单位|编报单位|填报单位|预算主管部门|预算单位|单位名称|实施单位|部门名称|部门|单位)"
    rf"(?:（盖章）|（公章）)?：({_NAME_CHARACTER}{{4,40}})"
)
_HOLDER_CELL: Final = re.compile(
    r"(?:实施单位|预算单位|单位名称|部门名称|预算部门|填报单位|编制单位)(?:（盖章）|（公章）)?：?"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A profile with how well it fits, from 0 to 1."""

    profile: str
    score: float


@dataclass(frozen=True, slots=True)
class Identity:
    """`kind`: final_accounts, budget, performance or unknown; `entity_kind`: 部门, 单位, or "" when not known.

    `profile` is "unknown" where no layout clearly fits; `confidence` is how well the profile fits, from 0 to 1;
    `alternatives` are the other layouts in order. `stage`: what an amount without a stage word is.
    """

    kind: str
    year: int | None
    entity: str | None
    entity_kind: str = ""
    profile: str = "unknown"
    confidence: float = 0.0
    alternatives: tuple[Candidate, ...] = ()

    @property
    def stage(self) -> Stage:
        return Stage.BUDGET if self.kind == "budget" else Stage.FINAL

    @property
    def layout(self) -> Profile | None:
        """The profile itself."""
        return profile_of(self.profile)


def identify(document: Document, passages: Sequence[Passage], plan: Outline) -> Identity:
    """Kind, year, unit and layout, from titles, forms' heads and the text."""
    text = "\n".join(p.text for p in passages)
    titles = [passages[i].text for i in plan.title_lines]
    kind = _kind(text, titles, document)
    entity = _entity(document, passages, titles)
    year = _year(passages, text) or _table_year(document)
    candidates = _candidates(kind, year, entity, plan, text)
    chosen = _chosen(candidates)
    return Identity(
        kind=kind,
        year=year,
        entity=entity,
        entity_kind=_entity_kind(passages),
        profile=chosen.profile if chosen else "unknown",
        confidence=chosen.score if chosen else 0.0,
        alternatives=tuple(c for c in candidates if c is not chosen),
    )


def _kind(text: str, titles: Sequence[str], document: Document) -> str:
    plain = _IN_EVERY_KIND.sub("", text) if "。" in text else text  # the names of tables alone are few
    final, budget = plain.count("决算") + plain.count("实际支出"), plain.count("预算")
    cover = _IN_EVERY_KIND.sub("", "".join(titles))
    if "决算" in cover and "绩效" not in cover:
        return "final_accounts"
    if "预算" in cover and "决算" not in cover and "绩效" not in cover:
        return "budget"
    performance = re.compile(r"绩效(?:自评|评价|目标)")
    opening = cover or text[:60] or _first_cell(document)
    if performance.search(opening) and final < text.count("绩效"):
        return "performance"
    if final > _SOME and final * 2 > budget:
        return "final_accounts"
    if budget > _SOME and budget > final * 4:
        return "budget"
    return "unknown"


def _first_cell(document: Document) -> str:
    for block in document.blocks:
        if isinstance(block, Table):
            return next((c.text for c in block.cells if c.text.strip()), "")
    return ""


def _year(passages: Sequence[Passage], text: str) -> int | None:
    """The year most headings and titles name; else the year the text speaks of most."""
    votes: Counter[int] = Counter()
    for passage in passages:
        if len(passage.text) <= _TITLE_LENGTH and ("决算" in passage.text or "预算" in passage.text):
            for match in _TITLE_YEAR.finditer(passage.text):
                votes[int(match[1])] += not _compared(passage.text, match.start())
            for match in _CHINESE_YEAR.finditer(passage.text):
                votes[int("20" + (match[1] + match[2]).translate(_DIGITS))] += 1
    return _most(votes) or _most(_spoken_of(text))


def _spoken_of(text: str) -> Counter[int]:
    """How often each year is spoken of; a comparison with 2022 speaks of 2023."""
    votes: Counter[int] = Counter()
    for match in _TITLE_YEAR.finditer(text):
        votes[int(match[1]) + _compared(text, match.start())] += 1
    return votes


def _compared(text: str, start: int) -> bool:
    """Whether the year at `start` is one that is compared with: 与2022年相比."""
    return text[start - 1 : start] in _COMPARING


def _most(votes: Counter[int]) -> int | None:
    best = max(votes.values(), default=0)
    return max((y for y, n in votes.items() if n == best), default=None) if best else None


def _table_year(document: Document) -> int | None:
    """The year above most tables, of a file that is nothing but tables."""
    votes = Counter(int(m[1]) for text in _above_tables(document) if (m := _TITLE_YEAR.fullmatch(text)))
    return votes.most_common(1)[0][0] if votes else None


def _above_tables(document: Document) -> Iterator[str]:
    """What the first rows of tables say of unit and year, where these stand in cells: 2023年度, 部门：某局."""
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                if cell.row < _LEAD_ROWS and len(cell.text) <= _TITLE_LENGTH:
                    yield "".join(cell.text.split())


def _entity_kind(passages: Sequence[Passage]) -> str:
    department = unit = 0
    for passage in passages:
        if len(passage.text) <= _TITLE_LENGTH:
            department += bool(re.search("部门(?:决算|预算)", passage.text))
            unit += bool(re.search("单位(?:决算|预算)", passage.text))
    if department == unit:
        return ""
    return "部门" if department > unit else "单位"


def _entity(document: Document, passages: Sequence[Passage], titles: Sequence[str]) -> str | None:
    """The unit's name: what cover, part headings, table heads and forms agree on most; None when nothing is sure."""
    votes: Counter[str] = Counter()
    for name, weight in (*_from_titles(passages, titles), *_from_forms(document, passages)):
        clean = name.strip("（）()：")
        clean = clean.removesuffix("部门") if _ORGANISATION.search(clean.removesuffix("部门")) else clean
        if len(clean) >= _SHORTEST and not _NO_NAME.search(clean) and _ORGANISATION.search(clean):
            votes[clean] += weight
    if not votes:
        votes = _from_sentences(passages)
    if not votes:
        return None
    best = votes.most_common(1)[0][1]
    leading = [n for n, count in votes.items() if count == best]
    return leading[0] if len(leading) == 1 else None


def _from_titles(passages: Sequence[Passage], titles: Sequence[str]) -> Iterator[tuple[str, int]]:
    for title in (*titles, "".join(titles)):
        match = _TITLE_NAME.match(title)
        if match:
            yield match[1], 3
    for passage in passages:
        sentence = _SENTENCE.search(passage.text)
        if sentence:
            yield sentence[1], 3
        if len(passage.text) > _TITLE_LENGTH:
            continue
        match = _TITLE_NAME.match(passage.text) or _OVERVIEW.match(passage.text)
        if match:
            yield match[1], 2


def _from_forms(document: Document, passages: Sequence[Passage]) -> Iterator[tuple[str, int]]:
    for passage in passages:
        head = _FORM_HEAD.match(passage.text)
        if head and len(passage.text) <= _TITLE_LENGTH:
            yield re.split("单位：|金额|20", head[1])[0], 1
    for text in _above_tables(document):
        head = _FORM_HEAD.match(text)
        if head:
            yield re.split("单位：|金额|20", head[1])[0], 1
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        for row in block.row_cells():
            texts = [cell_text(cell) for cell in row]
            for label, value in pairwise(texts):
                if _HOLDER_CELL.fullmatch(label):
                    yield value, 1


def _from_sentences(passages: Sequence[Passage]) -> Counter[str]:
    """The subject of sentences only the unit itself can be the subject of; 区工商联 is no name but a short form."""
    votes: Counter[str] = Counter()
    for passage in passages:
        for match in _SUBJECT.finditer(passage.text):
            name = match[1]
            if not _NO_NAME.search(name) and _ORGANISATION.search(name) and name[0] not in "省市区县州旗镇乡局":
                votes[name] += 1
    return votes


def _candidates(kind: str, year: int | None, entity: str | None, plan: Outline, text: str) -> list[Candidate]:
    """All profiles of the kind and the year, the best first; the score is what share of its sections stand there."""
    headings = {s.title for s in plan.sections} | {e.title for e in plan.contents} | {e.title for e in plan.table_list}
    found: list[Candidate] = []
    for profile in load_profiles():
        if profile.kind != kind or (year is not None and not profile.years[0] <= year <= profile.years[1]):
            continue
        share = _share(profile, headings)
        if not profile.general:
            share = share * 0.7 + 0.15 * _marked(profile, text) + 0.15 * _home(profile, entity, text)
            if profile.provinces and not _home(profile, entity, text):
                share *= 0.6
        else:
            share *= 0.8
        found.append(Candidate(profile.id, round(share, 3)))
    return sorted(found, key=lambda c: (-c.score, c.profile))


def _share(profile: Profile, headings: Iterable[str]) -> float:
    """The share of the layout's sections whose headings stand in the document."""
    known = {title_key(title) for title in headings}
    if not profile.sections:
        return 0.0
    seen = sum(section.is_among(known) for section in profile.sections)
    return seen / len(profile.sections)


def _marked(profile: Profile, text: str) -> float:
    if not profile.markers:
        return 0.0
    return min(1.0, sum(m in text for m in profile.markers) / max(1, len(profile.markers) - 1))


@lru_cache(maxsize=32)
def _names(profile: str) -> re.Pattern[str]:
    found = profile_of(profile)
    return re.compile("|".join(map(re.escape, found.provinces if found else ())) or "(?!)")


def _home(profile: Profile, entity: str | None, text: str) -> float:
    """1 when the unit lies in the profile's province, by its name or by the place names of the text."""
    names = _names(profile.id)
    if entity and names.search(entity):
        return 1.0
    here = len(names.findall(text))
    others = (p for p in load_profiles() if p.provinces != profile.provinces)
    elsewhere = max((len(_names(p.id).findall(text)) for p in others), default=0)
    return 1.0 if here > max(_SOME, 2 * elsewhere) else 0.0


_ENOUGH: Final = 0.45
_CLEAR: Final = 0.05


def _chosen(candidates: Sequence[Candidate]) -> Candidate | None:
    """The best layout, when it fits well and better than the next; of two alike, the one that is not general."""
    best = [c for c in candidates if c.score >= _ENOUGH]
    close = [c for c in best if best[0].score - c.score < _CLEAR]
    special = [c for c in close if not _is_general(c.profile)]
    if len(special) == 1:
        return special[0]
    return close[0] if len(close) == 1 else None


def _is_general(profile: str) -> bool:
    found = profile_of(profile)
    return found is not None and found.general
