"""The few calls of pdfium this package makes, with prototypes of our own.

The prototypes shipped with the binding convert every argument to a typed pointer, which costs more than the call
itself. Handles are plain integers here and results go to buffers. What is asked for each character or object of a page
is asked in bulk, with arguments converted beforehand, by a `map`: a fifth of the time.

pdfium is not thread-safe: hold `LOCK` around everything that happens between opening and closing a document.
"""

from __future__ import annotations

import ctypes
import math
import threading
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import compress, repeat
from typing import Any, Final

import pypdfium2.raw as pdfium

__all__ = [
    "FORM",
    "IMAGE",
    "LOCK",
    "PATH",
    "TEXT",
    "PasswordNeededError",
    "UnusableFileError",
    "address",
    "open_document",
    "open_page",
    "open_textpage",
]

LOCK: Final = threading.Lock()

TEXT: Final[int] = pdfium.FPDF_PAGEOBJ_TEXT
PATH: Final[int] = pdfium.FPDF_PAGEOBJ_PATH
IMAGE: Final[int] = pdfium.FPDF_PAGEOBJ_IMAGE
FORM: Final[int] = pdfium.FPDF_PAGEOBJ_FORM

_P = ctypes.c_void_p
_I = ctypes.c_int
_F = ctypes.c_float


class PasswordNeededError(Exception):
    """The file opens with a password only."""


class UnusableFileError(Exception):
    """pdfium finds no document in the bytes, or no page where one should be."""


# ctypes is untyped by nature: a prototype is any type, an argument any value.
def _bind(name: str, result: Any, *arguments: Any, long: bool = False) -> Callable[..., Any]:  # noqa: ANN401
    """A function of pdfium. Other threads run meanwhile only in calls that may take `long`."""
    where = ctypes.cast(getattr(pdfium, name), _P).value
    if where is None:
        message = f"pdfium lacks {name}"
        raise ImportError(message)
    kind = ctypes.CFUNCTYPE if long else ctypes.PYFUNCTYPE
    return kind(result, *arguments)(where)


_load_document = _bind("FPDF_LoadMemDocument64", _P, _P, ctypes.c_size_t, _P, long=True)
_close_document = _bind("FPDF_CloseDocument", None, _P, long=True)
_last_error = _bind("FPDF_GetLastError", ctypes.c_ulong)
_load_page = _bind("FPDF_LoadPage", _P, _P, _I, long=True)
_close_page = _bind("FPDF_ClosePage", None, _P, long=True)
_load_textpage = _bind("FPDFText_LoadPage", _P, _P, long=True)
_close_textpage = _bind("FPDFText_ClosePage", None, _P, long=True)

page_count = _bind("FPDF_GetPageCount", _I, _P)
attachment_count = _bind("FPDFDoc_GetAttachmentCount", _I, _P)
page_rotation = _bind("FPDFPage_GetRotation", _I, _P)
page_bounds = _bind("FPDF_GetPageBoundingBox", _I, _P, _P)

count_chars = _bind("FPDFText_CountChars", _I, _P)
get_text = _bind("FPDFText_GetText", _I, _P, _I, _I, _P)
text_object = _bind("FPDFText_GetTextObject", _P, _P, _I)

