"""A document as HTML: paragraphs, tables with merged cells, charts as small tables with bars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from juesuan.document.model import Block, Cell, Chart, Document, Origin, Paragraph, Table
from juesuan.render.html.escape import escape
from juesuan.render.html.marks import Marks

_NUMBER = re.compile(r"\s*[-−+(（]?[\d,，.]+[%％)）]?\s*|\s*[-—–−]+\s*")
_ORIGINS = {
    Origin.TEXT_BOX: "文本框",
    Origin.FOOTNOTE: "脚注",
    Origin.HEADER: "页眉",
    Origin.FOOTER: "页脚",
    Origin.COMMENT: "批注",
}
_LONG_GAP = 3


def body(document: Document, marks: Marks) -> Iterator[str]:
    """The document's blocks as HTML, a line at each new page."""
    page: int | None = None
    for block in document.blocks:
        if block.page is not None and block.page != page:
            page = block.page
            yield f'<div class="page" role="separator" aria-label="第{page}页"><span>第 {page} 页</span></div>'
        yield _block(block, marks)


def _block(block: Block, marks: Marks) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(block, marks)
    if isinstance(block, Table):
        return _table(block, marks)
    if isinstance(block, Chart):
        return _chart(block, marks)
    return ""


def _paragraph(block: Paragraph, marks: Marks) -> str:
    inner = marks.on(block.text, (block.id, None, None, None, None))
    label = f'<span class="label">{escape(block.label)}</span>' if block.label else ""
    if block.heading is not None:
        level = min(max(block.heading, 1) + 1, 6)
        return f'<h{level} class="b">{label}{inner}</h{level}>'
    origin = _ORIGINS.get(block.origin)
    note = f'<small class="origin">{origin}</small>' if origin else ""
    look = "b aside" if origin else "b"
    return f'<p class="{look}">{note}{label}{inner}</p>'


def _table(block: Table, marks: Marks) -> str:
    said = [f"工作表“{block.sheet}”"] if block.sheet else []
    said += ["隐藏的表"] if block.hidden else []
    said += ["原文没有列的位置，按出现次序排列"] if not block.regular else []
    caption = f"<caption>{escape('，'.join(said))}</caption>" if said else ""
    rows = _rows(block, marks)
    return (
        f'<div class="b table" tabindex="0" role="group"><table>{caption}<tbody>{"".join(rows)}</tbody></table></div>'
    )


def _rows(block: Table, marks: Marks) -> Iterator[str]:
    """The rows; long runs of empty rows are said, not drawn: a sheet may end a million rows below its last cell."""
    taken: dict[int, int] = {}
    by_row: dict[int, list[Cell]] = {}
    for item in block.cells:
        by_row.setdefault(item.row, []).append(item)
    gap = 0
    last = max(by_row, default=-1)
    for row in sorted(set(by_row) | _covered(block)):
        if row > last:
            break
        if row - gap > _LONG_GAP:
            yield f'<tr class="gap"><td colspan="{min(max(block.columns, 1), 1000)}">空 {row - gap} 行</td></tr>'
        else:
            yield "<tr></tr>" * (row - gap)
        gap = row + 1
        yield f"<tr>{''.join(_cells(block, by_row.get(row, []), row, taken, marks))}</tr>"


def _covered(block: Table) -> set[int]:
    """The rows a merged cell reaches into: they must be drawn even when they hold no cell of their own."""
    most = max((item.row for item in block.cells), default=0) + 1
    return {
        row for item in block.cells if item.rowspan > 1 for row in range(item.row, min(item.row + item.rowspan, most))
    }


def _cells(block: Table, cells: list[Cell], row: int, taken: dict[int, int], marks: Marks) -> Iterator[str]:
    column = 0
    for item in sorted(cells, key=lambda one: one.column):
        free = [at for at in range(column, item.column) if taken.get(at, -1) < row] if block.regular else []
        if free:
            yield "<td></td>" if len(free) == 1 else f'<td colspan="{min(len(free), 1000)}"></td>'
        column = item.column + item.colspan
        if item.rowspan > 1:
            taken.update(dict.fromkeys(range(item.column, column), row + item.rowspan - 1))
        yield _cell(block, item, marks)


def _cell(block: Table, item: Cell, marks: Marks) -> str:
    spans = f' colspan="{min(item.colspan, 1000)}"' if item.colspan > 1 else ""
    spans += f' rowspan="{min(item.rowspan, 65534)}"' if item.rowspan > 1 else ""
    # The first column holds codes and names, to be read from the left.
    look = ' class="n"' if item.column and _NUMBER.fullmatch(item.text) else ""
    return f"<td{look}{spans}>{marks.on(item.text, (block.id, item.row, item.column, None, None))}</td>"


def _chart(block: Chart, marks: Marks) -> str:
    title = marks.on(block.title, (block.id, None, None, None, None)) or "图"
    heads = "".join(
        f'<th scope="col">{marks.on(one.name, (block.id, None, None, index, None))}</th>'
        for index, one in enumerate(block.series)
    )
    most = max((abs(value) for one in block.series for value in map(_decimal, one.values)), default=Decimal(0))
    rows = "".join(_point(block, at, most, marks) for at in range(_points(block)))
    note = "" if block.cached else '<p class="note">图中没有存数据</p>'
    return (
        f'<figure class="b chart"><figcaption>{title}</figcaption>'
        f'<div class="table" tabindex="0" role="group"><table><thead><tr><th></th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{note}</figure>"
    )


def _points(block: Chart) -> int:
    return max([len(block.categories), *(len(one.values) for one in block.series)])


def _point(block: Chart, at: int, most: Decimal, marks: Marks) -> str:
    name = block.categories[at] if at < len(block.categories) else ""
    # A category label is named by series -1, and by no series in older readers.
    key = (block.id, None, None, -1, at)
    label = marks.on(name, key if key in marks.by_holder else (block.id, None, None, None, at))
    cells = "".join(_value(block, index, at, most, marks) for index in range(len(block.series)))
    return f'<tr><th scope="row">{label}</th>{cells}</tr>'


def _value(block: Chart, index: int, at: int, most: Decimal, marks: Marks) -> str:
    one = block.series[index]
    text = (one.values[at] if at < len(one.values) else None) or ""
    typed = one.labels[at] if at < len(one.labels) else None
    width = int(abs(_decimal(text)) * 120 / most) if most else 0
    size = f'width="{max(width, 1)}" height="10"'
    bar = f'<svg class="bar" {size} aria-hidden="true"><rect {size}/></svg>'
    note = f'<small class="typed">标签：{escape(typed)}</small>' if typed else ""
    return f'<td class="n">{bar} {marks.on(text, (block.id, None, None, index, at))}{note}</td>'


def _decimal(text: str | None) -> Decimal:
    try:
        value = Decimal((text or "0").replace(",", "").strip())
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() else Decimal(0)
