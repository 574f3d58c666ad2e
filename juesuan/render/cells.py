"""Text for the cells of a spreadsheet: nothing a stranger wrote may run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

__all__ = ["csv_text", "harmless"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]|[\t\r\n]")


def harmless(cell: str) -> str:
    """The cell's text, with an apostrophe before it where a spreadsheet would run it; a plain number stays one."""
    cell = cell.replace("\0", "\ufffd")
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as CSV, with the mark by which Excel knows UTF-8."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + _SURROGATE.sub("\ufffd", stream.getvalue())
