"""``kill -9`` at every step of a visit, in a real terminal: the next person is served at once."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.counter.counter_terminal import F10, children_of, open_counter, wait_until_gone

SERVED_SECONDS = 2.0
STAYS = 2.0
"""Seconds that anybody stays at least: the process of the next person is prepared meanwhile."""
FULL_SCREEN = (
    ("", "Commencer"),
    ("\r", "Ce qui vous convient"),
    (F10, "Comment allons-nous faire"),
    (f"2{F10}", "accord de la personne"),
    (f" {F10}", "Que fait-on"),
    (f"1{F10}", "Pour qui"),
    (f"1{F10}", "Pouvez-vous recevoir"),
    (f"1{F10}", "15 minutes"),
    (F10, "reçu un message"),
    (F10, "Passez le clavier"),
    (F10, "Choisir un identifiant"),
    (f"camille.k7{F10}", "Préparer un mot de passe"),
    (F10, "rendre le clavier"),
    (F10, "Ouvrir le site"),
    (F10, "Écran 1 sur 9"),
    ("\x0e", "Finir avec cette personne"),
    ("\r", "Avant de se quitter"),
)
"""The keys of a visit, and what each leads to."""
BY_LINE = (
    ("", "Choix 1-6 (Entrée"),
    ("\r", "Choix 1-3 (Entrée"),
    ("\r", "Qui tape"),
    ("2\r", "Oui ou non"),
    ("oui\r", "Choix 1-6 :"),
    ("1\r", "Pour qui"),
    ("1\r", "Pouvez-vous lire"),
    ("1\r", "15 minutes"),
    ("\r", "reçu un message"),
    ("\r", "Passez le clavier"),
    ("\r", "Un identifiant"),
    ("camille.k7\r", "Continuer (Entrée)"),
    ("\r", "Préparer un mot de passe"),
    ("\r", "rendre le clavier"),
    ("\r", "Ouvrir le site"),
    ("\r", "Écran 1 sur 9"),
    (":suivante\r", "Finir avec cette personne"),
    ("oui\r", "Question 1 sur 3"),
)


@pytest.mark.soak
@pytest.mark.parametrize(("face", "moves"), [("full screen", FULL_SCREEN), ("linear", BY_LINE)])
def test_the_next_person_is_served_at_once(
    face: str, moves: tuple[tuple[str, str], ...], tmp_path: Path
) -> None:
    terminal = open_counter(tmp_path, face)
    for count, (_, title) in enumerate(moves, 1):
        began = time.monotonic()
        *ahead, (last, _) = moves[:count]
        terminal.send("".join(keys for keys, _ in ahead))
        terminal.wait_for(moves[max(count - 2, 0)][1])
        terminal.send(last)
        terminal.wait_for(title)
        visit, _ = children_of(terminal.pid, 2)
        time.sleep(max(0, began + STAYS - time.monotonic()))
        os.kill(visit, signal.SIGKILL)
        killed = time.monotonic()
        wait_until_gone(visit)
        terminal.wait_for("Un problème est survenu")
        terminal.wait_for(moves[0][1])
        assert time.monotonic() - killed < SERVED_SECONDS
    terminal.kill(signal.SIGTERM)
    assert terminal.wait_exit() == 143
