"""Several files of one disclosure as one document: 说明.docx and 附表.xls are read apart and understood together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from juesuan.document.model import Block, Document, Problem, Source


def combine(documents: Sequence[Document], path: str) -> Document:
    """One document of all blocks, in the order given; each place still knows its file (`Document.source_of`)."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    sources: list[Source] = []
    info: dict[str, str] = {}
    for document in documents:
        shift = len(blocks)
        blocks += [replace(block, id=block.id + shift) for block in document.blocks]
        problems += [_moved(problem, shift, document.path) for problem in document.problems]
        info |= {_renamed(key, shift): value for key, value in document.info.items()}
        sources.append(Source(document.path, shift, len(blocks), document.format, document.sha256, document.pages))
    return Document(
        path=path,
        format="+".join(dict.fromkeys(d.format for d in documents)),
        blocks=tuple(blocks),
        sha256=hashlib.sha256("".join(d.sha256 for d in documents).encode()).hexdigest(),
        problems=tuple(problems),
        info=info,
        sources=tuple(sources),
    )


def _moved(problem: Problem, shift: int, path: str) -> Problem:
    block = None if problem.block is None else problem.block + shift
    return replace(problem, message=f"“{path}”：{problem.message}", block=block)


def _renamed(key: str, shift: int) -> str:
    """The key with its block moved: "origin:3" speaks of block 3."""
    name, colon, number = key.partition(":")
    return f"{name}:{int(number) + shift}" if colon and number.isdigit() else key
