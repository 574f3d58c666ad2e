from __future__ import annotations

from tests.rules.helpers import findings, in_sample, said

ITEM = "2023年度部门决算情况说明\n1.{}（类）行政事业单位医疗（款）行政单位医疗（项）：支出决算为10.00万元。"
LIST = (
    "2023年度部门决算情况说明\n2023年一般公共预算财政拨款支出30.00万元，主要用于以下方面："
    "社会保障和就业支出（类）20.00万元，占66.67%；卫生健康支出（类）10.00万元，占33.33%。\n（三）具体情况\n"
)
OLD = "1.医疗卫生与计划生育支出（类）行政事业单位医疗（款）行政单位医疗（项）：支出决算为10.00万元。"


def test_the_catalog_alone_gives_a_hint() -> None:
    assert said("JS301", ITEM.format("医疗卫生与计划生育支出")) == [("hint", "医疗卫生与计划生育支出（类）")]


def test_an_item_under_a_class_the_list_does_not_have_is_an_error() -> None:
    assert said("JS301", LIST + OLD) == [("error", "医疗卫生与计划生育支出（类）")]


def test_the_mend_is_the_present_name() -> None:
    found = findings("JS301", LIST + OLD)[0]
    assert found.expected == "卫生健康支出"
    assert found.fix is not None
    assert found.fix.new == "卫生健康支出（类）"


def test_one_name_in_many_places_is_one_finding() -> None:
    item = "社会保障和就业支出（类）行政事业单位离退休（款）{}（项）：支出决算为1.00万元。"
    names = ("行政单位离退休", "事业单位离退休", "机关事业单位基本养老保险缴费支出")
    text = "2023年度部门决算情况说明\n" + "\n".join(f"{n}.{item.format(name)}" for n, name in enumerate(names, 1))
    found = findings("JS301", text)
    assert [f.actual for f in found] == ["行政事业单位离退休"]
    assert len(found[0].evidence) == len(names)


def test_the_name_was_right_in_its_time() -> None:
    assert said("JS301", ITEM.format("医疗卫生与计划生育支出").replace("2023", "2017")) == []


def test_the_glossary_is_left_to_its_own_rule() -> None:
    text = ITEM.format("卫生健康支出") + "\n第三部分名词解释\n1.医疗卫生与计划生育支出（类）：指医疗支出1.00万元。"
    assert said("JS301", text) == []


def test_an_item_that_another_rule_moves_is_not_reported_twice() -> None:
    assert ("hint", "行政事业单位离退休（款）") not in in_sample("JS301", "anju-gsl-2023-final.txt")


def test_an_old_name_in_a_table_alone_is_a_hint() -> None:
    text = "2023年度部门决算情况说明\n支出决算表\n科目编码\t科目名称\t合计\n20805\t行政事业单位离退休\t10.00\n"
    assert said("JS301", text) == [("hint", "行政事业单位离退休")]
