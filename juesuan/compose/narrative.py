"""The words of 文字.md as the skeletons ask for them: by heading, with named facts filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from juesuan.books.model import Books
from juesuan.books.named import written
from juesuan.books.narrative import Passage
from juesuan.compose.figure import Figure

__all__ = ["Evaluated", "Narration"]

_PRIVATE = re.compile("[\ue000-\uf8ff]")


_SCORE, _SUMMARY = "得分", "综述"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A self-evaluation as the report mentions it: of what, its score as written or of its form, and its summary."""

    name: str
    score: str
    summary: str
    figure: Figure | None = None


class Narration:
    """What a person wrote, finished."""

    def __init__(self, books: Books) -> None:
        self.books = books

    def words(self, name: str) -> str | None:
        """The text under a heading, a line a paragraph; None where nothing is there."""
        found = self.books.narrative.section(name)
        return "\n".join(self._lines(found)) if found else None

    def reason(self, *names: str) -> str | None:
        """The reason of a change or difference, by any of its names."""
        found = self.books.narrative.reason(*names)
        return _clean(found).rstrip("。") if found else None

    def lines(self, name: str) -> list[str]:
        """The lines under a heading; none where nothing is there."""
        found = self.books.narrative.section(name)
        return self._lines(found) if found else []

    def evaluations(self, name: str) -> list[Evaluated]:
        """The self-evaluations below a heading: lines 得分：… and 综述：… of each section."""
        found: list[Evaluated] = []
        for passage in self.books.narrative.below(name):
            said = dict(line.replace("：", ":", 1).partition(":")[::2] for line in self._lines(passage))
            if said:
                found.append(
                    Evaluated(
                        passage.title, said.get(_SCORE, "").strip(), said.get(_SUMMARY, "").strip().rstrip("。；")
                    )
                )
        return found

    def attachments(self) -> list[tuple[str, list[str]]]:
        """Finished attachments: title and paragraphs, from the sections below 附件."""
        return [(p.title, self._lines(p)) for p in self.books.narrative.below("附件") if p.paragraphs]

    def _lines(self, passage: Passage) -> list[str]:
        return [_clean(line) for line in written(self.books, passage)]


def _clean(text: str) -> str:
    """Private characters are this program's own marks, and a person's text has none."""
    return _PRIVATE.sub("", text)
