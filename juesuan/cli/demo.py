"""`juesuan demo`: compile the example unit's report and check it, then check the real report it was made after."""

from __future__ import annotations

import argparse
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory

from juesuan.books.store import load_books
from juesuan.check import check_document, check_file
from juesuan.cli import output, presenting
from juesuan.compose.report import compile_report
from juesuan.compose.write import render_report
from juesuan.cycle.store import projects_of
from juesuan.document.txt import read_txt
from juesuan.findings import Report

SAMPLE = "anju-gsl-2023-final.txt"
_DATA = files("juesuan") / "data" / "demo"
_COMPILED = """一、由账册编制示例单位的整本报告，再审核它（不应有错误）

"""
_ORIGINAL = """
二、审核这个单位公开过的原报告

"""
_NEXT = """
一是程序由账册编制的，二是一份真实的公开报告。每条发现里，“^”标出写错的字，“算式”是程序算的，
“建议”是怎样改。
审核自己的报告：juesuan check 报告.docx
编制自己的报告：juesuan new 文件夹 --entity 单位全称 --year 2024
"""


def run(arguments: argparse.Namespace) -> int:
    """Show both on the screen; in a file or another format only the original. Always 0: no failure is the user's."""
    file = output.target(arguments.output, ())
    show = presenting.presenter(arguments, file)
    both = file is None and arguments.format == "text"
    if both:
        output.say(_COMPILED)
        output.deliver(show([_compiled()], {}), None)
        output.say(_ORIGINAL)
    document = read_txt(Path(SAMPLE), (_DATA / SAMPLE).read_bytes())
    output.deliver(show([check_document(document)], {document.path: document}), file)
    if both:
        output.say(_NEXT)
    return 0


def _compiled() -> Report:
    """What the check says of the report compiled from the example's books; nothing of either is kept."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _copy(_DATA / "books", folder)
        report = compile_report(load_books(folder), cycles=projects_of(folder).cycles)
        path = folder / f"{report.title}.docx"
        path.write_bytes(render_report(report, ("docx",))["docx"])
        return replace(check_file(path).report, path=path.name)


def _copy(source: Traversable, folder: Path) -> None:
    """The files of a directory, with those below it."""
    folder.mkdir(exist_ok=True)
    for part in source.iterdir():
        if part.is_dir():
            _copy(part, folder / part.name)
        else:
            (folder / part.name).write_bytes(part.read_bytes())
