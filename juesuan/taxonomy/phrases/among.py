"""Words that open a list of parts: 其中, 主要用于以下方面, 主要包括."""

from juesuan.taxonomy.phrases.pattern import Phrase

AMONG = Phrase(
    id="among",
    name="分项",
    read=("among=AMONG",),
    asserts=("Sum",),
    write={"default": "其中：", "structure": "主要用于以下方面：", "items": "主要包括："},
    examples=("本年支出合计152.20万元，其中：基本支出125.29万元，占82.32%；项目支出26.91万元，占17.68%",),
)
