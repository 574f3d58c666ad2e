"""How much of a document's numbers was understood: bound, related, inert, unread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace

from juesuan.facts import State
from juesuan.findings import Coverage, Evidence, Role
from juesuan.place import Place, Where
from juesuan.rules.base import View
from juesuan.understand.forms_model import Entry, Form, FundRow, Indicator

FIGURES = "APQC"
"""Token kinds that are numbers of a sentence; bare digits without a measure are no figures."""


def _entries(part: object) -> Iterator[Entry]:
    """The cells of a performance form, or of a part of one, each once."""
    seen: set[Place] = set()
    todo = [part]
    while todo:
        one = todo.pop()
        if isinstance(one, Entry):
            if one.place not in seen:
                seen.add(one.place)
                yield one
        elif isinstance(one, tuple) and not isinstance(one, Place):
            todo.extend(one)
        elif isinstance(one, (Form, FundRow, Indicator)):
            todo.extend(getattr(one, f.name) for f in fields(one))


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
    for form in understanding.forms:
        figures = [e for e in _entries(form) if e.quantity is not None and e not in form.unread]
        numbers += len(figures)
        n_bound += len(figures)
        n_related += sum(e.place in related for e in figures)
        for entry in form.unread:
            if entry.quantity is not None:
                numbers += 1
                unread.append(replace(view.evidence(entry.place, Role.OTHER), where=locate(entry.place)))
    return Coverage(numbers=numbers, bound=n_bound, related=n_related, inert=inert, unread=tuple(unread))
