"""Correct reports in the manner of many provinces: no error or warning may be raised; single errors must be found.

    python bench/provinces.py [--reports 120] [--seed 1] [--style NAME] [--windows N] [--inject N] [--unread] [--show]

Each report is written from random true books (`bench.provincial_books`). Whatever is reported on it is a false
alarm. With --inject, single errors are put into correct reports and those found are counted by style and kind.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.common import percent, table
from bench.provincial_reports import STYLES, write
from juesuan.check import check_document
from juesuan.document.read import read_text
from juesuan.findings import Report, Severity


def check(text: str) -> Report:
    """The report on a text."""
    return check_document(read_text(text))


# --- single errors -----------------------------------------------------------------------------------------

_AMOUNT = r"[\d,]*\d(?:\.\d+)?(?:万元|元)"
_OLD = {
    "卫生健康支出": "医疗卫生与计划生育支出",
    "文化旅游体育与传媒支出": "文化体育与传媒支出",
    "自然资源海洋气象等支出": "国土海洋气象等支出",
    "资源勘探工业信息等支出": "资源勘探信息等支出",
}


def _one(rng: random.Random, text: str, pattern: str) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text))
    return rng.choice(found) if found else None


def _put(text: str, start: int, end: int, new: str) -> tuple[str, int] | None:
    return None if text[start:end] == new else (text[:start] + new + text[end:], start)


def _digit(rng: random.Random, text: str, pattern: str) -> tuple[str, int] | None:
    """The first or second digit of the number of group 1 becomes another."""
    match = _one(rng, text, pattern)
    if match is None or not re.search("[1-9]", match[1]):
        return None
    at = match.start(1) + rng.choice([i for i, c in enumerate(match[1]) if c.isdigit()][:2])
    return _put(text, at, at + 1, rng.choice([d for d in "123456789" if d != text[at]]))


def _flip(a: str, b: str) -> Callable[[random.Random, str], tuple[str, int] | None]:
    def change(rng: random.Random, text: str) -> tuple[str, int] | None:
        match = _one(rng, text, rf"(?:{a}|{b})(?=\d)" if a == "增加" else rf"数(?:{a}|{b})")
        if match is None:
            return None
        return _put(text, match.start(), match.end(), match[0].replace(a, "#").replace(b, a).replace("#", b))

    return change


def _swap_shares(rng: random.Random, text: str) -> tuple[str, int] | None:
    match = _one(rng, text, r"占(\d+(?:\.\d+)?%)([^。\n占]*?)占(\d+(?:\.\d+)?%)")
    if match is None or match[1] == match[3]:
        return None
    return _put(text, match.start(), match.end(), f"占{match[3]}{match[2]}占{match[1]}")


def _wrong_base(rng: random.Random, text: str) -> tuple[str, int] | None:
    match = _one(rng, text, r"(增加|减少)[\d,.]+(?:万元|元)，(?:各)?(增长|上升|增幅|下降|降低|降幅)([\d.]+)%")
    if match is None or not Decimal(match[3]):
        return None
    rate = Decimal(match[3]) / 100
    other = rate / (1 + rate) if match[1] == "增加" else rate / (1 - rate) if rate < 1 else None
    if other is None or abs(other - rate) < Decimal("0.01"):
        return None
    return _put(text, match.start(3), match.end(3), f"{other * 100:.2f}")


def _moved(rng: random.Random, text: str) -> tuple[str, int] | None:
    """The outturns of two items in each other's place."""
    found = list(re.finditer(r"支出决算(?:数)?为([\d,.]+(?:万元|元))", text))
    if len(found) < 4:
        return None
    i = rng.randrange(1, len(found) - 1)
    a, b = found[i], found[i + 1]
    if a[1] == b[1]:
        return None
    return text[: a.start(1)] + b[1] + text[a.end(1) : b.start(1)] + a[1] + text[b.end(1) :], a.start(1)


def _old_name(rng: random.Random, text: str) -> tuple[str, int] | None:
    match = _one(rng, text, "|".join(_OLD))
    return _put(text, match.start(), match.end(), _OLD[match[0]]) if match else None


