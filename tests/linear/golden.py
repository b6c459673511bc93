"""The transcripts kept in `locale/`: ``python -m tests.linear.golden`` writes them again.

A transcript is what a person reads and types, in order; what chance decides is replaced.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from typing_extensions import override

from espace_tui.activation.mail.deliveries.maildir import Maildir
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.journey.wizard import Wizard
from espace_tui.linear import Speaker, run, waiting
from espace_tui.model.grants import Message
from tests.linear.journeys import JOURNEYS, Journey, Line
from tests.linear.scripted_console import ScriptedConsole
from tests.walks.script import Walk
from tests.walks.worlds import embedded

GOLDEN_FILES = Path(__file__).parent / "locale"
ENDS = re.compile(r"((?:Code provisoire|Provisional code) ?: (?:masqué|hidden)) \w\w")
CODES = re.compile(r"\b[0-9A-Za-z]{12}\b|\b[0-9]{6}\b")


def delivered_messages(folder: Path) -> tuple[Message, ...]:
    """Return what the embedded backend of a folder delivered; a console may not await."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(
            lambda: asyncio.run(Maildir(folder / "data" / "inbox").messages())
        ).result()


class Typist(ScriptedConsole):
    """A console that types a journey; `read` is what one reads, with what was typed."""

    def __init__(self, journey: Journey, folder: Path) -> None:
        super().__init__()
        self._typed: list[Line] = [*journey.before, *journey.typed]
        self._before = len(journey.before)
        self._folder = folder
        self.output: list[str] = []

    @override
    def write_line(self, line: str) -> None:
        super().write_line(line)
        self.output.append(line)

    @override
    def _answer(self) -> str:
        if not self._before:
            self.output.clear()
        self._before -= 1
        if not self._typed:
            raise EOFError
        line = self._typed.pop(0)
        typed = line if isinstance(line, str) else line(delivered_messages(self._folder))
        self.output.append(self.prompts[-1] + ("(hidden)" if self.secret and typed else typed))
        return typed


async def transcript(journey: Journey, language: str, folder: Path) -> tuple[str, Typist]:
    """Hold a journey's conversation and return what one reads."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    async with embedded(folder, Walk(journey.name, ())) as world:
        typist = Typist(journey, folder)
        await run(Wizard(world.context()), Speaker(typist, Texts(language)))
        chance = {code for m in delivered_messages(folder) for code in CODES.findall(m.text)}
    text = "\n".join(typist.output) + "\n"
    for code in chance:
        text = text.replace(code, "#" * len(code))
    return ENDS.sub(r"\1 ##", text), typist


def path(journey: Journey, language: str) -> Path:
    """Return where a transcript is kept."""
    return GOLDEN_FILES / language / f"{journey.name}.txt"


def main() -> None:
    """Write every transcript again, however busy the machine is."""
    waiting.QUIET_SECONDS = 60
    for language in LANGUAGES:
        (GOLDEN_FILES / language).mkdir(parents=True, exist_ok=True)
    for journey in JOURNEYS:
        for language in LANGUAGES:
            with TemporaryDirectory() as folder:
                text, _ = asyncio.run(transcript(journey, language, Path(folder)))
            path(journey, language).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
