"""Bytes to characters: which encoding a text is in, decided strictly, and what could not be decoded."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

__all__ = ["Decoded", "decode_text"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000
_PLAUSIBLE = 0.6
_TOLERABLE = 0.3
_BAD_SHARE = 0.01
_FIRST_LEAD, _LAST_COMMON_LEAD = 0xA1, 0xD7
_SUSPECT = re.compile(r"[^\x20-\x7e\t\n\r\f\v]")
_MARKS = re.compile(r"[\u00b0-\u00b7\u00d7\u00f7\u2000-\u206f\u2100-\u27bf\u3000-\u303f\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and the offsets of characters that were no valid bytes (now U+FFFD)."""

    text: str
    encoding: str
    bad: tuple[int, ...] = ()
    sure: bool = True


def decode_text(data: bytes, declared: str | None = None) -> Decoded | None:
    """Decode by byte order mark, declared name, or what the bytes themselves allow; None when nothing fits.

    Strict first: an encoding is taken only when all bytes are valid in it and the characters are
    those of Chinese office text. A UTF-8 or GB18030 text in which at most one character of a
    hundred is broken is decoded with U+FFFD in those places, listed in `bad`.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name) or _lenient(data[len(mark) :], (name,))
    # NUL bytes are valid UTF-8, but stand in UTF-16: then the likelihood of the characters decides.
    certain = (declared,) if declared is not None else ()
    certain = certain if b"\0" in data else (*certain, "utf-8")
    for name in certain:
        found = _strict(data, name)
        if found is not None:
            return found
    return _likeliest(data)


def _likeliest(data: bytes) -> Decoded | None:
    """The decoding whose characters are the most everyday Chinese."""
    candidates = [
        (_plausibility(found.text), -order, found)
        for order, name in enumerate(("gb18030", "utf-16-le", "utf-16-be", "utf-8"))
        if (found := _strict(data, name))
    ]
    score, _, best = max(candidates, default=(0.0, 0, None))
    if best is not None and score >= _PLAUSIBLE:
        return best
    mended = _lenient(data, ("utf-8", "gb18030"))
    if mended is None and best is not None and best.encoding == "gb18030" and score >= _TOLERABLE:
        return Decoded(best.text, best.encoding, sure=False)
    return mended


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeError, LookupError):
        return None


def _lenient(data: bytes, encodings: tuple[str, ...]) -> Decoded | None:
    """The decoding with the fewest broken characters, if those are few and the rest reads as Chinese."""
    best: Decoded | None = None
    for name in encodings:
        text = data.decode(name, errors="replace")
        bad = tuple(found.start() for found in re.finditer("\ufffd", text))
        if best is None or len(bad) < len(best.bad):
            best = Decoded(text, name, bad)
    if best is None or len(best.bad) > max(1, len(best.text) * _BAD_SHARE):
        return None
    rest = best.text.replace("\ufffd", "")
    return best if rest.strip() and _plausibility(rest) >= _PLAUSIBLE else None


def _plausibility(text: str) -> float:
    """How much of the text beyond plain ASCII is everyday Chinese, 0 to 1.

    A wrong decoding of Chinese also gives Chinese characters, but rare ones: the everyday 3755 of
    GB 2312 (its first level) tell the right decoding from the wrong ones.
    """
    suspects = _SUSPECT.findall(text[:_SAMPLE])
    if not suspects:
        return 1.0
    return sum(_everyday(char) for char in suspects) / len(suspects)


def _everyday(char: str) -> float:
    if _MARKS.match(char):
        return 1.0
    try:
        lead = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return 0.0
    if lead < _FIRST_LEAD:
        return 0.0
    return 1.0 if lead <= _LAST_COMMON_LEAD else 0.5
