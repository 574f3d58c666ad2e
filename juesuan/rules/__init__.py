"""All rules, by code. A rule is one module of this package with a `RULE`."""

from juesuan.rules.base import CouldNotCheckError, NotApplicableError, Rule, View
from juesuan.rules.registry import RULES, by_code

__all__ = ["RULES", "CouldNotCheckError", "NotApplicableError", "Rule", "View", "by_code"]
