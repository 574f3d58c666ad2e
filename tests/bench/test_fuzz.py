"""A short run of each fuzz target (readers of files are among them), and what longer runs once brought to light."""

from __future__ import annotations

import random

import pytest

from bench.fuzz import TARGETS
from juesuan.document.read import read_text


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("seed", range(5))
def test_nothing_is_raised(name: str, seed: int) -> None:
    TARGETS[name](random.Random(f"test/{name}/{seed}"))  # noqa: S311 - repeatable chance, no secret


def test_a_line_of_numbers_alone_is_no_chart() -> None:
    assert read_text("1.5\t2.5\t3.5\t4.5\t\n部门决算").blocks
