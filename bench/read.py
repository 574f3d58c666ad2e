"""The findings on a sample, read one by one: each with its quote, arithmetic, and whether it is true.

    python bench/read.py [FILE]... [--write]

The verdicts are kept by hand in bench/read/<sample>.verdicts.toml, keyed by finding id:

    [9e3dcaee466c0e63]
    verdict = "属实"          # 属实 true, 不实 false, 存疑 cannot be decided from the document
    why = "1.61 ÷ 11.67 = 13.80%"

A finding without one shows up as 未读. `--write` writes bench/read/<sample>.md; without it the table is printed.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.common import ROOT, TXT, samples, table
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


def verdicts_of(path: Path) -> dict[str, dict[str, Any]]:
    """The verdicts on a sample's findings."""
    file = READ / f"{short_name(path)}.verdicts.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


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
        f"Written by `python bench/read.py --write bench/samples/{path.name}`; verdicts and reasons by hand.",
        "",
        table(["读后", "条数"], [[v, count[v]] for v in VERDICTS if count[v]]),
        "",
        table(["序", "编号", "规则", "位置", "原文", "说法", "算式", "读后", "理由"], rows),
    ]
    if gone:
        lines += ["", "Read, and no longer reported:", "", table(["编号", "读后", "理由"], gone)]
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
    for path in options.files or [TXT]:
        text = page(path)
        false += tally(path)["不实"]
        if options.write:
            READ.mkdir(exist_ok=True)
            (READ / f"{short_name(path)}.md").write_text(text, encoding="utf-8")
        else:
            print(text)
    return 1 if false else 0


if __name__ == "__main__":
    sys.exit(main())
