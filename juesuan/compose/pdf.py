"""PDF by way of Word: LibreOffice turns the pages, and says on which page each heading stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pypdfium2 as pdfium

from juesuan.document.office import convert, find_converter
from juesuan.errors import UsageError

__all__ = ["as_pdf", "can_turn_pages", "pages_of"]

_NOISE = re.compile(r"[\s“”\"'‘’\ufffe\uffff]+")


def can_turn_pages() -> bool:
    """Whether LibreOffice is there."""
    return find_converter() is not None


def as_pdf(name: str, word: bytes) -> bytes:
    """A Word document as PDF. Raises UsageError without LibreOffice, UnreadableError when it fails."""
    if not can_turn_pages():
        raise UsageError(
            f"没有生成“{name}”：转成 PDF 需要 LibreOffice，请安装它（免费），或用 Word、WPS 打开 docx 后另存为 PDF。"
        )
    return convert(Path(name), word, "docx", "pdf")


def pages_of(lines: Iterable[tuple[str, tuple[str, ...]]], pdf: bytes) -> dict[str, int]:
    """The page, from 1, on which each line of the contents stands: in order, after the contents that list them too.

    `lines`: what the contents say, and the words that stand on the page.
    """
    document = pdfium.PdfDocument(pdf)
    try:
        texts = [_folded(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()
    wanted = [(line, [_folded(w) for w in words]) for line, words in lines]
    at = _after_contents(texts, [words[0] for _, words in wanted])
    found: dict[str, int] = {}
    for line, words in wanted:
        page = next((n for n in range(at, len(texts)) if all(w in texts[n] for w in words)), None)
        if page is not None:
            found[line] = page + 1
            at = page
    return found


def _folded(text: str) -> str:
    """Text without blanks and quotation marks, which a PDF's fonts may give back in another shape."""
    return _NOISE.sub("", text)


def _after_contents(texts: list[str], keys: list[str]) -> int:
    """The first page behind the contents: those pages hold titles, with dots between them and the margin."""
    last = max((n for n, text in enumerate(texts) if "...." in text and any(k in text for k in keys)), default=-1)
    return last + 1
