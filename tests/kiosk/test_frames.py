"""Whatever a page sends, or whoever it comes from: closed with a reason, the others unharmed."""

from __future__ import annotations

import base64
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from espace_tui.kiosk import FOLDER
from tests.counter.counter_terminal import child_of, wait_until_gone
from tests.kiosk.visitor import Kiosk, serving

SECONDS = 10.0


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiosk]:
    """A kiosk for three people at a time, without a service: quick to begin."""
    home = tmp_path_factory.mktemp("kiosk") / "home"
    with serving(home, ESPACE_KIOSK_PEOPLE="3") as served:
        yield served


@contextmanager
def page(kiosk: Kiosk, token: str = "", origin: str = "") -> Iterator[ClientConnection]:
    """A page, as a script can be one."""
    offered = [Subprotocol("espace-tui"), Subprotocol(token or kiosk.token())]
    address = f"{kiosk.address.replace('http', 'ws')}/visit/en"
    with connect(
        address, origin=Origin(origin or kiosk.address), subprotocols=offered, max_size=None
    ) as link:
        yield link


def read_question(link: ClientConnection) -> dict[str, Any]:
    """Read as far as the next question."""
    while True:
        frame: dict[str, Any] = json.loads(link.recv(timeout=SECONDS))
        if "ask" in frame:
            return frame


def refused(kiosk: Kiosk, **given: str) -> str:
    """Why a page is refused."""
    with pytest.raises(InvalidStatus) as refusal:
        page(kiosk, **given).__enter__()
    assert refusal.value.response.status_code == 403
    return bytes(refusal.value.response.body).decode().strip()


def flood(link: ClientConnection) -> None:
    for _ in range(2000):
        link.send('{"touch": true}')


FRAMES: dict[str, tuple[Callable[[ClientConnection], None], int]] = {
    "not JSON": (lambda link: link.send("{"), 1008),
    "10 MB": (lambda link: link.send("x" * 10_000_000), 1009),
    "a flood": (flood, 1008),
}
"""A few of those in test_connection, to a real process."""


@pytest.fixture(scope="module")
def other(kiosk: Kiosk) -> Iterator[ClientConnection]:
    """Somebody else, who is served meanwhile."""
    with page(kiosk) as link:
        read_question(link)
        yield link


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_of_no_page_closes_with_a_reason_and_harms_nobody(
    name: str, kiosk: Kiosk, other: ClientConnection
) -> None:
    send, code = FRAMES[name]
    with page(kiosk) as link:
        read_question(link)
        with suppress(ConnectionClosed):  # refused before it was all sent
            send(link)
        with pytest.raises(ConnectionClosed) as closed:
            list(iter(partial(link.recv, timeout=SECONDS), None))
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, bool(closed.value.rcvd.reason)) == (code, True)
    other.send('{"touch": true}')
    other.ping().wait(SECONDS)


def test_a_page_of_another_origin_a_used_token_or_none_is_refused(kiosk: Kiosk) -> None:
    assert refused(kiosk, origin="https://evil.example") == "not our Origin"
    assert "token" in refused(kiosk, token="0" * 64)
    token = kiosk.token()
    with page(kiosk, token=token) as link:
        read_question(link)
        assert "token" in refused(kiosk, token=token)


def test_two_answers_to_one_question_are_one(kiosk: Kiosk) -> None:
    with page(kiosk) as link:
        question = read_question(link)
        for _ in range(3):
            link.send(json.dumps({"answer": "?", "to": question["ask"]}))
        assert read_question(link)["ask"] == 2
        link.send(json.dumps({"answer": "?", "to": 1}))
        with pytest.raises(TimeoutError):
            link.recv(timeout=0.3)


