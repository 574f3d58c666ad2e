"""The added first page (more where it overflows): the list of findings, each a link to its place.

The font is one of the Chinese fonts every PDF reader supplies by name, so that the copy carries none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pypdf.generic import DecodedStreamObject, DictionaryObject, TextStringObject

from juesuan.document.model import Document
from juesuan.findings import Report
from juesuan.render import words
from juesuan.render.pdf.objects import array, dictionary, stream
from juesuan.render.remarks import headline, mark_of
from juesuan.render.width import clip, visible, wrap

__all__ = ["HEIGHT", "WIDTH", "Sheet", "content_of", "font", "sheets_of"]

WIDTH: Final = 595.28
HEIGHT: Final = 841.89
_LEFT: Final = 50.0
_TOP: Final = HEIGHT - 60
_BOTTOM: Final = 55.0
_SIZES: Final = (10, 9, 8)
"""Points; the largest at which all findings stand on one page, and the middle one where none does."""
_LEADING: Final = 1.55
_COLUMNS: Final = 900
"""Half widths a line, times the size. Quotes and some signs are printed wider than they are counted: room is left."""
_INDENT: Final = 4
_QUOTE: Final = 60
_OTHER_CODES: Final = str.maketrans({"−": "－", "·": "・", "•": "・", "‰": "‰", "\u00a0": " "})
"""Signs that the encoding of Chinese fonts in PDF does not have, and the nearest it has."""
_PERCENT: Final = 830
"""Width of a percent sign: half a character is too little for it."""
_LAST_PLANE: Final = 0xFFFF


@dataclass(slots=True)
class _Line:
    """A printed line. `finding`: the number of the finding it leads to."""

    text: str
    size: int
    finding: int | None = None


@dataclass(slots=True)
class Sheet:
    """One added page: its lines with their baselines, and the area of each finding on it as a link."""

    lines: list[tuple[float, _Line]] = field(default_factory=list)
    links: list[tuple[int, tuple[float, float, float, float]]] = field(default_factory=list)


def sheets_of(report: Report, document: Document) -> list[Sheet]:
    """The pages that list the findings of a report: one, unless they are too many."""
    for size in _SIZES:
        sheets = _laid_out(_groups(report, document, size))
        if len(sheets) == 1:
            return sheets
    return _laid_out(_groups(report, document, _SIZES[1]))


def _laid_out(groups: list[list[_Line]]) -> list[Sheet]:
    sheets = [Sheet()]
    y = _TOP
    for group in groups:
        if y - sum(line.size * _LEADING for line in group) < _BOTTOM and y < _TOP:
            sheets.append(Sheet())
            y = _TOP
        for line in group:
            leading = line.size * _LEADING
            if y < _BOTTOM:
                sheets.append(Sheet())
                y = _TOP
            sheets[-1].lines.append((y, line))
            if line.finding is not None:
                sheets[-1].links.append((line.finding, (_LEFT, y - leading / 4, WIDTH - _LEFT, y + leading * 3 / 4)))
            y -= leading
        y -= group[-1].size * _LEADING / 2
    return sheets


def _groups(report: Report, document: Document, size: int) -> list[list[_Line]]:
    """What belongs together: the heading, and each finding."""
    counts = "，".join(f"{severity.word} {report.count(severity)}" for severity in words.SEVERITIES)
    said = (
        f"{words.heading(report)}　{words.profile(report)}",
        f"{counts}。文中高亮处为问题所在，批注内有算式和改法；点下列各条可跳到该处。",
        "以下页码是原文件的页码，不计所加的审核意见页；原有各页未改动。",
    )
    head = [_Line("审核意见", size + 8)]
    head += [_Line(line, size) for text in said for line in wrap(visible(text), _COLUMNS // size)]
    groups = [head]
    for number, finding in enumerate(report.findings):
        lines = _indented(f"{number + 1}. {headline(finding)}", size, number)
        mark = mark_of(finding)
        where = words.place(words.where_of(mark, document)) if mark else "全文"
        quote = f"“{clip(visible(mark.quote), _QUOTE)}”" if mark and mark.quote else ""
        mend = words.mend(finding) if finding.fix is not None else ""
        below = "　".join(filter(None, (quote, where, finding.rule, mend)))
        groups.append(lines + _indented(f"　 {below}", size, number))
    for trouble in report.problems:
        lost = "（内容有缺失）" if trouble.lost else ""
        groups.append(_indented(f"另须说明：{trouble.message}{lost}", size, None))
    return groups


def _indented(text: str, size: int, finding: int | None) -> list[_Line]:
    first, *rest = wrap(visible(text), _COLUMNS // size - _INDENT)
    return [_Line(first, size, finding), *(_Line(" " * _INDENT + line, size, finding) for line in rest)]


def content_of(sheet: Sheet) -> DecodedStreamObject:
    """The content stream of an added page; its font is /F1."""
    parts = ["BT"]
    for y, line in sheet.lines:
        parts.append(f"/F1 {line.size} Tf 1 0 0 1 {_LEFT:.2f} {y:.2f} Tm <{_codes(line.text)}> Tj")
    parts.append("ET")
    return stream("\n".join(parts).encode("ascii"), {})


def _codes(text: str) -> str:
    known = "".join(char if ord(char) <= _LAST_PLANE else "〓" for char in text.translate(_OTHER_CODES))
    return known.encode("utf-16-be", "replace").hex()


def font() -> DictionaryObject:
    """STSong-Light: the name by which every reader of PDF knows a Chinese font. ASCII is half a character wide."""
    system = dictionary({"/Registry": _ascii("Adobe"), "/Ordering": _ascii("GB1"), "/Supplement": 2})
    descriptor = dictionary(
        {
            "/Type": "/FontDescriptor",
            "/FontName": "/STSong-Light",
            "/Flags": 6,
            "/FontBBox": array((-25, -254, 1000, 880)),
            "/ItalicAngle": 0,
            "/Ascent": 880,
            "/Descent": -120,
            "/CapHeight": 880,
            "/StemV": 60,
        }
    )
    descendant = dictionary(
        {
            "/Type": "/Font",
            "/Subtype": "/CIDFontType0",
            "/BaseFont": "/STSong-Light",
            "/CIDSystemInfo": system,
            "/FontDescriptor": descriptor,
            "/DW": 1000,
            "/W": array((1, 5, 500, 6, 6, _PERCENT, 7, 95, 500)),
        }
    )
    return dictionary(
        {
            "/Type": "/Font",
            "/Subtype": "/Type0",
            "/BaseFont": "/STSong-Light",
            "/Encoding": "/UniGB-UCS2-H",
            "/DescendantFonts": array([descendant]),
        }
    )


def _ascii(value: str) -> TextStringObject:
    return TextStringObject(value)
