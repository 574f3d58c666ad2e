"""Correct statutory tables in every manner: read as what they are, and nothing graver than a hint said of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.provincial_grids import to_document, to_docx, to_html
from bench.provincial_layouts import MANNERS
from bench.provincial_mess import MESSES
from bench.statutory import graver, make, missing
from juesuan.document.read import open_document
from juesuan.understand.understanding import understand


@pytest.mark.parametrize("manner", MANNERS)
def test_a_correct_report_is_read_whole_and_nothing_is_said(manner: str) -> None:
    made = make(manner, 1)
    document = to_document(made.pieces)
    assert missing(made, understand(document)) == []
    assert graver(document) == []


@pytest.mark.parametrize("manner", ["central", "yunnan"])
def test_lost_merges_change_nothing(manner: str) -> None:
    made = make(manner, 2)
    document = to_document(made.pieces, merged=False)
    assert missing(made, understand(document)) == []
    assert graver(document) == []


@pytest.mark.parametrize("mess", MESSES)
@pytest.mark.parametrize("manner", ["central", "beijing", "shanghai"])
def test_what_befalls_a_table_on_its_way_changes_nothing(mess: str, manner: str) -> None:
    made = make(manner, 2, mess)
    document = to_document(made.pieces)
    assert missing(made, understand(document)) == []
    assert graver(document) == []


def test_files_say_the_same(tmp_path: Path) -> None:
    made = make("central", 3)
    to_docx(made.pieces, tmp_path / "report.docx")
    (tmp_path / "report.html").write_text(to_html(made.pieces), encoding="utf-8")
    for name in ("report.docx", "report.html"):
        document = open_document(tmp_path / name)
        assert missing(made, understand(document)) == []
        assert graver(document) == []
