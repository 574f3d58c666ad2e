"""`juesuan diff`: what two versions of a report differ in."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from juesuan.check import check_document
from juesuan.cli import output, reading
from juesuan.document.limits import Limits
from juesuan.errors import UnreadableError
from juesuan.review.diff import Side, compare
from juesuan.review.show_diff import diff_json, diff_text
from juesuan.understand.understanding import understand

UNREAD = 3


def run(arguments: argparse.Namespace) -> int:
    """Compare OLD and NEW; 0, or 3 when one could not be read. Raises UsageError."""
    file = output.target(arguments.output, [Path(arguments.old), Path(arguments.new)])
    limits = reading.limits_of(arguments)
    try:
        old, new = _side(arguments.old, limits), _side(arguments.new, limits)
    except UnreadableError as error:
        output.tell(str(error))
        return UNREAD
    found = compare(old, new)
    if arguments.format == "json":
        text = json.dumps(diff_json(arguments.old, arguments.new, found), ensure_ascii=False, indent=1) + "\n"
    else:
        width = output.width() if file is None else output.PLAIN_WIDTH
        text = diff_text(arguments.old, arguments.new, found, width)
    output.deliver(text, file)
    for side in (old, new):
        for problem in side.known.document.problems:
            if problem.lost:
                output.tell(f"文件“{side.report.path}”没有读全：{problem.message}")
    return 0


def _side(name: str, limits: Limits) -> Side:
    def work() -> Side:
        document = reading.read(name, limits)
        return Side(check_document(document), understand(document))

    return reading.attempt(name, limits, work)
