"""A unit's own data for a year, in a directory that people edit with Excel and a text editor.

>>> books = load_books(Path("examples/anju-gsl-2023"))  # doctest: +SKIP
>>> books.amount("expenditure", "general_budget").yuan  # doctest: +SKIP
Decimal('1522000')
"""

from juesuan.books.figures import Cell, Key, Money, key_of, label_of
from juesuan.books.model import Books, Count, StatementData, StatementRow
from juesuan.books.named import facts_of, in_wan, written
from juesuan.books.narrative import Narrative, Passage, render_text
from juesuan.books.plan import StatementPlan, plan_of
from juesuan.books.problems import Grade, Problem
from juesuan.books.registers import Register, RegisterRow
from juesuan.books.settings import RegisterSpec, Settings
from juesuan.books.store import Loaded, load_books, open_books

__all__ = [
    "Books",
    "Cell",
    "Count",
    "Grade",
    "Key",
    "Loaded",
    "Money",
    "Narrative",
    "Passage",
    "Problem",
    "Register",
    "RegisterRow",
    "RegisterSpec",
    "Settings",
    "StatementData",
    "StatementPlan",
    "StatementRow",
    "facts_of",
    "in_wan",
    "key_of",
    "label_of",
    "load_books",
    "open_books",
    "plan_of",
    "render_text",
    "written",
]
