"""Whether books agree with themselves: totals with their parts, tables with one another, registers with figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from juesuan.books import agency
from juesuan.books.derive import ITEM_LENGTH
from juesuan.books.figures import Cell, Key, Money, key_of, label_of
from juesuan.books.model import Books
from juesuan.books.problems import Grade, Problem
from juesuan.books.store import Loaded
from juesuan.facts import Stage
from juesuan.taxonomy.concepts import FUND_PARTS, LIMITS

_FUND_WORDS = {
    "all": "全部资金",
    "appropriation": "财政拨款",
    "general_budget": "一般公共预算",
    "government_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算",
}
_HALF = Decimal(50)
_COUNTED = (
    ("reception_domestic", ("reception_domestic_batches", "reception_domestic_persons"), "国内公务接待"),
    ("reception_foreign", ("reception_foreign_batches", "reception_foreign_persons"), "外事接待"),
    ("abroad", ("abroad_groups", "abroad_persons"), "因公出国（境）"),
)
_ITEMS_WITHIN = (("30217", "reception"), ("30231", "vehicle_operation"), ("31013", "vehicle_purchase"))


def contradictions(loaded: Loaded) -> tuple[Problem, ...]:
    """Every pair of figures that cannot both be right, each with its cells, in a stable order, none twice."""
    books = loaded.books
    found = [
        *_typed_twice(loaded),
        *_totals(books),
        *_stored(loaded),
        *_balances(books),
        *_crossings(books),
        *_limits(books),
        *_registers(loaded),
        *_counts(books),
    ]
    return tuple({p.message: p for p in found}.values())


def _say(books: Books, one: Money, other: Money, why: str) -> Problem:
    where = f"{one.cells[0]} 的" if one.cells else ""
    here = "" if one.cells else _places(one)
    name = label_of(one.key, dict(books.names))
    gap = one.yuan - other.yuan
    at = _places(other)
    message = f"{where}{name} {one.yuan:,} 元{here}，与{why} {other.yuan:,} 元{at}相差 {gap:,} 元，请核对后改正一处。"
    cells = (*one.cells[:1], *tuple(other.leaves())[:3])
    return Problem(Grade.CONTRADICTION, message, cells, _labels(books, one.key, other.key))


def _labels(books: Books, *keys: Key) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label_of(key, dict(books.names)) for key in keys))


def _places(money: Money) -> str:
    cells = list(dict.fromkeys(money.leaves()))
    if not cells:
        return ""
    more = f"等 {len(cells)} 格" if len(cells) > 3 else ""
    return f"（{'、'.join(str(c) for c in cells[:3])}{more}）"


def _typed_twice(loaded: Loaded) -> Iterator[Problem]:
    """The same figure typed in two places with two values."""
    for money in loaded.reading.again:
        first = loaded.books.typed.get(money.key)
        if first is not None and first.yuan != money.yuan:
            yield _say(loaded.books, money, first, "另一处所填")


def _totals(books: Books) -> Iterator[Problem]:
    """Typed totals against what follows from their parts."""
    for key, typed in books.typed.items():
        for way in books.resolver.ways(key):
            # Only 一般公共预算's basic must equal its 人员 and 公用; other funds may add to the basic of all.
            if way.usual and (key.concept, key.fund) != ("basic", "general_budget"):
                continue
            found = books.resolver.compute(key, way)
            if found is not None and found is not typed and found.yuan != typed.yuan:
                if _by_rounding(typed, found):
                    continue
                yield _say(books, typed, found, way.note)
                break


def _by_rounding(typed: Money, found: Money) -> bool:
    """Whether figures of last year or of the budget, published in 万元, differ only as rounded ones do."""
    if typed.key.back == 0 and typed.key.stage is Stage.FINAL:
        return False
    whole = all(m.yuan % 100 == 0 for m in (typed, found))
    return whole and abs(typed.yuan - found.yuan) <= _HALF * (len(found.parts) + 1)


def _stored(loaded: Loaded) -> Iterator[Problem]:
    """Results kept in the workbook against what the leaves give: a line out of a formula's reach, a formula changed."""
    for money in loaded.reading.stored:
        found = loaded.books.get(money.key)
        if found is not None and found.yuan != money.yuan:
            name = label_of(money.key, dict(loaded.books.names))
            message = (
                f"{money.cells[0]} 的公式显示 {name} {money.yuan:,} 元，按明细应是 {found.yuan:,} 元；编制时用后者。"
                "可能是插入的行不在公式范围内，或公式被改过，请在 Excel 里检查这一格。"
            )
            yield Problem(Grade.NOTE, message, money.cells)


def _balances(books: Books) -> Iterator[Problem]:
    """Income and expenditure of each fund balance; what came in at the start is what was left the year before."""
    for fund, words in _FUND_WORDS.items():
        income, spent = books.amount("income_total", fund), books.amount("expenditure_total", fund)
        if income and spent and income.yuan != spent.yuan and not (fund == "appropriation" and _some_fund_off(books)):
            left, right = f"收入总计 {income.yuan:,} 元", f"支出总计 {spent.yuan:,} 元"
            gap = f"{left}{_places(income)}，{right}{_places(spent)}，相差 {income.yuan - spent.yuan:,} 元"
            message = f"{words}收支不平：{gap}，请检查收入、支出和年初、年末结转结余。"
            cells = (*tuple(income.leaves())[:2], *tuple(spent.leaves())[:2])
            yield Problem(Grade.CONTRADICTION, message, cells, _labels(books, income.key, spent.key))
    for fund in ("all", "appropriation"):
        now, then = books.amount("carried_in", fund), books.amount("carried_out", fund, year=-1)
        if now and then and now.yuan != then.yuan:
            yield replace(_say(books, now, then, "上年年末结转和结余"), grade=Grade.NOTE)


