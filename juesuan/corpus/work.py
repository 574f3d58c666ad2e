"""The work on one file of a batch, in a worker: its record as one line of JSON, and its page."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import quote

from juesuan.check import Selection, check_document
from juesuan.config import govern_one, load_config, switched_off
from juesuan.corpus.files import digest_of
from juesuan.document.limits import Limits
from juesuan.document.model import Document
from juesuan.document.read import open_document
from juesuan.errors import UnreadableError, UsageError
from juesuan.findings import Outcome, Report, Trouble
from juesuan.render.html import render_html
from juesuan.render.json import document_json
from juesuan.render.xlsx.table import check_table, table_json
from juesuan.review.judge import fold
from juesuan.review.memory import load_memory, memory_path

__all__ = ["Task", "check_one", "failed", "page_of"]

_BEIJING = timezone(timedelta(hours=8))
PAGES = "单份结果"


@dataclass(frozen=True, slots=True)
class Task:
    """One file to check. `stamp` says what it is checked with; `results` is the folder of the results."""

    path: Path
    name: str
    stamp: str
    results: Path
    selection: Selection
    limits: Limits
    config: Path | None
    review: bool


def check_one(task: Task) -> bytes:
    """Check one file, write its page, and return its record as a line of JSON."""
    start = time.perf_counter()
    report, document = _checked(task)
    _write_page(task, report, document)
    return _record(task, report, document, time.perf_counter() - start)


def failed(task: Task, why: str, seconds: float) -> bytes:
    """The record of a file whose worker did not come to an end."""
    report = _unreadable(task, why)
    _write_page(task, report, None)
    return _record(task, report, None, seconds)


def page_of(name: str) -> str:
    """The page of a file, from the folder of the results on, as a link."""
    return quote(f"{PAGES}/{name}.html")


def _checked(task: Task) -> tuple[Report, Document | None]:
    name = str(task.path)
    try:
        config = None if task.config is None else load_config(task.config)
        ignore = (*task.selection.ignore, *(switched_off(config) if config else ()))
        document = open_document(task.path, task.limits)
        profile = config.profile if config else None
        report = check_document(document, replace(task.selection, ignore=ignore), profile)
        if config is not None:
            report = govern_one(config, report, datetime.now(UTC).astimezone(_BEIJING).date())
        memory = load_memory(memory_path(task.path)) if task.review else None
        if memory is not None:
            report = fold(memory, memory_path(task.path), report, document)
    except (MemoryError, RecursionError):
        return _unreadable(task, f"文件“{name}”太大或嵌套太深，本机内存不够，没有查完；请拆分后再查。"), None
    except (UnreadableError, UsageError) as error:
        return _unreadable(task, str(error)), None
    return report, document


def _unreadable(task: Task, why: str) -> Report:
    trouble = Trouble(why, lost=True)
    return Report(path=str(task.path), sha256=digest_of(task.path), outcome=Outcome.UNREADABLE, problems=(trouble,))


def _record(task: Task, report: Report, document: Document | None, seconds: float) -> bytes:
    record = {
        "name": task.name,
        "stamp": task.stamp,
        "milliseconds": round(seconds * 1000),
        "document": document_json(replace(report, path=task.name), document),
        "table": table_json(check_table(report, document)),
    }
    return json.dumps(record, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")


def _write_page(task: Task, report: Report, document: Document | None) -> None:
    page = task.results / PAGES / f"{task.name}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    text = render_html([report], {} if document is None else {report.path: document})
    draft = page.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        draft.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        draft.replace(page)
    finally:
        draft.unlink(missing_ok=True)
