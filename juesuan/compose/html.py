"""A composed report as one web page that needs nothing else: charts drawn in it, every figure tells its origin."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files

from juesuan.compose.document import contents_lines, is_listed
from juesuan.compose.draft import (
    Block,
    Break,
    Cell,
    ChartBlock,
    Contents,
    Draft,
    Heading,
    Look,
    Paragraph,
    Run,
    TableBlock,
)
from juesuan.compose.figure import Figure
from juesuan.compose.svg import chart_svg
from juesuan.quantity import plain

__all__ = ["write_html"]

_HOME = files("juesuan.compose")


def write_html(report: Draft) -> bytes:
    """The report as a page in UTF-8."""
    body = "\n".join(_all(report))
    page = (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(report.title)}</title><style>{_asset('page.css')}</style></head>\n<body><main>\n{body}\n</main>"
        f"<script>{_asset('page.js')}</script></body></html>\n"
    )
    return page.encode("utf-8")


@cache
def _asset(name: str) -> str:
    """The style or script of the page."""
    return (_HOME / name).read_text(encoding="utf-8")


def _all(report: Draft) -> Iterator[str]:
    marks = iter(range(1, 1 << 20))
    for block in report.blocks:
        yield from _block(block, report, marks)


def _block(block: Block, report: Draft, marks: Iterator[int]) -> Iterator[str]:
    if isinstance(block, Heading):
        mark = f' id="s{next(marks)}"' if block.level <= 2 else ""
        look = ' class="inner"' if block.inner else ' class="attachment"' if block.attachment else ""
        yield f"<h{block.level}{mark}{look}>{escape(block.text)}</h{block.level}>"
    elif isinstance(block, Paragraph):
        look = {Look.COVER: ' class="cover"', Look.NOTE: ' class="note"', Look.CAPTION: ' class="caption"'}.get(
            block.look, ""
        )
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
        return _figure(run.text, run.figure, todo=run.todo)
    return f'<span class="todo">{escape(run.text)}</span>' if run.todo else escape(run.text)


def _figure(text: str, figure: Figure, *, todo: bool) -> str:
    """A figure with where it comes from: the exact value, and the cells or the sum behind it."""
    look = "f todo" if todo else "f"
    return f'<span class="{look}" tabindex="0" title="{escape(_told(figure))}">{escape(text)}</span>'


def _told(figure: Figure) -> str:
    exact = plain(figure) if figure == figure.to_integral_value() else plain(figure.normalize())
    unit = "" if figure.name == "%" else figure.name
    said = figure.told()
    return "，".join(
        w for w in (unit, f"准确值 {exact}", f"＝{said}" if figure.parts else f"出处 {said}" if said else "") if w
    )


def _table(block: TableBlock, marks: Iterator[int]) -> Iterator[str]:
    mark = f' id="s{next(marks)}"' if is_listed(block) else ""
    yield f'<p class="title"{mark}>{escape(block.title)}</p>'
    if not block.is_form:
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
    tag = "th" if cell.row < block.head or cell.label else "td"
    spans = "".join(f' {name}="{n}"' for name, n in (("rowspan", cell.rowspan), ("colspan", cell.colspan)) if n > 1)
    look = ' class="n"' if tag == "td" and (cell.column in block.numeric or cell.align == "right") else ""
    inside = _figure(cell.text, cell.figure, todo=cell.todo) if cell.figure is not None else _lines(cell.text)
    return f"<{tag}{spans}{look}>{inside}</{tag}>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