def test_half_open_connections_and_endless_heads_shut_nobody_out(kiosk: Kiosk) -> None:
    place = ("localhost", int(kiosk.address.rpartition(":")[2]))
    halves = [socket.create_connection(place) for _ in range(40)]
    for half in halves:
        half.send(b"GET / HTTP/1.1\r\nHost: ")
    endless = socket.create_connection(place)
    endless.send(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
    begun = time.monotonic()
    with endless, pytest.raises((ConnectionResetError, BrokenPipeError)):
        list(iter(partial(endless.send, b"x" * 4096), 0))
    assert time.monotonic() - begun < 5  # for its size, not for its slowness
    with page(kiosk) as link:
        read_question(link)
    for half in halves:
        half.close()


def test_a_line_that_is_cut_without_a_word_ends_the_process(kiosk: Kiosk) -> None:
    """Reset, in the middle of a frame."""
    with page(kiosk) as link:
        read_question(link)
        person = max(people(kiosk))
        link.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        link.socket.send(b"\x81\xfe")
        link.socket.close()
        assert wait_until_gone(person, within=2) < 2


def people(kiosk: Kiosk) -> list[int]:
    path = Path(f"/proc/{kiosk.pid}/task/{kiosk.pid}/children")
    return [int(each) for each in path.read_text().split()]


def test_a_parent_that_is_killed_takes_everybody_along(tmp_path: Path) -> None:
    with serving(tmp_path / "home") as kiosk, page(kiosk) as link:
        read_question(link)
        person = child_of(kiosk.pid)
        assert folders(kiosk) == 1
        kiosk.process.kill()
        assert wait_until_gone(person, within=2) < 2
        assert folders(kiosk) == 0


def folders(kiosk: Kiosk) -> int:
    """How many people's folders there are in the temporary one."""
    return len(list(kiosk.home.glob(f"{FOLDER}*")))


def test_the_process_of_a_person_is_given_what_it_needs_and_no_more(tmp_path: Path) -> None:
    canary = {"SECRET_CANARY": "x", "LC_TIME": "fr_FR.UTF-8"}
    with serving(tmp_path / "home", **canary) as kiosk, page(kiosk) as link:
        read_question(link)
        process = Path(f"/proc/{child_of(kiosk.pid)}")
        given = process.joinpath("environ").read_bytes()
        assert b"LC_TIME=fr_FR.UTF-8" in given
        assert b"SECRET_CANARY" not in given
        opened = set()
        for each in process.joinpath("fd").iterdir():
            with suppress(
                FileNotFoundError
            ):  # one that was closed meanwhile: it imports what follows
                opened.add(str(each.readlink()))
        assert opened
        assert not [each for each in opened if str(kiosk.home) in each]


def test_only_this_computer_can_reach_it(kiosk: Kiosk) -> None:
    port = int(kiosk.address.rpartition(":")[2])
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    bound = [line.split()[1] for line in lines if line.split()[3] == "0A"]
    assert [each for each in bound if each.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


def test_a_handshake_that_is_none_is_refused(kiosk: Kiosk) -> None:
    place = ("localhost", int(kiosk.address.rpartition(":")[2]))
    key = base64.b64encode(os.urandom(16)).decode()
    host = kiosk.address.removeprefix("http://")
    for path, name in (("/visit/xx", host), ("/visit/fr", "evil.example"), ("/", host)):
        with socket.create_connection(place, timeout=SECONDS) as link:
            link.sendall(
                f"GET {path} HTTP/1.1\r\nHost: {name}\r\nOrigin: {kiosk.address}\r\n"
                f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                f"Sec-WebSocket-Protocol: espace-tui, {kiosk.token()}\r\n"
                "Sec-WebSocket-Version: 13\r\n\r\n".encode()
            )
            assert link.recv(4096).startswith(b"HTTP/1.1 403")


def test_nobody_is_left_at_the_end(kiosk: Kiosk, other: ClientConnection) -> None:
    other.close()
    deadline = time.monotonic() + 2
    while people(kiosk):
        assert time.monotonic() < deadline
        time.sleep(0.02)