def _some_fund_off(books: Books) -> bool:
    for fund in FUND_PARTS:
        income, spent = books.amount("income_total", fund), books.amount("expenditure_total", fund)
        if income and spent and income.yuan != spent.yuan:
            return True
    return False


def _crossings(books: Books) -> Iterator[Problem]:
    """Between tables: 06 and 08, 06 and 07, 03 and 06."""
    both = key_of("basic", "general_budget")
    by_items, by_kind = books.get(both), _sum(books, both, ("personnel", "office"))
    if (
        by_items
        and by_items.parts
        and by_kind
        and by_items.note != "人员经费＋公用经费"
        and by_items.yuan != by_kind.yuan
    ):
        yield _say(books, by_items, by_kind, "经济分类的人员经费与公用经费之和")
    whole = key_of("expenditure", "general_budget")
    for account in books.resolver.accounts(whole):
        if len(account) != ITEM_LENGTH:
            continue
        spent = books.get(whole.at(account))
        lines = [Key("economic", whole.fund, account, e, "all_expenditure") for e in books.resolver.economics(whole)]
        wide = _add(books, whole.at(account), lines)
        if spent and spent.parts and wide and spent.note != "经济分类逐款相加" and spent.yuan != wide.yuan:
            yield _say(books, spent, wide, "经济分类明细之和")
        every = books.amount("expenditure", "all", account=account)
        if spent and every and spent.yuan > every.yuan:
            yield _say(books, spent, every, "全部资金的支出（它不应比一般公共预算的少）")
    for code in books.resolver.economics(key_of("economic", "general_budget")):
        basic, every = (
            books.amount("economic", "general_budget", economic=code),
            books.amount("economic", "general_budget", economic=code, nature="all_expenditure"),
        )
        if basic and every and basic.yuan > every.yuan:
            yield _say(books, basic, every, "全部支出的同一款（基本支出不应比它多）")
    for code, concept in _ITEMS_WITHIN:
        basic, printed = books.amount("economic", "general_budget", economic=code), books.amount(concept)
        if basic and printed and basic.yuan > printed.yuan:
            yield _say(books, basic, printed, "“三公”经费里的同一项（基本支出不应比它多）")


def _sum(books: Books, key: Key, concepts: Iterable[str]) -> Money | None:
    return _add(books, key, [key.of(c) for c in concepts])


def _add(books: Books, key: Key, keys: Iterable[Key]) -> Money | None:
    found = [m for k in keys if (m := books.get(k)) is not None]
    cells = tuple(c for m in found for c in m.leaves())
    return Money(sum((m.yuan for m in found), Decimal(0)), key, cells) if found else None


def _limits(books: Books) -> Iterator[Problem]:
    for part, total, basis in LIMITS:
        one, other = books.amount(part), books.amount(total)
        if one and other and one.yuan > other.yuan:
            yield _say(books, one, other, f"应当包含它的总数（{basis}）")
    for account in (None, *books.resolver.accounts(key_of("income"))):
        fees, business = (
            books.amount("income_education_fees", account=account),
            books.amount("income_business", account=account),
        )
        if fees and business and fees.yuan > business.yuan:
            yield _say(books, fees, business, "应当包含它的事业收入")


def _registers(loaded: Loaded) -> Iterator[Problem]:
    """A register with rows against the figure it explains."""
    books = loaded.books
    for tally in agency.tallies(books.registers, books.year):
        if not tally.from_rows:
            continue
        line = agency.BY_ID[tally.id]
        if line.concept:
            money = books.get(agency.key_of_line(line))
            shown, cells = (money.yuan, tuple(money.leaves())) if money else (None, ())
        else:
            count = loaded.reading.counts.get(tally.id)
            shown, cells = (Decimal(count[0]), (count[1],)) if count else (None, ())
        if shown is not None and shown != tally.value:
            yield _differs(tally, line, shown, cells)


def _differs(tally: agency.Tally, line: agency.Line, shown: Decimal, cells: tuple[Cell, ...]) -> Problem:
    where = f"（{'、'.join(str(c) for c in dict.fromkeys(cells[:2]))}）" if cells else ""
    one, other = f"{shown:,} {line.measure}{where}", f"{tally.value:,} {line.measure}"
    message = f"{line.label}填的是 {one}，台账“{tally.register}”合计是 {other}，请核对后改正一处。"
    about = (label_of(agency.key_of_line(line)) if line.concept else line.label,)
    return Problem(Grade.CONTRADICTION, message, (*cells[:2], *tally.cells[:2]), about)


def _counts(books: Books) -> Iterator[Problem]:
    """Money without batches, batches without money."""
    for concept, ids, words in _COUNTED:
        money = books.amount(concept)
        counts = [c for i in ids if (c := books.count(i)) is not None]
        if money is None or not counts:
            continue
        some = [c for c in counts if c.value]
        cells = (*money.leaves(), *(c.cells[0] for c in counts if c.cells))
        if money.yuan and len(some) < len(counts):
            yield Problem(
                Grade.CONTRADICTION,
                f"{words}有支出 {money.yuan:,} 元，批次（团组）或人次却是0，请补填“机构运行信息”。",
                cells,
                _labels(books, money.key),
            )
        if not money.yuan and some:
            yield Problem(Grade.NOTE, f"{words}没有支出，却填了批次（团组）或人次，请核对是否由别的单位承担。", cells)
