"""Findings against the readers' labels: what is found, what is not, what is said that must not be said.

    python bench/accuracy.py [--leave-out NAME]... [--json] [--quiet]

A label is found when a finding of its family stands at its quote: the evidence shares characters with the
quote, or stands in the same sentence or table row. One finding answers one label. A `none` entry is violated
when a finding of a forbidden grade and of its family has its subject in the quote and answers no other label.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.common import SAMPLES, TRUTH, Flat, flatten, percent, table
from juesuan.check import check_document, check_file
from juesuan.document.read import read_text
from juesuan.evaluate import evaluate
from juesuan.facts import Equal, Fact, Scope, State, Sum
from juesuan.findings import Finding, Severity
from juesuan.place import span
from juesuan.quantity import parse

SAME_SENTENCE, SAME_WORDS = 1, 2
_NUMBERS = ("JS1", "JS2")
_WORDS = ("JS5",)
_CATALOG = ("JS3", "JS110")
FAMILIES: dict[str, tuple[str, ...]] = {
    # what is wrong
    "change": ("JS1",),
    "percent_wrong": ("JS1",),
    "percent_recompute": ("JS1",),
    "rounding": _NUMBERS,
    "sum-rounding": _NUMBERS,
    "agreement": _NUMBERS,
    "narrative_repeat": _NUMBERS,
    "table_text": ("JS1", "JS2", "JS7"),
    "table_internal": _NUMBERS,
    "zero_base": ("JS108", "JS5"),
    "wrong_base": ("JS1",),
    "logic": ("JS1", "JS7"),
    "list_vs_table": ("JS2", "JS5", "JS7"),
    "cross-section": ("JS2", "JS7"),
    "vehicles": ("JS2", "JS7"),
    "chart-vs-text": ("JS2", "JS8"),
    "catalog-name": _CATALOG,
    "catalog-path": _CATALOG,
    "classification_name": _CATALOG,
    "classification_code": _CATALOG,
    "numbering": ("JS4", "JS5"),
    "title_mismatch": ("JS2", "JS4", "JS5"),
    "disclosure_missing": ("JS4", "JS7"),
    "toc_year": ("JS4", "JS5"),
    "glossary-unused": ("JS4", "JS5"),
    "performance-execution": ("JS1", "JS6"),
    "indicator-unit": ("JS6",),
    "copy_paste": ("JS2", "JS3", "JS5"),
    "duplicate-text": ("JS2", "JS5"),
    "trend_contradiction": ("JS1", "JS5", "JS7"),
    "residue": _WORDS,
    "template_residue": _WORDS,
    "typo": _WORDS,
    "punctuation": ("JS4", "JS5"),
    "missing_unit": ("JS2", "JS5"),
    "wording": _WORDS,
    "style": _WORDS,
    "term_inconsistent": _WORDS,
    # what is right, and of which reasons nothing may be said there
    "correct": _NUMBERS,
    "budget_sum": ("JS1",),
    "derived_duplicate": _NUMBERS,
    "completion_rate_ok": ("JS1",),
    "completion_rate_binding": ("JS1",),
    "zero_budget_no_rate": ("JS1", "JS7"),
    "zero_budget_percent": ("JS1",),
    "part_le_whole": _NUMBERS,
    "blank_cell_hint": ("JS1", "JS2", "JS7"),
    "empty_table_with_note": ("JS4",),
    "scope_performance": ("JS1", "JS2", "JS6"),
    "number_format": ("JS2", "JS5"),
    "sg_items_disclosed": ("JS4", "JS7"),
    "wrapped_row_amount": ("JS1", "JS2", "JS3"),
    "fullwidth_punctuation": ("JS4", "JS5"),
    "economic_vs_functional_codes": ("JS2", "JS3"),
    "soft_wrap_quotes": _WORDS,
    "year_in_comparison": _WORDS,
    "two_column_balance": _NUMBERS,
    "two_column_double_count": _NUMBERS,
    "cross_page_column_drift": _NUMBERS,
    "table_text_ok": _NUMBERS,
    "amount_attribution": ("JS1", "JS2", "JS7"),
    "cross_sentence_pairing": ("JS1",),
    "year_as_amount": _NUMBERS,
    "overprinted_text": ("JS2", "JS3", "JS5"),
    "truncated_names": ("JS2", "JS3"),
    "toc_vs_heading": ("JS2", "JS4", "JS5"),
    "page_number_line": _NUMBERS,
    "list_of_items": ("JS2", "JS5", "JS7"),
    "procurement_sum": ("JS1", "JS7"),
}
"""Kind of a label → the rules that speak of such matters, by the beginning of their codes."""


@dataclass(frozen=True, slots=True)
class Label:
    """One entry of a truth file."""

    id: str
    kind: str
    severity: str
    quotes: tuple[str, ...]
    why: str
    optional: bool = False
    forbid: tuple[str, ...] = ()

    @property
    def families(self) -> tuple[str, ...]:
        return FAMILIES.get(self.kind, ())


@dataclass(slots=True)
class Result:
    """One document: labels with the findings that answer them, what is left of both, and what was forbidden."""

    document: str
    labels: list[Label]
    findings: tuple[Finding, ...]
    answered: dict[str, Finding] = field(default_factory=dict)
    unlabelled: list[Finding] = field(default_factory=list)
    violations: list[tuple[Label, Finding]] = field(default_factory=list)
    unlocated: list[Label] = field(default_factory=list)

    def counted(self, severity: str) -> list[Label]:
        """The labels of a grade that count."""
        return [label for label in self.labels if label.severity == severity and not label.optional]


def read_labels(path: Path) -> tuple[str, list[Label]]:
    """The document's name and its labels."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    labels = []
    for e in data["entries"]:
        quote = e["quote"] if isinstance(e["quote"], list) else [e["quote"]]
        forbid = tuple(word.strip() for word in (e.get("forbid") or "").split(",") if word.strip())
        labels.append(
            Label(e["id"], e["kind"], e["severity"], tuple(quote), e.get("why", ""), bool(e.get("optional")), forbid)
        )
    return data["document"], labels


