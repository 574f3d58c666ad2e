"""Document → Understanding: outline, identity, tokens, facts and relations; what rules and renderers see."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from juesuan.catalog import Level
from juesuan.catalog import load as load_catalog
from juesuan.document.model import Chart, Document, Table
from juesuan.facts import Fact, Relation
from juesuan.place import Place, Point
from juesuan.quantity import Habit, Quantity
from juesuan.taxonomy.tokens import LabelValue, Token
from juesuan.understand.charts import ChartReading, read_charts
from juesuan.understand.context import Context, Segment, Slip, Subject
from juesuan.understand.forms import Form, read_forms
from juesuan.understand.forms_facts import form_relations
from juesuan.understand.forms_text import Allocation, Summary, allocations, own_sums, summaries
from juesuan.understand.identities import document_relations
from juesuan.understand.implied import implied
from juesuan.understand.lexer import lex
from juesuan.understand.outline import Outline, Section, outline
from juesuan.understand.passages import Passage, passages
from juesuan.understand.profile import Identity, identify
from juesuan.understand.rejoin import rejoin
from juesuan.understand.sentences import SentenceReader
from juesuan.understand.subjects import units_of
from juesuan.understand.tables import Misnamed, TablesReading, misnamed, read_tables, text_links
from juesuan.understand.tables.measures import wrong_measures
from juesuan.understand.unfold import unfold, without_cut_figures

_ACCOUNT = re.compile("（[类款项]）")
_FIGURE = re.compile(r"\d|百分之|[壹贰叁肆伍陆柒捌玖拾]|持平|其中|主要用于以下方面|情况如下")


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that was understood of a document. `tokens[i]` are those of `passages[i]`.

    `years`: those of the reports that stand side by side here; empty for one report.
    """

    document: Document
    identity: Identity
    passages: tuple[Passage, ...]
    outline: Outline
    tokens: tuple[tuple[Token, ...], ...]
    facts: tuple[Fact, ...]
    relations: tuple[Relation, ...]
    slips: tuple[Slip, ...]
    segments: tuple[Segment, ...]
    disputed: frozenset[int]
    forms: tuple[Form, ...] = ()
    charts: tuple[ChartReading, ...] = ()
    tables: TablesReading = field(default_factory=TablesReading)
    allocations: tuple[Allocation, ...] = ()
    summaries: tuple[Summary, ...] = ()
    years: tuple[int, ...] = ()
    misnamed: tuple[Misnamed, ...] = ()
    _by_block: dict[int, list[tuple[int, Point]]] = field(default_factory=dict, compare=False, repr=False)
    _blocks: list[int] = field(default_factory=list, compare=False, repr=False)

    def passage_of(self, place: Place) -> int | None:
        """The passage a place stands in; the one before, for tables and charts."""
        if not self._by_block:
            for passage in self.passages:
                begin = passage.point(0)
                for block in dict.fromkeys(s.block for s in passage.segments):
                    self._by_block.setdefault(block, []).append((passage.index, begin))
            self._blocks.extend(sorted(self._by_block))
        at = bisect_right(self._blocks, place.block)
        if not at:
            return None
        known = self._by_block[self._blocks[at - 1]]
        return next((i for i, begin in reversed(known) if begin <= place.start), known[0][0])


