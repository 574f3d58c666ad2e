"""From arguments to exit status: choose the command, and turn every refusal into one Chinese sentence."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from juesuan.cli import output
from juesuan.cli.parser import build_parser
from juesuan.errors import JuesuanError

WRONG_USAGE = 2
INTERRUPTED = 130

_COMMANDS = {
    "check": ("juesuan.cli.check", "run"),
    "review": ("juesuan.cli.review", "run"),
    "diff": ("juesuan.cli.diff", "run"),
    "facts": ("juesuan.cli.facts", "run"),
    "rule": ("juesuan.cli.lookup", "run_rule"),
    "catalog": ("juesuan.cli.lookup", "run_catalog"),
    "score": ("juesuan.cli.score", "run"),
    "perform": ("juesuan.cli.perform", "run"),
    "indicators": ("juesuan.cli.indicators", "run"),
    "new": ("juesuan.cli.books", "run_new"),
    "import": ("juesuan.cli.books", "run_import"),
    "status": ("juesuan.cli.books", "run_status"),
    "explain": ("juesuan.cli.books", "run_explain"),
    "trace": ("juesuan.cli.books", "run_trace"),
    "build": ("juesuan.cli.build", "run"),
    "profile": ("juesuan.cli.build", "run_profile"),
    "demo": ("juesuan.cli.demo", "run"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; `argv` is without the program's name (the process's own when None).

    Returns the exit status: 0 well, 1 findings, 2 wrong usage, 3 something could not be read, 130 interrupted.
    """
    output.use_utf8()
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        output.tell("已中断，没有写出结果。")
        return INTERRUPTED
    except JuesuanError as error:
        output.tell(str(error))
        return WRONG_USAGE


def _run(argv: Sequence[str]) -> int:
    parser = build_parser()
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as end:  # --help and --version have spoken
        return int(end.code or 0)
    if arguments.command is None:
        output.tell(parser.format_help().rstrip())
        return WRONG_USAGE
    module, function = _COMMANDS[arguments.command]
    command: Callable[[argparse.Namespace], int] = getattr(import_module(module), function)
    return command(arguments)
