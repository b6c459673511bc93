"""The house rules: files, functions and folders of a size to read, names that say, locks that hold.

Each rule takes a house and returns what breaks it: ours must break none, and every rule is seen to
notice a small house that breaks it on purpose.
"""

from __future__ import annotations

import ast
import re
import tokenize
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conftest import UNMEASURED

pytestmark = pytest.mark.no_cover  # it runs nothing of the package


@dataclass(frozen=True)
class House:
    """A checkout: the package, and what stands around it."""

    root: Path

    @property
    def package(self) -> list[Path]:
        return sorted((self.root / "espace_tui").rglob("*.py"))

    @property
    def code(self) -> list[Path]:
        around = (self.root / top for top in ("tests", "tools", "bench"))
        return [*self.package, *sorted(path for top in around for path in top.rglob("*.py"))]

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def nodes(self) -> Iterator[tuple[str, ast.AST]]:
        """Every node of the package's syntax, with the name of its file."""
        for path in self.package:
            tree = ast.parse(path.read_text("utf-8"))
            yield from ((self.name(path), node) for node in ast.walk(tree))


HOUSE = House(Path(__file__).parent.parent)
SETTLED = tomllib.loads((HOUSE.root / "pyproject.toml").read_text("utf-8"))
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40
ENTRIES_OF_A_FOLDER = 14
SILENCED = 80
SAY_NOTHING = re.compile(r"(utils?|helpers?|common|core|base|misc|lib)(\.py)?")
MODULE = re.compile(r"espace_tui(\.[a-z_]+)*\.?")
SILENCE = re.compile(r"# (?:ruff: )?noqa|# type: ignore")
REASON = re.compile(
    r"# (?:ruff: )?noqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)* — \w|# type: ignore\[[a-z, -]+\] # \w"
)


def long_files(house: House) -> set[str]:
    return {
        house.name(path)
        for path in house.code
        if len(path.read_text("utf-8").splitlines()) > LINES_OF_A_FILE
    }


def long_functions(house: House) -> set[str]:
    return {
        f"{name} {node.name}"
        for name, node in house.nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LINES_OF_A_FUNCTION
    }


def crowded_folders(house: House) -> set[str]:
    """The folders below the top; a style sheet or an index is no entry of its own."""
    top = house.root / "espace_tui"
    entries = Counter(
        folder
        for folder, _ in {
            (path.parent, path.stem)
            for path in top.rglob("*")
            if "__pycache__" not in path.parts and path.stem != "__init__" and path.parent != top
        }
    )
    return {house.name(folder) for folder, count in entries.items() if count > ENTRIES_OF_A_FOLDER}


def names_that_say_nothing(house: House) -> set[str]:
    names = {part for path in house.code for part in path.relative_to(house.root).parts}
    return {name for name in names if SAY_NOTHING.fullmatch(name)}


def classes_of_one_name(house: House) -> set[str]:
    """Two classes of one name; a class within another, such as a message, bears its name too."""
    trees = [ast.parse(path.read_text("utf-8")) for path in house.package]
    names = Counter(
        node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)
    )
    return {name for name, count in names.items() if count > 1}


def unknown_modules(house: House) -> set[str]:
    """Strings that name a module of the package that is not there, or that are put together."""
    known = {
        house.name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in house.package
    }
    return {
        f"{name} {node.value}"
        for name, node in house.nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if MODULE.fullmatch(node.value) and node.value not in known
    } - NO_MODULES


NO_MODULES = {"espace_tui/service/metrics.py espace_tui.service"}
"""Strings that look like a module and name something else."""


def silenced_checks(house: House) -> list[str]:
    """Every comment that silences a check, with its place."""
    found: list[str] = []
    for path in house.code:
        with path.open("rb") as file:
            found += [
                f"{house.name(path)}:{token.start[0]} {token.string}"
                for token in tokenize.tokenize(file.readline)
                if token.type == tokenize.COMMENT and SILENCE.search(token.string)
            ]
    return found


def checks_silenced_without_a_reason(house: House) -> set[str]:
    return {comment for comment in silenced_checks(house) if not REASON.search(comment)}


def too_many_silenced_checks(house: House) -> set[str]:
    found = silenced_checks(house)
    return set(found) if len(found) >= SILENCED else set()