def nearness(flat: Flat, label: Label, spans: Iterable[tuple[int, int]]) -> int:
    """How near the stretches are to the label's quotes: the same words, the same sentence, or 0."""
    best = 0
    places = [place for quote in label.quotes for place in flat.find(quote)]
    for start, end in spans:
        for low, high in places:
            if start < high and low < end:
                return SAME_WORDS
            if flat.sentence(low) <= flat.sentence(end - 1) and flat.sentence(start) <= flat.sentence(high - 1):
                best = SAME_SENTENCE
    return best


def judge(document: str, labels: list[Label], findings: Sequence[Finding], flat: Flat) -> Result:
    """Match findings to labels, one to one, the nearest first."""
    result = Result(document, labels, tuple(findings))
    spans = [[s for e in f.evidence if (s := flat.span(e.place)) is not None] for f in findings]
    subjects = [[s] if f.subject and (s := flat.span(f.subject.place)) is not None else [] for f in findings]
    positive = [label for label in labels if label.severity != "none"]
    result.unlocated = [label for label in positive if not any(flat.find(q) for q in label.quotes)]
    edges: list[tuple[int, bool, int, int]] = []
    for number, label in enumerate(positive):
        for i, finding in enumerate(findings):
            if not finding.rule.startswith(label.families):
                continue
            score = 2 * nearness(flat, label, subjects[i]) + nearness(flat, label, spans[i])
            if score:
                edges.append((-score, finding.severity.key != label.severity, number, i))
    taken: dict[int, str] = {}
    for *_, number, i in sorted(edges):
        if i not in taken and positive[number].id not in taken.values():
            taken[i] = positive[number].id
    result.answered = {label: findings[i] for i, label in taken.items()}
    result.unlabelled = [f for i, f in enumerate(findings) if i not in taken]
    for label in (x for x in labels if x.severity == "none"):
        for i, finding in enumerate(findings):
            forbidden = finding.severity.key in label.forbid and finding.rule.startswith(label.families)
            if forbidden and i not in taken and nearness(flat, label, subjects[i]) == SAME_WORDS:
                result.violations.append((label, finding))
    return result


# --- small cases ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One small case: what was expected and what was said; `said` None when this bench cannot put the question."""

    id: str
    expected: str
    severity: str
    said: str | None
    right: bool


