"""The small file beside a report: its findings through its versions, and what was decided of them.

    报告.docx  →  报告.docx.审核.json

The file is JSON that a person can read. It is replaced whole or not at all, and refused, never overwritten, when
somebody else changed it meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import Enum
from pathlib import Path

from juesuan.errors import UsageError

__all__ = ["Entry", "Judgement", "Memory", "State", "Verdict", "Version", "load_memory", "memory_path", "save_memory"]

SCHEMA = "juesuan.review/1"
SUFFIX = ".审核.json"
_BIGGEST = 50 * 1024 * 1024


class State(Enum):
    """What became of a finding in a version of the report."""

    NEW = "new"
    STILL = "still"
    CHANGED = "changed"
    AGAIN = "again"
    MENDED = "mended"
    UNKNOWN = "unknown"

    @property
    def word(self) -> str:
        return _WORDS[self]

    @property
    def present(self) -> bool:
        """Whether the finding stands in that version."""
        return self in {State.NEW, State.STILL, State.CHANGED, State.AGAIN}


_WORDS = {
    State.NEW: "新发现",
    State.STILL: "仍在",
    State.CHANGED: "仍在，内容改动过",
    State.AGAIN: "改正后又出现",
    State.MENDED: "已改正",
    State.UNKNOWN: "未能确认",
}


class Verdict(Enum):
    """What a reviewer decided."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"

    @property
    def word(self) -> str:
        return "认可" if self is Verdict.ACCEPTED else "驳回"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision on one finding. `figures` are the quotes it was made on: with others, it is to be made again."""

    verdict: Verdict
    reason: str
    by: str
    on: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the report that was reviewed; versions count from 1."""

    number: int
    file: str
    sha256: str
    checked: str
    program: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding through the versions.

    `id` and `key` are the finding's own, `line` the line it stands in with `at` the quote's position there, all as
    last seen; `figures` the quotes of the wrong words and of the operands; `states` by version number.
    """

    id: str
    rule: str
    key: str
    severity: str
    message: str
    quote: str
    section: str
    line: str
    figures: tuple[str, ...]
    states: Mapping[int, State]
    judgement: Judgement | None = None

    def state(self, version: int) -> State | None:
        """What it was in that version; None before it was first seen."""
        return self.states.get(version)

    @property
    def doubtful(self) -> bool:
        """Whether the decision was made on other words than those that stand there now."""
        return self.judgement is not None and self.judgement.figures != self.figures


@dataclass(frozen=True, slots=True)
class Memory:
    """All that is remembered of a report. `digest` is of the file it was read from, "" for none."""

    entity: str | None = None
    year: int | None = None
    kind: str = "unknown"
    versions: tuple[Version, ...] = ()
    entries: tuple[Entry, ...] = ()
    digest: str = field(default="", compare=False)

    @property
    def latest(self) -> int:
        """The number of the last version, 0 when there is none."""
        return self.versions[-1].number if self.versions else 0

    def present(self) -> tuple[Entry, ...]:
        """The findings of the last version."""
        return tuple(e for e in self.entries if (state := e.state(self.latest)) and state.present)


def memory_path(report: Path) -> Path:
    """Where the memory of a report lies: beside it."""
    try:
        os.fsencode(SUFFIX)
    except UnicodeEncodeError:  # A system told to know only ASCII (LC_ALL=C): the name is what UTF-8 makes of it.
        return report.with_name(report.name + os.fsdecode(SUFFIX.encode("utf-8")))
    return report.with_name(report.name + SUFFIX)


# --- reading and writing -------------------------------------------------------------------------------------


def load_memory(path: Path) -> Memory | None:
    """The memory in a file; None when there is no such file. Raises UsageError that names it when it is damaged."""
    try:
        data = path.read_bytes() if path.stat().st_size <= _BIGGEST else b""
    except (FileNotFoundError, UnicodeEncodeError):
        # A name that this system cannot write is the name of no file.
        return None
    except (OSError, ValueError) as error:
        raise UsageError(f"审核记录“{path}”打不开，请检查读取权限，或用 --no-review 不读它。") from error
    try:
        content = json.loads(data.decode("utf-8-sig"))
        if content["schema"] != SCHEMA:
            raise UsageError(f"审核记录“{path}”是另一个版本的程序写的（{content['schema']}），请升级程序后再用。")
        memory = _memory(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"审核记录“{path}”的内容不对，读不了（{type(error).__name__}）。"
            "请改回手工改动过的地方，或把它移走后重新审核；程序不会覆盖它。"
        ) from error
    return replace(memory, digest=hashlib.sha256(data).hexdigest())


def save_memory(memory: Memory, path: Path) -> Memory:
    """Write the memory, whole or not at all; returns it as it now stands on disk.

    Raises UsageError when it cannot be written, and when the file is no longer the one that was read.
    """
    data = (json.dumps(_json(memory), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
    draft = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        before = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
        if before != memory.digest:
            raise UsageError(f"审核记录“{path}”刚被别人改过，这次的决定没有写进去，请再运行一次。")
        try:
            with draft.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"审核记录“{path}”写不进去（{error.strerror}），请检查文件夹的写入权限。") from error
    except UnicodeEncodeError as error:
        raise UsageError(f"审核记录“{path}”写不进去：系统的编码里没有中文，请把 LANG 设为 C.UTF-8。") from error
    return replace(memory, digest=hashlib.sha256(data).hexdigest())


def _json(memory: Memory) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "entity": memory.entity,
        "year": memory.year,
        "kind": memory.kind,
        "versions": [asdict(version) for version in memory.versions],
        "findings": [_entry_json(entry) for entry in memory.entries],
    }


def _entry_json(entry: Entry) -> dict[str, object]:
    made: dict[str, object] = {f.name: getattr(entry, f.name) for f in fields(entry)}
    made["figures"] = list(entry.figures)
    made["states"] = {str(number): state.value for number, state in sorted(entry.states.items())}
    judgement = entry.judgement
    made["judgement"] = None if judgement is None else asdict(judgement) | {"verdict": judgement.verdict.value}
    return made


def _memory(content: Mapping[str, object]) -> Memory:
    versions, findings = content["versions"], content["findings"]
    if not isinstance(versions, list) or not isinstance(findings, list):
        raise TypeError
    entity, year = content["entity"], content["year"]
    return Memory(
        entity=str(entity) if entity is not None else None,
        year=year if isinstance(year, int) else None,
        kind=str(content["kind"]),
        versions=tuple(_version(item) for item in versions),
        entries=tuple(_entry(item) for item in findings),
    )


def _version(item: Mapping[str, object]) -> Version:
    number = item["number"]
    if not isinstance(number, int):
        raise TypeError
    return Version(number, *(_text(item, name) for name in ("file", "sha256", "checked", "program")))


def _entry(item: Mapping[str, object]) -> Entry:
    states, judgement = item["states"], item["judgement"]
    if not isinstance(states, dict) or not (judgement is None or isinstance(judgement, dict)):
        raise TypeError
    return Entry(
        id=_text(item, "id"),
        rule=_text(item, "rule"),
        key=_text(item, "key"),
        severity=_text(item, "severity"),
        message=_text(item, "message"),
        quote=_text(item, "quote"),
        section=_text(item, "section"),
        line=_text(item, "line"),
        figures=_texts(item["figures"]),
        states={int(number): State(value) for number, value in states.items()},
        judgement=None if judgement is None else _judgement(judgement),
    )


def _judgement(item: Mapping[str, object]) -> Judgement:
    return Judgement(
        Verdict(item["verdict"]),
        reason=_text(item, "reason"),
        by=_text(item, "by"),
        on=_text(item, "on"),
        figures=_texts(item["figures"]),
    )


def _text(item: Mapping[str, object], name: str) -> str:
    value = item[name]
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError
    return tuple(value)
