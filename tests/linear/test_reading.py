"""What there is to read: by pages in a terminal, at one go elsewhere, clean whatever it holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from typing_extensions import override

from espace_tui.errors import Unreachable
from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import (
    CONTINUE,
    Action,
    ActionKind,
    Facts,
    Field,
    MessageList,
    Paragraph,
)
from espace_tui.journey.session import Session
from espace_tui.linear.blocks import _pages
from espace_tui.linear.speaker import clean, wrap
from espace_tui.model.grants import Message
from espace_tui.model.values import Channel
from espace_tui.validators import Advice
from tests.linear.conversation import converse
from tests.linear.fake_steps import LINE, SECRET, TICK, SmallStep, required
from tests.linear.scripted_console import ScriptedConsole

LONG = tuple(Paragraph(Text(f"terms.{number}")) for number in range(1, 7))
PROBED = Field("identifier", required("identifier.taken"), probe=True, values={"min": 8})


async def test_a_long_text_is_read_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep(LINE)
    small.block_list = LONG
    held = await converse(monkeypatch, small, ScriptedConsole(["", "", ":quit"], page=8))
    assert held.console.prompts[0].startswith("Page 1 of ")
    assert held.console.prompts[1].startswith("Page 2 of ")
    assert held.outcome == "quit"


def test_what_announces_something_stays_on_its_page() -> None:
    parts = [[f"Part {number}.", "More."] for number in range(3)]
    parts += [["Your code:"], ["AbC1 dEf2 GhI3"], ["It is valid six weeks."]]
    pages = _pages(parts, 11)
    assert [page for page in pages if page[-1][-1].endswith(":")] == []
    assert [part for page in pages for part in page] == parts


async def test_the_other_pages_may_be_left_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep(LINE)
    small.block_list = LONG
    held = await converse(monkeypatch, small, ScriptedConsole([":actions", ":quit"], page=8))
    assert held.console.prompts[1].startswith("Choice")
    assert "Demonstration. Nothing you type here" not in held.text


async def test_a_page_can_be_read_again_and_the_one_before_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = SmallStep(LINE)
    small.block_list = LONG
    held = await converse(monkeypatch, small, ScriptedConsole(["!", "", "<", "<", ":quit"], page=8))
    pages = [prompt.split(" of ")[0] for prompt in held.console.prompts[:4]]
    assert pages == ["Page 1", "Page 1", "Page 2", "Page 1"]
    assert held.text.count("This is the demonstration") == 3
    assert "there is nothing before" in held.text


async def test_the_newest_letter_is_read_first(monkeypatch: pytest.MonkeyPatch) -> None:
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    letters = [
        Message(to="z", channel=Channel.EMAIL, subject=each, sent_at=at, text=each, sender="x")
        for each in ("older", "newer")
    ]
    small = SmallStep(LINE)
    small.block_list = (MessageList(tuple(letters)),)
    held = await converse(monkeypatch, small, [":quit"])
    assert held.text.index("newer") < held.text.index("older")


PARAGRAPHS = [f"Paragraph {number}. " + "word " * 30 for number in range(1, 9)]


def letter(text: str) -> Message:
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    return Message(to="zoe", channel=Channel.EMAIL, subject="s", sent_at=at, text=text, sender="x")


async def test_a_long_letter_is_begun_and_read_whole_on_demand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = SmallStep()
    small.block_list = (MessageList((letter("\n\n".join(PARAGRAPHS)),), brief=True),)
    held = await converse(monkeypatch, small, ["2", ":quit"])
    begun, _, whole = held.text.partition("Chosen: Read the whole message")
    assert "Paragraph 4." in begun
    assert "Paragraph 5." not in begun
    assert "The rest of this message: choice “Read the whole message”." in begun
    assert all(f"Paragraph {number}." in whole for number in range(1, 9))
    assert "The rest of this message" not in whole
    assert held.console.prompts == ["Choice 1-3 (Enter: 1): ", "Choice 1-2 (Enter: 1): "]


async def test_a_few_lines_more_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep()
    small.block_list = (MessageList((letter("\n\n".join(PARAGRAPHS[:5])),), brief=True),)
    held = await converse(monkeypatch, small, [":quit"])
    assert "Paragraph 5." in held.text
    assert "The rest of this message" not in held.text


async def test_to_whom_letters_went_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep()
    small.block_list = (MessageList((letter("one"), letter("two"))),)
    held = await converse(monkeypatch, small, [":quit"])
    assert held.text.count("To: zoe") == 1
    assert held.text.count("End of message") == 1


async def test_elsewhere_it_is_read_at_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep(LINE)
    small.block_list = LONG
    held = await converse(monkeypatch, small, ScriptedConsole([":quit"], page=0))
    assert held.console.prompts == ["Provisional code: "]
    assert "Demonstration. Nothing you type here" in held.text


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[2Jgone",
        "a\rb",
        "\x07\x9b31m",
        "┌──┐│█",
        "a\u202eb\u2028c",
        "x" * 300,
        "\u200bzero\x00",
    ],
)
def test_whatever_a_service_says_is_plain_lines(text: str) -> None:
    for line in wrap(text):
        assert len(line) <= 72
        assert line.isprintable()
    assert clean(text).count("\n") == text.count("\u2028")


def test_no_line_cuts_a_number() -> None:
    said = wrap("Example: 2 55 08 14 168 025 38. Expected format: 15 digits.", width=25)
    assert said == ["Example:", "2 55 08 14 168 025 38.", "Expected format: 15", "digits."]


def test_each_line_of_a_point_stands_under_its_first() -> None:
    assert wrap("- One thing.\nAnother.", "  ") == ["- One thing.", "  Another."]
    assert wrap("One thing.\nAnother.") == ["One thing.", "Another."]


async def test_a_letter_cannot_draw_or_give_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Message(
        to="z•••@exemple.fr",
        channel=Channel.EMAIL,
        subject="\x1b]0;title\x07 ═══",
        sent_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        text="first\r\n\r\nsecond \x1b[31m" + "long " * 40,
        sender="x\n:quit",
    )
    small = SmallStep(LINE)
    small.block_list = (MessageList((drawn,)), Facts(((Text("fact.email"), "\x1b[1mbold"),)))
    held = await converse(monkeypatch, small, [":quit"])
    assert "To: z hidden @exemple.fr" in held.text


class Probing(SmallStep):
    """A step whose service has something to say of an answer, or nothing to say with."""

    def __init__(self, found: tuple[Advice, ...] | Unreachable) -> None:
        super().__init__(PROBED, TICK)
        self.found = found

    @override
    async def probe(
        self, context: StepContext, session: Session, name: str, text: str
    ) -> tuple[Advice, ...]:
        if isinstance(self.found, Unreachable):
            raise self.found
        return self.found


FREE = (Advice(Text("advice.identifier.free")),)
TAKEN = (Advice(Text("advice.identifier.taken"), "other.name"),)


@pytest.mark.parametrize(
    ("found", "answers", "kept"),
    [
        (FREE, ["my.name", "no"], "my.name"),
        (TAKEN, ["my.name", "2", "no"], "other.name"),
        (TAKEN, ["my.name", "", "no"], "my.name"),
        (Unreachable("network"), ["my.name", "no"], "my.name"),
    ],
)
async def test_what_the_service_thinks_is_said_at_once(
    monkeypatch: pytest.MonkeyPatch,
    found: tuple[Advice, ...] | Unreachable,
    answers: list[str],
    kept: str,
) -> None:
    held = await converse(monkeypatch, Probing(found), answers)
    assert held.step.submitted == [{"identifier": kept, "keep_log": False}]
    assert ("is free" in held.text) is (found is FREE)


class Recalling(SmallStep):
    """A step that the computer's keyring can fill."""

    @override
    async def fill(self, action: str, context: StepContext, session: Session) -> Mapping[str, str]:
        return {"code": "ab12", "password": "Canary-Secret-9"}


async def test_what_was_filled_in_is_said_and_secrets_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recall = Action("recall_credentials", ActionKind.FILL)
    small = Recalling(LINE, SECRET, actions=(CONTINUE, recall))
    held = await converse(monkeypatch, small, [":actions", "2", ""])
    assert "Provisional code: ab12, filled in for you." in held.text
    assert "Password: 15 characters, filled in for you." in held.text
    assert "Canary" not in held.text
    answers: Mapping[str, Any] = held.step.submitted[0]
    assert set(answers) == {"code", "password"}


async def test_a_wrong_line_at_yes_or_no_asks_again_shortly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(
        monkeypatch, SmallStep(LINE, TICK), ["ab12", ":clear", "perhaps", "no", ":quit"]
    )
    assert held.text.count("Clear all your answers") == 1
    assert held.outcome == "quit"
