"""Root causes: among broken relations, the one change that would mend the most.

Facts printed twice with the same concept, scope and value are one cluster. While broken relations remain, for each cluster
and each kind of mend (another value, ×10⁴, moved to another parent, swapped with a sibling) the relations it
would mend minus those it would newly break are counted. The best, if it mends two or more and breaks
none, is the cause, its followers the evidence; otherwise the two sides of a broken relation disagree and neither is blamed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import Enum

from juesuan.evaluate import evaluate
from juesuan.facts import Difference, Equal, Fact, Relation, State, Sum, Verdict
from juesuan.place import Place
from juesuan.quantity import Dimension, Quantity, plain

MYRIAD = Decimal(10**4)
STRUCTURAL = ("table", "text_table")
"""Sources of relations that the structure of tables asserts."""
MOST_SWAPPED = 250
"""With more figures in broken relations than this, no swaps are looked for: something else is wrong."""
Cluster = tuple[object, ...]


class Mend(Enum):
    """What would have to change."""

    VALUE = "value"
    MYRIAD = "myriad"
    MOVE = "move"
    SWAP = "swap"
    NONE = "none"
    """No single change mends two relations: the sides disagree."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A relation with its verdict."""

    relation: Relation
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of one or more broken relations.

    `facts`: the figures to change (all places of the cluster); `value`: what they should read, as text with measure,
    and `mended` the same in base units;
    `broken`: the relations it explains, the most telling first. `target`: where a moved item belongs (the total that lacks it).
    `assumed`: figures that another cause mends, at the values it gives them: the relation is broken with those too.
    """

    mend: Mend
    facts: tuple[Fact, ...]
    broken: tuple[Judged, ...]
    value: str | None = None
    mended: Decimal | None = None
    target: Fact | None = None
    assumed: tuple[Fact, ...] = ()

    @property
    def first(self) -> Judged:
        return self.broken[0]


def cluster_of(fact: Fact) -> Cluster:
    """Facts with the same key are one figure printed in several places."""
    s = fact.scope
    subject: object = fact.concept if fact.concept and not fact.concept.startswith("named:") else fact.id
    return (subject, fact.aspect, s.year, s.stage, s.fund, s.account, s.economic, s.nature, s.project, fact.value)


def find_causes(judged: Sequence[Judged]) -> list[Cause]:
    """Explain every broken relation by exactly one cause."""
    broken = list(_distinct(j for j in judged if j.verdict.state is State.BROKEN))
    if not broken:
        return []
    index = _Index(judged)
    candidates = [*_value_mends(broken, index), *_moves(broken), *_swaps(broken, index)]
    found: list[Cause] = []
    while True:
        # What a mend would break does not change as causes are found; only what is left for it to mend does.
        still = {id(j) for j in broken}
        candidates = [
            replace(c, broken=left) for c in candidates if len(left := tuple(j for j in c.broken if id(j) in still)) > 1
        ]
        if not candidates:
            break
        best = max(candidates, key=_rank)
        found.append(best)
        explained = {id(j) for j in best.broken}
        broken = [j for j in broken if id(j) not in explained]
    mended = {f.id: f for cause in found for f in _mended_facts(cause)}
    found += [_unexplained(j, mended) for j in broken]
    return sorted(found, key=lambda c: c.facts[0].place.start)


def _mended_facts(cause: Cause) -> Iterable[Fact]:
    """The figures a cause gives another value, with that value."""
    value = cause.mended
    return [_with_value(f, value) for f in cause.facts] if value is not None else []


def _unexplained(j: Judged, mended: Mapping[int, Fact]) -> Cause:
    """A relation that no single mend repairs, judged with what the others mend: a rate is not asked to fit a wrong amount."""
    assumed = tuple(mended[f.id] for f in j.relation.operands if f.id in mended)
    if assumed:
        relation = substitute(j.relation, {f.id: f for f in assumed})
        again = Judged(relation, evaluate(relation))
        if again.verdict.state is State.BROKEN:
            return Cause(Mend.NONE, (relation.subject,), (again,), value=_expected(again), assumed=assumed)
    return Cause(Mend.NONE, (j.relation.subject,), (j,), value=_expected(j))


def _distinct(broken: Iterable[Judged]) -> Iterator[Judged]:
    """Without a second statement that the same two figures are one: said twice, it is no second proof."""
    seen: set[frozenset[int]] = set()
    for j in broken:
        pair = frozenset(f.id for f in j.relation.facts)
        if not isinstance(j.relation, Equal):
            yield j
        elif pair not in seen:
            seen.add(pair)
            yield j


class _Index:
    """Which relations a cluster takes part in, and the facts of each cluster.

    Figures that tables hold equal (a line printed in two tables, a parent with one child) are one cluster: a slip
    that is copied along has one cause.
    """

    def __init__(self, judged: Sequence[Judged]) -> None:
        self.relations: dict[Cluster, list[Judged]] = defaultdict(list)
        self.facts: dict[Cluster, dict[int, Fact]] = defaultdict(dict)
        self._roots: dict[Cluster, Cluster] = {}
        self._keys: dict[int, Cluster] = {}
        for j in judged:
            pair = _copied(j)
            if pair is not None:
                self._join(cluster_of(pair[0]), cluster_of(pair[1]))
        for j in judged:
            for key in {self.key(f) for f in j.relation.facts}:
                self.relations[key].append(j)
            for fact in j.relation.facts:
                self.facts[self.key(fact)][fact.id] = fact

    def key(self, fact: Fact) -> Cluster:
        """The cluster of a fact, with all that tables hold equal to it."""
        found = self._keys.get(fact.id)
        if found is None or fact.id < 0:
            found = self._root(cluster_of(fact))
            self._keys[fact.id] = found
        return found

    def printed(self, fact: Fact, *, copied: bool) -> list[Fact]:
        """All places of a figure; `copied`: with those that tables hold equal to it."""
        own = cluster_of(fact)
        return [f for f in self.facts[self.key(fact)].values() if copied or cluster_of(f) == own]

    def _root(self, key: Cluster) -> Cluster:
        while key in self._roots:
            key = self._roots[key]
        return key

    def _join(self, one: Cluster, other: Cluster) -> None:
        one, other = self._root(one), self._root(other)
        if one != other:
            self._roots[other] = one


def _copied(judged: Judged) -> tuple[Fact, Fact] | None:
    """The two figures of a table relation that holds because one repeats the other."""
    relation = judged.relation
    if judged.verdict.state is not State.HOLDS or not relation.source.startswith(STRUCTURAL):
        return None
    if isinstance(relation, Equal):
        return (relation.other, relation.subject) if relation.subject.value == relation.other.value else None
    if isinstance(relation, Sum) and relation.closed and relation.subject.value:
        parts = [p for p in relation.parts if p.value]
        if len(parts) == 1 and parts[0].value == relation.subject.value:
            return parts[0], relation.subject
    return None


def _rank(cause: Cause) -> tuple[int, bool, int, int]:
    return len(cause.broken), cause.mend is Mend.MOVE, -len(cause.facts), -cause.facts[0].id


def _value_mends(broken: Sequence[Judged], index: _Index) -> Iterable[Cause]:
    """Give one cluster the value that one broken relation asks for."""
    tried: set[tuple[Cluster, Decimal]] = set()
    failing = Counter(key for j in broken for key in {index.key(f) for f in j.relation.facts})
    for j in broken:
        for fact in j.relation.facts:
            key = index.key(fact)
            if fact.id < 0 or failing[key] < 2:
                continue
            for value in _solutions(j.relation, fact):
                if (key, value) in tried:
                    continue
                tried.add((key, value))
                cause = _try(key, value, broken, index)
                if cause is not None:
                    yield cause


def _try(key: Cluster, value: Decimal, broken: Sequence[Judged], index: _Index) -> Cause | None:
    """The cause "this cluster should read `value`", unless it would break what holds."""
    facts = tuple(index.facts[key].values())
    changed = {f.id: _with_value(f, value) for f in facts}
    still = {id(j) for j in broken}
    mended: list[Judged] = []
    for j in index.relations[key]:
        state = evaluate(substitute(j.relation, changed)).state
        if j.verdict.state is State.BROKEN:
            if id(j) in still and state in {State.HOLDS, State.ROUNDING}:
                mended.append(j)
        elif j.verdict.state in {State.HOLDS, State.ROUNDING} and state is State.BROKEN:
            return None
    if not mended:
        return None
    first = facts[0]
    mend = Mend.MYRIAD if first.value and value and abs(value / first.value) in {MYRIAD, 1 / MYRIAD} else Mend.VALUE
    return Cause(
        mend,
        tuple(sorted(facts, key=lambda f: f.place.start)),
        tuple(sorted(mended, key=lambda j: _telling(j, changed))),
        value=_text(changed[first.id]),
        mended=value,
    )


def _telling(j: Judged, blamed: Container[int] = ()) -> tuple[int, bool, int]:
    """The surest kind first; of one kind what is asserted of the blamed figure itself, before what it is a part of."""
    order = {"equal": 0, "sum": 1, "difference": 2, "growth": 3, "share": 4, "completion": 5}
    return order.get(j.relation.kind, 9), j.relation.subject.id not in blamed, j.relation.subject.id


def _solutions(relation: Relation, fact: Fact) -> list[Decimal]:
    """Values of `fact`, in base units, for which the relation would hold."""
    if isinstance(relation, Equal):
        return [relation.other.value if fact.id == relation.subject.id else relation.subject.value]
    if isinstance(relation, Sum) and relation.closed:
        total = sum((p.value for p in relation.parts), Decimal(0))
        if fact.id == relation.subject.id:
            return [total]
        return [relation.subject.value - (total - fact.value)]
    if isinstance(relation, Difference):
        change, now, base = relation.subject.value, relation.now.value, relation.base.value
        return [
            {relation.subject.id: now - base, relation.now.id: base + change, relation.base.id: now - change}[fact.id]
        ]
    verdict = evaluate(relation)
    if (
        fact.id == relation.subject.id
        and verdict.computed is not None
        and relation.kind in {"growth", "share", "completion"}
    ):
        return [verdict.computed]
    return []


def _with_value(fact: Fact, value: Decimal) -> Fact:
    q = fact.quantity
    written = value / q.measure.factor
    decimals = max(q.decimals, q.implied, min(len(format(written.normalize(), "f").partition(".")[2]), 2))
    new = Quantity(abs(written) if fact.sign < 0 else written, q.measure, decimals)
    return replace(fact, quantity=new)


def _text(fact: Fact) -> str:
    q = fact.quantity
    return f"{plain(q.value, q.decimals)}{q.measure.symbol}"


def substitute(relation: Relation, changed: Mapping[int, Fact]) -> Relation:
    """The relation with some of its facts replaced."""
    new: dict[str, object] = {}
    for item in fields(relation):
        value = getattr(relation, item.name)
        if isinstance(value, Fact) and value.id in changed:
            new[item.name] = changed[value.id]
        elif isinstance(value, tuple) and not isinstance(value, Place):
            new[item.name] = tuple(changed.get(f.id, f) for f in value)
    return replace(relation, **new) if new else relation  # type: ignore[arg-type]


def _moves(broken: Sequence[Judged]) -> Iterable[Cause]:
    """One part stands under the wrong total: taking it out mends one sum, putting it in mends another."""
    sums = [
        (j, j.relation)
        for j in broken
        if isinstance(j.relation, Sum) and j.relation.closed and not j.relation.source.startswith(STRUCTURAL)
    ]
    for giver, source in sums:
        for part in source.parts:
            rest = replace(source, parts=tuple(p for p in source.parts if p.id != part.id))
            if not rest.parts or evaluate(rest).state not in {State.HOLDS, State.ROUNDING}:
                continue
            for taker, goal in sums:
                if goal is source or goal.source != source.source:
                    continue
                with_it = replace(goal, parts=(*goal.parts, part))
                if evaluate(with_it).state in {State.HOLDS, State.ROUNDING}:
                    yield Cause(Mend.MOVE, (part,), (giver, taker), target=goal.subject)


def _swaps(broken: Sequence[Judged], index: _Index) -> Iterable[Cause]:
    """Two siblings took each other's value."""
    subjects = {index.key(f): f for j in broken for f in j.relation.facts if f.id >= 0}
    clusters = list(subjects.items())
    if len(clusters) > MOST_SWAPPED:
        return
    linear = [j for j in broken if _is_linear(j) and j.verdict.computed is not None]
    gaps = sorted(abs((j.verdict.computed or Decimal(0)) - j.relation.subject.value) for j in linear)
    slack = max((j.relation.subject.quantity.ulp for j in linear), default=Decimal(0)) * 10
    in_rates = {index.key(f) for j in broken if not _is_linear(j) for f in j.relation.facts}
    for i, (key_a, a) in enumerate(clusters):
        for key_b, b in clusters[i + 1 :]:
            if (
                a.value == b.value
                or a.aspect is not b.aspect
                or a.quantity.measure.dimension is not b.quantity.measure.dimension
            ):
                continue
            if a.quantity.measure.dimension not in {Dimension.MONEY, Dimension.RATIO}:
                continue
            apart = abs(a.value - b.value)
            in_both = key_a in in_rates and key_b in in_rates
            if not in_both and not _near(gaps, apart, slack):
                continue
            touched = {id(j): j for j in (*index.relations[key_a], *index.relations[key_b])}
            for copied in (True, False):
                changed = {f.id: _with_value(f, b.value) for f in index.printed(a, copied=copied)}
                changed |= {f.id: _with_value(f, a.value) for f in index.printed(b, copied=copied)}
                mended = _mended(touched.values(), changed, broken)
                # A sum does not notice a swap of its own parts: at least two broken relations must be mended by it.
                if mended is not None and len(mended) > 1:
                    yield Cause(Mend.SWAP, (a, b), tuple(sorted(mended, key=_telling)), value=_text(changed[a.id]))
                    break


def _near(gaps: Sequence[Decimal], value: Decimal, slack: Decimal) -> bool:
    """Whether one of the sorted gaps is a value but for `slack`."""
    at = bisect_left(gaps, value - slack)
    return at < len(gaps) and gaps[at] <= value + slack


def _is_linear(j: Judged) -> bool:
    """Whether a swap changes the gap of a relation by just the difference of the two."""
    return isinstance(j.relation, (Sum, Equal, Difference))


def _mended(touched: Iterable[Judged], changed: Mapping[int, Fact], broken: Sequence[Judged]) -> list[Judged] | None:
    still = {id(j) for j in broken}
    mended: list[Judged] = []
    for j in touched:
        state = evaluate(substitute(j.relation, changed)).state
        if j.verdict.state is State.BROKEN:
            if id(j) in still and state in {State.HOLDS, State.ROUNDING}:
                mended.append(j)
        elif state is State.BROKEN:
            return None
    return mended


def _expected(j: Judged) -> str | None:
    return j.verdict.expected
