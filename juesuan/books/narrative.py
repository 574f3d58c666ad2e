"""文字.md: what only people can write, in sections by heading; it may name any fact as {{ 会员.总数 }}."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from juesuan.errors import BooksError

FILE = "文字.md"
REASONS = "变动和差异的原因"
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_QUOTED = re.compile(r"'([^']+)'")
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const)


@dataclass(frozen=True, slots=True)
class Passage:
    """A section: the headings above it and its own, its text with comments taken out, and the line it begins on."""

    path: tuple[str, ...]
    text: str
    line: int

    @property
    def title(self) -> str:
        return self.path[-1]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its lines as paragraphs; an empty line between two changes nothing."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Narrative:
    """The sections of 文字.md in their order. A section is asked for by its heading or by the path to it."""

    passages: tuple[Passage, ...] = ()
    file: str = FILE

    def section(self, *path: str) -> Passage | None:
        """The section whose last headings are these, with something in it; None for none."""
        return next((p for p in self.passages if p.path[-len(path) :] == path and p.paragraphs), None)

    def below(self, title: str) -> tuple[Passage, ...]:
        """The sections below a heading."""
        return tuple(p for p in self.passages if title in p.path[:-1])

    def reason(self, *names: str) -> str | None:
        """The reason written for a change or difference, by any of its names (公务接待费, 2012801 …); None for none.

        A heading may hold a code and a name: "2012801 行政运行" answers to both.
        """
        for passage in self.below(REASONS):
            words = (passage.title, *passage.title.split())
            if any(n in words for n in names) and passage.paragraphs:
                return "".join(passage.paragraphs)
        return None


def parse_narrative(text: str, file: str = FILE) -> Narrative:
    """Sections by heading. Text before the first heading is a section without a name."""
    clean = _COMMENT.sub(lambda m: "\n" * m[0].count("\n"), text)
    found: list[Passage] = []
    path: tuple[str, ...] = ("",)
    levels: list[tuple[int, str]] = []
    lines: list[str] = []
    start = 1
    for number, line in enumerate(clean.splitlines(), 1):
        heading = _HEADING.match(line)
        if not heading:
            lines.append(line)
            continue
        found.append(Passage(path, "\n".join(lines).strip(), start))
        depth = len(heading[1])
        levels = [(n, t) for n, t in levels if n < depth] + [(depth, heading[2].strip())]
        path, lines, start = tuple(t for _, t in levels), [], number
    found.append(Passage(path, "\n".join(lines).strip(), start))
    return Narrative(tuple(p for p in found if p.path != ("",) or p.text), file)


def load_narrative(folder: Path) -> Narrative:
    """Read 文字.md; an absent file is an empty narrative. Raises BooksError for one that is no UTF-8."""
    path = folder / FILE
    try:
        return parse_narrative(path.read_text(encoding="utf-8-sig"), str(path))
    except FileNotFoundError:
        return Narrative(file=str(path))
    except UnicodeDecodeError as error:
        raise BooksError(f"{path} 不是 UTF-8 文字，请用记事本另存为 UTF-8。") from error


def render_text(text: str, facts: Mapping[str, object], where: str) -> str:
    """Text with {{ … }} filled from facts: names, attributes and numbered entries only; no calls, filters or loops.

    Raises BooksError naming `where` for anything else and for a fact that does not exist.
    """
    if "{" not in text:
        return text
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    try:
        tree = environment.parse(text)
        odd = next((n for n in tree.find_all(nodes.Node) if not isinstance(n, _PLAIN)), None)
        if odd is not None:
            raise BooksError(f"{where} 第 {odd.lineno} 行的 {{{{ }}}} 里只能写事实的名称，例如 {{{{ 会员.总数 }}}}。")
        return environment.from_string(text).render(dict(facts))
    except TemplateSyntaxError as error:
        raise BooksError(f"{where} 第 {error.lineno} 行的 {{{{ }}}} 写法不对，例如 {{{{ 会员.总数 }}}}。") from error
    except UndefinedError as error:
        name = _QUOTED.findall(error.message or "")[-1:] or ["？"]
        raise BooksError(
            f"{where}里的 {{{{ }}}} 写了“{name[0]}”，账册里没有这个名称，请核对台账的名称和列。"
        ) from error
    except SecurityError as error:
        raise BooksError(f"{where} 的 {{{{ }}}} 里有不允许的写法，只能写事实的名称。") from error
