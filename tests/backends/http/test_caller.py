"""One call: its deadline, what it tries again, what each answer means."""

from __future__ import annotations

import asyncio
import sys
import time
from subprocess import run

import pytest

from espace_tui import __version__
from espace_tui.backends.http import HttpBackend, open_backend
from espace_tui.backends.http.idempotency_keys import IdempotencyKeys
from espace_tui.backends.http.request import HttpRequest
from espace_tui.errors import ExpectedError, Refused, Unreachable
from espace_tui.model.grants import Flow
from espace_tui.model.values import Channel
from espace_tui.wire.problems import MEDIA_TYPE, Code
from tests.backends.http.saying import (
    FixedAnswerService,
    backend_to,
    key_of,
    listening,
    problem,
    problem_service,
)


async def asked(backend: HttpBackend) -> ExpectedError:
    with pytest.raises(ExpectedError) as caught:
        await backend.sign_in.open("someone", "secret", Channel.SMS)
    return caught.value


REFUSALS = [
    Code.REFUSED,
    Code.SESSION_EXPIRED,
    Code.STEP_NOT_PENDING,
    Code.FLOW_EXPIRED,
    Code.STALE_REVISION,
    Code.TOO_MANY_ATTEMPTS,
    Code.SEND_LATER,
]


@pytest.mark.parametrize("code", REFUSALS)
async def test_a_refusal_is_told_with_its_code(code: Code) -> None:
    service = problem_service(code, wait=30, attempts_left=2)
    async with backend_to(service) as backend:
        error = await asked(backend)
    assert isinstance(error, Refused)
    assert (error.code, error.wait, error.attempts_left) == (code.value, 30, 2)
    assert len(service.requests) == 1


async def test_a_field_is_told_with_its_code() -> None:
    wrong = [{"field": "identifier", "code": "identifier.taken"}]
    async with backend_to(problem_service(Code.INVALID_FIELDS, errors=wrong)) as backend:
        error = await asked(backend)
    assert isinstance(error, Refused)
    assert (error.code, error.field) == ("identifier.taken", "identifier")


JSON = {"content_type": "application/json"}
NOT_ANSWERS = {
    "a redirect": (FixedAnswerService(307, b"", location="http://127.0.0.1:9/"), "network"),
    "a page": (FixedAnswerService(200, b"<p>", content_type="text/html"), "network"),
    "not the answer": (FixedAnswerService(200, b"{}", **JSON), "network"),
    "not json": (FixedAnswerService(200, b"{", **JSON), "network"),
    "an endless answer": (FixedAnswerService(200, b" " * 300_000, **JSON), "network"),
    "another status": (FixedAnswerService(409, problem(Code.REFUSED)), "network"),
    "an unknown code": (FixedAnswerService(401, b'{"code": "x"}'), "network"),
    "a gateway": (FixedAnswerService(502, b"", content_type="text/html"), "busy"),
    "busy": (problem_service(Code.BUSY), "busy"),
    "busy for long": (problem_service(Code.BUSY, wait=60), "busy"),
    "a failure": (problem_service(Code.FAILURE), "busy"),
    "not that way": (problem_service(Code.METHOD_NOT_ALLOWED), "network"),
    "a reused key": (problem_service(Code.KEY_REUSED), "network"),
    "not http": (FixedAnswerService(999999, b""), "network"),
}


@pytest.mark.parametrize("what", NOT_ANSWERS)
async def test_what_is_no_answer_is_unreachable(what: str) -> None:
    service, code = NOT_ANSWERS[what]
    async with backend_to(service) as backend:
        error = await asked(backend)
    assert isinstance(error, Unreachable)
    assert error.code == code


async def test_a_request_says_who_asks_in_which_language_and_wants_it_plain() -> None:
    """Plain: a small compressed answer could become an endless one."""
    service = problem_service(Code.REFUSED)
    async with listening(service) as port:
        backend = open_backend({"url": f"http://127.0.0.1:{port}", "language": "en"})
        await asked(backend)
        await backend.aclose()
    lines = service.requests[0].decode().lower().split("\r\n")
    assert f"user-agent: espace-tui/{__version__}" in lines
    assert "accept-language: en" in lines
    assert "accept-encoding: identity" in lines
    assert f"accept: application/json, {MEDIA_TYPE}" in lines


async def test_a_redirect_is_not_followed() -> None:
    """What is sent is for the service that was named: nobody else may be told it."""
    elsewhere = problem_service(Code.REFUSED)
    async with listening(elsewhere) as port:
        sends_on = FixedAnswerService(307, b"", location=f"http://127.0.0.1:{port}/")
        async with backend_to(sends_on) as backend:
            assert (await asked(backend)).code == "network"
    assert sends_on.requests
    assert elsewhere.requests == []


