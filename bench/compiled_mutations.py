"""Change one thing in a compiled report that is right, and see whether it is found.

    python -m bench.compiled_mutations [--reports 24] [--each 10] [--seed 1] [--survivors]

Reports are compiled from random valid books, half in each layout, and say nothing graver than rounding. Of every kind
of change `--each` are drawn in every report, text and tables alike. Found means: a new error or warning has evidence
where the change was made (its sentence, row, table or chart). All changes drawn count, also those that nothing in the
report contradicts; a change whose only echo is a hint is not found. Exit status 1 below what is asked.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.common import percent, table
from bench.compiled_changes import HEAD_LINES, KINDS, Edit, apply, is_at, is_last_digit
from juesuan.check import check_document
from juesuan.compose import compile_report
from juesuan.compose.document import as_document
from juesuan.document.model import Chart, Document, Paragraph, Table
from juesuan.findings import Severity
from tests.compose.random_books import random_books

FOUND = 97
"""What is asked, in percent."""
PROFILES = ("sichuan-2023", "ministry-nine")
FIRST = 5000
"""The first seed of the books: not those of the property tests."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A change in the report of books `seed`, and what was said of it: `here` with evidence there, by severity."""

    seed: int
    edit: Edit
    words: str
    here: Severity | None
    elsewhere: tuple[str, ...]

    @property
    def found(self) -> bool:
        return self.here is not None and self.here > Severity.HINT

    @property
    def note(self) -> str:
        """Why it may have been passed over."""
        if self.here is Severity.HINT:
            return "hint"
        if is_last_digit(self.edit):
            return "last digit"
        return "、".join(self.elsewhere)


def drawn(document: Document, each: int, rng: random.Random, kinds: Sequence[str] = tuple(KINDS)) -> Iterator[Edit]:
    """So many changes of each kind, half of them in tables or charts where there are such."""
    for draw in (KINDS[k] for k in kinds):
        pools: dict[str, list[Edit]] = defaultdict(list)
        for edit in draw(document, rng):
            pools[edit.where].append(edit)
        for pool in pools.values():
            rng.shuffle(pool)
        left = each
        while left and any(pools.values()):
            for pool in pools.values():
                if pool and left:
                    yield pool.pop()
                    left -= 1


def trials(seed: int, each: int, kinds: Sequence[str] = tuple(KINDS)) -> Iterator[Trial]:
    """All changes drawn in one report."""
    profile = PROFILES[seed % 2]
    document = as_document(compile_report(random_books(FIRST + seed, profile)))
    said = {(f.rule, f.severity, f.message) for f in check_document(document, profile=profile).findings}
    for edit in drawn(document, each, random.Random(f"changes/{seed}"), kinds):
        changed = apply(document, edit)
        report = check_document(changed, profile=profile)
        new = [f for f in report.findings if (f.rule, f.severity, f.message) not in said]
        here = [f.severity for f in new if any(is_at(changed, edit, e.place) for e in f.evidence)]
        rules = tuple(sorted({f.rule for f in new if f.severity > Severity.HINT}))
        yield Trial(seed, edit, _words(document, edit), max(here, default=None), rules)


def _words(document: Document, edit: Edit) -> str:
    """What stands around the change, for people."""
    block = document.blocks[edit.block]
    if isinstance(block, Paragraph):
        return block.text[max(edit.start - 40, 0) : edit.end + 20]
    if isinstance(block, Table):
        title = document.blocks[max(edit.block - HEAD_LINES, 0)]
        row = " ".join(c.text for c in block.cells if c.row == edit.row and c.text)[:60]
        return f"《{title.text if isinstance(title, Paragraph) else ''}》{row}"
    return block.title if isinstance(block, Chart) else ""


def summary(done: Sequence[Trial]) -> str:
    """By kind and by where the change was made."""
    lines: list[list[object]] = []
    groups = [(kind, [t for t in done if t.edit.kind == kind]) for kind in KINDS]
    for kind, group in [*groups, ("all", list(done))]:
        by_place = Counter(t.edit.where for t in group)
        kept = Counter(t.edit.where for t in group if t.found)
        places = [f"{kept[w]}/{by_place[w]}" if by_place[w] else "–" for w in ("text", "table", "chart")]
        hints = sum(t.here is Severity.HINT for t in group)
        last = sum(not t.found and t.here is None and is_last_digit(t.edit) for t in group)
        hit = sum(t.found for t in group)
        lines.append([kind, len(group), hit, percent(hit, len(group)), *places, hints, last])
    heads = ["change", "made", "found", "of all", "in text", "in tables", "in charts", "hint only", "last digit"]
    return table(heads, lines)


def survivors(done: Sequence[Trial]) -> str:
    """The changes nobody noticed."""
    rows = [[t.edit.kind, t.edit.where, t.seed, t.edit.shown[:50], t.note, t.words] for t in done if not t.found]
    return table(["kind", "where", "books", "change", "note", "words"], rows)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=24)
    parser.add_argument("--each", type=int, default=10, help="changes of each kind in a report")
    parser.add_argument("--seed", type=int, default=1, help="first report")
    parser.add_argument("--survivors", action="store_true", help="list the changes that were not found")
    parser.add_argument("--kind", action="append", choices=list(KINDS), help="only this kind of change")
    options = parser.parse_args()
    kinds = options.kind or tuple(KINDS)
    seeds = range(options.seed, options.seed + options.reports)
    done = [t for seed in seeds for t in trials(seed, options.each, kinds)]
    print(summary(done))
    if options.survivors:
        print("\nNot found:\n", survivors(done), sep="\n")
    hit = sum(t.found for t in done)
    return 1 if hit * 100 < FOUND * len(done) else 0


if __name__ == "__main__":
    sys.exit(main())
