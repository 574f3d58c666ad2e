"""How much of a document's numbers was understood: bound, related, inert, unread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from juesuan.facts import State
from juesuan.findings import Coverage, Evidence, Role
from juesuan.place import Place, Where
from juesuan.rules.base import View

FIGURES = "APQC"
"""Token kinds that are numbers of a sentence; bare digits without a measure are no figures."""


def measure_coverage(view: View, locate: Callable[[Place], Where]) -> Coverage:
    """Count the numbers of the sentences and say which nobody understood."""
    understanding = view.understanding
    bound = {f.place for f in understanding.facts if f.scope.year is not None or understanding.identity.year is None}
    related = {
        f.place for j in view.judged if j.verdict.state is not State.UNJUDGED for f in j.relation.facts if f.id >= 0
    }
    numbers = inert = n_bound = n_related = 0
    unread: list[Evidence] = []
    for passage, tokens in zip(understanding.passages, understanding.tokens, strict=True):
        for token in tokens:
            if token.kind in "iYB":
                numbers += token.kind != "B"
                inert += token.kind != "B"
                continue
            if token.kind not in FIGURES:
                continue
            numbers += 1
            place = passage.place(token.start, token.end)
            if place in bound:
                n_bound += 1
                n_related += place in related
            else:
                evidence = view.evidence(place, Role.OTHER)
                unread.append(replace(evidence, where=locate(place)))
    coded = sum(row.prints_code for table in understanding.tables.statements for row in table.rows)
    numbers, inert = numbers + coded, inert + coded
    for fact in understanding.tables.facts:
        numbers += 1
        if fact.concept.startswith("named:"):
            unread.append(replace(view.evidence(fact.place, Role.OTHER), where=locate(fact.place)))
        else:
            n_bound += 1
            n_related += fact.place in related
    return Coverage(numbers=numbers, bound=n_bound, related=n_related, inert=inert, unread=tuple(unread))
