"""Reports made visible: one renderer a format, imported only when it is asked for.

Every renderer takes the reports and the documents they speak of (by path) and returns text, or bytes where the
format is a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from juesuan.errors import UsageError

__all__ = ["FACT_FORMATS", "FORMATS", "Format", "fact_renderer", "renderer"]


@dataclass(frozen=True, slots=True)
class Format:
    """Where a renderer lives. `module` is imported by `load`, so that an unused format costs nothing.

    `binary`: it returns bytes, which are written to a file and never to the screen.
    `source_kind`: it marks a copy of one input of this format (`Document.format`), and takes no other.
    """

    module: str
    function: str
    suffix: str
    binary: bool = False
    source_kind: str | None = None

    def load(self) -> Callable[..., str | bytes]:
        """Import and return the renderer: `render(reports, documents, **options)`."""
        function: Callable[..., str | bytes] = getattr(import_module(self.module), self.function)
        return function


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": Format("juesuan.render.text", "render_text", ".txt"),
        "json": Format("juesuan.render.json", "render_json", ".json"),
        "html": Format("juesuan.render.html", "render_html", ".html"),
        "csv": Format("juesuan.render.findings_csv", "render_csv", ".csv"),
        "sarif": Format("juesuan.render.sarif", "render_sarif", ".sarif"),
        "xlsx": Format("juesuan.render.xlsx", "render_xlsx", ".xlsx", binary=True),
        "docx": Format("juesuan.render.docx", "render_docx", ".docx", binary=True, source_kind="docx"),
        "pdf": Format("juesuan.render.pdf", "render_pdf", ".pdf", binary=True, source_kind="pdf"),
    }
)

FACT_FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "json": Format("juesuan.render.facts", "render_json", ".json"),
        "csv": Format("juesuan.render.facts", "render_csv", ".csv"),
    }
)


def renderer(name: str) -> Callable[..., str | bytes]:
    """The renderer of a format. Raises UsageError, naming the formats there are, when the name is unknown."""
    return _known(name, FORMATS).load()


def fact_renderer(name: str) -> Callable[..., str | bytes]:
    """The renderer of facts in a format: `render(sheets) -> str`. Raises UsageError when the name is unknown."""
    return _known(name, FACT_FORMATS).load()


def _known(name: str, formats: Mapping[str, Format]) -> Format:
    found = formats.get(name)
    if found is None:
        message = f"没有“{name}”这种输出格式。可用的格式：{'、'.join(formats)}。"
        raise UsageError(message)
    return found
