"""The lexer tries at each character only the groups that can begin with it; it must find what trying all of them finds."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from juesuan.document.read import open_document
from juesuan.understand import lexer, lexicon
from juesuan.understand.understanding import understand

SAMPLES = sorted(p for p in (Path(__file__).parents[2] / "bench" / "samples").iterdir() if p.suffix != ".md")
WHOLE = re.compile("|".join(f"(?P<{name}>{body})" for name, body in lexicon.groups()[0]))


def every_group_everywhere(text: str) -> list[tuple[str, tuple[int, int]]]:
    return [(match.lastgroup or "", match.span()) for match in WHOLE.finditer(text)]


def as_the_lexer_does(text: str) -> list[tuple[str, tuple[int, int]]]:
    return [(name, match.span()) for name, match in lexer._tokens_in(text, 0, len(text))]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_real_text(sample: Path) -> None:
    for passage in understand(open_document(sample)).passages:
        assert as_the_lexer_does(passage.text) == every_group_everywhere(passage.text)


def test_the_words_of_all_groups() -> None:
    words = [word for name, body in lexicon.groups()[0] for word in re.findall(r"[\u4e00-\u9fff]+", body)]
    for first, second in pairwise(words):
        text = f"{first}12.5万元，{second}情况如下"
        assert as_the_lexer_does(text) == every_group_everywhere(text)
        assert as_the_lexer_does(first + second) == every_group_everywhere(first + second)
