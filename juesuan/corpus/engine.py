"""A batch: find, skip what is done, check the rest on all cores, journal each result as it comes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from juesuan import __version__
from juesuan.check import Selection
from juesuan.corpus import pool
from juesuan.corpus.files import Source, digest_of
from juesuan.corpus.journal import Journal
from juesuan.corpus.work import Task, check_one, failed
from juesuan.document.limits import Limits
from juesuan.errors import UsageError
from juesuan.review.memory import memory_path

__all__ = ["CONFIG_NAME", "Progress", "Settings", "run_batch"]

CONFIG_NAME = "juesuan.toml"
LOG_NAME = "工作日志.txt"


@dataclass(frozen=True, slots=True)
class Settings:
    """How every file of a batch is checked. `config` is for all files; without it, the one beside each file."""

    results: Path
    selection: Selection
    limits: Limits
    jobs: int
    config: Path | None = None
    review: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is: files done by this run and before, of how many; what is at work, with seconds."""

    done: int
    before: int
    total: int
    busy: tuple[tuple[str, float], ...] = ()
    finished: str | None = None
    seconds: float = 0
    fate: str = ""


def run_batch(
    sources: Sequence[Source], journal: Journal, settings: Settings, tell: Callable[[Progress], None]
) -> None:
    """Check every file that the journal does not hold as it is now; each result is on disk before the next is told.

    A worker that dies or exceeds its time costs its own file only, which is recorded as unreadable.
    """
    tasks = [task for task in _tasks(sources, settings) if journal.stamps.get(task.name) != task.stamp]
    before = len(sources) - len(tasks)
    done = 0
    tell(Progress(0, before, len(sources)))

    def tick(busy: list[tuple[Task, float]]) -> None:
        at_work = tuple((task.name, seconds) for task, seconds in busy)
        tell(Progress(done, before, len(sources), at_work))

    if not tasks:
        return
    limits = pool.Limits(min(settings.jobs, len(tasks)), settings.limits.seconds)
    log = settings.results / LOG_NAME
    with closing(pool.work_through(check_one, tasks, limits, log, tick)) as results:
        for result in results:
            try:
                line = result.result or failed(result.task, _why(result, settings), result.seconds)
                journal.append(line)
            except OSError as error:
                raise UsageError(
                    f"结果写不进“{settings.results}”（{error.strerror}），审核停在这里；"
                    "请腾出空间或检查权限后再运行同一条命令，会接着审。"
                ) from error
            done += 1
            told = Progress(done, before, len(sources), (), result.task.name, result.seconds, result.fate)
            tell(told)


def records(journal: Journal, sources: Sequence[Source]) -> Iterator[Mapping[str, Any]]:
    """The records of these files in order, one in memory at a time."""
    return journal.records(source.name for source in sources)


def _tasks(sources: Sequence[Source], settings: Settings) -> Iterator[Task]:
    digests: dict[Path, str] = {}
    for source in sources:
        own = settings.config or source.path.parent / CONFIG_NAME
        config = own if settings.config is not None or own.exists() else None
        if config is not None and config not in digests:
            digests[config] = digest_of(config)
        memory = memory_path(source.path)
        stamp = {
            "program": __version__,
            "sha256": digest_of(source.path),
            "selection": asdict(settings.selection),
            "limits": asdict(settings.limits),
            "config": digests[config] if config is not None else None,
            "review": digest_of(memory) if settings.review and memory.exists() else None,
        }
        text = json.dumps(stamp, sort_keys=True)
        yield Task(
            path=source.path,
            name=source.name,
            stamp=hashlib.sha256(text.encode()).hexdigest(),
            results=settings.results,
            selection=settings.selection,
            limits=settings.limits,
            config=config,
            review=settings.review,
        )


def _why(result: pool.Done[Task], settings: Settings) -> str:
    name = result.task.path
    if result.fate == pool.Fate.OVERDUE:
        return (
            f"文件“{name}”用了 {settings.limits.seconds:g} 秒还没有查完，已放弃；"
            "请拆分后再查，或用 --max-seconds 放宽时限。"
        )
    return (
        f"文件“{name}”使审核进程意外结束（多半是文件损坏或内存不够），没有查完；"
        f"请另存一份再查。详情见 {settings.results / LOG_NAME}。"
    )
