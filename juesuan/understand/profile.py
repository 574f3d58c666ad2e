"""What a document is: final accounts or budget, of which year and entity. Detected, and shown in every output."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from juesuan.facts import Stage
from juesuan.understand.passages import Passage

_TITLE_YEAR = re.compile(r"(20\d{2})年度?")
_ENTITY = re.compile(r"^(?:20\d{2}年度?)?([\u4e00-\u9fff（）()·]{4,40}?)(?:20\d{2}年度?|[一二〇零]{4}年度?)?(?:部门|单位)(?:决算|预算)")


@dataclass(frozen=True, slots=True)
class Identity:
    """`kind`: final_accounts, budget or unknown; `stage`: what an amount without a stage word is."""

    kind: str
    year: int | None
    entity: str | None

    @property
    def stage(self) -> Stage:
        return Stage.BUDGET if self.kind == "budget" else Stage.FINAL


def identify(passages: Sequence[Passage]) -> Identity:
    """Kind, year and entity from the title lines and the whole text."""
    text = "\n".join(p.text for p in passages)
    final, budget = text.count("决算"), text.count("预算")
    kind = "unknown"
    if final > 2 and final * 2 > budget:
        kind = "final_accounts"
    elif budget > 2 and budget > final * 4:
        kind = "budget"
    return Identity(kind, _year(passages, text), _entity(passages))


def _year(passages: Sequence[Passage], text: str) -> int | None:
    """The year most headings and titles name; else the latest year the text names."""
    votes: Counter[int] = Counter()
    for passage in passages:
        if len(passage.text) <= 60 and ("决算" in passage.text or "预算" in passage.text):
            for match in _TITLE_YEAR.finditer(passage.text):
                votes[int(match[1])] += 1
    if votes:
        best = max(votes.values())
        return max(y for y, n in votes.items() if n == best)
    years = [int(m[1]) for m in _TITLE_YEAR.finditer(text)]
    return max(years, default=None)


def _entity(passages: Sequence[Passage]) -> str | None:
    votes: Counter[str] = Counter()
    for passage in passages:
        if len(passage.text) > 60:
            continue
        title = re.sub(r"^第[一二三四五六]部分", "", passage.text)
        match = _ENTITY.match(title)
        if match and not re.search("一般公共|财政拨款|收入|支出|预算|决算|整体|年度", match[1]):
            votes[match[1]] += 1
    return votes.most_common(1)[0][0] if votes else None