def _old_year(rng: random.Random, text: str) -> tuple[str, int] | None:
    """截至…年12月31日 of the year before, or a comparison two years back."""
    match = _one(rng, text, r"截至(20\d\d)年12月|与(20\d\d)年(?:度)?相比")
    if match is None:
        return None
    start, end = match.span(1 if match[1] else 2)
    return _put(text, start, end, str(int(text[start:end]) - 1))


ERRORS: dict[str, Callable[[random.Random, str], tuple[str, int] | None]] = {
    "total": lambda r, t: _digit(r, t, rf"(?:总计|合计|总额|均为)(?:为)?({_AMOUNT})"),
    "amount": lambda r, t: _digit(r, t, rf"({_AMOUNT})"),
    "item": lambda r, t: _digit(r, t, rf"决算(?:数)?为({_AMOUNT})"),
    "change": lambda r, t: _digit(r, t, rf"(?:增加|减少)({_AMOUNT})，(?:各)?(?:增|上|下|降)"),
    "growth": lambda r, t: _digit(r, t, r"(?:增长|上升|增幅|下降|降低|降幅)([\d.]+)%"),
    "share": lambda r, t: _digit(r, t, r"占[^，。；\d]{0,14}?([\d.]+)%"),
    "completion": lambda r, t: _digit(r, t, r"完成[^，。；\d%]{0,8}?([\d.]+)%"),
    "direction": _flip("增加", "减少"),
    "order": _flip("大于", "小于"),
    "swapped shares": _swap_shares,
    "wrong base": _wrong_base,
    "moved item": _moved,
    "old name": _old_name,
    "old year": _old_year,
    "vehicles": lambda r, t: _digit(r, t, r"共有车辆(\d+)辆"),
}


def body_of(text: str) -> tuple[int, int]:
    """Where the explanation begins and ends: errors are put into sentences, not into tables."""
    starts = [m.start() for m in re.finditer(r"决算情况说明|编制说明|基本情况", text)]
    ends = [m.start() for m in re.finditer(r"名词解释", text)]
    return (starts[1] if len(starts) > 1 else 0), (ends[-1] if ends else len(text))


def inject(style: str, seed: int, kind: str) -> tuple[str, str, int] | None:
    """A correct report, the same with one error, and the line it stands in."""
    text = write(style, seed)
    first, last = body_of(text)
    sentences = [n for n, line in enumerate(text.split("\n")) if "\t" not in line]
    rng = random.Random(f"{style}/{seed}/{kind}")
    for _ in range(4):
        changed = ERRORS[kind](rng, text[first:last])
        if changed is not None:
            line = text[: first + changed[1]].count("\n")
            if line in sentences:
                return text, text[:first] + changed[0] + text[last:], line
    return None


@dataclass(frozen=True, slots=True)
class Trial:
    """One injected error and whether an error or warning speaks of its line, or of anything."""

    style: str
    seed: int
    kind: str
    here: bool
    anywhere: bool
    line: str


def _graver(report: Report) -> Counter[tuple[str, str]]:
    return Counter((f.rule, f.message) for f in report.findings if f.severity > Severity.HINT)


def try_error(job: tuple[str, int, str]) -> Trial | None:
    style, seed, kind = job
    made = inject(style, seed, kind)
    if made is None:
        return None
    before, after, number = made
    known = _graver(check(before))
    document = read_text(after)
    new = [
        f for f in check_document(document).findings if f.severity > Severity.HINT and (f.rule, f.message) not in known
    ]
    line = after.split("\n")[number]
    blocks = {block.id for block in document.blocks if getattr(block, "text", "") == line}
    here = any(blocks & set(range(e.place.start.block, e.place.end.block + 1)) for f in new for e in f.evidence)
    return Trial(style, seed, kind, here, bool(new), line)


