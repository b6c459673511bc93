"""A package installed beside brings its backend: listed, opened with its options, used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import CommandResult, Shell

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "postal-espace"
version = "3.1"

[project.entry-points."espace_tui.backends"]
postal = "postal_espace:open_backend"

[tool.hatch.build.targets.wheel]
packages = ["postal_espace"]
"""

MODULE = '''
"""A backend of somebody else."""

from datetime import UTC, datetime

from espace_tui.backends.port import Backend
from espace_tui.errors import InvalidSettings, Unreachable
from espace_tui.model.policy import GUIDE_2022
from espace_tui.journey.session import Channel, Message


class Postal:
    name = "postal"
    activation = sign_in = recovery = space = None

    def __init__(self, town):
        self.inbox = self
        self._town = town

    async def policy(self):
        return GUIDE_2022

    async def messages(self):
        if self._town == "nowhere":
            raise Unreachable("network")
        sent = datetime(2026, 11, 23, tzinfo=UTC)
        words = f"The post office of {self._town} has a code for you."
        return (Message(to="a@b.fr", channel=Channel.EMAIL, subject="S", sent_at=sent, text=words),)

    async def aclose(self):
        pass


def open_backend(options):
    if "town" not in options:
        raise InvalidSettings("missing-option", key="town")
    return Postal(options["town"])
'''


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the package is installed, as pip does it."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("target")
    (source / "postal_espace").mkdir()
    (source / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (source / "postal_espace" / "__init__.py").write_text(MODULE, encoding="utf-8")
    alone = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", *alone]
    subprocess.run([*pip, "--target", str(target), str(source)], check=True)
    return target


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], beside: Path) -> Shell:
    """A shell in an environment where the package is installed."""
    made = Shell(tmp_path, capsys)
    made.environment["PYTHONPATH"] = f"{Path(__file__).parents[2]}{os.pathsep}{beside}"
    return made


def test_it_is_listed(shell: Shell) -> None:
    rows = shell.spawn("backends", "--json").json
    assert {"name": "postal", "package": "postal-espace", "version": "3.1", "used": False} in rows
    assert "postal (postal-espace 3.1)\n" in shell.spawn("backends").out
    assert (
        "postal (postal-espace 3.1): in use"
        in shell.spawn("backends", "--backend", "postal", "--lang", "en").out
    )


def test_its_name_is_near_to_a_slip(shell: Shell) -> None:
    said = shell.spawn("inbox", "--backend", "postale")
    assert said.code == 2
    assert "«\u00a0postal\u00a0»" in said.err


def inbox(shell: Shell, *words: str, **variables: str) -> CommandResult:
    return shell.spawn("inbox", "--backend", "postal", *words, **variables)


def test_it_is_opened_with_its_options(shell: Shell) -> None:
    assert "post office of Brest" in inbox(shell, "--backend-option", "town=Brest").out
    assert "post office of Lyon" in inbox(shell, ESPACE_BACKEND_OPTIONS="town=Lyon").out
    without = inbox(shell)
    assert without.code == 2
    assert "town" in without.err
    assert inbox(shell, "--backend-option", "town=nowhere").code == 3


def test_the_wizard_walks_on_it(shell: Shell) -> None:
    words = ("--linear", "--backend", "postal", "--backend-option", "town=Brest")
    said = shell.spawn(*words, given="1\n2\n")
    assert said.code == 1
    assert "post office of Brest" in said.out
    assert shell.spawn("--linear", "--backend", "postal", given="1\n").code == 2
