"""`juesuan check`: every file on its own, one result for all, and a status that scripts can act on."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from juesuan.check import Checked, Selection, check_document, check_years
from juesuan.cli import output, presenting, reading
from juesuan.config import Config, govern, load_config, switched_off
from juesuan.document.limits import Limits
from juesuan.document.model import Document
from juesuan.errors import UnreadableError, UsageError
from juesuan.findings import Outcome, Report, Severity, Trouble
from juesuan.render import FORMATS
from juesuan.rules import RULES

FINDINGS, UNREAD = 1, 3
CONFIG_NAME = "juesuan.toml"
_FEWEST = 2
"""A comparison of years has two sides."""
_BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class _Result:
    """One file's report, its document when it could be read, and the seconds both took."""

    report: Report
    document: Document | None
    reading: float
    checking: float


def run(arguments: argparse.Namespace) -> int:
    """Check the files named; write the result; return 0, 1 or 3. Raises UsageError."""
    if reading.only_folders(arguments.paths) and not arguments.together and not arguments.years:
        from juesuan.cli import batch

        return batch.run(arguments, Selection(_codes(arguments.select), _codes(arguments.ignore)))
    groups = reading.grouped(arguments.paths) if arguments.together else {}
    names = list(groups) or reading.names_of(arguments.paths)
    if arguments.years and len(reading.grouped(arguments.paths).popitem()[1]) < _FEWEST:
        raise UsageError("--years 要同一单位两个以上年度的报告，请一起写上。")
    configs = _configs(names, groups, arguments.config)
    used = [config.path for config in configs.values() if config is not None]
    files = reading.files_of([path for name in names for path in groups.get(name, (name,))])
    file = output.target(arguments.output, [*files, *used])
    show = presenting.presenter(arguments, file)
    asked = Selection(_codes(arguments.select), _codes(arguments.ignore))
    limits = reading.limits_of(arguments)
    results = [_check(name, groups.get(name, ()), asked, configs[name], limits) for name in names]
    if arguments.years:
        results += _across(results, names, asked, configs, limits)
    reports = _governed([result.report for result in results], configs, asked)
    _refuse_marking(reports, arguments.format)
    documents = _by_path([result.document for result in results if result.document])
    if not arguments.no_review:
        reports = [_remembered(report, documents.get(report.path)) for report in reports]
    if FORMATS[arguments.format].source_kind and not documents:
        _tell_unread(reports)
        return status(reports, arguments.fail_on)
    try:
        output.deliver(show(reports, documents), file)
    except UnreadableError as error:  # a file good enough to be read may be too broken to be marked
        output.tell(str(error))
        return UNREAD
    if file is not None or arguments.format != "text":
        _tell_unread(reports)
    if arguments.timings:
        _tell_times(results)
    return status(reports, arguments.fail_on)


def status(reports: Sequence[Report], fail_on: str) -> int:
    """0, 1 when there is a finding of that severity or graver, 3 when something could not be read."""
    if any(report.outcome in {Outcome.UNREADABLE, Outcome.PARTIAL} for report in reports):
        return UNREAD
    if fail_on == "never":
        return 0
    least = Severity[fail_on.upper()]
    return FINDINGS if any(finding.severity >= least for report in reports for finding in report.findings) else 0


def _across(
    results: Sequence[_Result],
    names: Sequence[str],
    asked: Selection,
    configs: dict[str, Config | None],
    limits: Limits,
) -> list[_Result]:
    """The reports of several years held against each other, as one more result; those not read are left out."""
    documents = [result.document for result in results if result.document]
    if len(documents) < len(names) and len(documents) < _FEWEST:
        return []  # what could not be read has said so
    (path,) = reading.grouped(names)
    config = next(iter(configs.values()), None)
    start = time.perf_counter()
    try:
        checked = reading.attempt(path, limits, lambda: check_years(documents, path, _narrowed(asked, config)))
    except UnreadableError as error:
        report = Report(path=path, outcome=Outcome.UNREADABLE, problems=(Trouble(str(error), lost=True),))
        checked = Checked(report)
    configs[path] = config
    return [_Result(checked.report, None, 0, time.perf_counter() - start)]


