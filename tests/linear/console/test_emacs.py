"""In Emacs's M-x shell: the line is Emacs's own, and a password never stands in the buffer."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.linear.console.terminal_session import PROGRAM, environment

SECRET = "Canary-Fleur7"
SCRIPT = Path(__file__).with_name("emacs-shell.el")
STEPS = (
    ("Choix 1-3 : ", "2"),
    ("Mon identifiant : ", "camille.exemple"),
    ("13 caractères reçus", None),
    ("Choix 1-2 : ", "retour"),
    ("13 caractères reçus", None),
    ("Choix 1-2 : ", "retour"),
    ("13 caractères reçus", None),
    ("Choix 1-2 : ", ":actions"),
    ("Choix 1-6", "4"),
    ("Réponse gardée : camille.exemple ; Entrée pour la garder.", None),
    ("Mon identifiant : ", "autre.personne"),
    ("Répondre à nouveau. Mon identifiant : autre.personne", "quitter"),
    ("Au revoir", None),
)
"""What is waited for, and what is then typed, if anything is."""

needs_emacs = pytest.mark.skipif(
    not shutil.which("emacs"),
    reason="Emacs is not on this machine (Debian package emacs-nox)",
)


@needs_emacs
def test_a_kept_answer_is_corrected_and_a_secret_stays_hidden(tmp_path: Path) -> None:
    steps = tmp_path / "steps"
    lines = ["\t".join(filter(lambda part: part is not None, step)) for step in STEPS]  # type: ignore[arg-type] # those left are words
    steps.write_text("\n".join(lines) + "\n", "utf-8")
    done = subprocess.run(
        ["emacs", "-Q", "--batch", "-l", str(SCRIPT)],
        env={
            **environment(tmp_path, {"TERM": "dumb", "LANG": "C.UTF-8"}),
            "STEPS": str(steps),
            "SECRET": SECRET,
            "PROGRAM": " ".join((*PROGRAM, "login", "--linear")),
        },
        capture_output=True,
        check=False,
        timeout=90,
    )
    buffer = done.stdout.decode()
    assert done.returncode == 0, buffer + done.stderr.decode()
    assert SECRET not in buffer
    assert 'PROMPTS ("Mot de passe : " "Mot de passe : " "Mot de passe : ")' in buffer
    assert buffer.count("camille.exemple") == 4  # typed, among the actions, kept, prompted
    assert "camille.exempleautre" not in buffer
