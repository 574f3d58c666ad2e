"""Reports of one unit for several years, held against each other."""

from dataclasses import replace
from pathlib import Path

import pytest

from juesuan.check import check_years
from juesuan.cli import main
from juesuan.document.model import Document, Paragraph
from juesuan.document.read import open_document, read_text
from juesuan.errors import UsageError
from juesuan.evaluate import evaluate
from juesuan.facts import State
from juesuan.rules import RULES
from juesuan.understand.understanding import understand
from juesuan.years import understand_years

SAMPLES = Path(__file__).parents[1] / "bench" / "samples"
BUDGETS = [SAMPLES / f"putuo-wanli-dept-{year}-budget.pdf" for year in (2023, 2024, 2025)]


@pytest.fixture(scope="module")
def budgets() -> list[Document]:
    return [open_document(path) for path in BUDGETS]


def changed(document: Document, old: str, new: str) -> Document:
    blocks = tuple(
        replace(block, text=block.text.replace(old, new), lines=()) if isinstance(block, Paragraph) else block
        for block in document.blocks
    )
    assert blocks != document.blocks
    return replace(document, blocks=blocks)


def test_three_budgets_agree(budgets: list[Document]) -> None:
    whole = understand_years([understand(document) for document in budgets], "years")
    states = [evaluate(relation).state for relation in whole.relations]
    assert len(states) == 12
    assert set(states) <= {State.HOLDS, State.ROUNDING}
    checked = check_years(budgets, "years")
    assert checked.report.findings == ()
    assert checked.report.year == 2025


def test_a_change_that_last_years_report_does_not_bear_out_is_found(budgets: list[Document]) -> None:
    wrong = [*budgets[:2], changed(budgets[2], "3,355.65", "3,455.65")]
    found = check_years(wrong, "years").report.findings
    assert {f.rule for f in found} == {"JS208"}
    for finding in found:
        assert finding.subject is not None
        assert finding.subject.quote == "3,455.65万元"
        assert finding.subject.where is not None
        assert finding.subject.where.file == str(BUDGETS[2])
        assert finding.fix is None
        assert finding.subject.quote == wrong[2].text_of(finding.subject.place)
        files = {item.where.file for item in finding.evidence if item.where}
        assert files == {str(path) for path in BUDGETS[1:]}


def test_the_order_in_which_they_are_named_does_not_matter(budgets: list[Document]) -> None:
    wrong = [changed(budgets[2], "3,355.65", "3,455.65"), *budgets[:2]]
    ids = [f.id for f in check_years(wrong, "years").report.findings]
    assert ids
    assert ids == [f.id for f in check_years([wrong[1], wrong[2], wrong[0]], "years").report.findings]


def years(*texts: str) -> list[Document]:
    return [read_text(text, f"{number}.txt") for number, text in enumerate(texts)]


def test_last_years_figure_of_final_accounts_is_an_error_unless_it_was_restated() -> None:
    before = "某局2023年度部门决算\n2023年一般公共预算财政拨款支出122.15万元。"
    after = "某局2024年度部门决算\n2024年一般公共预算财政拨款支出152.20万元，2023年一般公共预算财政拨款支出{}万元{}。"
    told = check_years(years(before, after.format("123.15", "")), "years").report.findings
    assert [(f.rule, f.severity.key) for f in told] == [("JS208", "error")]
    restated = check_years(years(before, after.format("123.15", "（口径调整后）")), "years").report.findings
    assert [(f.rule, f.severity.key) for f in restated] == [("JS208", "warning")]
    assert check_years(years(before, after.format("122.15", "")), "years").report.findings == ()


def test_years_that_do_not_follow_each_other_are_not_compared() -> None:
    before, after = RULES["JS208"].wrong.split("\f")
    earlier = before.replace("2023", "2022")
    assert check_years(years(before, after), "years").report.findings
    assert check_years(years(earlier, after), "years").report.findings == ()


def test_what_cannot_be_compared_is_refused() -> None:
    before, after = RULES["JS208"].right.split("\f")
    with pytest.raises(UsageError, match="2024年"):
        check_years(years(after, after), "years")
    with pytest.raises(UsageError, match="哪一年"):
        check_years(years(before, "收入合计1万元。"), "years")
    with pytest.raises(UsageError, match="两份以上"):
        check_years(years(before), "years")
    with pytest.raises(UsageError, match="同一单位"):
        check_years(years("青山县档案馆" + before[2:], "白水县水务局" + after[2:]), "years")


def test_the_command_checks_each_report_and_then_the_years(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in zip(("2023.txt", "2024.txt"), RULES["JS208"].wrong.split("\f"), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [str(tmp_path / "2023.txt"), str(tmp_path / "2024.txt")]
    assert main(["check", *paths, "--years", "--fail-on", "warning"]) == 1
    shown = capsys.readouterr().out
    assert "合计  3 份文件" in shown
    assert f"JS208 {RULES['JS208'].title}" in shown
    assert main(["check", paths[0], "--years"]) == 2
    assert main(["check", paths[0], "-", "--years"]) == 2
