"""`juesuan demo`: check the real report that comes with the program."""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path

from juesuan.check import check_document
from juesuan.cli import output, presenting
from juesuan.document.txt import read_txt

SAMPLE = "anju-gsl-2023-final.txt"
_NEXT = """
这是一份真实的公开报告。每条发现里，“^”标出写错的字，“算式”是程序算的，“建议”是怎样改。
审核自己的报告：juesuan check 报告.docx
"""


def run(arguments: argparse.Namespace) -> int:
    """Show the findings of the sample. Always 0: what the sample says is no failure of the user's."""
    file = output.target(arguments.output, ())
    show = presenting.presenter(arguments, file)
    data = (files("juesuan") / "data" / "demo" / SAMPLE).read_bytes()
    document = read_txt(Path(SAMPLE), data)
    output.deliver(show([check_document(document)], {document.path: document}), file)
    if file is None and arguments.format == "text":
        output.say(_NEXT)
    return 0
