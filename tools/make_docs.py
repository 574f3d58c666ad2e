"""Write docs/rules from the rules, and the finding that README and guide show as the demo gives it.

make_docs.py            write what has changed, remove pages of rules that are gone
make_docs.py --check    write nothing; name what differs and exit with 1
"""

from __future__ import annotations

import argparse
import re
import sys
from importlib.resources import files
from pathlib import Path

from juesuan.check import check_document
from juesuan.cli.demo import SAMPLE
from juesuan.cli.output import PLAIN_WIDTH
from juesuan.document.txt import read_txt
from juesuan.render.rules import index_markdown, page_markdown
from juesuan.render.text import render_text
from juesuan.rules import RULES

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "docs/rules"
SHOWN_IN = ("README.md", "docs/guide.md")
_SHOWN = re.compile(r"(?<=^```text\n)错误 (JS\d{3}) .+?(?=^```)", re.MULTILINE | re.DOTALL)


def pages() -> dict[str, str]:
    """Every generated file: path from the root of the repository → content."""
    found = {f"{FOLDER}/{code}.md": page_markdown(rule) for code, rule in RULES.items()}
    found[f"{FOLDER}/README.md"] = index_markdown(tuple(RULES.values()))
    return found


def shown_again(text: str) -> str:
    """The text with each finding it shows as the demo says it now; one the demo no longer has is left for a person."""
    document = read_txt(Path(SAMPLE), (files("juesuan") / "data/demo" / SAMPLE).read_bytes())
    screen = render_text([check_document(document)], {document.path: document}, color=False, width=PLAIN_WIDTH)
    found = {block.split()[1]: f"{block.rstrip()}\n" for block in screen.split("\n\n") if block.startswith("错误 ")}
    return _SHOWN.sub(lambda old: found.get(old[1], old[0]), text)


def drift(root: Path = ROOT) -> dict[str, str | None]:
    """What has to change: path → new content, None for a page that must go."""
    wanted = pages()
    there = {f"{FOLDER}/{path.name}": path for path in (root / FOLDER).glob("*.md")}
    changed: dict[str, str | None] = {
        name: text
        for name, text in wanted.items()
        if name not in there or there[name].read_text(encoding="utf-8") != text
    }
    for name in SHOWN_IN:
        text = (root / name).read_text(encoding="utf-8") if (root / name).exists() else ""
        if shown_again(text) != text:
            changed[name] = shown_again(text)
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
