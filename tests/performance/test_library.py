from __future__ import annotations

from juesuan.performance.library import common_indicators, kinds, search_indicators
from juesuan.performance.values import measure_of
from juesuan.taxonomy.forms.words import LEVEL1, LEVEL2


def test_the_library_is_wide_and_well_formed() -> None:
    items = [i for kind in kinds() for i in common_indicators(kind)]
    assert len(kinds()) >= 12
    assert len(items) >= 100
    for item in items:
        assert item.level1 in LEVEL1
        assert item.level2 in LEVEL2
        assert item.nature in {"≥", "≤", "＝", "定性"}
        assert (item.measure == "") == (item.nature == "定性")
        assert item.measure == "" or "/" in item.measure or measure_of(item.measure)
        assert item.evidence
        if item.level1 == "成本指标":
            assert item.nature in {"≤", "＝"}
    assert len({(i.kind, i.name) for i in items}) == len(items)


def test_search() -> None:
    assert {i.kind for i in search_indicators("培训")} == {"培训"}
    assert {i.kind for i in search_indicators("软件")} == {"信息化"}
    assert any(i.name == "委托单位满意度" for i in search_indicators("委托单位"))
    assert search_indicators("没有这个词") == ()
