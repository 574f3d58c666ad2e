"""What stands in a cell of a performance form, as `juesuan.performance.values` reads it."""

from __future__ import annotations

from juesuan.performance.values import Kind, Value, is_exact, measure_of, points, read_value, squeezed

__all__ = ["Kind", "Value", "is_exact", "measure_of", "points", "read_value", "squeezed"]
