"""S22, S23, S31: the log tells what happened, and of nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from espace_tui.backends.http import open_backend
from espace_tui.service.logs import configure_logs
from espace_tui.wire.routes import Route
from tests.people import ALICE
from tests.service.faults import Harm, harming
from tests.service.journey import NEW_EMAIL, NEW_PASSWORD, LifeWalker
from tests.service.serving import in_process
from tests.service.town import IDENTIFIER, PASSWORD, ServiceWorld


def lines(log: Path) -> list[dict[str, Any]]:
    """Return the events of a log, of which every line is one."""
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


async def test_a_whole_life_at_debug_leaves_nothing_personal(
    town: ServiceWorld, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    options = replace(town.options, log_level="DEBUG")
    with in_process(options, log) as process:
        async with harming(process.port) as proxy:
            asked: list[bytes] = []
            proxy.heard = asked.append
            backend = open_backend({"url": f"http://127.0.0.1:{proxy.port}"})
            await LifeWalker(backend, town, lambda _: proxy.harm(Harm.TWICE)).walk()
            await backend.aclose()
        process.stop()
    text = repr([line | {"timestamp": ""} for line in lines(log)])
    canaries = {ALICE.nir, ALICE.serial, ALICE.first_name, IDENTIFIER, PASSWORD, NEW_PASSWORD}
    canaries |= {NEW_EMAIL, str(ALICE.email), str(ALICE.mobile)}
    canaries |= {value for request in asked for value in secrets_of(request)}
    assert len(canaries) > 35
    assert [canary for canary in canaries if canary in text] == []
    requests = [line for line in lines(log) if line["event"] == "request"]
    assert "127.0.0.1" not in repr(requests)
    assert {line["route"] for line in requests} >= {Route.FLOWS, Route.COMPLETION, Route.SPACE}
    assert lines(log)[-1]["event"] == "stopped"


SPEAKING = """
import logging
from espace_tui.service.logs import {configure}
{configure}("DEBUG")
library = logging.getLogger("library")
library.info("GET https://gateway.example/?number=CANARY")
try:
    raise ValueError("CANARY")
except ValueError:
    library.exception("failed")
    logging.getLogger("espace_tui.service").debug("seen", exc_info=True)
"""


def test_a_library_is_heard_from_a_warning_on_and_never_with_values() -> None:
    """At the most talkative level: a traceback and an address may hold what was typed."""
    program = SPEAKING.format(configure=configure_logs.__name__)
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    written = [json.loads(line) for line in told.stderr.splitlines()]
    assert [(line["logger"], line["event"]) for line in written] == [
        ("library", "failed"),
        ("espace_tui.service", "seen"),
    ]
    assert "CANARY" not in told.stderr


async def test_nothing_secret_was_in_an_address(town: ServiceWorld, port: int) -> None:
    async with harming(port) as proxy:
        asked: list[bytes] = []
        proxy.heard = asked.append
        backend = open_backend({"url": f"http://127.0.0.1:{proxy.port}"})
        await LifeWalker(backend, town).walk()
        await backend.aclose()
    for request in asked:
        address = request.split(b" ")[1].decode()
        assert not [value for value in secrets_of(request) if value in address and len(value) > 5]


def secrets_of(request: bytes) -> set[str]:
    """Return every token, key and value that a request carries."""
    head, _, body = request.decode().partition("\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
    found = {value for name, value in headers.items() if name.endswith(("-Token", "-Key"))}
    values = json.loads(body).values() if body else ()
    plain = {"email", "sms", "activate", "photo", "sign-in", "contact", "2022-01"}
    return found | {str(value) for value in values} - plain


@pytest.mark.parametrize(
    ("trusted", "spoofed"),
    [((), False), (("192.0.2.0/24",), False), (("127.0.0.1",), True)],
)
async def test_an_address_is_believed_from_a_trusted_proxy_only(
    town: ServiceWorld, tmp_path: Path, trusted: tuple[str, ...], *, spoofed: bool
) -> None:
    log = tmp_path / "log"
    assert town.options.trusted_proxies == (), "nobody unless it is chosen"
    options = replace(town.options, trusted_proxies=trusted)
    with in_process(options, log) as process:
        async with httpx2.AsyncClient(trust_env=False) as client:
            url = f"http://127.0.0.1:{process.port}{Route.POLICY}"
            await client.get(url)
            await client.get(url, headers={"X-Forwarded-For": "203.0.113.9"})
            await client.get(url, headers={"Forwarded": "for=203.0.113.9"})
        process.stop()
    plain, told, other = [line["client"] for line in lines(log) if line["event"] == "request"]
    assert plain == other
    assert (told != plain) is spoofed


async def test_a_line_cannot_be_forged(town: ServiceWorld, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with in_process(town.options, log) as process:
        async with httpx2.AsyncClient(trust_env=False) as client:
            base = f"http://127.0.0.1:{process.port}"
            await client.request("BREW", f"{base}/x%0d%0a%7B%22event%22:%22forged%22%7D")
        process.stop()
    assert {line["event"] for line in lines(log)} <= {
        "started",
        "request",
        "stopped",
        "Invalid HTTP request received.",
    } | {line["event"] for line in lines(log) if line["logger"].startswith("uvicorn")}
    assert "forged" not in log.read_text()
