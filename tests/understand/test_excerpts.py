"""Excerpts: texts that begin and end anywhere, and paragraphs that lost their line breaks."""

from __future__ import annotations

import pytest

from juesuan.check import check_document
from juesuan.document.read import read_text
from juesuan.findings import Severity
from juesuan.understand.understanding import understand

FLAT = (
    "一、收入支出决算总体情况说明2021年度收、支总计2786.42万元。与2020年相比，收、支总计各减少124.63万元，下降4.28%。"
    "二、收入决算情况说明2021年本年收入合计2714.30万元，其中：一般公共预算财政拨款收入2690.30万元，占99.12%；"
    "政府性基金预算财政拨款收入24万元，占0.88%。三、支出决算情况说明2021年本年支出合计2786.42万元，其中：基本支出2011.20万元，"
    "占72.18%；项目支出775.22万元，占27.82%。"
)
LIST = (
    "2023年度一般公共预算财政拨款支出100.00万元，主要用于以下方面：（1）教育支出60.00万元，占60.00%，较年初预算数减少1.00万元，"
    "下降1.64%。（2）卫生健康支出30.00万元，占30.00%，较年初预算数增加1.00万元，增长3.45%。"
    "（3）住房保障支出10.00万元，占10.00%，与年初预算数持平。"
)


def graver(text: str) -> list[str]:
    found = check_document(read_text(text)).findings
    return [f"{f.rule} {f.message}" for f in found if f.severity > Severity.HINT]


def test_headings_in_one_paragraph_are_headings() -> None:
    sections = understand(read_text(FLAT)).outline.sections
    assert [s.title for s in sections] == ["收入支出决算总体情况说明", "收入决算情况说明", "支出决算情况说明"]


def test_places_in_a_parted_paragraph_lead_to_the_source() -> None:
    text = FLAT.replace("24万元，占0.88%", "24万元，占8.80%")
    finding = next(f for f in check_document(read_text(text)).findings if f.severity is Severity.ERROR)
    assert finding.subject is not None
    assert finding.subject.quote == "8.80%"
    assert finding.subject.place.start.offset == text.index("8.80%")


def test_a_reference_parts_nothing() -> None:
    text = (
        "根据第（二）项规定和本办法第三、四条，本年支出合计100.00万元，其中：基本支出60.00万元；项目支出40.00万元。" * 2
    )
    assert len(understand(read_text(text)).passages) == 1


def test_a_list_in_one_paragraph_is_one_list() -> None:
    assert graver(LIST + "\n二、其他") == []
    wrong = LIST.replace("10.00万元，占", "12.00万元，占") + "\n二、其他\n无。"
    assert any(f.startswith("JS101") for f in graver(wrong))


@pytest.mark.parametrize("end", range(40, len(FLAT), 7))
def test_a_text_may_end_anywhere(end: int) -> None:
    assert graver(FLAT[:end]) == []


@pytest.mark.parametrize("start", range(0, len(FLAT) - 40, 7))
def test_a_text_may_begin_anywhere(start: int) -> None:
    assert graver(FLAT[start:]) == []


def test_the_year_before_an_unknown_year_is_another_year() -> None:
    assert graver("度一般公共预算财政拨款支出5524005元。与上年相比增加206046元，增长3.87%，主要原因是项目增加。") == []


@pytest.mark.parametrize(
    "text",
    [
        "2023年度收、支总计100.00万元。……其中：基本支出60.00万元，占60.00%；……（二）结构情况。主要用于以下方面：教育支出20.00万元。",
        "2023年度一般公共预算财政拨款支出100.00万元，主要用于以下方面：教育支出60.00万元，占60.00%；……住房保障支出5.00万元，占5.00%。",
    ],
)
def test_words_left_out_break_a_list_off(text: str) -> None:
    assert graver(text) == []
