"""The PDF that was checked, its bytes untouched; highlights, and a list of findings in front, are written behind."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from juesuan.document.model import Document
from juesuan.document.pdf import Frame, frames_of
from juesuan.errors import DamagedDocumentError, UsageError
from juesuan.findings import Finding, Report
from juesuan.place import PageBox
from juesuan.render import words
from juesuan.render.pdf.highlights import by_page, highlight
from juesuan.render.pdf.increment import Increment
from juesuan.render.pdf.listing import HEIGHT, WIDTH, Sheet, content_of, font, sheets_of
from juesuan.render.pdf.objects import array, dictionary
from juesuan.render.remarks import mark_of, remark
from juesuan.render.source import source_of

__all__ = ["render_pdf"]

_BROKEN: Final = (PyPdfError, ValueError, TypeError, LookupError, AttributeError, RecursionError, NotImplementedError)
"""What pypdf lets out on files that break the rules of PDF (its errors are not of one family)."""

_BESIDE: Final = 40.0
_ABOVE: Final = 120.0
"""Points left of and above the words when a link leads there, so that they stand in their context."""

# What pypdf remarks about a sloppy file is not for the user's screen.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def render_pdf(reports: Sequence[Report], documents: Mapping[str, Document]) -> bytes:
    """The bytes of the marked copy of the one PDF reported on. They begin with the very bytes of the original.

    Raises UsageError when there is not exactly one report, on a PDF that is still the file checked and that may be
    written to; DamagedDocumentError when it is too broken to be added to.
    """
    report, document, path, data = source_of(reports, documents, "pdf")
    frames = frames_of(data, sorted({box.page for finding in report.findings for box in _boxes(finding, document)}))
    try:
        return _marked(report, document, path, data, frames)
    except _BROKEN as error:
        raise DamagedDocumentError(
            f"{path.name} 能读出文字，但文件结构有错，不能加批注。请重新导出 PDF，或改用 --format html。"
        ) from error


def _marked(report: Report, document: Document, path: Path, data: bytes, frames: Mapping[int, Frame]) -> bytes:
    update = Increment(data)
    if update.encrypted:
        raise UsageError(f"{path.name} 设有权限密码，不能加批注。请去掉限制后再审核，或改用 --format html。")
    targets: dict[int, tuple[IndirectObject, Sequence[float]]] = {}
    for number, finding in enumerate(report.findings):
        note = f"{number + 1}. " + "\n".join(remark(finding, document))
        for page_number, boxes in by_page(_boxes(finding, document)).items():
            page, frame = update.page(page_number), frames[page_number]
            made = highlight(update, finding, boxes, frame, note)
            made[NameObject("/P")] = page
            _annotate(update, update.changed(page), made)
            targets.setdefault(number, (page, frame.written(*boxes[0])))
    letter = update.add(font())
    update.put_first([_page(update, sheet, letter, targets) for sheet in sheets_of(report, document)])
    return update.data()


def _boxes(finding: Finding, document: Document) -> tuple[PageBox, ...]:
    mark = mark_of(finding)
    where = words.where_of(mark, document) if mark is not None else None
    return where.boxes if where is not None and not where.file else ()


def _page(
    update: Increment,
    sheet: Sheet,
    letter: IndirectObject,
    targets: Mapping[int, tuple[IndirectObject, Sequence[float]]],
) -> DictionaryObject:
    """A page of the list, each finding on it a link to its place."""
    page = dictionary(
        {
            "/Type": "/Page",
            "/MediaBox": array((0, 0, WIDTH, HEIGHT)),
            "/Rotate": 0,
            "/Resources": dictionary({"/Font": dictionary({"/F1": letter})}),
            "/Contents": update.add(content_of(sheet).flate_encode()),
        }
    )
    for number, area in sheet.links:
        if number not in targets:
            continue
        target, corner = targets[number]
        place = array((target, "/XYZ", corner[0] - _BESIDE, corner[3] + _ABOVE, 0))
        link = dictionary({"/Type": "/Annot", "/Subtype": "/Link", "/Rect": array(area), "/Dest": place})
        link[NameObject("/Border")] = array((0, 0, 0))
        _annotate(update, page, link)
    return page


def _annotate(update: Increment, page: DictionaryObject, annotation: DictionaryObject) -> None:
    """Add an annotation behind those of the page, in a list of its own: the old one may be shared."""
    old = page.get("/Annots")
    listed = old.get_object() if old is not None else None
    kept = list(listed) if isinstance(listed, ArrayObject) else []
    page[NameObject("/Annots")] = ArrayObject([*kept, update.add(annotation)])
