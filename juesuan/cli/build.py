"""`juesuan build`: the whole report from a unit's books. `juesuan profile diff`: what changed between two layouts."""

from __future__ import annotations

import argparse
from pathlib import Path

from juesuan.books.consistency import contradictions
from juesuan.books.problems import Grade, told
from juesuan.books.store import open_books, sound
from juesuan.cli import output
from juesuan.compose.profile_diff import profile_diff
from juesuan.compose.report import compile_report
from juesuan.compose.write import FORMATS, render_report, write_report
from juesuan.cycle.against import form_problems
from juesuan.cycle.store import projects_of
from juesuan.errors import BooksError

DEFAULT_FOLDER = "公开"


def run(arguments: argparse.Namespace) -> int:
    """Compile and write. 0, or an error that says what to write first."""
    folder = Path(arguments.folder)
    loaded = open_books(folder)
    books = sound(loaded)
    projects = projects_of(folder)
    problems = [*contradictions(loaded), *form_problems(projects, books)]
    bad = [p for p in problems if p.grade is Grade.BAD]
    if bad:
        raise BooksError(f"绩效表有 {len(bad)} 处写错，改正后再试：\n{told(bad)}")
    report = compile_report(
        books, cycles=projects.cycles, draft=arguments.draft, profile=arguments.profile, problems=problems
    )
    formats = tuple(dict.fromkeys(f.strip() for f in arguments.format.split(",") if f.strip())) or FORMATS[:1]
    template = Path(arguments.template) if arguments.template else None
    files = render_report(report, formats, template=template, pages=arguments.pages)
    out = Path(arguments.output) if arguments.output else folder / DEFAULT_FOLDER
    written = write_report(report, out, files, force=arguments.force)
    lines = [f"已生成 {path}" for path in written]
    for listed, head in (
        (report.contradictions, "账册有 {} 处互相矛盾，有关的数已标出，这份草稿不能公开："),
        (report.missing, "还缺 {} 处，文中已标【待填】："),
    ):
        if listed:
            lines += [head.format(len(listed)), *(f"  {n}. {m}" for n, m in enumerate(listed, 1))]
    if report.missing or report.contradictions:
        pass
    elif "docx" in formats and not (arguments.pages or "pdf" in formats):
        lines.append("目录页码在 Word 打开时更新（提示“更新域”时选“是”）；加 --pages 可由 LibreOffice 预先排好。")
    output.say("\n".join(lines) + "\n")
    return 0


def run_profile(arguments: argparse.Namespace) -> int:
    """Show the differences of two layouts."""
    output.say("\n".join(profile_diff(arguments.first, arguments.second)) + "\n")
    return 0
