"""Whatever the end of a visit, nothing of the person is found again, anywhere a next one looks.

Each row is one visit that fills its fields, in a real tmux, then ends in one way; the faces take
turns. The whole product is a long proof (`soak`).
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from tests.counter.counter_terminal import F9, F10, FACES, child_of, wait_until_gone
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


ENDS: dict[str, Callable[[Seat, int], None]] = {
    "wiped": _wipe,
    "killed": _kill(signal.SIGKILL),
    "stopped": _kill(signal.SIGSTOP),
    "hung up": _kill(signal.SIGHUP),
    "ended": _kill(signal.SIGTERM),
    "quit": _kill(signal.SIGQUIT),
}


def _end_a_visit(end: str, face: str, home: Path) -> None:
    with Seat(home, face) as seat:
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
    [("wiped", "linear"), ("killed", "full screen"), ("stopped", "linear"), ("hung up", "linear")],
)
def test_nothing_of_a_person_is_found_again(end: str, face: str, tmp_path: Path) -> None:
    _end_a_visit(end, face, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize(("end", "face"), list(product(ENDS, FACES)))
def test_nothing_of_a_person_is_found_again_in_either_face(
    end: str, face: str, tmp_path: Path
) -> None:
    _end_a_visit(end, face, tmp_path)
