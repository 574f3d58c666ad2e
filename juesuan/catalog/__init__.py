"""收支分类科目 by year: codes, names, renames, and what the catalog says of a path as written.

>>> catalog = load()
>>> catalog.by_code("210", 2018).name
'医疗卫生与计划生育支出'
>>> catalog.resolve("社会保障和就业支出", "行政事业单位离退休", None, 2023).group.current_name
'行政事业单位养老支出'
"""

from juesuan.catalog.catalog import Catalog, load
from juesuan.catalog.model import ECONOMIC, FUNCTIONAL, GOV_ECONOMIC, LEVELS, Account, Heading, Level, Naming
from juesuan.catalog.names import fold, split_path, stem
from juesuan.catalog.resolve import PLACED, LevelMatch, Resolution, Status
from juesuan.catalog.store import Entry

__all__ = [
    "ECONOMIC",
    "FUNCTIONAL",
    "GOV_ECONOMIC",
    "LEVELS",
    "PLACED",
    "Account",
    "Catalog",
    "Entry",
    "Heading",
    "Level",
    "LevelMatch",
    "Naming",
    "Resolution",
    "Status",
    "fold",
    "load",
    "split_path",
    "stem",
]
