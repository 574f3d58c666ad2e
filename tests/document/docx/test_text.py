from __future__ import annotations

import hashlib
from pathlib import Path

import docx
import pytest
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from juesuan.document.docx import read_docx
from juesuan.document.limits import Limits
from juesuan.document.model import Document, Origin, Paragraph, Table
from tests.document.docx.build import Docx, field_mark, lost, messages, p, paragraphs, r, tables, tbl, tc, tr

FOLDER = Path(__file__).parents[3] / "bench" / "samples"
SAMPLES = [FOLDER / "putuo-shiquan-2025-final.docx", FOLDER / "putuo-sthjj-2025-final.docx"]


def body(content: str) -> list[str]:
    return paragraphs(Docx(content).read())


def test_text_and_breaks_of_a_run() -> None:
    run = (
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:br w:type='page'/><w:noBreakHyphen/>"
        "<w:sym w:font='Wingdings' w:char='F0FE'/><w:cr/><w:softHyphen/><w:t>丁</w:t></w:r>"
    )
    assert body(p(run)) == ["甲\t乙\n丙-☑\n丁"]


def test_line_breaks_inside_the_xml_are_spaces() -> None:
    assert body(p("<w:r><w:t>收入\n支出</w:t></w:r>")) == ["收入 支出"]


def test_empty_paragraphs_are_no_blocks() -> None:
    assert body(p() + p("甲") + p()) == ["甲"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:smartTag w:element='x'>{}</w:smartTag>",
        "<w:customXml w:element='x'><w:customXmlPr/>{}</w:customXml>",
        "<w:hyperlink r:id='nowhere'>{}</w:hyperlink>",
        "<w:fldSimple w:instr='DATE'>{}</w:fldSimple>",
        "<w:ins w:id='1'>{}</w:ins>",
        "<w:moveTo w:id='1'>{}</w:moveTo>",
        "<w:sdt><w:sdtContent><w:ins><w:smartTag>{}</w:smartTag></w:ins></w:sdtContent></w:sdt>",
        "<w:bdo>{}</w:bdo>",
    ],
)
def test_text_in_containers_of_runs(wrapped: str) -> None:
    assert body(p(r("甲") + wrapped.format(r("乙")) + r("丙"))) == ["甲乙丙"]


def test_content_controls_around_blocks_rows_and_cells() -> None:
    control = "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    inner = tbl(tr(tc("a"), control.format(tc("b"))), control.format(tr(tc("c"), tc("d"))))
    document = Docx(control.format(p("段") + control.format(inner))).read()
    assert paragraphs(document) == ["段"]
    assert [c.text for c in tables(document)[0].cells] == ["a", "b", "c", "d"]


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    document = Docx(
        p(r("收入") + f"<w:del>{'<w:r><w:delText>10</w:delText></w:r>'}</w:del><w:ins>{r('12')}</w:ins>" + r("万元"))
        + p(f"<w:moveFrom>{r('移走')}</w:moveFrom>" + r("留下"))
        + p(f"<w:moveTo>{r('移来')}</w:moveTo>")
    ).read()
    assert paragraphs(document) == ["收入12万元", "留下", "移来"]
    assert "修订按“全部接受”读取：3 处" in messages(document)
    assert not lost(document)


def test_formatting_changes_are_no_text_revisions() -> None:
    old = "<w:rPrChange w:id='1'><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    document = Docx(p(r("甲", old), "<w:pPrChange><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:pPrChange>")).read()
    assert paragraphs(document) == ["甲"]
    assert document.problems == ()
    assert isinstance(document.blocks[0], Paragraph)
    assert document.blocks[0].heading is None


def test_a_deleted_paragraph_mark_joins_with_the_next() -> None:
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
    deleted = p("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", gone)
    assert body(p("甲", gone) + deleted + p("乙")) == ["甲乙"]


def test_text_before_a_deleted_mark_survives_when_no_paragraph_follows() -> None:
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
    document = Docx(p("甲", gone) + tbl(tr(tc(p("乙", gone)))) + p("丙", gone)).read()
    assert paragraphs(document) == ["甲", "丙"]
    assert tables(document)[0].cells[0].text == "乙"


def test_fields_show_their_result_only() -> None:
    nested = field_mark("begin") + r("不显示") + field_mark("end")
    runs = (
        field_mark("begin") + "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>" + nested + field_mark("separate")
    ) + (r("第3页") + field_mark("end") + r("后"))
    document = Docx(p(runs)).read()
    assert paragraphs(document) == ["第3页后"]
    assert "域代码中有 3 个字符" in messages(document)


