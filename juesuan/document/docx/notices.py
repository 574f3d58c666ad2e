"""What a docx holds that was not read, or read with reserve: counted while reading, said once at the end."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from juesuan.document.model import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Notices"]

_SHOWN_QUOTES: Final = 3
_QUOTE_LENGTH: Final = 40
_MESSAGES: Final[Mapping[str, tuple[str, bool]]] = {
    "revision": ("修订按“全部接受”读取：{n} 处。", False),
    "comment": ("批注 {n} 条，未作为正文读取。", False),
    "picture": ("图片 {n} 幅，其中如有文字未读取。", False),
    "object": ("嵌入对象 {n} 个（如 Excel 表格），内容未读取。", True),
    "chartex": ("新式图表 {n} 个（如瀑布图、树状图），数据未读取。", True),
    "alternate": ("有 {n} 处内容需要更新版本的 Word 才能显示，未读取。", True),
    "altchunk": ("嵌入的外部内容 {n} 段（altChunk 或子文档），未读取。", True),
    "chart_missing": ("图表 {n} 个的数据部分缺失或损坏，未读取。", True),
    "chart_uncached": ("图表 {n} 个没有缓存数据，数值未读取。", True),
    "diagram_missing": ("SmartArt 图形 {n} 个的数据部分缺失或损坏，未读取。", True),
    "note_missing": ("脚注或尾注 {n} 条在文件中找不到，未读取。", True),
    "instruction": ("域代码中有 {n} 个字符，不显示，未读取。", False),
    "ruby": ("拼音指南 {n} 处，只读取了正文字。", False),
    "cell_label": ("表格单元格中的自动编号 {n} 处，未计入单元格文字。", False),
}


class Notices:
    """Counts by kind (the keys of the messages above), quotes of hidden text, and parts that could not be read."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._hidden: list[str] = []
        self._problems: list[Problem] = []

    def count(self, kind: str, number: int = 1) -> None:
        self._counts[kind] += number

    def counted(self, kind: str) -> int:
        return self._counts[kind]

    def hidden(self, text: str) -> None:
        """A stretch of hidden text."""
        if text.strip():
            self._hidden.append(text.strip())

    def say(self, message: str, *, lost: bool) -> None:
        """A problem of its own, said once however often it comes."""
        problem = Problem(message, lost=lost)
        if problem not in self._problems:
            self._problems.append(problem)

    def problems(self) -> tuple[Problem, ...]:
        """All of it, in a fixed order."""
        found = list(self._problems)
        if self._hidden:
            quotes = "、".join(
                f"“{q[:_QUOTE_LENGTH]}{'…' if len(q) > _QUOTE_LENGTH else ''}”" for q in self._hidden[:_SHOWN_QUOTES]
            )
            more = "等" if len(self._hidden) > _SHOWN_QUOTES else ""
            found.append(Problem(f"隐藏文字 {len(self._hidden)} 处，未作为正文读取：{quotes}{more}。"))
        for kind, (message, lost) in _MESSAGES.items():
            if self._counts[kind]:
                found.append(Problem(message.format(n=self._counts[kind]), lost=lost))
        return tuple(found)
