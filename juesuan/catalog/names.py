"""Names as people write them, made comparable."""

from __future__ import annotations

import re
import unicodedata

_LEVEL_MARK = re.compile(r"[(\[{【〔〈]\s*[类款项]\s*[)\]}】〕〉]\W*$")
_SUFFIX = "支出"


def fold(name: str) -> str:
    """A name without what does not distinguish accounts: width, spaces, brackets, quotes, marks, a final （类/款/项）.

    "因公出国（境）费用" and "因公出国 (境) 费用" fold alike. Never raises; may return "".
    """
    plain = unicodedata.normalize("NFKC", name)
    if plain.isalnum():
        return plain.casefold()
    return "".join(filter(str.isalnum, _LEVEL_MARK.sub("", plain))).casefold()


def stem(folded: str) -> str:
    """A folded name without the final 支出, which is often left off."""
    return folded.removesuffix(_SUFFIX) or folded


def variants(folded: str) -> tuple[str, ...]:
    """The other ways to write a folded name: with 支出 at its end, or without."""
    if not folded:
        return ()
    return (folded + _SUFFIX,) if stem(folded) == folded else (stem(folded),)


_PART = re.compile(
    r"(?P<name>[^（(]*(?:[（(](?![类款项]\s*[）)])[^（(）)]*[）)][^（(]*)*)[（(]\s*(?P<level>[类款项])\s*[）)]"
)
_NUMBER = r"[\d一二三四五六七八九十]+"
_LEAD = re.compile(rf"^\s*(?:\d+|[（(]{_NUMBER}[）)]|{_NUMBER}\s*[.．、，:：）)])?\s*[.．、，:：]?[\s“”\"'‘’「『]*")


def split_path(text: str) -> tuple[str | None, str | None, str | None]:
    """Category, group and item of a path as written, "…（类）…（款）…（项）"; None for a level without its mark.

    A list number or quote before the first name is left off; text after the last mark is ignored.
    """
    found: dict[str, str] = {}
    for part in _PART.finditer(text):
        name = part["name"].strip()
        if not found:
            name = _LEAD.sub("", name, count=1)
        found.setdefault(part["level"], name.strip(" 　“”\"‘’'「」『』/／>＞-—") or name)
    return found.get("类"), found.get("款"), found.get("项")
