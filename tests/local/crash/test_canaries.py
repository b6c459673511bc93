"""A crash, wherever it is, shows and writes nothing that was typed (S1, S5)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.terminal import ALTERNATE, NORMAL, Terminal

IDENTIFIER = "canari.identifiant"
PASSWORD = "Canari-Secret7!"
SABOTEUR = str(Path(__file__).with_name("saboteur.py"))
PLACES = (
    *("handler", "worker", "threaded worker", "timer", "refresh"),
    *("drawing", "step", "backend"),
)


def at_sign_in(home: Path, where: str, *words: str, **variables: str) -> Terminal:
    """Someone at the sign-in, who accepted a diagnostic log."""
    state = home / ".local" / "state" / "espace-tui"
    state.mkdir(parents=True, mode=0o700)
    content = {"kept": ["log"], "choices": {}}
    (state / "choices.json").write_text(json.dumps(content), encoding="utf-8")
    return Terminal(home, SABOTEUR, where, "login", *words, **variables)


def type_in(terminal: Terminal) -> None:
    terminal.wait_for("Mot de passe")
    terminal.send(f"{IDENTIFIER}\t")
    terminal.wait_for(IDENTIFIER)
    terminal.send(PASSWORD)
    terminal.wait_for("•" * 8)


def assert_nothing_leaked(terminal: Terminal) -> None:
    assert PASSWORD.encode() not in terminal.written
    assert IDENTIFIER not in terminal.output_after
    for name, content in terminal.files().items():
        assert b"anari" not in content, name


@pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick
@pytest.mark.parametrize("place", PLACES)
def test_a_crash_of_the_full_screen_tells_nothing(place: str, tmp_path: Path) -> None:
    terminal = at_sign_in(tmp_path, place)
    type_in(terminal)
    if place in {"step", "backend"}:
        terminal.send("\t\x1b[B ")
    terminal.send("\x1b[21~")  # F10
    assert terminal.wait_exit() == 1
    assert_nothing_leaked(terminal)
    assert terminal.written.count(ALTERNATE) == terminal.written.count(NORMAL) == 1
    assert "Référence à donner" in terminal.output_after
    assert "Traceback" not in terminal.output_after
    log = terminal.files()[".local/state/espace-tui/diagnostic.log"].decode()
    assert terminal.output_after.split("Référence à donner\u00a0: ")[1][:9] in log


def test_a_crash_of_the_linear_face_tells_nothing(tmp_path: Path) -> None:
    terminal = at_sign_in(tmp_path, "backend", "--linear")
    terminal.wait_for("Mon identifiant :")
    terminal.send(f"{IDENTIFIER}\n")
    terminal.wait_for("Mot de passe :")
    terminal.send(f"{PASSWORD}\n")
    terminal.wait_for("Choix 1-2 :")
    terminal.send("1\n")
    terminal.wait_for("Continuer (Entrée)")
    terminal.send("\n")
    assert terminal.wait_exit() == 1
    assert PASSWORD.encode() not in terminal.written
    assert IDENTIFIER not in terminal.output_after.split("L’assistant s’est arrêté")[1]
    assert "Référence à donner" in terminal.output_after


def test_what_fails_aside_is_logged_and_shows_nowhere(tmp_path: Path) -> None:
    terminal = at_sign_in(tmp_path, "aside", "--lang", "en")
    terminal.wait_for("Your password")
    terminal.send(f"{IDENTIFIER}\t{PASSWORD}\x1b[21~")
    terminal.wait_for("Error")
    terminal.send("\x03")
    terminal.wait_for("[ Leave ]")
    terminal.send("\t\r")
    assert terminal.wait_exit() in {0, 130}
    assert_nothing_leaked(terminal)
    assert "LeakError" in terminal.files()[".local/state/espace-tui/diagnostic.log"].decode()


@pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick
@pytest.mark.parametrize("keys", [b"\xff\xfe\xc3\x00", b"\x1b[200~\xff\x00\x1b[201~"])
def test_bytes_that_are_no_text_do_not_end_it_in_a_leak(keys: bytes, tmp_path: Path) -> None:
    terminal = at_sign_in(tmp_path, "handler")
    type_in(terminal)
    terminal.send(keys)
    terminal.send("\x1b[21~")
    assert terminal.wait_exit() == 1
    assert_nothing_leaked(terminal)
