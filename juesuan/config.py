"""juesuan.toml: how a unit's own decisions change a result, each with its reason, none of them silently.

    profile = "sichuan-2023"

    [severity]
    JS101 = "hint"            # hint, warning, error or off

    [[ignore]]
    rule = "JS102"
    quote = "13.18%"          # optional, as are section and entity
    reason = "批复文件如此"
    expires = 2026-12-31      # the last day it applies

What was ignored, what has expired and what fits nothing any more stands in the report.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from juesuan.errors import UsageError
from juesuan.findings import Finding, Outcome, Report, Severity, Skipped, Trouble
from juesuan.rules import RULES, Rule, by_code
from juesuan.taxonomy.profiles import load_profiles, profile_of

OFF = "off"
_LEVELS = {"hint": Severity.HINT, "warning": Severity.WARNING, "error": Severity.ERROR}
_KEYS = frozenset({"profile", "severity", "ignore"})
_IGNORE_KEYS = frozenset({"rule", "quote", "section", "entity", "reason", "expires"})
_BIGGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings of one rule that are not to be reported, and why. `number` counts the entries of the file from 1.

    `quote`: the subject's quote; `section`: a section or one above it; `entity`: the unit. All that are given
    must fit. `expires` is the last day on which it applies.
    """

    number: int
    rule: str
    reason: str
    quote: str | None = None
    section: str | None = None
    entity: str | None = None
    expires: date | None = None

    def fits(self, finding: Finding, report: Report) -> bool:
        """Whether it speaks of this finding."""
        if finding.rule != self.rule or (self.entity is not None and self.entity != report.entity):
            return False
        subject = finding.subject
        quote = subject.quote if subject else ""
        section = subject.where.section if subject and subject.where else ""
        return (self.quote is None or _bare(self.quote) == _bare(quote)) and (
            self.section is None or f"{section}/".startswith(f"{self.section.strip('/')}/")
        )

    @property
    def words(self) -> str:
        """How a message names the entry."""
        told = "，".join(filter(None, (self.rule, self.quote, self.section, self.entity)))
        return f"第 {self.number} 条 ignore（{told}）"


@dataclass(frozen=True, slots=True)
class Config:
    """One juesuan.toml. `severity`: by rule code; None switches the rule off."""

    path: Path
    profile: str | None = None
    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()


# --- reading -------------------------------------------------------------------------------------------------


def load_config(path: Path) -> Config:
    """Read a juesuan.toml. Raises UsageError that names the file and what is wrong in it."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if path.is_file() and size <= _BIGGEST else None
    except FileNotFoundError as error:
        raise UsageError(f"找不到配置文件“{path}”，请检查路径。") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"配置文件“{path}”打不开，请检查它是不是普通文件、有没有读取权限。") from error
    if data is None:
        raise UsageError(f"配置文件“{path}”不是普通文件，或超过 1 MB，请检查路径。")
    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError(f"配置文件“{path}”不是 UTF-8 编码，请用记事本另存为 UTF-8。") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"配置文件“{path}”不符合 TOML 格式：{error}。文字要加英文引号，请对照说明改正。") from error
    return _Reader(path).config(content)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the parsed file into a Config; every refusal names the file."""

    path: Path

    def config(self, content: Mapping[str, object]) -> Config:
        self._only(content, _KEYS, "文件里")
        severity = content.get("severity", {})
        ignores = content.get("ignore", [])
        if not isinstance(severity, dict):
            raise self._wrong("severity 要写成一节：[severity]")
        if not isinstance(ignores, list) or not all(isinstance(item, dict) for item in ignores):
            raise self._wrong("每条 ignore 都要以一行 [[ignore]] 开头")
        profile = self._text(content, "profile", "文件里")
        if profile is not None and profile_of(profile) is None:
            known = "、".join(one.id for one in load_profiles())
            raise self._wrong(f"没有“{profile}”这种体例，可以写 {known}")
        return Config(
            path=self.path,
            profile=profile,
            severity=self._severity(severity),
            ignores=tuple(self._ignore(number, item) for number, item in enumerate(ignores, start=1)),
        )

    def _severity(self, given: Mapping[str, object]) -> dict[str, Severity | None]:
        found: dict[str, Severity | None] = {}
        for key, value in given.items():
            code = self._rule(key, "[severity]")
            if code in found:
                raise self._wrong(f"[severity] 里 {code} 写了两次")
            if not isinstance(value, str) or value not in {*_LEVELS, OFF}:
                raise self._wrong(f"[severity] 里 {key} 的值要是 error、warning、hint 或 off，加引号")
            found[code] = _LEVELS.get(value)
        return found

    def _ignore(self, number: int, given: Mapping[str, object]) -> Ignore:
        place = f"第 {number} 条 ignore "
        self._only(given, _IGNORE_KEYS, place)
        rule, reason = self._text(given, "rule", place), self._text(given, "reason", place)
        if rule is None:
            raise self._wrong(f"{place}没有写 rule（忽略哪条规则）")
        if reason is None:
            raise self._wrong(f"{place}没有写 reason（为什么忽略）")
        expires = given.get("expires")
        if expires is not None and (not isinstance(expires, date) or isinstance(expires, datetime)):
            raise self._wrong(f"{place}的 expires 要写成日期，不加引号，例如 expires = 2026-12-31")
        return Ignore(
            number=number,
            rule=self._rule(rule, place),
            reason=reason,
            quote=self._text(given, "quote", place),
            section=self._text(given, "section", place),
            entity=self._text(given, "entity", place),
            expires=expires,
        )

    def _rule(self, name: str, place: str) -> str:
        rule = by_code(name)
        if rule is None:
            raise self._wrong(f"{place}的“{name}”不是规则编号，用 juesuan rule 看有哪些规则")
        return rule.code

    def _text(self, given: Mapping[str, object], key: str, place: str) -> str | None:
        value = given.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise self._wrong(f"{place}的 {key} 要写成加引号的文字，不能为空")
        return value

    def _only(self, given: Mapping[str, object], known: Iterable[str], place: str) -> None:
        for key in given:
            if key not in known:
                raise self._wrong(f"{place}不认识“{key}”，可以写 {'、'.join(sorted(known))}")

    def _wrong(self, what: str) -> UsageError:
        return UsageError(f"配置文件“{self.path}”写得不对：{what}。")


