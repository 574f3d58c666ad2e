"""`juesuan import`: books filled from exports and the approval. What is there stays, unless told otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from juesuan.books.agency import BY_ID
from juesuan.books.derive import Resolver
from juesuan.books.figures import THREE_PUBLIC, Key, Money, label_of
from juesuan.books.problems import Grade, told
from juesuan.books.store import Loaded, open_books, write_whole
from juesuan.books.write_data import FILE, DataDraft, data_workbook
from juesuan.document.read import open_document
from juesuan.errors import BooksError
from juesuan.intake.found import Findings, Found, findings_of
from juesuan.understand.understanding import understand

BACKUP = "决算数据.导入前.xlsx"
_HALF = Decimal(50)
_MOST = 30


@dataclass(frozen=True, slots=True)
class Result:
    """What an import did, in lines for the user; `complete` when all was known and nothing was left as it was."""

    lines: tuple[str, ...]
    complete: bool


@dataclass(slots=True)
class _Merge:
    typed: dict[Key, Money]
    counts: dict[str, int]
    names: dict[str, str]
    filled: int = 0
    same: int = 0


def fill(folder: Path, files: Sequence[Path], *, force: bool = False) -> Result:
    """Fill the books from files and write them once. Raises BooksError, UnreadableError; then nothing was written."""
    loaded = open_books(folder)
    bad = [p for p in loaded.problems if p.grade is Grade.BAD]
    if bad:
        raise BooksError(f"账册“{folder}”有写错的地方，没有导入，请先改正：\n{told(bad)}")
    merge = _Merge(
        dict(loaded.reading.typed), {i: v for i, (v, _) in loaded.reading.counts.items()}, dict(loaded.reading.names)
    )
    lines: list[str] = []
    kept: list[str] = []
    unknown: list[str] = []
    for file in files:
        found = findings_of(understand(open_document(file)), loaded.books.year)
        lines += [f"{file.name}：认出 {'、'.join(found.tables) if found.tables else '0 张表'}"]
        if not found.tables:
            unknown.append(f"{file.name} 里没有认得的报表（要 Z01…、公开…、附03 一类的表或批复的附表）。")
        unknown += found.unknown
        kept += _merge(loaded, merge, found, force=force)
    lines.append(f"填入 {merge.filled} 个数，{merge.same} 个与已填的相同。")
    lines += _section("没有改动（与已填的不同；加 --force 以导入的为准）" if not force else "以导入的替换", kept)
    lines += _section("没有认出的", unknown)
    if merge.filled:
        _write(folder, loaded, merge)
        lines.append(f"已写入 {FILE}；导入前的那份存为 {BACKUP}。运行 juesuan status {folder} 核对。")
    return Result(tuple(lines), not unknown and not (kept and not force))


def _section(title: str, items: Sequence[str]) -> list[str]:
    if not items:
        return []
    more = [f"  （还有 {len(items) - _MOST} 条）"] if len(items) > _MOST else []
    return [f"{title}（{len(items)}）", *(f"  · {i}" for i in items[:_MOST]), *more]


def _merge(loaded: Loaded, merge: _Merge, found: Findings, *, force: bool) -> list[str]:
    kept: list[str] = []
    names = dict(loaded.books.names)
    for key, one in _without_rounded_totals(merge, found).items():
        before = merge.typed.get(key)
        if before is not None and before.yuan == one.value:
            merge.same += 1
            continue
        if before is not None:
            kept.append(f"{label_of(key, names)}：账册 {before.yuan:,} 元，{one.where} {one.value:,} 元")
            if not force:
                continue
        merge.typed[key] = Money(one.value, key, note=one.note)
        merge.filled += 1
    for id_, one in found.counts.items():
        count = merge.counts.get(id_)
        if count == one.value:
            merge.same += 1
            continue
        if count is not None:
            kept.append(f"{BY_ID[id_].label}：账册 {count}，{one.where} {one.value}")
            if not force:
                continue
        merge.counts[id_] = int(one.value)
        merge.filled += 1
    return kept


def _without_rounded_totals(merge: _Merge, found: Findings) -> dict[Key, Found]:
    """The amounts without zeros (which only 三公 needs), and without totals that follow but for rounding."""
    amounts = {
        key: one for key, one in found.amounts.items() if one.value or key in merge.typed or key.concept in THREE_PUBLIC
    }
    typed = {**merge.typed, **{key: Money(one.value, key) for key, one in amounts.items()}}
    resolver = Resolver(typed)
    done: dict[Key, Found] = {}
    for key, one in amounts.items():
        sums = [
            m
            for way in resolver.ways(key)
            if not way.usual and (m := resolver.compute(key, way)) is not None and m.parts
        ]
        follows = any(abs(m.yuan - one.value) <= (_HALF * (len(m.parts) + 1) if one.rounded else 0) for m in sums)
        if not follows:
            done[key] = one
    return done


def _write(folder: Path, loaded: Loaded, merge: _Merge) -> None:
    books = loaded.books
    draft = DataDraft(
        entity=books.entity,
        entity_kind=books.entity_kind,
        year=books.year,
        profile=books.profile,
        typed={key: replace(money, cells=()) for key, money in merge.typed.items()},
        counts=merge.counts,
        names=merge.names,
        has_running_cost=books.settings.has_running_cost,
    )
    data = data_workbook(draft)
    path = folder / FILE
    write_whole(folder / BACKUP, path.read_bytes())
    write_whole(path, data)
