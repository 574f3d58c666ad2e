"""Numbers that are no money, by their ids in the books."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from juesuan.books.agency import BY_ID, is_owned
from juesuan.books.model import Books
from juesuan.books.registers import Register
from juesuan.compose.figure import Figure, added

__all__ = ["VehicleType", "count_label", "count_of", "vehicle_types"]

_KINDS = tuple(id_ for id_ in BY_ID if id_.startswith("vehicles_") and id_ not in {"vehicles_owned", "vehicles_bought"})
_ALL = "vehicles_all"
_TYPES = ("轿车", "越野车", "载客汽车")
"""The types a report always names; others where there are any."""


@dataclass(frozen=True, slots=True)
class VehicleType:
    """Vehicles of one type (轿车): how many were bought in the year, for how much, and how many there are."""

    name: str
    bought: Figure
    spent: Figure
    owned: Figure


def vehicle_types(books: Books) -> list[VehicleType]:
    """Vehicles by type, from their register; all zero where the unit has none; empty where nobody says."""
    register = books.register("公务用车")
    if register is None or not register.rows:
        none = all(not found for name in ("vehicles_owned", "vehicles_bought") if (found := count_of(books, name)))
        if not none or count_of(books, "vehicles_owned") is None:
            return []
        zero = Figure(0, name="车辆", origin="账册里没有公务用车")
        return [VehicleType(name, zero, zero, zero) for name in _TYPES]
    kinds = [*_TYPES, *dict.fromkeys(str(r["车型"]) for r in register.rows if r["车型"] not in {*_TYPES, None})]
    return [_type(books, register, kind) for kind in kinds]


def _type(books: Books, register: Register, kind: str) -> VehicleType:
    origin = f"台账“{register.name}”车型为{kind}的行"
    rows = register.where(车型=kind)
    bought = [r for r in rows if r["购置年份"] == books.year]
    spent = sum((v for r in bought if isinstance(v := r["购置金额"], Decimal)), Decimal(0))
    return VehicleType(
        kind,
        Figure(len(bought), name=f"购置{kind}", origin=origin),
        Figure(spent, name=f"购置{kind}金额", origin=origin),
        Figure(sum(1 for r in rows if is_owned(r)), name=f"{kind}保有量", origin=origin),
    )


def count_of(books: Books, name: str) -> Figure | None:
    """A count of the books with its origin; None where the books do not say. "vehicles_all": the kinds together."""
    if name == _ALL:
        kinds = [found for id_ in _KINDS if (found := count_of(books, id_)) is not None]
        return added(kinds, "车辆") if kinds else count_of(books, "vehicles_owned")
    typed = books.count(name)
    if typed is None:
        return None
    return Figure(typed.value, name=count_label(name), origin="、".join(str(c) for c in typed.cells) or typed.note)


def count_label(name: str) -> str:
    """The words of a count."""
    return BY_ID[name].label if name in BY_ID else "车辆"
