"""What the options of all commands are made of: a parser that speaks Chinese, and kinds of values."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import NoReturn

from juesuan.errors import UsageError
from juesuan.render.width import wrap

_TRANSLATIONS = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"expected one argument", "后面要有一个值"),
    (r"expected at least one argument", "后面至少要有一个值"),
    (r"ignored explicit argument (.+)", r"不带值，却写了 \1"),
    (r"not allowed with argument (.+)", r"不能与 \1 同时使用"),
    (r"invalid choice: (.+?) \(choose from (.+)\)", r"没有 \1；可以用 \2"),
)
_MULTIPLES = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


class ChineseFormatter(argparse.RawDescriptionHelpFormatter):
    """Help whose lines are broken by columns on the screen, not by characters."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=88)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """The usage line, begun in Chinese."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)


class ChineseParser(argparse.ArgumentParser):
    """A parser that speaks Chinese and raises UsageError instead of ending the process."""

    def __init__(self, prog: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=ChineseFormatter,
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command, and where its options are explained."""
        raise UsageError(f"命令写得不对：{in_chinese(message)}。用 {self.prog} --help 看用法。")


def in_chinese(message: str) -> str:
    """One of argparse's messages in Chinese; its own words where it has a new one."""
    found = re.fullmatch(r"argument (.+?): (.+)", message, re.DOTALL)
    if found:
        return f"{found[1]} {in_chinese(found[2])}"
    for english, chinese in _TRANSLATIONS:
        found = re.fullmatch(english, message, re.DOTALL)
        if found:
            return found.expand(chinese)
    return message.rstrip("。")


def add_target(parser: ChineseParser) -> None:
    """Where the result goes."""
    parser.add_argument("-o", "--output", metavar="FILE", help="写进这个文件（已有的会被替换），不显示在屏幕上")


def add_limits(parser: ChineseParser) -> None:
    """The limits on one file."""
    group = parser.add_argument_group("上限（超过的文件不读，说明原因）")
    group.add_argument("--max-bytes", type=size, metavar="N", help="文件大小，如 50M；默认 100M")
    group.add_argument("--max-unpacked", type=size, metavar="N", help="docx、xlsx 解压后的大小；默认 500M")
    group.add_argument("--max-characters", type=size, metavar="N", help="字数；默认 20000000")
    group.add_argument("--max-pages", type=size, metavar="N", help="页数；默认 2000")
    group.add_argument("--max-cells", type=size, metavar="N", help="表格单元格数；默认 2000000")
    group.add_argument("--max-seconds", type=size, metavar="N", help="一份文件最多用多少秒；默认 120")


class one_of:  # noqa: N801 - used as a function, like argparse's own `choices`
    """A value of a short list, refused in Chinese."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def __call__(self, text: str) -> str:
        if text not in self.names:
            raise argparse.ArgumentTypeError(f"没有“{text}”；可以用 {'、'.join(self.names)}")
        return text


def size(text: str) -> int:
    """A positive number, with K, M or G behind it."""
    found = re.fullmatch(r"(\d{1,12})([KMG]?)B?", text.upper(), re.ASCII)
    if not found or not int(found[1]):
        raise argparse.ArgumentTypeError(f"要一个正整数，后面可带 K、M、G，不能是“{text}”")
    return int(found[1]) * _MULTIPLES[found[2]]


def year(text: str) -> int:
    """A fiscal year of four digits."""
    if not re.fullmatch(r"\d{4}", text, re.ASCII) or not _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        raise argparse.ArgumentTypeError(f"要四位年份，如 2024，不能是“{text}”")
    return int(text)
