"""The page in a real browser: from a finding to its place and back, filters, keys, and five thousand findings."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from juesuan.document.model import Block, Cell, Document, Paragraph, Table
from juesuan.findings import Coverage, Evidence, Finding, Fix, Report, Role, Severity
from juesuan.place import cell, span
from juesuan.render.html import render_html
from tests.render.conftest import PATH, document, findings, report, unreadable

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDE = {"width": 1440, "height": 900}
MANY = 5000
# Far above what is measured (about two seconds): it fails only when opening has become unusable.
MOST_SECONDS = 30


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("These tests need the browser chromium: install it with `apt-get install chromium`.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


class Opened:
    """A page with what it complained of and what it asked for."""

    def __init__(self, browser: Browser, file: Path, width: int, height: int) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page: Page = browser.new_page(viewport={"width": width, "height": height})
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri())
        self.page.wait_for_selector("html[data-ready]", state="attached")


def write(folder: Path, reports: list[Report], documents: dict[str, Document]) -> Path:
    file = folder / "report.html"
    file.write_text(render_html(reports, documents), encoding="utf-8")
    return file


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The example report in a wide window; whatever a test does, nothing is fetched and nothing complains."""
    file = write(tmp_path, [report(), unreadable()], {PATH: document()})
    opened = Opened(browser, file, **WIDE)
    yield opened.page
    opened.page.close()
    assert opened.complaints == []
    assert opened.requests == [file.as_uri()]


def card(number: int) -> str:
    return f'.card[data-i="{number}"]'


def test_from_a_finding_to_its_place_and_back(page: Page) -> None:
    page.locator(card(2)).get_by_role("button").first.click()
    place = page.locator('[data-e~="2.0"]')
    expect(place).to_be_in_viewport()
    expect(place).to_have_class("s-error current flash")
    expect(place).to_have_text("125.2万元")
    # What the arithmetic used stands out, in the text and in the table alike.
    expect(page.locator('[data-e~="2.3"]')).to_have_class("quiet operand")
    expect(page.locator('td [data-e~="2.2"]')).to_have_class("quiet operand")
    # Back: another mark opens its own finding.
    page.locator('mark[data-e~="0.0"]').click()
    expect(page.locator(".card.chosen")).to_have_count(1)
    expect(page.locator(".card.chosen")).to_contain_text("机关运行经费的增长率")
    expect(page.locator('[data-e~="2.3"]')).to_have_class("quiet")


def test_an_operand_in_the_details_leads_to_its_place(page: Page) -> None:
    page.locator(card(3)).get_by_role("button").first.click()
    page.locator(".card.chosen .jump.operand").first.click()
    expect(page.locator('[data-e~="3.2"]').first).to_be_in_viewport()
    expect(page.locator('[data-e~="3.2"]').first).to_have_class("quiet operand flash")


def test_the_formula_is_drawn_as_a_tree(page: Page) -> None:
    page.locator(card(0)).get_by_role("button").first.click()
    tree = page.locator(".card.chosen .tree")
    expect(tree).to_contain_text("13.80% = 商")
    # The result was computed: it stands nowhere, and leads nowhere.
    expect(tree.get_by_role("button")).to_have_text(["1.61", "13.28", "1.61"])
    tree.get_by_role("button", name="13.28").click()
    expect(page.locator('[data-e~="0.1"]')).to_have_class("quiet operand flash")


def test_filters_by_severity_rule_and_words(page: Page) -> None:
    expect(page.locator(".list .card:visible")).to_have_count(7)
    page.locator('#filters input[value="hint"]').uncheck()
    expect(page.locator("#status")).to_have_text("显示 5 条，共 7 条")
    page.locator("#query").fill("合计")
    expect(page.locator("#list .card")).to_have_count(2)
    page.locator("#query").fill("没有这样的话")
    expect(page.locator("#list")).to_contain_text("没有符合条件的发现")
    page.locator("#query").fill("")
    page.locator("#rule").select_option("JS801")
    expect(page.locator("#list .card")).to_have_count(1)
    # A mark whose finding is filtered away shows it all the same.
    page.locator('mark[data-e~="5.0"]').click()
    expect(page.locator(".card.chosen")).to_contain_text("JS301")


def test_keys_go_through_the_list_and_to_the_text(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".card.chosen")).to_contain_text("JS121")
    page.keyboard.press("k")
    expect(page.locator(".card.chosen")).to_contain_text("JS102")
    page.keyboard.press("Enter")
    expect(page.locator('mark[data-e~="0.0"]')).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(card(0)).get_by_role("button").first).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#query")).to_be_focused()
    page.keyboard.type("jk")
    expect(page.locator("#query")).to_have_value("jk")


def test_unread_numbers_are_listed_and_lead_both_ways(page: Page) -> None:
    page.get_by_role("tab", name="未读懂").click()
    page.locator('#unread [data-u="0"] button').click()
    expect(page.locator('[data-e="u0"]')).to_be_in_viewport()
    page.get_by_role("tab", name="核对情况").click()
    expect(page.get_by_text("没有给出上年的决算公开")).to_be_visible()
    page.locator('[data-e="u0"]').click()
    expect(page.locator('#unread [data-u="0"] button')).to_be_focused()


def test_another_document_of_the_same_page(page: Page) -> None:
    page.locator("#choose").select_option("1")
    expect(page.get_by_text("没有发现问题")).to_be_visible()
    expect(page.locator("main")).to_contain_text("没有读出原文")
    page.get_by_role("tab", name="核对情况").click()
    expect(page.get_by_text("加了密码")).to_be_visible()
    page.locator("#choose").select_option("0")
    expect(page.locator("#list .card")).to_have_count(7)


