"""Words that compare two figures: 决算数大于预算数; 决算数与预算数持平."""

from juesuan.taxonomy.phrases.pattern import Phrase

ORDER = Phrase(
    id="order",
    name="大小比较",
    read=(
        "left=STAGE|LABEL order=ORDER right=STAGE|LABEL diff=AMOUNT?",
        "left=STAGE|LABEL base=BASE order=FLAT",
        "base=BASE COMMA? order=ORDER",
    ),
    asserts=("Order",),
    write={"greater": "决算数大于{stage}数", "less": "决算数小于{stage}数", "equal": "决算数与{stage}数持平"},
    examples=("年初预算为51.50万元，支出决算为51.98万元，决算数大于预算数",),
)
