"""`juesuan indicators`: common performance indicators by kind of project."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby

from juesuan.cli import output
from juesuan.errors import UsageError
from juesuan.performance.library import CommonIndicator, common_indicators, kinds, search_indicators

_FORMATS = ("text", "json")


def run(arguments: argparse.Namespace) -> int:
    """Print the kinds, or the indicators that fit a word. Raises UsageError when there are none."""
    if arguments.format not in _FORMATS:
        raise UsageError(f"没有格式“{arguments.format}”；可以用 {'、'.join(_FORMATS)}。")
    word = arguments.word
    if not word:
        lines = [f"{kind}（{len(common_indicators(kind))} 个）" for kind in kinds()]
        everything = [asdict(i) for kind in kinds() for i in common_indicators(kind)]
        text = "指标库的类别：\n  " + "\n  ".join(lines) + "\n用 juesuan indicators 类别 看一类的指标。\n"
        output.say(_json(everything) if arguments.format == "json" else text)
        return 0
    found = search_indicators(word)
    if not found:
        raise UsageError(f"指标库里没有与“{word}”有关的指标；可以用的类别：{'、'.join(kinds())}。")
    output.say(_json([asdict(i) for i in found]) if arguments.format == "json" else _text(found))
    return 0


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _text(found: Sequence[CommonIndicator]) -> str:
    lines: list[str] = []
    for kind, items in groupby(found, key=lambda i: i.kind):
        lines.append(f"{kind}：")
        for item in items:
            target = f"{item.nature} __{item.measure}" if item.nature != "定性" else "定性"
            lines.append(f"  {item.level1}/{item.level2}  {item.name}  {target}  佐证：{item.evidence}")
    return "\n".join(lines) + "\n"
