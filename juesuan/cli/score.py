"""`juesuan score`: the points of performance forms computed again, and where the given ones differ."""

from __future__ import annotations

import argparse
import json

from juesuan import __version__
from juesuan.cli import output, reading
from juesuan.document.limits import Limits
from juesuan.errors import UnreadableError, UsageError
from juesuan.performance.profiles import Profile, load_profile
from juesuan.performance.scoring import Scored, score_project
from juesuan.performance.telling import SCHEMA, score_data, score_text
from juesuan.understand.projects import projects_in

_DIFFER, _UNREAD = 1, 3
_FORMATS = ("text", "json")


def run(arguments: argparse.Namespace) -> int:
    """Score the files named: 0 as given, 1 some points differ, 3 something could not be read. Raises UsageError."""
    if arguments.format not in _FORMATS:
        raise UsageError(f"没有格式“{arguments.format}”；可以用 {'、'.join(_FORMATS)}。")
    profile = load_profile(arguments.profile) if arguments.profile else None
    names = reading.names_of(arguments.paths)
    file = output.target(arguments.output, reading.files_of(names))
    limits = reading.limits_of(arguments)
    results = [(name, *_score(name, limits, profile)) for name in names]
    if arguments.format == "json":
        output.deliver(_json(results), file)
    else:
        output.deliver("\n".join(score_text(name, scored) for name, scored, problem in results if not problem), file)
    for _, _, problem in results:
        if problem:
            output.tell(problem)
    if any(problem for _, _, problem in results):
        return _UNREAD
    return _DIFFER if any(_is_wrong(s) for _, scored, _ in results for s in scored) else 0


def _is_wrong(scored: Scored) -> bool:
    return bool(scored.differences or scored.total_differs or scored.unsupported)


def _score(name: str, limits: Limits, profile: Profile | None) -> tuple[tuple[Scored, ...], str]:
    try:
        projects = reading.attempt(name, limits, lambda: projects_in(reading.read(name, limits)))
    except UnreadableError as error:
        return (), str(error)
    return tuple(score_project(project, profile) for project in projects), ""


def _json(results: list[tuple[str, tuple[Scored, ...], str]]) -> str:
    files = [
        {"path": name, "problem": problem or None, "forms": score_data(scored)} for name, scored, problem in results
    ]
    return json.dumps({"schema": SCHEMA, "version": __version__, "files": files}, ensure_ascii=False, indent=1) + "\n"
