"""Worker processes that may die: whatever a file does to its worker, the others go on.

The standard pool gives up as a whole when one of its processes is killed, and does not say at which task. Here each
worker has one task at a time, so that the task of a dead or overdue worker is known.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Generic, TypeVar

__all__ = ["Done", "Fate", "Limits", "work_through"]

Task = TypeVar("Task")
_TICK = 0.5
_START = 120.0
"""A process may take so many seconds to start, on a machine with much else to do."""


class Fate:
    """How a task ended other than well."""

    OVERDUE = "overdue"
    DIED = "died"


@dataclass(frozen=True, slots=True)
class Limits:
    """`jobs` processes; `seconds` a task; a worker is replaced after `tasks`, so that memory stays flat."""

    jobs: int
    seconds: float
    tasks: int = 200
    memory: int = 4 * 1024**3


@dataclass(frozen=True, slots=True)
class Done(Generic[Task]):
    """A task with its result as bytes, or None and its fate. `busy`: what is at work now, with seconds."""

    task: Task
    result: bytes | None
    fate: str = ""
    seconds: float = 0


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: SpawnProcess
    pipe: Connection
    task: Task | None = None
    began: float = 0
    ready: bool = False
    done: int = 0


def work_through(
    function: Callable[[Task], bytes],
    tasks: Iterable[Task],
    limits: Limits,
    log: Path,
    tick: Callable[[list[tuple[Task, float]]], None],
) -> Generator[Done[Task], None, None]:
    """The results of `function` on each task, as they come. `tick` is told twice a second what is at work.

    `function` and the tasks must be picklable. What workers write on standard error goes into `log`.
    """
    waiting = iter(tasks)
    workers: list[_Worker[Task]] = []
    try:
        for _ in range(limits.jobs):
            worker = _start(function, limits, log)
            if not _give(worker, waiting):
                _stop(worker)
                break
            workers.append(worker)
        while workers:
            ready = set(wait([w.pipe for w in workers], _TICK))
            now = time.monotonic()
            tick([(w.task, now - w.began) for w in workers if w.task is not None])
            for number, worker in enumerate(workers):
                done = _look(worker, limits, heard=worker.pipe in ready)
                if done is None:
                    continue
                if done.fate or worker.done >= limits.tasks:
                    _stop(worker)
                    workers[number] = _start(function, limits, log)
                yield done
            for worker in [w for w in workers if w.task is None]:
                if not _give(worker, waiting):
                    _stop(worker)
                    workers.remove(worker)
    finally:
        for worker in workers:
            _stop(worker)


def _look(worker: _Worker[Task], limits: Limits, *, heard: bool) -> Done[Task] | None:
    """What has become of the worker's task, None while it is at work."""
    task, seconds = worker.task, time.monotonic() - worker.began
    if task is None:
        return None
    if heard:
        try:
            result = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            worker.task = None
            return Done(task, None, Fate.DIED, seconds)
        if not worker.ready:
            # Its first word only says that it has started; the task's time counts from here.
            worker.ready, worker.began = True, time.monotonic()
            return None
        worker.task = None
        worker.done += 1
        return Done(task, result, seconds=seconds)
    if seconds > limits.seconds + (0 if worker.ready else _START):
        worker.task = None
        return Done(task, None, Fate.OVERDUE, seconds)
    return None


def _give(worker: _Worker[Task], waiting: Iterator[Task]) -> bool:
    """Hand the worker its next task; False when there is none."""
    for task in waiting:
        worker.task, worker.began = task, time.monotonic()
        # A worker that died before its first task is noticed when its result is looked for.
        with suppress(OSError):
            worker.pipe.send(task)
        return True
    return False


def _start(function: Callable[[Task], bytes], limits: Limits, log: Path) -> _Worker[Task]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(function, theirs, limits.memory, str(log)), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _stop(worker: _Worker[Task]) -> None:
    worker.pipe.close()
    worker.process.join(0 if worker.task is not None else _TICK)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
    worker.process.close()


def _run(function: Callable[[Task], bytes], pipe: Connection, memory: int, log: str) -> None:
    """The life of a worker: tasks until the other end is gone."""
    # Ctrl-C goes to the whole group; the parent ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory)
    stream = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(stream, sys.__stderr__.fileno() if sys.__stderr__ is not None else 2)
    try:
        pipe.send_bytes(b"ready")
        while True:
            task: Task = pipe.recv()
            result = function(task)
            pipe.send_bytes(result)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent is gone, or has no more to do


def _limit_memory(most: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    # Systems without this limit say so with an error; there a task ends with the machine's memory.
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))