# --- applying ------------------------------------------------------------------------------------------------


def switched_off(config: Config) -> tuple[str, ...]:
    """The codes of the rules that are not to run."""
    return tuple(code for code, severity in config.severity.items() if severity is None)


def govern(config: Config, reports: Sequence[Report], today: date, ran: Callable[[Rule], bool]) -> list[Report]:
    """The reports of one configuration's files with its decisions applied, in the same order.

    `ran` says which rules were asked for at all: an entry for another rule is not called unused.
    """
    live = [one for one in config.ignores if one.expires is None or today <= one.expires]
    used: set[int] = set()
    governed = [_govern(config, live, report, used) for report in reports]
    for one in config.ignores:
        concerned = [i for i, report in enumerate(governed) if _concerns(one, report)]
        if not concerned:
            continue
        told = None
        if one not in live:
            told = f"{config.path} 的{one.words}已于 {one.expires} 到期，不再生效，请删去，或说明理由后改期。"
        elif one.number not in used and ran(RULES[one.rule]) and config.severity.get(one.rule, one) is not None:
            told = f"{config.path} 的{one.words}没有对上任何发现，请删去或改正。"
        if told:
            first = governed[concerned[0]]
            governed[concerned[0]] = replace(first, problems=(*first.problems, Trouble(told)))
    return governed


def govern_one(config: Config, report: Report, today: date) -> Report:
    """One report of many with its configuration's decisions applied; what fits nothing is not told here."""
    live = [one for one in config.ignores if one.expires is None or today <= one.expires]
    return _govern(config, live, report, set())


def _concerns(one: Ignore, report: Report) -> bool:
    return report.outcome is not Outcome.UNREADABLE and one.entity in {None, report.entity}


def _govern(config: Config, live: Sequence[Ignore], report: Report, used: set[int]) -> Report:
    if report.outcome is Outcome.UNREADABLE:
        return report
    kept: list[Finding] = []
    hidden: dict[int, int] = {}
    for finding in report.findings:
        fitting = [one.number for one in live if one.fits(finding, report)]
        used.update(fitting)
        if fitting:
            hidden[fitting[0]] = hidden.get(fitting[0], 0) + 1
        else:
            kept.append(_graded(finding, config))
    told = [
        Trouble(f"按 {config.path} 的{one.words}忽略了 {hidden[one.number]} 处发现，理由：{one.reason}")
        for one in live
        if one.number in hidden
    ]
    if config.profile and not report.profile_given:
        kind = "是另一类报告的体例，或文件的类型没有识别出来"
        told.append(Trouble(f"{config.path} 指定的体例“{config.profile}”没有用上：它{kind}，仍按自动识别的审核。"))
    off = [Skipped(code, f"{config.path} 关闭了这条规则") for code in switched_off(config)]
    outcome = report.outcome
    if outcome is Outcome.FINDINGS and not kept:
        outcome = Outcome.CLEAN
    return replace(
        report,
        outcome=outcome,
        findings=tuple(kept),
        problems=(*report.problems, *told),
        checks=replace(report.checks, not_applicable=(*report.checks.not_applicable, *off)),
    )


def _graded(finding: Finding, config: Config) -> Finding:
    """The finding with the severity wanted for its rule; what the rule itself calls less grave never rises."""
    wanted = config.severity.get(finding.rule)
    if wanted is None:
        return finding
    gravest = finding.severity is RULES[finding.rule].severity
    return replace(finding, severity=wanted if gravest else min(finding.severity, wanted))


def _bare(text: str) -> str:
    """Without blanks, which a reader cannot see to copy."""
    return "".join(text.split())
