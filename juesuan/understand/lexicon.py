"""What may stand in a sentence about money: each kind of token with its pattern, from the closed lists of the taxonomy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from juesuan.catalog import load as load_catalog
from juesuan.catalog.model import Level
from juesuan.quantity import (
    CHINESE_NUMERAL,
    MEASURE,
    NUMBER,
)
from juesuan.taxonomy import words
from juesuan.taxonomy.concepts import CONCEPTS, FUNDS, THREE_PUBLIC

PUNCTUATION = {
    "，": ",",
    ",": ",",
    "；": ";",
    "。": ".",
    "、": "/",
    "：": ":",
    "（": "(",
    "）": ")",
    "！": ".",
    "？": ".",
}
QUOTES = '“”"‘’'


def trie(literals: Iterable[str]) -> str:
    """A regular expression that matches the longest of many literals, branching once a character."""
    root: dict[str, dict[str, object]] = {}
    for literal in literals:
        node: dict[str, object] = root  # type: ignore[assignment]
        for char in literal:
            node = node.setdefault(char, {})  # type: ignore[assignment]
        node[""] = {}
    return _branch(root)  # type: ignore[arg-type]


def _branch(node: dict[str, object]) -> str:
    ends = "" in node
    parts = [re.escape(c) + _branch(child) for c, child in node.items() if c]  # type: ignore[arg-type]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{body}?" if ends else body


def _label_literals() -> tuple[dict[str, str], dict[str, str]]:
    """Label → concept id: those that stand alone, and those that need a fund or stage beside them."""
    alone: dict[str, str] = {}
    leaning: dict[str, str] = {}
    for concept in CONCEPTS:
        for label in concept.labels:
            variants = {label.replace("~", "")} | (
                {label.replace("~", "“", 1).replace("~", "”", 1), label.replace("~", '"')} if "~" in label else set()
            )
            for variant in variants:
                (alone if concept.stands_alone else leaning).setdefault(variant, concept.id)
    return alone, leaning


STAGE_OF = dict(words.STAGES)
_STAGE = trie(STAGE_OF)
FUND_OF = dict(FUNDS)
ALONE, LEANING = _label_literals()
YEAR = r"(?:\d{4}年度?|本年度|本年|今年|当年|上年度|上年|去年|上一年度|上一年)"
NOTE = r"（[^（）\d]{0,8}下同）"
"""What a base is called from here on (比2022年（上一年度，下同）预算增加)."""
COUNTED_IN_WORDS = "辆|批次|人次|名|台"
"""Measures that are counted in Chinese numerals as figures (壹辆); 一个, 三次 are ordinary words."""


def _account_names() -> tuple[dict[str, str], frozenset[str]]:
    """The names of 类 as written → in full, and those of economic items; none that is also a label."""
    catalog = load_catalog()
    classes = {n: n for n in catalog.all_names("functional", Level.CATEGORY)}
    classes |= {
        n.removesuffix("支出"): n
        for n in list(classes)
        if n.endswith("支出") and len(n) > 4 and n not in {"其他支出", "转移性支出"}
    }
    classes = {n: full for n, full in classes.items() if n not in {"其他", "其他支出"} and n not in ALONE}
    return classes, frozenset(n for n in catalog.all_names("economic") if n not in ALONE)


_MARKS = (
    ("from", rf"[从由自](?=(?:{YEAR})?的?\d)"),
    ("variance", "预决算(?:差异|偏差|偏离)[率度]"),
    ("approx", r"约|近(?=\d)|超过?(?=\d)|不少于|不低于|至少"),
    ("each", f"(?:{trie(words.EACH)})(?=[增减上下提降占为是\\d])"),
    ("to", r"(?<=[增加长少降低升减高缩])[至到](?=\d)"),
    ("is", trie(words.COPULA)),
    ("versus", "(?<=元)相(?:比较|比|较)"),
    ("gap", r"…+|\.{3,}|（略）"),
    ("of", "的"),
    ("punct", "[，,；。、：（）！？]"),
    ("quote", f"[{QUOTES}]"),
)
"""The last groups of the lexer."""


@lru_cache(maxsize=1)
def groups() -> tuple[list[tuple[str, str]], dict[str, str], frozenset[str]]:
    """(name, pattern) of each kind of token, the first that fits counts; the names of classes; those of economic items."""
    classes, economic = _account_names()
    spent = trie(label for label, concept in ALONE.items() if concept in THREE_PUBLIC)
    fund, core, leaning = trie(FUND_OF), trie(ALONE), trie(LEANING)
    stage_tail = f"(?:{_STAGE})?"
    found = [
        ("listmark", r"(?:(?<=^)|(?<=[。；：]))(?:\d{1,2}[.．、](?=20\d\d年|\D)|（\d{1,2}）)"),
        (
            "date",
            r"\d{4}年\d{1,2}月(?:\d{1,2}日|底|末|初)?|\d{1,2}月\d{1,2}日|\d{1,2}月(?:份|底)?(?=[^\d个])|\d{4}-\d{1,2}-\d{1,2}",
        ),
        (
            "inert",
            r"〔\d{4}〕\d*号?|\[\d{4}\]\d+号|第\d+[号期条款名位届次批]|\d{8}[A-Z]\d{6,14}|\d{10,}(?!\d*(?:\.\d+)? ?(?:[百千万亿]*元|[%％]))|GB/?T?\d+",
        ),
        (
            "base",
            rf"(?:与|较|比|同|和|跟)(?:{YEAR})(?:{NOTE})?(?:同期|累计|实际|同口径|实现)?(?:(?:{_STAGE})|决算数字|预算数字|支出|收入)?(?:相比较|相比|比较|对比|相较)?|(?:与|较|比|同|和)(?:{_STAGE})(?:相比较|相比|比较|对比)?|同比|同口径比(?:{YEAR})",
        ),
        (
            "label",
            rf"(?:{fund})(?:的)?(?:{core}|{leaning})(?:财政拨款|拨款)?(?:支出|收入)?{stage_tail}|(?:{spent})(?:{fund})(?:支出)?{stage_tail}|(?:{core})(?:财政拨款|拨款)?(?:支出|收入)?{stage_tail}|(?:{fund})(?=[“”]?[\d\-为：])",
        ),
        ("stage", rf"(?:{_STAGE})"),
        ("completerate", r"(?:预算)?(?:完成率|执行率|支付率|控制率)"),
        (
            "class",
            rf"(?:{trie(classes)})(?:支出类科目|类科目|（类）支出|类支出|（类）)?(?=[“”]?(?:{_STAGE})?[：为是共计]?\d)",
        ),
        ("economic", rf"(?:{trie(economic)})"),
        ("year", YEAR + "|全年"),
        ("percentword", r"百分之[零〇一二三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?"),
        ("threshold", rf"{NUMBER} ?(?:{MEASURE})(?:（含）|（不含）)?以[上下内外]"),
        ("number", rf"(?:(?<![\d年月A-Za-z\-])-)?{NUMBER} ?(?:余|多)?(?:{MEASURE})?"),
        ("numeral", rf"(?<!第){CHINESE_NUMERAL}(?={COUNTED_IN_WORDS})(?:{COUNTED_IN_WORDS})"),
        ("residue", r"大小于|小大于|增加（减少）|增长（下降）|减少（增加）|下降（增长）|增（减）|上升（下降）"),
        ("up", f"(?:{trie(w for w in words.UP if len(w) > 1)})|[多增](?=[\\d\\-])"),
        ("down", f"(?:{trie(w for w in words.DOWN if len(w) > 1)})|[少减](?=[\\d\\-])"),
        ("flat", trie(words.FLAT)),
        ("greater", trie(words.GREATER)),
        ("less", trie(words.LESS)),
        ("equal", "等于|相等"),
        ("share", "占比为?|所占比[例重]为?|占"),
        ("complete", rf"完成(?=了?(?:{_STAGE})|当年|年度|{YEAR})|为(?=(?:{_STAGE})的)"),
        ("reason", rf"(?:(?:的|其)?(?:{trie(words.REASON)}))"),
        (
            "among",
            trie(words.AMONG)
            + rf"|(?:具体)?{words.HAN}{{0,8}}情况如下|按照?{words.HAN}{{2,6}}(?:划分|分类|分)(?=[，：为]|{core})",
        ),
        ("amid", "(?<=决算)中(?=，)|(?<=[支收]入)中(?=，)|(?<=支出)中(?=，)|(?<=预算)中(?=，)"),
        ("purpose", trie(words.PURPOSE)),
        *_MARKS,
    ]
    return found, classes, economic


_DIGITS = "0123456789"
ANY_BEGINNING = ("among", "情况如下")
"""A group whose token any words may begin (支出情况如下), and what then stands in the text."""


def _heads(words: Iterable[str]) -> str:
    return "".join({w[0] for w in words})


@lru_cache(maxsize=1)
def begins() -> dict[str, str]:
    """Name of a group → the characters its tokens can begin with, so that it is not tried elsewhere."""
    _, classes, economic = groups()
    years, stages, labels = _DIGITS + "本今当上去", _heads(STAGE_OF), _heads((*FUND_OF, *ALONE))
    return {
        "listmark": _DIGITS + "（",
        "date": _DIGITS,
        "inert": _DIGITS + "〔[第G",
        "base": "与较比同和跟",
        "label": labels,
        "stage": stages,
        "completerate": "预完执支控",
        "class": _heads(classes),
        "economic": _heads(economic),
        "year": years + "全",
        "percentword": "百",
        "threshold": _DIGITS,
        "number": _DIGITS + "-",
        "numeral": CHINESE_NUMERAL[1 : CHINESE_NUMERAL.index("]")],
        "residue": "大小增减下上",
        "up": _heads(words.UP),
        "down": _heads(words.DOWN),
        "flat": _heads(words.FLAT),
        "greater": _heads(words.GREATER),
        "less": _heads(words.LESS),
        "equal": "等相",
        "share": "占所",
        "complete": "完为",
        "reason": "的其" + _heads(words.REASON),
        "among": _heads(words.AMONG) + "按",
        "amid": "中",
        "purpose": _heads(words.PURPOSE),
        "from": "从由自",
        "variance": "预",
        "approx": "约近超不至",
        "each": _heads(words.EACH),
        "to": "至到",
        "is": _heads(words.COPULA),
        "versus": "相",
        "gap": "….（",
        "of": "的",
        "punct": "".join(PUNCTUATION),
        "quote": QUOTES,
    }
