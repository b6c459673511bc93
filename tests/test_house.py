"""The house rules: small files, small functions, named after things, and locks that hold."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from packaging.requirements import Requirement

HOUSE = Path(__file__).parent.parent
SETTLED = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
FILES = sorted((HOUSE / "espace_tui").rglob("*.py"))
AROUND = sorted(path for top in ("tests", "tools", "bench") for path in (HOUSE / top).rglob("*.py"))
SAY_NOTHING = re.compile(r"(utils?|helpers?|common|core|base|misc|lib)(\.py)?")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def place(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def length(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def nodes(paths: list[Path]) -> Iterator[tuple[Path, ast.AST]]:
    for path in paths:
        yield from ((path, node) for node in ast.walk(ast.parse(path.read_text("utf-8"))))


def is_port(node: Function) -> bool:
    """Whether a function only declares: its body is an ellipsis."""
    last = node.body[-1]
    return isinstance(last, ast.Expr) and getattr(last.value, "value", None) is ...


def functions() -> dict[str, int]:
    """Every function that does something, and its length from `def` to its last line."""
    return {
        f"{place(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, node in nodes(FILES)
        if isinstance(node, Function) and not is_port(node)
    }


def test_a_file_is_read_in_one_go() -> None:
    assert median(map(length, FILES)) <= 80
    assert {place(path): length(path) for path in FILES if length(path) > 250} == {}


def test_a_function_is_seen_in_one_look() -> None:
    lengths = functions()
    assert median(lengths.values()) <= 7
    assert {name: lines for name, lines in lengths.items() if lines > 40} == {}


def test_tests_and_tools_stay_readable_too() -> None:
    assert {place(path): length(path) for path in AROUND if length(path) > 400} == {}


def test_files_and_folders_are_named_after_things() -> None:
    names = {part for path in FILES + AROUND for part in path.relative_to(HOUSE).parts}
    assert {name for name in names if SAY_NOTHING.fullmatch(name)} == set()


def locked(name: str) -> dict[str, str]:
    """What a lock holds: each package with its version and marker."""
    text = (HOUSE / "requirements" / f"{name}.txt").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^\\\n]+?) *\\$", text, re.MULTILINE))


def wanted() -> list[Requirement]:
    project, groups = SETTLED["project"], SETTLED["dependency-groups"]
    optional = project["optional-dependencies"].values()
    lists = [project["dependencies"], *optional, *groups.values()]
    return [Requirement(line) for each in lists for line in each]


def test_the_locks_hold_what_the_project_asks_for() -> None:
    lock = locked("dev")
    for requirement in wanted():
        version = lock.get(requirement.name, "none").split(" ;")[0]
        assert version in requirement.specifier, f"{requirement}: {version}; run make lock"


@pytest.mark.parametrize("name", ["run", "service"])
def test_the_smaller_locks_are_part_of_the_larger_one(name: str) -> None:
    versions = {package: line.split(" ;")[0] for package, line in locked("dev").items()}
    assert locked(name)
    for package, line in locked(name).items():
        assert versions[package] == line.split(" ;")[0]


@pytest.mark.parametrize("name", ["run", "service", "dev"])
def test_a_lock_names_packages_and_their_sums_only(name: str) -> None:
    text = (HOUSE / "requirements" / f"{name}.txt").read_text("utf-8")
    sums = re.findall(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$", text, re.MULTILINE)
    comments = re.findall(r"^#.*$", text, re.MULTILINE)
    assert len(sums) + len(comments) + len(locked(name)) == len(text.splitlines())
    assert comments[1:] == ["#    make lock"]


def test_nothing_is_installed_without_its_sum() -> None:
    """Wherever we say how to install a lock: here, for the service, in its container."""
    places = [HOUSE / "Makefile", *(HOUSE / "deploy").rglob("*"), *(HOUSE / "docs").rglob("*.md")]
    said = {place(path): path.read_text("utf-8") for path in places if path.is_file()}
    lines = {
        f"{name}: {line}": line
        for name, text in said.items()
        for line in text.replace("\\\n", " ").splitlines()
        if re.search(r"(pip|PIP\)?) .*--requirement ", line)
    }
    assert len(lines) >= 3
    assert {name for name, line in lines.items() if "--require-hashes" not in line} == set()
