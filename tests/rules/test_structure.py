"""JS4xx: numbering, required contents, contents list, tables, attachments, statements, glossary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from juesuan.check import Selection, check_document
from juesuan.document.model import Block, Document, Paragraph, Table
from juesuan.document.read import open_document, read_text
from juesuan.findings import Finding, Report, Severity
from juesuan.rules._example import REPORT, changed, without
from juesuan.rules.registry import RULES

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"
CODES = sorted(c for c in RULES if c.startswith(("JS40", "JS41", "JS80")))
ORDINARY = [
    "putuo-shgzb-2024-final.pdf",
    "putuo-shiquan-2025-final.docx",
    "putuo-sthjj-2025-final.docx",
    "putuo-wanli-dept-2025-budget.pdf",
]


def report(document: Document | str, *codes: str) -> Report:
    made = read_text(document) if isinstance(document, str) else document
    return check_document(made, Selection(select=codes))


def found(document: Document | str, code: str) -> list[Finding]:
    return list(report(document, code).findings)


def quotes(document: Document | str, code: str) -> list[str]:
    return [f.evidence[0].quote for f in found(document, code)]


def could_not(document: Document | str, code: str) -> list[str]:
    return [s.reason for s in report(document, code).checks.could_not_check if s.rule == code]


def not_applicable(document: Document | str, code: str) -> list[str]:
    return [s.reason for s in report(document, code).checks.not_applicable if s.rule == code]


def without_blocks(document: Document, gone: set[int]) -> Document:
    """The document without some blocks, the others numbered anew."""
    kept = [b for b in document.blocks if b.id not in gone]
    blocks: tuple[Block, ...] = tuple(replace(b, id=n) for n, b in enumerate(kept))
    return replace(document, blocks=blocks)


@pytest.fixture(scope="module")
def sthjj() -> Document:
    return open_document(SAMPLES / "putuo-sthjj-2025-final.docx")


@pytest.fixture(scope="module")
def anju() -> Document:
    return open_document(SAMPLES / "anju-gsl-2023-final.txt")


@pytest.mark.parametrize("code", CODES)
def test_wrong_speaks_and_right_is_silent(code: str) -> None:
    rule = RULES[code]
    assert found(rule.wrong, code)
    assert not found(rule.right, code)


@pytest.mark.parametrize("name", ORDINARY)
def test_reports_in_order_give_nothing(name: str) -> None:
    assert not [f for f in report(open_document(SAMPLES / name), "JS4", "JS8").findings if f.severity > Severity.HINT]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("text", ["", "2023年机关运行经费支出13.28万元。", "目录\n", "附件1\n", "名词解释\n"])
def test_fragments_give_nothing(code: str, text: str) -> None:
    assert not found(read_text(text or "。"), code)


def test_the_subsection_without_its_first_and_in_the_wrong_place(anju: Document) -> None:
    first = found(anju, "JS401")[0]
    assert first.severity is Severity.WARNING
    assert first.evidence[0].quote == "（二）一般公共预算财政拨款支出决算结构情况"
    assert "放错了位置" in first.message
    assert [f.expected for f in found(anju, "JS402")] == ["一般公共预算财政拨款支出决算总体情况"]


def test_a_number_that_stands_twice() -> None:
    assert quotes(changed("九、国有资本经营预算", "八、国有资本经营预算"), "JS401") == [
        "八、国有资本经营预算支出决算情况说明"
    ]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("（一）机关运行经费支出情况", "（二）政府采购", ["机关运行经费支出情况"]),
        ("第三部分 名词解释", "第四部分", ["名词解释"]),
        ("七、财政拨款“三公”经费", "八、", ["财政拨款“三公”经费支出决算情况说明"]),
    ],
)
def test_a_section_that_is_missing(start: str, end: str, expected: list[str]) -> None:
    text = without(start, end)
    if "三公" in start:
        text = text.replace("“三公”经费", "")
    assert [f.expected for f in found(text, "JS402")] == expected


def test_contents_without_their_heading_are_not_missing() -> None:
    assert not found(changed("（二）政府采购支出情况\n", ""), "JS402")


def test_a_file_that_ends_early_may_go_on_elsewhere() -> None:
    text = REPORT[: REPORT.index("九、国有资本经营")]
    assert not found(text, "JS402")
    assert "另外的文件" in could_not(text, "JS402")[0]


def test_an_unknown_layout_cannot_be_checked() -> None:
    text = REPORT.replace("2023", "2013").replace("2022", "2012")
    assert could_not(text, "JS402")


def test_an_excerpt_is_not_applicable() -> None:
    assert not_applicable("一、收入决算情况说明\n2023年本年收入合计152.20万元。\n", "JS402")


def test_the_contents_of_the_form_itself_are_no_fault(sthjj: Document) -> None:
    assert not found(sthjj, "JS403")


def test_a_listed_section_that_was_removed(sthjj: Document) -> None:
    texts = [b.text for b in sthjj.blocks if isinstance(b, Paragraph)]
    at = max(n for n, t in enumerate(texts) if t.startswith("第四部分"))
    assert quotes(sthjj, "JS403") == []
    assert quotes("\n".join(texts[:at] + texts[at + 1 :]), "JS403") == ["第四部分 名词解释"]


@pytest.mark.parametrize(
    "title", ["财政拨款“三公”经费支出决算表", "收入决算表", "国有资本经营预算财政拨款收入支出决算表"]
)
def test_a_table_that_was_removed(sthjj: Document, title: str) -> None:
    at = max(b.id for b in sthjj.blocks if isinstance(b, Paragraph) and b.text.strip() == title)
    after = next(b.id for b in sthjj.blocks[at + 1 :] if isinstance(b, Table))
    last = after
    while isinstance(sthjj.blocks[last + 1], Table):
        last += 1
    (finding,) = found(without_blocks(sthjj, set(range(at, last + 2))), "JS404")
    assert finding.severity is Severity.ERROR
    assert finding.evidence[0].quote == title


def test_tables_in_another_file_are_not_absent(anju: Document) -> None:
    assert not_applicable(anju, "JS404")


def test_an_empty_table_whose_statement_was_removed(sthjj: Document) -> None:
    gone = {
        b.id
        for b in sthjj.blocks
        if isinstance(b, Paragraph) and "政府性基金" in b.text and ("没有" in b.text or "年度无" in b.text)
    }
    assert gone
    assert not found(sthjj, "JS410")
    assert quotes(without_blocks(sthjj, gone), "JS410") == ["政府性基金预算财政拨款收入支出决算表"]


def test_attachments_of_other_papers_are_not_awaited() -> None:
    text = "一、绩效\n按照《绩效管理办法》附件3的格式填报，见附件1。\n第四部分 附件\n附件1\n自评报告\n一、概况\n略。\n"
    assert not found(text, "JS405")


def test_a_page_number_in_the_contents_is_no_attachment() -> None:
    text = (
        "目录\n第一部分 概况\t3\n第二部分 决算情况说明\t5\n第三部分 附件\t24\n第一部分 概况\n见附件1。\n第二部分 决算情况说明\n略。\n"
        "第三部分 附件\n附件1 自评报告\n一、概况\n略。\n"
    )
    assert not found(text, "JS405")
    assert [f.actual for f in found(text.replace("见附件1", "见附件2"), "JS405")] == ["附件2"]


def test_attachments_in_another_file_cannot_be_checked() -> None:
    assert could_not("一、绩效\n自评表见附件2。\n二、其他\n无。\n", "JS405")


def test_nothing_is_an_answer() -> None:
    text = changed("截至2023年12月31日，四川省安康县档案馆共有车辆0辆。", "无")
    assert not found(text, "JS406")


def test_no_statement_is_asked_for_where_there_was_no_procurement() -> None:
    text = changed(
        "政府采购支出总额0.60万元，其中：政府采购货物支出0.60万元。主要用于购买办公设备。", "政府采购支出总额0万元。"
    )
    text = text.replace("授予中小企业合同金额0.60万元，占政府采购支出总额的100%。", "")
    assert not found(text, "JS407")


def test_a_change_without_a_reason_where_all_others_have_one() -> None:
    text = changed("比2022年增加1.61万元，增长13.80%。主要原因是人员增加。", "比2022年增加1.61万元，增长13.80%。")
    assert quotes(text, "JS407") == ["1.61万元"]
    assert not found(text.replace("主要变动原因是项目增加。", ""), "JS407")


def test_accounts_of_another_units_glossary(anju: Document) -> None:
    (finding,) = [f for f in found(anju, "JS408") if f.severity is Severity.WARNING]
    assert "人大事务" in finding.evidence[0].quote
    assert len(finding.evidence) > 20
    assert not [e for e in finding.evidence if "住房公积金" in e.quote or "死亡抚恤" in e.quote]


def test_an_account_without_explanation_is_a_hint() -> None:
    text = changed("3.住房保障支出（类）住房改革支出（款）住房公积金（项）：指缴纳的住房公积金。\n", "")
    (finding,) = found(text, "JS408")
    assert (finding.severity, finding.evidence[0].quote) == (
        Severity.HINT, "住房保障支出（类）住房改革支出（款）住房公积金（项）",
    )  # fmt: skip


def test_the_whole_written_as_appropriation(anju: Document) -> None:
    assert quotes(anju, "JS409")[0] == "财政拨款收入支出总计"


PUBLIC = (
    "某局2024年度部门决算\n财政拨款“三公”经费支出决算表\n单位：万元\n"
    "合计\t因公出国（境）费\t公务用车购置及运行维护费小计\t公务用车购置费\t公务用车运行维护费\t公务接待费\n"
    "预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\n"
    "{0}\t{0}\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\t{0}\t{0}\n\n"
)


@pytest.mark.parametrize(
    ("amount", "below", "wrong"),
    [
        ("1.35", "注：本部门2024年无“三公”经费支出，故本表无数据。", ["故本表无数据"]),
        ("0.00", "注：本部门2024年无“三公”经费支出，故本表无数据。", []),
        ("1.35", "注：本部门2024年无政府性基金预算财政拨款收支，故本表无数据。", []),
        ("1.35", "注：本部门2024年无此项收支，故本表无数据。", []),
        ("1.35", "注：本表反映部门本年度“三公”经费支出预决算情况。", []),
    ],
)
def test_a_table_is_said_to_be_empty_only_when_it_is(amount: str, below: str, wrong: list[str]) -> None:
    assert quotes(PUBLIC.format(amount) + below, "JS411") == wrong


def test_a_budget_with_a_filled_table_said_to_be_empty() -> None:
    document = open_document(SAMPLES / "putuo-wanli-dept-2024-budget.pdf")
    (finding,) = found(document, "JS411")
    assert (finding.severity, finding.evidence[0].quote) == (Severity.ERROR, "故本表为空表")
    assert finding.evidence[0].where is not None
    assert finding.evidence[0].where.section == "部门预算表", "the heading of the tables is only in the contents"


def test_a_table_of_whole_numbers_is_not_empty() -> None:
    rule = RULES["JS410"]
    rows = "功能分类科目编码\t科目名称\t年初结转和结余\t本年收入\t本年支出小计\t基本支出\t项目支出\t年末结转和结余\n"
    filled = rows + "合计\t\t\t1\t1\t\t1\t\n212\t城乡社区支出\t\t1\t1\t\t1\t\n\n"
    text = rule.wrong.replace("\t项目\n\t本年收入\n\n\t合计\n\t\n\n", "单位：万元\n" + filled)
    assert text != rule.wrong
    assert not found(text, "JS410")
