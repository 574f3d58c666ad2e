"""Tables of data that rules read: tab-separated, the first line names the columns."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The lines of juesuan/rules/data/`name`.tsv, each by column."""
    text = (files("juesuan.rules") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    head, *lines = (line.split("\t") for line in text.splitlines() if line)
    return tuple(dict(zip(head, line, strict=True)) for line in lines)