def run_cases(path: Path) -> list[CaseResult]:
    """The small cases that are a text, a sum, a pair of totals or a cell."""
    return [_case(case) for case in json.loads(path.read_text(encoding="utf-8"))]


def _case(case: dict[str, Any]) -> CaseResult:
    given, expected, severity = case["input"], case["expect"], case["severity"]
    forbid = [word.strip() for word in (case.get("forbid") or "").split(",")]
    keys = set(given)
    if keys == {"text"}:
        said = sorted({f.severity for f in check_document(read_text(given["text"])).findings}, reverse=True)
        words = [s.key for s in said]
        right = severity in words if expected in {"finding", "hint"} else not set(words) & set(forbid)
        return CaseResult(case["id"], expected, severity, "、".join(words) or "–", right)
    state = _arithmetic(given)
    if state is None:
        return CaseResult(case["id"], expected, severity, None, right=False)
    wanted = {
        "finding": {"broken"},
        "hint": {"rounding", "near"},
        "none": {"holds", "read"},
        "not_assessed": {"unread"},
    }[expected]
    return CaseResult(case["id"], expected, severity, state, state in wanted)


def _arithmetic(given: dict[str, Any]) -> str | None:
    """What the evaluator says of totals and cells; None for other inputs."""
    keys = set(given)
    if keys == {"total", "parts"}:
        facts = [_fact(t, i) for i, t in enumerate([given["total"], *given["parts"]])]
        relation: Sum | Equal = Sum(facts[0], tuple(facts[1:]))
    elif keys == {"left_total", "right_total"}:
        relation = Equal(_fact(given["left_total"], 0), _fact(given["right_total"], 1))
    elif keys == {"cells"} and len(given["cells"]) == 2:
        relation = Equal(_fact(given["cells"][0], 0), _fact(given["cells"][1], 1))
    elif keys == {"cell"}:
        return "unread" if parse(given["cell"]) is None else "read"
    else:
        return None
    verdict = evaluate(relation)
    return "near" if verdict.near else verdict.state.value if verdict.state is not State.UNJUDGED else "unread"


def _fact(text: str, number: int) -> Fact:
    quantity = parse(text + "万元") or parse(text)
    if quantity is None:
        msg = f"no figure: {text!r}"
        raise ValueError(msg)
    return Fact(number, "named:x", Scope(), quantity, span(0, number, number + 1))


# --- saying it -----------------------------------------------------------------------------------------------


def run(leave_out: Sequence[str] = ()) -> tuple[list[Result], list[CaseResult]]:
    """All labelled documents that are not left out (by document, or by a label's id or kind), and the small cases."""
    results = []
    for path in sorted(TRUTH.glob("*.json")):
        if path.name == "cases.json" or any(word in path.name for word in leave_out):
            continue
        name, labels = read_labels(path)
        checked = check_file(SAMPLES / name)
        if checked.document is None:
            msg = f"{name}: {checked.report.problems}"
            raise SystemExit(msg)
        kept = [label for label in labels if label.id not in leave_out and label.kind not in leave_out]
        results.append(judge(name, kept, checked.report.findings, flatten(checked.document)))
    cases = [] if "cases" in leave_out else run_cases(TRUTH / "cases.json")
    return results, cases


def summary(results: Sequence[Result]) -> str:
    """Recall by severity, one line a document."""
    rows: list[list[object]] = []
    total: Counter[str] = Counter()
    for r in results:
        row: list[object] = [r.document]
        for severity in ("error", "warning", "hint"):
            labels = r.counted(severity)
            found = [x for x in labels if x.id in r.answered]
            same = [x for x in found if r.answered[x.id].severity.key == severity]
            row.append(f"{len(found)}/{len(labels)}" + (f" ({len(same)})" if len(same) != len(found) else ""))
            total[severity] += len(labels)
            total[f"{severity} found"] += len(found)
        none = sum(1 for x in r.labels if x.severity == "none")
        rows.append([*row, len(r.findings), len(r.unlabelled), f"{len(r.violations)}/{none}"])
    last: list[object] = ["all"]
    for s in ("error", "warning", "hint"):
        found_, n = total[f"{s} found"], total[s]
        last.append(f"{found_}/{n} = {percent(found_, n)}")
    last += [sum(len(r.findings) for r in results), sum(len(r.unlabelled) for r in results)]
    rows.append([*last, sum(len(r.violations) for r in results)])
    heads = [
        "document",
        "errors found",
        "warnings found",
        "hints found",
        "findings",
        "without a label",
        "none violated",
    ]
    return table(heads, rows) + "\n\nIn brackets: how many of the found have the label's own grade, where not all."


