"""The connection of one person, over a pair of sockets: frames, time, and every end."""

from __future__ import annotations

import json
import os
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Self

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import OPEN
from websockets.uri import parse_uri

from espace_tui.i18n import Texts
from espace_tui.idle import IdleLimits, IdleWatch
from espace_tui.kiosk.connection import PageConnection, Patience
from espace_tui.kiosk.console import WORDS, PageConsole
from espace_tui.kiosk.speaker import PageSpeaker
from espace_tui.linear.console.port import LineMask

SECONDS = 5.0
LONG = IdleLimits(300, 600)


class Page:
    """The other side: a page that a script drives, and the connection it talks with."""

    def __init__(self, limits: IdleLimits = LONG, patience: Patience | None = None) -> None:
        self.link, self.other = socket.socketpair()
        self.link.settimeout(SECONDS)
        self.protocol = ClientProtocol(parse_uri("ws://localhost/"), state=OPEN)
        self.left = threading.Event()
        self.texts = Texts("fr")
        self.parent, self._writing = os.pipe()
        self.watch = IdleWatch(limits)
        self.connection = PageConnection(
            self.other, self.watch, self.texts, patience=patience, leave=self.left.set
        )
        self._reading = self.connection.start(self.parent)
        self._events: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """Go, and see that the other side noticed."""
        self.link.close()
        assert self.left.wait(SECONDS)
        self._reading.join(SECONDS)
        self.other.close()
        os.close(self.parent)
        if self._writing >= 0:
            os.close(self._writing)

    def kill_the_parent(self) -> None:
        os.close(self._writing)
        self._writing = -1

    def listen(self, seconds: float) -> None:
        """Answer for some time when asked whether it is there."""
        end = time.monotonic() + seconds
        self.link.settimeout(0.05)
        while time.monotonic() < end:
            with suppress(TimeoutError):
                self._receive()

    def send(self, text: str) -> None:
        self.protocol.send_text(text.encode())
        self.flush()

    def say(self, **frame: object) -> None:
        self.send(json.dumps(frame))

    def flush(self) -> None:
        self.link.sendall(b"".join(self.protocol.data_to_send()))

    def read(self) -> dict[str, Any]:
        """Read the next frame, but for those that only ask whether one is there."""
        while True:
            event = self._event()
            if event.opcode is Opcode.TEXT:
                frame: dict[str, Any] = json.loads(bytes(event.data))
                return frame
            assert event.opcode is not Opcode.CLOSE, Close.parse(event.data)

    def close(self) -> Close:
        """Read as far as the end; return its code and reason."""
        while True:
            event = self._event()
            if event.opcode is Opcode.CLOSE:
                return Close.parse(event.data)

    def _receive(self) -> None:
        self.protocol.receive_data(self.link.recv(65536))
        self._events += self.protocol.events_received()
        self.flush()  # pongs

    def _event(self) -> Frame:
        while not self._events:
            self._receive()
        event = self._events.pop(0)
        assert isinstance(event, Frame)
        return event


@pytest.fixture
def page() -> Iterator[Page]:
    with Page() as shown:
        yield shown


def in_two(page: Page) -> None:
    page.protocol.send_text(b'{"touch"', fin=False)
    page.protocol.send_continuation(b": true}", fin=True)
    page.flush()


def binary(page: Page) -> None:
    page.protocol.send_binary(b"\x00")
    page.flush()


def flood(page: Page) -> None:
    for _ in range(400):
        page.say(touch=True)