def window(text: str, rng: random.Random) -> str:
    """A stretch cut at random out of a report, as excerpts are: now and then without its line breaks."""
    length = rng.choice([300, 800, 800, 1500])
    start = rng.randrange(max(1, len(text) - length))
    return text[start : start + length].replace("\n", rng.choice(["\n", "\n", " ", ""]))


def alarms_in_windows(job: tuple[str, int, int]) -> list[tuple[str, str, str, str]]:
    """Errors and warnings on stretches of a correct report; those with tables, which are cut within, are left out."""
    style, seed, number = job
    rng = random.Random(f"{style}/{seed}/windows")
    text = write(style, seed)
    cuts = [cut for cut in (window(text, rng) for _ in range(number)) if "\t" not in cut]
    return [alarm for cut in cuts for alarm in _alarms(check(cut))]


def false_alarms(job: tuple[str, int]) -> list[tuple[str, str, str, str]]:
    """Errors and warnings on a correct report: rule, severity, quote, message.

    A change without a reason is left aside: these reports give reasons here and there only.
    """
    return _alarms(check(write(*job)))


def _alarms(report: Report) -> list[tuple[str, str, str, str]]:
    return [
        (f.rule, f.severity.key, f.subject.quote if f.subject else "", f.message)
        for f in report.findings
        if f.severity > Severity.HINT and not (f.rule == "JS407" and "没有说明原因" in f.message)
    ]


def recall(trials: Sequence[Trial], by: Callable[[Trial], str]) -> str:
    groups: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        groups[by(trial)].append(trial)
    rows = [
        [
            name,
            len(g),
            sum(t.here for t in g),
            percent(sum(t.here for t in g), len(g)),
            percent(sum(t.anywhere for t in g), len(g)),
        ]
        for name, g in groups.items()
    ]
    rows.append(
        [
            "all",
            len(trials),
            sum(t.here for t in trials),
            percent(sum(t.here for t in trials), len(trials)),
            percent(sum(t.anywhere for t in trials), len(trials)),
        ]
    )
    return table(["", "errors", "found there", "of all", "found anywhere"], rows)


def main() -> int:
    """Print the false alarms, and what is found of single errors; exit status 1 on a false alarm."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=6, help="of each style")
    parser.add_argument("--inject", type=int, default=0, metavar="N", help="single errors of each kind and style")
    parser.add_argument("--windows", type=int, default=0, metavar="N", help="stretches cut out of each correct report")
    parser.add_argument("--style", choices=list(STYLES))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="list the errors not found")
    options = parser.parse_args()
    styles = [options.style] if options.style else list(STYLES)
    with ProcessPoolExecutor(2) as pool:
        jobs = [(s, options.seed + n) for s in styles for n in range(options.reports)]
        alarms = [
            (job, a) for job, found in zip(jobs, pool.map(false_alarms, jobs, chunksize=4), strict=True) for a in found
        ]
        print(f"{len(jobs)} correct reports, {len(alarms)} false alarms")
        for (style, seed), (rule, severity, quote, message) in alarms:
            print(f"  {style} {seed} {rule} {severity} {quote} | {message}")
        if options.windows:
            cuts = [(*job, options.windows) for job in jobs]
            cut = [(job, a) for job, found in zip(jobs, pool.map(alarms_in_windows, cuts), strict=True) for a in found]
            print(f"{len(jobs) * options.windows} stretches of them, {len(cut)} false alarms")
            for (style, seed), (rule, severity, quote, message) in cut:
                print(f"  {style} {seed} {rule} {severity} {quote} | {message}")
            alarms += cut
        if options.inject:
            tries = [(s, options.seed + n, k) for s in styles for k in ERRORS for n in range(options.inject)]
            trials = [t for t in pool.map(try_error, tries, chunksize=8) if t is not None]
            print(recall(trials, lambda t: t.kind), recall(trials, lambda t: t.style), sep="\n\n")
            for t in trials if options.show else []:
                if not t.here:
                    print(f"  {t.style} {t.seed} {t.kind} {'(elsewhere)' if t.anywhere else ''} | {t.line[:220]}")
    return 1 if alarms else 0


if __name__ == "__main__":
    sys.exit(main())
