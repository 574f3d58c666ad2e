"""Random and damaged input: nothing may raise, nothing may hang.

    python bench/fuzz.py [--seconds 300] [--seed 1] [--only NAME]

Targets: figures (parse), the lexer, the reader of plain text, the whole check on damaged sample text, and each reader of
files on damaged ones. Each input comes from a seed that is printed with a failure, so that it can be made again.
"""

from __future__ import annotations

import argparse
import faulthandler
import random
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.common import TXT, samples, table
from bench.fuzz_readers import READERS
from bench.phrases import draw
from juesuan.check import check_document
from juesuan.document.model import Document, Paragraph
from juesuan.document.read import open_document, read_text
from juesuan.errors import UnreadableError
from juesuan.quantity import parse
from juesuan.understand.lexer import lex

SLOW = 5.0
"""Seconds of the processor after which one input counts as a failure; the inputs are small."""
HANG = 60.0
"""Seconds after which the run is ended, with the place where it hangs."""

_WORDS = (
    "0 1 9 12,345.67 1, 234 . , - 万元 元 亿元 % ％ ‰ 个百分点 百分之 点 十 百 亿 壹 贰 〇 辆 台（套） 人次 约 余 近 "
    "９ ． ٣ é "
    "2023年 2022年度 上年 年初预算 决算 支出 收入 基本支出 三公 经费 其中： 包括 占 完成 增加 减少 增长 下降 "
    "持平 大于 主要原因是 用于 （类） （款） （项） ， 。 ； ： 、 （ ） “ ” 一、 （一） 1. ① 第一部分 附件"
)
_PIECES = (*_WORDS.split(), "\u3000", "\t", "\n", "\u200b", "\ufeff", "\x00", "\U0001f600", "", "[bookmark:")


@cache
def _texts() -> list[str]:
    """Paragraphs of all samples that can be read."""
    found: list[str] = []
    for path in samples():
        try:
            document = open_document(path)
        except UnreadableError:
            continue
        found += [b.text for b in document.blocks if isinstance(b, Paragraph) and b.text]
    return found


@cache
def _sample() -> str:
    return TXT.read_text(encoding="utf-8-sig")


def rubbish(rng: random.Random) -> str:
    """A text of odd pieces."""
    return "".join(rng.choice(_PIECES) for _ in range(rng.randint(0, 60)))


def damaged(rng: random.Random, text: str) -> str:
    """A text with pieces taken out, put in, doubled, or moved."""
    for _ in range(rng.randint(1, 6)):
        a = rng.randint(0, len(text))
        b = min(len(text), a + rng.randint(0, 40))
        match rng.randint(0, 4):
            case 0:
                text = text[:a] + text[b:]
            case 1:
                text = text[:a] + rubbish(rng)[:30] + text[a:]
            case 2:
                text = text[:b] + text[a:b] * rng.randint(1, 5) + text[b:]
            case 3:
                text = text[b:] + text[:a]
            case _:
                text = (
                    text[:a]
                    + chr(rng.choice([rng.randint(1, 0x2FF), rng.randint(0x4E00, 0x9FFF), rng.randint(0xFF00, 0xFFEF)]))
                    + text[a:]
                )
    return text


def figures(rng: random.Random) -> None:
    """Reading a figure from anything."""
    for _ in range(200):
        text = "".join(rng.choice(_PIECES) for _ in range(rng.randint(0, 5)))
        quantity = parse(text)
        if quantity is not None and not quantity.interval.low <= quantity.base <= quantity.interval.high:
            msg = f"{text!r} lies outside its own interval"
            raise ValueError(msg)


def lexer(rng: random.Random) -> None:
    """Tokens cover the text in order, whatever it is."""
    for _ in range(10):
        text = rubbish(rng) if rng.randrange(3) == 0 else damaged(rng, rng.choice(_texts()))
        position = 0
        for token in lex(text):
            if not position <= token.start <= token.end <= len(text):
                msg = f"token {token} after {position} in {text!r}"
                raise ValueError(msg)
            position = token.end