def test_a_contents_field_over_several_paragraphs_is_kept() -> None:
    start = field_mark("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>" + field_mark("separate")
    line = r("一、收入") + "<w:r><w:tab/></w:r>" + r("3")
    assert body(p(start + line) + p(r("二、支出")) + p(field_mark("end")) + p("正文")) == [
        "一、收入\t3",
        "二、支出",
        "正文",
    ]


def test_a_field_without_end_swallows_nothing() -> None:
    assert body(p(field_mark("begin") + r("甲")) + p("乙")) == ["甲", "乙"]


def test_a_field_half_deleted_swallows_nothing() -> None:
    assert body(p(f"<w:del>{field_mark('begin')}</w:del>" + r("甲") + field_mark("end")) + p("乙")) == ["甲", "乙"]


def test_form_fields_show_their_choice_and_tick() -> None:
    def form(data: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{data}</w:ffData></w:fldChar></w:r>{field_mark('end')}"

    entries = "<w:listEntry w:val='优'/><w:listEntry w:val='良'/>"
    runs = (
        form(f"<w:ddList><w:result w:val='1'/>{entries}</w:ddList>")
        + form(f"<w:ddList>{entries}</w:ddList>")
        + form("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>")
        + form("<w:checkBox><w:default w:val='0'/></w:checkBox>")
    )
    assert body(p(runs)) == ["良优☒☐"]


HIDING_STYLES = (
    "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='H'><w:name w:val='H'/><w:basedOn w:val='a'/>"
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='H2'><w:name w:val='H2'/><w:basedOn w:val='H'/></w:style>"
    "<w:style w:type='character' w:styleId='C'><w:name w:val='C'/><w:rPr><w:vanish w:val='1'/></w:rPr></w:style>"
)


def test_hidden_text_is_left_out_and_quoted() -> None:
    document = (
        Docx(
            p(
                r("看得见")
                + r("秘", "<w:vanish/>")
                + r("密", "<w:vanish w:val='true'/>")
                + r("开", "<w:vanish w:val='0'/>")
            )
            + p("样式隐藏", "<w:pStyle w:val='H2'/>")
            + p(r("字符隐藏", "<w:rStyle w:val='C'/>") + r("显"))
            + p(r("两次相消", "<w:rStyle w:val='C'/>"), "<w:pStyle w:val='H'/>")
        )
        .styles(HIDING_STYLES)
        .read()
    )
    assert paragraphs(document) == ["看得见开", "显", "两次相消"]
    assert "隐藏文字 3 处，未作为正文读取：“秘密”、“样式隐藏”、“字符隐藏”" in messages(document)


def test_headings_by_level_style_chain_and_name() -> None:
    document = (
        Docx(
            p("直接", "<w:outlineLvl w:val='2'/>")
            + p("样式", "<w:pStyle w:val='S'/>")
            + p("名字", "<w:pStyle w:val='2'/>")
            + p("中文名", "<w:pStyle w:val='3'/>")
            + p("改回正文", "<w:pStyle w:val='S'/><w:outlineLvl w:val='9'/>")
            + p("没有")
        )
        .styles(
            "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='一级'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr>"
            "</w:style><w:style w:type='paragraph' w:styleId='S'><w:name w:val='S'/><w:basedOn w:val='1'/></w:style>"
            "<w:style w:type='paragraph' w:styleId='2'><w:name w:val='heading 2'/></w:style>"
            "<w:style w:type='paragraph' w:styleId='3'><w:name w:val='标题 3'/></w:style>"
            "<w:style w:type='paragraph' w:styleId='loop'><w:name w:val='x'/><w:basedOn w:val='loop'/></w:style>"
        )
        .read()
    )
    assert [b.heading for b in document.blocks if isinstance(b, Paragraph)] == [3, 1, 2, 3, None, None]


def test_a_style_based_on_itself_ends() -> None:
    loop = "<w:style w:type='paragraph' w:styleId='l'><w:name w:val='x'/><w:basedOn w:val='l'/></w:style>"
    assert paragraphs(Docx(p("甲", "<w:pStyle w:val='l'/>")).styles(loop).read()) == ["甲"]


def test_formulas_keep_their_characters() -> None:
    fraction = "<m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f>"
    assert body(
        p(r("执行率=") + f"<m:oMathPara><m:oMath>{fraction}<m:r><m:t>×100%</m:t></m:r></m:oMath></m:oMathPara>")
    ) == ["执行率=3/4×100%"]


def test_ruby_gives_its_base() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('pin')}</w:rt><w:rubyBase>{r('拼')}</w:rubyBase></w:ruby></w:r>"
    assert body(p(ruby + r("音"))) == ["拼音"]


BOX = "<w:txbxContent>{}</w:txbxContent>"
WPS = "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
VML = "<w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict>"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    content = BOX.format(p("框内") + tbl(tr(tc("框中表"))))
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{WPS.format(content)}</mc:Choice>"
        f"<mc:Fallback>{VML.format(content)}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = Docx(p(r("前") + box + r("后")) + p("下一段")).read()
    assert [(type(b).__name__, getattr(b, "text", "")) for b in document.blocks] == [
        ("Paragraph", "前后"),
        ("Paragraph", "框内"),
        ("Table", ""),
        ("Paragraph", "下一段"),
    ]
    assert paragraphs(document, Origin.TEXT_BOX) == ["框内"]


def test_old_text_boxes_boxes_in_cells_and_boxes_in_boxes() -> None:
    inner = f"<w:r>{VML.format(BOX.format(p('里')))}</w:r>"
    outer = f"<w:r>{VML.format(BOX.format(p(r('外') + inner)))}</w:r>"
    document = Docx(tbl(tr(tc(p(r("格") + outer))))).read()
    assert tables(document)[0].cells[0].text == "格"
    assert paragraphs(document, Origin.TEXT_BOX) == ["外", "里"]


def test_a_field_around_a_text_box_does_not_hide_it() -> None:
    box = f"<w:r>{VML.format(BOX.format(p('框')))}</w:r>"
    assert paragraphs(Docx(p(field_mark("begin") + box + field_mark("end"))).read(), Origin.TEXT_BOX) == ["框"]


def test_an_unknown_choice_gives_way_to_its_fallback_in_runs_and_between_blocks() -> None:
    choice = "<mc:AlternateContent><mc:Choice Requires='future'>{0}</mc:Choice><mc:Fallback>{1}</mc:Fallback></mc:AlternateContent>"
    assert body(p(choice.format(r("新"), r("旧"))) + choice.format(p("新段"), p("旧段"))) == ["旧", "旧段"]
    only = "<mc:AlternateContent><mc:Choice Requires='future'>x</mc:Choice></mc:AlternateContent>"
    document = Docx(p(r("甲") + f"<w:r>{only}</w:r>")).read()
    assert lost(document)


def test_word_art_and_watermarks_are_read() -> None:
    art = "<w:r><w:pict><v:shape><v:textpath string='征求意见稿'/></v:shape></w:pict></w:r>"
    assert paragraphs(Docx(p(r("甲") + art)).read(), Origin.TEXT_BOX) == ["征求意见稿"]


def test_smart_art_texts_are_read_and_a_missing_one_is_said() -> None:
    graphic = "<w:r><w:drawing><a:graphicData><dgm:relIds r:dm='{}'/></a:graphicData></w:drawing></w:r>"
    points = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{t}</a:t></a:r></a:p></dgm:t></dgm:pt>" for t in ("局机关", "下属")
    )
    made = Docx(p(r("机构图") + graphic.format("dm") + graphic.format("gone")))
    made.part("diagramData", "diagrams/data1.xml", "dgm:dataModel", f"<dgm:ptLst>{points}</dgm:ptLst>", key="dm")
    document = made.read()
    assert paragraphs(document, Origin.TEXT_BOX) == ["局机关", "下属"]
    assert "SmartArt 图形 1 个" in messages(document)


