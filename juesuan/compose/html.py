"""A composed report as one web page that needs nothing else: charts drawn in it, every figure telling where it is from."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from juesuan.compose.document import contents_lines
from juesuan.compose.draft import Block, Break, Cell, ChartBlock, Contents, Draft, Heading, Look, Paragraph, Run, TableBlock
from juesuan.compose.figure import Figure
from juesuan.compose.svg import chart_svg
from juesuan.quantity import plain

__all__ = ["write_html"]

_STYLE = """
body{margin:0;background:#eef0f2;color:#111;font:18px/1.75 "FangSong_GB2312","FangSong","仿宋_GB2312","仿宋",serif}
main{max-width:52rem;margin:1.5rem auto;padding:3rem 4rem;background:#fff;box-shadow:0 1px 6px #0002}
h1{font:700 1.6rem "FZXiaoBiaoSong-B05S","方正小标宋简体",serif;text-align:center;margin:4rem 0 1.5rem}
h2{font:700 1.1rem "SimHei","黑体",sans-serif;margin:1.4rem 0 .4rem;text-indent:2em}
h3{font:700 1.1rem "KaiTi_GB2312","楷体_GB2312",serif;margin:1rem 0 .3rem;text-indent:2em}h4{font-size:1.1rem;margin:.6rem 0;text-indent:2em}
p{margin:.2rem 0;text-indent:2em;text-align:justify}.cover{text-align:center;text-indent:0;font:2rem/1.8 "方正小标宋简体",serif}
.caption,.title{text-align:center;text-indent:0}.title{font-size:1.3rem;font-weight:700;margin-top:3rem}
.note,.head{text-indent:0;font-size:.85rem}.right{text-align:right}.toc{text-indent:0}.toc a{color:inherit;text-decoration:none}.toc2{padding-left:2em}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font:13px/1.5 "SimSun","宋体",serif}
td,th{border:1px solid #555;padding:2px 5px;font-weight:400}th{background:#f4f6f8}td.n{text-align:right;font-variant-numeric:tabular-nums}
.chart{width:100%;height:auto;font-size:13px;font-family:"SimSun",sans-serif}
.f{cursor:help;border-bottom:1px dotted #3a6ea5}td .f{border:0}.f:hover,.f:focus{background:#fff3bf;outline:0}.todo{background:#ffe066}
#from{position:fixed;left:0;right:0;bottom:0;margin:0;padding:.6rem 1.2rem;background:#17324d;color:#fff;font:15px/1.5 sans-serif;text-indent:0}
@media print{body{background:#fff}main{box-shadow:none;margin:0;padding:0}#from{display:none}h1{break-before:page}}
"""
_SCRIPT = """
(function(){var box=null;function show(e){var f=e.target.closest&&e.target.closest(".f");if(!f){if(box&&e.type==="click"){box.remove();box=null}return}
if(!box){box=document.createElement("div");box.id="from";box.setAttribute("role","status");document.body.appendChild(box)}
box.textContent=f.textContent+"："+f.title}
document.addEventListener("click",show);document.addEventListener("focusin",show)})();
"""


def write_html(report: Draft) -> bytes:
    """The report as a page in UTF-8."""
    body = "\n".join(_all(report))
    page = (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(report.title)}</title><style>{_STYLE}</style></head>\n<body><main>\n{body}\n</main>"
        f"<script>{_SCRIPT}</script></body></html>\n"
    )
    return page.encode("utf-8")


def _all(report: Draft) -> Iterator[str]:
    marks = iter(range(1, 1 << 20))
    for block in report.blocks:
        yield from _block(block, report, marks)


def _block(block: Block, report: Draft, marks: Iterator[int]) -> Iterator[str]:
    if isinstance(block, Heading):
        mark = f' id="s{next(marks)}"' if block.level <= 2 else ""  # noqa: PLR2004 - what the contents list
        yield f"<h{block.level}{mark}>{escape(block.text)}</h{block.level}>"
    elif isinstance(block, Paragraph):
        look = {Look.COVER: ' class="cover"', Look.NOTE: ' class="note"', Look.CAPTION: ' class="caption"'}.get(block.look, "")
        yield f"<p{look}>{''.join(map(_run, block.runs))}</p>"
    elif isinstance(block, ChartBlock):
        yield chart_svg(block)
        yield f'<p class="caption">{escape(block.caption)}</p>'
    elif isinstance(block, TableBlock):
        yield from _table(block, marks)
    elif isinstance(block, Contents):
        yield f'<p class="title">{escape(block.title)}</p>'
        if block.note:
            yield f'<p class="note">{escape(block.note)}</p>'
        for number, (text, level) in enumerate(contents_lines(report), 1):
            yield f'<p class="toc toc{level}"><a href="#s{number}">{escape(text)}</a></p>'
    elif isinstance(block, Break):
        return


def _run(run: Run) -> str:
    if run.figure is not None:
        return _figure(run.text, run.figure)
    return f'<span class="todo">{escape(run.text)}</span>' if run.todo else escape(run.text)


def _figure(text: str, figure: Figure) -> str:
    """A figure with where it comes from: the exact value, and the cells or the sum behind it."""
    return f'<span class="f" tabindex="0" title="{escape(_told(figure))}">{escape(text)}</span>'


def _told(figure: Figure) -> str:
    exact = plain(figure) if figure == figure.to_integral_value() else plain(figure.normalize())
    unit = "" if figure.name == "%" else figure.name
    said = figure.told()
    return "，".join(w for w in (unit, f"准确值 {exact}", f"＝{said}" if figure.parts else f"出处 {said}" if said else "") if w)


def _table(block: TableBlock, marks: Iterator[int]) -> Iterator[str]:
    mark = f' id="s{next(marks)}"' if "续" not in block.sheet else ""
    yield f'<p class="title"{mark}>{escape(block.title)}</p>'
    if block.sheet:
        yield f'<p class="head right">{escape(block.sheet)}表</p>'
    yield f'<p class="head">{escape(block.entity_line)}</p><p class="head right">{escape(block.unit_line)}</p>'
    yield '<div class="wide"><table>'
    by_row: dict[int, list[Cell]] = {}
    for cell in block.cells:
        by_row.setdefault(cell.row, []).append(cell)
    for row in range(block.rows):
        yield "<tr>" + "".join(_cell(block, c) for c in by_row.get(row, [])) + "</tr>"
    yield "</table></div>"
    if block.note:
        yield f'<p class="note">{escape(block.note)}</p>'


def _cell(block: TableBlock, cell: Cell) -> str:
    tag = "th" if cell.row < block.head else "td"
    spans = "".join(f' {name}="{n}"' for name, n in (("rowspan", cell.rowspan), ("colspan", cell.colspan)) if n > 1)
    look = ' class="n"' if tag == "td" and cell.column in block.numeric else ""
    inside = _figure(cell.text, cell.figure) if cell.figure is not None else escape(cell.text)
    return f"<{tag}{spans}{look}>{inside}</{tag}>"
