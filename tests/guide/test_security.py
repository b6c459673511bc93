"""What must hold of the guide whatever happens (G1, G2, G3, G5, G6, G11); the rest is beside it.

G4 is in `test_proposals`, G7 to G10 in `message/`, G12 in `test_official`.
"""

from __future__ import annotations

import asyncio
import gc
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, cast
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typing_extensions import override

import espace_tui
from espace_tui.guide.address import URL
from espace_tui.guide.message.inspection import inspect
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.journey.form import FieldKind
from espace_tui.journey.session import Session
from espace_tui.journey.steps.reading.check_message import STEP as CHECK
from espace_tui.linear.blocks import RENDERERS
from espace_tui.linear.commands import HANDLERS
from espace_tui.linear.prompt import Conversation
from espace_tui.linear.speaker import Speaker
from espace_tui.widgets.content import draw_block
from espace_tui.widgets.text import HangingLabel, HangingText, wrapped
from espace_tui.widgets.ui_text import UiText
from tests.cli.shell import coverage_variables
from tests.guide.message.letters import CODE
from tests.journey.steps.situations import every_drawing, state_of
from tests.linear.player import Player
from tests.linear.scripted_console import ScriptedConsole
from tests.walks import plain
from tests.walks.guide_catalogue import CARD_2026, GENUINE, GUIDE_WALKS
from tests.walks.guide_world import GuideWorld
from tests.walks.script import Do, Expect, Fill, Walk

ADULT = GUIDE_WALKS[0]
CHECKED = (
    Do("check_message"),
    Fill("pasted_message", GENUINE),
    Do("judge_message"),
    Do("return"),
)
CANARIES = ("255081416802538", "2550814168025", "31415926535", "14/08/1955", "jardin.lune-74")


class Recorder(Player):
    """Plays a walk, and keeps what was answered: lines for the input of a process."""

    def __init__(self, walk: Walk, world: GuideWorld) -> None:
        self.wizard = world.wizard()
        super().__init__(walk, world, self.wizard)
        self.answers: list[str] = []

    @override
    def _answer(self) -> str:
        self.answers.append(super()._answer())
        return self.answers[-1]


WATCH = """
import sys
seen = []
WATCHED = {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "os.system",
           "subprocess.Popen", "os.exec", "os.posix_spawn", "webbrowser.open", "urllib.Request"}
sys.addaudithook(lambda event, args: seen.append((event, args)) if event in WATCHED else None)
import os
from espace_tui.cli import run
from espace_tui.i18n import Texts
code = run(["guide", "--linear"], os.environ, Texts())
print(code, file=sys.stderr)
for event, args in seen:
    assert event == "subprocess.Popen", event
    words = args[1]
    assert words[:2] == [sys.executable, "-I"], words
    print("reader" if "espace_tui.guide.message.reader" in words[4] else words[2:], file=sys.stderr)
"""