def test_pictures_objects_and_foreign_parts_are_said() -> None:
    preview = "<v:shape><v:imagedata r:id='x'/></v:shape>"
    ole = f"<w:r><w:object>{preview}<o:OLEObject ProgID='Excel.Sheet.12'/></w:object></w:r>"
    blip = "<w:r><w:drawing><a:blip r:embed='x'/></w:drawing></w:r>"
    chartex = "<w:r><mc:AlternateContent><mc:Choice Requires='cx1'><w:drawing><cx:chart r:id='y'/></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>"
    document = Docx(p(r("甲") + ole + blip + chartex) + "<w:altChunk r:id='z'/>").read()
    said = messages(document)
    for part in ("图片 1 幅", "嵌入对象 1 个", "新式图表 1 个", "嵌入的外部内容 1 段"):
        assert part in said
    assert [q.message[:2] for q in document.problems if not q.lost] == ["图片"]


def notes(made: Docx) -> Docx:
    made.part(
        "footnotes",
        "footnotes.xml",
        "w:footnotes",
        "<w:footnote w:type='separator' w:id='-1'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
        f"<w:footnote w:id='1'>{p('未引用')}</w:footnote><w:footnote w:id='2'>{p('脚注二')}</w:footnote>"
        f"<w:footnote w:id='3'>{p(r('脚注三', '<w:b/>'))}</w:footnote>",
    )
    return made.part("endnotes", "endnotes.xml", "w:endnotes", f"<w:endnote w:id='1'>{p('尾注')}</w:endnote>")


