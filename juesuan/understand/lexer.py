"""The lexer: passage text → tokens. Labels of the taxonomy and of the catalog are found in the same pass as numbers.

Only closed word lists are used (`juesuan.taxonomy`); what is not in them becomes a WORD token, so that no
figure is ever bound across words nobody understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from juesuan.catalog import load as load_catalog
from juesuan.catalog.model import Level
from juesuan.facts import Stage
from juesuan.quantity import (
    CHINESE_NUMERAL,
    MEASURE,
    MEASURES,
    NUMBER,
    Dimension,
    Quantity,
    chinese_number,
    make,
    parse,
)
from juesuan.taxonomy import words
from juesuan.taxonomy.concepts import CONCEPTS, FUNDS, THREE_PUBLIC
from juesuan.taxonomy.tokens import AccountValue, BaseValue, LabelValue, StageValue, Token, Value, YearValue

_PUNCTUATION = {
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
_T = TypeVar("_T")
_QUOTES = '“”"‘’'
_KIND_OF_DIMENSION = {Dimension.MONEY: "A", Dimension.RATIO: "P", Dimension.POINT: "Q", Dimension.NUMBER: "N"}


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


_STAGE_OF = dict(words.STAGES)
_STAGE = trie(_STAGE_OF)
_FUND_OF = dict(FUNDS)
_ALONE, _LEANING = _label_literals()
_YEAR = r"(?:\d{4}年度?|本年度|本年|今年|当年|上年度|上年|去年|上一年度|上一年)"
_NOTE = r"（[^（）\d]{0,8}下同）"
"""What a base is called from here on (比2022年（上一年度，下同）预算增加)."""
_COUNTED_IN_WORDS = "辆|批次|人次|名|台"
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
    classes = {n: full for n, full in classes.items() if n not in {"其他", "其他支出"} and n not in _ALONE}
    return classes, frozenset(n for n in catalog.all_names("economic") if n not in _ALONE)


_MARKS = (
    ("from", rf"[从由自](?=(?:{_YEAR})?的?\d)"),
    ("variance", "预决算(?:差异|偏差|偏离)[率度]"),
    ("approx", r"约|近(?=\d)|超过?(?=\d)|不少于|不低于|至少"),
    ("each", f"(?:{trie(words.EACH)})(?=[增减上下提降占为是\\d])"),
    ("to", r"(?<=[增加长少降低升减高缩])[至到](?=\d)"),
    ("is", trie(words.COPULA)),
    ("versus", "(?<=元)相(?:比较|比|较)"),
    ("gap", r"…+|\.{3,}|（略）"),
    ("of", "的"),
    ("punct", "[，,；。、：（）！？]"),
    ("quote", f"[{_QUOTES}]"),
)
"""The last groups of the lexer."""


@lru_cache(maxsize=1)
def _groups() -> tuple[list[tuple[str, str]], dict[str, str], frozenset[str]]:
    """(name, pattern) of each kind of token, the first that fits counts; the names of classes; those of economic items."""
    classes, economic = _account_names()
    spent = trie(label for label, concept in _ALONE.items() if concept in THREE_PUBLIC)
    fund, core, leaning = trie(_FUND_OF), trie(_ALONE), trie(_LEANING)
    stage_tail = f"(?:{_STAGE})?"
    groups = [
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
            rf"(?:与|较|比|同|和|跟)(?:{_YEAR})(?:{_NOTE})?(?:同期|累计|实际|同口径|实现)?(?:(?:{_STAGE})|决算数字|预算数字|支出|收入)?(?:相比较|相比|比较|对比|相较)?|(?:与|较|比|同|和)(?:{_STAGE})(?:相比较|相比|比较|对比)?|同比|同口径比(?:{_YEAR})",
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
        ("year", _YEAR + "|全年"),
        ("percentword", r"百分之[零〇一二三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?"),
        ("threshold", rf"{NUMBER} ?(?:{MEASURE})(?:（含）|（不含）)?以[上下内外]"),
        ("number", rf"(?:(?<![\d年月A-Za-z\-])-)?{NUMBER} ?(?:余|多)?(?:{MEASURE})?"),
        ("numeral", rf"(?<!第){CHINESE_NUMERAL}(?={_COUNTED_IN_WORDS})(?:{_COUNTED_IN_WORDS})"),
        ("residue", r"大小于|小大于|增加（减少）|增长（下降）|减少（增加）|下降（增长）|增（减）|上升（下降）"),
        ("up", f"(?:{trie(w for w in words.UP if len(w) > 1)})|[多增](?=[\\d\\-])"),
        ("down", f"(?:{trie(w for w in words.DOWN if len(w) > 1)})|[少减](?=[\\d\\-])"),
        ("flat", trie(words.FLAT)),
        ("greater", trie(words.GREATER)),
        ("less", trie(words.LESS)),
        ("equal", "等于|相等"),
        ("share", "占比为?|所占比[例重]为?|占"),
        ("complete", rf"完成(?=了?(?:{_STAGE})|当年|年度|{_YEAR})|为(?=(?:{_STAGE})的)"),
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
    return groups, classes, economic


_DIGITS = "0123456789"
_ANY_BEGINNING = ("among", "情况如下")
"""A group whose token any words may begin (支出情况如下), and what then stands in the text."""


def _heads(words: Iterable[str]) -> str:
    return "".join({w[0] for w in words})


@lru_cache(maxsize=1)
def _begins() -> dict[str, str]:
    """Name of a group → the characters its tokens can begin with, so that it is not tried elsewhere."""
    _, classes, economic = _groups()
    years, stages, labels = _DIGITS + "本今当上去", _heads(_STAGE_OF), _heads((*_FUND_OF, *_ALONE))
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
        "punct": "".join(_PUNCTUATION),
        "quote": _QUOTES,
    }


_Readers = tuple[tuple[str, Callable[[str, int, int], "re.Match[str] | None"]], ...]


@lru_cache(maxsize=2)
def _by_first_character(everywhere: str) -> tuple[dict[str, _Readers], _Readers]:
    """Character → the groups whose tokens can begin with it; the groups for all other characters.

    `everywhere`: the name of a group that is tried at each character, or "".
    """
    begins, groups = _begins(), _groups()[0]
    chars = {char for name, _ in groups for char in begins[name]}
    readers: _Readers = tuple((name, re.compile(body).match) for name, body in groups)
    found = {c: tuple(r for r in readers if c in begins[r[0]] or r[0] == everywhere) for c in chars}
    return found, tuple(r for r in readers if r[0] == everywhere)


def _tokens_in(text: str, start: int, end: int) -> Iterator[tuple[str, re.Match[str]]]:
    """(name of the group, match) of each token: at each character only what can begin with it is tried."""
    everywhere, words = _ANY_BEGINNING
    by_first, other = _by_first_character(everywhere if words in text else "")
    readers = by_first.get
    position = start
    while position < end:
        step = position + 1
        for name, read in readers(text[position], other):
            match = read(text, position, end)
            if match is not None and match.end() > position:
                yield name, match
                step = match.end()
                break
        position = step


def lex(text: str) -> list[Token]:
    """The tokens of one passage, in order; quotation marks are left out, everything else is covered."""
    tokens: list[Token] = []
    accounts = list(_accounts(text)) if "）" in text else []
    position = 0
    for token in accounts:
        _scan(position, token.start, _tokens_in(text, position, token.start), tokens)
        tokens.append(token)
        position = token.end
    _scan(position, len(text), _tokens_in(text, position, len(text)), tokens)
    return tokens


def _scan(start: int, end: int, matches: Iterable[tuple[str, re.Match[str]]], tokens: list[Token]) -> None:
    position = start
    approximate = False
    classes = _groups()[1]
    for group, match in matches:
        if match.start() > position:
            tokens.append(Token("w", position, match.start()))
        position = match.end()
        if group == "quote":
            continue
        if group == "approx":
            approximate = True
            tokens.append(Token("w", match.start(), match.end()))
            continue
        token = _token(group, match, classes)
        if approximate and isinstance(token.value, Quantity):
            q = token.value
            token.value = Quantity(q.value, q.measure, q.decimals, q.text, approximate=True)
        approximate = False
        tokens.append(token)
    if end > position:
        tokens.append(Token("w", position, end))


_SIMPLE: dict[str, tuple[str, Value]] = {
    "residue": ("X", None),
    "inert": ("i", None),
    "listmark": ("i", None),
    "threshold": ("i", None),
    "up": ("D", 1),
    "down": ("D", -1),
    "flat": ("F", 0),
    "greater": ("O", 1),
    "less": ("O", -1),
    "equal": ("O", 0),
    "share": ("Z", None),
    "complete": ("W", None),
    "completerate": ("W", "rate"),
    "reason": ("R", None),
    "among": ("M", None),
    "amid": ("M", "amid"),
    "purpose": ("U", None),
    "each": ("E", None),
    "to": ("=", None),
    "is": ("=", None),
    "of": ("d", None),
    "versus": ("v", None),
    "gap": ("…", None),
    "from": ("f", None),
    "variance": ("V", None),
}


def _token(group: str, match: re.Match[str], classes: dict[str, str]) -> Token:
    start, end, text = match.start(), match.end(), match[0]
    if group in _SIMPLE:
        kind, value = _SIMPLE[group]
        return Token(kind, start, end, value)
    if group == "punct":
        return Token(_PUNCTUATION[text], start, end)
    return _READERS[group](text, start, end, classes)


def _number(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    quantity = parse(text)
    if quantity is None:
        return Token("i", start, end)
    return Token(_KIND_OF_DIMENSION.get(quantity.measure.dimension, "C"), start, end, quantity)


def _numeral(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    match = re.fullmatch(rf"({CHINESE_NUMERAL})({_COUNTED_IN_WORDS})", text)
    number = chinese_number(match[1]) if match else None
    if match is None or number is None:
        return Token("w", start, end)
    return Token("C", start, end, make(str(number), MEASURES[match[2]], text=text))


def _date(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    year = text[:4]
    return (
        Token("Y", start, end, YearValue(int(year), relative=False, date=True))
        if year.isdigit()
        else Token("i", start, end)
    )


def _year(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    return Token("Y", start, end, _year_value(text))


def _year_value(text: str) -> YearValue:
    if text[:4].isdigit():
        return YearValue(int(text[:4]), relative=False)
    return YearValue(-1 if text[0] in "上去" else 0, relative=True)


def _base(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    found = re.search(_YEAR, text)
    year = _year_value(found[0]) if found else None
    if text.startswith("同") and year is None:
        year = YearValue(-1, relative=True)
    tail = re.sub(f"^{_NOTE}", "", text[found.end() :]) if found else text[1:]
    stage = next((s for word, s in words.STAGES if tail.startswith(word)), None)
    if stage is None and "决算数字" in tail:
        stage = Stage.FINAL
    if stage is None and "预算数字" in tail:
        stage = Stage.BUDGET
    return Token("B", start, end, BaseValue(year.year if year else None, bool(year and year.relative), stage))


_LONGEST_KEY = max(map(len, (*_FUND_OF, *_ALONE, *_LEANING, *_STAGE_OF)))
_TAIL = re.compile(r"(?:财政拨款|拨款)?(?:支出|收入)?")


def _label(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    fund, rest = _longest(text, _FUND_OF)
    rest = rest.removeprefix("的")
    concept, after = _longest(rest, _ALONE)
    if concept is None:
        concept, after = _longest(rest, _LEANING)
    if concept is None:
        return Token("L", start, end, LabelValue("", fund))
    if concept in THREE_PUBLIC:  # “三公”经费一般公共预算财政拨款支出: of whatever fund, it is the three-public figure
        after = _longest(after, _FUND_OF)[1]
    stage, _rest = _longest(after[_TAIL.match(after).end() :], _STAGE_OF) if after else (None, "")  # type: ignore[union-attr]
    if stage is None:  # the tail took 支出 of 支出决算
        stage, _rest = _longest(after, _STAGE_OF)
    if concept == "income_appropriation":
        concept, fund = "income", "appropriation"
    return Token("L", start, end, LabelValue(concept, fund, stage))


def _longest(text: str, table: Mapping[str, _T]) -> tuple[_T | None, str]:
    """The value of the longest key that `text` begins with, and the rest of the text."""
    for length in range(min(len(text), _LONGEST_KEY), 0, -1):
        found = table.get(text[:length])
        if found is not None:
            return found, text[length:]
    return None, text


def _stage(text: str, start: int, end: int, _: dict[str, str]) -> Token:
    concept = "income" if text.startswith("收入") else "expenditure" if "支出" in text else None
    variant = text if text.startswith("调整后年初") else None
    return Token("S", start, end, StageValue(_STAGE_OF[text], concept, variant))


def _class(text: str, start: int, end: int, classes: dict[str, str]) -> Token:
    name = re.sub(r"(?:支出类科目|类科目|（类）支出|类支出|（类）)$", "", text)
    return Token("I", start, end, AccountValue(classes.get(name, name), None, None))


_READERS: dict[str, Callable[[str, int, int, dict[str, str]], Token]] = {
    "number": _number,
    "percentword": _number,
    "numeral": _numeral,
    "date": _date,
    "year": _year,
    "base": _base,
    "label": _label,
    "stage": _stage,
    "class": _class,
    "economic": lambda text, start, end, _: Token("G", start, end, text),
}

# --- account paths -----------------------------------------------------------------------------------------

_MARK = re.compile(r"（([类款项])）")
_BOUNDARY = re.compile(r"[，。；：“”\"\s\d．.…]")
_INSIDE = re.compile(r"[，。；：\s\d．.…]")
"""What ends a path between its levels; quotation marks do not: “三西”农业建设专项补助 is a name."""
_ORDER = "类款项"


def _accounts(text: str) -> Iterator[Token]:
    """Account paths "…（类）…（款）…（项）"; any level may be missing, in that order."""
    marks = list(_MARK.finditer(text))
    i = 0
    limit = 0
    while i < len(marks):
        begin = _name_start(text, marks[i].start(), limit)
        levels: dict[str, str] = {}
        position = begin
        last = -1
        while i < len(marks):
            mark = marks[i]
            name = text[position : mark.start()]
            rank = _ORDER.index(mark[1])
            if rank <= last or not 0 < len(name) <= 40 or (levels and _INSIDE.search(name)):
                break
            levels[mark[1]] = name
            last, position = rank, mark.end()
            i += 1
        if levels:
            yield Token("I", begin, position, AccountValue(levels.get("类"), levels.get("款"), levels.get("项")))
            limit = position
        else:
            i += 1


def _name_start(text: str, end: int, limit: int) -> int:
    """Where the name that ends at `end` begins: after the nearest punctuation, at most 40 characters before."""
    start = max(limit, end - 40)
    best = start
    for match in _BOUNDARY.finditer(text, start, end):
        best = match.end()
    return best
