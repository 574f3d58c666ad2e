"""Change against a base: 与2022年相比，收、支总计增加30.05万元，增长24.60%; 较上年1174万元减少40万元; 与上年持平; 由40万元增加到44万元."""

from juesuan.taxonomy.phrases.pattern import Phrase

CHANGE = Phrase(
    id="change",
    name="增减变动",
    read=(
        "[ base=BASE COMMA? ]? subject=LABEL|ACCOUNT? was=AMOUNT? EACH? dir=DIR STAGE? IS? diff=AMOUNTS OPEN EACH? dir=DIR? IS? rate=PERCENTS CLOSE",
        "[ base=BASE COMMA? ]? subject=LABEL|ACCOUNT? was=AMOUNT? EACH? dir=DIR STAGE? IS? diff=AMOUNTS [ COMMA|LIST|SEMICOLON? EACH? dir=DIR IS? rate=PERCENTS ]?",
        "base=BASE was=AMOUNT VERSUS COMMA? STAGE|LABEL? EACH? dir=DIR IS? diff=AMOUNTS [ COMMA|LIST? EACH? dir=DIR IS? rate=PERCENTS ]?",
        "base=BASE subject=WORD? was=AMOUNT? EACH? dir=DIR IS? diff=AMOUNTS [ COMMA|LIST? EACH? dir=DIR IS? rate=PERCENTS ]?",
        "base=BASE dir=DIR IS? diff=COUNT [ COMMA|LIST? dir=DIR IS? rate=PERCENT ]?",
    ),
    asserts=("Difference", "Growth"),
    write={
        "default": "与{base}相比，{subject}{dir}{diff}，{dir_rate}{rate}",
        "zero_base": "与{base}相比，{subject}{dir}{diff}（上年无此项，不可比）",
        "with_base": "较{base}{was}{dir}{diff}，{dir_rate}{rate}",
        "no_rate": "与{base}相比，{subject}{dir}{diff}",
    },
    examples=(
        "2023年度收、支总计均为152.20万元。与2022年相比，收、支总计增加30.05万元，增长24.60%",
        "2023年机关运行经费支出1134万元，较上年1174万元减少40万元，下降3.41%",
    ),
)

CHANGE_BY_RATE = Phrase(
    id="change_by_rate",
    name="只写增减率",
    read=(
        "base=BASE COMMA? subject=LABEL|ACCOUNT|WORD? was=AMOUNT? EACH? dir=DIR IS? rate=PERCENTS [ COMMA dir=DIR IS? diff=AMOUNTS ]?",
        "base=BASE d was=AMOUNT EACH? dir=DIR IS? rate=PERCENTS".replace(" d ", " OF "),
        "dir=DIR IS? rate=PERCENT",
    ),
    asserts=("Growth",),
    write={"default": "比{base}{dir}{rate}"},
    examples=("2022年机关运行经费支出11.67万元，2023年机关运行经费支出13.28万元，比2022年增长13.80%",),
)

FLAT = Phrase(
    id="flat",
    name="持平",
    read=(
        "base=BASE COMMA? subject=LABEL|STAGE|WORD? flat=FLAT",
        "subject=LABEL base=BASE flat=FLAT",
        "base=BASE was=AMOUNT VERSUS? COMMA? subject=LABEL|STAGE? flat=FLAT",
    ),
    asserts=("Order",),
    write={"default": "与{base}持平"},
    examples=("2022年公务接待费支出0.80万元，2023年公务接待费支出0.80万元，与2022年持平",),
)

FROM_TO = Phrase(
    id="from_to",
    name="由多少变为多少",
    read=(
        "FROM [ year=YEAR OF? ]? was=AMOUNT dir=DIR become=IS [ YEAR OF? ]? value=AMOUNT [ COMMA dir=DIR IS? rate=PERCENT ]?",
    ),
    asserts=("Order", "Growth"),
    write={"default": "由{was}{dir}到{value}，{dir_rate}{rate}"},
    examples=("培训费由2022年的40.00万元增加到44.00万元，增长10.00%",),
)

VARIANCE = Phrase(
    id="variance",
    name="预决算差异率",
    read=("VARIANCE IS? rate=PERCENT",),
    asserts=("Growth",),
    write={"default": "预决算差异率{rate}"},
    examples=("年初预算数404.29万元，决算数433.63万元，预决算差异率7.26%",),
)
