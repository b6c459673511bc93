"""From one face to the other in the middle of a step, in a real pseudo-terminal, and back."""

from __future__ import annotations

from pathlib import Path

import pyte

from tests.linear.console.terminal_session import PROGRAM, RICH, TerminalSession
from tests.linear.console.test_terminal import DEMO, to_the_message

F1, F8 = "\x1bOP", "\x1b[19~"


def screen_of(person: TerminalSession) -> pyte.Screen:
    """Return what the terminal shows now."""
    screen = pyte.Screen(80, 24)
    stream = pyte.Stream(screen)
    stream.feed(person.output.getvalue().replace("\x1b[>1u", "").replace("\x1b[<u", ""))
    return screen


def settle(person: TerminalSession) -> pyte.Screen:
    """Wait until the terminal is quiet; return what it shows."""
    while person.child.expect([person.TIMEOUT, "."], timeout=0.5):
        pass
    return screen_of(person)


def test_every_answer_and_the_field_go_along(tmp_path: Path) -> None:
    with TerminalSession(tmp_path, RICH, DEMO) as person:
        to_the_message(person)
        person.answer("Code provisoire :", "aB3dE5fG7hJ9")
        person.expect("sociale : ")
        person.send(":visuel\r")
        person.expect("\x1b[?1049h")
        shown = settle(person)
        assert "Je m’identifie" in "\n".join(shown.display)
        assert "aB3d" in "\n".join(shown.display)
        person.send("2 55")
        settle(person)
        person.send(F8)
        person.expect("\x1b[?1049l")
        person.expect("Question 2 sur 2")
        person.expect("sociale : 2 55")
        person.send(" 08\r:tout\r")
        person.expect("masqué J9")


def test_the_full_screen_tells_of_this_face(tmp_path: Path) -> None:
    with TerminalSession(tmp_path, RICH, (*PROGRAM, "demo")) as person:
        person.expect("1049h")
        settle(person)
        person.send(F1)
        assert "F8" in "\n".join(settle(person).display)
        person.send("\x1b")
        settle(person)
        person.send(F8)
        person.expect("Mode ligne à ligne, demandé dans l’écran complet.")
        person.answer("(Entrée : 1) :", ":quitter")
        assert person.wait_for_exit() in {0, 130}
