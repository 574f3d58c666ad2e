"""`juesuan facts`: the figures of reports as open data."""

from __future__ import annotations

import argparse

from juesuan.cli import output, reading
from juesuan.document.limits import Limits
from juesuan.errors import UnreadableError
from juesuan.render import fact_renderer
from juesuan.render.facts import FactSheet
from juesuan.understand.understanding import understand

UNREAD = 3


def run(arguments: argparse.Namespace) -> int:
    """Write the facts of the files named; 0, or 3 when something could not be read. Raises UsageError."""
    render = fact_renderer(arguments.format)
    names = reading.names_of(arguments.paths)
    file = output.target(arguments.output, reading.files_of(names))
    limits = reading.limits_of(arguments)
    sheets = [_sheet(name, limits) for name in names]
    output.deliver(render(sheets), file)
    for sheet in sheets:
        for problem in sheet.problems:
            named = sheet.path in problem
            output.tell(problem if named else f"文件“{sheet.path}”：{problem}")
    return UNREAD if any(sheet.outcome != "read" for sheet in sheets) else 0


def _sheet(name: str, limits: Limits) -> FactSheet:
    try:
        known = reading.attempt(name, limits, lambda: understand(reading.read(name, limits)))
    except UnreadableError as error:
        return FactSheet(name, None, (str(error),), "unreadable")
    problems = known.document.problems
    outcome = "partial" if any(problem.lost for problem in problems) else "read"
    return FactSheet(name, known, tuple(problem.message for problem in problems), outcome)
