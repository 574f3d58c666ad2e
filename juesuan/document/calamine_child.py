"""A program of its own: reads a workbook from standard input with calamine and writes its sheets as JSON.

It runs as a child process because the library may end its process on a damaged file. It imports
nothing of this package, so that it starts fast. Arguments: bytes of memory, most cells, most sheets.

Output: {"error": "password" | "damaged" | "limit"} or {"sheets": [{name, readable, hidden, cells,
merged}]}, where a cell is [row, column, kind, text] with kind "n" for a number (its repr), "t" for
text, and a merged area is [first row, first column, last row, last column].
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from collections.abc import Iterator
from typing import Any

import python_calamine as calamine


def main() -> None:
    """Read standard input, write the answer to standard output."""
    memory, cells, sheets = (int(text) for text in sys.argv[1:4])
    _limit(memory)
    try:
        answer = _read(sys.stdin.buffer.read(), cells, sheets)
    except calamine.PasswordError:
        answer = {"error": "password"}
    except calamine.CalamineError:
        answer = {"error": "damaged"}
    except (MemoryError, OverflowError):
        answer = {"error": "limit"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", errors="replace"))


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit of the parent remains.
        return
    for kind, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _read(data: bytes, most_cells: int, most_sheets: int) -> dict[str, Any]:
    workbook = calamine.load_workbook(io.BytesIO(data))
    if len(workbook.sheet_names) > most_sheets:
        return {"error": "limit"}
    sheets: list[dict[str, Any]] = []
    area = 0
    for metadata in workbook.sheets_metadata:
        readable = metadata.typ == calamine.SheetTypeEnum.WorkSheet
        answer = {
            "name": metadata.name,
            "readable": readable,
            "hidden": metadata.visible != calamine.SheetVisibleEnum.Visible,
            "cells": [],
            "merged": [],
        }
        sheets.append(answer)
        if not readable:
            continue
        sheet = workbook.get_sheet_by_name(metadata.name)
        area += sheet.height * sheet.width
        if area > most_cells:
            return {"error": "limit"}
        answer["cells"] = list(_cells(sheet))
        answer["merged"] = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    return {"sheets": sheets}


def _cells(sheet: calamine.CalamineSheet) -> Iterator[list[Any]]:
    top, left = sheet.start or (0, 0)
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), top):
        for column, value in enumerate(values, left):
            if isinstance(value, bool):
                yield [row, column, "t", "TRUE" if value else "FALSE"]
            elif isinstance(value, int | float):
                yield [row, column, "n", repr(value)]
            elif isinstance(value, dt.datetime) and value.time() == dt.time():
                yield [row, column, "t", value.date().isoformat()]
            elif value != "":
                yield [row, column, "t", str(value)]


if __name__ == "__main__":
    main()
