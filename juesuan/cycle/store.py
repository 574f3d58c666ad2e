"""The folder 绩效 of a unit's books: one workbook a project, read whole, written at once or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from juesuan.books.store import write_whole
from juesuan.cycle.read import read_cycle
from juesuan.cycle.workbook import project_workbook
from juesuan.document.read import open_document
from juesuan.errors import UnreadableError, UsageError
from juesuan.performance.cycle import Cycle

__all__ = [
    "FOLDER",
    "OVERVIEW",
    "Stored",
    "file_name",
    "load_folder",
    "made_folder",
    "performance_folder",
    "projects_of",
    "save_cycle",
]

FOLDER = "绩效"
OVERVIEW = "总览.xlsx"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Stored:
    """What the folder holds. `problems`: files that could not be read, each in one sentence.

    `opened`: workbooks that a program has open just now.
    """

    folder: Path
    cycles: tuple[Cycle, ...]
    problems: tuple[str, ...]
    opened: tuple[str, ...] = ()


def performance_folder(folder: Path) -> Path:
    """The folder 绩效 of a directory of books, or the directory itself when it is that. Raises UsageError."""
    if not folder.is_dir():
        raise UsageError(f"文件夹“{folder}”不存在，请检查路径。")
    inner = folder / FOLDER
    return inner if inner.is_dir() else folder


def load_folder(folder: Path) -> Stored:
    """All projects of a folder, by file name. Workbooks that Excel has open (~$…) and the overview are left out."""
    place = performance_folder(folder)
    files = sorted(f for f in place.glob("*.xlsx") if not f.name.startswith(("~$", ".")) and f.name != OVERVIEW)
    cycles: list[Cycle] = []
    problems: list[str] = []
    for file in files:
        try:
            cycle = read_cycle(open_document(str(file)), file.name)
        except UnreadableError as error:
            problems.append(str(error))
            continue
        if cycle is None:
            problems.append(
                f"文件“{file}”里没有读到绩效表，请核对第一张工作表的表头“三级指标”“指标值”是否还在，或删去这个文件。"
            )
        else:
            cycles.append(cycle)
    opened = tuple(f.name.removeprefix("~$") for f in sorted(place.glob("~$*.xlsx")))
    return Stored(place, tuple(cycles), (*problems, *_twice(cycles)), opened)


def projects_of(folder: Path) -> Stored:
    """The projects of a directory of books; none where it has no folder of them."""
    place = folder / FOLDER
    return load_folder(place) if place.is_dir() else Stored(place, (), ())


def _twice(cycles: Sequence[Cycle]) -> list[str]:
    """Two workbooks with one project code."""
    seen: dict[str, str] = {}
    found: list[str] = []
    for cycle in cycles:
        code = cycle.project.code
        if code and code in seen:
            found.append(f"文件“{cycle.file}”与“{seen[code]}”的项目代码相同（{code}），请核对，一个项目只留一个文件。")
        elif code:
            seen[code] = cycle.file
    return found


def file_name(cycle: Cycle) -> str:
    """The file a project is kept in: its code and name."""
    project = cycle.project
    parts = [p for p in (project.code, project.name or "部门整体") if p]
    name = _FORBIDDEN.sub("_", "-".join(parts)).strip(" .")[:_LONGEST_NAME]
    return f"{name or '项目'}.xlsx"


def save_cycle(cycle: Cycle, folder: Path) -> Path:
    """Write a project's workbook, in the place of the one it was read from. Raises BooksError, UsageError."""
    path = folder / (cycle.file or file_name(cycle))
    made_folder(folder)
    write_whole(path, project_workbook(cycle))
    return path


def made_folder(folder: Path) -> Path:
    """The folder, made where it is not there. Raises UsageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or "未知原因"
        raise UsageError(f"不能建立文件夹“{folder}”（{reason}），请换一个位置。") from error
    return folder
