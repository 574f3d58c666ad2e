"""A directory of books: loaded whole, with every problem named; files written at once or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from juesuan.books import agency
from juesuan.books.cells import lock_of
from juesuan.books.figures import Key, Money
from juesuan.books.model import Books, Count
from juesuan.books.narrative import load_narrative
from juesuan.books.plan import plan_of
from juesuan.books.problems import Grade, Problem, told
from juesuan.books.read_data import DataReading, read_data
from juesuan.books.register_files import read_registers, specs_with
from juesuan.books.registers import FILE as REGISTERS
from juesuan.books.registers import Register
from juesuan.books.settings import load_settings
from juesuan.books.write_data import FILE as DATA
from juesuan.catalog import ECONOMIC, FUNCTIONAL, load
from juesuan.errors import BooksError


@dataclass(frozen=True, slots=True)
class Loaded:
    """Books and what is wrong with their files. `reading` is what the workbook itself held."""

    books: Books
    problems: tuple[Problem, ...]
    reading: DataReading


def load_books(folder: Path) -> Books:
    """The books of a directory. Raises BooksError naming files, sheets and cells when something is written wrongly.

    Contradictions and gaps do not stop loading: see `juesuan.books.consistency`.
    """
    return sound(open_books(folder))


def sound(loaded: Loaded) -> Books:
    """The books that were opened, when nothing in them is written wrongly. Raises BooksError as `load_books`."""
    bad = [p for p in loaded.problems if p.grade is Grade.BAD]
    if bad:
        raise BooksError(f"账册“{loaded.books.folder}”有 {len(bad)} 处写错，改正后再试：\n{told(bad)}")
    return loaded.books


def open_books(folder: Path) -> Loaded:
    """As `load_books`, with the problems handed back instead of raised, so that all can be shown."""
    settings = load_settings(folder)
    plans = plan_of(settings.profile, settings.year)
    opened = "正在被 Excel 或 WPS 打开，没有保存的修改读不到；保存后再运行一次。"
    problems = [Problem(Grade.NOTE, f"{name} {opened}") for name in (DATA, REGISTERS) if lock_of(folder / name)]
    reading = read_data(folder / DATA, plans, settings.year)
    registers = read_registers(folder, specs_with(settings.registers), problems)
    typed, counts = _joined(reading, registers, settings.year)
    books = Books(
        entity=settings.entity,
        entity_kind=settings.entity_kind,
        year=settings.year,
        profile=settings.profile,
        typed=typed,
        counts=counts,
        registers=registers,
        narrative=load_narrative(folder),
        settings=settings,
        names={**_catalog_names(settings.year), **reading.names},
        folder=folder,
    )
    return Loaded(books, (*problems, *reading.problems), reading)


def _joined(
    reading: DataReading, registers: Mapping[str, Register], year: int
) -> tuple[dict[Key, Money], dict[str, Count]]:
    """What was typed, and what only registers say."""
    typed = dict(reading.typed)
    counts = {id_: Count(value, (cell,)) for id_, (value, cell) in reading.counts.items()}
    for tally in agency.tallies(registers, year):
        line = agency.BY_ID[tally.id]
        if not tally.from_rows:
            continue
        if line.concept:
            typed.setdefault(agency.key_of_line(line), agency.money_of(tally))
        else:
            counts.setdefault(tally.id, Count(int(tally.value), tally.cells, f"台账“{tally.register}”"))
    return typed, counts


def _catalog_names(year: int) -> dict[str, str]:
    catalog = load()
    return {a.code: catalog.named(a, year).name for a in catalog if a.kind in {FUNCTIONAL, ECONOMIC}}


def write_whole(path: Path, data: bytes) -> None:
    """Write a file at once: whoever looks, or a kill in between, finds the old one or the new one.

    Raises BooksError when the workbook is open elsewhere or the place cannot be written.
    """
    lock = lock_of(path)
    if lock is not None:
        raise BooksError(f"{path} 正在被打开（有 {lock.name}），请先保存并关闭它，再运行一次；没有写任何东西。")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with draft.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    except OSError as error:
        raise BooksError(
            f"{path} 写不进去（{error.strerror or '未知原因'}），请关闭打开它的程序或换一个位置；原文件没有变。"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
