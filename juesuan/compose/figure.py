"""An exact amount that remembers where it comes from, so that every printed figure can be traced to the books."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

__all__ = ["Figure", "added", "percent"]

_DIGITS = 12
"""Digits kept behind the point of a percentage, for showing how it was computed; printing rounds the exact ratio."""


class Figure(Decimal):
    """A Decimal (元, a count, or %) with its name, its origin in the books, or the formula and figures it follows from.

    Sums and differences of figures are figures; they know their parts.
    """

    __slots__ = ("formula", "name", "origin", "parts")

    name: str
    origin: str
    formula: str
    parts: tuple[Figure, ...]

    def __new__(  # noqa: PYI034 - sums and parts are figures, not of a subclass
        cls,
        value: Decimal | int | str,
        *,
        name: str = "",
        origin: str = "",
        formula: str = "",
        parts: tuple[Figure, ...] = (),
    ) -> Figure:
        """A figure: either `origin` is where it stands in the books, or `formula` joins its `parts`."""
        made = super().__new__(cls, value)
        made.name, made.origin, made.formula, made.parts = name, origin, formula, parts
        return made

    def named(self, name: str) -> Figure:
        """The same figure under another name."""
        return Figure(self, name=name, origin=self.origin, formula=self.formula, parts=self.parts)

    def __add__(self, other: Decimal | int, /) -> Figure:
        return Figure(Decimal(self) + other, formula="+", parts=(self, _figure(other)))

    def __sub__(self, other: Decimal | int, /) -> Figure:
        return Figure(Decimal(self) - other, formula="-", parts=(self, _figure(other)))

    def __abs__(self) -> Figure:
        return self if self >= 0 else Figure(abs(Decimal(self)), name=self.name, formula=self.formula, parts=self.parts)

    def told(self, depth: int = 1) -> str:
        """Where the figure comes from, in words: 决算数据.xlsx“公开06”!D7, or its parts with theirs."""
        if not self.parts:
            return self.origin or self.name
        if depth < 0:
            return self.name
        words = f" {self.formula} ".join(self._term(part, depth) for part in self.parts[:8])
        more = f" {self.formula} …（共 {len(self.parts)} 项）" if len(self.parts) > 8 else ""
        return words + more

    def _term(self, part: Figure, depth: int) -> str:
        """A part in the formula: its name, or what it is made of, in brackets where another sign joins that."""
        words = part.name or part.told(depth - 1)
        return f"（{words}）" if not part.name and part.parts and part.formula != self.formula else words

    def leaves(self) -> tuple[Figure, ...]:
        """The figures of the books it follows from, each once, in order."""
        if not self.parts:
            return (self,)
        seen = {id(leaf): leaf for part in self.parts for leaf in part.leaves()}
        return tuple(seen.values())


def _figure(value: Decimal | int) -> Figure:
    return value if isinstance(value, Figure) else Figure(value)


def added(figures: Iterable[Figure], name: str = "") -> Figure:
    """The sum of figures; zero without any."""
    parts = tuple(figures)
    if len(parts) == 1:
        return parts[0].named(name or parts[0].name)
    return Figure(sum((Decimal(p) for p in parts), Decimal(0)), name=name, formula="+", parts=parts)


def percent(part: Decimal, whole: Decimal) -> Figure:
    """Part ÷ whole in %, which is shown and not printed. Raises ZeroDivisionError."""
    ratio = Fraction(part) / Fraction(whole) * 100
    units = round(ratio * 10**_DIGITS)
    return Figure(Decimal(units).scaleb(-_DIGITS), name="%", formula="÷", parts=(_figure(part), _figure(whole)))
