"""A terminal screen reader, yasr, between a person and the assistant; its speech is kept.

yasr stands between the terminal and the program, follows the cursor and says what is written, to a
speech program: here one that writes down what it is told, in the words of an Emacspeak server.
``python -m tests.linear.console.screen_reader`` writes again what is heard of the demonstration.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from typing_extensions import override

from tests.linear.console.terminal_session import TerminalSession
from tests.linear.console.test_terminal import DEMO, to_the_space

HEARD = Path(__file__).parents[3] / "docs" / "transcripts" / "heard-line-by-line.fr.txt"
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
needs_yasr = pytest.mark.skipif(
    not shutil.which("yasr"),
    reason="yasr, a terminal screen reader, is not on this machine (Debian package of this name)",
)


class ScreenReaderSession(TerminalSession):
    """A session through a screen reader."""

    def __init__(
        self, home: Path, command: Sequence[str] = DEMO, terminal: Mapping[str, str] | None = None
    ) -> None:
        self._place = TemporaryDirectory(prefix="y")  # a long path is too much for yasr
        place = Path(self._place.name)
        self._log = place / "log"
        self._log.touch()
        speech = self._script(place / "speech", f"exec cat >> {self._log}")
        shell = self._script(place / "program", f"exec {' '.join(command)}")
        configuration = place / "conf"
        configuration.write_text(CONFIGURATION.format(speech=speech, shell=shell), "utf-8")
        words = ("yasr", "-C", str(configuration))
        super().__init__(home, terminal or {"TERM": "linux", "LC_ALL": "C.UTF-8"}, words, size=60)

    @override
    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        self._place.cleanup()

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
        last = "".join(words.split())[-8:]
        while last not in "".join("".join(self.said).split()):
            self.child.expect([self.TIMEOUT], timeout=0.05)


def hear_the_demonstration(home: Path) -> tuple[list[str], str]:
    """Go through the whole journey; return what was spoken, and what the terminal was given."""
    with ScreenReaderSession(home) as person:
        to_the_space(person)
        person.answer("Choix 1-", "1")
        person.answer("Déconnexion réussie", ":quitter")
        person.expect("Au revoir. L’assistant ne garde rien de ce que vous avez saisi.")
        return person.said, person.lines


def main() -> None:
    """Write what is heard."""
    with TemporaryDirectory() as home:
        said, _ = hear_the_demonstration(Path(home))
    HEARD.parent.mkdir(exist_ok=True)
    HEARD.write_text(CODES.sub(lambda code: "#" * len(code[0]), "\n".join(said)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
