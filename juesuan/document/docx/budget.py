"""What reading one file has spent of its limits."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from juesuan.errors import LimitError

if TYPE_CHECKING:
    from juesuan.document.limits import Limits

__all__ = ["Budget"]


class Budget:
    """Counts blocks, cells, characters and time of one file; every method raises LimitError beyond its limit."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self._blocks = 0
        self._cells = 0
        self._characters = 0
        self._unpacked = 0
        self._end = time.monotonic() + limits.seconds

    def refuse(self, what: str) -> LimitError:
        """The refusal for going beyond a limit, `what` naming it."""
        return LimitError(f"{self.name} 超出读取限制（{what}），没有检查。请确认文件来源，或拆分、精简后再试。")

    def block(self) -> None:
        """One more paragraph, table or chart."""
        self._blocks += 1
        if self._blocks > self.limits.blocks:
            raise self.refuse(f"段落、表格超过 {self.limits.blocks} 个")
        self.clock()

    def clock(self) -> None:
        """Look at the time."""
        if time.monotonic() > self._end:
            raise self.refuse(f"读取超过 {self.limits.seconds:g} 秒")

    def cells(self, count: int) -> None:
        """`count` more positions of a table or points of a chart."""
        self._cells += count
        if self._cells > self.limits.table_cells:
            raise self.refuse(f"单元格超过 {self.limits.table_cells} 个")

    def text(self, count: int) -> None:
        """`count` more characters."""
        self._characters += count
        if self._characters > self.limits.text_characters:
            raise self.refuse(f"文字超过 {self.limits.text_characters} 个")

    def unpacked(self, count: int) -> None:
        """`count` more bytes unpacked from the container."""
        self._unpacked += count
        if self._unpacked > self.limits.unpacked_bytes:
            raise self.refuse(f"解压后超过 {self.limits.unpacked_bytes} 字节")

    def depth(self, depth: int) -> None:
        """Elements are followed `depth` deep."""
        if depth > self.limits.nesting_depth:
            raise self.refuse(f"内容嵌套超过 {self.limits.nesting_depth} 层")
