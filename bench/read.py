"""The findings on the samples, read one by one: each with its quote, arithmetic, and whether it is true.

    python bench/read.py [FILE]... [--write]

All samples, or those named. The verdicts are kept by hand in bench/read/<sample>.verdicts.toml, keyed by finding id:

    [9e3dcaee466c0e63]
    verdict = "属实"          # 属实 true, 不实 false, 存疑 cannot be decided from the document
    why = "1.61 ÷ 11.67 = 13.80%"

A finding without one shows up as 未读. What a reader found and the program does not say stands there too:

    [[missed]]
    text = "更游校的整合"
    why = "应为“更有效地整合”；没有收录的错字不检查"

`--write` writes bench/read/<sample>.md; without it the pages are printed. A test holds the written pages to the program.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.common import ROOT, samples, table
from juesuan.check import check_file
from juesuan.findings import Finding

READ = ROOT / "bench" / "read"
UNREAD = "未读"
VERDICTS = ("属实", "不实", "存疑", UNREAD)


def short_name(path: Path) -> str:
    """The sample's name without year and kind, where that is still its own: anju-gsl-2023-final → anju-gsl."""

    def base(name: str) -> str:
        words = name.split("-")
        while words and (words[-1] in {"final", "budget"} or words[-1].isdigit()):
            words.pop()
        return "-".join(words)

    names = Counter(base(p.stem) for p in samples())
    return base(path.stem) if names[base(path.stem)] == 1 else path.stem


def page_of(path: Path) -> Path:
    """The written page of a sample."""
    return READ / f"{short_name(path)}.md"


def _kept(path: Path) -> dict[str, Any]:
    file = READ / f"{short_name(path)}.verdicts.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def verdicts_of(path: Path) -> dict[str, dict[str, Any]]:
    """The verdicts on a sample's findings, by finding id."""
    return {key: value for key, value in _kept(path).items() if isinstance(value, dict)}


def missed_of(path: Path) -> list[dict[str, str]]:
    """What a reader found in a sample and the program does not say."""
    found: list[dict[str, str]] = _kept(path).get("missed", [])
    return found


def row(number: int, finding: Finding, verdicts: dict[str, dict[str, Any]]) -> list[object]:
    """One finding as a line of the table."""
    known = verdicts.get(finding.id, {})
    subject = finding.subject
    section = subject.where.section if subject and subject.where else ""
    return [
        number,
        finding.id,
        f"{finding.rule} {finding.severity.word}",
        section,
        subject.quote if subject else "",
        finding.message,
        finding.formula or "",
        known.get("verdict", UNREAD),
        known.get("why", ""),
    ]


def page(path: Path) -> str:
    """The whole page on one sample."""
    verdicts = verdicts_of(path)
    findings = check_file(path).report.findings
    rows = [row(i, f, verdicts) for i, f in enumerate(findings, 1)]
    count = Counter(str(r[7]) for r in rows)
    gone = [
        [k, v.get("verdict", ""), v.get("why", "")] for k, v in verdicts.items() if k not in {f.id for f in findings}
    ]
    lines = [
        f"# {path.name}",
        "",
        "Written by `python bench/read.py --write`; verdicts and reasons by hand.",
        "",
        table(["读后", "条数"], [[v, count[v]] for v in VERDICTS if count[v]]),
        "",
        table(["序", "编号", "规则", "位置", "原文", "说法", "算式", "读后", "理由"], rows),
    ]
    if gone:
        lines += ["", "Read, and no longer reported:", "", table(["编号", "读后", "理由"], gone)]
    missed = [[one["text"], one["why"]] for one in missed_of(path)]
    if missed:
        lines += ["", "Found by the reader, and not reported:", "", table(["原文", "问题"], missed)]
    return "\n".join(lines) + "\n"


def tally(path: Path) -> Counter[str]:
    """How many findings of a sample have which verdict."""
    verdicts = verdicts_of(path)
    return Counter(str(verdicts.get(f.id, {}).get("verdict", UNREAD)) for f in check_file(path).report.findings)


def main() -> int:
    """Print or write the pages; exit status 1 when a finding was read and is not true."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    false = 0
    for path in options.files or samples():
        text = page(path)
        false += tally(path)["不实"]
        if options.write:
            READ.mkdir(exist_ok=True)
            page_of(path).write_text(text, encoding="utf-8")
        else:
            print(text)
    return 1 if false else 0


if __name__ == "__main__":
    sys.exit(main())
