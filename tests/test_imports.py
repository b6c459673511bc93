"""Imports stay put: every contract really bites, and what runs loads only what it needs.

The static graph of import-linter sees each `import`, but not what a run reaches. So a fresh
interpreter does the work here, and its `sys.modules` tells.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
CONTRACTS = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]
UPWARDS = (
    *("lazy errors", "errors clock", "clock i18n", "i18n validators", "validators model"),
    *("model wire", "wire local", "local activation", "activation operating"),
    *("operating backends", "operating guide", "guide testing", "backends guide", "guide backends"),
    *("testing journey", "journey widgets", "widgets screens", "screens app", "screens linear"),
    *("app linear", "linear service", "service app", "service counter", "counter cli"),
    *("linear kiosk", "kiosk counter", "counter kiosk"),
)
"""The arrows that nothing may follow: each room's, to the one above it or beside it."""
BREACHES = {
    "layers": [(left, f"espace_tui.{right}") for left, right in map(str.split, UPWARDS)],
    "siblings": [("cli.service.left", "espace_tui.cli.admin")],
    "faces": [("journey.wizard", "textual"), ("local.left", "textual"), ("cli.left", "textual")],
    "pure": [("validators.left", "socket"), ("model.left", "sqlite3"), ("journey.left", "os")],
    "steps": [("journey.steps.left.one", "espace_tui.journey.steps.right.two")],
    "screens": [("screens.left.one", "espace_tui.screens.right.two")],
    "validators": [("validators.left", "espace_tui.validators.right")],
    "backends": [("backends.refusing", "espace_tui.backends.http")],
    "registry": [("journey.wizard", "espace_tui.backends.refusing")],
    "far": [("backends.http.left", "espace_tui.activation")],
    "service": [("service.left", "espace_tui.journey.wizard"), ("service.left", "keyring")],
    "counter": [
        *(("counter.left", name) for name in ("textual", "pydantic", "espace_tui.validators")),
        ("counter.left", "espace_tui.backends"),
    ],
    "kiosk": [
        *(("kiosk.visits", name) for name in ("textual", "pydantic", "espace_tui.linear")),
        *(("kiosk.site", f"espace_tui.{name}") for name in ("journey", "validators", "backends")),
    ],
    "linear": [("linear.left", "espace_tui.widgets"), ("linear.left", "rich")],
    "colours": [("journey.wizard", "rich"), ("local.left", "rich")],
    "web": [
        ("journey.wizard", "uvicorn"),
        ("operating.left", "fastapi"),
        ("cli.left", "websockets"),
    ],
    "client": [("journey.wizard", "httpx2"), ("activation.left", "aiosmtplib")],
    "databases": [("activation.left", "sqlite3"), ("operating.left", "psycopg")],
    "keyring": [("journey.wizard", "keyring"), ("cli.left", "keyring")],
}
"""For each contract, modules and an import that each must not hold; `left`, `right` are new."""


def source(module: str, house: Path) -> Path:
    """Return the file of a module, made if it is new."""
    path = house / module.replace(".", "/")
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.touch()
    return path


def break_in(house: Path, module: str, forbidden: str) -> None:
    if forbidden.startswith("espace_tui."):
        source(forbidden, house)
    with source(f"espace_tui.{module}", house).open("a", encoding="utf-8") as file:
        file.write(f"\nimport {forbidden}\n")


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What import-linter says, by contract, of a copy of the house in which all are broken."""
    copy = tmp_path_factory.mktemp("broken")
    shutil.copy(HOUSE / "pyproject.toml", copy)
    shutil.copytree(HOUSE / "espace_tui", copy / "espace_tui")
    for breaches in BREACHES.values():
        for module, forbidden in breaches:
            break_in(copy, module, forbidden)
    script = Path(sys.executable).parent / "lint-imports"
    linter = subprocess.run(
        [script, "--no-cache", "--no-logo"], cwd=copy, capture_output=True, text=True, check=False
    )
    said = linter.stdout.partition("\nBroken contracts\n")[2]
    titles = re.split(r"^(\S.*)\n-+$", said, flags=re.MULTILINE)
    return dict(zip(titles[1::2], titles[2::2], strict=True))


def test_every_contract_is_broken_on_purpose() -> None:
    assert {contract["id"] for contract in CONTRACTS} == set(BREACHES)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["id"])
def test_a_broken_contract_is_noticed(contract: dict[str, str], verdicts: dict[str, str]) -> None:
    said = verdicts[contract["name"]]
    for module, forbidden in BREACHES[contract["id"]]:
        arrow = f"espace_tui.{module} -> {forbidden} ("
        if contract["type"] == "acyclic_siblings":  # it tells of folders, from their own
            arrow = ".service -> .admin ("
        assert arrow in said, f"{arrow} goes unnoticed:\n{said}"


def imports(importer: str, modules: list[str]) -> bool:
    """Whether a package or a module imports one of some modules."""
    path = HOUSE / importer.replace(".", "/")
    files = path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]
    one = re.compile(
        rf"^\s*(?:from|import) (?:{'|'.join(map(re.escape, modules))})\b", re.MULTILINE
    )
    return any(one.search(file.read_text("utf-8")) for file in files)


PROTECTED = [each for each in CONTRACTS if each["type"] == "protected" and each["id"] != "registry"]
"""The registry opens the backends by their entry points, without an import."""


@pytest.mark.parametrize("contract", PROTECTED, ids=lambda contract: contract["id"])
def test_nobody_is_allowed_an_import_they_do_not_need(contract: dict[str, list[str]]) -> None:
    allowed, modules = contract["allowed_importers"], contract["protected_modules"]
    assert [name for name in allowed if not imports(name, modules)] == []


LOAD = """
import importlib, json, pkgutil, sys
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    for child in pkgutil.walk_packages(getattr(module, "__path__", ()), name + "."):
        importlib.import_module(child.name)
