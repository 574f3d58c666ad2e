"""`juesuan rule` and `juesuan catalog`: look something up."""

from __future__ import annotations

import argparse

from juesuan.cli import output
from juesuan.errors import UsageError

NOT_FOUND = 1
_MOST = 20


def run_rule(arguments: argparse.Namespace) -> int:
    """One rule's page, or the list of all rules."""
    from juesuan.render.rules import list_text, page_text
    from juesuan.rules import RULES, by_code

    if arguments.rule is None:
        output.say(list_text(tuple(RULES.values())))
        return 0
    rule = by_code(arguments.rule)
    if rule is None:
        raise UsageError(f"没有“{arguments.rule}”这条规则，请用 juesuan rule 看有哪些规则。")
    output.say(page_text(rule, output.width()))
    return 0


def run_catalog(arguments: argparse.Namespace) -> int:
    """What the catalog knows of one account, and the others that fit what was typed."""
    from juesuan.catalog import load

    catalog = load()
    found = catalog.search(arguments.account, arguments.year)
    if not found:
        output.tell(f"科目目录里没有与“{arguments.account}”相同或相近的科目，请换编码或名称的一部分再查。")
        return NOT_FOUND
    wanted = arguments.account.strip()
    exact = [account for account in found if wanted in {account.code, account.name}] or found[:1]
    lines = ["\n\n".join(catalog.describe(account, arguments.year) for account in exact)]
    others = [account for account in found if account not in exact]
    if others:
        lines.append("\n另有：")
        lines += [f"  {account.code} {account.name}" for account in others[:_MOST]]
        if len(others) > _MOST:
            lines.append(f"  等 {len(others)} 个，请写得更全一些。")
    output.say("\n".join(lines) + "\n")
    return 0
