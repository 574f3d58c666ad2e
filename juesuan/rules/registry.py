"""The list of rules. A module of this package with a `RULE` is a rule; nothing else needs to be written down."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import juesuan.rules as package
from juesuan.rules.base import Rule

_NOT_RULES = frozenset({"base", "registry", "arithmetic"})


def _load() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for module in iter_modules(package.__path__):
        if module.name in _NOT_RULES or module.name.startswith("_"):
            continue
        rule = getattr(import_module(f"{package.__name__}.{module.name}"), "RULE", None)
        if not isinstance(rule, Rule):
            msg = f"{module.name} lies among the rules and declares no RULE"
            raise TypeError(msg)
        if rule.code in found:
            msg = f"{rule.code} is used twice"
            raise ValueError(msg)
        found[rule.code] = rule
    return dict(sorted(found.items()))


RULES: dict[str, Rule] = _load()
"""All rules by code, in order."""


def by_code(code: str) -> Rule | None:
    """The rule with that code or name ("JS102", "js102", "growth-rate")."""
    wanted = code.strip()
    return RULES.get(wanted.upper()) or next((r for r in RULES.values() if r.name == wanted.lower()), None)
