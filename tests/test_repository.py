"""What the repository promises of itself; each detector is also shown something it must find."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULE_LINES = 500
FUNCTION_LINES = 60
FLOAT_ALLOWED = ("juesuan/document/", "juesuan/render/", "juesuan/place.py")
"""Geometry on pages is float; everything else may be money."""

MACHINE_PATH = re.compile(
    rb"(?<![\w.:/-])/(?:home|root|work|workspace|tmp|mnt|Users)/[\w.-]|[A-Z]:\\Users\\|--(?:extra-)?index-url|--find[-]links"
)
SKIPS = frozenset({"skip", "skipif", "xfail", "importorskip", "skipIf", "skipUnless", "SkipTest", "expectedFailure"})


def tracked() -> list[Path]:
    """The repository's files; in an unpacked archive, all files outside hidden and built folders."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]
    apart = re.compile(r"^\.(?!ci$|gitignore$)|^(?:build|dist|__pycache__)$|\.egg-info$")
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file() and not any(apart.search(part) for part in path.relative_to(ROOT).parts)
    ]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules(*folders: str) -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py" and name_of(path).split("/")[0] in folders]


def machine_paths(content: bytes) -> list[str]:
    return [found.group().decode() for found in MACHINE_PATH.finditer(content)]


def is_broad(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Tuple):
        return any(is_broad(item) for item in node.elts)
    return node is None or (isinstance(node, ast.Name) and node.id in {"Exception", "BaseException"})


def broad_excepts(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        match node:
            case ast.ExceptHandler(type=kind) if is_broad(kind):
                yield node.lineno
            case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress"), args=kinds):
                yield from (node.lineno for kind in kinds if is_broad(kind))


def floats(tree: ast.AST) -> Iterator[int]:
    """Calls of float, and Decimals made from a float literal."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        of_float = any(isinstance(item, ast.Constant) and isinstance(item.value, float) for item in node.args)
        if node.func.id == "float" or (node.func.id == "Decimal" and of_float):
            yield node.lineno


def skips(tree: ast.AST) -> Iterator[int]:
    holders = {"pytest", "pytest.mark", "mark", "unittest", "self"}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=holder, attr=name) if name in SKIPS and ast.unparse(holder) in holders:
                yield node.lineno
            case ast.ImportFrom(module="pytest" | "unittest", names=names) if SKIPS & {alias.name for alias in names}:
                yield node.lineno


def long_functions(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        match node:
            case (
                ast.FunctionDef(lineno=first, end_lineno=int(last))
                | ast.AsyncFunctionDef(lineno=first, end_lineno=int(last))
            ) if last - first >= FUNCTION_LINES:
                yield first


def offences(paths: list[Path], detector: Callable[[ast.AST], Iterator[int]]) -> list[str]:
    return [
        f"{name_of(path)}:{line}" for path in paths for line in detector(ast.parse(path.read_text(encoding="utf-8")))
    ]


@pytest.mark.parametrize(
    ("detector", "source"),
    [
        (broad_excepts, "try: f()\nexcept: pass"),
        (broad_excepts, "try: f()\nexcept (OSError, Exception) as e: pass"),
        (broad_excepts, "with contextlib.suppress(Exception): f()"),
        (floats, "x = float(text)"),
        (floats, "x = Decimal(0.1)"),
        (skips, "@pytest.mark.skipif(True, reason='')\ndef f(): pass"),
        (skips, "def f(): pytest.skip('')"),
        (skips, "from pytest import importorskip"),
        (long_functions, "def f():\n" + "    x = 1\n" * FUNCTION_LINES),
    ],
)
def test_a_detector_finds_what_it_is_for(detector: Callable[[ast.AST], Iterator[int]], source: str) -> None:
    assert list(detector(ast.parse(source)))


@pytest.mark.parametrize(
    ("detector", "source"),
    [
        (broad_excepts, "try: f()\nexcept (OSError, ValueError): pass"),
        (floats, "x = Decimal('0.1')"),
        (skips, "reader.skip(3)"),
        (long_functions, "def f():\n" + "    x = 1\n" * (FUNCTION_LINES - 1)),
    ],
)
def test_a_detector_lets_good_code_pass(detector: Callable[[ast.AST], Iterator[int]], source: str) -> None:
    assert not list(detector(ast.parse(source)))


def test_machine_paths_are_told_from_other_slashes() -> None:
    slash = b"/"
    assert machine_paths(b"open('" + slash + b"home/someone/x')")
    assert machine_paths(b"cd " + slash + b"tmp/build")
    assert not machine_paths(b"https://example.org/home/x and docs/work/x and 1/work")


def test_no_file_names_a_path_of_one_machine_or_a_package_index() -> None:
    found = {name_of(path): machine_paths(path.read_bytes()) for path in tracked()}
    assert {name: paths for name, paths in found.items() if paths} == {}


def test_no_module_is_too_long() -> None:
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules("juesuan", "tools")
    }
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    assert offences(modules("juesuan", "tools"), long_functions) == []


def test_no_exception_is_caught_broadly() -> None:
    assert offences(modules("juesuan", "tools", "bench"), broad_excepts) == []


def test_money_never_becomes_a_float() -> None:
    money = [path for path in modules("juesuan") if not name_of(path).startswith(FLOAT_ALLOWED)]
    assert money
    assert offences(money, floats) == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    tests = modules("tests")
    assert tests
    assert offences(tests, skips) == []


def test_every_library_of_run_time_has_its_licence_and_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[^\w.-]", line)[0] for line in project["dependencies"]]
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    reasons = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    assert names
    assert [name for name in names if f"\n  {name} " not in notice] == []
    assert [name for name in names if f"\n| {name} |" not in reasons] == []


def test_the_picture_of_the_rooms_shows_what_exists() -> None:
    """`■` for each room that is there and `□` for each that is not."""
    picture = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    shown = {name: mark == "■" for mark, name in re.findall(r"([■□]) (\w+)", picture)}
    there = {
        path.stem if path.is_file() else path.name
        for path in (ROOT / "juesuan").iterdir()
        if path.suffix == ".py" or any(path.glob("*.py"))
    } - {"__init__", "__main__"}
    assert {name for name, exists in shown.items() if exists} == there


def test_the_demo_report_is_the_sample() -> None:
    demo = ROOT / "juesuan/data/demo/anju-gsl-2023-final.txt"
    assert demo.read_bytes() == (ROOT / "bench/samples" / demo.name).read_bytes()


def test_the_demo_books_are_the_example() -> None:
    """The installed program has no examples/: it carries the files that make a report."""
    books, example = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (ROOT / "juesuan/data/demo/books", ROOT / "examples/anju-gsl-2023")
    )
    assert books == {name: data for name, data in example.items() if name not in {"README.md", "绩效/.gitkeep"}}


def test_every_labelled_sample_is_there() -> None:
    labels = {path.stem for path in (ROOT / "bench/truth").glob("*.json")} - {"cases"}
    assert labels
    assert labels <= {path.stem for path in (ROOT / "bench/samples").iterdir()}
