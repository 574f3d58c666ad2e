"""Write docs/rules from the rules themselves.

make_docs.py            write what has changed, remove pages of rules that are gone
make_docs.py --check    write nothing; name what differs and exit with 1
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from juesuan.render.rules import index_markdown, page_markdown
from juesuan.rules import RULES

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "docs/rules"


def pages() -> dict[str, str]:
    """Every generated file: path from the root of the repository → content."""
    found = {f"{FOLDER}/{code}.md": page_markdown(rule) for code, rule in RULES.items()}
    found[f"{FOLDER}/README.md"] = index_markdown(tuple(RULES.values()))
    return found


def drift(root: Path = ROOT) -> dict[str, str | None]:
    """What has to change: path → new content, None for a page that must go."""
    wanted = pages()
    there = {f"{FOLDER}/{path.name}": path for path in (root / FOLDER).glob("*.md")}
    changed: dict[str, str | None] = {
        name: text
        for name, text in wanted.items()
        if name not in there or there[name].read_text(encoding="utf-8") != text
    }
    return changed | dict.fromkeys(sorted(set(there) - set(wanted)))


def write(changed: dict[str, str | None], root: Path = ROOT) -> None:
    """Bring the files up to date."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, text in changed.items():
        if text is None:
            (root / name).unlink()
        else:
            (root / name).write_text(text, encoding="utf-8", newline="\n")


def main() -> int:
    """Write or compare, and say what."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, exit with 1 when something differs")
    check = parser.parse_args().check
    changed = drift()
    if not check:
        write(changed)
    for name, text in changed.items():
        print(f"{name}: {'differs' if check else 'removed' if text is None else 'written'}")
    if check and changed:
        print("Run `make docs`.")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