def test_the_panes_are_resized_by_key_and_by_hand(page: Page) -> None:
    split = page.get_by_role("separator", name="调整")
    before = page.locator("aside").bounding_box()
    split.focus()
    page.keyboard.press("ArrowLeft")
    expect(split).to_have_attribute("aria-valuenow", "39")
    after = page.locator("aside").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"]
    page.mouse.move(after["x"] - 3, 400)
    page.mouse.down()
    page.mouse.move(720, 400)
    page.mouse.up()
    expect(split).to_have_attribute("aria-valuenow", "50")


def test_a_narrow_window_has_a_drawer(page: Page) -> None:
    page.set_viewport_size({"width": 760, "height": 1000})
    text, panel = page.locator("main").bounding_box(), page.locator("aside").bounding_box()
    assert text is not None
    assert panel is not None
    assert panel["y"] >= text["y"] + text["height"]
    page.get_by_role("button", name="收起").click()
    expect(page.locator("#list")).to_be_hidden()
    page.locator('mark[data-e~="0.0"]').click()
    expect(page.locator(".card.chosen")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_paper_stand_all_findings_with_quotes_and_then_the_document(page: Page) -> None:
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#list .more").count() == 7
    expect(page.locator("#list .line").first).to_contain_text("机关运行经费支出13.28万元")
    last, text = page.locator("#list .card").last.bounding_box(), page.locator("main").bounding_box()
    assert last is not None
    assert text is not None
    assert text["y"] > last["y"]
    expect(page.get_by_text("没有给出上年的决算公开")).to_be_visible()
    expect(page.locator("#filters")).to_be_hidden()


def test_markup_in_a_document_stays_text(browser: Browser, tmp_path: Path) -> None:
    evil = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1><b>粗</b>"
    found = replace(
        findings()[0],
        message=evil,
        formula=evil,
        basis=evil,
        expected=evil,
        actual=evil,
        evidence=(Evidence(span(0, 0, len(evil)), evil),),
        fix=Fix(evil, evil),
    )
    text = Document(path=evil, format="txt", blocks=(Paragraph(id=0, text=evil, label=evil),))
    bad = replace(report(evil), findings=(found,), entity=evil, coverage=Coverage())
    opened = Opened(browser, write(tmp_path, [bad, bad], {evil: text}), **WIDE)
    opened.page.keyboard.press("j")
    expect(opened.page.locator(".card.chosen .message")).to_have_text(evil)
    expect(opened.page.locator("main mark").first).to_have_text(evil)
    assert opened.page.evaluate("window.hacked === undefined")
    assert opened.complaints == []
    opened.page.close()


def large() -> tuple[Report, Document]:
    """Five thousand findings, in paragraphs and in the cells of long tables, three pieces of evidence each."""
    blocks: list[Block] = []
    found: list[Finding] = []
    for number in range(MANY // 5):
        text = f"{number + 1}.某项支出{number}.28万元，比上年增加1.61万元，增长13.18%；其中：基本支出9.00万元。"
        at = len(blocks)
        blocks.append(Paragraph(id=at, text=text, page=1 + number // 10))
        for quote in ("增长13.18%", "1.61万元", "9.00万元"):
            start = text.index(quote)
            subject = Evidence(span(at, start, start + len(quote)), quote)
            operands = (
                Evidence(span(at, 0, 3), text[:3], Role.OPERAND),
                Evidence(span(at, 5, 9), text[5:9], Role.OPERAND),
            )
            found.append(replace(findings()[0], evidence=(subject, *operands), severity=Severity(1 + number % 3)))
        rows = [Cell(row=r, column=c, text=f"{r * c}.{c}0") for r in range(8) for c in range(8)]
        blocks.append(Table(id=at + 1, cells=tuple(rows), rows=8, columns=8, page=1 + number // 10))
        for column in (3, 4):
            quote = f"{7 * column}.{column}0"
            sum_ = Evidence(cell(at + 1, 7, column, 0, len(quote)), quote)
            parts = tuple(Evidence(cell(at + 1, row, column, 0, 4), "…", Role.OPERAND) for row in (1, 2))
            found.append(replace(findings()[1], evidence=(sum_, *parts)))
    whole = Document(path="大.docx", format="docx", blocks=tuple(blocks), pages=100)
    return replace(report("大.docx"), findings=tuple(found), coverage=Coverage()), whole


def test_five_thousand_findings_open_fast(browser: Browser, tmp_path: Path) -> None:
    one, whole = large()
    assert len(one.findings) == MANY
    started = time.perf_counter()
    file = write(tmp_path, [one], {whole.path: whole})
    written = time.perf_counter()
    opened = Opened(browser, file, **WIDE)
    expect(opened.page.locator("#status")).to_have_text(f"共 {MANY} 条")
    ready = time.perf_counter()
    # Only the first cards are drawn; the last finding is reached from its mark all the same.
    assert opened.page.locator("#list .card").count() <= 200
    last = opened.page.locator("main mark.s-hint").last
    last.scroll_into_view_if_needed()
    last.click()
    expect(opened.page.locator(".card.chosen")).to_be_in_viewport()
    jumped = time.perf_counter()
    opened.page.keyboard.press("k")
    expect(opened.page.locator(".current").first).to_be_in_viewport()
    moved = time.perf_counter()
    opened.page.close()
    sys.stdout.write(
        f"\n{MANY} findings: {file.stat().st_size / 1e6:.1f} MB written in {written - started:.2f} s, "
        f"opened in {ready - written:.2f} s, last one reached in {jumped - ready:.2f} s, "
        f"next in {moved - jumped:.2f} s\n"
    )
    assert ready - written < MOST_SECONDS
    assert opened.complaints == []
