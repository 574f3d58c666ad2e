from __future__ import annotations

from dataclasses import replace

import pytest

from juesuan.performance.evidence import names_of, unsupported
from juesuan.quantity import Quantity, parse
from tests.performance.helpers import indicator, project

FIGURES = {"商会.新建数": "3个", "项目支出.执行率": "97.46%", "培训.人次": "120"}


def lookup(name: str) -> Quantity | None:
    return parse(FIGURES[name]) if name in FIGURES else None


@pytest.mark.parametrize(
    ("measure", "done", "evidence", "wrong"),
    [
        ("个", "3", "商会.新建数", False),
        ("个", "4", "商会.新建数", True),
        ("%", "97.46", "项目支出.执行率", False),
        ("%", "97.5", "项目支出.执行率", False),
        ("%", "98", "项目支出.执行率", True),
        ("人次", "120", "签到表；培训.人次", False),
        ("人次", "120", "签到表、照片", False),
        ("个", "3", "商会.没有", True),
        ("个", "若干", "商会.新建数", True),
    ],
)
def test_completions_are_held_against_their_evidence(measure: str, done: str, evidence: str, wrong: bool) -> None:  # noqa: FBT001
    item = replace(indicator("≥", "1", measure, done), evidence=evidence)
    found = list(unsupported(project(item), lookup))
    assert bool(found) is wrong
    assert all("培训人数" in f.message for f in found)


def test_names_in_words() -> None:
    assert names_of("见 商会.新建数；合同复印件。") == ("商会.新建数",)