async def test_nobody_there_is_told_soon() -> None:
    backend = open_backend({"url": "http://127.0.0.1:9", "timeout": "5"})
    began = time.monotonic()
    assert (await asked(backend)).code == "network"
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("pause", [0.01, 0.2])
async def test_a_slow_drip_does_not_outlive_the_deadline(pause: float) -> None:
    """S30: each byte comes in time, the whole never does."""

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n")
        while True:
            writer.write(b"x: y\r\n")
            await writer.drain()
            await asyncio.sleep(pause)

    async with backend_to(drip, 0.5) as backend:
        began = time.monotonic()
        error = await asked(backend)
        assert time.monotonic() - began < 0.8
    assert isinstance(error, Unreachable)
    assert error.code == "timeout"


async def test_busy_is_asked_again_when_it_is_worth_it() -> None:
    """With the same key, no sooner than was said."""
    service = problem_service(Code.BUSY, wait=1)
    async with backend_to(service, 2.5) as backend:
        began = time.monotonic()
        error = await asked(backend)
        assert 1.9 < time.monotonic() - began < 2.6
    assert error.code == "busy"
    assert len(service.requests) == 3
    assert len(set(service.keys)) == 1


async def test_busy_for_longer_than_the_deadline_is_told_at_once() -> None:
    async with backend_to(problem_service(Code.BUSY, wait=60), 5) as backend:
        began = time.monotonic()
        assert (await asked(backend)).code == "busy"
        assert time.monotonic() - began < 2


async def test_a_key_lives_until_a_definitive_answer() -> None:
    busy = problem_service(Code.BUSY, wait=60)
    async with backend_to(busy) as backend:
        for _ in range(2):
            await asked(backend)
    assert len(busy.keys) == 2
    assert len(set(busy.keys)) == 1
    refused = problem_service(Code.REFUSED)
    async with backend_to(refused) as backend:
        for _ in range(2):
            await asked(backend)
    assert len(set(refused.keys)) == 2


async def test_a_wait_that_is_given_up_keeps_its_key() -> None:
    """The person stopped waiting, then asks again: it may have been done meanwhile."""
    heard: asyncio.Queue[bytes] = asyncio.Queue()

    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        heard.put_nowait(await reader.readuntil(b"\r\n\r\n"))
        await asyncio.sleep(3600)

    async with backend_to(silent, 5) as backend:
        keys = []
        for _ in range(2):
            waiting = asyncio.create_task(asked(backend))
            keys.append(key_of(await heard.get()))
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
    assert len(set(keys)) == 1


async def test_a_proxy_is_used_when_it_is_asked_for() -> None:
    heard: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))

    async with listening(proxy) as port:
        options = {"url": "https://service.example", "proxy": f"http://127.0.0.1:{port}"}
        backend = open_backend(options | {"timeout": "0.5"})
        await asked(backend)
        await backend.aclose()
    assert heard[0].startswith(b"CONNECT service.example:443 ")
    assert b"Idempotency-Key" not in heard[0]


def test_keys_belong_to_a_request_and_do_not_pile_up() -> None:
    keys, first = IdempotencyKeys(), HttpRequest("POST", "/", {"a": "b"}, b"1")
    kept = keys.key_for(first)
    assert keys.key_for(HttpRequest("POST", "/", {"a": "b"}, b"1")) == kept
    assert keys.key_for(HttpRequest("POST", "/", {"a": "c"}, b"1")) != kept
    assert keys.key_for(HttpRequest("POST", "/", {"a": "b"}, b"2")) != kept
    for number in range(100):
        keys.key_for(HttpRequest("POST", "/", {}, str(number).encode()))
    assert keys.key_for(first) != kept


def test_a_request_shows_nothing() -> None:
    asked = HttpRequest("POST", "/", {"Flow-Token": "CANARY"}, b"CANARY")
    assert "CANARY" not in f"{asked!r} {asked}"


async def test_what_cannot_even_be_sent_is_refused_by_its_field(flow: Flow) -> None:
    backend = open_backend({"url": "http://127.0.0.1:9"})
    with pytest.raises(Refused) as caught:
        await backend.activation.complete(flow, "someone", "x" * 400)
    assert (caught.value.code, caught.value.field) == ("password.length", "password")
    with pytest.raises(Refused):
        await backend.activation.identify("", "")


async def test_letting_go_before_the_first_call_is_no_error() -> None:
    backend = open_backend({"url": "https://service.example"})
    await backend.aclose()
    await backend.aclose()


def test_nothing_is_loaded_before_the_first_call() -> None:
    program = (
        "import sys; from espace_tui.backends.http import open_backend;"
        "open_backend({'url': 'https://service.example'});"
        "sys.exit('httpx2' in sys.modules or 'stamina' in sys.modules or 'fastapi' in sys.modules)"
    )
    assert run([sys.executable, "-c", program], check=False).returncode == 0
