"""Programs that read a stranger's file for us, in a child process: with limits, and nothing of them left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Ended", "run_child"]

_GRACE_SECONDS = 5
_POSIX = os.name == "posix"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: `status` is None when it was killed at its time limit."""

    status: int | None
    output: bytes = b""


def run_child(
    command: Sequence[str], *, seconds: float, data: bytes = b"", folder: Path | None = None, env: Mapping[str, str]
) -> Ended:
    """Run a program with `data` on its standard input, for at most so many seconds; its whole group ends with it."""
    with subprocess.Popen(  # noqa: S603 - fixed programs, and arguments made here
        list(command),
        cwd=folder,
        env=dict(env),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=_POSIX,
    ) as child:
        try:
            output, _ = child.communicate(data, timeout=seconds)
            return Ended(child.returncode, output)
        except subprocess.TimeoutExpired:
            return Ended(None)
        finally:
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child's group: a launcher may have ended and left the program it started."""
    if _POSIX:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    elif child.poll() is None:
        taskkill = Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "System32" / "taskkill.exe"
        with contextlib.suppress(OSError):
            subprocess.run([str(taskkill), "/F", "/T", "/PID", str(child.pid)], check=False, capture_output=True)  # noqa: S603
        child.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=_GRACE_SECONDS)