LONG = "x = 1\n" * (LINES_OF_A_FILE + 1)
BODY = "    x = 1\n" * LINES_OF_A_FUNCTION
RULES: dict[Callable[[House], set[str]], dict[str, str]] = {
    long_files: {"tests/test_left.py": LONG},
    long_functions: {"espace_tui/left.py": f"async def left():\n{BODY}"},
    crowded_folders: {f"espace_tui/left/{letter}.py": "" for letter in "abcdefghijklmno"},
    names_that_say_nothing: {"espace_tui/left/helpers.py": ""},
    classes_of_one_name: dict.fromkeys(
        ("espace_tui/left.py", "espace_tui/right.py"), "class Same:\n    pass\n"
    ),
    unknown_modules: {"espace_tui/left.py": 'LATE = "espace_tui.right"\n'},
    checks_silenced_without_a_reason: {"tools/left.py": "import os  # noqa: F401\n"},
    too_many_silenced_checks: {"bench/left.py": "x = y  # noqa: F821 — nobody\n" * SILENCED},
}
"""Each rule, and the files of a house that breaks it."""
ALLOWED = {
    "espace_tui/right.py": "def right():\n" + "    x = 1\n" * (LINES_OF_A_FUNCTION - 1),
    "espace_tui/full/one.py": "import os  # noqa: F401 — a reason\n",
    "espace_tui/full/two.py": "x: int = y  # type: ignore[name-defined] # a reason\n",
    "espace_tui/full/__init__.py": "x = 1\n" * LINES_OF_A_FILE,
    **{f"espace_tui/full/{letter}.py": "" for letter in "abcdefghijkl"},
    "espace_tui/full/a.tcss": "",
    "espace_tui/left.py": 'class Same:\n    pass\nLATE = "espace_tui.full.one"\n',
    "espace_tui/far.py": "class Other:\n    class Same:\n        pass\n",
}
"""The files of a house that breaks none, by a hair."""


def build(root: Path, files: dict[str, str]) -> House:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return House(root)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Callable[[House], set[str]]) -> None:
    assert rule(HOUSE) == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_breach_of_the_rule_is_noticed(rule: Callable[[House], set[str]], tmp_path: Path) -> None:
    assert rule(build(tmp_path / "good", ALLOWED)) == set()
    assert rule(build(tmp_path / "bad", RULES[rule])) != set()


@pytest.mark.parametrize("composed", ['f"espace_tui.{y}"', '"espace_tui.full." + y'])
def test_a_module_name_that_is_put_together_is_noticed(composed: str, tmp_path: Path) -> None:
    house = build(tmp_path, ALLOWED | {"espace_tui/right.py": f"x = {composed}\n"})
    assert len(unknown_modules(house)) == 1


NAMED = re.compile(r"espace_tui(?:/[\w*]+)+(?:\.py)?")


@pytest.mark.parametrize("file", ["pyproject.toml", "Makefile", ".ci/run"])
def test_the_files_that_the_tools_name_are_there(file: str) -> None:
    named = NAMED.findall((HOUSE.root / file).read_text("utf-8"))
    assert {name for name in named if not list(HOUSE.root.glob(name))} == set()


def locked(name: str) -> dict[str, str]:
    """What a lock holds: each package with its version and marker."""
    text = (HOUSE.root / "requirements" / f"{name}.txt").read_text("utf-8")
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
    text = (HOUSE.root / "requirements" / f"{name}.txt").read_text("utf-8")
    sums = re.findall(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$", text, re.MULTILINE)
    comments = re.findall(r"^#.*$", text, re.MULTILINE)
    assert len(sums) + len(comments) + len(locked(name)) == len(text.splitlines())
    assert comments[1:] == ["#    make lock"]


def is_text(path: Path) -> bool:
    return path.is_file() and path.suffix not in {".svg", ".png"}


def test_nothing_is_installed_without_its_sum() -> None:
    """Wherever we say how to install a lock: here, for the service, in its container."""
    places = [
        HOUSE.root / "Makefile",
        *(HOUSE.root / "deploy").rglob("*"),
        *(HOUSE.root / "docs").rglob("*.md"),
    ]
    said = {HOUSE.name(path): path.read_text("utf-8") for path in places if is_text(path)}
    lines = {
        f"{name}: {line}": line
        for name, text in said.items()
        for line in text.replace("\\\n", " ").splitlines()
        if re.search(r"(pip|PIP\)?) .*--requirement ", line)
    }
    assert len(lines) >= 3
    assert {name for name, line in lines.items() if "--require-hashes" not in line} == set()


def test_the_fictitious_people_are_written_once() -> None:
    """Nobody is built of their own in a test or a bench: tests/people.py has an `Invitee`."""
    made = {
        HOUSE.name(path)
        for path in set(HOUSE.code) - set(HOUSE.package)
        if re.search(r"Invitee\(\s*first_name=\"", path.read_text("utf-8"))
    }
    assert made == {"tests/people.py"}


def test_the_programs_that_tests_skip_without_are_installed_in_the_continuous_integration() -> None:
    asked = {"chromium"} | {
        program
        for path in (HOUSE.root / "tests").rglob("*.py")
        for program in re.findall(r"which\(\"([\w-]+)\"", path.read_text("utf-8"))
    }
    needs = (HOUSE.root / ".ci/run").read_text("utf-8")
    assert len(asked) >= 8
    assert {name for name in asked if not re.search(rf"\bhas {name}\b", needs)} == set()


def test_what_is_not_measured_is_there() -> None:
    gone = {
        name
        for name in UNMEASURED
        if not (HOUSE.root / "tests" / (name if name.endswith("/") else f"{name}.py")).exists()
    }
    assert gone == set()
