"""`juesuan check` on folders: a journal that a killed run goes on from, progress, an overview, one result."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from juesuan import __version__
from juesuan.check import Selection
from juesuan.cli import output, reading
from juesuan.config import load_config
from juesuan.corpus.decode import report_of
from juesuan.corpus.engine import Progress, Settings, records, run_batch
from juesuan.corpus.files import find_files
from juesuan.corpus.journal import Journal
from juesuan.corpus.overview import overview
from juesuan.corpus.summary import Summary, read_entities, summarise
from juesuan.errors import UsageError
from juesuan.findings import Severity
from juesuan.render.cells import csv_text
from juesuan.render.findings_csv import COLUMNS, report_rows
from juesuan.render.json import SCHEMA
from juesuan.render.words import SEVERITIES
from juesuan.rules import by_code

FINDINGS, UNREAD, INTERRUPTED = 1, 3, 130
JOURNAL_NAME = "审核记录.jsonl"
OVERVIEW_NAME = "总览.html"
FORMATS = ("text", "json", "csv", "xlsx", "html")
_EVERY = 10.0
_TERMINAL_EVERY = 0.5
_SLOW = 10.0
_MOST_SLOW = 5
_MOST_RULES = 10


def run(arguments: argparse.Namespace, selection: Selection) -> int:
    """Check all files of the folders; return 0, 1 or 3. Raises UsageError."""
    folders = [Path(path) for path in arguments.paths]
    _refuse(arguments)
    results = Path(arguments.results) if arguments.results else _beside(folders[0])
    file = output.target(arguments.output, [])
    if arguments.format == "xlsx" and file is None:
        raise UsageError("xlsx 格式不能显示在屏幕上，请用 -o 写进文件，例如 -o 检查表.xlsx。")
    wanted = read_entities(Path(arguments.entities)) if arguments.entities else None
    config = Path(arguments.config) if arguments.config else None
    if config is not None:
        load_config(config)
    sources = find_files(folders, results)
    if not sources:
        raise UsageError(f"文件夹“{folders[0]}”里没有可以审核的文件（docx、doc、pdf、xlsx、xls、html、txt 等）。")
    try:
        results.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"结果文件夹“{results}”建不成（{error.strerror}），请用 --results 换一个位置。") from error
    jobs = arguments.jobs or os.cpu_count() or 1
    limits = reading.limits_of(arguments)
    settings = Settings(results, selection, limits, jobs, config, review=not arguments.no_review)
    meter = _Meter(results)
    with Journal(results / JOURNAL_NAME, restart=arguments.restart) as journal:
        try:
            run_batch(sources, journal, settings, meter.tell)
        except KeyboardInterrupt:
            meter.end()
            output.tell("已中断。审过的都已记下，再运行同一条命令会接着审。")
            return INTERRUPTED
        meter.end()
        summary = summarise(records(journal, sources), wanted)
        title = "、".join(folder.resolve().name for folder in folders)
        page = overview(summary, title)
        output.deliver(page, results / OVERVIEW_NAME)
        _deliver(arguments.format, file, summary, page, results, lambda: records(journal, sources))
    _tell_slow(summary, arguments.timings)
    return _status(summary, arguments.fail_on)


def _refuse(arguments: argparse.Namespace) -> None:
    if arguments.format not in FORMATS:
        raise UsageError(f"审核文件夹时没有 {arguments.format} 格式，可用的格式：{'、'.join(FORMATS)}。")
    if arguments.fix:
        raise UsageError("--fix 不能用于文件夹，请一份一份地做。")
    if arguments.with_document:
        raise UsageError("--with-document 不能用于文件夹，请对单个文件使用。")


def _beside(folder: Path) -> Path:
    folder = folder.resolve()
    return folder.with_name(f"{folder.name}.审核结果")


def _status(summary: Summary, fail_on: str) -> int:
    if summary.unread:
        return UNREAD
    if fail_on == "never":
        return 0
    least = Severity[fail_on.upper()]
    return FINDINGS if any(summary.counts.get(s.key, 0) for s in Severity if s >= least) else 0


# --- results -------------------------------------------------------------------------------------------------


def _deliver(
    name: str,
    file: Path | None,
    summary: Summary,
    page: str,
    results: Path,
    again: Callable[[], Iterator[Mapping[str, Any]]],
) -> None:
    """The result in the wanted format; formats that hold every finding are written piece by piece."""
    if name == "text":
        output.deliver(summary_text(summary, results), file)
    elif name == "html":
        output.deliver(page, file)
    elif name == "csv":
        output.deliver_pieces(_csv(again()), file)
    elif name == "json":
        output.deliver_pieces(_json(again()), file)
    elif file is not None:
        output.deliver_by(lambda draft: _workbook(draft, len(summary.files), again), file)


def _workbook(draft: Path, number: int, again: Callable[[], Iterator[Mapping[str, Any]]]) -> None:
    from juesuan.render.xlsx import write_tables
    from juesuan.render.xlsx.table import table_of

    write_tables(
        draft,
        lambda: ((report_of(record["document"]), table_of(record["table"])) for record in again()),
        lambda: (row for record in again() for row in report_rows(report_of(record["document"]), {})),
        number,
        pictures=False,
    )


def _csv(found: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    yield csv_text(COLUMNS, ())
    for record in found:
        yield csv_text(COLUMNS, report_rows(report_of(record["document"]), {})).split("\r\n", 1)[1]


def _json(found: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    yield f'{{\n "schema": {json.dumps(SCHEMA)},\n "version": {json.dumps(__version__)},\n "documents": ['
    for number, record in enumerate(found):
        text = json.dumps(record["document"], ensure_ascii=False, allow_nan=False, indent=1)
        yield ("," if number else "") + "\n  " + text.replace("\n", "\n  ")
    yield "\n ]\n}\n"


def summary_text(summary: Summary, results: Path) -> str:
    """The end of a batch on the screen."""
    said = "，".join(f"{s.word} {summary.counts.get(s.key, 0)}" for s in SEVERITIES)
    lines = [f"合计  {len(summary.groups)} 个单位，{len(summary.files)} 份文件：{said}"]
    lines += [f"  未读或未读全  {one.name}：{'；'.join(one.lost)}" for one in summary.unread]
    for code, name, number, files in summary.rules[:_MOST_RULES]:
        rule = by_code(code)
        lines.append(f"  {code} {rule.title if rule else name}  {number} 处，{files} 份")
    if summary.missing is not None:
        lines.append(f"名单里没有找到报告的单位 {len(summary.missing)} 个")
        lines += [f"  {name}" for name in summary.missing]
    return "\n".join([*lines, f"总览：{results / OVERVIEW_NAME}"]) + "\n"


def _tell_slow(summary: Summary, timings: bool) -> None:  # noqa: FBT001 - the command's own switch
    slow = sorted(summary.files, key=lambda f: -f.milliseconds)
    shown = slow if timings else [f for f in slow[:_MOST_SLOW] if f.milliseconds >= _SLOW * 1000]
    for one in shown:
        output.tell(f"用时 {one.milliseconds / 1000:.1f} 秒：{one.name}")


# --- progress ------------------------------------------------------------------------------------------------


class _Meter:
    """Progress on standard error: one line that changes on a terminal, else a line from time to time."""

    def __init__(self, results: Path) -> None:
        self.results = results
        self.began = self.last = time.monotonic()
        self.live = sys.stderr is not None and sys.stderr.isatty()
        self.started = False

    def tell(self, now: Progress) -> None:
        """Show how far it is."""
        if not self.started:
            self.started = True
            if now.before:
                output.tell(f"接着上次的记录：{now.before} 份已审核过，还有 {now.total - now.before} 份。")
        if now.fate:
            self._line(f"没有查完：{now.finished}")
        moment = time.monotonic()
        if moment - self.last < (_TERMINAL_EVERY if self.live else _EVERY):
            return
        self.last = moment
        self._show(now, moment - self.began)

    def _show(self, now: Progress, passed: float) -> None:
        done = now.before + now.done
        said = f"{done}/{now.total}  {100 * done // max(now.total, 1)}%"
        if now.done and passed:
            left = (now.total - done) * passed / now.done
            said += f"  每秒 {now.done / passed:.1f} 份，还要约 {_span(left)}"
        slow = [f"{name}（{seconds:.0f} 秒）" for name, seconds in now.busy if seconds >= _SLOW]
        if slow:
            said += "  慢：" + "、".join(slow)
        if self.live:
            width = max(shutil.get_terminal_size().columns // 2 - 1, 20)
            sys.stderr.write(f"\r\x1b[K{said[:width]}")
            sys.stderr.flush()
        else:
            output.tell(said)

    def _line(self, text: str) -> None:
        if self.live:
            sys.stderr.write("\r\x1b[K")
        output.tell(text)

    def end(self) -> None:
        """The line is over."""
        if self.live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _span(seconds: float) -> str:
    return f"{seconds / 60:.0f} 分钟" if seconds >= 90 else f"{seconds:.0f} 秒"
