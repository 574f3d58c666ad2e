"""Stretches cut at random out of correct reports raise nothing: an excerpt begins and ends anywhere."""

from __future__ import annotations

import pytest

from bench.provinces import alarms_in_windows
from bench.provincial_reports import STYLES


@pytest.mark.parametrize("style", list(STYLES))
def test_a_stretch_of_a_correct_report_raises_nothing(style: str) -> None:
    assert alarms_in_windows((style, 0, 4)) == []
