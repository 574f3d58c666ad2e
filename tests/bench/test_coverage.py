"""How much of the txt sample is understood must not shrink unnoticed: a phrase for one report may unread another."""

from __future__ import annotations

from bench.common import TXT
from bench.coverage import BOUND, RELATED, cover
from juesuan.document.read import open_document
from juesuan.understand.understanding import understand


def test_the_sample_is_bound_and_related_as_asked() -> None:
    document = open_document(TXT)
    found = cover(document, understand(document))
    unread = [c.figure.text for c in found if not c.bound]
    lone = [c.figure.text for c in found if not c.related]
    assert 100 * (len(found) - len(unread)) >= BOUND * len(found), unread
    assert 100 * (len(found) - len(lone)) >= RELATED * len(found), lone
