"""The recipes of CONTRIBUTING are true: each is followed in a copy of the project."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(
    r"In `(?P<file>[^`]+)`, (?P<how>new|at the end|after|replacing)\s*(?:`(?P<line>[^`]+)`)?:\n\n"
    r"```\w+\n(?P<text>.*?)```",
    re.DOTALL,
)


@dataclass(frozen=True)
class Edit:
    """One edit of a recipe: a file, how, next to which words, and the text."""

    file: str
    how: str
    line: str
    text: str

    def make(self, copy: Path) -> None:
        """Make it in a copy; the words it is put next to must be there."""
        path = copy / self.file
        if self.how == "new":
            path.write_text(self.text, "utf-8")
            return
        old = path.read_text("utf-8")
        assert self.line in old, f"{self.file} no longer holds {self.line!r}"
        new = {
            "at the end": old + self.text,
            "after": old.replace(f"{self.line}\n", f"{self.line}\n{self.text}", 1),
            "replacing": old.replace(self.line, self.text.rstrip("\n")),
        }[self.how]
        assert new != old
        path.write_text(new, "utf-8")


def recipe(title: str) -> list[Edit]:
    """Return the edits of a recipe, in order."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = text.split(f"## {title}\n")[1].split("\n## ")[0]
    found = [Edit(m["file"], m["how"], m["line"] or "", m["text"]) for m in BLOCK.finditer(section)]
    assert found
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "espace_tui", tmp_path / "espace_tui")
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    return tmp_path


def run(copy: Path, *command: str) -> str:
    """Run Python in the copy; return what it printed."""
    done = subprocess.run(
        [sys.executable, *command], cwd=copy, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def follow(title: str, copy: Path) -> None:
    for edit in recipe(title):
        edit.make(copy)
    run(copy, "-m", "tools.texts", "compile")


LOOK = """
from espace_tui.i18n import Texts
from espace_tui.journey import steps
from espace_tui.journey.form import StepState
from espace_tui.journey.history import StepDraft
from espace_tui.journey.session import Session
from espace_tui.model.policy import GUIDE_2022

state = StepState(Session(), GUIDE_2022, StepDraft(), paste_anywhere=False, consents=None)
step = steps.load("%s")
print(*GUIDE_2022.order)
for language in ("fr", "en"):
    for field in step.fields(state):
        print(Texts(language)(field.text_for("label")))
"""


def test_a_step_is_added_as_the_recipe_says(copy: Path) -> None:
    follow("Add a step", copy)
    shown = run(copy, "-c", LOOK % "doctor")
    assert "contacts doctor credentials" in shown
    assert "Nom du médecin" in shown
    assert "Doctor’s name" in shown


def test_a_field_is_added_as_the_recipe_says(copy: Path) -> None:
    follow("Add a field", copy)
    shown = run(copy, "-c", LOOK % "sign_in")
    assert "Surnom" in shown
    assert "Nickname" in shown


def test_a_backend_is_added_as_the_recipe_says(copy: Path) -> None:
    follow("Add a backend", copy)
    point = re.search(r"elsewhere = \"[^\"]+\"", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert point
    meta = copy / "elsewhere-1.dist-info"
    meta.mkdir()
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: elsewhere\nVersion: 1\n", "utf-8")
    entry = point[0].replace('"', "")
    (meta / "entry_points.txt").write_text(f"[espace_tui.backends]\n{entry}\n", "utf-8")
    look = (
        "from espace_tui.backends import registry as r; print(r.open_backend('elsewhere', {}).name)"
    )
    assert run(copy, "-c", look) == "refusing\n"


def test_a_language_is_added_as_the_recipe_says(copy: Path) -> None:
    locale = copy / "espace_tui" / "i18n" / "locale"
    shutil.copytree(locale / "en", locale / "br")
    screens = locale / "br" / "screens.po"
    screens.write_text(screens.read_text("utf-8").replace("English", "Brezhoneg"), "utf-8")
    follow("Add a language", copy)
    look = "from espace_tui.i18n import Texts; print(Texts('br')('language.name'))"
    assert run(copy, "-c", look) == "Brezhoneg\n"
