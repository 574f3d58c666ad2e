"""Words in tables made comparable: labels without layout and numbering; what measure, stage and year a header names."""

from __future__ import annotations

import re
from functools import lru_cache

from juesuan.catalog import fold
from juesuan.facts import Stage
from juesuan.quantity import MEASURES, Measure
from juesuan.taxonomy.words import HAN

_NUMBERING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+\s*[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}\s*[.．、])\s*"
)
_AMONG = re.compile(r"^\s*(?:其中|其 中)\s*[：:]?\s*")
_UNIT = re.compile(r"(?:金额)?单\s*位\s*[：:]\s*(亿元|万元|千元|元|万)(?!" + HAN + ")")
_MEASURE_ASIDE = re.compile(r"[（(]\s*(?:单位[：:])?(亿元|万元|千元|元)\s*[）)]")
_YEAR = re.compile(r"(20\d\d)\s*年")
_LAST_YEAR = re.compile(r"上年|上一年|去年")
_STAGES: tuple[tuple[str, Stage], ...] = (
    ("年初预算数", Stage.INITIAL),
    ("年初预算", Stage.INITIAL),
    ("全年预算数", Stage.ADJUSTED),
    ("全年预算", Stage.ADJUSTED),
    ("调整预算数", Stage.ADJUSTED),
    ("调整后预算数", Stage.ADJUSTED),
    ("预算数", Stage.BUDGET),
    ("本年预算数", Stage.BUDGET),
    ("决算数", Stage.FINAL),
    ("本年决算数", Stage.FINAL),
    ("执行数", Stage.EXECUTION),
    ("预算执行数", Stage.EXECUTION),
)
_STAGE_OF = {**dict(_STAGES), "预算": Stage.BUDGET}
_STAGE_ENDS = sorted((w for w, _ in _STAGES if w.startswith(("预", "决"))), key=len, reverse=True)


@lru_cache(maxsize=8192)
def label(text: str) -> str:
    """A label as it is compared: no spaces, numbering, brackets, quotes, 其中, measure.

    >>> label("八、社会保障和就业支出"), label("1. 一般公共预算"), label("预 算 数(万元)")
    ('社会保障和就业支出', '一般公共预算', '预算数')
    """
    bare = _MEASURE_ASIDE.sub("", "".join(text.split()))
    bare = _AMONG.sub("", _NUMBERING.sub("", bare.strip(), count=1))
    return fold(bare)


@lru_cache(maxsize=1024)
def stage_of(folded: str) -> tuple[str, Stage | None]:
    """The label without its stage word, and the stage: 收入决算数 → (收入, FINAL), 决算数 → ("", FINAL)."""
    if folded in _STAGE_OF:
        return "", _STAGE_OF[folded]
    year = re.fullmatch(r"(?:20\d\d年(?:度)?|上年|本年)(.+)", folded)
    if year and stage_of(year[1])[1]:
        return stage_of(year[1])
    for end in _STAGE_ENDS:
        if folded.endswith(end) and folded != end:
            return folded.removesuffix(end), _STAGE_OF[end]
    return folded, None


def year_of(text: str) -> tuple[int | None, bool]:
    """The year a header names, and whether it says "last year": 2023年决算数, 上年决算数."""
    found = _YEAR.search(text)
    return (int(found[1]) if found else None), bool(_LAST_YEAR.match(text.strip()))


def measure_in(text: str) -> Measure | None:
    """The measure a line like "金额单位：万元", "(单位:万元)", "预算数（万元）" names."""
    found = _UNIT.search(text) or _MEASURE_ASIDE.search(text)
    return MEASURES.get(found[1]) if found else None


def unit_in(text: str) -> tuple[Measure, tuple[int, int]] | None:
    """The measure a line names for a table, and where: 金额单位：万元."""
    found = _UNIT.search(text)
    measure = MEASURES.get(found[1]) if found else None
    return (measure, found.span()) if found and measure is not None else None
