from __future__ import annotations

from juesuan.document.model import Chart, Document, Origin
from tests.document.docx.build import (
    SPACES,
    Docx,
    charts,
    drawing_chart,
    lost,
    messages,
    p,
    paragraphs,
    r,
    relationships,
    tbl,
    tc,
    tr,
)  # fmt: skip


def points(*values: str | None) -> str:
    given = "".join(f"<c:pt idx='{i}'><c:v>{v}</c:v></c:pt>" for i, v in enumerate(values) if v is not None)
    return f"<c:ptCount val='{len(values)}'/>{given}"


def strings(*values: str | None) -> str:
    return f"<c:strRef><c:f>A</c:f><c:strCache>{points(*values)}</c:strCache></c:strRef>"


def numbers(*values: str | None) -> str:
    return f"<c:numRef><c:f>B</c:f><c:numCache><c:formatCode>0</c:formatCode>{points(*values)}</c:numCache></c:numRef>"


def ser(name: str, categories: str, values: str, extra: str = "") -> str:
    return f"<c:ser><c:tx>{name}</c:tx>{extra}<c:cat>{categories}</c:cat><c:val>{values}</c:val></c:ser>"


def rich(text: str) -> str:
    return f"<c:tx><c:rich><a:p><a:r><a:t>{text}</a:t></a:r></a:p></c:rich></c:tx>"


def title(content: str) -> str:
    return f"<c:title>{content}</c:title>"


def document(plot: str, head: str = "", key: str = "ch", tail: str = "") -> Document:
    made = Docx(p(r("如图") + drawing_chart("ch")) + p("下一段"))
    content = f"<c:chart>{head}<c:plotArea><c:layout/>{plot}</c:plotArea></c:chart>{tail}"
    return made.part("chart", "charts/chart1.xml", "c:chartSpace", content, key=key).read()


def chart(plot: str, head: str = "") -> Chart:
    return charts(document(plot, head))[0]


YEARS = strings("2022年", "2023年")


def test_title_kind_categories_series_and_values() -> None:
    plot = ser(strings("收入"), YEARS, numbers("10.50", "12")) + ser(strings("支出"), YEARS, numbers("9", None))
    found = document(f"<c:barChart>{plot}</c:barChart>", title(rich("收支</a:t></a:r><a:r><a:t>对比")))
    assert [type(b).__name__ for b in found.blocks] == ["Paragraph", "Chart", "Paragraph"]
    one = charts(found)[0]
    assert (one.title, one.kind, one.categories, one.cached) == ("收支对比", "bar", ("2022年", "2023年"), True)
    assert [(s.name, s.values, s.labels) for s in one.series] == [
        ("收入", ("10.50", "12"), ()),
        ("支出", ("9", None), ()),
    ]
    assert found.problems == ()


def test_title_by_reference_automatic_title_and_none() -> None:
    pie = f"<c:pie3DChart>{ser(strings('结构'), YEARS, numbers('1', '2'))}</c:pie3DChart>"
    assert chart(pie, title(f"<c:tx>{strings('表头')}</c:tx>")).title == "表头"
    assert chart(pie, title("")).title == "结构"
    assert chart(pie, "<c:autoTitleDeleted val='1'/>").title == ""
    assert chart(pie).kind == "pie"


def test_labels_typed_by_hand_but_not_fields() -> None:
    def label(position: int, text: str) -> str:
        return f"<c:dLbl><c:idx val='{position}'/>{text}</c:dLbl>"

    auto = "<c:tx><c:rich><a:p><a:fld type='VALUE'><a:t>[值]</a:t></a:fld></a:p></c:rich></c:tx>"
    gone = "<c:delete val='1'/>"
    labels = f"<c:dLbls>{label(1, rich('12.34万元'))}{label(0, auto)}{label(2, gone)}</c:dLbls>"
    one = chart(f"<c:lineChart>{ser(strings('甲'), YEARS, numbers('1', '2'), labels)}</c:lineChart>")
    assert one.series[0].labels == (None, "12.34万元")