def understand(document: Document) -> Understanding:
    """Read a document's text into facts and relations."""
    texts = unfold(document, rejoin(document, passages(document)).passages)
    plan = outline(document, texts)
    identity = identify(document, texts, plan)
    tokens = tuple(tuple(lex(p.text)) if _FIGURE.search(p.text) else () for p in texts)
    tokens = without_cut_figures(texts, tokens)
    habit = Habit.of(t.value for line in tokens for t in line if isinstance(t.value, Quantity))
    units = frozenset() if identity.entity else units_of((p.text, t) for p, t in zip(texts, tokens, strict=True))
    context = Context(identity.year, identity.stage, habit, entity=identity.entity, units=units)
    _read(context, texts, tokens, plan)
    parts = [plan.part_of(p.index) for p in texts]
    forms = read_forms(document, [b for b in document.blocks if isinstance(b, Table)])
    form_facts, of_forms = form_relations(forms, len(context.facts), identity.year)
    sums = summaries(texts)
    relations = own_sums([*context.relations, *document_relations(context, parts)], sums)
    of_performance = {block for form in forms for block in (form.block, *form.more)}
    first_id = len(context.facts) + len(form_facts)
    tables = read_tables(document, identity.year, identity.kind, first_id, of_performance)
    # A chart shows the year before too, of which sentences often state the change only.
    before = implied(context.facts, context.flats, context.relations, identity.year) if _has_charts(document) else ()
    charts = read_charts(document, (*before, *context.facts), first_id + len(tables.facts), identity.year)
    relations += [
        *of_forms,
        *tables.relations,
        *text_links(context.facts, relations, tables.statements, context.disputed),
    ]
    marked, relations = wrong_measures(tables.statements, relations)
    tables = replace(tables, statements=tuple(marked))
    return Understanding(
        document=document,
        identity=identity,
        passages=texts,
        outline=plan,
        tokens=tokens,
        facts=(*context.facts, *form_facts, *tables.facts),
        relations=tuple(relations),
        slips=tuple(context.slips),
        segments=tuple(context.segments),
        disputed=frozenset(context.disputed),
        forms=forms,
        charts=charts,
        tables=tables,
        allocations=allocations(texts, tokens, plan),
        summaries=sums,
        misnamed=misnamed(document, context.facts, relations, tables.statements, context.disputed),
    )


def _has_charts(document: Document) -> bool:
    return any(isinstance(block, Chart) for block in document.blocks)


def _read(context: Context, texts: Sequence[Passage], tokens: Sequence[Sequence[Token]], plan: Outline) -> None:
    reader = SentenceReader(context)
    skip = {entry.passage for entry in (*plan.contents, *plan.table_list)}
    before: Section | None = None
    subject_of = cache(_section_subject)
    for passage in texts:
        section = _heading_section(plan, passage.index)
        if section is not before:
            reader.enter_section(
                subject_of(section),
                _project(plan, passage.index),
                fund=_fund(subject_of(s) for s in reversed(plan.chain(passage.index)) if not s.is_item),
                is_account=section is not None and _is_account(section.title),
                at_end=passage.index == len(texts) - 1,
            )
            before = section
        context.part = plan.part_of(passage.index)
        if passage.index in skip or not tokens[passage.index]:
            continue
        reader.read(passage, tokens[passage.index])
    reader.finish()


def _heading_section(plan: Outline, index: int) -> Section | None:
    """The deepest section that is not an item of a list."""
    return next((s for s in reversed(plan.chain(index)) if not s.is_item), None)


def _section_subject(section: Section | None) -> Subject | None:
    """What a section's title names: 机关运行经费支出情况 → agency_running_cost."""
    if section is None:
        return None
    for token in lex(section.title):
        if token.kind == "L" and isinstance(token.value, LabelValue) and token.value.concept:
            return Subject(token.value.concept, token.value.fund, label=section.title[token.start : token.end])
    return None


def _fund(sections: Iterable[Subject | None]) -> str | None:
    """The fund the nearest of some sections names: that of 五、一般公共预算… for its （三）支出决算具体情况."""
    return next((s.fund for s in sections if s is not None and s.fund), None)


def _is_account(title: str) -> bool:
    """Whether a heading is an entry of a list of accounts: （三）社会保障和就业支出."""
    classes = load_catalog().all_names("functional", Level.CATEGORY)
    return _ACCOUNT.search(title) is not None or any(title.startswith(name) for name in classes if len(name) > 3)


def _project(plan: Outline, index: int) -> str | None:
    """The project an attachment is about; the whole department's attachment belongs to the body."""
    part = plan.part_of(index)
    if not part.startswith("attachment"):
        return None
    return None if any("整体" in s.title for s in plan.chain(index)) else part