def details(results: Sequence[Result]) -> Iterator[str]:
    """What was missed, what is not in the labels, what was forbidden."""
    for r in results:
        yield f"\n### {r.document}\n"
        missed = [x for x in r.labels if x.severity != "none" and not x.optional and x.id not in r.answered]
        lost = {x.id for x in r.unlocated}
        if r.answered:
            by_id = {x.id: x for x in r.labels}
            yield "Found:\n"
            answers = [[k, by_id[k].kind, by_id[k].severity, *_row(f)] for k, f in sorted(r.answered.items())]
            yield table(["label", "kind", "grade", "rule", "said", "subject", "message"], answers) + "\n"
        if missed:
            yield "Not found:\n"
            rows = [
                [
                    x.id,
                    x.kind,
                    x.severity,
                    " … ".join(x.quotes) + (" (quote is not in the text)" if x.id in lost else ""),
                    x.why,
                ]
                for x in missed
            ]
            yield table(["id", "kind", "grade", "quote", "why"], rows)
        if r.unlabelled:
            yield "\nFindings without a label:\n"
            yield table(["rule", "grade", "subject", "message"], [_row(f) for f in r.unlabelled])
        if r.violations:
            yield "\nViolated:\n"
            yield table(
                ["label", "kind", *["rule", "grade", "subject", "message"]],
                [[x.id, x.kind, *_row(f)] for x, f in r.violations],
            )


def _row(finding: Finding) -> list[str]:
    quote = finding.subject.quote if finding.subject else ""
    return [f"{finding.rule} {finding.name}", Severity(finding.severity).key, quote, finding.message]


def case_summary(cases: Sequence[CaseResult]) -> str:
    """How the small cases ended, and which ended wrong."""
    asked = [c for c in cases if c.said is not None]
    by: Counter[tuple[str, bool]] = Counter((c.expected, c.right) for c in asked)
    rows: list[list[object]] = [
        [k, by[k, True], by[k, True] + by[k, False]] for k in ("finding", "hint", "none", "not_assessed")
    ]
    out = [
        table(["small cases: expected", "right", "asked"], rows),
        f"\nNot asked (other inputs): {len(cases) - len(asked)}.",
    ]
    wrong = [c for c in asked if not c.right]
    if wrong:
        out.append(
            "\n" + table(["case", "expected", "grade", "said"], [[c.id, c.expected, c.severity, c.said] for c in wrong])
        )
    return "\n".join(out)


def as_json(results: Sequence[Result], cases: Sequence[CaseResult]) -> str:
    """The same, for programs."""
    data = {
        "documents": [
            {
                "document": r.document,
                "found": {k: f.id for k, f in sorted(r.answered.items())},
                "missed": [
                    x.id for x in r.labels if x.severity != "none" and not x.optional and x.id not in r.answered
                ],
                "unlabelled": [
                    {"rule": f.rule, "severity": f.severity.key, "message": f.message} for f in r.unlabelled
                ],
                "violations": [{"label": x.id, "rule": f.rule, "message": f.message} for x, f in r.violations],
            }
            for r in results
        ],
        "cases": [
            {"id": c.id, "expected": c.expected, "said": c.said, "right": c.right} for c in cases if c.said is not None
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def main() -> int:
    """Print the tables; exit status 1 when something forbidden was said."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--leave-out",
        action="append",
        default=[],
        metavar="NAME",
        help="part of a document's name, a label's id or kind, or cases",
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quiet", action="store_true", help="only the summary")
    options = parser.parse_args()
    results, cases = run(options.leave_out)
    if options.json:
        print(as_json(results, cases))
    else:
        print(summary(results))
        if cases:
            print("\n" + case_summary(cases))
        if not options.quiet:
            print(*details(results), sep="\n")
    return 1 if any(r.violations for r in results) else 0


if __name__ == "__main__":
    sys.exit(main())
