"""The file a marked copy is made of: one report, its document, and the very bytes that were checked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from juesuan.document.model import Document
from juesuan.errors import UsageError
from juesuan.findings import Report

__all__ = ["source_of"]


def source_of(
    reports: Sequence[Report], documents: Mapping[str, Document], kind: str
) -> tuple[Report, Document, Path, bytes]:
    """The only report, its document, path and bytes.

    Raises UsageError when there are several reports, the file is not of the format `kind`, or it is no longer the
    file that was checked.
    """
    if len(reports) != 1:
        raise UsageError(f"--format {kind} 一次只标注一份文件，这次有 {len(reports)} 份，请一份一份地做。")
    report = reports[0]
    document = documents.get(report.path)
    if document is None:
        raise UsageError(f"“{report.path}”没有读出，不能标注，请先看未能读取的原因。")
    if document.format != kind:
        raise UsageError(
            f"“{report.path}”是 {document.format} 格式，--format {kind} 只能标注 {kind} 文件，"
            "请改用 --format html，或先另存为该格式。"
        )
    path = Path(report.path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"“{report.path}”审核后读不到了（{error.strerror}），请确认文件还在，再审核一次。") from error
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise UsageError(f"“{report.path}”在审核时被改动了，批注会标错地方，请再审核一次。")
    return report, document, path, data
