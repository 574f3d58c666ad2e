"""A share of a whole: 占82.32%; 占本年支出合计的100.00%."""

from juesuan.taxonomy.phrases.pattern import Phrase

SHARE = Phrase(
    id="share",
    name="占比",
    read=(
        "at=SHARE YEAR? whole=LABEL|ACCOUNT STAGE? IS? OF? IS? rate=PERCENT",
        "at=SHARE whole=LABEL|ACCOUNT was=AMOUNT OF IS? rate=PERCENT",
        "at=SHARE OF? stage=STAGE OF? IS? rate=PERCENT",
        "at=SHARE whole=WORD OF rate=PERCENT",
        "at=SHARE was=AMOUNT OF rate=PERCENT",
        "at=SHARE COMMA? IS? rate=PERCENT",
        "at=SHARE IS? bare=NUMBER",
    ),
    asserts=("Share", "Shares"),
    write={"default": "占{rate}", "of": "占{whole}的{rate}"},
    examples=(
        "本年支出合计152.20万元，其中：基本支出125.29万元，占82.32%；项目支出26.91万元，占17.68%",
        "本年支出合计152.20万元。一般公共预算财政拨款支出152.20万元，占本年支出合计的100.00%",
    ),
)
