"""The overview of a batch as one page: units × severity, commonest rules, unread files, who is missing."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence

from juesuan import __version__
from juesuan.corpus.summary import FileSum, Group, Summary
from juesuan.corpus.work import page_of
from juesuan.render.html.escape import escape
from juesuan.render.words import KINDS, OUTCOMES

__all__ = ["overview"]

_STYLE = """
:root{color-scheme:light dark;--line:#8884;--quiet:#777;--error:#c22;--warning:#b70;--hint:#27b}
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;margin:2rem auto;max-width:76rem;
padding:0 1rem}
h1{font-size:1.4rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
.quiet{color:var(--quiet)}.total{display:flex;flex-wrap:wrap;gap:.5rem 2rem;padding:0;list-style:none}
.total b{font-size:1.4rem}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid var(--line);padding:.3rem .6rem;
text-align:left;vertical-align:top}th{position:sticky;top:0;background:Canvas}td.n,th.n{text-align:right;
font-variant-numeric:tabular-nums;white-space:nowrap}
.error{color:var(--error)}.warning{color:var(--warning)}.hint{color:var(--hint)}
.bar{display:inline-block;height:.7em;background:var(--hint);vertical-align:baseline}
ul.names{columns:3 16rem;padding-left:1.2rem}a{color:inherit}td .file{overflow-wrap:anywhere}
@media print{th{position:static}body{margin:0;max-width:none}}
"""
_SEVERITIES = (("error", "错误"), ("warning", "疑点"), ("hint", "提示"))
_MOST_RULES = 30
_WIDEST = 240


def overview(summary: Summary, title: str) -> str:
    """The page; files link to their own pages beside it. It needs no script and no network."""
    digest = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    parts = [_total(summary), _missing(summary), _unread(summary.unread), _groups(summary.groups), _rules(summary)]
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} 审核总览</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{escape(title)} 审核总览</h1>\n"
        + "\n".join(filter(None, parts))
        + f'\n<p class="quiet">juesuan {escape(__version__)}</p></body></html>\n'
    )


def _total(summary: Summary) -> str:
    items = [("单位", len(summary.groups), ""), ("文件", len(summary.files), "")]
    items += [(word, summary.counts.get(key, 0), key) for key, word in _SEVERITIES]
    items += [("未读或未读全", len(summary.unread), "error" if summary.unread else "")]
    if summary.missing is not None:
        items += [("名单里缺少", len(summary.missing), "error" if summary.missing else "")]
    said = "".join(f'<li><b class="{mark}">{number}</b> {word}</li>' for word, number, mark in items)
    return f'<ul class="total">{said}</ul>'


def _missing(summary: Summary) -> str:
    if summary.missing is None:
        return ""
    told = _names("名单里有、没有找到报告的单位", summary.missing) or "<h2>名单里的单位都有报告</h2>"
    return told + _names("不在名单里的单位", summary.unlisted)


def _names(title: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    items = "".join(f"<li>{escape(name)}</li>" for name in names)
    return f'<h2>{title} <span class="quiet">{len(names)}</span></h2><ul class="names">{items}</ul>'


def _unread(files: Sequence[FileSum]) -> str:
    if not files:
        return ""
    rows = "".join(
        f'<tr><td class="file">{_link(f)}</td><td>{_outcome(f)}</td><td>{escape("；".join(f.lost))}</td></tr>'
        for f in files
    )
    return (
        f'<h2>未读或未读全的文件 <span class="quiet">{len(files)}</span></h2>'
        f"<table><thead><tr><th>文件</th><th>结果</th><th>原因</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _groups(groups: Iterable[Group]) -> str:
    heads = "".join(f'<th class="n">{word}</th>' for _, word in _SEVERITIES)
    rows: list[str] = []
    for group in groups:
        for number, file in enumerate(group.files):
            first = f'<td rowspan="{len(group.files)}">{escape(group.name)}</td>' if number == 0 else ""
            year = "" if file.year is None else str(file.year)
            counts = "".join(_count(file, key) for key, _ in _SEVERITIES)
            rows.append(
                f"<tr>{first}<td>{year}</td><td>{escape(KINDS.get(file.kind, file.kind))}</td>{counts}"
                f'<td class="n">{file.unread}</td><td>{_outcome(file)}</td><td class="file">{_link(file)}</td></tr>'
            )
    return (
        "<h2>各单位</h2><table><thead><tr><th>单位</th><th>年度</th><th>类型</th>"
        f'{heads}<th class="n">未读懂的数</th><th>结果</th><th>文件</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _count(file: FileSum, key: str) -> str:
    number = file.counts.get(key, 0)
    return f'<td class="n {key if number else "quiet"}">{number}</td>'


def _outcome(file: FileSum) -> str:
    return next((word for outcome, word in OUTCOMES.items() if outcome.value == file.outcome), file.outcome)


def _link(file: FileSum) -> str:
    return f'<a href="{escape(page_of(file.name))}">{escape(file.name)}</a>'


def _rules(summary: Summary) -> str:
    shown = summary.rules[:_MOST_RULES]
    if not shown:
        return ""
    most = shown[0][2]
    rows = "".join(
        f'<tr><td>{code}</td><td>{escape(_title(code, name))}</td><td class="n">{number}</td><td class="n">{files}</td>'
        f'<td><svg width="{_WIDEST}" height="10" role="img" aria-label="{number}">'
        f'<rect width="{max(number * _WIDEST // most, 1)}" height="10" fill="#27b"/></svg></td></tr>'
        for code, name, number, files in shown
    )
    more = len(summary.rules) - len(shown)
    told = f'<p class="quiet">另有 {more} 条规则有发现。</p>' if more else ""
    return (
        '<h2>最常见的问题</h2><table><thead><tr><th>规则</th><th>问题</th><th class="n">处</th><th class="n">份</th>'
        f"<th></th></tr></thead><tbody>{rows}</tbody></table>{told}"
    )


def _title(code: str, name: str) -> str:
    from juesuan.rules import RULES

    return RULES[code].title if code in RULES else name
