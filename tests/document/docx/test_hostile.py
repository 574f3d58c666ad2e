from __future__ import annotations

import io
import re
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.document.limits import Limits
from juesuan.document.model import Document, Origin
from juesuan.errors import (
    DamagedDocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    JuesuanError,
    LimitError,
    UnreadableError,
)
from tests.document.docx.build import (
    SPACES,
    Docx,
    drawing_chart,
    lost,
    messages,
    p,
    pack,
    paragraphs,
    r,
    read,
    relationships,
    tables,
    tbl,
    tc,
    tr,
)  # fmt: skip

SMALL = Docx(p("收入12.5万元") + tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2"))))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, kind: type[UnreadableError], limits: Limits | None = None) -> str:
    with pytest.raises(kind) as caught:
        read(data, limits)
    message = str(caught.value)
    assert type(caught.value) is kind
    assert message.startswith("决算.docx")
    assert "。" in message
    return message


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b"", EmptyDocumentError, "空文件"),
        (b"%PDF-1.7\n...", DamagedDocumentError, "PDF"),
        (b"{\\rtf1}", DamagedDocumentError, "RTF"),
        ("收入支出决算".encode(), DamagedDocumentError, "压缩包不完整"),
        (OLE + b"\0" * 600, DamagedDocumentError, ".doc"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), EncryptedDocumentError, "密码"),
        (pack({"a.txt": "甲"}), DamagedDocumentError, "没有 Word 正文"),
        (pack({"mimetype": "x", "content.xml": "<x/>"}), DamagedDocumentError, "OpenDocument"),
        (pack({"word/document.xml": "<x/>"}), DamagedDocumentError, "不是 Word 正文"),
        (pack({"word/document.xml": f"<w:document {SPACES}/>"}), DamagedDocumentError, "没有正文"),
        (pack({"word/document.xml": ""}), DamagedDocumentError, "不是完整的 XML"),
        (Docx(p()).data(), EmptyDocumentError, "没有文字"),
        (Docx(p("<w:r><w:drawing><a:blip/></w:drawing></w:r>")).data(), EmptyDocumentError, "扫描件"),
    ],
    ids=["empty", "pdf", "rtf", "text", "doc", "locked", "zip", "odt", "root", "body", "no xml", "blank", "scan"],
)
def test_files_that_are_no_docx_are_refused_by_name(data: bytes, kind: type[UnreadableError], said: str) -> None:
    assert said in refusal(data, kind)


def test_a_renamed_workbook_is_named() -> None:
    entries: dict[str, str | bytes] = {
        "_rels/.rels": relationships("<Relationship Id='1' Type='x/officeDocument' Target='xl/workbook.xml'/>"),
        "xl/workbook.xml": "<workbook/>",
    }
    assert "Excel" in refusal(pack(entries), DamagedDocumentError)


def test_every_truncation_is_refused() -> None:
    data = SMALL.data()
    for end in range(1, len(data) - 22, 37):
        refusal(data[:end], DamagedDocumentError)


def test_a_zip_entry_under_password_is_refused() -> None:
    data = bytearray(SMALL.data())
    for match in re.finditer(rb"PK\x01\x02", bytes(data)):
        data[match.start() + 8] |= 1
    assert "密码" in refusal(bytes(data), EncryptedDocumentError)


def test_a_bomb_is_refused_by_its_ratio_quickly() -> None:
    start = time.monotonic()
    data = pack({**SMALL.entries(), "word/document.xml": b" " * 40_000_000})
    assert "压缩比" in refusal(data, LimitError)
    assert time.monotonic() - start < 5


def test_a_bomb_that_lies_about_its_size_is_stopped() -> None:
    data = bytearray(pack({**SMALL.entries(), "word/document.xml": b"<a/>" * 100_000}))
    for match in re.finditer(rb"PK\x01\x02", bytes(data)):
        data[match.start() + 24 : match.start() + 28] = (50).to_bytes(4, "little")
    refusal(bytes(data), DamagedDocumentError)


