"""What is written is read back, and Excel's formulas give what the books compute."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from juesuan.books.derive import Resolver
from juesuan.books.figures import Key, Money, key_of
from juesuan.books.plan import plan_of
from juesuan.books.read_data import read_data
from juesuan.books.write_data import DataDraft, data_workbook
from juesuan.facts import Stage

EXAMPLE = Path(__file__).parents[2] / "examples" / "anju-gsl-2023" / "决算数据.xlsx"
CODES = ("2010301", "2010399", "2080505", "2101101", "2120399", "2210201")
cents = st.integers(0, 10**13).map(lambda n: Decimal(n) / 100)


def drafts(profile: str) -> st.SearchStrategy[DataDraft]:
    keys = st.sampled_from(
        [key_of(c, "general_budget", account=a) for c in ("basic", "project") for a in CODES]
        + [key_of("income", "appropriation", account=a) for a in CODES]
        + [key_of("income_business", account=a) for a in CODES]
        + [
            key_of(c, "government_fund", account="2120801")
            for c in ("carried_in", "income", "basic", "project", "carried_out")
        ]
        + [key_of("economic", "general_budget", economic=e) for e in ("30101", "30201", "30305", "31002")]
        + [
            key_of("carried_in", "general_budget"),
            key_of("use_of_surplus"),
            key_of("reception"),
            key_of("reception", stage=Stage.ADJUSTED),
        ]
        + [key_of("expenditure", "general_budget", account=a, back=1) for a in CODES],
    )
    typed = st.dictionaries(keys, cents, max_size=25)
    return typed.map(lambda t: DataDraft("某单位", "单位", 2023, profile, {k: Money(v, k) for k, v in t.items()}))


@pytest.mark.parametrize("profile", ["sichuan-2023", "ministry-nine", "sichuan-2021"])
def test_what_is_written_is_read(profile: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("data")

    @settings(max_examples=8, deadline=None)
    @given(drafts(profile))
    def check(draft: DataDraft) -> None:
        path = folder / "决算数据.xlsx"
        path.write_bytes(data_workbook(draft))
        reading = read_data(path, plan_of(profile, 2023), 2023)
        assert [p.message for p in reading.problems] == []
        read, meant = Resolver(reading.typed), Resolver(draft.typed)
        for key in draft.typed:
            assert _yuan(read, key) == _yuan(meant, key), key
        for money in reading.stored:
            assert (_yuan(meant, money.key) or 0) == money.yuan, money.key

    check()


def _yuan(resolver: Resolver, key: Key) -> Decimal | None:
    found = resolver.get(key)
    return found.yuan if found else None


def test_the_same_draft_gives_the_same_bytes() -> None:
    key = key_of("basic", "general_budget", account="2010301")
    draft = DataDraft("某单位", "单位", 2023, "sichuan-2023", {key: Money(Decimal("12.34"), key)})
    assert data_workbook(draft) == data_workbook(draft)


def test_leaves_refuse_what_is_no_number() -> None:
    book = load_workbook(EXAMPLE)
    sheet = next(s for s in book if s.title.startswith("公开06"))
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"custom", "decimal"}
    assert sheet.freeze_panes is not None
    assert sheet["D9"].number_format == "#,##0.00"


@pytest.mark.parametrize("name", ["30.1", "0.1", "1234567890123.45", "99999999.99", "0.07"])
def test_cells_give_the_number_people_see(name: str, tmp_path: Path) -> None:
    key = key_of("basic", "general_budget", account="2010301")
    path = tmp_path / "决算数据.xlsx"
    path.write_bytes(data_workbook(DataDraft("某单位", "单位", 2023, "sichuan-2023", {key: Money(Decimal(name), key)})))
    reading = read_data(path, plan_of("sichuan-2023", 2023), 2023)
    assert reading.typed[key].yuan == Decimal(name)


def test_a_spreadsheet_program_computes_what_the_books_compute(tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    load_workbook(EXAMPLE).save(bare / "data.xlsx")  # saved so, formulas lose their kept results
    office = shutil.which("soffice")
    assert office, "LibreOffice is needed, see tools/setup.sh"
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path),
        str(bare / "data.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    ours, theirs = load_workbook(EXAMPLE, data_only=True), load_workbook(tmp_path / "data.xlsx", data_only=True)
    formulas = [
        (s.title, c.coordinate)
        for s in load_workbook(EXAMPLE)
        for row in s.iter_rows()
        for c in row
        if c.data_type == "f"
    ]
    assert len(formulas) > 2000
    for title, at in formulas:
        assert (ours[title][at].value or 0) == (theirs[title][at].value or 0), (title, at)
