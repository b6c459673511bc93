"""A terminal screen reader, yasr or fenrir, between a person and the assistant; its speech is kept.

yasr stands between the terminal and the program, follows the cursor and says what is written, to a
speech program: here one that writes down what it is told, in the words of an Emacspeak server.
``python -m tests.linear.console.screen_reader`` writes again what is heard of the demonstration.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pexpect
import pytest
from typing_extensions import override

from tests.linear.console.terminal_session import TerminalSession
from tests.linear.console.test_terminal import DEMO, to_the_space

TRANSCRIPTS = Path(__file__).parents[3] / "docs" / "transcripts"
HEARD = TRANSCRIPTS / "heard-line-by-line.fr.txt"
HEARD_FULL_SCREEN = TRANSCRIPTS / "heard-full-screen.fr.txt"
F8, F10 = "\x1b[19~", "\x1b[21~"
CONFIGURATION = """[options]
cursor tracking=full
synthesizer=emacspeak server
synthesizer port=|{speech}
key echo=off
shell={shell}
special=off
up and down arrows=speak line
DisableKey=6925
"""
SAID = re.compile(r"^q \{(.*)\}$", re.MULTILINE)
CODES = re.compile(r"\b[0-9A-Za-z]{12}\b|\b[0-9]{6}\b")
FENRIR_SETTINGS = Path("/etc/fenrirscreenreader/settings/settings-pty.conf")
needs_fenrir = pytest.mark.skipif(
    not (shutil.which("fenrir") and FENRIR_SETTINGS.exists()),
    reason="fenrir, a terminal screen reader, is not on this machine (Debian package of this name)",
)
needs_yasr = pytest.mark.skipif(
    not shutil.which("yasr"),
    reason="yasr, a terminal screen reader, is not on this machine (Debian package of this name)",
)


PATIENCE = 10
QUIET = 0.15
"""Seconds without a word after which the reader has no more to say."""
TERMINAL = {"TERM": "linux", "LC_ALL": "C.UTF-8"}


class ScreenReaderSession(TerminalSession):
    """A session through a screen reader."""

    def __init__(self, home: Path, command: Sequence[str] = DEMO, size: int = 60) -> None:
        self._place = TemporaryDirectory(prefix="y")  # a long path is too much for yasr
        place = Path(self._place.name)
        self._log = place / "log"
        self._log.touch()
        self.typed: list[str] = []
        self._number = place / "number"
        words = f"echo $$ > {self._number}\nexec {' '.join(command)}"
        shell = self._script(place / "program", words)
        super().__init__(home, TERMINAL, self._reader(place, shell), size=size)

    def _reader(self, place: Path, shell: Path) -> Sequence[str]:
        """Return the command of the reader, which runs a program and speaks to the log."""
        speech = self._script(place / "speech", f"exec cat >> {self._log}")
        configuration = place / "conf"
        configuration.write_text(CONFIGURATION.format(speech=speech, shell=shell), "utf-8")
        return ("yasr", "-C", str(configuration))

    @override
    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        with suppress(ProcessLookupError, FileNotFoundError):  # the reader hands it its own end of
            os.kill(int(self._number.read_text()), signal.SIGTERM)  # the terminal: no hang-up comes
        self._place.cleanup()

    @override
    def send(self, keys: str) -> None:
        """Type, once the reader has said all it had to: a key silences it."""
        self.typed.append(keys)
        size = -1
        while size != (size := self._log.stat().st_size):
            self.child.expect([self.TIMEOUT], timeout=QUIET)
        super().send(keys)

    @staticmethod
    def _script(path: Path, command: str) -> Path:
        path.write_text(f"#!/bin/sh\n{command}\n", "utf-8")
        path.chmod(0o700)
        return path

    @property
    def said(self) -> list[str]:
        """What was spoken, one utterance after the other; an empty line is said « blank »."""
        heard = SAID.findall(self._log.read_text("utf-8", "replace"))
        return [words for words in heard if words.strip() not in {"", "blank"}]

    @override
    def expect(self, words: str) -> None:
        """Wait for words, and until they were spoken."""
        super().expect(words)
        deadline = time.monotonic() + PATIENCE
        for last in re.findall(r"[^\W\d_]{3,}", words)[-1:]:
            while last not in " ".join(self.said):
                assert time.monotonic() < deadline, f"{last!r} was never spoken: {self.said}"
                self.child.expect([self.TIMEOUT], timeout=0.05)


class FenrirSession(ScreenReaderSession):
    """A session through fenrir, in its mode for any terminal."""

    @override
    def _reader(self, place: Path, shell: Path) -> Sequence[str]:
        speech = self._script(place / "speech", f"printf '%s\\n' \"$*\" >> {self._log}")
        chosen = f'speech#genericSpeechCommand={speech} "fenrirText";general#shell={shell}'
        return ("fenrir", "-e", "-s", str(FENRIR_SETTINGS), "-o", chosen)

    @property
    @override
    def said(self) -> list[str]:
        heard = re.split(r"[,\n]", self._log.read_text("utf-8", "replace"))
        return [words.strip() for words in heard if words.strip()]


def settle(person: ScreenReaderSession) -> None:
    """Wait until nothing more is written."""
    while not person.child.expect([".+", person.TIMEOUT, pexpect.EOF], timeout=0.4):
        pass


def hear_the_demonstration(home: Path) -> tuple[list[str], str, list[str]]:
    """Go through the whole journey.

    Return what was spoken, what the terminal was given, and what was typed.
    """
    with ScreenReaderSession(home) as person:
        to_the_space(person)
        person.answer("Choix 1-", "1")
        person.answer("Déconnexion réussie", ":quitter")
        person.expect("Au revoir. L’assistant ne garde rien de ce que")
        settle(person)
        return person.said, person.lines, person.typed


class FullScreenListener:
    """Somebody who goes through the full screen by its keys alone, with what each of them says."""

    def __init__(self, person: ScreenReaderSession) -> None:
        self.person = person
        self.heard: list[tuple[str, list[str]]] = []

    def press(self, name: str, keys: str) -> None:
        """Press a key, and wait for what it changes."""
        before = len(self.person.said)
        self.person.send(keys)
        self.person.child.expect(".+", timeout=PATIENCE)
        self.listen(name, before)

    def listen(self, name: str, before: int = 0) -> None:
        """Keep what is said, but the frames around it."""
        settle(self.person)
        said = self.person.said[before:]
        words = [words.strip() for words in said if any(c.isalnum() for c in words)]
        self.heard.append((name, words))

    def tab(self) -> None:
        """Go to what follows."""
        self.press("Tab", "\t")


def to_the_end(listener: FullScreenListener) -> None:
    """Go from the identification to the end, the code and the number taken from the message."""
    for steps in (7, 5):  # to « Reprendre ce numéro », then from the number to the code's
        for _ in range(steps):
            listener.tab()
        listener.press("Enter", "\r")
    listener.press("F10", F10)
    for keys in (*("1\t", "00417250938", F10), *("1\t", " ", F10), F10):
        listener.press({F10: "F10"}.get(keys, "an answer"), keys)
    for typed in ("camille1", "Kv7-rTm2", "Kv7-rTm2"):
        listener.press("an answer", f"{typed}\t")
    for _ in range(2):
        listener.press("F10", F10)


def hear_the_full_screen(home: Path, *, whole: bool = False) -> list[tuple[str, list[str]]]:
    """Go from the start to the identification in the full screen; return what each key said.

    `whole`: then to the end, and not on line by line.
    """
    with ScreenReaderSession(home, DEMO[:-1], size=24) as person:
        listener = FullScreenListener(person)
        person.expect("pas encore ma carte")
        listener.listen("(start)")
        for _ in range(3):
            listener.tab()
        listener.press("F10", F10)
        listener.press("Tab, to what is below", "\t")
        listener.press("F10", F10)
        if whole:
            to_the_end(listener)
        else:
            listener.tab()
            listener.press("F8", F8)
        return listener.heard


def main() -> None:
    """Write what is heard, in each face."""
    with TemporaryDirectory() as home:
        said, _, _ = hear_the_demonstration(Path(home))
    HEARD.parent.mkdir(exist_ok=True)
    _write(HEARD, said)
    with TemporaryDirectory() as home:
        keys = hear_the_full_screen(Path(home), whole=True)
    _write(HEARD_FULL_SCREEN, [line for key, said in keys for line in (f"[{key}]", *said)])


def _write(path: Path, said: Sequence[str]) -> None:
    hidden = CODES.sub(lambda code: "#" * len(code[0]), "\n".join(said))
    path.write_text(hidden + "\n", "utf-8")


if __name__ == "__main__":
    main()
