"""`juesuan perform`: the performance of all projects in a folder, through the year."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from juesuan import __version__
from juesuan.books.store import write_whole
from juesuan.cli import output
from juesuan.cycle.overview import Line, overview_workbook
from juesuan.cycle.read import amount_of
from juesuan.cycle.start import new_cycle
from juesuan.cycle.store import FOLDER, OVERVIEW, Stored, file_name, load_folder, made_folder, save_cycle
from juesuan.cycle.support import books_lookup
from juesuan.errors import UsageError
from juesuan.performance.checks import Issue
from juesuan.performance.cycle import Cycle, at, cycle_issues, last_day_of, next_year, stages
from juesuan.performance.evidence import Lookup, unsupported
from juesuan.performance.monitor import Light, Monitored, Watch
from juesuan.performance.profiles import load_profile
from juesuan.performance.scoring import score_project
from juesuan.performance.telling import score_data, score_text
from juesuan.quantity import plain, rounded

SCHEMA = "juesuan.perform/1"
_TO_DO, _UNREAD = 1, 3
_FORMATS = ("text", "json")
_SIGNS = {Light.GREEN: "绿", Light.YELLOW: "黄", Light.RED: "红", Light.GREY: "—"}


def run(arguments: argparse.Namespace) -> int:
    """One action on a folder: 0 nothing to do, 1 something to be dealt with, 3 files unread. Raises UsageError."""
    if arguments.format not in _FORMATS:
        raise UsageError(f"没有格式“{arguments.format}”；可以用 {'、'.join(_FORMATS)}。")
    folder = Path(arguments.folder)
    if arguments.action == "new":
        return _new(arguments, folder)
    stored = load_folder(folder)
    for problem in stored.problems:
        output.tell(problem)
    if not stored.cycles:
        raise UsageError(
            f"文件夹“{stored.folder}”里没有项目的绩效表，请先用 juesuan perform {arguments.folder} new --name 项目名称 新建一张。"
        )
    status = _ACTIONS[arguments.action](arguments, stored)
    return _UNREAD if stored.problems else status


def _day(arguments: argparse.Namespace, cycles: Sequence[Cycle]) -> date:
    """The date asked for, else the last one observed, else the end of the projects' year."""
    if arguments.date:
        match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", arguments.date, re.ASCII)
        try:
            if match:
                return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:  # 2024-02-30
            pass
        raise UsageError(f"日期“{arguments.date}”写得不对，要写成 2024-08-31 的样子。")
    seen = last_day_of(cycles)
    years = [c.project.year for c in cycles if c.project.year is not None]
    if seen is None and not years:
        raise UsageError("绩效表里没有年度，也没有监控日期，请用 --date 写明监控到哪一天，如 --date 2024-08-31。")
    return seen or date(max(years), 12, 31)


def _lines(arguments: argparse.Namespace, cycles: Sequence[Cycle]) -> tuple[date, list[Line]]:
    day = _day(arguments, cycles)
    profile = load_profile(arguments.profile) if arguments.profile else None
    return day, [Line(c, _watched(c, day), score_project(c.project, profile)) for c in cycles]


def _watched(cycle: Cycle, day: date) -> Monitored:
    return at(cycle, day, lambda text: amount_of(text, cycle.project.money))


def _target(arguments: argparse.Namespace, stored: Stored) -> Path | None:
    return output.target(arguments.output, [stored.folder / c.file for c in stored.cycles])


def _deliver(arguments: argparse.Namespace, stored: Stored, text: str, data: Callable[[], object]) -> None:
    content = text
    if arguments.format == "json":
        body = {"schema": SCHEMA, "version": __version__, "action": arguments.action, "projects": data()}
        content = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    output.deliver(content, _target(arguments, stored))


# --- status ---


def _unsupported(cycle: Cycle, lookup: Lookup | None) -> Iterator[Issue]:
    """Completions that the registers and facts named as their evidence do not bear out."""
    if lookup is not None:
        for item in unsupported(cycle.project, lookup):
            yield Issue("unsupported", item.message, item.spot)


def _status(arguments: argparse.Namespace, stored: Stored) -> int:
    lookup = books_lookup(Path(arguments.folder), (c.project for c in stored.cycles))
    issues = {c.file: [*cycle_issues(c), *_unsupported(c, lookup)] for c in stored.cycles}
    count = sum(len(found) for found in issues.values())
    lines = [f"{stored.folder}：{len(stored.cycles)} 个项目，{f'{count} 处要处理' if count else '没有要处理的'}。"]
    for cycle in stored.cycles:
        steps = "；".join(f"{name} {state}" for name, state in stages(cycle).items() if state != "—")
        lines += ["", f"{cycle.project.label}（{cycle.file}）", f"  {steps}"]
        lines += [f"  · {issue.message}" for issue in issues[cycle.file]]

    def data() -> list[dict[str, object]]:
        return [
            {
                "file": c.file,
                "project": c.project.name,
                "code": c.project.code or None,
                "stages": stages(c),
                "issues": [{"kind": i.kind, "message": i.message} for i in issues[c.file]],
            }
            for c in stored.cycles
        ]

    _deliver(arguments, stored, "\n".join(lines) + "\n", data)
    return _TO_DO if count else 0


