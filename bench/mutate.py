"""Change one figure of a good document: is it found? Over all figures of the sentences, and over those in a relation.

    python bench/mutate.py [FILE] [--sample N] [--seed S] [--processes P] [--json]

Operators: one digit changed; two neighbouring digits swapped; ×10; the direction word or sign flipped; the
decimal point dropped. A change that leaves the value as it was is no mutant, nor is a figure that is already wrong.
Found means: a new error or warning whose evidence stands at the figure or in its sentence.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.common import TXT, percent, table
from bench.coverage import Figure, cover
from juesuan.check import check_document
from juesuan.document.model import Document, Paragraph
from juesuan.document.read import open_document
from juesuan.findings import Finding, Role, Severity
from juesuan.quantity import parse
from juesuan.understand.understanding import understand

KILLED_OF_RELATED = 95.0
"""What is asked of the related figures, in percent."""

_OPPOSITES = [
    ("增加", "减少"),
    ("增长", "下降"),
    ("上升", "下降"),
    ("大于", "小于"),
    ("高于", "低于"),
    ("超过", "低于"),
]
_FLIP = {a: b for pair in reversed(_OPPOSITES) for a, b in (pair, pair[::-1])}
_DIRECTION = re.compile("(" + "|".join(_FLIP) + r")(?:了|额|率|为|约|[ \s])*$")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: characters `start` to `end` of a block become `new`. `at` is the figure's new span."""

    operator: str
    figure: Figure
    related: bool
    start: int
    end: int
    new: str

    @property
    def shown(self) -> str:
        return f"{self.figure.text} → {self.new}"


Change = tuple[int, int, str]
Operator = Callable[[Figure, str, random.Random], Change | None]


def _digits(figure: Figure) -> re.Match[str] | None:
    return _NUMBER.search(figure.text)


def one_digit(figure: Figure, _text: str, rng: random.Random) -> Change | None:
    """Another digit in one position."""
    match = _digits(figure)
    if match is None:
        return None
    i = rng.choice([i for i in range(match.start(), match.end()) if figure.text[i].isdigit()])
    digit = rng.choice([d for d in "0123456789" if d != figure.text[i]])
    return figure.start, figure.end, figure.text[:i] + digit + figure.text[i + 1 :]


def swapped(figure: Figure, _text: str, rng: random.Random) -> Change | None:
    """Two neighbouring digits change places."""
    t = figure.text
    pairs = [i for i in range(len(t) - 1) if t[i].isdigit() and t[i + 1].isdigit() and t[i] != t[i + 1]]
    if not pairs:
        return None
    i = rng.choice(pairs)
    return figure.start, figure.end, t[:i] + t[i + 1] + t[i] + t[i + 2 :]


def ten_times(figure: Figure, _text: str, _rng: random.Random) -> Change | None:
    """The decimal point one digit to the right, or a zero more."""
    match = _digits(figure)
    if match is None:
        return None
    whole, _, part = match[0].partition(".")
    number = f"{whole}{part[:1] or '0'}" + (f".{part[1:]}" if part[1:] else "")
    return figure.start, figure.end, figure.text[: match.start()] + number + figure.text[match.end() :]


def flipped(figure: Figure, text: str, _rng: random.Random) -> Change | None:
    """The direction word before the figure, or its sign, turned round."""
    match = _DIRECTION.search(text[max(figure.start - 6, 0) : figure.start])
    if match is not None:
        start = max(figure.start - 6, 0) + match.start(1)
        return start, start + len(match[1]), _FLIP[match[1]]
    if figure.text.startswith("-"):
        return figure.start, figure.start + 1, ""
    return None


def no_point(figure: Figure, _text: str, _rng: random.Random) -> Change | None:
    """The decimal point left out."""
    if "." not in figure.text:
        return None
    return figure.start, figure.end, figure.text.replace(".", "", 1)


OPERATORS: dict[str, Operator] = {
    "digit": one_digit,
    "swap": swapped,
    "times10": ten_times,
    "direction": flipped,
    "point": no_point,
}


def mutants(document: Document, seed: int) -> Iterator[Mutant]:
    """All mutants of a document's sentences, the same for the same seed."""
    understanding = understand(document)
    wrong = {
        e.place
        for f in check_document(document).findings
        if f.severity > Severity.HINT
        for e in f.evidence
        if e.role is Role.SUBJECT
    }
    already = {(p.start.block, i) for p in wrong for i in range(p.start.offset, p.end.offset)}
    for covered in cover(document, understanding):
        figure = covered.figure
        if (figure.block, figure.start) in already:
            continue
        block = document.blocks[figure.block]
        text = block.text if isinstance(block, Paragraph) else ""
        for name, operator in OPERATORS.items():
            rng = random.Random(f"{seed}/{name}/{figure.block}/{figure.start}")
            change = operator(figure, text, rng)
            if change is not None and not _same(figure.text, change, figure):
                yield Mutant(name, figure, covered.related, *change)


def _same(text: str, change: Change, figure: Figure) -> bool:
    """Whether the changed figure has the value it had (0 × 10, 5.00 → 5)."""
    if change[:2] != (figure.start, figure.end):
        old = parse(text)
        return old is not None and old.value == 0
    old, new = parse(text), parse(change[2])
    return old is not None and new is not None and old.value == new.value


