from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from juesuan.cli import main

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"
TEXT = SAMPLES / "anju-gsl-2023-final.txt"


def diff(capsys: pytest.CaptureFixture[str], old: Path, new: Path) -> dict[str, Any]:
    assert main(["diff", str(old), str(new), "--format", "json"]) == 0
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return result


def test_a_file_does_not_differ_from_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("anju-gsl-2023-final.txt", "putuo-shgzb-2024-final.pdf"):
        found = diff(capsys, SAMPLES / name, SAMPLES / name)
        assert found["facts"] == found["sentences"] == found["tables"] == []
        assert found["findings"]["gone"] == found["findings"]["came"] == found["findings"]["changed"] == []
        assert found["findings"]["still"] > 0


def test_words_figures_and_findings_that_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = tmp_path / "new.txt"
    text = TEXT.read_text(encoding="utf-8")
    text = (
        text.replace("增长13.18%", "增长13.80%")
        .replace("基本支出125.29万元，占82.32%", "基本支出125.29万元，占83.32%")
        .replace("新发展党员8名", "新发展党员9名")
    )
    new.write_text(
        text.replace("在非公有制经济人士中，", "新的一句话加在这里。在非公有制经济人士中，"), encoding="utf-8"
    )
    found = diff(capsys, TEXT, new)
    values = [(f["old"], f["new"]) for f in found["facts"]]
    assert (["13.18%"], ["13.80%"]) in values
    assert (["82.32%"], ["83.32%"]) in values
    assert [f["quote"] for f in found["findings"]["gone"]] == ["13.18%"]
    assert [f["quote"] for f in found["findings"]["came"]] == ["83.32%"]
    sentences = {(s["old"] or "")[-12:]: s["new"] for s in found["sentences"]}
    assert any("9名" in (new or "") and "8名" in old for old, new in sentences.items())
    assert any("新的一句话" in (s["new"] or "") for s in found["sentences"])


def test_cells_are_found_by_row_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = SAMPLES / "putuo-sthjj-2025-final.docx"
    new = tmp_path / "new.docx"
    document = docx.Document(str(old))
    table = next(t for t in document.tables if any("2110101" in c.text for row in t.rows for c in row.cells))
    row = next(row for row in table.rows if any("2110101" in c.text for c in row.cells))
    cell = next(c for c in row.cells if c.text.strip().replace(",", "").replace(".", "").isdigit() and "." in c.text)
    cell.text = "1,111.11"
    document.save(str(new))
    found = diff(capsys, old, new)
    changed = [c for t in found["tables"] for c in t["cells"] if c["new"] == "1,111.11"]
    assert len(changed) == 1
    assert "2110101" in changed[0]["row"]
    assert sum(len(t["cells"]) for t in found["tables"]) == 1


def test_an_unreadable_version_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(TEXT), str(tmp_path / "nothing.txt")]) == 3
    assert "nothing.txt" in capsys.readouterr().err