FRAMES: dict[str, tuple[Callable[[Page], None], int]] = {
    "not JSON": (lambda page: page.send("{"), 1008),
    "deep": (lambda page: page.send("[" * 15_000), 1008),
    "no object": (lambda page: page.send("1"), 1008),
    "empty": (lambda page: page.send("{}"), 1008),
    "an unknown name": (lambda page: page.say(run=True), 1008),
    "a name too many": (lambda page: page.say(touch=True, x=1), 1008),
    "another kind": (lambda page: page.say(answer=1, to=1), 1008),
    "a number for yes": (lambda page: page.say(touch=1), 1008),
    "binary": (binary, 1008),
    "in two": (in_two, 1008),
    "20 kB": (lambda page: page.send("x" * 20_001), 1009),
    "a flood": (flood, 1008),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_of_no_page_closes_with_a_reason(name: str, page: Page) -> None:
    send, code = FRAMES[name]
    send(page)
    told = page.close()
    assert (told.code, bool(told.reason)) == (code, True)


def test_one_answer_is_taken_for_each_question(page: Page) -> None:
    answers: list[str] = []

    def ask_twice() -> None:
        answers.extend(page.connection.ask(prompt=each) for each in ("one", "two"))

    asking = threading.Thread(target=ask_twice)
    asking.start()
    assert page.read() == {"ask": 1, "prompt": "one"}
    for words in ("first", "again"):  # both at once
        page.protocol.send_text(json.dumps({"answer": words, "to": 1}).encode())
    page.flush()
    assert page.read() == {"ask": 2, "prompt": "two"}
    page.say(answer="late", to=1)
    page.say(answer="second", to=2)
    asking.join(SECONDS)
    assert answers == ["first", "second"]


def test_what_the_next_answers_need_is_prepared_once_while_the_first_question_is_read(
    page: Page,
) -> None:
    prepared: queue.SimpleQueue[str] = queue.SimpleQueue()
    page.connection.while_read = lambda: prepared.put(threading.current_thread().name)

    def ask_twice() -> None:
        for each in ("one", "two"):
            page.connection.ask(prompt=each)

    asking = threading.Thread(target=ask_twice)
    asking.start()
    for number in (1, 2):
        assert page.read()["ask"] == number
        assert number == 2 or prepared.get(timeout=SECONDS) == "preload"
        page.say(answer="", to=number)
    asking.join(SECONDS)
    assert prepared.empty()


def test_waiting_can_be_given_up(page: Page) -> None:
    page.say(cancel=True)
    given_up = threading.Event()
    console = PageConsole(page.connection, page.texts)
    with console.cancellable(given_up.set):
        page.say(cancel=True)
        assert given_up.wait(SECONDS)


def test_the_end_is_told_then_the_connection_is_closed(page: Page) -> None:
    page.connection.close("finished")
    assert page.read() == {"end": "finished"}
    assert page.close().code == 1000
    page.connection.send(say="too late")
    assert page.left.is_set()


@pytest.mark.parametrize("end", ["closed", "reset", "parent"])
def test_a_page_or_a_parent_that_is_gone_ends_the_process(end: str) -> None:
    with Page() as page:
        if end == "parent":
            page.kill_the_parent()
        elif end == "reset":
            page.other.shutdown(socket.SHUT_RDWR)
        else:
            page.link.close()
        assert page.left.wait(SECONDS)


def test_a_page_that_answers_no_more_is_held_to_be_gone() -> None:
    with Page(patience=Patience(ask=0.05, lost=0.4)) as page:
        page.listen(0.6)
        assert not page.left.is_set()
        assert page.left.wait(SECONDS)  # it does not listen any more
    assert (Patience().ask, Patience().lost) == (5.0, 15.0)


def test_a_page_that_is_gone_is_not_waited_for_until_the_next_question() -> None:
    with Page(patience=Patience(ask=SECONDS, lost=0.2)) as page:
        assert page.left.wait(SECONDS / 2)


def test_a_page_that_nobody_touches_is_warned_about_once_hidden_and_erased() -> None:
    with Page(IdleLimits(hide=0.6, erase=0.4, warning=0.4)) as page:
        assert "Toujours là" in page.read()["warn"]
        page.say(touch=True)
        assert "Toujours là" in page.read()["warn"]
        assert "Écran masqué" in page.read()["hide"]
        page.say(answer="unread", to=0)
        page.say(touch=True)  # what is hidden stays so
        page.say(resume=True)
        assert page.read() == {"show": True}
        page.say(resume=True)  # it is shown already
        page.say(hide=True)
        assert "Écran masqué" in page.read()["hide"]
        assert page.read() == {"end": "erased"}
        assert page.close().code == 1000
        assert page.left.wait(SECONDS)


# --- what is said in it


def test_paragraphs_are_whole_and_choices_are_buttons(page: Page) -> None:
    console = PageConsole(page.connection, page.texts)
    speaker = PageSpeaker(console, page.texts, "normal")
    speaker.write("- " + "mot " * 60)
    speaker.begin_block()
    speaker.write_choice("1. Oui", "c’est mieux")
    speaker.write_choice("2. Non")
    speaker.say_error("linear.choice.enter")
    assert set(page.read()["words"]) == set(WORDS)
    assert page.read() == {"apart": False, "say": "mot " * 60, "tone": "item"}
    choices = [page.read(), page.read()]
    assert [(each["choice"], each["label"], each["about"]) for each in choices] == [
        ("1", "1. Oui", "c’est mieux"),
        ("2", "2. Non", ""),
    ]
    assert page.read()["tone"] == "error"


def test_choices_hold_until_another_question_is_asked(page: Page) -> None:
    console = PageConsole(page.connection, page.texts)
    open_lists: list[int] = []

    def converse() -> None:
        console.write_choice("1. Oui", "")
        for prompt in ("Choix ?", "Choix ?", "Nom ?"):
            console.read_line(prompt)
        console.write_choice("1. Non", "")
        console.read_line("Choix ?")

    talk = threading.Thread(target=converse)
    talk.start()
    while len(open_lists) < 4:
        frame = page.read()
        if "ask" in frame:
            open_lists.append(frame["list"])
            page.say(answer="x", to=frame["ask"])
    talk.join(SECONDS)
    assert open_lists == [1, 1, 0, 2]


def test_an_answer_is_said_back_masked_and_a_command_is_not(page: Page) -> None:
    console = PageConsole(page.connection, page.texts)
    mask = LineMask(lambda text: "•••• 38" if text == "2550838" else text)
    got: list[str] = []

    def read() -> None:
        got.extend(console.read_line("Numéro :", "", mask) for _ in range(4))

    reading = threading.Thread(target=read)
    reading.start()
    said = []
    for line in ("?", ":aide", "", "2550838"):
        while "ask" not in (frame := page.read()):
            said += [frame] if "say" in frame else []
        assert frame["masked"]
        page.say(answer=line, to=frame["ask"])
    said.append(page.read())
    reading.join(SECONDS)
    assert got == ["?", ":aide", "", "2550838"]
    assert said == [{"apart": False, "say": "Numéro : masqué 38", "tone": "answer"}]


@pytest.mark.parametrize(
    ("many_lines", "sent", "line", "rest"),
    [
        (False, "un\ndeux", "un deux", ""),
        (True, " un\r\ndeux\ntrois ", "un", "deux\ntrois"),
    ],
)
def test_a_pasted_text_is_a_line_and_the_rest(
    page: Page, sent: str, line: str, rest: str, *, many_lines: bool
) -> None:
    console = PageConsole(page.connection, page.texts)
    speaker = PageSpeaker(console, page.texts, "short")
    speaker.expect((("", "Suite"),), many_lines=many_lines)
    got: list[str] = []

    def read() -> None:
        with console as entered:
            got.append(entered.read_line("Message ?"))
            got.append(entered.rest_of_paste(bool))
            got.append(entered.rest_of_paste(bool))

    reading = threading.Thread(target=read)
    reading.start()
    page.read()
    question = page.read()
    assert (question["lines"], question["quick"]) == (many_lines, [["", "Suite"]])
    page.say(answer=sent, to=1)
    reading.join(SECONDS)
    assert got == [line, rest, ""]
