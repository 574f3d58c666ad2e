"""A stranger's text made safe inside a page: as text, as an attribute, as embedded JSON."""

from __future__ import annotations

import html
import json
import re

from juesuan.render.json import Json

# What HTML does not allow as text; each becomes one replacement character, so that offsets keep.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """The text with the characters a page cannot hold replaced one by one."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def escape(text: str) -> str:
    """The text for use between tags or inside a quoted attribute."""
    return html.escape(clean(text), quote=True)


def script_json(content: Json) -> str:
    """JSON that no content can end the surrounding <script> with."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return clean(text)
