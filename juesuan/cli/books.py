"""The commands on a unit's books: new, import, status, explain, trace."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from juesuan.books.consistency import contradictions
from juesuan.books.create import PERFORMANCE, Start, create
from juesuan.books.explain import Explanation, explanations
from juesuan.books.gaps import gaps
from juesuan.books.named import in_wan
from juesuan.books.plan import COMPILED
from juesuan.books.problems import Grade, Problem
from juesuan.books.store import load_books, open_books
from juesuan.books.trace import trace
from juesuan.books.write_data import DataDraft
from juesuan.cli import output
from juesuan.cycle.against import form_problems
from juesuan.cycle.store import projects_of

NOT_IN_ORDER = 1
_HEADINGS = (
    (Grade.BAD, "写错的（改正前不能编制）"),
    (Grade.CONTRADICTION, "互相矛盾的"),
    (Grade.MISSING, "还没有填的"),
    (Grade.NOTE, "提示"),
)


def run_new(arguments: argparse.Namespace) -> int:
    """Make a directory of books; 0. Raises BooksError or UnreadableError."""
    folder = Path(arguments.folder)
    told: tuple[str, ...] = ()
    if arguments.source:
        from juesuan.intake.last_year import start_from

        start, told = start_from(arguments.source, arguments.entity, arguments.year, arguments.profile, arguments.kind)
    else:
        start = Start(DataDraft(arguments.entity, arguments.kind, arguments.year, arguments.profile or COMPILED[0]))
    files = create(folder, start)
    lines = [f"已建立账册“{folder}”："]
    lines += [f"  {path.name}" for path in files] + [f"  {PERFORMANCE}/"]
    lines += [f"  {line}" for line in told]
    lines.append(f"下一步：填写 决算数据.xlsx（单位：元）和 文字.md，再运行 juesuan status {folder} 看还缺什么。")
    output.say("\n".join(lines) + "\n")
    return 0


def run_status(arguments: argparse.Namespace) -> int:
    """Say what is wrong, contradicts or is missing; 1 when something is, else 0."""
    folder = Path(arguments.folder)
    loaded = open_books(folder)
    forms = form_problems(projects_of(folder), loaded.books)
    found = [*loaded.problems, *contradictions(loaded), *gaps(loaded.books), *forms]
    books = loaded.books
    lines = [f"{books.entity} {books.year}年度 账册“{folder}”（方案 {books.profile}）"]
    for grade, heading in _HEADINGS:
        lines += _list(heading, [p for p in found if p.grade is grade])
    serious = any(p.grade is not Grade.NOTE for p in found)
    if not serious:
        lines += ["", "可以编制：没有写错、矛盾或缺少的。"]
    output.say("\n".join(lines) + "\n")
    return NOT_IN_ORDER if serious else 0


def _list(heading: str, problems: Iterable[Problem]) -> list[str]:
    found = list(problems)
    return ["", f"{heading}（{len(found)}）", *(f"  · {p.message}" for p in found)] if found else []


def run_explain(arguments: argparse.Namespace) -> int:
    """Split each change against the year before; 0."""
    books = load_books(Path(arguments.folder))
    lines: list[str] = []
    for one in explanations(books):
        if one.change:
            lines += _explained(one)
    output.say("\n".join(lines or ["没有可以分解的变动：上年决算数没有填，或与本年相同。"]) + "\n")
    return 0


def _explained(one: Explanation) -> list[str]:
    word = "增加" if one.change > 0 else "减少"
    growth = f"，{'增长' if one.change > 0 else '下降'}{one.rate}%" if one.rate else ""
    now, before, change = (in_wan(abs(v)) for v in (one.now.yuan, one.before.yuan, one.change))
    head = f"{one.name}：{now}万元，比上年{before}万元{word}{change}万元{growth}"
    lines = [head]
    for split in one.splits:
        if split.steps:
            terms = " ".join(f"{'＋' if s.change > 0 else '－'} {s.label} {in_wan(abs(s.change))}" for s in split.steps)
            lines.append(f"  {split.by}：{in_wan(one.change)} ＝ {terms.removeprefix('＋ ')}")
        if split.rest:
            lines.append(
                f"  {split.by}：还有 {in_wan(split.rest)} 万元没有分项数可以说明（“上年与预算”里补填上年分项数）"
            )
    if one.reason:
        lines.append(f"  已写的原因：{one.reason}")
    elif one.draft:
        lines.append(f"  原因草稿：主要是{one.draft}")
    return [*lines, ""]


def run_trace(arguments: argparse.Namespace) -> int:
    """Show a printed number's formula down to the cells; 1 when no figure prints so."""
    books = load_books(Path(arguments.folder))
    found = trace(books, arguments.number)
    if not found:
        hint = "金额写万元（13.28）或 132800元，比率写 13.80%。"
        output.tell(f"账册“{arguments.folder}”里没有印作“{arguments.number}”的数；{hint}")
        return NOT_IN_ORDER
    lines: list[str] = []
    for one in found:
        lines += [f"{one.label}：{one.printed}（{one.exact}）", *(f"  {line}" for line in one.lines), ""]
    output.say("\n".join(lines))
    return 0


def run_import(arguments: argparse.Namespace) -> int:
    """Fill books from files; 0, or 1 when something was not known or would have been overwritten."""
    from juesuan.intake.fill import fill

    result = fill(Path(arguments.folder), [Path(name) for name in arguments.files], force=arguments.force)
    output.say("\n".join(result.lines) + "\n")
    return 0 if result.complete else NOT_IN_ORDER
