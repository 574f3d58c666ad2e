"""One self-contained page: the document with its marks beside the findings; nothing is fetched."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from juesuan import __version__
from juesuan.document.model import Document
from juesuan.findings import Report
from juesuan.render.html.body import body
from juesuan.render.html.escape import escape, script_json
from juesuan.render.html.marks import Marks, collect
from juesuan.render.html.payload import payload
from juesuan.render.html.summary import about, choices, summary

__all__ = ["render_html"]


def render_html(reports: Sequence[Report], documents: Mapping[str, Document]) -> str:
    """All reports as one HTML page that works offline; `documents` are the documents by path.

    A report without its document shows its findings with their quotes, and says that the text is not at hand.
    """
    style, script = _data("page.css"), _data("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    title = (
        f"{reports[0].entity or reports[0].path} 审核结果" if len(reports) == 1 else f"{len(reports)} 份文件的审核结果"
    )
    values = {
        "version": escape(__version__),
        "policy": escape(policy),
        "title": escape(title),
        "style": style,
        "script": script,
        "choices": choices(reports),
        "about": "".join(about(report, number) for number, report in enumerate(reports)),
        "summary": "".join(summary(report, number) for number, report in enumerate(reports)),
        "documents": "".join(_article(report, number, documents) for number, report in enumerate(reports)),
        "payloads": "".join(_payload(report, number, documents) for number, report in enumerate(reports)),
    }
    pieces = _data("page.html").split("@@")
    # Every second piece is the name of a slot: values are never searched for slots of their own.
    return "".join(values[piece] if number % 2 else piece for number, piece in enumerate(pieces))


def _article(report: Report, number: int, documents: Mapping[str, Document]) -> str:
    document = documents.get(report.path)
    if document is None:
        inner = '<p class="note">这份文件没有读出原文，所以这里没有可看的内容；原因见“核对情况”。</p>'
    else:
        marks: Marks = collect(report, document)
        inner = "\n".join(body(document, marks))
    hidden = "" if number == 0 else " hidden"
    return f'<article class="paper" data-doc="{number}" aria-label="{escape(report.path)}"{hidden}>{inner}</article>'


def _payload(report: Report, number: int, documents: Mapping[str, Document]) -> str:
    return f'<script type="application/json" id="data-{number}">{script_json(payload(report, documents))}</script>\n'


@cache
def _data(name: str) -> str:
    return (files(__package__) / "data" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
