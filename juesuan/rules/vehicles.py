"""JS702: cars that run without being owned or paid for, and counts of cars that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.facts import Aspect
from juesuan.findings import Finding, Role, Severity
from juesuan.rules import _three_public
from juesuan.rules._text import Hit, find, section_title
from juesuan.rules.base import Rule, View

_RUNNING = re.compile(
    r"(?:公务用车|公务车|车辆)(?:运行|维修|维护|燃油|加油)(?:维护)?(?:费用|费|支出|经费)+(?P<amount>\d[\d,]*(?:\.\d+)?)(?:万元|元)"
)
_OWNED = re.compile(r"共有(?:公务)?(?:车辆|用车)(?P<count>\d+)辆")
_HELD = re.compile(r"公务用车保有量(?:为|共)?(?P<count>\d+)辆")


def check(view: View) -> Iterator[Finding]:
    """Running cost of a car in a project of a unit without cars; cars held against cars owned."""
    owned = list(find(view, _OWNED, ("body",)))
    yield from _without_cars(view, owned)
    # Cars of the unit counted among the 三公 are those it holds by appropriation.
    among = [h for h in owned if "三公" in section_title(view, h.passage)]
    held = [*find(view, _HELD, ("body",)), *among]
    rest = [h for h in owned if h not in among]
    if len(rest) == 1 and len(held) == 1:
        yield from _counts(view, held[0], rest[0])


def _without_cars(view: View, owned: list[Hit]) -> Iterator[Finding]:
    operation = _three_public.levels(view, "vehicle_operation") or _three_public.levels(view, "vehicle")
    if not owned or any(int(h.match["count"]) for h in owned):
        return
    if not operation or not all(f.quantity.is_zero for f in operation):
        return
    for hit in find(view, _RUNNING):
        part = view.understanding.outline.part_of(hit.passage)
        if not part.startswith("attachment") or not re.search("[1-9]", hit.match["amount"]):
            continue
        yield RULE.finding(
            f"项目里列了“{hit.text}”，而“三公”经费中公务用车运行维护费为 0，单位也没有车辆，请核实。",
            (
                view.evidence(hit.place),
                *view.fact_evidence(operation[:1], Role.OPERAND),
                view.evidence(owned[0].place, Role.OTHER),
            ),
            actual=hit.text,
            key="running",
        )


def _counts(view: View, held: Hit, owned: Hit) -> Iterator[Finding]:
    """Cars held by appropriation are among the cars owned; fewer is legal where there is other money."""
    few, many = int(held.match["count"]), int(owned.match["count"])
    if few == many:
        return
    severity = Severity.WARNING if few > many or _only_appropriation(view) else Severity.HINT
    yield RULE.finding(
        f"“{held.text}”与“{owned.text}”不一致，口径可能不同，请核实。",
        (view.evidence(held.place), view.evidence(owned.place, Role.OTHER)),
        severity=severity,
        actual=str(few),
        fix="核对两个数的口径：保有量只数财政拨款开支的车辆，共有车辆是全部车辆；口径相同的，改成同一个数。",
        key="counts",
    )


def _only_appropriation(view: View) -> bool:
    """Whether all income is appropriation, so that no car can have been paid for otherwise."""
    facts = [f for f in view.understanding.facts if f.concept == "income" and f.aspect is Aspect.LEVEL]
    whole = {f.value for f in facts if f.scope.fund == "all"}
    return bool(whole) and whole == {f.value for f in facts if f.scope.fund == "appropriation"}


RULE = Rule(
    code="JS702",
    name="vehicles",
    title="车辆与运行费不相称",
    severity=Severity.WARNING,
    checks="没有车辆、公务用车运行维护费为零的单位，项目里有没有列车辆运行费；财政拨款开支的公务用车保有量与共有车辆数是否相称。",
    why="车辆运行费列到项目里，“三公”经费就少公开了。",
    basis="党政机关厉行节约反对浪费条例；“三公”经费中的公务用车运行维护费包括项目支出中列支的部分",
    how="三个数放在一起看：项目里的车辆运行费大于零、“三公”公务用车运行维护费为零、共有车辆零辆时报疑点。保有量大于共有车辆数，或收入全是财政拨款而两数不同时报疑点，否则只提示；两者口径可能不同，不作错误。",
    wrong="第一部分2023年度部门决算情况说明\n一、“三公”经费支出决算情况说明\n公务用车运行维护费支出2万元。2023年，开支财政拨款的公务用车保有量为3辆。\n二、国有资产占有使用情况\n截至2023年12月31日，本单位共有车辆2辆。",
    right="第一部分2023年度部门决算情况说明\n一、“三公”经费支出决算情况说明\n公务用车运行维护费支出2万元。2023年，开支财政拨款的公务用车保有量为2辆。\n二、国有资产占有使用情况\n截至2023年12月31日，本单位共有车辆2辆。",
    mend="核实车辆数和列支渠道，把公务用车运行费计入“三公”经费。",
    misses="租车费、公务交通补贴不在检查之列。",
    check=check,
)