# --- monitor ---


def _monitor(arguments: argparse.Namespace, stored: Stored) -> int:
    day, found = _lines(arguments, stored.cycles)
    counts = "，".join(
        f"{_SIGNS[light]} {count}" for light in Light if (count := sum(1 for x in found if x.watched.light is light))
    )
    lines = [f"监控到 {day}：{len(found)} 个项目，{counts}（绿：达到计划的 80%；黄：60%～80%；红：不到 60%）。"]
    for item in sorted(found, key=lambda x: list(Light).index(x.watched.light), reverse=True):
        lines += ["", *_watch_text(item)]
    _deliver(arguments, stored, "\n".join(lines) + "\n", lambda: [_watch_data(x) for x in found])
    return _TO_DO if any(x.watched.light is Light.RED for x in found) else 0


def _watch_text(item: Line) -> Iterator[str]:
    watched, project = item.watched, item.cycle.project
    yield f"[{_SIGNS[watched.light]}] {project.label}（{item.cycle.file}）"
    for watch in (watched.execution, *watched.indicators):
        yield f"  {_SIGNS[watch.light]} {watch.what}：{watch.text}{f'。{watch.measure}' if watch.measure else ''}"
    if watched.forecast is not None:
        unused = f"，预计用不完 {plain(watched.unused)}{project.money}" if watched.unused else ""
        yield f"  预计年底执行 {plain(watched.forecast)}{project.money}{unused}"
    for seen in item.cycle.observations:
        if seen.taken_back is not None and seen.day <= watched.day:
            yield f"  {seen.day} 收回 {plain(seen.taken_back)}{project.money}{f'：{seen.measure}' if seen.measure else ''}"


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else plain(rounded(value, 2))


def _watch_data(item: Line) -> dict[str, object]:
    def one(watch: Watch) -> dict[str, object]:
        return {
            "name": watch.what, "light": watch.light.name.lower(), "done": _figure(watch.done),
            "planned": _figure(watch.planned), "text": watch.text, "measure": watch.measure or None,
        }  # fmt: skip

    watched = item.watched
    return {
        "file": item.cycle.file,
        "project": item.cycle.project.name,
        "date": watched.day.isoformat(),
        "light": watched.light.name.lower(),
        "execution": one(watched.execution),
        "indicators": [one(w) for w in watched.indicators],
        "forecast": _figure(watched.forecast),
        "unused": _figure(watched.unused),
    }


# --- score, report, new, next ---


def _score(arguments: argparse.Namespace, stored: Stored) -> int:
    profile = load_profile(arguments.profile) if arguments.profile else None
    found = [(c.file, score_project(c.project, profile)) for c in stored.cycles]
    text = "\n".join(score_text(file, [scored]) for file, scored in found)
    _deliver(arguments, stored, text, lambda: [{"file": file, **score_data([scored])[0]} for file, scored in found])
    return _TO_DO if any(s.differences or s.total_differs or s.unsupported for _, s in found) else 0


def _report(arguments: argparse.Namespace, stored: Stored) -> int:
    day, found = _lines(arguments, stored.cycles)
    path = _target(arguments, stored) or stored.folder / OVERVIEW
    made_folder(path.parent)
    write_whole(path, overview_workbook(found, day))
    output.tell(f"总览已写到“{path}”（{len(found)} 个项目，监控到 {day}）。")
    return 0


def _new(arguments: argparse.Namespace, folder: Path) -> int:
    if not arguments.name:
        raise UsageError("没有写项目名称，请加上 --name，例如 --name 培训经费。")
    place = folder if folder.name == FOLDER else folder / FOLDER
    cycle = new_cycle(arguments.name, arguments.kind, arguments.date)
    path = place / file_name(cycle)
    if path.exists():
        raise UsageError(f"文件“{path}”已经有了，请换一个项目名称，或先把它移走。")
    save_cycle(cycle, place)
    output.tell(f"已新建“{path}”，请用 Excel 或 WPS 打开，填写项目代码、预算和指标。")
    return 0


def _next(arguments: argparse.Namespace, stored: Stored) -> int:
    if not arguments.output:
        raise UsageError("没有写下年的文件夹，请加上 -o，例如 -o 2025年账册。")
    target = Path(arguments.output)
    place = target if target.name == FOLDER else target / FOLDER
    taken = [c.file for c in stored.cycles if (place / c.file).exists()]
    if taken:
        raise UsageError(f"文件夹“{place}”里已经有“{taken[0]}”，没有写，请换一个文件夹。")
    carried = 0
    for cycle in stored.cycles:
        fresh = next_year(cycle)
        carried += len(fresh.followups)
        save_cycle(replace(fresh, file=cycle.file), place)
    output.tell(f"已写出下年的 {len(stored.cycles)} 张项目表到“{place}”，带入没有完成的整改 {carried} 条。")
    return 0


_ACTIONS: dict[str, Callable[[argparse.Namespace, Stored], int]] = {
    "status": _status,
    "monitor": _monitor,
    "score": _score,
    "report": _report,
    "next": _next,
}
