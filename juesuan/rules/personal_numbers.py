"""JS901: identity card numbers, bank accounts and private telephones in print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from juesuan.findings import Finding, Severity
from juesuan.place import Place
from juesuan.rules._text import CellHit, cells, evidence_of
from juesuan.rules.base import Rule, View

_IDENTITY = re.compile(r"(?<![\dA-Za-z])[1-8]\d{5}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])")
_CARD = re.compile(r"(?:账号|帐号|卡号|账户|帐户|银行卡)[：:]?(?:为)?(?P<number>\d{16,19})(?!\d)")
_MOBILE = re.compile(r"(?<![\dA-Za-z.])1[3-9]\d{9}(?![\dA-Za-z.])")
_LONG = re.compile(r"\d{11}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def check(view: View) -> Iterator[Finding]:
    """Numbers that their check digit proves; mobile numbers, once in a document, as a question."""
    mobiles: list[Place] = []
    for text, place_of in _texts(view):
        if not _LONG.search(text):
            continue
        for match in _IDENTITY.finditer(text):
            if is_identity(match[0]):
                yield _finding(view, place_of(*match.span()), match[0], "身份证号码")
        for match in _CARD.finditer(text):
            if is_card(match["number"]):
                yield _finding(view, place_of(*match.span("number")), match["number"], "银行账号")
        mobiles += [place_of(*m.span()) for m in _MOBILE.finditer(text)]
    if mobiles:
        more = f"，共 {len(mobiles)} 处" if len(mobiles) > 1 else ""
        yield RULE.finding(
            f"公开了手机号码{more}，请核实是否为办公电话。",
            (view.evidence(mobiles[0]), *evidence_of(view, mobiles[1:])),
            severity=Severity.HINT,
            key="mobile",
        )


def _texts(view: View) -> Iterator[tuple[str, Callable[[int, int], Place]]]:
    """Every text with a way to place a stretch of it; in a table the place is the whole cell."""
    for passage in view.understanding.passages:
        yield passage.text, passage.place
    for hit in cells(view):
        yield hit.text, partial(_whole, hit)


def _whole(hit: CellHit, _start: int, _end: int) -> Place:
    return hit.place


def is_identity(number: str) -> bool:
    """Whether 18 characters are an identity card number: a possible date of birth, and the right check digit."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK[total % 11] == number[17].upper()


def is_card(number: str) -> bool:
    """Whether the digits of a bank card fit together (Luhn)."""
    total = 0
    for at, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value // 10 + value % 10
    return total % 10 == 0


def _finding(view: View, place: Place, number: str, what: str) -> Finding:
    shown = f"{number[:4]}…{number[-2:]}"
    return RULE.finding(
        f"公开文件里有{what}（{shown}），属于个人信息，公开前应当删去。", (view.evidence(place),), key=what
    )


RULE = Rule(
    code="JS901",
    name="personal-numbers",
    title="公开了个人信息",
    severity=Severity.WARNING,
    checks="公开文件里有没有身份证号码、银行账号和手机号码。",
    why="决算公开面向全社会，个人信息一经公开难以收回。",
    basis="《中华人民共和国个人信息保护法》；《中华人民共和国政府信息公开条例》第十五条",
    how="身份证号码验出生日期和校验码，银行卡号须紧跟“账号”等字样并通过校验，才报疑点；手机号码常是公布的联系电话，全文只提示一次。项目编码、文号不报。",
    wrong="项目负责人身份证号：11010519491231002X，项目支出10.00万元。",
    right="项目编码：51090423T000008912345，项目支出10.00万元。",
    mend="删去或遮盖号码。",
    misses="姓名、住址等不带校验的个人信息不检查。",
    check=check,
)