print(json.dumps(sorted(sys.modules)))
"""

UNWATCHED = {name: text for name, text in os.environ.items() if not name.startswith("COVERAGE_")}
"""The environment without coverage, which loads modules of its own."""


def loaded(*command: str) -> set[str]:
    """Return the top-level packages that a fresh interpreter holds once it has done its work."""
    run = subprocess.run(
        [sys.executable, *command],
        cwd=HOUSE,
        env=UNWATCHED,
        capture_output=True,
        text=True,
        check=True,
    )
    modules: list[str] = json.loads(run.stdout.splitlines()[-1])
    return {name.partition(".")[0] for name in modules}


WEB = {"fastapi", "starlette", "uvicorn"}
CLIENT = {"httpx2", "httpcore2", "stamina"}
DATABASE = {"sqlite3", "psycopg", "psycopg_pool", "argon2"}
LATER = {"keyring", "phonenumbers", "stdnum", "email_validator", "babel"}
APART = {
    "espace_tui.linear": {"textual", *WEB, *CLIENT, *DATABASE, *LATER},
    "espace_tui.backends.embedded": {"textual", *WEB, *CLIENT},
    "espace_tui.backends.http": {"textual", *WEB, *DATABASE},
    "espace_tui.service": {"textual", "keyring", "httpx2"},
    "espace_tui.cli": {"textual", *WEB, *CLIENT, *DATABASE, *LATER},
    "espace_tui.app": {*WEB, *CLIENT, *DATABASE, *LATER},
}
"""What each part, whole, must not load; for the faces it is what the first paint must not await."""


@pytest.mark.parametrize("part", APART)
def test_a_part_loads_only_what_it_needs(part: str) -> None:
    packages = loaded("-c", LOAD, part)
    assert "espace_tui" in packages
    assert packages & APART[part] == set()


@pytest.mark.parametrize("words", [("--help",), ("help",), ("--nothing",)])
def test_the_help_of_every_command_awaits_nothing_they_work_with(words: tuple[str, ...]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "espace_tui", *words]
    run = subprocess.run(command, env=UNWATCHED, capture_output=True, text=True, check=False)
    packages = imported(run.stderr)
    assert "espace_tui" in packages
    assert packages & {"textual", "pydantic", *WEB, *CLIENT, *DATABASE, *LATER} == set()


def imported(import_times: str) -> set[str]:
    """Return the top-level packages that Python noted when it was asked for the time of each."""
    return set(re.findall(r"^import time:.*\| +(\w+)", import_times, re.MULTILINE))


NIR = "2 55 08 14 168 025 38"
TO_THE_MESSAGE = "1\n"  # activate
FROM_THE_MESSAGE = "\n{code}\n{nir}\n\n:quit\n"  # continue; the two fields; continue


def identify_line_by_line(loads: Path) -> str:
    """Identify the person of the demonstration; return the end of the talk, note the imports."""
    command = [sys.executable, "-X", "importtime", "-m", "espace_tui", "--linear", "--lang", "en"]
    pipe = subprocess.PIPE
    with (
        loads.open("w") as noted,
        subprocess.Popen(
            [*command, "demo"], stdin=pipe, stdout=pipe, stderr=noted, text=True, env=UNWATCHED
        ) as talk,
    ):
        assert talk.stdin
        assert talk.stdout
        talk.stdin.write(TO_THE_MESSAGE)
        talk.stdin.flush()
        code = next(line for line in talk.stdout if re.fullmatch(r"\w{12}\n", line)).strip()
        return talk.communicate(FROM_THE_MESSAGE.format(code=code, nir=NIR), timeout=60)[0]


def test_line_by_line_on_this_computer_loads_no_screen_and_no_web(tmp_path: Path) -> None:
    said = identify_line_by_line(tmp_path / "loads")
    packages = imported((tmp_path / "loads").read_text("utf-8"))
    assert "Step 2 of 6" in said
    assert packages >= {"espace_tui", "pydantic", "argon2", "sqlite3"}
    assert packages & {"textual", "rich", *WEB, *CLIENT} == set()
