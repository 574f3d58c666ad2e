"""A figure stated for a subject: 一般公共预算财政拨款支出152.20万元; 支出决算为51.98万元; 公务用车保有量为8辆; 覆盖率95%."""

from juesuan.taxonomy.phrases.pattern import Phrase

STATE = Phrase(
    id="state",
    name="金额陈述",
    read=(
        "subject=LABEL|ACCOUNT COLON? stage=STAGE? EACH? IS? IS? value=AMOUNTS",
        "subject=LABEL|ACCOUNT year=YEAR stage=STAGE? IS? value=AMOUNTS",
        "subject=LABEL|ACCOUNT OPEN WORD CLOSE IS? value=AMOUNTS",
        "subject=LABEL|ACCOUNT filler=WORD IS? value=AMOUNTS",
        "subject=ECONOMIC|WORD stage=STAGE? IS? value=AMOUNTS",
    ),
    asserts=(),
    write={"default": "{subject}{value}", "stage": "{subject}{stage}为{value}"},
    examples=("一般公共预算财政拨款支出152.20万元", "收、支总计均为152.20万元", "机关运行经费支出13.28万元"),
)

STATE_STAGE = Phrase(
    id="state_stage",
    name="分阶段金额陈述",
    read=("stage=STAGE COLON? EACH? IS? value=AMOUNTS",),
    asserts=(),
    write={"default": "{stage}为{value}"},
    examples=("年初预算为51.50万元", "支出决算为51.98万元"),
)

COUNT = Phrase(
    id="count",
    name="数量陈述",
    read=(
        "subject=LABEL|ECONOMIC filler=WORD? IS? value=COUNT money=AMOUNT?",
        "subject=WORD IS? value=COUNT money=AMOUNT?",
        "IS? value=COUNT after=WORD|LABEL|ECONOMIC?",
    ),
    asserts=(),
    write={"default": "{subject}{value}"},
    examples=("公务用车保有量为8辆", "国内公务接待14批次"),
)

RESTATE = Phrase(
    id="restate",
    name="复述",
    read=("word=IS value=AMOUNTS",),
    asserts=("Equal",),
    write={"default": "共计支出{value}"},
    examples=("国内公务接待支出0.80万元。国内公务接待14批次，60人次，共计支出0.80万元",),
)

BECOME = Phrase(
    id="become",
    name="增减至",
    read=("subject=LABEL? dir=DIR become=IS value=AMOUNT",),
    asserts=(),
    write={"default": "{subject}{dir}至{value}"},
    examples=("支出决算减少至0.80万元",),
)

STATE_YEAR = Phrase(
    id="state_year",
    name="逐年金额陈述",
    read=("year=YEAR OF? IS? value=AMOUNT",),
    asserts=(),
    write={"default": "{year}{value}"},
    examples=("“三公”经费2021年8.60万元、2022年7.20万元",),
)

RATE = Phrase(
    id="rate",
    name="比率陈述",
    read=(
        "subject=WORD|LABEL|ECONOMIC|STAGE IS? IS? value=PERCENT",
        "subject=WORD|LABEL|ECONOMIC? COMMA? base=BASE? dir=DIR IS? value=POINTS",
    ),
    asserts=(),
    write={"default": "{subject}{value}"},
    examples=("健康档案电子化率95%", "占比比上年提高2.5个百分点"),
)