def plain_text(rng: random.Random) -> None:
    """The reader of plain text on damaged text; an unreadable one is refused by name."""
    text = damaged(rng, _sample())
    if rng.randrange(5) == 0:
        text = rubbish(rng) * rng.randint(1, 50)
    try:
        read_text(text)
    except UnreadableError as refused:
        if not str(refused):
            msg = "refused without a word"
            raise ValueError(msg) from refused


def whole(rng: random.Random) -> None:
    """The whole check on a damaged stretch of the samples."""
    source = rng.randrange(10)
    if source in {0, 1}:
        text = "\n".join(rubbish(rng) for _ in range(rng.randint(1, 20)))
    elif source in {2, 3, 4}:
        text = damaged(rng, "\n".join(draw(rng).text for _ in range(rng.randint(1, 10))))
    elif source in {5, 6, 7, 8}:
        texts = _texts()
        at = rng.randrange(len(texts))
        text = damaged(rng, "\n".join(texts[at : at + rng.randint(1, 60)]))
    else:
        text = damaged(rng, _sample())
    try:
        document = read_text(text)
    except UnreadableError:
        return
    report = check_document(document)
    for finding in report.findings:
        for evidence in finding.evidence:
            _stands(document, evidence.place.block, finding.rule)


def _stands(document: Document, block: int, rule: str) -> None:
    if not 0 <= block < len(document.blocks):
        msg = f"{rule} points to block {block} of {len(document.blocks)}"
        raise ValueError(msg)


TARGETS: dict[str, Callable[[random.Random], None]] = {
    "figures": figures,
    "lexer": lexer,
    "text": plain_text,
    "check": whole,
    **READERS,
}
_SHARE = {"check": 0.25, "figures": 0.05}
_OTHERS = (1 - sum(_SHARE.values())) / (len(TARGETS) - len(_SHARE))


@dataclass(slots=True)
class Tally:
    """How one target fared."""

    inputs: int = 0
    failures: int = 0
    slowest: float = 0.0


def run(name: str, seconds: float, seed: int, *, show: int = 3) -> Tally:
    """Feed one target for so many seconds."""
    tally = Tally()
    ends = time.perf_counter() + seconds
    # The executor hands an exception over as a value, so that nothing has to be caught here.
    with ThreadPoolExecutor(1) as pool:
        while time.perf_counter() < ends:
            mark = f"{seed}/{name}/{tally.inputs}"
            faulthandler.dump_traceback_later(HANG, exit=True)
            started = time.process_time()
            error = pool.submit(TARGETS[name], random.Random(mark)).exception()
            took = time.process_time() - started
            faulthandler.cancel_dump_traceback_later()
            if error is not None or took > SLOW:
                tally.failures += 1
                if tally.failures <= show:
                    said = "".join(traceback.format_exception(error)) if error else f"took {took:.1f} s"
                    print(f"[{mark}]\n{said}", file=sys.stderr)
            tally.slowest = max(tally.slowest, took)
            tally.inputs += 1
    return tally


def report(seconds: float, seed: int, only: str | None = None) -> tuple[str, bool]:
    """The table, and whether nothing failed."""
    _texts()
    names = [only] if only else list(TARGETS)
    tallies = {name: run(name, seconds * (1 if only else _SHARE.get(name, _OTHERS)), seed) for name in names}
    rows = [[name, t.inputs, t.failures, f"{t.slowest:.2f} s"] for name, t in tallies.items()]
    return table(["target", "inputs", "failures", "slowest"], rows), not any(t.failures for t in tallies.values())


def main() -> int:
    """Print the table; exit status 1 after a failure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=list(TARGETS))
    options = parser.parse_args()
    text, good = report(options.seconds, options.seed, options.only)
    print(text)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
