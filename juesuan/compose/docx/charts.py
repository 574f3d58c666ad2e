"""Native, editable charts for Word: the chart part with its cached figures and the workbook behind it."""

from __future__ import annotations

import io
from decimal import Decimal
from xml.sax.saxutils import escape

import xlsxwriter
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Emu, Mm

from juesuan.compose.draft import ChartBlock, ChartSeries

__all__ = ["add_chart", "chart_xml", "workbook"]

_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_COLORS = (
    "4472C4",
    "ED7D31",
    "A5A5A5",
    "FFC000",
    "5B9BD5",
    "70AD47",
    "264478",
    "9E480E",
    "636363",
    "997300",
    "255E91",
    "43682B",
)
_WIDTH, _HEIGHT, _BAR = Mm(145), Mm(66), Mm(5)
_TEXT = '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1000"><a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(chart: ChartBlock) -> bytes:
    """The data of a chart as a workbook: categories down, series across; amounts as printed."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        shape = book.add_format({"num_format": "0.00"})
        for row, category in enumerate(chart.categories, 1):
            sheet.write_string(row, 0, category)
        for column, series in enumerate(chart.series, 1):
            sheet.write_string(0, column, series.name)
            for row, text in enumerate(series.texts, 1):
                sheet.write_number(row, column, Decimal(text), shape)
    return buffer.getvalue()


def add_chart(document: WordDocument, chart: ChartBlock, number: int) -> str:
    """Put a chart into the package; the run that shows it. `number`: its number in the package."""
    package = document.part.package
    content = chart_xml(chart).encode("utf-8")
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, content, package)
    book = Part(PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"), _XLSX, workbook(chart), package)
    part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    return f"<w:r>{_drawing(chart, relation, number)}</w:r>"


def _drawing(chart: ChartBlock, relation: str, number: int) -> str:
    quotes = {'"': "&quot;"}
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{Emu(_WIDTH)}" cy="{Emu(_height(chart))}"/>'
        f'<wp:docPr id="{1000 + number}" name="{escape(chart.caption, quotes)}" descr="{escape(chart.alt, quotes)}"/>'
        '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _height(chart: ChartBlock) -> int:
    """Bars that lie need room for each."""
    return max(_HEIGHT, Mm(24) + _BAR * len(chart.categories) * len(chart.series)) if chart.kind == "row" else _HEIGHT


def chart_xml(chart: ChartBlock) -> str:
    """The chart part: the plot, its cached data, labels, and the relation rId1 to the workbook."""
    plot = _pie(chart) if chart.kind == "pie" else _bars(chart)
    side = "r" if chart.kind == "pie" else "b"
    legend = f'<c:legend><c:legendPos val="{side}"/><c:overlay val="0"/>{_TEXT}</c:legend>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace {_SPACES}><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f'<c:plotArea><c:layout/>{plot}</c:plotArea>{legend}<c:plotVisOnly val="1"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{_TEXT}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _bars(chart: ChartBlock) -> str:
    series = "".join(_series(chart, n, s) for n, s in enumerate(chart.series))
    grid = '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
    title = (
        '<c:title><c:tx><c:rich><a:bodyPr rot="-5400000" vert="horz"/><a:p><a:pPr><a:defRPr sz="1000" b="0"/></a:pPr><a:r>'
        f'<a:rPr lang="zh-CN" sz="1000" b="0"/><a:t>{chart.measure}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    )
    lies = chart.kind == "row"
    direction, order, sides = ("bar", "maxMin", "lb") if lies else ("col", "minMax", "bl")
    if not chart.measure:
        title = ""
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}<c:gapWidth val="120"/>'
        '<c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>'
        f'<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/><c:axPos val="{sides[0]}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/>{_TEXT}<c:crossAx val="222222222"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{sides[1]}"/>'
        f'{grid}{title}<c:numFmt formatCode="0.00" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{_TEXT}<c:crossAx val="111111111"/><c:crosses val="{"max" if lies else "autoZero"}"/></c:valAx>'
    ).replace('<c:min val="0"/>', "" if any(v < 0 for s in chart.series for v in s.values) else '<c:min val="0"/>')


def _pie(chart: ChartBlock) -> str:
    series = "".join(_series(chart, n, s) for n, s in enumerate(chart.series[:1]))
    return f'<c:pieChart><c:varyColors val="1"/>{series}<c:firstSliceAng val="0"/></c:pieChart>'


def _series(chart: ChartBlock, number: int, series: ChartSeries) -> str:
    letter = chr(ord("B") + number)
    last = len(chart.categories) + 1
    pie = chart.kind == "pie"
    colors = "".join(
        f'<c:dPt><c:idx val="{i}"/><c:bubble3D val="0"/>{_fill(i)}</c:dPt>' for i in range(len(chart.categories))
    )
    labels = (
        f'<c:dLbls><c:numFmt formatCode="{"0.00%" if pie else "0.00"}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        + _TEXT
        + f'<c:dLblPos val="{"outEnd" if not pie or len(chart.categories) > 1 else "ctr"}"/>'
        + f'<c:showLegendKey val="0"/><c:showVal val="{int(not pie)}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        + f'<c:showPercent val="{int(pie)}"/><c:showBubbleSize val="0"/>'
        + ('<c:separator>\n</c:separator><c:showLeaderLines val="1"/>' if pie else "")
        + "</c:dLbls>"
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f'<c:tx><c:strRef><c:f>Sheet1!${letter}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        + (colors if pie else _fill(number) + '<c:invertIfNegative val="0"/>')
        + labels
        + f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{_points(chart.categories)}</c:strCache></c:strRef></c:cat>"
        + f"<c:val><c:numRef><c:f>Sheet1!${letter}$2:${letter}${last}</c:f><c:numCache><c:formatCode>0.00</c:formatCode>{_points(series.texts)}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _fill(number: int) -> str:
    return f'<c:spPr><a:solidFill><a:srgbClr val="{_COLORS[number % len(_COLORS)]}"/></a:solidFill></c:spPr>'


def _points(values: tuple[str, ...]) -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{escape(v)}</c:v></c:pt>' for i, v in enumerate(values))
    return f'<c:ptCount val="{len(values)}"/>{points}'