def test_categories_of_several_levels_and_of_numbers_and_literals() -> None:
    cache = (
        f"<c:multiLvlStrRef><c:multiLvlStrCache><c:ptCount val='3'/><c:lvl>{points('基本', '项目', '基本')}</c:lvl>"
        f"<c:lvl>{points('2022年', None, '2023年')}</c:lvl></c:multiLvlStrCache></c:multiLvlStrRef>"
    )
    one = chart(f"<c:barChart>{ser(strings('甲'), cache, numbers('1', '2', '3'))}</c:barChart>")
    assert one.categories == ("2022年 基本", "2022年 项目", "2023年 基本")
    literal = f"<c:numLit>{points('5', '6')}</c:numLit>"
    one = chart(f"<c:areaChart>{ser('<c:v>乙</c:v>', numbers('2022', '2023'), literal)}</c:areaChart>")
    assert (one.categories, one.series[0].name, one.series[0].values) == (("2022", "2023"), "乙", ("5", "6"))


def test_scatter_charts_have_x_and_y() -> None:
    series = f"<c:ser><c:xVal>{numbers('1')}</c:xVal><c:yVal>{numbers('2')}</c:yVal></c:ser>"
    one = chart(f"<c:scatterChart>{series}</c:scatterChart>")
    assert (one.kind, one.categories, one.series[0].values) == ("scatter", ("1",), ("2",))


def test_plots_with_the_same_categories_are_one_chart_others_not() -> None:
    bar = f"<c:barChart>{ser(strings('甲'), YEARS, numbers('1', '2'))}</c:barChart>"
    line = f"<c:lineChart>{ser(strings('乙'), YEARS, numbers('3', '4'))}</c:lineChart>"
    other = f"<c:lineChart>{ser(strings('丙'), strings('一月'), numbers('5'))}</c:lineChart>"
    found = charts(document(bar + line + other))
    assert [[s.name for s in c.series] for c in found] == [["甲", "乙"], ["丙"]]


def test_axis_titles_and_shapes_drawn_on_the_chart_are_text() -> None:
    axis = f"<c:valAx>{title(rich('单位：万元'))}</c:valAx>"
    plot = f"<c:barChart>{ser(strings('甲'), YEARS, numbers('1', '2'))}</c:barChart>{axis}"
    made = Docx(p(drawing_chart("ch")))
    content = f"<c:chart><c:plotArea>{plot}</c:plotArea></c:chart><c:userShapes r:id='u'/>"
    made.part("chart", "charts/chart1.xml", "c:chartSpace", content, key="ch")
    made.parts["word/charts/_rels/chart1.xml.rels"] = relationships(
        "<Relationship Id='u' Type='x/chartUserShapes' Target='../drawings/d.xml'/>"
    )
    made.parts["word/drawings/d.xml"] = f"<c:userShapes {SPACES}><a:p><a:r><a:t>增12%</a:t></a:r></a:p></c:userShapes>"
    assert paragraphs(made.read(), Origin.TEXT_BOX) == ["单位：万元", "增12%"]


def test_a_chart_without_cache_is_said() -> None:
    bare = "<c:numRef><c:f>Sheet1!B2:B3</c:f></c:numRef>"
    found = document(f"<c:barChart>{ser(strings('甲'), YEARS, bare)}</c:barChart>")
    assert charts(found)[0].cached is False
    assert charts(found)[0].series[0].values == ()
    assert lost(found)
    assert "图表 1 个没有缓存数据" in messages(found)
    assert charts(document(""))[0].cached is False


def test_a_broken_relationship_of_a_chart_is_said() -> None:
    found = document("<c:barChart/>", key="elsewhere")
    assert charts(found) == []
    assert lost(found)
    assert "图表 1 个的数据部分缺失" in messages(found)


def test_a_damaged_chart_part_is_said() -> None:
    made = Docx(p(r("甲") + drawing_chart("ch"))).part("chart", "c.xml", "c:chartSpace", "", key="ch")
    made.parts["word/c.xml"] = "<c:chartSpace"
    assert lost(made.read())


def test_a_chart_in_a_cell_follows_the_table() -> None:
    made = Docx(tbl(tr(tc(p(r("图") + drawing_chart("ch"))))) + p("后"))
    plot = f"<c:pieChart>{ser(strings('甲'), YEARS, numbers('1', '2'))}</c:pieChart>"
    made.part("chart", "c.xml", "c:chartSpace", f"<c:chart><c:plotArea>{plot}</c:plotArea></c:chart>", key="ch")
    assert [type(b).__name__ for b in made.read().blocks] == ["Table", "Chart", "Paragraph"]