count_objects = _bind("FPDFPage_CountObjects", _I, _P)
form_count_objects = _bind("FPDFFormObj_CountObjects", _I, _P)
object_type = _bind("FPDFPageObj_GetType", _I, _P)
object_bounds = _bind("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
object_matrix = _bind("FPDFPageObj_GetMatrix", _I, _P, _P)
fill_color = _bind("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
stroke_color = _bind("FPDFPageObj_GetStrokeColor", _I, _P, _P, _P, _P, _P)
draw_mode = _bind("FPDFPath_GetDrawMode", _I, _P, _P, _P)
count_segments = _bind("FPDFPath_CountSegments", _I, _P)
get_segment = _bind("FPDFPath_GetPathSegment", _P, _P, _I)
segment_point = _bind("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
segment_type = _bind("FPDFPathSegment_GetType", _I, _P)
segment_close = _bind("FPDFPathSegment_GetClose", _I, _P)
clip_path = _bind("FPDFPageObj_GetClipPath", _P, _P)
clip_count_paths = _bind("FPDFClipPath_CountPaths", _I, _P)
clip_count_segments = _bind("FPDFClipPath_CountPathSegments", _I, _P, _I)
clip_segment = _bind("FPDFClipPath_GetPathSegment", _P, _P, _I, _I)

MOVE_TO: Final[int] = pdfium.FPDF_SEGMENT_MOVETO
LINE_TO: Final[int] = pdfium.FPDF_SEGMENT_LINETO


# Without declared types an argument is converted beforehand, once, by `_pointer`; plain integers are passed as int.
_pointer: Final = _P.from_param
_get_unicode = _bind("FPDFText_GetUnicode", ctypes.c_uint)
_loose_box = _bind("FPDFText_GetLooseCharBox", _I)
_tight_box = _bind("FPDFText_GetCharBox", _I)
_char_angle = _bind("FPDFText_GetCharAngle", _F)
_font_size = _bind("FPDFText_GetFontSize", ctypes.c_double)
_char_matrix = _bind("FPDFText_GetMatrix", _I)
_char_origin = _bind("FPDFText_GetCharOrigin", _I)
_is_generated = _bind("FPDFText_IsGenerated", _I)
_get_object = _bind("FPDFPage_GetObject", _P)
_form_get_object = _bind("FPDFFormObj_GetObject", _P)


def unicodes(textpage: int, size: int) -> list[int]:
    """The code of each of the page's `size` characters."""
    return list(map(_get_unicode, repeat(_pointer(textpage)), range(size)))


def angles(textpage: int, size: int, step: int = 1) -> Iterator[float]:
    """How far each (or every `step`th) character is turned, against the clock."""
    return map(_char_angle, repeat(_pointer(textpage)), range(0, size, step))


def generated(textpage: int, numbers: list[int]) -> list[int]:
    """Those of the characters with these numbers that pdfium has put in itself."""
    return list(compress(numbers, map(_is_generated, repeat(_pointer(textpage)), numbers)))


def origins(textpage: int) -> Callable[[int], tuple[float, float]]:
    """Gives x and y of the origin of the character with a number, in pdfium's space."""
    point = (ctypes.c_double * 2)()
    where, x, y = _pointer(textpage), _pointer(address(point)), _pointer(address(point, 1))

    def origin(number: int) -> tuple[float, float]:
        _char_origin(where, number, x, y)
        across, up = point
        return across, up

    return origin


def loose_boxes(textpage: int, size: int) -> array[float]:
    """Left, top, right, bottom of each character, one after the other, in pdfium's space."""
    buffer = array("f", bytes(16 * size))
    start = buffer.buffer_info()[0]
    targets = map(_pointer, range(start, start + 16 * size, 16))
    for _ in map(_loose_box, repeat(_pointer(textpage)), range(size), targets):
        pass
    return buffer


def _doubles(ask: Callable[..., Any], textpage: int, size: int, order: tuple[int, ...]) -> array[float]:
    """For each character the numbers that a function writes, in the places that `order` gives them."""
    count = len(order)
    buffer = array("d", bytes(8 * count * size))
    start = buffer.buffer_info()[0]
    targets = [map(_pointer, range(start + 8 * k, start + 8 * (k + count * size), 8 * count)) for k in order]
    for _ in map(ask, repeat(_pointer(textpage)), range(size), *targets):
        pass
    return buffer


def tight_boxes(textpage: int, size: int) -> array[float]:
    """As `loose_boxes`, of the ink, in double precision."""
    return _doubles(_tight_box, textpage, size, (0, 2, 3, 1))


def all_origins(textpage: int, size: int) -> array[float]:
    """X and y of the origin of each character, one after the other, in pdfium's space."""
    return _doubles(_char_origin, textpage, size, (0, 1))


def heights(textpage: int, size: int) -> list[float]:
    """The height of the font of each character on the page, whichever way it is turned."""
    matrices = array("f", bytes(24 * size))
    start = matrices.buffer_info()[0]
    where = _pointer(textpage)
    for _ in map(_char_matrix, repeat(where), range(size), map(_pointer, range(start, start + 24 * size, 24))):
        pass
    sizes = map(_font_size, repeat(where), range(size))
    return [abs(font) * math.hypot(c, d) for font, c, d in zip(sizes, matrices[2::6], matrices[3::6], strict=True)]


def page_objects(page: int) -> list[int]:
    """The objects of a page."""
    return list(map(_get_object, repeat(_pointer(page)), range(max(count_objects(page), 0))))


def form_objects(form: int) -> list[int]:
    """The objects of a form; those pdfium does not give are left out."""
    count = max(form_count_objects(form), 0)
    return [found for found in map(_form_get_object, repeat(_pointer(form)), range(count)) if found]


def address(buffer: ctypes.Array[Any], item: int = 0) -> int:
    """Where item number `item` of a buffer lies."""
    size: int = ctypes.sizeof(buffer._type_)
    return ctypes.addressof(buffer) + item * size


@contextmanager
def open_document(data: bytes) -> Iterator[int]:
    """A document handle, closed at the end. `data` stays alive as long as the document."""
    handle: int | None = _load_document(ctypes.cast(ctypes.c_char_p(data), _P), len(data), None)
    if not handle:
        if _last_error() in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise PasswordNeededError
        raise UnusableFileError
    try:
        yield handle
    finally:
        _close_document(handle)


@contextmanager
def open_page(document: int, index: int) -> Iterator[int]:
    """A page handle, closed at the end; `index` counts from 0."""
    handle: int | None = _load_page(document, index)
    if not handle:
        raise UnusableFileError
    try:
        yield handle
    finally:
        _close_page(handle)


@contextmanager
def open_textpage(page: int) -> Iterator[int]:
    """The text of a page, closed at the end."""
    handle: int | None = _load_textpage(page)
    if not handle:
        raise UnusableFileError
    try:
        yield handle
    finally:
        _close_textpage(handle)
