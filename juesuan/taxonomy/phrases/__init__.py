"""The clauses of money sentences, each declared once: how it is read, what it asserts, how it is written.

A sentence is a sequence of clauses. `PHRASES` lists them in the order they are tried.
"""

from juesuan.taxonomy.phrases.among import AMONG
from juesuan.taxonomy.phrases.change import CHANGE, CHANGE_BY_RATE, FLAT, FROM_TO, VARIANCE
from juesuan.taxonomy.phrases.completion import COMPLETION, COMPLETION_RATE
from juesuan.taxonomy.phrases.order import ORDER
from juesuan.taxonomy.phrases.pattern import Match, Phrase
from juesuan.taxonomy.phrases.share import SHARE
from juesuan.taxonomy.phrases.state import BECOME, COUNT, RATE, RESTATE, STATE, STATE_STAGE

PHRASES: tuple[Phrase, ...] = (
    BECOME,
    CHANGE,
    CHANGE_BY_RATE,
    ORDER,
    FLAT,
    SHARE,
    COMPLETION,
    COMPLETION_RATE,
    FROM_TO,
    VARIANCE,
    STATE,
    STATE_STAGE,
    COUNT,
    RESTATE,
    RATE,
    AMONG,
)

BY_KIND: dict[str, tuple[Phrase, ...]] = {
    kind: tuple(p for p in PHRASES if kind in p.begins) for kind in frozenset().union(*(p.begins for p in PHRASES))
}
"""The phrases that can begin with a kind letter, in the order they are tried."""

__all__ = ["BY_KIND", "PHRASES", "Match", "Phrase"]
