"""`juesuan review`: what became of each finding since the last version, and decisions on them."""

from __future__ import annotations

import argparse
import json
import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from juesuan import __version__
from juesuan.check import check_document
from juesuan.cli import output, reading
from juesuan.document.limits import Limits
from juesuan.errors import UnreadableError, UsageError
from juesuan.review.judge import decide
from juesuan.review.match import remember
from juesuan.review.memory import Judgement, Memory, Verdict, Version, load_memory, memory_path, save_memory
from juesuan.review.show import review_json, review_text

UNREAD = 3
_BEIJING = timezone(timedelta(hours=8))


def run(arguments: argparse.Namespace) -> int:
    """Bring the memory up to date with the report, apply the decisions, show the result. 0, or 3 when unreadable."""
    report = Path(arguments.report)
    path = memory_path(report)
    file = output.target(arguments.output, [report, path])
    deciding = bool(arguments.accept or arguments.dismiss or arguments.undo)
    if arguments.dismiss and not (arguments.reason or "").strip():
        raise UsageError("驳回要写明理由：加上 --reason “为什么不算错”。")
    memory = _start(path, arguments.since)
    if not arguments.list:
        try:
            memory = _read(report, memory, reading.limits_of(arguments))
        except UnreadableError as error:
            output.tell(str(error))
            return UNREAD
    elif not memory.versions:
        raise UsageError(f"“{report}”还没有审核记录，请先运行 juesuan review {report.name}。")
    if deciding:
        memory = _decide(memory, arguments)
    if deciding or not arguments.list:
        save_memory(memory, path)
    if arguments.format == "json":
        text = json.dumps(review_json(memory), ensure_ascii=False, indent=1) + "\n"
    else:
        text = review_text(memory, output.width() if file is None else output.PLAIN_WIDTH)
    output.deliver(text, file)
    return 0


def _start(path: Path, since: str | None) -> Memory:
    """The memory beside the report; without one, what is remembered of the version named by --since."""
    own = load_memory(path)
    if since is None:
        return own or Memory()
    if own is not None:
        raise UsageError(f"已经有审核记录“{path}”，--since 只用于第一次审核改了文件名的新版。")
    given = Path(since)
    source = given if given.suffix == ".json" else memory_path(given)
    old = load_memory(source)
    if old is None:
        raise UsageError(f"找不到上一版的审核记录“{source}”，请检查 --since 的路径。")
    return Memory(old.entity, old.year, old.kind, old.versions, old.entries)


def _read(report: Path, memory: Memory, limits: Limits) -> Memory:
    name = str(report)
    document = reading.attempt(name, limits, lambda: reading.read(name, limits))
    checked = reading.attempt(name, limits, lambda: check_document(document))
    version = Version(0, report.name, document.sha256, _today(), __version__)
    return remember(memory, checked, document, version)


def _decide(memory: Memory, arguments: argparse.Namespace) -> Memory:
    by = arguments.by if arguments.by is not None else os.environ.get("USER") or os.environ.get("USERNAME") or ""
    reason = (arguments.reason or "").strip()
    for names, verdict in ((arguments.accept, Verdict.ACCEPTED), (arguments.dismiss, Verdict.DISMISSED)):
        if names:
            memory = decide(memory, names, Judgement(verdict, reason, by, _today()))
    return decide(memory, arguments.undo, None) if arguments.undo else memory


def _today() -> str:
    # Reports are published in China: "today" is the day there, wherever the program runs.
    return datetime.now(UTC).astimezone(_BEIJING).date().isoformat()
