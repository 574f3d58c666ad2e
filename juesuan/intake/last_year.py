"""`juesuan new --from`: last year's report → what this year's books begin with: its figures, functions and glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from juesuan.books.before import matter_of
from juesuan.books.create import Start
from juesuan.books.derive import ECONOMIC_LENGTH, ITEM_LENGTH
from juesuan.books.figures import Key, Money, key_of
from juesuan.books.plan import compiled_like
from juesuan.books.write_data import DataDraft
from juesuan.catalog import load, split_path
from juesuan.document.read import open_document
from juesuan.errors import BooksError
from juesuan.facts import Aspect, Binding, Fact, Stage
from juesuan.intake.found import findings_of, key_of_fact
from juesuan.understand.outline import Section
from juesuan.understand.understanding import Understanding, understand

_TEXTS = (
    ("主要职能", re.compile(r"主要职能|主要职责|部门职责|单位职责|基本职能$")),
    ("机构设置", re.compile(r"机构设置|机构情况|机构组成")),
    ("名词解释", re.compile(r"名词解释")),
)
_PREFIX = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]?\s*")
_LEAST = 15
"""Fewer characters than this are a heading's remainder, not a text."""


def start_from(path: str, entity: str, year: int, profile: str | None, kind: str) -> tuple[Start, tuple[str, ...]]:
    """What books begin with, and lines that say what was taken and what was not. Raises UnreadableError, BooksError.

    Without a `profile` the tables are those of last year's report, or of the layout nearest to it.
    """
    known = understand(open_document(Path(path)))
    before = known.identity.year
    if before is not None and before != year - 1:
        raise BooksError(
            f"“{path}”是{before}年度的报告，不是上一年（{year - 1}年度）的，没有建立账册；请换上年的报告，或改 --year。"
        )
    typed = dict(_last_year(known, year))
    texts = dict(_texts(known))
    told = [f"取自“{Path(path).name}”：上年数 {len(typed)} 个；" + ("、".join(texts) or "没有认出职能和机构设置")]
    before_like = known.identity.profile
    chosen = profile or compiled_like(before_like)
    if before_like not in {chosen, "unknown"}:
        told.append(f"上年报告的样式像 {before_like}，账册用的是 {chosen}；不对时用 --profile 另建。")
    lacking = [name for name, concept, fund in _NEEDED if key_of(concept, fund, back=1) not in typed]
    if lacking:
        told.append(f"没有认出上年的 {'、'.join(lacking)}，请在“上年与预算”里补填。")
    draft = DataDraft(entity, kind, year, chosen, typed=typed)
    return Start(draft, texts=texts), tuple(told)


_NEEDED = (
    ("收入支出总计", "income_total", "all"),
    ("财政拨款收入支出总计", "income_total", "appropriation"),
    ("一般公共预算财政拨款支出", "expenditure", "general_budget"),
    ("机关运行经费", "agency_running_cost", None),
)


def _last_year(known: Understanding, year: int) -> Iterator[tuple[Key, Money]]:
    """Last year's figures that the books compare with: of tables first, then of the text."""
    seen: set[Key] = set()
    tables = findings_of(known, year - 1)
    name = Path(known.document.path).name
    pairs = [(key, Money(one.value, _back(key), note=f"取自 {one.where}")) for key, one in tables.amounts.items()]
    for fact in known.facts:
        key = _key_of_text(known, fact, year - 1)
        if key is not None:
            pairs.append(
                (key, Money(fact.quantity.base, _back(key), note=f"取自 {name}：{fact.label}{fact.quantity.text}"))
            )
    for key, money in pairs:
        before = _back(key)
        if key.back or key.stage is not Stage.FINAL or before in seen or matter_of(before) is None:
            continue
        if (key.account and (len(key.account) < ITEM_LENGTH or not money.yuan)) or (
            key.economic and (len(key.economic) < ECONOMIC_LENGTH or not money.yuan)
        ):
            continue  # sums of items, and items with nothing, say nothing
        seen.add(before)
        yield before, money


def _back(key: Key) -> Key:
    return replace(key, back=1)


def _key_of_text(known: Understanding, fact: Fact, year: int) -> Key | None:
    """The key of a figure the text states outright; its account is a path that the catalog may know."""
    scope = fact.scope
    if fact.id in known.disputed or fact.aspect is not Aspect.LEVEL or fact.binding is Binding.SECTION:
        return None
    if fact.quantity.approximate or scope.project or scope.economic or scope.nature or scope.stage is not Stage.FINAL:
        return None
    if scope.account is None or scope.account.isdecimal():
        return key_of_fact(fact, year)
    code = _code(scope.account, year)
    return key_of_fact(replace(fact, scope=replace(scope, account=code)), year) if code else None


def _code(path: str, year: int) -> str | None:
    parts = path.split("/") if "/" in path else list(split_path(path))
    padded = [*parts, None, None, None][:3]
    account = load().resolve(padded[0], padded[1], padded[2], year).account
    return account.code if account else None


def _texts(known: Understanding) -> Iterator[tuple[str, str]]:
    """Functions, organisation and glossary, as last year's report has them."""
    for name, title in _TEXTS:
        for section in known.outline.sections:
            if known.outline.part_of(section.passage).startswith("attachment") or not title.search(_head(section)):
                continue
            below = [s for s in known.outline.sections if s.parent == section.index]
            if not any(pattern.search(_head(s)) for s in below for _, pattern in _TEXTS):
                text = _text(known, section)
                if len(text) >= _LEAST:
                    yield name, text
                    break


def _head(section: Section) -> str:
    return section.title.split("。")[0][:30].strip()


def _text(known: Understanding, section: Section) -> str:
    """A section's paragraphs; of an item its own words after the title."""
    lines = [known.passages[n].text.strip() for n in range(section.first, section.last)]
    head = lines[0] if lines else ""
    after = (
        ""
        if head.endswith(section.title) and not section.is_item
        else _PREFIX.sub("", head).removeprefix(_head(section)).lstrip("。：:. ")
    )
    body = [after, *lines[1:]] if section.first == section.passage else lines
    return "\n".join(line for line in body if line).replace("{{", "{ {").replace("<!--", "")
