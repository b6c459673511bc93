"""The linear face in a real pseudo-terminal: journey, echo, signals, bytes."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.linear.console.terminal_session import DUMB, PROGRAM, RICH, TerminalSession
from tests.linear.transcript_rules import breaches

NIR = "2 55 08 14 168 025 38"
SECRET = "Canary-Fleur7"
DEMO = (*PROGRAM, "demo", "--linear")


def to_the_message(person: TerminalSession) -> None:
    person.answer("(Entrée : 1) :", "1")
    turn_the_pages(person)


def turn_the_pages(person: TerminalSession) -> None:
    while person.child.expect([r"Entrée : suite\) : ", r"Entrée : 1\) : "]) == 0:
        person.send("\r")
    person.send("\r")


def to_the_credentials(person: TerminalSession) -> None:
    to_the_message(person)
    person.answer("Code provisoire :", person.code_after("pour Camille :", r"(\w{12})"))
    person.answer("sociale :", NIR)
    person.answer("Continuer (Entrée) :", "")
    person.answer("Choix 1-2 :", "1")
    person.answer("de série :", "00417250938")
    person.answer("Choix 1-2 :", "1")
    person.answer("Oui ou non ?", "oui")
    person.answer("Continuer (Entrée) :", "")
    person.answer("(Entrée : 1) :", "")
    person.answer("Identifiant :", "camille.exemple")


def type_secrets(person: TerminalSession, *prompts: str) -> None:
    for prompt in prompts:
        person.expect(prompt)
        assert not person.echoes
        person.send(SECRET + "\r")


def to_the_sign_in(person: TerminalSession) -> None:
    to_the_credentials(person)
    type_secrets(person, "Mot de passe :", "Mot de passe :")
    person.answer("Continuer (Entrée) :", "")
    person.expect("Je vérifie et je valide")
    person.answer("Choix 1-2 :", "1")
    person.expect("C’est fait")
    person.answer("(Entrée : 1) :", "")


def to_the_space(person: TerminalSession) -> None:
    to_the_sign_in(person)
    person.answer("identifiant :", "camille.exemple")
    type_secrets(person, "Mot de passe :")
    person.answer("Choix 1-2 :", "1")
    person.answer("Continuer (Entrée) :", "")
    person.answer("Code à usage unique :", ":actions")
    person.answer("(Entrée : 1) :", "voir mes messages")
    turn_the_pages(person)
    person.answer("Code à usage unique :", person.code_after(r"[^\n]*", r"(\d{6})\s"))
    person.answer("Continuer (Entrée) :", "")
    person.expect("Bonjour Camille")


def test_the_whole_journey(tmp_path: Path) -> None:
    """In a dumb terminal, Emacs makes the same journey (`test_emacs`)."""
    with TerminalSession(tmp_path, RICH, DEMO) as person:
        to_the_space(person)
        person.answer("Choix 1-", "1")
        person.answer("Déconnexion réussie", ":quitter")
        assert person.wait_for_exit() == 0
    assert breaches(person.lines.replace("\a", "")) == []
    assert "\x1b" not in person.output.getvalue()
    assert SECRET not in person.output.getvalue()
    assert "\a" in person.output.getvalue()


def test_the_whole_journey_on_a_braille_line(tmp_path: Path) -> None:
    """On a window of 40 columns, no prompt leaves the line that the cursor is on."""
    with TerminalSession(tmp_path, RICH, DEMO, columns=40) as person:
        to_the_space(person)
        person.answer("Choix 1-", "1")
        person.answer("Déconnexion réussie", ":quitter")
        assert person.wait_for_exit() == 0
    asked = [line for line in person.lines.replace("\a", "").split("\n") if " : " in line]
    prompts = [line for line in asked if line.startswith(("Choix", "Code", "Mot de passe :"))]
    assert len(prompts) > 10
    assert [line for line in person.lines.split("\n") if len(line.rstrip()) > 72] == []


def test_a_slow_line_cuts_no_key(tmp_path: Path) -> None:
    line = (sys.executable, str(Path(__file__).with_name("slow_line.py")), "9600")
    command = (*line, *PROGRAM, "login", "--linear")
    with TerminalSession(tmp_path, RICH, command) as person:
        person.answer("Choix 1-3 : ", "2")
        person.expect("Mon identifiant : ")
        person.send("camille.exmple\x1b[D\x1b[D\x1b[D\x1b[De\x1b]11;rgb:0000/0000/0000\x1b\\\r")
        person.expect("Mot de passe : ")
        person.send(f"\x1b{SECRET[:6]}\x1b[?62;1c{SECRET[6:]}\r")
        person.expect("13 caractères reçus")
        person.answer("Choix 1-2 : ", ":tout")
        person.expect("Mon identifiant : camille.exemple")
        person.expect("Choix 1-2 : ")
        person.send("\x03")
        person.answer("Quitter l’assistant ?", "oui")
        assert person.wait_for_exit() == 130
    assert SECRET not in person.output.getvalue()


def test_a_dumb_terminal_needs_no_option(tmp_path: Path) -> None:
    with TerminalSession(tmp_path, DUMB, DEMO[:-1]) as person:
        person.answer("Mode ligne à ligne", ":quitter")
        person.wait_for_exit()
    assert breaches(person.lines) == []


@pytest.mark.parametrize("around", ["{} | cat", "echo :quitter | {}"])
def test_a_terminal_on_one_side_only_needs_no_option(around: str, tmp_path: Path) -> None:
    command = around.format(" ".join(DEMO[:-1]))
    with TerminalSession(tmp_path, RICH, ("/bin/sh", "-c", command)) as person:
        person.answer("Mode ligne à ligne", ":quitter")
        person.expect("Au revoir.")


def test_editing_a_kept_answer_appends_only(tmp_path: Path) -> None:
    with TerminalSession(tmp_path, RICH, DEMO) as person:
        to_the_message(person)
        person.answer("Code provisoire :", "x" * 200)
        person.answer("sociale :", NIR[:-1] + "0")
        person.answer("Continuer (Entrée) :", "")
        person.answer("Corriger 1-2", "2")
        person.expect("sociale : 255081416802530")
        person.send("\x7f8\r")
        person.expect("Code provisoire : " + "x" * 60)
        person.send("\x15" + person.code_after("pour Camille :", r"(\w{12})") + "\r")
        person.expect("Ma carte Vitale")
    heard = person.output.getvalue()
    assert "\x1b" not in heard
    assert "\r" not in heard.replace("\r\n", "")


def test_a_message_pasted_whole_gives_its_code(tmp_path: Path) -> None:
    with TerminalSession(tmp_path, RICH, DEMO) as person:
        to_the_message(person)
        person.expect("Code provisoire :")
        code = person.code_after("pour Camille :", r"(\w{12})")
        person.send(f"Bonjour Camille,\rCode provisoire pour Camille :\r\r{code}\r\rCe code sert\r")
        person.expect(f"Nous avons lu : {code[:4]}, {code[4:8]}, {code[8:]}.")
        person.answer("sociale :", NIR)
        person.answer("Continuer (Entrée) :", "")
        person.expect("Ma carte Vitale")


def test_lines_sent_ahead_answer_the_questions_in_turn(tmp_path: Path) -> None:
    with TerminalSession(tmp_path, DUMB, DEMO) as person:
        person.send("1\r:actions\r1\r")
        person.expect("Je m’identifie")
        person.expect("Code provisoire :")


def test_ctrl_c_asks_then_leaves_with_130(tmp_path: Path) -> None:
    with TerminalSession(tmp_path, DUMB, DEMO) as person:
        person.expect("(Entrée : 1) :")
        person.send("\x03")
        person.answer("Quitter l’assistant ?", "non")
        person.expect("(Entrée : 1) :")
        person.send("\x03")
        person.answer("Quitter l’assistant ?", "oui")
        assert person.wait_for_exit() == 130
    assert breaches(person.lines.replace("\a", "")) == []


def test_ctrl_c_at_a_secret_asks_too(tmp_path: Path) -> None:
    with TerminalSession(tmp_path, DUMB, DEMO) as person:
        to_the_credentials(person)
        person.expect("Mot de passe :")
        person.send("Canary\x03")
        person.answer("Quitter l’assistant ?", "non")
        type_secrets(person, "Mot de passe :")
        person.expect("13 caractères reçus")


@pytest.mark.parametrize("terminal", [DUMB, RICH], ids=["dumb", "rich"])
def test_ctrl_d_on_an_empty_line_asks_as_ctrl_c_does(
    terminal: Mapping[str, str], tmp_path: Path
) -> None:
    with TerminalSession(tmp_path, terminal, DEMO) as person:
        to_the_message(person)
        person.expect("Code provisoire : ")
        person.send("\x04")
        person.answer("Quitter l’assistant ?", "non")
        person.expect("Code provisoire : ")
        person.send("\x04")
        person.expect("Quitter l’assistant ?")
        person.expect("Oui ou non ? ")
        person.send("\x04")
        assert person.wait_for_exit() == 130


RAW = ("-icrnl -isig", "raw -echo", "igncr inlcr istrip iuclc intr ^-")
"""How a serial line, or a program that crashed, leaves a terminal."""


@pytest.mark.parametrize("terminal", [DUMB, RICH], ids=["dumb", "rich"])
@pytest.mark.parametrize("modes", RAW)
def test_enter_and_ctrl_c_work_in_a_terminal_that_was_left_raw(
    modes: str, terminal: Mapping[str, str], tmp_path: Path
) -> None:
    command = f"trap : INT; stty {modes}; {' '.join(DEMO)}; echo code $?; stty -a"
    with TerminalSession(tmp_path, terminal, ("/bin/sh", "-c", command)) as person:
        person.expect("(Entrée : 1) : ")
        person.send("É")
        person.expect("É")  # somebody shows it, and as it is
        person.send("\x151\r")
        person.expect("(Entrée : suite)")
        person.send("\x03")
        person.answer("Quitter l’assistant ?", "oui")
        person.expect("code 130")
        person.expect(modes.split(maxsplit=1)[0].replace("raw", "-icrnl"))


def test_a_dumb_terminal_edits_and_shows_its_own_lines(tmp_path: Path) -> None:
    with TerminalSession(tmp_path, DUMB, DEMO) as person:
        to_the_message(person)
        person.expect("Code provisoire : ")
        assert person.echoes
        person.send("abd\x7fc\x1b\r")
        person.expect("3 caractères sur 12.")
        person.answer("sociale :", "1")
        person.answer("Continuer (Entrée) :", "")
        person.answer("Corriger 1-2", "2")
        person.expect("Réponse gardée")


@pytest.mark.parametrize("terminal", [DUMB, RICH], ids=["dumb", "rich"])
@pytest.mark.parametrize("number", [signal.SIGQUIT, signal.SIGUSR1, signal.SIGRTMIN + 3])
def test_every_signal_ends_it_as_a_kill_does(
    number: int, terminal: Mapping[str, str], tmp_path: Path
) -> None:
    (tmp_path / "tmp").mkdir()
    place = {**terminal, "TMPDIR": str(tmp_path / "tmp")}
    with TerminalSession(tmp_path, place, DEMO) as person:
        to_the_message(person)
        person.expect("Code provisoire : ")
        assert list((tmp_path / "tmp").iterdir())
        if number == signal.SIGQUIT:
            person.send("\x1c")
        else:
            person.child.kill(number)
        assert person.wait_for_exit() == 128 + number
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_stop_from_outside_gives_no_secret_away(tmp_path: Path) -> None:
    """Unlike Ctrl+Z, SIGSTOP cannot be seen coming: the shell shows what is typed after it."""
    with TerminalSession(tmp_path, RICH, ("/bin/sh", "-i")) as person:
        person.send(" ".join(DEMO) + "\r")
        to_the_credentials(person)
        person.expect("Mot de passe :")
        [child] = (
            Path(f"/proc/{person.child.pid}/task/{person.child.pid}/children").read_text().split()
        )
        os.kill(int(child), signal.SIGSTOP)
        person.expect("Stopped")
        person.send("fg\r")
        person.expect("Mot de passe : ")
        assert not person.echoes
        person.send(SECRET + "\r")
        person.expect("13 caractères reçus")
    assert SECRET not in person.output.getvalue()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_kill_gives_the_terminal_back(number: signal.Signals, tmp_path: Path) -> None:
    with TerminalSession(tmp_path, DUMB, DEMO) as person:
        to_the_credentials(person)
        person.expect("Mot de passe :")
        assert not person.echoes
        person.child.kill(number)
        assert person.wait_for_exit() in {128 + number, -number}
        assert "défaut" not in person.lines


def test_a_kill_at_a_line_gives_the_terminal_back(tmp_path: Path) -> None:
    with TerminalSession(tmp_path, RICH, ("/bin/sh",)) as person:
        person.send(" ".join((*DEMO, "& pid=$!; sleep 2; kill $pid; wait $pid; echo code $?\r")))
        person.expect("code 1")


def test_ctrl_z_gives_the_echo_back_and_asks_again(tmp_path: Path) -> None:
    with TerminalSession(tmp_path, DUMB, ("/bin/sh", "-i")) as person:
        person.send(" ".join(DEMO) + "\r")
        to_the_credentials(person)
        person.expect("Mot de passe :")
        assert not person.echoes
        person.send("\x1a")
        person.expect("Stopped")  # what is typed sooner may still be read as the secret
        person.send(
            "stty -a | tr ' ;' '\\n' | grep -cx -e echo -e icanon | sed 's/^/both: /'; fg\r"
        )
        person.expect("both: 2")
        person.expect("Mot de passe :")
        assert not person.echoes
        person.send(SECRET + "\r")
        person.expect("13 caractères reçus")
    assert SECRET not in person.output.getvalue()


def test_ctrl_c_gives_up_on_a_service_that_hangs(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"url=http://127.0.0.1:{silent.getsockname()[1]}"
        command = (*PROGRAM, "--linear", "--backend", "http", "--backend-option", address)
        with TerminalSession(tmp_path, DUMB, command) as person:
            person.answer("(Entrée : 1) :", "2")
            person.answer("Choix 1-3 :", "2")
            person.expect("s’il vous plaît. Ctrl+C annule")
            person.send("\x03")
            person.expect("attente annulée")
            person.answer("Choix 1-3 :", ":quitter")
            assert person.wait_for_exit() == 130


def test_nothing_is_written_while_a_question_waits(tmp_path: Path) -> None:
    with TerminalSession(tmp_path, RICH, DEMO) as person:
        person.expect("(Entrée : 1) : ")
        with pytest.raises(person.TIMEOUT):
            person.child.expect(r"\S", timeout=2)
