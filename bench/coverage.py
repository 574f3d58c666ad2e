"""How much of a sample's sentences is understood, counted by an own counter that shares nothing with the lexer.

    python bench/coverage.py [FILE]... [--json]

Counted: amounts (a number and 元, 万元, 亿元), percentages, and counts (a number and a measure word) in sentences; not
in table cells. Left out, because they are no figures of the matter: dates, list numbers, document numbers.
A figure is bound when a fact stands at its place, related when that fact is an operand of a judged relation.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.common import TXT, percent, table
from juesuan.document.model import Document, Paragraph
from juesuan.document.read import open_document
from juesuan.facts import State
from juesuan.place import Place
from juesuan.rules.base import View
from juesuan.understand.understanding import Understanding, understand

BOUND, RELATED = 97.0, 85.0
"""What is asked of the txt sample, in percent."""

_NUMBER = r"-?[0-9０-９]+(?:[,，] ?[0-9０-９]{3})*(?:[.．][0-9０-９]+)?"
_KINDS = {
    "amount": r"(?:亿|百万|万|千)?元|万(?![一-龥])|万(?=[，。；、）（])",
    "percent": r"[%％]",
    "count": (
        r"批次|人次|人|名|辆|台（套）|台|套|个百分点|个|项|次|家|户|件|份|场|期|批|位|所|座|处|篇|条|只|支|宗|起|届|分"
    ),
}
FIGURE = re.compile(
    "|".join(rf"(?P<{kind}>(?<![\d.．,A-Za-z〔\[]){_NUMBER}\s?(?:{body}))" for kind, body in _KINDS.items())
    + r"|(?P<words>[壹贰叁肆伍陆柒捌玖拾]+(?:辆|批次|人次|名|台)|百分之[一二三四五六七八九十百零点]+)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a sentence: kind, as written, where, and its sentence."""

    kind: str
    text: str
    block: int
    start: int
    end: int
    sentence: str


def figures(document: Document) -> Iterator[Figure]:
    """All figures of the document's sentences."""
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            continue
        for match in FIGURE.finditer(block.text):
            before = block.text[max(match.start() - 1, 0) : match.start()]
            if before in {"第", "-", "—", "/"}:
                continue
            kind = match.lastgroup or ""
            if kind == "words":
                kind = "percent" if match[0].startswith("百分") else "count"
            yield Figure(kind, match[0], block.id, match.start(), match.end(), _sentence(block.text, match.start()))


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in "。；") + 1
    ends = [i for mark in "。；" if (i := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text))]


@dataclass(frozen=True, slots=True)
class Covered:
    """A figure with what the program made of it."""

    figure: Figure
    bound: bool
    related: bool


def cover(document: Document, understanding: Understanding) -> list[Covered]:
    """Each figure with whether a fact, and a judged relation, stands there."""
    view = View(understanding)
    bound = [f.place for f in understanding.facts if f.scope.year is not None or understanding.identity.year is None]
    related = [
        f.place for j in view.judged if j.verdict.state is not State.UNJUDGED for f in j.relation.facts if f.id >= 0
    ]
    bound_at, related_at = _characters(bound), _characters(related)
    found = []
    for figure in figures(document):
        inside = {(figure.block, i) for i in range(figure.start, figure.end)}
        found.append(Covered(figure, bool(inside & bound_at), bool(inside & related_at)))
    return found


def _characters(places: Sequence[Place]) -> set[tuple[int, int]]:
    return {
        (p.start.block, i)
        for p in places
        if p.row is None and p.series is None and p.start.block == p.end.block
        for i in range(p.start.offset, p.end.offset)
    }


def summary(name: str, found: Sequence[Covered]) -> list[list[object]]:
    """One row a kind, and one for all."""
    rows: list[list[object]] = []
    for kind in ("amount", "percent", "count", "all"):
        group = [c for c in found if kind in {"all", c.figure.kind}]
        n, b, r = len(group), sum(c.bound for c in group), sum(c.related for c in group)
        rows.append([name, kind, n, b, percent(b, n), r, percent(r, n)])
    return rows


HEADS = ["document", "kind", "figures", "bound", "of all", "related", "of all "]


def main() -> int:
    """Print the shares and what is not understood; exit status 1 when the txt sample falls short."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quiet", action="store_true", help="only the summary")
    options = parser.parse_args()
    short = False
    for path in options.files or [TXT]:
        document = open_document(path)
        found = cover(document, understand(document))
        loose = [c for c in found if not c.related]
        if options.json:
            rows = [
                {
                    "kind": c.figure.kind,
                    "text": c.figure.text,
                    "bound": c.bound,
                    "related": c.related,
                    "sentence": c.figure.sentence,
                }
                for c in found
            ]
            print(json.dumps({"document": path.name, "figures": rows}, ensure_ascii=False, indent=1))
        else:
            print(table(HEADS, summary(path.name, found)))
            if not options.quiet:
                print("\nNot bound or not related:\n")
                print(
                    table(
                        ["figure", "bound", "sentence"],
                        [[c.figure.text, "yes" if c.bound else "NO", c.figure.sentence[:120]] for c in loose],
                    )
                )
        n = len(found)
        if path == TXT and n:
            short = sum(c.bound for c in found) * 100 / n < BOUND or sum(c.related for c in found) * 100 / n < RELATED
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
