"""The chosen format, checked before any work, and given those of the options it takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from inspect import signature
from pathlib import Path

from juesuan.cli import output, reading
from juesuan.document.model import Document
from juesuan.errors import UsageError
from juesuan.findings import Report, Safety
from juesuan.render import FORMATS, renderer

Present = Callable[[Sequence[Report], Mapping[str, Document]], "str | bytes"]


def presenter(arguments: argparse.Namespace, file: Path | None) -> Present:
    """What turns reports into the wanted output. Raises UsageError for an unknown format or an option it has not."""
    render = _loaded(arguments.format)
    takes = signature(render).parameters
    with_document = getattr(arguments, "with_document", False)
    if with_document and "with_document" not in takes:
        raise UsageError(f"--with-document 不能用于 {arguments.format} 格式，请改用 --format json。")
    fix = getattr(arguments, "fix", None)
    if fix and "fix" not in takes:
        raise UsageError(f"--fix 不能用于 {arguments.format} 格式：修订只能写进 Word 副本，请用 --format docx。")
    _refuse_use(arguments, file)
    on_screen = file is None
    options: dict[str, object] = {
        "color": on_screen and output.wants_color(refused=arguments.no_color),
        "width": output.width() if on_screen else output.PLAIN_WIDTH,
        "verbose": arguments.verbose,
        "with_document": with_document,
        "fix": Safety(fix) if fix else None,
    }
    if "limits" in takes and hasattr(arguments, "max_bytes"):
        options["limits"] = reading.limits_of(arguments)
    chosen = {name: value for name, value in options.items() if name in takes}
    return lambda reports, documents: render(reports, documents, **chosen)


def _refuse_use(arguments: argparse.Namespace, file: Path | None) -> None:
    """Refuse, before any work, what the format is not for."""
    chosen = FORMATS[arguments.format]
    if chosen.binary and file is None:
        raise UsageError(f"{arguments.format} 格式不能显示在屏幕上，请用 -o 写进文件，例如 -o 结果{chosen.suffix}。")
    number = len(reading.names_of(getattr(arguments, "paths", [""])))
    if chosen.source_kind and number != 1:
        raise UsageError(
            f"--format {arguments.format} 是在原文件的副本上标注，一次一份 {chosen.source_kind} 文件，"
            f"这次有 {number} 份，请一份一份地做。"
        )


def _loaded(name: str) -> Callable[..., str | bytes]:
    try:
        return renderer(name)
    except ModuleNotFoundError as error:
        raise UsageError(f"本机缺少输出 {name} 格式的组件（{error.name}），请安装它，或换一种 --format。") from error
