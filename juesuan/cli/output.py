"""Where results go: a file written whole or not at all, or the screen."""

from __future__ import annotations

import io
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

from juesuan.errors import UsageError

PLAIN_WIDTH = 80
_WIDEST = 120


def use_utf8() -> None:
    """Write UTF-8 whatever the console's own encoding is; the same bytes on every system."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def tell(message: str) -> None:
    """One message on standard error."""
    _write(sys.stderr, message + "\n")


def say(text: str) -> None:
    """Text on standard output. A reader that has gone away is no error."""
    _write(sys.stdout, text)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # pythonw has no streams
        return
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # What is still buffered would complain again when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def wants_color(*, refused: bool) -> bool:
    """Colours only on a terminal that shows them, and not against the user's wish (no-color.org)."""
    if refused or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not _is_terminal():
        return False
    # The old Windows console prints escape sequences as they are.
    return os.name != "nt" or bool(os.environ.get("WT_SESSION") or os.environ.get("TERM"))


def width() -> int:
    """Columns to write for: the terminal's, else 80, so that a piped result is always the same."""
    if not _is_terminal():
        return PLAIN_WIDTH
    return min(shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns, _WIDEST)


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def target(name: str | None, inputs: Iterable[Path]) -> Path | None:
    """The file named by -o, refused before any work when it cannot be one; None for the screen.

    Raises UsageError for a directory, a device, a missing folder, or one of the `inputs`.
    """
    if name is None or name == "-":
        return None
    try:
        # A link is followed: what it points to is what the user means to replace.
        path = Path(os.path.realpath(name))
        mode = path.stat().st_mode if path.exists() else None
        same = any(path.exists() and one.exists() and path.samefile(one) for one in inputs)
        has_folder = path.parent.is_dir()
    except (OSError, ValueError) as error:
        raise UsageError(f"不能写到“{name}”（{_reason(error)}），请换一个文件名。") from error
    if same:
        raise UsageError(f"“{name}”是要读的文件之一，不能用结果覆盖它，请给 -o 换一个文件名。")
    if mode is not None and stat.S_ISDIR(mode):
        raise UsageError(f"“{name}”是文件夹，-o 要一个文件名，例如 -o {name.rstrip('/')}/结果.html。")
    if mode is not None and not stat.S_ISREG(mode):
        raise UsageError(f"“{name}”不是普通文件，不能写结果，请给 -o 换一个文件名。")
    if not has_folder:
        raise UsageError(f"文件夹“{Path(name).parent}”不存在，请先建立它，或给 -o 换一个位置。")
    return path


def deliver(content: str | bytes, file: Path | None) -> None:
    """Write the result: to `file` at once and whole, else to standard output."""
    if file is None:
        if isinstance(content, bytes):
            raise UsageError("这种格式不能显示在屏幕上，请用 -o 写进文件。")
        say(content)
        return
    data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")

    def write(draft: Path) -> None:
        with draft.open("xb") as stream:
            stream.write(data)

    deliver_by(write, file)


def deliver_pieces(pieces: Iterable[str], file: Path | None) -> None:
    """Write a long result piece by piece: to `file`, which appears whole or not at all, else to standard output."""
    if file is None:
        for piece in pieces:
            say(piece)
        return

    def write(draft: Path) -> None:
        with draft.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            for piece in pieces:
                stream.write(piece)

    deliver_by(write, file)


def deliver_by(write: Callable[[Path], None], file: Path) -> None:
    """Let `write` make a file beside `file`, then put it in its place: whoever looks sees the one or the other."""
    draft = file.with_name(f".{file.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        try:
            write(draft)
            with draft.open("rb+") as stream:  # Windows syncs only what is open for writing.
                os.fsync(stream.fileno())
            if file.exists():
                shutil.copymode(file, draft)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"结果没有写成：“{file}”写不进去（{_reason(error)}），请关闭打开它的程序或换一个位置。"
        ) from error


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror or "未知原因") if isinstance(error, OSError) else "文件名含有不允许的字符"