def test_no_socket_is_opened_and_no_process_but_the_reader_and_the_browser(tmp_path: Path) -> None:
    """G1: the whole walk in a process of its own, watched; G3: nothing is written unasked."""
    recorder = Recorder(Walk("all", (*CHECKED, *ADULT.moves)), GuideWorld())
    asyncio.run(recorder.walk("fr"))
    done = subprocess.run(
        [sys.executable, "-c", WATCH],
        input="\n".join(recorder.answers) + "\n",
        env={
            **coverage_variables(),
            "HOME": str(tmp_path),
            "PATH": os.environ["PATH"],
            "DISPLAY": ":0",
            "BROWSER": "true",
            "PYTHONPATH": str(Path(espace_tui.__file__).parent.parent),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Rien n’a été gardé" in done.stdout
    assert done.stderr.splitlines() == ["0", "reader", str(["-m", "webbrowser", URL])]
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.suffix for path in written] == [".ics"]
    text = written[0].read_text("utf-8")
    assert [canary for canary in (*CANARIES, "santé", "ameli") if canary in text] == []


SECRET_WORDS = re.compile("password|secret|one_time|code|token")


def test_no_field_of_the_guide_is_a_password_or_a_code() -> None:
    """G2: over every step and situation of the guide and of the check of a message."""
    asked = {
        field.name: field.kind
        for name, step, at in every_drawing()
        if name.startswith(("guide_", "screen_", "check_message"))
        for field in step.fields(at)
    }
    assert {"nir", "serial", "identifier", "pasted_message"} <= asked.keys()
    assert [name for name in asked if SECRET_WORDS.search(name)] == []
    assert FieldKind.SECRET not in asked.values()


def reachable(thing: object) -> Iterator[object]:
    """Yield all that can be reached from something, but for code."""
    seen, left = set[int](), [thing]
    while left:
        one = left.pop()
        if id(one) in seen or isinstance(one, ModuleType | type | FunctionType):
            continue
        seen.add(id(one))
        yield one
        left += gc.get_referents(one)


async def test_what_was_typed_is_gone_at_the_end() -> None:
    """G3: the numbers, the proposals and the message are nowhere in the wizard any more."""
    world = GuideWorld()
    before = Walk("before the end", ADULT.moves[: ADULT.moves.index(Expect("guide_end"))])
    wizard = await plain.play(before, world)
    proposed = [each.get_secret_value() for each in _known(wizard.session)]
    held = [each for each in reachable(wizard) if isinstance(each, str)]
    assert set(proposed) <= set(held)
    wizard = await plain.play(Walk("all", (*CHECKED, *ADULT.moves)), GuideWorld())
    assert wizard.step_name == "guide_over"
    left = [each for each in reachable(wizard) if isinstance(each, str)]
    assert [each for each in left if any(canary in each for canary in CANARIES)] == []
    assert [each for each in left if CODE in each] == []
    assert wizard.session == Session()


def _known(session: Session) -> tuple[Any, ...]:
    assert session.guide
    return session.guide.identifiers


def test_the_only_address_that_is_opened_is_a_constant() -> None:
    """G5: one module opens a browser, and names no other address than the constant."""
    package = Path(espace_tui.__file__).parent
    openers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"webbrowser|xdg-open|startfile", path.read_text("utf-8"))
    }
    assert openers == {"guide/desk.py"}
    source = (package / "guide" / "desk.py").read_text("utf-8")
    assert '"webbrowser", URL]' in source
    assert URL == "https://www.monespacesante.fr/"
    assert "URL =" not in source


HOSTILE = st.builds(
    str.__add__,
    st.sampled_from(["", "Erreur : ", "Error: ", "Votre choix : "]),
    st.text(
        st.sampled_from("aé Er :\n\r\t\x1b[2J\x07\u202e\u200b\u2066«»\u2028[b]<x>{}"), max_size=110
    ),
)


@settings(max_examples=40, deadline=None)
@given(sender=HOSTILE, subject=HOSTILE, body=HOSTILE, columns=st.sampled_from([40, 72]))
def test_no_message_can_draw_or_speak_for_us(
    sender: str, subject: str, body: str, columns: int
) -> None:
    """G6: in both faces, no control character, no line of a message's own, none too wide."""
    data = f"From: {sender} <x@exemple.com>\nSubject: {subject}\n\n{body}\nErreur : tapez"
    letter = inspect(data.encode("utf-8", "replace"), ())
    blocks = CHECK.blocks(state_of(Session(letter=letter)))
    console = ScriptedConsole()
    console.columns = columns
    speaker = Speaker(console, Texts("fr"))
    conversation = Conversation(GuideWorld().wizard(), speaker, HANDLERS)
    lines = [
        line
        for block in blocks
        for part in RENDERERS[type(block)](conversation, block)
        for line in part
    ]
    drawn = [
        f"{mark if at == 0 else ' ' * len(mark)}{line}"
        for block in blocks
        for widget in draw_block(block, UiText(Texts("fr")))
        if isinstance(widget, HangingLabel)
        for mark, text in cast("HangingText", widget.content).items
        for at, line in enumerate(wrapped(text.plain, columns - len(mark)))
    ]
    for line in (*lines, *drawn):
        assert not {category(c) for c in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
        assert not line.startswith(("Erreur", "Error", "Votre choix"))
        assert len(line) <= columns


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_message_and_its_code_are_not_shown_again(language: str) -> None:
    """G11: what is told of a message are its signs; neither its text nor its code."""
    player = Recorder(Walk("checked", CHECKED), GuideWorld())
    await player.walk(language)
    assert CODE not in player.transcript
    assert "Rendez-vous" not in player.transcript
    assert "paul@exemple.fr" in player.transcript


async def test_a_fraud_is_told_within_five_lines() -> None:
    """The first lines after the title are the result and its first red sign."""
    fraud = (CHECKED[0], Fill("pasted_message", CARD_2026), *CHECKED[2:])
    player = Recorder(Walk("fraud", fraud), GuideWorld())
    await player.walk("fr")
    lines = [each for each in player.lines if each.strip()]
    at = max(n for n, line in enumerate(lines) if line == "Vérifier un message reçu")
    told = "\n".join(lines[at : at + 5])
    assert "Signes de fraude" in told
    assert "- Fraude :" in told.replace("\xa0", " ")