def mutate(document: Document, mutant: Mutant) -> tuple[Document, int, int]:
    """The document with the change, and the characters of the figure's sentence in it."""
    blocks = list(document.blocks)
    block = blocks[mutant.figure.block]
    if not isinstance(block, Paragraph):
        msg = "only paragraphs are mutated"
        raise TypeError(msg)
    text = block.text[: mutant.start] + mutant.new + block.text[mutant.end :]
    blocks[mutant.figure.block] = replace(block, text=text)
    marks = [i for m in "。；" if (i := text.rfind(m, 0, min(mutant.start, mutant.figure.start))) >= 0]
    after = max(mutant.start + len(mutant.new), mutant.figure.start + len(mutant.new) - (mutant.end - mutant.start))
    ends = [i for m in "。；" if (i := text.find(m, after)) >= 0]
    return replace(document, blocks=tuple(blocks)), max(marks, default=-1) + 1, min(ends, default=len(text))


def graver(findings: Iterable[Finding]) -> Counter[tuple[str, str, str]]:
    """Errors and warnings, counted by rule, grade and message."""
    return Counter((f.rule, f.severity.key, f.message) for f in findings if f.severity > Severity.HINT)


def is_found(document: Document, known: Counter[tuple[str, str, str]], mutant: Mutant) -> tuple[bool, list[str]]:
    """Whether the mutant is found, and which rules said something new anywhere."""
    changed, start, end = mutate(document, mutant)
    findings = [f for f in check_document(changed).findings if f.severity > Severity.HINT]
    new = [f for f in findings if (f.rule, f.severity.key, f.message) not in known]
    here = [
        f
        for f in new
        if any(
            e.place.start.block <= mutant.figure.block <= e.place.end.block
            and (e.place.start.block < mutant.figure.block or e.place.start.offset < end)
            and (e.place.end.block > mutant.figure.block or e.place.end.offset > start)
            for e in f.evidence
        )
    ]
    return bool(here), sorted({f.rule for f in new})


@cache
def _prepared(path: Path) -> tuple[Document, Counter[tuple[str, str, str]]]:
    document = open_document(path)
    return document, graver(check_document(document).findings)


def _judge(job: tuple[Path, Mutant]) -> tuple[bool, list[str]]:
    path, mutant = job
    document, known = _prepared(path)
    return is_found(document, known, mutant)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A mutant and what was said of it."""

    mutant: Mutant
    found: bool
    elsewhere: tuple[str, ...]


def run(path: Path, *, sample: int = 0, seed: int = 1, processes: int = 2) -> list[Outcome]:
    """Judge all mutants, or `sample` of them."""
    chosen = list(mutants(open_document(path), seed))
    if sample and sample < len(chosen):
        chosen = random.Random(seed).sample(chosen, sample)
    with ProcessPoolExecutor(processes) as pool:
        judged = pool.map(_judge, [(path, m) for m in chosen], chunksize=8)
        return [Outcome(m, found, tuple(rules)) for m, (found, rules) in zip(chosen, judged, strict=True)]


def rate(outcomes: Sequence[Outcome], *, related: bool) -> tuple[int, int]:
    """Found and all, over all mutants or those of related figures."""
    group = [o for o in outcomes if o.mutant.related or not related]
    return sum(o.found for o in group), len(group)


def last_digit(mutant: Mutant) -> bool:
    """Whether the figure moved by no more than one unit of its last digit, which rounding may hide."""
    old, new = parse(mutant.figure.text), parse(mutant.new)
    return (
        old is not None
        and new is not None
        and old.decimals == new.decimals
        and abs(old.value - new.value) <= Decimal(1).scaleb(-old.decimals)
    )


def summary(outcomes: Sequence[Outcome]) -> str:
    """By operator and by kind of figure."""
    rows: list[list[object]] = []
    for name, group in [
        *((op, [o for o in outcomes if o.mutant.operator == op]) for op in OPERATORS),
        *((kind, [o for o in outcomes if o.mutant.figure.kind == kind]) for kind in ("amount", "percent", "count")),
        ("all", list(outcomes)),
    ]:
        (found, n), (found_r, n_r) = rate(group, related=False), rate(group, related=True)
        rows.append([name, n, found, percent(found, n), n_r, found_r, percent(found_r, n_r)])
    return table(["mutants", "all", "found", "of all", "related", "found ", "of related"], rows)


def survivors(outcomes: Sequence[Outcome], *, related: bool) -> str:
    """The mutants nobody noticed."""
    rows = [
        [
            o.mutant.operator,
            o.mutant.figure.kind,
            o.mutant.shown,
            "last digit" if last_digit(o.mutant) else "、".join(o.elsewhere),
            o.mutant.figure.sentence[:90],
        ]
        for o in outcomes
        if not o.found and o.mutant.related is related
    ]
    return table(["operator", "kind", "change", "note", "sentence"], sorted(rows, key=lambda r: (r[0], r[1], r[4])))


def main() -> int:
    """Print the rates and survivors; exit status 1 when too few of the related are found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=TXT)
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="only N mutants, chosen by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quiet", action="store_true", help="only the summary")
    options = parser.parse_args()
    outcomes = run(options.file, sample=options.sample, seed=options.seed, processes=options.processes)
    found, n = rate(outcomes, related=True)
    if options.json:
        rows = [
            {
                "operator": o.mutant.operator,
                "change": o.mutant.shown,
                "related": o.mutant.related,
                "found": o.found,
                "block": o.mutant.figure.block,
            }
            for o in outcomes
        ]
        print(json.dumps({"related": n, "found": found, "mutants": rows}, ensure_ascii=False, indent=1))
    else:
        print(summary(outcomes))
        if not options.quiet:
            print("\nRelated and not found:\n", survivors(outcomes, related=True), sep="\n")
            print("\nNot related and not found:\n", survivors(outcomes, related=False), sep="\n")
    return 1 if n and found * 100 / n < KILLED_OF_RELATED else 0


if __name__ == "__main__":
    sys.exit(main())