@pytest.mark.parametrize(
    "limits",
    [
        Limits(file_bytes=100),
        Limits(zip_entries=3),
        Limits(unpacked_bytes=1000),
        Limits(entry_bytes=500),
        Limits(blocks=1),
        Limits(table_cells=3),
        Limits(text_characters=5),
        Limits(seconds=0),
        Limits(nesting_depth=1),
    ],
    ids=["bytes", "entries", "unpacked", "entry", "blocks", "cells", "text", "seconds", "nesting"],
)
def test_each_limit_is_a_refusal(limits: Limits) -> None:
    refusal(SMALL.data(), LimitError, limits)


def test_a_container_of_very_many_entries_is_refused() -> None:
    assert "文件超过" in refusal(pack({f"x{i}": "" for i in range(30)}), LimitError, Limits(zip_entries=5))


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE w:document [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>",
        "<!DOCTYPE w:document SYSTEM 'http://127.0.0.1:9/x.dtd'>",
        "<!DOCTYPE w:document [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_dtd_and_entities_are_refused(prolog: str, encoding: str) -> None:
    entries = SMALL.entries()
    text = f"<?xml version='1.0' encoding='{encoding}'?>{prolog}{entries['word/document.xml']!s}"
    entries["word/document.xml"] = text.encode(encoding)
    assert "DTD" in refusal(pack(entries), DamagedDocumentError)


def test_utf_16_parts_are_read() -> None:
    entries = SMALL.entries()
    entries["word/document.xml"] = f"<?xml version='1.0' encoding='UTF-16'?>{entries['word/document.xml']!s}".encode(
        "utf-16"
    )
    assert paragraphs(read(pack(entries))) == ["收入12.5万元"]


def test_ten_thousand_nested_tables_are_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 10_000 + p("底") + "</w:tc></w:tr></w:tbl>" * 10_000
    assert "嵌套" in refusal(Docx(deep).data(), LimitError)


def test_nesting_as_deep_as_allowed_is_read() -> None:
    depth = 16
    deep = "<w:tbl><w:tr><w:tc>" * depth + p("底") + "</w:tc></w:tr></w:tbl>" * depth
    assert len(tables(Docx(deep).read())) == depth
    assert "嵌套" in refusal(Docx(f"{'<w:sdt>' * 80}{p('x')}{'</w:sdt>' * 80}").data(), LimitError)


def test_ten_thousand_tables_side_by_side_are_read() -> None:
    assert len(tables(Docx(tbl(tr(tc("1"))) * 10_000).read())) == 10_000


@pytest.mark.parametrize(
    "row",
    [
        tr(tc("x", "<w:gridSpan w:val='2000000000'/>")),
        tr(tc("x"), properties="<w:gridBefore w:val='2000000000'/>"),
        tr(tc("x"), properties="<w:gridAfter w:val='2000000000'/>"),
    ],
)
def test_giant_spans_are_refused(row: str) -> None:
    assert "单元格" in refusal(Docx(tbl(row)).data(), LimitError)


@pytest.mark.parametrize("value", ["-3", "0", "x", "9" * 5000, ""])
def test_senseless_numbers_are_as_if_absent(value: str) -> None:
    span = f"<w:gridSpan w:val='{value}'/>"
    level = f"<w:outlineLvl w:val='{value or 'x'}x'/>"
    document = Docx(p("甲", level) + tbl(tr(tc("乙", span), properties=f"<w:gridBefore w:val='{value}'/>"))).read()
    assert [(c.column, c.colspan) for c in tables(document)[0].cells] == [(0, 1)]


def test_a_chart_of_two_thousand_million_points_is_refused() -> None:
    values = "<c:val><c:numRef><c:numCache><c:ptCount val='2000000000'/></c:numCache></c:numRef></c:val>"
    made = Docx(p(drawing_chart("ch")))
    plot = f"<c:chart><c:plotArea><c:barChart><c:ser>{values}</c:ser></c:barChart></c:plotArea></c:chart>"
    assert "单元格" in refusal(made.part("chart", "c.xml", "c:chartSpace", plot, key="ch").data(), LimitError)


def test_giant_counters_give_short_labels() -> None:
    numbering = (
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='2147483647'/>"
        "<w:numFmt w:val='{}'/><w:lvlText w:val='%1'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
    body = p("甲", "<w:numPr><w:numId w:val='1'/></w:numPr>")
    for kind in ("upperRoman", "lowerLetter", "chineseCounting", "ideographDigital"):
        (text,) = paragraphs(Docx(body).numbering(numbering.format(kind)).read())
        assert len(text) < 20


def transformed(old: str, new: str) -> Document:
    entries = SMALL.entries()
    for name, content in entries.items():
        entries[name] = str(content).replace(old, new)
    return read(pack(entries))


def test_strict_files_read_the_same() -> None:
    def strict(text: str) -> str:
        return re.sub(
            r"http://schemas\.openxmlformats\.org/(wordprocessingml|drawingml|officeDocument)/2006/",
            r"http://purl.oclc.org/ooxml/\1/",
            text,
        )

    made = Docx(p(r("甲") + drawing_chart("ch")) + tbl(tr(tc("乙", "<w:gridSpan w:val='2'/>"))))
    made.part("chart", "c.xml", "c:chartSpace", "<c:chart><c:title/></c:chart>", key="ch")
    made.part("footer", "f.xml", "w:ftr", p("脚"), key="f")
    made.body += "<w:sectPr><w:footerReference r:id='f'/></w:sectPr>"
    entries: dict[str, str | bytes] = {name: strict(str(content)) for name, content in made.entries().items()}
    assert "purl.oclc.org" in str(entries["word/document.xml"])
    document = read(pack(entries))
    assert document.blocks == made.read().blocks
    assert paragraphs(document, Origin.FOOTER) == ["脚"]


def test_the_main_part_is_found_wherever_it_is_named() -> None:
    assert paragraphs(transformed("word/document.xml", "/word/document.xml")) == ["收入12.5万元"]
    entries = {
        name.replace("word/", "Inhalt/").replace("document", "haupt"): str(content).replace(
            "word/document", "inhalt/haupt"
        )
        for name, content in SMALL.entries().items()
    }
    assert paragraphs(read(pack({**entries}))) == ["收入12.5万元"]
    del entries["_rels/.rels"]
    assert paragraphs(read(pack({**entries}))) == ["收入12.5万元"]


@pytest.mark.parametrize("kind", ["styles", "numbering", "comments", "settings"])
def test_a_damaged_side_part_is_said_and_the_rest_is_read(kind: str) -> None:
    made = Docx(p("甲")).part(kind, f"{kind}.xml", "w:x", "")
    made.parts[f"word/{kind}.xml"] = "<broken"
    document = made.read()
    assert paragraphs(document) == ["甲"]
    assert "已损坏" in messages(document)


def test_a_damaged_or_missing_part_with_text_is_a_loss() -> None:
    made = Docx(
        p(r("甲") + "<w:r><w:footnoteReference w:id='1'/></w:r>") + "<w:sectPr><w:headerReference r:id='h'/></w:sectPr>"
    )
    made.part("footnotes", "footnotes.xml", "w:footnotes", "")
    made.parts["word/footnotes.xml"] = "<broken"
    document = made.read()
    assert [q.lost for q in document.problems].count(True) == 3
    assert "页眉" in messages(document)
    assert "脚注" in messages(document)


def test_relationships_to_the_network_are_not_followed() -> None:
    made = Docx(p(r("甲") + drawing_chart("ch")))
    made.parts["word/_rels/document.xml.rels"] = relationships(
        "<Relationship Id='ch' Type='x/chart' Target='http://127.0.0.1:9/c.xml' TargetMode='External'/>"
    )
    assert lost(made.read())


def everything() -> bytes:
    """A small file with a bit of everything, stored without compression so that mutations reach the XML."""
    made = Docx(
        p(r("收入") + f"<w:ins>{r('12.5')}</w:ins>", "<w:pStyle w:val='a'/><w:numPr><w:numId w:val='1'/></w:numPr>")
        + p(r("图") + drawing_chart("ch") + "<w:r><w:footnoteReference w:id='1'/></w:r>")
        + tbl(tr(tc("甲", "<w:gridSpan w:val='2'/><w:vMerge w:val='restart'/>")), tr(tc("", "<w:vMerge/>"), tc("2")))
        + "<w:sectPr><w:headerReference r:id='h'/></w:sectPr>"
    )
    made.part("header", "h.xml", "w:hdr", p("眉"), key="h").part("footnotes", "n.xml", "w:footnotes", "")
    made.styles("<w:style w:type='paragraph' w:styleId='a'><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>")
    made.numbering(
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1'/>"
        "</w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
    cache = "<c:numRef><c:numCache><c:ptCount val='1'/><c:pt idx='0'><c:v>3</c:v></c:pt></c:numCache></c:numRef>"
    plot = f"<c:chart><c:plotArea><c:barChart><c:ser><c:val>{cache}</c:val></c:ser></c:barChart></c:plotArea></c:chart>"
    made.part("chart", "c.xml", "c:chartSpace", plot, key="ch")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as packed:
        for name, content in made.entries().items():
            packed.writestr(name, content)
    return stream.getvalue()


WHOLE = everything()
TIGHT = Limits(table_cells=10_000, seconds=5)


def unpacked() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def outcome(data: bytes) -> Document | None:
    """The document, or None for a refusal that names the file; anything else raised fails the test."""
    try:
        document = read(data, TIGHT)
    except JuesuanError as error:
        if not str(error).startswith("决算.docx"):
            raise
        return None
    return document


Edits = list[tuple[int, bytes, int]]


def edits(length: int) -> st.SearchStrategy[Edits]:
    return st.lists(st.tuples(st.integers(0, length), st.binary(max_size=4), st.integers(0, 4)), min_size=1, max_size=6)


def edited(data: bytes, changes: Edits) -> bytes:
    changed = bytearray(data)
    for position, new, cut in changes:
        start = position % len(changed)
        changed[start : start + cut] = new
    return bytes(changed)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(changes=edits(len(WHOLE)))
def test_mutated_containers_end_in_a_document_or_a_refusal(changes: Edits) -> None:
    document = outcome(edited(WHOLE, changes))
    assert document is None or document.blocks


@settings(max_examples=300, deadline=None, derandomize=True)
@given(name=st.sampled_from(sorted(unpacked())), changes=edits(4000))
def test_mutated_parts_end_in_a_document_or_a_refusal(name: str, changes: Edits) -> None:
    entries: dict[str, str | bytes] = {**unpacked()}
    entries[name] = edited(unpacked()[name], changes)
    document = outcome(pack(entries))
    assert document is None or document.blocks


NAMES = sorted(set(re.findall(r"[wcra]:\w+", WHOLE.decode("utf-8", errors="ignore"))))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(swaps=st.lists(st.tuples(st.integers(0, 400), st.sampled_from(NAMES)), min_size=1, max_size=8))
def test_shuffled_markup_ends_in_a_document_or_a_refusal(swaps: list[tuple[int, str]]) -> None:
    entries: dict[str, str | bytes] = {name: content.decode() for name, content in unpacked().items()}
    for name in [n for n in entries if n.startswith("word/") and n.endswith(".xml")]:
        tokens = re.split(r"(?<=[</ ])([wcra]:\w+)", str(entries[name]))
        for position, new in swaps:
            place = 2 * (position % (len(tokens) // 2)) + 1 if len(tokens) > 1 else 0
            old = tokens[place]
            # Both tags of an element are renamed alike, so that the part stays well-formed.
            tokens = [new if t == old and old not in {"w:document", "w:body"} else t for t in tokens]
        entries[name] = "".join(tokens)
    document = outcome(pack(entries))
    assert document is None or document.blocks
