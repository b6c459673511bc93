"""Whatever the end of a visit, nothing of the person is found again, anywhere a next one looks.

Each row is one visit that fills its fields, in a real tmux, then ends in one way; the faces take
turns. The whole product is a long proof (`soak`). What breaks or hangs does so in the real process
of the visit, by a file that Python reads when it starts.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path

import pytest

from tests.counter.counter_terminal import CTRL_N, F9, F10, FACES, child_of, wait_until_gone
from tests.counter.seat import Seat

CODE, NIR = "Hq4tN8vZy2Lb", "284058832102532"
TO_CODE = {
    "full screen": (
        ("Commencer", "\r"),
        ("Ce qui vous convient", F10),
        ("Comment allons-nous faire", f"1{F10}"),
        ("Que fait-on", f"6{F10}"),
        ("Mon message", F10),
        ("12 lettres", f"{CODE}\t"),
    ),
    "linear": (
        ("Entrée : 1", "\r"),
        ("Ce que vous choisissez", "\r"),
        ("Choix 1-3 :", "1\r"),
        ("Choix 1-6 :", "6\r"),
        ("Choix 1-5", "\r"),
        ("Code provisoire :", f"{CODE}\r"),
    ),
}
"""What is waited for, then typed, up to the second field of the identification."""


def _kill(number: signal.Signals) -> Callable[[Seat, int], None]:
    return lambda _seat, visit: os.kill(visit, number)


def _wipe(seat: Seat, _visit: int) -> None:
    seat.send(F9)
    seat.wait_for("Écran masqué")
    shown = "".join(seat.everything().split())
    assert not any(each in shown for each in (CODE, NIR))
    seat.send("2")


def _say_goodbye(seat: Seat, _visit: int) -> None:
    if not seat.linear:
        seat.send(CTRL_N)
        seat.wait_for("Finir avec cette personne")
        seat.send("\r")
        seat.wait_for("Avant de se quitter")
        seat.send(f"\t\t\t\t1{F10}")
        return
    seat.send("\r")
    for words, line in PARTING:
        seat.wait_for(words)
        seat.send(f"{line}\r")


PARTING = (
    ("Continuer (Entrée)", ":suivante"),
    ("cette personne", "oui"),
    ("Question 1 sur 3", "1 3"),
    ("Question 2 sur 3", "1"),
    ("Question 3 sur 3", ""),
    ("1. Au revoir", ""),
)
"""How one leaves line by line, once the identification is whole."""


def _submit(seat: Seat, _visit: int) -> None:
    seat.send("\r" if seat.linear else F10)


def _submit_and_wipe(seat: Seat, visit: int) -> None:
    _submit(seat, visit)
    if seat.linear:
        seat.wait_for("Continuer (Entrée)")
        seat.send("\r")
    seat.wait_for("Un instant")
    _wipe(seat, visit)


_FAULT = """
import sys
if "--visit" in sys.orig_argv:
    import asyncio
    from espace_tui.journey.wizard import Wizard
    usual = Wizard.{method}
    def fault(self, *given):
        if {nir!r} in (*self.typed.values(), *given):
            {does}
        return usual(self, *given)
    Wizard.{method} = fault
"""
_BREAKS, _HANGS = "raise ValueError(self.typed, given)", "return asyncio.sleep(600)"
_FAULTS = {
    ("broken", "linear"): {"method": "set_text", "does": _BREAKS},
    ("broken", "full screen"): {"method": "submit", "does": _BREAKS},
    ("hung", "full screen"): {"method": "submit", "does": _HANGS},
    ("hung", "linear"): {"method": "submit", "does": _HANGS},
}


def _faulty(folder: Path, fault: Mapping[str, str]) -> str:
    """Write a fault, where there is one; return the folder that it is read from."""
    if not fault:
        return ""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_FAULT.format(**fault, nir=NIR))
    return str(folder)


ENDS: dict[str, Callable[[Seat, int], None]] = {
    "goodbye": _say_goodbye,
    "wiped": _wipe,
    "broken": _submit,
    "hung": _submit_and_wipe,
    "killed": _kill(signal.SIGKILL),
    "stopped": _kill(signal.SIGSTOP),
    "hung up": _kill(signal.SIGHUP),
    "ended": _kill(signal.SIGTERM),
    "quit": _kill(signal.SIGQUIT),
}


def _end_a_visit(end: str, face: str, folder: Path) -> None:
    home = folder / "home"
    home.mkdir()
    with Seat(home, face, faults=_faulty(folder / "faults", _FAULTS.get((end, face), {}))) as seat:
        for words, keys in TO_CODE[face]:
            seat.wait_for(words)
            seat.send(keys)
        seat.wait_for("12 sur 12" if face == "full screen" else "sécurité sociale :")
        seat.send(NIR)
        seat.wait_for(NIR)
        masked = "".join(seat.everything().split())
        assert "••••••••••Lb" in masked
        assert CODE not in masked
        visit = child_of(seat.pid)
        ENDS[end](seat, visit)
        wait_until_gone(visit)
        seat.wait_for("personne suivante")
        left = seat.left()
        assert not [each for each in (CODE, NIR) if each.encode() in left]
        assert child_of(seat.pid) != visit


@pytest.mark.parametrize(
    ("end", "face"),
    [
        ("goodbye", "full screen"),
        ("wiped", "linear"),
        ("broken", "linear"),
        ("hung", "linear"),
        ("killed", "full screen"),
        ("stopped", "linear"),
        ("hung up", "linear"),
    ],
)
def test_nothing_of_a_person_is_found_again(end: str, face: str, tmp_path: Path) -> None:
    _end_a_visit(end, face, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize(("end", "face"), [*product(ENDS, FACES)])
def test_nothing_of_a_person_is_found_again_in_either_face(
    end: str, face: str, tmp_path: Path
) -> None:
    _end_a_visit(end, face, tmp_path)
