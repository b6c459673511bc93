"""A person in the demonstration, from the start to « C’est fait », on a real terminal.

What is counted: screens and keys, then lines of the line-by-line face. What is timed: from the key
that goes on to the next step painted.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from argon2 import PasswordHasher

from bench.faces import BIN, DUMB, FULL, at
from bench.terminal import Terminal
from espace_tui.activation.crypto.hasher import EMBEDDED
from espace_tui.cli.commands.demo import NIR, SERIALS
from espace_tui.i18n import Texts
from espace_tui.journey import steps

SIZE = (80, 24)
RUNS = 6
PATIENCE = 20
LONGEST = 60
"""More answers than the line-by-line face asks for."""
TAB, ENTER, F10 = "\t", "\r", "\x1b[21~"
IDENTIFIER, PASSWORD = "camille1", "Kv7-rTm2"
HASHED = frozenset({"identification", "review"})
"""The steps whose answers are hashed when one goes on."""
CODE = re.compile(r"\b(?=\w*\d)(?=\w*[a-z])[A-Za-z0-9]{12}\b")
BOXED = re.compile(r"│ ([A-Za-z0-9]{4}(?: [A-Za-z0-9]{4}){2}) │")
TEXTS = Texts("fr")

Keys = Sequence[str]
"""What is pressed, key by key; the last one goes on."""


@dataclass
class Seen:
    """What one walk met."""

    screens: list[str] = field(default_factory=list)
    keys: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each step took to be followed by the next one."""
    code: str = ""


def _keys(seen: Seen) -> dict[str, Keys]:
    """Return what is pressed at each step."""
    nir, serial = NIR.replace(" ", ""), SERIALS["photo"].replace(" ", "")
    return {
        "welcome": [ENTER],
        "identification": [*seen.code, TAB, *nir, F10],
        "card": ["1", TAB, *serial, F10],
        "decision": ["1", TAB, " ", F10],
        "credentials": [*IDENTIFIER, TAB, *PASSWORD, TAB, *PASSWORD, F10],
    }


def _titles() -> Iterator[tuple[str, str]]:
    """Return the title of each step, the longest first, then its name."""
    titles = ((TEXTS(f"step.{name}.title"), name) for name in steps.STEPS)
    yield from sorted(titles, key=lambda pair: -len(pair[0]))


def step_shown(terminal: Terminal) -> str:
    """Return the step whose title is in the first lines of the screen."""
    head = re.sub("[▁-█]", " ", " ".join(terminal.text.split("\n")[:6]))
    now = " ".join(head.partition("Ensuite")[0].split())
    return next((name for title, name in _titles() if " ".join(title.split()) in now), "")


def _await(terminal: Terminal, so: Callable[[], object]) -> None:
    end = time.perf_counter() + PATIENCE
    while not so():
        if time.perf_counter() > end:
            raise TimeoutError(terminal.text)
        terminal.read(0.2)


def _go_on(terminal: Terminal, seen: Seen, here: str) -> None:
    """Answer a step and go on; the key that goes on is pressed when the answers are painted."""
    *answers, last = _keys(seen).get(here, [F10])
    for key in answers:
        terminal.press(key)
    terminal.wait_until_quiet(0.3)
    seen.keys += len(answers) + 1
    started = time.perf_counter()
    terminal.press(last)
    _await(terminal, lambda: step_shown(terminal) not in {here, ""})
    seen.seconds[here] = terminal.read_at - started


def walked() -> Seen:
    """Walk once, full screen."""
    seen, command = Seen(), [str(BIN / "espace-tui"), "demo", "--lang", "fr"]
    with tempfile.TemporaryDirectory() as home, Terminal(command, SIZE, FULL | at(home)) as shown:
        _await(shown, lambda: step_shown(shown))
        while (here := step_shown(shown)) != "done":
            if len(seen.screens) > len(steps.STEPS):
                raise AssertionError(seen.screens)
            seen.screens.append(here)
            shown.wait_until_quiet(0.5)  # it is read
            if here == "message":
                seen.code = _code(shown)
            _go_on(shown, seen, here)
    return seen


def _code(shown: Terminal) -> str:
    """Read the message to its end, where the code is; reading is not counted as answering."""
    for _ in range(8):
        if found := BOXED.search(shown.text):
            return found[1].replace(" ", "")
        shown.press("\x1b[6~")
        shown.wait_until_quiet(0.2)
    raise AssertionError(shown.text)


def _answer(said: str, code: str) -> str | None:
    """Return what is typed at the prompt that a text ends with; none while it says more."""
    end = said[-400:]
    answers = {
        r"Entrée[^\n]*": "",
        "Code provisoire": code,
        "sécurité sociale": NIR,
        r"série[^\n]*": SERIALS["photo"],
        "Identifiant": IDENTIFIER,
        "Mot de passe": PASSWORD,
        r"Oui ou non[^\n]*": "o",
        r"1-\d": "1",
    }
    found = (typed for words, typed in answers.items() if re.search(rf"{words}\W*$", end))
    return next(found, None) if end.endswith(" ") else None


def lines_spoken() -> int:
    """Walk once, line by line; return the lines until the end is told."""
    done, said, command = "\nC’est fait", "", [str(BIN / "espace-tui"), "demo", "--linear"]
    with tempfile.TemporaryDirectory() as home:
        told = DUMB | at(home) | {"LANGUAGE": "fr"}
        with Terminal(command, (80, 2000), told) as heard:
            for _ in range(LONGEST):
                heard.wait_until_quiet(0.5)
                said = heard.raw.decode()
                if done in said:
                    return said[: said.index(done)].count("\n") + 1
                code = CODE.search(said)
                if (typed := _answer(said, code[0] if code else "")) is not None:
                    heard.press(f"{typed}\r")
    raise AssertionError(said)


def seconds_of_hash() -> float:
    """Return the seconds of one hash here, as dear as on a person's own computer."""
    cost = PasswordHasher(EMBEDDED.rounds, EMBEDDED.kibibytes, EMBEDDED.lanes)
    took = []
    for _ in range(5):
        started = time.perf_counter()
        cost.hash(PASSWORD)
        took.append(time.perf_counter() - started)
    return statistics.median(took)


def _p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


def measure() -> list[tuple[str, str, str]]:
    """Return rows: what, how much, the promise."""
    walks = [walked() for _ in range(RUNS)]
    first, hashing = walks[0], seconds_of_hash()
    quick = [s for walk in walks for step, s in walk.seconds.items() if step not in HASHED]
    slow = [s - hashing for walk in walks for step, s in walk.seconds.items() if step in HASHED]
    return [
        ("next step painted, nothing hashed, p95", f"{_p95(quick) * 1e3:.0f} ms", "≤ 100 ms"),
        (
            "next step painted, beyond the hash, p95",
            f"{_p95(slow) * 1e3:.0f} ms (hash {hashing * 1e3:.0f} ms)",
            "≤ 100 ms",
        ),
        ("screens to « C’est fait »", str(len(first.screens)), "≤ 8"),
        ("keys to « C’est fait »", str(first.keys), "≤ 85"),
        ("lines to « C’est fait », line by line", str(lines_spoken()), "≤ 180"),
    ]


if __name__ == "__main__":
    if "--once" in sys.argv:
        seen = walked()
        print(lines_spoken(), seen.keys, {step: round(s * 1e3) for step, s in seen.seconds.items()})
    else:
        for row in measure():
            print(*row, sep=" | ")
