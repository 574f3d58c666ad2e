from __future__ import annotations

import json
from pathlib import Path

import pytest

from juesuan.cli import main

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = str(ROOT / "bench" / "samples" / "anju-gsl-2023-final.txt")


def test_score_says_what_cannot_be_borne_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", SAMPLE]) == 1
    out = capsys.readouterr().out
    assert "5 张绩效表，得分与计算没有不符，2 项给了分却不能计算" in out
    assert "✗ 计划建立时间（权重 10，表中 10，不能计分）" in out
    assert "财预〔2020〕10号" in out


def test_score_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", SAMPLE, "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "juesuan.score/1"
    forms = data["files"][0]["forms"]
    assert [(f["given"], f["computed"], f["low"], f["high"]) for f in forms] == [
        ("100", None, "90.00", "100.00"),
        (None, None, None, None),
        ("100", None, "90.00", "100.00"),
        (None, None, None, None),
        ("100", "100.00", "100.00", "100.00"),
    ]


def test_score_refuses_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", SAMPLE, "--profile", "nope"]) == 2
    assert "没有计分方案“nope”" in capsys.readouterr().err
    assert main(["score", "没有.docx"]) == 3
    assert "没有.docx" in capsys.readouterr().err


def test_a_folder_through_the_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path)
    assert main(["perform", folder, "status"]) == 2
    assert "new --name" in capsys.readouterr().err
    assert main(["perform", folder, "new", "--name", "干部培训", "--kind", "培训", "--date", "2024-01-01"]) == 0
    assert main(["perform", folder, "new", "--name", "干部培训"]) == 2
    capsys.readouterr()
    assert main(["perform", folder, "status"]) == 1
    assert "没有指标值，请补填" in capsys.readouterr().out
    assert main(["perform", folder, "monitor", "--date", "2024-06-30"]) == 0
    assert "监控到 2024-06-30：1 个项目" in capsys.readouterr().out
    assert main(["perform", folder, "monitor", "--date", "2024-02-30"]) == 2
    assert main(["perform", folder, "score", "--format", "json"]) == 0
    capsys.readouterr()
    assert main(["perform", folder, "report"]) == 0
    assert (tmp_path / "绩效" / "总览.xlsx").is_file()
    assert main(["perform", folder, "next"]) == 2
    assert main(["perform", folder, "next", "-o", str(tmp_path / "下年")]) == 0
    assert [p.name for p in (tmp_path / "下年" / "绩效").iterdir()] == ["干部培训.xlsx"]
    capsys.readouterr()
    assert main(["perform", str(tmp_path / "下年"), "status", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["projects"][0]["project"] == "干部培训"


def test_indicators(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indicators"]) == 0
    assert "政府购买服务" in capsys.readouterr().out
    assert main(["indicators", "培训"]) == 0
    assert "参训人员满意度" in capsys.readouterr().out
    assert main(["indicators", "养龙"]) == 2
