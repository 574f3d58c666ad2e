"""A composed report into files: each whole or not at all, and never over what a person has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from juesuan.books.store import write_whole
from juesuan.compose.document import contents_needles
from juesuan.compose.docx import write_docx
from juesuan.compose.draft import Draft
from juesuan.compose.html import write_html
from juesuan.compose.xlsx import write_xlsx
from juesuan.errors import UsageError

__all__ = ["FORMATS", "render_report", "write_report"]

FORMATS = ("docx", "xlsx", "html", "pdf")
STAMPS = ".juesuan-build.json"
"""Beside the files: what `build` wrote there, by name and SHA-256 (of two versions while they are exchanged)."""


def render_report(
    report: Draft, formats: Sequence[str], *, template: Path | None = None, pages: bool = False
) -> dict[str, bytes]:
    """The report in each format. `pages`: count pages for the contents even where no PDF is asked for.

    Raises UsageError for an unknown format, for a PDF without LibreOffice, and for a template that is no docx.
    """
    unknown = [f for f in formats if f not in FORMATS]
    if unknown:
        raise UsageError(f"不能生成“{'、'.join(unknown)}”，可以用 {'、'.join(FORMATS)}，例如 --format docx,xlsx。")
    made: dict[str, bytes] = {}
    if "docx" in formats or "pdf" in formats:
        made |= _word(report, formats, template, pages=pages)
    if "xlsx" in formats:
        made["xlsx"] = write_xlsx(report)
    if "html" in formats:
        made["html"] = write_html(report)
    return {name: made[name] for name in formats}


def _word(report: Draft, formats: Sequence[str], template: Path | None, *, pages: bool) -> dict[str, bytes]:
    """docx, and pdf where asked for: turned into pages once to count them, and again with their numbers set in."""
    word = write_docx(report, template=template)
    wanted = "pdf" in formats
    if not wanted and not pages:
        return {"docx": word}
    from juesuan.compose.pdf import as_pdf, can_turn_pages, pages_of

    if not wanted and not can_turn_pages():
        return {"docx": word}
    name = f"{report.title}.pdf"
    first = as_pdf(name, word)
    numbers = pages_of(contents_needles(report), first)
    word = write_docx(report, template=template, pages=numbers)
    return {"docx": word, **({"pdf": as_pdf(name, word)} if wanted else {})}


def write_report(report: Draft, folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> list[Path]:
    """Put the files into a folder, which is made. The paths written.

    A file that is there already is replaced only if `build` wrote it and nobody changed it since, or with `force`.
    Raises UsageError before anything is written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"不能建立文件夹“{folder}”（{error.strerror or '未知原因'}），请给 -o 换一个位置。") from error
    stamps = _stamps(folder)
    targets = {name: folder / f"{report.file_name}.{name}" for name in files}
    for path in targets.values():
        if not force and path.exists() and _digest(path.read_bytes()) not in stamps.get(path.name, "").split():
            raise UsageError(
                f"“{path}”已经存在，而且不是本程序原样生成的（可能有人改过），没有覆盖；"
                "请把它另存到别处，或给 -o 换一个文件夹，确实不要了再加 --force。"
            )
    made = {path.name: _digest(files[name]) for name, path in targets.items()}
    # Both the old and the new file are known as ours while they are exchanged: whatever a kill leaves, the next run goes on.
    both = {name: f"{stamps[name]} {new}" if name in stamps else new for name, new in made.items()}
    _stamp(folder, {**stamps, **both})
    for name, path in targets.items():
        write_whole(path, files[name])
    _stamp(folder, {**stamps, **made})
    return list(targets.values())


def _stamp(folder: Path, stamps: Mapping[str, str]) -> None:
    write_whole(folder / STAMPS, json.dumps(stamps, ensure_ascii=False, indent=1, sort_keys=True).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _stamps(folder: Path) -> dict[str, str]:
    """What was written here before; a damaged list counts as none, so that nothing is overwritten by mistake."""
    try:
        raw = json.loads((folder / STAMPS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in raw.items()} if isinstance(raw, dict) else {}