def _refuse_marking(reports: Sequence[Report], asked: str) -> None:
    """A marked copy is made of one file. Raises UsageError."""
    for report in reports:
        if report.files and asked in {"docx", "pdf"}:
            raise UsageError(
                f"“{report.path}”由 {len(report.files)} 份文件合并而成，不能做成带批注的 {asked}，"
                "请改用 --format html，或一份一份地审核。"
            )


def _by_path(documents: Sequence[Document]) -> dict[str, Document]:
    """The documents by path, and by the paths of the files they were put together from."""
    found = {document.path: document for document in documents}
    return found | {source.path: document for document in documents for source in document.sources}


def _check(name: str, files: Sequence[str], asked: Selection, config: Config | None, limits: Limits) -> _Result:
    selection = _narrowed(asked, config)
    start = time.perf_counter()
    middle = start
    try:

        def work() -> tuple[Report, Document]:
            nonlocal middle
            document = reading.read(name, limits, files)
            middle = time.perf_counter()
            return check_document(document, selection, config.profile if config else None), document

        report, document = reading.attempt(name, limits, work)
    except UnreadableError as error:
        refusal = Report(path=name, outcome=Outcome.UNREADABLE, problems=(Trouble(str(error), lost=True),))
        return _Result(refusal, None, time.perf_counter() - start, 0)
    return _Result(report, document, middle - start, time.perf_counter() - middle)


def _codes(given: Sequence[str]) -> tuple[str, ...]:
    """Codes, beginnings of codes, and names, as typed with commas. Raises UsageError for one that no rule has."""
    codes = [code.strip() for item in given for code in item.replace("，", ",").split(",") if code.strip()]
    for code in codes:
        if not any(Selection(select=(code,)).takes(rule) for rule in RULES.values()):
            raise UsageError(f"没有“{code}”这条规则，请用 juesuan rule 看有哪些规则。")
    return tuple(codes)


def _configs(names: Sequence[str], groups: Mapping[str, Sequence[str]], given: str | None) -> dict[str, Config | None]:
    """The configuration of each input: the one given, else the one beside its first file, each read once."""
    if given is not None:
        one = load_config(Path(given))
        return dict.fromkeys(names, one)
    found: dict[Path, Config | None] = {}
    chosen: dict[str, Config | None] = dict.fromkeys(names)
    for name in names:
        if name == reading.STANDARD_INPUT:
            continue
        first = Path(groups.get(name, (name,))[0])
        path = (first if first.is_dir() else first.parent) / CONFIG_NAME
        if path not in found:
            found[path] = load_config(path) if path.exists() else None
        chosen[name] = found[path]
    return chosen


def _narrowed(asked: Selection, config: Config | None) -> Selection:
    return replace(asked, ignore=(*asked.ignore, *switched_off(config))) if config else asked


def _governed(reports: Sequence[Report], configs: Mapping[str, Config | None], asked: Selection) -> list[Report]:
    """The reports as their configurations want them, in the same order."""
    # Reports are published in China: "today" is the day there, wherever the program runs.
    today = datetime.now(UTC).astimezone(_BEIJING).date()
    governed = {report.path: report for report in reports}
    for config in {id(one): one for one in configs.values() if one is not None}.values():
        own = [report for report in reports if configs[report.path] is config]
        governed |= {report.path: report for report in govern(config, own, today, asked.takes)}
    return [governed[report.path] for report in reports]


def _remembered(report: Report, document: Document | None) -> Report:
    """The report without what a reviewer dismissed, where there is a memory beside the file."""
    if document is None or report.path == reading.STANDARD_INPUT:
        return report
    from juesuan.review.memory import load_memory, memory_path

    path = memory_path(Path(report.path))
    memory = load_memory(path)
    if memory is None:
        return report
    from juesuan.review.judge import fold

    return fold(memory, path, report, document)


def _tell_unread(reports: Sequence[Report]) -> None:
    """What the screen would have shown, when the result goes elsewhere."""
    for report in reports:
        for trouble in report.problems:
            if trouble.lost:
                named = report.path in trouble.message
                output.tell(trouble.message if named else f"文件“{report.path}”没有读全：{trouble.message}")


def _tell_times(results: Sequence[_Result]) -> None:
    for result in results:
        output.tell(f"{result.report.path}：读取 {result.reading:.2f} 秒，审核 {result.checking:.2f} 秒")