def test_footnotes_and_endnotes_stand_at_the_end_in_order_of_reference() -> None:
    refs = "<w:r><w:endnoteReference w:id='1'/></w:r>" + "".join(
        f"<w:r><w:footnoteReference w:id='{i}'/></w:r>" for i in (3, 2, 9)
    )
    document = notes(Docx(p(r("甲") + refs) + p("乙"))).read()
    assert paragraphs(document) == ["甲", "乙"]
    assert paragraphs(document, Origin.FOOTNOTE) == ["脚注三", "脚注二", "尾注"]
    assert "脚注或尾注 1 条在文件中找不到" in messages(document)


def headed(section: str, settings: str = "") -> Document:
    references = "".join(f"<w:headerReference w:type='{kind}' r:id='{kind}'/>" for kind in ("default", "first", "even"))
    made = Docx(
        p("甲", f"<w:sectPr>{references}{section}</w:sectPr>")
        + p("乙")
        + f"<w:sectPr>{references}<w:footerReference w:type='default' r:id='foot'/></w:sectPr>"
    )
    for kind, text in (("default", "常页眉"), ("first", "首页眉"), ("even", "偶页眉")):
        made.part("header", f"{kind}.xml", "w:hdr", p(text), key=kind)
    made.part("footer", "foot.xml", "w:ftr", tbl(tr(tc("— 1 —"))) + p("常页眉"), key="foot")
    return made.part("settings", "settings.xml", "w:settings", settings).read()


def test_headers_and_footers_shown_are_read_once() -> None:
    document = headed("")
    assert paragraphs(document, Origin.HEADER) == ["常页眉"]
    assert paragraphs(document, Origin.FOOTER) == ["— 1 —", "常页眉"]
    document = headed("<w:titlePg/>", "<w:evenAndOddHeaders/>")
    assert paragraphs(document, Origin.HEADER) == ["常页眉", "首页眉", "偶页眉"]


def test_comments_are_counted() -> None:
    made = Docx(p(r("甲") + "<w:r><w:commentReference w:id='1'/></w:r>"))
    made.part("comments", "comments.xml", "w:comments", f"<w:comment w:id='1'>{p('请核实')}</w:comment>")
    document = made.read()
    assert paragraphs(document) == ["甲"]
    assert "批注 1 条" in messages(document)


def test_file_facts() -> None:
    made = Docx(p("甲"))
    data = made.data()
    document = read_docx(Path("目录/决算.docx"), data, Limits())
    assert (document.path, document.format, document.pages) == (str(Path("目录/决算.docx")), "docx", None)
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert [b.id for b in document.blocks] == [0]


def python_docx_blocks(path: Path) -> list[object]:
    """The non-empty paragraphs' texts, and the tables as rows of cell texts, by another library."""
    found: list[object] = []
    for item in docx.Document(str(path)).iter_inner_content():
        if isinstance(item, DocxParagraph) and item.text:
            found.append(item.text)
        elif isinstance(item, DocxTable):
            found.append([[c.text for c in row.cells] for row in item.rows])
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_plain_samples_read_as_python_docx_reads_them(path: Path) -> None:
    document = read_docx(path, path.read_bytes(), Limits())
    ours: list[object] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            ours.append(block.text)
        elif isinstance(block, Table):
            ours.append([[c.text for c in row] for row in block.row_cells()])
    assert ours == python_docx_blocks(path)
    assert document.problems == ()
