"""A program of its own: reads a PDF from standard input, to see whether it can be read within limits.

Arguments: bytes of memory, seconds. Ends with 0 when it could be read or was refused by name; otherwise the memory ran
out or the library gave up.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.document.pdf.reader import read_unscreened
from juesuan.errors import UnreadableError


def main() -> int:
    """Read standard input."""
    memory, seconds = int(sys.argv[1]), float(sys.argv[2])
    _limit(memory)
    try:
        read_unscreened(
            Path("probe.pdf"), sys.stdin.buffer.read(), dataclasses.replace(DEFAULT_LIMITS, seconds=seconds)
        )
    except UnreadableError:
        return 0
    except MemoryError:
        return 1
    return 0


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit of the parent remains.
        return
    for kind, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


if __name__ == "__main__":
    sys.exit(main())
