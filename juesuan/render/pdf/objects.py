"""The few PDF objects a marked copy adds, from plain Python values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

__all__ = ["array", "dictionary", "number", "stream", "text"]

_DECIMALS = 2


def number(value: float) -> FloatObject:
    """A length or position, to a hundredth of a point: nobody sees less."""
    return FloatObject(round(value, _DECIMALS))


def text(value: str) -> TextStringObject:
    """A string for readers of the file; a lone surrogate, which has no encoding, becomes a replacement character."""
    return TextStringObject(value.encode("utf-16-le", "replace").decode("utf-16-le", "replace"))


def _object(value: PdfObject | str | float) -> PdfObject:
    """Strings are names."""
    if isinstance(value, PdfObject):
        return value
    if isinstance(value, str):
        return NameObject(value)
    return NumberObject(value) if isinstance(value, int) else number(value)


def array(values: Iterable[PdfObject | str | float]) -> ArrayObject:
    """A list; strings are names."""
    return ArrayObject([_object(value) for value in values])


def dictionary(values: Mapping[str, PdfObject | str | float]) -> DictionaryObject:
    """A dictionary; strings are names."""
    return DictionaryObject({NameObject(key): _object(value) for key, value in values.items()})


def stream(content: bytes, values: Mapping[str, PdfObject | str | float]) -> DecodedStreamObject:
    """A stream of these bytes with these entries in its dictionary."""
    made = DecodedStreamObject()
    made.set_data(content)
    made.update(dictionary(values))
    return made
