"""Completion of a budget: 完成年初预算的102.27%; 完成预算27万元的63.2%; 年初预算完成率为110%."""

from juesuan.taxonomy.phrases.pattern import Phrase

COMPLETION = Phrase(
    id="completion",
    name="完成预算",
    read=(
        "COMPLETE YEAR? WORD? stage=STAGE|LABEL budget=AMOUNT? OF? IS? rate=PERCENT",
        "base=BASE budget=AMOUNT VERSUS COMMA? COMPLETE YEAR? stage=STAGE|LABEL OF? IS? rate=PERCENT",
        "COMPLETE YEAR? WORD? stage=STAGE|LABEL OF? bare=NUMBER",
    ),
    asserts=("Completion",),
    write={"default": "完成{stage}的{rate}", "zero_budget": ""},
    examples=(
        "年初预算为51.50万元，支出决算为51.98万元，完成年初预算的100.93%",
        "支出决算为17.06万元，完成预算27万元的63.19%",
    ),
)

COMPLETION_RATE = Phrase(
    id="completion_rate",
    name="完成率",
    read=("stage=STAGE? COMPLETE IS? rate=PERCENT",),
    asserts=("Completion",),
    write={"default": "{stage}完成率为{rate}"},
    examples=("年初预算为51.50万元，支出决算为51.98万元，年初预算完成率为100.93%",),
)
