"""In Emacs's M-x shell: the line is Emacs's own, and a password never stands in the buffer."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
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

JOURNEY = (
    ("Activer mon espace", "1"),
    ("5. Lire tout le message", ""),
    ("Code provisoire : ", r"=pour Camille :[^0-9A-Za-z]+\([0-9A-Za-z]+\)"),
    ("sociale : ", "2 55 08 14 168 025 38"),
    ("Continuer (Entrée) : ", ""),
    ("Choix 1-2 : ", "1"),
    ("de série : ", "00417250938"),
    ("Choix 1-2 : ", "1"),
    ("Oui ou non ? ", "oui"),
    ("Continuer (Entrée) : ", ""),
    ("Choix 1-3 (Entrée : 1) : ", ""),
    ("Identifiant : ", "camille.exemple"),
    ("Continuer (Entrée) : ", ""),
    ("Choix 1-2 : ", "1"),
    ("C’est fait", None),
    ("(Entrée : 1) : ", ""),
    ("Mon identifiant : ", "camille.exemple"),
    ("Choix 1-2 : ", "1"),
    ("Continuer (Entrée) : ", ""),
    ("Code à usage unique : ", ":actions"),
    ("(Entrée : 1) : ", "voir mes messages"),
    ("Fin du message", "1"),
    ("Code à usage unique : ", r"=pour vous connecter :[^0-9]+\([0-9]+\)"),
    ("Continuer (Entrée) : ", ""),
    ("Bonjour Camille", None),
    ("Choix 1-", "1"),
    ("Déconnexion réussie", ":quitter"),
    ("Au revoir", None),
)
"""The whole demonstration, as a person who lives in Emacs goes through it."""

needs_emacs = pytest.mark.skipif(
    not shutil.which("emacs"),
    reason="Emacs is not on this machine (Debian package emacs-nox)",
)


def in_emacs(tmp_path: Path, steps: Sequence[tuple[str, str | None]], *command: str) -> str:
    """Go through steps in a shell of Emacs; return what its buffer holds."""
    script = tmp_path / "steps"
    lines = ["\t".join(part for part in step if part is not None) for step in steps]
    script.write_text("\n".join(lines) + "\n", "utf-8")
    done = subprocess.run(
        ["emacs", "-Q", "--batch", "-l", str(SCRIPT)],
        env={
            **environment(tmp_path, {"TERM": "dumb", "LANG": "C.UTF-8"}),
            "STEPS": str(script),
            "SECRET": SECRET,
            "PROGRAM": " ".join((*PROGRAM, *command)),
        },
        capture_output=True,
        check=False,
        timeout=90,
    )
    buffer = done.stdout.decode()
    assert done.returncode == 0, buffer + done.stderr.decode()
    assert SECRET not in buffer
    return buffer


@needs_emacs
def test_the_whole_journey(tmp_path: Path) -> None:
    buffer = in_emacs(tmp_path, JOURNEY, "demo", "--linear")
    assert 'PROMPTS ("Mot de passe : " "Mot de passe : " "Mot de passe : ")' in buffer
    assert "Votre session est fermée." in buffer


@needs_emacs
def test_a_kept_answer_is_corrected_and_a_secret_stays_hidden(tmp_path: Path) -> None:
    buffer = in_emacs(tmp_path, STEPS, "login", "--linear")
    assert 'PROMPTS ("Mot de passe : " "Mot de passe : " "Mot de passe : ")' in buffer
    assert buffer.count("camille.exemple") == 4  # typed, among the actions, kept, prompted
    assert "camille.exempleautre" not in buffer
