"""The time limit on one file: whatever is at work is stopped and a LimitError says so."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from juesuan.errors import LimitError

Result = TypeVar("Result")


def within(seconds: float, name: str, work: Callable[[], Result]) -> Result:
    """The result of `work`; LimitError when it takes longer than `seconds`.

    A timer interrupts the main thread as Ctrl-C would, which works on every system. Called from another
    thread, `work` runs without it.
    """
    if threading.current_thread() is not threading.main_thread():
        return work()
    bell = _Bell()
    timer = threading.Timer(seconds, bell.ring)
    timer.daemon = True
    # A program started in the background ignores the interrupt key, and with it the timer's interruption.
    before = signal.getsignal(signal.SIGINT)
    if not callable(before):
        signal.signal(signal.SIGINT, signal.default_int_handler)
    timer.start()
    try:
        try:
            return work()
        finally:
            timer.cancel()
            if not isinstance(sys.exception(), KeyboardInterrupt):
                bell.silence()
            if not callable(before):
                signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
    except KeyboardInterrupt:
        if bell.rung:
            message = f"文件“{name}”用了 {seconds:g} 秒还没有查完，已放弃；请拆分后再查，或用 --max-seconds 放宽时限。"
            raise LimitError(message) from None
        raise


class _Bell:
    """Rings at most once, and never after it was silenced."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.rung = False
        self.silent = False

    def ring(self) -> None:
        with self.lock:
            if not self.silent:
                self.rung = True
                _thread.interrupt_main()

    def silence(self) -> None:
        with self.lock:
            self.silent = True
        while self.rung:  # the interrupt is on its way: let it arrive here, where it is expected
            time.sleep(0.01)
